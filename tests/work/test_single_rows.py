"""Rows of a roster that may not count are left out one by one; a title above a heading says what it is of."""

import openpyxl
import pytest
from openpyxl.styles import Font

from seskit.law.facts import FactError
from seskit.record import roster as roster_file
from seskit.work import corrections, folder_check
from tests import own_headings

HEADS = ["person_id", "name", "plan", "component", "ig_office", "appointment_type", "basic_pay_fy_end", "basic_pay_period_end",
         "Rating", "Date", "award", "Remarks"]  # fmt: skip
TITLES = ["Executive", *[None] * 7, "FY 2025 appraisal", None, "Award", None]
NAMES = ("Vale, Robin", "Reed, Sam", "Vale, Robin", "Lind, Noor", "Falk, Ida", "Moor, Kai")


@pytest.fixture
def folder(tmp_path):
    """Six people below two rows of headings: one twice, one hidden, one struck through, one of whom a remark says that they retired."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(TITLES)
    sheet.append(HEADS)
    for n, name in enumerate(NAMES):
        sheet.append([f"E{n}", name, "main", "Water", "no", "career", 190000, 190000, 4, "2025-11-10", 9500, ""])
    sheet["L6"] = "retired"
    sheet.row_dimensions[7].hidden = True
    for cell in sheet[8]:
        cell.font = Font(strike=True)
    book.save(tmp_path / "roster.xlsx")
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    return tmp_path


def test_a_row_that_may_not_count_is_left_out_of_this_roster_alone(folder):
    """Struck through, hidden, said to have left, or somebody twice: out or like the others, by one answer each that holds for this file."""
    found = corrections.open_folder(folder)
    found.accept("layout:table", when="2025-12-02T08:00:00")
    assert "heading:date:rating_date" in found.offers, "the title above says what it is of"
    found.accept("heading:date:rating_date", when="2025-12-02T08:00:01")
    asked = {group.reason.partition(":")[0] for group in found.groups if group.kind == "rows"}
    assert asked == {"row 7", "row 8"}
    assert {"row:3:out", "row:5:out", "row:6:out", "row:7:out", "row:7:counts", "row:8:out"} <= set(found.offers)
    assert "row:6:counts" not in found.offers
    for n, offer in enumerate(("row:5:out", "row:6:out", "row:7:counts", "row:8:out"), 2):
        found.accept(offer, when=f"2025-12-02T08:00:0{n}")
    assert [person.row for person in found.roster.people] == [3, 4, 7]
    assert not [group for group in found.groups if group.severity == "error"]
    found.save(when="2025-12-02T08:00:09")
    assert [person.row for person in roster_file.read(folder).people] == [3, 4, 7]
    changed = openpyxl.load_workbook(folder / "roster.xlsx")
    changed.active["G3"] = 191000
    (folder / "roster.corrected.xlsx").unlink()
    changed.save(folder / "roster.xlsx")
    again = corrections.open_folder(folder)
    assert "row:7:counts" in again.offers
    assert not {"row:3:out", "row:5:out"} & set(again.offers), "the two rows of a name say different things now"
    with pytest.raises(FactError, match="Say why"):
        again.leave_out(5, when="2025-12-02T08:00:10", why=" ")
    again.leave_out(5, when="2025-12-02T08:00:10", why="is E0")
    again.leave_out(5, when="2025-12-02T08:00:11", why="is E0 once more")
    assert 5 not in [person.row for person in again.roster.people]
    assert [one.why for one in again.readings.of_kind("row")] == ["is E0 once more"]
    assert "a row is left out of one file alone" in " ".join(again.put_aside)


def test_a_header_that_was_confirmed_is_not_asked_again_because_of_the_titles_above_it(tmp_path):
    """Few of its headings say enough alone; what is missing is asked next."""
    rows = ("Executive,,,,,,FY 2025 appraisal,,Award", "person_id,name,plan,component,Kind,Basic pay,Rating,Date,Amount",
            "E1,\"Vale, Robin\",main,Water,career,190000,4,2025-11-10,9500")  # fmt: skip
    (tmp_path / "roster.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "agency.yaml").write_text(own_headings.AGENCY, encoding="utf-8")
    found = corrections.open_folder(tmp_path)
    found.accept("layout:table", when="2025-12-02T08:00:00")
    assert "heading:date:rating_date" in found.offers


def test_a_former_file_that_was_kept_is_one_of_the_agencys(folder):
    for name in ("roster.before.csv", "agency.before-2.yaml", "agency.yaml.before", "written.json", "notes.txt"):
        (folder / name).touch()
    assert folder_check.not_read(folder, folder_check.files(folder)) == ["notes.txt"]
