"""The rows of an export as text: any separator, title lines above the header, workbooks as they are shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from seskit.formats.privacy import shown
from seskit.law.facts import FactError
from seskit.record.roster.cells import as_shown
from seskit.record.roster.columns import COLUMNS
from seskit.record.roster.csv_rows import plain_text, separator_line, separator_of
from seskit.record.roster.heading_groups import in_one
from seskit.record.roster.marks import Marks, marked
from seskit.record.roster.other_kinds import refuse
from seskit.record.roster.sheets import LARGEST_FILE, Refusal
from seskit.record.roster.usual_headings import columns as named
from seskit.record.roster.workbook import rows as sheet_rows
from seskit.record.roster.workbook import sheet_names

_SEPARATORS = (",", ";", "\t", "|")
_LINES = 60
_PEOPLE = "people"
_SEVERAL, _MOST_SHEETS = 2, 20
_ENCODINGS = ("utf-8-sig", "cp1252")


def read(file: Path, notes: list[str]) -> list[Sequence[str]]:
    """Every row of an export, a header of two rows as one; raises FactError for a file that cannot be read."""
    return in_one(_read(file, notes))


def _read(file: Path, notes: list[str]) -> list[list[str]]:
    try:
        content = file.read_bytes()
    except OSError:
        raise FactError(f"'{file.name}' cannot be read. Check the name, and that it is a file.") from None
    if len(content) > LARGEST_FILE:
        raise FactError(f"'{file.name}' is larger than {LARGEST_FILE >> 20} MB. Split it.")
    try:
        if content.startswith(b"PK\x03\x04"):
            marks = Marks()
            table = [_as_text(row) for row in sheet_rows(file, notes, _sheet(file), marks)]
            return marked(table, marks)
        refuse(content)
    except Refusal as refusal:
        raise FactError(f"'{file.name}': {refusal.reason}. {refusal.fix}") from None
    if b"\0" in content[:4096].replace(b"\xff\xfe", b"") and not _utf16(content):
        raise FactError(f"'{file.name}' is neither text nor an .xlsx workbook. Save it as .xlsx or CSV UTF-8.")
    return _of_text(_decoded(content), notes)


def _sheet(file: Path) -> str:
    """The sheet with the people: the one of that name, or else the first of those whose first rows hold most of the usual headings."""
    names = sheet_names(file)
    if len(names) < _SEVERAL or _PEOPLE in map(str.lower, names):
        return _PEOPLE
    known = {
        name: max(map(_usual, islice(sheet_rows(file, [], name), _LINES)), default=0) for name in names[:_MOST_SHEETS]
    }
    best = max(known.values())
    alike = [name for name, many in known.items() if many == best]
    if known[names[0]] == best:
        return _PEOPLE
    if len(alike) > 1:
        raise Refusal(
            f"the sheets '{shown(alike[0])}' and '{shown(alike[1])}' both look like the people, and one sheet alone is read",
            f"Put everybody on one sheet; or name the one that counts {_PEOPLE}, or hide or delete the other.",
        )
    return alike[0]


def _usual(row: list[str]) -> int:
    """How many columns of a roster the cells of a row are usual headings of."""
    return len({columns[0] for cell in row if (columns := named(cell, list(COLUMNS)))})


def _as_text(row: list[str]) -> list[str]:
    return [as_shown(cell).strip() for cell in row]


def _utf16(content: bytes) -> bool:
    return content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _decoded(content: bytes) -> str:
    if _utf16(content):
        return content.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", "replace")


def _of_text(text: str, notes: list[str]) -> list[list[str]]:
    if above := separator_line(text):
        separator, text = separator_of(text), text[len(above) :]
    else:
        lines = text.splitlines()[:_LINES]
        separator = max(_SEPARATORS, key=lambda sign: sum(line.count(sign) for line in lines))
    if separator != ",":
        notes.append(f"Cells are separated by {'a tab' if separator == chr(9) else repr(separator)}.")
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return [[plain_text(cell.strip()) for cell in row] for row in found]
    except csv.Error as failure:
        raise FactError(f"The export cannot be read as a table: {failure}. Save it again as CSV UTF-8.") from None
