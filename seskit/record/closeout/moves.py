"""The moves of executives that are to be told to them: `moves.csv` or `.xlsx` in an agency's folder, by number only.

Pay and awards are in the worksheet; a move is nowhere else before it has happened.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from seskit.law import facts
from seskit.record.roster.columns import REMOVAL_REASONS, Column
from seskit.record.roster.kinds import Kind, Sheet
from seskit.record.roster.reader import fill

FILE = "moves"
MOVES = ("reassignment", "transfer", "transfer of function", "removal", "placement")
#: Those that lead out of the agency's SES.
_LEAVES = MOVES[1:]


class Move(NamedTuple):
    """One move of one executive; None where a cell is blank or could not be read."""

    row: int
    person_id: str | None
    move: str | None
    given_on: date | None
    effective_on: date | None
    to_position: str | None
    to_place: str | None
    outside_commuting_area: bool | None
    consulted_on: date | None
    agreed_on: date | None
    ground: str | None
    position_named_on: date | None
    retirement_eligible: bool | None
    position_rate: Decimal | None
    former_rate: Decimal | None
    from_career: bool | None
    reason: str | None


def _move(text: str) -> str:
    return facts.one_of(text.strip().replace("_", " "), MOVES)


def _ground(text: str) -> str:
    return facts.one_of(text.strip().replace(" ", "_"), tuple(REMOVAL_REASONS))


_DAY, _YES = "Write the date as year-month-day or month/day/year.", "Write yes or no."
_YES_NO = ("yes", "no")
COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("person_id", str, "The roster's number for the executive.", "Give the roster's number.", required=True,
               needed_in_header=True, text=True),
        Column("move", _move, "What is to happen.", f"Write one of {', '.join(MOVES)}.", required=True,
               needed_in_header=True, choices=MOVES),
        Column("given_on", facts.day, "The day the executive receives the written notice.", _DAY),
        Column("effective_on", facts.day, "The day the move takes effect.", _DAY),
        Column("to_position", str, "Title of the new position.", "Write the title.", text=True),
        Column("to_place", str, "Organization and duty station of the new position.", "Write them.", text=True),
        Column("outside_commuting_area", facts.yes_no, "Whether it is outside the commuting area.", _YES, choices=_YES_NO),
        Column("consulted_on", facts.day, "The day of the consultation on reasons and preferences; outside the area.",
               _DAY),
        Column("agreed_on", facts.day, "The day of a written agreement, or of a waiver of the notice.", _DAY),
        Column("ground", _ground, "Ratings on which a removal rests.",
               f"Write one of {', '.join(REMOVAL_REASONS)}.", choices=tuple(REMOVAL_REASONS)),
        Column("position_named_on", facts.day, "The day the position for placement is named; usually that of the notice.",
               _DAY),
        Column("retirement_eligible", facts.yes_no, "Eligible for immediate retirement.", _YES, choices=_YES_NO),
        Column("position_rate", facts.money, "Rate of the position offered, dollars a year.", "Write dollars a year."),
        Column("former_rate", facts.money, "Present rate of the position held before the SES.", "Write dollars a year."),
        Column("from_career", facts.yes_no, "Came to the SES from a career or career-conditional appointment.", _YES,
               choices=_YES_NO),
        Column("reason", str, "The reason for the move, in the agency's own words.", "Write the reason.", text=True),
    )
}  # fmt: skip
_KIND: Kind[Move] = Kind(FILE, COLUMNS, Move._make, one_row_each=False)


def read(folder: str | Path) -> Sheet[Move]:
    """The moves of an agency's folder; an empty sheet where there is no file."""
    place = Path(folder)
    sheet: Sheet[Move] = Sheet(file=FILE)
    if any((place / f"{FILE}.{kind}").is_file() for kind in ("csv", "xlsx")):
        fill(sheet, place, _KIND)
    return sheet


def leaving(folder: Path, day: date) -> dict[str, str]:
    """The move by which each executive has left the agency's SES by a day, by number."""
    return {
        move.person_id: f"{move.move}, {move.effective_on}, in {FILE}.csv"
        for move in read(folder).people
        if move.person_id and move.move in _LEAVES and move.effective_on and move.effective_on <= day
    }
