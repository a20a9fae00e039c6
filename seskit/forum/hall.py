"""Exercises for the hall: each exercise of a session with other numbers at every table, answered by the same questions."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from pydantic import BaseModel

from seskit.desk import drills
from seskit.desk.drills import Drill
from seskit.formats.markup import element
from seskit.formats.tables import Table
from seskit.forum import config
from seskit.forum.config import Forum, Row
from seskit.forum.references import Asked, Resolver, read_facts
from seskit.forum.resolved import lesson
from seskit.forum.source import Session
from seskit.law.entry_shape import shape
from seskit.law.facts import FactError, suggestion
from seskit.law.question import FactSlot, find

_TRIES, _AGAIN, _MOST, _DAYS = 60, 6, 3, 25
#: Choices that make the exercise what it is.
_KEPT = ("group", "stage", "basis", "appointment_type", "requested", "held")


@dataclass(frozen=True)
class Problem:
    """A practice problem under the title of its exercise."""

    exercise: str
    drill: Drill


def contents(kit: Path | str) -> Table:
    """The sessions of a kit that have exercises, with what to write into the notebook."""
    rows = tuple(
        (session.file.stem, row.title, ", ".join(step.exercise for step in session.steps if step.exercise))
        for row, session in _practised(config.read(Path(kit)))
    )
    return Table(f"Sessions with exercises in {Path(kit).name}", ("Session", "Title", "Exercises"), rows)


def problems(kit: Path | str, session: str, table: int) -> list[Problem]:
    """The exercises of a session for one table, then its other practice; the same table always gets the same ones."""
    forum = config.read(Path(kit))
    found = {session.file.stem: (row, session) for row, session in _practised(forum)}
    if session not in found:
        raise FactError(
            f"'{session}' has no exercises in this kit.{suggestion(session, found)} It has {', '.join(found)}."
        )
    row, source = found[session]
    made: list[Problem] = []
    for title, number, asked in _asked(forum, row, source):
        drawn = (_other(asked, _seed(session, title, number, table, again)) for again in range(_AGAIN))
        new = next((drill for drill in drawn if all(drill.given != one.drill.given for one in made)), None)
        made += [Problem(title, new)] if new else []
    more = source.front.get("practice") or []
    return made + [Problem("More practice", _more(name, forum, _seed(session, name, 0, table))) for name in more]


def panels(kit: Path | str, session: str, table: int) -> Any:
    """The same as panels to answer, one under the other, each exercise under its title."""
    import ipywidgets

    from seskit.desk.widgets import DrillPanel

    shown: list[Any] = []
    title = ""
    for problem in problems(kit, session, table):
        if problem.exercise != title:
            title = problem.exercise
            shown.append(ipywidgets.HTML(element("h3", title)))
        shown.append(DrillPanel(problem.drill))
    return ipywidgets.VBox(shown)


def _practised(forum: Forum) -> list[tuple[Row, Session]]:
    return [
        (row, session)
        for row, session in forum.sessions
        if session.front.get("practice") or any(step.exercise for step in session.steps)
    ]


def _seed(*parts: object) -> int:
    return zlib.crc32(" ".join(map(str, parts)).encode())


def _asked(forum: Forum, row: Row, session: Session) -> Iterator[tuple[str, int, Asked]]:
    """What each exercise asks: of questions asked with the same kinds of facts up to three, with every part they name."""
    resolver = Resolver(forum, read_facts(forum.folder.parent))
    for step in lesson(1, row, session, resolver).steps:
        kinds: dict[tuple[str, frozenset[str]], list[Asked]] = {}
        for asked in (asked for asked in step.asked if asked.parts):
            kinds.setdefault((asked.question.name, frozenset(asked.facts)), []).append(asked)
        for alike in kinds.values():
            parts = tuple(dict.fromkeys(part for asked in alike for part in asked.parts))
            different = [
                asked.facts for n, asked in enumerate(alike) if asked.facts not in [a.facts for a in alike[:n]]
            ]
            for number, given in enumerate(different[:_MOST]):
                yield step.title, number, Asked(alike[0].question, given, parts)


def _other(asked: Asked, seed: int) -> Drill:
    """The exercise with other numbers; where the question answers no draw, the exercise as it is."""
    random = Random(seed)  # noqa: S311 - invents a problem, guards nothing
    for _ in range(_TRIES):
        slots = asked.question.slots
        drawn = {
            name: value if name == "as_of" and len(asked.facts) > 1 else _drawn(slots[name], value, random)
            for name, value in asked.facts.items()
        }
        if "count" in drawn and "aggregate" in drawn:
            drawn["aggregate"] = _amount(asked.facts["aggregate"] / asked.facts["count"], random) * drawn["count"]
        if _ranked(drawn) != _ranked(asked.facts):
            continue
        try:
            made = _drill(asked, drawn)
        except FactError:
            continue
        if not _open(made.answer):
            return made
    return _drill(asked, asked.facts)


def _ranked(given: Mapping[str, Any]) -> list[str]:
    """Amounts by name, the smallest first: what is a raise in the exercise stays one."""
    amounts = {name: value for name, value in given.items() if isinstance(value, Decimal)}
    return sorted(amounts, key=lambda name: amounts[name])


def _more(name: str, forum: Forum, seed: int) -> Drill:
    """Further practice under the law of about the forum's day."""
    return drills.make(find(name), seed, forum.content_as_of)


def _open(answer: Any) -> bool:
    """Whether an answer leaves everything, or the main thing, untold."""
    values = list(answer.values()) if isinstance(answer, Mapping) else [answer]
    return "cannot tell" in values or all(value is None for value in values)


def _drill(asked: Asked, given: dict[str, Any]) -> Drill:
    """A problem that asks for the parts the exercise asks for."""
    result = asked.question(**given)
    answer = result.answer
    if isinstance(answer, Mapping):
        answer = {part: answer[part] for part in dict.fromkeys(name.partition(".")[0] for name in asked.parts)}
    return Drill(asked.question, {name: _data(value) for name, value in given.items()}, answer, result)


def _data(value: Any) -> Any:
    """A fact as plain data, which a problem puts in words."""
    if isinstance(value, list | tuple):
        return [_data(item) for item in value]
    return value.model_dump(exclude_none=True) if isinstance(value, BaseModel) else value


def _drawn(slot: FactSlot, value: Any, random: Random) -> Any:
    """Another value of the same kind, near the one of the exercise."""
    drawers: dict[type, Callable[[], Any]] = {
        bool: lambda: random.random() < (0.8 if value else 0.3),
        date: lambda: value + timedelta(random.randrange(-_DAYS, _DAYS + 1)),
        Decimal: lambda: _amount(value, random),
        int: lambda: _number(slot, value, random),
        str: lambda: random.choice(slot.kind) if isinstance(slot.kind, tuple) and slot.name not in _KEPT else value,
        list: lambda: _several(slot, value, random),
    }
    return drawers[type(value)]() if type(value) in drawers else value


def _several(slot: FactSlot, value: list[Any], random: Random) -> list[Any]:
    """Another few of the choices where there are few; otherwise the same items with other numbers."""
    form = shape(slot)
    if form.kind == "several" and len(form.choices) <= _MOST:
        return sorted(random.sample(form.choices, random.randrange(1, len(form.choices) + 1)))
    return [_item(slot, item, random) for item in value]


def _number(slot: FactSlot, value: int, random: Random) -> int:
    name = slot.name
    if "year" in name or name in ("certified_for", "levels"):
        return value
    if name == "rating":
        return random.randrange(2, 6)
    return max(min(value, 1), value + random.randrange(-max(2, value // 4), max(2, value // 4) + 1))


def _item(slot: FactSlot, item: Any, random: Random) -> Any:
    if isinstance(item, BaseModel) and "amount" in type(item).model_fields:
        return item.model_copy(update={"amount": _amount(Decimal(str(item.amount)), random)})  # type: ignore[attr-defined]
    return _number(slot, item, random) if type(item) is int else item


def _amount(value: Decimal, random: Random) -> Decimal:
    """Up to a fifth less, in whole hundreds, so that no rate passes a limit that the exercise keeps."""
    return Decimal(int(value * random.randrange(80, 101) / 100) // 100 * 100)
