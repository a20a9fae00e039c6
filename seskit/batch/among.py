"""What no two agencies of a run may have alike: their people. The wrong file in a folder looks right by itself.

Each person is known by a mark that tells nothing about them. Who shares most of them with another folder has an error,
at both; what has only the code of another folder is told.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import PurePath
from typing import TYPE_CHECKING

from seskit.desk.agency_in_batch import (
    PEOPLE_IN,
    department_of,
    same_code,
    same_department,
    same_people,
    same_people_another_year,
    same_person,
)
from seskit.record.finding import in_order

if TYPE_CHECKING:
    from seskit.batch.plan import AgencyInput

Shared = Mapping[tuple[int, int], int]
#: People of a roster who are compared, at most: those whose marks come first, so that two rosters are compared by the same.
_MOST = 4_000
#: Fewer people alike than these say nothing.
_FEWEST = 3
#: Where more folders than these have the same person, each is compared with the first of them alone.
_FOLDERS = 40


def marks(people: Iterable[tuple[object, ...]]) -> tuple[str, ...]:
    """A mark for each person, from which nothing about them can be read."""
    return tuple(sorted({mark(person) for person in people})[:_MOST])


def mark(person: tuple[object, ...]) -> str:
    """The mark of one person."""
    return hashlib.sha256(repr(person).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def compared(agencies: Sequence[AgencyInput]) -> list[AgencyInput]:
    """The agencies, each with what it has alike with another one among what needs attention about it."""
    shared = _shared(agencies)
    rosters = _pairs(agencies, list(_same_people(agencies, shared)))
    years = _pairs(agencies, list(_another_year(agencies, shared)))
    twice = _twice(agencies, shared)
    codes = _pairs(agencies, list(_same_code(agencies)))
    parts = Counter(map(_part, agencies))
    del parts["", None]
    told = []
    for number, agency in enumerate(agencies):
        found, alike = [], tuple(agencies[other].shown for other, _ in rosters[number])
        if alike:
            other, many = max(rosters[number], key=lambda pair: pair[1])
            found.append(same_people(agency.shown, agencies[other].shown, many, len(alike) - 1))
        if years[number] and not alike:
            other, many = max(years[number], key=lambda pair: pair[1])
            found.append(same_people_another_year(agency.shown, agencies[other].shown, many))
        found += [
            same_person(agency.shown, agencies[other].shown, rows)
            for other, rows in twice[number]
            if agencies[other].shown not in alike
        ]
        same = next((agencies[other] for other, _ in codes[number] if agencies[other].shown not in alike), None)
        found += [same_code(agency.code, same.shown)] if same else []
        found += [same_department(department_of(agency.title))] if parts[_part(agency)] > 1 else []
        told.append(
            replace(agency, findings=tuple(in_order([*agency.findings, *found])), alike=alike) if found else agency
        )
    return told


def _part(agency: AgencyInput) -> tuple[str, int | None]:
    """The department that an agency is a part of by its name, and the year; nothing where it is of none."""
    department = department_of(agency.title).casefold()
    return (department, agency.fiscal_year) if department else ("", None)


def _pairs(agencies: Sequence[AgencyInput], found: Sequence[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """For each agency the others, with how many people both have."""
    with_whom: dict[int, list[tuple[int, int]]] = {number: [] for number in range(len(agencies))}
    for one, other, many in found:
        with_whom[one].append((other, many))
        with_whom[other].append((one, many))
    return with_whom


def _shared(agencies: Sequence[AgencyInput]) -> dict[tuple[int, int], int]:
    """How many people every two agencies have alike; those that have none are left out."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, agency in enumerate(agencies):
        for one in agency.marks:
            having[one].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for holders in having.values():
        for pair in _compared(holders):
            shared[pair] += 1
    return dict(sorted(shared.items()))


def _same_people(agencies: Sequence[AgencyInput], shared: Shared) -> Iterator[tuple[int, int, int]]:
    """Every two agencies most of whose people, of the smaller one, are the other's; or whose files are the same.

    One agency has its people in two years; only the same file for both is told. Under another code, in another year, it
    may be renamed: what tells the wrong file is that most rows say the same.
    """
    for (one, other), many in shared.items():
        first, second = agencies[one], agencies[other]
        most = _most(many, first.marks, second.marks)
        if most and first.fiscal_year != second.fiscal_year:
            most = not _two_years(first, second) and _most(len({*first.rows} & {*second.rows}), first.rows, second.rows)
        if most or _rosters(first) & _rosters(second):
            yield one, other, many


def _another_year(agencies: Sequence[AgencyInput], shared: Shared) -> Iterator[tuple[int, int, int]]:
    """Every two agencies of two codes and years that have most of their people alike, as one that was renamed has."""
    for (one, other), many in shared.items():
        first, second = agencies[one], agencies[other]
        years = first.fiscal_year != second.fiscal_year and not _two_years(first, second)
        if years and _most(many, first.marks, second.marks):
            yield one, other, many


def _twice(agencies: Sequence[AgencyInput], shared: Shared) -> dict[int, list[tuple[int, list[int]]]]:
    """For each agency the others of its year on whose rolls some of its people were, too, and the rows of these people."""
    found: dict[int, list[tuple[int, list[int]]]] = {number: [] for number in range(len(agencies))}
    for one, other in shared:
        first, second = agencies[one], agencies[other]
        both = {*first.counted} & {*second.counted} if first.fiscal_year == second.fiscal_year else set()
        if both:
            found[one].append((other, sorted(first.counted[one_of] for one_of in both)))
            found[other].append((one, sorted(second.counted[one_of] for one_of in both)))
    return found


def _most(many: int, one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether so many alike are most of the smaller of two rosters."""
    return many >= _FEWEST and 2 * many > min(len(one), len(other))


def _compared(holders: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of those that have a person: all, or of very many each with the first."""
    return combinations(holders, 2) if len(holders) <= _FOLDERS else ((holders[0], one) for one in holders[1:])


def _two_years(one: AgencyInput, other: AgencyInput) -> bool:
    """Whether they are two years of one agency, by its code or, without a code, its name."""
    same = one.code.casefold() == other.code.casefold() if one.code or other.code else one.title == other.title
    return same and one.fiscal_year != other.fiscal_year


def _rosters(agency: AgencyInput) -> set[str]:
    return {digest for name, digest in agency.inputs.items() if PurePath(name).as_posix() in PEOPLE_IN}


def _same_code(agencies: Sequence[AgencyInput]) -> Iterator[tuple[int, int, int]]:
    """Every two agencies of one code and fiscal year."""
    by_code: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for number, agency in enumerate(agencies):
        if agency.code:
            by_code[agency.code.casefold(), agency.fiscal_year].append(number)
    for alike in by_code.values():
        yield from ((one, other, 0) for one, other in combinations(alike, 2))
