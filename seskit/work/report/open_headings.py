"""What the headings of a roster leave open: amounts that may be the awards, and one pay column for two days."""

from __future__ import annotations

from collections.abc import Iterator

from seskit.formats.days import long_date
from seskit.record.agency import Agency, Plan
from seskit.record.problem import Problem
from seskit.record.roster import Roster, award_headings
from seskit.record.roster.columns import canonical
from seskit.work.report.forms import base_day


def problems(agency: Agency, roster: Roster) -> Iterator[Problem]:
    """An error for each: awards that would be lost without a word, and a rate of one day taken for another."""
    for heading in may_hold_awards(agency, roster):
        reason = f"holds amounts of money and is not used, the column award is missing, and {_paying(agency)}"
        fix = "Say whether it holds the performance awards: name it award if it does, or confirm that it is not used."
        yield Problem(roster.header_row, heading, heading, reason, fix)
    if roster.one_pay and not same_day(agency):
        reason = f"the heading '{roster.one_pay}' is read as both pay columns, and they are not for the same day: {days(agency)}"
        yield Problem(None, "basic_pay_period_end", "", reason, "Add a column with the rate of the other day.")


def may_hold_awards(agency: Agency | None, roster: Roster) -> list[str]:
    """The headings that are not used and hold amounts like awards, where awards are paid and no column holds them."""
    if agency is None or not _paying(agency) or "award" in [column for _, column in roster.headings]:
        return []
    return [
        heading for heading, cells in roster.extra.items()
        if canonical(heading) not in roster.not_used and award_headings.only_by_amounts(heading, cells)
    ]  # fmt: skip


def _paying(agency: Agency) -> str:
    """Which plans paid awards, as agency.yaml says; empty where none did."""
    paying = [plan.id for plan in agency.plans if plan.awards.status == "paid"]
    return (
        f"agency.yaml says that {'plan' if len(paying) == 1 else 'plans'} {', '.join(paying)} paid awards"
        if paying
        else ""
    )


def same_day(agency: Agency) -> bool:
    """Whether both pay columns are for one day in every plan that pays awards."""
    compared = _compared(agency)
    return bool(compared) and all(base_day(plan) == plan.period_end for plan in compared)


def days(agency: Agency) -> str:
    """Which day each pay column is for, plan by plan."""
    return "; ".join(
        f"plan {plan.id}: basic_pay_fy_end is for {_day(plan)}, basic_pay_period_end for {long_date(plan.period_end)}"
        for plan in _compared(agency)
    )


def _compared(agency: Agency) -> list[Plan]:
    return [plan for plan in agency.plans if plan.awards.status != "none"] or list(agency.plans)


def _day(plan: Plan) -> str:
    on = base_day(plan)
    return long_date(on) if on else "September 30 before the fiscal year in which the awards are paid, not known yet"
