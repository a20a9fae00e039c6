"""The days of a vacancy: its timeline, what slips when one day moves, and the same as a calendar file."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from seskit.formats import calendar_file
from seskit.law.clocks import on_or_before
from seskit.law.facts import FactError
from seskit.law.result import Result
from seskit.law.staffing.vacancy_timeline import Timeline, TimelineDay, timeline
from seskit.record.staffing.records import STEPS, Vacancy, VacancyFolder

_ADVICE = {
    "earliest_close": "The announcement may close on this day or later (5 CFR 317.501(b)(2)).",
    "qrb_due": "The case must be with OPM by this day.",
    "term_ends": "The appointment ends by itself on this day (5 CFR 317.605(c)).",
    "probation_ends": "Assessment and certification must be done before the appointment is final (5 CFR 317.503).",
}


def days(
    folder: VacancyFolder, vacancy: Vacancy, as_of: date, *, moved: str | None = None, moved_to: date | str | None = None,
    later_steps: str = "keep gaps",
) -> Result[Timeline]:  # fmt: skip
    """The timeline of a vacancy; with `moved` and `moved_to`, what slips."""
    if moved is not None and moved not in STEPS:
        raise FactError(f"'{moved}' is not a step of a vacancy; steps are {', '.join(STEPS)}.")
    facts: dict[str, Any] = {
        **folder.agency(),
        **vacancy.dates,
        "appointment_type": vacancy.filling,
        "months": vacancy.months,
        "criterion": vacancy.criterion or "A",
        "graduated_on": vacancy.graduated_on,
        "nonpay_days": vacancy.nonpay_days,
        "moved": moved,
        "moved_to": moved_to,
        "later_steps": later_steps,
    }
    return timeline(as_of, **facts)


def diary(folder: VacancyFolder, vacancy: Vacancy, as_of: date, agency: str) -> bytes:
    """Every day still to come, and the days set by law."""
    rows = [row for row in days(folder, vacancy, as_of).answer.rows if row.date >= as_of or row.set_by_law]
    closed = folder.agency()["closed_days"]
    return calendar_file.write("SES vacancies", [_entry(vacancy, row, agency, closed) for row in rows])


def _entry(vacancy: Vacancy, row: TimelineDay, agency: str, closed: Collection[date]) -> calendar_file.CalendarEntry:
    said = _ADVICE.get(row.step, "Planned by the agency.")
    if row.step == "qrb_due" and not row.working_day:
        said += f" This is not a working day: send it by {on_or_before(row.date, closed)}."
    if row.doubt:
        said += f" In doubt: {row.doubt}."
    head = f"{vacancy.id} {vacancy.title}: {row.label}"
    return calendar_file.CalendarEntry(row.date, head, said, f"{agency} {vacancy.id} {row.step}")
