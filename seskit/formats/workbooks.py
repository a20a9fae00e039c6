"""The look of every workbook: a new file that repeats to the byte, its formats, and how a sheet prints."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from textwrap import shorten
from typing import Any

from seskit.formats import days
from seskit.formats.characters import one_line, visible
from seskit.formats.shipped import text_beside
from seskit.formats.strict_yaml import load_own

DRAFT = "DRAFT - not for submission"
#: A workbook made twice from the same model is the same file; nothing in it tells when it was made.
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001
#: A typeface that every office program has, or has a twin of: columns are as wide everywhere.
FONT = {"font_name": "Arial", "font_size": 10}
#: A longer text would be left out whole.
_LONGEST_TEXT = 32767
_LONGEST_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\t\r\n]")
_FIRST_SAFE_DAY = date(1900, 3, 1)
_BOX = {"border": 1, "valign": "top"}
_LOOKS = load_own(text_beside(__file__, "workbook_looks.yaml"))
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    name: (_BOX if look.pop("boxed", False) else {}) | look for name, look in _LOOKS.items()
}


@dataclass(frozen=True)
class Book:
    """A workbook being written, and its formats by name."""

    file: Any
    formats: dict[str, Any]
    content: io.BytesIO

    def sheet(self, name: str) -> Any:
        """A new sheet."""
        return self.file.add_worksheet(self._free(name))

    def open(self, look: str) -> Any:
        """The same look for a cell that stays open on a sheet whose other cells are locked."""
        name = f"{look}, open"
        if name not in self.formats:
            self.formats[name] = self.file.add_format({**_FORMATS[look], "locked": False})
        return self.formats[name]

    def _free(self, name: str) -> str:
        """A name spreadsheets allow and no other sheet of the workbook has."""
        allowed = _cut(_NOT_IN_SHEET_NAMES.sub("_", visible(name)).strip("'"), _LONGEST_NAME).rstrip("'") or "Sheet"
        taken, tried, number = {sheet.name.lower() for sheet in self.file.worksheets()}, allowed, 2
        while tried.lower() in taken or tried.lower() == "history":
            ending = f" ({number})"
            tried, number = _cut(allowed, _LONGEST_NAME - len(ending)) + ending, number + 1
        return tried

    def done(self) -> bytes:
        """The finished workbook."""
        self.file.close()
        return self.content.getvalue()


@cache
def _sheets(to_read: bool) -> type[Any]:
    """A sheet on which every text is well-formed and no longer than a cell holds."""
    from xlsxwriter.worksheet import Worksheet

    class SafeSheet(Worksheet):  # type: ignore[misc]
        is_to_read = to_read

        def _write_string(self, row: int, column: int, string: str, look: Any = None) -> int:
            return int(super()._write_string(row, column, cell_text(_said(self, string)), look))

        def _write_formula(self, row: int, column: int, formula: str, look: Any = None, value: Any = 0) -> int:
            kept = cell_text(value) if isinstance(value, str) else value
            return int(super()._write_formula(row, column, visible(formula), look, kept))

        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
            """Ours are of functions every spreadsheet knows; to look for the newer ones takes most of the time."""
            return formula.removeprefix("=")

    return SafeSheet


def _said(sheet: Any, text: str) -> str:
    """A text as its sheet shows it: with days in words, unless it is filled in and read back as it is."""
    return days.shown(text) if sheet.is_to_read else text


def cell_text(text: str) -> str:
    """Text as a cell takes it: what cannot be seen as its code, and no longer than spreadsheets allow."""
    shown = visible(text).replace("\r", "\n")
    kept = _cut(shown, _LONGEST_TEXT)
    return shown if kept == shown else f"{kept[:-1]}…"


def _cut(text: str, most: int) -> str:
    """The beginning of a text, counted as spreadsheets count: a rare letter may take two places."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def new(content: io.BytesIO, properties: Mapping[str, Any], *, to_read: bool = False) -> Any:
    """A new workbook in which text never becomes a formula, a link or a number, and every part is well-formed.

    In one that is to be read, and not filled in, days stand in words.
    """
    import xlsxwriter

    keep = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = xlsxwriter.Workbook(content, {"in_memory": True, "default_format_properties": dict(FONT), **keep})
    file.worksheet_class = _sheets(to_read)
    told = {name: one_line(value) if isinstance(value, str) else value for name, value in properties.items()}
    file.set_properties({"created": _CREATED, **told})
    return file


def book(title: str, subject: str, company: str, *, to_read: bool = True) -> Book:
    """A new workbook in the look of all, with its formats; see `new`."""
    content = io.BytesIO()
    file = new(content, {"title": title, "subject": subject, "author": "seskit", "company": company}, to_read=to_read)
    file.set_custom_property("Language", "en-US")
    return Book(file, {name: file.add_format(dict(look)) for name, look in _FORMATS.items()}, content)


def write_day(sheet: Any, row: int, column: int, value: date | None, look: Any) -> None:
    """Write a date, as ISO text where spreadsheets know no such date; None stays blank."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif value < _FIRST_SAFE_DAY:
        sheet.write_string(row, column, value.isoformat(), look)
    else:
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), look)  # noqa: DTZ001


def write_across(sheet: Any, row: int, last: int, text: str, look: Any, *, characters: int = 0) -> None:
    """Write one text over several columns; with `characters` to a line, the row is made high enough for all of it."""
    sheet.merge_range(row, 0, row, last, "", look)
    sheet.write_string(row, 0, text, look)
    if characters:
        sheet.set_row(row, height(text, characters))


def asked(title: str, help_text: str) -> dict[str, str]:
    """What a cell says when it is gone to, so that who does not see the headings knows what is wanted; for a data validation."""
    return {
        "input_title": shorten(title, 32, placeholder="…"),
        "input_message": shorten(help_text, 255, placeholder=" …"),
    }


def height(text: str, characters: int, *, least: int = 1) -> int:
    """How high a row must be for wrapped text, with so many characters to a line."""
    return 16 * max(least, sum(-(-max(len(line), 1) // characters) for line in text.splitlines() or [""]))


def page(sheet: Any, *, left: str, middle: str, right: str, landscape: bool = False) -> None:
    """How a sheet prints: Letter paper, one page wide, header and numbered pages."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(1)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    left, middle, right = (_said(sheet, text) for text in (left, middle, right))
    sheet.set_header(f"&L{_printed(left)}&C&B{_printed(middle)}&B&R{_printed(right)}")
    sheet.set_footer("&CPage &P of &N")


def _printed(text: str) -> str:
    kept = "".join(character if character.isprintable() else " " for character in text)
    return (kept if len(kept) <= 60 else kept[:59] + "…").replace("&", "&&")


def table(
    sheet: Any,
    row: int,
    name: str,
    heads: list[str],
    widths: list[int],
    rows: Sequence[Sequence[str | date]],
    formats: Mapping[str, Any],
) -> None:
    """A named table of wrapped text with its column heads; a date stays a date."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    columns = [{"header": head, "header_format": formats["head"]} for head in heads]
    shape = {"name": name, "style": "Table Style Light 1", "columns": columns}
    sheet.add_table(row, 0, row + max(len(rows), 1), len(heads) - 1, shape)
    sheet.set_row(row, 32)
    for number, given in enumerate(rows, row + 1):
        cells = [cell if isinstance(cell, date) else _said(sheet, cell) for cell in given]
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                write_day(sheet, number, column, cell, formats["cell_day"])
            elif cell:
                sheet.write_string(number, column, cell, formats["cell"])
            else:
                sheet.write_blank(number, column, None, formats["cell"])
        high = [height(str(cell), max(width - 2, 1)) for cell, width in zip(cells, widths, strict=True)]
        sheet.set_row(number, max(high))
