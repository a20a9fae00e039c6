"""A run-through by the clock: where one should be at a moment, and what to leave out to be back on time."""

from __future__ import annotations

from datetime import datetime, timedelta

from seskit.forum import config
from seskit.forum.papers import CUTS
from seskit.forum.resolved import ResolvedSession, ResolvedStep
from seskit.law.facts import FactError


def lines(lesson: ResolvedSession) -> list[str]:
    """The session step by step: when, how long, what, and whether it may go."""
    return [
        f"{config.clock(step.start):>10}  {step.minutes:>3} min  {CUTS[step.keep]:<10}  {step.title}"
        for step in lesson.steps
    ]


def cuts(lesson: ResolvedSession, late: int, after: int = 0) -> list[ResolvedStep]:
    """What to leave out, from the step `after` on, to win `late` minutes: first what goes first, the latest of it before the rest."""
    won, chosen = 0, list[ResolvedStep]()
    for kept in ("could", "should"):
        for step in reversed(lesson.steps[after:]):
            if step.keep == kept and won < late:
                chosen.append(step)
                won += step.minutes
    if won < late:
        raise FactError(
            f"{late} minutes cannot be won: what may be left out of '{lesson.title}' from here takes {won}. "
            "Shorten the exercises, and tell the next presenter."
        )
    return chosen


def late_at(lesson: ResolvedSession, step: int, now: str) -> int:
    """How many minutes late one is who begins a step (counted from 1) at a time of day."""
    if not 1 <= step <= len(lesson.steps):
        raise FactError(f"'{lesson.title}' has steps 1 to {len(lesson.steps)}.")
    due = lesson.steps[step - 1].start
    at = datetime.combine(due.date(), datetime.min.time()) + config.time_of_day(now)
    return int((at - due) / timedelta(minutes=1))
