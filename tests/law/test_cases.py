"""Every worked example in tests/cases is asked as a question, and its answer holds what the example expects."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import seskit
from seskit.law.facts import FactError
from seskit.law.question import find
from tests.places import CASES
from tests.worked import WORKED, contains, differs

KEYS = {"id", "says", "ask", "facts", "expect"}
EXPECTED = {"answer", "cautions_contain", "reasons_contain", "says_contain", "confidence", "refuses"}


@pytest.mark.parametrize(("stem", "case"), WORKED, ids=[f"{stem}-{case['id']}" for stem, case in WORKED])
def test_case(stem: str, case: dict[str, Any]) -> None:
    """The question answers the example as the reference says."""
    question, expect = find(case["ask"]), case["expect"]
    if "refuses" in expect:
        with pytest.raises(FactError) as refused:
            question(**case["facts"])
        assert str(expect["refuses"]) in str(refused.value)
        return
    result = question(**case["facts"])
    if "answer" in expect:
        problem = differs(expect["answer"], result.answer)
        assert problem is None, f"{problem}\n\n{result}"
    missing = contains(expect, result)
    assert not missing, "\n".join(missing)
    if "confidence" in expect:
        assert result.confidence == expect["confidence"]


@pytest.mark.parametrize(("stem", "case"), WORKED, ids=[f"{stem}-{case['id']}" for stem, case in WORKED])
def test_case_is_well_formed(stem: str, case: dict[str, Any]) -> None:
    """An example has an id, a sentence, a question, facts, and something that can fail."""
    assert set(case) == KEYS, f"{stem}: {case.get('id')} has keys {sorted(case)}"
    assert case["expect"]
    assert set(case["expect"]) <= EXPECTED


def test_ids_are_unique() -> None:
    """No example appears twice: an id belongs to one example of one subject."""
    counts = Counter((stem, case["id"]) for stem, case in WORKED)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_file_serves_a_subject() -> None:
    """A file of examples carries the name of a subject, once, so that no example is asked twice or never."""
    stems = [file.stem.lower() for file in [*CASES.glob("*.yaml"), *CASES.glob("*.yml")]]
    assert len(stems) == len(set(stems))
    assert set(stems) <= set(seskit.SUBJECTS)


def test_every_file_holds_examples() -> None:
    """No file of examples is empty."""
    assert {stem for stem, _ in WORKED} == {file.stem for file in CASES.glob("*.yaml")}


def test_comparison_can_fail() -> None:
    """The comparison sees a wrong number, a missing key, a wrong type and a wrong date."""
    assert differs({"a": 1}, {"a": Decimal("1.00"), "b": 2}) is None
    assert differs({"a": 1}, {"a": 2})
    assert differs({"a": 1}, {"b": 1})
    assert differs(True, 1)
    assert differs(None, 0)
    assert differs(date(2004, 1, 11), date(2004, 1, 10))
    assert differs([1], [1, 2])
