"""The dress rehearsal: the decision rehearsed from an agency's own evidence, and the least that would change it.

Always a rehearsal, never a decision. What is not in the index counts as not sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from seskit.law import parameters
from seskit.law.certification.checklist import sample_size
from seskit.law.certification.criteria import CRITERIA
from seskit.law.certification.rehearsal import OMB_ASSUMED, OMB_CONCURS, RehearsedDecision, assess, says
from seskit.law.result import Result
from seskit.record.agency_folder import AgencyFolder
from seskit.record.certification import evidence_index
from seskit.record.certification.evidence_index import Index, System
from seskit.record.checked_yaml import Read
from seskit.record.finding import CEILING
from seskit.record.problem import Problem, errors
from seskit.work.appraisal import ceiling as ceilings
from seskit.work.appraisal.ceiling import Ceiling
from seskit.work.appraisal.plan_document.check import check
from seskit.work.certification import evidence, ratings
from seskit.work.certification.as_agency_says import disagreement
from seskit.work.certification.evidence import Point
from seskit.work.certification.evidence_from_rosters import SAMPLE
from seskit.work.certification.ratings import PeriodData

Facts = dict[str, Any]
#: What is sent besides the system and its criteria, each of which leaves the package incomplete while it is open.
PAPERS = ("more", "document", "tool")
_ORDER: tuple[str | None, ...] = (None, "none", "incomplete", "pending", "provisional", "full")


@dataclass(frozen=True)
class Change:
    """A better outcome and the least that leads to it, asked again with every one of them."""

    to: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsal:
    """One system's request: its evidence, what the rosters show, the rehearsed decision and what would change it."""

    system: System
    data: tuple[PeriodData, ...]
    points: tuple[Point, ...]
    problems: tuple[Problem, ...]
    facts: Facts
    result: Result[RehearsedDecision]
    changes: tuple[Change, ...]
    #: The ceiling on Levels 4 and 5 where it binds, which is said first.
    ceilings: tuple[Ceiling, ...]

    @property
    def grade(self) -> str | None:
        """Full, provisional, none, incomplete, pending; None where it cannot be determined."""
        found: str | None = self.result.answer.grade
        return found

    @property
    def open(self) -> tuple[Point, ...]:
        """The points still missing, stale or contradictory."""
        return tuple(point for point in self.points if point.open)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the rosters were read."""
        return tuple(note for period in self.data for note in period.notes)

    @property
    def final(self) -> bool:
        """Whether nothing stands in the way of sending the request."""
        return not self.open and not any(problem.severity == "error" for problem in self.problems)


def rehearse(folder: str | Path, system_id: str | None = None) -> Rehearsal:
    """Rehearse the decision on one system of an agency's folder; raises NoIndex where the index cannot be used."""
    found = read(folder)
    if found.record is None:
        raise NoIndex(found.problems)
    return of_system(Path(folder), found, found.record.system(system_id))


def read(folder: str | Path) -> Read[Index]:
    """The evidence index of an agency's folder, or the problems that stand in the way."""
    place = AgencyFolder(Path(folder))
    return place.evidence or evidence_index.read(place.path)


class NoIndex(ValueError):
    """There is no usable evidence index; `problems` says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems, and say them in one text."""
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def of_system(folder: Path, found: Read[Index], system: System) -> Rehearsal:
    """Rehearse one system of an index that has been read."""
    place = found.record.systems.index(system) if found.record else 0

    def line(entry: int | None) -> int | None:
        path: tuple[str | int, ...] = ("systems", place, "evidence")
        return found.line(*path) if entry is None else found.line(*path, entry)

    data = ratings.read_periods(folder, system)
    points = evidence.weigh(system, data, _kept(folder, system), line)
    problems = [problem for period in data for problem in period.problems]
    problems += evidence.problems(points, system, data, line)
    problems += disagreement(AgencyFolder(folder).agency, system)
    facts = facts_of(system, data, points)
    result = assess(system.decision_on, **facts)
    if system.omb_concurs is None:
        assumed = (OMB_CONCURS.text, OMB_CONCURS.citation)
        reasons = tuple(
            OMB_ASSUMED if (reason.text, reason.citation) == assumed else reason for reason in result.reasons
        )
        result = replace(result, reasons=reasons, cautions=(*result.cautions, OMB_ASSUMED.text))
    changes = AskedAgain(system, data, points).changes(result.answer.grade)
    if changes:
        least, answer = list(changes[0].steps), result.answer
        said = says(answer.grade, answer.last_day, answer.if_omb_concurs, least)
        result = replace(result, answer=answer.but(would_change=least), says=said)
    found_ceilings = _ceilings(system, data)
    for ceiling in reversed(found_ceilings):
        said = f"Levels 4 and 5 in {data[-1].period.name}: {ceiling.sentence}"
        result = replace(result, cautions=(said, *result.cautions))
        if ceiling.over:
            problems.insert(0, _over(said.rstrip("."), data[-1].period.roster))
    return Rehearsal(system, data, points, tuple(problems), facts, result, changes, found_ceilings)


def _ceilings(system: System, data: Sequence[PeriodData]) -> tuple[Ceiling, ...]:
    """What the ceiling on Levels 4 and 5 says of the last period, where it covers the agency."""
    if system.group != "SES" or not data:
        return ()
    return ceilings.binding(data[-1].people, data[-1].period.last, inspector_general=system.inspector_general)


def _over(said: str, roster: str) -> Problem:
    fix = "Bring the ratings within the ceiling, or name the President's waiver to OPM."
    return Problem(None, "rating", "", said, fix, "warning", roster, CEILING)


def facts_of(system: System, data: Sequence[PeriodData], points: Sequence[Point]) -> Facts:
    """The facts of the rehearsal; what is not shown counts as not there."""
    state = {point.role: point.state for point in points}
    shown = {role for role, how in state.items() if how == "shown"}
    design = _met(system, data, points, "design")
    application = _met(system, data, points, "application")
    stated = {
        fact: role in shown if role in state else None
        for fact, role in (("system_described", "description"), ("guidance_sent", "guidance"),
                           ("ratings_reviewed", "review"), ("approval_shown", "approval"), ("levels_shown", "levels"))
    }  # fmt: skip
    denied = state.get("approval") in ("does not meet", "contradictory")
    modal = data[-1].modal_level if data else None
    more = [point for point in points if point.role in PAPERS]
    covered = system.covered or (len(data[-1].people) if data else None)
    wanted = parameters.recorded("certification.documents.rating_periods", system.decision_on)
    limit = parameters.recorded("certification.levels.modal_needing_reason", system.decision_on)
    return {
        **stated,
        "group": system.group,
        "requested": system.requested,
        "signed": "letter" in shown if "letter" in state or not evidence.short_list(system) else None,
        "system_approved": system.approval == "approved" and not denied,
        "approval_requested": system.approval == "requested" and not denied,
        "levels_used": sorted(system.levels),
        "design_met": design,
        "design_flawed": [key for key in CRITERIA if state.get(f"{key}.design") == "does not meet"],
        "application_met": application,
        "application_flawed": [key for key in CRITERIA if state.get(f"{key}.application") == "does not meet"],
        "rating_periods": _periods(data, state.get("ratings"), int(wanted.value) if wanted else 0),
        "more_supplied": not any(point.open for point in more) if more else None,
        "covered": covered,
        "plans_submitted": _plans(system, points, covered),
        "paat_score": system.assessment_score,
        "modal_rating": modal,
        "modal_justified": (system.modal_reason_accepted or False)
        if modal and limit and modal >= limit.value
        else None,
        "basic_system": system.basic_system,
        "held": system.holds,
        "held_until": None if system.lapsed else system.held_until,
        "data_review_satisfactory": system.data_review_satisfactory,
        "branch": system.branch,
        "inspector_general": system.inspector_general,
        "own_request": True if system.inspector_general else None,
        "omb_concurs": True if system.omb_concurs is None else system.omb_concurs,
    }


def _met(system: System, data: Sequence[PeriodData], points: Sequence[Point], aspect: str) -> list[str]:
    """The criteria shown; where the list asks for none, by what it asks for, and while that is open by their own documents."""
    state = {point.role: point.state for point in points}
    short = evidence.without_criteria(points)
    verified = short and not any(point.open for point in points if point.role == "document")

    def stands(role: str) -> bool:
        how = state.get(role)
        if how is None and short:
            return verified or evidence.off_list(role, system, data).state == "shown"
        return how == "shown"

    return [key for key in CRITERIA if stands(f"{key}.{aspect}")]


def _periods(data: Sequence[PeriodData], ratings: str | None, wanted: int) -> int:
    """The periods whose ratings and pay can be used; fewer than wanted while the check finds a fault in them."""
    usable = sum(1 for period in data if period.rated and not errors(period.problems))
    if ratings is None:
        return usable
    return max(usable, wanted) if ratings == "shown" else min(usable, wanted - 1)


def _kept(folder: Path, system: System) -> dict[str, bool]:
    """Whether each sampled plan that is in the folder is final; nothing is read where no plan is listed."""
    if not system.sampled_plans:
        return {}
    opened = [one for one in AgencyFolder(folder).written_plans if one.plan]
    return {one.plan.executive: check(one).complete for one in opened if one.plan}


def _plans(system: System, points: Sequence[Point], covered: int | None) -> int | None:
    """The plans of the sample that are there and final; enough where the check says so, not asked where the list asks for none."""
    sample = next((point for point in points if point.role == SAMPLE), None)
    if sample is None:
        return None
    counted = sample.counted or 0
    return max(counted, sample_size(covered or 0, system.asked_on)) if sample.state == "shown" else counted


@dataclass(frozen=True)
class _Step:
    """One thing the agency can correct: the point it shows, and the facts it changes besides."""

    shows: int | None
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class AskedAgain:
    """A request asked again with some of its open points shown."""

    system: System
    data: Sequence[PeriodData]
    points: tuple[Point, ...]

    @cached_property
    def steps(self) -> dict[str, _Step]:
        """Every open point of the check, and what no document shows, in words."""
        found: dict[str, _Step] = {}
        for place, point in enumerate(self.points):
            if point.open and point.role == "sample" and (covered := self._covered):
                found[f"send {sample_size(covered, self.system.asked_on)} performance plans (item 15)"] = _Step(place)
            elif point.open and point.role != "tool":
                found[_in_words(point)] = _Step(place, _besides(point, self.system))
        return {**found, **self._beyond_points()}

    @property
    def _covered(self) -> int | None:
        """The number of people the system covers, as stated or as the roster shows."""
        return self.system.covered or (len(self.data[-1].people) if self.data else None)

    def _beyond_points(self) -> dict[str, _Step]:
        system, now = self.system, facts_of(self.system, self.data, self.points)
        found: dict[str, _Step] = {}
        rule = parameters.recorded(f"certification.levels.{system.group}", system.decision_on)
        shown = {point.role for point in self.points if not point.open}
        if rule and "levels" in shown and not set(rule.value["required"]) <= set(system.levels):
            change = (("levels_used", sorted(rule.value["required"])),)
            found["give the system the summary levels the group needs (item 5)"] = _Step(None, change)
        if "approval" in shown and not now["system_approved"] and not now["approval_requested"]:
            found["obtain or ask for OPM's approval of the system (item 2)"] = _Step(None, (("system_approved", True),))
        found |= self._scores(now["paat_score"])
        if now["modal_justified"] is False:
            found["justify the most common rating of level 5"] = _Step(None, (("modal_justified", True),))
        if now["omb_concurs"] is False:
            found["obtain OMB's concurrence"] = _Step(None, (("omb_concurs", True),))
        return found

    def _scores(self, score: int | None) -> dict[str, _Step]:
        """The score each grade needs, where the request goes with the assessment tool."""
        tool = next((n for n, point in enumerate(self.points) if point.role == "tool"), None)
        if tool is None:
            return {}
        open_point = tool if self.points[tool].open else None
        entered = self.system.assessment_score
        found = {}
        for grade in ("provisional", "full")[: 1 if self.system.requested == "provisional" else 2]:
            needed = parameters.recorded(f"certification.scores.{grade}", self.system.decision_on)
            if needed is None:
                continue
            if entered is not None and entered >= int(needed.value):
                if open_point is not None:
                    found[_in_words(self.points[tool])] = _Step(tool, (("paat_score", entered),))
            elif score is None or score < int(needed.value):
                words = f"score {needed.value} points with the assessment tool"
                found[words] = _Step(open_point, (("paat_score", int(needed.value)),))
        return found

    def grade(self, names: Sequence[str]) -> str | None:
        """The grade with these steps taken."""
        taken = [self.steps[name] for name in names]
        shown = {step.shows for step in taken}
        points = [replace(point, state="shown") if n in shown else point for n, point in enumerate(self.points)]
        facts = facts_of(self.system, self.data, points)
        for name, value in (change for step in taken for change in step.facts):
            facts[name] = max(facts[name] or 0, value) if name == "paat_score" else value
        found: str | None = assess(self.system.decision_on, **facts).answer.grade
        return found

    def changes(self, now: str | None) -> tuple[Change, ...]:
        """For each better outcome that can be reached, the shortest list of steps that leads to it."""
        found = []
        for target in ("provisional", "full"):
            if _ORDER.index(target) > _ORDER.index(now):
                needed = self._shortest(target)
                if needed is not None and self.grade(needed) == target:
                    found.append(Change(target, needed))
        return tuple(found)

    def _shortest(self, target: str) -> tuple[str, ...] | None:
        """The fewest steps that reach a grade: those that cannot be left out, and as few of the others as will do."""

        def reaches(names: Sequence[str]) -> bool:
            return _ORDER.index(self.grade(names)) >= _ORDER.index(target)

        every = tuple(self.steps)
        if not reaches(every):
            return None
        bound = [name for name in every if not reaches([other for other in every if other != name])]
        free = [name for name in every if name not in bound]
        for size in range(len(free) + 1):
            for some in combinations(free, size):
                chosen = tuple(name for name in every if name in bound or name in some)
                if reaches(chosen):
                    return chosen
        return None


def _in_words(point: Point) -> str:
    """What to do about an open point of the check."""
    if point.role == "sample":
        return "say how many people the system covers, and list the performance plans (item 15)"
    if point.role == "ratings":
        return "give the rosters of two appraisal periods (item 16)"
    item = f"item {point.number}" if point.number else "the request"
    said = f"{point.requirement[0].lower()}{point.requirement[1:]}{f', {point.aspect}' if point.aspect else ''}"
    verb = "name" if point.state == "missing" else "correct"
    return f"{verb} what shows {item}: {said}"


def _besides(point: Point, system: System) -> tuple[tuple[str, Any], ...]:
    """The facts that change together with a point that is shown."""
    if point.role == "approval" and system.approval == "none":
        return (("system_approved", True),)
    rule = parameters.recorded(f"certification.levels.{system.group}", system.decision_on)
    if point.role == "levels" and rule and not set(rule.value["required"]) <= set(system.levels):
        return (("levels_used", sorted(rule.value["required"])),)
    return ()
