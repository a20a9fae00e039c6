"""Values typed for a roster that another took the place of: whose they are, and which of them still fit.

The log has them by row. In a roster that came since, the same row may be another person's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from seskit.formats.characters import visible
from seskit.formats.files import digest
from seskit.formats.personal_data import masked
from seskit.formats.privacy import shown
from seskit.record.roster import kept, printed
from seskit.record.roster.kept import LogEntry
from seskit.record.roster.readings import Readings
from seskit.work.corrections.grid import grid

_NUMBER = "person_id"


def came_since(original: Path, written: Sequence[LogEntry]) -> bool:
    """Whether the roster is another one than the log was written for, as far as the log says."""
    known = next((one.was for one in reversed(written) if _is_of(one, original)), "")
    return bool(known) and known != digest(original)


def without_sum(entry: LogEntry, original: Path) -> LogEntry:
    """The line on the roster without its sum: the values in the log are by the rows of a later one, which no corrected roster
    was made of.
    """
    return replace(entry, was="") if _is_of(entry, original) else entry


def _is_of(entry: LogEntry, original: Path) -> bool:
    return entry.kind == kept.FILE and entry.column == original.name


def holds(cell: object, entry: LogEntry) -> bool:
    """Whether a cell holds what it held when the value was typed, as the log has it."""
    return " ".join(visible(masked(str(cell))).split()) == " ".join(entry.was.split())


def numbered(original: Path, typed: Sequence[LogEntry], readings: Readings) -> list[tuple[str, LogEntry]]:
    """Each value with the number that its person had in the former roster; empty where that is not known.

    The corrected roster was made from the former one and has its rows; a number that was typed stands in the log.
    """
    made = kept.corrected(original)
    former = grid(made, Readings(readings.accepted)) if made.is_file() else None
    own = {one.row: one.was for one in typed if one.column == _NUMBER}
    last = {(one.row, one.column): one for one in typed}
    return [
        (own.get(row) or (printed.held(former.cell(row, _NUMBER, raw=True)) if former else ""), one)
        for (row, _), one in last.items()
    ]


def said(left: Sequence[LogEntry]) -> tuple[str, ...]:
    """What is not taken over, as sentences."""
    return tuple(
        f"Put aside from {kept.LOG}, because the roster was changed since and this one does not have the same value for the same "
        f"person: row {one.row} of the former roster, {one.column}{_value(one)}. Type it again if it still holds."
        for one in left
    )


def _value(one: LogEntry) -> str:
    """What was typed, where it is nobody's name."""
    return "" if one.column == "name" else f", '{shown(one.to)}'"
