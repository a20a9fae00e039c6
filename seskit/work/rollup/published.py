"""The tables OPM publishes, made from a batch: shares, averages and percentages, each with its population in its name.

They rest on the counts of the other tables as those are shown: where a count is hidden, so is all that is made of it.
Awards and pay adjustments by rating level stand beside the forms in an agency's file, because no form has them.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Any

from seskit.formats.small_cells import HIDDEN, SMALL_CELL
from seskit.law.report.editions import edition
from seskit.record.agency import PATTERNS
from seskit.work.rollup import published_by_level
from seskit.work.rollup.gather import AgencyForms
from seskit.work.rollup.ratios import average, percent
from seskit.work.rollup.sums import ALL, Cell, Figures, RollupTable, each_year

_SCOPE = "plan"
_WITH = "Presidential appointees who kept award eligibility are among the career executives."


def tables(
    parts: Sequence[AgencyForms], least: int = SMALL_CELL, hidden: Mapping[int, Collection[Hashable]] | None = None
) -> list[RollupTable]:
    """The tables of every reporting year; `hidden` names the cells to hide in each year, as for the sums."""
    return [table for of_year in each_year(parts, least, hidden) for table in _of_year(*of_year)]


def _of_year(
    figures: Figures, shown: Mapping[Hashable, Any], year: int, names: Mapping[str, str]
) -> Iterator[RollupTable]:
    for pattern in figures.patterns(_SCOPE):
        yield _by_level(shown, year, pattern)
        yield _at_the_top(figures, shown, year, pattern, names)
        yield from published_by_level.of_pattern(figures, shown, year, pattern)
    agencies, base = [*figures.agencies(_SCOPE), ALL], edition(year).named("base_pay")
    yield RollupTable(
        year, f"fy{year}-opm-awards",
        f"FY {year}: career executives at the end of the appraisal period who received a performance award, by agency",
        ("Agency", "Career executives", "With an award", "With an award, percent of career executives",
         "Average award per recipient"),
        tuple((names[agency], *_receiving(figures, shown, agency)) for agency in agencies),
        _WITH,
    )  # fmt: skip
    yield RollupTable(
        year,
        f"fy{year}-opm-average-award",
        f"FY {year}: average performance award, all agencies, by whom the amount is divided among",
        ("Divided among", "People", "Average award"),
        tuple(_averages(figures, shown)),
        "An average over recipients and one over everyone rated, with people without an award counted as zero, are not comparable.",
    )
    yield RollupTable(
        year,
        f"fy{year}-opm-pay",
        f"FY {year}: average rate of basic pay of the career executives in {base}, by agency",
        ("Agency", f"Career executives in {base}", "Average rate of basic pay"),
        tuple((names[agency], *_average_rate(figures, shown, agency)) for agency in agencies),
        _WITH,
    )
    yield from published_by_level.by_agency(figures, shown, year, [(agency, names[agency]) for agency in agencies])


def _by_level(shown: Mapping[Hashable, Any], year: int, pattern: str) -> RollupTable:
    rows = []
    for level in (*map(str, PATTERNS[pattern]), ALL):
        row: list[Cell] = [level]
        for kind in ("career", ALL):
            count, whole = shown[_SCOPE, "rated", pattern, level, kind], shown[_SCOPE, "rated", pattern, ALL, kind]
            row += [count, percent(count, whole)]
        rows.append(tuple(row))
    return RollupTable(
        year,
        f"fy{year}-opm-shares-{pattern}",
        f"FY {year}: share at each rating level of all executives rated, rating pattern {pattern}",
        ("Rating level", "Career rated", "Career rated, percent", "All rated", "All rated, percent"),
        tuple(rows),
        "These percentages leave out people without a rating.",
    )


def _at_the_top(
    figures: Figures, shown: Mapping[Hashable, Any], year: int, pattern: str, names: Mapping[str, str]
) -> RollupTable:
    top = str(max(PATTERNS[pattern]))
    rows = []
    for agency in (*figures.agencies(_SCOPE, pattern), ALL):
        count, whole = (shown[_SCOPE, "levels", pattern, agency, level] for level in (top, ALL))
        rows.append((names[agency], whole, count, percent(count, whole)))
    return RollupTable(
        year,
        f"fy{year}-opm-highest-{pattern}",
        f"FY {year}: executives at the highest rating level of all rated, by agency, rating pattern {pattern}",
        ("Agency", "All rated", f"At level {top}", f"At level {top}, percent of all rated"),
        tuple(rows),
        "Career, noncareer and limited appointees together; these percentages leave out people without a rating.",
    )


def _receiving(figures: Figures, shown: Mapping[Hashable, Any], agency: str) -> tuple[Cell, ...]:
    awards, career = shown[_SCOPE, "awards", agency], shown[_SCOPE, "people", agency, "career"]
    amount = figures.amounts[_SCOPE, "awards", agency]
    if awards != HIDDEN and (_SCOPE, "awards", agency) not in figures.filled:
        return career, None, None, None
    return career, awards, percent(awards, career), average(amount, awards, shown_with=awards)


def _averages(figures: Figures, shown: Mapping[Hashable, Any]) -> Iterator[tuple[Cell, ...]]:
    amount, awards = figures.amounts[_SCOPE, "awards", ALL], shown[_SCOPE, "awards", ALL]
    rated = [shown[_SCOPE, "rated", pattern, ALL, "career"] for pattern in figures.patterns(_SCOPE)]
    known: Cell = HIDDEN if HIDDEN in rated else sum(rated)
    for among, people in (
        ("Recipients", awards),
        ("Career executives rated", known),
        ("Career executives at the end of the appraisal period", shown[_SCOPE, "people", ALL, "career"]),
    ):
        yield among, people, average(amount, people, shown_with=awards)


def _average_rate(figures: Figures, shown: Mapping[Hashable, Any], agency: str) -> tuple[Cell, ...]:
    based = shown[_SCOPE, "based", agency]
    if based != HIDDEN and (_SCOPE, "based", agency) not in figures.filled:
        return None, None
    return based, average(figures.amounts[_SCOPE, "based", agency], based, shown_with=based)
