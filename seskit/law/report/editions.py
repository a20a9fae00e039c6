"""The editions of OPM Form 1558: each is a file in `rules/form_1558`, in force from its first day until the next one.

Paper, page, workbook, reading back and proof take their words, heads and items from the edition of the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law.clocks import fiscal_year_end

FOLDER = Path(__file__).parents[1] / "rules" / "form_1558"
#: The items every edition has; the boxes of each have a place of their own on paper. Others follow as one line each.
OWN_PLACE = 10


@dataclass(frozen=True)
class Item:
    """One item: what is printed, how its value is made, what it ties to; for an added one the boxes it adds up."""

    number: int
    words: str
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
    """One edition from its file."""
    tree: dict[str, Any] = strict_yaml.load_own(file.read_text(encoding="utf-8"))
    items = {
        number: Item(number, one["words"], one.get("made", ""), one.get("ties", ""), tuple(one.get("sum", ())))
        for number, one in tree.pop("items").items()
    }
    heads = {name: tuple(words) for name, words in tree.pop("heads").items()}
    first, last = tree.pop("imprint")
    return Edition(**tree, heads=heads, imprint=(first, last), items=items)


@cache
def known(folder: Path) -> tuple[Edition, ...]:
    """Every edition in a folder, the oldest first."""
    return tuple(sorted((read(file) for file in folder.glob("*.yaml")), key=lambda one: one.first_day))


def edition(fiscal_year: int) -> Edition:
    """The edition in use for the report of a fiscal year; the oldest one for years before the record begins."""
    end = fiscal_year_end(fiscal_year)
    every = known(FOLDER)
    return next((one for one in reversed(every) if one.first_day <= end), every[0])
