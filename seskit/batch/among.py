"""What no two agencies of a run may have alike: their people. The wrong file in a folder looks right by itself.

Each person is known by a mark that tells nothing about them. Who shares most of them with another folder has an error,
at both; what has only the code of another folder is told.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import PurePath
from typing import TYPE_CHECKING

from seskit.desk.agency_in_batch import PEOPLE_IN, same_code, same_people
from seskit.record.finding import in_order

if TYPE_CHECKING:
    from seskit.batch.plan import AgencyInput

#: People of a roster who are compared, at most: those whose marks come first, so that two rosters are compared by the same.
_MOST = 4_000
#: Fewer people alike than these say nothing.
_FEWEST = 3


def marks(people: Iterable[tuple[object, ...]]) -> tuple[str, ...]:
    """A mark for each person, from which nothing about them can be read."""
    made = {hashlib.sha256(repr(person).encode("utf-8", "surrogatepass")).hexdigest()[:16] for person in people}
    return tuple(sorted(made)[:_MOST])


def compared(agencies: Sequence[AgencyInput]) -> list[AgencyInput]:
    """The agencies, each with what it has alike with another one among what needs attention about it."""
    rosters = _pairs(agencies, list(_same_people(agencies)))
    codes = _pairs(agencies, list(_same_code(agencies)))
    told = []
    for number, agency in enumerate(agencies):
        found = [same_people(agency.shown, agencies[other[0]].shown, other[1]) for other in rosters[number]]
        alike = tuple(agencies[other].shown for other, *_ in rosters[number])
        found += [
            same_code(agency.code, agencies[other].shown)
            for other, *_ in codes[number]
            if agencies[other].shown not in alike
        ]
        told.append(
            replace(agency, findings=tuple(in_order([*agency.findings, *found])), alike=alike) if found else agency
        )
    return told


def _pairs(agencies: Sequence[AgencyInput], found: Sequence[tuple[int, int, int]]) -> dict[int, list[tuple[int, int]]]:
    """For each agency the others, with how many people both have."""
    with_whom: dict[int, list[tuple[int, int]]] = {number: [] for number in range(len(agencies))}
    for one, other, many in found:
        with_whom[one].append((other, many))
        with_whom[other].append((one, many))
    return with_whom


def _same_people(agencies: Sequence[AgencyInput]) -> Iterator[tuple[int, int, int]]:
    """Every two agencies most of whose people, of the smaller one, are the other's; or whose files are the same."""
    having: dict[str, list[int]] = defaultdict(list)
    for number, agency in enumerate(agencies):
        for mark in agency.marks:
            having[mark].append(number)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for holders in having.values():
        for pair in combinations(holders, 2):
            shared[pair] += 1
    for (one, other), many in sorted(shared.items()):
        fewer = min(len(agencies[one].marks), len(agencies[other].marks))
        if (many >= _FEWEST and 2 * many > fewer) or _rosters(agencies[one]) & _rosters(agencies[other]):
            yield one, other, many


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
