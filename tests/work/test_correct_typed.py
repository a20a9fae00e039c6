"""A value typed in the form of another system: confirmed once, it is in order, saved, and read again the same."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from seskit.record import roster as roster_file
from seskit.record.roster import printed
from seskit.record.roster.readings import FILE as READINGS
from seskit.record.roster.readings import Readings
from seskit.work import corrections
from tests.extent import some
from tests.places import CASES

BASE = CASES / "report-one-plan"
ROW = 4
_DAYS = {
    "no-day": "not rated", "month-name": "12-NOV-02", "year-first": "2002 11 12", "eight-digits": "20021112",
    "eight-digits-month-first": "11122002", "spreadsheet-days": "37572", "without-time": "2002-11-12 14:30",
    "month-first": "11.13.2002", "day-first": "13/11/2002", "month-first-short": "11/13/02", "day-first-short": "13/11/02",
}  # fmt: skip
_AMOUNT = {"currency": "USD {0:,}", "spaces": "{0:,}", "points": "{0:,}", "comma-cents": "{0},00", "thousands": "{1}K",
           "note": "{0:,} (see letter)", "quoted": "'{0}'"}  # fmt: skip


def _amounts(whole, odd, letters, power):
    made = {name: text.format(whole, whole / 1000) for name, text in _AMOUNT.items()}
    made["spaces"], made["points"] = made["spaces"].replace(",", " "), made["points"].replace(",", ".") + ",00"
    return made | {"odd-commas": odd, "letters": letters, "power": power}


_RATE = _amounts(129_800, "1,29,800", "1298OO", "1.298E+05") | {
    "none": "none", "yearly": "129,800 per year", "in-thousands": "129.8",
}  # fmt: skip
_YES_NO = {"mark-yes": "X", "mark-no": "n/a"}
#: A value as it may be typed, for each form of each column.
TYPED = {
    "award": _amounts(9_000, "9,0,00", "9OOO", "9.0E+3") | {"none": "n/a", "percent": "7.5%", "bare-percent": "7.5", "in-thousands": "12.5"},
    "basic_pay_fy_end": _RATE,
    "basic_pay_period_end": _RATE,
    "rating": {"level-and-words": "5 - Outstanding", "level-own-name": "4 - Exceeds", "level-words": "Outstanding", "not-rated": "NR"},
    "es_level": {"es-level": "ES-04", "no-es-level": "ES-00"},
    "appointment_type": {"type-code": "LT"},
    "removal_reason": {"reason-words": "one unsatisfactory rating"},
}  # fmt: skip
UNSEEN = {"rating_date": "2002-11-12", "award": "9735", "rating": "5", "appointment_type": "limited_term", "ig_office": "no",
          "es_level": "4", "basic_pay_fy_end": "129800", "basic_pay_period_end": "129800"}  # fmt: skip


def cases():
    for column, forms in printed.FORMS.items():
        samples = TYPED.get(column) or (_DAYS if forms is printed.FORMS["rating_date"] else _YES_NO)
        yield from ((column, form.name, samples[form.name]) for form in forms)
    yield from ((column, "unseen", f"\u200b{value}") for column, value in UNSEEN.items())


def offered_for(found, column):
    """The repairs offered for the cell, by the names of their forms."""
    return {offer.id.partition(":")[2]: offer.id for group in found.groups
            if (ROW, column) in group.places for offer in group.offers}  # fmt: skip


def folder_of(path, kind):
    """The worked example as a CSV file or as a workbook."""
    path.mkdir(parents=True)
    (path / "agency.yaml").write_bytes((BASE / "agency.yaml").read_bytes())
    text = (BASE / "roster.csv").read_text(encoding="utf-8")
    if kind == "csv":
        (path / "roster.csv").write_text(text, encoding="utf-8")
        return path
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text)):
        book.active.append([int(cell) if cell.isdigit() and len(cell) > 1 else cell or None for cell in row])
    book.save(path / "roster.xlsx")
    return path


def moment(number):
    return f"2003-01-02T08:00:{number:02}"


@pytest.mark.parametrize(
    ("kind", "column", "form", "text"),
    [*(("csv", *case) for case in cases()), *(("xlsx", *case) for case in some(list(cases()), 20))],
)
def test_what_is_typed_in_a_form_and_confirmed_is_in_order(tmp_path, kind, column, form, text):
    """The repair that is offered mends it, is not offered again, and what is saved is read as on the screen."""
    folder = folder_of(tmp_path / "XA", kind)
    found = corrections.open_folder(folder)
    found.set(ROW, column, text, when=moment(1), why="by letter", who="P. Reparer")
    offered = offered_for(found, column)
    assert form in offered or form == "unseen"
    found.accept(offered.get(form) or next(iter(offered.values())), when=moment(2), who="P. Reparer")
    assert not offered_for(found, column).keys() & offered.keys()
    assert (ROW, column) not in {place for group in found.groups if group.kind == "value" for place in group.places}
    assert not found.roster.is_bad(ROW, column)
    (reading,) = found.readings.accepted
    assert reading.form in offered
    saved = found.save(when=moment(3))
    assert roster_file.read(saved.roster, Readings(found.readings.accepted)).people == found.roster.people
    assert roster_file.read(folder).people == found.roster.people
    again = corrections.open_folder(folder)
    assert again.roster.people == found.roster.people
    assert not again.left.unsaved
    log = list(csv.DictReader(io.StringIO(saved.log.read_text(encoding="utf-8"))))
    mine = [one for one in log if (one["row"], one["column"]) == (str(ROW), column)]
    assert [one["kind"] for one in mine] == ["typed", "reading"]
    assert mine[0]["why"] == "by letter"
    assert mine[1]["to"] == found.grid.cell(ROW, column)
    assert "accepted" in mine[1]["why"]


def test_a_way_of_reading_agreed_on_holds_for_what_is_typed_after_it(tmp_path):
    """The second value in the same form is in order at once; undo takes back one act at a time."""
    found = corrections.open_folder(folder_of(tmp_path / "XA", "csv"))
    found.set(4, "rating_date", "2002 11 12", when=moment(1), why="by letter")
    found.accept("rating_date:year-first", when=moment(2))
    assert found.set(5, "rating_date", "2002 11 13", when=moment(3), why="by letter") == []
    assert found.grid.cell(5, "rating_date") == "2002-11-13"
    found.undo()
    found.undo()
    assert "rating_date:year-first" in found.offers


def test_a_reading_that_was_accepted_twice_is_listed_once(tmp_path):
    """A file that an earlier press left with the same entry three times has it once."""
    folder = folder_of(tmp_path / "XA", "csv")
    found = corrections.open_folder(folder)
    found.set(4, "appointment_type", "LT", when=moment(1), why="by letter")
    found.accept("appointment_type:type-code", when=moment(2))
    text = (folder / READINGS).read_text(encoding="utf-8")
    head, entry = text.split("accepted:\n")
    again = entry.replace(moment(2), moment(5))
    (folder / READINGS).write_text(f"{head}accepted:\n{entry}{again}{again}", encoding="utf-8")
    assert [one.when for one in corrections.open_folder(folder).readings.accepted] == [moment(5)]
    assert len(roster_file.read(folder).accepted) == 1


@pytest.mark.parametrize(
    ("column", "text", "offer"),
    [("plan", "Main", "plan:main"), ("plan", "", "plan:blank")],
)
def test_a_typed_text_or_blank_with_one_value_meant_by_it_is_mended(tmp_path, column, text, offer):
    """A plan in other letters, or a cell that is left blank: the answer holds for what was typed, and is saved."""
    found = corrections.open_folder(folder_of(tmp_path / "XA", "csv"))
    assert found.set(ROW, column, text, when=moment(1), why="by letter")
    found.accept(offer, when=moment(2))
    assert offer not in found.offers
    assert found.of_cell(ROW, column) == []
    found.save(when=moment(3))
    assert roster_file.read(tmp_path / "XA").people == found.roster.people
