"""A run-through by the clock: where one should be at a moment, and what to leave out to be back on time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from seskit.formats.counts import number_of
from seskit.forum import config
from seskit.forum.config import clock, sentence
from seskit.forum.papers import CUTS
from seskit.forum.resolved import ResolvedSession, ResolvedStep
from seskit.forum.shorter import in_order_of_cuts
from seskit.law.facts import FactError


def lines(lesson: ResolvedSession) -> list[str]:
    """The session step by step: when, how long, what, and whether it may go."""
    return [
        f"{clock(step.start):>10}  {step.minutes:>3} min  {CUTS[step.keep]:<10}  {step.title}" for step in lesson.steps
    ]


def cuts(lesson: ResolvedSession, late: int, after: int = 0) -> list[ResolvedStep]:
    """What to leave out, from the step `after` on, to win `late` minutes, or as many of them as can be won there."""
    won, chosen = 0, list[ResolvedStep]()
    for step in in_order_of_cuts(lesson.steps[after:]):
        if won < late:
            chosen.append(step)
            won += step.minutes
    return chosen


def caught_up(lessons: Sequence[ResolvedSession], late: int, step: int) -> Iterator[str]:
    """What to leave out to be on time again, in the session one is in and then in those that follow, in sentences."""
    for number, lesson in enumerate(lessons):
        if number:
            begins = clock(lesson.row.start + timedelta(minutes=late))
            yield f"{lesson.title} begins {number_of(late, 'minute')} late, at {sentence(begins)}"
        chosen = cuts(lesson, late, 0 if number else step - 1)
        yield from (f"  Leave out: {cut.title} ({number_of(cut.minutes, 'minute')})" for cut in chosen)
        if not chosen:
            yield "  There is nothing to leave out."
        late -= sum(cut.minutes for cut in chosen)
        if late <= 0:
            if number:
                yield f"From the end of {lesson.title} on you are on time."
            return
    yield f"{number_of(late, 'minute')} cannot be made up: shorten the exercises or a break, or end later."


def late_at(lesson: ResolvedSession, step: int, now: str) -> int:
    """How many minutes late one is who begins a step (counted from 1) at a time of day."""
    if not 1 <= step <= len(lesson.steps):
        raise FactError(f"'{lesson.title}' has steps 1 to {len(lesson.steps)}.")
    due = lesson.steps[step - 1].start
    midnight = datetime.combine(due.date(), datetime.min.time())
    at = min((midnight + one for one in config.times_of_day(now)), key=lambda one: abs(one - due))
    return int((at - due) / timedelta(minutes=1))
