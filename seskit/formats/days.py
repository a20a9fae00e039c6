"""Days, months and periods as people write them; files keep 2002-11-15."""

from __future__ import annotations

import re
from datetime import date

#: A day by itself, and beside it what is passed over: a command, an entry of a file, a value in quotes, an example of
#: how to write one, the name of a file, a longer number.
_ISO = re.compile(
    r"`[^`]*`|\{[^{}]*\}|(?:such as|for example) \d{4}-\d\d-\d\d|(?<![\w./='\"-])(\d{4}-\d\d-\d\d)(?![\w/'\"-]|\.\w)"
)
_DASHES_OF_A_DAY = 2


class Quoted(str):
    """What an agency's file holds, or a name; shown as it was typed."""

    __slots__ = ()


def long_date(day: date) -> str:
    """A day: November 15, 2002."""
    return f"{day:%B} {day.day}, {day.year}"


def long_month(month: date | str) -> str:
    """A month, given by a day in it or as 2002-12: December 2002."""
    day = month if isinstance(month, date) else date.fromisoformat(f"{month}-01")
    return f"{day:%B} {day.year}"


def span(first: date, last: date) -> str:
    """A period: October 1, 2001 to September 30, 2002."""
    return f"{long_date(first)} to {long_date(last)}"


def days_in_words(text: str) -> str:
    """A text with each day in it written as people write it; what only looks like one stays, and what is quoted."""

    def one(found: re.Match[str]) -> str:
        try:
            return long_date(date.fromisoformat(found[1])) if found[1] else found[0]
        except ValueError:
            return found[0]

    return text if isinstance(text, Quoted) or text.count("-") < _DASHES_OF_A_DAY else _ISO.sub(one, text)


def shown(value: object) -> str:
    """Anything as a cell of a table for people; nothing is an empty cell."""
    if value is None:
        return ""
    if isinstance(value, date):
        return long_date(value)
    return value if isinstance(value, Quoted) else days_in_words(str(value))
