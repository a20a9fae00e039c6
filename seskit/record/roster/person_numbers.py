"""By what somebody is known on the rosters of several folders: the number alone, whichever program has printed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from seskit.formats.privacy import shown
from seskit.record.problem import Problem
from seskit.record.roster.columns import Person

ZEROS = "Write the numbers with the zeros in front that the roster has; a spreadsheet takes them away."
_REST = Person._fields.index("name")


def bare(number: str) -> str:
    """A number of digits without the zeros in front, which a spreadsheet takes away and a payroll system prints."""
    return (number.lstrip("0") or "0") if number.isdigit() else number


def told(number: str | None) -> str:
    """A number as it may be said: what has no digit may be a name in the wrong column."""
    return shown(number) if number and any(map(str.isdigit, number)) else ""


def known_by(person: Person) -> tuple[object, ...]:
    """What tells a person from every other on the rosters of one run: number and name, without a name the rest of the row."""
    return bare(person.person_id or ""), person.name or person[_REST:]


def strangers(found: Iterable[tuple[int, str | None]], known: Iterable[str | None], file: str) -> Iterator[Problem]:
    """A warning for each row of a list about somebody who is not on the roster, where anybody is on it."""
    numbers = set(filter(None, known))
    without_zeros = {bare(one) for one in numbers}
    for row, who in found if numbers else ():
        if who and who not in numbers:
            fix = (
                ZEROS if bare(who) in without_zeros else "Correct the number; leave the row if the executive has left."
            )
            yield Problem(
                row, "person_id", told(who), "is not on the roster, and counts for nobody", fix, "warning", file
            )
