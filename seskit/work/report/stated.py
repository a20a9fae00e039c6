"""What a roster states about the days: on the rolls or not, rate known or not, which rate of a Presidential appointee."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from seskit.law.awards import ELIGIBLE
from seskit.law.facts import dollars
from seskit.law.report.editions import edition
from seskit.record.agency import Agency, Plan
from seskit.record.roster import Judged
from seskit.work.report.forms import base_day, counted_rate

#: Column, value, reason, what to do, severity.
Found = tuple[str, object, str, str, str]
_DAYS = (("basic_pay_fy_end", "on_rolls_fy_end"), ("basic_pay_period_end", "on_rolls_period_end"))


def findings(person: Judged, plan: Plan, agency: Agency) -> Iterator[Found]:
    """What does not fit between what is stated and the rates of one person."""
    for column, says in _DAYS:
        yield from _on_rolls(person, plan, agency, column, says)
    yield from _limited(person, plan, agency)
    if person.ses_pay_kept is not None and person.appointment_type != "presidential":
        reason = "used only for Presidential appointees"
        yield "ses_pay_kept", _word(person.ses_pay_kept), reason, "Clear the cell, or check the appointment.", "warning"


def _on_rolls(person: Judged, plan: Plan, agency: Agency, column: str, says: str) -> Iterator[Found]:
    stated, rate = getattr(person, says), getattr(person, column)
    if stated is False and rate is not None:
        reason = f"but {column} gives a rate of {dollars(rate)}"
        yield says, "no", reason, "Write yes, or clear the rate.", "error"
    elif stated and rate is None:
        needed = _needed(person, plan, agency, column)
        reason = f"the rate is not known, although {says} is yes"
        if needed:
            yield column, None, reason, f"Write the rate: {needed} counts it.", "error"
        elif person.appointment_type in ELIGIBLE or column == "basic_pay_period_end":
            fix = "The person is counted; write the rate if it can be found."
            yield column, None, reason, fix, "warning"


def _needed(person: Judged, plan: Plan, agency: Agency, column: str) -> str:
    used = edition(agency.fiscal_year)
    if column == "basic_pay_period_end":
        return used.named("levels") if person.award is not None and person.appointment_type in ELIGIBLE else ""
    return used.named("base_pay") if person.appointment_type in ELIGIBLE and plan.awards.status != "none" else ""


def _limited(person: Judged, plan: Plan, agency: Agency) -> Iterator[Found]:
    days = {"basic_pay_fy_end": base_day(plan), "basic_pay_period_end": plan.period_end}
    for column, day in days.items():
        rate: Decimal | None = getattr(person, column)
        if rate is None or day is None:
            continue
        counted = counted_rate(person, rate, day, agency.certified)
        if counted != rate:
            base = edition(agency.fiscal_year).named("base_pay")
            what = base if column == "basic_pay_fy_end" else "the percentage of an award"
            reason = f"above the highest SES rate on {day}: {what} counts {dollars(counted)}, not {dollars(rate)}"
            fix = "Write yes in ses_pay_kept if full SES basic pay was kept (5 U.S.C. 3392(c)); otherwise leave it."
            yield column, rate, reason, fix, "warning"


def _word(value: bool) -> str:
    return "yes" if value else "no"
