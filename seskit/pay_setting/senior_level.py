"""Pay adjustments of senior-level (SL) and scientific or professional (ST) executives."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from seskit.facts import AsOf, Certified, Day, Fact, Rate, Rating, Whole, YesNo, dollars
from seskit.pay_setting.bounds import general_freeze_bound, open_range, range_bounds
from seskit.pay_setting.decision import Bound, Decision, gate, in_days
from seskit.pay_setting.facts import NewPosition, ProposedRate, TopApproves
from seskit.question import question
from seskit.rate_range import RateRange
from seskit.result import Result, Working


@question("5 U.S.C. 5376; 5 CFR 534.507-510")
def senior_level_adjustment(
    as_of: Annotated[AsOf, Fact("Effective date")],
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
) -> Result:
    """May this SL or ST rate be adjusted to the proposed rate?

    The agency head decides each January, off-cycle only with the top approving official; above level III the rating
    must span 90 days of certified coverage; reductions go through adverse action (5 U.S.C. 5376; 5 CFR 534.507-510).
    There is no SES-style 12-month rule. `answer` holds decision and lawful bounds in dollars a year, approval, what is
    missing, and alternatives.
    """
    work = Working(as_of)
    needed = int(work.figure("pay_setting.senior_level.certified_days"))
    limits = open_range(work, as_of, "SL/ST")
    base = max(rate, limits.minimum)
    decision = Decision(work)
    bounds: list[Bound | None] = [
        *range_bounds(limits, certified, rate),
        _coverage_bound(limits, base, certified_days, needed),
        None if annual else _off_cycle_bound(annual, top_official_approves, base),
        general_freeze_bound(work, new_position, base),
    ]
    decision.judge([bound for bound in bounds if bound], proposed_rate)
    if annual is not True and proposed_rate > base and decided_on and as_of < decided_on:
        decision.need(False, f"Decided on {decided_on}; an off-cycle increase may not be retroactive.", "5 CFR 534.510")
        decision.offer(
            f"Make it effective {decided_on} or later.", f"{in_days((decided_on - as_of).days)} later", as_of=decided_on
        )
    if proposed_rate < rate:
        decision.need(False, "A reduction needs an adverse action under 5 CFR part 752.", "5 CFR 534.508(a)")
    if proposed_rate == rate and (rating or 0) >= 3:
        work.caution("A zero adjustment for one rated level 3 or better needs a written reason (5 CFR 534.507(h)).")
    decision.minimum = max(decision.minimum, base)
    decision.approval.append("agency head")
    if annual is not True and proposed_rate > base:
        decision.approves(top=True)
    decision.offer_nearest(proposed_rate, rate)
    return decision.close(proposed_rate, "an SL/ST rate of")


def _coverage_bound(limits: RateRange, base: Decimal, days: int | None, needed: int) -> Bound:
    text = f"Above {dollars(limits.uncertified)} (level III) the rating must span at least {needed} days of certified coverage."
    return gate(
        None if days is None else days >= needed,
        max(base, limits.uncertified),
        text,
        "5 CFR 534.507(d)",
        "certified_days",
    )


def _off_cycle_bound(annual: bool | None, approves: bool | None, base: Decimal) -> Bound:
    text = "An off-cycle increase needs the top approving official."
    if annual is None and not approves:
        return gate(None, base, f"{text} Whether this is off-cycle is not known.", "5 CFR 534.510", "annual")
    return gate(approves, base, text, "5 CFR 534.510", "top_official_approves")
