"""An answer that cannot tell names what is missing: a fact, in its own words."""

import re

import pytest

from seskit.law.facts import FactError
from seskit.law.question import questions
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
