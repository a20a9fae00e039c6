"""The due dates of a report as a calendar file."""

from __future__ import annotations

from seskit.clocks import is_working_day, on_or_before
from seskit.diary import Entry, calendar
from seskit.report.package import ReportPackage


def due(report: ReportPackage) -> bytes:
    """One all-day entry per due date: which forms are due, and the working day before where it is not one."""
    entries = []
    for day in sorted({form.due_date for form in report.forms if form.due_date}):
        titles = [form.title for form in report.forms if form.due_date == day]
        advice = "" if is_working_day(day) else f" This is not a working day: send it by {on_or_before(day)}."
        summary = f"SES ratings and awards report due to OPM ({report.agency.code})"
        entries.append(Entry(day, f"{report.agency.code} {day}", summary, f"Due: {'; '.join(titles)}.{advice}"))
    return calendar("SES ratings and awards report", entries)
