"""Two sets of forms against each other, value by value: what a corrected workbook or a later report changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.formats.privacy import shown
from seskit.law.facts import dollars
from seskit.work.report.forms import APPOINTEES, Form, PayRow

BLANK = "blank"
_ABSENT = "no such form"


@dataclass(frozen=True)
class Difference:
    """One box that holds something else than before; `form` is the form's name in words."""

    form: str
    box: str
    before: str
    now: str

    def to_dict(self) -> dict[str, str]:
        """The difference as plain data."""
        return {"form": self.form, "box": self.box, "before": self.before, "now": self.now}

    def __str__(self) -> str:
        return f"{self.form}, {self.box}: {self.before} before, {self.now} now."


def between(before: Iterable[Form], now: Iterable[Form]) -> list[Difference]:
    """Every box that differs, form by form in the order of the new forms; a form that is gone or new is one line."""
    old, new = {form.key: form for form in before}, {form.key: form for form in now}
    found: list[Difference] = []
    for key in [*new, *(key for key in old if key not in new)]:
        if key in old and key in new:
            found += _of_form(old[key], new[key])
        else:
            title = (old.get(key) or new[key]).title
            found.append(Difference(title, "the form", *("there" if key in side else _ABSENT for side in (old, new))))
    return found


def _of_form(before: Form, now: Form) -> Iterator[Difference]:
    old, new = dict(_boxes(before)), dict(_boxes(now))
    for box in [*new, *(box for box in old if box not in new)]:
        one, other = old.get(box, BLANK), new.get(box, BLANK)
        if one != other:
            yield Difference(now.title, now.edition.said(box), one, other)


def boxes(form: Form) -> Iterator[tuple[str, str]]:
    """Every box of a form in words, with what it holds; footnotes and reasons are no boxes."""
    for box, value in _boxes(form):
        yield form.edition.said(box), value


def _boxes(form: Form) -> list[tuple[str, str]]:
    """The same with each item named by what it holds, so that boxes of two editions can be held against each other."""
    order = [f"item {{{item.key}}}" for item in form.edition.items]
    at = {item: place for place, item in enumerate(order, 1)}
    return sorted(_every(form), key=lambda box: at.get(box[0].partition(",")[0], 0))


def _every(form: Form) -> Iterator[tuple[str, str]]:
    yield "form", f"Form {form.form}"
    yield "due date", _said(form.due_date)
    yield "item {agency}", shown(form.agency, 120)
    yield "item {period}, from", _said(form.period and form.period[0])
    yield "item {period}, to", _said(form.period and form.period[1])
    yield "item {paid_in}", _said(form.paid_in)
    yield "item {base_pay}, day", _said(form.pay_as_of)
    yield from _base_pay(form)
    yield "item {pool}", _said(form.pool)
    yield "item {paid}, percent", _percent(form.paid_percent)
    yield "item {paid}, dollars", _said(form.paid_amount)
    for level, count in (form.levels or {}).items():
        yield f"item {{levels}}, {level} percent", _said(count)
    yield "item {levels}, {total}", _said(sum(form.levels.values()) if form.levels is not None else None)
    yield "item {awards}, number", _said(form.awards_number)
    yield "item {awards}, percent", _percent(form.awards_percent)
    for column in APPOINTEES:
        yield f"item {{appointees}}, {column}", _said(form.appointees[column])
    yield "item {ratings}, highest rating", str(form.highest)
    for level, row in form.ratings.items():
        for column in APPOINTEES:
            yield f"item {{ratings}}, level {level}, {column}", _said(row[column])
    for column, total in form.rating_totals.items():
        yield f"item {{ratings}}, {{total}}, {column}", _said(total)


def _base_pay(form: Form) -> Iterator[tuple[str, str]]:
    rows: dict[str, PayRow] = dict(form.pay_rows or {})
    if form.aggregate is not None:
        rows["aggregate"] = form.aggregate
    for name, row in rows.items():
        called = f"{{{name}}}" if name in form.edition.rows else f"pay rate {name}"
        label = f"item {{base_pay}}, {called}"
        yield f"{label}, number", _said(row.number)
        if name != "aggregate":
            yield f"{label}, base pay", _said(row.base_pay)
        yield f"{label}, total", _said(row.total)


def _said(value: Any) -> str:
    if value is None:
        return BLANK
    if isinstance(value, Decimal):
        return dollars(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _percent(value: Decimal | None) -> str:
    return BLANK if value is None else f"{value.normalize():f}%"
