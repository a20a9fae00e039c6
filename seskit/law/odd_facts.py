"""Facts that can hardly be right: days out of their order and amounts that nobody is paid, told as cautions beside the answer.

What a question itself refuses or speaks of is not told twice. The bounds are far from anything lawful: they find a month's
pay for a year's, cents for dollars, a sum for an average, 0.05 for 5 percent, and a year that was mistyped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from seskit.law import parameters
from seskit.law.clocks import add_years, fiscal_year
from seskit.law.facts import dollars

if TYPE_CHECKING:
    from seskit.law.question import FactSlot

#: No yearly rate of pay of the subject is below or above it, and nobody is paid more in a year.
LEAST_YEARLY, MOST = Decimal(25_000), Decimal(1_000_000)
#: What is counted, and the number above which the count can hardly be right.
_MOST_COUNTED = {
    "count": 100_000, "people": 100_000, "persons": 100_000, "positions": 100_000, "executives": 100_000,
    "years": 60, "months": 600, "days": 36_500, "hours": 100_000,
}  # fmt: skip
_LEAST_PERCENT, _MOST_PERCENT = Decimal("0.3"), Decimal(100)
#: A day so many years behind the day of the question is mistyped: nobody plans that far ahead.
_YEARS_AHEAD = 10
#: A rule in force from the first day of the Senior Executive Service.
_FIRST_RULE = "awards.individual.maximum_share"


def cautions(
    slots: Mapping[str, FactSlot], facts: Mapping[str, Any], as_of: date | None, told: Iterable[str]
) -> Iterator[str]:
    """What to say about the facts of one question; nothing about an amount or a day that `told` already asks to check."""
    asked = facts.get("as_of")
    for name, value in facts.items():
        if value is None or isinstance(value, str | bool) or name == "as_of":
            continue
        slot = slots[name]
        if isinstance(value, list | tuple):
            yield from _alike(slot, value, told)
            for one, said in _single(slot, value):
                yield from _of_one(one, said, asked or as_of, asked, told)
        else:
            yield from _of_one(slot, value, asked or as_of, asked, told)
            for first in slot.after:
                if (earlier := facts.get(first)) and value < earlier:
                    yield f"{slot.label}: {value} comes before {earlier} ({slots[first].label}); check both days."


def _of_one(slot: FactSlot, value: Any, near: date | None, asked: date | None, told: Iterable[str]) -> Iterator[str]:
    """What to say about one value: of a fact, or in a list or row."""
    if isinstance(value, date):
        if asked and slot.happened and value > asked:
            yield f"{slot.label}: {value} comes after {asked}; check both days."
        yield from _far_off(slot, value, near)
    elif isinstance(value, Decimal):
        if (said := doubt(slot, value)) and not any(dollars(value) in one and "check" in one for one in told):
            yield f"{slot.label}: {said}"
    elif isinstance(value, int) and not isinstance(value, bool):
        if slot.is_year:
            yield from _odd_year(slot, value, asked)
        elif slot.unit and (said := doubt(slot, Decimal(value))):
            yield f"{slot.label}: {said}"


def doubt(slot: FactSlot, value: Decimal) -> str:
    """What makes one amount, percentage or count hard to believe, in a sentence; empty where nothing does."""
    if slot.unit == "USD per year":
        return _yearly(value, may_be_zero=bool(slot.zero))
    if slot.unit == "USD" and slot.zero is False and value < LEAST_YEARLY:
        return (
            f"{dollars(value)} can hardly be the pay of a whole year; give what is received in all of it, and check it."
        )
    if value == 0 and slot.zero is False:
        return "0 can hardly be right; leave it out where it is not known, and check the number."
    if slot.unit == "USD" and abs(value) > MOST:
        return f"{dollars(value)} is more than anybody is paid in a year; check the amount."
    if slot.unit == "percent" and (0 < value < _LEAST_PERCENT or value > _MOST_PERCENT):
        return f"{value:f} percent can hardly be meant; write 5 for five percent, and check it."
    most = _MOST_COUNTED.get(slot.unit, 0)
    unit = "" if slot.unit == "count" else f" {slot.unit}"
    return f"{value:,}{unit} can hardly be right; check the number." if most and value > most else ""


def _yearly(amount: Decimal, *, may_be_zero: bool) -> str:
    if amount > MOST:
        return f"{dollars(amount)} can hardly be the pay of one person for a year; check the rate."
    if amount >= LEAST_YEARLY or (may_be_zero and not amount):
        return ""
    return f"{dollars(amount)} can hardly be the pay for a year; give a yearly rate, not one for a month or an hour, and check it."


def _single(slot: FactSlot, values: Sequence[Any]) -> Iterator[tuple[FactSlot, Any]]:
    """Each value of a list, or of its rows, with the slot that says what it is."""
    if values and isinstance(values[0], date | Decimal | int):
        yield from ((slot, one) for one in values)
    elif values and not isinstance(values[0], str):
        yield from _of_rows(slot, values)


def _alike(slot: FactSlot, rows: Sequence[Any], told: Iterable[str]) -> Iterator[str]:
    """What to say about a list with a row that is there twice, where the answer does not speak of it."""
    if len(rows) < 2 or isinstance(rows[0], str | date | Decimal | int):
        return
    if any(row in rows[:number] for number, row in enumerate(rows)) and not any("twice" in one for one in told):
        yield f"{slot.label}: rows are alike; check that none of the {len(rows)} is there twice."


def _of_rows(slot: FactSlot, rows: Iterable[Any]) -> Iterator[tuple[FactSlot, Any]]:
    from seskit.law.entry_shape import shape

    fields = shape(slot).fields
    for row in rows:
        for field in fields:
            value = row.get(field.name) if isinstance(row, Mapping) else getattr(row, field.name, None)
            if isinstance(value, date | Decimal | int):
                yield (slot if isinstance(value, Decimal) and not field.unit else field), value


def _odd_year(slot: FactSlot, year: int, as_of: date | None) -> Iterator[str]:
    """What to say about a year before the service began, or one that must be past and begins after the as-of date."""
    first = parameters.first_day(_FIRST_RULE)
    if year < first.year:
        yield f"{slot.label}: {year} comes before {first}, when the Senior Executive Service began; check the year."
    elif as_of and slot.happened and year > fiscal_year(as_of):
        yield f"{slot.label}: {year} comes after {as_of}; check both."


def _far_off(slot: FactSlot, day: date, as_of: date | None) -> Iterator[str]:
    if day < (first := parameters.first_day(_FIRST_RULE)):
        yield f"{slot.label}: {day} comes before {first}, when the Senior Executive Service began; check the day."
    elif as_of and as_of.year + _YEARS_AHEAD < day.year and day > add_years(as_of, _YEARS_AHEAD):
        yield f"{slot.label}: {day} comes more than {_YEARS_AHEAD} years after {as_of}; check the year."
