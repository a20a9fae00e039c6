"""One year's report against another's: counts, averages and shares, with small numbers hidden.

Nothing in it names or numbers a person. Shares and averages rest on counts that are shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.small_cells import HIDDEN, SMALL_CELL, Sum, hide
from seskit.formats.tables import Table
from seskit.law.facts import FactError, dollars
from seskit.law.report.editions import edition
from seskit.record.agency import PATTERNS, Agency
from seskit.record.roster import Roster
from seskit.work import report
from seskit.work.report.forms import APPOINTEES, Form
from seskit.work.report.package import ReportPackage

ALL = "all"
Cell = int | Decimal | str | None
Row = tuple[str, Cell, Cell, Cell]


@dataclass(frozen=True)
class ReportedYear:
    """An agency's report of one year, and the numbers of its people."""

    agency: Agency
    package: ReportPackage
    roster: Roster

    @property
    def plans(self) -> list[Form]:
        """Its plan forms: every person is on one of them at most."""
        return [form for form in self.package.forms if form.scope == "plan"]

    @property
    def name(self) -> str:
        """The year in words."""
        return f"FY {self.agency.fiscal_year}"


@dataclass(frozen=True)
class Compared:
    """Rows of two years and their difference, under a title; `money` and `percent` say what decimals are."""

    title: str
    rows: tuple[Row, ...]
    kind: str = "count"
    #: Whether its rows are the rating levels, so that they can be drawn.
    by_level: bool = False


@dataclass(frozen=True)
class Comparison:
    """Everything that is compared, and what to know before reading it."""

    agency: str
    this: str
    last: str
    tables: tuple[Compared, ...]
    notes: tuple[str, ...]

    def as_tables(self) -> list[Table]:
        """The tables as they are shown."""
        header = ("Compared", self.this, self.last, "Change")
        return [
            Table(one.title, header, tuple((row[0], *(_text(cell, one.kind) for cell in row[1:])) for row in one.rows))
            for one in self.tables
        ]

    def to_text(self) -> str:
        """The comparison as text."""
        head = f"{self.agency}: {self.this} against {self.last}"
        return "\n\n".join([head, *map(repr, self.as_tables()), "\n".join(self.notes)])

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain data: decimals as text, a hidden number as the word."""
        return {
            "agency": self.agency,
            "this": self.this,
            "last": self.last,
            "tables": [
                {"title": one.title, "kind": one.kind, "rows": [[_plain(cell) for cell in row] for row in one.rows]}
                for one in self.tables
            ],
            "notes": list(self.notes),
        }


def compare(this: str | Path, last: str | Path, least: int = SMALL_CELL) -> Comparison:
    """Compare the reports of two agency folders, the later year first."""
    if least < 1:
        raise FactError("The smallest number that may be shown must be 1 or more.")
    later, earlier = _open(this), _open(last)
    if later.agency.fiscal_year <= earlier.agency.fiscal_year:
        raise FactError(
            f"The first folder reports for {later.name}, the second for {earlier.name}: give the later first."
        )
    counts = _Counts()
    for year in (later, earlier):
        counts.count(year)
    counts.turnover(later, earlier)
    shown = counts.shown(least)
    tables = tuple(_tables(counts, shown, later, earlier))
    return Comparison(later.agency.name, later.name, earlier.name, tables, tuple(_notes(later, earlier, least)))


def _open(folder: str | Path) -> ReportedYear:
    opened = report.open_folder(folder)
    if opened.agency is None:
        raise FactError(f"'{Path(folder).name}' cannot be compared: {opened.problems[0]}")
    return ReportedYear(opened.agency, opened.complete(), opened.roster)


@dataclass
class _Counts:
    """Every count of both years, what adds up to what, and the amounts beside them."""

    counts: dict[Hashable, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    amounts: dict[Hashable, Decimal] = field(default_factory=dict)
    #: Counts that stand in no table but follow from those that do.
    besides: set[Hashable] = field(default_factory=set)

    def count(self, year: ReportedYear) -> None:
        """The people, ratings and awards of a year."""
        plans, name = year.plans, year.name
        for kind in APPOINTEES:
            self.counts[name, "people", kind] = sum(form.appointees[kind] for form in plans)
        self._add((name, "people", ALL), [(name, "people", kind) for kind in APPOINTEES])
        for pattern in _patterns(year):
            self._rated(name, pattern, [form for form in plans if form.pattern == pattern])
        totals = [(name, "rated", pattern, ALL) for pattern in _patterns(year)]
        self._rest((name, "people", ALL), totals, (name, "not rated"))
        self.counts[name, "awards"] = sum(form.awards_number or 0 for form in plans)
        self.amounts[name, "awards"] = sum((form.paid_amount or Decimal(0) for form in plans), Decimal(0))
        self._rest((name, "people", "career"), [(name, "awards")], (name, "no award"))
        based = [form.aggregate for form in plans if form.aggregate]
        self.counts[name, "based"] = sum(row.number for row in based)
        self.amounts[name, "based"] = sum((row.total for row in based), Decimal(0))
        if self.counts[name, "based"] == self.counts[name, "people", "career"]:
            # The same people on the same day, as in a roll-up: whoever sees one of the two has the other.
            self.sums.append(Sum((name, "people", "career"), ((name, "based"),)))
        else:
            self._rest((name, "people", "career"), [(name, "based")], (name, "not based"))
        self.amounts[name, "pool"] = sum((form.pool or Decimal(0) for form in plans), Decimal(0))
        self.counts[name, "rows"] = len(year.roster.people)
        self._rest((name, "rows"), [(name, "people", ALL)], (name, "not on the rolls"))

    def _rated(self, name: str, pattern: str, forms: Sequence[Form]) -> None:
        levels = PATTERNS[pattern]
        for level in levels:
            self.counts[name, "rated", pattern, level] = sum(sum(form.ratings[level].values()) for form in forms)
        self._add((name, "rated", pattern, ALL), [(name, "rated", pattern, level) for level in levels])

    def turnover(self, later: ReportedYear, earlier: ReportedYear) -> None:
        """How many are on both rosters, and on one only."""
        now = {person.person_id for person in later.roster.people if person.person_id}
        then = {person.person_id for person in earlier.roster.people if person.person_id}
        self.counts["stayed"], self.counts["new"], self.counts["left"] = (
            len(now & then),
            len(now - then),
            len(then - now),
        )
        for name, total, parts in (
            (later.name, len(now), ("stayed", "new")), (earlier.name, len(then), ("stayed", "left")),
        ):  # fmt: skip
            if total == self.counts[name, "rows"]:
                self.sums.append(Sum((name, "rows"), parts))

    def _add(self, total: Hashable, parts: Sequence[Hashable]) -> None:
        self.counts[total] = sum(self.counts[part] for part in parts)
        self.sums.append(Sum(total, tuple(parts)))

    def _rest(self, total: Hashable, parts: Sequence[Hashable], rest: Hashable) -> None:
        """What is left of a total: shown nowhere, but a subtraction away."""
        left = self.counts[total] - sum(self.counts[part] for part in parts)
        if left >= 0:
            self.counts[rest] = left
            self.besides.add(rest)
            self.sums.append(Sum(total, (*parts, rest)))

    def shown(self, least: int) -> dict[Hashable, int | str]:
        """Every count as it may be shown."""
        hidden = set(hide(self.counts, self.sums, least, unpublished=self.besides))
        return {key: HIDDEN if key in hidden else count for key, count in self.counts.items()}


def _tables(
    counts: _Counts, shown: Mapping[Any, int | str], later: ReportedYear, earlier: ReportedYear
) -> Iterator[Compared]:
    now, then = later.name, earlier.name

    def row(label: str, *place: Hashable) -> Row:
        return _changed(label, shown.get((now, *place)), shown.get((then, *place)))

    kinds = [*APPOINTEES, ALL]
    yield Compared(
        "Executives at the end of the appraisal period", tuple(row(kind.capitalize(), "people", kind) for kind in kinds)
    )
    yield Compared(
        "Rows of the rosters on both, and on one only",
        (
            ("On both", shown["stayed"], shown["stayed"], None),
            ("Only in the later year", shown["new"], None, None),
            ("Only in the earlier year", None, shown["left"], None),
        ),
    )
    for pattern in sorted({*_patterns(later), *_patterns(earlier)}):
        levels: list[Hashable] = [*PATTERNS[pattern], ALL]
        said = [f"Level {level}" if level != ALL else "All rated" for level in levels]
        yield Compared(
            f"Executives rated, pattern {pattern}",
            tuple(row(label, "rated", pattern, level) for label, level in zip(said, levels, strict=True)),
            by_level=True,
        )
        yield Compared(
            f"Share of all executives rated, pattern {pattern}",
            tuple(_shares(shown, now, then, pattern)),
            "percent",
        )
    base = _named("base_pay", later, earlier)
    yield Compared(
        f"Career executives with a performance award, and in {base}",
        (row("With an award", "awards"), row(f"In {base}", "based")),
    )
    pool = _named("pool", later, earlier)
    yield Compared("Awards, pay and pool", tuple(_amounts(counts, shown, now, then, base, pool)), "money")


def _named(holds: str, later: ReportedYear, earlier: ReportedYear) -> str:
    """An item by its number on the later form; with that on the earlier one, where it was another."""
    now, then = (edition(year.agency.fiscal_year).named(holds) for year in (later, earlier))
    return now if now == then else f"{now} ({then} of {earlier.name})"


def _shares(shown: Mapping[Any, int | str], now: str, then: str, pattern: str) -> Iterator[Row]:
    for level in PATTERNS[pattern]:
        values = [
            _part(shown.get((year, "rated", pattern, level)), shown.get((year, "rated", pattern, ALL)))
            for year in (now, then)
        ]
        yield _changed(f"Level {level}", *values)


def _amounts(
    counts: _Counts, shown: Mapping[Any, int | str], now: str, then: str, base: str, pool: str
) -> Iterator[Row]:
    for label, amount, people, average in (
        ("Amount of performance awards", "awards", "awards", False),
        ("Average award per recipient", "awards", "awards", True),
        (f"Basic pay of the career executives in {base}", "based", "based", False),
        (f"Average rate of basic pay in {base}", "based", "based", True),
        (f"Pools of {pool}, all plans", "pool", "based", False),
    ):
        values = []
        for year in (now, then):
            number = shown[year, people]
            total = counts.amounts[year, amount]
            values.append(_divided(total, number) if average else HIDDEN if number == HIDDEN else total)
        yield _changed(label, *values)


def _divided(total: Decimal, number: int | str) -> Cell:
    if isinstance(number, str):
        return HIDDEN
    return (total / number).quantize(Decimal(1), ROUND_HALF_UP) if number else None


def _part(part: int | str | None, whole: int | str | None) -> Cell:
    if isinstance(part, str) or isinstance(whole, str):
        return HIDDEN
    if part is None or not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _changed(label: str, now: Cell, then: Cell) -> Row:
    """A row with its change: hidden where either is, blank where one year has no such number."""
    if isinstance(now, str) or isinstance(then, str):
        return label, now, then, HIDDEN
    change: Cell = None if now is None or then is None else now - then
    return label, now, then, change


def _patterns(year: ReportedYear) -> list[str]:
    return sorted({form.pattern for form in year.plans})


def _notes(later: ReportedYear, earlier: ReportedYear, least: int) -> Iterator[str]:
    yield f"Numbers of fewer than {least} people are hidden, with enough others to keep them hidden."
    yield "A change of a share is in percentage points."
    for year in (later, earlier):
        if not year.package.final:
            yield f"{year.name} is a draft: {number_of(len(year.package.blocking), 'problem stands', 'problems stand')} in the way."
    if _patterns(later) != _patterns(earlier):
        yield "The rating patterns differ between the years: levels of different patterns do not compare."
    if later.agency.code != earlier.agency.code:
        yield f"The folders have different codes, {later.agency.code} and {earlier.agency.code}: check that it is one agency."
    if later.agency.fiscal_year - earlier.agency.fiscal_year > 1:
        yield "The two are more than one year apart."


def _text(cell: Cell, kind: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if kind == "money":
        return f"-{dollars(-cell)}" if cell < 0 else dollars(cell)
    return f"{cell}%" if kind == "percent" else f"{cell:,}"


def _plain(cell: Cell) -> Any:
    return str(cell) if isinstance(cell, Decimal) else cell
