"""Where a learner is on an objective is the same on the last page of a check, on the start page and on the record."""

from __future__ import annotations

import html
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from seskit.desk.course import plan, record
from seskit.desk.course.progress import ProgressFile
from seskit.desk.widgets.course import OUTCOME, CoursePanel
from seskit.forum import lessons

TODAY = date(2026, 11, 28)
LESSON = lessons.course().lesson("report.pool")
PLAIN = next(one for one in LESSON.objectives if not one.sides)
SIDED = next(one for one in LESSON.objectives if one.sides)
BOTH = tuple(side.says for side in SIDED.sides)

#: The check, what was right in it (of each story of the objective), what was mastered before, and what comes of it.
STATES = {
    "right first": (PLAIN, "", "R", plan.MASTERED, 0),
    "wrong": (PLAIN, "", "W", plan.BEGUN, 2),
    "wrong, then right once": (PLAIN, "W", "R", plan.BEGUN, 1),
    "wrong, then right twice": (PLAIN, "WR", "R", plan.MASTERED, 0),
    "mastered, then wrong": (PLAIN, "R", "W", plan.DUE, 2),
    "mastered, wrong, then right once": (PLAIN, "RW", "R", plan.DUE, 1),
    "mastered, wrong, then right twice": (PLAIN, "RWR", "R", plan.MASTERED, 0),
    "both sides": (SIDED, "", "RR", plan.MASTERED, 0),
    "one side of two": (SIDED, "", "RW", plan.BEGUN, 1),
    "the other side of two": (SIDED, "", "WR", plan.BEGUN, 1),
    "mastered, then one side wrong": (SIDED, "RR", "WR", plan.DUE, 1),
}


def panel(folder: Path, today: date = TODAY) -> Any:
    return CoursePanel(lessons.course(), ProgressFile(folder / "c.sqlite3", today), "report", folder)


def checked(made: Any, objective: plan.Objective, answers: str) -> None:
    """Take the check of the lesson: these answers to the stories of an objective, each other one right."""
    made.check(LESSON)
    rest = list(answers)
    while made.page != OUTCOME:
        story = made.story
        right = made.sitting.page.objective != objective.says or rest.pop(0) == "R"
        values = story.problem.expected if right else story.problem.slips[0].answer
        for part, value in zip(story.problem.parts, values, strict=True):
            story.entries[part.path].put(part.read(value) if part.choices else part.shown(value))
        story.check()
        made.forward()
    assert not rest


def said(box: Any) -> str:
    """All words of a page."""
    words = [str(getattr(box, "value", "")), *(said(child) for child in getattr(box, "children", ()))]
    return html.unescape(" ".join(words))


@pytest.mark.parametrize(("objective", "before", "answers", "state", "lacks"), STATES.values(), ids=STATES)
def test_every_page_says_the_same(
    tmp_path: Path, objective: plan.Objective, before: str, answers: str, state: str, lacks: int
) -> None:
    """Still to practice after the check is what is begun or due on the start page and on the record."""
    made, step = panel(tmp_path), max(1, len(objective.sides))
    for at in range(0, len(before), step):
        checked(made, objective, before[at : at + step])
    checked(made, objective, answers)
    now = plan.standings(made.path, made.progress)[objective]
    assert (now.state, now.lacks) == (state, lacks)
    last = said(made._body).partition("Key points")[0]
    assert (objective.says in last) == (state != plan.MASTERED)
    assert ("Still to practice:" in last) == (state != plan.MASTERED)
    assert now.says in last or state == plan.MASTERED
    right, every = answers.count("R"), len(made.sitting.asked)
    words = (
        f"{every - answers.count('W')} of {every} stories" if "W" in answers else "Every story of the check was right"
    )
    assert words in last, right
    made.home()
    start = said(made._body)
    assert now.says in start
    assert (state == plan.DUE) == ("Due again now: 1 story." in start)
    assert bool(made.start.due) == (state == plan.DUE)
    assert set(made.start.due) <= set(objective.scenarios)
    paper = record.document(made.path, made.progress)
    row = next(line for line in paper.body.replace("\\", "").splitlines() if objective.says in line)
    assert now.says in row
    assert ("November 28, 2026" in row) == now.done


def test_what_is_due_tomorrow_is_mastered_today_and_due_on_its_day(tmp_path: Path) -> None:
    """The day that the answer names is the day on which the start page and the record say that it is due."""
    checked(panel(tmp_path), PLAIN, "R")
    made = panel(tmp_path)
    day = plan.standings(made.path, made.progress)[PLAIN].due
    assert day
    assert day > TODAY
    assert "Nothing is due today." in said(made._body)
    for today, state in ((day - timedelta(days=1), plan.MASTERED), (day, plan.DUE)):
        made = panel(tmp_path, today)
        now = plan.standings(made.path, made.progress)[PLAIN]
        assert now.state == state
        assert (PLAIN in plan.to_review({PLAIN: now})) == (state == plan.DUE)
        assert bool(set(PLAIN.scenarios) & set(made.start.due)) == (state == plan.DUE)
        assert f"| {now.says} |" in next(
            line
            for line in record.document(made.path, made.progress).body.splitlines()
            if PLAIN.says in line.replace("\\", "")
        )


def test_the_review_is_named_with_its_reason_and_never_after_a_wrong_answer(tmp_path: Path) -> None:
    """A day is said where an objective is mastered by the answer; one that is due at once has no later day beside it."""
    made = panel(tmp_path)
    made.check(LESSON)
    seen = []
    while made.page != OUTCOME:
        story, page = made.story, made.sitting.page
        right = page.objective != PLAIN.says
        values = story.problem.expected if right else story.problem.slips[0].answer
        for part, value in zip(story.problem.parts, values, strict=True):
            story.entries[part.path].put(part.read(value) if part.choices else part.shown(value))
        story.check()
        now = plan.standings(made.path, made.progress)[made.course.objective(page.story)]
        seen.append("review is due on" in story.message)
        assert seen[-1] == (now.state == plan.MASTERED)
        made.forward()
    assert set(seen) == {True, False}


def test_one_stuck_side_is_asked_until_it_is_right(tmp_path: Path) -> None:
    """What is due leads to a story of the side that is open, also where that side was right more often before."""
    made = panel(tmp_path)
    name = {side: next(n for s in SIDED.sides if s.says == side for n, _ in s.stories) for side in BOTH}
    for _ in range(3):
        made.progress.answered(name[BOTH[0]], 1, right=True, first=True, purpose="check", side=BOTH[0])
    made.progress.answered(name[BOTH[1]], 1, right=True, first=True, purpose="check", side=BOTH[1])
    made.progress.answered(name[BOTH[0]], 2, right=False, first=True, purpose="check", side=BOTH[0])
    (due,) = plan.due_now(made.path, made.progress)
    assert plan.side_to_ask(SIDED, due, made.progress) == SIDED.sides[0]


def test_the_record_gives_the_whole_rule(tmp_path: Path) -> None:
    """What is mastered takes two after a wrong answer, and stays; the same words as on the start page."""
    made = panel(tmp_path)
    body = record.document(made.path, made.progress).body.replace("\\", "")
    assert plan.TAKES in body
    assert "it takes two" in plan.TAKES
    assert plan.TAKES in said(made._body)
    assert plan.REVIEWS in said(made._body)
