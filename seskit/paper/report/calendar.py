"""The due dates of a report as a calendar file."""

from __future__ import annotations

from datetime import date

from seskit.formats import calendar_file
from seskit.law.clocks import is_working_day, on_or_before
from seskit.work.report.package import ReportPackage


def due(report: ReportPackage) -> bytes:
    """One all-day entry per due date: which forms are due, and the working day before where it is not one."""
    days = sorted({form.due_date for form in report.forms if form.due_date})
    return calendar_file.write("SES ratings and awards report", [_entry(report, day) for day in days])


def _entry(report: ReportPackage, day: date) -> calendar_file.CalendarEntry:
    titles = [form.title for form in report.forms if form.due_date == day]
    closed = report.agency.closed_days
    advice = (
        "" if is_working_day(day, closed) else f" This is not a working day: send it by {on_or_before(day, closed)}."
    )
    code = report.agency.code
    summary = f"SES ratings and awards report due to OPM ({code})"
    return calendar_file.CalendarEntry(day, summary, f"Due: {'; '.join(titles)}.{advice}", f"{code} {day}")
