"""What the column `pay_adjustment` of a roster says: by how much each rate changed, up or down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from seskit.formats.privacy import shown
from seskit.law.facts import Unreadable, change
from seskit.record.problem import Problem
from seskit.record.roster.columns import Person, canonical
from seskit.record.roster.reader import Roster

COLUMN = "pay_adjustment"
_FIX = "Write the change of the yearly rate in dollars: 4300, -3700 for a decrease, 0 for none; blank if not known."
#: Far below any change of a yearly rate that is made, and about the size of a percentage.
_LEAST = 100


@dataclass(frozen=True)
class Changes:
    """The change of each person's rate, in the roster's order; None where blank or not to be read."""

    by_person: tuple[Decimal | None, ...]
    problems: tuple[Problem, ...] = ()
    #: Whether the roster has the column at all.
    given: bool = True


def changes(roster: Roster) -> Changes:
    """What the column says of everybody, and each cell that cannot be a change of a yearly rate."""
    cells = next((cells for name, cells in roster.extra.items() if canonical(name) == COLUMN), None)
    if cells is None:
        return Changes((None,) * len(roster.people), given=False)
    problems: list[Problem] = []
    read = tuple(_read(person, text.strip(), problems.append) for person, text in _beside(roster.people, cells))
    return Changes(read, tuple(problems))


def _beside(people: Sequence[Person], cells: Sequence[str]) -> list[tuple[Person, str]]:
    return [(person, cells[place] if place < len(cells) else "") for place, person in enumerate(people)]


def _read(person: Person, text: str, report: Callable[[Problem], None]) -> Decimal | None:
    if not text:
        return None
    try:
        read = change(text)
        _must_fit(read, person.basic_pay_period_end)
    except Unreadable as failure:
        report(Problem(person.row, COLUMN, shown(text), failure.reason, _FIX, "warning"))
        return None
    return read


def _must_fit(amount: Decimal, rate: Decimal | None) -> None:
    """Refuse what is the size of a percentage or of a whole rate."""
    if 0 < abs(amount) < _LEAST:
        raise Unreadable("is too small for a change of a yearly rate; it may be a percentage")
    if rate is not None and abs(amount) * 2 > rate:
        raise Unreadable("is more than half the rate itself; it may be the new rate")
