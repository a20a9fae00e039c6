"""The rate range in force on a date, for the SES and for SL/ST: the arithmetic that several subjects share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law import parameters
from seskit.law.parameters import NoRule

Look = Callable[[str, date], Any]


def _value(path: str, on: date) -> Any:
    return parameters.figure(path, on).value


@dataclass(frozen=True)
class RateRange:
    """The lowest rate, and the highest without and with a certified appraisal system."""

    minimum: Decimal
    uncertified: Decimal
    certified: Decimal

    def maximum(self, certified: bool | None) -> Decimal | None:
        """The highest rate; with certification not known, None unless both maxima agree."""
        if certified is None:
            return self.certified if self.certified == self.uncertified else None
        return self.certified if certified else self.uncertified

    def lies_within(self, rate: Decimal, certified: bool | None) -> bool | None:
        """Whether a rate lies in the range; None where that turns on a certification that is not known."""
        if not self.minimum <= rate <= self.certified:
            return False
        return True if rate <= self.uncertified else certified


def open_range_day() -> date:
    """The day the open range replaced the six ES rates."""
    return parameters.first_day("pay_setting.ses_range.minimum")


def before_open_range(citation: str) -> str:
    """A citation of the law as it was until the open range."""
    return f"{citation} (before {open_range_day()})"


def es_rates(on: date, look: Look = _value) -> dict[str, Decimal]:
    """The six ES rates of basic pay; refuses a day on which they are not in force."""
    return {f"ES-{level}": Decimal(look(f"pay_setting.es_rates.level_{level}", on)) for level in range(1, 7)}


def range_on(on: date, group: str = "SES", look: Look = _value) -> RateRange:
    """The range of a group on a date; for the SES only since the open range began."""
    if group == "SES":
        ends = ("minimum", "maximum_uncertified", "maximum_certified")
        return RateRange(*(Decimal(look(f"pay_setting.ses_range.{end}", on)) for end in ends))
    series = "ses_minimum" if on >= open_range_day() else "statutory_floor"
    lowest = Decimal(look(f"pay_setting.minimum_rate.{series}", on))
    levels = (look(f"pay_setting.senior_level.{end}", on) for end in ("ceiling_uncertified", "ceiling_certified"))
    return RateRange(lowest, *(Decimal(look(f"pay_setting.executive_schedule.{level}", on)) for level in levels))


def schedule_not_recorded(on: date) -> str:
    """Where the next schedule is due by a day and not recorded, a sentence that says so; empty otherwise."""
    path = "pay_setting.ses_range.maximum_certified"
    if not parameters.is_due(path, on):
        return ""
    year = parameters.parameter(path).values[-1].first_day.year
    return f"Cannot tell yet: by the {year} schedule, and the schedule for {year + 1} is not recorded"


def first_published(on: date, known_on: date) -> RateRange | None:
    """The SES range as it was known on a day before a retroactive schedule replaced it; None where none did."""
    found = []
    for path in ("ses_minimum", "level_III", "level_II"):
        figure = parameters.recorded(f"pay_setting.executive_schedule_first_published.{path}", known_on)
        if figure is None or figure.first_day != parameters.figure("pay_setting.ses_range.minimum", on).first_day:
            return None
        found.append(Decimal(figure.value))
    return RateRange(*found)


def range_maximum(on: date, certified: bool | None, look: Look = _value) -> Decimal:
    """The highest SES rate of basic pay on a date; with certification not known, the certified maximum."""
    try:
        return es_rates(on)["ES-6"]
    except NoRule:
        found = range_on(on, look=look)
        return found.uncertified if certified is False else found.certified
