"""The ordinary adjustment of an executive's rate, with the exceptions from the 12-month rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.law import parameters
from seskit.law.checks import every
from seskit.law.clocks import add_days
from seskit.law.facts import Certified, Fact, Rate, Rating, YesNo, dollars, plain
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.bounds import (
    CLEARED,
    Appointee,
    approval_bound,
    clock_bound,
    freeze_ends,
    general_freeze_bound,
    is_frozen,
    not_frozen,
    open_range,
    political_bound,
    range_bounds,
    rating_bound,
)
from seskit.law.pay_setting.decision import (
    Bound,
    Bounds,
    ByReading,
    Decision,
    StartDecision,
    by_readings,
    gate,
    highest_lawful,
    in_days,
    verdict_of,
)
from seskit.law.pay_setting.facts import (
    GROUNDS,
    Appointed,
    CycleRecord,
    EffectiveDay,
    FreezeClearedBy,
    FreezeContinues,
    Ground,
    GroundName,
    LastAdjusted,
    NewPosition,
    Political,
    ProposedRate,
    TopApproves,
)
from seskit.law.pay_setting.initial import fixed_rate_decision
from seskit.law.question import question
from seskit.law.rate_range import OPEN_RANGE, RateRange
from seskit.law.rating_levels import fully_successful
from seskit.law.result import Result, Working
from seskit.law.versions import until

#: How far the first pay period of a year moves back against the calendar (1 day, or 2 after a leap day).
DRIFT_DAYS = 2
CYCLE_FACT = "cycle_record"
_REVIEW = "pay_setting.clock.restarts.certification_review"


def offer_wait(decision: Decision, as_of: date, opens: date, rate: Decimal) -> None:
    """Offer the first day the clock allows, and the pay period after it."""
    period = clock.pay_period_on_or_after(opens)
    decision.offer(
        f"Set {dollars(rate)} on {opens} or later; the first pay period then begins {period}.",
        f"{in_days((opens - as_of).days)} later, {(period - as_of).days} to the pay period",
        proposed_rate=rate,
        as_of=opens,
    )


def offer_certification(decision: Decision, if_certified: Bounds, proposed: Decimal, fact: str = "certified") -> None:
    """Offer the rate that certification, which `fact` states, and the top approving official would make lawful."""
    best = highest_lawful(if_certified, proposed)
    if best > decision.maximum and best >= decision.minimum:
        decision.offer(
            f"Set {dollars(best)} once the system is certified and the top approving official approves.",
            "no dollars; the days until OPM certifies, which no rule fixes",
            proposed_rate=plain(best),
            **{fact: True},
            top_official_approves=True,
        )


def offer_ground(
    decision: Decision, as_of: date, opens: date, rate: Decimal, grounds: tuple[GroundName, ...] = tuple(GROUNDS)
) -> None:
    """Offer an exception ground; a day or two short of 12 months, say why and offer the appraisal cycle alone."""
    short = (opens - as_of).days
    best = ("appraisal_cycle",) if short <= DRIFT_DAYS else grounds
    listed = "; or ".join(GROUNDS[name] for name in best)
    decision.offer(
        f"The top approving official finds and documents, for {dollars(rate)}: {listed}.",
        "0 days; a written record",
        proposed_rate=rate,
        ground=best[0] if len(best) == 1 else None,
        top_official_approves=True,
    )
    if short <= DRIFT_DAYS:
        decision.work.caution(
            f"First pay periods drift a day earlier each year: this date is {in_days(short)} short of 12 months. "
            "No OPM text resolves it; use a later pay period or the ground of the appraisal cycle."
        )


class AdjustDecision(StartDecision, verdict="decision"):
    """The same, with the decision under each reading of 12 months."""

    readings: Annotated[
        list[ByReading] | None,
        Fact("The decision under each reading of 12 months", "Left out where the question has one."),
    ] = None


def _between_fixed_rates(
    as_of: date,
    rate: Decimal,
    proposed_rate: Decimal,
    last_adjusted: date | None,
    rating: int | None,
    appointment_type: str | None,
) -> Result[AdjustDecision]:
    """The same until the open range, between the six ES rates."""
    work = Working(as_of)
    decision = fixed_rate_decision(work, as_of, proposed_rate)
    if proposed_rate < rate and appointment_type in ("career", None):
        days = int(work.figure("pay_setting.reduction.notice"))
        work.caution(
            f"A lower rate needs written notice to a career appointee at least {days} days before, by {add_days(as_of, -days)} "
            "(5 U.S.C. 5383(d)); whether it was given is not asked here."
        )
    if proposed_rate > rate and rating is not None and rating < fully_successful():
        work.caution("What such a rating did to a higher ES rate was not found in the sources: ask OPM.")
    opens = clock.opens_after(last_adjusted)
    if proposed_rate != rate:
        text = f"An ES rate may change once in 12 months; last adjusted {last_adjusted or 'on a day not known'}."
        decision.need_day(opens, text, "5 U.S.C. 5383(c) note", "last_adjusted", bars="another rate")
    barred = opens if opens and as_of < opens and proposed_rate != rate else None
    if barred:
        decision.minimum = decision.maximum = rate
        decision.offer(f"Make it effective {barred} or later.", f"{in_days((barred - as_of).days)} later", as_of=barred)
    return decision.close(AdjustDecision, proposed_rate, "a rate of", earliest=barred, next_adjustment=None)


@question("5 U.S.C. 5383(c); 5 CFR 534.404(b), (c), (g)")
@until(OPEN_RANGE, _between_fixed_rates)
def adjust(
    as_of: EffectiveDay,
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
    freeze_cleared_by: FreezeClearedBy = None,
    cycle_record: CycleRecord = None,
) -> Result[AdjustDecision]:
    """May this executive's rate be adjusted to the proposed rate?

    An increase must be warranted by performance, may not go to one rated below fully successful, may happen once in 12
    months unless the top approving official finds a listed ground, and above level III needs certification and that
    official's approval (5 CFR 534.404(b), (c), (g)). `answer` holds the decision, the bounds that are lawful for certain
    and the nearest lawful rate in dollars a year, what is barred and until when, the day the clock opens, who must
    approve, what is missing, alternatives with their cost, the first date of the next ordinary adjustment afterwards, and the
    `readings` where a date 26 pay periods after the last adjustment leaves two.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    appointee = Appointee(appointment_type, serves_politically, political_freeze_in_force, new_position)
    case = _Case(
        work, as_of, limits, rate, max(rate, limits.minimum), proposed_rate, last_adjusted, rating, certified, warranted,
        appointee.cleared_by(work, freeze_cleared_by), cycle_record,
    )  # fmt: skip
    decision = Decision(work)
    decision.judge(case.bounds(top_official_approves, ground), proposed_rate)
    decision.minimum = max(decision.minimum, case.base)
    if proposed_rate < rate:
        _lower(decision, rate, case.barred_until, is_frozen(rate, limits, certified))
    if case.increases:
        decision.approves(top=proposed_rate > limits.uncertified or case.barred_until is not None)
    decision.approves(top=False)
    _offer_ways(decision, case, ground, top_official_approves)
    _remark(decision, case, rating)
    barred = case.barred_until if decision.breached else None
    if barred and proposed_rate >= rate and case.clock(top_official_approves, ground).holds(proposed_rate):
        barred = None
    readings = case.readings(top_official_approves, ground) if CYCLE_FACT in decision.missing else []
    found = decision.close(
        AdjustDecision,
        proposed_rate,
        "a rate of",
        earliest=barred,
        next_adjustment=_next(decision, case),
        readings=readings,
    )
    if decision.verdict != "cannot tell" or decision.missing != [CYCLE_FACT]:
        return found
    says = (
        f"Open reading: {dollars(proposed_rate)} on {as_of} comes {in_days((case.opens - as_of).days if case.opens else 0)} before "
        f"12 calendar months are over. By calendar months not allowed before {case.opens}; by pay periods allowed."
    )
    return replace(found, says=says, cannot_tell=False)


@dataclass(frozen=True)
class _Case:
    """One proposal with the facts its bounds turn on, whatever is approved and found."""

    work: Working
    as_of: date
    limits: RateRange
    rate: Decimal
    base: Decimal
    proposed: Decimal
    last_adjusted: date | None
    rating: int | None
    certified: bool | None
    warranted: bool | None
    appointee: Appointee
    cycle_record: str | None

    @property
    def increases(self) -> bool:
        """Whether the proposal is more than keeping the rate, or reaching the minimum."""
        return self.proposed > self.base

    @property
    def opens(self) -> date | None:
        """The day the clock opens."""
        return clock.opens_after(self.last_adjusted)

    @property
    def barred_until(self) -> date | None:
        """The day the clock opens, where the proposal changes the rate before it."""
        return self.opens if self.opens and self.as_of < self.opens and self.proposed != self.base else None

    def clock(self, approves: bool | None, ground: GroundName | None, on: date | None = None) -> Bound:
        """The 12 months, with this approval and ground, on the effective date or another day."""
        return clock_bound(
            on or self.as_of, self.last_adjusted, self.base, ground, approves, cycle_record=self.cycle_record,
            lacks="cycle_record",
        )  # fmt: skip

    def readings(self, approves: bool | None, ground: GroundName | None) -> list[ByReading]:
        """The decision under each reading of 12 months, where the date is 26 pay periods after the last adjustment."""
        settled = replace(self, cycle_record="read by pay periods").bounds(approves, ground)
        held = [bound.holds(self.proposed) for bound in settled if bound]
        return by_readings(self.opens, self.as_of, verdict_of(every(held)))

    def frozen(self) -> Bound | None:
        """The statutory freeze, where it holds."""
        return general_freeze_bound(self.work, self.appointee.new_position, self.base)

    def politically_frozen(self) -> Bound | None:
        """The freeze on political appointees, where it holds or may hold."""
        return political_bound(self.work, self.as_of, self.certified, self.appointee, self.base)

    def bounds(
        self, approves: bool | None, ground: GroundName | None, on: date | None = None, *, thawed: bool = False
    ) -> list[Bound | None]:
        """Every bound; `thawed` leaves the statutory freeze aside."""
        warrant = "Performance or contribution must warrant an increase."
        return [
            *range_bounds(self.limits, self.certified, self.rate),
            rating_bound(self.work, self.rating, self.base),
            gate(self.warranted, self.base, warrant, "5 CFR 534.404(b)(3)", "warranted"),
            None if thawed else self.frozen(),
            self.politically_frozen(),
            approval_bound(self.limits, approves, self.base),
            self.clock(approves, ground, on),
        ]  # fmt: skip

    def best(
        self, approves: bool | None, ground: GroundName | None, on: date | None = None, *, thawed: bool = False
    ) -> Decimal | None:
        """The highest lawful increase up to the proposal under such facts; None where there is none."""
        highest = highest_lawful(self.bounds(approves, ground, on, thawed=thawed), self.proposed)
        return highest if highest > self.base else None


def _offer_ways(decision: Decision, case: _Case, ground: GroundName | None, approves: bool | None) -> None:
    decision.offer_nearest(case.proposed, case.rate)
    if not case.increases or decision.verdict == "allowed":
        return
    opens = case.barred_until
    if approves is not True:
        decision.offer_approval(case.bounds(True, ground), case.proposed)
    if opens and (best := case.best(approves, ground, opens)):
        offer_wait(decision, case.as_of, opens, best)
    if opens and not ground and (best := case.best(True, "appraisal_cycle")):
        offer_ground(decision, case.as_of, opens, best)
    if case.certified is False:
        certified = replace(case, certified=True)
        offer_certification(decision, certified.bounds(True, ground), case.proposed)
    frozen = case.frozen()
    if frozen and not frozen.holds(case.proposed):
        _offer_thaw(decision, case, ground, approves)
    political = case.politically_frozen()
    if political and political.holds(case.proposed) is False:
        free = replace(case, appointee=replace(case.appointee, cleared=True))
        if best := free.best(approves, ground):
            decision.offer(
                f"Set {dollars(best)} where {CLEARED}; name the document.",
                "no dollars; the written finding, kept with the record",
                proposed_rate=plain(best),
                freeze_cleared_by="the written finding",
            )


def _offer_thaw(decision: Decision, case: _Case, ground: GroundName | None, approves: bool | None) -> None:
    """The ways past the statutory freeze: wait for its end, or a far larger position."""
    ends = max(freeze_ends(), case.opens or freeze_ends())
    if best := case.best(approves, ground, ends, thawed=True):
        decision.offer(
            f"Set {dollars(best)} on {ends} or later, after the freeze.",
            f"{in_days((ends - case.as_of).days)} later",
            proposed_rate=best,
            as_of=ends,
        )
    if best := case.best(approves, ground, thawed=True):
        decision.offer(
            f"Set {dollars(best)} with a position of substantially greater responsibility, or a promotion.",
            "0 days; the new position",
            proposed_rate=best,
            new_position=True,
        )


def _remark(decision: Decision, case: _Case, rating: int | None) -> None:
    work = decision.work
    if case.rate < case.limits.minimum:
        work.caution(
            f"The present rate of {dollars(case.rate)} is below the range minimum and must be raised to "
            f"{dollars(case.limits.minimum)} in any case (5 CFR 534.403(a)(1)); check it for a data-entry error."
        )
    outstanding = int(work.figure("pay_setting.performance.outstanding"))
    if rating == outstanding and not case.increases:
        work.caution(
            "One rated outstanding must be considered for an increase; no amount is guaranteed (5 CFR 534.404(b)(2))."
        )
    if case.increases and case.proposed > case.limits.uncertified and rating is not None and rating < outstanding:
        work.caution("Rates above level III are generally for the best performers (5 CFR 534.403(a)(3)).")
    _guidance(work, case, rating)
    if case.increases and case.barred_until and case.certified and work.recorded(_REVIEW) is not None:
        work.caution(
            "Once certified for the year, an agency could revisit a rate it set while certification was lapsed, without "
            "waiting 12 months (5 CFR 534.404(c)(3)(v), whose words were not seen); ask counsel whether this is one."
        )
    if case.increases and decision.verdict == "allowed":
        work.caution(
            "The record must show that performance or contribution warrants the increase, under the agency's written plan."
        )
        if case.barred_until:
            work.note("The authorized agency official documents the ground in writing.", "5 CFR 534.404(c)(5)")


_GUIDANCE = "pay_setting.performance.guidance_"


def guidance_on_increases(on: date, rate: Decimal, rating: int | None) -> tuple[Decimal, str, str] | None:
    """The highest rate an increase reaches under OPM's guidance for one rated below its level, why, and its citation."""
    share, lowest = (parameters.recorded(f"{_GUIDANCE}{one}", on) for one in ("percent", "rating"))
    if share is None or lowest is None or rating is None or rating >= int(lowest.value):
        return None
    most, later = rate * (100 + Decimal(share.value)) / 100, parameters.recorded(f"{_GUIDANCE}later", on)
    why = (
        f"More than {share.value} percent, {dollars(most)}, for one rated level {rating}: the {share.citation}, known from "
        f"summaries, keeps such an increase to level {lowest.value} or better from the cycle that begins {share.first_day}. "
        f"It is guidance, not law.{f' {later.value}' if later else ''}"
    )
    return most, why, share.citation


def _guidance(work: Working, case: _Case, rating: int | None) -> None:
    """Guidance warns and does not bar."""
    found = guidance_on_increases(case.as_of, case.rate, rating) if case.increases else None
    if found and case.proposed > found[0]:
        for one in ("percent", "rating"):
            work.figure(f"{_GUIDANCE}{one}")
        work.caution(found[1])


def _next(decision: Decision, case: _Case) -> date | None:
    if case.increases and decision.verdict == "allowed":
        after = clock.opens_on(case.as_of)
        text = f"It starts a new 12 months; the next ordinary adjustment is from {after}."
        decision.work.note(text, "5 CFR 534.404(c)(2)(ii), (c)(5)")
        return after
    if case.proposed == case.base and case.last_adjusted:
        decision.work.note("It is not an adjustment and does not restart the clock.", "5 CFR 534.404(c)(3)(ii), (vii)")
        return clock.opens_on(case.last_adjusted)
    return None


def _lower(decision: Decision, rate: Decimal, barred_until: date | None, frozen: bool | None) -> None:
    not_frozen(decision, frozen)
    if barred_until:
        text = f"A reduction counts too: none before {barred_until}, and no ground allows an early one."
        decision.need(False, text, "5 CFR 534.404(c)(1)", bars="a reduction", until=str(barred_until))
    elif not frozen:
        decision.need(
            None,
            f"A rate below {dollars(rate)} is a reduction, with its own rules; ask about a reduction (pay_setting.reduce).",
            "5 CFR 534.404(j)",
            "the basis of the reduction (pay_setting.reduce)",
        )
