"""What a table or picture looks up while it is made, so that what is not sure in it can be said beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any

from seskit.forum import known_on
from seskit.law import parameters
from seskit.law.parameters import Figure
from seskit.law.question import find
from seskit.law.result import Result

#: A figure with the day for which it was looked up.
LookedUp = tuple[Figure, date]
_KEPT: ContextVar[list[LookedUp] | None] = ContextVar("looked up", default=None)


@contextmanager
def gathered() -> Iterator[list[LookedUp]]:
    """Everything that is looked up inside, in order."""
    found: list[LookedUp] = []
    token = _KEPT.set(found)
    try:
        yield found
    finally:
        _KEPT.reset(token)


def keep(found: Figure, on: date) -> Figure:
    """Note that a figure is shown."""
    kept = _KEPT.get()
    if kept is not None:
        kept.append((found, on))
    return found


def figure(path: str, on: date) -> Figure:
    """The figure in force on a day; refused where it is not recorded so far."""
    return keep(known_on.figure(path, on), on)


def rate(path: str, on: date) -> Decimal:
    """A rate of pay in force on a day, by its path among the rules of pay-setting."""
    return Decimal(figure(f"pay_setting.{path}", on).value)


def recorded(path: str, on: date) -> Figure | None:
    """The figure in force on a day, or None where none is."""
    found = parameters.recorded(path, on)
    return keep(found, on) if found else None


def ask(name: str, **facts: Any) -> Result[Any]:
    """What a question answers; refused where it cannot tell. The figures it rests on are shown with it."""
    result = known_on.told(find(name)(**facts))
    for found in result.figures:
        keep(found, result.as_of or found.first_day)
    return result
