"""Does action follow appraisal? For each executive and year what the rating required or permitted, and what then happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from seskit.law import parameters
from seskit.law.action_facts import kind_of
from seskit.law.actions import histories
from seskit.law.actions.histories import Rated
from seskit.law.awards import ELIGIBLE
from seskit.record.appraisal import actions_taken, rating_history
from seskit.record.appraisal.actions_taken import ActionsTaken, Taken
from seskit.record.appraisal.rating_history import EITHER, MUST_REMOVE
from seskit.record.appraisal.year_record.files import Files
from seskit.record.problem import Problem
from seskit.record.roster import Person
from seskit.work.appraisal import adjustments

_LEAVES = ("removal", "retirement", "resignation")
_STAYS = ("reassignment", "transfer")
_REQUIRED = {MUST_REMOVE: "removal", EITHER: "reassignment, transfer or removal"}


@dataclass(frozen=True)
class Followed:
    """One executive's rating of one year: what it called for, what it let the agency do, and what is on record."""

    person_id: str
    year: int
    level: int
    required: str
    permitted: tuple[str, ...]
    happened: tuple[Taken, ...]

    @property
    def done(self) -> bool:
        """Whether what was required is on record; leaving the SES ends the matter."""
        kinds = {one.kind for one in self.happened}
        if not self.required:
            return True
        return bool(kinds & {*_LEAVES, *(() if self.required == "removal" else _STAYS)})

    @property
    def nothing(self) -> bool:
        """Whether nothing at all followed."""
        return not self.happened

    @property
    def says(self) -> str:
        """What happened in words."""
        parts = [
            f"{one.kind}{f' of ${one.amount:,}' if one.amount else ''}{f' on {one.on}' if one.on else ''}"
            for one in self.happened
        ]
        return "; ".join(parts) or "nothing on record"


@dataclass(frozen=True)
class RatedYear:
    """All ratings of one year."""

    year: int
    rows: tuple[Followed, ...]

    def count(self, kind: str) -> tuple[int, int]:
        """How many were permitted something of a kind, and for how many it is on record."""
        allowed = [one for one in self.rows if kind in one.permitted]
        return len(allowed), sum(any(taken.kind == kind for taken in one.happened) for one in allowed)

    def required(self, kind: str) -> int:
        """For how many the rating required a thing of this kind; where one of several would do, each of them counts."""
        return sum(kind in row.required for row in self.rows)

    def happened(self, kind: str) -> int:
        """For how many a thing of this kind is on record."""
        return sum(any(taken.kind == kind for taken in row.happened) for row in self.rows)

    @property
    def owed(self) -> list[Followed]:
        """What was required and is not on record."""
        return [one for one in self.rows if not one.done]


def years(folder: str | Path, files: Files) -> tuple[list[RatedYear], list[Problem]]:
    """Every year on record, the earliest first, and what is wrong with the file of actions."""
    taken = actions_taken.read(folder, [one.person_id for one in files.people.people])
    rows = [row for person in files.executives() for row in _rows(files, person, taken)]
    listed = sorted({row.year for row in rows})
    return [RatedYear(year, tuple(row for row in rows if row.year == year)) for year in listed], list(taken.problems)


def _rows(files: Files, person: Person, taken: ActionsTaken) -> Iterator[Followed]:
    history = sorted((one for one in files.ratings(person) or () if one.level is not None), key=lambda one: one.year)
    own = files.ends.get(person.plan or "")
    for place, rated in enumerate(history):
        if rated.level is None:
            continue
        on = rated.issued or date(rated.year, 12, 31)
        happened = list(taken.by_year.get((person.person_id or "", rated.year), ()))
        if own and rated.year == own.year:
            happened += [
                one
                for one in (*_of_roster(person), *_raised(files, person))
                if one.kind not in {other.kind for other in happened}
            ]
        permitted = _permitted(person, rated.level, on)
        yield Followed(
            person.person_id or "", rated.year, rated.level, _required(files, person, history[: place + 1], on), permitted,
            tuple(happened),
        )  # fmt: skip


def _required(files: Files, person: Person, known: list[Rated], on: date) -> str:
    asked = histories.consequences(
        on,
        appointment_type=kind_of(person.appointment_type),
        on_probation=files.on_probation(person, on),
        history=known,
    )
    return _REQUIRED.get(asked.answer.action or "", "")


def _permitted(person: Person, level: int, on: date) -> tuple[str, ...]:
    lowest = int(parameters.figure("appraisal.regime.lowest_fully_successful", on).value)
    if level < lowest:
        return ("development", "reduction")
    return ("adjustment", "development", *(("award",) if person.appointment_type in ELIGIBLE else ()))


def _raised(files: Files, person: Person) -> Iterator[Taken]:
    """The adjustment of this year, where the roster has the column."""
    for row, amount in adjustments.of(files).amounts:
        if row == person.row:
            yield Taken("adjustment", None, amount)


def _of_roster(person: Person) -> Iterator[Taken]:
    """What the roster says of this year."""
    if person.award:
        yield Taken("award", None, person.award)
    if person.pay_decreased:
        yield Taken("reduction", None, None)
    told = (person.action or "").lower()
    if told and rating_history.carries_out(told, EITHER):
        kind = next((one for one, word in (("reassignment", "reassign"), ("transfer", "transfer"), ("retirement", "retire"),
                                           ("resignation", "resign")) if word in told), "removal")  # fmt: skip
        yield Taken(kind, person.action_date, None)
