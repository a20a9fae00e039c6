"""Pay adjustments of senior-level (SL) and scientific or professional (ST) executives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.law import parameters
from seskit.law.checks import at_least
from seskit.law.clocks import add_months
from seskit.law.facts import Certified, Day, Fact, Rate, Rating, Whole, YesNo, dollars, plain
from seskit.law.pay_setting.bounds import general_freeze_bound, open_range, range_bounds
from seskit.law.pay_setting.decision import Bound, Decision, PayDecision, gate, in_days
from seskit.law.pay_setting.facts import EffectiveDay, LastAdjusted, NewPosition, ProposedRate, TopApproves
from seskit.law.question import question
from seskit.law.rate_range import RateRange
from seskit.law.result import Result, Working

RANGE_LAW = "5 U.S.C. 5376(b); 5 CFR 534.504, 534.509"


@question("5 U.S.C. 5376; 5 CFR 534.507-510")
def senior_level_adjustment(
    as_of: EffectiveDay,
    *,
    rate: Rate,
    proposed_rate: ProposedRate,
    rating: Rating = None,
    certified: Certified = None,
    annual: Annotated[YesNo | None, Fact("Annual adjustment", "The January decision; otherwise off-cycle.")] = True,
    top_official_approves: TopApproves = None,
    certified_days: Annotated[
        Whole | None, Fact("Days of certified coverage in the rating", "Needed above level III.", "days")
    ] = None,
    decided_on: Annotated[
        Day | None, Fact("Date of the decision", "An off-cycle increase is never retroactive.")
    ] = None,
    new_position: NewPosition = False,
    last_adjusted: Annotated[
        LastAdjusted,
        Fact("Last counted adjustment", "Needed only before 2014-04-04, when a 12-month rule held.", happened=True),
    ] = None,
) -> Result[PayDecision]:
    """May this SL or ST rate be adjusted to the proposed rate?

    The agency head decides each January, off-cycle only with the top approving official; above level III the rating
    must span 90 days of certified coverage; reductions go through adverse action; there is no 12-month rule (5 U.S.C.
    5376; 5 CFR 534.507-510). Before 2014-04-04 the range, the freeze and a 12-month rule are known, and the rest is
    named as missing. `answer` holds decision and lawful bounds in dollars a year, approval, what is missing, what is
    barred and until when, and alternatives with their cost.
    """
    work = Working(as_of)
    limits = open_range(work, as_of, "SL/ST")
    base = max(rate, limits.minimum)
    decision = Decision(work)
    decision.approval.append("agency head")
    days = work.recorded("pay_setting.senior_level.certified_days")
    frozen = general_freeze_bound(work, new_position, base)
    kept = [*(replace(bound, citation=RANGE_LAW) for bound in range_bounds(limits, certified, rate)), frozen]
    if days is None:
        rules = _earlier_bounds(work, as_of, limits, base, last_adjusted)
    else:
        rules = [_coverage_bound(limits, base, certified_days, int(days))]
        rules += [] if annual else [_off_cycle_bound(annual, top_official_approves, base)]
    decision.judge([*kept, *rules], proposed_rate)
    if days is not None and annual is not True and proposed_rate > base:
        decision.approves(top=True)
        _not_retroactive(decision, as_of, decided_on, proposed_rate, base, annual)
    if proposed_rate < rate:
        _lower(decision, known=days is not None)
    if days is not None and proposed_rate == rate:
        _written_reason(work, rating)
    if days is not None and proposed_rate > base:
        _warranted(work, rating)
    decision.minimum = max(decision.minimum, base)
    decision.offer_nearest(proposed_rate, rate)
    opens = _opens(work, last_adjusted)
    barred = opens if opens and as_of < opens and decision.verdict != "allowed" else None
    return decision.close(PayDecision, proposed_rate, "an SL/ST rate of", earliest=barred)


def _warranted(work: Working, rating: int | None) -> None:
    lowest = int(work.figure("pay_setting.performance.lowest_rating"))
    text = "An increase needs the authorized agency official's determination that performance or contribution warrants it (5 CFR 534.507(b)(1))"
    low = rating is not None and rating < lowest
    work.caution(f"{text}; ask counsel whether it can be made for one rated level {rating}." if low else f"{text}.")


def _written_reason(work: Working, rating: int | None) -> None:
    lowest = int(work.figure("pay_setting.performance.lowest_rating"))
    if rating is not None and rating >= lowest:
        text = f"A zero adjustment for one rated level {lowest} or better needs a written reason (5 CFR 534.507(h))."
        work.caution(text)


def _earlier_bounds(
    work: Working, as_of: date, limits: RateRange, base: Decimal, last_adjusted: date | None
) -> list[Bound]:
    """The rule before 2014-04-04: a 12-month rule is known to have been; its exceptions, and tests above level III, are not."""
    first = parameters.first_day("pay_setting.senior_level.certified_days")
    law = f"5 CFR part 534 subpart E (before {first})"
    work.caution(
        f"The SL/ST rule before {first} was not seen: that a 12-month rule was in it is known, its exceptions, its tests above "
        "level III and its rule on reductions are not. The range and the freeze are known."
    )
    opens = _opens(work, last_adjusted)
    lacks = "last_adjusted" if opens is None else f"whether an exception of the rule before {first} applies"
    text = (
        f"Last adjusted {last_adjusted}; 12 months end on {opens}."
        if opens
        else "The date of the last counted adjustment is not known."
    )
    found = [gate(True if opens and as_of >= opens else None, base, text, law, lacks, "recalled")]
    if limits.certified > limits.uncertified:
        text = f"Above {dollars(limits.uncertified)} (level III) the rule before {first} may have asked for more."
        lacks = f"the tests above level III of the rule before {first}"
        found.append(gate(None, max(base, limits.uncertified), text, law, lacks, "recalled"))
    return found


def _opens(work: Working, last_adjusted: date | None) -> date | None:
    months = work.recorded("pay_setting.senior_level.clock_months")
    return add_months(last_adjusted, int(months)) if last_adjusted and months else None


def _not_retroactive(
    decision: Decision, as_of: date, decided_on: date | None, proposed: Decimal, base: Decimal, annual: bool | None
) -> None:
    if decided_on is None or as_of >= decided_on:
        return
    nearest = decision.nearest(proposed)
    text = f"Decided on {decided_on}; an off-cycle increase may not be retroactive."
    decision.need(annual, text, "5 CFR 534.510", "annual", bars="a retroactive increase", until=str(decided_on))
    decision.only = base
    if nearest is not None and nearest > base:
        days = f"{in_days((decided_on - as_of).days)} later"
        less = "" if nearest == proposed else f"; {dollars(proposed - nearest)} a year less"
        decision.offer(
            f"Set {dollars(nearest)} on {decided_on} or later.",
            days + less,
            as_of=decided_on,
            proposed_rate=plain(nearest),
        )


def _lower(decision: Decision, *, known: bool) -> None:
    if known:
        until = "an adverse action under 5 CFR part 752 is taken"
        text = "A reduction needs an adverse action under 5 CFR part 752."
        decision.need(False, text, "5 CFR 534.508(a)", bars="a reduction as a pay adjustment", until=until)
    else:
        text = "The rule of that day on SL/ST reductions was not seen."
        decision.need(None, text, "5 CFR part 534 subpart E", "the rule on reductions of that day", "recalled")


def _coverage_bound(limits: RateRange, base: Decimal, days: int | None, needed: int) -> Bound:
    text = f"Above {dollars(limits.uncertified)} (level III) the rating must span at least {needed} days of certified coverage."
    until = (
        "no day of its own"
        if days is None
        else f"{in_days(max(needed - days, 0))} more of certified coverage are rated"
    )
    return gate(
        at_least(days, needed),
        max(base, limits.uncertified),
        text,
        "5 CFR 534.507(d)",
        "certified_days",
        until=until,
    )


def _off_cycle_bound(annual: bool | None, approves: bool | None, base: Decimal) -> Bound:
    text, until = (
        "An off-cycle increase needs the top approving official.",
        "that official approves, or the January decision",
    )
    if annual is None and not approves:
        text = f"{text} Whether this is off-cycle is not known."
        return gate(None, base, text, "5 CFR 534.510", "annual", until=until)
    return gate(approves, base, text, "5 CFR 534.510", "top_official_approves", until=until)
