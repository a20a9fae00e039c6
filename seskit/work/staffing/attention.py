"""What needs attention about an agency's vacancies and probation, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from seskit.formats.two_ways import two_ways
from seskit.law.facts import FactError
from seskit.record import correspondence
from seskit.record.correspondence import Paper
from seskit.record.finding import Finding, Severity, of_problems
from seskit.record.problem import Problem
from seskit.record.staffing import tracker
from seskit.work import control
from seskit.work.appraisal.attention import of_actions
from seskit.work.appraisal.outcomes import outcomes
from seskit.work.staffing import after_ratings, board
from seskit.work.staffing.folder import StaffingWalk
from seskit.work.staffing.vacancy_status import Remark

_DAY = two_ways(
    "Give as_of in vacancy.yaml, or --as-of.",
    "Write the 'Day to look from' on the staffing page, or as_of under 'Fill in the other files', the vacancies.",
)
_COMPLETE, _DO_IT = "Complete the row.", "Record in its row what was done, or do it now."
_VACANCIES, _PROBATION = "1. Where every vacancy stands", "6. Probation"
_RATING = "4. Rating on the Executive Core Qualifications"
_MERIT = "5 CFR 317.501(c)"
_SEVERITY: dict[str, Severity] = {"overdue": "error", "barred": "block", "incomplete": "flag", "irregular": "flag"}


def of_vacancies(walk: StaffingWalk) -> list[Finding]:
    """The problems of the files, everything about a vacancy, and board records that cannot be signed yet."""
    found = of_problems(walk.problems, "staffing")
    return [*found, *(_remark(one, walk) for seen in walk.seen for one in seen.findings), *of_boards(walk)]


def of_boards(walk: StaffingWalk) -> Iterator[Finding]:
    """What a board must still do before it signs the record of a vacancy that it has rated."""
    for seen in walk.seen:
        vacancy = seen.vacancy
        if not vacancy.scores or (vacancy.ended_on and vacancy.ended_on <= walk.day):
            continue
        severity: Severity = "flag"
        try:
            left = list(board.record(walk.folder, vacancy).open)
        except FactError as failure:
            left, severity = [f"The scoring sheet cannot be used: {failure}"], "error"
        for text in left:
            yield Finding(
                "staffing", "board", severity, f"The board's record cannot be signed yet: {text}",
                "Complete it before the certificate is used.", _MERIT, vacancy.id, "vacancy.yaml",
                walk.folder.line(vacancy), day=walk.as_of, section=_RATING,
            )  # fmt: skip


def of_correspondence(papers: Sequence[Paper], problems: Sequence[Problem], on: date | None) -> list[Finding]:
    """Papers under control that need somebody: overdue, with no office or day, or answered with no outcome."""
    found = of_problems(problems, "staffing")
    if not papers:
        return found
    own = "the agency's own control of correspondence"
    if on is None:
        said = "There is no as-of date, so what is overdue cannot be determined."
        to_do = _DAY
        return [*found, Finding("staffing", "correspondence", "flag", said, to_do, own, file=correspondence.FILE)]
    for one in control.look(papers, on):
        if one.attention:
            severity: Severity = "error" if one.overdue else "flag"
            said = f"{one.paper.action or one.paper.subject or 'A paper'}: {one.state}."
            to_do = "Answer it, and record the day and what became of it." if one.overdue else "Complete its row."
            found.append(
                Finding(
                    "staffing", "correspondence", severity, said, to_do, own, one.paper.control or "",
                    correspondence.FILE, one.paper.row, day=on,
                )
            )  # fmt: skip
    return found


def _remark(one: Remark, walk: StaffingWalk) -> Finding:
    return Finding(
        "staffing", one.kind, _SEVERITY[one.kind], one.text, one.to_do, one.citation, one.vacancy,
        "vacancy.yaml", one.line, day=walk.as_of, confidence=one.doubt.confidence, other_reading=one.doubt.other,
        section=_VACANCIES,
    )  # fmt: skip


def of_probation(walk: StaffingWalk) -> list[Finding]:
    """What was due in probation and is not done, and what cannot be determined of someone's probation."""
    found = of_problems(walk.tracker.problems, "staffing")
    if walk.as_of is None:
        if walk.tracker.is_there:
            said = "There is no as-of date, so probation cannot be followed."
            found.append(Finding("staffing", "probation", "flag", said, _DAY,
                                 file=tracker.FILE, section=_PROBATION))  # fmt: skip
        return found
    for one in walk.tracked:
        sure, other = one.doubt.confidence, one.doubt.other
        if one.last_day is None:
            said = f"The last day of probation cannot be determined. {'; '.join(one.missing)}".strip()
            found.append(
                _due(walk, one.person_id, one.row, "flag", said, _COMPLETE, "5 CFR 317.503", "cannot tell", "")
            )
        for due in one.due:
            if not due.done and due.by < walk.as_of:
                said = f"Overdue: {due.what} by {due.by}{', set by law' if due.by_law else ', a day for planning'}."
                law = "5 CFR 317.503" if due.by_law else "the agency's own plan; the law sets no day"
                severity: Severity = "error" if due.by_law else "flag"
                found.append(_due(walk, one.person_id, one.row, severity, said, _DO_IT, law, sure, other))
    return found


def _due(
    walk: StaffingWalk, who: str, row: int, severity: Severity, said: str, what: str, law: str, confidence: str, other: str
) -> Finding:  # fmt: skip
    return Finding(
        "staffing", "probation", severity, said, what, law, who, tracker.FILE, row, day=walk.as_of,
        confidence=confidence, other_reading=other, section=_PROBATION,
    )  # fmt: skip


def of_moves(walk: StaffingWalk) -> list[Finding]:
    """The moves that ratings require, as the list has them under the appraisal year; why there are none to tell."""
    found = of_problems(walk.rated_in.problems, "appraisal")
    why = after_ratings.absent(walk.rated_in, walk.as_of) if walk.as_of else "There is no as-of date."
    if why or walk.as_of is None:
        to_do = "Complete the files of the appraisal year, or give a later day."
        return [*found, Finding("staffing", "moves", "flag", why, to_do, section=_PROBATION)]
    return [*found, *of_actions(outcomes(walk.rated_in, walk.as_of), walk.as_of)]
