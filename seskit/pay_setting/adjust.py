"""The ordinary adjustment of an executive's rate, with the exceptions from the 12-month rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.facts import AsOf, Certified, Fact, Rate, Rating, YesNo, dollars
from seskit.pay_setting import clock
from seskit.pay_setting.bounds import (
    approval_bound,
    clock_bound,
    general_freeze_bound,
    may_be_political,
    open_range,
    political_bound,
    range_bounds,
    rating_bound,
)
from seskit.pay_setting.decision import Decision, gate
from seskit.pay_setting.facts import (
    GROUNDS,
    Appointed,
    FreezeContinues,
    Ground,
    GroundName,
    LastAdjusted,
    NewPosition,
    Political,
    ProposedRate,
    TopApproves,
)
from seskit.pay_setting.initial import fixed_rate_decision
from seskit.question import question
from seskit.rate_range import RateRange, open_range_day
from seskit.result import Result, Working


def offer_clock_ways(
    decision: Decision,
    as_of: date,
    last_adjusted: date | None,
    proposed: Decimal,
    grounds: tuple[GroundName, ...] = tuple(GROUNDS),
) -> date | None:
    """Where the 12 months are not over: offer to wait, or a ground; return the day the clock opens."""
    opens = clock.opens_on(last_adjusted) if last_adjusted else None
    if opens is None or as_of >= opens:
        return None
    period = clock.pay_period_on_or_after(opens)
    decision.offer(
        f"Make it effective {opens} or later; the first pay period then begins {period}.",
        f"{(opens - as_of).days} days later, {(period - as_of).days} to the pay period",
        effective=opens,
    )
    short = (opens - as_of).days
    best: tuple[GroundName, ...] = ("appraisal_cycle",) if short <= 14 and "appraisal_cycle" in grounds else grounds
    listed = "; or ".join(GROUNDS[name] for name in best)
    decision.offer(
        f"The top approving official determines and documents a ground: {listed}.",
        "0 days; a written record",
        rate=proposed,
    )
    if short <= 2:
        decision.work.caution(
            f"First pay periods drift a day earlier each year: this date is {short} day{'s' * (short > 1)} short of 12 months. "
            "No OPM text resolves it; use a later pay period or the ground of the appraisal cycle."
        )
    return opens


@question("5 U.S.C. 5383(c); 5 CFR 534.404(b), (c), (g)")
def adjust(
    as_of: Annotated[AsOf, Fact("Effective date", "The day the adjustment would take effect.")],
    *,
    rate: Rate,
    proposed_rate: ProposedRate,
    rating: Rating = None,
    certified: Certified = None,
    last_adjusted: LastAdjusted = None,
    ground: Ground = None,
    top_official_approves: TopApproves = None,
    warranted: Annotated[
        YesNo | None,
        Fact("Warranted", "Performance, contribution to agency performance, or both warrant the increase."),
    ] = True,
    appointment_type: Appointed = "career",
    serves_politically: Political = None,
    new_position: NewPosition = False,
    political_freeze_in_force: FreezeContinues = None,
) -> Result:
    """May this executive's rate be adjusted to the proposed rate?

    An increase must be warranted by performance, may not go to one rated below fully successful, may happen once in 12
    months unless the top approving official finds a listed ground, and above level III needs certification and that
    official's approval (5 CFR 534.404(b), (c), (g)). `answer` holds the decision, the bounds that are lawful for certain
    and the nearest lawful rate in dollars a year, the day until which it is barred, who must approve, what is missing,
    alternatives with their cost, and the first date of the next ordinary adjustment afterwards.
    """
    work = Working(as_of)
    if as_of < open_range_day():
        return _between_fixed_rates(work, as_of, rate, proposed_rate, last_adjusted)
    limits = open_range(work, as_of)
    base = max(rate, limits.minimum)
    political = may_be_political(appointment_type, serves_politically)
    decision = Decision(work)
    bounds = [
        *range_bounds(limits, certified, rate),
        approval_bound(limits, top_official_approves, base),
        rating_bound(work, rating, base),
        gate(
            warranted, base, "Performance or contribution must warrant an increase.", "5 CFR 534.404(b)(3)", "warranted"
        ),
        clock_bound(as_of, last_adjusted, base, ground, top_official_approves),
        general_freeze_bound(work, new_position, base),
        political_bound(work, as_of, certified, political, base, new_position, political_freeze_in_force),
    ]
    decision.judge([bound for bound in bounds if bound], proposed_rate)
    if proposed_rate < rate:
        _lower(decision, rate, last_adjusted, as_of)
    decision.minimum = max(decision.minimum, base)
    return _close(decision, limits, as_of, base, proposed_rate, rating, last_adjusted, ground, top_official_approves)


def _lower(decision: Decision, rate: Decimal, last_adjusted: date | None, as_of: date) -> None:
    opens = clock.opens_on(last_adjusted) if last_adjusted else None
    if opens and as_of < opens:
        decision.need(
            False,
            f"A reduction counts too: none before {opens}, and no ground allows an early one.",
            "5 CFR 534.404(c)(1)",
        )
    else:
        decision.need(
            None,
            f"A rate below {dollars(rate)} is a reduction, with rules of its own; ask pay_setting.reduce.",
            "5 CFR 534.404(j)",
            "the basis of the reduction (pay_setting.reduce)",
        )


def _close(
    decision: Decision,
    limits: RateRange,
    as_of: date,
    base: Decimal,
    proposed: Decimal,
    rating: int | None,
    last_adjusted: date | None,
    ground: GroundName | None,
    approves: bool | None,
) -> Result:
    work = decision.work
    increases = proposed > base
    opens = None
    if increases or proposed < base:
        opens = clock.opens_on(last_adjusted) if last_adjusted else None
        opens = opens if opens and as_of < opens else None
    exception = increases and opens is not None
    decision.approves(top=(increases and proposed > limits.uncertified) or exception)
    if exception and ground:
        decision.approves(top=False)
        work.note("The authorized agency official documents the ground in writing.", "5 CFR 534.404(c)(5)")
    decision.offer_nearest(proposed, base)
    if exception and not (ground and approves):
        offer_clock_ways(decision, as_of, last_adjusted, proposed)
    if increases and limits.uncertified < proposed <= limits.certified and approves is not True:
        decision.offer("Obtain the top approving official's approval.", "no dollars; the time it takes", rate=proposed)
    if rating is not None and rating == int(work.figure("pay_setting.performance.outstanding")) and not increases:
        work.caution(
            "One rated outstanding must be considered for an increase; no amount is guaranteed (5 CFR 534.404(b)(2))."
        )
    if increases and decision.verdict == "allowed":
        work.caution(
            "The record must show that performance or contribution warrants the increase, under the agency's written plan."
        )
    barred = opens if decision.breached and not (exception and ground and approves) else None
    after = clock.opens_on(as_of) if increases and decision.verdict == "allowed" else None
    if after:
        work.note(
            f"It starts a new 12 months; the next ordinary adjustment is from {after}.",
            "5 CFR 534.404(c)(2)(ii), (c)(5)",
        )
    elif proposed == base and last_adjusted:
        work.note("It is not an adjustment and does not restart the clock.", "5 CFR 534.404(c)(3)(ii), (vii)")
        after = clock.opens_on(last_adjusted)
    return decision.close(proposed, "a rate of", earliest=barred, next_adjustment=after)


def _between_fixed_rates(
    work: Working, as_of: date, rate: Decimal, proposed: Decimal, last_adjusted: date | None
) -> Result:
    decision = fixed_rate_decision(work, as_of, proposed)
    opens = clock.opens_on(last_adjusted) if last_adjusted else None
    if proposed != rate:
        text = f"An ES rate may change once in 12 months; last adjusted {last_adjusted or 'on a day not known'}."
        decision.need(None if opens is None else as_of >= opens, text, "5 U.S.C. 5383(c) note", "last_adjusted")
    barred = opens if opens and as_of < opens and proposed != rate else None
    if barred:
        decision.minimum = decision.maximum = rate
        decision.offer(f"Make it effective {barred} or later.", f"{(barred - as_of).days} days later", effective=barred)
    return decision.close(proposed, "a rate of", earliest=barred, next_adjustment=None)
