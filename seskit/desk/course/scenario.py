"""A scenario: a short story with facts that vary within bounds, the question it comes to, and the usual mistakes.

One number always gives the same story. A mistake is a changed fact or another reading of the answer; what it leads to is
computed, and a mistake that makes no difference in this story, or the same one as another, is left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from seskit.desk import drills
from seskit.desk.practice import answers, relations
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.practice.declared import plain
from seskit.desk.practice.drawing import Draw, Misdeclared, Unfit
from seskit.desk.practice.relations import holds
from seskit.formats import strict_yaml
from seskit.formats.shipped import shipped
from seskit.law.facts import FactError, Unreadable, suggestion
from seskit.law.question import Question, find
from seskit.law.result import Reason, Result

FOLDER = "course"
_TRIES = 400
#: How often a story is drawn anew for the sake of a mistake to make or a case beside a limit.
_TRIES_FOR_MORE = 15
_WORDS = (
    "title", "about", "ask", "day", "pick", "facts", "given", "where", "story", "give", "turns", "edges", "decides", "mistakes", "reasons",
)  # fmt: skip
_NEEDED = ("title", "about", "ask", "day", "facts", "story", "give", "decides", "mistakes")


@dataclass(frozen=True)
class Mistake:
    """A usual mistake: the facts it takes otherwise, or the answer it reads otherwise, what to say, and `only` when."""

    says: str
    facts: Mapping[str, Any]
    answer: Mapping[str, Any]
    only: str


@dataclass(frozen=True)
class Slip:
    """What a mistake leads to in one story."""

    says: str
    answer: tuple[Any, ...]


@dataclass(frozen=True)
class StoryProblem:
    """One story to decide: its text, the parts to give, the right answer with its Result, and where mistakes lead."""

    scenario: Scenario
    seed: int
    story: str
    values: Mapping[str, Any]
    parts: tuple[AnswerPart, ...]
    expected: tuple[Any, ...]
    result: Result
    slips: tuple[Slip, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons a learner is shown: what decides, and what the scenario adds, without what its story does not raise."""
        also, deciding = self.scenario.reasons.get("also", ()), self.result.deciding
        if self.result.verdict == "value":
            deciding += tuple(one for one in self.result.reasons if one.outcome == "not met")
        return tuple(
            reason
            for reason in self.result.reasons
            if (reason in deciding or any(words in reason.text for words in also)) and not self.leaves(reason.text)
        )

    def leaves(self, text: str) -> bool:
        """Whether a sentence of the answer is about what the story does not raise."""
        leave = self.scenario.reasons.get("leave", {})
        return any(words in text and (not when or holds(when, self.values)) for words, when in leave.items())


@dataclass(frozen=True)
class Scenario:
    """A story as it is written, with the bounds of what varies.

    `pick` lists facts that belong together, `turns` are the outcomes of the decision that problems take in turn, `edges`
    the cases beside a limit that are met.
    """

    name: str
    title: str
    about: str
    question: Question[Any]
    day: Any
    pick: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any]
    given: Mapping[str, Any]
    where: tuple[str, ...]
    story: str
    give: Mapping[str, Any]
    turns: tuple[str, ...]
    edges: tuple[str, ...]
    decides: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    #: Words of reasons that a solution shows `also`, and of those it can `leave` out, always or under a condition.
    reasons: Mapping[str, Any]

    @property
    def varies(self) -> tuple[str, ...]:
        """The names of every fact of the story: those that belong together, then the others."""
        return tuple(dict.fromkeys((*(name for each in self.pick for name in each), *self.facts)))

    def draw(self, seed: int) -> StoryProblem:
        """The story of that number; problems take the outcomes, and then the cases beside a limit, in turn."""
        wanted = self.turns[seed % len(self.turns)] if self.turns else None
        edge = self._edge(seed)
        random = Random(f"{self.name} {seed}")  # noqa: S311 - invents a story, guards nothing
        last, fallback = "", None
        for tried in range(_TRIES):
            if fallback and tried > _TRIES_FOR_MORE:
                return fallback
            try:
                drawn = self._once(random, seed, wanted)
            except FactError as failure:
                last = f" The last facts were refused: {failure}"
                continue
            if drawn is None:
                continue
            met = edge is None or holds(edge, drawn[0].values)
            if not met and fallback and fallback.slips:
                continue
            made = self._with_slips(*drawn)
            if made.slips and met:
                return made
            if fallback is None or (made.slips and not fallback.slips):
                fallback = made
        if fallback:
            return fallback
        said = f"comes to '{wanted}'" if wanted else "can be answered"
        raise Misdeclared(f"{self.name}: no facts within its bounds were found that {said}.{last}")

    def _edge(self, seed: int) -> str | None:
        """The case beside a limit this story tries for; every other round leaves it to chance."""
        step = seed // max(len(self.turns), 1)
        return self.edges[step % (len(self.edges) + 1) - 1] if step % (len(self.edges) + 1) else None

    def _once(self, random: Random, seed: int, wanted: str | None) -> tuple[StoryProblem, Draw] | None:
        """One attempt; None where the bounds leave nothing, a relation does not hold, or it comes to another answer."""
        try:
            draw = Draw(random, self.day)
            if self.pick:
                draw.fill(random.choice(self.pick))
            draw.fill(self.facts)
        except Unfit:
            return None
        if relations.broken(self.question.name, draw.values) or not all(holds(one, draw.values) for one in self.where):
            return None
        parts = answers.parts(self._asked_for(), draw.values.get("as_of", draw.day))
        expected, result = self._answer(draw)
        if not _answered(parts, expected) or (wanted is not None and parts[0].outcome(expected[0]) != wanted):
            return None
        rounded = any(reason.key == "rounding" for reason in result.reasons)
        values = (
            _named(result.answer) | dict(zip(self.give, expected, strict=True)) | {"rounded": rounded} | draw.values
        )
        told = {name: plain(value) for name, value in draw.values.items()}
        text = drills.told_story(self.story, self.question, told)
        return StoryProblem(self, seed, text, values, parts, expected, result, ()), draw

    def _with_slips(self, made: StoryProblem, draw: Draw) -> StoryProblem:
        """The problem with where each mistake leads."""
        return replace(made, slips=self._slips(draw, made.parts, made.expected, made.values))

    def _asked_for(self) -> dict[str, Any]:
        """The parts to give, without how a judged one is judged and what its no says."""
        return {
            name: {word: value for word, value in said.items() if word not in ("when", "denied")}
            if isinstance(said, Mapping)
            else said
            for name, said in self.give.items()
        }

    def _answer(self, draw: Draw) -> tuple[tuple[Any, ...], Result]:
        """What the question answers to these facts, part by part; a part with `when` judges it."""
        slots = self.question.slots
        facts = {name: draw.values[name] for name in self.varies if name in slots}
        result = self.question(**facts | {name: draw.value(said) for name, said in self.given.items()})
        known = _named(result.answer) | draw.values
        found = [
            holds(when, known) if (when := self._judged(path)) else _part(result.answer, path, self.name)
            for path in self.give
        ]
        return tuple(found), result

    def _judged(self, path: str) -> str:
        """The condition that decides a part; empty where the question answers it."""
        said = self.give[path]
        return str(said.get("when") or "") if isinstance(said, Mapping) else ""

    def _slips(
        self, draw: Draw, parts: tuple[AnswerPart, ...], expected: tuple[Any, ...], values: Mapping[str, Any]
    ) -> tuple[Slip, ...]:
        """Where each mistake leads: only where it makes a difference, and each difference once."""
        found: list[Slip] = []
        right = _read(parts, expected)
        for mistake in self.mistakes:
            if not all(holds(one, values) for one in mistake.only.split(" and ") if one):
                continue
            try:
                wrong = self._mistaken(mistake, draw, expected, values)
                read = _read(parts, wrong) if _answered(parts, wrong) else None
            except (FactError, Unfit, Unreadable):
                continue
            if read is not None and read != right and all(_read(parts, slip.answer) != read for slip in found):
                found.append(Slip(mistake.says, wrong))
        return tuple(found)

    def _mistaken(
        self, mistake: Mistake, draw: Draw, expected: tuple[Any, ...], values: Mapping[str, Any]
    ) -> tuple[Any, ...]:
        other = Draw(Random(draw.day.toordinal()), draw.day)  # noqa: S311
        other.values |= draw.values
        other.values |= {name: _changed(other, said) for name, said in mistake.facts.items()}
        answer = self._answer(other)[0] if mistake.facts else expected
        if not mistake.answer:
            return answer
        other.values |= values
        read = {name: _changed(other, said) for name, said in mistake.answer.items()}
        known = other.values | read
        judged = {name: holds(when, known) for name in self.give if name not in read and (when := self._judged(name))}
        return tuple((read | judged).get(name, value) for name, value in zip(self.give, answer, strict=True))


def _changed(draw: Draw, said: Any) -> Any:
    """A changed fact or answer: `not certified` is the other of yes and no, `{when: ...}` is judged, to the words `then` or `otherwise`."""
    if isinstance(said, Mapping) and "when" in said:
        met = holds(said["when"], draw.values)
        return said.get("then", True) if met else said.get("otherwise", False)
    if isinstance(said, str) and said.startswith("not ") and said[4:] in draw.values:
        return not draw.values[said[4:]]
    return draw.value(said)


def _named(answer: Any) -> dict[str, Any]:
    """The parts of an answer that a condition or a mistake may name, unless a fact has that name."""
    return dict(answer) if isinstance(answer, Mapping) else {"answer": answer}


def _part(answer: Any, path: str, name: str) -> Any:
    for step in path.split(".") if path != "answer" or isinstance(answer, Mapping) else []:
        if not isinstance(answer, Mapping) or step not in answer:
            known = f" Its parts are {', '.join(map(str, answer))}." if isinstance(answer, Mapping) else ""
            raise Misdeclared(f"{name}: the answer has no part '{path}'.{known}")
        answer = answer[step]
    return answer


def _answered(parts: tuple[AnswerPart, ...], values: tuple[Any, ...]) -> bool:
    """Whether each part is a value that can be given."""
    return all(part.expects(value) for part, value in zip(parts, values, strict=True))


def _read(parts: tuple[AnswerPart, ...], values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part.read(value) for part, value in zip(parts, values, strict=True))


def read(name: str, said: Mapping[str, Any]) -> Scenario:
    """A scenario as it is written, checked as far as it can be without drawing; raises FactError."""
    for word in said:
        if word not in _WORDS:
            raise FactError(f"{name}: '{word}' is not known in a scenario; known are {', '.join(_WORDS)}.")
    for word in _NEEDED:
        if word not in said:
            raise FactError(f"{name}: the scenario has no '{word}'.")
    for one in said["mistakes"]:
        if not one.get("says") or set(one) - {"says", "facts", "answer", "only"}:
            raise FactError(f"{name}: a mistake has 'says', and 'facts', 'answer' or 'only'; see {one}.")
    mistakes = tuple(
        Mistake(str(one["says"]), one.get("facts") or {}, one.get("answer") or {}, str(one.get("only") or ""))
        for one in said["mistakes"]
    )
    made = Scenario(
        name, str(said["title"]), str(said["about"]), find(said["ask"]), said["day"],
        tuple(said.get("pick") or ()), said["facts"], said.get("given") or {},
        tuple(said.get("where") or ()), str(said["story"]), said["give"], tuple(map(_turn, said.get("turns") or ())),
        tuple(said.get("edges") or ()), tuple(said["decides"]), mistakes, said.get("reasons") or {},
    )  # fmt: skip
    _check(made)
    return made


def _check(made: Scenario) -> None:
    """One decision first, then at most one number or date; every fact is asked with, or told, or bounds another."""
    if not 1 <= len(made.give) <= 2:
        raise FactError(f"{made.name}: a scenario asks for one decision, and at most one number or date after it.")
    kinds = [
        said if isinstance(said, str) else "choice" if "choice" in said else said["kind"] for said in made.give.values()
    ]
    if kinds[0] not in ("choice", "yes or no") or kinds[1:] in (["choice"], ["several"], ["yes or no"]):
        raise FactError(f"{made.name}: the decision comes first, as a choice; then one number, amount or date.")
    named = " ".join(map(str, (*made.facts.values(), made.given, made.where, made.give, made.edges, made.mistakes)))
    for fact in made.varies:
        told = drills.tells(made.story, fact) or re.search(rf"\b{fact}\b", named)
        if fact not in made.question.slots and not told:
            raise FactError(
                f"{made.name}: '{fact}' is not a fact of {made.question.name}, and the story does not tell it."
            )
    if set(made.reasons) - {"also", "leave"}:
        raise FactError(f"{made.name}: 'reasons' has 'also' and 'leave'; see {dict(made.reasons)}.")
    for fact in made.given:
        if fact not in made.question.slots:
            raise FactError(f"{made.name}: {made.question.name} has no fact '{fact}'.")
    for mistake in made.mistakes:
        for fact in mistake.facts:
            if fact not in made.varies:
                raise FactError(f"{made.name}: a mistake changes '{fact}', which is not a fact of the story.")


def _turn(said: Any) -> str:
    if isinstance(said, bool):
        return "yes" if said else "no"
    return str(said)


@cache
def scenarios(folder: Path | None = None) -> dict[str, Scenario]:
    """Every scenario, by job and name, such as `pay_setting.first_rate`."""
    found: dict[str, Scenario] = {}
    for file in sorted((folder or shipped("training") / FOLDER / "scenarios").glob("*.yaml")):
        for name, said in (strict_yaml.load(file.read_text(encoding="utf-8")) or {}).items():
            found[f"{file.stem}.{name}"] = read(f"{file.stem}.{name}", said)
    return found


def named(name: str) -> Scenario:
    """The scenario of that name; an unknown name names the nearest."""
    known = scenarios()
    if name not in known:
        raise FactError(f"There is no scenario '{name}'.{suggestion(name, known)}")
    return known[name]
