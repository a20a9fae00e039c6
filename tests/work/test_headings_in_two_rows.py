"""A roster whose headings stand in two rows, as spreadsheets have them: read as one header once a person agrees, and saved as it came."""

import csv
import shutil

import openpyxl
import pytest

from seskit.record import roster
from seskit.record.roster import heading_groups, readings
from seskit.record.roster.cells import Cell, UnusableCell
from seskit.work import corrections
from tests import office
from tests.places import SAMPLES
from tests.roster_heads import in_two_rows

WHEN = "2002-12-02T09:00:00Z"


def as_csv(place, rows):
    with (place / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def as_workbook(place, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    at = rows[0].index("Basic pay") + 1
    book.active.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + 1)
    for column in range(1, len(rows[0]) + 1):
        if column not in (at, at + 1):
            book.active.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    book.save(place / "roster.xlsx")


def as_libreoffice(place, rows):
    """The same workbook, as LibreOffice saves it."""
    as_workbook(place, rows)
    (saved,) = office.converted("xlsx", place / "saved", place / "roster.xlsx")
    shutil.move(saved, place / "roster.xlsx")


@pytest.fixture(params=[as_csv, as_workbook, as_libreoffice])
def agency(request, tmp_path):
    """A folder with such a roster, without the column of Inspector General offices."""
    place = tmp_path / "ASR"
    place.mkdir()
    shutil.copy(SAMPLES / "ASR" / "agency.yaml", place)
    with (SAMPLES / "ASR" / "roster.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    at = rows[0].index("ig_office")
    request.param(place, in_two_rows([row[:at] + row[at + 1 :] for row in rows]))
    return place


def people(place):
    return [person._replace(row=0) for person in roster.read(place).people]


def test_they_are_one_header_once_a_person_agrees_and_are_saved_so(agency):
    """Nobody is made of the second row, an added heading stands in the first, and the saved roster gives the same people."""
    work = corrections.open_folder(agency)
    (group,) = work.groups
    assert "rows 1 and 2" in group.reason
    assert "'Basic pay FY end', 'Basic pay period end'" in group.offers[0].question
    work.accept(group.offers[0].id, when=WHEN)
    assert not [one for one in work.groups if one.kind == "layout"]
    work.accept("every:ig_office:no", when=WHEN)
    work.save(when=WHEN)
    was = [person._replace(row=0, ig_office=None) for person in roster.read(SAMPLES / "ASR").people]
    assert [person._replace(ig_office=None) for person in people(agency)] == was
    assert {person.ig_office for person in people(agency)} == {False}


def test_a_row_of_a_person_is_no_second_header(tmp_path):
    """A person whose other cells are blank has figures, or says something under the headings, too."""
    heads = ["person_id", "name", "award", "", "plan"]
    for row in (["", "", "", "22750", ""], ["A1", "", "", "yes", ""], ["", "", "yes", "", ""]):
        assert heading_groups.heads(heads, row) is row
    assert heading_groups.heads(heads, ["", "", "paid", "proposed", ""]) == [
        "person_id",
        "name",
        "award paid",
        "award proposed",
        "plan",
    ]


def test_a_heading_that_was_refused_stays_refused():
    """What a heading holds that may not be shown is not lost in a longer one."""
    refused = Cell("award", fault=UnusableCell("holds a formula", "Correct it."))
    found = heading_groups.header(
        iter([["person_id", "name", refused, "", "plan"], ["", "", "paid", "proposed", ""]]), 2
    )
    assert not found.in_two_rows


def test_without_the_agreement_the_second_row_is_told(agency):
    """Nothing is taken for a header in silence."""
    assert readings.beside(agency) == readings.NOTHING
    assert any(problem.row == 2 for problem in roster.read(agency).problems)
