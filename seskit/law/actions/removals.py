"""Removal from the SES for performance: its notice, the placement that follows, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law.action_facts import CarryOver, Executive, OnProbation, SameAgency
from seskit.law.actions.return_to_ses import Reinstatement
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks, at_least, every, unknown
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, Money, YesNo, dollars, plain
from seskit.law.question import find, question
from seskit.law.rate_range import doubt_rate
from seskit.law.renaming import under_older_name
from seskit.law.result import CannotTell, Result, Working

SUBJECT = "appraisal"

Reason = Annotated[
    Literal["performance", "misconduct", "other"] | None,
    Fact("Reason", "misconduct: also neglect of duty or malfeasance."),
]


class RemovalNotice(Answer, verdict="passes"):
    """Whether the steps of a removal were in time."""

    passes: Annotated[bool | None, Fact("In time", "Null: cannot tell.")]
    failed: Annotated[list[str], Fact("Steps that fail")]
    latest: Annotated[dict[str, date], Fact("Latest day of each step")]


@question("5 CFR 359.502, 359.402, 359.902, 317.605(b)")
def removal_notice(
    as_of: Annotated[AsOf, Fact("Day the removal takes effect")],
    *,
    appointment_type: Executive = None,
    on_probation: OnProbation = None,
    notice_on: Annotated[Day | None, Fact("Written notice given on")] = None,
    position_named_on: Annotated[
        Day | None, Fact("Placement position named on", "In the notice or in a supplement to it.")
    ] = None,
    hearing_asked_on: Annotated[Day | None, Fact("Informal hearing asked for on", after=("notice_on",))] = None,
    states: Annotated[
        list[Literal["basis", "placement", "hearing", "effective_date", "retirement"]] | None,
        Fact("Notice states", "Retirement where the executive is eligible at once."),
    ] = None,
    retirement_eligible: Annotated[YesNo | None, Fact("Eligible for immediate retirement")] = None,
) -> Result[RemovalNotice]:
    """Were the notice and the other steps of this removal for performance in time?

    Past probation 30 days' notice, the placement position named 10 days before, a hearing asked for 15 days before; on
    probation notice before the effective date; noncareer and limited one day (5 CFR 359.502, 359.402, 317.605(b)).
    `answer` holds the latest days for each step, the verdict (null: cannot tell) and the steps that fail.
    """
    work = Working(as_of)
    kind = _route(work, appointment_type, on_probation)
    if kind is None:
        return work.answer(
            RemovalNotice(passes=None, failed=[], latest={}), CannotTell("Cannot tell: which procedure applies.")
        )
    latest = latest_days(work, as_of, kind)
    given = {
        "notice": (notice_on, "the day of the notice"),
        "position": (position_named_on, "the day the position was named"),
    }
    failed: list[str] = []
    checks: Checks[Check] = Checks(work)
    for step in ("notice", "position"):
        if step in latest:
            done, needs = given[step]
            passed = at_least(latest[step], done)
            text = f"The {step} is due by {latest[step]}; it was {done or 'not known'}."
            checks.add(Check(passed, text, _law(kind), needs=needs))
            failed += [step] * (passed is False)
    if kind == "tenured":
        checks.add(_contents(states, retirement_eligible, failed))
        _hearing(work, notice_on, hearing_asked_on, latest["hearing"])
    if appointment_type in ("limited_term", "limited_emergency"):
        work.caution("Discipline of a limited appointee covered by 5 CFR 752.601(c)(2) goes under part 752 instead.")
    work.note("The rating itself cannot be appealed.", "5 U.S.C. 4312(d)")
    says = checks.told("Every step was in time.", f"Failed: {', '.join(failed)}.")
    return work.answer(RemovalNotice(checks.passes, failed, latest), says)


def _route(work: Working, appointment_type: str | None, on_probation: bool | None) -> str | None:
    if appointment_type is None or (appointment_type == "career" and on_probation is None):
        work.test(
            None, "The appointment type, or whether a career executive is on probation, is not known.", "5 CFR 359.501"
        )
        return None
    if appointment_type != "career":
        return "untenured"
    return "probation" if on_probation else "tenured"


def _law(kind: str) -> str:
    return {"tenured": "5 CFR 359.502", "probation": "5 CFR 359.402", "untenured": "5 CFR 317.605(b), 359.902(b)"}[kind]


def latest_days(work: Working, as_of: date, kind: str) -> dict[str, date]:
    """The latest day of each step of a removal: past probation (tenured), on probation, noncareer or limited."""
    if kind == "tenured":
        steps = {"notice": "notice_days", "position": "position_days", "hearing": "hearing_days"}
        return {step: add_days(as_of, -int(work.figure(f"actions.removal.{key}"))) for step, key in steps.items()}
    if kind == "untenured":
        return {"notice": add_days(as_of, -int(work.figure("actions.removal.noncareer_notice_days")))}
    work.note("On probation the law sets no number of days, only notice before the effective date.", _law(kind))
    return {"notice": add_days(as_of, -1)}


def _contents(states: Sequence[str] | None, retirement_eligible: bool | None, failed: list[str]) -> Check:
    if states is None:
        return Check(None, "What the notice states is not known.", "5 CFR 359.502(a)", needs="what the notice states")
    needed = ["basis", "placement", "hearing", "effective_date", *(["retirement"] if retirement_eligible else [])]
    missing = [part for part in needed if part not in states]
    failed += [f"notice omits {part.replace('_', ' ')}" for part in missing]
    return Check(not missing, f"The notice states {', '.join(states) or 'nothing'}.", "5 CFR 359.502(a)")


def _hearing(work: Working, notice_on: date | None, asked_on: date | None, latest: date) -> None:
    law = "5 CFR 359.502(b)"
    if asked_on is None:
        work.note(f"An informal hearing may be asked of the Merit Systems Protection Board until {latest}.", law)
        return
    after = notice_on is None or asked_on >= notice_on
    work.test(asked_on <= latest and after, f"The hearing was asked for on {asked_on}; until {latest} is in time.", law)
    work.note("The hearing need not delay the removal.", "5 CFR 359.502(b)(2)")


class Placement(Answer, verdict="entitled", renamed={"right": "entitled"}):
    """The right to placement outside the SES."""

    entitled: Annotated[bool | None, Fact("Right to placement", "Null: cannot tell.")]
    grade: Annotated[str | None, Fact("Lowest grade")]
    pay: Annotated[Decimal | None, Fact("Pay", "Null: cannot tell, or no rate is due.", unit="USD per year")]


@question(
    "5 U.S.C. 3594; 5 CFR 359.701-.705, 359.902(c), 317.605(d)",
    renamed={
        "came_from_career": ("from_career_type",),
        "position_rate": ("new_position_rate",),
        "rate_before_ses": ("former_position_rate",),
    },
)
def placement(
    as_of: Annotated[AsOf, Fact("Day of the removal from the SES")],
    *,
    appointment_type: Executive = None,
    on_probation: OnProbation = None,
    reason: Reason = None,
    from_career_type: CarryOver = None,
    same_agency: SameAgency = None,
    new_position_rate: Annotated[Money | None, Fact("Rate of the new position", "", "USD per year")] = None,
    former_position_rate: Annotated[
        Money | None,
        Fact("Present rate of the position held before the SES", "0 if none was held.", "USD per year", zero=True),
    ] = None,
    ses_rate: Annotated[Money | None, Fact("SES basic pay just before", "", "USD per year")] = None,
) -> Result[Placement]:
    """Has this executive a right to placement outside the SES, in what grade and at what pay?

    A career appointee removed for weak performance past probation has; on probation only one who came from a career
    appointment and is not removed for misconduct; noncareer none (5 U.S.C. 3594). `answer` says whether there is a
    right (null: cannot tell), the lowest grade, and the pay: the highest of three rates, in dollars per year.
    """
    work = Working(as_of)
    right = placement_right(work, appointment_type, on_probation, reason, from_career_type, same_agency)
    if not right:
        says = "There is no right to placement."
        if right is None:
            lacking = placement_lacks(appointment_type, on_probation, reason, from_career_type, same_agency)
            says = CannotTell(f"Cannot tell: {lacking}.")
        return work.answer(Placement(entitled=right, grade=None, pay=None), says)
    if appointment_type != "career":
        work.note("Back to the former job or a like one.", "5 CFR 317.605(d)")
        return work.answer(Placement(entitled=True, grade=None, pay=None), "The appointee returns to the former job.")
    grade = work.figure("actions.placement.grade")
    months = work.recorded("actions.placement.months")
    lasting = f"of at least {months} months" if months else "that continues"
    work.note(
        f"A vacant position {lasting}, {grade} or above or equal to it, whatever the grade before the SES, for which "
        "the executive qualifies, and without displacing anyone.",
        "5 U.S.C. 3594(c)(1); 5 CFR 359.702-.703",
    )
    pay = highest_rate(work, new_position_rate, former_position_rate, ses_rate)
    says = (
        CannotTell(f"Placement at {grade} or above; the pay cannot be determined yet.")
        if pay is None
        else f"Placement at {grade} or above, at {dollars(pay)} a year."
    )
    return work.answer(Placement(entitled=True, grade=grade, pay=pay), says)


def placement_right(
    work: Working,
    appointment_type: str | None,
    on_probation: bool | None,
    reason: str | None,
    from_career: bool | None,
    same_agency: bool | None,
) -> bool | None:
    """Whether the law gives a right to a position outside the SES (None: cannot tell)."""
    law = "5 U.S.C. 3594"
    conduct = None if reason is None else reason == "misconduct"
    if appointment_type == "noncareer":
        return work.test(False, "A noncareer appointee has no right to placement.", "5 CFR 359.902(c)")
    if conduct:
        return work.test(False, "Removal for misconduct, neglect or malfeasance gives no right.", law)
    fair = None if conduct is None else True
    if appointment_type is None:
        passed: bool | None = None
    elif appointment_type != "career":
        passed = every((from_career, same_agency, fair))
        law = "5 CFR 317.605(d)"
    elif on_probation is False:
        passed = None if reason is None else reason == "performance"
    elif on_probation is None:
        passed = True if from_career and reason == "performance" else None
    else:
        passed = every((from_career, fair))
    work.test(passed, "The law gives a right to placement on these facts.", law)
    return passed


def placement_lacks(
    appointment_type: str | None, on_probation: bool | None, reason: str | None, from_career: bool | None,
    same_agency: bool | None,
) -> str:  # fmt: skip
    """Which fact is missing where it cannot be determined whether there is a right to placement."""
    facts: dict[str, object] = {"the reason of the removal": reason}
    if appointment_type is None:
        facts = {"the appointment type": None}
    elif appointment_type != "career":
        facts |= {"whether the appointee came from a career-type position": from_career,
                  "whether it was in the same agency": same_agency}  # fmt: skip
    elif on_probation is None:
        facts = {"whether the executive is on probation": None}
    elif on_probation:
        facts |= {"whether the appointee came from a career-type position": from_career}
    return unknown(facts)


def highest_rate(work: Working, new: Decimal | None, former: Decimal | None, ses: Decimal | None) -> Decimal | None:
    """The highest of the three rates of 5 U.S.C. 3594(c)(2); None, with what is certain, where one is not known."""
    law = "5 U.S.C. 3594(c)(2)"
    if ses is not None and work.as_of:
        doubt_rate(work, work.as_of, ses)
    rates = (new, former, ses)
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates) or new is None:
        work.test(None, "Pay is the highest of three rates; not all are known.", law)
        if known:
            work.caution(f"The pay is {dollars(max(known))} at least; the rate not given governs if it is higher.")
        return None
    highest = max(known)
    work.note(f"Pay is the highest of {', '.join(dollars(rate) for rate in rates if rate)}: {dollars(highest)}.", law)
    share = work.recorded("pay_setting.placement.growth_share") if highest > new else None
    if share is not None:
        work.note(
            f"It then rises by {share} percent of each increase in the grade's maximum, until the position's rate "
            "catches up.",
            law,
        )
    return plain(highest)


@question("5 U.S.C. 3593(a)")
def reinstatement(
    as_of: Annotated[AsOf, Fact("Day of the application")],
    *,
    was_career: Annotated[YesNo | None, Fact("Former career appointee")] = None,
    completed_probation: Annotated[YesNo | None, Fact("Completed probation", "Or it was waived.")] = None,
    left_for_performance: Annotated[YesNo | None, Fact("Left for weak performance")] = None,
    left_for_misconduct: Annotated[YesNo | None, Fact("Left for misconduct")] = False,
) -> Result[Reinstatement]:
    """May a former executive be reinstated in the SES?

    The older name of `staffing.reinstatement` (5 U.S.C. 3593(a); 5 CFR 317.702), which also asks how the SES was left.
    `answer` says whether the person is eligible (null: cannot tell).
    """
    left = (left_for_performance, left_for_misconduct)
    made = find("staffing.reinstatement")(
        as_of,
        was_career=was_career,
        probation_completed=completed_probation,
        left_by="removal for performance" if left_for_performance
        else "removal for discipline" if left_for_misconduct
        else None if None in left else "other",
    )  # fmt: skip
    more = (
        ()
        if None in left or True in left
        else ("Refusing a directed move can bar it where a nationwide mobility agreement came with the position.",)
    )
    return under_older_name(made, Reinstatement(made.answer.eligible), *more)
