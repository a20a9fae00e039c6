"""Rates that other laws tie to the range: pay points, and the post-employment threshold."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.facts import CENT, AsOf, Certified, Fact, dollars, plain
from seskit.law.pay_setting.bounds import open_range, since_open_range
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working


@question("5 U.S.C. 5304 note (Pub. L. 108-136 s.1125(c)(4))")
@since_open_range("This reading of pay points")
def other_law_pay_point(
    as_of: AsOf,
    *,
    pay_point: Annotated[
        Literal["minimum", "between", "maximum"],
        Fact(
            "Pay point named", "Where in the SES range the other law's point lies: an end of it, or strictly between."
        ),
    ],
    certified: Certified = None,
) -> Result[Annotated[Decimal | None, Fact("Pay point of the other law", "Null: cannot tell.", "USD per year")]]:
    """Which rate does another law mean that names a pay point of the SES range?

    Since the open range a point strictly between the minimum and the maximum is read as level IV of the Executive
    Schedule; an end of the range is that end (Pub. L. 108-136 s.1125(c)(4)). `answer` is the rate in dollars a year
    (null: cannot tell).
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    law = "5 U.S.C. 5304 note (Pub. L. 108-136 s.1125(c)(4))"
    if pay_point == "between":
        rate: Decimal | None = Decimal(
            work.figure(f"pay_setting.executive_schedule.{work.figure('pay_setting.conversion.pay_point')}")
        )
        work.note("A point strictly between the ends is read as level IV.", law)
    else:
        rate = limits.minimum if pay_point == "minimum" else limits.maximum(certified)
        work.note("An end of the range is not read otherwise.", law)
    if rate is None:
        work.test(None, "The maximum turns on certification, which is not known.", "5 U.S.C. 5382")
        return work.answer(None, CannotTell("Cannot tell. Missing: certified."))
    return work.answer(plain(rate), f"The other law means {dollars(rate)} a year.")


@question("5 U.S.C. 5304 note (Pub. L. 108-136 s.1125)")
def post_employment_threshold(as_of: AsOf) -> Result[Annotated[Decimal, Fact("Threshold", unit="USD per year")]]:
    """From which rate of basic pay is a departing executive 'senior' under the post-employment law?

    A share of level II of the Executive Schedule since November 24, 2003, the ES-5 rate before. `answer` is the rate in
    dollars a year.
    """
    work = Working(as_of)
    share = work.recorded("pay_setting.post_employment.share")
    if share is None:
        threshold = Decimal(work.figure("pay_setting.es_rates.level_5"))
        work.note(
            f"Before {parameters.first_day('pay_setting.post_employment.share')} the ES-5 basic rate counted: {dollars(threshold)}.",
            "5 U.S.C. 5304 note",
        )
    else:
        level = Decimal(work.figure("pay_setting.executive_schedule.level_II"))
        threshold = (level * share / 100).quantize(CENT, ROUND_HALF_UP)
        work.note(f"{share} percent of level II, {dollars(level)}, is {dollars(threshold)}.", "5 U.S.C. 5304 note")
    return work.answer(plain(threshold), f"The threshold is {dollars(threshold)} a year.")
