"""What needs attention about a request for certification, as findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from seskit.formats.keyed import key_of
from seskit.law.cautions import SCREENING
from seskit.record.certification.evidence_index import FILE
from seskit.record.finding import CEILING, Finding, Severity, of_problem, of_problems
from seskit.record.problem import Problem
from seskit.work.certification import mock_review
from seskit.work.certification.mock_review import Rehearsal

_SUBMISSION, _DISTINCTIONS = "5 CFR 430.405(b)", "5 CFR 430.404(a)(8), (9)"
_EVIDENCE, _ROSTERS, _DECISION = (
    "2. The criteria and the evidence",
    "3. What the rosters show",
    "4. The dress rehearsal",
)


def of_folder(place: str | Path) -> list[Finding]:
    """The findings of every system of the evidence index; its problems where it cannot be used."""
    read = mock_review.read(place)
    if read.record is None:
        return of_problems(read.problems, "certification")
    systems = [mock_review.of_system(Path(place), read, system) for system in read.record.systems]
    return [one for found in systems for one in (*of_check(found), *of_rehearsal(found))]


def of_check(found: Rehearsal) -> list[Finding]:
    """The ceiling where it binds, and everything missing, stale or contradictory."""
    ceilings = [one.finding for one in found.ceilings]
    law = {point.label: point.citation for point in found.points}
    return ceilings + [_finding(problem, law) for problem in found.problems if problem.check != CEILING]


def _finding(problem: Problem, law: Mapping[str, str]) -> Finding:
    """A problem of the index or a roster; what a point of the checklist lacks begins with how it is."""
    one = of_problem(problem, "certification", section=_EVIDENCE)
    if problem.file != FILE:
        return one
    return replace(one, rule="evidence", authority=law.get(problem.column or "", _SUBMISSION))


def of_rehearsal(found: Rehearsal) -> list[Finding]:
    """The ceiling where it binds, the rehearsed decision where it is not what is asked for, and what OPM looks at besides."""
    about, steps = found.system.id, found.changes[0].steps if found.changes else ()
    day, result = found.system.decision_on, found.result
    listed = [one.finding for one in found.ceilings]
    listed += [
        Finding(
            "certification",
            "indicator",
            "indicator",
            said,
            authority=_DISTINCTIONS,
            about=about,
            day=day,
            confidence="design",
            section=_ROSTERS,
        )
        for period in found.data
        if period.indicators
        for said in period.indicators.cautions
        if key_of(said) != SCREENING
    ]
    if found.grade == found.system.requested:
        return listed
    to_do = f"To {found.changes[0].to} certification: {'; '.join(steps)}." if steps else "Complete the request."
    authority = "; ".join(dict.fromkeys(reason.citation for reason in result.reasons if reason.outcome == "not met"))
    severity: Severity = "flag" if found.grade is None else "block"
    decision = Finding(
        "certification", "rehearsal", severity, f"Asked for {found.system.requested} certification. {result.says}", to_do,
        authority, about, day=day, confidence=result.confidence, section=_DECISION,
    )  # fmt: skip
    return [decision, *listed]
