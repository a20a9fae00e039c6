"""One form on one sheet: every item in the order of the paper form, formulas live and stored with their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from seskit.formats import workbooks as styles
from seskit.law.awards import pool_shares
from seskit.law.parameters import parameter, recorded
from seskit.law.report.box_formulas import BoxFormula
from seskit.law.report.editions import Edition, Item
from seskit.paper.report import printed_form
from seskit.paper.report.workbook.boxes import (  # fmt: skip
    ABOUT,
    FOOTNOTES,
    LAST_COLUMN,
    NOTES,
    SCOPES,
    SEE_PLANS,
    BoxPlaces,
    ItemCells,
    at,
)
from seskit.paper.report.workbook.cells import Cells, Number, Part, added, summed
from seskit.record.agency import PATTERNS, Agency
from seskit.work.report.forms import APPOINTEES, LEVELS, Form, form_pool

_STATUSES = ("paid", "none", "pending")
_WIDTHS = (38, 18, 15, 19, 17)
#: How many characters of a footnote, and of a remark, fit on a line.
_FOOTNOTE, _REMARK = 120, 44


@dataclass(frozen=True)
class FormSheet(Cells):
    """A form being written to its sheet; `parts` are the plan forms an aggregate adds up.

    A clean copy holds the form alone: no status, remarks or footnotes, and not what the reader of a workbook needs.
    """

    agency: Agency
    form: Form
    boxes: BoxPlaces
    parts: Sequence[Part]
    clean: bool

    @property
    def edition(self) -> Edition:
        """The edition of the form, whose words are printed."""
        return self.form.edition

    def _item(self, holds: str) -> str:
        return self.edition[holds].label

    def write(self, status: str) -> None:
        """Write every box."""
        for column, width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, width)
        self.sheet.set_column(NOTES - 1, NOTES - 1, 2)
        self.sheet.set_column(NOTES, NOTES, _REMARK)
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(16)
        self._top(status)
        write = {
            "agency": self._agency, "period": self._period, "paid_in": self._paid_in, "base_pay": self._base_pay,
            "pool": self._pool, "paid": self._paid, "levels": self._levels, "awards": self._awards,
            "appointees": self._all_appointees, "ratings": self._ratings,
        }  # fmt: skip
        for item in self.edition.items:
            if item.formula:
                self._added(item, item.formula)
            else:
                write[item.holds]()
        self._imprint()
        if self.clean:
            self._below(self.boxes.imprint + 1)
        else:
            self._about()
            self.label(self.boxes.footnotes, FOOTNOTES, "heading_line")
            self._below(self.boxes.footnotes + 1)
        self._names()
        self._protect()

    def note(self, row: int, text: str) -> None:
        """A remark beside a box, in a working copy."""
        if not self.clean:
            super().note(row, text)

    def _protect(self) -> None:
        """Lock all but the boxes to fill in; there is no password, and one page holds the form and nothing else."""
        free = {"format_cells": True, "format_columns": True, "format_rows": True}
        self.sheet.protect("", {"select_locked_cells": True, "select_unlocked_cells": True, **free})
        last = self.boxes.imprint + (len(self.form.footnotes) if self.clean else 0)
        self.sheet.print_area(self.boxes.title, 0, last, LAST_COLUMN)

    def _sum_of_parts(
        self, value: Number, place: Callable[[BoxPlaces], tuple[int, int]], term: Callable[[Form], Number]
    ) -> str | None:
        return added(value, [(part, *place(part.boxes), term(part.form)) for part in self.parts])

    def _why(self, item: str) -> None:
        if item in self.form.blanks:
            self.note(self.boxes.blank(item), self.form.blanks[item])

    def _top(self, status: str) -> None:
        b, formats = self.boxes, self.book.formats
        if not self.clean:
            styles.write_across(self.sheet, b.status, LAST_COLUMN, status, formats["status"], characters=110)
            self.sheet.write_string(b.status, NOTES, "Remarks, and why a box is blank", formats["heading"])
            self.sheet.freeze_panes(b.title, 0)
        title = self.edition.heading.format(year=self.agency.fiscal_year)
        styles.write_across(self.sheet, b.title, LAST_COLUMN, title, formats["centered"])
        basis = self.edition.basis[self.form.form]
        styles.write_across(self.sheet, b.basis, LAST_COLUMN, basis, formats["centered"])

    def _about(self) -> None:
        b, form = self.boxes, self.form
        self.label(b.about, ABOUT, "heading_line")
        for row, label, value in (
            (b.form, "OPM Form", form.form), (b.scope, "Scope", form.scope), (b.plan, "Plan", form.plan),
            (b.pattern, "Rating pattern", form.pattern),
        ):  # fmt: skip
            self.label(row, label)
            self.text((row, 1), value)
        self.choices(b.form, 1, ("1558", "1558A"))
        self.choices(b.scope, 1, tuple(SCOPES))
        self.choices(b.pattern, 1, tuple(PATTERNS))
        self.note(b.scope, SCOPES[form.scope])
        self.note(b.pattern, f"Levels {', '.join(map(str, PATTERNS[form.pattern]))}")
        self.label(b.due, "Report due (mm/dd/yy)")
        self.day((b.due, 1), form.due_date, "day")
        if form.due_date is None:
            self.note(b.due, "The day that starts the clock is not known.")
        self.label(b.awards, "Awards of the plan")
        self.text((b.awards, 1), SEE_PLANS if form.plan is None else self.agency.plan(form.plan).awards.status)
        if form.plan is not None:
            self.choices(b.awards, 1, _STATUSES)

    def _short(self, holds: str, look: str) -> ItemCells:
        """The heading of a short item, and its box over the rest of its place."""
        place = self.boxes.places[holds]
        self.words(place.first_row, place.first, place.first_row, place.last, self._item(holds), "boxed_heading")
        self.wide((place.first_row + 1, place.first), place.last_row, place.last, look)
        return place

    def _agency(self) -> None:
        place, agency = self._short("agency", "boxed_middle"), self.form.agency
        self.sheet.write_string(*self.boxes.agency, agency, self.entry("boxed_middle"))
        rows = place.last_row - place.first_row
        wide = sum(_WIDTHS[place.first : place.last + 1]) - 4
        needed = -(-styles.height(agency, wide) // rows)
        for row in range(place.first_row + 1, place.last_row + 1):
            self.sheet.set_row(row, max(needed, 16))

    def _period(self) -> None:
        b, form, place = self.boxes, self.form, self.boxes.places["period"]
        self.words(place.first_row, place.first, place.first_row, place.last, self._item("period"), "boxed_heading")
        for (row, column), word, end in zip((b.period_from, b.period_to), self.edition.period, (0, 1), strict=True):
            self.label(row, word, "label", column - 1)
            if form.period is None:
                self.text((row, column), SEE_PLANS)
            else:
                self.day((row, column), form.period[end], "day")

    def _paid_in(self) -> None:
        b, form = self.boxes, self.form
        self._short("paid_in", "month")
        if form.paid_in is not None:
            self.day(b.paid_in, date.fromisoformat(f"{form.paid_in}-01"), "month")
        elif "paid_in" not in form.blanks:
            self.text(b.paid_in, SEE_PLANS)
        elif self.agency.options.item_3_without_awards == "none" and not self._awaited():
            self.text(b.paid_in, "none")
        self._why("paid_in")

    def _awaited(self) -> bool:
        """Whether awards of this form are still to come."""
        plans = [plan for plan in self.agency.plans if plan.pattern == self.form.pattern]
        return any(plan.awards.status != "none" for plan in plans if self.form.plan in (None, plan.id))

    def _base_pay(self) -> None:
        b, rows, options = self.boxes, self.form.pay_rows, self.agency.options
        self.words(b.base_pay, 0, b.base_pay, 2, self._item("base_pay"), "boxed_heading")
        look = "base_day" if options.item_4_year == "four_digits" else "base_day_short"
        self.wide(b.base_day, b.base_pay, LAST_COLUMN, look)
        if rows is not None and self.form.pay_as_of is None:
            self.text(b.base_day, SEE_PLANS)
        else:
            self.day(b.base_day, self.form.pay_as_of, look)
        self._remark_height(b.base_pay, "base_pay", least=2)
        self._why("base_pay")
        heads = self.edition.heads["pay"]
        self.heads(b.pay_header, *heads)
        self.words(b.pay_header, 3, b.pay_header, LAST_COLUMN, heads[-1], "number_head")
        for name in b.pay_names:
            self._pay_row(name)
        self.whole_numbers(b.first_pay, 1, b.aggregate - 1, 1)
        total = self.form.aggregate
        self.label(b.aggregate, self.edition.rows["aggregate"], "total")
        self.number(b.aggregate, 1, total.number if total else None, "count", summed(b.first_pay, b.aggregate - 1, 1))
        self.unused(b.aggregate, 2, 2)
        sums = summed(b.first_pay, b.aggregate - 1, 3)
        self.across(b.aggregate, 3, LAST_COLUMN, total.total if total else None, "money", sums)

    def _remark_height(self, row: int, item: str, *, least: int = 1) -> None:
        """A row high enough for the reason beside it."""
        reason = "" if self.clean else self.form.blanks.get(item, "")
        self.sheet.set_row(row, styles.height(reason, _REMARK - 6, least=least))

    def _pay_row(self, name: str) -> None:
        row, here, filled = (self.form.pay_rows or {}).get(name), self.boxes.pay(name), self.form.pay_rows is not None
        number = row.number if row else 0 if filled else None
        total = row.total if row else Decimal(0) if filled else None
        base_pay = row.base_pay if row else None
        self.label(here, printed_form.pay_labels(self.form)[name])
        holding = [part for part in self.parts if name in part.boxes.pay_names]
        found = [(part, part.boxes.pay(name), (part.form.pay_rows or {}).get(name)) for part in holding]
        numbers = added(number, [(part, place, 1, theirs.number if theirs else 0) for part, place, theirs in found])
        totals = added(total, [(part, place, 3, theirs.total if theirs else 0) for part, place, theirs in found])
        product = f"={at(here, 1)}*{at(here, 2)}" if base_pay is not None or not number else None
        # A row with nobody in it is blank to the eye, as on paper, and still counted.
        self.number(here, 1, number, "count_or_blank", numbers)
        self.number(here, 2, base_pay, "money")
        self.across(here, 3, LAST_COLUMN, total, "money_or_blank", totals or product)
        if number and base_pay is None:
            self.note(here, "Rates differ: base pay is left blank.")

    def _pool(self) -> None:
        b = self.boxes
        share, average = self._share()
        number, total = at(b.aggregate, 1), at(b.aggregate, 3)
        row = b.pool[0]
        self.label(row, self._item("pool"), "boxed_heading")
        self.label(row, f"{share:.2f} x $".removeprefix("0"), "boxed_right", 1)
        # Rounding at the sixth place first keeps a binary remainder from costing a cent.
        made = f"=ROUNDDOWN(ROUND({share}*{total},6),2)"
        base, of = None if self.form.aggregate is None else self.form.aggregate.total, f"={total}"
        if average:
            made = f"=IF({number}=0,0,ROUNDDOWN(ROUND({share}*{total}/{number},6),2))"
            of = f"=IF({number}=0,0,ROUND({total}/{number},2))"
            base = base and self._average(base)
        self.number(row, 2, base, "after_dollar", of)
        self.label(row, self.edition.base_line.format(base="average" if average else "aggregate"), "label_after", 3)
        self._remark_height(row, "pool", least=2)
        self.number(*b.pool, self.form.pool, "after_dollar", made)
        self._why("pool")

    def _average(self, total: Decimal) -> Decimal:
        number = self.form.aggregate.number if self.form.aggregate else 0
        return (total / number).quantize(Decimal("0.01"), ROUND_HALF_UP) if number else Decimal(0)

    def _share(self) -> tuple[Decimal, bool]:
        """The share the pool is made with, and whether it is of the average."""
        form, options = self.form, self.agency.options
        months = {plan.awards.paid_in for plan in self.agency.plans if plan.pattern == form.pattern}
        known = [form.paid_in] if form.paid_in else sorted((month for month in months if month), reverse=True)
        days = [date.fromisoformat(f"{month}-01") for month in known]
        on_1558a = form.form == "1558A"
        fitting = [
            day
            for day in days
            if form.pay_rows is not None and form_pool(form.pay_rows, day, on_1558a, options) == form.pool
        ]
        latest = parameter("awards.pool.share_of_aggregate").values[-1].first_day
        shares = pool_shares((fitting or days or [latest])[0])
        return shares[on_1558a] / 100, on_1558a and options.form_1558a_pool == "average"

    def _paid(self) -> None:
        b, form = self.boxes, self.form
        row = b.paid[0]
        self.label(row, self._item("paid"), "boxed_heading")
        self._remark_height(row, "paid", least=2)
        look = "percent_of" if self.agency.options.item_6_percent == "percent" else "fraction_of"
        share = None if form.paid_percent is None else form.paid_percent / 100
        self.number(*b.paid_percent, share, look, f"=ROUND({at(*b.paid)}/{at(b.aggregate, 3)},4)")
        base = form.aggregate.total if form.aggregate and form.paid_amount is not None else None
        self.number(row, 2, base, "after_dollar", f"={at(b.aggregate, 3)}")
        self.label(row, self.edition.base_line.format(base="aggregate"), "label_after", 3)
        plans = self._sum_of_parts(form.paid_amount, lambda part: part.paid, lambda part: part.paid_amount)
        self.number(*b.paid, form.paid_amount, "after_dollar", plans)
        self._why("paid")

    def _levels(self) -> None:
        b, levels = self.boxes, self.form.levels
        heading = self._item("levels")
        self.words(b.levels, 0, b.levels, LAST_COLUMN, heading, "boxed_heading")
        self._remark_height(b.levels, "levels")
        self._why("levels")
        for column in (0, 3):
            self.heads(b.levels + 1, *self.edition.heads["levels"], column=column)
        for row in range(b.levels + 1, b.levels_total[0] + 1):
            self.unused(row, 2, 2)
        self.unused(b.levels_total[0], 0, 2)
        for level in LEVELS:
            row, column = b.level(level)
            self.label(row, str(level), "label", column - 1)
            self._level(level, levels[level] if levels is not None else None)
            self.whole_numbers(row, column, row, column)
        row, column = b.levels_total
        self.label(row, self.edition.rows["total"], "total", column - 1)
        halves = [f"{at(*b.level(low))}:{at(*b.level(high))}" for low, high in self._halves()]
        self.number(row, column, None if levels is None else sum(levels.values()), "count", f"=SUM({','.join(halves)})")

    def _halves(self) -> tuple[tuple[int, int], tuple[int, int]]:
        left, right = LEVELS[: printed_form.LEFT], LEVELS[printed_form.LEFT :]
        return (left[0], left[-1]), (right[0], right[-1])

    def _level(self, level: int, count: int | None) -> None:
        plans = self._sum_of_parts(count, lambda part: part.level(level), lambda part: (part.levels or {}).get(level))
        self.number(*self.boxes.level(level), count, "count", plans)

    def _awards(self) -> None:
        b, form = self.boxes, self.form
        row = b.awards_number[0]
        self.label(row, self._item("awards"), "boxed_heading")
        self.sheet.set_row(row, 48)
        denominator = {
            "item_9_career": at(*b.appointees("career")),
            "item_4_number": at(b.aggregate, 1),
            "item_10_career": at(b.rated_total, b.rated_column("career")),
        }[self.agency.options.item_8_denominator]
        share = None if form.awards_percent is None else form.awards_percent / 100
        self.number(*b.awards_number, form.awards_number, "count", f"={at(*b.levels_total)}")
        self.number(*b.awards_percent, share, "percent_or", f"=ROUND({at(*b.awards_number)}/{denominator},3)")
        self.words(row, 3, row, LAST_COLUMN, self.edition.awards_line, "label_after")
        self._why("awards")

    def _all_appointees(self) -> None:
        b = self.boxes
        heading = self._item("appointees")
        self.words(b.appointees_head, 0, b.appointees_head + 1, 1, heading, "boxed_heading")
        for kind in APPOINTEES:
            self.label(b.appointees_head, self.edition.columns[kind], "number_head", b.rated_column(kind))
            self._appointees(kind)
        self.whole_numbers(b.appointees_head + 1, 2, b.appointees_head + 1, 1 + len(APPOINTEES))

    def _appointees(self, kind: str) -> None:
        count = self.form.appointees[kind]
        plans = self._sum_of_parts(count, lambda part: part.appointees(kind), lambda part: part.appointees[kind])
        self.number(*self.boxes.appointees(kind), count, "count", plans)

    def _ratings(self) -> None:
        b, form = self.boxes, self.form
        self.words(b.ratings, 0, b.ratings, LAST_COLUMN, self._item("ratings"), "boxed_heading")
        over, under = b.ratings + 1, b.ratings + 2
        rating_level, highest, number_rated = self.edition.heads["ratings"]
        self.words(over, 0, under, 0, rating_level, "head_over")
        self.words(over, 1, under, 1, highest, "head_over")
        self.words(over, 2, over, LAST_COLUMN, number_rated, "head_over")
        for kind in APPOINTEES:
            self.label(under, self.edition.columns[kind], "number_head", b.rated_column(kind))
        self.sheet.set_row(under, 32)
        names = level_names(form.period[1] if form.period else None)
        for level in form.ratings:
            self.label(b.rating(level), f"{level} ({names[level]})" if names[level] else str(level))
            self.text((b.rating(level), 1), self.edition.mark if level == form.highest else None, "mark")
            for kind in APPOINTEES:
                self._rated(level, kind)
            if level not in PATTERNS[form.pattern]:
                self.note(b.rating(level), f"Pattern {form.pattern} has no level {level}.")
        self.choices(b.rating(1), 1, (self.edition.mark,), b.rating(5))
        self.whole_numbers(b.rating(1), 2, b.rating(5), 1 + len(APPOINTEES))
        self.label(b.rated_total, self.edition.rows["total"], "total")
        self.unused(b.rated_total, 1, 1)
        for kind, total in form.rating_totals.items():
            column = b.rated_column(kind)
            self.number(b.rated_total, column, total, "count", summed(b.rating(1), b.rating(5), column))

    def _rated(self, level: int, kind: str) -> None:
        """A number of ratings; a level the pattern lacks stays blank, unless people were rated there by mistake."""
        count = self.form.ratings[level][kind]
        plans = self._sum_of_parts(count, lambda part: part.rated(level, kind), lambda part: part.ratings[level][kind])
        shown = count if count or level in PATTERNS[self.form.pattern] else None
        self.number(*self.boxes.rated(level, kind), shown, "count", plans)

    def _added(self, item: Item, formula: BoxFormula) -> None:
        """An item that not every edition has: a line, made of numbers of other items."""
        b = self.boxes
        row, column = b.added_item(item)
        self.words(row, 0, row, column - 1, item.label, "boxed_heading")
        value, look = (
            self.form.added(formula),
            {"dollars": "money", "percent": "share"}.get(formula.shown, "count"),
        )
        held = value / 100 if isinstance(value, Decimal) and formula.shown == "percent" else value
        self.number(row, column, held, look, formula.written(lambda box: at(*b.named(*box.split(".")))))

    def _imprint(self) -> None:
        row, look = self.boxes.imprint, self.book.formats["imprint"]
        self.sheet.write_string(row, 0, self.edition.imprint[0], look)
        self.sheet.write_string(row, 2, self.edition.imprint[1], look)
        self.sheet.write_string(row, LAST_COLUMN, self.edition.number.format(form=self.form.form), look)

    def _below(self, first: int) -> None:
        """The footnotes, one below the other."""
        look = self.book.formats["wrapped"]
        for row, footnote in enumerate(self.form.footnotes, first):
            styles.write_across(self.sheet, row, LAST_COLUMN, footnote, look, characters=_FOOTNOTE)

    def _names(self) -> None:
        """Name the main boxes, so that a person can go to one by its name."""
        b = self.boxes
        for box, place in {
            "{agency}": b.agency, "{paid_in}": b.paid_in, "{base_pay}_number": (b.aggregate, 1),
            "{base_pay}_total": (b.aggregate, 3), "{pool}": b.pool, "{paid}_percent": b.paid_percent,
            "{paid}_amount": b.paid, "{levels}_total": b.levels_total, "{awards}_number": b.awards_number,
            "{awards}_percent": b.awards_percent, "{appointees}_career": b.appointees("career"),
            "{ratings}_career": (b.rated_total, b.rated_column("career")),
        }.items():  # fmt: skip
            named = re.sub(r"\W", "_", f"Item_{self.edition.said(box)}")
            column, row = at(*place)[0], at(*place)[1:]
            self.book.file.define_name(f"'{self.name}'!{named}", f"='{self.name}'!${column}${row}")


def level_names(day: date | None) -> Mapping[int, str]:
    """The printed names of the rating levels; the layout of FY 2002 stands in for earlier years."""
    found = recorded("report.level_names", day) if day else None
    names: Mapping[int, str] = (found or parameter("report.level_names").values[0]).value
    return names
