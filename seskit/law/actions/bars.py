"""The three 120-day bars, kept apart: on rating, on removal, on involuntary reassignment of career executives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.law.appointment_types import Executive
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, FactError, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working

SUBJECT = "appraisal"

Ground = Annotated[
    Literal["unsatisfactory", "less_than_fully_successful", "disciplinary", "other"] | None,
    Fact(
        "Ground",
        "unsatisfactory: 5 U.S.C. 4314(b)(3), one or two unsatisfactory ratings; less_than_fully_successful: "
        "4314(b)(4), two ratings below fully successful.",
    ),
]
HeadOn = Annotated[Day | None, Fact("Agency head appointed on", "Leave out if not recent.")]
SupervisorOn = Annotated[Day | None, Fact("Supervisor appointed on", "The most immediate supervisor.")]
Noncareer = Annotated[
    YesNo | None,
    Fact(
        "Supervisor is noncareer",
        "SES noncareer or limited, Schedule C, or Executive Schedule other than career.",
    ),
]
RatedOn = Annotated[Day | None, Fact("Unsatisfactory rating issued on", "The annual summary rating.")]
BegunOn = Annotated[Day | None, Fact("Disciplinary action begun on")]


@dataclass(frozen=True)
class Start:
    """An appointment that starts a bar."""

    who: str
    on: date
    first_open: date


@question("5 U.S.C. 4314(b)(1)(C); 5 CFR 430.304(c)(1) (2000 rule)")
def rating_bar(
    as_of: Annotated[AsOf, Fact("Day of the appraisal or rating")],
    *,
    appointment_type: Executive = None,
    administration_began_on: Annotated[
        Day | None, Fact("New administration began on", "First day of the term.")
    ] = None,
    same_president: Annotated[YesNo, Fact("Same President, second term in a row")] = False,
) -> Result:
    """May this executive be appraised or rated on this day?

    A career appointee may not be, within 120 days after a new Presidential administration begins (5 U.S.C.
    4314(b)(1)(C)); planning and monitoring go on. `answer` says whether the rating is blocked (null: cannot tell) and
    gives the first open day.
    """
    work = Working(as_of)
    law = "5 U.S.C. 4314(b)(1)(C)"
    if appointment_type not in (None, "career"):
        work.note("The bar protects career appointees only.", law)
        return work.answer({"blocked": False, "first_open": as_of}, "The rating is not blocked.")
    if administration_began_on is None:
        work.test(None, "The day the administration began is not known.", law)
        return work.answer({"blocked": None, "first_open": None}, "Cannot tell: the first day of the term is missing.")
    if same_president:
        work.note("A second term in a row of the same President is no new administration.", law, basis="design")
        return work.answer({"blocked": False, "first_open": as_of}, "The rating is not blocked.")
    length = int(work.figure("appraisal.period.rating_bar_days"))
    elapsed = (as_of - administration_began_on).days
    first_open = add_days(administration_began_on, length + 1)
    inside = 0 <= elapsed <= length
    work.note(_counted(as_of, elapsed, length, administration_began_on), law)
    work.note("The bar stops the rating, not planning or monitoring.", law)
    if inside and appointment_type is None:
        work.test(None, "The appointment type is not known; only career appointees are protected.", law)
        return work.answer({"blocked": None, "first_open": first_open}, "Cannot tell: the appointment type is missing.")
    says = f"The rating is blocked; the first open day is {first_open}." if inside else "The rating is not blocked."
    return work.answer({"blocked": inside, "first_open": first_open if inside else as_of}, says)


def _counted(day: date, elapsed: int, length: int, start: date) -> str:
    if elapsed < 0:
        return f"{day} is before {start}."
    return f"{day} is day {elapsed} after {start}; blocked through day {length}."


@question("5 U.S.C. 3592(b); 5 CFR 359.503, 359.406")
def removal_bar(
    as_of: Annotated[AsOf, Fact("Day the removal takes effect")],
    *,
    appointment_type: Executive = None,
    ground: Ground = None,
    head_appointed_on: HeadOn = None,
    supervisor_appointed_on: SupervisorOn = None,
    supervisor_noncareer: Noncareer = None,
    supervisor_can_remove: Annotated[YesNo | None, Fact("Supervisor can remove")] = None,
    unsatisfactory_issued_on: RatedOn = None,
    discipline_begun_on: BegunOn = None,
) -> Result:
    """May a removal from the SES take effect on this day?

    Not within 120 days after the appointment of the agency head, or of a noncareer immediate supervisor who can remove,
    unless it rests on an unsatisfactory rating given before that appointment or on discipline begun before it (5 U.S.C.
    3592(b); 5 CFR 359.503). `answer` says whether it is blocked (null: cannot tell) and the first open day.
    """
    work = Working(as_of)
    law = "5 U.S.C. 3592(b)"
    if not _protected(work, appointment_type, law):
        return _open(work, as_of)
    starts = _starts(work, law, head_appointed_on, supervisor_appointed_on, supervisor_noncareer, supervisor_can_remove)
    if starts is None:
        return _cannot_tell(work)
    return _decide(
        work, as_of, law, "removal", appointment_type, starts, ground, unsatisfactory_issued_on, discipline_begun_on
    )


@question("5 U.S.C. 3395(e); 5 CFR 317.901(c)")
def reassignment_bar(
    as_of: Annotated[AsOf, Fact("Day the reassignment takes effect")],
    *,
    appointment_type: Executive = None,
    ground: Ground = None,
    head_appointed_on: HeadOn = None,
    supervisor_appointed_on: SupervisorOn = None,
    supervisor_noncareer: Noncareer = None,
    supervisor_rates: Annotated[YesNo | None, Fact("Supervisor makes the initial appraisal")] = None,
    acting_since: Annotated[
        Day | None, Fact("Acting without a break since", "If the agency applied the bar to the acting service.")
    ] = None,
    detail_days: Annotated[
        Whole, Fact("Days the executive was on detail", "Inside the 120 days, away from the regular job.", "days")
    ] = 0,
    unsatisfactory_issued_on: RatedOn = None,
    discipline_begun_on: BegunOn = None,
    voluntary: Annotated[YesNo, Fact("Executive agreed in writing beforehand")] = False,
    outside_commuting_area: Annotated[YesNo | None, Fact("Outside the commuting area")] = None,
) -> Result:
    """May an involuntary reassignment take effect on this day, and what notice is owed?

    Not within 120 days after the appointment of the agency head, or of a noncareer immediate supervisor who makes the
    initial appraisal, with the exceptions of 5 U.S.C. 3395(e)(2) as 5 CFR 317.901(c) narrows them. `answer` says
    whether it is blocked (null: cannot tell), the first open day, and the days of notice still owed.
    """
    work = Working(as_of)
    law = "5 U.S.C. 3395(e)"
    if not _protected(work, appointment_type, law):
        return _open(work, as_of, notice_days=None)
    notice = _notice(work, outside_commuting_area)
    if voluntary:
        work.note("A move the executive agreed to in writing beforehand is not barred.", "5 CFR 317.901(c)(3)")
        return _open(work, as_of, notice_days=notice)
    starts = _starts(work, law, head_appointed_on, supervisor_appointed_on, supervisor_noncareer, supervisor_rates)
    if starts is None:
        return _cannot_tell(work, notice_days=notice)
    left_out = min(detail_days, int(work.figure("appraisal.bars.detail_days_left_out")))
    moved = [_moved(work, start, acting_since, left_out) for start in starts]
    made = _decide(
        work, as_of, law, "reassignment", appointment_type, moved, ground, unsatisfactory_issued_on, discipline_begun_on
    )
    work.note("Notice may be issued while the bar runs; only the move waits.", "5 CFR 317.901(d)")
    return work.answer({**made.answer, "notice_days": notice}, f"{made.says} {_notice_says(notice)}")


def _protected(work: Working, appointment_type: str | None, law: str) -> bool:
    if appointment_type in (None, "career"):
        return True
    work.note("The bar protects career appointees only.", law)
    return False


def _open(work: Working, as_of: date, **more: object) -> Result:
    return work.answer({"blocked": False, "first_open": as_of, **more}, "The action is not blocked.")


def _cannot_tell(work: Working, **more: object) -> Result:
    return work.answer({"blocked": None, "first_open": None, **more}, "Cannot tell: a fact is missing.")


def _starts(
    work: Working,
    law: str,
    head_on: date | None,
    supervisor_on: date | None,
    noncareer: bool | None,
    power: bool | None,
) -> list[Start] | None:
    """The appointments that start the bar; None where it cannot be told whether the supervisor's does."""
    length = int(work.figure("appraisal.bars.days"))
    found = [Start("agency head", head_on, add_days(head_on, length + 1))] if head_on else []
    if supervisor_on:
        counts = False if False in (noncareer, power) else None if None in (noncareer, power) else True
        work.test(counts, "The supervisor is noncareer and has the power the statute names.", law)
        if counts is None:
            return None
        if counts:
            found.append(Start("supervisor", supervisor_on, add_days(supervisor_on, length + 1)))
    if not head_on and not supervisor_on:
        work.test(None, "No appointment of an agency head or supervisor was given.", law)
        work.caution("Name the last appointment of the agency head and of the supervisor, however long ago.")
        return None
    return found


def _moved(work: Working, start: Start, acting_since: date | None, left_out: int) -> Start:
    """The start with acting service counted and days on detail left out."""
    opens = start.first_open
    if acting_since:
        if acting_since > start.on:
            raise FactError(f"acting_since: {acting_since} is after the appointment on {start.on}.")
        opens = max(start.on, opens - (start.on - acting_since))
        work.note(f"Acting days since {acting_since} count toward the bar.", "5 CFR 317.901(c)(5)")
    if left_out:
        opens = add_days(opens, left_out)
        work.note(f"{left_out} days on detail do not count.", "5 U.S.C. 3395(e)(3)")
    return Start(start.who, start.on, opens)


def _decide(
    work: Working,
    as_of: date,
    law: str,
    action: str,
    appointment_type: str | None,
    starts: list[Start],
    ground: str | None,
    rated_on: date | None,
    discipline_on: date | None,
) -> Result:
    """Whether a running bar blocks the action, after the exceptions; each bar is looked at by itself."""
    running = [start for start in starts if start.on <= as_of < start.first_open]
    for start in starts:
        span = f"blocked from {start.on}, first open day {start.first_open}"
        work.note(f"Appointment of the {start.who}: {span}.", law)
    excepted = [(start, _excepted(work, law, start, ground, rated_on, discipline_on)) for start in running]
    blocking = [start for start, free in excepted if free is False]
    unclear = [start for start, free in excepted if free is None]
    if blocking and appointment_type == "career":
        opens = max(start.first_open for start in [*blocking, *unclear])
        last = opens - timedelta(days=1)
        if ground in ("unsatisfactory", "less_than_fully_successful"):
            work.note("The duty to act on the ratings stands; only its effect waits.", "5 U.S.C. 4314(b)")
        return work.answer(
            {"blocked": True, "first_open": opens}, f"Blocked through {last}; the earliest day is {opens}."
        )
    if unclear or blocking:
        work.test(None, "A fact that decides the bar is missing.", law)
        opens = max(start.first_open for start in [*blocking, *unclear])
        return work.answer({"blocked": None, "first_open": opens}, "Cannot tell: a fact is missing.")
    return work.answer({"blocked": False, "first_open": as_of}, f"The {action} is not blocked.")


def _excepted(
    work: Working, law: str, start: Start, ground: str | None, rated_on: date | None, discipline_on: date | None
) -> bool | None:
    """Whether an exception lifts the bar; None where a fact is missing."""
    if ground is None:
        return None
    if ground not in ("unsatisfactory", "disciplinary"):
        work.note("The exception names an unsatisfactory rating and earlier discipline only.", law, "not met")
        return False
    begun = rated_on if ground == "unsatisfactory" else discipline_on
    what = "The unsatisfactory rating was issued" if ground == "unsatisfactory" else "The discipline was begun"
    earlier = None if begun is None else begun < start.on
    work.test(earlier, f"{what} before the {start.who} was appointed on {start.on}.", "5 CFR 359.503(c), 317.901(c)(2)")
    return earlier


def _notice(work: Working, outside: bool | None) -> int | None:
    law = "5 U.S.C. 3395(a)(2)"
    if outside is None:
        work.test(None, "Whether the move is outside the commuting area is not known.", law)
        return None
    days = int(work.figure(f"appraisal.bars.{'move_notice' if outside else 'reassignment_notice'}"))
    reasons = ", with prior consultation and reasons" if outside else ""
    work.note(f"{days} days' written notice is owed{reasons}; a weak rating does not lift it.", law)
    return days


def _notice_says(days: int | None) -> str:
    return "The notice cannot be told." if days is None else f"Notice of {days} days is owed."
