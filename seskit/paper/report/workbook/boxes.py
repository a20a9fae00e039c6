"""Where each box of a form stands on its sheet: one layout, shared by writing, reading and the links between sheets.

Rows and columns count from 0, as the writing package counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from seskit.law import rating_levels
from seskit.law.rate_range import open_range_day
from seskit.law.report.editions import Edition, Item
from seskit.paper.report.printed_form import LEFT
from seskit.work.report.forms import APPOINTEES, LEVELS, ROW_ORDER, Form

#: The form itself fills the columns A to E; remarks stand beside it and are not printed with it.
LAST_COLUMN = 4
#: The last column of an item that has others beside it.
LEFT_COLUMN = 0
NOTES = LAST_COLUMN + 2
ABOUT = "About this form"
FOOTNOTES = "Footnotes"
SCOPES = {
    "plan": "One plan",
    "aggregate": "All plans of one pattern",
    "ig": "Inspector General offices: a part of the plan forms, never added to them",
}
SEE_PLANS = "See plan forms"
#: What a row of the base pay was called in older workbooks.
_FORMER = {"SES pay range (no pay level)": "range"}
_LONGEST_NAME = 31


class ItemCells(NamedTuple):
    """The cells of an item, the first and the last of both included."""

    first_row: int
    first: int
    last_row: int
    last: int


@dataclass(frozen=True)
class BoxPlaces:
    """The places of the boxes on one sheet, in the order of an edition's items. A place is (row, column).

    The item of base pay has the rows named in `pay_names`.
    """

    edition: Edition
    pay_names: tuple[str, ...]

    status, title, basis, first_item = range(4)

    @cached_property
    def places(self) -> Mapping[str, ItemCells]:
        """Where each item stands, by its key."""
        found: dict[str, ItemCells] = {}
        top = self.first_item
        for first, *others in self.edition.blocks:
            right, row = LEFT_COLUMN + 1, top
            for item in others:
                found[item.key] = ItemCells(row, right, row + self._rows(item) - 1, LAST_COLUMN)
                row += self._rows(item)
            end = max(row, top + self._rows(first))
            found[first.key] = ItemCells(top, 0, end - 1, LEFT_COLUMN if others else LAST_COLUMN)
            top = end
        return found

    def _rows(self, item: Item) -> int:
        rows = {
            "agency": 2, "period": 2, "paid_in": 2, "base_pay": 3 + len(self.pay_names), "levels": 3 + LEFT,
            "appointees": 2, "ratings": 4 + len(rating_levels.LEVELS),
        }  # fmt: skip
        return rows.get(item.holds, 1)

    def label(self, item: Item) -> tuple[int, int]:
        """The number and words of an item."""
        return self.places[item.key].first_row, self.places[item.key].first

    @property
    def agency(self) -> tuple[int, int]:
        """The name of the agency, below its heading."""
        return self._below("agency")

    @property
    def period_from(self) -> tuple[int, int]:
        """The first day of the period."""
        return self._below("period")[0], 2

    @property
    def period_to(self) -> tuple[int, int]:
        """The last day of the period."""
        return self._below("period")[0], LAST_COLUMN

    @property
    def paid_in(self) -> tuple[int, int]:
        """The month of payment, below its heading."""
        return self._below("paid_in")

    def _below(self, holds: str) -> tuple[int, int]:
        return self.places[holds].first_row + 1, self.places[holds].first

    @property
    def base_pay(self) -> int:
        """The heading of the base pay; its column heads stand one row below, then its rows."""
        return self.places["base_pay"].first_row

    @property
    def base_day(self) -> tuple[int, int]:
        """The day of the base pay."""
        return self.base_pay, 3

    @property
    def pay_header(self) -> int:
        """The column heads of the base pay."""
        return self.base_pay + 1

    @property
    def first_pay(self) -> int:
        """The first row of the base pay."""
        return self.base_pay + 2

    @property
    def aggregate(self) -> int:
        """The AGGREGATE row of the base pay."""
        return self.first_pay + len(self.pay_names)

    @property
    def pool(self) -> tuple[int, int]:
        """The award pool in dollars."""
        return self.places["pool"].first_row, LAST_COLUMN

    @property
    def paid_percent(self) -> tuple[int, int]:
        """Total award payments as a percentage of the base."""
        return self.places["paid"].first_row, 1

    @property
    def paid(self) -> tuple[int, int]:
        """Total award payments in dollars."""
        return self.places["paid"].first_row, LAST_COLUMN

    @property
    def levels(self) -> int:
        """The heading of the awardees by percentage; its column heads stand one row below."""
        return self.places["levels"].first_row

    @property
    def levels_total(self) -> tuple[int, int]:
        """Their TOTAL, below the right half of the levels."""
        return self.levels + 2 + LEFT, LAST_COLUMN

    @property
    def awards_number(self) -> tuple[int, int]:
        """The number of awards."""
        return self.places["awards"].first_row, 1

    @property
    def awards_percent(self) -> tuple[int, int]:
        """The number of awards as a percentage."""
        return self.awards_number[0], 2

    @property
    def appointees_head(self) -> int:
        """The row of the appointees with its column heads; the numbers follow."""
        return self.places["appointees"].first_row

    @property
    def ratings(self) -> int:
        """The heading of the ratings."""
        return self.places["ratings"].first_row

    @property
    def rated_total(self) -> int:
        """The TOTAL row of the ratings."""
        return self.rating(rating_levels.LEVELS[-1]) + 1

    @property
    def imprint(self) -> int:
        """The line at the foot of the paper form; nothing below it is printed."""
        return 1 + max(place.last_row for place in self.places.values())

    @property
    def about(self) -> int:
        """The heading above what the form is: its number, scope, plan, pattern, due date and awards."""
        return self.imprint + 2

    @property
    def form(self) -> int:
        """The number of the form."""
        return self.about + 1

    @property
    def scope(self) -> int:
        """What the form covers."""
        return self.about + 2

    @property
    def plan(self) -> int:
        """The plan of the form."""
        return self.about + 3

    @property
    def pattern(self) -> int:
        """The rating pattern."""
        return self.about + 4

    @property
    def due(self) -> int:
        """When the report is due."""
        return self.about + 5

    @property
    def awards(self) -> int:
        """What became of the awards."""
        return self.about + 6

    @property
    def footnotes(self) -> int:
        """The heading above the footnotes."""
        return self.about + 8

    def added_item(self, item: Item) -> tuple[int, int]:
        """The number of an added item."""
        return self.places[item.key].first_row, LAST_COLUMN

    def pay(self, name: str) -> int:
        """A row of the base pay."""
        return self.first_pay + self.pay_names.index(name)

    def level(self, percent: int) -> tuple[int, int]:
        """A number of awardees: the lower half of the levels at the left, the upper half at the right."""
        down = percent - LEVELS[0]
        return self.levels + 2 + down % LEFT, 1 if down < LEFT else LAST_COLUMN

    def appointees(self, kind: str) -> tuple[int, int]:
        """A number of appointees."""
        return self.appointees_head + 1, 2 + APPOINTEES.index(kind)

    def rating(self, level: int) -> int:
        """A row of the ratings."""
        return self.ratings + 2 + level

    def rated(self, level: int, kind: str) -> tuple[int, int]:
        """A number of ratings."""
        return self.rating(level), self.rated_column(kind)

    def named(self, item: str, place: str = "", column: str = "") -> tuple[int, int]:
        """A number as the formula of an added item names it: `rated.4.career`."""
        if item == "appointees":
            return self.appointees(place)
        if item == "rated":
            return self.rated_total if place == "total" else self.rating(int(place)), self.rated_column(column)
        if item == "levels":
            return self.levels_total if place == "total" else self.level(int(place))
        if item == "base_pay":
            return self.aggregate, 1 if place == "number" else 3
        return {"pool": self.pool, "paid": self.paid, "awards": self.awards_number}[item]

    @staticmethod
    def rated_column(kind: str) -> int:
        """The column of the ratings for a kind of appointee."""
        return 2 + APPOINTEES.index(kind)

    def blank(self, holds: str) -> int:
        """The row whose notes column says why an item is blank."""
        return self.paid_in[0] if holds == "paid_in" else self.places[holds].first_row


def pay_names(edition: Edition) -> dict[str, str]:
    """What each label of the base pay's rows is on an edition."""
    rows = edition.rows
    ranges = dict.fromkeys((rows["range"], rows["no_level"]), "range")
    return {str(level): str(level) for level in range(1, 7)} | _FORMER | ranges | {rows["presidential"]: "presidential"}


def boxes(form: Form) -> BoxPlaces:
    """The layout of one form: the six pay rates, or the one range that replaced them, or both where both are used."""
    used = set(form.pay_rows or ())
    day = form.pay_as_of or (form.period[1] if form.period else None)
    since_open_range = day is not None and day >= open_range_day()
    six = bool(used & set("123456")) or (not since_open_range and "range" not in used)
    one = "range" in used or (since_open_range and not six)
    names = tuple(name for name in ROW_ORDER if name == "presidential" or (one if name == "range" else six))
    return BoxPlaces(form.edition, names)


def sheet_names(keys: Iterable[str]) -> Mapping[str, str]:
    """A legal sheet name for each key: at most 31 characters, none that a spreadsheet forbids, no two alike."""
    names: dict[str, str] = {}
    for key in keys:
        plain = re.sub(r"[^\w .-]", "_", key).strip()
        name, number = plain[:_LONGEST_NAME].strip(), 1
        while name.casefold() in {taken.casefold() for taken in names.values()}:
            number += 1
            ending = f"~{number}"
            name = plain[: _LONGEST_NAME - len(ending)].strip() + ending
        names[key] = name
    return names


def at(row: int, column: int, sheet: str | None = None) -> str:
    """A cell's name in a formula, such as B12, or 'plan-main'!B12 on another sheet."""
    name = f"{'ABCDEFGH'[column]}{row + 1}"
    return name if sheet is None else f"'{sheet}'!{name}"
