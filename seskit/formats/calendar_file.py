"""Dates as a calendar file: all-day entries, the same bytes each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from seskit.formats.characters import visible

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One day to keep; `identity` stays the same when the file is made again, so that it is updated, not doubled."""

    on: date
    summary: str
    description: str
    identity: str


def write(subject: str, entries: Iterable[Entry]) -> bytes:
    """The calendar file."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//seskit//{subject}//EN")
    calendar.add("version", "2.0")
    for entry in entries:
        event = Event()
        event.add(
            "uid", f"{hashlib.sha256(entry.identity.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}@seskit.invalid"
        )
        event.add("dtstamp", _STAMP)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("summary", visible(entry.summary))
        event.add("description", visible(entry.description))
        calendar.add_component(event)
    return bytes(calendar.to_ical())
