"""Rows of text out of a CSV or XLSX file, with every refusal said plainly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from seskit.record.roster import csv_rows, workbook
from seskit.record.roster.marks import Marks
from seskit.record.roster.other_kinds import refuse
from seskit.record.roster.refusal import Refusal
from seskit.record.roster.values import LONGEST_TEXT as LONGEST_CELL

__all__ = ("LONGEST_CELL", "Refusal", "rows")

LARGEST_FILE = 200 * 2**20
_SEPARATORS = ",;\t"


def rows(
    path: Path,
    notes: list[str],
    sheet: str = "roster",
    blank: str = "",
    separator: str | None = None,
    marks: Marks | None = None,
) -> Iterator[list[str]]:
    """Every row of the file as text, the header first; blank lines are empty rows, so that positions stay true.

    Of a workbook the visible sheet of that name is read or, where there is none, the first visible one. `blank` says
    where a blank file comes from, `separator` what parts the cells of a CSV file, where that was agreed; `marks` takes what a sheet of people shows beside its values. What a person should know about the file is added to the notes, some of it only
    when the last row was read.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1 << 16)
    except FileNotFoundError:
        raise Refusal("the file is not there", "Check the folder and the file's name.") from None
    except OSError:
        raise Refusal("the file cannot be opened", "Check that it is a file, and that you may read it.") from None
    if not start.strip():
        raise Refusal("the file is empty", f"Save the {sheet} again. {blank}".strip())
    if size > LARGEST_FILE:
        raise Refusal(f"the file has {size >> 20} MB; the most is {LARGEST_FILE >> 20} MB", "Split it by agency.")
    if start.startswith(b"PK\x03\x04"):
        return _checked(workbook.rows(path, notes, sheet, marks))
    refuse(start)
    return csv_rows.rows(path, start, notes, separator)


def _checked(found: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows of a workbook, refused where a cell took in other rows when the file was opened as CSV."""
    width = 0
    for number, row in enumerate(found, 1):
        width = max(width, len(row))
        if any("\n" in cell for cell in row):
            for cell in row:
                if any(csv_rows.swallows(cell, width, separator) for separator in _SEPARATORS):
                    raise Refusal(
                        f"a cell of row {number} holds what looks like another row, up to row "
                        f"{number + len(cell.splitlines()) - 1} of the file it came from",
                        "Look for a quotation mark that is never closed in that file, and write one person to a row.",
                    )
        yield row
