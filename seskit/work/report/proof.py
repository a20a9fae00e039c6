"""The proof of a form: item by item how the number was made, what it must tie to, and why a box is blank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from seskit.law.awards import pool_shares
from seskit.law.facts import dollars
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


def lines(form: Form) -> list[ProofLine]:
    """The proof of one form, in the order of its items."""
    return [ProofLine(item, value, made, ties, form.blanks.get(item, "")) for item, value, made, ties in _rows(form)]


def _rows(form: Form) -> Iterator[tuple[str, str, str, str]]:
    yield "1", form.agency, "The name in agency.yaml.", ""
    period = f"{form.period[0]} to {form.period[1]}" if form.period else "See plan forms"
    yield "2", period, "The appraisal period of the plan; the common one of several plans, if they agree.", ""
    yield (
        "3",
        form.paid_in or "",
        "The month of payment in agency.yaml; common to all plans, or 'See plan forms'.",
        "Item 4's day follows from it.",
    )
    aggregate = form.aggregate
    counted = (
        f"{aggregate.number} {'person' if aggregate.number == 1 else 'people'}, {dollars(aggregate.total)}"
        if aggregate
        else ""
    )
    on = f"on {form.pay_as_of}" if form.pay_as_of else "on the days of the plan forms"
    yield (
        "4", counted,
        f"Career appointees and Presidential appointees with a rate {on} (basic_pay_fy_end), by pay level; total is number times base pay.",
        "AGGREGATE is the sum of the rows; number equals item 9 Career when both are of the same day.",
    )  # fmt: skip
    yield "5", _money(form.pool), f"{_share(form)}, rounded down to the cent.", "Item 4 AGGREGATE."
    paid = f"{_money(form.paid_amount)} = {form.paid_percent} percent" if form.paid_amount is not None else ""
    yield (
        "6",
        paid,
        "Sum of the column award; 100 times it divided by item 4 AGGREGATE, two decimals.",
        "Item 7 times rates; item 5 as a limit.",
    )
    total = str(sum(form.levels.values())) if form.levels is not None else ""
    yield (
        "7",
        total,
        "Each award as a percentage of basic_pay_period_end, to a whole percent from 5 to 20.",
        "TOTAL equals item 8; at most item 10 Career, levels 3 to 5.",
    )
    awarded = f"{form.awards_number} = {form.awards_percent} percent" if form.awards_number is not None else ""
    yield (
        "8",
        awarded,
        "Item 7 TOTAL; 100 times it divided by item 9 Career, one decimal.",
        "Item 7 TOTAL, item 9 Career.",
    )
    heads = ", ".join(f"{column} {count}" for column, count in form.appointees.items())
    yield (
        "9",
        heads,
        "People with a rate on the last day of the period (basic_pay_period_end), by appointment type.",
        "At least item 10 TOTAL, column by column.",
    )
    rated = ", ".join(f"{column} {count}" for column, count in form.rating_totals.items())
    yield (
        "10",
        f"X at {form.highest}; {rated}",
        f"People by rating and appointment type; X at the highest level pattern {form.pattern} allows.",
        "Levels 1 and 2 equal the rows of the supplementary form.",
    )


def _share(form: Form) -> str:
    """The part of pay that was the pool in the month of payment."""
    of = "item 4 AGGREGATE divided by its number" if form.form == "1558A" else "item 4 AGGREGATE"
    if form.paid_in is None:
        return f"The percentage in force in the month of payment, of {of}"
    whole, average = pool_shares(month_start(form.paid_in))
    return f"{average if form.form == '1558A' else whole} percent of {of}"


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else dollars(amount)
