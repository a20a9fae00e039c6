"""Earlier ratings beside the roster: `history.csv`, one row for each executive and year.

The roster holds this year's rating and this list the years before, so that every reader takes both from one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from seskit.formats.privacy import shown
from seskit.law import facts
from seskit.record.problem import Problem, shortened
from seskit.record.roster import lists
from seskit.record.roster.columns import Column, Person
from seskit.record.roster.person_numbers import ZEROS, bare

STEM = "history"
COLUMNS = (
    Column("person_id", str, "The agency's own number for the executive, as on the roster.",
           "Write the number on the roster.", required=True, needed_in_header=True),
    Column("year", facts.whole, "The year in which the appraisal period ended.", "Write the year.", required=True,
           needed_in_header=True),
    Column("level", facts.rating_level, "The annual summary rating.", "Write a level from 1 to 5.", required=True,
           needed_in_header=True),
    Column("issued", facts.day, "The day the annual summary rating was issued.",
           "Write the date as year-month-day or month/day/year."),
)  # fmt: skip
#: How many years before the roster a rating can lie: a choice, longer than a career in the SES.
_LONGEST = 50


class Earlier(NamedTuple):
    """One rating of an earlier year; None where a cell is blank or could not be read."""

    row: int
    year: int | None
    level: int | None
    issued: date | None


@dataclass(frozen=True)
class History:
    """The earlier ratings by person_id, and what is wrong with the file they came from."""

    file: str
    ratings: Mapping[str, tuple[Earlier, ...]]
    #: How many rows the file has, those left aside among them.
    rows: int
    problems: tuple[Problem, ...] = ()
    usable: bool = True
    notes: tuple[str, ...] = ()

    def against(self, people: Collection[Person], ends: Mapping[str, date]) -> Iterator[Problem]:
        """Where the list says otherwise than the roster of the period that ends on these days, by plan."""
        for person in people:
            end = ends.get(person.plan or "")
            for one in self.ratings.get(person.person_id or "", ()):
                if end and one.year is not None:
                    yield from self._contradicted(person, one, end)

    def _contradicted(self, person: Person, one: Earlier, end: date) -> Iterator[Problem]:
        def wrong(column: str, value: object, reason: str, fix: str = "Correct the one that is wrong.") -> Problem:
            return Problem(one.row, column, str(value), reason, fix, file=self.file)

        if (one.year or 0) > end.year:
            yield wrong(
                "year", one.year, f"is after the period of the roster, which ends on {end}", "Correct the year."
            )
        elif (one.year or 0) < end.year - _LONGEST:
            yield wrong(
                "year", one.year, f"is over {_LONGEST} years before the period of the roster", "Correct the year."
            )
        elif is_this_years(one, end):
            if one.level is not None and one.level != person.rating:
                said = person.rating or "no rating"
                yield wrong("level", one.level, f"is not what the roster says for that year: {said}")
            if one.issued and person.rating_date and one.issued != person.rating_date:
                yield wrong("issued", one.issued, f"is not what the roster says: {person.rating_date}")
        elif one.issued and one.issued > end:
            reason = f"is after the period of the roster, which ends on {end}, and the rating is that of {one.year}"
            yield wrong("issued", one.issued, reason, "Correct the day or the year.")


def is_this_years(one: Earlier, period_end: date) -> bool:
    """Whether a row of the list is about the rating that the roster holds, and must not be counted twice."""
    return one.year == period_end.year and not (one.issued and one.issued <= period_end)


def read(folder: Path, people: Collection[Person], gone: Collection[str] = ()) -> History | None:
    """Read history.csv or history.xlsx from an agency's folder; None where there is none. The rows of those who are `gone`
    are left aside.
    """
    file = lists.find(folder, STEM)
    if file is None:
        return None
    listed = lists.read(file, COLUMNS)
    usable = not any(problem.row in (None, 1) for problem in listed.problems)
    known = {person.person_id for person in people}
    without_zeros = {bare(one) for one in known if one}
    ratings: dict[str, list[Earlier]] = defaultdict(list)
    for record in listed.records:
        who, one = record["person_id"], Earlier(record["row"], record["year"], record["level"], record["issued"])
        if who is None or (who in gone and who not in known):
            continue
        if who not in known:
            fix = (
                ZEROS if bare(who) in without_zeros else "Correct the number; leave the row if the executive has left."
            )
            listed.problems.append(
                Problem(one.row, "person_id", shown(who), "is not on the roster", fix, "warning", listed.name)
            )
            continue
        if one.year is not None and any(_same(one, other) for other in ratings[who]):
            listed.report(one.row, "year", one.year, "appears twice for this executive", "Keep one of the two rows.")
            continue
        if one.issued and one.year is not None and one.issued.year < one.year:
            reason = f"is before {one.year}, the year it is for"
            listed.report(one.row, "issued", one.issued, reason, "Correct the day or the year.")
            one = one._replace(issued=None)
        ratings[who].append(one)
    found = {who: tuple(rows) for who, rows in ratings.items()}
    return History(
        file.name, found, len(listed.records), tuple(shortened(listed.problems)), usable, tuple(listed.notes)
    )


def _same(one: Earlier, other: Earlier) -> bool:
    """Two rows for one year are one rating typed twice, unless their days differ: a cycle may change within a year."""
    return one.year == other.year and (one.issued == other.issued or None in (one.issued, other.issued))
