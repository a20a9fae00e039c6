"""What a count of working days takes for closed: weekends, the holidays of the law, and further days that somebody stated.

An executive order closes offices on a day without making it a holiday of the law. Whether it is left out of a count is for
the one who counts to say; where an order is known, the answer names the day and where leaving it out leads.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date
from typing import Annotated

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.clocks import add_working_days, is_working_day
from seskit.law.facts import Day, Fact
from seskit.law.parameters import Figure
from seskit.law.result import Working

#: A value for each day that an executive order is known to have closed.
RULE = "staffing.closed_by_order"
STATED = "Other days offices were closed"
#: The fact of every question whose answer turns on working days.
ClosedDays = Annotated[list[Day] | None, Fact(STATED, "By executive order, for example; they are not working days.")]


def by_order(start: date, end: date, closed: Container[date]) -> Iterator[Figure]:
    """The days after a start up to an end that a known order closed and a count still takes for working days."""
    for found in parameters.parameter(RULE).values:
        if start < found.first_day <= end and is_working_day(found.first_day, closed):
            yield found


def left_out(closed: Container[date], start: date, end: date) -> str:
    """What a count of working days leaves out, in words."""
    days = (date.fromordinal(number) for number in range(start.toordinal() + 1, end.toordinal() + 1))
    stated = sum(day in closed and is_working_day(day) for day in days)
    if stated:
        return f"weekends, the holidays of 5 U.S.C. 6103 and {number_of(stated, 'stated day')} are left out"
    return "weekends and the holidays of 5 U.S.C. 6103 are left out, and no other day"


def caution(
    work: Working, start: date, days: int, closed: frozenset[date] = frozenset(), *, stated_as: str = ""
) -> None:
    """Name the days in a count of working days that a known order closed, and where leaving them out leads."""
    due = add_working_days(start, days, closed)
    known = list(by_order(start, due, closed))
    if not known:
        return
    further, end = closed, due
    while more := {found.first_day for found in by_order(start, end, further)}:
        further = further | more
        end = add_working_days(start, days, further)
    named = "; ".join(f"{found.first_day}, {found.value}{_sure(found)}" for found in known)
    way = f" State it as '{stated_as}' to leave it out." if stated_as else ""
    work.caution(
        f"An executive order closed offices within the count ({named}). It counts here as a working day: the order speaks of pay "
        f"and leave, and whether this clock leaves it out is not settled. Left out, the last day would be {end}.{way}"
    )


def _sure(found: Figure) -> str:
    return "" if found.confidence == "verified" else ", not yet confirmed"
