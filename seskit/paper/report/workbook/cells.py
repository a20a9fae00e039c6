"""Writing single boxes of a form: labels, text, dates, and numbers with the formula that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.formats import workbooks as styles
from seskit.paper.report.workbook.boxes import NOTES, BoxPlaces, at
from seskit.work.report.forms import Form

Number = Decimal | int | None
#: The longest formula written, and the most cells one SUM adds; spreadsheets take 8192 characters and 255 terms.
_LONGEST_FORMULA, _MOST_TERMS = 8000, 250


@dataclass(frozen=True)
class Part:
    """A plan form that an aggregate adds up, with its place in the workbook."""

    form: Form
    sheet: str
    boxes: BoxPlaces


@dataclass(frozen=True)
class Cells:
    """A sheet and the ways its boxes are written: what is computed or printed is locked, what a person enters is open."""

    book: styles.Book
    sheet: Any
    name: str

    def label(self, row: int, text: str, look: str = "label", column: int = 0) -> None:
        """The words before a box."""
        self.sheet.write_string(row, column, text, self.book.formats[look])

    def words(self, row: int, column: int, last_row: int, last: int, text: str, look: str = "label") -> None:
        """Printed words over several cells."""
        if (row, column) != (last_row, last):
            self.sheet.merge_range(row, column, last_row, last, "", self.book.formats[look])
        self.sheet.write_string(row, column, text, self.book.formats[look])

    def across(self, row: int, column: int, last: int, value: Number, look: str, formula: str | None = None) -> None:
        """A number in one box of several cells."""
        opened = value is None or formula is None
        self.sheet.merge_range(row, column, row, last, "", self.entry(look) if opened else self.book.formats[look])
        self.number(row, column, value, look, formula)

    def heads(self, row: int, *heads: str, column: int = 0) -> None:
        """Column heads."""
        for place, head in enumerate(heads, column):
            self.sheet.write_string(row, place, head, self.book.formats["head" if place == column else "number_head"])
        self.sheet.set_row(row, 30)

    def text(self, place: tuple[int, int], value: str | None, look: str = "text") -> None:
        """Text, or a box truly blank."""
        if value is None:
            self.blank(*place)
        else:
            self.sheet.write_string(*place, value, self.entry(look))

    def day(self, place: tuple[int, int], value: date | None, look: str) -> None:
        """A date, or a box truly blank."""
        styles.write_day(self.sheet, *place, value, self.entry(look))

    def wide(self, place: tuple[int, int], last_row: int, last: int, look: str) -> None:
        """Make one box of several cells; what it holds is written at its place afterwards."""
        if place != (last_row, last):
            self.sheet.merge_range(*place, last_row, last, "", self.entry(look))

    def entry(self, look: str) -> Any:
        """The look of a box that a person may fill in."""
        return self.book.open(look)

    def note(self, row: int, text: str) -> None:
        """A remark beside a box."""
        self.sheet.write_string(row, NOTES, text, self.book.formats["note"])

    def blank(self, row: int, column: int, look: str = "label") -> None:
        """A box to fill in with nothing in it."""
        self.sheet.write_blank(row, column, None, self.entry(look))

    def unused(self, row: int, column: int, last: int) -> None:
        """Places of the frame that hold no box."""
        for place in range(column, last + 1):
            self.sheet.write_blank(row, place, None, self.book.formats["label"])

    def number(self, row: int, column: int, value: Number, look: str, formula: str | None = None) -> None:
        """A number, as a formula stored with its value where one makes it; None leaves the box truly blank."""
        stored = value if isinstance(value, int) or value is None else float(value)
        if value is None:
            self.blank(row, column, look)
        elif formula is None:
            self.sheet.write_number(row, column, stored, self.entry(look))
        else:
            self.sheet.write_formula(row, column, formula, self.book.formats[look], stored)

    def choices(self, row: int, column: int, offered: Sequence[str], last: int | None = None) -> None:
        """A drop-down with these words."""
        self.sheet.data_validation(
            row, column, row if last is None else last, column,
            {"validate": "list", "source": list(offered), "error_title": "Not offered",
             "error_message": "Choose one of the words in the list."},
        )  # fmt: skip

    def whole_numbers(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Accept only whole numbers from 0 in these boxes."""
        self.sheet.data_validation(
            row, column, last_row, last_column,
            {"validate": "integer", "criteria": ">=", "value": 0, "error_title": "Not a count",
             "error_message": "Write a whole number, 0 or more, or leave the box blank."},
        )  # fmt: skip


def added(value: Number, terms: Sequence[tuple[Part, int, int, Number]]) -> str | None:
    """The formula that adds the plans' boxes, where they do add up to the value. Blank boxes add nothing."""
    if not terms or len(terms) > _MOST_TERMS or sum(Decimal(term or 0) for *_, term in terms) != value:
        return None
    formula = f"=SUM({','.join(at(row, column, part.sheet) for part, row, column, _ in terms)})"
    return formula if len(formula) <= _LONGEST_FORMULA else None


def summed(first: int, last: int, column: int) -> str:
    """The formula that adds a column of boxes."""
    return f"=SUM({at(first, column)}:{at(last, column)})"
