"""Rates that other laws tie to the range: critical positions, pay points, and the post-employment threshold."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from seskit.law.facts import AsOf, Certified, Fact, YesNo, dollars, plain
from seskit.law.pay_setting.bounds import open_range
from seskit.law.pay_setting.decision import Decision, floor, gate
from seskit.law.pay_setting.facts import ProposedRate
from seskit.law.pay_setting.initial import refuse_before_open_range
from seskit.law.question import question
from seskit.law.result import Result, Working

CENT = Decimal("0.01")
_PRESIDENT, _NAMED = "the President, in writing", "the official whom the critical position authority names"


@question("5 U.S.C. 5377")
def critical_position_pay(
    as_of: AsOf,
    *,
    proposed_rate: ProposedRate,
    certified: Certified = None,
    authority_granted: Annotated[
        YesNo | None, Fact("Authority granted", "The position holds critical position pay authority.")
    ] = None,
    president_approves: Annotated[YesNo | None, Fact("President approves in writing", "Needed above level I.")] = None,
) -> Result:
    """May a critical position be paid this rate?

    With critical position pay authority a rate may go past the range, up to level I of the Executive Schedule, and
    higher only with the President's written approval (5 U.S.C. 5377(d)). `answer` holds the decision, the highest rate
    that is lawful for certain in dollars a year, who must approve, what is missing, what is barred and until when, and
    alternatives with their cost.
    """
    refuse_before_open_range(as_of, "This reading of critical position pay")
    work = Working(as_of)
    limits = open_range(work, as_of)
    ordinary = limits.certified if certified else limits.uncertified
    level_one = Decimal(
        work.figure(f"pay_setting.executive_schedule.{work.figure('pay_setting.critical_position.ceiling')}")
    )
    law, decision = "5 U.S.C. 5377(d)", Decision(work)
    work.caution("Who grants the authority, and for how many positions, is not in the sources; ask OPM.")
    bounds = [
        floor(
            limits.minimum, f"The range minimum is {dollars(limits.minimum)}; nobody is paid less.",
            "5 U.S.C. 5382(a); 5 CFR 534.403(a)(1)", until="the law changes",
        ),
        gate(
            authority_granted, ordinary,
            f"Past {dollars(ordinary)}, the ordinary maximum, only with critical position pay authority.", law,
            "authority_granted", until="the authority is granted",
        ),
        gate(
            president_approves, level_one, f"Above {dollars(level_one)} (level I) the President must approve in writing.",
            law, "president_approves", until="the President approves in writing",
        ),
    ]  # fmt: skip
    decision.judge(bounds, proposed_rate)
    decision.approval.append(_PRESIDENT if proposed_rate > level_one else _NAMED)
    decision.offer_nearest(proposed_rate)
    if president_approves is not True and authority_granted and proposed_rate > level_one:
        decision.offer(
            f"Obtain the President's written approval of {dollars(proposed_rate)}.",
            "no dollars; the days it takes",
            president_approves=True,
        )
    return decision.close(proposed_rate, "a critical position rate of")


@question("5 U.S.C. 5304 note (Pub. L. 108-136 s.1125(c)(4))")
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
) -> Result:
    """Which rate does another law mean that names a pay point of the SES range?

    Since the open range a point strictly between the minimum and the maximum is read as level IV of the Executive
    Schedule; an end of the range is that end (Pub. L. 108-136 s.1125(c)(4)). `answer` is the rate in dollars a year
    (null: cannot tell).
    """
    refuse_before_open_range(as_of, "This reading of pay points")
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
        return work.answer(None, "Cannot tell. Missing: certified.")
    return work.answer(plain(rate), f"The other law means {dollars(rate)} a year.")


@question("5 U.S.C. 5304 note (Pub. L. 108-136 s.1125)")
def post_employment_threshold(as_of: AsOf) -> Result:
    """From which rate of basic pay is a departing executive 'senior' under the post-employment law?

    A share of level II of the Executive Schedule since 24 November 2003, the ES-5 rate before. `answer` is the rate in
    dollars a year.
    """
    work = Working(as_of)
    share = work.recorded("pay_setting.post_employment.share")
    if share is None:
        threshold = Decimal(work.figure("pay_setting.es_rates.level_5"))
        work.note(f"Before 2003-11-24 the ES-5 basic rate counted: {dollars(threshold)}.", "5 U.S.C. 5304 note")
    else:
        level = Decimal(work.figure("pay_setting.executive_schedule.level_II"))
        threshold = (level * share / 100).quantize(CENT, ROUND_HALF_UP)
        work.note(f"{share} percent of level II, {dollars(level)}, is {dollars(threshold)}.", "5 U.S.C. 5304 note")
    return work.answer(plain(threshold), f"The threshold is {dollars(threshold)} a year.")
