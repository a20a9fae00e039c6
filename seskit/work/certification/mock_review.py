"""The dress rehearsal: the decision rehearsed from an agency's own evidence, and the least that would change it.

Always a rehearsal, never a decision. What is not in the index counts as not sent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seskit.law import parameters
from seskit.law.certification.checklist import sample_size
from seskit.law.certification.criteria import CRITERIA
from seskit.law.certification.rehearsal import OMB_ASSUMED, OMB_CONCURS, assess
from seskit.law.result import Result
from seskit.record.certification import evidence_index
from seskit.record.certification.evidence_index import Index, System
from seskit.record.checked_yaml import Read
from seskit.record.problem import Problem
from seskit.work.certification import evidence, ratings
from seskit.work.certification.evidence import Point
from seskit.work.certification.ratings import PeriodData

Facts = dict[str, Any]
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
    result: Result
    changes: tuple[Change, ...]

    @property
    def grade(self) -> str | None:
        """Full, provisional, none, incomplete, pending; None where it cannot be told."""
        found: str | None = self.result.answer["grade"]
        return found

    @property
    def open(self) -> tuple[Point, ...]:
        """The points still missing, stale or contradictory."""
        return tuple(point for point in self.points if point.open)

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
    return evidence_index.read(Path(folder))


def outcome_with(found: Rehearsal, steps: Sequence[str]) -> str | None:
    """The grade if these steps were taken, asked again; the steps are named as in `possible_steps`."""
    return _asked(found.system, found.facts, steps, _steps(found.system, found.facts))


def possible_steps(found: Rehearsal) -> tuple[str, ...]:
    """Everything open that the agency can mend."""
    return tuple(_steps(found.system, found.facts))


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
    points = evidence.weigh(system, data, line)
    problems = [problem for period in data for problem in period.problems]
    problems += evidence.problems(points, system, line)
    facts = facts_of(system, data, points)
    result = assess(system.decision_on, **facts)
    if system.omb_concurs is None:
        reasons = tuple(OMB_ASSUMED if reason == OMB_CONCURS else reason for reason in result.reasons)
        result = replace(result, reasons=reasons, cautions=(*result.cautions, OMB_ASSUMED.text))
    return Rehearsal(system, data, points, tuple(problems), facts, result, _changes(system, facts, result))


def facts_of(system: System, data: Sequence[PeriodData], points: Sequence[Point]) -> Facts:
    """The facts of the rehearsal; what is not shown counts as not there."""
    state = {point.role: point.state for point in points}
    shown = {role for role, how in state.items() if how == "shown"}
    verified = bool(system.basic_system) and not any(point.open for point in points if point.role == "document")
    stated = {
        fact: role in shown if role in state else None
        for fact, role in (("system_described", "description"), ("guidance_sent", "guidance"),
                           ("ratings_reviewed", "review"))
    }  # fmt: skip
    approved = state.get("approval", "shown") == "shown"
    modal = data[-1].modal_level if data else None
    more = [point for point in points if point.role in ("more", "document")]
    known = {person.person_id for person in data[-1].people} if data else set()
    return {
        **stated,
        "group": system.group,
        "requested": system.requested,
        "signed": "letter" in shown,
        "system_approved": approved and system.approval == "approved",
        "approval_requested": approved and system.approval == "requested",
        "levels_used": sorted(system.levels) if state.get("levels", "shown") == "shown" else None,
        "design_met": list(CRITERIA) if verified else [key for key in CRITERIA if f"{key}.design" in shown],
        "design_flawed": [key for key in CRITERIA if state.get(f"{key}.design") == "does not meet"],
        "application_met": list(CRITERIA) if verified else [key for key in CRITERIA if f"{key}.application" in shown],
        "rating_periods": len(data) if verified or "ratings" in shown else 0,
        "more_supplied": not any(point.open for point in more) if more else None,
        "covered": len(known) or system.covered,
        "plans_submitted": len(set(system.sampled_plans) & known),
        "paat_score": system.assessment_score if state.get("tool", "shown") == "shown" else None,
        "modal_rating": modal,
        "modal_justified": (system.modal_reason_accepted or False) if modal == 5 else None,
        "basic_system": system.basic_system,
        "held": system.held,
        "held_until": system.held_until,
        "data_review_satisfactory": system.data_review_satisfactory,
        "branch": system.branch,
        "inspector_general": system.inspector_general,
        "own_request": True if system.inspector_general else None,
        "omb_concurs": True if system.omb_concurs is None else system.omb_concurs,
    }


def _changes(system: System, facts: Facts, result: Result) -> tuple[Change, ...]:
    """For each better outcome that can be reached, the steps none of which can be left out."""
    steps = _steps(system, facts)
    now = result.answer["grade"]
    found: list[Change] = []
    for target in ("provisional", "full"):
        if _ORDER.index(target) <= _ORDER.index(now):
            continue
        needed = list(steps)
        if not _reaches(system, facts, needed, steps, target):
            continue
        for name in steps:
            without = [other for other in needed if other != name]
            if _reaches(system, facts, without, steps, target):
                needed = without
        reached = _asked(system, facts, needed, steps)
        if reached == target:
            found.append(Change(target, tuple(needed)))
    return tuple(found)


def _reaches(system: System, facts: Facts, names: Sequence[str], steps: Mapping[str, Facts], target: str) -> bool:
    return _ORDER.index(_asked(system, facts, names, steps)) >= _ORDER.index(target)


def _asked(system: System, facts: Facts, names: Sequence[str], steps: Mapping[str, Facts]) -> str | None:
    changed = dict(facts)
    for name in names:
        for fact, value in steps[name].items():
            changed[fact] = _merged(changed[fact], value) if fact in ("design_met", "application_met") else value
    mended = set(changed["design_met"]) - set(facts["design_met"])
    changed["design_flawed"] = [key for key in facts["design_flawed"] if key not in mended]
    grade: str | None = assess(system.decision_on, **changed).answer["grade"]
    return grade


def _merged(kept: Sequence[str], added: Sequence[str]) -> list[str]:
    return [key for key in CRITERIA if key in kept or key in added]


def _steps(system: System, facts: Facts) -> dict[str, Facts]:
    """Everything open that an agency can mend, in words, and the facts as they would then be."""
    rule = parameters.recorded(f"certification.levels.{system.group}", system.decision_on)
    score = parameters.recorded("certification.scores.full", system.decision_on)
    periods = parameters.recorded("certification.documents.rating_periods", system.decision_on)
    needed = sample_size(facts["covered"] or 0, system.asked_on)
    possible: list[tuple[bool, str, Facts]] = [
        (not facts["signed"], "name the signed letter of request (item 1)", {"signed": True}),
        (not facts["system_approved"] and not facts["approval_requested"],
         "name OPM's approval of the system, or the request for it (item 2)", {"system_approved": True}),
        (facts["system_described"] is False, "describe the system and its coverage (item 3)",
         {"system_described": True}),
        (facts["guidance_sent"] is False, "name the instructions and guidance (item 4)", {"guidance_sent": True}),
        (rule is not None and not set(rule.value["required"]) <= set(facts["levels_used"] or ()),
         "show the summary levels the group needs (item 5)",
         {"levels_used": sorted(rule.value["required"]) if rule else None}),
        *((key not in facts["design_met"], f"show the design of {_plain(key)}", {"design_met": [key]})
          for key in CRITERIA),
        *((key not in facts["application_met"], f"show the application of {_plain(key)}", {"application_met": [key]})
          for key in CRITERIA),
        (facts["plans_submitted"] < needed, f"send {needed} performance plans (item 15)", {"plans_submitted": needed}),
        (periods is not None and facts["rating_periods"] < int(periods.value),
         "give the rosters of two appraisal periods (item 16)",
         {"rating_periods": int(periods.value) if periods else 0}),
        (facts["more_supplied"] is False, "supply what else was asked for (item 17)", {"more_supplied": True}),
        (facts["ratings_reviewed"] is False, "name the process for reviewing ratings (item 18)",
         {"ratings_reviewed": True}),
        (score is not None and (facts["paat_score"] or 0) < int(score.value),
         f"score {score.value if score else 0} points with the assessment tool",
         {"paat_score": int(score.value) if score else None}),
        (facts["modal_justified"] is False, "justify the most common rating of level 5", {"modal_justified": True}),
        (facts["omb_concurs"] is False, "win OMB's concurrence", {"omb_concurs": True}),
    ]  # fmt: skip
    return {words: change for stands_open, words, change in possible if stands_open}


def _plain(key: str) -> str:
    return f"{key.replace('_', ' ')} (criterion {CRITERIA.index(key) + 1})"
