"""A question: a plain function, facts in, Result out, that opens its own doors.

`@question(authority)` registers the function under `<subject>.<name>`. The subject is the folder or module below `law`
that holds the function; a module whose questions are asked by another subject's name says so in `SUBJECT`. From its signature come the checked Python call,
the facts as JSON Schema, the command line, the panel, the practice problem and the batch parameter.
"""

from __future__ import annotations

import contextlib
import dataclasses
import inspect
import re
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, get_args, get_origin

import seskit
from seskit.formats.keyed import reworded
from seskit.formats.spelling import american, american_codes
from seskit.law import answers, odd_facts, renaming, texts
from seskit.law.facts import NOT_KNOWN, Fact, FactError, Reads, calendar_year, suggestion
from seskit.law.refused import Refused, by_label, heading, listed
from seskit.law.result import A, Result

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

P = ParamSpec("P")
#: A name with several parts, as facts have them.
_PARTED = re.compile(r"[a-z]+(?:_[a-z0-9]+)+")
_REGISTRY: dict[str, Question[Any]] = {}


@dataclass(frozen=True)
class FactSlot:
    """One fact a question takes: its words, its kind, and whether it may be left out or not known."""

    name: str
    annotation: Any
    default: Any
    label: str
    help: str
    unit: str
    happened: bool = False
    after: tuple[str, ...] = ()
    zero: bool | None = None

    @classmethod
    def of(cls, name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> FactSlot:
        """The slot of one annotated name: a question's fact, or a field of a list's items."""
        fact = _words(annotation) or Fact(name.replace("_", " ").capitalize())
        kept = fact.happened, fact.after, fact.zero
        return cls(name, annotation, default, fact.label, fact.help, fact.unit, *kept)

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """Reads the fact from what a person or a program gives, whatever its kind."""
        from pydantic import TypeAdapter

        return TypeAdapter(self.annotation)

    @cached_property
    def of_one(self) -> Reads | tuple[str, ...] | type[str] | None:
        """What reads a fact of one value: its own function, the words to choose from, or any text; None for all others."""
        base, extras = _one_kind(self.annotation)
        readers = [extra for extra in extras if not isinstance(extra, Fact)]
        if len(readers) == 1 and isinstance(readers[0], Reads) and base in (bool, date, Decimal, int, str):
            return readers[0]
        if not readers and get_origin(base) is typing.Literal:
            return get_args(base) if all(isinstance(choice, str) for choice in get_args(base)) else None
        return str if base is str and not readers else None

    @property
    def required(self) -> bool:
        """Whether the question cannot be asked without it."""
        return self.default is inspect.Parameter.empty

    @property
    def is_year(self) -> bool:
        """Whether it is a year of the calendar or a fiscal year."""
        one = self.of_one
        return isinstance(one, Reads) and one.read is calendar_year

    @cached_property
    def may_be_unknown(self) -> bool:
        """Whether 'not known' is an answer that leads to 'cannot tell'."""
        return type(None) in members(self.annotation)

    @cached_property
    def kind(self) -> Any:
        """The kind of fact under its labels: date, Decimal, bool, int, str, list, or a tuple of choices."""
        for member in members(self.annotation):
            if get_origin(member) is typing.Literal:
                return get_args(member)
            if member is not type(None):
                return get_origin(member) or member
        return str

    def read(self, value: Any) -> Any:
        """The fact, checked; raises FactError with one sentence naming it."""
        if value is None or (isinstance(value, str) and value.strip().lower() in ("", NOT_KNOWN)):
            if self.may_be_unknown or (value is None and self.default is None):
                return None
            if value is not None and not value.strip() and not self.required:
                return self.default
            raise self.refused("needed, and not given.")
        if isinstance(value, str) and self.of_one is None:
            from seskit.law.written import taken_apart

            value = taken_apart(self, value)
        if isinstance(self.kind, tuple) and isinstance(value, str) and value not in self.kind:
            value = _as_listed(value, self.kind) or _as_listed(american(value), self.kind) or american(value)
        elif isinstance(value, list):
            value = _rows_as_listed(self, american_codes(value))
        one = self.of_one
        if isinstance(value, str) and (one is str or (isinstance(one, tuple) and value in one)):
            return value
        if isinstance(one, Reads):
            with contextlib.suppress(ValueError):
                return one.read(value)
        return self._as_a_whole(value)

    def _as_a_whole(self, value: Any) -> Any:
        from pydantic import ValidationError

        try:
            return self.adapter.validate_python(value)
        except ValidationError as failure:
            raise _refusal(self, value, failure) from None

    def refused(self, said: str, place: str = "") -> Refused:
        """The refusal of what was given for it, in one sentence."""
        return Refused.of(self, said, place)


@dataclass(frozen=True)
class Question(Generic[P, A]):
    """A registered question; call it like the function it wraps."""

    name: str
    function: Callable[P, Result[A]]
    authority: str
    renamed: renaming.Renamed = field(default_factory=dict, compare=False)

    def __call__(self, *args: P.args, **facts: P.kwargs) -> Result[A]:
        """Ask: facts are read and checked, the function answers, the answer carries the question's name.

        Where the answer rests on a schedule that is due and not recorded, it says so and answers nothing.
        """
        given = dict(zip(self.slots, args, strict=False)) | facts
        if len(args) > len(self.slots):
            raise FactError(f"{self.name} takes {len(self.slots)} facts; {len(args)} were given.")
        read = self.read(given)
        try:
            made = self.function(**read)  # type: ignore[call-arg]
        except FactError as failure:
            raise by_label(failure, self.slots) from None
        except OverflowError:
            raise FactError(f"{self.name}: a number leads beyond the calendar; check the numbers.") from None
        made = texts.as_sure(self.in_words(made))
        odd = odd_facts.cautions(self.slots, read, made.as_of, made.cautions)
        cautions = (*made.cautions, *odd, *renaming.sentences(given, self.renamed))
        return dataclasses.replace(made, question=self.name, facts=read, cautions=cautions).by_last_schedule()

    def in_words(self, made: Result[A]) -> Result[A]:
        """The answer with each fact that a sentence names called by its label, as the forms call it."""
        reasons = [
            dataclasses.replace(one, text=self._named(one.text)) if "_" in one.text else one for one in made.reasons
        ]
        cautions = tuple(reworded(one, self._named(one)) for one in made.cautions)
        return dataclasses.replace(made, says=self._named(made.says), reasons=tuple(reasons), cautions=cautions)

    def _named(self, text: str) -> str:
        if "_" not in text:
            return text
        return _PARTED.sub(lambda found: self.slots[found[0]].label if found[0] in self.slots else found[0], text)

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Check facts by name without asking; raises FactError for an unknown, missing or unusable one."""
        given = renaming.current(self.name, given, self.renamed)
        given = {name if name in self.slots else american(name): value for name, value in given.items()}
        for name in given:
            if name not in self.slots:
                near = suggestion(name, self.slots)
                raise FactError(f"{self.name} has no fact '{name}'.{near} Its facts are {listed(self.slots)}.")
        missing = [slot for slot in self.slots.values() if slot.required and slot.name not in given]
        if missing:
            raise FactError(f"{self.name} also needs {', '.join(map(heading, missing))}.")
        return {name: self.slots[name].read(value) for name, value in given.items()}

    @cached_property
    def slots(self) -> dict[str, FactSlot]:
        """The facts it takes, in order."""
        hints = typing.get_type_hints(self.function, include_extras=True)
        return {
            name: FactSlot.of(name, hints[name], parameter.default)
            for name, parameter in inspect.signature(self.function).parameters.items()
        }

    @cached_property
    def answers(self) -> answers.Declared:
        """What its answer is: the class with its parts, or the kind of one value."""
        return answers.declared(self.function)

    @property
    def asks(self) -> str:
        """What is asked, in one sentence."""
        return (inspect.getdoc(self.function) or "").split("\n\n")[0].replace("\n", " ")

    @property
    def title(self) -> str:
        """The question's name as a heading."""
        return self.name.split(".")[1].replace("_", " ").capitalize()

    def schema(self) -> dict[str, Any]:
        """The facts as JSON Schema."""
        properties = {}
        for slot in self.slots.values():
            described = {"title": slot.label, **slot.adapter.json_schema()}
            if slot.help:
                described["description"] = slot.help
            if slot.unit:
                described["unit"] = slot.unit
            properties[slot.name] = described
        required = [slot.name for slot in self.slots.values() if slot.required]
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def question(
    authority: str, renamed: renaming.Renamed | None = None
) -> Callable[[Callable[P, Result[A]]], Question[P, A]]:
    """Register a function as a question; `authority` is what its answer rests on, `renamed` its facts' older names."""

    def register(function: Callable[P, Result[A]]) -> Question[P, A]:
        made = Question(f"{_subject(function)}.{function.__name__}", function, authority, renamed or {})
        object.__setattr__(made, "__doc__", function.__doc__)
        _REGISTRY[made.name] = made
        return made

    return register


def _subject(function: Callable[..., Any]) -> str:
    named: str = function.__globals__.get("SUBJECT", "")
    return named or function.__module__.removeprefix("seskit.").split(".")[1]


def questions() -> dict[str, Question[Any]]:
    """Every question of every subject, by name."""
    for stem in seskit.SUBJECTS:
        import_module(f"seskit.law.{stem}")
    return dict(sorted(_REGISTRY.items()))


def of(result: Result) -> Question[Any] | None:
    """The question a result answers; None where it answers none."""
    return _REGISTRY.get(result.question)


def named(name: str) -> Question[Any] | None:
    """The question of exactly that name; only its subject is loaded."""
    stem = name.partition(".")[0]
    if stem in seskit.SUBJECTS:
        import_module(f"seskit.law.{stem}")
    return _REGISTRY.get(name)


def find(name: str) -> Question[Any]:
    """The question of that name; an unknown name names the nearest."""
    if found := named(name) or named(american(name)):
        return found
    known = questions()
    raise FactError(f"There is no question '{american(name)}'.{suggestion(name, known)} See: seskit questions.")


def _as_listed(text: str, choices: Iterable[Any]) -> str | None:
    """The choice that a text is but for its case, blanks, hyphens and low lines; None where it is none of them."""
    return next((one for one in choices if isinstance(one, str) and _bare(one) == _bare(text)), None)


def _rows_as_listed(slot: FactSlot, rows: list[Any]) -> list[Any]:
    """Rows of named fields, each choice in them as it is listed."""
    from seskit.law.entry_shape import shape

    choices = {one.name: one.kind for one in shape(slot).fields if isinstance(one.kind, tuple)}
    if not choices:
        return rows
    return [
        {name: (_as_listed(said, choices[name]) if name in choices and isinstance(said, str) else None) or said for name, said in row.items()}
        if isinstance(row, dict) else row
        for row in rows
    ]  # fmt: skip


def _bare(text: str) -> str:
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


def members(annotation: Any) -> list[Any]:
    """The kinds an annotation allows, without labels: Annotated and unions taken apart."""
    origin = get_origin(annotation)
    if origin is typing.Annotated:
        return members(get_args(annotation)[0])
    if origin is typing.Union or type(annotation).__name__ == "UnionType":
        return [member for part in get_args(annotation) for member in members(part)]
    return [annotation]


def _one_kind(annotation: Any) -> tuple[Any, Sequence[Any]]:
    """The one kind an annotation allows beside None, with everything said about it; None where it allows several."""
    if get_origin(annotation) is typing.Annotated:
        inner, *extras = get_args(annotation)
        base, more = _one_kind(inner)
        return base, (*more, *extras)
    if get_origin(annotation) is typing.Union or type(annotation).__name__ == "UnionType":
        kinds = [part for part in get_args(annotation) if part is not type(None)]
        return _one_kind(kinds[0]) if len(kinds) == 1 else (None, ())
    return annotation, ()


def _words(annotation: Any) -> Fact | None:
    """The outermost Fact of an annotation: a question may word a shared fact anew."""
    if get_origin(annotation) is typing.Annotated:
        inner, *extras = get_args(annotation)
        facts = [extra for extra in extras if isinstance(extra, Fact)]
        return facts[-1] if facts else _words(inner)
    for part in get_args(annotation):
        if found := _words(part):
            return found
    return None


def _refusal(slot: FactSlot, value: Any, failure: ValidationError) -> Refused:
    """What is wrong with the first part of a value that cannot be used."""
    first = failure.errors()[0]
    place, at = "", slot
    for step in first["loc"]:
        if isinstance(step, int):
            place += f", item {step + 1}"
        elif isinstance(value, Mapping | list) and not str(step).startswith(("function-", "literal", "list", "dict")):
            at = _field(at, str(step))
            place += f", {at.label if at.name == step else step}"
    given = first["input"]
    said = f"'{given}' " if isinstance(given, str | int | Decimal | float) else ""
    if first["type"] == "literal_error":
        choices = [str(choice) for choice in at.kind] if isinstance(at.kind, tuple) else None
        named = ", ".join(choices) if choices else str(first["ctx"]["expected"])
        return slot.refused(f"{said}is not one of {named}.{suggestion(str(given), choices or [])}", place)
    if first["type"] == "extra_forbidden":
        return slot.refused("no such entry belongs here.", place)
    if first["type"] == "missing":
        return slot.refused("needed, and not given.", place)
    if first["type"] == "value_error":
        return slot.refused(f"{said}{str(first['ctx']['error']).rstrip('.')}.", place)
    return slot.refused(f"{said}{_PLAIN.get(first['type'], 'cannot be used here')}.", place)


#: What pydantic says of a value, in words for people.
_PLAIN = {
    **dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), "is not a whole number, such as 12"),
    **dict.fromkeys(("decimal_parsing", "decimal_type", "float_parsing", "float_type"), "is not a number, such as 12.5"),
    **dict.fromkeys(("list_type", "tuple_type", "iterable_type"), "is not a list; give its items one by one"),
    **dict.fromkeys(("model_type", "dict_type", "typed_dict_type", "mapping_type"), "is not an entry with names and values"),
    "string_type": "is not text",
    "string_too_short": "is empty; write something",
    "too_short": "has too few entries; add one",
}  # fmt: skip


def _field(slot: FactSlot, name: str) -> FactSlot:
    """The field of that name in the rows of a fact; the fact itself where it has none."""
    from seskit.law.entry_shape import shape

    found = shape(slot)
    return next((field for field in found.fields if field.name == name), slot)
