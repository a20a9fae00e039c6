"""The control of correspondence: `correspondence.csv` or `.xlsx`, one row for each paper that asks the agency for something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

from seskit.record.problem import Problem
from seskit.record.roster import lists
from seskit.record.roster.columns import a_day, column, columns_of

FILE = "correspondence"


class Paper(NamedTuple):
    """One paper under control; None where a cell is blank or could not be read."""

    row: int
    control: Annotated[
        str | None, column(str, "Control number of the paper.", "Give each paper its number.", needed=True)
    ]
    received_on: Annotated[date | None, a_day("The day it was logged.")]
    dated: Annotated[date | None, a_day("The day on the paper.")]
    from_office: Annotated[
        str | None, column(str, "The office that sent it; no names of persons.", "Write the office.")
    ]
    subject: Annotated[str | None, column(str, "What it is about.", "Write the subject.")]
    action: Annotated[str | None, column(str, "What is asked for.", "Write what is asked.")]
    action_office: Annotated[str | None, column(str, "The office that acts.", "Write the office.")]
    due_on: Annotated[date | None, a_day("The day the answer is due.")]
    answered_on: Annotated[date | None, a_day("The day it was answered.")]
    outcome: Annotated[str | None, column(str, "What became of it.", "Write what became of it.")]
    kept_in: Annotated[str | None, column(str, "Where paper and answer are kept.", "Write the place.")]


COLUMNS = tuple(columns_of(Paper).values())


def read(folder: str | Path) -> tuple[list[Paper], list[Problem]]:
    """Every paper under control, and what is wrong with the file; nothing where there is none."""
    file = lists.find(Path(folder), FILE)
    if file is None:
        return [], []
    listed = lists.read(file, COLUMNS)
    names = [column.name for column in COLUMNS]
    papers = [Paper(record["row"], *(record[name] for name in names)) for record in listed.records]
    problems, seen = list(listed.problems), set()
    for paper in papers:
        if paper.control in seen:
            reason = "is given twice"
            problems.append(
                Problem(paper.row, "control", paper.control or "", reason, "Give each paper its own number.", file=FILE)
            )
        seen.add(paper.control)
        problems += _out_of_order(paper)
    return papers, problems


def _out_of_order(paper: Paper) -> Iterator[Problem]:
    """A paper logged before the day on it, or answered before it was logged."""
    pairs = (
        ("received_on", paper.dated, "the day on the paper"),
        ("answered_on", paper.received_on, "the day it was logged"),
    )
    for name, first, what in pairs:
        day = getattr(paper, name)
        if day and first and day < first:
            yield Problem(paper.row, name, str(day), f"is before {first}, {what}", "Correct the wrong one of the two.",
                          severity="warning", file=FILE)  # fmt: skip
