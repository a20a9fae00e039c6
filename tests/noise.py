"""Invented facts of every kind that a question takes, sensible or not, with its answer: what a panel must be able to show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from seskit.law import parameters
from seskit.law.entry_shape import EMPTY, shape
from seskit.law.facts import FactError
from seskit.law.question import FactSlot, Question
from seskit.law.result import Result

_TRIES = 400
_LETTERS = "ABCDEFGH"


def draw(question: Question[Any], seed: int) -> tuple[dict[str, Any], Result]:
    """Facts the question answers, and the answer; the same for the same seed."""
    days = _change_days(parameters.paths(question.name.split(".")[0])) or _change_days(parameters.paths())
    random, refusal = Random(seed), ""
    for _ in range(_TRIES):
        drawn = _Draw(random, days).facts(question)
        try:
            return drawn, question(**drawn)
        except FactError as failure:
            refusal = str(failure)
    raise FactError(f"No facts were found that {question.name} answers; the last were refused: {refusal}")


def _change_days(paths: list[str]) -> tuple[date, ...]:
    return tuple(sorted({value.first_day for path in paths for value in parameters.parameter(path).values}))


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
