"""The member-level form as a workbook and as CSV. It holds a row for each person, so it is closed like a supplement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit.formats import workbooks
from seskit.formats.files import whole
from seskit.formats.tables import as_csv
from seskit.paper.report.workbook.boxes import sheet_names
from seskit.work.report.members import FIELDS, OWN_COLUMNS, MemberForm, Members

#: The files begin like those of the supplement: only their owner may read them, and a scan knows what they are.
STEM = "supplement_members"
PERSONAL = "Holds a row for each person: for those with a need to know. No name and no Social Security number is in it."
_ABOUT = (26, 44, 16, 70)


def write(found: Members, folder: Path, *, draft: bool) -> list[Path]:
    """Write the workbook, one sheet a plan, and a CSV of all rows."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        whole(folder / f"{STEM}.xlsx", workbook(found, draft=draft)),
        whole(folder / f"{STEM}.csv", text(found).encode("utf-8-sig")),
    ]


def text(found: Members) -> str:
    """Every row with the plan it belongs to."""
    rows = ((sheet.plan, *row) for sheet in found.sheets for row in sheet.rows)
    return as_csv(("Plan", *(field.head for field in FIELDS)), rows)


def workbook(found: Members, *, draft: bool) -> bytes:
    """Part A above Part B on a sheet for each plan; the last sheet says of each column whether it is confirmed."""
    book = workbooks.book(found.title, PERSONAL, found.agency.name)
    names = sheet_names(f"plan-{sheet.plan}" for sheet in found.sheets)
    for sheet in found.sheets:
        _plan(book, names[f"plan-{sheet.plan}"], sheet, found, draft=draft)
    _columns(book, found)
    return book.done()


def _plan(book: workbooks.Book, name: str, held: MemberForm, found: Members, *, draft: bool) -> None:
    sheet, last, formats = book.sheet(name), len(FIELDS) - 1, book.formats
    sheet.set_column(0, last, 14)
    head = [found.title, found.about, PERSONAL]
    for row, line in enumerate([f"{workbooks.DRAFT}: {head[0]}" if draft else head[0], *head[1:]]):
        workbooks.write_across(sheet, row, last, line, formats["wrapped" if row else "title"], characters=190)
    first = len(head) + 1
    for row, (label, value) in enumerate(held.part_a, first):
        sheet.merge_range(row, 0, row, 2, "", formats["label"])
        sheet.write_string(row, 0, label, formats["label"])
        sheet.merge_range(row, 3, row, 5, "", formats["text"])
        _cell(sheet, row, 3, value, formats)
    top = first + len(held.part_a) + 1
    for column, field in enumerate(FIELDS):
        sheet.write_string(
            top, column, field.head if field.confirmed else f"{field.head} (not confirmed)", formats["head"]
        )
    sheet.set_row(top, 64)
    for row, cells in enumerate(held.rows, top + 1):
        for column, value in enumerate(cells):
            _cell(sheet, row, column, value, formats)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    middle = workbooks.DRAFT if draft else ""
    workbooks.page(sheet, left=found.agency.name, middle=middle, right=f"Plan {held.plan}", landscape=True)


def _cell(sheet: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    if value is None:
        sheet.write_blank(row, column, None, formats["text"])
    elif isinstance(value, date):
        workbooks.write_day(sheet, row, column, value, formats["day"])
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), formats["percent" if FIELDS[column].percent else "money"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["count"])
    else:
        sheet.write_string(row, column, value, formats["text"])


def _columns(book: workbooks.Book, found: Members) -> None:
    sheet = book.sheet("Columns")
    sheet.write_string(0, 0, "Columns: which are confirmed, and how each is filled", book.formats["title"])
    rows: list[list[str]] = [
        [field.number, field.words, "confirmed" if field.confirmed else "not confirmed", field.filled]
        for field in FIELDS
    ]
    heads = ["Number", "Column", "In the source", "How it is filled"]
    workbooks.table(sheet, 1, "Columns", heads, list(_ABOUT), rows, book.formats)
    for row, line in enumerate(notes(found), len(rows) + 4):
        sheet.write_string(row, 0, line, book.formats["plain"])
    workbooks.page(sheet, left=found.agency.name, middle="", right="Columns", landscape=True)


def notes(found: Members) -> Sequence[str]:
    """What a person should know: the name of the form, what the roster does not hold, what is left to fill in."""
    missing = [name for name in OWN_COLUMNS if name in found.missing]
    said = [f"{found.title}.", found.about]
    if missing:
        said.append(f"Blank, because the roster has no such column: {', '.join(missing)}.")
    said.append("To fill in by hand: date, contact, certification status and date, how many were eligible to be rated.")
    return said
