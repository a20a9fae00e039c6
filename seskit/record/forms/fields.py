"""One entry of a file: its label, help and kind, taken from the record or the column that reads it; and its text."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from seskit.formats.spelling import american
from seskit.law import facts
from seskit.law.facts import FactError, Unreadable
from seskit.record.roster.cells import UnusableCell, settled
from seskit.record.roster.columns import Column

Kind = Literal["text", "day", "whole", "number", "yes_no", "choice"]
Shape = Literal["one", "lines", "pairs"]
#: What is written where an entry is known to be empty; a blank one is not known or takes its usual value.
NONE = "(none)"
_CAPITALS = {
    "id": "Id",
    "opm": "OPM",
    "omb": "OMB",
    "ecq": "Qualification",
    "gpra": "GPRA",
    "qrb": "QRB",
    "defense": "Defense",
}
_READ: Mapping[Kind, Callable[[str], Any]] = {
    "text": str, "day": facts.day, "whole": facts.whole, "number": lambda text: facts.percent(text.replace("$", "").replace(",", "")),
    "yes_no": facts.yes_no,
}  # fmt: skip
_HOW: Mapping[Kind, str] = {
    "text": "Write words.",
    "day": "Write the date as year-month-day or month/day/year.",
    "whole": "Write a whole number.",
    "number": "Write a number.",
    "yes_no": "Write yes or no, or leave it blank where it is not known.",
    "choice": "Choose from the list.",
}
#: What stands before the colon of a pair, where it is not a name.
_BEFORE_COLON: Mapping[Kind, str] = {"day": "date", "whole": "whole number", "number": "number"}


@dataclass(frozen=True)
class Field:
    """One entry: how people see it, and how its text becomes a value."""

    name: str
    label: str
    help: str
    kind: Kind = "text"
    shape: Shape = "one"
    needed: bool = False
    choices: tuple[Any, ...] = ()
    #: Values that may be chosen, where others may be written as well.
    offered: tuple[str, ...] = ()
    #: For pairs, the kind of the name before the colon.
    named_by: Kind = "text"
    #: Whether empty says something else than blank.
    may_be_none: bool = False
    #: The words of the choice that says so, on the screen.
    none_said: str = ""
    #: What people call the values offered, where that is not their key with spaces.
    named: Mapping[str, str] = field(default_factory=dict)
    column: Column | None = None

    @property
    def usual(self) -> bool:
        """Whether it is filled in as a rule: what is needed, and the columns without which a list is no such list."""
        return self.needed or bool(self.column and self.column.needed_in_header)

    @property
    def each(self) -> str:
        """How several stand in one entry, each in a line."""
        if self.shape == "pairs":
            value = "words" if self.kind == "text" and self.named_by != "text" else "value"
            return f"One per line: {_BEFORE_COLON.get(self.named_by, 'name')}, colon, {value}."
        return "One per line." if self.shape == "lines" else ""

    @property
    def how(self) -> str:
        """How it is written."""
        if self.column is not None:
            return self.column.fix
        each = f" {self.each}" if self.each else ""
        empty = f" Write {NONE} where there is none." if self.may_be_none else ""
        return f"{_HOW[self.kind]}{each}{empty}"

    @property
    def words(self) -> tuple[str, ...]:
        """The choices as people see them."""
        if self.kind == "yes_no" and self.shape == "one":
            return ("yes", "no")
        return tuple(self._called(choice) for choice in self.choices or self.offered)

    def value(self, text: str) -> Any:
        """What a text stands for; raises Unreadable."""
        text = text.strip()
        if self.may_be_none and text == NONE:
            return [] if self.shape == "lines" else {} if self.shape == "pairs" else ""
        if self.shape == "lines":
            return [self._one(line.strip()) for line in text.splitlines() if line.strip()]
        if self.shape == "pairs":
            return self._pairs(text)
        return self._one(text)

    def text(self, value: Any) -> str:
        """A value as its text; nothing for what is not known."""
        if value is None:
            return ""
        if self.shape == "lines":
            return "\n".join(map(self._line, value)) or (NONE if self.may_be_none else "")
        if self.shape == "pairs":
            return "\n".join(f"{said(key)}: {self._line(one)}" for key, one in value.items())
        if self.kind == "choice" or value in self.offered:
            return self._called(value)
        return written(value) or (NONE if self.may_be_none and value == "" else "")

    def of_cell(self, cell: str) -> tuple[str, str]:
        """The text of a cell as this form writes it, and a caution where there is one; one that cannot be read stays as it is.

        Raises UnusableCell where no entry at all can be read from it.
        """
        words = (
            self.column.read is str if self.column else self.kind == "text" or self.shape != "one" or bool(self.offered)
        )
        free = self.column.is_free if self.column else words
        try:
            value, caution = settled(cell, str if words else self.value, free=free)
        except UnusableCell:
            raise
        except Unreadable:
            return str(cell).strip(), ""
        if value is None:
            return "", ""
        return self.normal(value.strip()) if words else self.text(value), caution

    def normal(self, text: str) -> str:
        """A text as this form writes it; one that cannot be read stays as it is."""
        try:
            return self.text(self.value(text))
        except (Unreadable, FactError):
            return text

    def _line(self, value: Any) -> str:
        if "\n" in (line := said(value) if self.kind == "choice" else written(value)):
            raise FactError(f"{self.label}: an entry of the list has more than one line. Write it on one line.")
        return line

    def _one(self, text: str) -> Any:
        if self.column is not None:
            return self.column.read(text)
        if self.kind == "choice":
            return self._choice(text)
        if self.offered:
            return next((one for one in self.offered if text in (one, said(one), self._called(one))), text)
        return _plain(_READ[self.kind](text))

    def _called(self, choice: Any) -> str:
        return self.named.get(str(choice)) or said(choice)

    def _choice(self, text: str) -> Any:
        by_word = {said(choice).lower(): choice for choice in self.choices}
        by_word |= {str(choice).lower(): choice for choice in self.choices}
        if (meant := american(text).lower()) not in by_word:
            raise Unreadable(f"is not one of {', '.join(self.words)}", meant=facts.near(text, list(self.words)))
        return by_word[meant]

    def _pairs(self, text: str) -> dict[Any, Any]:
        pairs: dict[Any, Any] = {}
        for line in filter(None, (line.strip() for line in text.splitlines())):
            key, value = self._pair(line)
            if key in pairs:
                raise Unreadable(f"names '{written(key)}' twice", "leave one line")
            pairs[key] = value
        return pairs

    def _pair(self, line: str) -> tuple[Any, Any]:
        """What stands before and after the colon; the other way around where only that can be read."""
        cut = line.partition if self.kind == "text" else line.rpartition
        before, colon, after = (part.strip() for part in cut(":"))
        if not colon or not before:
            raise Unreadable(
                f"has a line without a colon: '{line}'",
                f"write {_BEFORE_COLON.get(self.named_by, 'name')}, colon, value",
            )
        try:
            return _plain(_READ[self.named_by](before)), self._one(after)
        except (Unreadable, FactError):
            first, _, last = (part.strip() for part in line.rpartition(":"))
            try:
                return _plain(_READ[self.named_by](last)), self._one(first)
            except (Unreadable, FactError):
                pass
            raise


def said(choice: Any) -> str:
    """A choice in plain words: limited term, not limited_term."""
    return str(choice).replace("_", " ")


def written(value: Any) -> str:
    """A value as people write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def labeled(name: str) -> str:
    """A key in words: opens_on is 'Opens on'."""
    words = [_CAPITALS.get(word, word) for word in re.split(r"[_.]", name)]
    text = " ".join(words)
    return text[0].upper() + text[1:]


def of_field(
    name: str,
    info: FieldInfo,
    help_text: str,
    *,
    offered: Sequence[str],
    empty_is_said: bool,
) -> Field:
    """The entry of a record's field; `empty_is_said` where a text that is empty says more than one that is left out."""
    shape, key, item = _shape(info.annotation)
    kind, choices = _kind(item, info if shape == "one" else None)
    optional = info.default is None and not info.is_required()
    return Field(
        name, labeled(name), help_text, kind, shape, info.is_required(), choices, tuple(offered),
        _kind(key, None)[0] if key else "text", optional and (shape == "lines" or (kind == "text" and empty_is_said)),
    )  # fmt: skip


def of_column(column: Column) -> Field:
    """The entry of a list's column; its label is the heading that the list's reader knows."""
    kind: Kind = "number" if column.kind == "money" else column.kind
    return Field(column.name, labeled_column(column.name), column.help, kind, "one", column.required, column.choices,
                 column=column)  # fmt: skip


def labeled_column(name: str) -> str:
    """A heading that reads as the column: 'Person id' is person_id."""
    return name.replace("_", " ").capitalize()


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _shape(annotation: Any) -> tuple[Shape, Any, Any]:
    """One value, a list of values or named values; the kind of the name, and of the value."""
    part = _known(annotation)
    if get_origin(part) in (tuple, list):
        return "lines", None, get_args(part)[0]
    if get_origin(part) is dict:
        key, value = get_args(part)
        return "pairs", key, value
    return "one", None, part


def _known(annotation: Any) -> Any:
    """The annotation without 'not known'."""
    if get_origin(annotation) in (Union, types.UnionType):
        return next(part for part in get_args(annotation) if part is not type(None))
    return annotation


def _kind(annotation: Any, info: FieldInfo | None) -> tuple[Kind, tuple[Any, ...]]:
    part = _known(annotation)
    if get_origin(part) is Annotated:
        part = _known(get_args(part)[0])
    if get_origin(part) is Literal:
        return "choice", get_args(part)
    if schema := _enum(annotation, info):
        return "choice", schema
    kinds: dict[Any, Kind] = {bool: "yes_no", date: "day", Decimal: "number", int: "whole"}
    return kinds.get(part, "text"), ()


def _enum(annotation: Any, info: FieldInfo | None) -> tuple[Any, ...]:
    """Choices that only the schema names."""
    for one in (*(getattr(annotation, "__metadata__", ())), *(info.metadata if info else ())):
        schema = getattr(one, "json_schema", None) or {}
        if listed := schema.get("enum"):
            return tuple(listed)
    return ()
