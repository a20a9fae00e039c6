"""Practice problems: declared facts that fit together, answers that can be given, checked as people write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from seskit.desk import drills
from seskit.desk.drills import Drill
from seskit.desk.practice import declared
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.practice.drawing import Draw, Misdeclared
from seskit.law import awards, parameters, pay_setting, question
from seskit.law.facts import FactError
from seskit.work import report
from tests import sense
from tests.extent import times
from tests.giving import wrong

NAMES = declared.names()
SEEDS = range(times(40, 12))
#: How many problems of a question are explained; what decides them is probed, which takes longest.
EXPLAINED = times(40, 1)


def made(name: str, seeds: range = SEEDS) -> list[Drill]:
    return [drills.make(question.find(name), seed) for seed in seeds]


def test_practice_is_declared_for_questions_there_are() -> None:
    """Each declaration names a question, and there is practice in every subject."""
    known = question.questions()
    assert set(NAMES) <= set(known)
    assert {name.split(".")[0] for name in NAMES} == {name.split(".")[0] for name in known}
    assert len(NAMES) >= 55


@pytest.mark.parametrize("name", NAMES)
def test_every_problem_can_be_answered_rightly_and_wrongly(name: str) -> None:
    """The answer is among what may be given and is right, as data and in words; a wrong one is not; the number decides."""
    asked = question.find(name)
    problems = made(name)
    for seed, drill in zip(SEEDS, problems, strict=True):
        assert asked(**drill.facts) == drill.result
        assert drill.parts
        assert all(part.expects(value) for part, value in zip(drill.parts, drill.expected, strict=True))
        assert drill.faults(drill.answer) == []
        written = {part.path: part.shown(value) for part, value in zip(drill.parts, drill.expected, strict=True)}
        assert drill.faults(written) == []
        other = {part.path: wrong(part, value) for part, value in zip(drill.parts, drill.expected, strict=True)}
        assert drill.faults(other)
        if seed < EXPLAINED:
            assert drill.check(written)[0], written
            right, explained = drill.check(other)
            assert not right
            assert all(reason.text in explained for reason in drill.result.reasons)
        assert asked.asks in drill.prompt
        assert list(sense.faults(asked, drill.facts, drill.prompt)) == [], drill.prompt
        if seed < 3:
            assert drill == drills.make(asked, seed)
    assert len({drill.prompt for drill in problems}) > 4


@pytest.mark.parametrize("name", [name for name in NAMES if declared.for_question(question.find(name)).turns])
def test_outcomes_take_turns(name: str) -> None:
    """No outcome of the decision is met in more than two thirds of the problems."""
    outcomes = [drill.parts[0].outcome(drill.expected[0]) for drill in made(name, range(30))]
    assert max(outcomes.count(outcome) for outcome in outcomes) <= 20


def test_relations_between_facts_hold() -> None:
    """A raise is above the present rate, dates come in order, weights sum to 100, no board has more career members than members."""
    for drill in made("pay_setting.adjust", range(200)):
        given = drill.facts
        assert given["proposed_rate"] > given["rate"]
        assert given["last_adjusted"] < given["as_of"]
    for drill in made("appraisal.check_weights", range(200)):
        assert sum(drill.facts["weights"]) == 100
    for drill in made("appraisal.check_board", range(200)):
        given = drill.facts
        assert given["career"] <= given["members"] <= 9
        assert given["published_on"] < given["first_meeting"] <= given["as_of"]
    for drill in made("report.due_date"):
        assert drill.facts["rated_on"] < drill.facts["awards_determined_on"]
    for drill in made("staffing.posting_window"):
        assert drill.facts["opens_on"] < drill.facts["closes_on"]
        assert drill.facts["closes_on"].weekday() < 5


def test_dates_fall_on_both_sides_of_each_change() -> None:
    """The pool's percentages changed; problems fall on the last day before and on the first day of the change."""
    drawn = {drills.make(awards.award_pool, seed).facts["as_of"] for seed in range(200)}
    days = {value.first_day for value in parameters.parameter("awards.pool.share_of_aggregate").values}
    assert len(days) > 1
    for day in sorted(days)[1:]:
        assert {day, day - timedelta(1)} <= drawn


def test_amounts_fall_at_and_beside_the_limits() -> None:
    """An award is met at its limit and just past it."""
    distances = {drill.facts["award"] - drill.facts["rate"] / 5 for drill in made("awards.check_award", range(200))}
    assert {Decimal(0), Decimal(100)} <= distances


@pytest.mark.parametrize(
    "written",
    [
        "2004-09-12",
        "9/12/2004",
        "09/12/2004",
        "September 12, 2004",
        "Sunday, September 12, 2004",
        "Sep. 12, 2004",
        "12 September 2004",
    ],
)
def test_a_date_may_be_written_in_every_form_that_is_printed(written: str) -> None:
    """Year first, month first, or the month in words."""
    part = AnswerPart("due", "due", "date")
    assert part.fault(date(2004, 9, 12), written) == ""
    assert "it is September 12, 2004" in part.fault(date(2004, 9, 12), "9/13/2004")
    assert "is not a date" in part.fault(date(2004, 9, 12), "soon")


@pytest.mark.parametrize(
    "written",
    ["28400", "28,400", "$28,400", "$28,400.00", "28,400 dollars", "28,400 USD", "USD 28400", "28.4k", "$ 28.4K",
     Decimal(28400), "28400.0"],
)  # fmt: skip
def test_an_amount_may_be_written_as_people_write_it(written: Any) -> None:
    """Dollar signs, commas, cents, words."""
    part = AnswerPart("pool", "pool", "dollars")
    assert part.fault(Decimal(28400), written) == ""
    assert part.fault(Decimal(28400), "28,401") == "pool: you gave $28,401; it is $28,400"
    assert "is not a number" in part.fault(Decimal(28400), "plenty")
    assert "thousands or cents" in part.fault(Decimal(28400), "28.400")


CRITERIA = {"failed": {"several": "rule:certification.criteria"}}


@pytest.mark.parametrize(
    "written",
    [
        "alignment; results", "results; alignment", "Results, Alignment", "1; 3", "3, 1", "alignment and results", "1 and 3",
        ["results", "alignment"], ("Alignment", "3"), "Alignment\nResults",
    ],
)  # fmt: skip
def test_several_answers_are_a_set(written: Any) -> None:
    """In any order, with commas, semicolons or 'and', by name or by number on the list."""
    (part,) = declared.answers.parts(CRITERIA, date(2004, 7, 29))
    assert part.fault(["alignment", "results"], written) == ""
    assert part.fault(["alignment"], written) == "failed: you gave Alignment; Results; it is Alignment"
    assert part.fault([], written)


def test_a_name_with_and_in_it_is_one_name() -> None:
    """'Assessments and guidelines' is a criterion; beside another it stays one."""
    (part,) = declared.answers.parts(CRITERIA, date(2004, 7, 29))
    assert part.fault(["assessments_guidelines"], "Assessments and guidelines") == ""
    assert part.fault(["assessments_guidelines", "balance"], "balance, assessments and guidelines") == ""
    assert part.fault([], "none") == ""
    assert part.fault([], []) == ""
    assert "Did you mean 'balance'?" in part.fault(["balance"], "balans")


def test_no_code_is_asked_for_that_nobody_has_seen() -> None:
    """Beside a check's key stands what it checks, and either is taken."""
    (part,) = declared.answers.parts({"failed": {"several": "rule:appraisal.balance"}}, date(2000, 11, 14))
    assert all(choice.name.startswith(f"{choice.code}: ") for choice in part.choices)
    assert part.fault(["BM2", "BM3"], "BM3, BM2") == ""
    assert part.fault(["BM2"], part.choices[1].name) == ""


def test_a_choice_may_be_called_none() -> None:
    """'No certification' is an answer like the others, and is shown by its name."""
    declared_part = {"grade": {"choice": {"full": "full certification", "none": "no certification"}}}
    (part,) = declared.answers.parts(declared_part, date(2004, 12, 1))
    assert part.expects("none")
    assert part.fault("none", "No certification") == ""
    assert part.fault("none", "2") == ""
    assert part.fault("none", "full") == "grade: you gave full certification; it is no certification"


def test_each_part_is_judged_and_named() -> None:
    """A part left out, wrong, or unheard of is named."""
    drill = drills.make(awards.award_limits, 3)
    right, explained = drill.check({"minimum": drill.answer["minimum"], "maximun": 1})
    first = explained.splitlines()[0]
    assert not right
    assert "'maximun' is not part of the answer. Did you mean 'maximum'?" in first
    assert "largest award: not answered" in first
    assert "smallest award" not in first
    assert drill.check("7")[1] == "Give each part of the answer: minimum, maximum."


def test_yes_no_and_none_are_understood() -> None:
    """Yes or no in any form; 'none' where there is no answer, and only there."""
    drill = next(
        drill for drill in made("awards.check_award") if drill.answer == {"lawful": False, "nearest_lawful": None}
    )
    for given in ("no", "No", "n", False):
        assert drill.check({"lawful": given, "nearest_lawful": "none"})[0]
    assert drill.check({"lawful": "no", "nearest_lawful": "no award is lawful"})[0]
    assert not drill.check({"lawful": "yes", "nearest_lawful": "none"})[0]
    assert not drill.check({"lawful": "perhaps", "nearest_lawful": "none"})[0]
    assert not drill.check({"lawful": "no", "nearest_lawful": "100"})[0]
    due = drills.make(report.due_date, 1)
    assert not due.check("none")[0]


def test_what_to_give_does_not_give_the_answer_away() -> None:
    """The same words whether the answer is an amount or none."""
    problems = made("awards.check_award")
    assert {drill.expected[1] is None for drill in problems} == {True, False}
    assert len({part.wanted for drill in problems for part in drill.parts}) == 2


def test_a_problem_about_a_day_is_near_it() -> None:
    """Practice of a session keeps to the law of about the forum's day."""
    for seed in range(40):
        as_of = drills.make(pay_setting.check_rate, seed, date(2004, 7, 28)).facts["as_of"]
        assert date(2004, 3, 30) <= as_of <= date(2004, 8, 27)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("120000 to 120900 by 500", {120000, 120500}),
        ("day + 3 days", {date(2004, 2, 4)}),
        ("day + 1 month", {date(2004, 3, 1)}),
        ("day - 1 year to day - 1 year", {date(2003, 2, 1)}),
        ("day on a workday", {date(2004, 2, 2)}),
        ("day on a Sunday", {date(2004, 2, 1)}),
        ("fiscal_year_start", {date(2003, 10, 1)}),
        ("count * 1000 + 5", {3005}),
        ("rule:pay_setting.ses_range.maximum_uncertified@2004-07-28 + 100", {Decimal(145700)}),
        (["yes", "no"], {"yes", "no"}),
        ("customer survey", {"customer survey"}),
    ],
)
def test_bounds_are_drawn_as_declared(said: Any, expected: set[Any]) -> None:
    """Ranges in steps, sums with days and rules, one of a list, plain words."""
    found = set()
    for seed in range(40):
        draw = Draw(Random(seed), "2004-02-01")
        draw.fill({"count": 3})
        found.add(draw.value(said))
    assert found == expected


def test_a_row_may_name_the_facts_before_it() -> None:
    """Weights of as many elements as there are levels sum to 100; rows have their own relations."""
    draw = Draw(Random(4), "2004-02-01")
    draw.fill({
        "levels": {"lines": "3 to 6", "of": "2 to 5"}, "weights": {"split": 100, "into": "levels"},
        "terms": {"rows": 3, "of": {"first_day": "day + 10 days to day + 90 days", "last_day": "first_day + 30 days"}},
        "views": {"some": ["a", "b", "c"], "least": 1, "most": 2},
    })  # fmt: skip
    made = draw.values
    assert len(made["levels"]) == len(made["weights"])
    assert sum(made["weights"]) == 100
    assert all((term["last_day"] - term["first_day"]).days == 30 for term in made["terms"])
    assert 1 <= len(made["views"]) <= 2


LIMITS = question.find("awards.award_limits")
SPOILT = [
    ({"facts": {"rate": 120000}}, r"nothing is asked for: 'give' names the parts"),
    ({"fact": {}, "give": {"minimum": "dollars"}}, r"'fact' is not known here"),
    ({"facts": {"rat": 1}, "give": {"minimum": "dollars"}}, r"has no fact 'rat'"),
    ({"facts": {"rate": 1}, "give": {"minimum": "amount"}}, r"'amount' is not a kind of answer; kinds are choice"),
    ({"facts": {"rate": 1}, "give": {"minimum": {"choice": ["low"]}}}, r"fewer than two choices"),
    ({"facts": {"rate": 1}, "give": {"minimum": {"kind": "dollars", "unit": "x"}}}, r"minimum: 'unit' is not known"),
    ({"facts": {"rate": 120000}, "give": {"least": "dollars"}}, r"has no part 'least'\. Its parts are .*minimum, maximum"),
    ({"facts": {"rate": 120000}, "give": {"minimum": "date"}}, r"the answer '6000' to 'minimum' cannot be given"),
    ({"facts": {"rate": 120000}, "give": {"minimum": {"choice": ["low", "high"]}}}, r"cannot be given"),
    ({"facts": {"rate": "120000 plus 5"}, "give": {"minimum": "dollars"}}, r"'120000 plus 5' cannot be worked out"),
    ({"facts": {"rate": "120000 + rates"}, "give": {"minimum": "dollars"}}, r"'rates' is neither a number, a date"),
    ({"facts": {"rate": {"any": 1}}, "give": {"minimum": "dollars"}}, r"a fact with parts is one of just, some"),
    ({"facts": {"rate": 120000}, "give": {"minimum": "dollars"}, "turns": [0]}, r"No facts .* were found that comes to '0'"),
    ({"facts": {"rate": "no rate"}, "give": {"minimum": "dollars"}}, r"The last facts were refused: Rate of basic pay \(rate\): 'no rate'"),
]  # fmt: skip


def test_the_part_of_an_answer_of_one_value_is_called_answer() -> None:
    """Whoever names it otherwise is told."""
    said = {
        "facts": {"as_of": date(2024, 9, 30), "rank": "meritorious", "rate": 180000},
        "give": {"rank_award": "dollars"},
    }
    with pytest.raises(Misdeclared, match=r"has no part 'rank_award'\. It is one value: write answer"):
        declared.read(question.find("awards.rank_award"), said, date(2024, 9, 30)).draw(1, 0)


@pytest.mark.parametrize(("said", "expected"), SPOILT)
def test_a_declaration_that_cannot_be_drawn_says_why(said: dict[str, Any], expected: str) -> None:
    """What is misspelled, or can never be answered as declared, is named."""
    facts = {"as_of": date(2004, 9, 30)} | said.get("facts", {})
    with pytest.raises((FactError, Misdeclared), match=expected):
        declared.read(LIMITS, said | {"facts": facts}, date(2004, 9, 30)).draw(1, 0)


def test_a_question_without_practice_says_so() -> None:
    """One sentence that names the question."""
    assert "staffing.timeline" not in NAMES
    with pytest.raises(FactError, match=re.escape("No practice problems are declared for staffing.timeline.")):
        drills.make(question.find("staffing.timeline"), 1)
