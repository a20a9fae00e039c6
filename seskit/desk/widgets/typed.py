"""Dates, months and years as Americans write them and as the product prints them, turned into what facts are read from.

A roster takes fewer of them as they are: there a person confirms how its dates are meant. Here the person who types is there.
"""

from __future__ import annotations

import re

from seskit.law import facts
from seskit.law.facts import Reads
from seskit.law.question import FactSlot

_WORD = r"(?P<word>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_NUMBERS = re.compile(r"(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(rf"{_WORD}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}", re.ASCII)
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*{_WORD},?[\s-]*{_YEAR}", re.ASCII)
_DAYS = (_NUMBERS, _YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST)
_A_MONTH = (
    re.compile(rf"(?P<month>\d{{1,2}})[.-]{_YEAR}", re.ASCII),
    re.compile(rf"{_YEAR}[/.](?P<month>\d{{1,2}})", re.ASCII),
)
_FISCAL = re.compile(r"(?:fy|fiscal year|calendar year|cy)\s*'?", re.IGNORECASE)


def day(text: str) -> str:
    """A date as year-month-day; any other text as it is."""
    for form in _DAYS:
        if (found := form.fullmatch(text.strip())) and (month := _month(found)):
            return f"{facts.four_digits(found['year'])}-{month:02}-{int(found['day']):02}"
    return text


def month(text: str) -> str:
    """A month as year-month; any other text as it is."""
    for form in _A_MONTH:
        if (found := form.fullmatch(text.strip())) and (number := _month(found)):
            return f"{found['year']}-{number:02}"
    return text


def year(text: str) -> str:
    """A year without the words before it."""
    return _FISCAL.sub("", text.strip(), count=1).strip()


def as_read(slot: FactSlot, text: str) -> str:
    """What a person typed for a fact, as it is read."""
    read = slot.of_one.read if isinstance(slot.of_one, Reads) else None
    turned = {facts.day: day, facts.month: month, facts.calendar_year: year}
    return turned[read](text) if read in turned else text


def _month(found: re.Match[str]) -> int:
    """The number of the month; 0 for a word that names none."""
    parts = found.groupdict()
    if word := parts.get("word"):
        return facts.month_named(word)
    return int(parts["month"])
