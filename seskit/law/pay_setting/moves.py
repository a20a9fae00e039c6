"""Transfers between agencies, and reappointments after a break in service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.law.checks import at_least
from seskit.law.facts import AsOf, Certified, Fact, FactError, Money, Rate, Rating, Whole, YesNo, dollars
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.adjust import offer_certification, offer_ground, offer_wait
from seskit.law.pay_setting.bounds import (
    Appointee,
    approval_bound,
    clock_bound,
    general_freeze_bound,
    is_frozen,
    open_range,
    political_bound,
    range_bounds,
    rating_bound,
    since_open_range,
)
from seskit.law.pay_setting.decision import (
    Bound,
    Bounds,
    Decision,
    PayDecision,
    StartDecision,
    floor,
    gate,
    highest_lawful,
)
from seskit.law.pay_setting.facts import (
    Appointed,
    FreezeContinues,
    Ground,
    GroundName,
    LastAdjusted,
    NewPosition,
    Political,
    ProposedRate,
    ProtectedTotal,
    RestsOnNonFederalPay,
    TopApproves,
)
from seskit.law.pay_setting.initial import pay_history_test
from seskit.law.pay_setting.reduce import lowest_reduced, november_2003_bound
from seskit.law.question import question
from seskit.law.rate_range import doubt_rate
from seskit.law.result import Result, Working

TRANSFER_GROUNDS: tuple[GroundName, ...] = ("scope_or_recruitment", "appraisal_cycle")
FormerRate = Annotated[Money | None, Fact("Former SES rate", "Last SES rate before the break.", "USD per year")]


class TransferDecision(PayDecision, verdict="decision"):
    """Whether the rate of a transfer is lawful, and what it does to the clock."""

    frozen: Annotated[bool | None, Fact("Frozen", "Null: cannot tell.")]
    restarts_clock: Annotated[bool, Fact("Starts a new 12 months")]


@question("5 U.S.C. 5382(c); 5 CFR 534.404(h)")
@since_open_range("This transfer rule")
def transfer(
    as_of: Annotated[AsOf, Fact("Date of the transfer")],
    *,
    rate: Rate,
    from_certified: Annotated[YesNo | None, Fact("Losing agency's system certified")] = None,
    to_certified: Annotated[YesNo | None, Fact("Gaining agency's system certified")] = None,
    proposed_rate: Annotated[
        Money | None, Fact("Proposed rate of basic pay", "Leave out to keep the present rate.", "USD per year")
    ] = None,
    last_adjusted: LastAdjusted = None,
    ground: Ground = None,
    top_official_approves: TopApproves = None,
    rating: Rating = None,
    consents: Annotated[
        YesNo | None, Fact("Reduction has a basis", "Consent, performance or conduct, with the notice reductions need.")
    ] = None,
    appointment_type: Appointed = "career",
    serves_politically: Political = None,
    new_position: NewPosition = False,
    political_freeze_in_force: FreezeContinues = None,
    protected_total: ProtectedTotal = None,
) -> Result[TransferDecision]:
    """Which rate may the gaining agency set on a transfer?

    Any rate in its range, within the limits on reductions; a rate above level III that moves from a certified to an
    uncertified system is kept and frozen, not retained (5 U.S.C. 5382(c); 5 CFR 534.404(h)). A higher rate inside 12
    months needs the recruitment or the cycle ground. `answer` holds decision, lawful bounds in dollars a year, `frozen`
    (null: cannot tell), approval, what is missing, what is barred and until when, alternatives, and `restarts_clock`.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    decision = Decision(work)
    doubt_rate(work, as_of, rate)
    proposed = rate if proposed_rate is None else proposed_rate
    base = max(rate, limits.minimum)
    frozen = is_frozen(rate, limits, to_certified)
    law = "5 U.S.C. 5382(c); 5 CFR 534.404(h)(2)"
    if frozen is not False:
        _kept_from(decision, dollars(limits.uncertified), from_certified, frozen)
    appointee = Appointee(appointment_type, serves_politically, political_freeze_in_force, new_position)

    def raises(approves: bool | None, covered: bool | None = to_certified) -> list[Bound | None]:
        return [
            *range_bounds(limits, covered, base),
            approval_bound(limits, approves, base),
            rating_bound(work, rating, base),
            general_freeze_bound(work, new_position, base),
            political_bound(work, as_of, covered, appointee, base, stated=covered is to_certified),
        ]

    timing = clock_bound(as_of, last_adjusted, base, ground, top_official_approves, TRANSFER_GROUNDS)
    decision.judge([*raises(top_official_approves), timing], proposed)
    kept = "The rate may not fall because of the move; it is not a retained rate."
    if frozen:
        decision.judge([floor(rate, kept, law)], proposed)
    else:
        career = appointment_type in (None, "career")
        share = Decimal(work.figure("pay_setting.reduction.largest_share")) if career else None
        lowest = lowest_reduced(rate, limits.minimum, share)
        protected = november_2003_bound(work, rate, limits.minimum, protected_total)
        decision.judge([*_reduction_bounds(rate, lowest, as_of, last_adjusted, consents), protected], proposed)
    if frozen is None:
        work.caution(
            "Without certification of the gaining agency's system the rate is kept and frozen; to_certified is not known."
        )
        decision.judge([Bound(rate, Decimal(0), kept, law, "to_certified", is_floor=True)], proposed)
    changed = proposed != rate
    opens = clock.opens_on(last_adjusted) if last_adjusted and changed else None
    early = opens is not None and as_of < opens and proposed > base
    decision.approves(top=early or proposed > max(limits.uncertified, rate))
    if early:
        decision.approves(top=False)
    in_time = proposed >= rate and timing.holds(proposed)
    barred = opens if opens and as_of < opens and decision.breached and not in_time else None
    decision.offer_nearest(proposed, rate)
    if proposed > base and decision.verdict != "allowed":
        _offer_raises(decision, raises, timing, proposed, top_official_approves, to_certified)
    if barred and not frozen and proposed > base:
        offer_timing(decision, as_of, barred, proposed, base, raises, top_official_approves, ground)
    work.note(
        "A different rate starts a new 12 months."
        if changed
        else "A transfer at the same rate leaves the clock alone.",
        "5 CFR 534.404(c)(2)(ii), (h)(1)",
    )
    return decision.close(
        TransferDecision, proposed, "a transfer at", earliest=barred, frozen=frozen, restarts_clock=changed
    )


def _kept_from(decision: Decision, level_three: str, from_certified: bool | None, frozen: bool | None) -> None:
    """Whether a rate above level III is protected: it comes from a certified system, or was lawful when that ended."""
    if from_certified is False:
        text = f"From a system that is not certified, a rate above {level_three} (level III) is kept only if it was lawful when certification ended."
        lacks, law = "whether the rate was lawful when certification ended", "5 CFR 534.403(b)"
    else:
        text = f"A rate above {level_three} (level III) is kept by one who comes from a certified system."
        lacks, law = "from_certified", "5 U.S.C. 5382(c); 5 CFR 534.404(h)(2)"
    decision.need(True if from_certified else None, text, law, lacks if frozen else "to_certified")


def _offer_raises(
    decision: Decision,
    raises: Callable[[bool | None, bool | None], list[Bound | None]],
    timing: Bound,
    proposed: Decimal,
    approves: bool | None,
    covered: bool | None,
) -> None:
    """Offer the approval, or the certification, that makes a higher rate lawful."""
    if approves is not True:
        decision.offer_approval([*raises(True, covered), timing], proposed)
    if covered is False:
        offer_certification(decision, [*raises(True, True), timing], proposed, "to_certified")


def offer_timing(
    decision: Decision,
    as_of: date,
    opens: date,
    proposed: Decimal,
    base: Decimal,
    raises: Callable[[bool | None], Bounds],
    approves: bool | None,
    ground: GroundName | None,
) -> None:
    """Offer to wait, or one of the two grounds that serve a transfer, each with the rate it makes lawful."""
    if (later := highest_lawful(raises(approves), proposed)) > base:
        offer_wait(decision, as_of, opens, later)
    if ground not in TRANSFER_GROUNDS and (now := highest_lawful(raises(True), proposed)) > base:
        offer_ground(decision, as_of, opens, now, TRANSFER_GROUNDS)


def _reduction_bounds(
    rate: Decimal, lowest: Decimal, as_of: date, last_adjusted: date | None, has_basis: bool | None
) -> list[Bound]:
    opens = clock.opens_after(last_adjusted)
    may_fall = at_least(as_of, opens)
    text = f"The limits on reductions end at {dollars(lowest)}."
    bounds = [floor(lowest, text, "5 CFR 534.404(h)(1), (j)(1)", until="a further action, 12 months later")]
    for passed, text, lacks, until in (
        (
            may_fall,
            f"A lower rate counts as an adjustment; the clock opens {opens or 'on a day not known'}.",
            "last_adjusted",
            str(opens or "12 months have passed since the last counted adjustment"),
        ),
        (
            has_basis,
            "A lower rate needs consent, or a performance or conduct basis with notice.",
            "consents",
            "the executive consents, or there is a performance or conduct basis with notice",
        ),
    ):
        sure, possible = (Decimal(0) if passed else rate), (rate if passed is False else Decimal(0))
        bounds.append(Bound(sure, possible, text, "5 CFR 534.404(c)(1), (j)(2)", lacks, is_floor=True, until=until))
    return bounds


@question("5 CFR 534.404(i)(1)")
@since_open_range("This reappointment rule")
def reappointment(
    as_of: Annotated[AsOf, Fact("Date of the reappointment")],
    *,
    former_rate: FormerRate = None,
    proposed_rate: ProposedRate,
    break_days: Annotated[Whole | None, Fact("Days of break in SES service", unit="days")] = None,
    certified: Certified = None,
    top_official_approves: TopApproves = None,
    rests_on_non_federal_pay: RestsOnNonFederalPay = None,
    appointment_type: Appointed = "career",
    serves_politically: Political = None,
    political_freeze_in_force: FreezeContinues = None,
) -> Result[StartDecision]:
    """Which rate may be set on reappointment after a break in SES service?

    After more than 30 days any rate in the range; after 30 days or less more than the former SES rate only with the top
    approving official's approval (5 CFR 534.404(i)(1)). Either way the 12 months start anew. `answer` holds decision and
    lawful bounds in dollars a year, approval, what is missing, alternatives, and the next ordinary adjustment.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    decision = Decision(work)
    if break_days == 0:
        raise FactError(
            "break_days: without a break in SES service there is no reappointment; ask about a transfer to another agency "
            "(pay_setting.transfer) or an adjustment (pay_setting.adjust)."
        )
    longest = int(work.figure("pay_setting.reappointment.short_break"))
    short = at_least(longest, break_days)
    appointee = Appointee(appointment_type, serves_politically, political_freeze_in_force)

    def bounds(approves: bool | None, covered: bool | None = certified) -> Bounds:
        frozen_limit = political_bound(work, as_of, covered, appointee, None, stated=covered is certified)
        after_break = _break_bound(limits.minimum, short, longest, former_rate, approves)
        return [*range_bounds(limits, covered), approval_bound(limits, approves), after_break, frozen_limit]

    decision.judge(bounds(top_official_approves), proposed_rate)
    if former_rate is not None and short is not False:
        doubt_rate(work, as_of, former_rate)
    barred_by_history = pay_history_test(decision, proposed_rate, rests_on_non_federal_pay)
    above_former = short is not False and former_rate is not None and proposed_rate > former_rate
    decision.approves(top=above_former or proposed_rate > limits.uncertified)
    if not barred_by_history:
        decision.offer_nearest(proposed_rate)
        decision.offer_approval(bounds(True), proposed_rate)
        if certified is False:
            offer_certification(decision, bounds(True, True), proposed_rate)
    work.note("The 12-month rule does not bar it, and a new 12 months start.", "5 CFR 534.404(c)(2)(i), (i)(1)")
    return decision.close(StartDecision, proposed_rate, "a reappointment at", next_adjustment=clock.opens_on(as_of))


def _break_bound(
    minimum: Decimal, short: bool | None, longest: int, former: Decimal | None, approves: bool | None
) -> Bound | None:
    law = "5 CFR 534.404(i)(1)"
    if short is False or approves:
        return None
    if former is None:
        return gate(None, minimum, "The former SES rate is not known.", law, "former_rate")
    former = max(former, minimum)
    text = f"After a break of {longest} days or less, more than {dollars(former)} needs the top approving official."
    if short is None:
        return gate(None, former, f"{text} The length of the break is not known.", law, "break_days")
    return gate(approves, former, text, law, "top_official_approves", until="the top approving official approves")
