"""What the facts did to an answer, found by asking again with other facts: which left no trace, which could change it.

Questions are pure and quick, so the product asks them again instead of keeping lists by hand. Values tried for a fact
are few and typical: an answer may still change at a value in between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from seskit.formats import phrases
from seskit.law import answers
from seskit.law.answers import Answer
from seskit.law.facts import FactError
from seskit.law.in_words import plainly

if TYPE_CHECKING:
    from seskit.law.question import FactSlot, Question
    from seskit.law.result import Result

#: How many sets of values for all missing facts together are tried.
_COMPLETIONS = 12
_AMOUNTS = (Decimal(10000), Decimal(120000), Decimal(160000), Decimal(200000), Decimal(400000))
_PERCENTS = (Decimal(0), Decimal(5), Decimal(10), Decimal(15), Decimal(25), Decimal(50), Decimal(100))
_SHARES = (99, 101, 95, 105, 90, 110, 80, 120, 60, 150, 20)
_DAYS = (-4000, -366, -120, -30, -1, 0, 1, 15, 61, 121, 366)
_YEARS = range(1900, 2101)
_YEAR_STEPS = (-1, 1, -4, 4, -10, 10)
#: What a part of an answer is that can be told in a line; lists and tables are not.
_OF_ONE_VALUE = (bool, date, Decimal, int, str)
_USUAL_DAY = date(2020, 6, 15)
_NUMBERS = (0, 1, 2, 3, 4, 5, 10, 30, 100, 240)


@dataclass(frozen=True)
class FactChange:
    """A fact that could change an answer: one value for it, and what the answer would then be.

    `together` are the other facts, not stated either, that must have these values for it to matter, by label, value and
    unit; empty where the fact changes the answer alone. `assumed` is what the answer takes for a fact nobody stated, where it takes
    something; `rests` are the numbers of the reasons that are met only because of it. Where the sentence stays as it is,
    `parts` names the parts of the answer that change.
    """

    fact: str
    label: str
    missing: bool
    value: Any
    says: str
    assumed: Any = None
    rests: tuple[int, ...] = ()
    together: tuple[tuple[str, Any, str], ...] = ()
    unit: str = ""
    parts: tuple[str, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether this one fact changes the answer, whatever else is not stated."""
        return not self.together


def values(slot: FactSlot, near: date | None, given: Any = None) -> list[Any]:
    """Typical values of a fact, those close to the one given first; empty where the kind has none, such as a list.

    Days lie around the given one, or else around the as-of date.
    """
    kind = slot.kind
    if kind is bool:
        return [True, False]
    if isinstance(kind, tuple):
        return list(kind)
    if kind is date:
        around = given or near or _USUAL_DAY
        return sorted((around + timedelta(days=step) for step in _DAYS), key=lambda day: abs(day - around))
    if kind is int:
        if slot.is_year or (given in _YEARS and "year" in slot.label.lower()):
            middle = given or (near.year if near else _USUAL_DAY.year)
            return [middle + step for step in _YEAR_STEPS]
        return sorted(_NUMBERS, key=lambda number: abs(number - (given or 0)))
    if kind is Decimal and given:
        return [(given * share / 100).quantize(Decimal(1)) for share in _SHARES]
    if kind is Decimal:
        return list(_PERCENTS if slot.unit == "percent" else _AMOUNTS)
    return []


def unused(question: Question[Any], result: Result) -> tuple[FactSlot, ...]:
    """The facts that were given and left no trace: neither leaving one out nor another value changes a word."""
    found, ask = [], _asking(question, result)
    for name, value in result.facts.items():
        slot = question.slots[name]
        others = [one for one in values(slot, _near(result)) if one != value]
        if name == "as_of" or value is None or (slot.required and not others):
            continue
        without = {other: kept for other, kept in result.facts.items() if other != name}
        tried = [*([] if slot.required else [without]), *({**without, name: one} for one in others)]
        asked = [other for facts in tried if (other := ask(facts)) is not None]
        if asked and all(_same(result, other) for other in asked):
            found.append(slot)
    return tuple(found)


def changes(question: Question[Any], result: Result) -> tuple[FactChange, ...]:
    """The facts that could change the answer, each with one value that would; missing facts first.

    A fact that was given is named only where another value turns a yes into a no, or back. A missing one that matters
    only together with others is named with the fewest of them that are needed.
    """
    found: dict[str, FactChange] = {}
    ask = _asking(question, result)
    for facts in _starts(question, result):
        base = ask(facts)
        if base is None:
            continue
        for name, slot in question.slots.items():
            missing = result.facts.get(name) is None
            if name in found or name == "as_of" or not _is_open(name, facts, result):
                continue
            for value in values(slot, _near(result), result.facts.get(name)):
                other = ask({**facts, name: value}) if value != facts.get(name) else None
                if other is None or other.says == result.says or not _tells(base, other, slot, missing=missing):
                    continue
                if made := _change(question, result, slot, other, ask):
                    found[name] = made
                    break
    for name, slot in question.slots.items():
        if name not in found and name != "as_of" and (made := _of_parts(result, slot, ask)):
            found[name] = made
    order = list(question.slots)
    return tuple(sorted(found.values(), key=lambda change: (not change.missing, order.index(change.fact))))


def _change(
    question: Question[Any],
    result: Result,
    slot: FactSlot,
    other: Result,
    ask: Callable[[Mapping[str, Any]], Result | None],
) -> FactChange | None:
    """The change that leads to another answer, with as few other facts beside it as will do; None where they do it alone."""
    name, value, missing = slot.name, other.facts[slot.name], result.facts.get(slot.name) is None

    def turned(beside: Mapping[str, Any]) -> Result | None:
        before = ask({**result.facts, **beside})
        after = ask({**result.facts, **beside, name: value})
        if before is None or after is None or after.says in (before.says, result.says):
            return None
        return after if _tells(before, after, slot, missing=missing) else None

    beside = _fewest({fact: kept for fact, kept in other.facts.items() if fact not in (*result.facts, name)}, turned)
    if (led := turned(beside)) is None:
        return None
    assumed, rests = (None, ()) if beside else _taken(slot, result, led)
    others = [other for other in question.slots.values() if other.name in beside]
    labeled = tuple((one.label, beside[one.name], one.unit) for one in others)
    return FactChange(name, slot.label, missing, value, _news(result, led), assumed, rests, labeled, slot.unit)


def _of_parts(result: Result, slot: FactSlot, ask: Callable[[Mapping[str, Any]], Result | None]) -> FactChange | None:
    """The change of a missing fact that leaves the sentence as it is and changes other parts of the answer."""
    if result.facts.get(slot.name) is not None or result.verdict is None or not isinstance(result.answer, Answer):
        return None
    for value in values(slot, _near(result)):
        other = ask({**result.facts, slot.name: value}) if value != slot.default else None
        if other is None or other.says != result.says:
            continue
        if parts := _other_parts(result.answer, other.answer):
            assumed = None if slot.required or slot.default == "" else slot.default
            told = f"the same, but {'; '.join(parts.values())}"
            return FactChange(slot.name, slot.label, True, value, told, assumed, unit=slot.unit, parts=tuple(parts))
    return None


def _other_parts(answer: Answer, other: Any) -> dict[str, str]:
    """The parts of an answer of one value that another answer gives otherwise, by name, with what it gives."""
    if type(other) is not type(answer):
        return {}
    found = {}
    for name, annotation in answers.fields(cast("Any", type(answer))).items():
        before, after = vars(answer).get(name), vars(other).get(name)
        if isinstance(before, _OF_ONE_VALUE) and after != before:
            said = answers.words(annotation, name)
            found[name] = f"{said.label}: {'none stated' if after is None else plainly(after, said.unit)}"
    return found


def _fewest(beside: dict[str, Any], turned: Callable[[Mapping[str, Any]], Result | None]) -> dict[str, Any]:
    """A small part of the facts beside a change with which it still turns the answer: none, one, or what cannot be dropped."""
    for few in ({}, *({fact: value} for fact, value in beside.items())):
        if turned(few):
            return few
    for fact in list(beside):
        fewer = {kept: value for kept, value in beside.items() if kept != fact}
        beside = fewer if turned(fewer) else beside
    return beside


def _news(result: Result, other: Result) -> str:
    """The first sentences of another answer, up to the first that the answer does not say."""
    said, news = phrases.sentences(result.says), []
    for sentence in phrases.sentences(other.says):
        news.append(sentence)
        if sentence.rstrip(".") not in [one.rstrip(".") for one in said]:
            break
    return " ".join(news).rstrip(".")


def _taken(slot: FactSlot, result: Result, other: Result) -> tuple[Any, tuple[int, ...]]:
    """What stands in for a fact that nobody stated, and the reasons met only because of it."""
    if slot.required or slot.name in result.facts or slot.default in (None, ""):
        return None, ()
    fails = {(reason.text, reason.citation) for reason in other.reasons if reason.outcome in ("not met", "cannot tell")}
    places = {n: reason for n, reason in enumerate(other.reasons) if reason.outcome in ("not met", "cannot tell")}
    still = {(reason.text, reason.citation) for reason in other.reasons} - fails
    rests = tuple(
        number
        for number, reason in enumerate(result.reasons)
        if reason.outcome == "met"
        and (reason.text, reason.citation) not in still
        and (
            (reason.text, reason.citation) in fails or (number in places and places[number].citation == reason.citation)
        )
    )
    return slot.default, rests


def can_matter(question: Question[Any], given: Mapping[str, Any]) -> frozenset[str]:
    """The facts that can still matter: those that change the answer alone, or together with others not yet given."""
    asked = _asked(question, given)
    return frozenset(question.slots) if asked is None else asked.matters


def mattering(question: Question[Any], result: Result) -> frozenset[str]:
    """The facts whose value can still change anything in the answer, with those that are needed or cannot be tried."""
    near = _near(result)
    found = {
        name
        for name, slot in question.slots.items()
        if slot.required or name == "as_of" or not values(slot, near, result.facts.get(name))
    }
    found |= {change.fact for change in result.changes}
    ask = _asking(question, result)
    for facts in _starts(question, result):
        open_still = [
            slot for name, slot in question.slots.items() if name not in found and _is_open(name, facts, result)
        ]
        base = ask(facts) if open_still else None
        if base is not None:
            found |= {slot.name for slot in open_still if _moves(ask, base, slot, near)}
    return frozenset(found)


def _is_open(name: str, facts: Mapping[str, Any], result: Result) -> bool:
    """Whether a fact may be tried on these facts: a missing one where it is not filled in, a given one as things are."""
    return facts.get(name) is None if result.facts.get(name) is None else facts is result.facts


def _moves(ask: Callable[[Mapping[str, Any]], Result | None], base: Result, slot: FactSlot, near: date | None) -> bool:
    """Whether a value of one fact leads to another answer."""
    tried = values(slot, near, base.facts.get(slot.name))
    asked = (ask({**base.facts, slot.name: value}) for value in tried)
    return any(other is not None and (other.answer, other.says) != (base.answer, base.says) for other in asked)


def _tells(base: Result, other: Result, slot: FactSlot, *, missing: bool) -> bool:
    """Whether another answer is worth telling: for a fact that was given, only where yes and no change places.

    That nothing can be told then is worth telling of a fact for which something is assumed.
    """
    assumed = missing and slot.default not in (None, "") and not slot.required and base.verdict is not None
    if other.answer == base.answer or (other.verdict is None and not assumed):
        return False
    return missing or (base.verdict != "value" and other.verdict != base.verdict)


def _starts(question: Question[Any], result: Result) -> Iterator[Mapping[str, Any]]:
    """The facts as given, then with all that is missing filled in, in several ways; the same ways each time."""
    yield result.facts
    missing = [slot for name, slot in question.slots.items() if result.facts.get(name) is None and not slot.required]
    if not missing:
        return
    from random import Random

    chance = Random(1)  # noqa: S311 - typical values, nothing secret
    for _ in range(_COMPLETIONS):
        filled = {slot.name: chance.choice(listed) for slot in missing if (listed := values(slot, _near(result)))}
        left_out = chance.choice(sorted(filled)) if filled else ""
        yield {**result.facts, **{name: value for name, value in filled.items() if name != left_out}}


def _near(result: Result) -> date | None:
    days = [value for value in result.facts.values() if isinstance(value, date)]
    return result.as_of or (max(days) if days else None)


def _asked(question: Question[Any], facts: Mapping[str, Any]) -> Result | None:
    try:
        return question(**facts)
    except FactError:
        return None


#: The result that was probed last, and what the question answered to other facts: each way to probe it asks much the same.
_LAST: list[tuple[Result | None, dict[str, Result | None]]] = [(None, {})]


def _asking(question: Question[Any], result: Result) -> Callable[[Mapping[str, Any]], Result | None]:
    """Asks the question about other facts than those of a result, about the same facts only once."""
    if _LAST[0][0] is not result:
        _LAST[0] = (result, {})
    known = _LAST[0][1]

    def ask(facts: Mapping[str, Any]) -> Result | None:
        key = repr(sorted(facts.items(), key=itemgetter(0)))
        if key not in known:
            known[key] = _asked(question, facts)
        return known[key]

    return ask


def _same(one: Result, other: Result) -> bool:
    return (one.answer, one.says, one.reasons, one.figures, one.cautions) == (
        other.answer, other.says, other.reasons, other.figures, other.cautions
    )  # fmt: skip
