"""Correspondence under control: what is due, overdue, answered late, or without an office that acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from seskit.formats.counts import number_of
from seskit.record.correspondence import Paper


@dataclass(frozen=True)
class Controlled:
    """One paper and how it stands on a day."""

    paper: Paper
    state: str
    attention: bool
    overdue: bool = False


def look(papers: Sequence[Paper], on: date) -> list[Controlled]:
    """Every paper as it stands, what needs attention first and the next due day before later ones."""
    made = [_one(paper, on) for paper in papers]
    return sorted(made, key=lambda one: (not one.attention, one.paper.due_on or date.max, one.paper.control or ""))


def _one(paper: Paper, on: date) -> Controlled:
    due, answered = paper.due_on, paper.answered_on
    if answered and answered <= on:
        late = due is not None and answered > due
        said = f"answered {number_of((answered - due).days, 'day')} late" if late and due else "answered"
        return Controlled(paper, said if paper.outcome else f"{said}; the outcome is not recorded", not paper.outcome)
    if not paper.action_office:
        passed = due is not None and due < on
        return Controlled(paper, f"no action office{', overdue' if passed else ''}", True, passed)
    if due is None:
        return Controlled(paper, "open, no due date", True)
    left = (due - on).days
    late = left < 0
    coming = f"due in {number_of(left, 'day')}" if left else "due today"
    return Controlled(paper, f"overdue by {number_of(-left, 'day')}" if late else coming, late, late)
