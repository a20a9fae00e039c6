"""What is not taken from anyone's word: points of a request that the rosters, or their dates, decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from seskit.formats.counts import first_of, number_of
from seskit.law.certification.checklist import sample_size
from seskit.law.clocks import add_months
from seskit.law.parameters import figure
from seskit.record.certification.evidence_index import EvidenceEntry, System
from seskit.record.problem import errors
from seskit.work.certification.ratings import PeriodData

State = Literal["shown", "missing", "stale", "contradictory", "does not meet", "cannot tell", "not asked"]
_YEAR = 12
#: So many people are named.
_NAMED = 6


@dataclass(frozen=True)
class JudgedPoint:
    """How a point stands, by which documents, and why not."""

    state: State
    documents: tuple[str, ...] = ()
    why: str = ""
    #: How many of what is asked for are there, where it is a number.
    counted: int | None = None


def sampled(system: System, data: Sequence[PeriodData], plans: Mapping[str, bool]) -> JudgedPoint:
    """Whether enough performance plans are in the sample, all of people the system covers, each there and final.

    `plans` says for each executive whose plan is in the folder whether it is final. Where none is there, they are kept
    elsewhere.
    """
    listed, covered = set(system.sampled_plans), system.covered
    if data:
        known = {person.person_id for person in data[-1].people}
        strangers = sorted(listed - known)
        if strangers:
            why = f"{', '.join(strangers)} are not in the roster {data[-1].period.roster}"
            return JudgedPoint("contradictory", why=why, counted=len(listed & known))
        covered = covered or len(known)
    drafts = sorted(who for who in listed if plans.get(who) is False)
    elsewhere = system.plans_elsewhere or not plans
    absent = [] if elsewhere else sorted(listed - set(plans))
    ready = len(listed) - len(drafts) - len(absent)
    if covered is None:
        return JudgedPoint(
            "cannot tell", why="give covered, the number of people the system covers, or a roster", counted=ready
        )
    needed = sample_size(covered, system.asked_on)
    short = f"{needed} plans are needed for {covered} people; {len(listed)} are listed"
    faults = [short] if len(listed) < needed else []
    faults += (
        [f"not in the folder: {first_of(absent, _NAMED)} (or set plans_elsewhere in certification.yaml to yes)"]
        if absent
        else []
    )
    faults += [f"drafts, with gaps to close: {first_of(drafts, _NAMED)}"] if drafts else []
    if faults:
        return JudgedPoint("missing", why="; ".join(faults), counted=ready)
    kept = ", kept outside the folder" if listed - set(plans) else ""
    return JudgedPoint("shown", (f"Sample list, {number_of(len(listed), 'plan')}{kept}",), counted=ready)


def rated(system: System, data: Sequence[PeriodData]) -> JudgedPoint:
    """Whether ratings and pay of the last periods are there, one period after the other, up to the request."""
    needed = int(figure("certification.documents.rating_periods", system.asked_on).value)
    faulty = next((period for period in data if errors(period.problems)), None)
    if faulty:
        first = errors(faulty.problems)[0]
        return JudgedPoint("contradictory", why=f"the rosters have problems, the first: {first.where} {first.reason}")
    given = [period for period in data if period.rated]
    if len(given) < needed:
        return JudgedPoint("missing", why=f"{needed} periods are needed; ratings of {len(given)} are given")
    for earlier, later in pairwise(given):
        if earlier.period.last + timedelta(days=1) != later.period.first:
            return JudgedPoint(
                "contradictory", why=f"the periods {earlier.period.name} and {later.period.name} are not consecutive"
            )
    last = given[-1].period.last
    if system.asked_on > add_months(last, _YEAR):
        return JudgedPoint(
            "stale", why=f"a year has passed since {last}, so another period has ended before the request"
        )
    return JudgedPoint("shown", tuple(f"Data tables, period {period.period.name}" for period in given))


def differentiated(system: System, data: Sequence[PeriodData]) -> JudgedPoint:
    """Whether the ratings of every period use more than one level, and one above fully successful."""
    if not data or len(data) < int(figure("certification.documents.rating_periods", system.asked_on).value):
        return JudgedPoint("missing", why="the rosters of two periods are needed")
    unrated = [period.period.name for period in data if not period.rated]
    if unrated:
        return JudgedPoint("cannot tell", why=f"ratings are not known for {', '.join(unrated)}")
    alike = [period.period.name for period in data if not period.distinguishes]
    if alike:
        return JudgedPoint("does not meet", why=f"ratings in {', '.join(alike)} use one level, or none above level 3")
    return JudgedPoint("shown", ("Data tables, ratings by level",))


def paid(system: System, data: Sequence[PeriodData]) -> JudgedPoint:
    """Whether adjustments and awards go with the ratings in every period; levels of pay are indicators."""
    if not data or len(data) < int(figure("certification.documents.rating_periods", system.asked_on).value):
        return JudgedPoint("missing", why="the rosters of two periods are needed")
    wrong = [f"{period.period.name}: {period.pay_fault}" for period in data if period.pay_follows is False]
    if wrong:
        why = f"adjustments and awards do not rise with the rating ({'; '.join(wrong)})"
        return JudgedPoint("does not meet", why=why)
    unknown = [
        f"{period.period.name}: {period.pay_unknown or 'nobody is rated'}"
        for period in data
        if period.pay_follows is None
    ]
    if unknown:
        return JudgedPoint("cannot tell", why="; ".join(unknown))
    return JudgedPoint("shown", ("Data tables, pay and awards by level",))


def _approved(entries: Sequence[EvidenceEntry], system: System, data: Sequence[PeriodData]) -> JudgedPoint | None:
    if system.approval != "none":
        return None
    return JudgedPoint("contradictory", why=f"{entries[0].document} is named, but approval is given as none")


def _scored(entries: Sequence[EvidenceEntry], system: System, data: Sequence[PeriodData]) -> JudgedPoint | None:
    return (
        None if system.assessment_score is not None else JudgedPoint("missing", why="assessment_score is not entered")
    )


def _counted(entries: Sequence[EvidenceEntry], system: System, data: Sequence[PeriodData]) -> JudgedPoint | None:
    return counted(system, data)


def counted(system: System, data: Sequence[PeriodData]) -> JudgedPoint | None:
    """That the roster of the last period holds another number of people than the system covers; None where it does not."""
    if not data or system.covered is None or system.covered == len(data[-1].people):
        return None
    last = data[-1]
    why = f"covered says {system.covered}, the roster {last.period.roster} has {number_of(len(last.people), 'person', 'people')}"
    if last.left_out:
        kind = "outside" if system.inspector_general else "of"
        why += f", with {last.left_out} {kind} Inspector General offices left out"
    return JudgedPoint("contradictory", why=why)


def _in_time(entries: Sequence[EvidenceEntry], system: System, data: Sequence[PeriodData]) -> JudgedPoint | None:
    """Assessment and guidelines: after the period ends and before the first rating is recommended."""
    if not data:
        return None
    end, first = data[-1].period.last, _ratings_begin(data[-1])
    if any(end < entry.dated and (first is None or entry.dated <= first) for entry in entries):
        return None
    until = f" and the first rating of {first}" if first else ""
    return JudgedPoint("contradictory", why=f"no document is dated between the end of the period, {end},{until}")


def _after_ratings(entries: Sequence[EvidenceEntry], system: System, data: Sequence[PeriodData]) -> JudgedPoint | None:
    """The certification of results: not before the last final rating."""
    last = data[-1].rating_dates[-1] if data and data[-1].rating_dates else None
    if last is None or any(entry.dated >= last for entry in entries):
        return None
    return JudgedPoint("stale", why=f"no document is dated on or after the last final rating of {last}")


def _ratings_begin(data: PeriodData) -> date | None:
    return data.period.ratings_begin or next(iter(data.rating_dates), None)


#: The point that rosters and plans decide together.
SAMPLE = "sample"
#: Points that the rosters decide alone.
FROM_ROSTERS: Mapping[str, Callable[[System, Sequence[PeriodData]], JudgedPoint]] = {
    "ratings": rated,
    "performance_differentiation.application": differentiated,
    "pay_differentiation.application": paid,
}
#: Points that need a document and something besides.
BESIDES: Mapping[str, Callable[[Sequence[EvidenceEntry], System, Sequence[PeriodData]], JudgedPoint | None]] = {
    "approval": _approved,
    "tool": _scored,
    "description": _counted,
    "assessments_guidelines.application": _in_time,
    "oversight.application": _after_ratings,
}
