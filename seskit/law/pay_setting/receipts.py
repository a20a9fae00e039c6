"""What reaches an executive in a calendar year: the paydays of the year, and the yearly step of the Executive Schedule."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from seskit.law.answers import Answer
from seskit.law.facts import AsOf, Day, Fact, Percent, Rate, dollars, plain
from seskit.law.parameters import PAY_PERIOD
from seskit.law.pay_setting.rates import paid_by_the_hour
from seskit.law.question import question
from seskit.law.rate_range import doubt_rate
from seskit.law.result import CannotTell, Result, Working

HUNDRED = Decimal(100)


class YearlyReceipts(Answer):
    """Basic pay received in a calendar year."""

    paydays: Annotated[int, Fact("Paydays")]
    received: Annotated[Decimal | None, Fact("Received", "Null: cannot tell.", unit="USD")]


@question("5 CFR 534.407(b); 5 CFR 530.203(c)")
def yearly_receipts(
    as_of: Annotated[AsOf, Fact("First payday of the calendar year", "The others follow every two weeks.")],
    *,
    rate: Rate,
    new_rate: Annotated[
        Rate | None, Fact("New rate in the year", "Leave out where the rate does not change.", "USD per year")
    ] = None,
    paid_from: Annotated[
        Day | None, Fact("First payday at the new rate", "Pay is received some days after it is earned.")
    ] = None,
) -> Result[YearlyReceipts]:
    """How much basic pay is received in a calendar year?

    Money counts when received: 26 paydays, in some years 27, each at the biweekly rate, the hourly rate to the cent times
    80 hours (5 CFR 534.407(b), 530.203(c)). `answer` holds `paydays` and `received` in dollars, for the aggregate limit.
    """
    work = Working(as_of)
    paydays = [as_of]
    while (following := paydays[-1] + timedelta(days=PAY_PERIOD)).year == as_of.year:
        paydays.append(following)
    biweekly = _biweekly(work, rate, as_of)
    work.note(
        f"{len(paydays)} paydays from {paydays[0]} to {paydays[-1]}, every {PAY_PERIOD} days.", "5 CFR 530.203(c)"
    )
    if as_of.day > PAY_PERIOD or as_of.month > 1:
        work.caution(f"An earlier payday of {as_of.year} is possible before {as_of}; check that it is the first.")
    received = biweekly * len(paydays)
    if new_rate is not None and paid_from is None:
        work.test(None, "The first payday at the new rate is not known.", "5 CFR 530.203(c)")
        return work.answer(
            YearlyReceipts(paydays=len(paydays), received=None), CannotTell("Cannot tell. Missing: paid_from.")
        )
    if new_rate is not None and paid_from is not None:
        later = sum(payday >= paid_from for payday in paydays)
        received = biweekly * (len(paydays) - later) + _biweekly(work, new_rate, paid_from) * later
        work.note(f"{later} of them pay the new rate.", "5 CFR 530.203(c)")
    elif paid_from is not None:
        told = f"The first payday at the new rate, {paid_from}, is not asked, because no new rate is given."
        work.note(told, "5 CFR 530.203(c)", "not asked")
    answer = YearlyReceipts(paydays=len(paydays), received=plain(received))
    return work.answer(answer, f"{len(paydays)} paydays bring {dollars(received)} of basic pay.")


def _biweekly(work: Working, rate: Decimal, paid_on: date) -> Decimal:
    doubt_rate(work, paid_on, rate)
    _, hourly, biweekly = paid_by_the_hour(work, rate)
    work.note(f"{dollars(rate)} a year is {dollars(hourly)} an hour, {dollars(biweekly)} a payday.", "5 CFR 534.407(b)")
    return biweekly


@question("5 U.S.C. 5318")
def executive_schedule_adjustment(
    as_of: Annotated[AsOf, Fact("Effective date", "First pay period on or after January 1.")],
    *,
    rate: Annotated[
        Rate, Fact("Rate of the level now", "The official rate, not the frozen payable one.", "USD per year")
    ],
    index_percent: Annotated[
        Percent, Fact("Employment Cost Index percentage", "As 5 U.S.C. 5318 computes it.", "percent")
    ],
    general_schedule_percent: Annotated[
        Percent | None,
        Fact("General Schedule percentage", "Base increase of that January, without locality.", "percent"),
    ] = None,
) -> Result[Annotated[Decimal | None, Fact("New rate of the level", "Null: cannot tell.", "USD per year")]]:
    """What does a level of the Executive Schedule become in January?

    The rate grows by the index percentage, but by no more than the General Schedule's base increase, and is rounded to the
    nearest $100, a midpoint up (5 U.S.C. 5318). `answer` is the new rate in dollars a year (null: cannot tell).
    """
    work = Working(as_of)
    law = "5 U.S.C. 5318(a), (b)"
    if general_schedule_percent is None:
        work.test(None, "The growth may not pass the General Schedule's base increase, which is not known.", law)
        highest = _grown(rate, index_percent)
        return work.answer(
            None, CannotTell(f"Cannot tell: at most {dollars(highest)}. Missing: general_schedule_percent.")
        )
    growth = min(index_percent, general_schedule_percent)
    work.note(
        f"The smaller of {index_percent} and {general_schedule_percent} percent, the base increase, is {growth} percent.",
        law,
    )
    new = _grown(rate, growth)
    work.note(f"{dollars(rate)} grown by {growth} percent, to the nearest $100, is {dollars(new)}.", law)
    work.caution("An appropriations act may set another growth, or none, for a year; the President's order decides.")
    return work.answer(plain(new), f"The level becomes {dollars(new)} a year.")


def _grown(rate: Decimal, growth: Decimal) -> Decimal:
    return (rate * (HUNDRED + growth) / HUNDRED / HUNDRED).quantize(Decimal(1), ROUND_HALF_UP) * HUNDRED
