"""The moves of executives that are to be told to them: `moves.csv` or `.xlsx` in an agency's folder, by number only.

Pay and awards are in the worksheet; a move is nowhere else before it has happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, NamedTuple

from seskit.law import facts
from seskit.record.roster.columns import REMOVAL_REASONS, a_day, column, columns_of, yes_or_no
from seskit.record.roster.kinds import Kind, Sheet
from seskit.record.roster.reader import fill

FILE = "moves"
MOVES = ("reassignment", "transfer", "transfer of function", "removal", "placement")
#: Those that lead out of the agency's SES.
_LEAVES = MOVES[1:]


def _move(text: str) -> str:
    return facts.one_of(text.strip().replace("_", " "), MOVES)


def _ground(text: str) -> str:
    return facts.one_of(text.strip().replace(" ", "_"), tuple(REMOVAL_REASONS))


class Move(NamedTuple):
    """One move of one executive; None where a cell is blank or could not be read."""

    row: int
    person_id: Annotated[
        str | None, column(str, "The roster's number for the executive.", "Give the roster's number.", needed=True)
    ]
    move: Annotated[
        str | None,
        column(_move, "What is to happen.", f"Write one of {', '.join(MOVES)}.", needed=True, choices=MOVES),
    ]
    given_on: Annotated[date | None, a_day("The day the executive receives the written notice.")]
    effective_on: Annotated[date | None, a_day("The day the move takes effect.")]
    to_position: Annotated[str | None, column(str, "Title of the new position.", "Write the title.")]
    to_place: Annotated[str | None, column(str, "Organization and duty station of the new position.", "Write them.")]
    outside_commuting_area: Annotated[bool | None, yes_or_no("Whether it is outside the commuting area.")]
    consulted_on: Annotated[
        date | None, a_day("The day of the consultation on reasons and preferences; outside the area.")
    ]
    agreed_on: Annotated[date | None, a_day("The day of a written agreement, or of a waiver of the notice.")]
    ground: Annotated[
        str | None,
        column(
            _ground,
            "Ratings on which a removal rests.",
            f"Write one of {', '.join(REMOVAL_REASONS)}.",
            choices=tuple(REMOVAL_REASONS),
        ),
    ]
    position_named_on: Annotated[
        date | None, a_day("The day the position for placement is named; usually that of the notice.")
    ]
    retirement_eligible: Annotated[bool | None, yes_or_no("Eligible for immediate retirement.")]
    position_rate: Annotated[
        Decimal | None, column(facts.money, "Rate of the position offered, dollars a year.", "Write dollars a year.")
    ]
    former_rate: Annotated[
        Decimal | None,
        column(facts.money, "Present rate of the position held before the SES.", "Write dollars a year."),
    ]
    from_career: Annotated[bool | None, yes_or_no("Came to the SES from a career or career-conditional appointment.")]
    reason: Annotated[
        str | None, column(str, "The reason for the move, in the agency's own words.", "Write the reason.")
    ]


COLUMNS = columns_of(Move)
_KIND: Kind[Move] = Kind(FILE, COLUMNS, Move._make, one_row_each=False)


def read(folder: str | Path) -> Sheet[Move]:
    """The moves of an agency's folder; an empty sheet where there is no file."""
    place = Path(folder)
    sheet: Sheet[Move] = Sheet(file=FILE)
    if any((place / f"{FILE}.{kind}").is_file() for kind in ("csv", "xlsx")):
        fill(sheet, place, _KIND)
    return sheet


def leaving(moving: Iterable[Move], day: date) -> dict[str, str]:
    """The move by which each executive has left the agency's SES by a day, by number."""
    return {
        move.person_id: f"{move.move}, {move.effective_on}, in {FILE}.csv"
        for move in moving
        if move.person_id and move.move in _LEAVES and move.effective_on and move.effective_on <= day
    }
