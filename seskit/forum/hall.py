"""Exercises for the hall: each exercise of a session with other facts at every table, checked on the spot."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from seskit.desk import drills
from seskit.desk.drills import Drill
from seskit.desk.practice import declared as practice
from seskit.desk.practice.declared import DeclaredPractice
from seskit.formats.markup import element
from seskit.formats.tables import Table
from seskit.forum import config
from seskit.forum.config import AgendaRow, Forum
from seskit.forum.references import Resolver, read_facts
from seskit.forum.resolved import ResolvedStep, lesson
from seskit.forum.source import Session
from seskit.law.facts import FactError, suggestion
from seskit.law.question import find

_AGAIN = 8


@dataclass(frozen=True)
class PracticeProblem:
    """A practice problem under the title of its exercise; `number` tells the problems of one exercise apart."""

    exercise: str
    number: int
    drill: Drill


@dataclass(frozen=True, eq=False)
class Practiced:
    """A session with exercises: its steps, read once for all tables."""

    forum: Forum
    row: AgendaRow
    session: Session

    @cached_property
    def exercises(self) -> list[ResolvedStep]:
        """The exercises, with the problems declared for the tables."""
        resolver = Resolver(self.forum, read_facts(self.forum.folder.parent))
        return [step for step in lesson(1, self.row, self.session, resolver).steps if step.exercise]

    def problems(self, table: int) -> list[PracticeProblem]:
        """The exercises for one table, then its other practice; the same table always gets the same ones."""
        return [*self.of_exercises(table), *self._practice(table)]

    def of_exercises(self, table: int) -> list[PracticeProblem]:
        """The exercises for one table."""
        made: list[PracticeProblem] = []
        for step in self.exercises:
            seen: list[tuple[str, ...]] = []
            for number, declared in enumerate(step.problems):
                new = self._new(step.title, number, table, declared, seen)
                seen.append(new.given)
                made.append(PracticeProblem(step.title, number, new))
        return made

    def _practice(self, table: int) -> list[PracticeProblem]:
        made: list[PracticeProblem] = []
        for name in self.session.front.get("practice") or []:
            drill = drills.drawn(
                practice.for_question(find(name)),
                _seed(self.row.title, name, 0, table, 0),
                table,
                self.forum.content_as_of,
            )
            made.append(PracticeProblem("More practice", 0, drill))
        return made

    def _new(
        self, title: str, number: int, table: int, declared: DeclaredPractice, seen: list[tuple[str, ...]]
    ) -> Drill:
        """One problem; where it is word for word another of this table, another is drawn."""
        drawn = (
            drills.drawn(declared, _seed(self.row.title, title, number, table, again), table + number)
            for again in range(_AGAIN)
        )
        first = next(drawn)
        return first if first.given not in seen else next((one for one in drawn if one.given not in seen), first)


def contents(kit: Path | str) -> Table:
    """The sessions of a kit that have exercises, with what to write into the notebook."""
    rows = tuple(
        (name, found.row.title, ", ".join(step.exercise for step in found.session.steps if step.exercise))
        for name, found in practiced(kit).items()
    )
    return Table(f"Sessions with exercises in {Path(kit).name}", ("Session", "Title", "Exercises"), rows)


def practiced(kit: Path | str) -> dict[str, Practiced]:
    """The sessions of a kit that have exercises or other practice, by the name of their file."""
    forum = config.read(Path(kit))
    return {
        session.file.stem: Practiced(forum, row, session)
        for row, session in forum.sessions
        if session.front.get("practice") or any(step.exercise for step in session.steps)
    }


def problems(kit: Path | str, session: str, table: int) -> list[PracticeProblem]:
    """The exercises of a session for one table, then its other practice."""
    found = practiced(kit)
    if session not in found:
        raise FactError(
            f"'{session}' has no exercises in this kit.{suggestion(session, found)} It has {', '.join(found)}."
        )
    return found[session].problems(table)


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


def _seed(*parts: object) -> int:
    return zlib.crc32(" ".join(map(str, parts)).encode())
