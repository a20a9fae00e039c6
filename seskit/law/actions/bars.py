"""The three 120-day bars, kept apart: on rating, on removal, on involuntary reassignment of career executives."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.action_facts import (
    BegunOn,
    DetailDays,
    ExceptionClaimed,
    Executive,
    HeadActing,
    HeadOn,
    NoRecentAppointment,
    OnProbation,
    Outside,
    RatedOn,
    SupervisorActing,
    SupervisorCanRemove,
    SupervisorNoncareer,
    SupervisorOn,
    SupervisorRates,
    Voluntary,
)
from seskit.law.actions.barred_days import LAW, Action, Appointments, Claim, JudgedDay, judge, starts, told_of_the_other
from seskit.law.answers import Answer
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

SUBJECT = "appraisal"
_TERMS = "appraisal.period.administration"

Ground = Annotated[
    Literal["unsatisfactory", "less_than_fully_successful", "disciplinary", "other"] | None,
    Fact(
        "Ground",
        "Unsatisfactory: 5 U.S.C. 4314(b)(3), one or two unsatisfactory ratings. Less than fully successful: "
        "4314(b)(4), two ratings below fully successful.",
    ),
]


class ActionBar(Answer, verdict="barred", renamed={"blocked": "barred"}):
    """Whether an action is barred on a day."""

    barred: Annotated[bool | None, Fact("Barred", "Null: cannot tell.")]
    first_open: Annotated[date | None, Fact("First open day", "Null: cannot tell.")]


class ReassignmentBar(ActionBar, verdict="barred"):
    """Whether a reassignment is barred on a day, and the notice owed."""

    notice_days: Annotated[int | None, Fact("Notice still owed", "Null: none, or cannot tell.", "days")]


@question("5 U.S.C. 4314(b)(1)(C); 5 CFR 430.304(c)(1) (2000 rule)")
def rating_bar(
    as_of: Annotated[AsOf, Fact("Day of the appraisal or rating")],
    *,
    appointment_type: Executive = None,
    administration_began_on: Annotated[
        Day | None, Fact("New administration began on", "First day of the term. Left out: as on record.")
    ] = None,
    same_president: Annotated[YesNo, Fact("Same President, second term in a row")] = False,
) -> Result[ActionBar]:
    """May this executive be appraised or rated on this day?

    A career appointee may not be, within 120 days after a new Presidential administration begins (5 U.S.C.
    4314(b)(1)(C)); planning and monitoring go on. `answer` says whether the rating is blocked (null: cannot tell) and
    gives the first open day.
    """
    work = Working(as_of)
    law = "5 U.S.C. 4314(b)(1)(C)"
    if appointment_type not in (None, "career"):
        work.note("The bar protects career appointees only.", law)
        return work.answer(ActionBar(False, as_of), "The rating is not blocked.")
    administration_began_on = _term_of(work, administration_began_on)
    if administration_began_on is None:
        work.test(None, "The day the administration began is not known.", law)
        return work.answer(ActionBar(None, None), CannotTell("Cannot tell: the first day of the term is missing."))
    if same_president and _new_on_record(administration_began_on):
        work.caution(f"By the record a new President took office on {administration_began_on}: the bar runs.")
    elif same_president:
        work.note("A second term in a row of the same President is not a new administration.", law, basis="design")
        return work.answer(ActionBar(False, as_of), "The rating is not blocked.")
    length = int(work.figure("appraisal.period.rating_bar_days"))
    elapsed = (as_of - administration_began_on).days
    first_open = add_days(administration_began_on, length + 1)
    inside = 0 <= elapsed <= length
    place = f"day {elapsed} after {administration_began_on}; blocked through day {length}"
    told = f"{as_of} is {place if elapsed >= 0 else f'before {administration_began_on}'}."
    work.note(told, law, basis="design" if elapsed >= 0 else "verified")
    work.note("The bar stops the rating, not planning or monitoring.", law)
    if inside and appointment_type is None:
        work.test(None, "The appointment type is not known; only career appointees are protected.", law)
        return work.answer(
            ActionBar(barred=None, first_open=first_open), CannotTell("Cannot tell: the appointment type is missing.")
        )
    says = f"The rating is blocked; the first open day is {first_open}." if inside else "The rating is not blocked."
    return work.answer(ActionBar(inside, first_open if inside else as_of), says)


def _term_of(work: Working, stated: date | None) -> date | None:
    """The first day of the term, as stated unless a later one is on record for the day; None where neither is known."""
    on = work.as_of
    found = parameters.recorded(_TERMS, on) if on else None
    if found is None or on is None or on >= found.value or (stated and found.first_day <= stated <= on):
        return stated
    if stated:
        why = f"comes after {on}" if stated > on else "is the first day of an earlier term"
        work.caution(f"{stated} {why}: an administration began on {found.first_day}, which is used.")
    work.note(f"By the record the administration began on {found.first_day}.", found.citation, basis="recalled")
    return found.first_day


def _new_on_record(began: date) -> bool:
    """Whether a President who was not in office before took office on that day."""
    found = parameters.recorded(_TERMS, began)
    return found is not None and found.first_day == began


@question("5 U.S.C. 3592(b); 5 CFR 359.503, 359.406")
def removal_bar(
    as_of: Annotated[AsOf, Fact("Day the removal takes effect")],
    *,
    appointment_type: Executive = None,
    on_probation: OnProbation = None,
    ground: Ground = None,
    exception: ExceptionClaimed = None,
    head_appointed_on: HeadOn = None,
    supervisor_appointed_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_can_remove: SupervisorCanRemove = None,
    no_recent_appointment: NoRecentAppointment = None,
    unsatisfactory_issued_on: RatedOn = None,
    discipline_begun_on: BegunOn = None,
) -> Result[ActionBar]:
    """May a removal from the SES take effect on this day?

    Not within 120 days after the appointment of the agency head, or of a noncareer immediate supervisor who can remove,
    unless it rests on an unsatisfactory rating given before that appointment or on discipline begun before it (5 U.S.C.
    3592(b); 5 CFR 359.503). `answer` says whether it is blocked (null: cannot tell) and the first open day.
    """
    work = Working(as_of)
    if not _protected(work, appointment_type, LAW["removal"]):
        return work.answer(ActionBar(False, as_of), _OPEN)
    given = Appointments(
        head_appointed_on, supervisor_appointed_on, supervisor_noncareer, supervisor_can_remove,
        none_recent=no_recent_appointment,
    )  # fmt: skip
    claim = Claim(ground, exception, unsatisfactory_issued_on, discipline_begun_on, on_probation)
    found = bar_on(work, as_of, "removal", given, claim, appointment_type == "career" or None)
    _cautions(work, "removal", found, claim)
    return work.answer(ActionBar(found.blocked, found.first_open), _says("removal", found))


@question(
    "5 U.S.C. 3395(e); 5 CFR 317.901(c)",
    renamed={
        "acting_since": ("head_acting_since", "supervisor_acting_since"),
        "voluntary": ("voluntary_in_writing",),
    },
)
def reassignment_bar(
    as_of: Annotated[AsOf, Fact("Day the reassignment takes effect")],
    *,
    appointment_type: Executive = None,
    ground: Ground = None,
    exception: ExceptionClaimed = None,
    head_appointed_on: HeadOn = None,
    supervisor_appointed_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_rates: SupervisorRates = None,
    head_acting_since: HeadActing = None,
    supervisor_acting_since: SupervisorActing = None,
    no_recent_appointment: NoRecentAppointment = None,
    detail_days: DetailDays = 0,
    unsatisfactory_issued_on: RatedOn = None,
    discipline_begun_on: BegunOn = None,
    voluntary_in_writing: Voluntary = False,
    outside_commuting_area: Outside = None,
) -> Result[ReassignmentBar]:
    """May an involuntary reassignment take effect on this day, and what notice is owed?

    Not within 120 days after the appointment of the agency head, or of a noncareer immediate supervisor who makes the
    initial appraisal, with the exceptions of 5 U.S.C. 3395(e)(2) as 5 CFR 317.901(c) narrows them. `answer` says
    whether it is blocked (null: cannot tell), the first open day, and the days of notice still owed.
    """
    work = Working(as_of)
    if not _protected(work, appointment_type, LAW["reassignment"]):
        return work.answer(ReassignmentBar(False, as_of, None), _OPEN)
    notice = _notice(work, outside_commuting_area)
    if voluntary_in_writing:
        work.note("A move the executive agreed to in writing beforehand is not barred.", "5 CFR 317.901(c)(3)")
        return work.answer(ReassignmentBar(False, as_of, notice), _OPEN)
    given = Appointments(
        head_appointed_on, supervisor_appointed_on, supervisor_noncareer, supervisor_rates, head_acting_since,
        supervisor_acting_since, detail_days, no_recent_appointment,
    )  # fmt: skip
    claim = Claim(ground, exception, unsatisfactory_issued_on, discipline_begun_on)
    found = bar_on(work, as_of, "reassignment", given, claim, appointment_type == "career" or None)
    _cautions(work, "reassignment", found, claim)
    answer = ReassignmentBar(found.blocked, found.first_open, notice)
    return work.answer(answer, f"{_says('reassignment', found)} {_notice_says(notice)}")


def bar_on(
    work: Working, day: date, action: Action, given: Appointments, claim: Claim, career: bool | None = True
) -> JudgedDay:
    """Whether the 120-day bar covers a day (None: cannot tell), and the first open day from then on."""
    found = starts(work, day, action, given)
    if found is None:
        return JudgedDay(None, None)
    judged = judge(work, day, action, found, claim, career)
    told_of_the_other(work, action, given, claim, judged)
    return judged


def _protected(work: Working, appointment_type: str | None, law: str) -> bool:
    if appointment_type in (None, "career"):
        return True
    work.note("The bar protects career appointees only.", law)
    return False


_OPEN = "The action is not blocked."


def _cautions(work: Working, action: Action, found: JudgedDay, claim: Claim) -> None:
    if claim.exception in ("crime", "retention dangerous or damaging") and action == "removal":
        days = work.recorded("actions.bars.exception_reply_days")
        told = f", at least {days} days to answer," if days else ""
        work.caution(
            f"The exception is for removals in probation (5 CFR 359.406(d)): reasons in the notice{told} and a "
            "decision on the exception by the effective date."
        )
    if found.blocked and claim.ground in ("unsatisfactory", "less_than_fully_successful"):
        work.note("The duty to act on the ratings stays; only its effect waits.", "5 U.S.C. 4314(b)")
    if found.blocked and action == "removal":
        work.caution("The bar does not lengthen probation (5 CFR 359.406(e)).")
    if action == "reassignment":
        work.note("Notice may be issued while the bar runs; only the move waits.", "5 CFR 317.901(d)")
    if action == "reassignment" and found.blocked:
        work.caution("While a head or supervisor only acts, the agency may choose to apply the bar.")


def _says(action: Action, found: JudgedDay) -> str:
    if found.blocked is None:
        return CannotTell("Cannot tell: a fact that decides the bar is missing.")
    if not found.blocked or found.first_open is None:
        return f"The {action} is not blocked."
    return f"Blocked through {found.first_open - timedelta(days=1)}; the earliest day is {found.first_open}."


def _notice(work: Working, outside: bool | None) -> int | None:
    law = "5 U.S.C. 3395(a)(2)"
    if outside is None:
        work.test(None, "Whether the move is outside the commuting area is not known.", law, key="notice")
        return None
    days = int(work.figure(f"actions.notice.{'outside_days' if outside else 'same_area_days'}"))
    reasons = ", with prior consultation and reasons" if outside else ""
    work.note(f"{days} days' written notice is owed{reasons}; a weak rating does not lift it.", law)
    return days


def _notice_says(days: int | None) -> str:
    return CannotTell("The notice period cannot be determined.") if days is None else f"Notice of {days} days is owed."
