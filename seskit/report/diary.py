"""The due dates of a report as a calendar file."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from seskit.clocks import is_working_day, on_or_before
from seskit.report.package import ReportPackage

_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def due(report: ReportPackage) -> bytes:
    """One all-day entry per due date: which forms are due, and the working day before where it is not one."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//seskit//SES ratings and awards report//EN")
    calendar.add("version", "2.0")
    for day in sorted({form.due_date for form in report.forms if form.due_date}):
        titles = [form.title for form in report.forms if form.due_date == day]
        advice = "" if is_working_day(day) else f" This is not a working day: send it by {on_or_before(day)}."
        event = Event()
        identity = hashlib.sha256(f"{report.agency.code} {day}".encode()).hexdigest()[:24]
        event.add("uid", f"{identity}@seskit.invalid")
        event.add("dtstamp", _STAMP)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"SES ratings and awards report due to OPM ({report.agency.code})")
        event.add("description", f"Due: {'; '.join(titles)}.{advice}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
