"""One name in several rows of an export under different numbers: one person twice, or two people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from seskit.record.people_import.recipe import Recipe
from seskit.record.roster.usual_headings import NAME_JOIN, PAYS

#: A name that has several numbers, these, and those among them that are of one office and day.
_Alike = tuple[str, tuple[str, ...], list[tuple[str, ...]]]


def asked(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe) -> list[tuple[str, ...]]:
    """The numbers of each name that would count twice: in rows of one plan and office that have a rate of the same day.

    A last name alone may be several people's. Where names are written the roster asks this itself.
    """
    return _twice(used, _several(heads, rows, used))


def noted(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe) -> list[tuple[str, ...]]:
    """The numbers of each other name in several rows: nobody would count twice, or the roster asks it."""
    found = list(_several(heads, rows, used))
    known = {*_twice(used, found)}
    return [numbers for _, numbers, twice in found if not known & {*twice}]


def _twice(used: Recipe, found: Iterable[_Alike]) -> list[tuple[str, ...]]:
    several = () if used.names else found
    return list(dict.fromkeys(numbers for name, _, twice in several if " " in name for numbers in twice))


def _several(heads: Sequence[str], rows: Sequence[Sequence[str]], used: Recipe) -> Iterator[_Alike]:
    at = {head: place for place, head in reversed(list(enumerate(heads)))}
    named = [at[head] for head in used.columns.get("name", "").split(NAME_JOIN) if head in at]
    person = at.get(used.columns.get("person_id", ""))
    pays = {at[used.columns[column]] for column in PAYS if used.columns.get(column) in at}
    by = [at[used.columns[column]] for column in ("plan", "component") if used.columns.get(column) in at]
    numbers: dict[str, dict[str, None]] = {}
    together: dict[str, dict[tuple[object, ...], dict[str, None]]] = {}
    for row in rows if named and person is not None else ():
        cells = [*row, *[""] * (len(heads) - len(row))]
        name = " ".join(" ".join(cells[place].replace(",", " ") for place in named).lower().split())
        if not name or not (number := cells[person or 0]):
            continue
        numbers.setdefault(name, {})[number] = None
        for pay in (place for place in pays if cells[place]):
            key = (pay, *(cells[place] for place in by))
            together.setdefault(name, {}).setdefault(key, {})[number] = None
    for name, held in numbers.items():
        if len(held) > 1:
            twice = [tuple(those) for those in together.get(name, {}).values() if len(those) > 1]
            yield name, tuple(held), twice
