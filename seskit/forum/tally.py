"""What the tables of a hall answered: kept by table, with the spread of each exercise and the mistake most tables made.

Every table has other numbers, so answers are compared by how they differ from that table's own right answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from seskit.desk.drills import Drill
from seskit.desk.practice.answers import AnswerPart
from seskit.formats.counts import number_of
from seskit.formats.in_short import leading
from seskit.formats.tables import Table, as_csv
from seskit.forum import config, days_off, hall, typed
from seskit.forum.hall import PracticeProblem
from seskit.law.facts import FactError, Unreadable, suggestion

HEADER = ("session", "table", "exercise", "problem", "part", "answer")
#: What the board adds: how often the table answered, as it changed its answer, and what was right at that table, so that
#: the record of a day holds when its session is written anew.
MORE = ("tries", "right")
#: Of how many tables each is named with its tries; of more it is told how many there were.
_NAMED = 6
#: Of so many mistakes that are equally common each is named.
_AS_COMMON = 3
_LONGEST = 200
UNREAD = "an answer that could not be read"


@dataclass(frozen=True, order=True)
class AskedEntry:
    """One entry of one table: which session, table, exercise, problem of it, and part of the answer."""

    session: str
    table: int
    exercise: str
    problem: int
    part: str


@dataclass
class KitTally:
    """The answers of a kit's tables."""

    kit: Path
    tables: int = config.USUAL_TABLES
    answers: dict[AskedEntry, str] = field(default_factory=dict)
    tries: dict[AskedEntry, int] = field(default_factory=dict)
    #: What was right when an answer was given, where something else is right in the kit as it is now.
    former: dict[AskedEntry, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, kit: Path, tables: int | None) -> KitTally:
        """A tally of so many tables, or of as many as the kit says."""
        return cls(kit, tables or config.read(kit).tables or config.USUAL_TABLES)

    @cached_property
    def sessions(self) -> dict[str, hall.Practiced]:
        """The sessions that have exercises, by the name of their file."""
        return {name: one for name, one in hall.practiced(self.kit).items() if one.exercises}

    @cached_property
    def day(self) -> date:
        """The day whose rules the kit shows."""
        return config.read(self.kit).content_as_of

    @cached_property
    def _drawn(self) -> dict[tuple[str, int], list[tuple[str, PracticeProblem]]]:
        return {}

    def problems(self, session: str, table: int) -> list[tuple[str, PracticeProblem]]:
        """The problems of one table, each with the number of its exercise."""
        if session not in self.sessions:
            raise FactError(
                f"'{session}' has no exercises in this kit.{suggestion(session, self.sessions)} It has {', '.join(self.sessions)}."
            )
        if not 1 <= table <= self.tables:
            raise FactError(f"There is no table {table}; tables are 1 to {self.tables}.")
        if (session, table) not in self._drawn:
            found = self.sessions[session]
            numbers = {step.title: step.exercise for step in found.exercises}
            self._drawn[session, table] = [(numbers[one.exercise], one) for one in found.of_exercises(table)]
        return self._drawn[session, table]

    def part(self, asked: AskedEntry) -> tuple[AnswerPart, Any]:
        """What an entry asks for, and the right answer at that table, as it was when it answered."""
        drill, place = self._place(asked)
        return drill.parts[place], self.former.get(asked, drill.expected[place])

    def mistake(self, asked: AskedEntry) -> str:
        """The mistake in a kept answer: the usual one that leads to it, else how it differs; empty where it is right."""
        drill, _ = self._place(asked)
        (part, right), given = self.part(asked), self.answers[asked]
        found = slip(part, right, given)
        if found in ("", UNREAD) or asked in self.former:
            return found
        return drill.mistake(part, given).rstrip(".") or found

    def _place(self, asked: AskedEntry) -> tuple[Drill, int]:
        for exercise, problem in self.problems(asked.session, asked.table):
            if (exercise, problem.number) == (asked.exercise, asked.problem - 1):
                for place, part in enumerate(problem.drill.parts):
                    if part.path == asked.part:
                        return problem.drill, place
        asks = dict.fromkeys(
            part.path
            for exercise, problem in self.problems(asked.session, asked.table)
            if (exercise, problem.number) == (asked.exercise, asked.problem - 1)
            for part in problem.drill.parts
        )
        raise FactError(
            f"Exercise {asked.exercise} of {asked.session} has no problem {asked.problem} that asks for '{asked.part}'."
            + (f" It asks for {', '.join(asks)}." if asks else "")
        )

    def give(self, asked: AskedEntry, answer: str) -> str:
        """Keep an answer; the slip in it, or nothing where it is right. An empty answer takes the former one back."""
        self.former.pop(asked, None)
        part, expected = self.part(asked)
        text = answer.strip().removeprefix("'")
        if len(text) > _LONGEST:
            raise FactError(f"The answer to '{part.label}' is longer than {_LONGEST} characters.")
        if not text:
            self.answers.pop(asked, None)
            return ""
        if self.answers.get(asked) != text:
            self.tries[asked] = self.tries.get(asked, 0) + 1
        self.answers[asked] = text
        return slip(part, expected, text)

    def slips(self, session: str, table: int) -> dict[AskedEntry, str]:
        """The slip in each answer that is kept of one table, empty where it is right."""
        kept = [one for one in sorted(self.answers) if (one.session, one.table) == (session, table)]
        return {one: slip(*self.part(one), self.answers[one]) for one in kept}

    def spread(self, session: str) -> Table:
        """Each thing asked for: how many tables answered, how many were right, what was given, the most common mistake."""
        rows = []
        for exercise, number, path, asked, tables in self._rows(session):
            found = [
                one
                for one in sorted(self.answers)
                if self._is(one, session, exercise, number, path) and one.table in tables
            ]
            if not found:
                part, _ = self.part(AskedEntry(session, tables[0], exercise, number, path))
                rows.append((_named(exercise, number, asked), part.label, f"0 of {len(tables)}", "", "", "", ""))
                continue
            parts = [(*self.part(one), self.answers[one]) for one in found]
            slips = Counter(filter(None, map(self.mistake, found)))
            right = len(parts) - sum(slips.values())
            rows.append((
                _named(exercise, number, asked), parts[0][0].label, f"{len(parts)} of {len(tables)}", f"{right} of {len(parts)}",
                self._tried(found), _given(parts), _most(slips),
            ))  # fmt: skip
        header = ("Exercise", "Asked for", "Tables", "Right", "Tries", "Given", "Most common mistake")
        title = f"Answers of the tables: {self.sessions[session].row.title}"
        return Table(title, header, tuple(rows), notes=(self.advice(session),))

    def _tried(self, found: list[AskedEntry]) -> str:
        """How often the tables answered: those that changed their answer with their number."""
        again = {one.table: self.tries[one] for one in found if self.tries.get(one, 1) > 1}
        if len(again) > _NAMED:
            counted = sorted(Counter(again.values()).items())
            return "; ".join(f"{tries} tries: {number_of(tables, 'table')}" for tries, tables in counted)
        return "; ".join(f"table {table}: {tries}" for table, tries in again.items()) or "1 each"

    def advice(self, session: str) -> str:
        """What to talk about first: the mistake that most tables made, or that all were right."""
        slips: Counter[str] = Counter()
        for one in sorted(self.answers):
            if one.session == session and (found := self.mistake(one)):
                slips[
                    f"{_named(one.exercise, one.problem, self._question(one))}, {self.part(one)[0].label}: {found}"
                ] += 1
        if slips:
            return f"Talk first about {_most(slips)}."
        given = any(one.session == session for one in self.answers)
        return "Every answer so far is right." if given else "No table has answered yet."

    def _rows(self, session: str) -> list[tuple[str, int, str, str, list[int]]]:
        """Each entry of each problem, apart where tables are asked different things, with the tables that are asked it."""
        tables: dict[tuple[str, int, str, str], list[int]] = {}
        for table in range(1, self.tables + 1):
            for exercise, problem in self.problems(session, table):
                for part in problem.drill.parts:
                    tables.setdefault((exercise, problem.number + 1, part.path, problem.drill.asked), []).append(table)
        return [(*key, those) for key, those in sorted(tables.items(), key=lambda row: (row[0][:2], row[1][0]))]

    def _question(self, one: AskedEntry) -> str:
        """What that table is asked in that problem, where tables are asked different things."""
        found = (problem.drill.asked for exercise, problem in self.problems(one.session, one.table)
                 if (exercise, problem.number + 1) == (one.exercise, one.problem))  # fmt: skip
        return next(found, "")

    @staticmethod
    def _is(one: AskedEntry, *wanted: object) -> bool:
        return (one.session, one.exercise, one.problem, one.part) == wanted

    def _beyond(self, table: str) -> bool:
        """Whether a table is numbered higher than any of the hall, and no higher than a hall can have."""
        return table.isdecimal() and self.tables < int(table) <= config.MOST_TABLES

    def _written(self, row: Mapping[str, str]) -> AskedEntry:
        """The entry that a line means; capitals and titles are as people write them."""
        table, problem = (_whole(row[word], word) for word in ("table", "problem"))
        titles = {one.row.title: name for name, one in self.sessions.items()} | {name: name for name in self.sessions}
        session = _alike(row["session"], titles)
        there = self.problems(session, table)
        exercise = _alike(row["exercise"], {one: one for one, _ in there})
        parts = {
            word: part.path
            for one, found in there
            if (one, found.number) == (exercise, problem - 1)
            for part in found.drill.parts
            for word in (part.label, part.path)
        }
        return AskedEntry(session, table, exercise, problem, _alike(row["part"], parts))

    def to_csv(self) -> bytes:
        """All answers as a table that a spreadsheet opens; no answer becomes a formula there."""
        rows = (
            (
                one.session,
                one.table,
                one.exercise,
                one.problem,
                one.part,
                self.answers[one],
                self.tries.get(one, 1),
                part.shown(right),
            )
            for one in sorted(self.answers)
            for part, right in [self.part(one)]
        )
        return as_csv((*HEADER, *MORE), rows).encode()

    def read(self, file: Path) -> list[str]:
        """Take in the answers of a file, as the board keeps it or as someone typed it; names every line that is wrong.

        Gives what a person should know of the file.
        """
        faults, notes, unlike = list[str](), list[str](), dict[str, list[int]]()
        given = typed.lines(file, HEADER, notes, MORE)
        beyond = [(line, int(row["table"])) for line, row in given if self._beyond(row["table"])]
        if beyond:
            lines = number_of(len(beyond), "line")
            most = max(table for _, table in beyond)
            faults.append(
                f"{file.name}, line {beyond[0][0]} first: {lines} of tables up to {most}, and tables are 1 to {self.tables}. "
                f"If the hall has {most}, give --tables {most}, or write tables: {most} into {config.NAME}."
            )
        for number, row in given:
            if self._beyond(row["table"]):
                continue
            try:
                asked = self._written(row)
                self.give(asked, row["answer"])
                if row.get("tries"):
                    self.tries[asked] = _whole(row["tries"], "tries")
                if row.get("right"):
                    self._was_right(asked, row["right"])
            except FactError as failure:
                unlike.setdefault(str(failure), []).append(number)
        faults += [
            f"{file.name}, line {' and '.join([str(first), *([number_of(len(others), 'other')] if others else [])])}: {said}"
            for said, (first, *others) in unlike.items()
        ]
        if faults:
            raise FactError("\n".join(faults))
        return notes + self._told(file)

    def _was_right(self, asked: AskedEntry, said: str) -> None:
        """Note what was right at that table where the kit has something else now."""
        part, now = self.part(asked)
        try:
            then = part.read(said.removeprefix("'"))
        except Unreadable as failure:
            raise FactError(f"right: '{said}' {failure}.") from None
        if then != part.read(now):
            self.former[asked] = then

    def _told(self, file: Path) -> list[str]:
        """That answers were given to other figures than the kit has now, and to which exercises."""
        if not self.former:
            return []
        exercises = ", ".join(sorted({one.exercise for one in self.former}))
        return [
            f"{file.name}: {number_of(len(self.former), 'answer')} to other figures than the kit has now ({exercises}); "
            "judged by what was right when they were given."
        ]


def _alike(said: str, known: Mapping[str, str]) -> str:
    """The name that was meant, where it was written in other letters or by its title; else what was said."""
    return {word.casefold(): name for word, name in known.items()}.get(said.casefold(), said)


def slip(part: AnswerPart, expected: Any, given: str) -> str:
    """How an answer differs from the right one, in words that fit tables with other numbers; empty when it is right."""
    try:
        read = part.read(given)
    except Unreadable:
        return UNREAD
    right = part.read(expected)
    if read == right:
        return ""
    if part.kind == "several":
        names = {choice.code: choice.name for choice in part.choices}
        missing, more = ([names[code] for code in names if code in some] for some in (right - read, read - right))
        said = [f"left out {', '.join(missing)}"] if missing else []
        return "; ".join([*said, f"added {', '.join(more)}"] if more else said)
    if read is None or right is None:
        return f"'{part.shown(given)}' where there is an answer" if read is None else "an answer where there is none"
    if part.choices:
        return f"'{part.shown(given)}' instead of '{part.shown(expected)}'"
    if isinstance(read, date):
        return days_off.off(read, right)
    return "too high" if read > right else "too low"


def _given(parts: list[tuple[AnswerPart, Any, str]]) -> str:
    """The answers by kind: choices by name where all tables have one right answer, all else as right, too high, too early and so on."""
    alike = len({part.shown(expected) for part, expected, _ in parts}) == 1

    def what(part: AnswerPart, expected: Any, text: str, *, broad: bool) -> str:
        found = slip(part, expected, text)
        if part.choices and alike and found != UNREAD:
            return part.shown(text)
        return (_side(part, expected, text) if broad and found and found != UNREAD else "") or found or "right"

    counted = Counter(what(*one, broad=False) for one in parts)
    if len(counted) > _NAMED:
        counted = Counter(what(*one, broad=True) for one in parts)
    first = counted.most_common(_NAMED)
    rest = counted.total() - sum(times for _, times in first)
    return "; ".join(f"{one}: {times}" for one, times in [*first, *([("other", rest)] if rest else [])])


def _side(part: AnswerPart, expected: Any, given: str) -> str:
    """On which side of the right day a day is: what a wall full of days shows instead of how far off each is."""
    read, right = part.read(given), part.read(expected)
    if isinstance(read, date) and isinstance(right, date):
        return "too late" if read > right else "too early"
    return ""


def _most(slips: Counter[str]) -> str:
    """The most common mistake; where several are as common, each of the first few, and how many others."""
    alike, times, _ = leading(slips)
    if not alike:
        return "none"
    said = [
        f"{_inside(what) if place else what} ({number_of(times, 'table')})"
        for place, what in enumerate(alike[:_AS_COMMON])
    ]
    left = len(alike) - len(said)
    return "; and ".join([*said, f"{number_of(left, 'other')} as common"] if left else said)


def _inside(sentence: str) -> str:
    """A sentence as it stands after another one: 'That is' begins small, and a name or a number stays."""
    return sentence[0].lower() + sentence[1:] if sentence[1:2].islower() else sentence


def _named(exercise: str, number: int, asked: str) -> str:
    return f"{exercise}, problem {number}{f' ({asked})' if asked else ''}"


def _whole(text: str, word: str) -> int:
    if not text.isdecimal():
        raise FactError(f"{word} is not a whole number.")
    return int(text)
