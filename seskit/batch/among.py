"""What no two agencies of a run may have alike: the people of a roster. The wrong file in a folder looks right by itself.

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

from seskit.record.finding import Finding, in_order

if TYPE_CHECKING:
    from seskit.batch.plan import AgencyInput

ROSTER, CODE = RULES = ("same roster", "same code")
#: People of a roster who are compared, at most: those whose marks come first, so that two rosters are compared by the same.
_MOST = 4_000
#: Fewer people alike than these say nothing.
_FEWEST = 3
_FILES = ("roster.csv", "roster.xlsx", "roster.corrected.csv", "roster.corrected.xlsx")


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
        found = [_same_roster(agency, other, agencies[other[0]]) for other in rosters[number]]
        alike = tuple(agencies[other].shown for other, *_ in rosters[number])
        found += [
            _of_code(agency, agencies[other]) for other, *_ in codes[number] if agencies[other].shown not in alike
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
    return {digest for name, digest in agency.inputs.items() if PurePath(name).as_posix() in _FILES}


def _same_code(agencies: Sequence[AgencyInput]) -> Iterator[tuple[int, int, int]]:
    """Every two agencies of one code and fiscal year."""
    by_code: dict[tuple[str, int | None], list[int]] = defaultdict(list)
    for number, agency in enumerate(agencies):
        if agency.code:
            by_code[agency.code.casefold(), agency.fiscal_year].append(number)
    for alike in by_code.values():
        yield from ((one, other, 0) for one, other in combinations(alike, 2))


def _same_roster(agency: AgencyInput, alike: tuple[int, int], other: AgencyInput) -> Finding:
    people = "person is" if alike[1] == 1 else "people are"
    return Finding(
        "run", ROSTER, "error",
        f"{alike[1]:,} {people} on the roster of the folder {other.shown}, too, with the same numbers: one of the two has "
        "the wrong file, and neither goes into a roll-up.",
        f"Compare the rosters of {agency.shown} and {other.shown}, and put the right file into the folder that has the wrong one.",
        file="roster",
    )  # fmt: skip


def _of_code(agency: AgencyInput, other: AgencyInput) -> Finding:
    return Finding(
        "run", CODE, "warning",
        f"The folder {other.shown} has the same code, {agency.code}, and the same fiscal year.",
        "Look whether one of the two was copied; correct the code, or leave it if both report under it.",
        file="agency.yaml", column="code",
    )  # fmt: skip
