"""Removal of a career appointee during probation, and the right to fall back to a position outside the SES."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.action_facts import (
    BegunOn,
    CarryOver,
    ExceptionClaimed,
    HeadOn,
    NoRecentAppointment,
    RatedOn,
    SupervisorCanRemove,
    SupervisorNoncareer,
    SupervisorOn,
    in_order,
)
from seskit.law.actions.barred_days import LAW, PROBATION_ONLY, Appointments, Claim
from seskit.law.actions.bars import bar_on
from seskit.law.actions.new_head import Ground
from seskit.law.actions.removals import latest_days, placement, placement_right, removal_notice
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks, every, opposite, sentence, unknown
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, FactError, Money, YesNo
from seskit.law.question import question
from seskit.law.renaming import under_older_name
from seskit.law.result import Result, Working

SUBJECT = "staffing"

SECTION = {
    "performance": "5 CFR 359.402",
    "conduct": "5 CFR 359.403",
    "conditions before appointment": "5 CFR 359.404",
    "reduction in force": "5 CFR 359.405",
}
_NOTICE_SAYS = {
    "performance": "the inadequacies, the placement right and position if any, and the date",
    "conduct": "the basis and the date",
    "conditions before appointment": "specific reasons, with reasonable time to answer and a written decision",
    "reduction in force": "the date and the appeal rights, after the agency's competitive procedures",
}


class ProbationRemoval(Answer, verdict="allowed"):
    """Whether a removal on probation may be made."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]
    procedure: Annotated[str | None, Fact("Procedure", "Null: cannot tell.")]
    barred_until: Annotated[date | None, Fact("Barred until")]
    fallback: Annotated[bool | None, Fact("Right to a position outside the SES", "Null: cannot tell.")]


@question(
    "5 CFR part 359, subpart D; 5 U.S.C. 3592, 7543",
    renamed={
        "new_head_on": ("head_appointed_on",),
        "new_supervisor_on": ("supervisor_appointed_on",),
        "supervisor_has_authority": ("supervisor_can_remove",),
    },
)
def probation_removal(
    as_of: Annotated[AsOf, Fact("Effective date of the removal")],
    *,
    ground: Annotated[Ground, Fact("Ground", "Conduct includes neglect, malfeasance and refusing a directed move.")],
    notice_on: Annotated[Day, Fact("Written notice given")],
    last_day: Annotated[Day, Fact("Last day of probation")],
    covered_by_7511: Annotated[
        YesNo | None,
        Fact("Covered by 5 U.S.C. 7511 just before the SES", "Decides for conduct and earlier conditions."),
    ] = None,
    head_appointed_on: HeadOn = None,
    supervisor_appointed_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_can_remove: SupervisorCanRemove = None,
    no_recent_appointment: NoRecentAppointment = None,
    exception: ExceptionClaimed = "none",
    unsatisfactory_issued_on: RatedOn = None,
    discipline_begun_on: BegunOn = None,
    from_career_type: CarryOver = None,
) -> Result[ProbationRemoval]:
    """May a career appointee be removed on this day during probation?

    Written notice before the effective date, inside probation, outside the 120-day bar (5 CFR part 359, subpart D);
    part 752 governs conduct and earlier conditions for someone covered by 5 U.S.C. 7511 just before. `answer` holds
    `allowed` (null: cannot tell), `procedure`, `barred_until` (first free day or null) and `fallback` (null: ask).
    """
    work = Working(as_of)
    law = SECTION[ground]
    procedure = _procedure(work, ground, covered_by_7511, law)
    text = f"Effective {as_of}; the last day of probation is {last_day}."
    checks = Checks(work, [Check(as_of <= last_day, text, "5 CFR 359.402")])
    if procedure == "part 752 subpart F":
        rule = work.figure("actions.removal.adverse_action")
        least = add_days(notice_on, rule["notice_days"])
        checks.add(Check(as_of >= least, f"{rule['notice_days']} days of notice run to {least}.", "5 U.S.C. 7543"))
    else:
        in_time = notice_on <= latest_days(work, as_of, "probation")["notice"]
        checks.add(Check(in_time, f"Notice on {notice_on}, before the effective date {as_of}.", law))
        work.note(f"The notice states {_NOTICE_SAYS[ground]}.", law)
    given = Appointments(
        head_appointed_on, supervisor_appointed_on, supervisor_noncareer, supervisor_can_remove,
        none_recent=no_recent_appointment,
    )  # fmt: skip
    claimed = "reduction in force" if ground == "reduction in force" else exception
    if exception == "reduction in force" != ground:
        raise FactError(
            f"exception: a removal for {ground} is not a reduction in force; correct the ground or the exception."
        )
    claim = Claim(None, claimed, unsatisfactory_issued_on, discipline_begun_on, on_probation=True)
    barred, first_open = _bar(work, as_of, given, claim)
    outside = f"Outside the {parameters.latest('actions.bars.days')} days after a new head or supervisor."
    checks.add(Check(opposite(barred), outside, LAW["removal"]))
    reason = "misconduct" if ground == "conduct" else "other"
    fallback = placement_right(Working(None), "career", True, reason, from_career_type, None)
    if fallback is None:
        work.caution("Ask whether the appointee came from a career-type position: a fallback right may follow (3594).")
    if exception in PROBATION_ONLY:
        _exception(work, checks, as_of, notice_on, given, ground)
    allowed = every((checks.passes, True if procedure else None))
    return work.answer(
        ProbationRemoval(
            allowed=allowed, procedure=procedure, barred_until=first_open if barred else None, fallback=fallback
        ),
        sentence(
            allowed,
            "The removal is procedurally allowed.",
            "The removal is not allowed as planned.",
            unknown({"whether 5 U.S.C. 7511 covered the appointee": procedure, "whether the 120-day bar runs": barred}),
        ),
    )


def _bar(work: Working, as_of: date, given: Appointments, claim: Claim) -> tuple[bool | None, date | None]:
    """Whether the 120-day bar runs, and the first day after it; it never covers a reduction in force."""
    if claim.exception == "reduction in force":
        work.note("The bar does not cover removal in a reduction in force.", LAW["removal"], "met")
        return False, None
    return bar_on(work, as_of, "removal", given, claim)


def _exception(
    work: Working, checks: Checks[Check], as_of: date, notice_on: date, given: Appointments, ground: str
) -> None:
    """The days to answer on an exception, which are owed only where a bar runs without it."""
    without = bar_on(Working(as_of), as_of, "removal", given, Claim(None, "none", on_probation=True)).blocked
    if without is False or ground == "reduction in force":
        work.caution("No bar runs on that day, so the exception is not needed and its days to answer are not counted.")
        return
    days = work.figure("actions.bars.exception_reply_days")
    in_time = as_of >= add_days(notice_on, days)
    passes = True if in_time else opposite(without)
    checks.add(Check(passes, f"At least {days} days to answer on the exception.", "5 CFR 359.406(d)"))


def _procedure(work: Working, ground: str, covered: bool | None, law: str) -> str | None:
    if ground not in ("conduct", "conditions before appointment"):
        return "part 359 subpart D"
    work.test(covered, "Covered by 5 U.S.C. 7511 just before entering the SES: then part 752 governs.", law)
    if covered is None:
        return None
    return "part 752 subpart F" if covered else "part 359 subpart D"


class Fallback(Answer, verdict="entitled"):
    """The right to a position outside the SES, and its pay."""

    entitled: Annotated[bool | None, Fact("Entitled", "Null: cannot tell.")]
    rate: Annotated[Decimal | None, Fact("Pay", "Null: a rate is missing, or nothing is due.", unit="USD per year")]


@question("5 U.S.C. 3594; 5 CFR 359.901")
def fallback(
    as_of: Annotated[AsOf, Fact("Removal takes effect")],
    *,
    appointment_type: Annotated[Literal["career", "noncareer", "limited"], Fact("Type of SES appointment")] = "career",
    stage: Annotated[
        Literal["probation", "after probation"], Fact("Stage", "After probation: for less than fully successful work.")
    ] = "probation",
    for_cause: Annotated[
        YesNo | None, Fact("Removed for misconduct, neglect or malfeasance", "Then there is no fallback right.")
    ] = None,
    from_career_type: CarryOver = None,
    new_position_rate: Annotated[Money | None, Fact("Rate of the new position", unit="USD per year")] = None,
    former_position_rate: Annotated[
        Money | None,
        Fact("Present rate of the position held before the SES", "0 if none was held.", "USD per year", zero=True),
    ] = None,
    ses_rate: Annotated[Money | None, Fact("SES rate just before the removal", unit="USD per year")] = None,
) -> Result[Fallback]:
    """Is a removed executive entitled to a position outside the SES, and at what pay?

    The older name of `appraisal.placement` (5 U.S.C. 3594): `stage` and `for_cause` say what it asks as `on_probation`
    and `reason`. `answer` holds `entitled` (null: cannot tell) and `rate` in dollars (null where a rate is missing or
    nothing is due).
    """
    probation = stage == "probation"
    fair: Literal["other", "performance"] = "other" if probation else "performance"
    reason: Literal["misconduct", "other", "performance"] | None = None
    if for_cause is not None:
        reason = "misconduct" if for_cause else fair
    made = placement(
        as_of,
        appointment_type="limited_term" if appointment_type == "limited" else appointment_type,
        on_probation=probation,
        reason=reason,
        from_career_type=from_career_type,
        new_position_rate=new_position_rate,
        former_position_rate=former_position_rate,
        ses_rate=ses_rate,
    )
    more = []
    if appointment_type == "career" and not probation and made.answer.entitled:
        more.append("Taken as a removal for less than fully successful performance; for another reason after probation "
                    "there is no right.")  # fmt: skip
    return under_older_name(made, Fallback(entitled=made.answer.entitled, rate=made.answer.pay), *more)


class NoncareerRemoval(Answer, verdict="allowed"):
    """Whether a noncareer appointee may be removed."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]
    earliest: Annotated[date, Fact("First lawful day")]


@question("5 CFR 317.605(b), 359.902; 5 U.S.C. 3592(c)")
def noncareer_removal(
    as_of: Annotated[AsOf, Fact("Effective date of the removal")],
    *,
    notice_on: Annotated[Day, Fact("Written notice given")],
) -> Result[NoncareerRemoval]:
    """May a noncareer or limited appointee be removed on this day?

    The older name of `appraisal.removal_notice` for them: at any time, with written notice at least one day before
    (5 CFR 317.605(b)). `answer` holds `allowed` and `earliest`.
    """
    in_order(notice_on, as_of, "as_of", "the day of the notice")
    made = removal_notice(as_of, appointment_type="noncareer", notice_on=notice_on)
    earliest: date = notice_on + (as_of - made.answer.latest["notice"])
    allowed = made.answer.passes
    says = sentence(
        allowed, "The removal is allowed.", f"The earliest day is {earliest}.", unknown({"the notice": allowed})
    )
    more = "For a limited appointee removed for discipline, part 752 may govern; ask when a limited appointment ends."
    return under_older_name(made, NoncareerRemoval(allowed, earliest), more, says=says)
