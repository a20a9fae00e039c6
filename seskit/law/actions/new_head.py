"""The 120 days after a new agency head or supervisor in which a career appointee is protected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from seskit.law.clocks import add_days
from seskit.law.facts import Day, Fact, FactError, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working
from seskit.law.shared_facts import OptionalAsOf, decision, words

SUBJECT = "staffing"

MOVE_LAW = "5 U.S.C. 3395(e); 5 CFR 317.901(c)"
REMOVAL_LAW = "5 U.S.C. 3592(b); 5 CFR 359.406"
Ground = Literal["performance", "conduct", "conditions before appointment", "reduction in force"]
ExceptionClaimed = Annotated[
    Literal[
        "none",
        "unsatisfactory rating issued before",
        "discipline begun before",
        "crime",
        "retention dangerous or damaging",
    ],
    Fact("Exception to the 120-day bar claimed"),
]
Voluntary = Annotated[YesNo, Fact("The appointee agreed in writing beforehand")]
HeadOn = Annotated[Day | None, Fact("New agency head appointed", "Leave out if there is none.")]
SupervisorOn = Annotated[Day | None, Fact("New immediate supervisor appointed", "Leave out if there is none.")]
SupervisorNoncareer = Annotated[
    YesNo | None,
    Fact("That supervisor is noncareer", "Noncareer or limited SES, Schedule C, noncareer Executive Schedule."),
]
SupervisorAuthority = Annotated[
    YesNo | None,
    Fact("That supervisor can rate or remove", "Initial appraisal for a reassignment; removal for a removal."),
]
HeadActing = Annotated[Day | None, Fact("That head acted without a break since", "Acting days count.")]
SupervisorActing = Annotated[Day | None, Fact("That supervisor acted without a break since", "Acting days count.")]
DetailDays = Annotated[Whole, Fact("Days on detail inside the window", "Reassignment only; 60 at most.", "days")]


@dataclass(frozen=True)
class Bar:
    """What one bar does: whether it applies (None: cannot tell), its last day and the first day after it."""

    applies: bool | None
    last_barred_day: date | None = None
    first_free_day: date | None = None


def bar_after(work: Working, removal: bool, appointed_on: date, acting_since: date | None, detail_days: int) -> Bar:
    """The days barred after one appointment; acting days shorten them and, for reassignment, details stretch them."""
    if acting_since and acting_since > appointed_on:
        raise FactError(f"acting since {acting_since} is after the appointment on {appointed_on}; check both dates.")
    law = REMOVAL_LAW if removal else MOVE_LAW
    days = int(work.figure(f"staffing.{'removal' if removal else 'move'}.barred_days", appointed_on))
    stretch = 0
    if detail_days and removal:
        work.note("Days on detail do not stretch the bar on removal.", REMOVAL_LAW)
    elif detail_days:
        most = work.recorded("staffing.move.detail_days", appointed_on)
        stretch = min(detail_days, int(most or 0))
        work.note(f"{detail_days} days on detail; {stretch} of them do not count.", "5 U.S.C. 3395(e)(3)")
    start = acting_since if acting_since and not removal else appointed_on
    if acting_since and removal:
        work.caution("Counting days as acting head or supervisor is recorded for reassignment only; not counted here.")
    elif acting_since:
        work.note(f"Acting since {acting_since} without a break; those days count.", "5 CFR 317.901(c)(5)")
    last = add_days(start, days + stretch)
    free = max(last + timedelta(days=1), appointed_on)
    work.note(f"{start} is day 0; barred through {last}, free from {free}.", law, basis="design")
    return Bar(free > appointed_on, last, free)


def bar(
    work: Working,
    *,
    removal: bool,
    head: tuple[date | None, date | None],
    supervisor: tuple[date | None, date | None],
    noncareer: bool | None,
    authority: bool | None,
    detail_days: int,
) -> Bar:
    """The longer of the bars after a new head and after a new noncareer supervisor with the authority that counts."""
    found = []
    if head[0]:
        found.append(bar_after(work, removal, head[0], head[1], detail_days))
    if supervisor[0]:
        known = decision(noncareer, authority)
        work.test(
            known,
            "The new supervisor is noncareer and can " + ("remove." if removal else "make the initial appraisal."),
            REMOVAL_LAW if removal else MOVE_LAW,
        )
        if known is None:
            found.append(Bar(None))
        elif known:
            found.append(bar_after(work, removal, supervisor[0], supervisor[1], detail_days))
    return longest(found)


def longest(found: list[Bar]) -> Bar:
    """The bar that runs longest; where one is not known, cannot tell, with the days that are barred in any case."""
    sure = [one for one in found if one.applies]
    best = max(sure, key=lambda one: one.first_free_day or date.min, default=Bar(False))
    if any(one.applies is None for one in found):
        return Bar(None, best.last_barred_day, best.first_free_day)
    return best


def clear_on(found: Bar, day: date) -> bool | None:
    """Whether a day lies outside the bar (None: cannot tell)."""
    if found.first_free_day and day < found.first_free_day:
        return False
    return None if found.applies is None else True


def lifted(removal: bool, ground: str | None, exception: str, voluntary: bool | None) -> str | None:
    """Why no bar applies although there is a new head or supervisor, or nothing."""
    if removal and ground == "reduction in force":
        return "The bar does not cover removal in a reduction in force."
    if removal and exception != "none":
        return f"Exception to the bar: {exception}."
    if not removal and voluntary:
        return "The appointee agreed in writing beforehand."
    if not removal and exception in ("unsatisfactory rating issued before", "discipline begun before"):
        return f"Exception to the bar: {exception}."
    return None


@question("5 U.S.C. 3395(e), 3592(b); 5 CFR 317.901(c), 359.406")
def moratorium(
    as_of: OptionalAsOf = None,
    *,
    action: Annotated[Literal["reassignment", "removal"], Fact("Action", "Removal means removal in probation.")],
    new_head_on: HeadOn = None,
    new_supervisor_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_has_authority: SupervisorAuthority = None,
    head_acting_since: HeadActing = None,
    supervisor_acting_since: SupervisorActing = None,
    detail_days: DetailDays = 0,
    ground: Annotated[Ground | None, Fact("Ground of a removal")] = None,
    exception: ExceptionClaimed = "none",
    voluntary_in_writing: Voluntary = False,
) -> Result:
    """Until when is this action barred after a new agency head or supervisor?

    120 days after a new head, or a new immediate supervisor who is noncareer and can rate (reassignment, 5 U.S.C.
    3395(e)) or remove (removal in probation, 3592(b)). Details stretch only the first, by 60 days at most. `answer`
    holds `applies` (null: cannot tell), `last_barred_day`, `first_free_day`, and with an as-of date `barred`.
    """
    removal = action == "removal"
    work = Working(as_of or new_head_on or new_supervisor_on)
    found = bar(
        work,
        removal=removal,
        head=(new_head_on, head_acting_since),
        supervisor=(new_supervisor_on, supervisor_acting_since),
        noncareer=supervisor_noncareer,
        authority=supervisor_has_authority,
        detail_days=detail_days,
    )
    reason = lifted(removal, ground, exception, voluntary_in_writing)
    if reason:
        work.note(reason, REMOVAL_LAW if removal else MOVE_LAW, "met")
        found = Bar(False)
    elif not (new_head_on or new_supervisor_on):
        work.note("No new agency head or supervisor is given.", MOVE_LAW)
    _cautions(work, removal, found, exception)
    clear = clear_on(found, as_of) if as_of else None
    if found.applies:
        says = f"Barred through {found.last_barred_day}; the first free day is {found.first_free_day}."
    else:
        says = words(found.applies, "", "No bar applies.", "whether the supervisor is noncareer with that authority")
    answer = {
        "applies": found.applies,
        "last_barred_day": found.last_barred_day if found.applies else None,
        "first_free_day": found.first_free_day if found.applies else None,
        "barred": None if clear is None else not clear,
    }
    return work.answer(answer, says)


def _cautions(work: Working, removal: bool, found: Bar, exception: str) -> None:
    if found.applies is None and found.last_barred_day:
        work.caution(f"Barred through {found.last_barred_day} in any case.")
    if removal:
        if exception in ("crime", "retention dangerous or damaging"):
            work.caution(
                f"Give the reasons in the notice, at least {work.figure('staffing.removal.exception_reply_days')} days "
                "to answer, and a decision on the exception by the effective date."
            )
        if found.applies:
            work.caution("The bar does not lengthen probation (5 CFR 359.406(e)).")
    elif found.applies:
        work.caution("The notice may be issued during the bar; only the move waits (5 CFR 317.901(d)).")
        work.caution("While a head or supervisor only acts, the agency may choose to apply the bar.")
        work.caution(
            "An unsatisfactory rating lifts the bar only if it was issued before the head or supervisor was appointed."
        )
