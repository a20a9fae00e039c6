"""Removal from the SES for performance: its notice, the placement that follows, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law.appointment_types import Executive, OnProbation
from seskit.law.checklist import verdict
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, Money, YesNo, plain
from seskit.law.question import question
from seskit.law.result import Result, Working

SUBJECT = "appraisal"

Reason = Annotated[
    Literal["performance", "misconduct", "other"] | None,
    Fact("Reason", "misconduct: also neglect of duty or malfeasance."),
]


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
    hearing_asked_on: Annotated[Day | None, Fact("Informal hearing asked for on")] = None,
    states: Annotated[
        list[Literal["basis", "placement", "hearing", "effective_date", "retirement"]] | None,
        Fact("Notice states", "basis, placement, hearing, effective_date, retirement (where eligible at once)."),
    ] = None,
    retirement_eligible: Annotated[YesNo | None, Fact("Eligible for immediate retirement")] = None,
) -> Result:
    """Were the notice and the other steps of this removal for performance in time?

    Past probation 30 days' notice, the placement position named 10 days before, a hearing asked for 15 days before; on
    probation notice before the effective date; noncareer and limited one day (5 CFR 359.502, 359.402, 317.605(b)).
    `answer` holds the latest days for each step, the verdict (null: cannot tell) and the steps that fail.
    """
    work = Working(as_of)
    kind = _route(work, appointment_type, on_probation)
    if kind is None:
        return work.answer({"passes": None, "failed": [], "latest": {}}, "Cannot tell: which procedure applies.")
    latest = _latest_days(work, as_of, kind)
    given = {"notice": notice_on, "position": position_named_on}
    failed: list[str] = []
    tests: list[bool | None] = []
    for step in ("notice", "position"):
        if step in latest:
            done = given[step]
            passed = None if done is None else done <= latest[step]
            work.test(passed, f"The {step} is due by {latest[step]}; it was {done or 'not known'}.", _law(kind))
            tests.append(passed)
            failed += [step] * (passed is False)
    if kind == "tenured":
        tests.append(_contents(work, states, retirement_eligible, failed))
        _hearing(work, notice_on, hearing_asked_on, latest["hearing"])
    work.note("The rating itself cannot be appealed.", "5 U.S.C. 4312(d)")
    passes = verdict(tests)
    says = {
        True: "Every step was in time.",
        False: f"Failed: {', '.join(failed)}.",
        None: "Cannot tell: a fact is missing.",
    }
    return work.answer({"passes": passes, "failed": failed, "latest": latest}, says[passes])


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


def _latest_days(work: Working, as_of: date, kind: str) -> dict[str, date]:
    if kind == "tenured":
        steps = {"notice": "notice_days", "position": "position_days", "hearing": "hearing_days"}
        return {step: add_days(as_of, -int(work.figure(f"appraisal.removal.{key}"))) for step, key in steps.items()}
    if kind == "untenured":
        return {"notice": add_days(as_of, -int(work.figure("appraisal.removal.noncareer_notice_days")))}
    work.note("On probation the law sets no number of days, only notice before the effective date.", _law(kind))
    return {"notice": add_days(as_of, -1)}


def _contents(
    work: Working, states: Sequence[str] | None, retirement_eligible: bool | None, failed: list[str]
) -> bool | None:
    if states is None:
        work.test(None, "What the notice states is not known.", "5 CFR 359.502(a)")
        return None
    needed = ["basis", "placement", "hearing", "effective_date", *(["retirement"] if retirement_eligible else [])]
    missing = [part for part in needed if part not in states]
    failed += [f"notice omits {part.replace('_', ' ')}" for part in missing]
    return work.test(not missing, f"The notice states {', '.join(states) or 'nothing'}.", "5 CFR 359.502(a)")


def _hearing(work: Working, notice_on: date | None, asked_on: date | None, latest: date) -> None:
    law = "5 CFR 359.502(b)"
    if asked_on is None:
        work.note(f"An informal hearing may be asked of the Merit Systems Protection Board until {latest}.", law)
        return
    after = notice_on is None or asked_on >= notice_on
    work.test(asked_on <= latest and after, f"The hearing was asked for on {asked_on}; until {latest} is in time.", law)
    work.note("The hearing need not delay the removal.", "5 CFR 359.502(b)(2)")


@question("5 U.S.C. 3594; 5 CFR 359.701-.705, 359.902(c), 317.605(d)")
def placement(
    as_of: Annotated[AsOf, Fact("Day of the removal from the SES")],
    *,
    appointment_type: Executive = None,
    on_probation: OnProbation = None,
    reason: Reason = None,
    came_from_career: Annotated[
        YesNo | None,
        Fact("Came from a career appointment", "A career or career-conditional civil service job, or equal tenure."),
    ] = None,
    same_agency: Annotated[YesNo | None, Fact("Same agency, without a break", "Asked of a limited appointee.")] = None,
    position_rate: Annotated[Money | None, Fact("Rate of the new position", "", "USD per year")] = None,
    rate_before_ses: Annotated[
        Money | None, Fact("Current rate of the job held before the SES", "", "USD per year")
    ] = None,
    ses_rate: Annotated[Money | None, Fact("SES basic pay just before", "", "USD per year")] = None,
) -> Result:
    """Has this executive a right to placement outside the SES, in what grade and at what pay?

    A career appointee removed for weak performance past probation has; on probation only one who came from a career
    appointment and is not removed for misconduct; noncareer none (5 U.S.C. 3594). `answer` says whether there is a
    right (null: cannot tell), the lowest grade, and the pay: the highest of three rates, in dollars per year.
    """
    work = Working(as_of)
    right = _placement_right(work, appointment_type, on_probation, reason, came_from_career, same_agency)
    if not right:
        says = "Cannot tell: a fact is missing." if right is None else "There is no right to placement."
        return work.answer({"right": right, "grade": None, "pay": None}, says)
    if appointment_type != "career":
        work.note("Back to the former job or a like one.", "5 CFR 317.605(d)")
        return work.answer({"right": True, "grade": None, "pay": None}, "The appointee returns to the former job.")
    grade = work.figure("appraisal.removal.placement_grade")
    months = work.figure("appraisal.removal.placement_months")
    work.note(
        f"A vacant position of at least {months} months, {grade} or above or equal to it, whatever the grade before "
        "the SES, for which the executive qualifies, and without displacing anyone.",
        "5 U.S.C. 3594(c)(1); 5 CFR 359.702-.703",
    )
    pay = _highest(work, position_rate, rate_before_ses, ses_rate)
    says = f"Placement at {grade} or above" + (f", at ${pay:,} a year." if pay else "; the pay cannot be told yet.")
    return work.answer({"right": True, "grade": grade, "pay": pay}, says)


def _placement_right(
    work: Working,
    appointment_type: str | None,
    on_probation: bool | None,
    reason: str | None,
    came_from_career: bool | None,
    same_agency: bool | None,
) -> bool | None:
    law = "5 U.S.C. 3594"
    conduct = None if reason is None else reason == "misconduct"
    if appointment_type == "noncareer":
        return work.test(False, "A noncareer appointee has no right to placement.", "5 CFR 359.902(c)")
    if conduct:
        return work.test(False, "Removal for misconduct, neglect or malfeasance gives no right.", law)
    if appointment_type is None:
        passed: bool | None = None
    elif appointment_type != "career":
        passed = verdict([came_from_career, same_agency, None if conduct is None else True])
        law = "5 CFR 317.605(d)"
    elif on_probation is False:
        passed = None if reason is None else reason == "performance"
    elif on_probation is None:
        passed = True if came_from_career and reason == "performance" else None
    else:
        passed = verdict([came_from_career, None if conduct is None else True])
    work.test(passed, "The law gives a right to placement on these facts.", law)
    return passed


def _highest(work: Working, *rates: Decimal | None) -> Decimal | None:
    known = [rate for rate in rates if rate is not None]
    if len(known) < len(rates):
        work.test(None, "Pay is the highest of three rates; not all are known.", "5 U.S.C. 3594(c)(2)")
        return None
    work.note(
        "Pay is the highest of the new position's rate, the former job's and the SES rate.", "5 U.S.C. 3594(c)(2)"
    )
    if max(known) > known[0]:
        work.note("It then rises by half of each increase until the position's rate catches up.", "5 U.S.C. 3594(c)(2)")
    return plain(max(known))


@question("5 U.S.C. 3593(a)")
def reinstatement(
    as_of: Annotated[AsOf, Fact("Day of the application")],
    *,
    was_career: Annotated[YesNo | None, Fact("Former career appointee")] = None,
    completed_probation: Annotated[YesNo | None, Fact("Completed probation", "Or it was waived.")] = None,
    left_for_performance: Annotated[YesNo | None, Fact("Left for weak performance")] = None,
    left_for_misconduct: Annotated[YesNo | None, Fact("Left for misconduct")] = False,
) -> Result:
    """May a former executive be reinstated in the SES?

    A former career appointee who completed probation and did not leave for misconduct or weak performance (5 U.S.C.
    3593(a)). `answer` says whether the person is eligible (null: cannot tell).
    """
    work = Working(as_of)
    law = "5 U.S.C. 3593(a)"
    tests = {
        "The person held a career appointment.": was_career,
        "Probation was completed.": completed_probation,
        "The person did not leave for weak performance.": None
        if left_for_performance is None
        else not left_for_performance,
        "The person did not leave for misconduct.": None if left_for_misconduct is None else not left_for_misconduct,
    }
    for text, passed in tests.items():
        work.test(passed, text, law)
    eligible = verdict(list(tests.values()))
    says = {
        True: "Eligible for reinstatement.",
        False: "Not eligible for reinstatement.",
        None: "Cannot tell: a fact is missing.",
    }
    return work.answer({"eligible": eligible}, says[eligible])
