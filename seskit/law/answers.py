"""The answer of a question: a small frozen class whose fields have labels and units, and its JSON Schema.

A program reads a field by its name, so that a renamed one is a type error. The same fields in the same order are the answer as
plain data. What reads an answer by words that people typed (drills, forum sessions, a document) finds them by key.
The classes are not those of `dataclasses`: each of these takes a millisecond to build, in every start of the program.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar, get_args, get_origin

from seskit.law.facts import Fact, FactError

T = TypeVar("T")

#: The yes or no of an answer that is one value.
ITSELF = "itself"

if TYPE_CHECKING:
    from typing import dataclass_transform
else:

    def dataclass_transform(**_: Any) -> Any:
        """Nothing, where no types are checked."""
        return lambda made: made


@dataclass_transform(frozen_default=True)
class Answer:
    """An answer of several parts; `verdict` names the one that says yes or no. A part with a default is left out at None."""

    _parts: ClassVar[Mapping[str, str]] = {}
    _verdict: ClassVar[str] = ""
    #: Older names of parts, with their present ones; they are read for one release more.
    _renamed: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, verdict: str = "", renamed: Mapping[str, str] = MappingProxyType({})) -> None:
        own = inspect.get_annotations(cls)
        cls._parts = {**cls._parts, **dict.fromkeys(own, "")}
        cls._verdict = verdict or cls._verdict
        cls._renamed = {**cls._renamed, **renamed}

    if not TYPE_CHECKING:

        def __init__(self, *values: Any, **named: Any) -> None:
            """The parts, in order or by name; none may be missing, unknown or given twice."""
            given = dict(zip(self._parts, values, strict=False))
            if len(values) > len(self._parts) or given.keys() & named or not named.keys() <= self._parts.keys():
                raise TypeError(f"{type(self).__name__} has the parts {', '.join(self._parts)}")
            given |= named
            for name in self._parts:
                if name not in given and not hasattr(type(self), name):
                    raise TypeError(f"{type(self).__name__} needs {name}")
            self.__dict__.update((name, given[name]) for name in self._parts if name in given)

        def __getattr__(self, name: str) -> Any:
            if name in self._renamed:
                return getattr(self, self._renamed[name])
            raise AttributeError(f"{type(self).__name__} has the parts {', '.join(self._parts)}, not {name}")

        def __getitem__(self, key: str) -> Any:
            key = self._renamed.get(key, key)
            found = self.__dict__.get(key)
            if key not in self.__dict__ or (found is None and hasattr(type(self), key)):
                raise KeyError(key)
            return found

        keys, values, items, get = Mapping.keys, Mapping.values, Mapping.items, Mapping.get
        __contains__, __eq__, __hash__ = Mapping.__contains__, Mapping.__eq__, None

        def __iter__(self) -> Iterator[str]:
            kept = self.__dict__
            return (
                one for one in self._parts if one in kept and (kept[one] is not None or not hasattr(type(self), one))
            )

        def __len__(self) -> int:
            return sum(1 for _ in self)

        def __setattr__(self, name: str, value: Any) -> NoReturn:
            raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

        __delattr__ = __setattr__

        def __repr__(self) -> str:
            return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in self.items())})"

    def but(self, **changed: Any) -> Self:
        """The same answer with some parts changed."""
        return type(self)(**{**vars(self), **changed})

    @classmethod
    def older_names(cls) -> Mapping[str, str]:
        """Older names of parts, with their present ones."""
        return cls._renamed

    @classmethod
    def verdict_part(cls) -> str:
        """The part that says yes or no; empty where none does."""
        return cls._verdict

    @property
    def verdict(self) -> Any:
        """What that part says; 'value' where none says yes or no."""
        return getattr(self, self._verdict) if self._verdict else "value"


if not TYPE_CHECKING:
    # Named and not inherited from: each class below an abstract one takes half a millisecond to build.
    Mapping.register(Answer)


@dataclass(frozen=True)
class Declared:
    """What a question declares of its answer: the annotation, the parts with their words, and the one that says yes or no."""

    annotation: Any

    @property
    def classes(self) -> tuple[type[Answer], ...]:
        """The classes of answers it may give; none where it is one value."""
        return tuple(one for one in _kinds(self.annotation) if isinstance(one, type) and issubclass(one, Answer))

    @property
    def typed(self) -> bool:
        """Whether it says what the answer is."""
        return self.annotation is not Any

    @property
    def verdict(self) -> str:
        """The part that says yes or no, `ITSELF` for a plain yes or no, empty where there is none."""
        named = {one.verdict_part() for one in self.classes}
        return next(iter(named)) if named else ITSELF if bool in _kinds(self.annotation) else ""

    def schema(self) -> dict[str, Any]:
        """The answer as JSON Schema; null too, because a result may rest on a schedule that is not recorded."""
        made = schema(self.annotation)
        return (
            made
            if any(part == {"type": "null"} for part in made.get("anyOf", ()))
            else {"anyOf": [made, {"type": "null"}]}
        )


def declared(function: Any) -> Declared:
    """What a question's function declares as its answer."""
    made = typing.get_type_hints(function, include_extras=True).get("return")
    return Declared(get_args(made)[0] if get_args(made) else Any)


def known(value: T | None) -> T:
    """A part of an answer whose facts leave nothing open; raises FactError where it is open after all."""
    if value is None:
        raise FactError("A part of the answer is not known; ask the question by itself to see what is missing.")
    return value


@cache
def fields(kind: type) -> Mapping[str, Any]:
    """The annotation of each part of an answer, or of a row of one, by its name."""
    hints = typing.get_type_hints(kind, include_extras=True)
    named = kind._parts if issubclass(kind, Answer) else hints
    return {name: hints[name] for name in named}


def words(annotation: Any, name: str = "") -> Fact:
    """The label, help and unit of a part; its name where it has none."""
    if get_origin(annotation) is typing.Annotated:
        found = [one for one in get_args(annotation)[1:] if isinstance(one, Fact)]
        return found[-1] if found else words(get_args(annotation)[0], name)
    return Fact(name.replace("_", " ").capitalize())


def schema(annotation: Any) -> dict[str, Any]:
    """A part of an answer as JSON Schema, with its label and unit where it has some."""
    if get_origin(annotation) is typing.Annotated:
        said = words(annotation)
        kept = {"title": said.label, "description": said.help, "unit": said.unit}
        return schema(get_args(annotation)[0]) | {word: value for word, value in kept.items() if value}
    kinds = _members(annotation)
    if len(kinds) > 1:
        return {"anyOf": [schema(one) for one in kinds]}
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is typing.Literal:
        return {"enum": list(inner)}
    if isinstance(annotation, type) and (issubclass(annotation, Answer) or typing.is_typeddict(annotation)):
        return _of_fields(annotation)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": schema(inner[1])}
    if isinstance(origin, type):
        return {"type": "array", "items": schema(inner[0])}
    return dict(_PLAIN.get(annotation, {}))


_PLAIN: dict[Any, dict[str, str]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "format": "decimal"},
    type(None): {"type": "null"},
    None: {"type": "null"},
}


def _of_fields(kind: type) -> dict[str, Any]:
    """The parts of an answer, or of one of its rows."""
    properties = {name: {"title": words(one, name).label} | schema(one) for name, one in fields(kind).items()}
    older = kind.older_names() if issubclass(kind, Answer) else {}
    properties |= {
        old: {**properties[new], "description": f"The older name of `{new}`.", "deprecated": True}
        for old, new in older.items()
    }
    needed = vars(kind).get("__required_keys__") or {one for one in fields(kind) if not hasattr(kind, one)}
    made = {"type": "object", "properties": properties, "required": [one for one in properties if one in needed]}
    yes_or_no = kind.verdict_part() if issubclass(kind, Answer) else ""
    return made | {"additionalProperties": False} | ({"verdict": yes_or_no} if yes_or_no else {})


def _members(annotation: Any) -> tuple[Any, ...]:
    """The kinds of a union; otherwise the annotation alone."""
    return get_args(annotation) if get_origin(annotation) in (typing.Union, types.UnionType) else (annotation,)


def _kinds(annotation: Any) -> tuple[Any, ...]:
    """The kinds an answer may be of, without words."""
    if get_origin(annotation) is typing.Annotated:
        return _kinds(get_args(annotation)[0])
    found = _members(annotation)
    return found if len(found) == 1 else tuple(kind for one in found for kind in _kinds(one))
