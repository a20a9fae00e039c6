"""Calendar days, working days, anniversaries and fiscal years, with federal holidays. Never asks what today is."""

from __future__ import annotations

import calendar
from collections.abc import Container
from datetime import date, timedelta
from functools import cache

from seskit.formats.refusals import FactError

#: Days of the longest year.
LEAP_YEAR = 366
#: Past a century of working days the number is a slip.
_MOST_WORKING_DAYS = 26_000


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("US", years=(year - 1, year, year + 1), observed=True))


def is_working_day(day: date, closed: Container[date] = ()) -> bool:
    """Whether federal offices are open: not a weekend, not a federal holiday as observed (5 U.S.C. 6103).

    `closed` holds further days on which offices were closed, for example by executive order.
    """
    return day.weekday() < 5 and day not in _holidays(day.year) and day not in closed


def on_or_before(day: date, closed: Container[date] = ()) -> date:
    """The day itself if it is a working day, otherwise the last working day before it."""
    while not is_working_day(day, closed):
        day -= timedelta(days=1)
    return day


def on_or_after(day: date, closed: Container[date] = ()) -> date:
    """The day itself if it is a working day, otherwise the first working day after it."""
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def _beyond(day: date, length: int, unit: str) -> FactError:
    return FactError(f"{length} {unit} from {day} lead beyond the calendar; check the number.")


def add_days(day: date, days: int) -> date:
    """Calendar days; the start is day 0."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _beyond(day, days, "days") from None


def add_working_days(day: date, days: int, closed: Container[date] = ()) -> date:
    """Working days; the start is day 0 and need not be a working day."""
    if days > _MOST_WORKING_DAYS:
        raise _beyond(day, days, "working days")
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day, closed):
            day += timedelta(days=1)
    return day


def working_days_between(start: date, end: date, closed: Container[date] = ()) -> int:
    """Working days after `start`, up to and including `end`."""
    return sum(is_working_day(start + timedelta(days=n), closed) for n in range(1, (end - start).days + 1))


def add_months(day: date, months: int) -> date:
    """The same day of a later month; the month's last day where that day does not exist."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if not date.min.year <= year <= date.max.year:
        raise _beyond(day, months, "months")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The anniversary; February 29 becomes February 28."""
    return add_months(day, 12 * years)


def not_to_exceed(start: date, months: int) -> date:
    """The last day of a term of so many months; where its end month has no such day, that month counts in full."""
    end = add_months(start, months)
    return end - timedelta(days=1) if end.day == start.day else end


def fiscal_year(day: date) -> int:
    """The federal fiscal year of a day: October to September, named for the year it ends in."""
    return day.year + (day.month >= 10)


def fiscal_year_end(year: int) -> date:
    """September 30 of a fiscal year."""
    return date(year, 9, 30)
