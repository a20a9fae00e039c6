"""A declared practice problem: facts, bounds and answers; drawn, it is a question with its facts and its Result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from typing import Any

from pydantic import BaseModel

from seskit.desk.asked import declared as asked
from seskit.desk.practice import answers, relations
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.practice.drawing import Draw, Misdeclared, Unfit
from seskit.law.facts import FactError
from seskit.law.question import Question
from seskit.law.result import Result

_TRIES = 400
#: How far from a given day a problem about it may lie, in days.
_BEFORE, AFTER = 120, 30
_WORDS = ("day", "facts", "pick", "story", "give", "turns", "mistakes")


@dataclass(frozen=True)
class Drawn:
    """One problem: the facts asked with, what else its story says, the parts to give, and the Result."""

    facts: dict[str, Any]
    told: dict[str, Any]
    parts: tuple[AnswerPart, ...]
    expected: tuple[Any, ...]
    result: Result
    #: What each usual mistake is called, and what it leads to.
    slips: tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True)
class DeclaredPractice:
    """What varies and what is asked for.

    `pick` lists facts that belong together, `turns` the outcomes of the first part; problems take them in turn. `mistakes`
    names usual mistakes with the facts that each takes otherwise, or the answer that it gives.
    """

    question: Question[Any]
    day: Any
    facts: Mapping[str, Any]
    pick: tuple[Mapping[str, Any], ...]
    story: str
    give: Mapping[str, Any]
    turns: tuple[str, ...]
    mistakes: tuple[Mapping[str, Any], ...]

    def draw(self, seed: int, turn: int, around: date | None = None) -> Drawn:
        """The problem of that number, with the outcome whose turn it is; the same numbers give the same problem."""
        wanted = self.turns[turn % len(self.turns)] if self.turns else None
        random, last = Random(f"{self.question.name} {seed}"), ""  # noqa: S311 - invents a problem, guards nothing
        for _ in range(_TRIES):
            try:
                drawn = self._once(random, turn, around)
            except FactError as failure:
                last = f" The last facts were refused: {failure}"
                continue
            if drawn and (wanted is None or drawn.parts[0].outcome(drawn.expected[0]) == wanted):
                return drawn
        said = f"comes to '{wanted}'" if wanted else "can be answered"
        raise FactError(f"No facts within the bounds declared for {self.question.name} were found that {said}.{last}")

    def _once(self, random: Random, turn: int, around: date | None) -> Drawn | None:
        """One attempt; None where the bounds leave nothing, or a part that always has an answer has none."""
        picked: Mapping[str, Any] = {}
        if self.pick:
            picked = random.choice(self.pick) if self.turns else self.pick[turn % len(self.pick)]
        try:
            draw = Draw(random, f"{around} - {_BEFORE} days to {around} + {AFTER} days" if around else self.day)
            draw.values |= {name: text for name, text in picked.items() if name not in self.question.slots}
            draw.fill(picked)
            draw.fill(self.facts)
        except Unfit:
            return None
        if relations.broken(self.question.name, draw.values):
            return None
        named = self.facts.keys() | picked.keys()
        given = {name: draw.values[name] for name in self.question.slots if name in named}
        result = self._asked(given)
        parts = answers.parts(self.give, draw.values.get("as_of", draw.day))
        expected = tuple(self._of(result.answer, part) for part in parts)
        if any(value is None and not part.none for part, value in zip(parts, expected, strict=True)):
            return None
        for part, value in zip(parts, expected, strict=True):
            if not part.expects(value):
                raise Misdeclared(f"{self.question.name}: the answer '{value}' to '{part.label}' cannot be given.")
        read = {name: plain(value) for name, value in self.question.read(given).items()}
        return Drawn(
            read, draw.values | read, parts, expected, result, tuple(self._slips(draw, given, parts, expected))
        )

    def _slips(
        self, draw: Draw, given: Mapping[str, Any], parts: tuple[AnswerPart, ...], expected: tuple[Any, ...]
    ) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """What each mistake leads to, where it leads to another answer that can be given."""
        for mistake in self.mistakes:
            taken = {name: draw.value(said) for name, said in mistake.get("facts", {}).items()}
            other = {path: draw.value(said) for path, said in mistake.get("answer", {}).items()}
            try:
                answer = self._asked({**given, **taken}).answer
                wrong = tuple(other.get(part.path, self._of(answer, part)) for part in parts)
            except FactError:
                continue
            if wrong != expected and all(part.expects(value) for part, value in zip(parts, wrong, strict=True)):
                yield str(mistake["says"]), wrong

    def _asked(self, given: Mapping[str, Any]) -> Result:
        """What the question answers; facts on which it cannot tell, as beyond the last recorded schedule, are no problem to set."""
        result = self.question(**given)
        if result.late or (result.answer is None and result.cannot_tell):
            raise FactError(result.says)
        return result

    def _of(self, answer: Any, part: AnswerPart) -> Any:
        for step in part.path.split(".") if part.path not in ("", "answer") else []:
            if not isinstance(answer, Mapping) or step not in answer:
                parts = f"Its parts are {', '.join(map(str, answer))}." if isinstance(answer, Mapping) else ""
                known = f" {parts or 'It is one value: write answer for its part.'}"
                raise Misdeclared(f"The answer of {self.question.name} has no part '{part.path}'.{known}")
            answer = answer[step]
        return answer


def read(question: Question[Any], said: Mapping[str, Any], day: date | None = None) -> DeclaredPractice:
    """A declaration, checked as far as it can be without drawing; raises FactError."""
    for word in said:
        if word not in _WORDS:
            raise FactError(f"'{word}' is not known here; known are {', '.join(_WORDS)}.")
    if not isinstance(said.get("give"), Mapping) or not said["give"]:
        raise FactError("nothing is asked for: 'give' names the parts to answer, each with its kind.")
    made, story = dict(said.get("facts") or {}), str(said.get("story") or "")
    pick = tuple(said.get("pick") or ())
    used = " ".join(str(value) for each in (made, *pick) for value in each.values())
    for name in (*made, *(name for each in pick for name in each)):
        if name not in question.slots and not re.search(rf"{{{name}\b", story) and not re.search(rf"\b{name}\b", used):
            known = ", ".join(question.slots)
            raise FactError(f"{question.name} has no fact '{name}', and the story does not tell it. It has {known}.")
    turns = tuple(_turn(turn) for turn in said.get("turns") or ())
    mistakes = tuple(said.get("mistakes") or ())
    for one in mistakes:
        shaped = isinstance(one, Mapping) and set(one) in ({"says", "facts"}, {"says", "answer"})
        if not shaped or not (
            set(one.get("facts", {})) <= set(question.slots) and set(one.get("answer", {})) <= set(said["give"])
        ):
            raise FactError(
                f"a mistake has 'says', and 'facts' of {question.name} or an 'answer' to what is asked; see {one}."
            )
    return DeclaredPractice(question, said.get("day", day), made, pick, story, said["give"], turns, mistakes)


def for_question(question: Question[Any]) -> DeclaredPractice:
    """The practice declared for a question; refuses one that has none."""
    found = _questions().get(question.name)
    if found is None:
        raise FactError(f"No practice problems are declared for {question.name}.")
    return read(question, found)


@cache
def _questions() -> dict[str, Any]:
    """The declarations of every question, by name."""
    return {name: said.practice for name, said in asked.declared().items() if said.practice is not None}


def names() -> list[str]:
    """The questions that practice is declared for."""
    return list(_questions())


def _turn(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return answers.NONE if said is None else str(said)


def plain(value: Any) -> Any:
    """A fact as plain data, which a problem puts in words."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.model_dump(exclude_none=True) if isinstance(value, BaseModel) else value
