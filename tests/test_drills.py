"""Practice problems: the same for the same seed, answered by the question itself, checked as people write."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Any

import pytest

from seskit.desk import drills
from seskit.law import awards, parameters, question
from seskit.law.facts import AsOf, Fact, FactError
from seskit.law.question import Question
from seskit.law.result import Result, Working
from seskit.work import report

EVERY = question.questions()
QUESTIONS = {name: asked for name, asked in EVERY.items() if name.startswith(("awards.", "report."))}
SEEDS = range(200)


@pytest.mark.parametrize("name", QUESTIONS)
def test_two_hundred_problems_are_answered_and_repeatable(name: str) -> None:
    """Each is answered by the question; its own answer is right, a wrong one is not; the seed decides it."""
    asked = QUESTIONS[name]
    problems = [drills.make(asked, seed) for seed in SEEDS]
    for seed, drill in zip(SEEDS, problems, strict=True):
        assert drill == drills.make(asked, seed)
        assert asked(**drill.facts) == drill.result
        right, explained = drill.check(drill.answer)
        assert right, explained
        wrong = dict.fromkeys(drill.answer, "0.001") if isinstance(drill.answer, dict) else "0.001"
        right, explained = drill.check(wrong)
        assert not right
        assert all(reason.text in explained for reason in drill.result.reasons)
        assert asked.asks in drill.prompt
        assert "_" not in drill.prompt
    assert len({drill.prompt for drill in problems}) > 50


@pytest.mark.parametrize("name", sorted(EVERY.keys() - QUESTIONS.keys()))
def test_every_other_question_has_problems_or_says_why_not(name: str) -> None:
    """The answer of each problem is right, written as data or as words; a question without problems says so."""
    for seed in range(5):
        try:
            drill = drills.make(EVERY[name], seed)
        except FactError as failure:
            pytest.skip(str(failure))
        assert drill.parts
        assert drill.check(drill.answer)[0], drill.check(drill.answer)[1]
        wrong = {part.name: "0.001" for part in drill.parts}
        assert not drill.check(wrong if isinstance(drill.answer, dict) else "0.001")[0]


def test_dates_fall_on_both_sides_of_each_change() -> None:
    """The pool's percentages changed; problems stand on the last day before and on the first day of each change."""
    drawn = {drills.make(awards.award_pool, seed).facts["as_of"] for seed in SEEDS}
    days = {value.first_day for value in parameters.parameter("awards.pool.share_of_aggregate").values}
    assert len(days) > 1
    for day in sorted(days)[1:]:
        assert {day, day - timedelta(1)} <= drawn


def test_amounts_fall_at_and_beside_the_limits() -> None:
    """An award is met at its limit and just past it, and answers of every kind are asked for."""
    problems = [drills.make(awards.check_award, seed) for seed in SEEDS]
    assert {drill.answer["lawful"] for drill in problems} == {True, False, None}
    distances = set()
    for drill in problems:
        award, rate = drill.facts["award"], drill.facts["rate"]
        if award is not None and rate is not None:
            distances |= {award - rate / 5, award - rate / 20}
    assert {Decimal(-1), Decimal(0), Decimal(1)} <= distances


def test_an_answer_may_be_written_as_people_write_it() -> None:
    """Dollar signs, commas, cents, words in any case, with or without underscores."""
    drill = drills.make(awards.award_pool, 7)
    amount, method = drill.answer["pool"], drill.answer["method"]
    for written in (amount, str(amount), f"${amount:,.2f}", f"{amount:,} dollars"):
        assert drill.check({"pool": written, "method": method.upper()})[0]
    assert not drill.check({"pool": amount + 1, "method": method})[0]


def test_dates_and_unknown_answers_are_understood() -> None:
    """A date in either form; 'cannot tell' where there is no answer, and only there."""
    due = next(drill for drill in (drills.make(report.due_date, seed) for seed in SEEDS) if drill.answer)
    assert due.check(f"{due.answer:%m/%d/%Y}")[0]
    assert not due.check(due.answer + timedelta(1))[0]
    assert not due.check("cannot tell")[0]
    assert "is not a date" in due.check("soon")[1]
    unknown = next(drill for drill in (drills.make(report.due_date, seed) for seed in SEEDS) if not drill.answer)
    assert unknown.check("Cannot tell")[0]
    assert unknown.check(None)[0]
    assert not unknown.check("2002-12-27")[0]


def test_each_part_is_judged_and_named() -> None:
    """A part left out, wrong, or unheard of is named."""
    drill = drills.make(awards.award_limits, 3)
    right, explained = drill.check({"minimum": drill.answer["minimum"], "maximun": 1})
    first = explained.splitlines()[0]
    assert not right
    assert "maximun is no part of the answer. Did you mean 'maximum'?" in first
    assert "maximum: not answered" in first
    assert "minimum:" not in first
    assert drill.check("7")[1] == "Give each part of the answer: minimum, maximum."


def test_yes_and_no_are_understood() -> None:
    """Yes or no, in the words of the roster and the command line."""
    problems = (drills.make(awards.check_award, seed) for seed in SEEDS)
    drill = next(drill for drill in problems if drill.answer == {"lawful": False, "nearest_lawful": None})
    assert drill.check({"lawful": "no", "nearest_lawful": "none"})[0]
    assert not drill.check({"lawful": "yes", "nearest_lawful": "none"})[0]
    assert not drill.check({"lawful": "perhaps", "nearest_lawful": "none"})[0]


def test_what_to_give_does_not_give_the_answer_away() -> None:
    """The same words whether the answer is an amount or none."""
    problems = [drills.make(awards.check_award, seed) for seed in SEEDS]
    assert len({part.wanted for drill in problems for part in drill.parts}) == 2


def _of_anything(as_of: AsOf, *, notes: Annotated[dict[str, Any], Fact("Notes")]) -> Result:
    """What was said?"""
    return Working(as_of).answer(notes, "Said.")


def _of_tables(as_of: AsOf) -> Result:
    """Which rows are there?"""
    return Working(as_of).answer([{"row": 1}], "One row.")


def _always_refused(as_of: AsOf) -> Result:
    """What can never be asked?"""
    raise FactError("as_of: never.")


@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (_of_anything, "may be anything"),
        (_of_tables, "answers with a table"),
        (_always_refused, "the last draw was refused"),
    ],
)
def test_a_question_without_problems_says_so(function: Any, sentence: str) -> None:
    """No problem is made where facts cannot be invented, every draw is refused, or the answer is a table."""
    with pytest.raises(FactError, match=sentence):
        drills.make(Question("awards.invented", function, "design"), 1)
