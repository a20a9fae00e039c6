"""The rate range in force on a date, for the SES and for SL/ST: the arithmetic that several subjects share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.law import parameters
from seskit.law.facts import dollars
from seskit.law.parameters import NoRule
from seskit.law.result import Working

Look = Callable[[str, date], Any]


def _value(path: str, on: date) -> Any:
    return parameters.figure(path, on).value


@dataclass(frozen=True)
class RateRange:
    """The lowest rate, and the highest without and with a certified appraisal system."""

    minimum: Decimal
    uncertified: Decimal
    certified: Decimal
    #: The first day on which a system can be certified, where the range is that of a day before it.
    certifiable_from: date | None = field(default=None, kw_only=True)

    @property
    def one_maximum(self) -> bool:
        """Whether certification changes nothing."""
        return self.certified == self.uncertified

    def maximum(self, certified: bool | None) -> Decimal | None:
        """The highest rate; with certification not known, None unless both maxima agree."""
        if certified is None:
            return self.certified if self.one_maximum else None
        return self.certified if certified else self.uncertified

    def lies_within(self, rate: Decimal, certified: bool | None) -> bool | None:
        """Whether a rate lies in the range; None where that turns on a certification that is not known."""
        if not self.minimum <= rate <= self.certified:
            return False
        return True if rate <= self.uncertified else certified


#: The rule whose first day is that of the open range.
OPEN_RANGE = "pay_setting.ses_range.minimum"


def open_range_day() -> date:
    """The day the open range replaced the six ES rates."""
    return parameters.first_day(OPEN_RANGE)


def before_open_range(citation: str) -> str:
    """A citation of the law as it was until the open range."""
    return f"{citation} (before {open_range_day()})"


def es_rates(on: date, look: Look = _value) -> dict[str, Decimal]:
    """The six ES rates of basic pay; refuses a day on which they are not in force."""
    return {f"ES-{level}": Decimal(look(f"pay_setting.es_rates.level_{level}", on)) for level in range(1, 7)}


def first_certified_day() -> date:
    """The first day on which an appraisal system could be certified; before it level III is the maximum for all."""
    return parameters.first_day("certification.maximum_level.SES_certified")


def _ses_range(on: date, ends: tuple[str, ...], look: Look) -> RateRange:
    return RateRange(*(Decimal(look(f"pay_setting.ses_range.{end}", on)) for end in ("minimum", *ends)))


def scheduled_range(on: date) -> RateRange:
    """The SES range as the schedule has it, whether or not a system could be certified on the date."""
    return _ses_range(on, ("maximum_uncertified", "maximum_certified"), _value)


def range_on(on: date, group: str = "SES", look: Look = _value) -> RateRange:
    """The range of a group on a date; for the SES only since the open range began."""
    if group == "SES":
        if on < (first := first_certified_day()):
            return replace(_ses_range(on, ("maximum_uncertified", "maximum_uncertified"), look), certifiable_from=first)
        return _ses_range(on, ("maximum_uncertified", "maximum_certified"), look)
    series = "ses_minimum" if on >= open_range_day() else "statutory_floor"
    lowest = Decimal(look(f"pay_setting.minimum_rate.{series}", on))
    levels = (look(f"pay_setting.senior_level.{end}", on) for end in ("ceiling_uncertified", "ceiling_certified"))
    return RateRange(lowest, *(Decimal(look(f"pay_setting.executive_schedule.{level}", on)) for level in levels))


def schedule_not_recorded(on: date) -> str:
    """Where the next schedule is due by a day and not recorded, a sentence that says so; empty otherwise."""
    path = "pay_setting.ses_range.maximum_certified"
    if not parameters.is_due(path, on):
        return ""
    year = parameters.last_change(path).year
    return f"Cannot tell yet: by the {year} schedule, and the schedule for {year + 1} is not recorded"


def first_published(on: date, known_on: date) -> RateRange | None:
    """The SES range as it was known on a day before a retroactive schedule replaced it; None where none did."""
    found = []
    top = "level_III" if on < first_certified_day() else "level_II"
    for path in ("ses_minimum", "level_III", top):
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


def doubt_rate(work: Working, on: date, rate: Decimal, certified: bool | None = None) -> None:
    """Say so where an answer rests on a rate that can hardly be right."""
    if because := rate_doubt(on, rate, certified):
        work.caution(f"{dollars(rate)} {because}: check the rate.")


def rate_doubt(
    on: date, rate: Decimal, certified: bool | None, *, fixed: bool = True, with_locality: bool = False
) -> str:
    """What makes a rate of basic pay hard to believe on a day: 'is above ...'; empty where nothing does, or none is recorded.

    Before the open range a rate is one of six, unless `fixed` is not asked; `with_locality` tells of pay with locality.
    Where the schedule of the day is due and not recorded, nothing can be said.
    """
    if schedule_not_recorded(on):
        return ""
    try:
        if on < open_range_day():
            return _fixed_doubt(on, rate, fixed=fixed, with_locality=with_locality)
        limits = range_on(on)
    except NoRule:
        return ""
    if rate < limits.minimum:
        return f"is below the range minimum of {dollars(limits.minimum)} on {on}"
    if rate > limits.certified:
        return (
            f"is above the range maximum of {dollars(limits.certified)} on {on}, which only critical position pay (5 U.S.C. 5377) "
            "may pass"
        )
    if certified is False and rate > limits.uncertified:
        return (
            f"is above level III, {dollars(limits.uncertified)} on {on}, and without a certified system is lawful only as a rate kept "
            "from before (5 CFR 534.403(b), 534.404(h)(2))"
        )
    return ""


def _fixed_doubt(on: date, rate: Decimal, *, fixed: bool, with_locality: bool) -> str:
    rates = es_rates(on).values()
    highest = Decimal(_value("pay_setting.executive_schedule.level_III", on)) if with_locality else max(rates)
    if fixed and rate not in rates:
        return f"is none of the six ES rates on {on}"
    if min(rates) <= rate <= highest:
        return ""
    return f"is not between {dollars(min(rates))} and {dollars(highest)}, the lowest and the highest pay on {on}"
