"""The 120 days after an appointment in which a career executive is protected: which days they are, what lifts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.checks import every
from seskit.law.clocks import add_days
from seskit.law.facts import FactError
from seskit.law.result import Outcome, Working

Action = Literal["removal", "reassignment"]
LAW: dict[Action, str] = {
    "removal": "5 U.S.C. 3592(b); 5 CFR 359.406, 359.503",
    "reassignment": "5 U.S.C. 3395(e); 5 CFR 317.901(c)",
}
_POWER: dict[Action, str] = {"removal": "can remove", "reassignment": "makes the initial appraisal"}
#: Exceptions that lift the bar on a removal in probation, and no other.
PROBATION_ONLY = ("crime", "retention dangerous or damaging")


@dataclass(frozen=True)
class Appointments:
    """What is stated about the agency head and the immediate supervisor."""

    head_on: date | None
    supervisor_on: date | None
    noncareer: bool | None
    power: bool | None
    head_acting: date | None = None
    supervisor_acting: date | None = None
    detail_days: int = 0
    none_recent: bool | None = None


@dataclass(frozen=True)
class Claim:
    """What may lift the bar: the ground of the action, an exception claimed, and the days they rest on."""

    ground: str | None
    exception: str | None
    rated_on: date | None = None
    discipline_on: date | None = None
    on_probation: bool | None = None


@dataclass(frozen=True)
class Start:
    """An appointment that starts a bar; `counts` is None where it is not known whether the supervisor's does."""

    who: str
    on: date
    first_open: date
    counts: bool | None

    def runs(self, day: date) -> bool:
        """Whether the bar, if it counts, covers the day: never a day before the appointment."""
        return self.counts is not False and self.on <= day < self.first_open


class JudgedDay(NamedTuple):
    """Whether a day is barred (None: cannot tell), and the first day on or after it that is certainly open."""

    blocked: bool | None
    first_open: date | None


def starts(work: Working, day: date, action: Action, given: Appointments) -> list[Start] | None:
    """The appointments that start a bar; None where nothing is stated about head and supervisor."""
    if not given.head_on and not given.supervisor_on:
        return _nothing_stated(work, action, given.none_recent)
    found = []
    if given.head_on:
        found.append(_start(work, action, "agency head", given.head_on, given.head_acting, given.detail_days, True))
    if given.supervisor_on:
        counts = _counts(given)
        started = _start(
            work, action, "supervisor", given.supervisor_on, given.supervisor_acting, given.detail_days, counts
        )
        if counts is not None or started.runs(day):
            work.test(counts, f"The supervisor is noncareer and {_POWER[action]}.", LAW[action])
        found.append(started)
    for acting, appointed, who in (
        (given.head_acting, given.head_on, "head"),
        (given.supervisor_acting, given.supervisor_on, "supervisor"),
    ):
        if acting and not appointed:
            text = f"The acting service since {acting} is not counted: no appointment of the {who} is given."
            work.note(text, LAW[action])
    _agree(day, given.none_recent, found)
    return found


def _nothing_stated(work: Working, action: Action, none_recent: bool | None) -> list[Start] | None:
    if none_recent:
        days = parameters.latest("actions.bars.days") + parameters.latest("actions.bars.detail_days")
        text = f"Neither the agency head nor the immediate supervisor was appointed in the {days} days before."
        work.note(text, LAW[action], "met")
        return []
    work.test(None, "No appointment of an agency head or supervisor was given.", LAW[action])
    work.caution(
        "Name the last appointment of the agency head and of the supervisor, however long ago, or say that neither "
        "is recent (no_recent_appointment)."
    )
    return None


def _counts(given: Appointments) -> bool | None:
    return every((given.noncareer, given.power))


def _start(
    work: Working, action: Action, who: str, on: date, acting: date | None, detail_days: int, counts: bool | None
) -> Start:
    """The days barred after one appointment; acting days shorten them and, for reassignment, details stretch them."""
    if acting and acting > on:
        name = "head_acting_since" if who == "agency head" else "supervisor_acting_since"
        raise FactError(f"{name}: {acting} is after the appointment on {on}; check both dates.")
    length = int(work.figure("actions.bars.days", on))
    if action == "removal":
        return Start(who, on, add_days(on, length + 1), counts)
    left_out = 0
    if detail_days:
        left_out = min(detail_days, int(work.recorded("actions.bars.detail_days", on) or 0))
        work.note(f"{number_of(detail_days, 'day')} on detail; {left_out} of them do not count.", "5 U.S.C. 3395(e)(3)")
    if acting:
        work.note(f"Acting as {who} since {acting} without a break; those days count.", "5 CFR 317.901(c)(5)")
    return Start(who, on, max(add_days(acting or on, length + left_out + 1), on), counts)


def _longest(day: date) -> int:
    """How old an appointment may be whose bar still runs: the bar, and the days on detail that do not count."""
    bar = parameters.figure("actions.bars.days", day).value
    return int(bar) + int(parameters.latest("actions.bars.detail_days"))


def _agree(day: date, none_recent: bool | None, found: Sequence[Start]) -> None:
    longest = _longest(day)
    recent = next((start for start in found if start.on <= day <= start.on + timedelta(days=longest)), None)
    if none_recent and recent:
        raise FactError(
            f"no_recent_appointment: the {recent.who} was appointed on {recent.on}, within {longest} days of {day}; "
            "correct one of the two."
        )


def judge(
    work: Working, day: date, action: Action, found: Sequence[Start], claim: Claim, career: bool | None
) -> JudgedDay:
    """Whether a day is barred, after the exceptions; each appointment is looked at by itself."""
    for start in found:
        if start.counts is not False and day < start.on < start.first_open:
            runs = "runs" if start.counts else "may run"
            work.caution(
                f"The appointment of the {start.who} on {start.on} comes after {day}: from then the bar {runs}, and the "
                f"first open day is {start.first_open}."
            )
        if start.counts is not False:
            span = f"barred from {start.on}, first open day {start.first_open}"
            span = span if start.first_open > start.on else f"no day is left of the bar on {start.on}"
            work.note(f"Appointment of the {start.who}: {span}.", LAW[action], basis="design", decides=True)
    running = [(start, _lifted(work, action, start, claim)) for start in found if start.runs(day)]
    held = [(start, free) for start, free in running if free is not True]
    sure = [start for start, free in held if free is False and start.counts]
    if not held:
        return JudgedDay(False, day)
    opens = _first_open(work, day, action, found, claim)
    if not (sure and career):
        _missing(work, action, career, held)
        return JudgedDay(None, opens)
    if len(sure) < len(held):
        last = max(start.first_open for start in sure) - timedelta(days=1)
        work.caution(f"Barred through {last} in any case; a missing fact decides whether the bar runs on.")
    return JudgedDay(True, opens)


def told_of_the_other(work: Working, action: Action, given: Appointments, claim: Claim, judged: JudgedDay) -> None:
    """Say what is taken of the head or the supervisor where nothing is stated about one of them."""
    other = _not_stated(given)
    if other is None or given.none_recent or _needs_no_day(action, claim):
        return
    if judged.blocked is False:
        work.assume(f"The {other} was not appointed recently; nothing is stated about it.", LAW[action])
    longer = "" if judged.blocked is False else " The bar may run longer."
    work.caution(
        f"Nothing is stated about the appointment of the {other}.{longer} State its day, however long ago, or say that "
        "neither is recent (no_recent_appointment)."
    )


def _not_stated(given: Appointments) -> str | None:
    """Whose appointment is not stated and could start a bar; a supervisor who is career or has no say starts none."""
    if not given.head_on:
        return "agency head"
    return None if given.supervisor_on or _counts(given) is False else "supervisor"


def _needs_no_day(action: Action, claim: Claim) -> bool:
    """Whether the exception lifts the bar whoever was appointed, and when."""
    lifts = claim.exception == "reduction in force" or (claim.exception in PROBATION_ONLY and claim.on_probation)
    return action == "removal" and bool(lifts)


def _missing(work: Working, action: Action, career: bool | None, held: Sequence[tuple[Start, bool | None]]) -> None:
    """Name the facts that leave the answer open."""
    lacking = ["the appointment type"] if career is None else []
    if any(free is None for _, free in held):
        lacking.append("the ground, the day it rests on, or whether the executive is on probation")
    if any(start.counts is None for start, _ in held):
        lacking.append(f"whether the supervisor is noncareer and {_POWER[action]}")
    work.test(None, f"Not known: {'; '.join(lacking)}.", LAW[action])


def _first_open(work: Working, day: date, action: Action, found: Sequence[Start], claim: Claim) -> date:
    """The first day from this one on that no appointment stated can bar."""
    silent = Working(work.as_of)
    while True:
        later = [start.first_open for start in found if start.runs(day) and not _lifted(silent, action, start, claim)]
        if not later:
            return day
        day = max(later)


def _lifted(work: Working, action: Action, start: Start, claim: Claim) -> bool | None:
    """Whether an exception lifts the bar that one appointment started; None where a fact is missing."""
    exception = claim.exception or "none"
    if exception in (*PROBATION_ONLY, "reduction in force") and action == "reassignment":
        work.note(f"This exception does not lift the bar on reassignment: {exception}.", LAW[action], "not met")
        return False
    if exception == "reduction in force":
        work.note("The bar does not cover removal in a reduction in force.", "5 CFR 359.405, 359.406", "met")
        return True
    if exception in PROBATION_ONLY:
        text = f"This exception lifts the bar on probation only: {exception}."
        work.test(claim.on_probation, text, "5 CFR 359.406(c), (d)")
        return claim.on_probation
    if exception.startswith("unsatisfactory") or (exception == "none" and claim.ground == "unsatisfactory"):
        return _earlier(work, start, "The unsatisfactory rating was issued", claim.rated_on, exception != "none")
    if exception.startswith("discipline") or (exception == "none" and claim.ground == "disciplinary"):
        return _earlier(work, start, "The discipline was begun", claim.discipline_on, exception != "none")
    if claim.ground is None and claim.exception is None:
        return None
    work.note("The exception names an unsatisfactory rating and earlier discipline only.", LAW[action], "not met")
    return False


def _earlier(work: Working, start: Start, what: str, on: date | None, claimed: bool) -> bool | None:
    """Whether the ground came before the appointment; a claim without its day is taken at its word."""
    earlier = (True if claimed else None) if on is None else on < start.on
    text = f"{what} before the {start.who} was appointed on {start.on}{', as claimed' * (on is None and claimed)}."
    outcome: Outcome = "cannot tell" if earlier is None else "met" if earlier else "not met"
    work.note(text, "5 CFR 359.406(c), 359.503(c), 317.901(c)(2)", outcome, decides=True)
    return earlier
