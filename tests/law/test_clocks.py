"""Clocks: calendar days, working days, anniversaries, fiscal years."""

from datetime import date

import pytest

from seskit.formats.days import long_date
from seskit.law import clocks, facts


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2002-12-24", True),
        ("2002-12-25", False),
        ("2004-07-05", False),  # 4 July on a Sunday is observed on Monday
        ("2004-07-06", True),
        ("2010-12-31", False),  # New Year's Day 2011 on a Saturday is observed on Friday
        ("2020-06-19", True),  # Juneteenth became a holiday in 2021
        ("2026-06-19", False),
        ("2002-12-21", False),
    ],
)
def test_working_days_leave_out_weekends_and_federal_holidays_as_observed(day, open_):
    """5 U.S.C. 6103."""
    assert clocks.is_working_day(date.fromisoformat(day)) is open_


def test_days_are_counted_from_the_day_after():
    """The starting day is day 0, in calendar and in working days."""
    assert clocks.add_days(date(2002, 12, 10), 14) == date(2002, 12, 24)
    assert clocks.add_working_days(date(2002, 12, 24), 1) == date(2002, 12, 26)
    assert clocks.working_days_between(date(2002, 12, 24), date(2002, 12, 26)) == 1
    assert clocks.on_or_before(date(2002, 12, 25)) == date(2002, 12, 24)
    assert clocks.on_or_after(date(2002, 12, 25)) == date(2002, 12, 26)


def test_the_anniversary_of_a_leap_day_is_the_last_of_february():
    """29 February has no anniversary of its own in a common year."""
    assert clocks.add_years(date(2016, 2, 29), 1) == date(2017, 2, 28)
    assert clocks.add_years(date(2016, 2, 29), 4) == date(2020, 2, 29)
    assert clocks.add_months(date(2016, 8, 31), 6) == date(2017, 2, 28)


@pytest.mark.parametrize(("day", "year"), [("2002-09-30", 2002), ("2002-10-01", 2003)])
def test_the_fiscal_year_begins_in_october(day, year):
    """30 September is the last day of its fiscal year."""
    assert clocks.fiscal_year(date.fromisoformat(day)) == year
    assert clocks.fiscal_year_end(2002) == date(2002, 9, 30)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_day_is_read_in_every_form_we_print_and_americans_write(month):
    """With the month in words or the year first a date can mean one day alone; a month as 2026-11, 11/2026 and November 2026."""
    on = date(2026, month, 5)
    for form in (
        str(on),
        f"{month}/5/2026",
        long_date(on),
        f"{on:%b} 5, 2026",
        f"{on:%b}. 5 2026",
        long_date(on).upper(),
        f"{on:%d-%b-%Y}".upper(),
        f"{on:%d-%b-%Y} 00:00:00".upper(),
        f"5 {on:%B} 2026",
        f"{on:%B}\N{NO-BREAK SPACE}5,\N{NO-BREAK SPACE}2026",
        f"{on:%B} 5th, 2026",
        f"2026/{month}/5",
        f"2026-{month}-5",
        f"2026.{month:02}.05",
    ):
        assert facts.day(form) == on
    for form in (f"{on:%Y-%m}", f"{month}/2026", f"{on:%B} 2026", f"{on:%b} 2026", f"{on:%b}. 2026"):
        assert facts.month(form) == f"{on:%Y-%m}"


@pytest.mark.parametrize("text", ["5-NOV-26", "11/5/26", "11-5-26", "5.11.26"])
def test_a_year_of_two_digits_is_called_so(text):
    """With the month as a number or a word."""
    with pytest.raises(facts.Unreadable, match="a year of two digits"):
        facts.day(text)


@pytest.mark.parametrize(
    "text",
    [
        "No 5, 2026",
        "Nobember 5, 2026",
        "Nov 31, 2026",
        "November 2026",
        "Nov 5, 26",
        "5 Nov",
        "5-NOV-26",
        "11-5-2026",
        "5.11.2026",
        "2026-11/5",
        "2026-13-05",
        "2026 11 05",
        "32-Nov-2026",
    ],
)
def test_what_is_no_day_in_words_is_refused(text):
    """No name, a day that is not in the calendar, a month alone, a year of two digits; month and day that may be turned around."""
    with pytest.raises(facts.Unreadable):
        facts.day(text)
