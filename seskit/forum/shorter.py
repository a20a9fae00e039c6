"""A session in fewer minutes: what may be left out goes, in the order its author marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from seskit.forum.place import SourcePlace
from seskit.forum.source import Session


class Cuttable(Protocol):
    """A step of a session, as it is written or as it will be seen."""

    @property
    def keep(self) -> str:
        """What becomes of it when time is short."""


AnyStep = TypeVar("AnyStep", bound=Cuttable)


def in_order_of_cuts(steps: Sequence[AnyStep]) -> list[AnyStep]:
    """What may be left out: first what goes first, the latest of it before the rest, then what goes next."""
    return [step for kept in ("could", "should") for step in reversed(steps) if step.keep == kept]


def lengths(session: Session) -> dict[int, Session]:
    """The session without what may be left out, one more at a time, by the minutes that it then takes."""
    found, left, out = dict[int, Session](), list(session.steps), list[str]()
    for step in in_order_of_cuts(session.steps):
        left.remove(step)
        out.append(step.heading)
        minutes = sum(one.minutes for one in left)
        found[minutes] = replace(
            session, front=session.front | {"minutes": minutes}, steps=list(left), left_out=tuple(out)
        )
    return found


def held_in(place: SourcePlace, session: Session, entry: dict[str, Any]) -> Session:
    """The session in the minutes that the agenda gives it: whole, or without what its author marked as to be left out."""
    lasts = entry.setdefault("minutes", session.minutes)
    if lasts == session.minutes:
        return session
    shorter = lengths(session)
    if type(lasts) is not int or lasts not in shorter:
        others = (
            f" Without what may be left out it takes {_either(shorter)}: write one of these, and give what remains to a break or another session."
            if shorter
            else ""
        )
        raise place.error(f"{session.file.name} lasts {session.minutes} minutes; the agenda gives it {lasts}.{others}")
    return shorter[lasts]


def _either(minutes: Iterable[int]) -> str:
    """Numbers of which one is to be chosen: 22, 18 or 16."""
    *others, last = map(str, minutes)
    return f"{', '.join(others)} or {last}" if others else last
