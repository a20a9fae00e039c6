"""A CSV roster with some cells changed: every other row stays as it is, byte for byte."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from seskit.law.facts import FactError
from seskit.record.roster.csv_rows import separator_line, separator_of


def changed(
    file: Path, cells: Mapping[tuple[int, int], str], added: list[str], header_row: int, separator: str | None
) -> bytes:
    """The file's bytes with cells replaced, by row and position; `added` are headings behind the last one."""
    content = file.read_bytes()
    encoding, mark = _encoding(content)
    text = content[len(mark) :].decode(encoding)
    above = separator_line(text)
    lines = list(io.StringIO(text[len(above) :], newline=""))
    sign = separator or separator_of(text)
    reader = csv.reader(lines, delimiter=sign, strict=True)
    made, at = [above], 0
    width = 0
    for number, row in enumerate(reader, 1):
        kept = "".join(lines[at : reader.line_num])
        at = reader.line_num
        if number == header_row:
            width = len(row)
        mine = {place: value for (line, place), value in cells.items() if line == number}
        if number == header_row and added:
            mine = {width + place: name for place, name in enumerate(added)}
        elif added and number > header_row and len(row) == width and any(row):
            kept = _longer(kept, sign * len(added))
            row = row + [""] * len(added)
        made.append(_written(row, mine, kept, sign) if mine else kept)
    try:
        return mark + "".join(made).encode(encoding)
    except UnicodeEncodeError:
        raise FactError(
            f"{file.name} was not saved: a value holds a character that its encoding ({encoding}) does not have."
        ) from None


def _longer(kept: str, signs: str) -> str:
    """The row with blank cells behind it, for columns that are added."""
    body = kept.rstrip("\r\n")
    return body + signs + kept[len(body) :]


def _written(row: list[str], mine: Mapping[int, str], kept: str, sign: str) -> str:
    row = row + [""] * (max(mine) + 1 - len(row))
    row = [mine.get(place, cell) for place, cell in enumerate(row)]
    end = kept[len(kept.rstrip("\r\n")) :]
    out = io.StringIO()
    csv.writer(out, delimiter=sign, lineterminator=end).writerow(row)
    return out.getvalue()


def _encoding(content: bytes) -> tuple[str, bytes]:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if content.startswith(mark):
            return encoding, mark
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", b""
    return "utf-8", b""
