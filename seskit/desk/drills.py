"""Practice problems from questions: invented facts, an answer to check, and the reasons.

The facts are drawn by a seeded generator: dates on both sides of the days on which the question's figures change,
amounts at and just past the limits. Draws the question refuses are left aside. One seed always gives one problem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from random import Random
from typing import Any

from seskit.law import facts, parameters
from seskit.law.entry_shape import EMPTY, shape
from seskit.law.facts import FactError, Unreadable, dollars
from seskit.law.question import FactSlot, Question
from seskit.law.result import Result

_TRIES = 400
_PROBES = 60
_MOST_CHOICES = 8
_LETTERS = "ABCDEFGH"
_NONE = ("none", "null", "cannot tell", "not known")
_DOLLARS_IN_WORDS = re.compile(r"\$(\d[\d,]*(?:\.\d\d)?)")


@dataclass(frozen=True)
class Part:
    """One part of an answer: its name, what it is here, and the kinds of value and words it can have at all."""

    name: str
    expected: Any
    kinds: frozenset[str]
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name as people write it."""
        return self.name.replace("_", " ")

    @property
    def wanted(self) -> str:
        """What to give, without giving it away."""
        named = {
            "yes_no": "yes or no",
            "number": "a number",
            "date": "a date",
            "list": "a list, parted by semicolons",
            "none": "none",
        }
        listed = [named[kind] for kind in named if kind in self.kinds and kind != "none"]
        if "words" in self.kinds:
            listed.append(" or ".join(self.words) if self.words else "in words")
        return ", or ".join([*listed, *(["'none' where there is none or it cannot be told"] * ("none" in self.kinds))])

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers to choose from; none where a value has to be written."""
        if self.kinds <= {"yes_no", "none"}:
            listed: tuple[str, ...] = ("yes", "no") if "yes_no" in self.kinds else ()
        elif self.kinds <= {"words", "none"} and len(self.words) <= _MOST_CHOICES:
            listed = self.words
        else:
            return ()
        return (*listed, "none") if "none" in self.kinds else listed

    def fault(self, given: Any) -> str:
        """Why what was given is not the answer; empty when it is."""
        try:
            right = _same(self.expected, given)
        except Unreadable as failure:
            return f"{self.label}: '{given}' {failure}"
        answer = "'none': there is none, or it cannot be told" if self.expected is None else _shown(self.expected)
        return "" if right else f"{self.label}: you gave {_shown(given)}; it is {answer}"


@dataclass(frozen=True)
class Drill:
    """A practice problem: the facts, the answer, and the Result it comes from; `prompt` puts it in words."""

    question: Question[Any]
    facts: dict[str, Any]
    answer: Any
    result: Result

    @property
    def prompt(self) -> str:
        """The problem in plain words: what is asked, the facts, what to give."""
        facts_given = [f"- {line}" for line in self.given]
        wanted = [f"- {part.label}: {part.wanted}" for part in self.parts]
        lines = [self.question.asks, *facts_given, "Give:", *wanted, self.holds]
        return "\n".join(line for line in lines if line)

    @property
    def given(self) -> tuple[str, ...]:
        """The facts in words, one line each."""
        slots = self.question.slots
        return tuple(f"{slots[name].label}: {told(slots[name], value)}" for name, value in self.facts.items())

    @property
    def holds(self) -> str:
        """What the question's own words say its answer holds, with units."""
        _, found, rest = " ".join((self.question.__doc__ or "").split()).partition("`answer`")
        return f"The answer{rest.replace('`', '').replace('_', ' ').replace('null', 'none')}" if found else ""

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the answer, in order."""
        return _parts(self.question, self.answer)

    def check(self, given: Any) -> tuple[bool, str]:
        """Whether an answer is right, and why: amounts with or without $ and commas, dates, yes or no, words.

        Where the answer has several parts, give a mapping of the part's name to its value.
        """
        parts = {part.name: part for part in self.parts}
        if not isinstance(self.answer, Mapping):
            given = {"answer": given}
        if not isinstance(given, Mapping):
            return False, f"Give each part of the answer: {', '.join(parts)}."
        given = _flat(given)
        faults = [
            f"{name} is no part of the answer.{facts.suggestion(str(name), parts)}"
            for name in given
            if name not in parts
        ]
        for name, part in parts.items():
            fault = part.fault(given[name]) if name in given else f"{part.label}: not answered"
            faults += [fault] if fault else []
        verdict = f"Not right. {'; '.join(faults).rstrip('.')}." if faults else "Right."
        return not faults, f"{verdict}\n{self.result.to_text()}"


def make(question: Question[Any], seed: int, around: date | None = None) -> Drill:
    """The practice problem of that number, around a day where one is given; the same seed always gives the same one."""
    days, random = (around,) if around else _seen(question).days, Random(seed)  # noqa: S311 - invents a problem, guards nothing
    for _ in range(_TRIES):
        drawn, result = _ask(question, random, days)
        if _flat(result.answer):
            return Drill(question, drawn, result.answer, result)
    raise FactError(f"No practice problem could be made for {question.name}: every answer drawn was empty.")


def draw(question: Question[Any], seed: int) -> tuple[dict[str, Any], Result]:
    """Facts the question answers, and the answer, also where it is a table; the same for the same seed."""
    days = _change_days(parameters.paths(question.name.split(".")[0])) or _change_days(parameters.paths())
    return _ask(question, Random(seed), days)  # noqa: S311


def told(slot: FactSlot, value: Any) -> str:
    """A fact in the words of a problem."""
    if isinstance(value, list | tuple):
        fields = {field.name: field for field in shape(slot).fields}
        told_items = (
            ", ".join(f"{fields[name].label.lower()} {told(fields[name], item[name])}" for name in item)
            if isinstance(item, Mapping)
            else _shown(item)
            for item in value
        )
        return "; ".join(told_items) or "none"
    if isinstance(value, Mapping):
        return "; ".join(f"{name.replace('_', ' ')} {_shown(item)}" for name, item in value.items())
    if value is not None and slot.unit.startswith("USD"):
        return dollars(value) + slot.unit.removeprefix("USD")
    return f"{_shown(value)} {slot.unit}" if value is not None and slot.unit not in ("", "level") else _shown(value)


@dataclass(frozen=True)
class _Known:
    """What trial draws showed: the days on which the question's figures change, and each part's kinds and words."""

    days: tuple[date, ...]
    kinds: dict[str, frozenset[str]]
    words: dict[str, tuple[str, ...]]


@cache
def _seen(question: Question[Any]) -> _Known:
    used: set[str] = set()
    kinds: dict[str, set[str]] = {}
    words: dict[str, set[str]] = {}
    for number in range(_PROBES):
        result = draw(question, number)[1]
        used.update(figure.name for figure in result.figures)
        for name, value in _flat(result.answer).items():
            kinds.setdefault(name, set()).add(_kind(value))
            if isinstance(value, str):
                words.setdefault(name, set()).add(value)
    if not kinds:
        raise FactError(f"{question.name} answers with a table; no practice problem is made from it.")
    return _Known(
        _change_days(sorted(used)) or _change_days(parameters.paths()),
        {name: frozenset(found) for name, found in kinds.items()},
        {name: tuple(sorted(found)) for name, found in words.items()},
    )


def _change_days(paths: list[str]) -> tuple[date, ...]:
    return tuple(sorted({value.first_day for path in paths for value in parameters.parameter(path).values}))


def _ask(question: Question[Any], random: Random, days: tuple[date, ...]) -> tuple[dict[str, Any], Result]:
    """The first draw the question answers; every second one with an amount moved to a limit it met."""
    refusal = ""
    for _ in range(_TRIES):
        drawn = _Draw(random, days).facts(question)
        try:
            result = question(**drawn)
        except FactError as failure:
            refusal = str(failure)
            continue
        moved = _at_a_limit(question, drawn, result, random) if random.random() < 0.5 else None
        return moved or (drawn, result)
    raise FactError(f"No practice problem could be made for {question.name}; the last draw was refused: {refusal}")


def _at_a_limit(
    question: Question[Any], drawn: dict[str, Any], result: Result, random: Random
) -> tuple[dict[str, Any], Result] | None:
    """The same facts with one amount at, or a dollar to either side of, an amount the reasons speak of."""
    named = " ".join(reason.text for reason in result.reasons)
    limits = [Decimal(found.replace(",", "")) for found in _DOLLARS_IN_WORDS.findall(named)]
    limits += [figure.value for figure in result.figures if isinstance(figure.value, Decimal)]
    choices = [
        (name, limit)
        for name, value in drawn.items()
        if isinstance(value, Decimal)
        for limit in limits
        if limit != value and value / 2 <= limit <= value * 2
    ]
    if not choices:
        return None
    name, limit = random.choice(choices)
    moved = drawn | {name: max(limit + random.choice((-1, 0, 1)), Decimal(0))}
    try:
        return moved, question(**moved)
    except FactError:
        return None


@dataclass
class _Draw:
    """One attempt at a set of facts that belong together: the same day, the same length of lists."""

    random: Random
    days: tuple[date, ...]

    def __post_init__(self) -> None:
        past = self.random.choice((-1, 0, self.random.randrange(1, 360)))
        self.day = self.random.choice(self.days) + timedelta(past)
        self.length = self.random.randrange(1, 6)
        self.drawn: dict[str, Any] = {}

    def facts(self, question: Question[Any]) -> dict[str, Any]:
        """A value for each fact; an as-of date that may be left out is left out."""
        for name, slot in question.slots.items():
            if name != "as_of" or slot.required:
                self.drawn[name] = self.day if name == "as_of" else self.fact(slot)
        return self.drawn

    def fact(self, slot: FactSlot) -> Any:
        """One value; now and then not known, or the default, where the question allows it."""
        if slot.may_be_unknown and self.random.random() < (0.12 if slot.required else 0.25):
            return None
        if slot.default not in (EMPTY, None) and self.random.random() < 0.3:
            return slot.default
        form = shape(slot)
        match form.kind:
            case "choice":
                return self.random.choice(form.choices)
            case "several":
                if form.alone and self.random.random() < 0.5:
                    return self.random.choice(form.alone)
                return sorted(self.random.sample(form.choices, self.random.randrange(len(form.choices) + 1)))
            case "rows":
                return [self.mapping(form.fields) for _ in range(self.length)]
            case "fields":
                return self.mapping(form.fields)
            case "pairs" if form.item:
                return {letter: self.fact(form.item) for letter in _LETTERS[: self.length]}
            case "lines" if form.item:
                return self.hundred() if "weight" in slot.name else [self.fact(form.item) for _ in range(self.length)]
        return self.scalar(slot)

    def mapping(self, fields: tuple[FactSlot, ...]) -> dict[str, Any]:
        """One value for each field that is known."""
        values = {field.name: self.fact(field) for field in fields}
        return {name: value for name, value in values.items() if value is not None}

    def hundred(self) -> list[int]:
        """Weights in steps of five that sum to one hundred."""
        cuts = sorted(self.random.sample(range(1, 20), self.length - 1))
        return [5 * (after - before) for before, after in zip([0, *cuts], [*cuts, 20], strict=True)]

    def scalar(self, slot: FactSlot) -> Any:
        """A date, a month, a number or an amount."""
        if slot.kind is date:
            return self.day + timedelta(self.random.randrange(-400, 400))
        if slot.kind is Decimal:
            return self.amount(slot)
        if slot.kind is int:
            return self.number(slot)
        if "pattern" in slot.adapter.json_schema():
            return f"{self.day:%Y-%m}"
        if slot.kind is str:
            return self.random.choice(_LETTERS)
        raise FactError(f"No practice problem can be made: {slot.name} ({slot.label.lower()}) may be anything.")

    def number(self, slot: FactSlot) -> int:
        """A year near the day, or a number that is small more often than large."""
        if re.search(r"\byear\b(?!s)", f"{slot.name.replace('_', ' ')} {slot.label}".lower()):
            return self.day.year + self.random.choice((-1, 0, 1))
        return self.random.choice(
            (self.random.randrange(4), self.random.randrange(1, 12), self.random.randrange(10, 400))
        )

    def amount(self, slot: FactSlot) -> Decimal:
        """A percentage, a yearly rate, the sum of as many as were counted, or a part of one."""
        if not slot.unit.startswith("USD"):
            return Decimal(self.random.randrange(0, 3500)) / 100
        highest = parameters.recorded("pay_setting.executive_schedule.level_II", self.day)
        rate = int((highest.value if highest else 100_000) * self.random.randrange(62, 104) / 100)
        if slot.name == "aggregate":
            return Decimal(rate * self.drawn.get("count", 1))
        return Decimal(rate if slot.unit.endswith("year") else rate * self.random.randrange(2, 25) // 100)


def _flat(answer: Any, name: str = "") -> dict[str, Any]:
    """The parts of an answer by name; an answer of one value is the part `answer`; tables are left out."""
    if not isinstance(answer, Mapping):
        listed = isinstance(answer, list | tuple)
        table = listed and (not answer or any(isinstance(item, Mapping | list | tuple) for item in answer))
        return {} if table else {name or "answer": answer}
    parts: dict[str, Any] = {}
    for key, value in answer.items():
        parts |= _flat(value, f"{name} {key}".strip())
    return parts


def _parts(question: Question[Any], answer: Any) -> tuple[Part, ...]:
    known = _seen(question)
    return tuple(
        Part(name, value, known.kinds.get(name, frozenset()) | {_kind(value)}, known.words.get(name, ()))
        for name, value in _flat(answer).items()
    )


def _kind(value: Any) -> str:
    kinds = {bool: "yes_no", date: "date", Decimal: "number", int: "number", str: "words"}
    return "none" if value is None else kinds.get(type(value), "list")


def _same(expected: Any, given: Any) -> bool:
    """Whether what was given says what was expected; Unreadable where it says nothing of that kind."""
    nothing = given is None or " ".join(str(given).lower().split()) in _NONE
    if isinstance(expected, str) and _plain(expected) == _plain(given):
        return True
    if expected is None or nothing:
        return expected is None and nothing
    if isinstance(expected, bool):
        return facts.yes_no(given) == expected
    if isinstance(expected, date):
        return facts.day(given) == expected
    if isinstance(expected, Decimal | int):
        return _number(given) == expected
    if isinstance(expected, list | tuple):
        items = re.split(r"[;\n]", given) if isinstance(given, str) else list(given)
        return len(items) == len(expected) and all(map(_same, expected, items))
    return False


def _number(given: Any) -> Decimal:
    text = re.sub(r"\s*(percent|dollars|days|%)$", "", str(given).strip().lower()).lstrip("$ ").replace(",", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or isinstance(given, bool):
        raise Unreadable("is not a number", "write for example 129800 or $129,800.50")
    return number


def _plain(text: Any) -> str:
    return " ".join(str(text).lower().replace("_", " ").replace("-", " ").split())


def _shown(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    if isinstance(value, list | tuple):
        return "; ".join(_shown(item) for item in value) or "none"
    return str(value).replace("_", " ")
