"""Due days as a calendar file that any calendar program takes in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from seskit.clocks import is_working_day, on_or_before

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One all-day entry; `key` tells it from the others of the same day, `send_by` adds the working day before."""

    key: str
    day: date
    summary: str
    description: str
    send_by: bool = True


def calendar(subject: str, entries: Iterable[Entry]) -> bytes:
    """The entries as a calendar file, the same bytes each time."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", f"-//seskit//{subject}//EN")
    made.add("version", "2.0")
    for entry in entries:
        off = entry.send_by and not is_working_day(entry.day)
        advice = f" This is not a working day: send it by {on_or_before(entry.day)}." if off else ""
        event = Event()
        event.add("uid", f"{hashlib.sha256(entry.key.encode()).hexdigest()[:24]}@seskit.invalid")
        event.add("dtstamp", _STAMP)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", entry.summary)
        event.add("description", entry.description + advice)
        made.add_component(event)
    return bytes(made.to_ical())
