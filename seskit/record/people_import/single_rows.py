"""Rows that a person leaves out of one export, each by itself: for these rows and this fiscal year, and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256

from seskit.record.people_import.recipe import Recipe
from seskit.record.roster.heading_times import ReportDays
from seskit.record.roster.person_numbers import bare

#: Why such a row is not on the roster.
WHY = "as you said of this export alone"
#: Up to so many rows of a question are offered one by one.
FEW = 5
_MARK, _LETTERS = 12, str.maketrans("0123456789", "ghijklmnop")
_NAMED = re.compile(r"row (\d+), number (.*)", re.DOTALL)


def row_named(number: int, person: str) -> str:
    """A row with the number of its person."""
    return f"row {number}, number {person}"


def place(named: str) -> int:
    """The number of a row that is named so."""
    return int(found[1]) if (found := _NAMED.fullmatch(named)) else 0


def named(body: Sequence[tuple[int, Sequence[str]]], heads: Sequence[str], person: str) -> dict[str, Sequence[str]]:
    """The rows of a table by their names; `person` is the heading of the numbers of people."""
    at = list(heads).index(person) if person in heads else len(heads)
    return {row_named(number, row[at] if at < len(row) else ""): row for number, row in body}


def keys(named: Mapping[str, Sequence[str]], report: ReportDays | None) -> dict[str, str]:
    """For each row what leaving it out is kept for: the fiscal year, and a mark of what the row holds, in letters alone."""
    year = f"fiscal year {report.fiscal_year}; " if report else ""
    marks = {one: sha256("\n".join(row).encode()).hexdigest()[:_MARK].translate(_LETTERS) for one, row in named.items()}
    return {one: f"{year}left out; {mark}" for one, mark in marks.items()}


def followed(used: Recipe, now: Mapping[str, str], *, answered: bool) -> frozenset[str]:
    """The rows that are left out: none of another export or year, and with `answered` none that is not known to be of this one."""
    return frozenset(
        one for one in used.leave_out if one in now and used.answered.get(one, "" if answered else now[one]) == now[one]
    )


def asked(
    used: Recipe, people: Mapping[int, str], left: Collection[int], out: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Each row of somebody who was left out of another export, or in another row, and would be read; `people` are the numbers by row."""
    former = {bare(found[2]) for one in used.leave_out if one not in out and (found := _NAMED.fullmatch(one))}
    for number, person in people.items():
        if person and bare(person) in former and number not in left:
            yield (
                row_named(number, person),
                "is of somebody who was left out of another export or row, and would be read",
            )
