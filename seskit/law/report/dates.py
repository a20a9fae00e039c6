"""The dates of the report: when it is due, and the September 30 whose base pay counts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Annotated, Literal

from seskit.law import closed_days as closings
from seskit.law import parameters
from seskit.law.clocks import add_days, add_working_days, fiscal_year, fiscal_year_end, is_working_day, on_or_before
from seskit.law.closed_days import STATED, ClosedDays
from seskit.law.facts import Day, Fact, Month
from seskit.law.question import question
from seskit.law.report.editions import edition
from seskit.law.result import CannotTell, Result, Working

INSTRUCTIONS = "OPM instructions for the FY 2002 report (MSG-068b)"


def member_form_year() -> int:
    """The first fiscal year reported on the form with one row for each member."""
    return fiscal_year(parameters.first_day("report.member_form"))


@question(f"{INSTRUCTIONS}, general instructions; 5 CFR 534.405(e)")
def due_date(
    as_of: Annotated[Day | None, Fact("As-of date", "May be left out: the dates below decide.")] = None,
    *,
    awards_determined_on: Annotated[
        Day | None,
        Fact(
            "Final award determinations",
            "The last day on which the agency head or designee determined awards.",
            after=("rated_on",),
        ),
    ] = None,
    rated_on: Annotated[
        Day | None,
        Fact(
            "Final ratings assigned", "Used only when no awards are paid: the day the last final rating was assigned."
        ),
    ] = None,
    count: Annotated[
        Literal["calendar", "working"],
        Fact("Days counted as", "The instructions say 'days'; calendar days are the strict reading."),
    ] = "calendar",
    closed_days: ClosedDays = None,
) -> Result[Annotated[date | None, Fact("Due date", "The last day on which the report may reach OPM.")]]:
    """By which day must the ratings and awards report be with OPM?

    Fourteen days after the final award determinations or, when no awards are paid, after final ratings are assigned
    (OPM instructions for the FY 2002 report). The day itself is day 0; payment does not start the clock. `answer` is
    the date, or null when neither day is known.
    """
    start = awards_determined_on or rated_on
    work = Working(as_of or start)
    if start is None:
        work.note(
            "Neither the day of the award determinations nor that of the final ratings is known.",
            INSTRUCTIONS,
            "cannot tell",
        )
        return work.answer(
            None, CannotTell("Cannot tell: give the day of the final award determinations, or of the final ratings.")
        )
    what = "final award determinations" if awards_determined_on else "final ratings"
    because = "" if awards_determined_on else ", because no awards are paid"
    days = int(work.figure("report.due_days", start))
    work.note(f"The clock starts with the {what} on {start}{because}.", INSTRUCTIONS)
    closed = frozenset(closed_days or ())
    due, other = _due(start, days, count, closed)
    left = f"; {closings.left_out(closed, start, due)}" if count == "working" and closed else ""
    work.note(f"{days} {count} days later is {due}; the starting day is day 0{left}.", INSTRUCTIONS, basis="design")
    another = "working" if count == "calendar" else "calendar"
    work.caution(
        f"The instructions say 'days' without more. Counted in {another} days the report would be due on {other}."
    )
    if count == "working":
        closings.caution(work, start, days, closed, stated_as=STATED)
    if not is_working_day(due, closed):
        work.caution(f"{due} is not a working day and is not moved; send the report by {on_or_before(due, closed)}.")
    return work.answer(due, f"The report is due on {due}.")


@lru_cache(maxsize=1 << 10)
def _due(start: date, days: int, count: str, closed: frozenset[date]) -> tuple[date, date]:
    both = add_days(start, days), add_working_days(start, days, closed)
    return both if count == "calendar" else (both[1], both[0])


@question(f"{INSTRUCTIONS}, Form 1558, aggregate base pay")
def base_pay_date(
    as_of: Annotated[Day | None, Fact("As-of date", "May be left out: the month of payment decides.")] = None,
    *,
    paid_in: Annotated[Month, Fact("Month awards are paid", "Year and month, for example 2002-12.")],
) -> Result[
    Annotated[date, Fact("Day of the base pay", "The September 30 whose aggregate career base pay is reported.")]
]:
    """On which day is the aggregate career base pay of the report taken?

    September 30 of the fiscal year before the fiscal year of payment (Form 1558). `answer` is that date.
    """
    first = month_start(paid_in)
    work = Working(as_of or first)
    paying = fiscal_year(first)
    day = fiscal_year_end(paying - 1)
    work.note(f"{first:%B %Y} is in fiscal year {paying}.", "31 U.S.C. 1102")
    work.note(f"The fiscal year before it ended on {day}.", INSTRUCTIONS)
    if first.month in (9, 10):
        work.caution(
            "Awards paid partly in September and partly in October fall in two fiscal years with two pools: report them separately."
        )
    item = edition(paying - 1).named("base_pay")
    return work.answer(day, f"{item.capitalize()} is taken on {day}.")


def month_start(month: str) -> date:
    """The first day of a month written year-month."""
    return date.fromisoformat(f"{month}-01")


def month_end(month: str) -> date:
    """The last day of a month written year-month."""
    return (month_start(month) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@cache
def base_pay_day(paid_in: str) -> date:
    """The day of the base pay for a month of payment."""
    return base_pay_date(paid_in=paid_in).answer
