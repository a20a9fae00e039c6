"""A day as Americans jot it down, turned into what facts are read from: in a box of the desk and as an answer of the course."""

from __future__ import annotations

import re

from seskit.law import facts

_WORD = r"(?P<word>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_NUMBERS = re.compile(r"(?P<month>\d{1,2})[/.-](?P<day>\d{1,2})[/.-](?P<year>\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})", re.ASCII)
_MONTH_FIRST = re.compile(rf"{_WORD}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+){_YEAR}", re.ASCII)
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*{_WORD},?[\s-]*{_YEAR}", re.ASCII)
_FORMS = (_NUMBERS, _YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)


def day(text: str) -> str:
    """A date as year-month-day; any other text as it is."""
    said = _WEEKDAY.sub("", " ".join(text.split()).rstrip("."))
    for form in _FORMS:
        if (found := form.fullmatch(said)) and (month := month_of(found)):
            return f"{facts.four_digits(found['year'])}-{month:02}-{int(found['day']):02}"
    return text


def month_of(found: re.Match[str]) -> int:
    """The number of the month; 0 for a word that names none."""
    parts = found.groupdict()
    if word := parts.get("word"):
        return facts.month_named(word)
    return int(parts["month"])
