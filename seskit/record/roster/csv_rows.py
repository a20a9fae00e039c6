"""Rows of text out of a CSV file: its encoding and separator found and said, and no quotation mark swallows a row.

What programs write for Excel is read as Excel reads it: a first line that names the separator (`sep=;`) is no row, and a cell
that is a formula of its own text (`="007"`) is that text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from seskit.record.roster.cells import examined
from seskit.record.roster.refusal import SAVE_AGAIN, Refusal
from seskit.record.roster.values import LONGEST_TEXT

MOST_ROWS = 4_000_000
_PIECE = 1 << 20
_CHUNK = 250
_NOT_TEXT = "the file is not text and not an .xlsx workbook"
#: Bytes that show nothing: what every file may hold is left out.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r")) + b"\x7f"
_UNUSUAL = re.compile(r"[^\t\n\r -~\u00c0-\u024f]")
_SEPARATOR_LINE = re.compile(r"\ufeff?sep=([^\r\n])[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
_FORMULA_OF_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_QUOTE_FIX = "Close the quotation mark where its cell ends, or remove it, and save the file again."


def rows(path: Path, start: bytes, notes: list[str], separator: str | None = None) -> Iterator[list[str]]:
    """Every row of the file; `start` is how it begins, `separator` what was agreed to part its cells."""
    encoding, unusual = _encoding(path, start, notes)
    begins = start.decode(encoding, "replace")
    delimiter = separator or separator_of(begins)
    if delimiter != "," and not separator:
        notes.append(f"Cells are separated by {'semicolons' if delimiter == ';' else 'tabs'}.")
    found = _rows(path, encoding, delimiter, 1 if separator_line(begins) else 0, notes)
    return ([plain_text(examined(cell)) for cell in row] for row in found) if unusual else found


def separator_of(text: str) -> str:
    """What parts the cells of a text: the sign that a first line names for Excel, or the one that its header has most."""
    if named := _SEPARATOR_LINE.match(text):
        return named[1]
    header = text.lstrip("\ufeff\r\n").splitlines()[0] if text.strip() else ""
    return max((",", ";", "\t"), key=header.count)


def separator_line(text: str) -> str:
    """The first line of a text with its end, where it names the separator."""
    named = _SEPARATOR_LINE.match(text)
    return named[0] if named else ""


def plain_text(cell: str) -> str:
    """What a cell says that may be a formula of its own text, which keeps the zeros of a number: ="007" is 007."""
    written = _FORMULA_OF_TEXT.fullmatch(cell)
    return written[1].replace('""', '"') if written else cell


def _rows(path: Path, encoding: str, delimiter: str, skipped: int, notes: list[str]) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_TEXT)
    number = line = width = 0
    last: list[str] = []
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            while chunk := list(islice(reader, _CHUNK)):
                width = width or len(chunk[0])
                if reader.line_num - line > len(chunk):
                    for place, row in enumerate(chunk, number + 1):
                        _check_one_row(row, place, width if place > 1 else 0, delimiter)
                number, line = number + len(chunk), reader.line_num
                if number > MOST_ROWS:
                    raise Refusal(f"the file has more than {MOST_ROWS:,} rows", "Split it by agency.")
                yield from chunk
                last = chunk[-1]
        except csv.Error:
            raise _refused(*_failure(path, encoding, delimiter, skipped)) from None
    if len(last) < width and not _ends_a_line(path):
        notes.append(
            f"The file ends in the middle of row {number:,}: it may have been cut off, and rows after it are missing then. "
            "Compare its rows with the program it came from."
        )


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 2), 2)
        end = file.read()
    return b"\n" in end or b"\r" in end


def _failure(path: Path, encoding: str, delimiter: str, skipped: int) -> tuple[str, int, int, int]:
    """What cannot be read, in which row, on which line it begins, and the line it reaches to."""
    number = line = 0
    with path.open(encoding=encoding, newline="") as file:
        for _ in range(skipped):
            file.readline()
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        try:
            for _ in reader:
                number += 1
                line = reader.line_num
        except csv.Error as failure:
            return str(failure), number + 1, line + 1, reader.line_num
    raise Refusal("the file changed while it was read", "Read it again.")


def _check_one_row(row: list[str], number: int, width: int, delimiter: str) -> None:
    """Refuse a row over several lines where a cell took in what looks like other rows."""
    for cell in row:
        if swallows(cell, width, delimiter) or (len(row) != width and "\n" in cell and delimiter in cell):
            raise Refusal(swallowed(number, cell), _QUOTE_FIX)


def swallows(cell: str, width: int, delimiter: str) -> bool:
    """Whether a cell holds a line break and as many separators as a whole row has."""
    return "\n" in cell.replace("\r", "\n") and cell.count(delimiter) >= max(1, width - 1)


def swallowed(number: int, cell: str) -> str:
    """The sentence about a cell that took in other rows."""
    last = number + max(1, len(cell.splitlines()) - 1)
    return (
        f"a quotation mark opens in row {number} and closes in row {last}: one cell holds what looks like "
        f"{'another row' if last == number + 1 else 'other rows'}"
    )


def _refused(failure: str, number: int, first: int, last: int) -> Refusal:
    where = f"row {number}" if first == number else f"row {number} (line {first} of the file)"
    if "field larger" in failure:
        reason = f"a cell of {where} is longer than {LONGEST_TEXT:,} characters; it reaches to line {last}"
        return Refusal(reason, "Look for a quotation mark that is never closed.")
    if "unexpected end of data" in failure:
        reason = f"a quotation mark opens in {where} and is never closed; the file ends in row {number + last - first}"
        return Refusal(reason, _QUOTE_FIX)
    if "expected after" in failure:
        to = number + last - first
        until = "in the same row" if to == number else f"in row {to}"
        reason = f"a quotation mark opens in {where} and closes {until}, in the middle of a cell"
        return Refusal(reason, f"{_QUOTE_FIX} Inside a cell, write a quotation mark twice.")
    return Refusal(f"{where} cannot be read ({failure})", "Save the file again as CSV UTF-8.")


def _encoding(path: Path, start: bytes, notes: list[str]) -> tuple[str, bool]:
    """The file's encoding, and whether it holds what must be looked at cell by cell."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", _is_unusual(path, "utf-16", "the file begins as UTF-16 text and is damaged further on")
    if b"\x00" in start:
        raise Refusal(_NOT_TEXT, SAVE_AGAIN)
    try:
        return "utf-8-sig", _is_unusual(path, "utf-8-sig", "")
    except UnicodeDecodeError:
        unusual = _is_unusual(path, "cp1252", "the file is not text in UTF-8 or Windows-1252")
    notes.append("The file is not UTF-8; it was read as Windows-1252. Check names with accents.")
    return "cp1252", unusual


def _is_unusual(path: Path, encoding: str, damaged: str) -> bool:
    unusual, last = False, ""
    try:
        with path.open(encoding=encoding, newline="") as file:
            while piece := file.read(_PIECE):
                if "\x00" in piece:
                    raise Refusal(_NOT_TEXT, SAVE_AGAIN)
                unusual = unusual or '="' in last + piece or _has_unusual(piece)
                last = piece[-1]
    except UnicodeError:
        if not damaged:
            raise
        raise Refusal(damaged, SAVE_AGAIN) from None
    return unusual


def _has_unusual(piece: str) -> bool:
    if piece.isascii():
        plain = piece.encode("ascii")
        return len(plain.translate(None, _CONTROLS)) != len(plain)
    return bool(_UNUSUAL.search(piece))
