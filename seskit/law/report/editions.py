"""The editions of OPM Forms 1558 and 1558A and of the Supplementary: each is a file, in force from its first day to the next.

Paper, page, workbook, reading back and proof take their words, heads and items from the edition of the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

from seskit.formats import strict_yaml
from seskit.formats.refusals import FactError
from seskit.law.clocks import fiscal_year_end

FOLDER = Path(__file__).parents[1] / "rules" / "form_1558"
SUPPLEMENTARY = Path(__file__).parents[1] / "rules" / "supplementary"
#: What the first items of every edition hold, in order: the boxes of each are counted, checked and printed by its number.
#: Others follow as one line each.
HOLDS = ("agency", "period", "paid_in", "base_pay", "pool", "paid", "levels", "awards", "appointees", "ratings")
OWN_PLACE = len(HOLDS)


@dataclass(frozen=True)
class Item:
    """One item: what is printed, how its value is made, what it ties to; for an added one the boxes it adds up."""

    number: int
    words: str
    #: Which of the boxes of every edition it holds; empty for an added one.
    holds: str = ""
    made: str = ""
    ties: str = ""
    #: Boxes of items 9 and 10, added up: `appointees.career`, `rated.4.career`.
    sum: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The number and the words, as printed."""
        return f"{self.number}. {self.words}"


@dataclass(frozen=True)
class Edition:
    """One edition of the form, with the day from which it is used and where it comes from."""

    first_day: date
    source: str
    confidence: str
    checked: date
    heading: str
    basis: Mapping[str, str]
    number: str
    imprint: tuple[str, str]
    heads: Mapping[str, tuple[str, ...]]
    base_line: str
    awards_line: str
    items: Mapping[int, Item] = field(default_factory=dict)

    @property
    def words(self) -> dict[int, str]:
        """What each item is called."""
        return {number: item.words for number, item in self.items.items()}

    @property
    def added(self) -> tuple[Item, ...]:
        """Items beyond those that every edition has, in order."""
        return tuple(item for number, item in sorted(self.items.items()) if number > OWN_PLACE)


def read(file: Path) -> Edition:
    """One edition from its file; raises FactError where one of the first items holds something else than is counted."""
    tree: dict[str, Any] = strict_yaml.load_own(file.read_text(encoding="utf-8"))
    items = {
        number: Item(
            number,
            one["words"],
            one.get("holds", ""),
            one.get("made", ""),
            one.get("ties", ""),
            tuple(one.get("sum", ())),
        )
        for number, one in tree.pop("items").items()
    }
    _in_their_places(file.name, items)
    heads = {name: tuple(words) for name, words in tree.pop("heads").items()}
    first, last = tree.pop("imprint")
    return Edition(**tree, heads=heads, imprint=(first, last), items=items)


def _in_their_places(name: str, items: Mapping[int, Item]) -> None:
    """Refuse words that would be printed over another item's boxes."""
    for number, holds in enumerate(HOLDS, 1):
        found = items[number].holds if number in items else "nothing"
        if found != holds:
            raise FactError(
                f"{name}: item {number} holds {found or 'nothing'}, and is counted, checked and printed as {holds}. "
                f"An edition changes the words of its first {OWN_PLACE} items and keeps their places."
            )


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


def edition(fiscal_year: int) -> Edition:
    """The edition in use for the report of a fiscal year; the oldest one for years before the record begins."""
    return _of_year(known(FOLDER), fiscal_year)


def supplementary(fiscal_year: int) -> Supplementary:
    """The same of the Supplementary."""
    return _of_year(known_supplementary(SUPPLEMENTARY), fiscal_year)


def _in_order(found: Iterable[Kept]) -> tuple[Kept, ...]:
    return tuple(sorted(found, key=lambda one: one.first_day))


def _of_year(every: Sequence[Kept], fiscal_year: int) -> Kept:
    end = fiscal_year_end(fiscal_year)
    return next((one for one in reversed(every) if one.first_day <= end), every[0])
