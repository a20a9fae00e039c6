"""Relations between facts: conditions such as `last_adjusted < as_of`, and those every problem of a question must meet."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from seskit.desk.practice.drawing import Draw, Misdeclared
from seskit.formats import strict_yaml

_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<=": operator.le, ">=": operator.ge, "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_YES_NO = {"yes": True, "no": False}
_CONDITION = re.compile(r"^(.+?) (<=|>=|==|!=|<|>) (.+)$")


def holds(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether a condition such as `notice_on <= answer` holds among these values; nothing compares with no value."""
    found = _CONDITION.match(condition)
    if not found:
        raise Misdeclared(f"'{condition}' is not a condition; write for example: rate <= maximum.")
    draw = Draw(Random(0), values["day"])  # noqa: S311
    draw.values |= values
    left, right = (
        _YES_NO.get(side, side) if isinstance(side, str) else side for side in map(draw.value, found.group(1, 3))
    )
    if found[2] not in ("==", "!=") and (left is None or right is None):
        return False
    return _SIGNS[found[2]](left, right)


def of(question: str) -> tuple[str, ...]:
    """The relations declared on a question, for drills, stories of the course and tables of a forum alike."""
    return _declared().get(question, ())


def broken(question: str, values: Mapping[str, Any]) -> str | None:
    """The first relation of a question that these values do not meet; one about facts that are not there is met."""
    for relation in of(question):
        if values.keys() >= set(names(relation)) and not holds(relation, values):
            return relation
    return None


def names(relation: str) -> Iterator[str]:
    """The facts a relation speaks of; a word after a number is its unit."""
    words = relation.split()
    for before, word in zip(["", *words], words, strict=False):
        name = word.removeprefix("sum:")
        if name.isidentifier() and not before.isdecimal():
            yield name


@cache
def _declared() -> dict[str, tuple[str, ...]]:
    text = (files("seskit.desk.practice") / "relations.yaml").read_text(encoding="utf-8")
    return {question: tuple(relations) for question, relations in strict_yaml.load(text).items()}
