"""Groups of people who had left, by a heading that is not used, and still have a rate: what may be done about all of them."""

from __future__ import annotations

from collections.abc import Iterator

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.record.agency import Agency
from seskit.record.roster import Roster
from seskit.record.roster.readings import Reading
from seskit.work.corrections.grid import Grid
from seskit.work.corrections.groups import Offer, ProblemGroup, called, numbered
from seskit.work.report import left_before
from seskit.work.report.left_before import ROLLS, LeftBefore

_MOST_EXAMPLES = 4


def groups(agency: Agency, roster: Roster, grid: Grid) -> Iterator[ProblemGroup]:
    """One for each heading and the days it is about: not on the rolls, on the rolls all the same, or another meaning."""
    alike: dict[tuple[str, tuple[str, ...], str], list[LeftBefore]] = {}
    for one in left_before.found(agency, roster):
        key = (one.heading, tuple(column for column, _ in one.rates), left_before.said(one))
        alike.setdefault(key, []).append(one)
    for (heading, columns, days), people in alike.items():
        yield _group(heading, columns, days, people, grid)


def _group(heading: str, columns: tuple[str, ...], days: str, people: list[LeftBefore], grid: Grid) -> ProblemGroup:
    rows = tuple(one.row for one in people)
    held = next((cell.strip() for cell in grid.header if shown(cell.strip()) == shown(heading)), heading)
    name = f"{called(held, grid.header)}:{'-'.join(columns)}"
    many = number_of(len(rows), "person", "people")
    reason = f"'{shown(heading)}' says that {many} had left by {days}, and the roster has a rate for that day"
    them = f"{many} ({numbered(rows)})"
    blank = Offer(
        f"left:{name}:blank",
        f"'{shown(heading)}': {them}: not on the rolls on {days}; leave {' and '.join(columns)} of these rows blank?",
        _examples(people),
        cells=tuple((row, column, "") for row in rows for column in columns),
    )
    rolls = [ROLLS[column] for column in columns]
    stated = Offer(
        f"left:{name}:on-the-rolls",
        f"'{shown(heading)}': {them}: still on the rolls on {days}; write yes in {' and '.join(rolls)} of these rows?",
        cells=tuple((row, column, "yes") for row in rows for column in rolls),
    )
    other = Offer(
        f"left:{name}:unused",
        f"'{shown(heading)}' does not say when people left: leave the column unused, and all these people as they are?",
        readings=(Reading(kind="unused", heading=held),),
    )
    return ProblemGroup(
        f"left:{name}", reason, "Were they on the rolls that day?", tuple((row, column) for row in rows for column in columns),
        "error", (blank, stated, other), "people who had left", "rule",
    )  # fmt: skip


def _examples(people: list[LeftBefore]) -> tuple[tuple[str, str], ...]:
    days = dict.fromkeys(one.left.isoformat() for one in people)
    return tuple((day, "") for day in list(days)[:_MOST_EXAMPLES])
