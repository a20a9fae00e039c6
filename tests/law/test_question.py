"""A question opens its doors by itself: the checked call, the schema, and one sentence for every wrong fact."""

import contextlib
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from seskit.desk.asked import declared
from seskit.formats.days import days_in_words, long_date
from seskit.law import awards, pay_setting
from seskit.law.facts import FactError
from seskit.law.question import _rows_as_listed, find, questions
from seskit.law.versions import until
from seskit.work import report

POOL = {"as_of": "2002-12-15", "count": 7, "aggregate": 875400}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"cuont": 7}, "Did you mean 'count'?"),
        ({"count": "-1"}, "Career appointees (count): '-1' is not a whole number"),
        ({"count": True}, "not a whole number"),
        ({"aggregate": "12x"}, "Aggregate career basic pay (aggregate): '12x' is not an amount in dollars"),
        ({"aggregate": "-5"}, "negative"),
        ({"aggregate": float("nan")}, "not an amount"),
        ({"aggregate": None}, "needed"),
        ({"as_of": "2002-02-30"}, "not a day in the calendar"),
        ({"as_of": "yesterday"}, "not a date"),
    ],
)
def test_a_wrong_fact_is_one_sentence_that_names_it(facts, said):
    """No traceback words, no type names: the fact, what stands there, what to write."""
    with pytest.raises(FactError, match=re.escape(said)) as refused:
        awards.award_pool(**(POOL | facts))
    assert "\n" not in str(refused.value)


def test_a_missing_fact_is_named_with_its_label():
    """A question asked without a fact says which one it needs."""
    with pytest.raises(FactError, match=r"also needs Aggregate career basic pay \(aggregate\)"):
        awards.award_pool("2002-12-15", count=7)


@pytest.mark.parametrize("day", ["2002-12-15", "12/15/2002", date(2002, 12, 15)])
@pytest.mark.parametrize("amount", [875400, "875400", "$875,400", "875,400.00", Decimal(875400)])
def test_facts_are_read_as_people_write_them(day, amount):
    """ISO and US dates, plain and printed amounts give one answer."""
    assert awards.award_pool(day, count="7", aggregate=amount).answer == {"pool": 87540, "method": "aggregate"}


def test_a_choice_is_read_in_any_case_only_where_it_is_exact():
    """An unknown choice lists the known ones and the nearest."""
    with pytest.raises(FactError, match="Did you mean 'career'"):
        awards.check_award("2002-09-30", appointment_type="carrer")


@pytest.mark.parametrize("name", list(questions()))
def test_a_number_may_be_zero(name):
    """Each number of a question's example as zero is answered, or refused in a sentence: nothing divides by it."""
    facts = dict(declared.of(name).example)
    for fact, given in facts.items():
        if isinstance(given, int | float) and not isinstance(given, bool):
            with contextlib.suppress(FactError):
                assert find(name)(**{**facts, fact: 0}).says


@pytest.mark.parametrize("missing", ["", "not known", None])
def test_not_known_leads_to_cannot_tell(missing):
    """A fact the user lacks never counts as met or as not met."""
    found = awards.check_award("2002-09-30", appointment_type="career", rating=missing, rate=129800, award=12980)
    assert found.answer["lawful"] is None
    assert "cannot tell" in {reason.outcome for reason in found.reasons}


def test_a_failed_test_decides_even_when_another_fact_is_missing():
    """A noncareer appointee may have no award, whatever the rating is."""
    assert awards.check_award("2002-09-30", appointment_type="noncareer").answer == {
        "lawful": False,
        "nearest_lawful": None,
    }


@pytest.mark.parametrize("name", sorted(questions()))
def test_every_question_says_what_it_asks_and_has_a_schema(name):
    """Docstring sentence, authority, labeled facts, a schema that is JSON, as_of accepted."""
    asked = find(name)
    assert asked.asks.endswith("?")
    assert asked.authority
    assert "as_of" in asked.slots
    schema = json.loads(json.dumps(asked.schema()))
    assert set(schema["properties"]) == set(asked.slots)
    assert all(slot.label for slot in asked.slots.values())


def test_a_day_before_a_rule_is_answered_by_the_version_of_that_day():
    """Beside the question and not in its body; a version takes facts of its question alone, where these are as it asks."""
    assert pay_setting.check_rate.function(date(2003, 1, 1), rate=Decimal(113000), group="SES").answer.lawful
    assert "minimum" in pay_setting.pay_range("2003-01-01", group="SL/ST").answer
    with pytest.raises(FactError, match="2004-01-11; 2004-01-10 is before it"):
        pay_setting.minimum_increase("2004-01-10", rate=100000)
    with pytest.raises(TypeError, match="has no fact rating"):
        until("pay_setting.ses_range.minimum", lambda rating: rating)(pay_setting.hourly_rate.function)
    bodies = {file.name: file.read_text(encoding="utf-8") for file in Path(pay_setting.__file__).parent.glob("*.py")}
    assert not [name for name, body in bodies.items() if re.search(r"\bas_of < open_range_day\(", body)]


def test_an_unknown_question_names_the_nearest():
    """A misspelled question is not an empty answer."""
    with pytest.raises(FactError, match=r"awards\.award_pool"):
        find("awards.award_pol")


def test_the_result_carries_the_question_and_renders_four_ways():
    """Text, Markdown, HTML and JSON come from one structure and hold the same parts."""
    found = awards.award_pool(**POOL)
    data = json.loads(found.to_json())
    assert data["question"] == "awards.award_pool"
    assert data["answer"] == {"pool": "87540", "method": "aggregate"}
    assert set(data["reasons"][0]) == {"text", "citation", "outcome", "basis"}
    assert {"name", "value", "first_day", "source", "confidence"} <= set(data["figures"][0])
    for shown in (found.to_text(), found.to_markdown().replace("\\", ""), found.to_html()):
        assert found.says in shown
        for reason in found.reasons:
            assert reason.text in shown or days_in_words(reason.text) in shown
        for figure in found.figures:
            assert str(figure.first_day) in shown or long_date(figure.first_day) in shown
            assert "confirmed in the source" in shown


def test_the_weakest_part_sets_the_confidence():
    """A result that rests on one choice of ours does not call itself verified."""
    assert awards.award_pool(**(POOL | {"aggregate": Decimal("875400.55")})).confidence == "design"
    assert awards.award_pool(**POOL).confidence == "verified"
    assert awards.rank_award("2016-09-30", rank="distinguished", rate=185100).confidence == "verified"


def test_text_from_outside_is_escaped_in_html():
    """Nothing given by a user becomes markup."""
    with pytest.raises(FactError, match="<b>"):
        awards.award_pool("2002-12-15", count="<b>", aggregate=1)
    found = report.due_date(awards_determined_on="2002-12-10")
    assert "<script" not in found.to_html()


def test_every_choice_is_read_as_people_write_it():
    """Of every question: in capitals, with blanks or hyphens for low lines, also in the rows of a list."""
    from seskit.law.entry_shape import shape

    tried = 0
    for question in questions().values():
        for slot in question.slots.values():
            listed = [(slot, lambda said: said)] if isinstance(slot.kind, tuple) else []
            listed += [
                (one, None) for one in shape(slot).fields if shape(slot).kind == "rows" and isinstance(one.kind, tuple)
            ]
            for one, whole in listed:
                for choice in (choice for choice in one.kind if isinstance(choice, str)):
                    for written in (choice.upper(), choice.replace("_", " ").title(), choice.replace("_", "-")):
                        tried += 1
                        if whole:
                            assert slot.read(written) == choice, (question.name, slot.name, written)
                        else:
                            (row,) = _rows_as_listed(slot, [{one.name: written}])
                            assert row == {one.name: choice}, (question.name, slot.name, written)
    assert tried > 300


def test_a_choice_that_is_none_is_refused_with_the_one_that_was_meant():
    """What differs in its letters is not taken."""
    with pytest.raises(FactError, match="Did you mean 'distinguished'"):
        questions()["awards.rank_award"].slots["rank"].read("distingushed")
