"""The rate at a first SES appointment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.formats.counts import number_of
from seskit.law.facts import AsOf, Certified, Fact, Money, Whole, YesNo, dollars, plain
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.bounds import Appointee, approval_bound, open_range, political_bound, range_bounds
from seskit.law.pay_setting.decision import Bound, Bounds, Decision, StartDecision, floor, gate, highest_lawful
from seskit.law.pay_setting.facts import (
    Appointed,
    FreezeContinues,
    Political,
    ProposedRate,
    RestsOnNonFederalPay,
    TopApproves,
)
from seskit.law.question import question
from seskit.law.rate_range import OPEN_RANGE, RateRange, before_open_range, es_rates, open_range_day
from seskit.law.result import Result, Working
from seskit.law.versions import until


def fixed_rate_decision(work: Working, as_of: date, proposed: Decimal, protected: Bound | None = None) -> Decision:
    """Before the open range: the proposal must be one of the six ES rates, and not below a protected one."""
    rates = es_rates(as_of, work.figure).values()
    decision = Decision(work)
    decision.approves(top=False)
    decision.need(
        proposed in rates,
        f"{dollars(proposed)} must be one of the six ES rates.",
        before_open_range("5 U.S.C. 5382"),
        bars="any rate between the six",
        until=str(open_range_day()),
    )
    if protected:
        decision.judge([protected], proposed)
    lawful = [rate for rate in rates if rate >= decision.minimum]
    decision.maximum = min(lawful, key=lambda rate: (abs(rate - proposed), rate), default=Decimal(0))
    decision.minimum = decision.maximum if lawful else decision.minimum
    decision.offer_nearest(proposed)
    return decision


def pay_history_test(decision: Decision, proposed: Decimal, rests_on: bool | None) -> bool:
    """Since 2024 a rate may not rest on non-Federal pay history or a competing offer; whether that bars this one."""
    work = decision.work
    if not work.recorded("pay_setting.initial.pay_history_barred"):
        return False
    text = "The rate may not rest on non-Federal pay history or a competing offer."
    citation = "89 FR 5737 (5 CFR 534.404)"
    if rests_on is None:
        work.caution(f"{text} Not stated whether it does; agencies had to comply by 2024-10-01.")
    else:
        bars, until = "a rate that rests on it", "the rate rests on the job and the person's qualifications"
        decision.need(not rests_on, text, citation, bars=bars, until=until)
        nearest = decision.nearest(proposed)
        if rests_on and nearest is not None:
            apart = f"{dollars(abs(proposed - nearest))} a year {'less' if nearest < proposed else 'more'}"
            decision.offer(
                f"Rest the rate on the job and the person's qualifications, and set {dollars(nearest)}.",
                "no dollars" if nearest == proposed else apart,
                proposed_rate=plain(nearest),
                rests_on_non_federal_pay=False,
            )
    return bool(rests_on)


def protection_bound(work: Working, minimum: Decimal, previous: Decimal | None, years: int | None) -> Bound | None:
    """The last rate of basic pay of one with five years of competitive service is protected."""
    if previous is None or previous <= minimum:
        return None
    needed = int(work.figure("pay_setting.initial.protected_years"))
    law = "5 U.S.C. 5383(e)"
    work.caution("Locality pay is left out of the previous rate, as the rule before 2004 did; no later text was seen.")
    if years is None:
        text = f"With {number_of(needed, 'year')} of continuous competitive service the rate may not start below {dollars(previous)}."
        return Bound(previous, minimum, text, law, "competitive_service_years", is_floor=True)
    if years < needed:
        work.note(
            f"{number_of(years, 'year')} of competitive service protect no earlier rate; {needed} are needed.", law
        )
        return None
    text = f"{number_of(years, 'year')} of continuous competitive service protect the last rate of basic pay, {dollars(previous)}."
    return floor(previous, text, law, until="the first SES rate is set; later adjustments may differ")


def _initial_fixed_rate(
    as_of: date,
    proposed_rate: Decimal,
    appointment_type: str | None,
    previous_rate: Decimal | None,
    competitive_service_years: int | None,
) -> Result[StartDecision]:
    """The same until the open range, among the six ES rates."""
    work, starts = Working(as_of), clock.opens_on(as_of)
    lowest, career_rate = min(es_rates(as_of).values()), previous_rate if appointment_type == "career" else None
    decision = fixed_rate_decision(
        work, as_of, proposed_rate, protection_bound(work, lowest, career_rate, competitive_service_years)
    )
    return decision.close(StartDecision, proposed_rate, "an initial rate of", next_adjustment=starts)


@question("5 U.S.C. 5382, 5383(e); 5 CFR 534.404(a), (g)(3)")
@until(OPEN_RANGE, _initial_fixed_rate)
def initial_rate(
    as_of: AsOf,
    *,
    proposed_rate: ProposedRate,
    certified: Certified = None,
    top_official_approves: TopApproves = None,
    superior_competencies: Annotated[
        YesNo | None, Fact("Superior leadership or other competencies", "Needed above level III.")
    ] = None,
    appointment_type: Appointed = "career",
    serves_politically: Political = None,
    previous_rate: Annotated[
        Money | None,
        Fact(
            "Last rate of basic pay",
            "In the competitive service, without locality pay; leave out if none.",
            "USD per year",
        ),
    ] = None,
    competitive_service_years: Annotated[
        Whole | None, Fact("Years of continuous competitive service", "Current, up to this appointment.", "years")
    ] = None,
    rests_on_non_federal_pay: RestsOnNonFederalPay = None,
    highest_subordinate_pay: Annotated[
        Money | None,
        Fact(
            "Highest pay of a direct GS report",
            "With locality pay, without recruitment or retention payments.",
            "USD per year",
        ),
    ] = None,
    political_freeze_in_force: FreezeContinues = None,
) -> Result[StartDecision]:
    """May this rate be set at a first SES appointment?

    Any rate in the range; above level III only under a certified system, for superior competencies, with the top
    approving official's approval (5 CFR 534.404(a), (g)(3)); five years of competitive service protect the last rate
    (5 U.S.C. 5383(e)). `answer` holds the decision, the lawful bounds and the nearest lawful rate in dollars a year, who
    must approve, what is missing, alternatives with the facts each changes, and the first date of the next ordinary adjustment.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    decision = Decision(work)
    appointee = Appointee(appointment_type, serves_politically, political_freeze_in_force)
    protected = protection_bound(work, limits.minimum, previous_rate, competitive_service_years)

    def bounds(covered: bool | None, approves: bool | None, superior: bool | None) -> Bounds:
        return [
            *range_bounds(limits, covered),
            political_bound(work, as_of, covered, appointee, None, stated=covered is certified),
            protected if appointment_type == "career" else None,
            _competencies_bound(limits, superior),
            approval_bound(limits, approves),
        ]

    decision.judge(bounds(certified, top_official_approves, superior_competencies), proposed_rate)
    barred_by_history = pay_history_test(decision, proposed_rate, rests_on_non_federal_pay)
    decision.approves(top=proposed_rate > limits.uncertified)
    if not barred_by_history:
        decision.offer_nearest(proposed_rate)
        superior = superior_competencies is not False
        _offer_above_level_three(decision, bounds, proposed_rate, certified, superior)
    report = highest_subordinate_pay
    if report is not None and proposed_rate <= report and work.recorded("pay_setting.initial.above_subordinates"):
        work.caution(
            f"Executive Order 13714 asks for supervisors' pay above that of GS reports; a report is paid {dollars(report)}."
        )
    work.note(
        "Weigh experience, qualifications and accomplishments against the job. The initial rate starts 12 months.",
        "5 CFR 534.404(a), (c)(2)(i)",
    )
    return decision.close(StartDecision, proposed_rate, "an initial rate of", next_adjustment=clock.opens_on(as_of))


def _competencies_bound(limits: RateRange, superior: bool | None) -> Bound:
    said = {True: "they are shown", False: "they are not shown", None: "whether they are shown is not known"}[superior]
    text = (
        f"Above {dollars(limits.uncertified)} (level III) superior leadership or other competencies are needed; {said}."
    )
    until = "superior leadership or other competencies are shown"
    return gate(
        superior, limits.uncertified, text, "5 CFR 534.403(a)(3), 534.404(a)", "superior_competencies", until=until
    )


def _offer_above_level_three(
    decision: Decision,
    bounds: Callable[[bool | None, bool | None, bool | None], Bounds],
    proposed: Decimal,
    certified: bool | None,
    superior: bool,
) -> None:
    """Offer what makes a rate above level III lawful: approval with competencies shown, or certification with both."""
    if not superior:
        return
    approved = highest_lawful(bounds(certified, True, True), proposed)
    covered = highest_lawful(bounds(True, True, True), proposed)
    least = max(decision.minimum, decision.maximum + 1)
    if approved >= least:
        decision.offer(
            f"Show superior competencies and obtain the top approving official's approval of {dollars(approved)}.",
            "no dollars; the time it takes",
            proposed_rate=plain(approved),
            top_official_approves=True,
            superior_competencies=True,
        )
    elif certified is not True and covered >= least:
        decision.offer(
            f"Set {dollars(covered)} once the system is certified, superior competencies are shown and the top approving "
            "official approves.",
            "no dollars; the days until OPM certifies, which no rule fixes",
            proposed_rate=plain(covered),
            certified=True,
            top_official_approves=True,
            superior_competencies=True,
        )
