"""Where each box of a form stands on its sheet: one layout, shared by writing, reading and the links between sheets.

Rows and columns count from 0, as the writing package counts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from seskit.law.rate_range import open_range_day
from seskit.paper.report.printed_form import LEFT, NO_LEVEL, RANGE
from seskit.work.report.forms import APPOINTEES, LEVELS, ROW_ORDER, Form

#: The form itself fills the columns A to E; remarks stand beside it and are not printed with it.
LAST_COLUMN = 4
NOTES = LAST_COLUMN + 2
ABOUT = "About this form"
FOOTNOTES = "Footnotes"
SCOPES = {
    "plan": "One plan",
    "aggregate": "All plans of one pattern",
    "ig": "Inspector General offices: a part of the plan forms, never added to them",
}
AGGREGATE = "AGGREGATE"
SEE_PLANS = "See plan forms"
MARK = "X"
#: What each label of item 4 is; the last of the range's is that of older workbooks.
PAY_NAMES: dict[str, str] = {
    **{str(level): str(level) for level in range(1, 7)},
    **dict.fromkeys((RANGE, NO_LEVEL, "SES pay range (no pay level)"), "range"),
    "Presidential Appointee": "presidential",
}
_LONGEST_NAME = 31


@dataclass(frozen=True)
class BoxPlaces:
    """The places of the boxes on one sheet; item 4 has the rows named in `pay_names`. A place is (row, column)."""

    pay_names: tuple[str, ...]
    #: How many items the edition has beyond the ten; each is a line below item 10.
    added: int = 0

    status, title, basis, item_1_label = range(4)
    item_1, period_from, period_to = (4, 0), (4, 2), (4, 4)
    item_3_label, item_3 = 5, (6, 1)
    item_4, item_4_day, pay_header, first_pay = 7, (7, 3), 8, 9

    @property
    def aggregate(self) -> int:
        """The AGGREGATE row of item 4."""
        return self.first_pay + len(self.pay_names)

    @property
    def item_5(self) -> tuple[int, int]:
        """The award pool in dollars."""
        return self.aggregate + 1, LAST_COLUMN

    @property
    def item_6_percent(self) -> tuple[int, int]:
        """Total award payments as a percentage of the base."""
        return self.aggregate + 2, 1

    @property
    def item_6(self) -> tuple[int, int]:
        """Total award payments in dollars."""
        return self.aggregate + 2, LAST_COLUMN

    @property
    def item_7(self) -> int:
        """The heading of item 7; its column heads stand one row below."""
        return self.aggregate + 3

    @property
    def item_7_total(self) -> tuple[int, int]:
        """The TOTAL of item 7, below the right half of its levels."""
        return self.item_7 + 2 + LEFT, LAST_COLUMN

    @property
    def item_8(self) -> tuple[int, int]:
        """The number of awards."""
        return self.item_7_total[0] + 1, 1

    @property
    def item_8_percent(self) -> tuple[int, int]:
        """The number of awards as a percentage."""
        return self.item_8[0], 2

    @property
    def item_9(self) -> int:
        """The row of item 9 with its column heads; the numbers follow."""
        return self.item_8[0] + 1

    @property
    def item_10(self) -> int:
        """The heading of item 10."""
        return self.item_9 + 2

    @property
    def item_10_total(self) -> int:
        """The TOTAL row of item 10."""
        return self.rating(5) + 1

    @property
    def imprint(self) -> int:
        """The line at the foot of the paper form; nothing below it is printed."""
        return self.item_10_total + 1 + self.added

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

    def added_item(self, place: int) -> tuple[int, int]:
        """The number of an added item, counted from 0."""
        return self.item_10_total + 1 + place, LAST_COLUMN

    def pay(self, name: str) -> int:
        """A row of item 4."""
        return self.first_pay + self.pay_names.index(name)

    def level(self, percent: int) -> tuple[int, int]:
        """A number of item 7: the lower half of the levels at the left, the upper half at the right."""
        down = percent - LEVELS[0]
        return self.item_7 + 2 + down % LEFT, 1 if down < LEFT else LAST_COLUMN

    def appointees(self, kind: str) -> tuple[int, int]:
        """A number of item 9."""
        return self.item_9 + 1, 2 + APPOINTEES.index(kind)

    def rating(self, level: int) -> int:
        """A row of item 10."""
        return self.item_10 + 2 + level

    def rated(self, level: int, kind: str) -> tuple[int, int]:
        """A number of item 10."""
        return self.rating(level), self.rated_column(kind)

    def named(self, item: str, *place: str) -> tuple[int, int]:
        """A box of item 9 or 10 as an edition of the form names it: `rated.4.career`."""
        return self.appointees(place[0]) if item == "appointees" else self.rated(int(place[0]), place[1])

    @staticmethod
    def rated_column(kind: str) -> int:
        """The column of item 10 for a kind of appointee."""
        return 2 + APPOINTEES.index(kind)

    def blank(self, item: str) -> int:
        """The row whose notes column says why an item is blank."""
        return {"3": self.item_3[0], "4": self.item_4, "5": self.item_5[0], "6": self.item_6[0], "7": self.item_7,
                "8": self.item_8[0]}[item]  # fmt: skip


def boxes(form: Form, added: int = 0) -> BoxPlaces:
    """The layout of one form: the six pay rates, or the one range that replaced them, or both where both are used."""
    used = set(form.pay_rows or ())
    day = form.pay_as_of or (form.period[1] if form.period else None)
    since_open_range = day is not None and day >= open_range_day()
    six = bool(used & set("123456")) or (not since_open_range and "range" not in used)
    one = "range" in used or (since_open_range and not six)
    return BoxPlaces(
        tuple(name for name in ROW_ORDER if name == "presidential" or (one if name == "range" else six)), added
    )


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
