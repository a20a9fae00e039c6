"""Writing single boxes of a form: labels, text, dates, and numbers with the formula that makes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.formats import workbooks as styles
from seskit.paper.report.workbook.boxes import NOTES, Boxes, at
from seskit.work.report.forms import Form

Number = Decimal | int | None
#: The longest formula written, and the most cells one SUM adds; spreadsheets take 8192 characters and 255 terms.
_LONGEST_FORMULA, _MOST_TERMS = 8000, 250


@dataclass(frozen=True)
class Part:
    """A plan form that an aggregate adds up, with its place in the workbook."""

    form: Form
    sheet: str
    boxes: Boxes


@dataclass(frozen=True)
class Cells:
    """A sheet and the ways its boxes are written."""

    book: styles.Book
    sheet: Any
    name: str

    def label(self, row: int, text: str, look: str = "label") -> None:
        """The words before a box."""
        self.sheet.write_string(row, 0, text, self.book.formats[look])

    def heading(self, row: int, text: str) -> None:
        """The words above a group of boxes."""
        self.label(row, text, "heading_line")

    def heads(self, row: int, *heads: str) -> None:
        """Column heads."""
        for column, head in enumerate(heads):
            self.sheet.write_string(row, column, head, self.book.formats["number_head" if column else "head"])
        self.sheet.set_row(row, 32)

    def text(self, row: int, value: str | None, look: str = "text") -> None:
        """Text in column B, or a box truly blank."""
        if value is None:
            self.blank(row, 1)
        else:
            self.sheet.write_string(row, 1, value, self.book.formats[look])

    def day(self, row: int, value: date | None, look: str) -> None:
        """A date in column B, or a box truly blank."""
        styles.write_day(self.sheet, row, 1, value, self.book.formats[look])

    def note(self, row: int, text: str) -> None:
        """A remark beside a box."""
        self.sheet.write_string(row, NOTES, text, self.book.formats["note"])

    def blank(self, row: int, column: int) -> None:
        """A box with a border and nothing in it."""
        self.sheet.write_blank(row, column, None, self.book.formats["label"])

    def number(self, row: int, column: int, value: Number, look: str, formula: str | None = None) -> None:
        """A number, as a formula stored with its value where one makes it; None leaves the box truly blank."""
        shape = self.book.formats[look]
        stored = value if isinstance(value, int) or value is None else float(value)
        if value is None:
            self.sheet.write_blank(row, column, None, shape)
        elif formula is None:
            self.sheet.write_number(row, column, stored, shape)
        else:
            self.sheet.write_formula(row, column, formula, shape, stored)

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
