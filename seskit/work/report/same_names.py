"""One name in several rows under different numbers: one person twice, who would be counted twice, or two people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from seskit.formats.counts import first_of
from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import Person, Roster

KEY: Literal["same names"] = "same names"
FIX = "Remove one row if it is one person. If they are two, say so under confirmed: same_names in agency.yaml."
_MOST = 8


def in_rows(roster: Roster, *, counted_twice: bool) -> list[tuple[int, ...]]:
    """The rows of each name that is in several; those that would count one person twice, or the others.

    A person would be counted twice in rows of one plan and component that have rates of one day; a last name alone may be several people's.
    """
    people: dict[str, list[Person]] = {}
    for person in roster.people:
        if name := spelled(person):
            people.setdefault(name, []).append(person)
    several = [(" " in name and _counted_twice(those), those) for name, those in people.items() if len(those) > 1]
    return [tuple(one.row for one in those) for twice, those in several if twice is counted_twice]


def spelled(person: Person) -> str:
    """The name as it is compared: without regard to capitals, commas and spaces."""
    return " ".join((person.name or "").lower().replace(",", " ").split())


def _counted_twice(people: Sequence[Person]) -> bool:
    places = [
        (one.plan, one.component, day)
        for one in people
        for day, rate in enumerate((one.basic_pay_fy_end, one.basic_pay_period_end))
        if rate is not None
    ]
    return len({*places}) < len(places)


def reason(twins: Sequence[Sequence[int]]) -> str:
    """What is said of these rows: numbers of rows alone, and no name."""
    listed = first_of(twins, _MOST, "; ", lambda rows: f"rows {', '.join(map(str, rows))}")
    if len(twins) == 1:
        return f"{listed} have the same name under different numbers"
    return f"{len(twins):,} names are each in several rows under different numbers: {listed}"


def problems(agency: Agency, roster: Roster) -> Iterator[Problem]:
    """One finding where somebody may be counted twice; a reason confirms that they are different people."""
    if twins := in_rows(roster, counted_twice=True):
        told = agency.confirmed.same_names
        fix = f"Confirmed in agency.yaml: {told}" if told else FIX
        yield Problem(None, "name", "", reason(twins), fix, "warning" if told else "error", key=KEY)
