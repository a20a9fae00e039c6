"""Invented facts that fit together: each is drawn within the bounds declared for it, which may name the facts before it.

A declared fact is a value; a list, of which one is taken; or words: `120000 to 150000 by 500`, `rate + 1000 to rate + 9000
by 500`, `as_of - 400 days to as_of - 30 days`, `rule:pay_setting.executive_schedule.level_III`, `change:awards.pool.share`
(a day on which that rule changed, or the day before), `sum:weights` (what a list adds up to). A date may end in `on a workday` or `on a Sunday`. `{just: career}`
is that value as it is, also where a fact drawn before bears its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from seskit.law import clocks, facts, parameters
from seskit.law.facts import Unreadable

_SPANS = {"day": "days", "days": "days", "month": "months", "months": "months", "year": "years", "years": "years"}
_ENDINGS = (" on a workday", " on a Sunday")
_SHAPES = ("just", "some", "each", "rows", "lines", "split", "fields")


class Misdeclared(ValueError):
    """A declaration that can never be drawn as it is written."""


class Unfit(Exception):
    """Bounds that leave nothing between them for the facts drawn before."""


class Draw:
    """One attempt at a set of facts; `values` holds what is drawn so far, `day` the day the problem is about."""

    def __init__(self, random: Random, day: Any) -> None:
        self.random = random
        self.values: dict[str, Any] = {}
        self.day = self.value(day)
        self.values |= {"day": self.day, "fiscal_year_start": _october(self.day)}

    def fill(self, declared: Mapping[str, Any]) -> None:
        """Draw each fact that is not drawn yet, in order."""
        for name, said in declared.items():
            if name not in self.values:
                self.values[name] = self.value(said)

    def value(self, said: Any) -> Any:
        """One value for what is declared."""
        if isinstance(said, list):
            return self.value(self.random.choice(said))
        if isinstance(said, Mapping):
            return self._shaped(said)
        return self._of_words(said) if isinstance(said, str) else said

    def _shaped(self, said: Mapping[str, Any]) -> Any:
        kind = next((word for word in _SHAPES if word in said), None)
        if kind is None:
            raise Misdeclared(f"a fact with parts is one of {', '.join(_SHAPES)}; '{', '.join(said)}' is not.")
        if kind == "just":
            return said["just"]
        if kind == "some":
            least, listed = int(said.get("least", 0)), list(said["some"])
            many = self.random.randint(least, int(said.get("most", len(listed))))
            return [item for item in listed if item in self.random.sample(listed, many)]
        if kind == "each":
            return [self.value(item) for item in said["each"]]
        if kind == "fields":
            return {name: self.value(each) for name, each in said["fields"].items()}
        if kind == "rows":
            return [self._row(said["of"]) for _ in range(self._count(said["rows"]))]
        if kind == "lines":
            return [self.value(said["of"]) for _ in range(self._count(said["lines"]))]
        return self._split(said["split"], self._count(said["into"]), int(said.get("by", 5)))

    def _row(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """One row; a field may name those before it."""
        made: dict[str, Any] = {}
        for name, said in fields.items():
            made[name] = self.values[name] = self.value(said)
        return made

    def _count(self, said: Any) -> int:
        found = self.value(said)
        return len(found) if isinstance(found, list) else int(found)

    def _split(self, whole: int, into: int, by: int) -> list[int]:
        """Parts in steps of `by` that sum to the whole."""
        if whole // by < into:
            raise Unfit
        cuts = sorted(self.random.sample(range(1, whole // by), into - 1))
        return [by * (after - before) for before, after in zip([0, *cuts], [*cuts, whole // by], strict=True)]

    def _of_words(self, said: str) -> Any:
        for ending in _ENDINGS:
            if said.endswith(ending):
                return _moved(self._of_words(said.removesuffix(ending)), ending)
        bounds, _, step = said.partition(" by ")
        first, to, last = bounds.partition(" to ")
        if not to or not self._calculable(first):
            return self.sum(said) if self._calculable(said) else said
        return self._between(self.sum(first), self.sum(last), self.sum(step) if step else 1)

    def _between(self, first: Any, last: Any, step: Any) -> Any:
        if isinstance(first, date):
            days = (last - first).days // int(step)
            if days < 0:
                raise Unfit
            return first + timedelta(days=int(step) * self.random.randint(0, days))
        lowest, highest = -(-first // step), last // step
        if lowest > highest:
            raise Unfit
        return step * self.random.randint(int(lowest), int(highest))

    def _calculable(self, said: str) -> bool:
        word = said.split(" ", 1)[0]
        return word in self.values or word.startswith(("rule:", "change:", "sum:")) or _constant(word) is not None

    def sum(self, said: str) -> Any:
        """A sum in words, worked from left to right: terms with + - * between them; a number of days, months or years."""
        words = said.split()
        total, rest = self._term(words[0]), words[1:]
        while rest:
            sign, term = rest[0], self._term(rest[1]) if len(rest) > 1 else None
            span = _SPANS.get(rest[2]) if len(rest) > 2 else None
            if sign not in ("+", "-", "*") or term is None:
                raise Misdeclared(
                    f"'{said}' cannot be worked out; write terms with ' + ', ' - ' or ' * ' between them."
                )
            rest = rest[3 if span else 2 :]
            total = _worked(total, sign, term, span)
        return total

    def _term(self, word: str) -> Any:
        if word in self.values:
            found = self.values[word]
            return len(found) if isinstance(found, list) else found
        if word.startswith("sum:"):
            return sum(self.values[word.removeprefix("sum:")])
        if word.startswith("rule:"):
            path, _, day = word.removeprefix("rule:").partition("@")
            on = self.values.get(day) or facts.day(day) if day else self.values.get("as_of", self.day)
            return parameters.figure(path, on).value
        if word.startswith("change:"):
            later = parameters.parameter(word.removeprefix("change:")).values[1:]
            return self.random.choice(later).first_day - timedelta(days=self.random.randint(0, 1))
        found = _constant(word)
        if found is None:
            raise Misdeclared(f"'{word}' is neither a number, a date, a rule nor a fact drawn before.")
        return found


def _constant(word: str) -> Any:
    """A number or a date, or None."""
    plain = word.replace(",", "").removeprefix("$")
    if plain.isdecimal():
        return int(plain)
    if plain.replace(".", "", 1).isdecimal():
        return Decimal(plain)
    try:
        return facts.day(word)
    except Unreadable:
        return None


def _worked(total: Any, sign: str, term: Any, span: str | None) -> Any:
    if sign == "*":
        return total * term
    many = term if sign == "+" else -term
    if not isinstance(total, date):
        return total + many
    if span == "months":
        return clocks.add_months(total, many)
    return clocks.add_years(total, many) if span == "years" else total + timedelta(days=int(many))


def _october(day: date) -> date:
    """The first day of the fiscal year of a day."""
    return clocks.fiscal_year_end(clocks.fiscal_year(day) - 1) + timedelta(days=1)


def _moved(day: date, ending: str) -> date:
    return clocks.on_or_after(day) if ending == _ENDINGS[0] else day + timedelta(days=(6 - day.weekday()) % 7)
