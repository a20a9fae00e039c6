"""Scoring sheets as people fill them in: nobody counts twice or drops out, and what is wrong says where and what to do."""

import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.law.facts import FactError
from seskit.record.staffing import records, scoring
from seskit.work.staffing import board
from tests.places import SAMPLES

SHEETS = ("Rater R1", "Rater R2", "Rater R3")


@pytest.fixture
def place(tmp_path):
    """An agency's folder with a vacancy that was scored."""
    return shutil.copytree(SAMPLES / "DPW", tmp_path / "DPW")


def filled(place, change):
    book = openpyxl.load_workbook(place / "scores_P-01.xlsx")
    change(book)
    book.save(place / "scores_P-01.xlsx")
    folder = records.open_folder(place)
    return folder, folder.vacancy("P-01")


def copied(name):
    def change(book):
        book.copy_worksheet(book["Rater R1"]).title = name

    return change


def renamed(name):
    def change(book):
        book["Rater R1"].title = name

    return change


def blank(sheets, rows):
    def change(book):
        for sheet in sheets:
            for row in rows:
                for column in "BCDEFG":
                    book[sheet][f"{column}{row}"] = None

    return change


def cell(place, value, sheet="Rater R1"):
    def change(book):
        book[sheet][place] = value

    return change


def without_row(*sheets):
    def change(book):
        for sheet in sheets:
            book[sheet].delete_rows(8)

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (copied("Rater R1 (2)"), "are of one rater, who would count twice"),
        (copied("Rater r1 "), "are of one rater, who would count twice"),
        (renamed("R1"), "Sheet 1 of the workbook holds levels, and its name does not begin with 'Rater'"),
        (renamed("Avery Adams"), "Sheet 1 of the workbook holds levels"),
        (blank(["Rater R3"], range(6, 11)), "Sheet 'Rater R3' has no level. Fill it in; if the rater did not rate, delete"),
        (blank(SHEETS, [8]), "No rater has given K-03 any level; .* If a candidate withdrew"),
        (without_row("Rater R1"), "Candidate K-03 is not on sheet 'Rater R1'. If a candidate withdrew"),
        (without_row("Rater R1", "Rater R2"), "K-03 is not on sheets 'Rater R1' and 'Rater R2'"),
        (without_row(*SHEETS), "name every rated candidate once, best first. K-03 is in it and not rated"),
        (cell("A7", "k-02"), "Candidate k-02 is not on sheets .* There is also K-02: write one number on every sheet"),
        (cell("A7", "K\u201302"), "There is also K-02: write one number"),
        (cell("A11", "Mean"), "give the candidate's number, such as K-03, never a name .* or a row is not a candidate's, delete that row"),
        (cell("B7", "3,5"), "cell B7: '3,5' is not a level"),
        (cell("B7", 6), "cell B7: '6' is not a level"),
        (cell("G7", "3,5"), "cell G7: '3,5' is not a technical score"),
    ],
)  # fmt: skip
def test_what_would_change_the_order_in_silence_is_refused(place, change, says):
    """With the sheet or the candidate, and what to do; a name of a sheet that may be a person's is not repeated."""
    with pytest.raises(FactError, match=says) as told:
        scoring.rank(*filled(place, change))
    assert "Avery" not in str(told.value)


def test_a_cell_left_blank_is_named(place):
    """The order waits for it, and the board's record says whose level it is."""
    folder, vacancy = filled(place, cell("C9", None, "Rater R2"))
    found = scoring.rank(folder, vacancy)
    assert "Cannot rank yet: 1 rating is missing." in found.to_text()
    assert "Levels left blank: sheet 'Rater R2', cell C9." in found.cautions
    still_open = board.record(folder, vacancy).open
    assert "R2 has not rated K-04 on Leading People." in still_open
    assert not any("was not rated" in text for text in still_open)


@pytest.mark.parametrize(("more", "says"), [(["--candidates", "K-01,k-01"], "candidate"), (["--candidates", "K-01", "--raters", "R1,r1"], "rater")])  # fmt: skip
def test_nobody_is_on_a_new_sheet_twice(place, tmp_path, more, says):
    """Excel takes small and large letters for one name and would call the second sheet r1 (2)."""
    done = CliRunner().invoke(
        cli.main, ["staffing", "sheet", str(place), "P-01", *more, "--out", str(tmp_path / "out")]
    )
    assert done.exit_code
    assert f"are one {says}, or look like one" in done.output
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_the_command_says_whose_sheets_it_read(place):
    """A sheet that was deleted is missed there; a weight that is none is said as what it is."""
    filled(place, lambda book: book.remove(book["Rater R3"]))
    asked = ["staffing", "rank", str(place), "P-01"]
    assert "Read from the sheets of 2 raters: R1, R2." in CliRunner().invoke(cli.main, asked).output
    wrong = CliRunner().invoke(cli.main, [*asked, "--technical-weight", "20,5"])
    assert wrong.exit_code == 2
    assert "--technical-weight: '20,5' is not a percentage" in wrong.output
