"""What makes a session teachable, looked for in the session as it will be shown: aims met, slides worth looking at, talks long enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from seskit.formats.counts import number_of
from seskit.formats.documents import powerpoint
from seskit.forum.resolved import NO_TEXT, ResolvedSession, ResolvedStep

#: Words to say in a minute of teaching, at least: about a hundred.
SPOKEN = 97
_LIST = re.compile(r"^\s*(?:-|\w{1,2}\.)\s+")
_HALF = 0.5
_RULE = re.compile(r"[-:]+")
_PICTURE = re.compile(r"(?m)^!\[")
_CELL = re.compile(r"(?<!\\)\|")
#: How a title names a topic, whatever verb it holds.
_TOPIC = re.compile(
    r"(?:questions (?:on|about)|before we|welcome$|thank you$|overview|introduction|background)", re.IGNORECASE
)
#: How a title says something rather than naming it: a word that is or does.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|may|must|can|needs?|has|have|does|do|did|will|comes?|goes|go|gives?|gets?|begins?|ends?|starts?|stops?|"
    r"says?|shows?|asks?|takes?|makes?|makes|lasts?|counts?|changed?|changes|decides?|rests?|follows?|gave|rise|rises|sets?|keeps?|"
    r"moves?|raises?|sends?|replaces?|replaced|looks?|weighs?|leads?|runs?|depends?|deserves?|earns?|pays?|serves?|allows?|use|uses|lead|"
    r"turns?|costs?|tells?|reads?|opens?|closes?|judges?|fits?|misleads?|matters?|becomes?|belongs?|stays?|works?|explains?|places?|holds?|needs|adds?|beats?|joins?|carries|carry|passes|helps?|expires?|"
    r"write|choose|plan|know|find|compute|decide|draw|would|did|think|depends|comes|means|tell|bring|borrow|count|check|send|see|tell|pick|swap|thank|welcome|leave)\b",
    re.IGNORECASE,
)


def faults(lesson: ResolvedSession) -> Iterator[str]:
    """What a session lacks, a sentence each."""
    yield from _aims(lesson)
    yield from _slides(lesson)
    yield from _minutes(lesson)
    for step in lesson.steps:
        yield from _said(step, minutes_taught(lesson, step))


def _aims(lesson: ResolvedSession) -> Iterator[str]:
    """Each aim has a slide, a task after it, and a question of the check."""
    for number, aim in enumerate(lesson.objectives, 1):
        slides = [place for place, step in enumerate(lesson.steps) if number in step.aims and not step.task]
        tasks = [place for place, step in enumerate(lesson.steps) if number in step.aims and step.task]
        if not slides:
            yield f"objective {number} ('{aim}') has no slide"
        if not tasks:
            yield f"objective {number} ('{aim}') has no exercise"
        if slides and tasks and min(tasks) < min(slides):
            yield f"objective {number} ('{aim}') is asked before it is taught"
        if not any(check.aim == number for check in lesson.checks):
            yield f"objective {number} ('{aim}') has no question in the check"


def _slides(lesson: ResolvedSession) -> Iterator[str]:
    """No bare bullets twice in a row, nothing half empty that does not ask, titles that say something."""
    shown = [("After this session you can", True), *((step.title, bare(step)) for step in lesson.steps)]
    for (_, before), (title, now) in pairwise(shown):
        if before and now:
            yield f"'{title}' is the second slide of bare bullets in a row"
    if powerpoint.filled(lesson.objectives) < _HALF:
        yield "the slide of objectives is half empty; say more of what one can do after it"
    for step in lesson.steps:
        lines = text_of(step)
        if has_picture(step) and lines:
            yield f"'{step.title}' has words beside its picture or table; say them in the notes, or make two slides of it"
        if _PICTURE.search(step.body) and not step.task and not step.cited:
            yield f"the picture of '{step.title}' names nothing that it rests on"
        yield from _table(step)
        told = not step.task and lines and not has_picture(step) and not asks_the_room(step)
        if told and powerpoint.filled(lines) < _HALF:
            yield f"'{step.title}' is half empty; add to it, draw it, or ask one question"
        if not step.task and "?" not in step.title and (not _SAYS.search(step.title) or _TOPIC.match(step.title)):
            yield f"the title '{step.title}' names a topic; let it say the point"


def _table(step: ResolvedStep) -> Iterator[str]:
    """A table is read from afar, and takes the slide."""
    rows = cells(step.body)
    if not rows:
        return
    if any(not cell for row in rows for cell in row):
        yield f"the table of '{step.title}' has an empty cell; say what belongs in it, or make rows of it"
    sources = step.sources
    size = powerpoint.type_of_table(rows, sources)
    if size < powerpoint.FROM_AFAR:
        yield (
            f"the table of '{step.title}' is shown in type of {size} points, and {powerpoint.FROM_AFAR} are read from afar; "
            "shorten it, or make two slides of it"
        )
    elif powerpoint.share_of_table(rows, sources) < _HALF:
        yield f"the table of '{step.title}' leaves half of the slide empty; add to it, or draw it"


def cells(body: str) -> list[list[str]]:
    """The rows of a slide's table, its head first; none where it has no table."""
    rows = [
        [cell.strip() for cell in _CELL.split(line.strip()[1:-1])] for line in body.splitlines() if line.startswith("|")
    ]
    return [row for row in rows if not _RULE.fullmatch("".join(row))]


def _minutes(lesson: ResolvedSession) -> Iterator[str]:
    """Something can be left out when time is short, and never the last exercise, as the run sheet says."""
    exercises = [step for step in lesson.steps if step.exercise]
    if exercises and exercises[-1].keep != "must":
        yield f"'{exercises[-1].title}' is the last exercise, which shows what was learned, and is marked as one to leave out; take keep={exercises[-1].keep} away"
    shortened = lesson.row.session and lesson.row.session.left_out
    if not shortened and sum(step.minutes for step in lesson.steps if step.keep != "must") * 10 < lesson.row.minutes:
        yield "nothing can be cut when time is short; mark slides or exercises with keep=should and keep=could"


def _said(step: ResolvedStep, minutes: int) -> Iterator[str]:
    """A slide has a talk as long as somebody teaches; a task says what is likely to go wrong."""
    if step.task and not step.wrong.strip():
        yield f"'{step.title}' names no likely wrong answer; add a block '::: wrong'"
    words = len(step.notes.split())
    if words < SPOKEN * minutes:
        yield f"'{step.title}' is taught for {number_of(minutes, 'minute')} and its notes have {words} words"


def minutes_taught(lesson: ResolvedSession, step: ResolvedStep) -> int:
    """How long somebody talks: never over a task, a minute with a question to the room, all the time when a forum opens."""
    if step.task:
        return 0
    welcome = lesson.opens and step is lesson.steps[0]
    return step.minutes if welcome or not asks_the_room(step) else min(1, step.minutes)


def asks_the_room(step: ResolvedStep) -> bool:
    """Whether a slide shows a question and nothing else, so that the room does the talking."""
    return powerpoint.asks(text_of(step))


def text_of(step: ResolvedStep) -> list[str]:
    """The lines of a slide that are neither table nor picture."""
    return [line for line in step.body.splitlines() if line.strip() and not line.startswith(NO_TEXT)]


def has_picture(step: ResolvedStep) -> bool:
    """Whether a slide shows a picture or a table."""
    return any(line.startswith(("![", "|")) for line in step.body.splitlines())


def bare(step: ResolvedStep) -> bool:
    """Whether a slide is a list and nothing else."""
    lines = text_of(step)
    return not step.task and not has_picture(step) and bool(lines) and all(_LIST.match(line) for line in lines)
