"""Rows of text out of a CSV or XLSX file, with every refusal said plainly: size, binary, encrypted, zip bomb."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

LARGEST_FILE = 200 * 2**20
LARGEST_WORKBOOK = 256 * 2**20
MOST_CELLS = 12_000_000
LONGEST_CELL = 32_767
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_UNCALCULATED = re.compile(
    rb"<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_FAILED = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3}\d{1,7})"')


class Refusal(Exception):
    """A file that will not be read: why, and what to do."""

    def __init__(self, reason: str, fix: str) -> None:
        """Keep both sentences."""
        super().__init__(f"{reason}. {fix}")
        self.reason, self.fix = reason, fix


_SAVE_CSV = "Open it in your spreadsheet program and save the roster sheet as CSV UTF-8 or as .xlsx."


def rows(path: Path, notes: list[str], sheet: str = "roster", blank: str = "") -> Iterator[list[str]]:
    """Every row of the file as text, the header first; blank lines are empty rows, so that positions stay true.

    Of a workbook the sheet of that name is read or, where there is none, the first. `blank` says where a blank file
    comes from.
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
        return _workbook_rows(path, notes, sheet)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal("the file is an old .xls workbook or is protected by a password", _SAVE_CSV)
    return _csv_rows(path, start, notes)


def _csv_rows(path: Path, start: bytes, notes: list[str]) -> Iterator[list[str]]:
    encoding = _encoding(path, start, notes)
    delimiter = _delimiter(start.decode(encoding, "replace"))
    if delimiter != ",":
        notes.append(f"Cells are separated by {'semicolons' if delimiter == ';' else 'tabs'}.")
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        while True:
            try:
                yield from reader
                return
            except csv.Error as failure:
                if "field larger" in str(failure):
                    raise Refusal(
                        f"a cell that begins near line {reader.line_num} is longer than {LONGEST_CELL:,} characters",
                        "Look for a quotation mark that is never closed.",
                    ) from None
                raise Refusal(
                    f"line {reader.line_num} cannot be read ({failure})", "Save the file again as CSV UTF-8."
                ) from None


def _encoding(path: Path, start: bytes, notes: list[str]) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf_16(path)
    if b"\x00" in start:
        raise Refusal("the file is not text and not an .xlsx workbook", _SAVE_CSV)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with path.open(encoding=encoding, newline="") as file:
                while piece := file.read(1 << 20):
                    if "\x00" in piece:
                        raise Refusal("the file is not text and not an .xlsx workbook", _SAVE_CSV)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1252":
            notes.append("The file is not UTF-8; it was read as Windows-1252. Check names with accents.")
        return encoding
    raise Refusal("the file is not text in UTF-8 or Windows-1252", _SAVE_CSV)


def _utf_16(path: Path) -> str:
    try:
        with path.open(encoding="utf-16", newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeError:
        raise Refusal("the file begins as UTF-16 text and is damaged further on", _SAVE_CSV) from None
    return "utf-16"


def _delimiter(start: str) -> str:
    header = start.lstrip("\ufeff\r\n").splitlines()[0] if start.strip() else ""
    return max((",", ";", "\t"), key=header.count)


def _workbook_rows(path: Path, notes: list[str], sheet: str) -> Iterator[list[str]]:
    import python_calamine

    _inspect(path, notes)
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        name = next((name for name in names if name.strip().lower() == sheet), names[0] if names else None)
        if name is None:
            raise Refusal("the workbook has no sheet", _SAVE_CSV)
        if len(names) > 1:
            notes.append(f"The workbook has {len(names)} sheets; '{name}' was read.")
        table = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Refusal("the workbook is damaged or is not an .xlsx workbook", _SAVE_CSV) from None
    for cells in table:
        texts = [_text(cell) for cell in cells]
        yield texts if any(texts) else []


def _inspect(path: Path, notes: list[str]) -> None:
    """Decompress every part in small pieces, so that a bomb or a sheet of billions of cells is refused, not opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise Refusal("the file is a zip archive but not an .xlsx workbook", _SAVE_CSV)
            total = 0
            for member in members:
                total = _inspect_member(path, member, total)
            parts = {member.filename for member in members}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError):
        raise Refusal("the workbook is damaged", _SAVE_CSV) from None
    if "xl/vbaProject.bin" in parts:
        notes.append("The workbook contains macros; they were not run.")
    if any(part.startswith("xl/externalLinks/") for part in parts):
        notes.append("The workbook contains links to other files; they were not followed, the stored values were read.")


def _inspect_member(path: Path, member: zipfile.ZipInfo, total: int) -> int:
    widest = deepest = 0
    is_sheet = member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml")
    tail = b""
    for piece in _pieces(path, member):
        total += len(piece)
        if total > LARGEST_WORKBOOK:
            raise Refusal(
                f"the workbook unpacks to more than {LARGEST_WORKBOOK >> 20} MB",
                "Save the roster sheet alone, as CSV UTF-8.",
            )
        if not is_sheet:
            continue
        tail += piece
        for letters, number in _CELL.findall(tail):
            deepest = max(deepest, int(number))
            widest = max(widest, _column_number(letters))
        if widest * deepest > MOST_CELLS:
            raise Refusal(
                f"a sheet spans {deepest:,} rows by {widest:,} columns",
                "Delete stray cells far below or to the right of the roster, or save it as CSV UTF-8.",
            )
        if uncalculated := _UNCALCULATED.search(tail):
            before = _CELL.findall(tail[: uncalculated.start()])
            where = (before[-1][0] + before[-1][1]).decode() if before else "unknown"
            raise Refusal(
                f"cell {where} holds a formula without a stored value",
                "Open the workbook in your spreadsheet program and save it, or paste values.",
            )
        if failed := _FAILED.search(tail):
            raise Refusal(
                f"cell {failed[1].decode()} holds an error such as #REF! or #DIV/0!",
                "Correct the formula, or write the value itself, and save the workbook.",
            )
        tail = tail[-1024:]
    return total


def _pieces(path: Path, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's real content, whatever size its header claims."""
    with path.open("rb") as file:
        file.seek(member.header_offset)
        header = file.read(30)
        if header[:4] != b"PK\x03\x04":
            raise zipfile.BadZipFile
        file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
        left = member.compress_size
        inflate = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
        if inflate is None and member.compress_type != zipfile.ZIP_STORED:
            raise zipfile.BadZipFile
        while left > 0 and (raw := file.read(min(left, 1 << 16))):
            left -= len(raw)
            if inflate is None:
                yield raw
                continue
            while raw:
                yield inflate.decompress(raw, 1 << 18)
                raw = inflate.unconsumed_tail


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: object) -> str:
    """A workbook cell as the text a person sees: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 2**53 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
