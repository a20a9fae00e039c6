"""Critical position pay: how high, on whose authority, and what the rate may not fall below."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.checks import at_least
from seskit.law.facts import AsOf, Certified, Fact, Money, Rating, YesNo, dollars
from seskit.law.pay_setting.bounds import AT_LEAST_THE_MINIMUM, open_range, since_open_range
from seskit.law.pay_setting.decision import Bound, Decision, PayDecision, ceiling, floor, gate
from seskit.law.pay_setting.facts import ProposedRate
from seskit.law.question import question
from seskit.law.result import Result, Working

LAW = "5 U.S.C. 5377(d)"
CEILING_RULE, FLOOR_RULE = "5 CFR 535.103(a)", "5 CFR 535.105"
_PRESIDENT, _NAMED = "the President, in writing", "the official whom the critical position authority names"
_OPM = "OPM, in consultation with OMB"


@question("5 U.S.C. 5377; 5 CFR part 535")
@since_open_range("This reading of critical position pay")
def critical_position_pay(
    as_of: AsOf,
    *,
    proposed_rate: ProposedRate,
    certified: Certified = None,
    authority_granted: Annotated[
        YesNo | None, Fact("Authority granted", "The position holds critical position pay authority.")
    ] = None,
    exceptional_circumstances: Annotated[
        YesNo | None,
        Fact(
            "Exceptional circumstances granted",
            "OPM granted a rate above level II on data that show exceptional circumstances.",
        ),
    ] = None,
    president_approves: Annotated[YesNo | None, Fact("President approves in writing", "Needed above level I.")] = None,
    granted_maximum: Annotated[
        Money | None, Fact("Maximum granted", "The highest rate the authority allows.", "USD per year")
    ] = None,
    payable_otherwise: Annotated[
        Money | None,
        Fact("Rate otherwise payable", "What the position would pay without the authority.", "USD per year"),
    ] = None,
    action: Annotated[
        Literal["initial", "january"], Fact("Action", "Setting the rate first, or adjusting it in January.")
    ] = "initial",
    rating: Rating = None,
) -> Result[PayDecision]:
    """May a critical position be paid this rate?

    With critical position pay authority a rate may go past the range: since 2008-09-25 up to level II as the rule, up to
    level I where exceptional circumstances are granted, and higher only with the President's written approval (5 U.S.C.
    5377(d); 5 CFR 535.103, 535.105). `answer` holds the decision, the highest rate that is lawful for certain in dollars a
    year, who must approve, what is missing, what is barred and until when, and alternatives with their cost.
    """
    work = Working(as_of)
    limits = open_range(work, as_of)
    ordinary = limits.certified if certified else limits.uncertified
    level_one = Decimal(
        work.figure(f"pay_setting.executive_schedule.{work.figure('pay_setting.critical_position.ceiling')}")
    )
    usual = work.recorded("pay_setting.critical_position.usual_ceiling")
    decision = Decision(work)
    found = [
        floor(
            limits.minimum, f"The range minimum is {dollars(limits.minimum)}; no one may be paid less.",
            "5 U.S.C. 5382(a); 5 CFR 534.403(a)(1)", until=AT_LEAST_THE_MINIMUM,
        ),
        gate(
            authority_granted, ordinary,
            f"Past {dollars(ordinary)}, the ordinary maximum, only with critical position pay authority.", LAW,
            "authority_granted", until="the authority is granted",
        ),
    ]  # fmt: skip
    level_two = Decimal(work.figure(f"pay_setting.executive_schedule.{usual}")) if usual else level_one
    if usual:
        text = f"Above {dollars(level_two)} (level II) only where exceptional circumstances are granted on data."
        granted = True if president_approves and exceptional_circumstances is None else exceptional_circumstances
        found.append(
            gate(
                granted,
                level_two,
                text,
                CEILING_RULE,
                "exceptional_circumstances",
                until="OPM grants it, with OMB consulted",
            )
        )
        work.note("OPM grants the authority, in consultation with OMB.", "5 U.S.C. 5377(c); 5 CFR part 535")
        found += _since_2008(work, action, rating, payable_otherwise, granted_maximum)
    else:
        known = parameters.first_day("pay_setting.critical_position.usual_ceiling")
        work.caution(f"Who granted the authority before {known} is not in the sources; ask OPM.")
    text = f"Above {dollars(level_one)} (level I) the President must approve in writing."
    found.append(
        gate(president_approves, level_one, text, LAW, "president_approves", until="the President approves in writing")
    )
    if work.recorded("pay_setting.critical_position.proposed_ceiling"):
        work.caution(
            "In April 2026 OPM proposed to make level I the usual maximum (FR Doc. 2026-07996, comments to 2026-05-26). "
            "No final rule was seen; check whether one came into effect."
        )
    decision.judge(found, proposed_rate)
    decision.approval.append(_PRESIDENT if proposed_rate > level_one else _OPM if proposed_rate > level_two else _NAMED)
    decision.offer_nearest(proposed_rate)
    asks_opm = bool(usual) and exceptional_circumstances is not True and level_two < proposed_rate <= level_one
    asks_president = president_approves is not True and bool(authority_granted) and proposed_rate > level_one
    _offer_approvals(decision, proposed_rate, asks_opm, asks_president)
    return decision.close(PayDecision, proposed_rate, "a critical position rate of")


def _offer_approvals(decision: Decision, proposed: Decimal, asks_opm: bool, asks_president: bool) -> None:
    if asks_opm:
        decision.offer(
            f"Ask OPM for {dollars(proposed)} with data that show exceptional circumstances.",
            "no dollars; the days it takes",
            exceptional_circumstances=True,
        )
    if asks_president:
        decision.offer(
            f"Obtain the President's written approval of {dollars(proposed)}.",
            "no dollars; the days it takes",
            president_approves=True,
        )


def _since_2008(
    work: Working, action: str, rating: int | None, payable: Decimal | None, granted: Decimal | None
) -> list[Bound]:
    found = []
    if payable is not None:
        text = f"The rate may not be below {dollars(payable)}, which is payable without the authority."
        found.append(floor(payable, text, FLOOR_RULE, until="the authority ends"))
    if granted is not None:
        text = f"The authority allows at most {dollars(granted)}."
        found.append(ceiling(granted, text, FLOOR_RULE, until="OPM grants a higher maximum"))
    if action == "january":
        lowest = int(work.figure("pay_setting.performance.lowest_rating"))
        text = f"A January adjustment needs a rating of level {lowest}, fully successful, or better."
        base = payable or Decimal(0)
        found.append(
            gate(at_least(rating, lowest), base, text, FLOOR_RULE, "rating", until="a later period is rated so")
        )
        work.note("The rate may be adjusted each January, up to the maximum granted.", FLOOR_RULE)
    return found
