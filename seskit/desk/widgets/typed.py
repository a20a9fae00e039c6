"""Dates, months and years as Americans write them and as the product prints them, turned into what facts are read from.

A roster takes fewer of them as they are: there a person confirms how its dates are meant. Here the person who types is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from seskit.desk.typed_days import day
from seskit.formats.days import days_in_words
from seskit.law import facts
from seskit.law.facts import FactError, Reads, Unreadable
from seskit.law.question import FactSlot

if TYPE_CHECKING:
    from seskit.record.forms.fields import Field

_A_MONTH = (
    re.compile(r"(?P<month>\d{1,2})[.-](?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})", re.ASCII),
)
_FISCAL = re.compile(r"(?:fy|fiscal year|calendar year|cy)\s*'?", re.IGNORECASE)


def month(text: str) -> str:
    """A month as year-month; any other text as it is."""
    for form in _A_MONTH:
        if found := form.fullmatch(text.strip()):
            return f"{found['year']}-{int(found['month']):02}"
    return text


def year(text: str) -> str:
    """A year without the words before it."""
    return _FISCAL.sub("", text.strip(), count=1).strip()


def a_day(text: str) -> date:
    """A date that is typed beside a walk's outputs; raises FactError with what to write."""
    try:
        return facts.day(day(text))
    except Unreadable as failure:
        raise FactError(f"'{text}' {failure}.") from None


def of_field(entry: Field, text: str) -> str:
    """What a person typed for an entry of a file, its dates as the file has them: one, one to a line, or after a colon."""
    if entry.shape == "one":
        return day(text) if entry.kind == "day" else text
    return "\n".join(_line(entry, line, day) for line in text.split("\n"))


def as_seen(entry: Field, text: str) -> str:
    """What a file holds for an entry, its dates as people write them: typed again it is the same."""
    if entry.shape == "one":
        return days_in_words(text) if entry.kind == "day" else text
    return "\n".join(_line(entry, line, days_in_words) for line in text.split("\n"))


def of_column(entry: Field, text: str) -> str:
    """A column copied from elsewhere, the number of each person before its value or not, read as if each were typed."""
    if entry.shape != "one":
        return text
    cells = (line.rpartition("\t") for line in text.split("\n"))
    return "\n".join(f"{before}{tab}{of_field(entry, value)}" for before, tab, value in cells)


def _line(entry: Field, line: str, turned: Callable[[str], str]) -> str:
    """One line with its dates turned from one form into another."""
    if entry.shape == "lines":
        return turned(line) if entry.kind == "day" else line
    name, colon, value = line.rpartition(":")
    name, value = name.strip(), value.strip()
    named = turned(name) if entry.named_by == "day" else name
    return f"{named}: {turned(value) if entry.kind == 'day' else value}" if colon else line


def as_read(slot: FactSlot, text: str) -> str:
    """What a person typed for a fact, as it is read."""
    read = slot.of_one.read if isinstance(slot.of_one, Reads) else None
    turned = {facts.day: day, facts.month: month, facts.calendar_year: year}
    return turned[read](text) if read in turned else text
