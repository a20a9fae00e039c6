"""Several releases together: what one hides no other gives away, tried by an attacker who knows every shown number."""

import json
import random
import shutil
import stat
from dataclasses import replace

import pytest

from seskit import batch
from seskit.batch.progress import Silent
from seskit.formats.small_cells import Sum, hide
from seskit.law.facts import FactError
from seskit.paper import rollup
from seskit.work import report
from seskit.work.rollup import releases
from tests import batch_kit as kit
from tests.extent import some, thorough, times
from tests.releases import given_away, release


@pytest.fixture(scope="module")
def parts():
    """The plan and Inspector General forms of the sample agencies, as if all were of one year."""
    found = []
    for place in sorted(kit.SAMPLES.iterdir()):
        opened = report.open_folder(place)
        package = opened.complete() if opened.agency else None
        if package and package.final:
            forms = tuple(form for form in package.forms if form.scope in ("plan", "ig"))
            found.append(rollup.AgencyForms(place.name, opened.agency.name, 2002, forms))
    assert len(found) > 12
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", some([0, 1, 2, 3, 4, 5, 6, 7, 10, 24], 2))
def test_two_releases_that_differ_by_one_agency_give_nothing_away(parts, seed):
    """Of a few agencies, then of those and one more or one fewer, no hidden cell can be worked out from both."""
    chance = random.Random(seed)
    more = chance.sample(parts, chance.randint(3, 10))
    pair = [more[:-1], more] if seed % 2 else [more, more[:-1]]
    first, shown = release(pair[0])
    _, second = release(pair[1], [first])
    assert given_away([(pair[0], shown), (pair[1], second)]) == []
    assert not [
        key for key, value in second.items() if isinstance(value, int) and 0 < value < 5 and shown.get(key) != value
    ]


@pytest.mark.slow
def test_without_the_register_two_releases_do_give_cells_away(parts):
    """The attack works: where each release is protected by itself alone, most pairs give something away."""
    told = 0
    tried = range(times(6, 2))
    for seed in tried:
        chance = random.Random(seed)
        more = chance.sample(parts, chance.randint(3, 10))
        alone = [(some, release(some)[1]) for some in (more[:-1], more)]
        told += bool(given_away(alone))
    assert told >= len(tried) * 2 // 3


@pytest.mark.slow
@thorough
@pytest.mark.parametrize("seed", range(4))
def test_a_third_release_is_held_against_both_before_it(parts, seed):
    """Three releases of agencies that come and go give nothing away together."""
    chance = random.Random(100 + seed)
    some = chance.sample(parts, 8)
    kept, published = [], []
    for agencies in (some[:6], some[1:7], some[:8]):
        one, shown = release(agencies, kept)
        kept.append(one)
        published.append((agencies, shown))
    assert given_away(published) == []


def test_an_agency_that_changed_its_counts_is_another_one(parts):
    """A corrected form has other cells: they are protected by themselves, and the old ones stay as they were shown."""
    some = parts[:4]
    first, _ = release(some)
    form = some[0].forms[0]
    changed = replace(form, appointees={**form.appointees, "career": form.appointees["career"] + 1})
    again = [replace(some[0], forms=(changed, *some[0].forms[1:])), *some[1:]]
    _, shown = release(again, [first])
    assert not [key for key, value in shown.items() if isinstance(value, int) and 0 < value < 5]


def test_what_is_known_already_is_not_hidden_again():
    """A cell that was shown cannot be hidden: its neighbors are, and where the known ones tell it, nothing is."""
    sums = [Sum("all", ("a", "b", "c"))]
    counts = {"a": 2, "b": 9, "c": 30, "all": 41}
    assert hide(counts, sums, known=["b"]) == ["a", "c"]
    assert hide(counts, sums, known=["b", "c", "all"], given_up=["a"]) == ["a"]


def test_the_register_beside_the_roll_up(tmp_path, warm_way):
    """Each roll-up is remembered; `after` names another folder's; the same again releases nothing new; what never left
    the house is forgotten when asked; a register that cannot be read or is not there is refused.
    """
    few = kit.agencies(tmp_path, "DPW", "DBT", "BSC")
    out = tmp_path / "out"
    batch.run(few, out, notebooks=[kit.small(tmp_path)], progress=Silent(), launcher=warm_way)
    first = rollup.write(out)
    assert first.earlier == 0
    assert stat.S_IMODE((out / releases.FILE).stat().st_mode) == 0o600
    before = (out / "rollup" / "index.html").read_bytes()
    again = rollup.write(out)
    assert again.earlier == 0
    assert (out / "rollup" / "index.html").read_bytes() == before
    assert releases.FILE in again.to_text()
    other = tmp_path / "later"
    shutil.copytree(out, other)
    (other / releases.FILE).unlink()
    lines = (other / "manifest.jsonl").read_text().splitlines(keepends=True)
    (other / "manifest.jsonl").write_text("".join(line for line in lines if json.loads(line)["agency"] != "DBT"))
    later = rollup.write(other, after=[out])
    assert later.earlier == 1
    assert "Protected together with 1 earlier release." in later.to_text()
    assert "several releases" in (other / "rollup" / "index.html").read_text()
    assert len(releases.read(other)) == 2
    assert rollup.write(other, least=6, unreleased=True).earlier == 1
    assert [one.least for one in releases.read(other)] == [5, 6]
    with pytest.raises(FactError, match="holds no"):
        rollup.write(other, after=[tmp_path])
    for broken in (json.dumps({"releases": [{}]}), "[" * 100_000):
        (other / releases.FILE).write_text(broken)
        with pytest.raises(FactError, match="cannot be read"):
            rollup.write(other)
