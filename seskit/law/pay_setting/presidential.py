"""A career appointee in a Presidential or Executive Schedule post: the election of SES pay, and the return to the SES."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated

from seskit.law.action_facts import in_order
from seskit.law.answers import Answer
from seskit.law.checks import at_least
from seskit.law.facts import AsOf, Certified, Day, Fact, Money, YesNo, dollars
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.adjust import offer_certification
from seskit.law.pay_setting.bounds import (
    approval_bound,
    clock_bound,
    frozen_floor,
    general_freeze_bound,
    open_range,
    range_bounds,
    since_open_range,
)
from seskit.law.pay_setting.decision import (
    WITHOUT_LIMIT,
    Barred,
    Bound,
    Decision,
    StartDecision,
    Verdict,
    Way,
    floor,
    gate,
    in_days,
)
from seskit.law.pay_setting.facts import Ground, GroundName, LastAdjusted, NewPosition, ProposedRate, TopApproves
from seskit.law.pay_setting.moves import offer_timing
from seskit.law.pay_setting.reduce import lowest_reduced
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working


@question("5 CFR 534.404(i)(2)")
@since_open_range("This rule on returning executives")
def return_from_presidential_post(
    as_of: Annotated[AsOf, Fact("Date of the return to the SES")],
    *,
    elected_ses_pay: Annotated[YesNo | None, Fact("Elected to keep SES pay")] = None,
    rate: Annotated[Money | None, Fact("SES rate", "The rate in force under the election.", "USD per year")] = None,
    proposed_rate: ProposedRate,
    certified: Certified = None,
    last_adjusted: LastAdjusted = None,
    ground: Ground = None,
    top_official_approves: TopApproves = None,
    new_position: NewPosition = False,
) -> Result[StartDecision]:
    """Which rate may be set when a career appointee returns from a Presidential appointment?

    Without an election of SES pay any rate in the range; with one, a change needs 12 months since the last SES
    adjustment or a listed ground (5 CFR 534.404(i)(2)), and an increase what the freeze of 2011 to 2013 asks. `answer`
    holds decision and lawful bounds in dollars a year, approval, what is missing, what is barred and until when,
    alternatives, and the next ordinary adjustment.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    decision = Decision(work)
    held = rate if elected_ses_pay else None

    base = max(rate or Decimal(0), limits.minimum)
    freeze = _general_freeze(work, new_position, base, elected_ses_pay) if rate is not None else None

    def ordinary(approves: bool | None, covered: bool | None = certified) -> list[Bound | None]:
        kept = [*frozen_floor(limits, covered, held or Decimal(0)), freeze]
        return [*range_bounds(limits, covered, held), *kept, approval_bound(limits, approves, held or Decimal(0))]

    timing = [] if elected_ses_pay is False else _return_bounds(
        Decimal(work.figure("pay_setting.reduction.largest_share")), as_of, limits.minimum, rate, last_adjusted, ground, top_official_approves, elected_ses_pay
    )  # fmt: skip
    decision.judge([*ordinary(top_official_approves), *timing], proposed_rate)
    opens = clock.opens_on(last_adjusted) if last_adjusted and elected_ses_pay is not False else None
    early = opens is not None and as_of < opens
    decision.approves(top=proposed_rate > limits.uncertified or (early and ground is not None))
    barred = opens if early and decision.breached else None
    decision.offer_nearest(proposed_rate, rate)
    if decision.verdict != "allowed" and top_official_approves is not True:
        decision.offer_approval([*ordinary(True), *timing], proposed_rate)
    if decision.verdict != "allowed" and certified is False:
        offer_certification(decision, [*ordinary(True, True), *timing], proposed_rate)
    if barred and rate is not None and proposed_rate > rate:
        offer_timing(decision, as_of, barred, proposed_rate, base, ordinary, top_official_approves, ground)
    work.note("The return counts as an adjustment and starts a new 12 months.", "5 CFR 534.404(c)(2)(i), (i)(2)(iii)")
    return decision.close(
        StartDecision, proposed_rate, "a return at", earliest=barred, next_adjustment=clock.opens_on(as_of)
    )


def _general_freeze(work: Working, new_position: bool | None, unchanged: Decimal, elected: bool | None) -> Bound | None:
    """The freeze of 2011 to 2013, which held the rate of one who kept SES pay; who did not had none to raise."""
    found = None if elected is False else general_freeze_bound(work, new_position, unchanged)
    if found and elected is None and not found.holds(WITHOUT_LIMIT):
        return replace(found, possible=WITHOUT_LIMIT, lacks="elected_ses_pay")
    return found


def _return_bounds(
    share: Decimal,
    as_of: date,
    minimum: Decimal,
    rate: Decimal | None,
    last_adjusted: date | None,
    ground: GroundName | None,
    approves: bool | None,
    elected: bool | None,
) -> list[Bound]:
    """One who kept SES pay: a change needs 12 months or a ground, and no ground allows an early reduction."""
    law = "5 CFR 534.404(i)(2)"
    if rate is None:
        text = "The SES rate in force under the election is not known."
        return [gate(None, minimum, text, law, "rate")]
    rise = clock_bound(as_of, last_adjusted, max(rate, minimum), ground, approves)
    may_fall = at_least(as_of, clock.opens_after(last_adjusted))
    sure, possible = (Decimal(0) if may_fall else rate), (rate if may_fall is False else Decimal(0))
    text = f"Below {dollars(rate)} only after 12 months."
    fall = Bound(sure, possible, text, law, "last_adjusted", is_floor=True, until=rise.until)
    lowest = lowest_reduced(rate, minimum, share)
    text = f"One action lowers a career executive's rate by at most {share} percent, here to {dollars(lowest)}."
    tenth = floor(lowest, text, "5 CFR 534.404(j)(1)", "design", "a further action, 12 months later")
    if elected:
        return [replace(rise, citation=law), fall, tenth]
    return [
        replace(rise, possible=WITHOUT_LIMIT, citation=law, lacks="elected_ses_pay"),
        replace(fall, possible=Decimal(0), lacks="elected_ses_pay"),
        replace(tenth, possible=Decimal(0), lacks="elected_ses_pay"),
    ]


class ElectionDecision(Answer, verdict="decision"):
    """Whether the election of SES pay may be made."""

    decision: Annotated[Verdict, Fact("Decision")]
    earliest: Annotated[date | None, Fact("First day a change is possible")]
    barred: Annotated[list[Barred], Fact("Barred", "What, and until when.")]
    missing: Annotated[list[str], Fact("Missing facts")]
    alternatives: Annotated[list[Way], Fact("Lawful alternatives", "Each with its cost, and the facts that change.")]


@question("5 U.S.C. 3392(c); 5 CFR 317.801")
def elect_ses_pay(
    as_of: Annotated[AsOf, Fact("Date of the election or of its change")],
    *,
    career_before: Annotated[YesNo | None, Fact("SES career appointee until the appointment")] = None,
    executive_schedule_post: Annotated[
        YesNo | None,
        Fact(
            "Executive Schedule post",
            "Senate-confirmed at or above level V, or on the Schedule or paid by statute at its rate.",
        ),
    ] = None,
    appointed_on: Annotated[Day | None, Fact("Date of the appointment to the post")] = None,
    last_election: Annotated[
        Day | None, Fact("Last election", "Leave out for the first.", happened=True, after=("appointed_on",))
    ] = None,
) -> Result[ElectionDecision]:
    """May a career appointee in a Presidential or Executive Schedule post elect to keep SES pay and benefits?

    A career appointee moved to such a post may elect some, all or none of them, in writing at appointment; the election
    lasts at least one year and may change once in 12 months (5 U.S.C. 3392(c); 5 CFR 317.801). `answer` holds the
    decision, `earliest`: the first day a change is possible, what is barred and until when, what is missing, and
    alternatives with their cost.
    """
    in_order(appointed_on, as_of, "as_of", "the appointment to the post")
    work = Working(as_of)
    decision = Decision(work)
    decision.need(
        career_before, "Only an SES career appointee may elect.", "5 CFR 317.801(a)", "career_before",
        bars="an election", until="a career appointee is moved to such a post",
    )  # fmt: skip
    decision.need(
        executive_schedule_post, "The post must be at an Executive Schedule rate of the kinds named.", "5 U.S.C. 3392(c)",
        "executive_schedule_post", bars="an election", until="the post is at such a rate",
    )  # fmt: skip
    if career_before is False or executive_schedule_post is False:
        decision.offer_nothing("Serve at the pay and benefits of the post.", "0 days; the difference in pay")
    start = last_election or appointed_on
    first = last_election is None and appointed_on == as_of
    earliest = None if first or start is None else clock.opens_on(start)
    if not first:
        text = (
            f"An election is made at the appointment, {start or 'on a day not known'}; it may change a year later at the earliest."
            if last_election is None
            else f"One change in 12 months: the election of {start} lasts at least one year."
        )
        law, lacks = "5 CFR 317.801(b), (c)", "appointed_on or last_election"
        decision.need_day(earliest, text, law, lacks, bars="a change of the election")
    if earliest and as_of < earliest:
        decision.offer(
            f"Change it on {earliest} or later.", f"{in_days((earliest - as_of).days)} later", as_of=earliest
        )
    work.note(
        "It covers basic pay with its aggregate limit, performance awards, ranks, severance, leave and retirement.",
        "5 CFR 317.801(b)",
    )
    work.note("The executive elects in writing; no approval is needed.", "5 CFR 317.801(b)")
    verdict = decision.verdict
    says = {
        "allowed": "Allowed: the election may be made.",
        "not allowed": f"Not allowed. {decision.barred_until(earliest)}".strip(),
    }.get(verdict, CannotTell(f"Cannot tell. Missing: {'; '.join(decision.missing)}."))
    answer = ElectionDecision(
        decision=verdict,
        earliest=earliest,
        barred=decision.barred if verdict == "not allowed" else [],
        missing=decision.missing,
        alternatives=decision.alternatives if verdict != "allowed" else [],
    )
    return work.answer(answer, says)
