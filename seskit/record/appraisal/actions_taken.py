"""What followed from ratings in earlier years: `actions.csv` or `.xlsx`, one row for each thing that happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from seskit.law import facts
from seskit.record.problem import Problem, shortened
from seskit.record.roster import lists
from seskit.record.roster.columns import Column
from seskit.record.roster.person_numbers import strangers

FILE = "actions"
KINDS = (
    "award",
    "adjustment",
    "reduction",
    "development",
    "reassignment",
    "transfer",
    "removal",
    "retirement",
    "resignation",
)


class Taken(NamedTuple):
    """One thing that happened after the rating of a year."""

    kind: str | None
    on: date | None
    amount: Decimal | None


def _kind(text: str) -> str:
    return facts.one_of(text.strip().lower(), KINDS)


COLUMNS = (
    Column("person_id", str, "The agency's own number for the executive.", "Write the number on the roster.", required=True,
           needed_in_header=True),
    Column("year", facts.whole, "The year in which the rated period ended.", "Write the year.", required=True,
           needed_in_header=True),
    Column("kind", _kind, "What happened.", f"Write one of {', '.join(KINDS)}.", required=True, needed_in_header=True,
           choices=KINDS),
    Column("on", facts.day, "The day it happened.", "Write the date as year-month-day or month/day/year."),
    Column("amount", facts.money, "Dollars of an award or a change of pay.", "Write dollars."),
)  # fmt: skip


@dataclass(frozen=True)
class ActionsTaken:
    """Everything that happened, by person and year, and what is wrong with the file."""

    by_year: Mapping[tuple[str, int], list[Taken]]
    problems: tuple[Problem, ...]


def read(folder: str | Path, known: Iterable[str | None] = ()) -> ActionsTaken:
    """What the file of a folder holds; nothing where there is none. Who is not among those `known` is told of."""
    file = lists.find(Path(folder), FILE)
    found: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    if file is None:
        return ActionsTaken(found, ())
    listed = lists.read(file, COLUMNS)
    for record in listed.records:
        if record["person_id"] and record["year"]:
            found[record["person_id"], record["year"]].append(Taken(record["kind"], record["on"], record["amount"]))
    others = strangers(((one["row"], one["person_id"]) for one in listed.records), known, listed.name)
    return ActionsTaken(dict(found), tuple(shortened([*listed.problems, *others])))
