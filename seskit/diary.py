"""Dates as a calendar file that any calendar program reads; the same entries give the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One all-day entry; `identity` tells it from every other."""

    day: date
    identity: str
    summary: str
    description: str


def calendar(title: str, entries: Iterable[Entry]) -> bytes:
    """The entries as an iCalendar file."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", f"-//seskit//{title}//EN")
    made.add("version", "2.0")
    for entry in entries:
        event = Event()
        identity = hashlib.sha256(entry.identity.encode()).hexdigest()[:24]
        event.add("uid", f"{identity}@seskit.invalid")
        event.add("dtstamp", _STAMP)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.summary)
        event.add("description", entry.description)
        made.add_component(event)
    return bytes(made.to_ical())
