"""Other lists beside the roster, CSV or XLSX: rows to checked cells, every problem with row and column.

As in the roster, a cell that cannot be read becomes a problem and stays empty in the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seskit.formats.cell_names import letters
from seskit.formats.personal_data import Names, reason
from seskit.formats.privacy import shown
from seskit.law.facts import Unreadable
from seskit.record.problem import Problem, shortened
from seskit.record.roster import personal
from seskit.record.roster.cells import Cell, headings, settled
from seskit.record.roster.columns import Column, canonical
from seskit.record.roster.marks import Marks, asked
from seskit.record.roster.printed import orders
from seskit.record.roster.sheets import Refusal, rows

Record = dict[str, Any]
#: The texts of each column of days, and whether each could not be read.
Days = dict[str, dict[str, bool]]
_KINDS = ("csv", "xlsx")


@dataclass
class Listed:
    """The rows of a list as records, each with its row number under "row", and what is wrong with the file."""

    name: str
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: What a person should know about the file: which sheet was read, rows that are hidden.
    notes: list[str] = field(default_factory=list)

    def report(self, row: int | None, column: str | None, value: object, reason: str, fix: str) -> None:
        """Add a problem with one cell."""
        self.problems.append(Problem(row, column, shown(value), reason, fix, file=self.name))


def find(folder: Path, stem: str) -> Path | None:
    """The file of that name in a folder, as CSV or as a workbook."""
    return next((file for kind in _KINDS if (file := folder / f"{stem}.{kind}").is_file()), None)


def read(file: Path, columns: Sequence[Column]) -> Listed:
    """Read a list to records, every problem in one pass."""
    listed = Listed(file.name)
    known = {column.name: column for column in columns}
    marks = Marks(of_people=False)
    both = {kind for kind in _KINDS if file.with_suffix(f".{kind}").is_file()}
    if len(both) > 1:
        reason = f"the folder holds both {' and '.join(f'{file.stem}.{kind}' for kind in _KINDS)}"
        listed.report(None, None, "", reason, "Keep one, so that it is clear which counts.")
        return listed
    try:
        notes: list[str] = []
        source = rows(file, notes, sheet=file.stem, marks=marks)
        header = [canonical(cell) for cell in headings(next(source, []))]
        if _header(header, known, listed):
            days: Days = {column.name: {} for column in columns if column.kind == "day"}
            listed.records = list(_records(source, header, known, listed, personal.people_beside(file), days))
            named = {place: name for place, name in enumerate(header) if name}
            listed.problems += asked(marks, named, {one["row"]: one for one in listed.records}, listed.name)
            bad = [text for texts in days.values() for text, is_bad in texts.items() if is_bad]
            for name, texts in days.items():
                listed.problems += orders.in_question(
                    name, texts, bad, listed.name, of_workbook=file.suffix.lower() == ".xlsx"
                )
        listed.notes += [f"{file.name}: {note}" for note in notes]
    except Refusal as refusal:
        listed.records.clear()
        listed.report(None, None, "", refusal.reason, refusal.fix)
    listed.problems = shortened(listed.problems)
    return listed


def _header(header: list[str], known: Mapping[str, Column], listed: Listed) -> bool:
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        listed.report(1, shown(name), name, "appears twice in the header", "Keep one of the two columns.")
    for name in header:
        if name and name not in known:
            listed.report(1, shown(name), name, "is not a column of this list", f"Its columns are {', '.join(known)}.")
    for name, column in known.items():
        if column.needed_in_header and name not in header:
            listed.report(1, name, "", "the column is not in the header", f"Add it: {column.help}")
    return not listed.problems


def _records(
    source: Iterator[list[str]],
    header: list[str],
    known: Mapping[str, Column],
    listed: Listed,
    names: Names,
    days: Days,
) -> Iterator[Record]:
    unheaded = {place for place, name in enumerate(header) if not name}
    for number, cells in enumerate(source, 2):
        if not any(cell.strip() for cell in cells):
            continue
        given = dict(zip(header, cells, strict=False))
        if any(cell.strip() for cell in cells[len(header) :]):
            fix = "Put quotation marks around a value that contains a comma."
            listed.report(number, None, "", f"the row has {len(cells)} cells, the header {len(header)}", fix)
        elif len(cells) < len(header):
            reason = f"the row has {len(cells)} cells, the header {len(header)}"
            listed.report(number, None, "", reason, "Fill the row to its end.")
        for place in sorted(place for place in unheaded if place < len(cells) and cells[place].strip()):
            unheaded.remove(place)
            reason = f"the column has no heading, and row {number} has an entry in it"
            listed.report(1, f"column {letters(place)}", "", reason, "Write its heading, or delete what stands in it.")
        record: Record = {"row": number}
        for name, column in known.items():
            record[name] = _cell(raw := given.get(name, ""), column, number, listed, names)
            if name in days and raw.strip():
                days[name][str(raw)] = record[name] is None
        yield record


def _cell(raw: str, column: Column, row: int, listed: Listed, names: Names) -> Any:
    text = (raw.shown if isinstance(raw, Cell) else raw).strip()
    texts = dict.fromkeys((text, str(raw).strip())) if text else ()
    if kind := next(filter(None, (personal.of_listed(one, column.name, names) for one in texts)), None):
        listed.report(row, column.name, "", reason(kind, "list"), personal.FIX)
        return None
    try:
        value, caution = settled(raw, column.read, free=column.is_free)
    except Unreadable as failure:
        listed.report(row, column.name, raw, failure.reason, failure.advice(column.fix))
        return None
    if caution:
        fix = "Look at the cell, and correct it where it is wrong."
        listed.problems.append(Problem(row, column.name, shown(raw), caution, fix, "warning", listed.name))
    if value is None and column.required:
        listed.report(row, column.name, "", "needed, and blank", column.fix)
    return value
