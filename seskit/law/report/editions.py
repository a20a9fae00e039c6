"""The editions of OPM Forms 1558 and 1558A and of the Supplementary: each is a file, in force from its first day to the next.

Paper, page, workbook, reading back and proof take their words, heads and items from the edition of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

from seskit.formats import strict_yaml
from seskit.formats.refusals import FactError
from seskit.law.clocks import fiscal_year_end
from seskit.law.report.box_formulas import BoxFormula

FOLDER = Path(__file__).parents[1] / "rules" / "form_1558"
SUPPLEMENTARY = Path(__file__).parents[1] / "rules" / "supplementary"
#: What an edition holds, each in one item. Everywhere inside an item goes by this name; its number is what is printed.
HOLDS = ("agency", "period", "paid_in", "base_pay", "pool", "paid", "levels", "awards", "appointees", "ratings")
#: Items short enough to stand side by side, and those of them that leave room for others to their right.
_NARROW, _LEFT = ("agency", "period", "paid_in"), ("agency", "paid_in")


@dataclass(frozen=True)
class Item:
    """One item: what is printed, how its value is made, what it ties to; for an added one the formula of its value."""

    number: str
    words: str
    #: What it holds, of `HOLDS`; empty for an added one.
    holds: str
    #: The item to the right of which it stands; below the former one or at the full width where it is empty.
    beside: str
    made: str
    ties: str
    #: What makes the value of an added one.
    formula: BoxFormula | None

    @property
    def label(self) -> str:
        """The number and the words, as printed."""
        return f"{self.number}. {self.words}"

    @property
    def key(self) -> str:
        """What it holds; of an added item its number, which no other item has."""
        return self.holds or self.number


@dataclass(frozen=True, repr=False)
class Edition:
    """One edition of the form: where it comes from, what is printed, and the one place that knows an item's number."""

    first_day: date
    source: str
    confidence: str
    checked: date
    heading: str
    basis: Mapping[str, str]
    #: The number of the form itself.
    number: str
    imprint: tuple[str, str]
    heads: Mapping[str, tuple[str, ...]]
    #: What the rows are called that are no pay rate and no level, and the columns of appointees.
    rows: Mapping[str, str]
    columns: Mapping[str, str]
    #: The words before the first and the last day of the period, and what marks the highest rating.
    period: tuple[str, str]
    mark: str
    base_line: str
    awards_line: str
    #: Every item in the order in which they are printed.
    items: tuple[Item, ...]

    def __repr__(self) -> str:
        return f"Edition({self.first_day})"

    @cached_property
    def numbers(self) -> Mapping[str, str]:
        """The number of each item by its key."""
        return {item.key: item.number for item in self.items}

    def __getitem__(self, holds: str) -> Item:
        return next(item for item in self.items if item.holds == holds)

    def named(self, *holds: str) -> str:
        """Items as a sentence names them: `item 4`, `items 9 and 10`, `items 4 to 8`."""
        order = [item.key for item in self.items]
        runs: list[list[str]] = []
        for place, key in sorted((order.index(key), key) for key in holds):
            follows = runs and order.index(runs[-1][-1]) == place - 1
            runs[-1].append(key) if follows else runs.append([key])
        said: list[str] = []
        for run in runs:
            numbers = [self.numbers[key] for key in run]
            said += numbers if len(run) < 3 else [f"{numbers[0]} to {numbers[-1]}"]
        return f"item{'s' * (len(holds) > 1)} {' and '.join(filter(None, (', '.join(said[:-1]), said[-1])))}"

    def said(self, sentence: str, **words: object) -> str:
        """A sentence with the numbers of the items and the words of the rows it names: `item {pool}`, `{aggregate}`."""
        return sentence.format(**self.rows, **self.columns, **self.numbers, mark=self.mark, **words)

    @property
    def added(self) -> tuple[Item, ...]:
        """Items beyond those that every edition has, in order."""
        return tuple(item for item in self.items if not item.holds)

    @cached_property
    def blocks(self) -> tuple[tuple[Item, ...], ...]:
        """The items as they stand: each alone, or one at the left with those beside it."""
        found: list[list[Item]] = []
        for item in self.items:
            found[-1].append(item) if item.beside else found.append([item])
        return tuple(map(tuple, found))


def read(file: Path) -> Edition:
    """One edition from its file; raises FactError where an item is missing, is there twice or stands where it cannot."""
    tree: dict[str, Any] = strict_yaml.load_own(file.read_text(encoding="utf-8"))
    listed = tree.pop("items")
    items = tuple(
        Item(
            str(number),
            one["words"],
            one.get("holds", ""),
            one.get("beside", ""),
            one.get("made", ""),
            one.get("ties", ""),
            _formula(one),
        )
        for number, one in listed.items()
    )
    for wrong in _wrong(items):
        raise FactError(f"{file.name}: {wrong}.")
    numbers = {item.key: item.number for item in items}
    items = tuple(replace(item, words=item.words.format(**numbers)) for item in items)
    heads = {name: tuple(words) for name, words in tree.pop("heads").items()}
    first, last = tree.pop("imprint")
    line, (begins, ends) = tree.pop("awards_line").format(**numbers), tree.pop("period")
    return Edition(**tree, heads=heads, imprint=(first, last), period=(begins, ends), awards_line=line, items=items)


def _formula(one: Mapping[str, Any]) -> BoxFormula | None:
    """The formula of an added item, or the sum of the counts it names."""
    text = one.get("formula") or " + ".join(one.get("sum", ()))
    return BoxFormula(text, one.get("shown", "count")) if text else None


def _wrong(items: Sequence[Item]) -> Iterator[str]:
    """What keeps items from being counted and printed: each kind of box is in one of them, and each says what it is."""
    held = [item.holds for item in items if item.holds]
    for holds in HOLDS:
        if held.count(holds) != 1:
            yield f"{held.count(holds) or 'no'} items hold {holds}, and one must"
    if len({item.number for item in items}) < len(items):
        yield "two items have one number"
    for item in items:
        if item.holds and item.holds not in HOLDS:
            added = "; an item of your own has no 'holds', but a sum or a formula"
            yield f"item {item.number} holds {item.holds}, which is none of {', '.join(HOLDS)}{added}"
        if bool(item.holds) is bool(item.formula):
            yield f"item {item.number} must say what it holds or, if it is added, its sum or formula"
        for wrong in item.formula.wrong() if item.formula else ():
            yield f"item {item.number} {wrong}"
    left = ""
    for item in items:
        if item.beside and (item.beside != left or item.holds not in _NARROW or left not in _LEFT):
            yield f"item {item.number} cannot stand beside {item.beside}: only {', '.join(_NARROW)} are so short, and follow it"
        left = left if item.beside else item.holds


@dataclass(frozen=True)
class SupplementColumn:
    """One column of the Supplementary: its head, the entries it holds, a line each, and its width."""

    words: str
    holds: tuple[str, ...]
    width: Decimal | int


#: What a column of the Supplementary may hold; `action_dated` is the action, its day and its reason in one.
ENTRIES = ("name", "ssn", "rating", "rated_on", "pay_decrease", "action", "acted_on", "action_dated")


@dataclass(frozen=True)
class Supplementary:
    """One edition of the Supplementary Information form."""

    first_day: date
    source: str
    confidence: str
    checked: date
    heading: tuple[str, ...]
    asked: str
    agency: str
    period_ending: str
    columns: tuple[SupplementColumn, ...]
    workbook: tuple[SupplementColumn, ...]

    @classmethod
    def read(cls, file: Path) -> Supplementary:
        """One edition from its file."""
        tree: dict[str, Any] = strict_yaml.load_own(file.read_text(encoding="utf-8"))
        columns, workbook = (
            tuple(SupplementColumn(one["words"], tuple(one["holds"]), one["width"]) for one in tree.pop(name))
            for name in ("columns", "workbook")
        )
        return cls(heading=tuple(tree.pop("heading")), columns=columns, workbook=workbook, **tree)


class _Dated(Protocol):
    @property
    def first_day(self) -> date: ...


Kept = TypeVar("Kept", bound=_Dated)


@cache
def known(folder: Path) -> tuple[Edition, ...]:
    """Every edition of the form in a folder, the oldest first."""
    return _in_order(read(file) for file in folder.glob("*.yaml"))


@cache
def known_supplementary(folder: Path) -> tuple[Supplementary, ...]:
    """Every edition of the Supplementary in a folder, the oldest first."""
    return _in_order(Supplementary.read(file) for file in folder.glob("*.yaml"))


def every() -> tuple[Edition, ...]:
    """Every edition of the form, the oldest first."""
    return known(FOLDER)


def edition(fiscal_year: int) -> Edition:
    """The edition in use for the report of a fiscal year; the oldest one for years before the record begins."""
    return _of_year(every(), fiscal_year)


def dated(first_day: str | None) -> Edition:
    """The edition of a first day as a file names it; the oldest where it names none. Raises FactError for an unknown one."""
    found = next((one for one in every() if first_day in (None, one.first_day.isoformat())), None)
    if found is None:
        raise FactError(
            f"The edition of {first_day} of the form is not known here. Use a version of seskit that has it."
        )
    return found


def newest() -> Edition:
    """The edition that is named where no fiscal year is spoken of."""
    return every()[-1]


def supplementary(fiscal_year: int) -> Supplementary:
    """The same of the Supplementary."""
    return _of_year(known_supplementary(SUPPLEMENTARY), fiscal_year)


def _in_order(found: Iterable[Kept]) -> tuple[Kept, ...]:
    return tuple(sorted(found, key=lambda one: one.first_day))


def _of_year(editions: Sequence[Kept], fiscal_year: int) -> Kept:
    end = fiscal_year_end(fiscal_year)
    return next((one for one in reversed(editions) if one.first_day <= end), editions[0])
