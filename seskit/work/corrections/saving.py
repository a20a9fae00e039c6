"""A corrected roster beside the one that came, of the same kind and layout, and the log of what was changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from seskit.formats import files
from seskit.formats.counts import number_of
from seskit.formats.personal_data import masked
from seskit.formats.tables import as_csv
from seskit.law.facts import FactError
from seskit.record import roster as roster_file
from seskit.record.roster import Person, Roster, kept
from seskit.record.roster.cells import safe
from seskit.record.roster.kept import LogEntry
from seskit.record.roster.readings import Readings
from seskit.work.corrections import csv_file, workbook_file
from seskit.work.corrections.grid import KIND, Grid


@dataclass(frozen=True)
class Saved:
    """The files written, and how many cells differ from the roster as it came."""

    roster: Path
    log: Path
    cells: int
    #: How many of them a person typed; the others follow from readings that were confirmed.
    typed: int

    @property
    def says(self) -> str:
        """How many cells are changed, and how."""
        parts = (
            (self.typed, "typed or written by a repair"),
            (self.cells - self.typed, "by readings that were confirmed"),
        )
        how = ", ".join(f"{count:,} {words}" for count, words in parts if count)
        return f"{number_of(self.cells, 'cell')} changed{f' ({how})' if how else ''}"


def save(original: Path, grid: Grid, readings: Readings, typed: Sequence[LogEntry], read: Roster, when: str) -> Saved:
    """Write the corrected roster and its log; the roster that came is not touched.

    The new file is read again and must give the same people as on the screen. Raises FactError where it would not.
    """
    made = kept.corrected(original)
    content = _content(original, grid, readings)
    before = made.read_bytes() if made.is_file() else None
    files.whole(made, content, like=original)
    again = roster_file.read(made, Readings(readings.accepted))
    if [tuple(person) for person in again.people] != [tuple(person) for person in read.people]:
        if before is None:
            made.unlink()
        else:
            files.whole(made, before, like=original)
        raise FactError(
            f"The corrected roster was not saved: when it was read again, {made.name} did not give the same people. {_otherwise(original, again, read, typed)}"
        )
    log = write_log(original, grid, typed, made, when)
    changed = {(row, column) for row, column, _, _ in grid.taken}
    return Saved(made, log, len(changed), len(changed & {(one.row, one.column) for one in typed}))


def _otherwise(original: Path, again: Roster, read: Roster, typed: Sequence[LogEntry]) -> str:
    """Where the file read again gives other values than the screen, and what to do: the values typed there come first."""
    names = Person._fields
    pairs = zip_longest(again.people, read.people)
    places = [
        (person.row, name)
        for other, person in pairs if other and person
        for name, one, former in zip(names, other, person, strict=True) if one != former
    ]  # fmt: skip
    by_hand = {(one.row, one.column) for one in typed}
    if mine := [place for place in places if place in by_hand]:
        row, column = mine[0]
        return f"The value typed in row {row}, {column}, is read differently there: open the cell and write it in the usual form."
    where = f" It differs first in row {places[0][0]}, {places[0][1]}." if places else ""
    return f"Save {original.name} again in your spreadsheet program, and correct that file.{where}"


def sum_of(original: Path, grid: Grid, readings: Readings) -> str:
    """The sum of the corrected roster as it would be written now."""
    return hashlib.sha256(_content(original, grid, readings)).hexdigest()


def _content(original: Path, grid: Grid, readings: Readings) -> bytes:
    new = {}
    for row, column, _, value in grid.taken:
        place = grid.place(column)
        if place is not None:
            new[row, place] = (column, value)
    if original.suffix.lower() == ".xlsx":
        width = len(grid.slots) - len(grid.added)
        heads = {(grid.headed_in, width + place): ("", name) for place, name in enumerate(grid.added)}
        used = {place for place, name in enumerate(grid.slots) if name}
        return workbook_file.changed(original, heads | new, readings.sheet or KIND, used)
    cells = {place: value for place, (_, value) in new.items()}
    return csv_file.changed(original, cells, grid.added, grid.headed_in, readings.separator)


def write_log(original: Path, grid: Grid, typed: Sequence[LogEntry], made: Path | None, when: str) -> Path:
    """Write the log: every value typed and, once a corrected roster is saved, every cell that was read as accepted."""
    entries = list(typed)
    if made is not None:
        by_hand = {(one.row, one.column): one.to for one in typed}
        why = "read as accepted in roster.readings.yaml"
        entries += [LogEntry(kept.READ, grid.header_row, column, "", column, when, why="the column was added at the end")
                    for column in grid.added]  # fmt: skip
        entries += [LogEntry(kept.READ, row, column, was, to, when, why=why)
                    for row, column, was, to in grid.taken if (row, column) not in by_hand]  # fmt: skip
        entries += [LogEntry(kept.READ, row, column, to, grid.cell(row, column), when, why=f"typed, and {why}")
                    for (row, column), to in by_hand.items() if row in grid.now and str(grid.cell(row, column)) != safe(to)]  # fmt: skip
        entries += [LogEntry(kept.FILE, 0, one.name, files.digest(one) or "", made.name, when, why=kept.SUM)
                    for one in (original, made)]  # fmt: skip
    return files.whole(original.with_name(kept.LOG), _table(entries).encode(), like=original)


def _table(entries: Iterable[LogEntry]) -> str:
    return as_csv(kept.COLUMNS, map(_cells, entries))


def _cells(one: LogEntry) -> list[object]:
    texts = (one.column, one.was, one.to, one.when, one.who, one.why)
    return [one.kind, one.row or "", *map(masked, texts)]
