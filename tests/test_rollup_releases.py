"""Several releases together: what one hides no other gives away, tried by an attacker who knows every shown number."""

import json
import random
import shutil
import stat
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import linprog

from seskit import batch
from seskit.batch.progress import Silent
from seskit.formats.small_cells import HIDDEN, Sum, hide
from seskit.law.facts import FactError
from seskit.paper import rollup
from seskit.work import report
from seskit.work.rollup import releases
from seskit.work.rollup.sums import Figures
from tests import batch_kit as kit
from tests.extent import some, thorough, times

TOTAL = "All"
KINDS = ("career", "noncareer", "limited")


@pytest.fixture(scope="module")
def parts():
    """The plan and Inspector General forms of the sample agencies, as if all were of one year."""
    found = []
    for place in sorted(kit.SAMPLES.iterdir()):
        opened = report.open_folder(place)
        package = opened.complete() if opened.agency else None
        if package and package.final:
            forms = tuple(form for form in package.forms if form.scope in ("plan", "ig"))
            found.append(rollup.Part(place.name, opened.agency.name, 2002, forms))
    assert len(found) > 12
    return found


def unknowns(part):
    """What an attacker does not know of an agency, cell by cell of its forms, and what the forms say is equal."""
    for scope in ("plan", "ig"):
        for form in part.of(scope):
            yield from (((scope, "people", kind), form.appointees[kind]) for kind in KINDS)
            yield from (
                ((scope, "rated", form.pattern, str(level), kind), row[kind])
                for level, row in form.ratings.items()
                for kind in KINDS
            )
            yield (scope, "awards"), form.awards_number or 0
            yield (scope, "based"), form.aggregate.number if form.aggregate else 0
            yield from (((scope, "percent", str(level)), count) for level, count in (form.levels or {}).items())
    for plan in part.pay_by_level:
        for level, pay in plan.levels.items():
            yield ("plan", "awarded", plan.pattern, str(level)), pay.awards
            yield ("plan", "changed", plan.pattern, str(level)), pay.changes
            yield ("rest", "awarded", plan.pattern, str(level)), pay.rated - pay.awards
            yield ("rest", "changed", plan.pattern, str(level)), pay.rated - pay.changes


def equal(part):
    """Cells of an agency of which the first is the sum of the others: everyone rated has an award or none, and so on."""
    for plan in part.pay_by_level:
        yield ("plan", "awards"), [("plan", "awarded", plan.pattern, str(level)) for level in plan.levels]
        for level in plan.levels:
            for name in ("awarded", "changed"):
                rated = ("plan", "rated", plan.pattern, str(level), "career")
                yield rated, [(scope, name, plan.pattern, str(level)) for scope in ("plan", "rest")]


def touches(key, cell, agency):
    """Whether a published number counts a cell of an agency."""
    other = {"levels": "rated", "changed by": "changed"}.get(key[1])
    if key[:2] != cell[:2] and not (other == cell[1] and key[0] == cell[0]):
        return False
    fits = lambda asked, has: asked in (TOTAL, has)  # noqa: E731
    if key[1] == "people":
        return fits(key[2], agency) and fits(key[3], cell[2])
    if key[1] in ("awards", "based", "changed by"):
        return fits(key[2], agency)
    if key[1] == "rated":
        return key[2] == cell[2] and fits(key[3], cell[3]) and fits(key[4], cell[4])
    if key[1] in ("awarded", "changed"):
        return key[2] == cell[2] and fits(key[3], cell[3])
    if key[1] == "levels":
        return key[2] == cell[2] and fits(key[3], agency) and fits(key[4], cell[3])
    return fits(key[2], cell[2])


def given_away(published):
    """The hidden cells that follow from everything shown in all releases: solved, and tried for their range."""
    place, values = {}, []
    for parts, _ in published:
        for part in parts:
            for cell, _ in unknowns(part):
                if (part.agency, cell) not in place:
                    place[part.agency, cell] = len(values)
                    values.append(0)
    for agency, seen in {part.agency: part for parts, _ in published for part in parts}.items():
        for cell, count in unknowns(seen):
            values[place[agency, cell]] += count
    values = np.array(values, float)
    known, asked = [], {}
    for number, (parts, shown) in enumerate(published):
        inside = {part.agency for part in parts}
        cells = [(at, agency, cell) for (agency, cell), at in place.items() if agency in inside]
        for key, value in shown.items():
            row = np.zeros(len(values))
            row[[at for at, agency, cell in cells if touches(key, cell, agency)]] = 1
            assert value == HIDDEN or row @ values == value, key
            if value == HIDDEN:
                asked[number, key] = row
            else:
                known.append(row)
    for agency, part in {part.agency: part for parts, _ in published for part in parts}.items():
        for total, members in equal(part):
            row = np.zeros(len(values))
            row[place[agency, total]] += 1
            row[[place[agency, one] for one in members]] -= 1
            assert not row @ values, (agency, total)
            known.append(row)
    matrix = np.array(known)
    _, sizes, vectors = np.linalg.svd(matrix, full_matrices=True)
    free = vectors[(sizes > 1e-9).sum() :]
    found = [key for key, row in asked.items() if np.abs(free @ row).max() < 1e-7]
    for key in [key for key in asked if key not in found][:: max(1, len(asked) // 12)]:
        low = linprog(asked[key], A_eq=matrix, b_eq=matrix @ values)
        high = linprog(-asked[key], A_eq=matrix, b_eq=matrix @ values)
        if low.status == high.status == 0 and -high.fun - low.fun < 0.5:
            found.append(key)
    return found


def release(parts, before=()):
    """A release of these agencies that knows of those before it."""
    figures = Figures(parts)
    hidden, _ = releases.protected(figures, 5, before)
    return releases.Release(5, tuple(parts), {2002: frozenset(hidden)}), figures.without(hidden)


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
    """A cell that was shown cannot be hidden: its neighbours are, and where the known ones tell it, nothing is."""
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
    (other / releases.FILE).write_text(json.dumps({"releases": [{}]}))
    with pytest.raises(FactError, match="cannot be read"):
        rollup.write(other)
