"""The tables OPM publishes by rating level: awards and pay adjustments of the career executives, and by agency."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from seskit.formats.small_cells import HIDDEN
from seskit.record.agency import PATTERNS
from seskit.work.rollup.by_level import AWARDED, BY_AGENCY, CHANGED, RATES
from seskit.work.rollup.ratios import average, percent
from seskit.work.rollup.sums import ALL, Cell, Figures, RollupTable

_SCOPE = "plan"
_CAREER = "Career executives only; Presidential appointees who kept award eligibility are among them."
_KNOWN = "Only people whose adjustment the roster gives, 0 included; percentages are made from the sums."


def of_pattern(figures: Figures, shown: Mapping[Hashable, Any], year: int, pattern: str) -> Iterator[RollupTable]:
    """Awards and adjustments by level; none where an agency's file does not hold them."""
    if (_SCOPE, AWARDED, pattern, ALL) not in figures.counts:
        return
    levels = [*map(str, PATTERNS[pattern]), ALL]
    yield RollupTable(
        year, f"fy{year}-opm-award-levels-{pattern}",
        f"FY {year}: average performance award of career executives rated, by rating level, rating pattern {pattern}",
        ("Rating level", "Career rated", "With an award", "With an award, percent of career rated",
         "Average award per recipient", "Average award per career executive rated"),
        tuple((level, *_awards(figures, shown, pattern, level)) for level in levels),
        f"{_CAREER} The last average counts people without an award as zero.",
    )  # fmt: skip
    if (_SCOPE, CHANGED, pattern, ALL) in figures.filled:
        yield RollupTable(
            year, f"fy{year}-opm-adjustments-{pattern}",
            f"FY {year}: average pay adjustment of career executives rated, by rating level, rating pattern {pattern}",
            ("Rating level", "Career rated", "Adjustment known", "Average rate before",
             "Average pay adjustment", "Average pay adjustment, percent of the rate before"),
            tuple((level, *_changes(figures, shown, pattern, level)) for level in levels),
            f"{_CAREER} {_KNOWN}",
        )  # fmt: skip


def by_agency(
    figures: Figures, shown: Mapping[Hashable, Any], year: int, agencies: Sequence[tuple[str, str]]
) -> Iterator[RollupTable]:
    """Adjustments by agency, where any agency gives them; `agencies` are codes with the names to show."""
    if (_SCOPE, BY_AGENCY, ALL) in figures.filled:
        yield RollupTable(
            year, f"fy{year}-opm-adjustments",
            f"FY {year}: average pay adjustment of career executives rated, by agency",
            ("Agency", "Career rated, adjustment known", "Average rate before", "Average pay adjustment",
             "Average pay adjustment, percent of the rate before"),
            tuple((name, *_of_agency(figures, shown, agency)) for agency, name in agencies),
            f"{_CAREER} {_KNOWN} Agencies whose roster gives no adjustments are blank.",
        )  # fmt: skip


def _awards(figures: Figures, shown: Mapping[Hashable, Any], pattern: str, level: str) -> tuple[Cell, ...]:
    place = (_SCOPE, AWARDED, pattern, level)
    rated, awards, amount = _rated(shown, pattern, level), shown[place], figures.amounts[place]
    return (
        rated, awards, percent(awards, rated), average(amount, awards, shown_with=awards),
        average(amount, rated, shown_with=awards),
    )  # fmt: skip


def _changes(figures: Figures, shown: Mapping[Hashable, Any], pattern: str, level: str) -> tuple[Cell, ...]:
    place = (_SCOPE, CHANGED, pattern, level)
    known = shown[place]
    return (_rated(shown, pattern, level), known, *_averages(figures, known, place, (_SCOPE, RATES, pattern, level)))


def _of_agency(figures: Figures, shown: Mapping[Hashable, Any], agency: str) -> tuple[Cell, ...]:
    place = (_SCOPE, BY_AGENCY, agency)
    known = shown.get(place)
    if known != HIDDEN and place not in figures.filled:
        return None, None, None, None
    return (known, *_averages(figures, known, place, (_SCOPE, RATES, agency)))


def _averages(figures: Figures, known: Cell, changed: Hashable, rates: Hashable) -> tuple[Cell, ...]:
    """The average rate, the average change, and the change as a percentage of the rates; all hidden with their people."""
    if known == HIDDEN:
        return HIDDEN, HIDDEN, HIDDEN
    amount, before = figures.amounts[changed], figures.amounts[rates]
    return average(before, known, shown_with=known), average(amount, known, shown_with=known), percent(amount, before)


def _rated(shown: Mapping[Hashable, Any], pattern: str, level: str) -> Any:
    return shown[_SCOPE, "rated", pattern, level, "career"]
