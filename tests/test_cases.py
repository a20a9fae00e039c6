"""Every worked example in tests/cases is asked as a question, and its answer holds what the example expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

import seskit
from seskit.formats import strict_yaml
from seskit.law.facts import FactError
from seskit.law.question import find
from seskit.law.result import Result

FOLDER = Path(__file__).parent / "cases"
KEYS = {"id", "says", "ask", "facts", "expect"}
EXPECTED = {"answer", "cautions_contain", "reasons_contain", "says_contain", "confidence", "refuses"}


def load(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Every example with the stem of its file, in order."""
    found = []
    for file in sorted(folder.glob("*.yaml")):
        for case in strict_yaml.load(file.read_text(encoding="utf-8")) or []:
            found.append((file.stem, case))
    return found


CASES = load(FOLDER)


def number(value: Any) -> Decimal | None:
    """The value as an exact number, or nothing."""
    try:
        return Decimal(str(value)) if not isinstance(value, bool | date) else None
    except InvalidOperation:
        return None


def differs(expected: Any, actual: Any, where: str = "answer") -> str | None:
    """The first difference, in words: a mapping is a subset, numbers compare by value, dates by their ISO text."""
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping):
            return f"{where}: expected a mapping, found {actual!r}"
        for key, item in expected.items():
            if key not in actual:
                return f"{where} has no {key!r}"
            if found := differs(item, actual[key], f"{where}.{key}"):
                return found
        return None
    if isinstance(expected, list):
        if not isinstance(actual, list | tuple) or len(expected) != len(actual):
            return f"{where}: expected {len(expected)} items, found {actual!r}"
        pairs = enumerate(zip(expected, actual, strict=True))
        return next((found for n, (a, b) in pairs if (found := differs(a, b, f"{where}[{n}]"))), None)
    wanted, given = number(expected), number(actual)
    if wanted is not None and given is not None:
        same = wanted == given
    else:
        same = (type(expected) is type(actual) and expected == actual) or str(expected) == str(actual)
    return None if same else f"{where}: expected {expected!r}, found {actual!r}"


def texts(value: Any) -> list[str]:
    """One text or several, as a list."""
    return [str(part) for part in (value if isinstance(value, list) else [value])]


def contains(expect: Mapping[str, Any], result: Result) -> list[str]:
    """What the result does not say, of what the example says it contains."""
    said = {
        "cautions_contain": "\n".join(result.cautions),
        "reasons_contain": "\n".join(reason.text for reason in result.reasons),
        "says_contain": result.says,
    }
    return [
        f"{key}: {part!r} is not in {text!r}"
        for key, text in said.items()
        for part in texts(expect.get(key, []))
        if part not in text
    ]


@pytest.mark.parametrize(("stem", "case"), CASES, ids=[f"{stem}-{case['id']}" for stem, case in CASES])
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


@pytest.mark.parametrize(("stem", "case"), CASES, ids=[f"{stem}-{case['id']}" for stem, case in CASES])
def test_case_is_well_formed(stem: str, case: dict[str, Any]) -> None:
    """An example has an id, a sentence, a question, facts, and something that can fail."""
    assert set(case) == KEYS, f"{stem}: {case.get('id')} has keys {sorted(case)}"
    assert case["expect"]
    assert set(case["expect"]) <= EXPECTED


def test_ids_are_unique() -> None:
    """No example appears twice: an id belongs to one example of one subject."""
    counts = Counter((stem, case["id"]) for stem, case in CASES)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_file_serves_a_subject() -> None:
    """A file of examples carries the name of a subject, once, so that no example is asked twice or never."""
    stems = [file.stem.lower() for file in [*FOLDER.glob("*.yaml"), *FOLDER.glob("*.yml")]]
    assert len(stems) == len(set(stems))
    assert set(stems) <= set(seskit.SUBJECTS)


def test_every_file_holds_examples() -> None:
    """No file of examples is empty."""
    assert {stem for stem, _ in CASES} == {file.stem for file in FOLDER.glob("*.yaml")}


def test_comparison_can_fail() -> None:
    """The comparison sees a wrong number, a missing key, a wrong type and a wrong date."""
    assert differs({"a": 1}, {"a": Decimal("1.00"), "b": 2}) is None
    assert differs({"a": 1}, {"a": 2})
    assert differs({"a": 1}, {"b": 1})
    assert differs(True, 1)
    assert differs(None, 0)
    assert differs(date(2004, 1, 11), date(2004, 1, 10))
    assert differs([1], [1, 2])
