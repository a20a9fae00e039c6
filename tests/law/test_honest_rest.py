"""What an answer rests on beside its facts: what nobody stated is called assumed, a rounding counts only where it changed something."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from seskit.desk.asked import declared
from seskit.law import appraisal, awards, certification, pay_setting, probing
from seskit.law.facts import FactError
from seskit.law.question import find, questions
from tests.extent import some
from tests.worked import WORKED

#: The example of each question, and some worked cases.
ASKED = [(name, dict(declared.of(name).example)) for name in questions()]
ASKED += [(case["ask"], case["facts"]) for _, case in WORKED if "refuses" not in case["expect"]][::23]


def answered(question, facts):
    try:
        return question(**facts)
    except FactError:
        return None


@pytest.mark.parametrize(("name", "facts"), ASKED, ids=[f"{name}-{n}" for n, (name, _) in enumerate(ASKED)])
def test_a_default_that_enters_the_answer_is_called_assumed(name, facts):
    """A fact that nobody stated and whose default decides is named with what is assumed and what would change."""
    asked = find(name)
    result = asked(**facts)
    named = {change.fact: change for change in result.changes}
    for slot in asked.slots.values():
        if slot.required or slot.name in result.facts or slot.default in (None, "") or slot.name == "as_of":
            continue
        tried = [
            answered(asked, {**result.facts, slot.name: value})
            for value in probing.values(slot, result.as_of, slot.default)
        ]
        decides = [
            one
            for one in tried
            if one and one.verdict is not None and one.answer != result.answer and one.says != result.says
        ]
        assert not decides or named[slot.name].assumed == slot.default, slot.name
        if decides:
            assert slot.label in result.assumed
            assert f"{slot.label}, not stated and assumed" in result.to_text(brief=True)


def test_a_test_met_only_by_a_default_is_assumed_and_not_met():
    """Nobody said that the increase is warranted: the reason is shown as assumed; stated, it is met."""
    facts = {
        "as_of": "2016-06-12", "rate": 160000, "proposed_rate": 165000, "rating": 4, "certified": True,
        "last_adjusted": "2015-02-08",
    }  # fmt: skip
    taken, stated = pay_setting.adjust(**facts), pay_setting.adjust(**facts, warranted=True)
    outcome = {reason["text"]: reason["outcome"] for reason in taken.to_dict()["reasons"]}
    assert outcome["Performance or contribution must warrant an increase."] == "assumed"
    assert "warrant an increase. (assumed)" in taken.to_text(brief=True)
    assert "warrant an increase. (met)" in stated.to_text(brief=True)
    assert "Warranted: yes" in taken.assumed
    assert "Warranted" not in stated.assumed
    assert "(assumed)" in taken.to_html()


def has_rounding(result):
    return any(reason.key == "rounding" for reason in result.reasons)


@pytest.mark.parametrize("seed", some(range(40), 12))
def test_a_rounding_decides_only_where_it_changed_the_answer(seed):
    """The pool, the ceiling of ratings and the number of plans: exact or rounded, and the confidence follows."""
    chance = random.Random(seed)
    count, total = chance.randint(1, 60), Decimal(chance.randint(100_000, 9_000_000))
    pool = awards.award_pool("2003-06-01", count=count, aggregate=total)
    exact = max(total * 10 / 100, total * 20 / 100 / count)
    assert has_rounding(pool) == (exact != pool.answer["pool"])
    assert pool.confidence == ("design" if has_rounding(pool) else "verified")
    rated = chance.randint(5, 90)
    ceiling = appraisal.rating_ceiling("2026-09-30", career_rated=rated, career_high=0)
    assert has_rounding(ceiling) == bool(30 * rated % 100)
    covered = chance.randint(1, 600)
    plans = certification.plans_required(covered=covered)
    assert has_rounding(plans) == (covered > 200 and covered % 10 != 0)


def test_no_reason_speaks_of_a_fraction_where_there_is_none():
    """Over all examples and worked cases: a reading of ours on rounding bears the key that the tests above hold."""
    for name, facts in ASKED:
        for reason in find(name)(**facts).reasons:
            if reason.basis == "design" and any(word in reason.text.lower() for word in ("fraction of", "rounded")):
                assert reason.key == "rounding", (name, reason.text)
