"""The certification year as one page and one calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from seskit.formats import calendar_file
from seskit.formats.days import long_date
from seskit.formats.documents import Document, escaped, table
from seskit.paper.certification import agenda
from seskit.work.certification import year
from seskit.work.certification.mock_review import Rehearsal
from seskit.work.certification.year import YearStep

_HEAD = ("Day", "What is done, and by whom", "Authority, and where the day is from")


def steps(found: Rehearsal, agency: Path) -> list[YearStep]:
    """Every step of the year, with the dates of the certification."""
    return year.steps(agency, found, agenda.entries(found))


def document(found: Rehearsal, listed: Sequence[YearStep]) -> Document:
    """The year on a page: steps with a day in order, then those without one."""
    system = found.system
    days = groupby((one for one in listed if one.on), key=lambda one: one.on)
    dated = [_day(on, list(found_on)) for on, found_on in days if on]
    undated = [(one.what, one.who, one.citation) for one in listed if one.on is None]
    parts = [
        escaped(f"{system.organization}, {system.name}. The same days are in the calendar file beside this page."),
        table("Steps in order", _HEAD, dated),
        "# Without a day\n\n" + table("No rule sets a day; choose one", ("What is done", "By", "Authority"), undated),
    ]
    return Document(f"The certification year: {system.name}", "\n\n".join(parts) + "\n", system.organization)


def _day(on: date, steps: Sequence[YearStep]) -> tuple[str, str, str]:
    """One day with everything done on it; several steps are numbered alike in both columns."""
    said = [f"{one.what}. By: {one.who}" for one in steps]
    why = [f"{one.citation}; {one.basis}" for one in steps]
    if len(steps) == 1:
        return long_date(on), said[0], why[0]
    return long_date(on), _numbered(said), _numbered(why)


def _numbered(texts: Sequence[str]) -> str:
    return " ".join(f"({number}) {text}." for number, text in enumerate(texts, 1))


def calendar(found: Rehearsal, listed: Sequence[YearStep]) -> bytes:
    """The steps that have a day, as a calendar file."""
    system = found.system
    kept = [
        calendar_file.CalendarEntry(
            one.on, f"{one.what} ({system.id})", f"{system.organization}, {system.name}. By: {one.who}. {one.citation}; {one.basis}.",
            f"{system.organization} {system.id} year {one.on} {one.what}",
        )
        for one in listed if one.on
    ]  # fmt: skip
    return calendar_file.write("Certification year", kept)
