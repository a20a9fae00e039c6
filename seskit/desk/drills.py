"""Practice problems from questions: sensible facts, answers that can be given, and the reasons.

Facts, their bounds and their relations are declared for each question (`asked/questions`), and so are the kinds of
answer with their choices. One number always gives one problem.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.desk.practice import declared
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.practice.declared import DeclaredPractice
from seskit.formats.days import long_date, long_month
from seskit.law import facts
from seskit.law.entry_shape import shape
from seskit.law.facts import dollars
from seskit.law.question import FactSlot, Question
from seskit.law.result import Result

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_UNSAID = ("", "level", "count", "year", "persons", "periods")


@dataclass(frozen=True)
class Drill:
    """A practice problem: the facts, the parts to give, their answers, and the Result they come from."""

    question: Question[Any]
    facts: dict[str, Any]
    given: tuple[str, ...]
    parts: tuple[AnswerPart, ...]
    expected: tuple[Any, ...]
    result: Result
    #: What is asked in this problem, where the problems of one exercise ask different things.
    asked: str
    #: What each usual mistake is called, and what it leads to.
    slips: tuple[tuple[str, tuple[Any, ...]], ...]

    def mistake(self, part: AnswerPart, given: Any) -> str:
        """The usual mistake that leads to this answer of a part; empty where none does."""
        place = self.parts.index(part)
        found = (says for says, wrong in self.slips if part.read(wrong[place]) != part.read(self.expected[place])
                 and part.read(wrong[place]) == part.read(given))  # fmt: skip
        return next(found, "")

    @property
    def answer(self) -> dict[str, Any]:
        """The right answer by part."""
        return {part.path: value for part, value in zip(self.parts, self.expected, strict=True)}

    @property
    def prompt(self) -> str:
        """The problem in plain words: what is asked, the facts, what to give."""
        wanted = [f"- {part.label}: {part.wanted}" for part in self.parts]
        return "\n".join([self.question.asks, *(f"- {line}" for line in self.given), "Give:", *wanted])

    def check(self, given: Any) -> tuple[bool, str]:
        """Whether an answer is right, and why; amounts, dates and names may be written as people write them.

        Where there are several parts, give a mapping of the part's name to its value.
        """
        if len(self.parts) > 1 and not isinstance(given, Mapping):
            return False, f"Give each part of the answer: {', '.join(part.path for part in self.parts)}."
        faults = self.faults(given if isinstance(given, Mapping) else {self.parts[0].path: given})
        verdict = f"Not right. {'; '.join(faults).rstrip('.')}." if faults else "Right."
        return not faults, f"{verdict}\n{self.result.to_text()}"

    def faults(self, given: Mapping[Any, Any]) -> list[str]:
        """What is wrong with an answer, part by part; nothing where it is right."""
        known = {part.path: part for part in self.parts}
        unheard = [
            f"'{name}' is not part of the answer.{facts.suggestion(str(name), known)}"
            for name in given
            if name not in known
        ]
        judged = [
            part.fault(expected, given[part.path]) if part.path in given else f"{part.label}: not answered"
            for part, expected in zip(self.parts, self.expected, strict=True)
        ]
        return [*unheard, *filter(None, judged)]


def make(question: Question[Any], seed: int, around: date | None = None) -> Drill:
    """The practice problem of that number, about a day where one is given; the same number always gives the same one."""
    return drawn(declared.for_question(question), seed, seed, around)


def drawn(practice: DeclaredPractice, seed: int, turn: int, around: date | None = None) -> Drill:
    """A declared problem with the outcome whose turn it is, in words."""
    made = practice.draw(seed, turn, around)
    slots = practice.question.slots
    if practice.story:
        given: tuple[str, ...] = (story(practice, made.told),)
    else:
        given = tuple(f"{slots[name].label}: {told(slots[name], value)}" for name, value in made.facts.items())
    return Drill(
        practice.question,
        made.facts,
        given,
        made.parts,
        made.expected,
        made.result,
        str(made.told.get("asked", "")),
        made.slips,
    )


def story(practice: DeclaredPractice, values: Mapping[str, Any]) -> str:
    """The problem's story with its facts filled in."""
    return told_story(practice.story, practice.question, values)


def told_story(written: str, asked: Question[Any], values: Mapping[str, Any]) -> str:
    """A story with its facts filled in, each as people write it."""
    return "".join(
        f"{before}{_told_as(name, sentences or '', asked, values) if name else ''}"
        for before, name, sentences, _ in string.Formatter().parse(written)
    )


def told_words(written: str, fact: str, asked: Question[Any], values: Mapping[str, Any]) -> str:
    """The words with which a story tells a fact; empty where it does not."""
    parsed = string.Formatter().parse(written)
    return next((_told_as(fact, said or "", asked, values) for _, name, said, _ in parsed if name == fact), "")


def tells(written: str, fact: str) -> bool:
    """Whether a story tells a fact."""
    return any(name == fact for _, name, _, _ in string.Formatter().parse(written))


def _told_as(name: str, sentences: str, asked: Question[Any], values: Mapping[str, Any]) -> str:
    """A fact of a story: its value, or the words for it.

    `{certified:for yes|for no}` says a yes or no, `{kind:adjustment=a raise|removal=a removal}` a code; a yes or no without
    its words is refused, for nobody says "Is it certified? no".
    """
    value = values[name]
    if sentences:
        words = sentences.split("|")
        by_code = (
            dict(one.split("=", 1) for one in words)
            if "=" in words[0]
            else dict(zip(("yes", "no"), words, strict=True))
        )
        code = in_words(value) if isinstance(value, bool) else str(value)
        if code not in by_code:
            raise facts.FactError(f"The story has no words for '{code}' of '{name}'.")
        return by_code[code]
    if isinstance(value, bool):
        raise facts.FactError(
            f"The story says yes or no to '{name}' without a sentence; write {{{name}:for yes|for no}}."
        )
    return str(value) if name.endswith("year") else _in_story(asked.slots.get(name), value)


def _in_story(slot: FactSlot | None, value: Any) -> str:
    """A value as the story says it: amounts and large numbers with commas, no unit that the story's words give."""
    if slot and slot.unit.startswith("USD"):
        return told(slot, value)
    if slot is None and isinstance(value, Decimal):
        return f"{value:,f}" if value % 1 else f"{int(value):,}"
    return f"{value:,}" if slot is None and type(value) is int else in_words(value)


def told(slot: FactSlot, value: Any) -> str:
    """A fact in the words of a problem."""
    if isinstance(value, list | tuple):
        fields = {field.name: field for field in shape(slot).fields}
        item_slot = shape(slot).item
        told_items = (
            ", ".join(f"{fields[name].label.lower()} {_field(fields[name], item[name], slot.unit)}" for name in item)
            if isinstance(item, Mapping)
            else told(item_slot, item)
            if item_slot
            else in_words(item)
            for item in value
        )
        return "; ".join(told_items) or "none"
    if isinstance(value, Mapping):
        return "; ".join(f"{name.replace('_', ' ')} {in_words(item)}" for name, item in value.items())
    if value is not None and slot.unit.startswith("USD"):
        return dollars(value)
    return in_words(value) + _unit(slot, value)


def _field(slot: FactSlot, value: Any, unit: str) -> str:
    """A field of a row; its amounts have the unit of the whole."""
    return dollars(Decimal(value)) if slot.kind is Decimal and unit.startswith("USD") else told(slot, value)


def _unit(slot: FactSlot, value: Any) -> str:
    """The unit behind a number, unless the label names it."""
    if value is None or slot.unit in _UNSAID or slot.unit in slot.label.lower():
        return ""
    return f" {slot.unit}"


def in_words(value: Any) -> str:
    """A value as people write it."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, list | tuple):
        return "; ".join(map(in_words, value)) or "none"
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return long_month(value)
    return str(value).replace("_", " ")
