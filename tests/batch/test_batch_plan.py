"""What is checked before anything starts, and where results may go."""

import csv
import io
import json
from pathlib import Path

import pytest

from seskit import batch
from seskit.batch import index, notebook, plan, snapshot
from seskit.batch.clean import Cleaner
from seskit.desk import agency_in_batch
from seskit.formats import notebook_page, privacy
from seskit.law.facts import FactError
from seskit.record.manifest import Record, from_lines
from tests import batch_kit as kit
from tests.places import NOTEBOOKS


@pytest.mark.parametrize(
    "name",
    [
        "../../etc",
        "..",
        ".",
        "a/b",
        "a\\b",
        "",
        "  ",
        "CON",
        "nul.txt",
        "index.html",
        "x" * 300,
        "é\n\t\0",
        "-rf",
        ".work",
    ],
)
def test_a_name_never_leaves_the_output_folder(name, tmp_path):
    """Whatever a folder is called, its output name is one plain part of a path, inside the output folder."""
    (safe,) = plan.safe_names([name])
    assert (tmp_path / safe).resolve().parent == tmp_path.resolve()
    assert "/" not in safe
    assert "\\" not in safe
    assert safe not in ("", ".", "..")
    assert not safe.startswith(".")
    assert safe.isascii()
    assert safe.isprintable()
    assert len(safe) <= 130
    assert safe.casefold() not in {"con", "nul.txt", "index.html", "index.csv"}


def test_names_that_would_fall_together_are_told_apart():
    """Two agencies whose safe names collide, also where only the case differs, get folders of their own."""
    names = plan.safe_names(["A/B", "A?B", "map", "MAP", "solo"])
    assert len({name.casefold() for name in names}) == 5
    assert names[-1] == "solo"
    assert names == plan.safe_names(["A/B", "A?B", "map", "MAP", "solo"])


def test_folders_that_point_to_the_same_place_are_each_run(tmp_path):
    """A link in the agencies' folder counts under its own name, wherever it leads; no agency is lost."""
    real = kit.agencies(tmp_path, "ASR") / "ASR"
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "__MACOSX").mkdir()
    for name in ("one", "two"):
        (tmp_path / "links" / name).symlink_to(real)
    assert list(plan.folders(tmp_path / "links")) == ["one", "two"]


def test_the_parts_of_a_run_are_all_of_it_and_do_not_overlap():
    """The shards of n are a partition of the agencies, and a part that does not exist is refused."""
    found = dict.fromkeys("abcdefg")
    parts = [plan.part(found, (number, 3)) for number in (1, 2, 3)]
    assert sorted(name for chosen in parts for name in chosen) == list("abcdefg")
    for wrong in ((0, 3), (4, 3), (1, 0)):
        with pytest.raises(FactError):
            plan.part(found, wrong)


def test_only_names_the_nearest_agency(tmp_path):
    """An agency that is not there is refused with the near one."""
    found = plan.folders(kit.agencies(tmp_path, "DPW", "ASR"))
    assert list(plan.choose(found, ["ASR"])) == ["ASR"]
    with pytest.raises(FactError, match="Did you mean 'DPW'"):
        plan.choose(found, ["DPV"])


def test_interactive_cells_are_dropped(tmp_path):
    """A cell tagged interactive, and every stored output, stays out of the batch."""
    ready = notebook.load(kit.small(tmp_path, "interactive:1/0", "x = 1"))
    assert "1/0" not in ready.source
    assert "x = 1" in ready.source
    assert set(ready.parameters) == {"agency", "out"}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"yaer": "2002"}, "has no parameter 'yaer'. Did you mean 'year'?"),
        ({"year": "two"}, "parameter year: 'two' is not a whole number"),
        ({"certified": "perhaps"}, "is neither yes nor no"),
        ({"name": 3}, "is not text"),
        ({"agency": "x"}, "is set by the batch"),
    ],
)
def test_a_parameter_is_checked_against_the_parameters_cell(tmp_path, given, said):
    """A misspelled name or a value of the wrong kind is refused, with the sentence a person needs."""
    path = kit.small(tmp_path, more_parameters='year: int = 2002\ncertified: bool | None = None\nname: str = "a"')
    with pytest.raises(FactError) as failure:
        notebook.load(path).read(given)
    assert said in str(failure.value)


def test_parameters_are_read_as_annotated(tmp_path):
    """Text from the command line becomes what the annotation says; text stays text, so 003 keeps its zeros."""
    path = kit.small(tmp_path, more_parameters='year: int = 2002\ncertified: bool | None = None\nname: str = "a"')
    read = notebook.load(path).read({"year": "2003", "certified": "yes", "name": "003"})
    assert read == {"year": 2003, "certified": True, "name": "003"}


def test_a_parameter_named_like_a_fact_must_be_that_fact(tmp_path):
    """A walk-through's parameter with the name of its subject's fact is read as the fact is, whatever its annotation."""
    path = kit.notebook(tmp_path / "awards.ipynb", "x = 1", more_parameters='as_of: str = "2002-09-30"')
    assert notebook.load(path).read({"as_of": "2002-09-30"}) == {"as_of": "2002-09-30"}
    with pytest.raises(FactError, match="as_of"):
        notebook.load(path).read({"as_of": "2002-02-30"})


def test_everything_is_checked_before_the_first_start(tmp_path, warm_way):
    """A parameter that one agency has wrong stops the whole run before anything is run or written."""
    place = kit.agencies(tmp_path, "DPW", "ASR")
    (place / "ASR" / "parameters.yaml").write_text("report:\n  yaer: 2002\n")
    path = kit.small(tmp_path, more_parameters="year: int = 2002")
    with pytest.raises(FactError, match="ASR: report has no parameter 'yaer'"):
        batch.run(place, tmp_path / "out", notebooks=[path], launcher=warm_way)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("where", ["agencies", "agencies/out"])
def test_output_never_goes_into_the_agencies_folder(tmp_path, where):
    """An output folder that is the input folder, or in it, is refused."""
    kit.agencies(tmp_path, "ASR")
    with pytest.raises(FactError, match="is inside the agencies' folder"):
        batch.run(tmp_path / "agencies", tmp_path / where, notebooks=[kit.small(tmp_path)])


def test_a_notebook_without_a_parameters_cell_is_refused(tmp_path):
    """Without a parameters cell an agency cannot be put in, so the run does not start."""
    path = tmp_path / "plain.ipynb"
    path.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    with pytest.raises(FactError, match="parameters"):
        notebook.load(str(path))
    path.write_text("not a notebook")
    with pytest.raises(FactError, match="cannot be read as a notebook"):
        notebook.load(str(path))


def test_no_cell_of_the_index_is_a_formula():
    """A name or message that begins like a formula stays text in the spreadsheet."""
    record = Record("X", '=HYPERLINK("http://x")', "report", "failed", False, "@SUM(1)\n+2")
    row = next(iter(csv.DictReader(io.StringIO(index.table([record])))))
    assert row["Agency"].startswith("'=")
    assert row["Message"] == "'@SUM(1) +2"
    assert row["Seconds"] == "0.0"


def test_the_index_escapes_what_agencies_are_called():
    """A name with markup in it is shown, not obeyed."""
    record = Record("a b&c", "<script>alert(1)</script>", "report", "final", True, outputs={"a b&c/report.html": ""})
    text = index.made([record], 0)
    assert "<script>alert" not in text
    assert "href='a%20b%26c/report.html'" in text


def test_the_index_fetches_nothing():
    """The index holds no address of anything outside its folder."""
    text = index.made([Record("A", "A", "report", "final", True)], 0)
    assert "http" not in text
    assert "src=" not in text
    assert "@import" not in text


def test_a_torn_line_of_the_manifest_is_passed_over():
    """A manifest cut short by a power failure still gives every whole record, the last one of each."""
    first = Record("A", "A", "report", "failed", False)
    last = Record("A", "A", "report", "final", True)
    other = Record("B", "B", "report", "final", True)
    found = from_lines([first.to_line(), last.to_line(), other.to_line()[:40], "\0\0"])
    assert found == {("A", "report"): last}


def test_messages_lose_paths_and_names(tmp_path):
    """A message keeps no path of the machine and no name of a person."""
    cleaner = Cleaner(str(tmp_path / "agencies" / "A"), str(tmp_path / "work"), names=["Ada Byron"])
    said = cleaner.text(f"KeyError: 'Ada Byron' in {tmp_path}/agencies/A/roster.csv and /opt/x/y/z.py, a/b 1/2 </td>")
    assert "Ada" not in said
    assert "[name]" in said
    assert str(tmp_path) not in said
    assert "/opt" not in said
    assert "z.py" in said
    assert "a/b 1/2 </td>" in said


def test_pages_fetch_nothing():
    """A page made from a notebook holds no script, no style sheet and no address of a library."""
    import nbformat

    made = notebook_page.made(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title\n$x^2$")]), "Title"
    )
    for word in ("http", "<script", "<link", "require", "mathjax"):
        assert word not in made.lower()
    assert "<html lang='en'>" in made
    assert "<title>Title</title>" in made


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_page_of_a_batch_does_not_speak_of_the_screen(path):
    """Who reads it has no menu and no list to choose from; what the notebook is for and its legal basis stay."""
    import nbformat

    read = nbformat.read(path, as_version=4)
    made = notebook_page.made(read, "Title")
    assert read.cells[0].source.splitlines()[0].removeprefix("# ") in made
    assert [
        words for words in ("menu above", "Choose your agency below", "on this page follows") if words in made
    ] == []


def test_the_leak_scanner_finds_nothing_in_an_index():
    """What the batch writes about a run passes the package's own scanner."""
    assert not privacy.has_ssn(index.made([Record("A", "A", "report", "final", True)], 0))


def test_what_python_is_compiling_is_no_source(tmp_path, monkeypatch):
    """Another process writes and renames compiled files while a run begins: they are neither read nor counted."""
    monkeypatch.setattr(plan.seskit, "__file__", str(tmp_path / "__init__.py"))
    (tmp_path / "__init__.py").write_text("")
    before = plan.package_digest.__wrapped__()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "entry.cpython-313.pyc.140315645880640").write_bytes(b"half")
    assert plan.package_digest.__wrapped__() == before
    (tmp_path / "rules.yaml").write_text("a: 1")
    assert plan.package_digest.__wrapped__() != before


@pytest.mark.parametrize(
    ("mark", "said"), [("~$roster.xlsx", True), (".~lock.roster.xlsx#", True), ("~$other.xlsx", False)]
)
def test_a_workbook_that_somebody_has_open_is_told(tmp_path, mark, said):
    """What was saved last is read; the mark itself is no file of the agency."""
    place = kit.agencies(tmp_path, "APS") / "APS"
    (place / mark).write_text("x")
    opened = plan.open_agency("APS", place, tmp_path / "copy")
    found = [one for one in opened.findings if one.rule == agency_in_batch.IN_USE]
    assert [(one.file, one.open) for one in found] == [("roster.xlsx", False)] * said
    assert mark not in opened.inputs


@pytest.mark.parametrize(
    ("failure", "file"),
    [("roster.csv", "roster.csv"), ("plans", "folder"), ("Avery Adams.csv", "folder"), ("", "folder")],
)
def test_what_cannot_be_read_is_named_where_its_name_tells_of_nobody(tmp_path, monkeypatch, failure, file):
    """A file by its usual name; a folder that cannot be listed is not one without files."""
    place = kit.agencies(tmp_path, "ASR") / "ASR"

    def walk(top, onerror, **_):
        onerror(PermissionError(13, "Permission denied", str(Path(top, failure))))
        return iter(())

    monkeypatch.setattr(snapshot.os, "walk", walk)
    (problem,) = plan.open_agency("ASR", place, tmp_path / "copy").problems
    assert (problem.file, problem.reason) == (file, "cannot be read (Permission denied)")
