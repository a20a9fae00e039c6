"""The agenda as a calendar file, one entry a session, in the forum's own time zone."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from seskit.forum.config import Forum

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def calendar(forum: Forum) -> bytes:
    """One entry for each session and break."""
    from icalendar import Calendar, Event

    zone = ZoneInfo(str(forum.facts["timezone"]))
    made = Calendar()
    made.add("prodid", "-//seskit//SES forum//EN")
    made.add("version", "2.0")
    for row in forum.rows:
        event = Event()
        identity = hashlib.sha256(f"{forum.folder.name} {row.start} {row.title}".encode()).hexdigest()[:24]
        event.add("uid", f"{identity}@seskit.invalid")
        event.add("dtstamp", _STAMP)
        event.add("dtstart", row.start.replace(tzinfo=zone).astimezone(UTC))
        event.add("dtend", row.end.replace(tzinfo=zone).astimezone(UTC))
        event.add("summary", f"{row.title} ({forum.title})")
        event.add("location", ", ".join(str(forum.facts[word]) for word in ("room", "place") if forum.facts.get(word)))
        made.add_component(event)
    return bytes(made.to_ical())
