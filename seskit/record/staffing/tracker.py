"""The probation tracker: `probation.csv` beside the roster, one row per career appointee in or just past probation.

A file of its own and not columns of the roster, because the roster describes one reporting year while probation runs
across two, and because most of a roster is past it. People are known by the roster's person_id; no names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast

from seskit.formats import calendar_file
from seskit.law import facts, parameters
from seskit.law.actions.probationary_year import probation
from seskit.law.clocks import add_months
from seskit.law.facts import FactError
from seskit.record.problem import Problem
from seskit.record.roster import Roster
from seskit.record.roster.columns import a_day, column, columns_of, yes_or_no
from seskit.record.roster.kinds import Kind, Sheet
from seskit.record.roster.person_numbers import told
from seskit.record.roster.reader import fill
from seskit.record.staffing import doubt
from seskit.record.staffing.doubt import Doubt

FILE = "probation"
_WHOLE = "Write a whole number of days."


def _criterion(text: str) -> str:
    return facts.one_of(text, ("A", "B", "C"))


class Probationer(NamedTuple):
    """One row of the file; None where a cell is blank or could not be read."""

    row: int
    person_id: Annotated[
        str | None, column(str, "The roster's number for the person.", "Give the roster's number.", needed=True)
    ]
    appointed_on: Annotated[date | None, a_day("Effective date of the initial career appointment.", needed=True)]
    criterion: Annotated[
        str | None, column(_criterion, "QRB criterion: A, B or C.", "Write A, B or C.", choices=("A", "B", "C"))
    ]
    department_of_defense: Annotated[bool | None, yes_or_no("Whether it was made in the Department of Defense.")]
    extended_to: Annotated[date | None, a_day("Two-year cases: extended by the Secretary of Defense to.")]
    nonpay_days: Annotated[int | None, column(facts.whole, "Calendar days without pay.", _WHOLE)]
    military_or_injury_days: Annotated[
        int | None, column(facts.whole, "Days of military duty or compensable injury.", _WHOLE)
    ]
    restored: Annotated[bool | None, yes_or_no("Restored from it without any other break.")]
    transferred_on: Annotated[date | None, a_day("Transfer to another agency's SES.")]
    reviewed_on: Annotated[date | None, a_day("Progress review held.")]
    assessed_on: Annotated[date | None, a_day("Performance in probation assessed.")]
    certified_on: Annotated[date | None, a_day("Certified by the appointing authority.")]
    development: Annotated[
        str | None,
        column(
            str,
            "Activities the QRB recommended or the case promised; separate them by semicolons.",
            "Write the activities.",
        ),
    ]
    development_done: Annotated[bool | None, yes_or_no("Whether the assessment covers them.")]
    left_on: Annotated[date | None, a_day("Left the SES before the end of probation.")]


COLUMNS = columns_of(Probationer)
KIND: Kind[Probationer] = Kind(FILE, COLUMNS, cast("Callable[[Iterable[Any]], Probationer]", Probationer._make))


@dataclass(frozen=True)
class Due:
    """Something to be done in probation, by a day."""

    what: str
    by: date
    done: bool
    by_law: bool


@dataclass(frozen=True)
class Tracked:
    """One appointee's probation as it stands on a day."""

    person_id: str
    row: int
    last_day: date | None
    days_left: int | None
    status: str
    due: tuple[Due, ...]
    development: tuple[str, ...]
    missing: tuple[str, ...]
    cautions: tuple[str, ...]
    #: How sure the last day is, and which it is by the other reading.
    doubt: Doubt


@dataclass(frozen=True)
class Tracker:
    """The probation file of an agency: its rows, and what is wrong with it."""

    rows: tuple[Probationer, ...]
    problems: tuple[Problem, ...]
    is_there: bool
    notes: tuple[str, ...] = ()

    def on(self, as_of: date) -> list[Tracked]:
        """Everyone whose row can be read, as their probation stands on a day; those who left or are not yet in, apart."""
        return [
            _tracked(row, row.person_id, row.appointed_on, as_of)
            for row in self.rows
            if row.person_id and row.appointed_on and not _has_come(row.left_on, row.appointed_on, as_of)
        ]

    def serves(self, person_id: str, on: date) -> bool | None:
        """Whether someone is on probation on a day; one who is not in the file is not, None where it cannot be determined."""
        row = next((row for row in self.rows if row.person_id == person_id), None)
        if row is None or _has_come(row.left_on, row.appointed_on, on):
            return False
        if row.appointed_on is None:
            return None
        last_day = _tracked(row, person_id, row.appointed_on, on).last_day
        return None if last_day is None else row.appointed_on <= on <= last_day


NONE = Tracker((), (), False)


def read(folder: str | Path, roster: Roster | None = None) -> Tracker:
    """Read `probation.csv` or `probation.xlsx` from an agency's folder; with a roster, check that its people are there."""
    place = Path(folder)
    there = any((place / f"{FILE}.{ending}").is_file() for ending in ("csv", "xlsx"))
    if not there:
        return NONE
    sheet: Sheet[Probationer] = Sheet(file=FILE)
    fill(sheet, place, KIND)
    wrong = [found for row in sheet.people for found in _out_of_order(row)]
    found = Tracker(tuple(sheet.people), _by_row([*sheet.problems, *wrong]), True, tuple(sheet.notes))
    return found if roster is None else beside(found, roster)


def beside(tracked: Tracker, roster: Roster) -> Tracker:
    """The same people, held against the roster: one who is not on it is a problem, and is called by the row where the number
    may be a name.
    """
    known = {person.person_id: person for person in roster.people}
    rows = tuple(
        row
        if row.person_id is None or row.person_id in known or told(row.person_id)
        else row._replace(person_id=f"row {row.row}")
        for row in tracked.rows
    )
    if not known:
        return replace(tracked, rows=rows)
    against = [found for row in tracked.rows if (found := _against(row, known))]
    return replace(tracked, rows=rows, problems=_by_row([*tracked.problems, *against]))


def _out_of_order(row: Probationer) -> Iterator[Problem]:
    """Days of a row that lie before the appointment, or a certification before the assessment that it rests on."""
    for name in ("transferred_on", "reviewed_on", "assessed_on", "certified_on", "left_on"):
        day = getattr(row, name)
        if _too_early(day, row.appointed_on):
            why = f"is before the appointment on {row.appointed_on}, and is not counted"
            yield Problem(row.row, name, str(day), why, "Correct the wrong one of the two.", file=FILE)
    if row.assessed_on and row.certified_on and row.certified_on < row.assessed_on:
        why = f"is before the assessment on {row.assessed_on}"
        yield Problem(
            row.row, "certified_on", str(row.certified_on), why, "Correct the wrong one of the two.", file=FILE
        )


def _by_row(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda one: one.row or 0))


def _against(row: Probationer, known: dict[str | None, Any]) -> Problem | None:
    if row.person_id is None:
        return None
    person = known.get(row.person_id)
    if person is None:
        if row.left_on:
            return None
        why = "is not in the roster"
        return Problem(row.row, "person_id", row.person_id, why, "Check the number, or note the day the person left.",
                       severity="warning", file=FILE)  # fmt: skip
    if person.appointment_type not in ("career", None):
        why = f"is {person.appointment_type} in the roster; only career appointees serve probation"
        return Problem(row.row, "person_id", row.person_id, why, "Correct the roster or remove the row.", file=FILE)
    return None


def _tracked(row: Probationer, person_id: str, appointed_on: date, as_of: date) -> Tracked:
    development = tuple(part.strip() for part in (row.development or "").split(";") if part.strip())
    assessed, certified = (_has_come(day, appointed_on, as_of) for day in (row.assessed_on, row.certified_on))
    try:
        asked = probation(
            as_of, appointed_on=appointed_on, department_of_defense=bool(row.department_of_defense),
            extended_to=row.extended_to, nonpay_days=row.nonpay_days or 0,
            military_or_injury_days=row.military_or_injury_days or 0, restored_without_break=row.restored,
            transferred_on=None if _too_early(row.transferred_on, appointed_on) else row.transferred_on, assessed=assessed, certified=certified, criterion=row.criterion,  # type: ignore[arg-type]
            development_covered=row.development_done,
        )  # fmt: skip
    except FactError as failure:
        return Tracked(person_id, row.row, None, None, "cannot tell", (), development, (str(failure),), (),
                       Doubt("cannot tell"))  # fmt: skip
    answer = asked.answer
    last_day = answer.last_day
    before = as_of < appointed_on
    status = "not yet appointed" if before else answer.status or "cannot tell"
    due = _due(row, appointed_on, last_day, as_of) if last_day else ()
    return Tracked(
        person_id, row.row, last_day, answer.days_left, status, due, development,
        tuple(answer.missing), asked.cautions, doubt.of(asked),
    )  # fmt: skip


def _has_come(day: date | None, appointed_on: date | None, as_of: date) -> bool:
    """Whether the day has come by the as-of date; one before the appointment does not count."""
    return bool(day and day <= as_of and not _too_early(day, appointed_on))


def _too_early(day: date | None, appointed_on: date | None) -> bool:
    return bool(day and appointed_on and day < appointed_on)


def _due(row: Probationer, appointed_on: date, last_day: date, as_of: date) -> tuple[Due, ...]:
    rule = "staffing.probation.tracker"
    plan = parameters.figure(rule, max(appointed_on, parameters.first_day(rule))).value
    review = add_months(appointed_on, plan["review_months"])
    assess = last_day - timedelta(days=plan["assess_before_days"])

    def past(day: date | None) -> bool:
        return _has_come(day, appointed_on, as_of)

    listed = [Due("progress review", review, past(row.reviewed_on) or past(row.assessed_on), False)]
    if row.criterion == "C" or row.development:
        listed.append(Due("development activities done and assessed", assess, bool(row.development_done), False))
    listed += [
        Due("final assessment", assess, past(row.assessed_on), False),
        Due("certification by the appointing authority", last_day, past(row.certified_on), True),
    ]
    return tuple(listed)


def overdue(tracked: Iterable[Tracked], as_of: date) -> list[tuple[str, Due]]:
    """What was due before a day and is not done."""
    return [(one.person_id, due) for one in tracked for due in one.due if not due.done and due.by < as_of]


def diary(tracked: Iterable[Tracked]) -> bytes:
    """Everything still to be done, as a calendar file."""
    planned, final = "A day chosen for planning; the law sets none.", "The last day of probation."
    entries = [
        calendar_file.CalendarEntry(
            due.by,
            f"SES probation {one.person_id}: {due.what}",
            f"{final if due.by_law else planned} {one.doubt.says}".rstrip(),
            f"{one.person_id} {due.what}",
        )
        for one in tracked
        for due in one.due
        if not due.done
    ]
    return calendar_file.write("SES probation", entries)
