"""An agency's folder is opened once: its parts, how often its files are read, `seskit check` and `seskit blank`."""

import json
import re
import shutil
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

import seskit
from seskit.desk.cli import main
from seskit.formats import strict_yaml
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.problem import errors
from seskit.record.roster.sheets import rows
from seskit.work import closeout, findings, folder_check, report
from seskit.work.appraisal import ceiling
from seskit.work.pay_setting import folder as pay
from seskit.work.staffing import folder as staffing
from tests.places import SAMPLES

_OPENED: list[Counter] = [Counter()]
_WATCHED = [Path()]


def _watch(event, args):
    if event == "open" and isinstance(args[0], str | Path) and _WATCHED[0] != Path():
        path = Path(args[0])
        if path.is_relative_to(_WATCHED[0]) and path.is_file():
            _OPENED[0][path.relative_to(_WATCHED[0]).as_posix()] += 1


sys.addaudithook(_watch)


@contextmanager
def counted(folder):
    """How often each file of a folder is opened meanwhile."""
    _OPENED[0] = Counter()
    _WATCHED[0] = folder
    try:
        yield _OPENED[0]
    finally:
        _WATCHED[0] = Path()


def once(file):
    """How often reading a file one time opens it: a list is looked at for its encoding and separator first."""
    with counted(file.parent) as seen:
        if file.suffix == ".yaml":
            strict_yaml.opened(file)
        else:
            list(rows(file, []))
        return seen[file.name]


@pytest.mark.parametrize("name", ["DBT", "DPW", "MET"])
def test_each_file_is_opened_at_most_once(name):
    """Every part, and everything that is worked out from them, reads a file once."""
    folder = AgencyFolder(SAMPLES / name)
    with counted(folder.path) as seen:
        assert not seen, "nothing is read before it is asked for"
        for part in ("about", "roster", "history", "pay_terms", "pay", "pay_history", "plan", "plans", "cycle", "year", "closeout", "vacancies",
                     "probation", "evidence"):  # fmt: skip
            getattr(folder, part)
        report.open_folder(folder)
        ceiling.of_folder(folder)
        pay.open_folder(folder)
        staffing.open_walk(folder, "2024-10-01")
        closeout.open_folder(folder)
        assert opened(folder) is folder
    assert "agency.yaml" in seen
    assert {file: times / once(folder.path / file) for file, times in seen.items()} == dict.fromkeys(seen, 1)


def test_every_finding_of_every_subject_reads_a_file_once():
    """The list of all subjects is made of one opened folder; a request for certification reads its own rosters."""
    folder = AgencyFolder(SAMPLES / "DBT")
    with counted(folder.path) as seen:
        assert findings.of_folder(folder)
    assert {file: times / once(folder.path / file) for file, times in seen.items()} == dict.fromkeys(seen, 1)


@pytest.fixture
def own(tmp_path):
    """A copy of a sample with nearly every file, to spoil."""
    return Path(shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT"))


def said(*words):
    """A command's exit code and what it printed."""
    done = CliRunner().invoke(main, [str(word) for word in words])
    return done.exit_code, done.output


def test_check_names_every_file_and_what_was_found(own):
    """One line for each file of the folder; a fault in any of them is a problem, and the exit code is 1."""
    code, text = said("check", own)
    assert code == 0, text
    for file in own.iterdir():
        assert f"\n{file.name}: " in text, file.name
    (own / "notes.txt").write_text("mine")
    for file in sorted(own.glob("*.*")):
        if file.name in ("notes.txt", "agency.yaml", "roster.csv"):
            continue
        before = file.read_text(encoding="utf-8")
        spoiled = before + "\nunheard_of: 1\n" if file.suffix == ".yaml" else before.replace("person_id", "who", 1)
        file.write_text(spoiled, encoding="utf-8")
        assert [one.name for one in folder_check.files(own) if errors(one.problems)] == [file.name]
        if file.name == "moves.csv":
            code, text = said("check", own, "--json")
            found = {one["file"]: one["problems"] for one in json.loads(text)["files"]}
            assert code == 1
            wrong = {name: {one["severity"] for one in problems} for name, problems in found.items() if problems}
            assert wrong == {
                "roster.csv": {"warning"}, "pay.csv": {"warning"}, file.name: {"error"},
            }, "somebody is not rated, and the awards of the worksheet are others"  # fmt: skip
        file.write_text(before, encoding="utf-8")
    assert "Not read as a file of the agency: notes.txt." in said("check", own)[1]
    (own / "roster.corrected.csv").touch()
    assert "roster.corrected.csv" not in folder_check.not_read(own, []), "it is the roster that is read"
    (own / "roster.corrected.csv").unlink()
    assert "holds the people, name it" not in said("check", own)[1]
    (own / "roster.csv").rename(own / "PAYEXP2024.csv")
    assert "There are tables with different names: if one holds the people, name it roster.csv" in said("check", own)[1]


def test_every_file_has_its_blank_and_every_blank_can_be_read(tmp_path):
    """Each word writes a file, once; older commands write the same; the folder of blanks is read without a breakdown."""
    code, listed = said("blank", tmp_path)
    assert code == 0
    names = [line.split()[0] for line in listed.splitlines()]
    assert {"roster", "history", "pay", "plan", "year", "vacancies", "probation", "certification"} <= set(names)
    for what in names:
        place = tmp_path / what
        code, text = said("blank", place, "--what", what)
        assert code == 0, text
        made = sorted(path.name for path in place.iterdir())
        assert made, what
        assert all(name in text for name in made), what
        again = said("blank", place, "--what", what)
        assert again[0] == 2, what
        assert "lready" in again[1], (what, again)
        assert sorted(path.name for path in place.iterdir()) == made
    for older, what in ((["template"], "roster"), (["template", "--pay"], "pay"), (["appraisal", "blank"], "plan"),
                        (["appraisal", "blank", "--year"], "year")):  # fmt: skip
        place = tmp_path / "older" / what
        assert said(*older, place)[0] == 0
        assert sorted(path.name for path in place.iterdir()) == sorted(p.name for p in (tmp_path / what).iterdir())
    code, text = said("blank", tmp_path, "--what", "rooster")
    assert code == 2
    assert "roster" in text


#: A part of an agency's folder read by its own reader.
_BY_ITSELF = re.compile(
    r"\b(?:agenc(?:y|ies)(?:_file)?\.read|rosters?(?:_file)?\.read|year_(?:record|files)\.open_folder|read_cycle"
    r"|tracker\.read|records\.open_folder|pay_history\.read|worksheets?\.read|read_terms|plan_document\.read"
    r"|evidence_index\.read|checked_yaml\.read|(?<![\w.])files\.read)\("
)
#: Those that read a file which is not a part of the folder, and which.
_OTHER_FILES = {
    "work/certification/ratings.py": "the roster of an earlier period",
    "work/certification/mock_review.py": "an evidence index that is not there, to say so",
    "work/report/__init__.py": "a roster by itself",
    "work/corrections/session.py": "the roster that came, beside the corrected one",
    "work/corrections/saving.py": "the roster that was just written",
    "work/folder_check.py": "a file that no part of the folder reads, to say what is wrong with it",
    "desk/upkeep.py": "a roster named in a command",
    "desk/appraisal/commands.py": "a plan named in a command",
    "desk/appraisal/plan_form.py": "the plan that was just written",
}


def test_no_part_of_a_folder_is_read_by_the_way():
    """Above the record every part comes from the one folder, which reads each file once."""
    root = Path(seskit.__file__).parent
    above = [file for file in root.rglob("*.py") if file.relative_to(root).parts[0] not in ("law", "formats", "record")]
    found = {file.relative_to(root).as_posix() for file in above if _BY_ITSELF.search(file.read_text("utf-8"))}
    assert found == set(_OTHER_FILES)
    for wrong in (
        "agencies.read(folder).agency",
        "checked_yaml.read(folder / TERMS, Terms)",
        "plan_document.read(folder)",
    ):
        assert _BY_ITSELF.search(f"found = {wrong}")


@pytest.mark.parametrize("content", [b"person_id,plan\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"])
@pytest.mark.parametrize("command", [["report", "--out", "made"], ["closeout"], ["next", "--out", "made"]])
def test_a_file_in_the_place_of_a_folder_is_said_to_be_one(tmp_path, monkeypatch, content, command):
    """A roster, or a workbook of forms that is locked or damaged: nobody looks for a fault in agency.yaml."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "given.xlsx").write_bytes(content)
    done = CliRunner().invoke(main, [command[0], "given.xlsx", *command[1:]])
    assert done.exit_code
    assert "agency.yaml: is not there, because 'given.xlsx' is a file. Give the agency's folder" in done.output
    assert not (tmp_path / "made").exists()
