"""A session with every reference resolved and every minute placed on the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from seskit.forum.config import Row, clock
from seskit.forum.place import Place
from seskit.forum.references import Resolver
from seskit.forum.source import Pair, Session, Step, Text


@dataclass(frozen=True)
class Shown:
    """One step as it will be seen and said."""

    title: str
    start: datetime
    minutes: int
    exercise: str
    who: str
    body: str
    notes: str
    answer: str
    cited: list[str]

    @property
    def times(self) -> str:
        """From when to when."""
        return f"{clock(self.start)} to {clock(self.start + timedelta(minutes=self.minutes))}"


@dataclass(frozen=True)
class Lesson:
    """One session of the agenda, ready to be written out."""

    row: Row
    stem: str
    objectives: list[str]
    materials: list[str]
    steps: list[Shown]
    faqs: list[tuple[str, str]]
    checks: list[tuple[str, str]]
    cited: list[str]
    images: dict[str, bytes]
    practice: tuple[str, ...]

    @property
    def title(self) -> str:
        """The session's title on the agenda."""
        return self.row.title


def lesson(number: int, row: Row, session: Session, resolver: Resolver) -> Lesson:
    """Resolve one session."""
    top = Place(session.file, 1)
    _check_validity(session, resolver, top)
    resolver.take_cited()
    objectives = [resolver.line(str(line), top) for line in session.front["objectives"]]
    begins, steps = row.start, list[Shown]()
    for step in session.steps:
        steps.append(_shown(step, begins, resolver))
        begins += timedelta(minutes=step.minutes)
    cited = [source for step in steps for source in step.cited]
    faqs, checks = _pairs(session.faqs, resolver), _pairs(session.checks, resolver)
    cited += resolver.take_cited()
    images, resolver.images = resolver.images, {}
    return Lesson(
        row,
        f"{number}-{session.file.stem.replace('_', '-')}",
        objectives,
        [str(line) for line in session.front.get("materials") or []],
        steps,
        faqs,
        checks,
        list(dict.fromkeys(cited)),
        images,
        tuple(session.front.get("practice") or ()),
    )


def _check_validity(session: Session, resolver: Resolver, top: Place) -> None:
    first, last = session.front.get("valid_from"), session.front.get("valid_to")
    if (first and resolver.as_of < first) or (last and resolver.as_of > last):
        until = f" to {last}" if last else ""
        raise top.error(
            f"this session holds from {first}{until}; content_as_of is {resolver.as_of}, so it is out of date."
        )


def _shown(step: Step, begins: datetime, resolver: Resolver) -> Shown:
    body = resolver.text(step.body, typed_amounts=bool(step.exercise))
    cited = resolver.take_cited()
    parts = {name: resolver.text(found, typed_amounts=bool(step.exercise)) for name, found in step.blocks.items()}
    cited = list(dict.fromkeys([*cited, *resolver.take_cited()]))
    title = resolver.line(step.heading, step.place)
    return Shown(
        title,
        begins,
        step.minutes,
        step.exercise,
        step.who,
        body,
        parts.get("notes", ""),
        parts.get("answer", ""),
        cited,
    )


def _pairs(pairs: list[Pair], resolver: Resolver) -> list[tuple[str, str]]:
    def one(text: Text) -> str:
        return resolver.text(text).strip()

    return [(" ".join(one(pair.question).split()), one(pair.answer)) for pair in pairs]
