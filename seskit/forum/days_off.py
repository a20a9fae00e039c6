"""How far a day is from the right one, so that one slip of tables with different days is told in the same words."""

from __future__ import annotations

from datetime import date, timedelta

from seskit.formats.counts import number_of
from seskit.law.clocks import add_months

#: From half a year on a slip is a wrong term, whose days differ from table to table; a shorter one is a count of days.
_LEAST = 6
_YEAR = 12


def off(given: date, right: date) -> str:
    """How much too late or too early: in months or years where that is what lies between, else in days."""
    return f"{_between(*sorted((given, right)))} too {'late' if given > right else 'early'}"


def _between(earlier: date, later: date) -> str:
    about = (later.year - earlier.year) * _YEAR + later.month - earlier.month
    for more in (0, 1):
        for months in range(max(about - 1, _LEAST), about + 2):
            if later - timedelta(more) in _after(earlier, months):
                return " and ".join([_term(months), *([number_of(more, "day")] if more else [])])
    return number_of((later - earlier).days, "day")


def _after(day: date, months: int) -> tuple[date, date]:
    """That many months later, counted from the day, or as the last day of a term."""
    return add_months(day, months), add_months(day + timedelta(1), months) - timedelta(1)


def _term(months: int) -> str:
    years, rest = divmod(months, _YEAR)
    return number_of(months, "month") if rest else number_of(years, "year")
