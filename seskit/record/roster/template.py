"""Blank files to fill in: a roster workbook and an agency.yaml, for one agency folder."""

from __future__ import annotations

import io
import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from seskit.formats import files, workbooks
from seskit.law.facts import FactError
from seskit.record.agency import FILE
from seskit.record.agency_text import CODE as CODE
from seskit.record.agency_text import NAME as NAME
from seskit.record.agency_text import agency_text as agency_text
from seskit.record.roster.columns import COLUMNS, STATED, Column

ROSTER = "roster.xlsx"
_ROWS = 500
_EARLIEST = date(1979, 1, 1)


_LOOKS = {"money": "$#,##0.00", "day": "yyyy-mm-dd", "whole": "General", "number": "General"}


@dataclass(frozen=True)
class Blank:
    """What a blank workbook says of itself, and how its columns look; `free` columns take other words than the listed."""

    sheet: str
    title: str
    subject: str
    how: str
    columns: Mapping[str, Column]
    widths: Mapping[str, int]
    free: tuple[str, ...] = ()

    def look(self, name: str) -> str:
        """The number format of a column."""
        return _LOOKS.get(self.columns[name].kind, "@")


_ROSTER = Blank(
    sheet="Roster",
    title="Roster of executives",
    subject="One row for each executive",
    how="How to fill in the roster",
    columns=COLUMNS | STATED,
    widths={
        "basic_pay_fy_end": 18,
        "basic_pay_period_end": 22,
        "name": 26,
        "component": 24,
        "appointment_type": 20,
        "action": 30,
        "removal_reason": 32,
    },
    free=("action", "removal_reason"),
)


def write(folder: str | Path) -> list[Path]:
    """Write a blank roster.xlsx and an agency.yaml to fill in; returns both. Never writes over a file."""
    contents = {FILE: lambda: agency_text().encode(), ROSTER: roster_workbook}
    return write_new(Path(folder), contents, (*contents, "roster.csv"))


def write_agency(folder: str | Path) -> list[Path]:
    """Write the agency.yaml that a folder with a roster lacks. Never writes over a file."""
    return write_new(Path(folder), {FILE: lambda: agency_text().encode()}, (FILE,))


def write_new(place: Path, contents: Mapping[str, Callable[[], bytes]], taken: Iterable[str]) -> list[Path]:
    """Write files that are not there; where one of the names `taken` is, nothing is written."""
    for name in taken:
        if (place / name).exists():
            raise FactError(
                f"There is already a file {name} in the folder; nothing was written. "
                f"Choose an empty folder, or move the file away.{_beside(place, contents)}"
            )
    place.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        files.new(place / name, content())
    return [place / name for name in contents]


def _beside(place: Path, contents: Iterable[str]) -> str:
    """How the agency.yaml alone is had, where it is what the folder lacks."""
    lacks = FILE in contents and not (place / FILE).exists()
    return f" For {FILE} alone: seskit blank {shlex.quote(str(place))} --what agency" if lacks else ""


def roster_workbook() -> bytes:
    """The blank roster: the sheet to fill in first, then a guide to its columns."""
    return workbook(_ROSTER)


def workbook(blank: Blank) -> bytes:
    """A blank workbook: the sheet to fill in first, then a guide to its columns."""
    content = io.BytesIO()
    book = workbooks.new(content, {"title": blank.title, "subject": blank.subject, "author": "seskit"})
    book.set_custom_property("Language", "en-US")
    _fill_in_sheet(book, blank)
    _guide_sheet(book, blank)
    book.close()
    return content.getvalue()


def _fill_in_sheet(book: Any, blank: Blank) -> None:
    sheet = book.add_worksheet(blank.sheet)
    sheet.set_comments_author("seskit")
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7E6E6", "border": 1, "valign": "vcenter"})
    looks = {look: book.add_format({"num_format": look}) for look in ("@", "General", "$#,##0.00", "yyyy-mm-dd")}
    for position, column in enumerate(blank.columns.values()):
        sheet.set_column(position, position, blank.widths.get(column.name, 17), looks[blank.look(column.name)])
    sheet.add_table(0, 0, _ROWS, len(blank.columns) - 1, {
        "name": blank.sheet, "style": "Table Style Light 1",
        "columns": [{"header": name, "header_format": head} for name in blank.columns],
    })  # fmt: skip
    for position, column in enumerate(blank.columns.values()):
        sheet.write_comment(0, position, f"{column.help} {column.fix}", {"x_scale": 2, "y_scale": 1.2})
        sheet.data_validation(1, position, _ROWS, position, _accepted(blank, column))
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    _page(sheet, f"{blank.sheet}: contains personal information")
    sheet.repeat_rows(0)


def _accepted(blank: Blank, column: Column) -> dict[str, Any]:
    """What a cell of the column asks for and accepts, with the sentence a wrong entry is answered with."""
    told = {"error_title": column.name, "error_message": column.fix[:255]}
    told |= workbooks.asked(column.name, f"{column.help} {column.fix}")
    if column.choices:
        kind = "information" if column.name in blank.free else "stop"
        return {"validate": "list", "source": list(column.choices), "error_type": kind, **told}
    if column.kind == "money":
        return {"validate": "decimal", "criteria": ">", "value": 0, **told}
    if column.kind == "day":
        return {"validate": "date", "criteria": ">=", "value": _EARLIEST, **told}
    return {"validate": "any", **told}


def _guide_sheet(book: Any, blank: Blank) -> None:
    sheet = book.add_worksheet("Guide")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7E6E6", "border": 1})
    sheet.write_string(0, 0, blank.how, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(
        1, 0, f"{blank.subject} on the sheet {blank.sheet}. Never write a Social Security number anywhere."
    )
    heads = ("Column", "What it holds", "How to write it", "Must be filled in", "Choices")
    sheet.add_table(2, 0, 2 + len(blank.columns), len(heads) - 1, {
        "name": "Guide", "style": "Table Style Light 1",
        "columns": [{"header": text, "header_format": head} for text in heads],
    })  # fmt: skip
    sheet.set_row(2, 32)
    for column, width in enumerate((24, 56, 50, 12, 44)):
        sheet.set_column(column, column, width)
    for row, described in enumerate(blank.columns.values(), 3):
        needed = "yes" if described.required else "no"
        cells = (described.name, described.help, described.fix, needed, ", ".join(described.choices))
        for position, text in enumerate(cells):
            sheet.write_string(row, position, text, wrapped)
        sheet.set_row(row, 16 * max(1, *(-(-len(text) // 42) for text in cells)))
    sheet.freeze_panes(3, 1)
    _page(sheet, f"Guide to the {blank.sheet.lower()}")
    sheet.repeat_rows(2)


def _page(sheet: Any, middle: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{middle}")
    sheet.set_footer("&CPage &P of &N")
