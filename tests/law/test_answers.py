"""Each question declares what it answers: a class whose parts have labels, or one value; its schema holds for every answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import seskit
from seskit.desk.asked import declared
from seskit.law import awards
from seskit.law.answers import ITSELF, Answer, fields, words
from seskit.law.facts import FactError
from seskit.law.in_words import as_data
from seskit.law.question import find, questions
from seskit.law.result import Result
from tests.worked import WORKED

#: What a verdict in words means.
_WORDS = {"allowed": True, "yes": "value", "not allowed": False, "no": False, "cannot tell": None}
#: The subjects all of whose questions declare their answers.
DECLARED = ("appraisal", "awards", "certification", "pay_setting", "report", "staffing")


def _asked() -> list[str]:
    return [name for name in questions() if name.partition(".")[0] in DECLARED]


@cache
def _answered() -> list[tuple[str, Result[Any]]]:
    """Every case and every example, answered, by the question's name."""
    examples = [(name, declared.of(name).example) for name in questions()]
    return [*_of_cases(), *((name, find(name)(**facts)) for name, facts in examples)]


def _of_cases() -> Iterator[tuple[str, Result[Any]]]:
    for _, case in WORKED:
        try:
            yield case["ask"], find(case["ask"])(**case["facts"])
        except FactError:
            assert "refuses" in case["expect"]


def test_every_question_declares_its_answer() -> None:
    """Its class, or the kind and the words of its one value."""
    known = questions()
    for name in _asked():
        told = known[name].answers
        assert told.typed, f"{name} does not say what it answers"
        for kind in told.classes:
            assert all(words(one).label for one in fields(kind).values()), name
        assert told.classes or words(told.annotation).label, name


def test_the_schema_holds_for_every_answer() -> None:
    """Every answer of the cases and examples, as it is written, is what its schema says; nothing more, nothing less."""
    known = questions()
    for name, result in _answered():
        if not known[name].answers.typed:
            continue
        checked = Draft202012Validator(known[name].answers.schema())
        found = as_data(result.answer)
        assert not list(checked.iter_errors(found)), (name, found, [e.message for e in checked.iter_errors(found)])


def test_a_part_in_no_answer_and_a_wrong_kind_are_seen() -> None:
    """The comparison can fail: a part that is missing, unknown or of another kind."""
    checked = Draft202012Validator(awards.check_award.answers.schema())
    assert checked.is_valid({"lawful": True, "nearest_lawful": None})
    for wrong in ({"lawful": True}, {"lawful": "yes", "nearest_lawful": None}, {"lawful": True, "nearest": None}):
        assert not checked.is_valid(wrong)


def test_an_answer_that_cannot_tell_says_so_by_its_field_and_in_its_words() -> None:
    """In the first sentence, of the whole answer or of a part; no other answer does."""
    said = re.compile(r"(?:^|[:;] )cannot tell|cannot be determined", re.IGNORECASE)
    wrong = {
        (name, result.says)
        for name, result in _answered()
        if result.cannot_tell is not bool(said.search(result.says.split(". ")[0]))
    }
    assert not wrong
    assert len({name for name, result in _answered() if result.cannot_tell}) > 20


def test_one_part_says_yes_or_no() -> None:
    """The verdict of a result is what the declared part says; where none is declared, the answer is no yes or no."""
    known = questions()
    for name, result in _answered():
        told = known[name].answers
        if not told.typed or result.cannot_tell:
            continue
        assert len({kind.verdict_part() for kind in told.classes}) <= 1, name
        if told.classes and result.answer is not None:
            assert told.verdict == "" or told.verdict in fields(type(result.answer)), name
            said = getattr(result.answer, told.verdict) if told.verdict else "value"
            assert result.verdict == (said if isinstance(said, bool | None) else _WORDS.get(str(said), "value")), name
        elif told.verdict == ITSELF:
            assert result.verdict in (True, False, None), name


def test_what_decides_hides_no_failed_test() -> None:
    """Where the answer is no yes or no, a test not met stands in what decides: it may be why a part of it is no."""
    values = [(name, result) for name, result in _answered() if result.verdict == "value"]
    failed = [
        (name, r, one)
        for name, r in values
        for one in r.reasons
        if one.outcome == "not met" and one.decides is not False
    ]
    assert {name for name, _, _ in failed} >= {"awards.rank_ceilings", "staffing.check_appointment"}
    assert not [(name, one.text) for name, result, one in failed if one not in result.deciding]


def test_no_part_is_read_by_key() -> None:
    """Parts of an answer are read by name, where type checking sees a wrong one; only words people typed are looked up."""
    by_key = re.compile(r"""\.answer\[["']""")
    files = [file for file in Path(seskit.__file__).parent.rglob("*.py") if by_key.search(file.read_text("utf-8"))]
    assert files == []


def test_parts_are_written_in_their_order() -> None:
    """An answer as a mapping has its parts in the order of the class; one that is left out is not known."""
    for name, result in _answered():
        if isinstance(result.answer, Answer):
            named = list(fields(type(result.answer)))
            kept = list(result.answer)
            assert kept == [one for one in named if one in kept], name
            assert len(result.answer) == len(kept), name
            assert all(getattr(result.answer, one) is None for one in named if one not in kept), name


def test_an_answer_is_frozen_and_needs_its_parts() -> None:
    """Parts by order or by name; none missing, none unknown, none changed afterwards."""

    class Found(Answer, verdict="lawful"):
        lawful: bool
        until: date | None
        more: Decimal | None = None

    made = Found(True, until=None)
    assert (made.lawful, made.more, made.verdict) == (True, None, True)
    assert dict(made) == {"lawful": True, "until": None} == made
    assert dict(Found(False, None, Decimal(1))) == {"lawful": False, "until": None, "more": Decimal(1)}
    for wrong in ({"lawful": True}, {"lawful": True, "untill": None}):
        with pytest.raises(TypeError):
            Found(**wrong)
    with pytest.raises(TypeError):
        Found(True, lawful=False, until=None)
    with pytest.raises(AttributeError):
        made.lawful = False
    with pytest.raises(KeyError):
        made["more"]


def _open_parts(made: Any, where: str) -> Iterator[str]:
    """Every part of a schema that may hold anything."""
    if isinstance(made, dict):
        if made.get("additionalProperties") == {} or not made:
            yield where
        for word, inner in made.items():
            if word == "properties":
                for name, part in inner.items():
                    yield from _open_parts(part, f"{where}.{name}")
            elif word in ("items", "anyOf"):
                yield from _open_parts(inner, where)
    elif isinstance(made, list):
        for one in made:
            yield from _open_parts(one, where)


def test_every_row_of_an_answer_says_what_it_holds() -> None:
    """Rows are classes with labels; only the facts that change with a lawful alternative are of any kind."""
    known = questions()
    found = {where for name in _asked() for where in _open_parts(known[name].answers.schema(), name)}
    assert {where for where in found if not where.endswith(".alternatives.facts")} == set()
    assert found


#: Every word for yes, and how many questions use it: what a new question says must be one of these.
WORDS = {
    "allowed", "barred", "decision", "eligible", "entitled", "forwarded", "frozen", "held", "lawful", "owed", "passes",
    "required", "valid",
}  # fmt: skip


def test_words_for_yes_are_few() -> None:
    """A new question says yes with one of the words in use; docs/decisions/answers.md says what each is for."""
    known = questions()
    used = {known[name].answers.verdict for name in _asked()} - {"", ITSELF}
    assert used == WORDS
    page = (Path(seskit.__file__).parents[1] / "docs/decisions/answers.md").read_text("utf-8")
    assert [word for word in sorted(WORDS) if f"`{word}`" not in page] == []


def test_an_older_name_of_a_part_is_read_and_written() -> None:
    """For one release: as an attribute, by key, in the JSON and its schema; a list of the parts has the present one alone."""
    result = find("appraisal.check_weights")(regime="basic-2012", weights=[25, 15, 10, 25, 25])
    assert result.answer.lawful is result.answer.valid is result.answer["valid"] is True
    assert "valid" in result.answer
    assert "valid" not in list(result.answer)
    data = result.to_dict()
    assert (data["answer"]["lawful"], data["answer"]["valid"], data["verdict"]) == (True, True, True)
    schema = find("appraisal.check_weights").answers.schema()
    assert Draft202012Validator(schema).is_valid(data["answer"])
    assert schema["anyOf"][0]["properties"]["valid"]["deprecated"] is True
    with pytest.raises(AttributeError):
        result.answer.correct  # noqa: B018


def test_json_says_the_verdict_in_one_word() -> None:
    """Every question that says yes or no says it as `verdict`, whatever its own word is; others have none."""
    for name, result in _answered():
        data = replace(result, question="").to_dict()
        assert ("verdict" in data) == (result.verdict != "value"), name
        assert data.get("verdict", "value") == result.verdict, name
