"""Performance adjustments of the year, as the roster's own column `pay_adjustment` gives them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from seskit.law.facts import Unreadable, change
from seskit.record.appraisal.year_record.files import Files
from seskit.record.roster.columns import canonical

COLUMN = "pay_adjustment"


@dataclass(frozen=True)
class Adjustments:
    """Each increase by the executive's row, and what keeps the amounts from being whole."""

    amounts: tuple[tuple[int, Decimal], ...] = ()
    missing: str = ""


def of(files: Files) -> Adjustments:
    """The increase of every executive, in dollars a year; a blank cell, zero or a reduction is none."""
    cells = next((values for name, values in files.people.extra.items() if canonical(name) == COLUMN), None)
    if cells is None:
        return Adjustments(missing=f"the roster has no column {COLUMN}, so average adjustments cannot be determined")
    found, unread = [], []
    for person, text in zip(files.people.people, cells, strict=True):
        try:
            amount = change(text) if text.strip() else Decimal(0)
        except Unreadable:
            unread.append(person.row)
            continue
        if amount > 0:
            found.append((person.row, amount))
    rows = ", ".join(map(str, unread))
    return Adjustments(tuple(found), f"{COLUMN} cannot be read in row {rows} of the roster" if unread else "")
