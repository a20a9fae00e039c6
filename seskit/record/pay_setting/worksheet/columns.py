"""The columns of a pay worksheet: what each means and how its cells are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from seskit.law import facts
from seskit.law.pay_setting.facts import GROUNDS, read_ground
from seskit.record.roster.columns import APPOINTMENT_TYPES, Column, read_award, read_choice, read_rate

ACTIONS = ("adjustment", "relative_position")
BASES = ("performance", "conduct", "consent")


class Proposal(NamedTuple):
    """What is proposed for one executive, as the worksheet's row gives it; None where a cell is blank or unreadable."""

    row: int
    person_id: str | None
    appointment_type: str | None
    rating: int | None
    rate: Decimal | None
    award_base: Decimal | None
    last_adjusted: date | None
    action: str | None
    proposed_rate: Decimal | None
    proposed_award: Decimal | None
    ground: Any
    top_official_approves: bool | None
    reduction_basis: str | None
    notice_given: date | None
    new_position: bool | None
    serves_politically: bool | None
    protected_total: Decimal | None
    freeze_cleared_by: str | None
    reason: str | None


_MONEY = "Write the amount in dollars, such as 185000 or $185,000."
_DATE = "Write the date as year-month-day or month/day/year."
_YES_NO = "Write yes or no, or leave the cell blank where it is not known."
_ROSTER = "blank: the roster's value."

COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("person_id", str, "The agency's own number for the person, as in the roster.",
               "Give the number that the roster has.", required=True, needed_in_header=True, text=True),
        Column("appointment_type", read_choice("an appointment type", APPOINTMENT_TYPES), f"Appointment type; {_ROSTER}",
               f"Write one of {', '.join(APPOINTMENT_TYPES)}.", choices=APPOINTMENT_TYPES),
        Column("rating", facts.rating_level, f"Final summary rating, 1 to 5; {_ROSTER}", "Write the level as a number.",
               choices=tuple("12345")),
        Column("rate", read_rate, "Yearly rate of basic pay now.", _MONEY, required=True, needed_in_header=True),
        Column("award_base", read_rate, f"Yearly rate on the last day of the appraisal period; {_ROSTER}", _MONEY),
        Column("last_adjusted", facts.day, "Day of the last pay action that started 12 months; blank if not known.", _DATE,
               needed_in_header=True),
        Column("action", read_choice("a pay action", ACTIONS), "adjustment (or blank), or relative_position.",
               f"Write one of {', '.join(ACTIONS)}, or leave the cell blank for an adjustment.", choices=ACTIONS),
        Column("proposed_rate", read_rate, "The rate proposed; blank: no change.", _MONEY, needed_in_header=True),
        Column("proposed_award", read_award, "The performance award proposed; blank: none.", _MONEY, needed_in_header=True,
               label="Proposed performance award"),
        Column("ground", read_ground, "Exception ground inside 12 months, by name or (i) to (iv).",
               f"Write one of {', '.join(GROUNDS)}.", choices=tuple(GROUNDS)),
        Column("top_official_approves", facts.yes_no, "Whether the top approving official approves: yes or no.", _YES_NO,
               choices=("yes", "no")),
        Column("reduction_basis", read_choice("a basis", BASES), "For a reduction: performance, conduct or consent.",
               f"Write one of {', '.join(BASES)}.", choices=BASES),
        Column("notice_given", facts.day, "For a reduction: the day of the written notice.", _DATE),
        Column("new_position", facts.yes_no, "Moves to substantially greater responsibility; blank: no.", _YES_NO,
               choices=("yes", "no")),
        Column("serves_politically", facts.yes_no, "For a limited appointee: whether the appointment is political.", _YES_NO,
               choices=("yes", "no")),
        Column("protected_total", facts.money,
               "For a reduction before January 11, 2005: basic pay with locality of November 2003; 0 for one who had no SES pay.", _MONEY),
        Column("freeze_cleared_by", str,
               "The document in which OPM or counsel finds that the freeze on political appointees does not cover this person.",
               "Name the document and its day.", text=True),
        Column("reason", str, "The written reason for anything policy flags in this row; it is kept.", "Write the reason.",
               text=True),
    )
}  # fmt: skip
