"""A copy that a synchronized folder or a browser made is told of where it holds something else; nothing else is."""

import shutil

import pytest

from seskit.batch import plan
from seskit.desk.cli import main
from seskit.formats import near_files
from seskit.record import other_copies
from seskit.record.forms.known import all_files
from seskit.work import corrections
from tests.places import SAMPLES

COPIES = (
    "roster (1).csv", "roster(2).xlsx", "roster 2.csv", "roster - Copy.csv", "roster - Copy (2).csv", "roster copy.csv",
    "Copy of roster.csv", "Roster (1).CSV", "roster-DESKTOP-4F3K2.csv", "roster-HQWL01234.xlsx",
    "roster (Avery's conflicted copy 2016-12-01).csv", "roster (conflicted copy from DESKTOP).csv",
    "roster_conflict-copy-20161201.csv",
)  # fmt: skip
OTHERS = (
    "roster.csv", "roster.corrected.csv", "roster.before-2.csv", "roster_2015.csv", "roster-FY2016.csv", "rosters.csv",
    "roster notes on a conflict.csv", "pay_history.csv", "roster (1).docx", "old roster.csv", "roster-draft.csv",
)  # fmt: skip


@pytest.fixture
def own(tmp_path):
    """An agency's folder with a pay worksheet."""
    shutil.copytree(SAMPLES / "WSA", tmp_path / "WSA")
    return tmp_path / "WSA"


@pytest.mark.parametrize("name", COPIES)
def test_another_copy_that_differs_is_a_warning(own, name):
    """It is named by the file it is a copy of: its own name may hold that of a person."""
    assert not other_copies.problems(own)
    (own / name).write_text("person_id\n", encoding="utf-8")
    (found,) = other_copies.problems(own)
    assert (found.file, found.severity) == ("roster.csv", "warning")
    assert "another copy of it is in the folder" in found.reason
    assert "Avery" not in f"{found.reason} {found.fix}"


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_that_holds_the_same_is_no_warning(own, name):
    """Nothing is lost by it."""
    shutil.copy(own / "roster.csv", own / name)
    assert not other_copies.problems(own)


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_name_is_no_copy(tmp_path, name):
    """Rosters of other years and whatever a person names by hand stay as they are."""
    (tmp_path / name).write_text("person_id\n", encoding="utf-8")
    assert near_files.copies(tmp_path, ("roster.csv", "roster.xlsx")) == []


@pytest.mark.parametrize("wanted", sorted(one.file for one in all_files().values()))
@pytest.mark.parametrize(
    "change", [lambda stem, kind: f"{stem} (1){kind}", lambda stem, kind: f"{stem}-DESKTOP-1A{kind}"]
)
def test_a_file_that_is_there_under_a_longer_name_alone_is_a_warning(tmp_path, wanted, change):
    """Every file of an agency: without a word, it would count as one that nobody filled in."""
    stem, _, kind = wanted.rpartition(".")
    (tmp_path / change(stem, f".{kind}")).write_text("x\n", encoding="utf-8")
    (found,) = other_copies.problems(tmp_path)
    assert (found.file, found.severity) == (wanted, "warning")
    assert f"rename it to {wanted}" in found.fix


@pytest.mark.parametrize("name", ["pay.yaml.txt", "closeout.yml", "moves.xls", "history.ods", "pay_history.tsv"])
def test_a_file_with_another_ending_is_a_warning(tmp_path, name):
    """Windows hides endings: a file that Notepad saved as text looks right."""
    (tmp_path / name).write_text("x\n", encoding="utf-8")
    (found,) = other_copies.problems(tmp_path)
    assert found.file.partition(".")[0] == name.partition(".")[0]
    assert f"There is '{name}'" in found.fix


def test_every_place_that_reads_a_folder_tells_of_it(own, tmp_path, capsys):
    """The check, the corrections, and a run over many agencies, which goes on."""
    (own / "pay (1).csv").write_text("person_id\n", encoding="utf-8")
    said = "another copy of it is in the folder under a longer name"
    with pytest.raises(SystemExit):
        main(["check", str(own)])
    assert f"Warning: pay.csv: {said}" in capsys.readouterr().out
    assert [one.reason for one in corrections.open_folder(own).groups if said in one.reason]
    found = plan.open_agency("WSA", own, tmp_path / "copy")
    assert found.readable
    assert [one for one in found.findings if said in str(one).lower()]


def test_what_programs_keep_for_themselves_is_no_file_of_anybody(own, capsys):
    """A workbook that is open is told of, since what was typed last may not be saved."""
    for name in ("~$roster.xlsx", ".~lock.pay.xlsx#", "desktop.ini", "Thumbs.db", "~WRL0001.tmp", ".DS_Store"):
        (own / name).write_bytes(b"\x05Avery")
    with pytest.raises(SystemExit):
        main(["check", str(own)])
    said = capsys.readouterr().out
    assert "Not read" not in said
    assert "Open in Excel" not in said
    (own / "roster.xlsx").write_bytes(b"x")
    with pytest.raises(SystemExit):
        main(["check", str(own)])
    assert "Open in Excel or LibreOffice, or so when it ended: roster.xlsx." in capsys.readouterr().out
