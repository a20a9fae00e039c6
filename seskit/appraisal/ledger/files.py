"""The files of an appraisal year beside the roster: appraisal.yaml, steps.csv and history.csv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field

from seskit import agency as agency_file
from seskit import checked_yaml, facts, roster
from seskit.agency import Agency
from seskit.appraisal.histories import Rated
from seskit.appraisal.steps import Doer, Step, StepName
from seskit.checked_yaml import Strict
from seskit.facts import Day, FactError, Whole, YesNo
from seskit.privacy import shown
from seskit.problem import Problem, errors
from seskit.roster import Person, Roster, lists
from seskit.roster.columns import Column

CYCLE = "appraisal.yaml"
STEPS, HISTORY = "steps", "history"
PROBATION = "on_probation"


class Board(Strict):
    """One Performance Review Board as appointed."""

    name: str = Field(min_length=1)
    plans: tuple[str, ...] = ()
    members: Whole
    career: Whole
    member_ids: tuple[str, ...] = ()
    recused_from_own_case: YesNo | None = None
    appointed_by_head: YesNo | None = None
    stable_appointment: YesNo | None = None
    published_on: Day | None = None
    first_meeting: Day | None = None
    opm_finding: YesNo = False
    reconstituted: YesNo | None = None


class Leaders(Strict):
    """What is on record about the agency's leaders, by the keys AL1 to AL12."""

    met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()


class CycleFile(Strict):
    """How one agency ran its appraisal year."""

    plan: Literal["agency", "basic-2012", "basic-2025"]
    response_days: Whole | None = None
    plan_days: Whole = 0
    progress_reviews: Whole = 0
    administration_began_on: Day | None = None
    same_president: YesNo = False
    agency_head_appointed_on: Day | None = None
    on_probation: tuple[str, ...] | None = None
    inspector_general: YesNo = False
    ceiling_waived: YesNo = False
    boards: tuple[Board, ...] = ()
    leaders: Leaders = Leaders()


@dataclass(frozen=True)
class Files:
    """What an agency's folder says of its appraisal year, and everything wrong with it."""

    agency: Agency | None
    people: Roster
    cycle: CycleFile | None
    steps: dict[str, list[Step]]
    history: dict[str, list[Rated]]
    problems: tuple[Problem, ...] = ()
    missing: str = ""
    _probation: dict[str, bool] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether the year can be checked at all."""
        return self.agency is not None and self.cycle is not None and not self.missing

    def year(self) -> tuple[Agency, CycleFile]:
        """The agency and its appraisal year; refuses where one could not be read."""
        if self.agency is None or self.cycle is None:
            raise FactError(self.missing or f"The appraisal year cannot be checked: {self.problems[0]}")
        return self.agency, self.cycle

    def on_probation(self, person: Person) -> bool | None:
        """Whether the roster's column, or else the list in appraisal.yaml, says so; None where neither does."""
        listed = self.cycle.on_probation if self.cycle else None
        told = None if listed is None else person.person_id in listed
        return self._probation.get(person.person_id or "", told)

    def executives(self) -> list[Person]:
        """Everyone on the roster whose number and plan can be used."""
        plans = {plan.id for plan in self.agency.plans} if self.agency else set()
        return [person for person in self.people.people if person.person_id and person.plan in plans]


def _choice(choices: tuple[str, ...], text: str) -> str:
    return facts.one_of(text.strip().replace(" ", "_"), choices)


def _column(name: str, read: Callable[[str], Any], text: str, fix: str, *, needed: bool = False) -> Column:
    return Column(name, read, text, fix, required=needed, needed_in_header=needed)


_DAY = "Write the date as year-month-day or month/day/year."
STEP_COLUMNS = (
    _column("person_id", str, "The agency's own number for the executive, as on the roster.",
            "Write the number on the roster.", needed=True),
    _column("step", partial(_choice, get_args(StepName)), "What was done.",
            f"Write one of {', '.join(get_args(StepName))}.", needed=True),
    _column("date", facts.day, "The day it was done.", _DAY),
    _column("by", partial(_choice, get_args(Doer)), "The role of the one who did it, never a name.",
            f"Write one of {', '.join(get_args(Doer))}."),
    _column("level", facts.rating_level, "The level, for ratings and recommendations.", "Write a level from 1 to 5."),
    _column("note", str, "A reason or a reference; no names.", "Write a few words."),
)  # fmt: skip
HISTORY_COLUMNS = (
    _column("person_id", str, "The agency's own number for the executive, as on the roster.",
            "Write the number on the roster.", needed=True),
    _column("year", facts.whole, "The year in which the appraisal period ended.", "Write the year.", needed=True),
    _column("level", facts.rating_level, "The annual summary rating.", "Write a level from 1 to 5.", needed=True),
    _column("issued", facts.day, "The day the annual summary rating was issued.", _DAY),
)  # fmt: skip


def open_folder(path: str | Path) -> Files:
    """Read an agency's folder: agency.yaml, the roster, and the three files of the appraisal year."""
    folder = Path(path)
    described, people = agency_file.read(folder), roster.read(folder)
    problems = [*described.problems, *errors(people.problems)]
    if not (folder / CYCLE).is_file() or lists.find(folder, STEPS) is None:
        missing = f"This agency has no {CYCLE} and {STEPS}.csv yet, so its appraisal year cannot be checked."
        return Files(described.agency, people, None, {}, {}, tuple(problems), missing)
    read = checked_yaml.read(folder / CYCLE, CycleFile, place="the agency's folder", example="plan and boards")
    problems += read.problems
    known = {person.person_id for person in people.people if person.person_id}
    steps: dict[str, list[Step]] = defaultdict(list)
    for record in _records(folder, STEPS, STEP_COLUMNS, known, problems):
        made = Step(
            step=record["step"], on=record["date"], by=record["by"], level=record["level"], note=record["note"] or ""
        )
        steps[record["person_id"]].append(made)
    history: dict[str, list[Rated]] = defaultdict(list)
    for record in _records(folder, HISTORY, HISTORY_COLUMNS, known, problems):
        rated = Rated(year=record["year"], level=record["level"], issued=record["issued"])
        history[record["person_id"]].append(rated)
    probation = _probation(people, problems)
    missing = _unread(problems)
    cycle = None if missing else read.record
    return Files(described.agency, people, cycle, dict(steps), dict(history), tuple(problems), missing, probation)


def _unread(problems: list[Problem]) -> str:
    """Which list was left out as a whole, in a sentence: without it, steps and ratings would only seem not to be."""
    whole = (Path(one.file) for one in problems if one.row in (None, 1))
    names = list(dict.fromkeys(file.name for file in whole if file.stem in (STEPS, HISTORY)))
    return f"{' and '.join(names)} cannot be read, so this appraisal year cannot be checked." if names else ""


def _records(
    folder: Path, stem: str, columns: tuple[Column, ...], known: set[str], problems: list[Problem]
) -> list[lists.Record]:
    """The rows of a list about people on the roster; a row about anybody else is a problem."""
    file = lists.find(folder, stem)
    if file is None:
        return []
    listed = lists.read(file, columns)
    for record in listed.records:
        if record["person_id"] not in known:
            fix = "Correct the number, or add the executive to the roster."
            listed.report(record["row"], "person_id", record["person_id"], "is not on the roster", fix)
    problems += listed.problems
    return [record for record in listed.records if record["person_id"] in known]


def _probation(people: Roster, problems: list[Problem]) -> dict[str, bool]:
    """The roster's column on_probation, where it has one."""
    found: dict[str, bool] = {}
    for person, text in zip(people.people, people.extra.get(PROBATION, []), strict=False):
        if person.person_id and text.strip():
            try:
                found[person.person_id] = facts.yes_no(text)
            except facts.Unreadable as failure:
                problems.append(Problem(person.row, PROBATION, shown(text), failure.reason, "Write yes or no."))
    return found
