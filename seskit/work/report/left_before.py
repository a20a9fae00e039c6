"""Who left before a day that counts and still has a rate for it, by a heading that is not used: were they on the rolls?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from seskit.formats.days import long_date
from seskit.formats.privacy import shown
from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import Person, Roster, leaving_headings
from seskit.record.roster.columns import canonical
from seskit.work.report.forms import base_day

#: The rate of a day, and the column that states whether the person was on the rolls on it.
ROLLS = {"basic_pay_fy_end": "on_rolls_fy_end", "basic_pay_period_end": "on_rolls_period_end"}


@dataclass(frozen=True)
class LeftBefore:
    """One person with a rate for days on or before which a column says that the person left."""

    heading: str
    row: int
    left: date
    #: The rates in question with the days they are for.
    rates: tuple[tuple[str, date], ...]


def found(agency: Agency, roster: Roster) -> Iterator[LeftBefore]:
    """Each of them, but for headings that a person said are not used, and for rows that state it themselves."""
    dates = _dates(roster)
    if not dates:
        return
    counted = {
        plan.id: {"basic_pay_fy_end": base_day(plan), "basic_pay_period_end": plan.period_end} for plan in agency.plans
    }
    rates = [_rates(person, counted.get(person.plan or "", {})) for person in roster.people]
    rated = [[*dict.fromkeys(day for _, day in each)] for each in rates]
    for heading, told in dates.items():
        for place, since in leaving_headings.left_by(told, rated).items():
            doubtful = tuple(one for one in rates[place] if one[1] in since)
            yield LeftBefore(heading, roster.people[place].row, told[place] or since[0], doubtful)


def days(roster: Roster) -> list[list[date | None]]:
    """The days on which people left, person by person, of each column that tells them."""
    return [*_dates(roster).values()]


def _dates(roster: Roster) -> dict[str, list[date | None]]:
    open_ones = {name: cells for name, cells in roster.extra.items() if canonical(name) not in roster.not_used}
    return leaving_headings.of_people(open_ones, len(roster.people))


def _rates(person: Person, counted: dict[str, date | None]) -> list[tuple[str, date]]:
    """The rates of a person with the days they are for, where the row does not state itself whether the person was on the rolls."""
    return [
        (column, day)
        for column, day in counted.items()
        if day and getattr(person, column) is not None and getattr(person, ROLLS[column]) is None
    ]


def problems(agency: Agency, roster: Roster) -> Iterator[Problem]:
    """An error for each until somebody says: the form counts the person."""
    for one in found(agency, roster):
        columns = [column for column, _ in one.rates]
        reason = f"'{shown(one.heading)}' says that the person had left by {said(one)}, and the roster has a rate for that day"
        rolls = " and ".join(ROLLS[column] for column in columns)
        fix = (
            f"Were they on the rolls that day? If not, leave {' and '.join(columns)} blank; if they were, write yes in {rolls}. "
            "If the column means something else, confirm that it is not used."
        )
        yield Problem(one.row, one.heading, one.left.isoformat(), reason, fix, key="left before")


def said(one: LeftBefore) -> str:
    """The days in question, in words."""
    return " and ".join(dict.fromkeys(long_date(day) for _, day in one.rates))
