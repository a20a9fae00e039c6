"""Dates as systems print them: 15-NOV-02, 20021115, 11/20/02, Excel's count of days, day before month."""

from __future__ import annotations

import re
from datetime import date, timedelta

from seskit.law.facts import YEARS, month_named
from seskit.record.roster.printed.form import PrintedForm, plain, words_for

#: The Senior Executive Service began in 1979: two digits from 79 on are of the last century.
_TURN = 79
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/ .]*([a-z]{3,9})\.?[-/ .,']*(\d{4}|\d{2})", re.I | re.A)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?[- ]*(\d{1,2})(?:st|nd|rd|th)?[-, ]+'?(\d{4}|\d{2})", re.I | re.A)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})", re.A)
_THREE = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2'?(\d{4}|\d{2})", re.A)
_EIGHT = re.compile(r"\d{8}", re.A)
_COUNT = re.compile(r"(\d{5})(?:\.0+)?", re.A)
_COUNTS = range(28_856, 73_051)  # from 1979 to 2099, in Excel's count
_TIMED = re.compile(
    r"(.+?)(?:[ T]+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[AP]M)?\s*(?:Z|[+-]\d{2}:?\d{2}|E[SD]T|GMT|UTC)?",
    re.I,
)
_PLACEHOLDER = re.compile(
    r"(?:0{1,2}[-/.]0{1,2}[-/.]0{2,4}|0{4}-0{2}-0{2}|9{2}[-/.]9{2}[-/.]9{2,4}|0{8}|9{8}|1/0/1900)"
)
_NO_DAY = words_for("no_day")


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return made.isoformat() if made.year in YEARS else None


def _year(text: str) -> int:
    number = int(text)
    return number if len(text) == 4 else number + (1900 if number >= _TURN else 2000)


def month_name(text: str) -> str | None:
    """15-NOV-02, 15 November 2002, Nov. 15, 2002, with or without the weekday."""
    text = _WEEKDAY.sub("", text, count=1)
    if found := _DAY_MONTH.fullmatch(text):
        return _iso(_year(found[3]), month_named(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(text):
        return _iso(_year(found[3]), month_named(found[1]), int(found[2]))
    return None


def eight_digits(text: str) -> str | None:
    """20021115: year, month and day without signs."""
    return _iso(int(text[:4]), int(text[4:6]), int(text[6:])) if _EIGHT.fullmatch(text) else None


def eight_month_first(text: str) -> str | None:
    """11152002: month, day and year without signs."""
    return _iso(int(text[4:]), int(text[:2]), int(text[2:4])) if _EIGHT.fullmatch(text) else None


def count_of_days(text: str) -> str | None:
    """37575: the number that a spreadsheet holds for a day."""
    found = _COUNT.fullmatch(text)
    if not found or int(found[1]) not in _COUNTS:
        return None
    return (date(1899, 12, 30) + timedelta(days=int(found[1]))).isoformat()


def year_first(text: str) -> str | None:
    """2002/11/15, 2002.11.15 or 2002-11-5."""
    found = _YEAR_FIRST.fullmatch(text)
    return _iso(int(found[1]), int(found[3]), int(found[4])) if found else None


def _in_order(text: str, *, month_first: bool, long_year: bool) -> str | None:
    found = _THREE.fullmatch(text)
    if not found or (len(found[4]) == 4) is not long_year:
        return None
    first, second = int(found[1]), int(found[3])
    month, day = (first, second) if month_first else (second, first)
    return _iso(_year(found[4]), month, day)


def without_time(text: str) -> str | None:
    """A day with a time of day behind it: the day alone."""
    found = _TIMED.fullmatch(text)
    if not found:
        return None
    day = found[1].strip(" ,")
    readers = (year_first, month_name, eight_digits, lambda one: _in_order(one, month_first=True, long_year=True))
    return next((read for one in readers if (read := one(day))), None)


def no_day(text: str) -> str | None:
    """A word or a row of zeros where there is no date: blank."""
    return "" if text.lower() in _NO_DAY or _PLACEHOLDER.fullmatch(text) else None


DAYS = (
    PrintedForm("no-day", "a sign for no date", "leave the cell blank", plain(no_day)),
    PrintedForm("month-name", "a date with the month as a word", "take it as that day", plain(month_name)),
    PrintedForm("year-first", "a date with the year first", "take it as year, month, day", plain(year_first)),
    PrintedForm("eight-digits", "a date without separators, year first", "take it as year, month, day", plain(eight_digits)),
    PrintedForm("eight-digits-month-first", "a date without separators, month first", "take it as month, day, year",
         plain(eight_month_first), family="eight"),
    PrintedForm("spreadsheet-days", "a date as a spreadsheet counts days", "take it as the day it stands for", plain(count_of_days)),
    PrintedForm("without-time", "a date with a time of day", "take only the day", plain(without_time)),
    PrintedForm("month-first", "a date as month, day, year", "take it as month, day, year",
         plain(lambda text: _in_order(text, month_first=True, long_year=True)), family="long"),
    PrintedForm("day-first", "a date as day, month, year", "take all such dates as day, month, year",
         plain(lambda text: _in_order(text, month_first=False, long_year=True)), reads_more=True, family="long"),
    PrintedForm("month-first-short", "a date as month, day and two digits of the year",
         "take it as month, day, year; 79 to 99 are in the 1900s, 00 to 78 in the 2000s",
         plain(lambda text: _in_order(text, month_first=True, long_year=False)), family="short"),
    PrintedForm("day-first-short", "a date as day, month and two digits of the year",
         "take it as day, month, year; 79 to 99 are in the 1900s, 00 to 78 in the 2000s",
         plain(lambda text: _in_order(text, month_first=False, long_year=False)), family="short"),
)  # fmt: skip

_BAD_DAYS = (
    (re.compile(r"\d{1,2}[-/ .]+[a-z]{3,9}\.?[-/ .,']+\d{2,4}", re.I), "a day that is not in the calendar"),
    (re.compile(r"[a-z]{3,9}\.?[- ]+\d{1,2}[-, ]+\d{4}", re.I), "a day that is not in the calendar"),
    (re.compile(r"(?:[a-z]{3,9}\.?|\d{1,2})[-/ ,]*(?:19|20)\d{2}", re.I), "a month without its day"),
    (re.compile(r"(?:19|20)\d{2}", re.A), "a year alone"),
    (re.compile(r"\d{4}-\d{1,2}", re.A), "a month without its day"),
    (re.compile(r"(?:FY|Q[1-4]).*", re.I), "a fiscal year or a quarter, not a day"),
    (
        re.compile(r".*\d.*(?:\bto\b|-|\u2013|;|,|&|\band\b).*\d{4}.*", re.I),
        "a day that is not in the calendar, or more than one day",
    ),
    (re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}", re.A), "a day that is not in the calendar"),
)


def looks(text: str) -> str:
    """What a date that no form can read looks like; nothing where that cannot be said."""
    return next((words for sign, words in _BAD_DAYS if sign.fullmatch(text)), "")
