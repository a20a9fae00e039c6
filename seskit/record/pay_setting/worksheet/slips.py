"""Slips of typing in a worksheet: what can be read and can hardly be right. Each is a warning, never a block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from seskit.law import parameters
from seskit.law.facts import dollars
from seskit.law.rate_range import RateRange, open_range_day, range_on
from seskit.record.pay_setting.worksheet.columns import Proposal
from seskit.record.problem import Problem
from seskit.record.roster import Person

FILE = "pay"
#: A change of more than this many percent is looked at for a digit that slipped.
LARGE_CHANGE = 15
NOT_THE_ROSTERS: Final = "not the roster's rate"


def doubts(
    proposal: Proposal, rate: Decimal, person: Person, effective: date, period_end: date | None, *, certified: bool
) -> Iterator[Problem]:
    """Everything about one row that can hardly be right."""
    limits = range_on(effective)
    yield from _present_rate(proposal, rate, limits, effective, certified=certified)
    yield from _against_roster(proposal, rate, person, effective, period_end)
    yield from _digit(proposal, rate)
    if proposal.last_adjusted and proposal.last_adjusted > effective:
        reason = f"comes after {effective}, when the proposals take effect"
        yield _warning(proposal, "last_adjusted", proposal.last_adjusted, reason, "Correct the day.")


def _warning(proposal: Proposal, column: str, value: object, reason: str, fix: str) -> Problem:
    return Problem(proposal.row, column, str(value), reason, fix, "warning", file=FILE)


def lowest_lawful_before(effective: date) -> Decimal:
    """The minimum before the latest change of the range: one paid it lawfully waits for the raise to the new one."""
    starts = [figure.first_day for figure in parameters.parameter("pay_setting.ses_range.minimum").values]
    latest = max((day for day in starts if day <= effective), default=open_range_day())
    before = max((day for day in starts if day < latest), default=latest)
    return range_on(before).minimum


def _present_rate(
    proposal: Proposal, rate: Decimal, limits: RateRange, effective: date, *, certified: bool
) -> Iterator[Problem]:
    lowest = lowest_lawful_before(effective)
    if rate < lowest:
        reason = f"is below the range minimum of {dollars(lowest)}, the lowest rate that may be paid"
        yield _warning(proposal, "rate", rate, reason, "Correct the amount if it is an error.")
    highest = limits.certified if certified else limits.uncertified
    if rate > highest:
        kept = (
            "above level III is lawful only as preserved pay" if rate <= limits.certified else "is outside every range"
        )
        reason = f"is above the range maximum of {dollars(highest)}, and {kept}"
        yield _warning(proposal, "rate", rate, reason, "Correct the amount, or say in the reason why it is preserved.")


def _against_roster(
    proposal: Proposal, rate: Decimal, person: Person, effective: date, period_end: date | None
) -> Iterator[Problem]:
    known = person.basic_pay_period_end
    if known is None or rate == known or period_end is None:
        return
    moved = any(
        period_end < figure.first_day <= effective
        for path in ("minimum", "maximum_certified")
        for figure in parameters.parameter(f"pay_setting.ses_range.{path}").values
    )
    changed_since = proposal.last_adjusted is None or proposal.last_adjusted > period_end
    if rate > known and (moved or changed_since):
        return
    if rate < known and proposal.last_adjusted is not None and changed_since:
        return
    reason = f"is not the {dollars(known)} that the roster has for {period_end}, but no adjustment since then is given"
    warning = _warning(proposal, "rate", rate, reason, "Correct the rate, the roster or the last counted adjustment.")
    yield replace(warning, key=NOT_THE_ROSTERS)


def _digit(proposal: Proposal, rate: Decimal) -> Iterator[Problem]:
    proposed = proposal.proposed_rate
    if proposed is None or abs(proposed - rate) * 100 <= LARGE_CHANGE * rate:
        return
    share = 100 * (proposed - rate) / rate
    for column, amount, other in (("proposed_rate", proposed, rate), ("rate", rate, proposed)):
        near = [meant for meant in _one_slip_away(amount) if abs(meant - other) * 100 <= LARGE_CHANGE * rate]
        if near:
            meant = min(near, key=lambda one: (abs(one - other), one))
            reason = f"is {abs(share):.1f} percent from {dollars(other)}; with one digit corrected it would be {dollars(meant)}"
            yield _warning(proposal, column, amount, reason, "Correct the amount if it is an error.")
            return


def _one_slip_away(amount: Decimal) -> set[Decimal]:
    """The amounts of which this one may be a slip: two digits exchanged, one left out, or one written twice."""
    text = str(int(amount))
    found = {text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1)}
    found |= {text[:n] + text[n + 1 :] for n in range(1, len(text)) if text[n] == text[n - 1]}
    found |= {text[:n] + digit + text[n:] for n in range(1, len(text) + 1) for digit in "0123456789"}
    return {Decimal(each) for each in found if each and each != text and not each.startswith("0")}
