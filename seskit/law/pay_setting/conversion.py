"""The conversion of January 2004 from the six ES rates to the open range, and locality pay after it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated

from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks
from seskit.law.facts import AsOf, Certified, Fact, Money, Percent, Rate, YesNo, dollars, plain
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.bounds import open_range, since_open_range
from seskit.law.pay_setting.facts import LastAdjusted
from seskit.law.question import question
from seskit.law.rate_range import before_open_range, doubt_rate, es_rates, open_range_day
from seskit.law.result import CannotTell, Result, Working

LAW = "5 CFR 534.406"
Locality = Annotated[Percent, Fact("Locality percentage", "For example 12.74.", "percent")]


def with_locality(rate: Decimal, percent: Decimal, cap: Decimal | None = None) -> Decimal:
    """A rate with its locality percentage, at most the cap; a rate already above the cap stays."""
    total = rate * (100 + percent) / 100
    return total if cap is None else max(rate, min(total, cap))


@question(LAW)
def convert_to_open_range(
    as_of: AsOf | None = None,
    *,
    basic_rate: Annotated[Money, Fact("ES basic rate", "On the day before the conversion.", "USD per year")],
    locality_percent: Locality = Decimal(0),
    special_adjustment_percent: Annotated[
        Percent | None, Fact("Law enforcement special adjustment", "In place of locality pay, if any.", "percent")
    ] = None,
    total_november_2003: Annotated[
        Money | None, Fact("Total of November 24, 2003", "Basic pay with locality on that day.", "USD per year")
    ] = None,
    outside_48_states: Annotated[YesNo | None, Fact("Posted outside the 48 States and DC on 2004-01-11")] = False,
    last_adjusted: LastAdjusted = None,
) -> Result[Annotated[Decimal | None, Fact("Rate at the conversion", "Null: cannot tell.", "USD per year")]]:
    """Which rate did an ES executive have on January 11, 2004?

    The basic rate plus the locality pay being received, which was capped at level III, or the total of November 24, 2003
    if higher (5 CFR 534.406(a), (b)); posted outside the 48 States and DC, the basic rate alone (534.406(c)). `answer`
    is the rate in dollars a year. The conversion is not an adjustment.
    """
    converted_on = open_range_day()
    eve = converted_on - timedelta(days=1)
    work = Working(as_of or converted_on)
    rates = es_rates(eve, lambda path, on: work.figure(path, on))
    if basic_rate not in rates.values():
        work.caution(
            f"{dollars(basic_rate)} is none of the six ES rates of {eve}; right only for an equivalent executive."
        )
    if outside_48_states is None:
        work.test(
            None, "Whether locality pay was folded in turns on the posting, which is not known.", "5 CFR 534.406(c)"
        )
        return work.answer(None, CannotTell("Cannot tell. Missing: outside_48_states."))
    if outside_48_states:
        rate = basic_rate
        work.note(
            "Posted outside the 48 States and DC: converted without locality; a later move into it is another question.",
            "5 CFR 534.406(c)",
        )
    else:
        rate = _converted(
            work,
            basic_rate,
            locality_percent if special_adjustment_percent is None else special_adjustment_percent,
            eve,
        )
    if total_november_2003 is not None and total_november_2003 > rate:
        rate = total_november_2003
        work.note(f"The total of November 24, 2003, {dollars(rate)}, is higher and is used.", "5 CFR 534.406(b)")
        cap = Decimal(work.figure("pay_setting.es_rates.with_locality_ceiling", eve))
        if rate > cap:
            work.caution(f"Basic pay with locality could not pass {dollars(cap)} in 2003; check the total of November.")
    minimum = work.figure("pay_setting.ses_range.minimum", converted_on)
    if rate < minimum:
        work.note(f"Raised to the range minimum of {dollars(minimum)}.", "5 CFR 534.403(a)(1)")
        rate = Decimal(minimum)
    work.note(
        "The conversion is not an adjustment; the 12-month clock is unchanged.", "5 CFR 534.404(c)(3)(i), 534.406(a)"
    )
    if last_adjusted:
        work.note(f"The next ordinary adjustment is from {clock.opens_on(last_adjusted)}.", "5 CFR 534.404(c)")
    protected = parameters.last_change("pay_setting.conversion.protected") - timedelta(days=1)
    work.note(f"No reduction below the November 2003 total through {protected}.", "5 CFR 534.406(b)")
    if rate != rate.to_integral_value():
        work.caution("No rule on rounding the converted rate was seen; the cents are kept.")
    return work.answer(plain(rate), f"The rate on {converted_on} is {dollars(rate)}.")


def _converted(work: Working, basic: Decimal, percent: Decimal, eve: date) -> Decimal:
    cap = Decimal(work.figure("pay_setting.es_rates.with_locality_ceiling", eve))
    full = with_locality(basic, percent)
    rate = with_locality(basic, percent, cap)
    work.note(f"{dollars(basic)} with {percent} percent is {dollars(full)}.", "5 CFR 534.406(a), (d)")
    if rate < full:
        work.note(f"Capped at {dollars(cap)} (level III of {eve.year}).", before_open_range("5 U.S.C. 5304(g)"))
    return rate


@question("5 CFR 534.406(c)")
@since_open_range("The later locality conversion")
def later_locality_conversion(
    as_of: Annotated[AsOf, Fact("Date of the reassignment into the 48 States or DC")],
    *,
    rate: Rate,
    locality_percent: Locality,
    first_reassignment: Annotated[YesNo | None, Fact("First reassignment into the 48 States or DC")] = None,
) -> Result[Annotated[Decimal | None, Fact("Rate", "Null: cannot tell.", "USD per year")]]:
    """Which rate follows when one who converted outside the 48 States returns to them?

    On the first later reassignment into the 48 States or DC the locality amount of that area is added, prospectively;
    a rate that had not passed level III may not pass it (5 CFR 534.406(c)). `answer` is the rate in dollars a year
    (null: cannot tell). The clock does not restart.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    doubt_rate(work, as_of, rate)
    if not work.test(
        first_reassignment, "Only the first reassignment into the 48 States or DC counts.", "5 CFR 534.406(c)"
    ):
        if first_reassignment is None:
            return work.answer(None, CannotTell("Cannot tell. Missing: first_reassignment."))
        return work.answer(plain(rate), f"The rate stays {dollars(rate)}.")
    if rate <= limits.uncertified:
        raised = with_locality(rate, locality_percent, limits.uncertified)
    else:
        raised = max(rate, min(with_locality(rate, locality_percent), limits.certified))
        work.caution(
            "The rule names no limit for a rate already above level III; the range maximum, level II, is used."
        )
    work.note(f"{dollars(rate)} with {locality_percent} percent becomes {dollars(raised)}.", "5 CFR 534.406(c)")
    work.note("It is not an adjustment; the clock is unchanged.", "5 CFR 534.406(c)")
    return work.answer(plain(raised), f"The rate from {as_of} is {dollars(raised)}.")


class NonforeignLocality(Answer, verdict="decision"):
    """Whether locality pay may be received outside the 48 states."""

    decision: Annotated[str, Fact("Decision", "allowed, not allowed or cannot tell.")]
    total: Annotated[Decimal | None, Fact("Basic pay and locality", "Null: cannot tell.", unit="USD per year")]


@question("5 U.S.C. 5304(g), (h)")
@since_open_range("This locality rule")
def nonforeign_locality(
    as_of: AsOf,
    *,
    rate: Rate,
    locality_percent: Locality,
    drew_allowance: Annotated[
        YesNo | None, Fact("Drew the cost-of-living allowance", "On the day before the 2009 act took effect.")
    ] = None,
    continuous: Annotated[YesNo | None, Fact("Served there continuously since")] = None,
    certified: Certified = None,
) -> Result[NonforeignLocality]:
    """May an executive in Alaska, Hawaii or a territory receive locality pay, and how much in all?

    Only one who drew the allowance the day before the 2009 act took effect and has served there continuously; basic
    plus locality is capped at level III, or level II with a certified system (5 U.S.C. 5304(g), (h)). `answer` holds
    the decision and the `total` in dollars a year.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    doubt_rate(work, as_of, rate)
    act = parameters.parameter("pay_setting.nonforeign.locality").values[0]
    in_force = work.recorded("pay_setting.nonforeign.locality") is not None
    law, drew = "5 U.S.C. 5304(h)(1)(C)", "The executive drew the allowance the day before the act took effect."
    checks = Checks(work, [
        Check(in_force, f"The act is in force from {act.first_day}.", law, needs="as_of"),
        Check(drew_allowance, drew, law, needs="drew_allowance"),
        Check(continuous, "The executive has served there continuously since.", law, needs="continuous"),
    ])  # fmt: skip
    if checks.passes is False:
        return work.answer(
            NonforeignLocality(decision="not allowed", total=plain(rate)), "Not allowed: no locality pay is added."
        )
    lacks = checks.needs
    totals = {
        with_locality(rate, locality_percent, cap)
        for cap in ((limits.certified, limits.uncertified) if certified is None else (limits.maximum(certified),))
    }
    if len(totals) > 1:
        lacks.append("certified")
    if lacks:
        return work.answer(
            NonforeignLocality(decision="cannot tell", total=None),
            CannotTell(f"Cannot tell. Missing: {', '.join(lacks)}."),
        )
    (total,) = totals
    work.note(f"Basic plus locality is {dollars(total)}.", "5 U.S.C. 5304(g)(2)(B), (3)")
    return work.answer(NonforeignLocality(decision="allowed", total=plain(total)), f"Allowed: {dollars(total)} in all.")
