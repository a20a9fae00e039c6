"""The tables: counts added up, percentages made again from the sums, small cells hidden over all tables at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from seskit.formats.small_cells import HIDDEN, SMALL_CELL, Sum, hide
from seskit.law.facts import FactError
from seskit.law.report.editions import edition
from seskit.record.agency import PATTERNS
from seskit.work.report.forms import APPOINTEES, LEVELS, Form
from seskit.work.rollup import by_level
from seskit.work.rollup.gather import AgencyForms

ALL = "All"
#: Where a count's name holds its agency; counts of other places are over all agencies.
AGENCY_PLACE = {"people": 2, "levels": 3, "awards": 2, "based": 2, "changed by": 2}
SCOPES = {"plan": "", "ig": "Inspector General offices, "}
Cell = int | Decimal | str | None


@dataclass(frozen=True)
class RollupTable:
    """Rows under a title; counts are whole numbers, amounts and percentages decimals, a hidden cell says so."""

    #: The reporting year it is about.
    year: int
    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


class Figures:
    """Everything that is counted for one year, by the place it has in the tables, and what adds up to what."""

    def __init__(self, parts: Sequence[AgencyForms]) -> None:
        """Count the plan forms of every agency and, apart, its Inspector General forms."""
        self.parts = parts
        self.counts: Counter[Hashable] = Counter()
        self.amounts: dict[Hashable, Decimal] = {}
        #: Counts of agencies on whose forms the box is filled; where it is blank, it is shown blank.
        self.filled: set[Hashable] = set()
        self.sums: list[Sum] = []
        for scope in SCOPES:
            for part in parts:
                for form in part.of(scope):
                    self._count(scope, part.agency, form)
        for scope in SCOPES:
            if self.agencies(scope):
                self._tie(scope)
        self.rest = self._tie_inspectors() | by_level.count(self)

    def _count(self, scope: str, agency: str, form: Form) -> None:
        for kind in APPOINTEES:
            self.counts[scope, "people", agency, kind] += form.appointees[kind]
        for level, row in form.ratings.items():
            for kind in APPOINTEES:
                self.counts[scope, "rated", form.pattern, str(level), kind] += row[kind]
            self.counts[scope, "levels", form.pattern, agency, str(level)] += sum(row.values())
        for place, number, amount in (
            ("awards", form.awards_number, form.paid_amount),
            ("based", form.aggregate and form.aggregate.number, form.aggregate and form.aggregate.total),
        ):
            self.counts[scope, place, agency] += number or 0
            if number is not None:
                self.filled |= {(scope, place, agency), (scope, place, ALL)}
            self.amounts[scope, place, agency] = self.amounts.get((scope, place, agency), Decimal(0)) + (amount or 0)
        if form.levels is not None:
            self.filled.add((scope, "percent", ALL))
        for level in LEVELS:
            self.counts[scope, "percent", str(level)] += (form.levels or {}).get(level, 0)

    def patterns(self, scope: str) -> list[str]:
        """The rating patterns in use."""
        return sorted({form.pattern for part in self.parts for form in part.of(scope)})

    def agencies(self, scope: str, pattern: str | None = None) -> list[str]:
        """The agencies with a form of a scope and pattern."""
        return [part.agency for part in self.parts if part.of(scope, pattern)]

    def _tie(self, scope: str) -> None:
        agencies = self.agencies(scope)
        self._cross((scope, "people"), agencies, APPOINTEES)
        for pattern in self.patterns(scope):
            levels = [str(level) for level in PATTERNS[pattern]]
            self._cross((scope, "rated", pattern), levels, APPOINTEES)
            self._cross((scope, "levels", pattern), self.agencies(scope, pattern), levels)
            for level in (*levels, ALL):
                one, other = (scope, "rated", pattern, level, ALL), (scope, "levels", pattern, ALL, level)
                if one in self.counts and other in self.counts:
                    self.sums.append(Sum(one, (other,)))
        for place in ("awards", "based"):
            filled = [(scope, place, agency) for agency in agencies if (scope, place, agency) in self.filled]
            self.add((scope, place, ALL), filled)
            self.amounts[scope, place, ALL] = sum(
                (self.amounts[scope, place, agency] for agency in agencies), Decimal(0)
            )
        self.add((scope, "percent", ALL), [(scope, "percent", str(level)) for level in LEVELS])
        self._equate((scope, "percent", ALL), (scope, "awards", ALL))
        for agency in agencies:
            if not self._blank((scope, "based", agency)):
                self._equate((scope, "based", agency), (scope, "people", agency, "career"))

    def _blank(self, key: tuple[Any, ...]) -> bool:
        """Whether a count stands for a box left blank: a reader sees that, so nothing is added and nothing hidden there."""
        return key[1] in ("awards", "based") and key not in self.filled

    def _equate(self, one: Hashable, other: Hashable) -> None:
        """Two counts of the same people, as the form itself says; where they differ, nothing follows from either."""
        if self.counts[one] == self.counts[other]:
            self.sums.append(Sum(one, (other,)))

    def _cross(self, head: tuple[Hashable, ...], down: Iterable[str], across: Iterable[str]) -> None:
        """A table with both margins."""
        rows, columns = [*down], [*across]
        for row in rows:
            self.add((*head, row, ALL), [(*head, row, column) for column in columns])
        for column in (*columns, ALL):
            self.add((*head, ALL, column), [(*head, row, column) for row in rows])
        self.sums.append(Sum((*head, ALL, ALL), tuple((*head, ALL, column) for column in columns)))

    def add(self, total: Hashable, parts: Sequence[Hashable]) -> None:
        """Count a total of parts, and note that it is one."""
        self.counts[total] = sum(self.counts[part] for part in parts)
        self.sums.append(Sum(total, tuple(parts)))

    def _tie_inspectors(self) -> set[Hashable]:
        """What is left of each count without the Inspector General offices: shown nowhere, but easily worked out."""
        rest: set[Hashable] = set()
        for key in [key for key in self.counts if isinstance(key, tuple) and key[0] == "ig"]:
            whole, other = ("plan", *key[1:]), ("rest", *key[1:])
            if whole in self.counts and not self._blank(key):
                self.counts[other] = self.counts[whole] - self.counts[key]
                self.sums.append(Sum(whole, (key, other)))
                rest.add(other)
        return rest

    def shown(self, least: int) -> dict[Hashable, int | str]:
        """Every count as it may be published."""
        return self.without(set(hide(self.counts, self.sums, least, unpublished=self.rest)))

    def without(self, hidden: Collection[Hashable]) -> dict[Hashable, int | str]:
        """Every count that is shown at all, these hidden."""
        return {key: HIDDEN if key in hidden else count for key, count in self.counts.items() if key not in self.rest}


def tables(
    parts: Sequence[AgencyForms], least: int = SMALL_CELL, hidden: Mapping[int, Collection[Hashable]] | None = None
) -> list[RollupTable]:
    """Every table of every reporting year; rating patterns are never mixed, Inspector General forms never added.

    `hidden` names the cells to hide in each year; without it each year is protected by itself.
    """
    if least < 1:
        raise FactError("The smallest number that may be shown must be 1 or more.")
    return [
        table
        for figures, shown, year, names in each_year(parts, least, hidden)
        for scope in SCOPES
        if figures.agencies(scope)
        for table in _of_scope(figures, shown, scope, year, names)
    ]


def each_year(
    parts: Sequence[AgencyForms], least: int, hidden: Mapping[int, Collection[Hashable]] | None
) -> Iterator[tuple[Figures, Mapping[Hashable, Any], int, dict[str, str]]]:
    """The figures of each reporting year, what of them may be published, the year, and the agencies' names."""
    for year in sorted({part.fiscal_year for part in parts}):
        figures = Figures([part for part in parts if part.fiscal_year == year])
        shown = figures.shown(least) if hidden is None else figures.without(hidden[year])
        yield figures, shown, year, {part.agency: part.title for part in figures.parts} | {ALL: "All agencies"}


def _of_scope(
    figures: Figures, shown: Mapping[Hashable, Any], scope: str, year: int, names: Mapping[str, str]
) -> Iterator[RollupTable]:
    prefix, agencies = f"FY {year}: {SCOPES[scope]}", [*figures.agencies(scope), ALL]
    kinds = [*APPOINTEES, ALL]
    key = f"fy{year}-{scope}"
    part_of = "A part of the agencies' own figures, never added to them." if scope == "ig" else ""
    yield RollupTable(
        year,
        f"{key}-people",
        f"{prefix}executives by agency and appointment type at the end of the appraisal period",
        ("Agency", "Career", "Noncareer", "Limited", "All"),
        tuple((names[a], *(shown[scope, "people", a, kind] for kind in kinds)) for a in agencies),
        part_of,
    )
    for pattern in figures.patterns(scope):
        yield from _ratings(figures, shown, scope, year, names, pattern, part_of)
    yield RollupTable(
        year, f"{key}-awards",
        f"{prefix}performance awards by agency",
        ("Agency", "Awards", "Amount", f"Career executives in {edition(year).named('base_pay')}", "Their basic pay", "Amount as percent of that pay",
         "Awards as percent of career executives"),
        tuple((names[agency], *_awards(figures, shown, scope, agency)) for agency in agencies),
        f"Percentages are made from the sums, never averaged. {part_of}".strip(),
    )  # fmt: skip
    yield RollupTable(
        year,
        f"{key}-percentages",
        f"{prefix}performance awards by percentage of basic pay",
        ("Percentage of basic pay", "Awards"),
        tuple(
            (level, shown[scope, "percent", level] if (scope, "percent", ALL) in figures.filled else None)
            for level in (*(str(n) for n in LEVELS), ALL)
        ),
        part_of,
    )


def _ratings(
    figures: Figures, shown: Mapping[Hashable, Any], scope: str, year: int, names: Mapping[str, str],
    pattern: str, part_of: str,
) -> Iterator[RollupTable]:  # fmt: skip
    """The final ratings of one rating pattern: by appointment type, and by agency."""
    kinds = [*APPOINTEES, ALL]
    levels = [*(str(level) for level in PATTERNS[pattern]), ALL]
    same = f"Levels of pattern {pattern} only: {', '.join(levels[:-1])}. {part_of}".strip()
    yield RollupTable(
        year,
        f"fy{year}-{scope}-ratings-{pattern}",
        f"FY {year}: {SCOPES[scope]}final ratings by level and appointment type, rating pattern {pattern}",
        ("Rating level", "Career", "Noncareer", "Limited", "All"),
        tuple((n, *(shown[scope, "rated", pattern, n, kind] for kind in kinds)) for n in levels),
        same,
    )
    yield RollupTable(
        year,
        f"fy{year}-{scope}-levels-{pattern}",
        f"FY {year}: {SCOPES[scope]}final ratings by agency and level, rating pattern {pattern}",
        ("Agency", *(f"Level {n}" for n in levels[:-1]), "All"),
        tuple(
            (names[a], *(shown[scope, "levels", pattern, a, n] for n in levels))
            for a in (*figures.agencies(scope, pattern), ALL)
        ),
        same,
    )


def _awards(figures: Figures, shown: Mapping[Hashable, Any], scope: str, agency: str) -> tuple[Cell, ...]:
    awards, based = shown[scope, "awards", agency], shown[scope, "based", agency]
    career = shown[scope, "people", agency, "career"]
    amount: Cell = HIDDEN if awards == HIDDEN else figures.amounts[scope, "awards", agency]
    pay: Cell = HIDDEN if based == HIDDEN else figures.amounts[scope, "based", agency]
    if awards != HIDDEN and (scope, "awards", agency) not in figures.filled:
        awards = amount = None
    if based != HIDDEN and (scope, "based", agency) not in figures.filled:
        based = pay = None
    return awards, amount, based, pay, _percent(amount, pay, "0.01"), _percent(awards, career, "0.1")


def _percent(part: Cell, whole: Cell, places: str) -> Cell:
    if isinstance(part, str) or isinstance(whole, str):
        return HIDDEN
    if not whole or part is None:
        return None
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal(places), ROUND_HALF_UP)
