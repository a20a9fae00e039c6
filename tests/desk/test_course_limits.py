"""What lessons teach is met: each limit and change of law from both sides, each side of an objective, each figure that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from seskit.desk.course import feedback, plan, scenario
from seskit.desk.course.plan import Lesson, Objective, Side
from seskit.desk.course.progress import ProgressFile, Try
from seskit.desk.practice.relations import holds
from seskit.desk.widgets.course import CoursePanel
from seskit.formats.days import days_in_words, long_date
from seskit.forum import lessons
from seskit.forum.place import KitError
from seskit.law import parameters
from seskit.paper.report import pdf
from tests import small_report
from tests.drawn import drawn
from tests.figures_told import in_digits, told
from tests.places import TRAINING

LESSONS = [lesson for path in lessons.course().paths.values() for lesson in path.lessons]
SEEDS = 60
TODAY = date(2026, 11, 28)
#: An objective whose words name two sides, such as before and after, declares them.
TWO_SIDED = re.compile(
    r"before and after|both sides|with and without|with awards and without|and before|by appointment and rating"
)


def met(story: str, condition: str) -> bool:
    return any(holds(condition, drawn(story, seed).values) for seed in range(SEEDS))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.name)
def test_each_limit_is_met_from_both_sides(lesson: Lesson) -> None:
    """Its story comes to each side; no lesson teaches without a limit."""
    assert lesson.limits
    missing = [(one.says, side) for one in lesson.limits for side in one.sides if not met(one.scenario, side)]
    assert missing == []


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.name)
def test_each_figure_a_lesson_teaches_is_one_of_its_limits(lesson: Lesson) -> None:
    """A share, a span or a change of law in the text is a limit with stories, or is named as told and no more."""
    taught = told(" ".join(text for title, text in lesson.sections if title != lessons.WORKED))
    known = told(" ".join((*(one.says for one in lesson.limits), *lesson.told)))
    assert taught - known == set()


def in_law(name: str) -> Iterator[str]:
    """The figures of law that the stories of a scenario rest on, in words; of each also the days on which it changed."""
    for seed in range(12):
        result = drawn(name, seed).result
        yield days_in_words(" ".join([result.says, *(one.text for one in result.reasons)]))
        for figure in result.figures:
            values = figure.value.values() if isinstance(figure.value, dict) else [figure.value]
            yield ". ".join(f"{one} {figure.unit}" if type(one) is int else days_in_words(str(one)) for one in values)
            rule = parameters.parameter(figure.name) if figure.name in parameters.paths(figure.name) else None
            days = [one.first_day - timedelta(days=back) for one in (rule.values if rule else ()) for back in (0, 1)]
            yield ". ".join(map(long_date, days))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.name)
def test_each_limit_a_lesson_teaches_is_that_of_the_law(lesson: Lesson) -> None:
    """A span, a share or a day in the words of a limit or a key point is one that its stories' answers rest on."""
    taught = told(" ".join((*(one.says for one in lesson.limits), lesson.key_points)))
    law = ". ".join(said for one in lesson.objectives for name in one.scenarios for said in in_law(name))
    counts = set(re.findall(r"\b(\d+) (?:count|text)\b", law))
    assert {one for one in taught - told(law) - {"1 day"} if one.split()[0] not in counts} == set()


@pytest.mark.parametrize("path", lessons.course().paths.values(), ids=lambda one: one.name)
def test_a_story_asks_for_no_day_whose_span_was_not_taught(path: plan.Path) -> None:
    """A day to find rests on spans that this lesson of the path or one before it names."""
    taught, untaught = "", []
    for lesson in path.way:
        taught += in_digits(" ".join((*(text for _, text in lesson.sections), lesson.key_points)))
        for name in dict.fromkeys(name for one in lesson.objectives for name in one.scenarios):
            for seed in range(12):
                problem = drawn(name, seed)
                spans = [one for one in problem.result.figures if one.unit in ("days", "months", "years")]
                if any(part.kind in ("date", "year") for part in problem.parts):
                    untaught += [(name, one.label) for one in spans if not re.search(rf"\b{one.value}\b", taught)]
    assert set(untaught) == set()


def test_a_figure_without_a_story_is_found() -> None:
    """The check reads figures in words and in digits."""
    assert told("Ninety days; 15 calendar days, and 20 percent until October 7, 2008. Five years.") == {
        "90 day", "15 day", "20 percent", "October 7, 2008", "5 year",
    }  # fmt: skip


@pytest.mark.parametrize(
    "objective", [one for lesson in LESSONS for one in lesson.objectives if one.sides], ids=lambda one: one.says
)
def test_each_side_of_an_objective_has_stories(objective: Objective) -> None:
    """Every story that is on a side comes to it, and every story of the objective is on one."""
    for side in objective.sides:
        for name, when in side.stories:
            assert not when or met(name, when), (side.says, name)
    for name in objective.scenarios:
        sides = {objective.side_of(drawn(name, seed)) for seed in range(20)}
        assert "" not in sides, name


def test_an_objective_of_two_sides_names_them() -> None:
    """Before and after, with and without: the words and what is asked agree."""
    named = [one for lesson in LESSONS for one in lesson.objectives if TWO_SIDED.search(one.says)]
    assert len(named) > 8
    assert [one.says for one in named if len(one.sides) < 2] == []


TWO = plan.Objective(
    "Do it before and after.", ("a.b",), (Side("before", (("a.b", "x < 1"),)), Side("after", (("a.b", ""),)))
)


def tried(side: str, purpose: str = "check", *, right: bool = True) -> Try:
    return Try("a.b", 1, TODAY, right, right, 0, purpose, side)


def test_mastery_takes_each_side() -> None:
    """One side of a check, or one side in practice over and over, is not both; a miss is made up on its side."""

    def now(*tries: Try) -> plan.ObjectiveStanding:
        return plan.standing(TWO, tries, {"a.b": date(2027, 1, 1)}, TODAY)

    one = now(tried("before"))
    assert (one.state, one.lacks, one.open) == (plan.BEGUN, 1, ("after",))
    assert now(*[tried("before", "practice")] * 4).open == ("after",)
    assert now(tried("before"), tried("after")).state == plan.MASTERED
    missed = (tried("before"), tried("after", right=False))
    assert now(*missed).open == ("after",)
    assert now(*missed, tried("after", "practice")).state == plan.MASTERED
    assert now(tried(""), tried("")).state == plan.MASTERED, "what was kept before sides were told apart stays"


def panel(tmp_path: Path) -> CoursePanel:
    return CoursePanel(lessons.course(), ProgressFile(tmp_path / "c.sqlite3", TODAY), "report", tmp_path)


def answer(story: Any, values: tuple[Any, ...]) -> None:
    for part, value in zip(story.problem.parts, values, strict=True):
        story.entries[part.path].put(part.read(value) if part.choices else part.shown(value))


def test_the_check_asks_both_sides_and_the_page_says_which_is_open(tmp_path: Path) -> None:
    """The pool of 1998: a story on each side; right on one alone is begun, and the other side is named."""
    made = panel(tmp_path)
    lesson = made.course.lesson("report.pool")
    objective = lesson.objectives[1]
    made.check(lesson)
    seen = []
    while made.story is not None:
        if made.sitting and made.sitting.page.objective == objective.says:
            seen.append(objective.side_of(made.story.problem))
            answer(made.story, made.story.problem.expected if len(seen) == 1 else made.story.problem.slips[0].answer)
            made.story.check()
        made.forward()
    assert seen == [side.says for side in objective.sides]
    standing = plan.standings(made.path, made.progress)[objective]
    assert standing.open == (seen[1],)
    made.home()
    assert seen[1] in made.start.children[4].value or any(
        seen[1] in str(getattr(one, "value", "")) for one in made.start.children
    )
    made.review(plan.to_practice(objective, made.progress)[:1])
    if "pool_changed" in made.story.problem.scenario.name:
        assert objective.side_of(made.story.problem) == seen[1]


def test_what_is_typed_and_not_checked_is_kept(tmp_path: Path) -> None:
    """Opened again, also in another notebook, the page has it; it counts as no try."""
    made = panel(tmp_path)
    made.begin(made.course.lesson("report.pool"))
    made.forward()
    part = made.story.problem.parts[-1]
    made.story.entries[part.path].put("$12,345")
    again = panel(tmp_path)
    again.forward()
    assert again.story.problem.story == made.story.problem.story
    assert again.story.given[part.path] == "$12,345"
    assert (again.story.tries, again.story.settled, again.progress.tries()) == (0, False, [])


def test_a_lesson_whose_limits_or_sides_do_not_fit_is_refused(tmp_path: Path) -> None:
    """A limit with one side, of a story elsewhere; a side of one kind; a story that is not practiced."""
    folder = tmp_path / "course"
    (folder / "staffing").mkdir(parents=True)
    for name in ("facts.yaml", "sources.yaml"):
        (tmp_path / name).write_bytes((TRAINING / name).read_bytes())
    good = (TRAINING / "course" / "staffing" / "limits.md").read_text(encoding="utf-8")
    file = folder / "staffing" / "limits.md"
    for old, new, said in (
        ("sides: [months == 36, months == 37]", "sides: [months == 36]", "has two sides"),
        ("story: reserved,", "story: posting,", "a story of this lesson"),
        ("the larger number of 1978: {larger_of_1978", "the larger number of 1978: {posting", "does not practice"),
        ("limits:\n", "limit:\n", "front matter holds"),
    ):
        assert old in good
        file.write_text(good.replace(old, new), encoding="utf-8")
        with pytest.raises(KitError, match=said):
            lessons.read(file, folder)


def test_every_yes_or_no_can_be_said_in_a_sentence() -> None:
    """What is asked is denied in words, in solutions and where a part is right."""
    for found in scenario.scenarios().values():
        problem = drawn(found.name, 1)
        for part in problem.parts:
            if part.kind == "yes or no":
                said = feedback.negated(problem, part)
                assert re.search(r"\b(not|no)\b|longer|too few|all of it|part of it", said), (part.label, said)


def test_the_picture_of_the_form_is_of_today() -> None:
    """It is the form as this version fills it in, and is in the lesson with words for those who cannot see it."""
    kept = (TRAINING / "course" / "report" / "form-1558.png").read_bytes()
    assert kept == pdf.first_form(small_report.sample("ASR"))
    assert len(kept) < 200_000
    shown = "".join(str(one.value) for one in lessons_page())
    assert "<img" in shown
    assert re.search(r"<div class='wide' role='group' tabindex='0' aria-label='Picture: [^']+'><img", shown)
    assert re.search(r"alt=[\"']One page, OPM Form 1558 for fiscal year 2002", shown)


def lessons_page() -> list[Any]:
    from seskit.desk.widgets import course_pages

    return course_pages.teaching(lessons.course().lesson("report.pool"))
