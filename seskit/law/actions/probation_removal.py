"""Removal of a career appointee during probation, and the right to fall back to a position outside the SES."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from seskit.law.actions.new_head import (
    REMOVAL_LAW,
    Bar,
    ExceptionClaimed,
    Ground,
    HeadOn,
    SupervisorAuthority,
    SupervisorNoncareer,
    SupervisorOn,
    bar,
    clear_on,
    lifted,
)
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, Money, YesNo, dollars, plain
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.shared_facts import CarryOver, decision, in_order, words

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


@question("5 CFR part 359, subpart D; 5 U.S.C. 3592, 7543")
def probation_removal(
    as_of: Annotated[AsOf, Fact("Effective date of the removal")],
    *,
    ground: Annotated[Ground, Fact("Ground", "'conduct' includes neglect, malfeasance and refusing a directed move.")],
    notice_on: Annotated[Day, Fact("Written notice given")],
    last_day: Annotated[Day, Fact("Last day of probation")],
    covered_by_7511: Annotated[
        YesNo | None,
        Fact("Covered by 5 U.S.C. 7511 just before the SES", "Decides for conduct and earlier conditions."),
    ] = None,
    new_head_on: HeadOn = None,
    new_supervisor_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_has_authority: SupervisorAuthority = None,
    exception: ExceptionClaimed = "none",
    from_career_type: CarryOver = None,
) -> Result:
    """May a career appointee be removed on this day during probation?

    Written notice before the effective date, inside probation, outside the 120-day bar (5 CFR part 359, subpart D);
    part 752 governs conduct and earlier conditions for someone covered by 5 U.S.C. 7511 just before. `answer` holds
    `allowed` (null: cannot tell), `procedure`, `barred_until` (first free day or null) and `fallback` (null: ask).
    """
    work = Working(as_of)
    law = SECTION[ground]
    procedure = _procedure(work, ground, covered_by_7511, law)
    inside = work.test(
        as_of <= last_day, f"Effective {as_of}; the last day of probation is {last_day}.", "5 CFR 359.402"
    )
    if procedure == "part 752 subpart F":
        needed = work.figure("staffing.removal.adverse_action")
        least = add_days(notice_on, needed["notice_days"])
        timely = work.test(as_of >= least, f"{needed['notice_days']} days of notice run to {least}.", "5 U.S.C. 7543")
    else:
        timely = work.test(notice_on < as_of, f"Notice on {notice_on}, before the effective date {as_of}.", law)
        work.note(f"The notice states {_NOTICE_SAYS[ground]}.", law)
    found = bar(
        work,
        removal=True,
        head=(new_head_on, None),
        supervisor=(new_supervisor_on, None),
        noncareer=supervisor_noncareer,
        authority=supervisor_has_authority,
        detail_days=0,
    )
    if reason := lifted(True, ground, exception, None):
        work.note(reason, REMOVAL_LAW, "met")
        found = Bar(False)
    clear = clear_on(found, as_of)
    work.test(clear, "Outside the 120 days after a new head or supervisor.", REMOVAL_LAW)
    allowed = decision(inside, timely, clear, True if procedure else None)
    fallback = _entitled(from_career_type, ground == "conduct")
    if fallback is None:
        work.caution("Ask whether the appointee came from a career-type position: a fallback right may follow (3594).")
    if exception in ("crime", "retention dangerous or damaging"):
        days = work.figure("staffing.removal.exception_reply_days")
        replied = work.test(
            as_of >= add_days(notice_on, days), f"At least {days} days to answer on the exception.", "5 CFR 359.406(d)"
        )
        allowed = decision(allowed, replied)
    return work.answer(
        {
            "allowed": allowed,
            "procedure": procedure,
            "barred_until": found.first_free_day if clear is False else None,
            "fallback": fallback,
        },
        words(allowed, "The removal is procedurally allowed.", "The removal is not allowed as planned."),
    )


def _procedure(work: Working, ground: str, covered: bool | None, law: str) -> str | None:
    if ground not in ("conduct", "conditions before appointment"):
        return "part 359 subpart D"
    work.test(covered, "Covered by 5 U.S.C. 7511 just before entering the SES: then part 752 governs.", law)
    if covered is None:
        return None
    return "part 752 subpart F" if covered else "part 359 subpart D"


def _entitled(from_career: bool | None, for_cause: bool | None) -> bool | None:
    return decision(from_career, None if for_cause is None else not for_cause)


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
        Money | None, Fact("Present rate of the position held before the SES", unit="USD per year")
    ] = None,
    ses_rate: Annotated[Money | None, Fact("SES rate just before the removal", unit="USD per year")] = None,
) -> Result:
    """Is a removed executive entitled to a position outside the SES, and at what pay?

    A career appointee removed in probation other than for cause, who came from a career-type position, gets a
    continuing GS-15 or higher (or equivalent) position at the highest of three rates (5 U.S.C. 3594). `answer` holds
    `entitled` (null: cannot tell) and `rate` in dollars (null where a rate is missing or nothing is due).
    """
    work = Working(as_of)
    if appointment_type != "career":
        work.test(False, "The fallback right is for career appointees.", "5 U.S.C. 3594")
        if appointment_type == "limited":
            work.caution("A limited appointee may have a right to return: see staffing.limited_end.")
        return work.answer({"entitled": False, "rate": None}, "There is no fallback right.")
    not_for_cause = None if for_cause is None else not for_cause
    work.test(not_for_cause, "Removed for something other than misconduct, neglect or malfeasance.", "5 U.S.C. 3594")
    if stage == "probation":
        work.test(from_career_type, "Came from a career or career-conditional (or like) position.", "5 U.S.C. 3594(a)")
        entitled = decision(from_career_type, not_for_cause)
    else:
        work.note(
            "After probation the right does not turn on the earlier position.", "5 U.S.C. 3594(b)", basis="recalled"
        )
        entitled = not_for_cause
    rates = (new_position_rate, former_position_rate, ses_rate)
    known = [rate for rate in rates if rate is not None]
    rate = plain(max(known)) if entitled and len(known) == len(rates) else None
    if entitled:
        work.note(
            "Pay is the highest of the new position's rate, the former position's present rate and the SES rate.",
            "5 U.S.C. 3594(c)",
            "information" if rate is not None else "cannot tell",
            "recalled",
        )
    says = words(
        entitled, "There is a right to a continuing position at GS-15 or higher", "There is no fallback right."
    )
    if entitled:
        says += f", at {dollars(rate)}." if rate is not None else "; the rate needs all three rates."
    return work.answer({"entitled": entitled, "rate": rate}, says)


@question("5 CFR 317.605(b), 359.902; 5 U.S.C. 3592(c)")
def noncareer_removal(
    as_of: Annotated[AsOf, Fact("Effective date of the removal")],
    *,
    notice_on: Annotated[Day, Fact("Written notice given")],
) -> Result:
    """May a noncareer or limited appointee be removed on this day?

    At any time, with written notice at least one day before (5 CFR 317.605(b)); no fallback right, no appeal of the
    removal (5 U.S.C. 3592(c)). `answer` holds `allowed` and `earliest`.
    """
    in_order(notice_on, as_of, "as_of", "the day of the notice")
    work = Working(as_of)
    days = int(work.figure("staffing.removal.noncareer_notice_days"))
    earliest: date = add_days(notice_on, days)
    allowed = work.test(
        as_of >= earliest, f"{days} day of notice from {notice_on} runs to {earliest}.", "5 CFR 317.605(b)"
    )
    work.caution("For a limited appointee removed for discipline, see staffing.limited_end: part 752 may govern.")
    says = words(allowed, "The removal is allowed.", f"The earliest day is {earliest}.")
    return work.answer({"allowed": allowed, "earliest": earliest}, says)
