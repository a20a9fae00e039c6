"""One question asked step by step on a terminal, in plain lines: no color, no arrow keys, nothing redrawn.

Enter alone leaves a fact open, `back` goes one step back, `stop` ends. Only facts that still matter are asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from seskit.desk import drills
from seskit.desk.asked import line
from seskit.desk.console import safe, say
from seskit.law import probing
from seskit.law.entry_shape import shape
from seskit.law.facts import NOT_KNOWN, FactError
from seskit.law.question import FactSlot, Question
from seskit.law.result import Result
from seskit.law.written import how

HOW = (
    "Type an answer and press Enter. Enter alone: not known, or left out. 'back': one step back. 'stop': end without an "
    "answer."
)
_BACK = object()


class Stopped(Exception):
    """The person ended the walk."""


def at_a_terminal() -> bool:
    """Whether a person can be asked: what is typed and what is printed are both a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def typed(prompt: str) -> str:
    """One line from the person."""
    return str(click.prompt(safe(prompt), default="", show_default=False, prompt_suffix=" "))


class QuestionWalk:
    """The steps through one question; `given` holds the facts so far, `left_open` those passed over."""

    def __init__(self, question: Question[Any], read: Callable[[str], str] = typed) -> None:
        self.question, self._read = question, read
        self.given: dict[str, Any] = {}
        self.left_open: list[str] = []
        self._order: list[str] = []

    def run(self) -> Result | None:
        """Ask until nothing more matters, then answer; None where the person stops."""
        say(f"{self.question.asks}\n{HOW}")
        try:
            while slot := self._next():
                self._step(slot)
        except Stopped:
            say("Stopped; nothing was asked.")
            return None
        return self.question(**self.given)

    def summary(self) -> str:
        """What was given, what was left open, and the line that asks the same again."""
        slots = self.question.slots
        lines = [f"- {slots[name].label}: {drills.told(slots[name], value)}" for name, value in self._told().items()]
        said = ["You gave:", *(lines or ["- nothing"])]
        if self.left_open:
            said.append(f"Left open: {', '.join(slots[name].label for name in self.left_open)}.")
        again = line.command(self.question, {name: self.given[name] for name in slots if name in self.given})
        return "\n".join([*said, "To ask the same again:", f"  {again}"])

    def _told(self) -> dict[str, Any]:
        return {name: self.given[name] for name in self.question.slots if name in self.given}

    def _next(self) -> FactSlot | None:
        """The next fact: those that are needed first, then those that can still change the answer."""
        still = [slot for name, slot in self.question.slots.items() if name not in self._order]
        if needed := [slot for slot in still if slot.required]:
            return needed[0]
        matter = probing.can_matter(self.question, self.given) if still else frozenset()
        return next((slot for slot in still if slot.name in matter), None)

    def _step(self, slot: FactSlot) -> None:
        value = self._value(slot, f"\n{len(self._order) + 1}. ")
        if value is _BACK:
            self._undo()
            return
        self._order.append(slot.name)
        if value is None and not (slot.required and slot.may_be_unknown):
            self.left_open.append(slot.name)
            return
        self.given[slot.name] = value
        if any(one.required and one.name not in self.given for one in self.question.slots.values()):
            return
        try:
            self.question(**self.given)
        except FactError as failure:
            say(f"{getattr(failure, 'at_entry', failure)} Give it again, or 'back' to change an earlier answer.")
            self._undo()

    def _undo(self) -> None:
        """Take back the last answer."""
        if not self._order:
            say("This is the first step.")
            return
        name = self._order.pop()
        self.given.pop(name, None)
        if name in self.left_open:
            self.left_open.remove(name)

    def _value(self, slot: FactSlot, lead: str, place: str = "") -> Any:
        """What the person gives for one fact: read, None where it is left open, or 'back'."""
        say(f"{lead}{_heading(slot, place)}")
        if slot.help:
            say(f"   {slot.help}")
        found = shape(slot)
        if found.kind == "rows":
            return self._rows(slot, place)
        if found.kind == "fields":
            return self._row(slot, place, ends=False)
        for said in _ways(slot):
            say(f"   {said}")
        while True:
            text = self._line()
            if text == "back":
                return _BACK
            if not text and not (slot.required and not slot.may_be_unknown):
                return None
            try:
                return slot.read(_chosen(slot, text))
            except FactError as failure:
                say(f"   {getattr(failure, 'at_entry', failure)}")

    def _rows(self, slot: FactSlot, place: str) -> Any:
        rows: list[Any] = []
        while True:
            row = self._row(slot, f"{place}, row {len(rows) + 1}", ends=True)
            if row is _BACK:
                if not rows:
                    return _BACK
                rows.pop()
            elif row:
                rows.append(row)
            elif rows or not slot.required:
                return slot.read(rows) if rows else None
            else:
                say("   At least one row is needed.")

    def _row(self, slot: FactSlot, place: str, *, ends: bool) -> Any:
        """The fields of one row; Enter alone at the first field of a further row ends the rows."""
        fields = shape(slot).fields
        given: dict[str, Any] = {}
        at = 0
        while at < len(fields):
            field = fields[at]
            if at == 0 and ends:
                say(f"   {slot.label}{place}. Enter alone at its first entry: no further row.")
            value = self._field(field, place, first=ends and at == 0)
            if value is _BACK:
                if at == 0:
                    return _BACK
                at -= 1
                given.pop(fields[at].name, None)
                continue
            if value is None and at == 0 and ends:
                return {}
            if value is not None:
                given[field.name] = value
            at += 1
        return given

    def _field(self, field: FactSlot, place: str, *, first: bool) -> Any:
        if shape(field).kind in ("rows", "fields"):
            return self._value(field, "   ", place)
        say(f"   {_heading(field, place)} {' '.join(_ways(field, brief=True))}".rstrip())
        while True:
            text = self._line()
            if text == "back":
                return _BACK
            if not text and (first or not field.required):
                return None
            try:
                field.read(_chosen(field, text))
            except FactError as failure:
                say(f"   {getattr(failure, 'at_entry', failure)}")
            else:
                return _chosen(field, text)

    def _line(self) -> str:
        text = self._read(">").strip()
        if text.lower() == "stop":
            raise Stopped
        return "back" if text.lower() == "back" else text


def _heading(slot: FactSlot, place: str) -> str:
    unit = f", in {slot.unit.replace('USD', 'dollars')}" if slot.unit and slot.unit not in ("level", "count") else ""
    return f"{slot.label}{place}{unit} ({'needed' if slot.required else 'may be left open'})."


def _ways(slot: FactSlot, *, brief: bool = False) -> list[str]:
    """How to answer: the choices by name, how several are written, and what Enter alone means."""
    said, found = [], shape(slot)
    if found.kind == "choice" and all(isinstance(one, int) and not isinstance(one, bool) for one in found.choices):
        said.append(f"Choose one of {', '.join(map(str, found.choices))}.")
    elif found.kind in ("choice", "several"):
        names = [_name(one) for one in (*found.choices, *found.alone)]
        listed = (
            " or ".join(names) if names == ["yes", "no"] else "; ".join(f"{n} {one}" for n, one in enumerate(names, 1))
        )
        said.append(f"Answer {listed}." if names == ["yes", "no"] else f"Choose by number or name: {listed}.")
    if way := how(slot):
        said.append(f"{way[0].upper()}{way[1:]}.")
    if slot.default not in (None, "") and not slot.required and not brief:
        said.append(f"Enter alone: {drills.told(slot, slot.default)}.")
    elif slot.required and slot.may_be_unknown:
        said.append(f"Enter alone: {NOT_KNOWN}.")
    return said


def _name(choice: Any) -> str:
    return {True: "yes", False: "no"}[choice] if isinstance(choice, bool) else str(choice).replace("_", " ")


def _chosen(slot: FactSlot, text: str) -> str:
    """A choice by its number in the list or by its name as it is shown; any other text as it is."""
    found = shape(slot)
    if found.kind == "several":
        listed = [_of(part.strip(), (*found.choices, *found.alone)) for part in text.replace(",", ";").split(";")]
        return "; ".join(listed)
    if found.kind != "choice" or any(isinstance(one, int) for one in found.choices):
        return text
    return _of(text, found.choices)


def _of(text: str, choices: tuple[Any, ...]) -> str:
    if text.isdecimal() and 0 < int(text) <= len(choices):
        return str(choices[int(text) - 1])
    return next((str(one) for one in choices if _name(one).lower() == text.lower()), text)
