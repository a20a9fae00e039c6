"""A question with its facts as one command line that can be copied, and facts as a person writes them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.desk.asked import declared
from seskit.law.entry_shape import shape
from seskit.law.facts import NOT_KNOWN, FactError
from seskit.law.in_words import as_data
from seskit.law.question import FactSlot, Question
from seskit.law.written import how

_PLAIN = re.compile(r"[\w./:@%+,-]+", re.ASCII)
_NEEDS_SINGLE = re.compile(r'["$`\\!]')
_BY_KIND: dict[Any, str] = {bool: "yes", date: "2016-06-12", int: "3", Decimal: "160000"}


def command(question: Question[Any], facts: Mapping[str, Any]) -> str:
    """The line that asks a question with these facts."""
    said = [argument(name, as_written(question.slots[name], value)) for name, value in facts.items()]
    return " ".join(["seskit ask", question.name, *said])


def example(question: Question[Any]) -> str:
    """The question's example as a line that is answered."""
    return command(question, declared.of(question.name).example)


def argument(name: str, text: str) -> str:
    """A fact as an argument that a shell passes on as it is."""
    if _PLAIN.fullmatch(text):
        return f"{name}={text}"
    return shlex.quote(f"{name}={text}") if _NEEDS_SINGLE.search(text) else f'{name}="{text}"'


def example_of(question: Question[Any], slot: FactSlot) -> str:
    """One fact as it may be given, from the question's example or of its kind."""
    given = declared.of(question.name).example
    if slot.name in given:
        return argument(slot.name, as_written(slot, given[slot.name]))
    found = shape(slot)
    if found.kind not in ("text", "choice"):
        return f'{slot.name}="..." with {how(slot)}'
    chosen = as_written(slot, found.choices[0]) if found.choices else _BY_KIND.get(slot.kind, "...")
    return argument(slot.name, "12.5" if slot.unit == "percent" else chosen)


def as_written(slot: FactSlot, value: Any) -> str:
    """A value as it is typed on a line; as JSON where it would not be read back as the same."""
    value = _data(value)
    if value is None:
        return NOT_KNOWN
    if not isinstance(value, list | Mapping):
        return _one(value)
    text = _nested(value) if isinstance(value, Mapping) else "; ".join(map(_item, value))
    try:
        same = slot.read(text) == slot.read(value)
    except FactError:
        same = False
    return text if same else json.dumps(as_data(value), ensure_ascii=False)


def _data(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_data(item) for item in value]
    return value.model_dump(exclude_none=True) if hasattr(value, "model_dump") else value


def _item(item: Any) -> str:
    return (
        ", ".join(f"{name}={_one(value)}" for name, value in item.items()) if isinstance(item, Mapping) else _one(item)
    )


def _nested(value: Mapping[str, Any]) -> str:
    if any(isinstance(inner, Mapping) for inner in value.values()):
        return "; ".join(f"{name}: {_item(inner)}" for name, inner in value.items())
    return "; ".join(f"{name}={_one(inner)}" for name, inner in value.items())


def _one(value: Any) -> str:
    if value is None:
        return NOT_KNOWN
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(as_data(value))
