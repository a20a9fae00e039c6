"""Reassignment, transfer and detail of career appointees: notice, consultation, consent and the first lawful day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.law import parameters
from seskit.law.action_facts import (
    BegunOn,
    DetailDays,
    ExceptionClaimed,
    HeadActing,
    HeadOn,
    NoRecentAppointment,
    OptionalAsOf,
    Outside,
    RatedOn,
    SupervisorActing,
    SupervisorNoncareer,
    SupervisorOn,
    SupervisorRates,
    Voluntary,
)
from seskit.law.actions.barred_days import LAW, Appointments, Claim, JudgedDay
from seskit.law.actions.bars import bar_on
from seskit.law.answers import Answer
from seskit.law.checks import Check, Checks, at_least, needed, opposite, sentence, unknown
from seskit.law.clocks import add_days
from seskit.law.facts import AsOf, Day, Fact, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

SUBJECT = "staffing"

NOTICE_LAW = "5 U.S.C. 3395(a)(2)"
ConsultedOn = Annotated[Day | None, Fact("Consulted on reasons and preferences", "Outside the commuting area only.")]
WaivedOn = Annotated[Day | None, Fact("Appointee waived the notice in writing on", "Leave out if not waived.")]
_AREA = {"same_area": ("not outside_commuting_area",)}


def earliest_by_notice(
    work: Working, received_on: date, outside: bool | None, consulted_on: date | None, waived_on: date | None
) -> tuple[bool | None, date | None]:
    """Whether the notice stands (None: cannot tell) and the first day on which the move may take effect."""
    if outside is None:
        here, away = (parameters.latest(f"actions.notice.{one}_days") for one in ("same_area", "outside"))
        text = f"Whether the move stays in the commuting area is not known; {here} or {away} days follow."
        work.test(None, text, NOTICE_LAW)
        return None, None
    counts = waived_on is not None
    if outside:
        before = at_least(received_on, consulted_on)
        work.test(before, _consulted(consulted_on, received_on), f"{NOTICE_LAW}(B)")
        if not before:
            return before, None
        if consulted_on in (received_on, waived_on):
            work.caution("Consultation and notice or consent share a day: keep proof that consultation came first.")
        if waived_on and consulted_on and waived_on < consulted_on:
            text = (
                f"Consultation comes before the waiver is sought: consulted on {consulted_on}, waived on {waived_on}."
            )
            work.note(text, f"{NOTICE_LAW}(B)", "not met")
            work.caution(
                "The waiver does not count, and the notice runs in full; ask for a new one after the consultation."
            )
            counts = False
    if waived_on and counts:
        earliest = max(received_on, waived_on)
        work.note(f"Notice waived in writing on {waived_on}.", "5 CFR 317.901(b)", "met")
        return True, earliest
    days = int(work.figure(f"actions.notice.{'outside_days' if outside else 'same_area_days'}", received_on))
    earliest = add_days(received_on, days)
    work.note(f"Received on {received_on}; {days} days later is {earliest}.", NOTICE_LAW, basis="design")
    return True, earliest


def _consulted(consulted_on: date | None, received_on: date) -> str:
    if consulted_on is None:
        return "Whether consultation came before the notice is not known."
    return f"Consultation must come first: consulted on {consulted_on}, notice received on {received_on}."


class MoveNotice(Answer, verdict="lawful", renamed={"valid": "lawful"}):
    """Whether the notice of a move is valid, and from when it may take effect."""

    lawful: Annotated[bool | None, Fact("Lawful", "Null: cannot tell.")]
    earliest: Annotated[date | None, Fact("First lawful day", "Null: none yet.")]


@question("5 U.S.C. 3395(a)(2); 5 CFR 317.901(b), 317.902", renamed=_AREA)
def notice(
    as_of: OptionalAsOf = None,
    *,
    action: Annotated[
        Literal["reassignment", "transfer", "transfer of function"], Fact("Action", "A transfer changes the agency.")
    ] = "reassignment",
    received_on: Annotated[Day, Fact("Written notice received")],
    outside_commuting_area: Outside = None,
    consulted_on: ConsultedOn = None,
    waived_on: WaivedOn = None,
) -> Result[MoveNotice]:
    """When may a move take effect after this notice?

    Reassignment in the commuting area: 15 days. Outside: consultation first, then 60 days. Either may be waived in
    writing (5 U.S.C. 3395(a)(2); 5 CFR 317.901(b)). A transfer is voluntary and has no notice period. `answer` holds
    `lawful` (the notice; null: cannot tell) and `earliest`, the first lawful day (null where there is none yet).
    """
    work = Working(as_of or received_on)
    if action == "transfer":
        agreed = None if waived_on is None else True
        work.test(agreed, "A transfer to another agency needs the appointee's own agreement.", "5 CFR 317.902")
        return work.answer(
            MoveNotice(agreed, waived_on),
            sentence(agreed, "Voluntary; no notice period.", "", "no consent is given"),
        )
    if action == "transfer of function":
        work.caution("No notice period for a transfer of function is recorded; treated as a reassignment.")
    valid, earliest = earliest_by_notice(work, received_on, outside_commuting_area, consulted_on, waived_on)
    facts: dict[str, object] = {"whether the move leaves the commuting area": outside_commuting_area}
    if outside_commuting_area:
        facts = {"the day of the consultation": consulted_on}
    if valid is False:
        return work.answer(
            MoveNotice(lawful=False, earliest=None),
            "The notice is invalid: consult first, then issue the notice again.",
        )
    return work.answer(
        MoveNotice(valid, earliest),
        f"The earliest effective date is {earliest}." if earliest else CannotTell(f"Cannot tell: {unknown(facts)}."),
    )


class Reassignment(Answer, verdict="allowed"):
    """Whether a reassignment may be made."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell, or no planned date.")]
    earliest: Annotated[date | None, Fact("First lawful day")]
    held_by: Annotated[str | None, Fact("What sets that day")]


@question(
    "5 U.S.C. 3395; 5 CFR 317.901",
    renamed={
        **_AREA,
        "new_head_on": ("head_appointed_on",),
        "new_supervisor_on": ("supervisor_appointed_on",),
        "supervisor_has_authority": ("supervisor_rates",),
    },
)
def reassignment(
    as_of: Annotated[AsOf | None, Fact("Planned effective date", "Leave out to get the first lawful day.")] = None,
    *,
    voluntary_in_writing: Voluntary = False,
    received_on: Annotated[Day | None, Fact("Written notice received")] = None,
    outside_commuting_area: Outside = None,
    consulted_on: ConsultedOn = None,
    waived_on: WaivedOn = None,
    head_appointed_on: HeadOn = None,
    supervisor_appointed_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_rates: SupervisorRates = None,
    head_acting_since: HeadActing = None,
    supervisor_acting_since: SupervisorActing = None,
    no_recent_appointment: NoRecentAppointment = None,
    detail_days: DetailDays = 0,
    exception: ExceptionClaimed = "none",
    unsatisfactory_issued_on: RatedOn = None,
    discipline_begun_on: BegunOn = None,
) -> Result[Reassignment]:
    """May this career appointee be reassigned, and from which day?

    A written agreement opens the way; otherwise the 120-day bar, consultation outside the commuting area and the
    notice all count, and the latest of their days decides (5 U.S.C. 3395). `answer` holds `allowed` (null: cannot
    tell, or no planned date), `earliest` and `held_by`, what sets that day.
    """
    work = Working(as_of or received_on or head_appointed_on or supervisor_appointed_on)
    if voluntary_in_writing:
        work.test(True, "The appointee agreed in writing; keep the consent on record.", LAW["reassignment"])
        return work.answer(Reassignment(allowed=True, earliest=None, held_by=None), "The reassignment is allowed.")
    valid, by_notice = None, None
    if received_on is None:
        work.test(None, "No notice is recorded.", NOTICE_LAW)
    else:
        valid, by_notice = earliest_by_notice(work, received_on, outside_commuting_area, consulted_on, waived_on)
    day = as_of or by_notice or received_on or head_appointed_on or supervisor_appointed_on
    if valid is False or day is None:
        return _decided(work, as_of, None, None, valid, by_notice)
    given = Appointments(
        head_appointed_on, supervisor_appointed_on, supervisor_noncareer, supervisor_rates, head_acting_since,
        supervisor_acting_since, detail_days, no_recent_appointment,
    )  # fmt: skip
    claim = Claim(None, exception, unsatisfactory_issued_on, discipline_begun_on)
    planned = bar_on(work, day, "reassignment", given, claim)
    after = bar_on(Working(day), by_notice, "reassignment", given, claim) if by_notice else None
    return _decided(work, as_of, planned, after, valid, by_notice)


def _decided(
    work: Working, planned: date | None, bar: JudgedDay | None, after: JudgedDay | None, valid: bool | None,
    by_notice: date | None,
) -> Result[Reassignment]:  # fmt: skip
    """The decision from the bar on the planned day, the bar from the day the notice allows, and the notice."""
    if valid is False:
        invalid = Reassignment(allowed=False, earliest=None, held_by="consultation")
        return work.answer(invalid, "Not allowed: consult first, then issue the notice again.")
    allowed, earliest, held_by = None, None, None
    blocked = bar.blocked if bar else None
    if planned and (blocked or (by_notice and planned < by_notice)):
        allowed = False
    elif planned and valid and blocked is False:
        allowed = True
    if valid and by_notice and after and after.blocked is not None and after.first_open:
        earliest = after.first_open
        held_by = "120-day bar" if after.first_open > by_notice else "notice"
    on_plan = "" if allowed is None else f"{'Allowed' if allowed else 'Not allowed'} on {planned}. "
    says = f"{on_plan}The earliest day is {earliest}, set by the {held_by}."
    if earliest is None:
        facts = {"whether the notice is valid": valid, "whether the 120-day bar runs": after.blocked if after else None}
        says = "Not allowed on that day." if allowed is False else CannotTell(f"Cannot tell: {unknown(facts)}.")
    return work.answer(Reassignment(allowed, earliest, held_by), says)


class DetailInside(Answer, verdict="allowed"):
    """Whether a detail may be made, and in which steps."""

    allowed: Annotated[bool | None, Fact("Allowed", "Null: cannot tell.")]
    increments: Annotated[int, Fact("Steps")]
    needs: Annotated[list[str], Fact("Still needed")]
    last_day: Annotated[date, Fact("Last day")]
    increment_ends: Annotated[date, Fact("First step ends")]
    limit_reached: Annotated[date, Fact("Limit reached")]


@question("5 CFR 317.903")
def detail(
    as_of: Annotated[AsOf, Fact("First day of the detail")],
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
) -> Result[DetailInside]:
    """May this detail inside an agency be made, and in which steps?

    In increments of at most 120 days; limits at 240 days; career reserved positions for career people only (5 CFR
    317.903). `answer` holds `allowed` (null: cannot tell), `increments` (how many), `needs`, and of a detail that
    starts on the as-of date the last day, the last day of the first increment and the day the limit is reached.
    """
    work = Working(as_of)
    limits = work.figure("actions.detail.limits")
    increment, limit = limits["increment"], limits["limit"]
    work.note(f"Details run in steps of at most {increment} days.", "5 CFR 317.903")
    last_day, first_step, at_limit = (as_of + timedelta(days=length - 1) for length in (max(days, 1), increment, limit))
    work.note(
        f"{as_of} is day 1: day {increment} is {first_step}, day {limit} is {at_limit}; the detail of {days} days ends "
        f"on {last_day}.",
        "5 CFR 317.903",
        basis="design",
    )
    to_ses, is_ses, over = to_position.startswith("SES"), "not SES" not in person, days > limit
    checks: Checks[Check] = Checks(work)
    law = "5 CFR 317.903"
    if to_ses and person in ("noncareer or limited SES", "other, not SES"):
        what = "a general position, or a career person for a career reserved one"
        checks.add(needed(what, opposite(career_reserved), law))
    if is_ses and to_position == "unclassified duties":
        checks.add(needed(f"at most {limit} days on unclassified duties", not over, law))
    if over and not is_ses and to_ses:
        checks.add(needed(f"competition past {limit} days", competed, law))
    if over and ((not is_ses and to_position == "SES supervising SES") or (is_ses and to_position == "GS-15 or below")):
        checks.add(needed(f"OPM's approval past {limit} days", opm_approved, law))
    return work.answer(
        DetailInside(
            allowed=checks.passes,
            increments=-(-days // increment),
            needs=checks.needs,
            last_day=last_day,
            increment_ends=first_step,
            limit_reached=at_limit,
        ),
        sentence(
            checks.passes, "The detail may be made.", f"Not as planned: {'; '.join(checks.needs)}.", checks.unstated
        )
        + f" Day {increment} is {first_step}; day {limit} is {at_limit}.",
    )
