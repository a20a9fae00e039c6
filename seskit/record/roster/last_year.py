"""Who was on the roster at the end of the year before: `last_year.csv`, kept so that nobody drops out without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.tables import as_csv
from seskit.record.problem import Problem
from seskit.record.roster import lists
from seskit.record.roster.columns import Column
from seskit.record.roster.person_numbers import bare, told

STEM = "last_year"
FILE = f"{STEM}.csv"
COLUMNS = (
    Column("person_id", str, "The agency's own number for the executive, as on the roster of the year before.",
           "Write the number on that roster.", required=True, needed_in_header=True),
    Column("gone", str, "Why the executive is not on this year's roster: retired, resigned, removed, moved to another "
           "agency, with the day.", "Write it in a few words."),
)  # fmt: skip


@dataclass(frozen=True)
class LastYear:
    """The rows by number, each with why its executive is gone, and what is wrong with the file."""

    file: str
    rows: dict[str, tuple[int, str | None]]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def gone(self) -> frozenset[str]:
        """The numbers of those of whom it says why they are gone."""
        return frozenset(number for number, (_, why) in self.rows.items() if why)


def of_last_year(folder: Path) -> LastYear | None:
    """Read last_year.csv or .xlsx from an agency's folder; None where there is none."""
    file = lists.find(folder, STEM)
    if file is None:
        return None
    listed = lists.read(file, COLUMNS)
    rows: dict[str, tuple[int, str | None]] = {}
    first: dict[str, int] = {}
    for record in listed.records:
        number, row = record["person_id"], record["row"]
        if not number:
            continue
        if (before := first.setdefault(bare(number), row)) != row:
            reason = f"is in row {before} already"
            listed.report(row, "person_id", told(number), reason, "Keep one of the two rows.")
            continue
        rows[number] = (row, record["gone"])
    return LastYear(file.name, rows, tuple(listed.problems), tuple(listed.notes))


def text(numbers: Iterable[str | None]) -> str:
    """The file of these people, before anybody is gone."""
    return as_csv([column.name for column in COLUMNS], ((number, None) for number in numbers if number))
