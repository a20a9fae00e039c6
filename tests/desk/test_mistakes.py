"""What an answer is said to show: only a mistake that leads to just that answer, with the law it goes against."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from seskit.desk import drills
from seskit.desk.course import feedback, scenario
from seskit.desk.course.scenario import StoryProblem
from seskit.desk.drills import drawn
from seskit.desk.practice import declared
from seskit.forum.build import Kit
from seskit.law.question import find
from tests.drawn import drawn as drawn_story
from tests.extent import times

SEEDS = range(times(24, 8))
#: Mistakes that presuppose a fraction, and those that presuppose a case at the very limit.
_FRACTION = re.compile(r"rounded up|fraction .*(is dropped|counts as)", re.IGNORECASE)
_AT_LIMIT = re.compile(r"must not be reached|[Tt]he limit itself|minimum itself|longest length itself")


def _read(problem: StoryProblem, answer: tuple[Any, ...]) -> dict[str, Any]:
    return {part.path: part.read(value) for part, value in zip(problem.parts, answer, strict=True)}


def _typed(problem: StoryProblem) -> list[dict[str, Any]]:
    """Answers that mix, part by part, the right value, those that mistakes lead to, and one of none."""
    right = _read(problem, problem.expected)
    values = []
    for part in problem.parts:
        known = [right[part.path], *(_read(problem, slip.answer)[part.path] for slip in problem.slips)]
        known += [choice.code for choice in part.choices]
        known += [right[part.path] + 7] if isinstance(right[part.path], Decimal) else []
        values.append(list(dict.fromkeys(known)))
    return [dict(zip(right, mixed, strict=True)) for mixed in product(*values)]


def _leads_to(problem: StoryProblem, typed: dict[str, Any], said: str) -> bool:
    """Whether one mistake leads to the whole answer, or to each wrong part one that changes nothing else."""
    right = _read(problem, problem.expected)
    slips = [(slip.says, _read(problem, slip.answer)) for slip in problem.slips]
    if any(says == said and answer == typed for says, answer in slips):
        return True
    alone = [{says for says, answer in slips if answer == right | {name: typed[name]}} for name in right if typed[name] != right[name]]  # fmt: skip
    return all(any(says in said for says in one) for one in alone)


@pytest.mark.parametrize("name", scenario.scenarios())
def test_a_mistake_is_named_only_for_what_it_leads_to(name: str) -> None:
    """Every mixture of parts is either just what the named mistakes yield with these facts, or shows no mistake."""
    for seed in SEEDS:
        problem = scenario.named(name).draw(seed)
        right = _read(problem, problem.expected)
        for typed in _typed(problem):
            if typed == right:
                continue
            said = feedback.diagnosis(problem, typed)
            assert not said or _leads_to(problem, typed, said), (seed, typed, said)
        for slip in problem.slips:
            assert feedback.diagnosis(problem, _read(problem, slip.answer)) == slip.says


@pytest.mark.parametrize("name", scenario.scenarios())
def test_what_a_mistake_presupposes_is_so(name: str) -> None:
    """No fraction is said to be rounded where there is none, and no limit to be reached where it is not."""
    for seed in SEEDS:
        problem = scenario.named(name).draw(seed)
        for slip in problem.slips:
            if _FRACTION.search(slip.says):
                shares = [value for value in problem.values.values() if isinstance(value, Decimal) and value % 1]
                assert problem.values["rounded"] or shares or problem.values.get("covered", 0) % 10, (seed, slip.says)
            if _AT_LIMIT.search(slip.says):
                limits = [figure.value for figure in problem.result.figures if not isinstance(figure.value, dict | list | str)]  # fmt: skip
                limits += list(problem.expected)
                rate = problem.values.get("rate")
                limits += [rate * limit / 100 for limit in limits if isinstance(limit, int | Decimal) and not isinstance(limit, bool)] if rate else []  # fmt: skip
                facts = [problem.values[one] for one in problem.scenario.varies]
                assert any(fact == limit for fact in facts for limit in limits if limit is not True and limit is not False), (seed, slip.says)  # fmt: skip


def _story(rate: int, certified: bool) -> StoryProblem:
    """A story on a rate with a system that is certified or not, in 2017."""
    for seed in range(4000):
        problem = scenario.named("pay_setting.top_of_range").draw(seed)
        values = problem.values
        if values["as_of"].year == 2017 and values["rate"] == rate and values["certified"] is certified:
            return problem
    raise AssertionError("no such story is drawn")


@pytest.mark.parametrize(("rate", "certified", "named"), [(172_200, True, False), (187_000, True, True), (172_100, False, True)])  # fmt: skip
def test_a_limit_is_said_to_be_reached_where_it_is(rate: int, certified: bool, named: bool) -> None:
    """Just above level III of 2017, with a certified system, a wrong no shows no limit read as one not to be reached; at the limit that applies it does."""
    problem = _story(rate, certified)
    right = {part.path: part.shown(value) for part, value in zip(problem.parts, problem.expected, strict=True)}
    verdict = feedback.check(problem, right | {"lawful": "no"})
    assert verdict.right is False
    assert ("must not be reached" in verdict.says) == named


@pytest.mark.parametrize("name", scenario.scenarios())
def test_every_wrong_answer_names_the_rule(name: str) -> None:
    """With a mistake or without one, at the first try, the law stands behind what is said; a right answer needs none."""
    problem = scenario.named(name).draw(1)
    law = feedback.hints(problem)[0].partition("What decides")[0]
    right = _read(problem, problem.expected)
    wrong = [typed for typed in _typed(problem) if typed != right]
    for typed in wrong:
        shown = {part.path: part.shown(typed[part.path]) for part in problem.parts}
        verdict = feedback.check(problem, shown)
        cited = re.search(r" The rule: (.+)\.$", verdict.says)
        assert cited, verdict.says
        assert cited[1] in law
        if any(typed[one] == right[one] for one in right) and not verdict.mistake:
            assert verdict.says.startswith("Partly right: ")
            assert "Look again at this: " in verdict.says
            off = [part for part in problem.parts if typed[part.path] != right[part.path]]
            if all(part.choices for part in off):
                assert "hold that against the story. " in verdict.says
                assert feedback.UNUSUAL not in verdict.says
        else:
            assert verdict.says.startswith("Not right. ")
        assert verdict.mistake or f" What decides is {problem.scenario.about}." in verdict.says
    assert wrong
    shown = {part.path: part.shown(value) for part, value in zip(problem.parts, problem.expected, strict=True)}
    assert feedback.check(problem, shown).says == "Right."


def test_drills_and_tables_name_a_mistake_only_for_what_it_leads_to(resolved: list[Kit]) -> None:
    """In practice of a question and at the tables of a forum a part shows a mistake only where it yields that value."""
    made = [drills.make(find(name), seed) for name in declared.names() for seed in range(6)]
    asked = [
        problem for kit in resolved for lesson in kit.lessons for step in lesson.steps for problem in step.problems
    ]
    made += [drawn(problem, seed, seed) for problem in asked for seed in range(4)]
    named = 0
    for drill in made:
        for place, part in enumerate(drill.parts):
            values = {part.read(wrong[place]) for _, wrong in drill.slips} | {choice.code for choice in part.choices}
            for value in values:
                said = drill.mistake(part, value)
                if said:
                    assert any(says == said and part.read(wrong[place]) == value for says, wrong in drill.slips)
                    assert value != part.read(drill.expected[place])
                    named += 1
    assert named > 10


def test_one_day_off_is_told_as_a_count() -> None:
    """A day beside the right one that no mistake leads to asks how the days are counted; two days beside it asks nothing."""
    for shift, told in ((1, True), (-1, True), (2, False)):
        problem = drawn_story("certification.calendar_years", 1)
        right = {part.path: part.shown(value) for part, value in zip(problem.parts, problem.expected, strict=True)}
        day = problem.parts[1].read(right["last_day"]) + timedelta(days=shift)
        verdict = feedback.check(problem, right | {"last_day": day.isoformat()})
        assert verdict.right is False
        assert ("one day off" in verdict.says) == told
