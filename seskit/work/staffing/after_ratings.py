"""The moves that ratings call for: reassignment, removal, placement, with the first day that notice and bars allow.

The ratings are those of the roster and its history, judged by `appraisal`; nothing is entered here again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from seskit.record.appraisal.year_record.files import Files
from seskit.work.appraisal.outcomes import READERS, outcomes


@dataclass(frozen=True)
class MoveAfterRating:
    """One move of an executive that the ratings require, permit or bar."""

    person_id: str
    component: str
    force: str
    what: str
    earliest: date | None
    notice: str
    authority: str


def absent(files: Files, as_of: date) -> str:
    """Why nothing can be said about moves; empty where it can."""
    if not files.usable:
        return files.missing or f"The appraisal year cannot be read: {files.problems[0]}"
    last = max(files.ends.values())
    return f"The appraisal period ends on {last}, after {as_of}." if as_of < last else ""


def moves(files: Files, as_of: date) -> list[MoveAfterRating]:
    """Every move of those whose ratings call for one, as of a day."""
    if absent(files, as_of):
        return []
    return [
        MoveAfterRating(
            one.person.person_id or "", one.person.component or "", action.force, action.what, action.earliest,
            action.notice, action.authority,
        )
        for one in outcomes(files, as_of)
        if one.consequences.answer.required is not False
        for action in one.actions
        if READERS[action.kind] == "staffing" or action.kind == "question"
    ]  # fmt: skip
