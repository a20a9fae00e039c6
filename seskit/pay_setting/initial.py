"""The rate at a first SES appointment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.facts import AsOf, Certified, Fact, FactError, Money, Whole, YesNo, dollars
from seskit.pay_setting import clock
from seskit.pay_setting.bounds import approval_bound, may_be_political, open_range, political_bound, range_bounds
from seskit.pay_setting.decision import Bound, Decision, floor, gate
from seskit.pay_setting.facts import Appointed, FreezeContinues, Political, ProposedRate, TopApproves
from seskit.question import question
from seskit.rate_range import RateRange, es_rates, open_range_day
from seskit.result import Result, Working

LAW = "5 CFR 534.404(a)"


def fixed_rate_decision(work: Working, as_of: date, proposed: Decimal) -> Decision:
    """Before the open range: the proposal must be one of the six ES rates."""
    rates = es_rates(as_of, work.figure)
    decision = Decision(work)
    decision.approves(top=False)
    decision.minimum = decision.maximum = min(rates.values(), key=lambda rate: (abs(rate - proposed), rate))
    decision.need(
        proposed in rates.values(),
        f"{dollars(proposed)} must be one of the six ES rates.",
        "5 U.S.C. 5382 (before 2004-01-11)",
    )
    decision.offer_nearest(proposed)
    return decision


def pay_history_test(decision: Decision, rests_on: bool | None) -> None:
    """Since 2024 a rate may not rest on non-Federal pay history or a competing offer."""
    work = decision.work
    if not work.recorded("pay_setting.initial.pay_history_barred"):
        return
    text = "The rate may not rest on non-Federal pay history or a competing offer."
    citation = "89 FR 5737 (5 CFR 534.404)"
    if rests_on is None:
        work.caution(f"{text} Not stated whether it does; agencies had to comply by 2024-10-01.")
    else:
        decision.need(not rests_on, text, citation)
        if rests_on:
            decision.offer(
                "Rest the rate on the job and the person's qualifications.",
                "no dollars",
                rests_on_non_federal_pay=False,
            )


def protection_bound(work: Working, limits: RateRange, previous: Decimal | None, years: int | None) -> Bound | None:
    """The last rate of basic pay of one with five years of competitive service is protected."""
    if previous is None or previous <= limits.minimum:
        return None
    needed = int(work.figure("pay_setting.initial.protected_years"))
    law = "5 U.S.C. 5383(e)"
    work.caution("Locality pay is left out of the previous rate, as the rule before 2004 did; no later text was seen.")
    if years is None:
        text = (
            f"With {needed} years of continuous competitive service the rate may not start below {dollars(previous)}."
        )
        return Bound(previous, limits.minimum, text, law, "competitive_service_years", is_floor=True)
    if years < needed:
        work.note(f"{years} years of competitive service protect no earlier rate; {needed} are needed.", law)
        return None
    text = f"{years} years of continuous competitive service protect the last rate of basic pay, {dollars(previous)}."
    return floor(previous, text, law)


@question("5 U.S.C. 5382, 5383(e); 5 CFR 534.404(a), (g)(3)")
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
    rests_on_non_federal_pay: Annotated[
        YesNo | None, Fact("Rests on non-Federal pay", "Pay history outside the Government, or a competing offer.")
    ] = None,
    highest_subordinate_pay: Annotated[
        Money | None,
        Fact(
            "Highest pay of a direct GS report",
            "With locality pay, without recruitment or retention payments.",
            "USD per year",
        ),
    ] = None,
    political_freeze_in_force: FreezeContinues = None,
) -> Result:
    """May this rate be set at a first SES appointment?

    Any rate in the range; above level III only under a certified system, for superior competencies, with the top
    approving official's approval (5 CFR 534.404(a), (g)(3)); five years of competitive service protect the last rate
    (5 U.S.C. 5383(e)). `answer` holds the decision, the lawful bounds and the nearest lawful rate in dollars a year, who
    must approve, what is missing, alternatives with the facts each changes, and the first date of the next ordinary adjustment.
    """
    work = Working(as_of)
    starts = {"next_adjustment": clock.opens_on(as_of)}
    if as_of < open_range_day():
        return fixed_rate_decision(work, as_of, proposed_rate).close(proposed_rate, "an initial rate of", **starts)
    limits = open_range(work, as_of)
    decision = Decision(work)
    political = may_be_political(appointment_type, serves_politically)
    protected = protection_bound(work, limits, previous_rate, competitive_service_years)
    always = [
        *range_bounds(limits, certified),
        political_bound(work, as_of, certified, political, None, continues=political_freeze_in_force),
        protected if appointment_type == "career" else None,
        _competencies_bound(work, limits, superior_competencies, proposed_rate),
    ]
    kept = [bound for bound in always if bound]
    decision.judge([*kept, approval_bound(limits, top_official_approves)], proposed_rate)
    pay_history_test(decision, rests_on_non_federal_pay)
    decision.approves(top=proposed_rate > limits.uncertified)
    if not rests_on_non_federal_pay:
        decision.offer_nearest(proposed_rate)
        decision.offer_approval([*kept, approval_bound(limits, True)], proposed_rate)
    if highest_subordinate_pay is not None and proposed_rate <= highest_subordinate_pay:
        work.caution(
            f"Executive Order 13714 asks for supervisors' pay above that of GS reports; a report is paid {dollars(highest_subordinate_pay)}."
        )
    work.note(
        "Weigh experience, qualifications and accomplishments against the job. The initial rate starts 12 months.",
        "5 CFR 534.404(a), (c)(2)(i)",
    )
    return decision.close(proposed_rate, "an initial rate of", **starts)


def _competencies_bound(work: Working, limits: RateRange, superior: bool | None, proposed: Decimal) -> Bound | None:
    text = "Above level III superior leadership or other competencies are needed."
    if superior is False:
        return gate(False, limits.uncertified, text, "5 CFR 534.404(a)", "")
    if superior is None and proposed > limits.uncertified:
        work.caution(f"{text} The record must show them (5 CFR 534.404(a)).")
    return None


def refuse_before_open_range(as_of: date, what: str) -> None:
    """Refuse a question about a rule that began with the open range."""
    if as_of < open_range_day():
        raise FactError(f"as_of: {what} exists only since the open range of {open_range_day()}; {as_of} is before it.")
