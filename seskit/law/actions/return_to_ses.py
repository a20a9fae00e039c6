"""Coming back to the SES: the guaranteed right after a Presidential appointment, and reinstatement in general."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from seskit.law.action_facts import OptionalAsOf
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks, opposite
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working

SUBJECT = "staffing"


class GuaranteedReinstatement(Answer, verdict="entitled", renamed={"right": "entitled"}):
    """The right to reinstatement after a Presidential appointment."""

    entitled: Annotated[bool | None, Fact("Right to reinstatement", "Null: cannot tell.")]
    apply_by: Annotated[date, Fact("Apply to OPM by")]
    opm_places_by: Annotated[date | None, Fact("OPM places by", "Null: not applied yet.")]


@question("5 U.S.C. 3593(b); 5 CFR 317.703")
def guaranteed_reinstatement(
    as_of: OptionalAsOf = None,
    *,
    left_on: Annotated[Day, Fact("Presidential appointment ended")],
    came_without_break: Annotated[
        YesNo | None, Fact("Went to it from a career SES appointment without a break")
    ] = None,
    for_cause: Annotated[YesNo | None, Fact("Left for misconduct, neglect or malfeasance")] = None,
    gap_between_appointments: Annotated[
        YesNo, Fact("A gap between Presidential appointments, without reinstatement")
    ] = False,
    applied_on: Annotated[Day | None, Fact("Applied to OPM")] = None,
) -> Result[GuaranteedReinstatement]:
    """By when must a former career appointee ask OPM for reinstatement after a Presidential appointment?

    Within 90 days of leaving (5 U.S.C. 3593(b)); OPM tries to place within 45 days and an agency ordered to reinstate
    has 30 (5 CFR 317.703). `answer` holds `entitled` (null: cannot tell), `apply_by` and, from an application,
    `opm_places_by`.
    """
    work = Working(as_of or left_on)
    days = int(work.figure("actions.reinstatement.apply_days", left_on))
    apply_by = add_days(left_on, days)
    work.note(f"Left on {left_on}; {days} days later is {apply_by}.", "5 U.S.C. 3593(b)")
    law = "5 U.S.C. 3593(b)"
    checks = Checks(work, [
        Check(came_without_break, "Came from a career SES appointment without a break.", law,
              needs="whether it was a career SES appointment without a break"),
        Check(opposite(for_cause), "Left other than for misconduct, neglect or malfeasance.", law,
              needs="whether it ended for misconduct"),
        Check(not gap_between_appointments, "No gap between Presidential appointments.", "5 CFR 317.703"),
    ])  # fmt: skip
    if seen := applied_on or as_of:
        checks.add(Check(seen <= apply_by, f"Applied for, or still to be applied for, on {seen}.", law))
    right = checks.passes
    places_by = None
    if applied_on:
        places_by = add_days(applied_on, int(work.figure("actions.reinstatement.place_days", applied_on)))
        work.note(
            f"OPM tries to place by {places_by}; an agency ordered to reinstate has "
            f"{work.figure('actions.reinstatement.agency_days', applied_on)} calendar days.",
            "5 CFR 317.703",
        )
    says = checks.told("The right stands.", "There is no guaranteed right.")
    return work.answer(GuaranteedReinstatement(right, apply_by, places_by), f"Apply to OPM by {apply_by}. {says}")


class Reinstatement(Answer, verdict="eligible"):
    """Whether a former executive may be reinstated."""

    eligible: Annotated[bool | None, Fact("Eligible", "Null: cannot tell.")]


@question("5 U.S.C. 3593(a); 5 CFR 317.702", renamed={"completed_probation": ("probation_completed",)})
def reinstatement(
    as_of: AsOf,
    *,
    was_career: Annotated[
        YesNo | None,
        Fact("Held a career SES appointment", "The question is about one who did, unless you say otherwise."),
    ] = True,
    probation_completed: Annotated[YesNo | None, Fact("Probation completed or not needed")] = None,
    left_by: Annotated[
        Literal[
            "resignation",
            "resignation after notice of removal",
            "removal for performance",
            "removal for discipline",
            "refusal of a move to another commuting area",
            "other",
        ]
        | None,
        Fact("How the SES was left"),
    ] = None,
    mobility_agreement: Annotated[
        YesNo | None, Fact("A nationwide mobility agreement came with the original position")
    ] = None,
) -> Result[Reinstatement]:
    """May a former career appointee be reinstated without competition?

    After completed probation, unless the person left for performance or discipline; no time limit and no new QRB (5 CFR
    317.702). `answer` holds `eligible` (null: cannot tell).
    """
    work = Working(as_of)
    barred = ("resignation after notice of removal", "removal for performance", "removal for discipline")
    if left_by is None:
        clean = None
    elif left_by.startswith("refusal"):
        clean = opposite(mobility_agreement)
    else:
        clean = left_by not in barred
    checks = Checks(work, [
        Check(was_career, "The person held a career appointment in the SES.", "5 U.S.C. 3593(a)",
              needs="whether it was a career appointment"),
        Check(probation_completed, "Probation completed or not needed.", "5 CFR 317.702(a)(1)",
              needs="whether probation was completed"),
        Check(clean, f"The exit does not bar it: {left_by or 'not known'}.", "5 CFR 317.702",
              needs="whether there was a mobility agreement" if left_by else "how the SES was left"),
    ])  # fmt: skip
    eligible = checks.passes
    if eligible:
        work.note("No time limit, no competition and no new QRB certification.", "5 CFR 317.702")
    return work.answer(Reinstatement(eligible), checks.told("Eligible for reinstatement.", "Not eligible."))
