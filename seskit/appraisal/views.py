"""How ratings are spread, by component and appointment type, told so that nobody can be found out.

The two tables share their totals by level, so they are hidden together: what one hides the other does not give away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from seskit.appraisal.distribution import rating_ceiling
from seskit.facts import dollars
from seskit.privacy import HIDDEN, SMALL_CELL, TOTAL, Cell, hide, hide_small
from seskit.result import Result
from seskit.roster import Person

LEVELS = (1, 2, 3, 4, 5)
BY_COMPONENT, BY_TYPE = "Component", "Appointment type"
Key = tuple[str, str, str]


@dataclass(frozen=True)
class View:
    """One table as it may be shown: rows by level with totals, hidden cells as the word."""

    title: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The column heads."""
        return (self.title, *(f"Level {level}" for level in LEVELS), "All")


@dataclass(frozen=True)
class Spread:
    """Everything about the spread of ratings that may be shown."""

    views: tuple[View, ...]
    modal: tuple[int, ...] | None
    awards: tuple[tuple[str, str, str], ...]


def spread(people: Iterable[Person], least: int = SMALL_CELL) -> Spread:
    """The ratings of these people by component and by appointment type, small cells hidden, and the modal level."""
    rated = [person for person in people if person.rating is not None]
    cells = linked(rated)
    levels = {level: sum(person.rating == level for person in rated) for level in LEVELS}
    margins = hide_small({str(level): count for level, count in levels.items()}, least)
    start = [("", TOTAL, level) for level, shown in margins.items() if shown == HIDDEN]
    hidden = set(hide(cells, least, [*start, *_telling(cells, least)]))
    views = tuple(_view(title, cells, hidden) for title in (BY_COMPONENT, BY_TYPE))
    return Spread(views, _modal(levels, hidden), tuple(_awards(rated, hidden, least)))


def linked(rated: Sequence[Person]) -> dict[Key, Cell]:
    """Both tables as one flow: all people, to components, to levels, to appointment types, to all people."""
    first = Counter((person.component or "not told", str(person.rating)) for person in rated)
    second = Counter(
        ((person.appointment_type or "not told").replace("_", " "), str(person.rating)) for person in rated
    )
    cells: dict[Key, Cell] = {}
    for title, counts in ((BY_COMPONENT, first), (BY_TYPE, second)):
        for row in sorted({row for row, _ in counts}):
            ends = [("all", title), (title, row)]
            for level in map(str, LEVELS):
                way = [(title, row), ("level", title, level)]
                cells[title, row, level] = _cell(counts[row, level], way, title)
            total = sum(counts[row, str(level)] for level in LEVELS)
            cells[title, row, TOTAL] = _cell(total, ends, title, is_total=True)
    for level in map(str, LEVELS):
        count = sum(number for (_, rated_at), number in first.items() if rated_at == level)
        cells["", TOTAL, level] = Cell(count, ("level", BY_COMPONENT, level), ("level", BY_TYPE, level), is_total=True)
    cells["", TOTAL, TOTAL] = Cell(len(rated), ("all", BY_TYPE), ("all", BY_COMPONENT), is_total=True)
    return cells


def _telling(cells: dict[Key, Cell], least: int) -> Iterable[Key]:
    """Every level of a row so small, or so alike, that its empty levels would tell its people's ratings."""
    for title, row, column in cells:
        if title and column == TOTAL:
            across = [(title, row, str(level)) for level in LEVELS]
            alike = sum(cells[key].count > 0 for key in across) == 1
            if cells[title, row, TOTAL].count < least or alike:
                yield from across


def _cell(count: int, way: list[Any], title: str, *, is_total: bool = False) -> Cell:
    """A cell of the first table flows forward, one of the second backward, so that both meet at the levels."""
    source, target = way if title == BY_COMPONENT else way[::-1]
    return Cell(count, source, target, is_total)


def _view(title: str, cells: dict[Key, Cell], hidden: set[Key]) -> View:
    names = list(dict.fromkeys(row for view, row, _ in cells if view == title))
    columns = [*map(str, LEVELS), TOTAL]

    def row(view: str, name: str) -> tuple[str, ...]:
        keys = [(view, name, column) for column in columns]
        return tuple(HIDDEN if key in hidden else str(cells[key].count) for key in keys)

    listed = [(name, *row(title, name)) for name in names]
    return View(title, (*listed, ("All", *row("", TOTAL))))


def _modal(levels: dict[int, int], hidden: set[Key]) -> tuple[int, ...] | None:
    """The level or levels most people have; None where that cannot be said without telling a hidden count."""
    most = max(levels.values(), default=0)
    found = tuple(level for level, count in levels.items() if count == most and most)
    return None if not found or any(("", TOTAL, str(level)) in hidden for level in found) else found


def _awards(rated: Sequence[Person], hidden: set[Key], least: int) -> Iterable[tuple[str, str, str]]:
    """Average award by level, in whole hundreds of dollars, where enough people share it and the level is shown."""
    for level in LEVELS:
        amounts = [person.award for person in rated if person.rating == level and person.award is not None]
        if ("", TOTAL, str(level)) in hidden or 0 < len(amounts) < least:
            yield f"Level {level}", HIDDEN, HIDDEN
        elif amounts:
            mean = (sum(amounts, Decimal(0)) / len(amounts)).quantize(Decimal(100).normalize(), ROUND_HALF_UP)
            without = sum(person.rating == level for person in rated) - len(amounts)
            yield f"Level {level}", HIDDEN if 0 < without < least else str(len(amounts)), dollars(mean)
        else:
            yield f"Level {level}", "0", "none"


def ceiling(
    people: Iterable[Person], period_end: Any, *, inspector_general: bool = False, waived: bool = False
) -> Result:
    """The ceiling on Levels 4 and 5, or the ban before it, asked with the counts of these people."""
    listed = list(people)
    career = [person for person in listed if person.appointment_type == "career"]
    rated = [person for person in career if person.rating is not None]
    return rating_ceiling(
        period_end, career_rated=len(rated), career_high=sum((person.rating or 0) >= 4 for person in rated),
        career_members=len(career),
        noncareer_rated=_rated(listed, "noncareer"),
        limited_rated=_rated(listed, "limited_term") + _rated(listed, "limited_emergency"),
        inspector_general=inspector_general, waived=waived,
    )  # fmt: skip


def _rated(people: Sequence[Person], kind: str) -> int:
    return sum(person.appointment_type == kind and person.rating is not None for person in people)
