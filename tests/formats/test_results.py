"""Writing into the same folder again: what a person changed is kept, what is stale goes, and both are said."""

import contextlib
import shutil
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats import files, results
from tests.extent import some, times
from tests.places import CASES, FIELD, SAMPLES

EXPORT = FIELD / "11-opm-plum-export" / "export.csv"
#: Every command that writes results into a folder, in the quickest of its formats.
KINDS = {
    "report": ["report", CASES / "report-many-plans", "--format", "json,html,xlsx"],
    "compare": ["compare", SAMPLES / "CCL", SAMPLES / "CCL"],
    "pay worksheet": ["pay", "worksheet", SAMPLES / "DBT", "--format", "html,json,ics,csv"],
    "closeout": ["closeout", SAMPLES / "DBT", "--format", "html"],
    "appraisal audit": ["appraisal", "audit", SAMPLES / "DBT"],
    "appraisal plan": ["appraisal", "plan", SAMPLES / "DBT"],
    "appraisal actions": ["appraisal", "actions", SAMPLES / "DBT", "--decided-on", "2024-11-30"],
    "appraisal notice": ["appraisal", "notice", SAMPLES / "DBT"],
    "certification": ["certification", "package", SAMPLES / "OQH", "--format", "html,json,ics"],
    "staffing case": ["staffing", "case", CASES / "staffing-forty", "V-10", "--format", "html"],
    "staffing sheet": ["staffing", "sheet", SAMPLES / "BSC", "S-02", "--candidates", "K-1,K-2"],
    "staffing timeline": ["staffing", "timeline", CASES / "staffing-forty", "V-10"],
    "import": ["import", "plum", EXPORT, "--year", "2025"],
}


def run(kind, out):
    if kind == "compare" and not (later := out.parent / f"{out.name}-later").exists():
        shutil.copytree(SAMPLES / "CCL", later)
        text = (later / "agency.yaml").read_text(encoding="utf-8").replace("fiscal_year: 2002", "fiscal_year: 2003")
        (later / "agency.yaml").write_text(text, encoding="utf-8")
        KINDS[kind][1] = later
    ran = CliRunner().invoke(main, [*map(str, KINDS[kind]), "--out", str(out)])
    assert ran.exit_code in (0, 1), ran.output
    return ran.output


def made(out):
    return sorted(path for path in out.rglob("*") if path.is_file() and path.name != results.RECORD)


@pytest.mark.parametrize("kind", some(list(KINDS), 5))
def test_a_changed_file_is_kept_and_said(kind, tmp_path):
    """Promise: whoever writes, a file a person changed is there afterwards as `.before`, once, and others are not."""
    said = run(kind, tmp_path)
    assert ".before" not in said
    files_made = made(tmp_path)
    assert files_made, said
    assert ".before" not in run(kind, tmp_path)
    assert made(tmp_path) == files_made
    chosen = Random(kind).choice(files_made)
    chosen.write_bytes(b"what a person wrote")
    said = run(kind, tmp_path)
    spare = chosen.with_name(f"{chosen.name}.before")
    assert f"{chosen.name} was changed since it was written here: kept as {spare.name}." in said
    assert spare.read_bytes() == b"what a person wrote"
    assert chosen.read_bytes() != b"what a person wrote"
    assert set(made(tmp_path)) == {*files_made, spare}
    assert ".before" not in run(kind, tmp_path)


@pytest.fixture
def agency(tmp_path):
    return shutil.copytree(CASES / "report-many-plans", tmp_path / "agency")


def report(folder, out, formats="json,html"):
    return CliRunner().invoke(main, ["report", str(folder), "--out", str(out), "--format", formats]).output


def nobody_below(folder):
    """The same agency with everybody fully successful."""
    roster = folder / "roster.csv"
    lines = roster.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("rating")
    rows = [line.split(",") for line in lines[1:]]
    for row in rows:
        row[place] = "3" if row[place] in ("1", "2") else row[place]
    roster.write_text("\n".join([lines[0], *map(",".join, rows)]) + "\n", encoding="utf-8")


def test_no_stale_file_with_names_stays(agency, tmp_path):
    """When nobody is on the supplement any more, its files go, and that is said."""
    out = tmp_path / "out"
    report(agency, out)
    assert (out / "supplement.html").is_file()
    nobody_below(agency)
    said = report(agency, out)
    assert not list(out.glob("supplement*"))
    assert "supplement.html of an earlier run does not belong to this result: removed." in said


def test_a_stale_file_with_names_that_was_changed_is_kept_and_said(agency, tmp_path):
    """A person's own work is not thrown away; that it may hold names is said, and it stays its owner's alone."""
    out = tmp_path / "out"
    report(agency, out)
    (out / "supplement.html").write_text("with notes", encoding="utf-8")
    nobody_below(agency)
    said = report(agency, out)
    spare = out / "supplement.html.before"
    assert spare.read_text(encoding="utf-8") == "with notes"
    assert "It may hold names" in said
    assert spare.stat().st_mode & 0o077 == 0
    assert not (out / "supplement.html").exists()


def test_a_file_with_names_that_nobody_knows_is_named(agency, tmp_path):
    """An older supplement without a record is not ours to remove, but it is not passed over."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "supplement.xlsx").write_bytes(b"from long ago")
    nobody_below(agency)
    assert "supplement.xlsx is not from this run and may hold names" in report(agency, out)
    assert (out / "supplement.xlsx").read_bytes() == b"from long ago"


def test_formats_made_one_after_the_other_stay(agency, tmp_path):
    """The same report in another format leaves the first one; a changed report takes it away."""
    out = tmp_path / "out"
    report(agency, out, "json")
    assert "removed" not in report(agency, out, "html")
    assert (out / "forms.json").is_file()
    nobody_below(agency)
    assert "forms.json of an earlier run does not belong to this result: removed." in report(agency, out, "html")
    assert not (out / "forms.json").exists()


def test_a_file_of_somebody_else_is_kept(agency, tmp_path):
    """A file that was in the folder before is put aside, never overwritten; a second one beside the first."""
    out = tmp_path / "out"
    out.mkdir()
    for number in ("", "-2", "-3"):
        (out / "forms.html").write_text(f"mine{number}", encoding="utf-8")
        report(agency, out, "html")
        assert (out / f"forms.html.before{number}").read_text(encoding="utf-8") == f"mine{number}"


def test_a_torn_record_loses_nothing(tmp_path):
    """A record that cannot be read makes every file a person's own: kept, not overwritten."""
    for torn in ("", "{", '{"writers": 7}', '{"writers": {"x": {"files": 3}}}'):
        with results.kept(tmp_path, "x"):
            files.whole(tmp_path / "a.txt", b"one")
        (tmp_path / results.RECORD).write_text(torn, encoding="utf-8")
        with results.kept(tmp_path, "x"):
            files.whole(tmp_path / "a.txt", b"two")
        assert (tmp_path / "a.txt.before").read_bytes() == b"one"
        (tmp_path / "a.txt.before").unlink()
        results.taken()


def test_an_interrupted_run_forgets_nothing(tmp_path):
    """What was written before an interruption is known; nothing is taken for stale."""
    with results.kept(tmp_path, "x", "first"):
        files.whole(tmp_path / "a.txt", b"a")
        files.whole(tmp_path / "b.txt", b"b")
    with contextlib.suppress(KeyError), results.kept(tmp_path, "x", "second"):
        files.whole(tmp_path / "a.txt", b"a2")
        raise KeyError
    assert (tmp_path / "b.txt").read_bytes() == b"b"
    with results.kept(tmp_path, "x", "second"):
        files.whole(tmp_path / "a.txt", b"a3")
    assert results.taken() == ["b.txt of an earlier run does not belong to this result: removed."]


def test_random_edits_are_never_lost():
    """Promise: over random writes and edits, whatever a person typed is in the folder at the end."""
    import tempfile

    for seed in range(times(60, 15)):
        chance = Random(seed)
        with tempfile.TemporaryDirectory() as name:
            place, typed = Path(name), set()
            for step in range(12):
                with results.kept(place, chance.choice("xy"), chance.choice(["", "s", "t"])):
                    for stem in chance.sample(["a.txt", "b.txt", "supplement.txt"], chance.randint(1, 3)):
                        files.whole(place / stem, f"made {chance.randint(0, 3)}".encode())
                if chance.random() < 0.6:
                    stem = chance.choice(["a.txt", "b.txt", "supplement.txt", "own.txt"])
                    text = f"typed {seed} {step}"
                    target = place / stem
                    typed.discard(target.read_text(encoding="utf-8") if target.exists() else "")
                    target.write_text(text, encoding="utf-8")
                    typed.add(text)
            there = {path.read_text(encoding="utf-8") for path in place.iterdir() if path.name != results.RECORD}
            assert typed <= there, (seed, typed - there)
    results.taken()
