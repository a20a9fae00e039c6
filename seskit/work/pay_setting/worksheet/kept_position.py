"""One row whose increase is to keep the relative position in a moved range: what is lawful, who approves, the ways out."""

from __future__ import annotations

from decimal import Decimal

from seskit.law.facts import dollars
from seskit.law.in_words import choice
from seskit.law.pay_setting.decision import WITHOUT_LIMIT
from seskit.law.pay_setting.moving_range import relative_position
from seskit.law.rate_range import RateRange
from seskit.law.result import Result
from seskit.record.pay_setting.worksheet.reading import Worksheet, WorksheetRow
from seskit.work.pay_setting.worksheet.finding import Instead, Objection, priced

#: Findings, verdict, lowest and highest lawful rate, the rate of the same position, who approves.
RateVerdict = tuple[list[Objection], str, Decimal, Decimal | None, Decimal | None, tuple[str, ...]]
#: The ground that is an exceptional case for keeping the relative position above level III, too.
_EXCEPTIONAL = "exceptional_accomplishment"


def kept_position(worksheet: Worksheet, limits: RateRange, row: WorksheetRow, frozen_at: Decimal | None) -> RateVerdict:
    """The verdict on such an increase; `frozen_at` is the rate at which a pay freeze holds the executive for certain."""
    result = _highest(worksheet, row, row.top_official_approves, row.ground == _EXCEPTIONAL)
    base = max(row.rate, limits.minimum)
    highest = result.answer
    if highest is None and row.top_official_approves is None:
        without = _highest(worksheet, row, False, row.ground == _EXCEPTIONAL).answer
        highest = without if without is not None and row.new_rate <= without else None
    ceiling = min(value for value in (highest, frozen_at, WITHOUT_LIMIT) if value is not None)
    if highest is None:
        verdict = "allowed" if row.new_rate == base else "cannot tell"
    else:
        verdict = "allowed" if base <= row.new_rate <= ceiling else "not allowed"
    found = []
    if verdict != "allowed":
        nearest = [] if highest is None else [priced("Set", max(base, ceiling), row.new_rate, " a year")]
        instead = (*nearest, *_approved(worksheet, row, frozen_at))
        text = f"{dollars(row.new_rate)} to keep the relative position: {verdict}. {relative_position.in_words(result).says}"
        found.append(
            Objection("block", "relative position", text, relative_position.authority, row.row, row.person_id, instead)
        )
    above = ("top approving official",) if row.new_rate > limits.uncertified else ("authorized agency official",)
    return found, verdict, base, ceiling if highest is not None else base, highest, above


def _highest(
    worksheet: Worksheet, row: WorksheetRow, approves: bool | None, exceptional: bool
) -> Result[Decimal | None]:
    return relative_position.function(
        worksheet.terms.effective, rate=row.rate, rating=row.rating, certified=worksheet.certified,
        top_official_approves=approves, exceptional=exceptional,
    )  # fmt: skip


def _approved(worksheet: Worksheet, row: WorksheetRow, frozen_at: Decimal | None) -> tuple[Instead, ...]:
    """The way out that the top approving official has, alone or for an exceptional case, where the rate itself allows it."""
    if row.top_official_approves and row.ground == _EXCEPTIONAL:
        return ()
    for exceptional in (row.ground == _EXCEPTIONAL, True):
        highest = _highest(worksheet, row, True, exceptional).answer
        if highest is not None and row.new_rate <= min(highest, frozen_at or WITHOUT_LIMIT):
            case = f", for {choice(_EXCEPTIONAL)} or a like case (the ground of this row)" if exceptional else ""
            change = f"Set {dollars(row.new_rate)} once the top approving official approves it{case}."
            return (Instead(change, "no dollars; a written record"),)
    return ()
