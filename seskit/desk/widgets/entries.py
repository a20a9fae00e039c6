"""One labeled entry for one fact: a text box, a list of choices, tick boxes, or rows with buttons."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

import ipywidgets

from seskit.desk.widgets import typed
from seskit.desk.widgets.look import label, text_of
from seskit.desk.widgets.pressing import Button
from seskit.law.entry_shape import EMPTY, Shape, shape
from seskit.law.facts import NOT_KNOWN, FactError
from seskit.law.in_words import as_data
from seskit.law.in_words import choice as words_of
from seskit.law.question import FactSlot

CHOOSE = ""


class Missing(Exception):
    """A needed fact that is not filled in; its text is the entry's label."""


class Entry(ABC):
    """What every entry does; `widget` is what is shown, `place` tells entries of the same label apart."""

    widget: Any

    def __init__(self, slot: FactSlot, place: str = "") -> None:
        self.slot, self.place = slot, place
        self.shape = shape(slot)
        self.heard: Callable[[], None] = lambda: None
        self.widget = self.build()
        self.widget.add_class("seskit-field")

    @property
    def words(self) -> str:
        """The label, with the unit."""
        unit = f" ({self.slot.unit.replace('USD', 'dollars')})" if self.slot.unit else ""
        return f"{self.slot.label}{unit}{self.place}"

    @property
    def help(self) -> str:
        """The fact's help, and what an empty box means."""
        return self.slot.help

    @abstractmethod
    def build(self) -> Any:
        """Make the widget."""

    @abstractmethod
    def given(self) -> Any:
        """What the person gave; raises Missing where a needed fact is not filled in."""

    @abstractmethod
    def put(self, value: Any) -> None:
        """Show a value that the fact can have."""

    def complain(self, sentence: str) -> None:
        """Say why the entry cannot be used, at the entry; an empty sentence takes it back."""
        shown = label(self.words, self.help, sentence)
        if self.widget.description != shown:
            self.widget.description = shown

    def wrong(self) -> list[str]:
        """Why what is entered cannot be used, with the label; each fault is said at its own box as well."""
        try:
            self.slot.read(self.given())
        except FactError as failure:
            sentence = getattr(failure, "at_entry", str(failure))
            if self.place and sentence.startswith(self.slot.label):
                sentence = f"{self.slot.label}{self.place}{sentence.removeprefix(self.slot.label)}"
            self.complain(sentence)
            return [sentence]
        except Missing:
            pass
        self.complain("")
        return []

    def empty(self) -> Any:
        """What an entry that was left empty stands for."""
        if self.slot.required:
            raise Missing(self.slot.label + self.place)
        if isinstance(self.slot.default, list | tuple | Mapping):
            return {} if isinstance(self.slot.default, Mapping) else []
        return None if self.slot.default is None else ""

    def copy(self, other: Any) -> None:
        """Show what another entry of the same fact shows, as it was typed."""
        self.widget.value = other.widget.value

    def watch(self, widget: Any) -> Any:
        """Have a widget's changes heard."""
        widget.observe(lambda _: self.heard(), "value")
        return widget


class ValueEntry(Entry):
    """A text box or a list of choices: one value."""

    @property
    def help(self) -> str:
        """The fact's help, and how to say that it is not known."""
        said = [self.slot.help]
        if self.shape.kind == "lines":
            unknown = self.shape.item and self.shape.item.may_be_unknown
            said.append("One per line; write 'not known' where one is not." if unknown else "One per line.")
        if self.shape.kind == "pairs":
            said.append("One per line: name, colon, value.")
        if self.shape.kind == "json":
            said.append("One per line: its name, a colon, then name=number with commas between.")
        if self.shape.kind != "choice" and self.slot.may_be_unknown:
            said.append("Write 'not known' if it is not." if self.slot.required else "Leave empty if not known.")
        return " ".join(part for part in said if part)

    def build(self) -> Any:
        """A box of the fact's shape, holding its default."""
        words = {"description": label(self.words, self.help), "description_allow_html": True}
        style = {"description_width": "initial"}
        if self.shape.kind == "choice":
            made: Any = ipywidgets.Dropdown(options=self._options(), style=style, **words)
        else:
            kind = ipywidgets.Text if self.shape.kind == "text" else ipywidgets.Textarea
            made = kind(continuous_update=False, style=style, **words)
        self.widget = made
        if self.slot.default not in (EMPTY, None):
            self.put(self.slot.default)
        return self.watch(made)

    def _options(self) -> list[tuple[str, Any]]:
        options = [(words_of(choice, self.slot.name), choice) for choice in self.shape.choices]
        unknown = [(NOT_KNOWN, NOT_KNOWN)] if self.slot.may_be_unknown or self.slot.default is None else []
        if self.slot.required:
            return [("choose", CHOOSE), *options, *unknown]
        return [*unknown, *options]

    def given(self) -> Any:
        """The choice, or the text as typed; several lines as a list."""
        value = self.widget.value
        if isinstance(value, str) and not value.strip():
            return self.empty()
        if self.shape.kind in ("lines", "pairs") and value.strip().lower() != NOT_KNOWN:
            lines = [line.strip() for line in value.splitlines() if line.strip()]
            if self.shape.kind == "pairs":
                return self._paired(lines)
            item = self.shape.item or self.slot
            return [None if line.lower() == NOT_KNOWN else typed.as_read(item, line) for line in lines]
        return typed.as_read(self.slot, value) if isinstance(value, str) else value

    def _paired(self, lines: list[str]) -> dict[str, str]:
        pairs: dict[str, str] = {}
        for line in lines:
            name, colon, value = (part.strip() for part in line.rpartition(":"))
            if not colon or not name:
                raise self.slot.refused(f"'{line}' has no colon between name and value.")
            if name in pairs:
                raise self.slot.refused(f"'{name}' is there twice; leave one line.")
            pairs[name] = value
        return pairs

    def put(self, value: Any) -> None:
        """Show a value."""
        if self.shape.kind == "choice":
            self.widget.value = NOT_KNOWN if value is None else value
        elif value is None:
            self.widget.value = NOT_KNOWN if self.slot.required else ""
        elif self.shape.kind == "lines":
            self.widget.value = "\n".join(NOT_KNOWN if item is None else text_of(item) for item in value)
        elif self.shape.kind == "pairs":
            self.widget.value = "\n".join(f"{name}: {text_of(item)}" for name, item in value.items())
        elif self.shape.kind == "json" and not all(isinstance(row, Mapping) for row in value.values()):
            self.widget.value = json.dumps(as_data(value), ensure_ascii=False)
        elif self.shape.kind == "json":
            self.widget.value = "\n".join(f"{name}: {_row(row)}" for name, row in value.items())
        else:
            self.widget.value = text_of(value, self.slot.unit)


def _row(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={item if isinstance(item, date) else text_of(item)}" for name, item in row.items())


class GroupEntry(Entry):
    """Several boxes under one label."""

    head: ipywidgets.HTML

    def around(self, *children: Any) -> Any:
        """The label and help, then the boxes."""
        self.head = ipywidgets.HTML(label(self.words, self.help))
        made = ipywidgets.VBox([self.head, *children])
        made.add_class("seskit-rows")
        return made

    def complain(self, sentence: str) -> None:
        """Say what is wrong under the group's label."""
        self.head.value = label(self.words, self.help, sentence)


class Ticks(GroupEntry):
    """Any number of choices, each with a box to tick."""

    @property
    def help(self) -> str:
        """The fact's help, and what to tick."""
        return f"{self.slot.help} Check all that apply.".strip()

    def build(self) -> Any:
        """A box to tick for each choice, and one for 'not known'."""
        names = [*self.shape.alone, *self.shape.choices, *([NOT_KNOWN] if self.slot.may_be_unknown else [])]
        self.ticks = {
            name: self.watch(ipywidgets.Checkbox(value=False, description=words_of(name, self.slot.name), indent=False))
            for name in names
        }
        made = self.around(*self.ticks.values())
        if self.slot.default is not EMPTY:
            self.put(self.slot.default)
        return made

    def given(self) -> Any:
        """What is ticked: the choices, or the one that stands alone."""
        ticked = [name for name, tick in self.ticks.items() if tick.value]
        listed = [name for name in ticked if name in self.shape.choices]
        alone = [name for name in ticked if name not in listed]
        if len(alone) > 1 or (alone and listed):
            raise self.slot.refused(
                f"'{words_of(alone[0], self.slot.name)}' is checked together with something else; leave one."
            )
        return alone[0] if alone else listed

    def put(self, value: Any) -> None:
        """Tick what is given."""
        chosen = [NOT_KNOWN] if value is None else [value] if isinstance(value, str) else list(value)
        for name, tick in self.ticks.items():
            tick.value = name in chosen

    def copy(self, other: Any) -> None:
        """Tick the same."""
        for name, tick in self.ticks.items():
            tick.value = other.ticks[name].value


class Fields(GroupEntry):
    """A mapping with known names: a box for each."""

    def build(self) -> Any:
        """One box for each field."""
        self.boxes = [entry(field, self.place) for field in self.shape.fields]
        for box in self.boxes:
            box.heard = lambda: self.heard()
        made = self.around(*(box.widget for box in self.boxes))
        if isinstance(self.slot.default, Mapping):
            self.put(self.slot.default)
        return made

    def wrong(self) -> list[str]:
        """Field by field; a fault of the whole only where every field can be used."""
        return [one for box in self.boxes for one in box.wrong()] or super().wrong()

    def given(self) -> Any:
        """The fields filled in."""
        return filled(self.boxes) or self.empty()

    def put(self, value: Any) -> None:
        """Fill the boxes."""
        fill(self.boxes, value or {})

    def copy(self, other: Any) -> None:
        """Box by box."""
        for box, shown in zip(self.boxes, other.boxes, strict=True):
            box.copy(shown)


class RowsEntry(GroupEntry):
    """A list of mappings: one row of boxes each, with buttons to add and to remove."""

    def build(self) -> Any:
        """The rows, then the button that adds one."""
        self.rows: list[list[Entry]] = []
        self.body = ipywidgets.VBox([])
        self.body.add_class("seskit-rows")
        add = Button(f"Add a row to: {self.slot.label}{self.place}", self._add)
        made = self.around(self.body, add)
        if self.slot.default not in (EMPTY, None):
            self.put(self.slot.default)
        elif self.slot.required:
            self._grow()
        return made

    def wrong(self) -> list[str]:
        """Box by box; a fault of the whole only where every box can be used."""
        return [one for boxes in self.rows for box in boxes for one in box.wrong()] or super().wrong()

    def given(self) -> Any:
        """The rows, in order; an optional list without rows is left out."""
        if not self.rows:
            return self.empty()
        return gathered([partial(filled, boxes) for boxes in self.rows])

    def put(self, value: Any) -> None:
        """Show a list of mappings, one to a row."""
        items = list(value or [])
        self._sized(len(items))
        for boxes, item in zip(self.rows, items, strict=True):
            fill(boxes, item)

    def copy(self, other: Any) -> None:
        """Row by row."""
        self._sized(len(other.rows))
        for boxes, shown in zip(self.rows, other.rows, strict=True):
            for box, one in zip(boxes, shown, strict=True):
                box.copy(one)

    def _sized(self, length: int) -> None:
        while len(self.rows) < length:
            self._grow()
        while len(self.rows) > length:
            self._shrink()

    def _add(self) -> None:
        self._grow()
        self.heard()

    def _remove(self, number: int) -> None:
        """Take a row out by moving up those below it: the keyboard stays on the same button where it can."""
        for above, below in zip(self.rows[number:], self.rows[number + 1 :], strict=False):
            for box, next_box in zip(above, below, strict=True):
                box.copy(next_box)
        self._shrink()
        self.heard()

    def _grow(self) -> None:
        number = len(self.rows)
        place = f"{self.place}.{number + 1}" if self.place else f", row {number + 1}"
        boxes = [entry(field, place) for field in self.shape.fields]
        for box in boxes:
            box.heard = lambda: self.heard()
        remove = Button(f"Remove: {self.slot.label}{place}", partial(self._remove, number))
        row = ipywidgets.VBox([*(box.widget for box in boxes), remove])
        row.add_class("seskit-row")
        self.rows.append(boxes)
        self.body.children = (*self.body.children, row)

    def _shrink(self) -> None:
        self.rows.pop()
        self.body.children = self.body.children[:-1]


_KINDS: dict[str, type[Entry]] = {"several": Ticks, "fields": Fields, "rows": RowsEntry}


def entry(slot: FactSlot, place: str = "") -> Entry:
    """The entry for a fact."""
    return _KINDS.get(shape(slot).kind, ValueEntry)(slot, place)


def filled(boxes: list[Entry]) -> dict[str, Any]:
    """What the boxes of one mapping hold; a field that may be left out and is empty is left out."""
    found = dict(zip((box.slot.name for box in boxes), gathered([box.given for box in boxes]), strict=True))
    return {name: value for name, value in found.items() if value is not None and value != NOT_KNOWN}


def gathered(parts: list[Callable[[], Any]]) -> list[Any]:
    """Every part's value; what is missing in any of them is named together."""
    values, missing = [], []
    for part in parts:
        try:
            values.append(part())
        except Missing as lacking:
            missing.append(str(lacking))
    if missing:
        raise Missing("; ".join(missing))
    return values


def fill(boxes: list[Entry], item: Any) -> None:
    """Show one mapping in its boxes."""
    given = item if isinstance(item, Mapping) else dict(item)
    for box in boxes:
        if given.get(box.slot.name) is not None:
            box.put(given[box.slot.name])


__all__ = ["CHOOSE", "Entry", "Missing", "Shape", "Ticks", "ValueEntry", "entry"]
