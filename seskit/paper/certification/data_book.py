"""The data tables of a request as a workbook: ratings, pay and awards by level, each person by number, the checklist."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from seskit.formats import workbooks
from seskit.formats.days import long_date
from seskit.paper.certification.papers import checklist_rows
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.certification.ratings import OF_CAREER, PeriodData

Cell = str | int | Decimal | None
_HEAD = 3
#: The first column holds a period, such as September 1, 2014 to September 30, 2015, on one line.
_FIRST = 40
_LEVEL = ("Period", "Level", "Rated", "Percent", "Career", "Average basic pay", "Average adjustment", "Average award",
          "Average total compensation", "Paid above level III")  # fmt: skip
_PERSON = ("Period", "Person", "Component", "Appointment", "Rating", "Rating date", "Basic pay", "Adjustment", "Award",
           "Total compensation")  # fmt: skip
_CHECKLIST = ("Requirement", "Rule", "Documents that can show it", "Document supplied and the place in it")


def write(found: Rehearsal) -> bytes:
    """The workbook; every sheet says draft while anything is open."""
    system = found.system
    title = f"Data for {system.requested} certification: {system.name}"
    book = workbooks.book(title, "Certification of an appraisal system", system.organization)
    status = "Final" if found.final else workbooks.DRAFT
    levels = [row for period in found.data for row in _levels(period)]
    people = [row for period in found.data for row in _people(period)]
    above = [
        (period.period.name, paid.person_id, paid.rating, paid.rate) for period in found.data for paid in period.above
    ]
    said = " ".join(one.says for one in found.ceilings)
    first = f"Levels 4 and 5: {said}" if said else ""
    _sheet(book, "Levels", f"Ratings, pay and awards by level; {OF_CAREER}", status, _LEVEL, levels, note=first)
    _sheet(book, "Above level III", "People paid above Executive Schedule level III", status,
           ("Period", "Person", "Rating", "Rate of basic pay"), above)  # fmt: skip
    _sheet(book, "People", "Each covered employee, by the agency's number", status, _PERSON, people)
    _sheet(book, "Sample", "Performance plans sent", status, ("Person",), [(name,) for name in system.sampled_plans])
    _sheet(book, "Checklist", "Checklist of the request", status, _CHECKLIST, checklist_rows(found), width=42)
    return book.done()


def _levels(period: PeriodData) -> list[tuple[Cell, ...]]:
    return [
        (period.period.name, level.level, level.people, level.share, level.career, level.basic_pay, level.adjustment,
         level.award, level.total, level.above_level_three)
        for level in period.levels
    ]  # fmt: skip


def _people(period: PeriodData) -> list[tuple[Cell, ...]]:
    return [
        (period.period.name, person.person_id, person.component, person.appointment_type, person.rating,
         long_date(person.rating_date) if person.rating_date else None, person.basic_pay_period_end, adjustment,
         person.award, total)
        for person, adjustment, total in zip(period.people, period.adjustments, period.totals, strict=True)
    ]  # fmt: skip


def _sheet(
    book: workbooks.Book, name: str, title: str, status: str, header: Sequence[str], rows: Sequence[Sequence[Cell]],
    *, width: int = 18, note: str = "",
) -> None:  # fmt: skip
    sheet = book.sheet(name)
    sheet.write_string(0, 0, title, book.formats["title"])
    sheet.write_string(1, 0, status, book.formats["status"])
    if note:
        sheet.write_string(2, 0, note, book.formats["plain"])
    sheet.set_column(0, 0, max(width, _FIRST))
    sheet.set_column(1, len(header) - 1, width)
    sheet.repeat_rows(_HEAD)
    columns = [{"header": head, "header_format": book.formats["head"]} for head in header]
    shape = {"name": name.replace(" ", "_"), "style": "Table Style Light 1", "columns": columns}
    sheet.add_table(_HEAD, 0, _HEAD + max(len(rows), 1), len(header) - 1, shape)
    sheet.set_row(_HEAD, 32)
    for number, cells in enumerate(rows, _HEAD + 1):
        for column, value in enumerate(cells):
            _write(book, sheet, number, column, value, header[column])
        words = [cell for cell in cells[1:] if isinstance(cell, str)]
        first = workbooks.height(str(cells[0]), max(width, _FIRST) - 2)
        sheet.set_row(number, max(first, *(workbooks.height(text, width - 2) for text in words), 16))
    sheet.freeze_panes(_HEAD + 1, 1)
    workbooks.page(sheet, left=title, middle="", right=status, landscape=True)


def _write(book: workbooks.Book, at: Any, row: int, column: int, value: Cell, head: str) -> None:
    if value is None:
        at.write_blank(row, column, None, book.formats["label"])
    elif isinstance(value, str):
        at.write_string(row, column, value, book.formats["text"])
    elif head == "Percent":
        at.write_number(row, column, float(value) / 100, book.formats["percent_1"])
    else:
        at.write_number(row, column, float(value), book.formats["money" if isinstance(value, Decimal) else "count"])
