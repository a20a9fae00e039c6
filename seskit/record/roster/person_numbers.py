"""By what somebody is known on the rosters of several folders: the number alone, whichever program has printed it."""

from __future__ import annotations

from seskit.formats.privacy import shown
from seskit.record.roster.columns import Person

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
