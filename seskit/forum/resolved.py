"""A session with every reference resolved and every minute placed on the clock."""

from __future__ import annotations

import re
from calendar import month_name
from dataclasses import dataclass
from datetime import datetime, timedelta

from seskit.desk.practice.declared import DeclaredPractice
from seskit.formats.counts import number_of
from seskit.formats.documents import escaped, powerpoint
from seskit.forum import cited as sources
from seskit.forum import offered
from seskit.forum.config import AgendaRow, span
from seskit.forum.exercises import at_tables, practiced
from seskit.forum.images import Images
from seskit.forum.place import Faults, SourcePlace
from seskit.forum.references import Asked, Resolver
from seskit.forum.source import Pair, Session, SessionStep
from seskit.law import unsure

#: How lines of tables, their captions and pictures begin.
NO_TEXT = ("|", ": ", "![")
_TOGETHER = re.compile(rf"\b({'|'.join(month_name[1:])}|[Ll]evel) (?=\d|[IVX]+\b)")


@dataclass(frozen=True)
class ResolvedStep:
    """One step as it will be seen and said."""

    title: str
    start: datetime
    minutes: int
    exercise: str
    discussion: str
    who: str
    body: str
    notes: str
    answer: str
    example: str
    cited: list[str]
    asked: tuple[Asked, ...]
    problems: tuple[DeclaredPractice, ...]
    wrong: str
    #: What is not sure of what is on screen, and of everything said and answered here.
    unsure: str
    unsure_in_all: str
    keep: str
    aims: tuple[int, ...]

    @property
    def times(self) -> str:
        """From when to when."""
        return span(self.start, self.start + timedelta(minutes=self.minutes))

    @property
    def allowed(self) -> str:
        """How long it takes, and who works together."""
        return _allowed(self.minutes, self.who)

    @property
    def sources(self) -> str:
        """What the slide rests on, as it is printed at its foot; empty where it rests on nothing."""
        said = f"Sources: {sources.joined(self.cited)}" if self.cited else ""
        return f"{said}. {self.unsure.rstrip('.')}" if said and self.unsure else said or self.unsure.rstrip(".")

    @property
    def task(self) -> str:
        """The number of what participants do themselves: an exercise or a discussion; empty for a slide."""
        return self.exercise or self.discussion


@dataclass(frozen=True)
class Checked:
    """A question of the knowledge check, its answer, what it rests on, and the number of the objective it checks."""

    question: str
    answer: str
    cited: list[str]
    aim: int
    unsure: str


@dataclass(frozen=True)
class ResolvedSession:
    """One session of the agenda, ready to be written out."""

    row: AgendaRow
    stem: str
    objectives: list[str]
    materials: list[str]
    steps: list[ResolvedStep]
    faqs: list[tuple[str, str]]
    checks: list[Checked]
    cited: list[str]
    images: Images

    @property
    def title(self) -> str:
        """The session's title on the agenda."""
        return self.row.title

    @property
    def opens(self) -> bool:
        """Whether the forum begins with it."""
        return self.stem.startswith("1-")


def lesson(number: int, row: AgendaRow, session: Session, resolver: Resolver) -> ResolvedSession:
    """Resolve one session."""
    top = SourcePlace(session.file, 1)
    _check_validity(session, resolver, top)
    resolver.take_cited()
    resolver.take_unsure()
    resolver.row = row
    resolver.cases = session.front.get("cases") or {}
    objectives = [kept_together(resolver.line(str(line), top)) for line in session.front["objectives"]]
    begins, steps, faqs, checks, faults = (
        row.start,
        list[ResolvedStep](),
        list[tuple[str, str]](),
        list[Checked](),
        Faults(),
    )
    for step in session.steps:
        with faults.gathered():
            steps.append(_shown(step, begins, resolver))
        begins += timedelta(minutes=step.minutes)
    cited = [source for step in steps for source in step.cited]
    for pair in session.faqs:
        with faults.gathered():
            faqs.append(_pair(pair, resolver))
    cited += resolver.take_cited()
    for pair in session.checks:
        with faults.gathered():
            checks.append(_checked(pair, resolver))
    for name in session.front.get("practice") or ():
        with faults.gathered():
            practiced(name, top, resolver.as_of)
    faults.told()
    cited += [source for check in checks for source in check.cited]
    images, resolver.images = resolver.images, Images()
    return ResolvedSession(
        row,
        f"{number}-{session.file.stem.replace('_', '-')}",
        objectives,
        [str(line) for line in session.front.get("materials") or []],
        steps,
        faqs,
        checks,
        list(dict.fromkeys(cited)),
        images,
    )


def _check_validity(session: Session, resolver: Resolver, top: SourcePlace) -> None:
    first, last = session.front.get("valid_from"), session.front.get("valid_to")
    if (first and resolver.as_of < first) or (last and resolver.as_of > last):
        raise top.error(
            f"this session holds {offered.span(first, last)}; content_as_of is {resolver.as_of}: choose another session "
            "(seskit forum list names them with their days), or bring this one up to date."
        )


def _shown(step: SessionStep, begins: datetime, resolver: Resolver) -> ResolvedStep:
    task = bool(step.exercise or step.discussion)
    title = resolver.line(step.heading, step.place)
    body = kept_together(resolver.text(step.body, typed_amounts=task))
    above = [_allowed(step.minutes, step.who)] if task else []
    lines = [line for line in body.splitlines() if line.strip() and not line.startswith(NO_TEXT)]
    if not powerpoint.fits([*above, *lines]):
        raise step.place.error(f"'{step.heading}' holds more than fits a slide; make two of it.")
    cited = resolver.take_cited()
    on_screen = list(resolver.doubts)
    told = {name: found for name, found in step.blocks.items() if name not in ("answer", "tables")}
    parts = {name: resolver.text(found, typed_amounts=task) for name, found in told.items()}
    resolver.asked = []
    problems: tuple[DeclaredPractice, ...] = ()
    if step.exercise:
        problems = at_tables(step, resolver)
        parts["answer"] = resolver.answer(step.blocks["answer"], step.exercise)
    cited = list(dict.fromkeys([*cited, *resolver.take_cited()]))
    body = captioned(body, title)
    return ResolvedStep(
        title, begins, step.minutes, step.exercise, step.discussion, step.who, body,
        parts.get("notes", ""), parts.get("answer", ""), parts.get("example", ""), cited,
        tuple(resolver.asked), problems, parts.get("wrong", ""), unsure.told(on_screen), resolver.take_unsure(),
        step.keep, step.aims,
    )  # fmt: skip


def kept_together(text: str) -> str:
    """A day stays on the line of its month, and a number on that of its level."""
    return _TOGETHER.sub("\\1\N{NO-BREAK SPACE}", text)


def captioned(body: str, title: str) -> str:
    """A table that was typed without a caption takes the slide's title, so that everyone knows which table it is."""
    lines = body.splitlines()
    if any(line.startswith("|") for line in lines) and not any(line.startswith(": ") for line in lines):
        return f"{body.rstrip()}\n\n: {title}\n"
    return body


def _allowed(minutes: int, who: str) -> str:
    time = number_of(minutes, "minute")
    return f"{time}, {who}" if who else time


def _pair(pair: Pair, resolver: Resolver) -> tuple[str, str]:
    question, answer = (resolver.text(text).strip() for text in (pair.question, pair.answer))
    return " ".join(question.split()), with_doubt(answer, resolver.take_unsure())


def with_doubt(text: str, doubt: str) -> str:
    """Words with what is not sure of them in a paragraph of its own."""
    return f"{text.rstrip()}\n\n{escaped(doubt)}\n" if doubt else text


def _checked(pair: Pair, resolver: Resolver) -> Checked:
    question, answer = (resolver.text(text).strip() for text in (pair.question, pair.answer))
    question, doubt = " ".join(question.split()), resolver.take_unsure()
    cited = resolver.take_cited()
    if not cited:
        raise pair.answer.place.error(
            f"the answer to '{question}' rests on nothing; name a rule, a fact or a question."
        )
    return Checked(question, answer, cited, pair.aim, doubt)
