"""An answer that cannot tell names what is missing: a fact, in its own words."""

import re

import pytest

from seskit.law import probing
from seskit.law.facts import FactError
from seskit.law.question import find, questions
from tests.worked import WORKED

#: How a sentence reads that says nothing was stated, and not what.
NAMELESS = re.compile(r"a fact is missing|what decides is not known|stated about it\b|facts about .* are missing")
CASES = [case for _, case in WORKED]


def asked_without(case):
    """The answers to a case with each of its facts left out in turn, and with all left out that may be."""
    question = questions()[case["ask"]]
    facts = case["facts"]
    optional = [name for name in facts if name in question.slots and not question.slots[name].required]
    for left_out in [[name] for name in optional] + [optional]:
        try:
            yield left_out, question(**{name: value for name, value in facts.items() if name not in left_out})
        except (FactError, KeyError):
            continue  # refused in a sentence of its own


@pytest.mark.parametrize("name", sorted({case["ask"] for case in CASES}))
def test_what_is_missing_is_named(name):
    """Whatever is left out of a worked case, the sentence never speaks of 'a fact'."""
    for case in CASES:
        if case["ask"] == name:
            for left_out, result in asked_without(case):
                assert not NAMELESS.search(result.says), (case["id"], left_out, result.says)


def test_a_year_that_would_change_an_answer_is_a_year_near_the_one_given():
    """Never a number of another kind, such as 240: the same rank again after four fiscal years (5 U.S.C. 4507(c))."""
    result = find("awards.rank_eligibility")("2026-03-01", rank="meritorious", appointment_type="career",
                                             years_of_service=10, last_same_rank=2022)  # fmt: skip
    (change,) = [
        one for one in probing.changes(find("awards.rank_eligibility"), result) if one.fact == "last_same_rank"
    ]
    assert change.value == 2021
    years = [
        slot
        for question in questions().values()
        for slot in question.slots.values()
        if slot.kind is int and "year" in slot.label.lower()
    ]
    assert len(years) > 5
    for slot in years:
        assert all(1900 < value < 2100 for value in probing.values(slot, None, 2022)), slot.name
