"""A day as Americans jot it down, turned into what facts are read from: in a box of the desk and as an answer of the course."""

from __future__ import annotations

import re

from seskit.law import facts

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)


def day(text: str) -> str:
    """A date as year-month-day; any other text as it is."""
    said = _WEEKDAY.sub("", " ".join(text.split()).rstrip("."))
    if found := _NUMBERS.fullmatch(said):
        said = text = f"{found[1]}/{found[2]}/{facts.four_digits(found[3])}"
    try:
        return facts.day(said).isoformat()
    except facts.Unreadable:
        return text
