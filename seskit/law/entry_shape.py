"""What entering a fact takes: one choice, a text, several choices, one value or one name and value a line, or rows of named fields.

Read from the fact's annotation alone; panels and practice problems are built from it.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from seskit.law.facts import Reads
from seskit.law.question import FactSlot, members

_LARGEST_CHOICE = 12
EMPTY = inspect.Parameter.empty


@dataclass(frozen=True)
class Shape:
    """How a fact is entered, with its choices (those that exclude all others apart), its fields, or one item's slot."""

    kind: Literal["text", "choice", "several", "lines", "pairs", "rows", "fields", "json"]
    choices: tuple[Any, ...] = ()
    alone: tuple[Any, ...] = ()
    fields: tuple[FactSlot, ...] = ()
    item: FactSlot | None = None


def shape(slot: FactSlot) -> Shape:
    """The shape of one fact, worked out once and kept with it."""
    kept = vars(slot)
    if "shape" not in kept:
        kept["shape"] = _shape(slot)
    found: Shape = kept["shape"]
    return found


def _shape(slot: FactSlot) -> Shape:
    if named := _several(slot):
        return named
    kinds = [member for member in members(slot.annotation) if member is not type(None)]
    choices = _choices(kinds)
    for member in kinds:
        if (get_origin(member) or member) in (list, tuple, Sequence, Iterable):
            return _of_items(slot, get_args(member), choices)
        if (get_origin(member) or member) in (dict, Mapping):
            return _of_mapping(slot, get_args(member))
        if fields := _fields(member):
            return Shape("fields", fields=fields)
    if choices:
        return Shape("choice", choices)
    if slot.kind is bool:
        return Shape("choice", (True, False))
    return Shape("choice", _numbers(slot)) if slot.kind is int and _numbers(slot) else Shape("text")


def _of_items(slot: FactSlot, args: tuple[Any, ...], alone: tuple[Any, ...]) -> Shape:
    if not args:
        return Shape("json")
    item = FactSlot.of(slot.name, args[0])
    inner = shape(item)
    if inner.kind == "fields":
        return Shape("rows", fields=inner.fields)
    if inner.kind == "choice" and all(isinstance(choice, str) for choice in inner.choices):
        return Shape("several", inner.choices, alone)
    return Shape("lines", item=item) if inner.kind in ("text", "choice") else Shape("json")


def _of_mapping(slot: FactSlot, args: tuple[Any, ...]) -> Shape:
    if len(args) != 2 or args[1] is Any or shape(FactSlot.of(slot.name, args[1])).kind not in ("text", "choice"):
        return Shape("json")
    keys = _choices(members(args[0]))
    if keys:
        return Shape("fields", fields=tuple(FactSlot.of(str(key), args[1], None) for key in keys))
    return Shape("pairs", item=FactSlot.of(slot.name, args[1]))


def _choices(kinds: list[Any]) -> tuple[Any, ...]:
    return tuple(choice for member in kinds if get_origin(member) is Literal for choice in get_args(member))


def _several(slot: FactSlot) -> Shape | None:
    """A list of named choices, where only the schema names them."""
    if slot.of_one is not None:
        return None
    schema = slot.adapter.json_schema()
    parts = schema.get("anyOf", [schema])
    for part in parts:
        if part.get("type") == "array" and (listed := part.get("items", {}).get("enum")):
            return Shape("several", tuple(listed), tuple(other["const"] for other in parts if "const" in other))
    return None


def _numbers(slot: FactSlot) -> tuple[int, ...]:
    schema = slot.of_one.schema if isinstance(slot.of_one, Reads) else slot.adapter.json_schema()
    for part in schema.get("anyOf", [schema]):
        least, most = part.get("minimum"), part.get("maximum")
        if least is not None and most is not None and most - least < _LARGEST_CHOICE:
            return tuple(range(least, most + 1))
    return ()


def _fields(annotation: Any) -> tuple[FactSlot, ...]:
    if isinstance(annotation, type) and hasattr(annotation, "__total__"):
        hints = typing.get_type_hints(annotation, include_extras=True)
        return tuple(_field(name, hint, annotation.__total__) for name, hint in hints.items())
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        hints = typing.get_type_hints(annotation, include_extras=True)
        known = annotation.model_fields
        return tuple(
            FactSlot.of(
                name,
                hints[name],
                EMPTY if field.is_required() else field.get_default(call_default_factory=True, validated_data={}),
            )
            for name, field in known.items()
        )
    return ()


def _field(name: str, hint: Any, total: bool) -> FactSlot:
    needed = total
    if get_origin(hint) in (typing.Required, typing.NotRequired):
        needed = get_origin(hint) is typing.Required
        hint = get_args(hint)[0]
    return FactSlot.of(name, hint, EMPTY if needed else None)
