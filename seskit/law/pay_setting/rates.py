"""The rate range on a date, and whether a rate lies in it."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.facts import CENT, AsOf, Certified, Day, Fact, Group, Rate, YesNo, dollars, plain
from seskit.law.pay_setting.bounds import open_range
from seskit.law.question import question
from seskit.law.rate_range import (
    OPEN_RANGE,
    RateRange,
    before_open_range,
    doubt_rate,
    es_rates,
    first_published,
    open_range_day,
)
from seskit.law.result import CannotTell, Result, Working
from seskit.law.versions import until

RANGE_LAW = "5 U.S.C. 5382; 5 CFR 534.403(a)"
#: By group what the range, its minimum and its maximum are cited to.
_RANGE_CITED = {
    "SES": (RANGE_LAW, "5 U.S.C. 5376(b)(1)(A), 5382(a)", "5 U.S.C. 5382(a), (b); 5 CFR 534.403(a)(2)"),
    "SL/ST": ("5 U.S.C. 5376(b)", "5 U.S.C. 5376(b)(1)(A)", "5 U.S.C. 5376(b)(1)(B), (b)(3)"),
}
#: Its last change ended locality pay on top of an SL/ST rate.
_SL_CEILING = "pay_setting.senior_level.ceiling_uncertified"
GroupFact = Annotated[Group, Fact("Group")]


def _fixed_rates(work: Working, as_of: date) -> dict[str, Decimal]:
    rates = es_rates(as_of, work.figure)
    basic = work.figure("pay_setting.es_rates.basic_ceiling")
    joint = work.figure("pay_setting.es_rates.with_locality_ceiling")
    work.figure("pay_setting.es_rates.basic_floor")
    listed = ", ".join(f"{name} {dollars(rate)}" for name, rate in rates.items())
    work.note(f"Until {open_range_day()} there were six fixed rates: {listed}.", before_open_range("5 U.S.C. 5382"))
    work.caution(
        f"A basic rate may not exceed {dollars(basic)} (level IV); with locality pay, {dollars(joint)} (level III)."
    )
    return rates


def _senior_level_cautions(work: Working, as_of: date) -> None:
    rose = parameters.last_change(_SL_CEILING)
    if as_of < rose:
        work.caution(
            f"Before {rose} SL/ST executives received locality pay on top of the rate; the range shown excludes it."
        )


#: Before the open range: the six rates by name.
FixedRates = Annotated[dict[str, Decimal], Fact("The six ES rates", unit="USD per year")]


class PayRange(Answer):
    """The lowest and the highest rate of basic pay."""

    minimum: Annotated[Decimal, Fact("Lowest rate", unit="USD per year")]
    maximum: Annotated[
        Decimal | None, Fact("Highest rate", "Null: certification decides and is not known.", unit="USD per year")
    ]


def _six_rates(as_of: date) -> Result[FixedRates]:
    work = Working(as_of)
    rates = _fixed_rates(work, as_of)
    return work.answer(rates, f"Six fixed rates, from {dollars(rates['ES-1'])} to {dollars(rates['ES-6'])}.")


@question(RANGE_LAW)
@until(OPEN_RANGE, _six_rates, group="SES")
def pay_range(
    as_of: AsOf,
    *,
    certified: Certified = None,
    group: GroupFact = "SES",
    known_on: Annotated[
        Day | None,
        Fact("As known on", "Replay the schedule as it was known that day, before a retroactive one replaced it."),
    ] = None,
) -> Result[PayRange | FixedRates]:
    """Which rates of basic pay may be paid on a date?

    From 120 percent of GS-15 step 1 up to level III of the Executive Schedule, or level II with a certified system
    (5 U.S.C. 5382; 5 CFR 534.403(a); for SL/ST 5 U.S.C. 5376). `answer` holds `minimum` and `maximum` in dollars a year
    (the maximum is null where certification decides and is not known); before 2004-01-11 the six ES rates.
    """
    work = Working(as_of)
    limits = open_range(work, as_of, group)
    if group == "SL/ST":
        _senior_level_cautions(work, as_of)
    else:
        limits = _as_known(work, as_of, limits, known_on)
    return _range_answer(work, as_of, limits, certified, group)


def _as_known(work: Working, as_of: date, limits: RateRange, known_on: date | None) -> RateRange:
    before = first_published(as_of, known_on or as_of)
    if before is None:
        first = parameters.figure(OPEN_RANGE, as_of).first_day
        if known_on and known_on < first:
            work.caution(
                f"The schedule of {first} may not have been published on {known_on}; its final figures are shown."
            )
        return limits
    words = f"{dollars(before.minimum)} to {dollars(before.uncertified)} (level III)"
    if not before.one_maximum:
        words += f" or {dollars(before.certified)} (level II)"
    if known_on:
        work.caution(
            f"As known on {known_on}: {words}. A later order replaced these figures back to the same first day."
        )
        return before
    work.caution(
        f"First published as {words}; a later order replaced that back to the same first day. Final figures are used."
    )
    return limits


def _range_answer(
    work: Working, as_of: date, limits: RateRange, certified: bool | None, group: str
) -> Result[PayRange]:
    law, minimum, maximum = _RANGE_CITED[group]
    highest = limits.maximum(certified)
    work.note(f"The minimum, 120 percent of GS-15 step 1, is {dollars(limits.minimum)}.", minimum)
    if highest is None:
        work.test(
            None,
            f"The maximum is {dollars(limits.certified)} with a certified system, {dollars(limits.uncertified)} without.",
            law,
        )
        says = CannotTell(f"From {dollars(limits.minimum)}; cannot tell the maximum. Missing: certified.")
        return work.answer(PayRange(minimum=plain(limits.minimum), maximum=None), says)
    status = "certified or not"
    if not limits.one_maximum:
        status = "with a certified system" if certified else "without a certified system"
    work.note(f"The maximum {status} is {dollars(highest)}.", maximum)
    if group == "SES" or as_of >= parameters.last_change(_SL_CEILING):
        work.note("No locality pay is added.", "5 U.S.C. 5304(h)(1)")
    answer = PayRange(minimum=plain(limits.minimum), maximum=plain(highest))
    return work.answer(answer, f"From {dollars(limits.minimum)} to {dollars(highest)} a year, {status}.")


class CheckedRate(Answer, verdict="lawful"):
    """Whether a rate is lawful."""

    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]
    nearest_lawful: Annotated[Decimal, Fact("Nearest lawful rate", unit="USD per year")]


def _one_of_six(as_of: date, rate: Decimal) -> Result[CheckedRate]:
    work = Working(as_of)
    rates = _fixed_rates(work, as_of)
    nearest = min(rates.values(), key=lambda lawful: (abs(lawful - rate), lawful))
    work.test(rate in rates.values(), f"{dollars(rate)} must be one of the six rates.", "5 U.S.C. 5382")
    return _checked(work, rate, rate in rates.values(), nearest)


@question(RANGE_LAW)
@until(OPEN_RANGE, _one_of_six, group="SES")
def check_rate(
    as_of: AsOf,
    *,
    rate: Rate,
    certified: Certified = None,
    group: GroupFact = "SES",
    preserved: Annotated[
        YesNo | None,
        Fact("Preserved rate", "A rate lawfully above level III, kept after certification ended or on a transfer."),
    ] = False,
) -> Result[CheckedRate]:
    """Is this a lawful rate of basic pay?

    Nobody may be paid below the range minimum or above the maximum that applies, except a preserved rate (5 CFR
    534.403). `answer` says whether it is lawful (null: cannot tell) and the nearest lawful rate in dollars a year.
    """
    work = Working(as_of)
    limits = open_range(work, as_of, group)
    if group == "SL/ST":
        _senior_level_cautions(work, as_of)
    lawful = limits.lies_within(rate, certified)
    if lawful is not True and limits.uncertified < rate <= limits.certified and preserved is not False:
        text = "A rate above level III, once lawful, is kept and frozen; it is not a retained rate."
        lawful = preserved
        work.test(
            preserved,
            text if preserved else f"{text} Whether it is preserved is not known.",
            "5 CFR 534.403(b), 534.404(h)(2)" if group == "SES" else "5 CFR 534.509",
        )
        return _checked(work, rate, lawful, rate if lawful else limits.uncertified, "preserved")
    highest = limits.maximum(certified) or limits.uncertified
    range_words = f"{dollars(limits.minimum)} to {dollars(limits.uncertified)}"
    if not limits.one_maximum:
        range_words += f" without certification, {dollars(limits.certified)} with it"
    work.test(lawful, f"{dollars(rate)} must lie in the range: {range_words}.", _RANGE_CITED[group][0])
    if rate > limits.certified:
        level_one = work.figure("pay_setting.executive_schedule.level_I")
        work.caution(
            f"Critical position pay (5 U.S.C. 5377) may reach level I, {dollars(level_one)}; it needs its own authority: "
            "ask about critical position pay (pay_setting.critical_position_pay)."
        )
    return _checked(work, rate, lawful, rate if lawful else min(max(rate, limits.minimum), highest), "certified")


def _checked(
    work: Working, rate: Decimal, lawful: bool | None, nearest: Decimal, lacks: str = ""
) -> Result[CheckedRate]:
    says = {
        True: f"{dollars(rate)} is a lawful rate.",
        False: f"{dollars(rate)} is not a lawful rate; the nearest is {dollars(nearest)}.",
        None: CannotTell(f"Cannot tell whether {dollars(rate)} is lawful; {dollars(nearest)} is. Missing: {lacks}."),
    }[lawful]
    return work.answer(CheckedRate(lawful=lawful, nearest_lawful=plain(nearest)), says)


def paid_by_the_hour(work: Working, rate: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """The hours of a work year, the rate of an hour to the cent, and what that gives for a pay period."""
    divisor, hours = (Decimal(work.figure(f"pay_setting.hourly.{word}")) for word in ("divisor", "biweekly"))
    hourly = (rate / divisor).quantize(CENT, ROUND_HALF_UP)
    return divisor, hourly, hourly * hours


class HourlyRate(Answer):
    """The hourly and biweekly rate."""

    hourly: Annotated[Decimal, Fact("Hourly rate", unit="USD an hour")]
    biweekly: Annotated[Decimal, Fact("Rate of a pay period", unit="USD")]


@question("5 CFR 534.407(b)")
def hourly_rate(as_of: AsOf, *, rate: Rate) -> Result[HourlyRate]:
    """What are the hourly and the biweekly rate of an executive's yearly pay?

    The yearly rate is divided by the hours of a work year, to the cent, and multiplied by the hours of a pay period
    (5 CFR 534.407(b)). `answer` holds `hourly` and `biweekly` in dollars.
    """
    work = Working(as_of)
    divisor, hourly, biweekly = paid_by_the_hour(work, rate)
    doubt_rate(work, as_of, rate)
    work.note(f"{dollars(rate)} / {divisor} hours is {dollars(hourly)}, half a cent up.", "5 CFR 534.407(b)")
    work.note("No overtime, premium pay or compensatory time for SES work.", "5 CFR 534.408")
    return work.answer(HourlyRate(hourly, biweekly), f"{dollars(hourly)} an hour, {dollars(biweekly)} a pay period.")
