"""What the headings of a roster leave open: amounts that may be the awards, and one pay column for two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seskit.formats.days import long_date
from seskit.law.facts import Unreadable
from seskit.record.agency import Agency, Plan
from seskit.record.problem import Problem
from seskit.record.roster import Roster
from seskit.record.roster.cells import settled
from seskit.record.roster.columns import COLUMNS, READ_ELSEWHERE, canonical
from seskit.record.roster.usual_headings import columns, words
from seskit.work.report.forms import base_day

_LEAST, _MOST = 1_000, 100_000
_YEARS = range(1900, 2101)
_NUMBERS = {
    "no",
    "number",
    "id",
    "code",
    "year",
    "date",
    "series",
    "zip",
    "room",
    "phone",
    "rate",
    "salary",
    "pay",
    "hours",
}
_NEARLY_ALL = 0.8


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
        if canonical(heading) not in roster.not_used and canonical(heading) not in READ_ELSEWHERE
        and "award" not in columns(heading, ["award"]) and not words(heading) & _NUMBERS and amounts(cells)
    ]  # fmt: skip


def _paying(agency: Agency) -> str:
    """Which plans paid awards, as agency.yaml says; empty where none did."""
    paying = [plan.id for plan in agency.plans if plan.awards.status == "paid"]
    return (
        f"agency.yaml says that {'plan' if len(paying) == 1 else 'plans'} {', '.join(paying)} paid awards"
        if paying
        else ""
    )


def amounts(cells: Sequence[str]) -> bool:
    """Whether nearly all cells that are not blank hold dollars as an award has them."""
    given = [cell for cell in cells if cell.strip()]
    return bool(given) and sum(map(_is_amount, given)) >= _NEARLY_ALL * len(given)


def _is_amount(cell: str) -> bool:
    try:
        amount, _ = settled(cell, COLUMNS["award"].read, free=False)
    except Unreadable:
        return cell.strip().strip("$").replace(".00", "") == "0"
    return bool(amount) and _LEAST <= amount < _MOST and amount not in _YEARS


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
