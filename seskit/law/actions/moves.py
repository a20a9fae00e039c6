"""Reassignment, transfer and detail of career appointees: notice, consultation, consent and the first lawful day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from seskit.law.actions.new_head import (
    MOVE_LAW,
    Bar,
    DetailDays,
    ExceptionClaimed,
    HeadActing,
    HeadOn,
    SupervisorActing,
    SupervisorAuthority,
    SupervisorNoncareer,
    SupervisorOn,
    Voluntary,
    bar,
    lifted,
)
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.shared_facts import OptionalAsOf, decision, words

SUBJECT = "staffing"

NOTICE_LAW = "5 U.S.C. 3395(a)(2)"
SameArea = Annotated[YesNo | None, Fact("Within the commuting area")]
ConsultedOn = Annotated[Day | None, Fact("Consulted on reasons and preferences", "Outside the commuting area only.")]
WaivedOn = Annotated[Day | None, Fact("Appointee waived the notice in writing on", "Leave out if not waived.")]


def earliest_by_notice(
    work: Working, received_on: date, same_area: bool | None, consulted_on: date | None, waived_on: date | None
) -> tuple[bool | None, date | None]:
    """Whether the notice stands (None: cannot tell) and the first day on which the move may take effect."""
    if same_area is None:
        work.test(None, "Whether the move stays in the commuting area is not known; 15 or 60 days follow.", NOTICE_LAW)
        return None, None
    if not same_area:
        consent = waived_on or received_on
        before = None if consulted_on is None else consulted_on <= min(received_on, consent)
        work.test(before, _consulted(consulted_on, received_on), f"{NOTICE_LAW}(B)")
        if not before:
            return before, None
        if consulted_on in (received_on, waived_on):
            work.caution("Consultation and notice or consent share a day: keep proof that consultation came first.")
    if waived_on:
        earliest = max(received_on, waived_on)
        work.note(f"Notice waived in writing on {waived_on}.", "5 CFR 317.901(b)", "met")
        return True, earliest
    days = int(work.figure(f"staffing.move.{'notice_days' if same_area else 'outside_notice_days'}", received_on))
    earliest = add_days(received_on, days)
    work.note(f"Received on {received_on}; {days} days later is {earliest}.", NOTICE_LAW, basis="design")
    return True, earliest


def _consulted(consulted_on: date | None, received_on: date) -> str:
    if consulted_on is None:
        return "Whether consultation came before the notice is not known."
    return f"Consultation must come first: consulted on {consulted_on}, notice received on {received_on}."


@question("5 U.S.C. 3395(a)(2); 5 CFR 317.901(b), 317.902")
def notice(
    as_of: OptionalAsOf = None,
    *,
    action: Annotated[
        Literal["reassignment", "transfer", "transfer of function"], Fact("Action", "A transfer changes the agency.")
    ] = "reassignment",
    received_on: Annotated[Day, Fact("Written notice received")],
    same_area: SameArea = None,
    consulted_on: ConsultedOn = None,
    waived_on: WaivedOn = None,
) -> Result:
    """When may a move take effect after this notice?

    Reassignment in the commuting area: 15 days. Outside: consultation first, then 60 days. Either may be waived in
    writing (5 U.S.C. 3395(a)(2); 5 CFR 317.901(b)). A transfer is voluntary and has no notice period. `answer` holds
    `valid` (the notice; null: cannot tell) and `earliest`, the first lawful day (null where there is none yet).
    """
    work = Working(as_of or received_on)
    if action == "transfer":
        agreed = None if waived_on is None else True
        work.test(agreed, "A transfer to another agency needs the appointee's own agreement.", "5 CFR 317.902")
        return work.answer(
            {"valid": agreed, "earliest": waived_on},
            words(agreed, "Voluntary; no notice period.", "", "no consent is given"),
        )
    if action == "transfer of function":
        work.caution("No notice period for a transfer of function is recorded; treated as a reassignment.")
    valid, earliest = earliest_by_notice(work, received_on, same_area, consulted_on, waived_on)
    if valid is False:
        return work.answer(
            {"valid": False, "earliest": None}, "The notice is invalid: consult first, then issue the notice again."
        )
    return work.answer(
        {"valid": valid, "earliest": earliest},
        f"The earliest effective date is {earliest}." if earliest else "Cannot tell: a fact is missing.",
    )


@question("5 U.S.C. 3395; 5 CFR 317.901")
def reassignment(
    as_of: Annotated[AsOf | None, Fact("Planned effective date", "Leave out to be told the first lawful day.")] = None,
    *,
    voluntary_in_writing: Voluntary = False,
    received_on: Annotated[Day | None, Fact("Written notice received")] = None,
    same_area: SameArea = None,
    consulted_on: ConsultedOn = None,
    waived_on: WaivedOn = None,
    new_head_on: HeadOn = None,
    new_supervisor_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_has_authority: SupervisorAuthority = None,
    head_acting_since: HeadActing = None,
    supervisor_acting_since: SupervisorActing = None,
    detail_days: DetailDays = 0,
    exception: ExceptionClaimed = "none",
) -> Result:
    """May this career appointee be reassigned, and from which day?

    A written agreement opens the way; otherwise the 120-day bar, consultation outside the commuting area and the
    notice all count, and the latest of their days decides (5 U.S.C. 3395). `answer` holds `allowed` (null: cannot
    tell, or no planned date), `earliest` and `held_by`, what sets that day.
    """
    work = Working(as_of or received_on or new_head_on or new_supervisor_on)
    if voluntary_in_writing:
        work.test(True, "The appointee agreed in writing; keep the consent on record.", MOVE_LAW)
        return work.answer({"allowed": True, "earliest": None, "held_by": None}, "The reassignment is allowed.")
    found = bar(
        work,
        removal=False,
        head=(new_head_on, head_acting_since),
        supervisor=(new_supervisor_on, supervisor_acting_since),
        noncareer=supervisor_noncareer,
        authority=supervisor_has_authority,
        detail_days=detail_days,
    )
    if reason := lifted(False, None, exception, False):
        work.note(reason, MOVE_LAW, "met")
        found = Bar(False)
    valid, by_notice = None, None
    if received_on is None:
        work.test(None, "No notice is recorded.", NOTICE_LAW)
    else:
        valid, by_notice = earliest_by_notice(work, received_on, same_area, consulted_on, waived_on)
    return _decided(work, as_of, found, valid, by_notice)


def _decided(work: Working, planned: date | None, found: Bar, valid: bool | None, by_notice: date | None) -> Result:
    days = {"notice": by_notice, "120-day bar": found.first_free_day}
    known = {name: day for name, day in days.items() if day}
    answer: dict[str, Any] = {"allowed": None, "earliest": None, "held_by": None}
    if valid is False:
        answer |= {"allowed": False, "held_by": "consultation"}
        return work.answer(answer, "Not allowed: consult first, then issue the notice again.")
    if planned and any(planned < day for day in known.values()):
        answer["allowed"] = False
    if valid and found.applies is not None:
        name, earliest = max(known.items(), key=lambda item: item[1])
        answer |= {"earliest": earliest, "held_by": name}
        if planned:
            answer["allowed"] = planned >= earliest
    says = f"The earliest day is {answer['earliest']}, set by the {answer['held_by']}."
    if answer["earliest"] is None:
        says = "Not allowed on that day." if answer["allowed"] is False else "Cannot tell: a fact is missing."
    return work.answer(answer, says)


@question("5 CFR 317.903")
def detail(
    as_of: AsOf,
    *,
    person: Annotated[
        Literal["career SES", "noncareer or limited SES", "career type, not SES", "other, not SES"], Fact("Who")
    ],
    to_position: Annotated[
        Literal["SES", "SES supervising SES", "unclassified duties", "GS-15 or below"], Fact("Detailed to")
    ],
    days: Annotated[Whole, Fact("Length of the detail in all", unit="days")],
    career_reserved: Annotated[YesNo | None, Fact("To a career reserved position", "For an SES position.")] = None,
    competed: Annotated[
        YesNo | None, Fact("Competed, or eligible for a noncompetitive career SES appointment", "Past the limit.")
    ] = None,
    opm_approved: Annotated[YesNo | None, Fact("OPM approved", "Needed past the limit in two cases.")] = None,
) -> Result:
    """May this detail inside an agency be made, and in which steps?

    In increments of at most 120 days; limits at 240 days; career reserved positions for career people only (5 CFR
    317.903). `answer` holds `allowed` (null: cannot tell), `increments` (how many) and `needs`.
    """
    work = Working(as_of)
    limits = work.figure("staffing.move.detail_limits")
    increment, limit = limits["increment"], limits["limit"]
    work.note(f"Details run in steps of at most {increment} days.", "5 CFR 317.903")
    to_ses, is_ses, over = to_position.startswith("SES"), "not SES" not in person, days > limit
    tests: dict[str, bool | None] = {}
    if to_ses and person in ("noncareer or limited SES", "other, not SES"):
        fits = None if career_reserved is None else not career_reserved
        tests["a general position, or a career person for a career reserved one"] = fits
    if is_ses and to_position == "unclassified duties":
        tests[f"at most {limit} days on unclassified duties"] = not over
    if over and not is_ses and to_ses:
        tests[f"competition past {limit} days"] = competed
    if over and ((not is_ses and to_position == "SES supervising SES") or (is_ses and to_position == "GS-15 or below")):
        tests[f"OPM's approval past {limit} days"] = opm_approved
    for name, met in tests.items():
        work.test(met, f"Needed: {name}.", "5 CFR 317.903")
    allowed = decision(*tests.values())
    needs = [name for name, met in tests.items() if not met]
    return work.answer(
        {"allowed": allowed, "increments": -(-days // increment), "needs": needs},
        words(allowed, "The detail may be made.", f"Not as planned: {'; '.join(needs)}."),
    )
