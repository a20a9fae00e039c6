"""Other lists beside the roster, CSV or XLSX: rows to checked cells, every problem with row and column.

As in the roster, a cell that cannot be read becomes a problem and stays empty in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seskit.formats.privacy import has_ssn, shown
from seskit.law.facts import Unreadable
from seskit.record.problem import Problem
from seskit.record.roster.columns import Column, canonical
from seskit.record.roster.sheets import Refusal, rows

Record = dict[str, Any]


@dataclass
class Listed:
    """The rows of a list as records, each with its row number under "row", and what is wrong with the file."""

    name: str
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, row: int | None, column: str | None, value: object, reason: str, fix: str) -> None:
        """Add a problem with one cell."""
        self.problems.append(Problem(row, column, shown(value), reason, fix, file=self.name))


def find(folder: Path, stem: str) -> Path | None:
    """The file of that name in a folder, as CSV or as a workbook."""
    return next((file for kind in ("csv", "xlsx") if (file := folder / f"{stem}.{kind}").is_file()), None)


def read(file: Path, columns: Sequence[Column]) -> Listed:
    """Read a list to records, every problem in one pass."""
    listed = Listed(file.name)
    known = {column.name: column for column in columns}
    try:
        source = rows(file, [])
        header = [canonical(cell) for cell in next(source, [])]
        if _header(header, known, listed):
            listed.records = list(_records(source, header, known, listed))
    except Refusal as refusal:
        listed.report(None, None, "", refusal.reason, refusal.fix)
    return listed


def _header(header: list[str], known: Mapping[str, Column], listed: Listed) -> bool:
    for name in {name for name in header if name and header.count(name) > 1}:
        listed.report(1, name, name, "stands twice in the header", "Keep one of the two columns.")
    for name in header:
        if name and name not in known:
            listed.report(1, name, name, "is not a column of this list", f"Its columns are {', '.join(known)}.")
    for name, column in known.items():
        if column.needed_in_header and name not in header:
            listed.report(1, name, "", "the column is not in the header", f"Add it: {column.help}")
    return not listed.problems


def _records(
    source: Iterator[list[str]], header: list[str], known: Mapping[str, Column], listed: Listed
) -> Iterator[Record]:
    for number, cells in enumerate(source, 2):
        if not any(cell.strip() for cell in cells):
            continue
        given = dict(zip(header, cells, strict=False))
        if any(cell.strip() for cell in cells[len(header) :]):
            fix = "Put quotation marks around a value that contains a comma."
            listed.report(number, None, "", f"the row has {len(cells)} cells, the header {len(header)}", fix)
        yield {"row": number} | {
            name: _cell(given.get(name, ""), column, number, listed) for name, column in known.items()
        }


def _cell(raw: str, column: Column, row: int, listed: Listed) -> Any:
    text = raw.strip()
    if has_ssn(text):
        reason = "looks like a Social Security number, which must never be in a list"
        listed.report(row, column.name, text, reason, "Remove it.")
        return None
    if not text:
        if column.required:
            listed.report(row, column.name, "", "needed, and blank", column.fix)
        return None
    try:
        return column.read(text)
    except Unreadable as failure:
        listed.report(row, column.name, text, failure.reason, f"{failure.asked} {column.fix}".strip())
        return None
