"""Rows that a person leaves out of one export, each by itself: for these rows and this fiscal year, and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from seskit.record.people_import.recipe import Recipe
from seskit.record.roster.heading_times import ReportDays

#: Why such a row is not on the roster.
WHY = "as you said of this export alone"
_NAMED = re.compile(r"row (\d+), number (.*)", re.DOTALL)


def row_named(number: int, person: str) -> str:
    """A row with the number of its person."""
    return f"row {number}, number {person}"


def place(named: str) -> int:
    """The number of a row that is named so."""
    return int(found[1]) if (found := _NAMED.fullmatch(named)) else 0


def key(report: ReportDays | None) -> str:
    """What leaving out is kept for."""
    return f"fiscal year {report.fiscal_year}; left out" if report else "left out"


def followed(used: Recipe, report: ReportDays | None, *, answered: bool = False) -> frozenset[str]:
    """The rows that are left out: none of another year's export, and with `answered` none that is not known to be of this one."""
    now = key(report)
    return frozenset(one for one in used.leave_out if used.answered.get(one, "" if answered else now) == now)


def asked(
    used: Recipe, people: Mapping[int, str], left: Collection[int], out: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Each row of somebody who was left out of another export, or in another row, and would be read; `people` are the numbers by row."""
    told = {one: found for one in used.leave_out if (found := _NAMED.fullmatch(one))}
    former = {found[2] for one, found in told.items() if one not in out or people.get(int(found[1])) != found[2]}
    for number, person in people.items():
        if person and person in former and number not in left:
            yield (
                row_named(number, person),
                "is of somebody who was left out of another export or row, and would be read",
            )
