"""Every problem of every exercise at the tables of every kit: it has an entry, the right answer is right, a wrong one wrong.

Answers are checked and outcomes balanced at tables 1 to 40; panels are filled in at the first, and at all by `make test-all`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from seskit.desk.course import scenario
from seskit.desk.practice import declared, relations
from seskit.desk.widgets import DrillPanel
from seskit.formats import strict_yaml
from seskit.forum import config, hall
from seskit.forum.hall import Practiced
from seskit.law import question
from tests import sense
from tests.extent import some
from tests.giving import entered, wrong
from tests.places import TRAINING

KITS = sorted(path.parent for path in TRAINING.glob("*/forum.yaml"))
TABLES = range(1, 41)


@cache
def sessions() -> list[Any]:
    """Every session with exercises; each is the same object in all tests, so that its problems are drawn once."""
    return [
        pytest.param(found, id=f"{folder.name}-{name}")
        for folder in KITS
        for name, found in hall.practiced(folder).items()
    ]


@cache
def problems(practiced: Practiced) -> list[tuple[int, hall.PracticeProblem]]:
    """All problems of a session, read and drawn once."""
    return [(table, problem) for table in TABLES for problem in practiced.problems(table)]


def give(panel: DrillPanel, value_of: Any) -> None:
    """Choose, tick or type an answer for each part, and press the button."""
    for part, expected in zip(panel.drill.parts, panel.drill.expected, strict=True):
        panel.entries[part.path].put(value_of(part, expected))
    panel.button.click()


@pytest.mark.parametrize("practiced", sessions())
def test_every_problem_is_solved_through_its_panel(practiced: Practiced) -> None:
    """Choosing, ticking or typing the right answer is 'Right.'; a wrong one is 'Not right'."""
    panels: dict[Any, DrillPanel] = {}
    tables = some(TABLES, 1)
    for table, problem in problems(practiced):
        if table not in tables:
            continue
        parts = problem.drill.parts
        panel = panels[parts] = panels.get(parts) or DrillPanel(problem.drill)
        panel.drill = (
            problem.drill
        )  # the entries are those of the parts, so one panel serves all problems that ask for them
        where = f"table {table}, {problem.exercise}: {problem.drill.given}"
        assert panel.entries, where
        give(panel, entered)
        assert (panel.right, panel.message) == (True, "Right."), f"{where}: {panel.message}"
        give(panel, wrong)
        assert panel.right is False, where
        assert panel.message.startswith("Not right. "), where


@pytest.mark.parametrize("practiced", sessions())
def test_every_problem_of_every_table_has_its_right_answer_and_a_wrong_one(practiced: Practiced) -> None:
    """As it is chosen, ticked or typed; and no wrong answer is taken."""
    for table, problem in problems(practiced):
        answers = list(zip(problem.drill.parts, problem.drill.expected, strict=True))
        where = f"table {table}, {problem.exercise}: {problem.drill.given}"
        given = " ".join(problem.drill.given)
        assert list(sense.faults(problem.drill.question, problem.drill.facts, given)) == [], where
        assert problem.drill.faults({part.path: entered(part, value) for part, value in answers}) == [], where
        assert len(problem.drill.faults({part.path: wrong(part, value) for part, value in answers})) == len(answers), (
            where
        )


@pytest.mark.parametrize("practiced", sessions())
def test_outcomes_are_balanced_between_tables(practiced: Practiced) -> None:
    """No answer of a problem is met at more than two thirds of the tables."""
    met: dict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
    for _, problem in problems(practiced):
        part, expected = problem.drill.parts[0], problem.drill.expected[0]
        met[problem.exercise, problem.number, problem.drill.question.name][part.shown(expected)] += 1
    for where, answers in met.items():
        answer, times = answers.most_common(1)[0]
        assert times <= len(TABLES) * 2 / 3, f"{where}: '{answer}' at {times} of {len(TABLES)} tables"


@pytest.mark.parametrize("practiced", sessions())
def test_no_table_gets_one_problem_twice(practiced: Practiced) -> None:
    """The problems of one exercise at one table differ."""
    seen = Counter((table, problem.exercise, problem.drill.given) for table, problem in problems(practiced))
    assert max(seen.values()) == 1, seen.most_common(1)


@pytest.mark.parametrize("practiced", sessions())
def test_tables_get_other_numbers_and_each_always_the_same(practiced: Practiced) -> None:
    """Asked again, the first table has its problems; the second has others."""
    first, other = (
        [problem.drill.given for one, problem in problems(practiced) if one == table] for table in TABLES[:2]
    )
    assert [problem.drill.given for problem in practiced.problems(TABLES[0])] == first
    assert first != other


def test_every_exercise_opens_at_the_hall() -> None:
    """Each exercise of each session has its problems in the notebook, answered by the questions it asks."""
    for folder in KITS:
        listed = {row[0]: row[2] for row in hall.contents(folder).rows}
        found = {
            session.values[0].session.file.stem: session.values[0]
            for session in sessions()
            if folder.name in session.id
        }
        assert {name for name, exercises in listed.items() if exercises} == set(found)
        written = {
            session.file.stem
            for _, session in config.read(folder).sessions
            if any(step.exercise for step in session.steps)
        }
        assert written == set(found)
        for practiced in found.values():
            for step in practiced.exercises:
                asked = {
                    problem.drill.question.name for _, problem in problems(practiced) if problem.exercise == step.title
                }
                assert asked, step.title
                assert asked <= {one.question.name for one in step.asked}, step.title


def test_a_raise_stays_a_raise_and_an_average_stays_a_rate_at_every_table() -> None:
    """The proposed rate is above the rate, and the pool's average lies in the range of the year; other practice is of the time."""
    practiced = next(session.values[0] for session in sessions() if session.id == "2004-07-28-pay-pay_2004")
    for _, problem in problems(practiced):
        given = problem.drill.facts
        if "proposed_rate" in given:
            assert given["rate"] < given["proposed_rate"]
        if "aggregate" in given:
            assert 104_927 <= given["aggregate"] / given["count"] <= 158_100
        if problem.drill.question.name == "pay_setting.check_rate":
            assert given["as_of"].year == 2004


def test_each_relation_is_about_facts_that_are_drawn() -> None:
    """Its question is practiced, and in some drill, story or table every fact it names is drawn: none is misspelled or idle."""
    drawn: dict[str, list[set[str]]] = defaultdict(list)
    for name in declared.names():
        practice = declared.for_question(question.find(name))
        drawn[name].append({*practice.facts, *(fact for each in practice.pick for fact in each)})
    for story in scenario.scenarios().values():
        drawn[story.question.name].append(set(story.varies))
    for step in (step for session in sessions() for step in session.values[0].exercises):
        for problem in step.problems:
            drawn[problem.question.name].append({*problem.facts, *(fact for each in problem.pick for fact in each)})
    told = (files("seskit.desk.practice") / "relations.yaml").read_text(encoding="utf-8")
    idle = [
        f"{name}: {relation}"
        for name, listed in strict_yaml.load(told).items()
        for relation in listed
        if not any(facts >= set(relations.names(relation)) for facts in drawn[name])
    ]
    assert idle == []
