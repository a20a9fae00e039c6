"""Performance and disciplinary reductions, and the rate after removal from the SES."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Certified, Day, Fact, Money, Rate, Rating, YesNo, dollars, plain
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.bounds import (
    AT_LEAST_THE_MINIMUM,
    UNTIL_CERTIFIED,
    is_frozen,
    not_frozen,
    open_range,
    since_open_range,
)
from seskit.law.pay_setting.decision import (
    DOLLAR,
    Bound,
    ByReading,
    Decision,
    PayDecision,
    by_readings,
    ceiling,
    floor,
    in_days,
    verdict_of,
)
from seskit.law.pay_setting.facts import Appointed, EffectiveDay, LastAdjusted, ProposedRate, ProtectedTotal
from seskit.law.question import find, question
from seskit.law.rate_range import RateRange, doubt_rate
from seskit.law.renaming import under_older_name
from seskit.law.result import Basis, CannotTell, Result, Working

LAW = "5 U.S.C. 5383(d); 5 CFR 534.404(j)"
READING = "which reading of 12 months holds"


def lowest_reduced(rate: Decimal, minimum: Decimal, share: Decimal | None) -> Decimal:
    """The lowest rate one action may set: the share off, rounded up to the dollar, never below the minimum."""
    cut = minimum if share is None else (rate * (100 - share) / 100).quantize(DOLLAR, ROUND_CEILING)
    return max(minimum, min(cut, rate))


class ReduceDecision(PayDecision, verdict="decision"):
    """Whether a reduction is lawful, and the decision under each reading."""

    readings: Annotated[list[ByReading], Fact("The decision under each reading of 12 months", "Empty: there is one.")]


@question(LAW)
@since_open_range("This reduction rule", "For one of the six ES rates ask about an adjustment (pay_setting.adjust).")
def reduce(
    as_of: EffectiveDay,
    *,
    rate: Rate,
    proposed_rate: ProposedRate,
    basis: Annotated[
        Literal["performance", "conduct", "consent"] | None,
        Fact("Basis", "Performance, conduct, or the executive's consent."),
    ] = None,
    rating: Rating = None,
    critical_element_failed: Annotated[
        YesNo | None, Fact("Critical element failed", "Otherwise than by the summary rating.")
    ] = None,
    notice_given: Annotated[Day | None, Fact("Written notice given")] = None,
    last_adjusted: LastAdjusted = None,
    appointment_type: Appointed = "career",
    certified: Certified = None,
    protected_total: ProtectedTotal = None,
) -> Result[ReduceDecision]:
    """May this executive's rate be reduced to the proposed rate?

    One action may cut a career executive by at most 10 percent and never below the range minimum; without consent only
    for performance or conduct, after written notice; once in 12 months like every adjustment (5 U.S.C. 5383(c), (d);
    5 CFR 534.404(c), (j)). `answer` holds the decision, `minimum`: the lowest rate one action may set, in dollars a
    year, `earliest`: the first day it may take effect, `readings` where it comes 26 pay periods after the last adjustment, who decides, what is missing, what is barred and until when, and
    alternatives with their cost.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    decision = Decision(work)
    career = None if appointment_type is None else appointment_type == "career"
    doubt_rate(work, as_of, rate)
    share = Decimal(work.figure("pay_setting.reduction.largest_share"))
    bounds = _lawful_rates(work, limits, rate, None if career is False else share, protected_total)
    not_frozen(decision, is_frozen(rate, limits, certified))
    if career is None:
        text = f"The appointment type is not known; only career executives have the {share} percent limit."
        decision.need(None, text, LAW, "appointment_type")
    if career is not False:
        _basis_test(decision, basis, rating, critical_element_failed)
    may_be_cured = not decision.breached
    decision.judge(bounds, proposed_rate)
    decision.maximum = min(rate, decision.maximum)
    decision.need(
        proposed_rate < rate,
        f"A reduction goes below {dollars(rate)}; for another rate ask about an adjustment (pay_setting.adjust).", LAW,
        bars="this as a reduction", until="the proposal is below the present rate",
    )  # fmt: skip
    earliest = _clock_test(decision, as_of, last_adjusted)
    if career is not False:
        earliest = max(filter(None, (earliest, _notice_test(decision, as_of, notice_given))), default=None)
    else:
        text = f"No {share} percent limit and no notice rule for appointees who are not career."
        work.note(text, "5 CFR 534.404(j)", basis="recalled")
    decision.approves(top=False)
    if proposed_rate >= rate:
        decision.offer_nothing("Ask about an adjustment (pay_setting.adjust): it is not a reduction.", "0 days")
    else:
        amounts = {bound.bars for bound in bounds if bound}
        decision.only = None if all(entry.what in amounts for entry in decision.barred) else rate
        if decision.minimum < rate and decision.has_lawful_rate:
            lawful = max(min(max(proposed_rate, decision.minimum), rate - 1, decision.maximum), decision.minimum)
            _offer_cure(decision, as_of, lawful, proposed_rate, earliest, may_be_cured)
        more = dollars(rate - proposed_rate)
        decision.offer_nothing(
            f"Make no reduction: keep {dollars(rate)}.", f"{more} a year more than proposed", "no change"
        )
    opens = earliest if READING in decision.missing else None
    found = decision.close(
        ReduceDecision, proposed_rate, "a reduction to", earliest=earliest, readings=_readings(decision, as_of, opens)
    )
    if decision.verdict != "cannot tell" or decision.missing != [READING]:
        return found
    return replace(
        found,
        says=f"Open reading: a reduction to {dollars(proposed_rate)} on {as_of} is 26 pay periods after the last adjustment. By calendar "
        f"months not allowed before {opens}; by pay periods allowed.",
        cannot_tell=False,
    )


def _readings(decision: Decision, as_of: date, opens: date | None) -> list[ByReading]:
    """The decision under each reading of 12 months, where the day is 26 pay periods after the last adjustment."""
    if opens is None:
        return []
    others = [lacking for lacking in decision.missing if lacking != READING]
    by_periods = False if decision.breached else None if others else True
    return by_readings(opens, as_of, verdict_of(by_periods))


def november_2003_holds(on: date) -> bool:
    """Whether the total of November 2003 is still protected."""
    return parameters.recorded("pay_setting.conversion.protected", on) is not None


def november_2003_bound(work: Working, rate: Decimal, minimum: Decimal, total: Decimal | None) -> Bound | None:
    """For one year nothing below the protected total of November 2003, which is at most the rate that followed it."""
    if not work.recorded("pay_setting.conversion.protected"):
        return None
    law, ends = "5 CFR 534.406(b)", parameters.last_change("pay_setting.conversion.protected")
    text = f"Before {ends} nothing may go below the total of November 2003"
    if total is None:
        return Bound(
            rate, minimum, f"{text}, which is not known.", law, "protected_total", is_floor=True, until=str(ends)
        )
    return floor(min(total, rate), f"{text}, {dollars(total)}.", law, until=str(ends))


def _offer_cure(
    decision: Decision, as_of: date, lawful: Decimal, proposed: Decimal, earliest: date | None, has_basis: bool
) -> None:
    """Offer the nearest reduction: to the lowest lawful rate, on the first lawful day, with a basis."""
    late = earliest if earliest and earliest > as_of else None
    frozen = any(entry.until == UNTIL_CERTIFIED for entry in decision.barred)
    costs: list[str] = []
    facts: dict[str, str] = {}
    if lawful != proposed:
        costs.append(f"{dollars(abs(lawful - proposed))} a year {'more' if lawful > proposed else 'less'}")
    if late:
        costs.append(f"{in_days((late - as_of).days)} later")
    if not has_basis and not frozen:
        costs.append("0 days; the executive's written consent")
        facts["basis"] = "consent"
    if costs and not frozen:
        when = f" on {late} or later" if late else ""
        how = " with the executive's consent" if facts else ""
        decision.offer(
            f"Set {dollars(lawful)}{when}{how}.",
            "; ".join(costs),
            proposed_rate=plain(lawful),
            as_of=late or as_of,
            **facts,
        )


def _clock_test(decision: Decision, as_of: date, last_adjusted: date | None) -> date | None:
    opens = clock.opens_after(last_adjusted)
    if last_adjusted and opens and clock.is_drift(last_adjusted, as_of):
        text = (
            f"{as_of} is 26 pay periods after {last_adjusted} and {in_days((opens - as_of).days)} short of 12 calendar months: an "
            f"open reading. Counted by calendar months no reduction before {opens}; counted by pay periods the 12 months are over. "
            "OPM has not said which, and no ground allows an early reduction."
        )
        law = "5 U.S.C. 5383(c); 5 CFR 534.404(c)(1)"
        decision.need(None, text, law, READING, "design", bars="a reduction", until=str(opens), two_readings=True)
        return opens
    text = (
        f"Reductions count too: last adjusted {last_adjusted}, so not before {opens}; no ground allows an early one."
        if opens
        else "The date of the last counted adjustment is not known."
    )
    decision.need_day(opens, text, "5 U.S.C. 5383(c); 5 CFR 534.404(c)(1)", "last_adjusted", bars="a reduction")
    return opens


def _lawful_rates(
    work: Working, limits: RateRange, rate: Decimal, share: Decimal | None, protected_total: Decimal | None
) -> list[Bound | None]:
    """Where the new rate may lie; without a `share`, which only a career executive has, the range alone is the limit."""
    lowest = lowest_reduced(rate, limits.minimum, share)
    at_minimum = lowest == limits.minimum or share is None
    because = "the range minimum" if at_minimum else f"{share} percent below {dollars(rate)}"
    until = AT_LEAST_THE_MINIMUM if lowest == limits.minimum else "a further action, 12 months later"
    text = f"The lowest rate one action may set is {dollars(lowest)}: {because}."
    basis: Basis = "recalled" if share is None else "verified"
    bounds: list[Bound | None] = [floor(lowest, text, "5 CFR 534.404(j)(1)", basis, until)]
    bounds.append(november_2003_bound(work, rate, limits.minimum, protected_total))
    if rate > limits.certified:
        text = f"No rate is set above {dollars(limits.certified)} (level II), the highest range maximum."
        bounds.append(ceiling(limits.certified, text, "5 CFR 534.403(a)(2)", until="the range maximum rises"))
    return bounds


def _basis_test(decision: Decision, basis: str | None, rating: int | None, failed: bool | None) -> None:
    law = "5 CFR 534.404(j)(2)"
    if basis is None:
        decision.need(None, "The basis is not known: performance, conduct, or consent.", law, "basis")
    elif basis != "performance":
        decision.need(True, f"The basis is {basis}.", law)
    else:
        lowest = int(decision.work.figure("pay_setting.performance.lowest_rating"))
        low = None if rating is None else rating < lowest
        shown = True if low or failed else low
        if low is False and failed is None:
            decision.work.caution("If a critical element was failed otherwise, say so: it is a separate basis.")
        text = f"For performance the summary rating must be below level {lowest}, or a critical element failed."
        until = "the summary rating is lower, a critical element is failed, or there is consent or a conduct basis"
        decision.need(shown, text, law, "rating", bars="a reduction without consent", until=until)


def _notice_test(decision: Decision, as_of: date, given: date | None) -> date | None:
    work = decision.work
    days, reply, again = (
        int(work.figure(f"pay_setting.reduction.{word}")) for word in ("notice", "reply", "reconsideration")
    )
    ready = add_days(given, days) if given else None
    text = (
        f"Written notice on {given} allows the reduction from {ready}."
        if ready
        else f"Written notice must be given at least {days} days before, by {as_of - timedelta(days=days)}."
    )
    decision.need_day(ready, text, LAW, "notice_given", bars="a reduction")
    work.due(
        f"At least {reply} days to answer, with evidence and a representative; a written decision with reasons; within {again} "
        "days of it the executive may ask the agency head, whose answer is final; no appeal under 5 U.S.C. 7543.",
        "5 CFR 534.404(j)(3), (4)",
    )
    return ready


@question("5 U.S.C. 5383(d); 5 CFR 534.404(j)(3)")
def notice_due(
    as_of: Annotated[AsOf, Fact("Effective date", "The day the reduction would take effect.")],
    *,
    appointment_type: Appointed = "career",
) -> Result[Annotated[date | None, Fact("Give written notice by", "Null: no notice rule, or cannot tell.")]]:
    """By which day must written notice of a reduction in pay be given?

    A career executive hears in writing at least 15 days before (5 U.S.C. 5383(d)). `answer` is the last day for the
    notice; null where no notice rule applies or it cannot be determined.
    """
    work = Working(as_of)
    if appointment_type is None:
        work.test(None, "The appointment type is not known; the notice is owed to career executives.", LAW)
        return work.answer(None, CannotTell("Cannot tell: the appointment type is not known."))
    if appointment_type != "career":
        work.note("No notice rule for appointees who are not career.", "5 CFR 534.404(j)", basis="recalled")
        return work.answer(None, "No notice rule applies.")
    days = int(work.figure("pay_setting.reduction.notice"))
    last = as_of - timedelta(days=days)
    cited = parameters.figure("pay_setting.reduction.notice", as_of).citation
    work.note(f"{days} days before {as_of} is {last}; the day of the notice is not counted.", cited, basis="design")
    return work.answer(last, f"Written notice is given by {last}.")


@question("5 U.S.C. 3594(c)")
def placement_rate(
    as_of: AsOf,
    *,
    new_position_rate: Annotated[Money, Fact("Rate of the new position", unit="USD per year")],
    former_position_rate: Annotated[
        Money | None,
        Fact("Present rate of the position held before the SES", "0 if none was held.", "USD per year", zero=True),
    ] = None,
    ses_rate: Annotated[Money, Fact("SES rate just before placement", unit="USD per year")],
) -> Result[Annotated[Decimal | None, Fact("Rate after placement", "Null: cannot tell.", "USD per year")]]:
    """Which rate follows removal from the SES into a position at GS-15 or equivalent?

    The older name of the pay in `appraisal.placement`, for a career appointee who has the right: the highest of the new
    position's rate, the present rate of the position held before the SES, and the SES rate just before. `answer` is the
    rate in dollars a year (null: cannot tell).
    """
    made = find("appraisal.placement")(
        as_of,
        appointment_type="career",
        on_probation=False,
        reason="performance",
        new_position_rate=new_position_rate,
        former_position_rate=former_position_rate,
        ses_rate=ses_rate,
    )
    rate = made.answer.pay
    says = CannotTell("Cannot tell: the present rate of the position held before the SES is missing.")
    return under_older_name(made, rate, says=says if rate is None else f"The rate after placement is {dollars(rate)}.")
