"""One name in several rows under different numbers: one person twice, who would be counted twice, or two people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import Literal

from seskit.formats.counts import first_of
from seskit.record.agency import Agency
from seskit.record.problem import Problem, say_under
from seskit.record.roster import Person, Roster

KEY: Literal["same names"] = "same names"
FIX = f"Remove one row if it is one person. If they are two, say so {say_under('same_names')}."
_MOST = 8
_row, _name = attrgetter("row"), attrgetter("name")


def in_rows(roster: Roster, *, counted_twice: bool) -> list[tuple[int, ...]]:
    """The rows of each name that is in several; those that would count one person twice, or the others.

    A person would be counted twice in rows of one plan and component that have rates of one day; a last name alone may be several people's.
    """
    people: defaultdict[str, list[Person]] = defaultdict(list)
    names = _of_several(roster.people)
    for person, name in zip(compress(roster.people, names), filter(None, names), strict=True):
        people[name].append(person)
    return [
        tuple(map(_row, those))
        for name, those in people.items()
        if (" " in name and _counted_twice(those)) is counted_twice
    ]


def _of_several(people: Sequence[Person]) -> list[str | None]:
    """The name of everybody whose name somebody else has, else None; each way of writing a name is looked at once."""
    given = list(map(_name, people))
    names = {one: spelled(one) for one in dict.fromkeys(given)}
    written = list(map(names.__getitem__, given))
    several = {name: name for name, rows in Counter(written).items() if name and rows > 1}
    return list(map(several.get, written))


def spelled(name: str | None) -> str:
    """The name as it is compared: without regard to capitals, commas and spaces."""
    return " ".join((name or "").lower().replace(",", " ").split())


def _counted_twice(people: Sequence[Person]) -> bool:
    """Whether two rows have rates of one day in one plan and component."""
    met = set()
    for one in people:
        for day, rate in enumerate((one.basic_pay_fy_end, one.basic_pay_period_end)):
            place = one.plan, one.component, day
            if rate is not None and place in met:
                return True
            if rate is not None:
                met.add(place)
    return False


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
