"""The 120-day bar under its older name: `appraisal.reassignment_bar` and `appraisal.removal_bar` answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from seskit.law.action_facts import (
    DetailDays,
    HeadActing,
    HeadOn,
    NoRecentAppointment,
    OptionalAsOf,
    SupervisorActing,
    SupervisorNoncareer,
    SupervisorOn,
    Voluntary,
)
from seskit.law.actions.bars import reassignment_bar, removal_bar
from seskit.law.answers import Answer
from seskit.law.facts import Fact, YesNo
from seskit.law.question import question
from seskit.law.renaming import under_older_name
from seskit.law.result import CannotTell, Result, Working

SUBJECT = "staffing"

LAW = "5 U.S.C. 3395(e), 3592(b)"
Ground = Literal["performance", "conduct", "conditions before appointment", "reduction in force"]


class NewHeadBar(Answer, verdict="barred"):
    """Until when an action is barred."""

    applies: Annotated[bool | None, Fact("An appointment named starts a bar", "Null: cannot tell.")]
    last_barred_day: Annotated[date | None, Fact("Last barred day")]
    first_free_day: Annotated[date | None, Fact("First free day")]
    barred: Annotated[bool | None, Fact("Barred on the as-of date", "Null: cannot tell, or no such date.")]


@question("5 U.S.C. 3395(e), 3592(b); 5 CFR 317.901(c), 359.406")
def moratorium(
    as_of: OptionalAsOf = None,
    *,
    action: Annotated[Literal["reassignment", "removal"], Fact("Action", "Removal means removal in probation.")],
    new_head_on: HeadOn = None,
    new_supervisor_on: SupervisorOn = None,
    supervisor_noncareer: SupervisorNoncareer = None,
    supervisor_has_authority: Annotated[
        YesNo | None,
        Fact("Supervisor can rate or remove", "Initial appraisal for a reassignment; removal for a removal."),
    ] = None,
    head_acting_since: HeadActing = None,
    supervisor_acting_since: SupervisorActing = None,
    no_recent_appointment: NoRecentAppointment = None,
    detail_days: DetailDays = 0,
    ground: Annotated[Ground | None, Fact("Ground of a removal")] = None,
    exception: Annotated[
        Literal[
            "none",
            "unsatisfactory rating issued before",
            "discipline begun before",
            "crime",
            "retention dangerous or damaging",
        ],
        Fact("Exception to the 120-day bar claimed"),
    ] = "none",
    voluntary_in_writing: Voluntary = False,
) -> Result[NewHeadBar]:
    """Until when is this action barred after a new agency head or supervisor?

    The older name of two questions, for a career appointee: `appraisal.reassignment_bar` (5 U.S.C. 3395(e)) and
    `appraisal.removal_bar` (3592(b)). `answer` holds `applies` (whether an appointment named starts a bar; null: cannot
    tell), `last_barred_day`, `first_free_day`, and with an as-of date `barred`.
    """
    facts: dict[str, Any] = {
        "appointment_type": "career",
        "head_appointed_on": new_head_on,
        "supervisor_appointed_on": new_supervisor_on,
        "supervisor_noncareer": supervisor_noncareer,
        "no_recent_appointment": no_recent_appointment,
        "exception": "reduction in force" if (action, ground) == ("removal", "reduction in force") else exception,
    }
    lost: list[str] = []
    if action == "reassignment":
        facts |= {
            "supervisor_rates": supervisor_has_authority,
            "head_acting_since": head_acting_since,
            "supervisor_acting_since": supervisor_acting_since,
            "detail_days": detail_days,
            "voluntary_in_writing": voluntary_in_writing,
        }
    else:
        facts |= {"supervisor_can_remove": supervisor_has_authority, "on_probation": True}
        lost = _no_part_in_removal(head_acting_since or supervisor_acting_since, detail_days, voluntary_in_writing)
    days = [day for day in (new_head_on, new_supervisor_on) if day]
    if not days and as_of is None:
        return _nothing_stated(action, no_recent_appointment, voluntary_in_writing)
    ask = reassignment_bar if action == "reassignment" else removal_bar
    at = {day: ask(day, **facts) for day in [*days, *([as_of] if as_of else [])]}
    barred = at[as_of].answer.barred if as_of else None
    seen = [at[day].answer.barred for day in days] or [barred]
    ends = [at[day].answer for day in days]
    free = max((bar.first_open for bar in ends if bar.barred and bar.first_open), default=None)
    if free and ask(free - timedelta(days=1), **facts).answer.barred is None:
        seen.append(None)
    applies = None if None in seen else True in seen
    answer = NewHeadBar(
        applies=applies,
        last_barred_day=free - timedelta(days=1) if applies and free else None,
        first_free_day=free if applies else None,
        barred=barred,
    )
    made = at[as_of or max(days)]
    bar_alone = tuple(reason for reason in made.reasons if reason.key != "notice")
    return under_older_name(replace(made, reasons=bar_alone), answer, *lost, says=_says(answer, as_of))


def _says(answer: NewHeadBar, as_of: date | None) -> str:
    if answer.applies is None:
        return CannotTell("Cannot tell: a fact that decides the bar is missing.")
    if not answer.applies:
        return "No bar applies."
    span = f"Barred through {answer.last_barred_day}; the first free day is {answer.first_free_day}."
    return f"No bar on {as_of}. {span}" if answer.barred is False else span


def _no_part_in_removal(acting: date | None, detail_days: int, voluntary: bool) -> list[str]:
    """What was stated and has no part in the bar on a removal."""
    said = []
    if acting:
        said.append("Counting days as acting head or supervisor is recorded for reassignment only; not counted here.")
    if detail_days:
        said.append("Days on detail do not stretch the bar on removal.")
    if voluntary:
        said.append("Agreement in writing does not lift the bar on removal.")
    return said


def _nothing_stated(action: str, none_recent: bool | None, voluntary: bool) -> Result[NewHeadBar]:
    free = bool(none_recent) or (voluntary and action == "reassignment")
    work = Working(None)
    work.test(free or None, "No appointment starts a bar, or the appointee agreed in writing.", LAW)
    answer = NewHeadBar(applies=False if free else None, last_barred_day=None, first_free_day=None, barred=None)
    work.caution(f"This question keeps its older name for one release; see appraisal.{action}_bar.")
    return work.answer(
        answer, "No bar applies." if free else CannotTell("Cannot tell: no head, supervisor or day is given.")
    )
