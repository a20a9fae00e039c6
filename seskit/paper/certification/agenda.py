"""The dates of a system's certification, held and asked for, with what happens to pay on the day after."""

from __future__ import annotations

from datetime import date
from typing import Any

from seskit.formats import calendar_file
from seskit.law.certification.key_dates import calendar
from seskit.law.certification.terms import Grade, by_months, term_of
from seskit.law.clocks import add_years
from seskit.law.result import Result
from seskit.work.certification.mock_review import Rehearsal


def dates(found: Rehearsal) -> list[tuple[str, Result]]:
    """The dates of the certification held, where its day is known, and of the one rehearsed, where there is one."""
    system = found.system
    listed: list[tuple[str, Result]] = []
    if system.held != "none" and system.held_since:
        name = "Certification that ended" if system.lapsed else "Certification held"
        listed.append((name, _calendar(found, system.held_since, system.held, system.held_until)))
    if found.grade in ("full", "provisional"):
        grade: Grade = "full" if found.grade == "full" else "provisional"
        listed.append(("If certified as rehearsed", _calendar(found, system.decision_on, grade)))
    return listed


def entries(found: Rehearsal) -> list[dict[str, Any]]:
    """Every date in order, each with what it belongs to and its kind: the class of its row."""
    rows = [{**row, "of": name, "kind": type(row)} for name, result in dates(found) for row in result.answer]
    return sorted(rows, key=lambda row: row["on"])


def file(found: Rehearsal) -> bytes:
    """The dates as a calendar file."""
    system = found.system
    kept = [
        calendar_file.CalendarEntry(
            row["on"], f"{row['what']} ({system.id})",
            f"{system.organization}, {system.name}. {row['of']}. {row['citation']}.",
            f"{system.organization} {system.id} {row['of']} {row['on']} {row['what']}",
        )
        for row in entries(found)
    ]  # fmt: skip
    return calendar_file.write("Certification of appraisal systems", kept)


def _calendar(found: Rehearsal, granted: date, grade: Grade, held_until: date | None = None) -> Result:
    periods = found.system.periods
    ends = None
    until = held_until if by_months(granted) else None
    if periods:
        last_year = (until or term_of(granted, grade).last_day).year
        end = periods[-1].last
        ends = [add_years(end, year - end.year) for year in range(granted.year, last_year + 1)]
    basic = False if found.system.lapsed else found.system.basic_system
    return calendar(
        granted=granted,
        grade=grade,
        group=found.system.group,
        period_ends=ends,
        letter_last_day=until,
        basic_system=basic,
    )
