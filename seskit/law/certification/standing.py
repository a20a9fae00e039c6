"""The life of a certification, from grant to end: states and events as data, and the state on a date.

A certification belongs to one system: an organization, a group and the system that covers them, never a whole agency.
The events, with their guards, lie in the rules under `certification.events`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.answers import Answer
from seskit.law.certification.terms import LAST_DAY, Grade, Term, by_months, carried_over, term_of
from seskit.law.facts import AsOf, CalendarYear, Day, Fact, FactError, Group
from seskit.law.question import question
from seskit.law.result import Result, Working

State = Literal["none", "provisional", "full", "suspended", "expired", "terminated"]
Kind = Literal[
    "granted",
    "extended",
    "renewed",
    "suspension_notice",
    "suspended",
    "suspended_automatically",
    "reinstated",
    "terminated",
]
STATES: tuple[State, ...] = ("none", "provisional", "full", "suspended", "expired", "terminated")
IN_FORCE: tuple[State, ...] = ("provisional", "full")


class Event(BaseModel):
    """One thing that happened to a certification."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    on: Day
    kind: Kind
    grade: Grade | None = None
    until: Day | None = None
    certified_for: CalendarYear | None = None


@dataclass(frozen=True)
class Transition:
    """One arrow of the state machine: what may happen, from which state to which, and under what condition."""

    event: str
    label: str
    source: State
    target: State
    guard: str
    citation: str
    first_day: date


@dataclass(frozen=True)
class Standing:
    """Where a certification stands: its state, the grade held, and the dates that matter."""

    state: State = "none"
    grade: Grade | None = None
    first_day: date | None = None
    last_day: date | None = None
    term: Term | None = None
    notice_on: date | None = None
    #: Whether the last day is that of OPM's carry-over of 2008 for all; an event that names another day replaces it.
    carried: bool = False

    def in_force(self) -> bool:
        """Whether the certification is neither suspended nor ended."""
        return self.state in IN_FORCE


def transitions(as_of: date) -> list[Transition]:
    """Every arrow of the state machine in force on a date, in the order of the rules: ready to be drawn."""
    found = []
    for path in parameters.paths("certification.events"):
        figure = parameters.recorded(path, as_of)
        if figure is None:
            continue
        event = path.rsplit(".", 1)[1]
        for source in figure.value["from"]:
            for target in _targets(event, source, figure.value["to"]):
                found.append(
                    Transition(
                        event, figure.label, source, target, figure.value["guard"], figure.citation, figure.first_day
                    )
                )
    return found


def _targets(event: str, source: State, named: Sequence[str]) -> list[State]:
    if named == ["same"]:
        return list(IN_FORCE) if source == "suspended" else [source]
    if event == "granted" and source == "full":
        return ["full"]
    return [state for state in STATES if state in named]


def on_day(standing: Standing, as_of: date) -> Standing:
    """The same certification on a later day: carried over where OPM did that for all, expired once its last day has passed."""
    live = (*IN_FORCE, "suspended")
    carried = standing.term and standing.in_force() and carried_over(standing.term, as_of)
    if carried and standing.term and standing.last_day == standing.term.last_day:
        standing = replace(standing, last_day=carried, carried=True)
    if standing.state in live and standing.last_day and as_of > standing.last_day:
        return replace(standing, state="expired", notice_on=None)
    return standing


def apply(standing: Standing, event: Event) -> Standing:
    """The certification after an event; raises FactError, naming what is possible, where the event cannot happen."""
    standing = on_day(standing, event.on)
    possible = [arrow for arrow in transitions(event.on) if arrow.event == event.kind]
    if not possible:
        raise _cannot(event, _unknown_then(event))
    if standing.state not in {arrow.source for arrow in possible}:
        could = sorted({a.event for a in transitions(event.on) if a.source == standing.state and a.event != "expired"})
        raise _cannot(
            event, f"the certification is then '{standing.state}', from which only {', '.join(could)} can follow"
        )
    return _STEPS[event.kind](standing, event)


def _unknown_then(event: Event) -> str:
    first = parameters.first_day(f"certification.events.{event.kind}")
    return f"the law knows it only from {first}"


def _cannot(event: Event, why: str) -> FactError:
    return FactError(f"events: '{event.kind}' on {event.on} is not possible: {why}.")


def _granted(standing: Standing, event: Event) -> Standing:
    if event.grade is None:
        raise _cannot(event, "say whether the grade is full or provisional")
    if standing.state == "full" and event.grade == "provisional":
        raise _cannot(
            event, f"a full certification is in force until {standing.last_day}; enter the grant from the day after"
        )
    term = term_of(event.on, event.grade, event.certified_for)
    last_day = term.last_day
    if event.until:
        last_day = _until(event, term)
    joins = standing.in_force() and standing.grade == event.grade and standing.first_day
    first_day = standing.first_day if joins else term.first_day
    notice_on = standing.notice_on if standing.in_force() else None
    return Standing(event.grade, event.grade, first_day, last_day, term, notice_on)


def _until(event: Event, term: Term) -> date:
    ceiling = term.extension_ceiling or term.last_day
    if event.until is None:
        raise _cannot(event, "say until when")
    if not term.first_day <= event.until <= ceiling:
        raise _cannot(event, f"until {event.until} does not lie between {term.first_day} and the ceiling, {ceiling}")
    return event.until


def _extended(standing: Standing, event: Event) -> Standing:
    if standing.term is None or standing.last_day is None or standing.term.extension_ceiling is None:
        raise _cannot(event, "the law allows no extension of this certification")
    until = _until(event, standing.term)
    if until <= (standing.term.last_day if standing.carried else standing.last_day):
        raise _cannot(event, f"it lasts until {standing.last_day} already")
    return replace(standing, last_day=until, carried=False)


def _renewed(standing: Standing, event: Event) -> Standing:
    if standing.last_day is None or not by_months(event.on):
        raise _cannot(event, "no last day is known")
    term = term_of(standing.last_day + timedelta(days=1), "full")
    return replace(standing, last_day=term.last_day, term=term)


def _noticed(standing: Standing, event: Event) -> Standing:
    return replace(standing, notice_on=event.on)


def _suspended(standing: Standing, event: Event) -> Standing:
    days = int(parameters.figure("pay_setting.certification.suspension_notice", event.on).value)
    if standing.notice_on is None:
        raise _cannot(event, f"OPM gives notice at least {days} calendar days before; enter the suspension_notice")
    earliest = standing.notice_on + timedelta(days=days)
    if event.on < earliest:
        raise _cannot(event, f"the notice of {standing.notice_on} allows it from {earliest}")
    return replace(standing, state="suspended")


def _suspended_automatically(standing: Standing, event: Event) -> Standing:
    return replace(standing, state="suspended", notice_on=standing.notice_on or event.on)


def _reinstated(standing: Standing, event: Event) -> Standing:
    if standing.grade is None:
        raise _cannot(event, "no grade is known")
    return replace(standing, state=standing.grade, notice_on=None)


def _terminated(standing: Standing, event: Event) -> Standing:
    return replace(standing, state="terminated", last_day=event.on - timedelta(days=1), notice_on=None)


_STEPS = {
    "granted": _granted,
    "extended": _extended,
    "renewed": _renewed,
    "suspension_notice": _noticed,
    "suspended": _suspended,
    "suspended_automatically": _suspended_automatically,
    "reinstated": _reinstated,
    "terminated": _terminated,
}


class CertificationStatus(Answer):
    """Where a certification stands on a day."""

    state: Annotated[str, Fact("State")]
    grade: Annotated[str | None, Fact("Grade")]
    first_day: Annotated[date | None, Fact("First day")]
    last_day: Annotated[date | None, Fact("Last day")]
    certified: Annotated[bool, Fact("Certified")]
    above_level_III: Annotated[bool, Fact("Rates above level III may be set")]  # noqa: N815 - the name of the level in the statute
    vice_president_limit: Annotated[bool, Fact("The Vice President's salary limits total pay")]
    next: Annotated[list[str], Fact("Events that may follow")]


@question("5 U.S.C. 5307(d)(3); 5 CFR 430.405(c), (e) to (h)")
def status(
    as_of: AsOf,
    *,
    events: Annotated[
        list[Event],
        Fact(
            "What happened to the certification", "Each with on and kind; a grant with grade, an extension with until."
        ),
    ],
    group: Group = "SES",
) -> Result[CertificationStatus]:
    """Where does the certification of one appraisal system stand on a date, and what may be done with pay?

    Grants, extensions, renewals, notices, suspensions, reinstatements and ends, in order (5 U.S.C. 5307(d)(3); 5 CFR
    430.405). `answer` holds `state`, `grade`, `first_day`, `last_day`, `certified`, `above_level_III` and
    `vice_president_limit` (whether rates may be set above level III, and which limit on total pay holds) and `next`, the
    events that may follow.
    """
    work = Working(as_of)
    standing = Standing()
    ordered = sorted(events, key=lambda event: event.on)
    for event in (event for event in ordered if event.on <= as_of):
        standing = apply(standing, event)
        cited = parameters.parameter(f"certification.events.{event.kind}").citation
        until = f"; it lasts until {standing.last_day}" if standing.in_force() else ""
        work.note(f"{event.on}: {event.kind.replace('_', ' ')}, the state is {standing.state}{until}.", cited)
        if event.kind in ("granted", "renewed") and not event.until and by_months(event.on):
            work.note(LAST_DAY, "5 U.S.C. 5307(d)(3)", basis="design")
        if event.kind == "suspended_automatically":
            days = parameters.latest("pay_setting.certification.suspension_notice")
            work.caution(f"The automatic suspension is taken to start at once; OPM's {days} days of notice may apply.")
        if event.kind == "terminated":
            work.note("The day of termination no longer counts as certified.", "5 U.S.C. 5307(d)(3)", basis="design")
        if event.kind == "reinstated":
            work.note("The last day stays as it was.", "5 CFR 430.405(h)(4)", basis="design")
    later = [event for event in ordered if event.on > as_of]
    if later:
        work.caution(f"Not counted, because after {as_of}: {number_of(len(later), 'event')}.")
    standing = on_day(standing, as_of)
    if standing.carried and standing.state != "terminated":
        _note_carried(work, standing.last_day)
    if standing.state == "expired":
        work.note(f"The last day, {standing.last_day}, has passed without renewal.", "5 U.S.C. 5307(d)(3)")
    return _stands(work, standing, as_of, group)


def _note_carried(work: Working, last_day: date | None) -> None:
    path = "certification.transition.ending_2008"
    rule = work.figure(path)
    work.note(
        f"On {rule['used_for_all']} OPM extended every certification due to end on {rule['was_to_end']}; "
        f"this one to {last_day}.",
        parameters.parameter(path).citation,
    )


def _stands(work: Working, standing: Standing, as_of: date, group: str) -> Result[CertificationStatus]:
    certified = standing.in_force() and standing.first_day is not None and as_of >= standing.first_day
    noticed = standing.notice_on is not None
    if noticed:
        work.note("From the notice until reinstatement no SES rate is set above level III.", "5 CFR 430.405(h)(3)")
    opened = parameters.recorded(f"certification.maximum_level.{group}_certified", as_of)
    answer = CertificationStatus(
        state=standing.state,
        grade=standing.grade,
        first_day=standing.first_day,
        last_day=standing.last_day,
        certified=certified,
        above_level_III=certified and not (noticed and group == "SES") and opened is not None and opened.value == "II",
        vice_president_limit=certified,
        next=sorted({arrow.event for arrow in transitions(as_of) if arrow.source == standing.state}),
    )
    work.caution("Nobody's existing rate is lowered when a certification ends or is suspended.")
    until = f", until {standing.last_day}" if certified else ""
    cap = "may" if answer.above_level_III else "may not"
    return work.answer(
        answer,
        f"On {as_of} the certification is {standing.state}{until}; new {group} rates {cap} be set above level III.",
    )
