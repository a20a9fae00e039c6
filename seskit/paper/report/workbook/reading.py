"""A finished workbook back to forms, read from the boxes a person sees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from seskit.formats.cell_names import letters
from seskit.formats.privacy import shown
from seskit.law import facts, rating_levels
from seskit.law.facts import FactError, Unreadable
from seskit.law.report.editions import Edition, edition, every
from seskit.paper.report.workbook.boxes import ABOUT, NOTES, BoxPlaces, pay_names
from seskit.record.roster import workbook
from seskit.record.roster.sheets import Refusal
from seskit.record.roster.values import UNCALCULATED
from seskit.work.report.forms import APPOINTEES, LEVELS, ROW_ORDER, WITHOUT_AWARDS, Form, PayRow

_CENT = Decimal("0.01")
_UNREADABLE = (
    "The forms cannot be read back: {}. Open the workbook in your spreadsheet program and save it, or write it again."
)
_NOT_WORKING = "The forms cannot be read back: {}. Make the change in the working copy, forms.xlsx of `seskit report`."


def read_forms(source: str | Path | bytes) -> list[Form]:
    """The forms of a workbook, in the order of its sheets. Raises FactError where it is not such a workbook."""
    try:
        tables = workbook.tables(source)
    except Refusal as refusal:
        raise FactError(_UNREADABLE.format(refusal.reason)) from None
    forms = [_Sheet(name, table).form() for name, table in tables.items() if _is_form(table)]
    if not forms:
        raise FactError(_UNREADABLE.format("no sheet holds a form"))
    return forms


def _is_form(table: Sequence[Sequence[Any]]) -> bool:
    """Whether a sheet begins as a form of any edition does."""
    first = {one.items[0].label for one in every()}
    return len(table) > BoxPlaces.first_item and any(cell in first for cell in table[BoxPlaces.first_item][:1])


class _Sheet:
    """One sheet's cells, read box by box."""

    def __init__(self, name: str, table: Sequence[Sequence[Any]]) -> None:
        self.name, self.table = name, table
        self.boxes = max((self._placed(one) for one in every()), key=self._fitting)
        used = self.boxes.edition
        if self.cell(self.boxes.aggregate, 0) != used.rows["aggregate"]:
            why = f"sheet '{self.name}' has no {used.named('base_pay')} with the row {used.rows['aggregate']}"
            raise FactError(_UNREADABLE.format(why))

    def _placed(self, used: Edition) -> BoxPlaces:
        """The layout of an edition with the rows of base pay that the sheet has."""
        places, known, names = BoxPlaces(used, ()), pay_names(used), []
        for row in range(places.first_pay, places.first_pay + len(ROW_ORDER)):
            if (label := self.cell(row, 0)) not in known:
                break
            names.append(known[label])
        return BoxPlaces(used, tuple(names))

    def _fitting(self, boxes: BoxPlaces) -> tuple[int, bool]:
        """How many items of an edition stand where it has them, and whether it is that of the year in the title."""
        used = boxes.edition
        years = map(int, re.findall(r"\b\d{4}\b", str(self.cell(boxes.title, 0))))
        return (
            sum(self.cell(*boxes.label(item)) == item.label for item in used.items),
            any(edition(year) == used for year in years),
        )

    def _calculated(self) -> None:
        """Refuse formulas saved without their values, which would read as blank boxes; ratings always have totals."""
        totals = (self.cell(self.boxes.rated_total, self.boxes.rated_column(kind)) for kind in APPOINTEES)
        if any(total in (None, UNCALCULATED) for total in totals):
            rated = self.boxes.edition.named("ratings")
            why = f"sheet '{self.name}' has no totals in {rated}, as after saving by a program that does not calculate"
            raise FactError(_UNREADABLE.format(why))
        for number, cells in enumerate(self.table, 1):
            if UNCALCULATED in cells:
                place = f"cell {letters(cells.index(UNCALCULATED))}{number}"
                raise FactError(
                    _UNREADABLE.format(f"sheet '{self.name}', {place}, holds a formula without a stored value")
                )

    def cell(self, row: int, column: int) -> Any:
        value = self.table[row][column] if row < len(self.table) and column < len(self.table[row]) else ""
        return None if value == "" else value

    def _complete(self) -> None:
        """Refuse a clean copy, which does not say what each form is."""
        if self.cell(self.boxes.about, 0) != ABOUT:
            why = f"sheet '{self.name}' does not say below the form what it is, as in a clean copy made to be sent"
            raise FactError(_NOT_WORKING.format(why))

    def text(self, row: int, column: int = 1) -> str | None:
        value = self.cell(row, column)
        return None if value is None else str(value)

    def day(self, row: int, column: int = 1) -> date | None:
        value = self.cell(row, column)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date) or value is None:
            return value
        try:
            return facts.day(value)
        except Unreadable:
            if not any(map(str.isdigit, str(value))):
                return None  # words in the place of a month, such as none
            why = f"sheet '{self.name}', row {row + 1}, holds '{shown(value)}' where a date belongs"
            raise FactError(_UNREADABLE.format(why)) from None

    def number(self, row: int, column: int, unit: Decimal) -> Decimal | None:
        value = self.cell(row, column)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FactError(
                _UNREADABLE.format(f"sheet '{self.name}', row {row + 1}, holds '{shown(value)}' where a number belongs")
            )
        return Decimal(repr(value)).quantize(unit)

    def count(self, row: int, column: int) -> int | None:
        found = self.number(row, column, _CENT)
        if found is not None and found != int(found):
            raise FactError(
                _UNREADABLE.format(f"sheet '{self.name}', row {row + 1}, holds {found} where a whole number belongs")
            )
        return None if found is None else int(found)

    def percent(self, row: int, column: int, unit: str) -> Decimal | None:
        share = self.number(row, column, Decimal(unit) / 100)
        return None if share is None else (100 * share).quantize(Decimal(unit))

    def pay_rows(self) -> dict[str, PayRow] | None:
        b = self.boxes
        if self.cell(b.aggregate, 1) is None:
            return None
        found = {}
        for name in b.pay_names:
            number, base_pay = self.count(b.pay(name), 1), self.number(b.pay(name), 2, _CENT)
            if number:
                found[name] = PayRow(number, base_pay, self.number(b.pay(name), 3, _CENT) or Decimal(0))
        return found

    def levels(self) -> dict[int, int] | None:
        if self.cell(*self.boxes.levels_total) is None:
            return None
        return {level: self.count(*self.boxes.level(level)) or 0 for level in LEVELS}

    def footnotes(self) -> tuple[str, ...]:
        below = (self.cell(row, 0) for row in range(self.boxes.footnotes + 1, len(self.table)))
        return tuple(str(text) for text in below if text is not None)

    def blanks(self) -> dict[str, str]:
        found = {holds: self.cell(self.boxes.blank(holds), NOTES) for holds in WITHOUT_AWARDS}
        return {holds: str(why) for holds, why in found.items() if why is not None}

    def form(self) -> Form:
        b = self.boxes
        self._complete()
        self._calculated()
        first, last, month = self.day(*b.period_from), self.day(*b.period_to), self.day(*b.paid_in)
        return Form(
            edition=b.edition,
            form=self.text(b.form) or "",
            scope=self.text(b.scope) or "",
            plan=self.text(b.plan),
            pattern=self.text(b.pattern) or "",
            due_date=self.day(b.due),
            agency=self.text(*b.agency) or "",
            period=(first, last) if first and last else None,
            paid_in=f"{month:%Y-%m}" if month else None,
            pay_as_of=self.day(*b.base_day),
            pay_rows=self.pay_rows(),
            pool=self.number(*b.pool, _CENT),
            paid_percent=self.percent(*b.paid_percent, "0.01"),
            paid_amount=self.number(*b.paid, _CENT),
            levels=self.levels(),
            awards_number=self.count(*b.awards_number),
            awards_percent=self.percent(*b.awards_percent, "0.1"),
            appointees={kind: self.count(*b.appointees(kind)) or 0 for kind in APPOINTEES},
            ratings={
                level: {kind: self.count(*b.rated(level, kind)) or 0 for kind in APPOINTEES}
                for level in rating_levels.LEVELS
            },
            footnotes=self.footnotes(),
            blanks=self.blanks(),
        )
