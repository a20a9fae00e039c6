"""Appointment types: which position takes which, who authorizes a limited appointment, and how long it may last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.action_facts import (
    CarryOver,
    LimitedType,
    OptionalAsOf,
    SameAgency,
    SesAppointment,
    in_order,
)
from seskit.law.actions.removals import placement_lacks, placement_right
from seskit.law.answers import Answer
from seskit.law.checks import Checks, every, needed, sentence, some, unknown
from seskit.law.clocks import add_days, add_months, not_to_exceed
from seskit.law.facts import AsOf, Day, Fact, FactError, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working

SERVICE_LAW = "5 U.S.C. 3395(c); 5 CFR 317.602(c)"
_MONTH = 30
#: More than the days that one day can add to service counted in months of 30 days.
_MOST_A_DAY = 8


class Service(BaseModel):
    """One stretch of service under a limited appointment."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first_day: Day
    last_day: Day


class CheckedAppointment(Answer):
    """Whether a position may be filled so, and what must come first."""

    position_allows: Annotated[bool | None, Fact("The position allows it", "Null: cannot tell.")]
    ready: Annotated[bool | None, Fact("Ready", "Null: cannot tell.")]
    missing: Annotated[list[str], Fact("Missing")]


@question("5 U.S.C. 3132, 3393, 3394; 5 CFR 317.401, 317.601, 317.603, 317.904")
def check_appointment(
    as_of: AsOf,
    *,
    appointment_type: SesAppointment,
    position: Annotated[Literal["general", "career_reserved"] | None, Fact("Type of position")] = None,
    bureau: Annotated[Literal["IRS", "NASA", "other"], Fact("Bureau with its own rule")] = "other",
    from_career_type: CarryOver = None,
    opm_approved: Annotated[YesNo | None, Fact("OPM approved this appointment")] = None,
    standard_written: Annotated[YesNo | None, Fact("A written qualification standard exists")] = None,
    qualifications_certified: Annotated[
        YesNo | None, Fact("The appointing authority found the qualifications met in writing")
    ] = None,
    qrb_certified: Annotated[YesNo | None, Fact("QRB certified before the appointment", "Career only.")] = None,
    leaves_career_voluntarily: Annotated[
        YesNo | None,
        Fact("A career appointee changes in writing and freely", "Only if one leaves a career appointment."),
    ] = True,
) -> Result[CheckedAppointment]:
    """May this position be filled by this type of appointment, and what must stand first?

    A career reserved position takes career appointees only (5 U.S.C. 3132(a)(8)), but for the rule of the IRS and NASA.
    Every type needs a written standard and finding; career needs merit staffing and a QRB; noncareer needs OPM for the
    named person. `answer` holds `position_allows`, `ready` (both null: cannot tell) and `missing`.
    """
    work = Working(as_of)
    allows = _position_allows(work, appointment_type, position, bureau, from_career_type, opm_approved)
    checks = Checks(work, [
        needed("a written qualification standard", standard_written, "5 CFR 317.401"),
        needed("the appointing authority's written finding", qualifications_certified, "5 U.S.C. 3393(e), 3394(a)"),
    ])  # fmt: skip
    if appointment_type == "career":
        checks.add(needed("QRB certification before the appointment", qrb_certified, "5 U.S.C. 3393(c)"))
    else:
        what = "a free written choice to leave a career appointment"
        checks.add(needed(what, leaves_career_voluntarily, "5 CFR 317.904"))
    if appointment_type == "noncareer":
        checks.add(needed("OPM's approval for this person and position", opm_approved, "5 CFR 317.601(b)"))
    ready, missing = every((allows, checks.passes)), checks.needs
    if allows is False:
        says = "Refused: a career reserved position takes career appointees only."
    else:
        lacking = checks.unstated
        if allows is None:
            lacking = unknown(
                {"the type of position": position, "what lets the appointee have it": None if position else 0}
            )
        says = sentence(ready, "The appointment may be made.", f"Not yet: {'; '.join(missing)}.", lacking)
    return work.answer(CheckedAppointment(allows, ready, missing), says)


def _position_allows(
    work: Working, kind: str, position: str | None, bureau: str, from_career: bool | None, approved: bool | None
) -> bool | None:
    if kind == "career" or position == "general":
        return work.test(True, "This type of appointment fits the position.", "5 U.S.C. 3132(a)(8)-(9)")
    if position is None:
        return work.test(None, "Whether the position is general is not known.", "5 U.S.C. 3132(a)(8)-(9)") or None
    if bureau == "other" or kind == "noncareer":
        return work.test(False, "A career reserved position takes career appointees only.", "5 U.S.C. 3132(a)(8)")
    allowed = some((from_career, approved))
    work.test(
        allowed,
        f"{bureau} may use a limited appointee who came straight from a career-type position or whom OPM approved.",
        "5 U.S.C. 9506, 9813",
    )
    share = work.figure("staffing.appointment.ceilings.bureau_share")
    work.caution(f"At most {share} percent of the bureau's SES positions may be filled so.")
    return allowed


class LimitedAuthority(Answer):
    """Who authorizes a limited appointment."""

    authority: Annotated[str | None, Fact("Authority", "agency, OPM or none; null: cannot tell.")]
    pool_free: Annotated[int | None, Fact("Free in the pool", unit="positions")]


@question("5 U.S.C. 3394(b), 3134(e); 5 CFR 317.601(c)")
def limited_authority(
    as_of: AsOf,
    *,
    from_career_type: CarryOver = None,
    allocation: Annotated[Whole | None, Fact("Agency's SES allocation", unit="positions", zero=False)] = None,
    pool_in_use: Annotated[Whole | None, Fact("Pool authorities in use", unit="positions")] = None,
    pool_suspended: Annotated[YesNo, Fact("OPM suspended the agency's pool")] = False,
    governmentwide_limit_reached: Annotated[YesNo, Fact("The 5 percent limit is reached governmentwide")] = False,
) -> Result[LimitedAuthority]:
    """Who authorizes this limited appointment?

    The agency, from its pool, for people from career-type permanent positions; otherwise OPM, one by one (5 CFR
    317.601(c)); OPM cannot approve once 5 percent is reached governmentwide (5 U.S.C. 3134(e)). `answer` holds
    `authority` (agency, OPM, none; null: cannot tell) and `pool_free`.
    """
    work = Working(as_of)
    if governmentwide_limit_reached:
        work.test(False, "The governmentwide limit is reached; none can be approved.", "5 U.S.C. 3134(e)")
        return work.answer(
            LimitedAuthority(authority="none", pool_free=None), "No limited appointment can be made now."
        )
    free = None
    if allocation is not None and pool_in_use is not None:
        size = pool_size(work, allocation)
        free = max(size - pool_in_use, 0)
        work.note(f"The pool holds {size}; {pool_in_use} are in use.", "5 CFR 317.601(c)")
    work.test(from_career_type, "The person comes from a career-type permanent position.", "5 CFR 317.601(c)")
    open_pool = False if pool_suspended else None if free is None else free > 0
    work.test(open_pool, "A place in the pool is free, and OPM has not suspended it.", "5 CFR 317.601(c)")
    by_agency = every((from_career_type, open_pool))
    authority = None if by_agency is None else "agency" if by_agency else "OPM"
    facts = {
        "whether the person comes from a career-type position": from_career_type,
        "how full the pool is": open_pool,
    }
    says = sentence(
        by_agency, "The agency authorizes it from its pool.", "OPM must authorize it first.", unknown(facts)
    )
    return work.answer(LimitedAuthority(authority, free), says)


def pool_size(work: Working, allocation: int) -> int:
    """The agency's pool of limited appointment authorities: a share of its allocation, rounded down, and a minimum."""
    share = int(work.figure("staffing.appointment.ceilings.pool_share"))
    return max(allocation * share // 100, int(work.figure("staffing.appointment.ceilings.pool_minimum")))


class Extension(Answer, verdict="allowed"):
    """Whether a limited appointment may be extended."""

    allowed: Annotated[bool, Fact("Allowed")]
    opm_approval: Annotated[bool | None, Fact("Needs approval by OPM")]
    notify_opm: Annotated[bool | None, Fact("OPM is notified")]


class LimitedAppointment(Answer, verdict="allowed"):
    """How long a limited appointment may last."""

    nte_date: Annotated[date, Fact("Not-to-exceed date")]
    maximum_months: Annotated[int, Fact("Longest term", unit="months")]
    allowed: Annotated[bool, Fact("May be made as asked", "And extended, where that is asked.")]
    lawful: Annotated[bool, Fact("Length is lawful")]
    extension: Annotated[Extension | None, Fact("Extension", "Null: none is asked.")]
    first_blocked_day: Annotated[date | None, Fact("First blocked day", "Null: none.")]
    can_serve: Annotated[bool, Fact("May serve the whole term")]
    earliest_start: Annotated[date | None, Fact("Earliest start of the whole term")]
    safe_last_day: Annotated[date | None, Fact("Last lawful day of the term", "Null: no day is lawful.")]
    longest_last_day: Annotated[date | None, Fact("Last lawful day of the longest term", "Null: no day is lawful.")]


@question("5 U.S.C. 3132(a)(5)-(6), 3395(b)-(c); 5 CFR 317.602")
def limited_appointment(
    as_of: OptionalAsOf = None,
    *,
    appointment_type: LimitedType,
    starts_on: Annotated[Day, Fact("Appointment starts")],
    months: Annotated[Whole | None, Fact("Length first made", "Leave out for the longest.", "months")] = None,
    authorized_months: Annotated[
        Whole | None, Fact("Length authorized", "What OPM or the pool authorized; the longest if left out.", "months")
    ] = None,
    extend_to_months: Annotated[Whole | None, Fact("Total length wanted by extension", unit="months")] = None,
    earlier_service: Annotated[
        list[Service] | None,
        Fact("Earlier limited service", "Of both types, limited term and limited emergency."),
    ] = None,
    bureau: Annotated[
        Literal["IRS", "NASA expiring duties", "NASA continuing duties", "other"], Fact("Bureau with its own rule")
    ] = "other",
) -> Result[LimitedAppointment]:
    """How long may a limited appointment last, and can this person hold it?

    Limited term at most 3 years, limited emergency 18 months, not renewable (5 U.S.C. 3132(a)(5)-(6)); extension to the
    authorized length needs notice to OPM only (5 CFR 317.602(b)); nobody serves over 36 months in the preceding 48
    (5 U.S.C. 3395(c)). `answer` holds `nte_date`, `maximum_months`, `allowed` (the term as asked), `lawful`
    (the length), `extension` (null if none is asked), `first_blocked_day` (null: none), `can_serve` (the whole term),
    `earliest_start` for it, `safe_last_day` (the last lawful day of the term asked for) and `longest_last_day` (of the
    longest term; both null where no day is lawful).
    """
    work = Working(as_of or starts_on)
    longest = _longest(work, appointment_type, starts_on, bureau)
    authorized = longest if authorized_months is None else authorized_months
    first_made = authorized if months is None else months
    if not first_made:
        raise FactError("months: an appointment of 0 months cannot be made; give 1 or more.")
    within = work.test(
        first_made <= authorized <= longest,
        f"Made for {number_of(first_made, 'month')}; {authorized} are authorized and {longest} is the longest.",
        "5 U.S.C. 3132(a)(5)-(6)",
    )
    extension = (
        None if extend_to_months is None else _extension(work, first_made, authorized, longest, extend_to_months)
    )
    held = max(first_made, extend_to_months or 0) if extension is None or extension.allowed else first_made
    nte = not_to_exceed(starts_on, held)
    work.note(f"{number_of(held, 'month')} from {starts_on} end on {nte}.", "5 U.S.C. 3132(a)(5)-(6)", basis="design")
    if bureau == "other":
        blocked, earliest = _service_limit(work, starts_on, held, earlier_service)
    else:
        blocked, earliest = None, None
        served, window = (
            parameters.latest(f"staffing.appointment.limited.{one}_months") for one in ("service", "window")
        )
        work.caution(
            f"The {served}-in-{window}-months test is not made for this bureau's own appointments; check its own total."
        )
    served_before = earlier_service or [] if bureau == "other" else None
    safe = _last_lawful(work, starts_on, min(held, authorized, longest), served_before)
    furthest = _last_lawful(work, starts_on, min(authorized, longest), served_before)
    answer = LimitedAppointment(
        nte_date=nte,
        maximum_months=longest,
        allowed=within and blocked is None and (extension is None or extension.allowed),
        lawful=within,
        extension=extension,
        first_blocked_day=blocked,
        can_serve=within and blocked is None,
        earliest_start=earliest,
        safe_last_day=safe,
        longest_last_day=furthest,
    )
    too_long = first_made if first_made > min(authorized, longest) else None
    return work.answer(answer, _said_of_term(answer, starts_on, authorized, too_long))


def _said_of_term(found: LimitedAppointment, starts_on: date, authorized: int, too_long: int | None) -> str:
    """The term in sentences; `too_long` are the months it was made for, where they are too many."""
    safe, furthest, blocked = found.safe_last_day, found.longest_last_day, found.first_blocked_day
    says = f"The last lawful day is {safe}." if safe else f"No service is lawful from {starts_on}."
    if not found.lawful:
        says += f" {number_of(too_long or authorized, 'month')} are more than may be {'made' if too_long else 'authorized'}."
    if safe != found.nte_date and found.lawful:
        says += f" The term as made would run to {found.nte_date}."
    if furthest and furthest != safe:
        says += f" The longest lawful term ends on {furthest}."
    if blocked and not (safe and blocked > add_days(safe, 1)):
        says += f" The person may not serve on {blocked} or after"
        says += f"; the whole term fits from {found.earliest_start}." if found.earliest_start else "."
    return says


def _last_lawful(work: Working, starts_on: date, months: int, earlier: list[Service] | None) -> date | None:
    """The last day on which a term of so many months may be served; None where not even the first."""
    last = not_to_exceed(starts_on, months)
    if earlier is None:
        return last
    limit = int(work.figure("staffing.appointment.limited.service_months", starts_on))
    window = int(work.figure("staffing.appointment.limited.window_months", starts_on))
    stretches = sorted((one.first_day, one.last_day) for one in earlier)
    blocked = first_blocked(stretches, starts_on, last, limit, window)
    if blocked is None:
        return last
    return blocked - timedelta(days=1) if blocked > starts_on else None


def _longest(work: Working, kind: str, starts_on: date, bureau: str) -> int:
    if bureau == "other" or kind == "limited_emergency":
        return int(work.figure("staffing.appointment.limited.months", starts_on)[kind])
    work.note(f"The rule for {bureau} applies to terms.", "5 U.S.C. 9506, 9813")
    if bureau == "IRS":
        work.caution("IRS: two such terms plus any unexpired term.")
    else:
        work.caution(
            "NASA: rarely 2 years more for expiring duties and 1 year more for continuing duties, "
            "and never over 7 consecutive years."
        )
    return int(work.figure("staffing.appointment.limited.bureau_months", starts_on)[bureau])


def _extension(work: Working, made: int, authorized: int, longest: int, wanted: int) -> Extension:
    allowed = work.test(
        made < wanted <= authorized <= longest,
        f"First made for {made} of {authorized} authorized months; extension to {wanted} in all.",
        "5 CFR 317.602(b)",
    )
    if allowed:
        work.due("No approval by OPM is needed, but OPM must be notified.", "5 CFR 317.602(b)")
    return Extension(allowed, opm_approval=False if allowed else None, notify_opm=allowed or None)


def served(stretches: list[tuple[date, date]], before: date, window_months: int) -> int:
    """Days of service before a day and inside its window, whole months counted as 30 days each."""
    opens, total = add_months(before, -window_months), 0
    for first, last in stretches:
        start, end = max(first, opens), min(last, before - timedelta(days=1))
        if start <= end:
            total += _length(start, end)
    return total


def _length(first: date, last: date) -> int:
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if add_months(first, months) > after:
        months -= 1
    return months * _MONTH + (after - add_months(first, months)).days


def first_blocked(stretches: list[tuple[date, date]], start: date, end: date, limit: int, window: int) -> date | None:
    """The first day of a term on which service before it is over the limit, or nothing.

    A day adds a few days to the count at most, where a short month is completed: what is left bounds the next step.
    """
    day = start
    while day <= end:
        left = limit * _MONTH - served([*stretches, (start, end)], day, window)
        if left < 0:
            return day
        day += timedelta(days=max(1, left // _MOST_A_DAY))
    return None


def _service_limit(
    work: Working, starts_on: date, months: int, earlier: list[Service] | None
) -> tuple[date | None, date | None]:
    if earlier is None:
        work.assume("The person has no earlier limited service: none is stated.", SERVICE_LAW)
    stretches = sorted((one.first_day, one.last_day) for one in earlier or ())
    for number, (first, last) in enumerate(stretches, 1):
        in_order(first, last, f"earlier_service, item {number}", "its first day")
        if last >= starts_on:
            raise FactError(
                f"earlier_service: service to {last} is not over on {starts_on}; give only earlier service."
            )
        if number > 1 and first <= stretches[number - 2][1]:
            raise FactError(f"earlier_service: two stretches overlap on {first}; give each day once.")
    limit = int(work.figure("staffing.appointment.limited.service_months", starts_on))
    window = int(work.figure("staffing.appointment.limited.window_months", starts_on))
    blocked = first_blocked(stretches, starts_on, not_to_exceed(starts_on, months), limit, window)
    work.test(
        blocked is None,
        f"Not more than {limit} months of limited service in the {window} months before any day of the term"
        + (f"; over the limit from {blocked}." if blocked else "."),
        SERVICE_LAW,
    )
    if stretches:
        work.note("Stretches count in whole months and days; 30 days are a month.", SERVICE_LAW, basis="design")
    if months > limit:
        return blocked, None
    return blocked, _earliest_start(stretches, starts_on, months, limit, window)


def _earliest_start(stretches: list[tuple[date, date]], start: date, months: int, limit: int, window: int) -> date:
    while True:
        end = not_to_exceed(start, months)
        last_day_fits = served([*stretches, (start, end)], end, window) <= limit * _MONTH
        if last_day_fits and first_blocked(stretches, start, end, limit, window) is None:
            return start
        start += timedelta(days=1)


class LimitedEnd(Answer):
    """What follows when a limited appointment ends."""

    return_right: Annotated[bool | None, Fact("Right to return", "Null: cannot tell.")]
    part_752: Annotated[bool | None, Fact("Part 752 governs", "Null: cannot tell.")]


@question("5 CFR 317.605(c)-(d); 5 U.S.C. 3592(c)", renamed={"came_same_agency": ("from_career_type", "same_agency")})
def limited_end(
    as_of: Annotated[AsOf, Fact("Last day of the limited appointment")],
    *,
    from_career_type: CarryOver = None,
    same_agency: SameAgency = None,
    for_cause: Annotated[YesNo | None, Fact("Ended for misconduct, neglect or malfeasance")] = None,
    covered_by_7511: Annotated[YesNo | None, Fact("Covered by 5 U.S.C. 7511 just before the SES")] = None,
) -> Result[LimitedEnd]:
    """What follows when a limited appointment ends?

    It ends by itself when it expires; one who came from a career-type permanent position of the same agency returns to
    the former position or a like one unless ended for cause (5 CFR 317.605(c)-(d)). `answer` holds `return_right` and
    `part_752` (part 752 governs a disciplinary removal); null: cannot tell.
    """
    work = Working(as_of)
    reason = None if for_cause is None else "misconduct" if for_cause else "other"
    right = placement_right(work, "limited_term", None, reason, from_career_type, same_agency)
    part_752 = every((for_cause, from_career_type, same_agency, covered_by_7511))
    work.test(part_752, "A disciplinary removal under part 752 with its rights.", "5 CFR 359.901(b), 752.601(c)(2)")
    lacking = placement_lacks("limited_term", None, reason, from_career_type, same_agency)
    yes, no = "The person returns to the former or a like position.", "There is no right to return."
    says = sentence(right, yes, no, lacking)
    return work.answer(LimitedEnd(right, part_752), says)
