"""The record of completion: objectives and days, on paper; no score and no ranking."""

from __future__ import annotations

from collections.abc import Mapping

from seskit.desk import drills
from seskit.desk.course import plan
from seskit.desk.course.plan import Objective, ObjectiveStanding, Path
from seskit.desk.course.progress import ProgressFile
from seskit.formats.characters import file_name
from seskit.formats.documents import Document, escaped, table

WHOLE, SO_FAR = "record-of-completion", "record-so-far"
UNNAMED = "No name was given."


def document(path: Path, progress: ProgressFile) -> Document:
    """The record of one path, as far as it goes; a path that is not complete says so in its title."""
    found = plan.standings(path, progress)
    done = [(objective, one) for objective, one in found.items() if one.mastered_on]
    whole = len(done) == len(found)
    title = f"Record of completion: {path.title}" if whole else f"Record so far: {path.title}"
    rows = [
        (lesson.title, _with_sides(objective), _day(found[objective]), found[objective].says)
        for lesson in path.way
        for objective in lesson.objectives
    ]
    last = max((one.mastered_on for _, one in done if one.mastered_on), default=None)
    lines = [
        f"**{escaped(progress.learner or UNNAMED)}**",
        "",
        f"{escaped(path.about)}",
        "",
        f"Objectives mastered: {len(done)} of {len(found)}{_due(found)}."
        + (f" The last on {escaped(drills.in_words(last))}." if last else ""),
        "",
        table(
            "Objectives and days",
            ("Lesson", "Objective", "Mastered on", f"On {drills.in_words(progress.today)}"),
            rows,
        ),
        "",
        escaped(plan.TAKES),
        "",
        escaped(plan.REVIEWS.replace(" your record", " this record").replace("you do", "the learner does")),
        "",
        "This record was made on the learner's own computer from what was practiced there. It holds no score.",
    ]
    return Document(title, "\n".join(lines), subject="SES course")


def _with_sides(objective: Objective) -> str:
    """An objective, and what its sides are where it has two."""
    sides = [side.says for side in objective.sides]
    return f"{objective.says} A story on each side: {'; '.join(sides)}." if sides else objective.says


def _day(one: ObjectiveStanding) -> str:
    return drills.in_words(one.mastered_on) if one.mastered_on else "not yet"


def _due(found: Mapping[Objective, ObjectiveStanding]) -> str:
    """How many of them are due again."""
    due = sum(one.state == plan.DUE for one in found.values())
    return f", {due} of them due again now" if due else ""


def name(path: Path, progress: ProgressFile) -> str:
    """What the file of the record of a path is called: of completion only when the path is complete, and whose it is."""
    whole = all(one.mastered_on for one in plan.standings(path, progress).values())
    words = [WHOLE if whole else SO_FAR, path.name.replace("_", "-")]
    if progress.learner:
        words.append(file_name("-".join(progress.learner.casefold().split())))
    return "-".join(words)


def note(path: Path, progress: ProgressFile) -> str:
    """In one sentence, how far the path is done."""
    found = plan.standings(path, progress)
    done = sum(one.done for one in found.values())
    begun = sum(one.state == plan.BEGUN for one in found.values())
    return f"{done} of {len(found)} objectives mastered{_due(found)}{f', {begun} begun' if begun else ''}."


def named(progress: ProgressFile, name: str) -> str:
    """Keep the name for the record; where answers were kept under another one, what that means."""
    before = progress.learner
    progress.name(name)
    if not (before and progress.learner and before != progress.learner and progress.tries()):
        return ""
    return f"All that was practiced under the name {before} is now on the record of {progress.learner}."
