"""How ratings are spread, by component, appointment type and pay level, told so that nobody can be found out.

The tables share totals, so they are hidden together: what one hides the others do not give away. Pay level is shown of
career executives, as the report to OPM counts it; its table hangs on the career row of the appointment types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from seskit.formats.small_cells import HIDDEN, SMALL_CELL, TOTAL, Sum, hide, hide_small
from seskit.law.appraisal.distribution import rating_ceiling, top_levels
from seskit.law.facts import dollars
from seskit.law.rate_range import open_range_day, range_on
from seskit.law.rating_levels import LEVELS
from seskit.law.result import Result
from seskit.record.roster import Person

COLUMNS = (*map(str, LEVELS), TOTAL)
BY_COMPONENT, BY_TYPE, BY_PAY = "Component", "Appointment type", "Pay level, career"
CAREER, NOT_RECORDED = "career", "not recorded"
Key = tuple[str, str, str]


@dataclass(frozen=True)
class RatingTable:
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

    views: tuple[RatingTable, ...]
    modal: tuple[int, ...] | None
    awards: tuple[tuple[str, str, str], ...]
    adjustments: tuple[tuple[str, str, str], ...] = ()


def spread(
    people: Iterable[Person], ends: Mapping[str, date] | None = None, least: int = SMALL_CELL,
    adjusted: tuple[tuple[int, Decimal], ...] = (),
) -> Spread:  # fmt: skip
    """The ratings of these people in each view, small cells hidden, and the modal level.

    `ends` holds the last day of each plan's period; without it there is no view by pay level. `adjusted` are the
    performance adjustments by row of the roster.
    """
    rated = tuple(person for person in people if person.rating is not None)
    return _spread(rated, None if ends is None else tuple(ends.items()), least, adjusted)


@lru_cache(maxsize=8)
def _spread(
    rated: tuple[Person, ...], ends: tuple[tuple[str, date], ...] | None, least: int,
    adjusted: tuple[tuple[int, Decimal], ...],
) -> Spread:  # fmt: skip
    counts, sums = linked(rated, None if ends is None else dict(ends))
    levels = {level: sum(person.rating == level for person in rated) for level in LEVELS}
    margins = hide_small({str(level): count for level, count in levels.items()}, least)
    start = [("", TOTAL, level) for level, shown in margins.items() if shown == HIDDEN]
    hidden = set(hide(counts, sums, least, [*start, *_telling(counts, least)]))
    views = tuple(_view(title, counts, hidden) for title in dict.fromkeys(title for title, _, _ in counts if title))
    awards = [(person.rating, person.award) for person in rated]
    raised = [(person.rating, dict(adjusted).get(person.row)) for person in rated]
    averages = (tuple(_averages(each, hidden, least)) for each in (awards, raised))
    return Spread(views, _modal(levels, hidden), *averages)


def pay_level(person: Person, period_end: date | None) -> str:
    """The ES level while there were six, and since then the side of level III of the Executive Schedule."""
    if period_end is None or period_end < open_range_day():
        return f"ES-{person.es_level}" if person.es_level else NOT_RECORDED
    if person.basic_pay_period_end is None:
        return NOT_RECORDED
    over = person.basic_pay_period_end > range_on(period_end).uncertified
    return "above level III" if over else "up to level III"


def linked(rated: Sequence[Person], ends: Mapping[str, date] | None) -> tuple[dict[Key, int], list[Sum]]:
    """The counts of all tables, and every sum that ties them: rows, levels, and what each table hangs on."""
    career = [person for person in rated if person.appointment_type == CAREER] if ends is not None else []
    tables = {
        BY_COMPONENT: Counter((person.component or NOT_RECORDED, str(person.rating)) for person in rated),
        BY_TYPE: Counter(((person.appointment_type or NOT_RECORDED).replace("_", " "), str(person.rating)) for person in rated),
        BY_PAY: Counter((pay_level(one, (ends or {}).get(one.plan or "")), str(one.rating)) for one in career),
    }  # fmt: skip
    counts: dict[Key, int] = {}
    sums: list[Sum] = []
    for title, found in tables.items():
        rows = sorted({row for row, _ in found})
        for row in rows:
            counts |= {(title, row, level): found[row, level] for level in COLUMNS[:-1]}
            counts[title, row, TOTAL] = sum(found[row, level] for level in COLUMNS)
            sums.append(_across(title, row))
        if rows:
            sums += [Sum((*_whole(title), column), tuple((title, row, column) for row in rows)) for column in COLUMNS]
    counts |= {("", TOTAL, level): sum(str(person.rating) == level for person in rated) for level in COLUMNS[:-1]}
    counts["", TOTAL, TOTAL] = len(rated)
    return counts, [*sums, _across("", TOTAL)]


def _across(title: str, row: str) -> Sum:
    return Sum((title, row, TOTAL), tuple((title, row, level) for level in COLUMNS[:-1]))


def _whole(title: str) -> tuple[str, str]:
    """The row that the rows of a view add up to: all people or, by pay level, the career row of the types."""
    return (BY_TYPE, CAREER) if title == BY_PAY else ("", TOTAL)


def _telling(counts: Mapping[Key, int], least: int) -> Iterable[Key]:
    """Every level of a row so small, or so alike, that its empty levels would tell its people's ratings."""
    for title, row, column in counts:
        if title and column == TOTAL:
            across = [(title, row, level) for level in COLUMNS[:-1]]
            alike = sum(counts[key] > 0 for key in across) == 1
            if counts[title, row, TOTAL] < least or alike:
                yield from across


def _view(title: str, counts: Mapping[Key, int], hidden: set[Key]) -> RatingTable:
    def row(*place: str) -> tuple[str, ...]:
        keys = [(place[0], place[1], column) for column in COLUMNS]
        return tuple(HIDDEN if key in hidden else str(counts[key]) for key in keys)

    names = dict.fromkeys(name for view, name, _ in counts if view == title)
    return RatingTable(title, (*((name, *row(title, name)) for name in names), ("All", *row(*_whole(title)))))


def _modal(levels: dict[int, int], hidden: set[Key]) -> tuple[int, ...] | None:
    """The level or levels most people have; None where that cannot be said without telling a hidden count."""
    most = max(levels.values(), default=0)
    found = tuple(level for level, count in levels.items() if count == most and most)
    return None if not found or any(("", TOTAL, str(level)) in hidden for level in found) else found


def _averages(
    paid: Sequence[tuple[int | None, Decimal | None]], hidden: set[Key], least: int
) -> Iterable[tuple[str, str, str]]:
    """Average amount by level, in whole hundreds of dollars, where enough people share it and the level is shown."""
    for level in LEVELS:
        amounts = [amount for rating, amount in paid if rating == level and amount is not None]
        if ("", TOTAL, str(level)) in hidden or 0 < len(amounts) < least:
            yield f"Level {level}", HIDDEN, HIDDEN
        elif amounts:
            mean = (sum(amounts, Decimal(0)) / len(amounts)).quantize(Decimal(100).normalize(), ROUND_HALF_UP)
            without = sum(rating == level for rating, _ in paid) - len(amounts)
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
        period_end, career_rated=len(rated), career_high=sum(person.rating in top_levels() for person in rated),
        career_members=len(career),
        noncareer_rated=_rated(listed, "noncareer"),
        limited_rated=_rated(listed, "limited_term") + _rated(listed, "limited_emergency"),
        inspector_general=inspector_general, waived=waived,
    )  # fmt: skip


def _rated(people: Sequence[Person], kind: str) -> int:
    return sum(person.appointment_type == kind and person.rating is not None for person in people)
