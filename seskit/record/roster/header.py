"""The header of a file of people: which column stands where, and what a heading probably means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from seskit.formats.privacy import shown
from seskit.record.problem import CURE
from seskit.record.roster import personal, readings
from seskit.record.roster.cells import SSN_FIX, SSN_REASON, Cell, Personal
from seskit.record.roster.columns import READ_ELSEWHERE, Column, canonical
from seskit.record.roster.kinds import Record, Sheet
from seskit.record.roster.sheets import Refusal
from seskit.record.roster.usual_headings import columns as columns_of
from seskit.record.roster.usual_headings import never_award

#: Names of columns that are part of many other names.
_COMMON_WORDS = ("name", "component", "reason")
#: Columns that may be left out, and whose values a report would lack without a word.
_NEVER_IN_SILENCE = ("award",)


def slots_of(
    header: list[str], roster: Sheet[Record], columns: Mapping[str, Column], how: readings.Readings
) -> list[str | None]:
    """For each position the column read there, or None for one the report does not use."""
    slots: list[str | None] = []
    cure = CURE if roster.file == "roster" else ""
    at, supplied = roster.header_row, how.supplied(header)
    for cell in header:
        name = how.column_of(cell)
        if name in columns and name in slots:
            roster.report(at, name, cell, "appears twice in the header", "Keep one of the two columns.")
            name = ""
        slots.append(name if name in columns else None)
    unknown = [cell.strip() for cell, slot in zip(header, slots, strict=True) if slot is None]
    if not any(slots):
        raise Refusal(
            f"row {at} is not a header with {roster.file} columns",
            f"The first row must name the columns: {', '.join(columns)}.{cure}",
        )
    for column in columns.values():
        if column.needed_in_header and column.name not in slots and column.name not in supplied:
            close = get_close_matches(column.name, [canonical(name) for name in unknown], n=1)
            hint = f"Did you mean this by '{shown(close[0])}'? " if close else ""
            roster.report(
                at,
                column.name,
                "",
                "the column is not in the header",
                f"{hint}Add it: {column.help}{cure}",
                "no column",
            )
    for name, meant in misnamed([one for one in unknown if canonical(one) not in how.unused], slots, columns):
        reason = f"is not a column of the {roster.file}, and '{meant}' is missing"
        fix = f"Name the column {meant} if it holds that; give it another name if it does not.{cure}"
        roster.report(at, shown(name), name, reason, fix)
    for cell, slot in zip(header, slots, strict=True):
        if slot is None and (kind := personal.of_heading(cell)):
            roster.report(at, shown(cell), "", personal.said_of_heading(kind), personal.fix(kind))
        elif holds_ssn(cell):
            roster.report(at, None, "", SSN_REASON, SSN_FIX)
    roster.bad_cells |= {(1, column) for row, column in roster.bad_cells if row == at}
    return slots


def misnamed(
    unknown: list[str], slots: Sequence[str | None], columns: Mapping[str, Column]
) -> Iterator[tuple[str, str]]:
    """Headers that probably mean a column that may be left out: unsaid, its values would only seem not to be there."""
    absent = [column.name for column in columns.values() if column.name not in slots and not column.needed_in_header]
    for header in unknown:
        name = canonical(header)
        words = set(name.split("_"))
        if name and not _is_expected(header):
            said = (one for one in absent if one not in _COMMON_WORDS and set(one.split("_")) <= words)
            close = get_close_matches(name, absent, n=1, cutoff=0.8)
            usual = [one for one in columns_of(header, absent) if one in _NEVER_IN_SILENCE]
            if never_award(header):
                close, said = [one for one in close if one != "award"], (one for one in said if one != "award")
            if meant := next(said, close[0] if close else usual[0] if usual else None):
                yield header, meant


def _is_expected(name: str) -> bool:
    return personal.of_heading(name) is not None or canonical(name) in READ_ELSEWHERE


def holds_ssn(cell: str) -> bool:
    """Whether a cell was refused because it holds a Social Security number."""
    return isinstance(cell, Cell) and isinstance(cell.fault, Personal)
