"""The due dates of a report as a calendar file."""

from __future__ import annotations

from seskit.diary import Entry, calendar
from seskit.report.package import ReportPackage


def due(report: ReportPackage) -> bytes:
    """One all-day entry per due date: which forms are due, and the working day before where it is not one."""
    code = report.agency.code
    summary = f"SES ratings and awards report due to OPM ({code})"
    days = sorted({form.due_date for form in report.forms if form.due_date})
    titles = {day: "; ".join(form.title for form in report.forms if form.due_date == day) for day in days}
    entries = [Entry(f"{code} {day}", day, summary, f"Due: {titles[day]}.") for day in days]
    return calendar("SES ratings and awards report", entries)
