"""The proof of a form: item by item how the number was made, what it must tie to, and why a box is blank."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.formats.days import long_month
from seskit.law.awards import pool_shares
from seskit.law.facts import dollars
from seskit.law.report.box_formulas import BoxFormula
from seskit.law.report.dates import month_start
from seskit.work.report.forms import Form


@dataclass(frozen=True)
class ProofLine:
    """One line of the proof sheet."""

    item: str
    value: str
    made: str
    ties_to: str
    blank: str
    #: What the item holds; of an added one its number.
    key: str


def lines(form: Form) -> list[ProofLine]:
    """The proof of one form, in the order of its items; how each is made and what it ties to is said by the edition."""
    values, edition = _values(form), form.edition
    said = {
        "on": f"on {form.pay_as_of}" if form.pay_as_of else "on the days of the plan forms",
        "share": _share(form),
        "pattern": form.pattern,
    }
    return [
        ProofLine(
            item.number,
            added_text(form, item.formula) if item.formula else values[item.holds],
            edition.said(item.made, **said),
            edition.said(item.ties),
            form.blanks.get(item.holds) or (_base_pay(form) if item.holds == "base_pay" else ""),
            item.key,
        )
        for item in edition.items
    ]


def _values(form: Form) -> dict[str, str]:
    total = form.aggregate
    counted = f"{total.number} {'person' if total.number == 1 else 'people'}, {dollars(total.total)}" if total else ""
    rated = ", ".join(f"{column} {count}" for column, count in form.rating_totals.items())
    return {
        "agency": form.agency,
        "period": f"{form.period[0]} to {form.period[1]}" if form.period else "See plan forms",
        "paid_in": long_month(form.paid_in) if form.paid_in else "",
        "base_pay": counted,
        "pool": _money(form.pool),
        "paid": f"{_money(form.paid_amount)} = {form.paid_percent} percent" if form.paid_amount is not None else "",
        "levels": str(sum(form.levels.values())) if form.levels is not None else "",
        "awards": f"{form.awards_number} = {form.awards_percent} percent" if form.awards_number is not None else "",
        "appointees": ", ".join(f"{column} {count}" for column, count in form.appointees.items()),
        "ratings": f"{form.edition.mark} at {form.highest}; {rated}",
    }


def _base_pay(form: Form) -> str:
    """Why BASE PAY is blank in a row that has people."""
    blank = sum(row.number > 0 and row.base_pay is None for row in (form.pay_rows or {}).values())
    if not blank:
        return ""
    return f"BASE PAY, in {number_of(blank, 'row')}: the rates of these people differ, so that no single one can be printed."


def _share(form: Form) -> str:
    """The part of pay that was the pool in the month of payment."""
    of = f"{form.edition.named('base_pay')} {form.edition.rows['aggregate']}{' divided by its number' if form.form == '1558A' else ''}"
    if form.paid_in is None:
        return f"The percentage in force in the month of payment, of {of}"
    whole, average = pool_shares(month_start(form.paid_in))
    return f"{average if form.form == '1558A' else whole} percent of {of}"


def added_text(form: Form, formula: BoxFormula) -> str:
    """The value of an added item as it is printed."""
    value = form.added(formula)
    if value is None:
        return ""
    return (
        dollars(Decimal(value))
        if formula.shown == "dollars"
        else f"{value}%"
        if formula.shown == "percent"
        else str(value)
    )


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)
