"""The files of an appraisal year beside the roster and its history.csv: appraisal.yaml and steps.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law import parameters
from seskit.law.actions.histories import Rated
from seskit.law.appraisal.steps import LastQuarter, Step, Timing
from seskit.law.checklist import in_force
from seskit.law.facts import Day, FactError, Whole, YesNo
from seskit.record import agency as agency_file
from seskit.record import checked_yaml, roster
from seskit.record.agency import Agency, AgencyFile
from seskit.record.appraisal import rating_history
from seskit.record.appraisal.year_record import ledger
from seskit.record.checked_yaml import Read, Strict
from seskit.record.problem import Problem, errors
from seskit.record.roster import Person, Roster, lists
from seskit.record.roster.history import STEM as HISTORY
from seskit.record.staffing import tracker
from seskit.record.staffing.tracker import Tracker

CYCLE = "appraisal.yaml"
#: Which basic plan of OPM's is for periods that begin on a day.
BASIC_PLAN = "appraisal.regime.basic_plan"
_BLANK = two_ways(
    "fill them in on the screen, or write blank ones with `seskit appraisal blank --year`",
    f"fill them in under '{checked_yaml.ON_SCREEN}' on the page of performance appraisal",
)


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

    @model_validator(mode="after")
    def _fits(self) -> Board:
        if self.career > self.members:
            raise ValueError(f"has {self.career} career members, and {self.members} members in all")
        return self


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
    quarterly_reviews: Timing = "in order"
    last_quarter: LastQuarter = "appraisal"
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
    problems: tuple[Problem, ...] = ()
    missing: str = ""
    probation: Tracker = tracker.NONE
    _on_roster: dict[str, bool] = field(default_factory=dict)
    supervisors: dict[str, date] | None = None
    #: How steps.csv and probation.csv were read.
    _notes: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the files were read."""
        return (*self.people.notes, *self.people.of_ratings, *self._notes)

    @property
    def usable(self) -> bool:
        """Whether the year can be checked at all."""
        return self.agency is not None and self.cycle is not None and not self.missing

    def year(self) -> tuple[Agency, CycleFile]:
        """The agency and its appraisal year; refuses where one could not be read."""
        if self.agency is None or self.cycle is None:
            raise FactError(self.missing or f"The appraisal year cannot be checked: {self.problems[0]}")
        return self.agency, self.cycle

    def rated(self) -> Agency:
        """The agency with its executives as agency.yaml and the roster have them; how the year was run need not be known."""
        if self.agency is None:
            raise FactError(f"There are no results to report: {self.problems[0]}")
        return self.agency

    def on_probation(self, person: Person, on: date) -> bool | None:
        """Whether the executive is: by the roster's column, the list in appraisal.yaml, or probation.csv, in this
        order; None where none of them says.
        """
        who = person.person_id or ""
        if who in self._on_roster:
            return self._on_roster[who]
        listed = self.cycle.on_probation if self.cycle else None
        if listed is not None:
            return who in listed
        return self.probation.serves(who, on) if self.probation.is_there else None

    def on_rolls_at_end(self, person: Person) -> bool | None:
        """Whether the executive was, on the last day of the period: as the roster states it; otherwise no where it has no
        rate for that day and the last move in the steps is one away.
        """
        if person.on_rolls_period_end is not None or person.basic_pay_period_end is not None:
            return person.on_rolls_period_end is not False
        steps = self.steps.get(person.person_id or "", ())
        moves = sorted((one.on, one.step) for one in steps if one.on and one.step in ("entered", "left_position"))
        return False if moves and moves[-1][1] == "left_position" else None

    def ratings(self, person: Person) -> list[Rated] | None:
        """Every annual rating of the executive on record; None where one of them cannot be read."""
        return rating_history.ratings(person, self.people.history, self.ends.get(person.plan or ""))

    @property
    def ends(self) -> dict[str, date]:
        """The last day of the appraisal period of each plan."""
        return {plan.id: plan.period_end for plan in self.agency.plans} if self.agency else {}

    @property
    def leader_keys(self) -> list[str]:
        """The keys of what is asked of leaders in this appraisal year."""
        plans = self.agency.plans if self.agency else ()
        return in_force("leaders", min(plan.appraisal_period.first for plan in plans)) if plans else []

    def executives(self) -> list[Person]:
        """Everyone on the roster whose number and plan can be used."""
        plans = {plan.id for plan in self.agency.plans} if self.agency else set()
        return [person for person in self.people.people if person.person_id and person.plan in plans]


def open_folder(
    path: str | Path,
    described: AgencyFile | None = None,
    people: Roster | None = None,
    serving: Tracker | None = None,
    cycle: Read[CycleFile] | None = None,
) -> Files:
    """Read an agency's folder: agency.yaml, the roster with its history, and the two files of the appraisal year.

    What was read already (agency.yaml, the roster, probation.csv, appraisal.yaml) may be handed in and is not read again.
    """
    folder = Path(path)
    described = described or agency_file.read(folder)
    people = roster.read(folder) if people is None else people
    doubts = people.history.problems if people.history else ()
    problems = [*described.problems, *errors(one for one in people.problems if one not in doubts), *doubts]
    there = {CYCLE: (folder / CYCLE).is_file(), f"{ledger.STEPS}.csv": lists.find(folder, ledger.STEPS) is not None}
    if not all(there.values()):
        lacking = " and ".join(name for name, is_there in there.items() if not is_there)
        missing = f"This agency has no {lacking} yet, so its appraisal year cannot be checked; {_BLANK}."
        return Files(described.agency, people, None, {}, tuple(problems), missing)
    read = cycle or read_cycle(folder)
    problems += read.problems
    notes: list[str] = []
    known = {person.person_id for person in people.people if person.person_id}
    steps = ledger.read(folder, known, problems, notes, ledger.span_of(described.agency))
    supervisors = rating_history.supervisors(people, problems)
    on_roster, serving = rating_history.probation(people, problems), serving or tracker.read(folder)
    problems += errors(serving.problems)
    missing = _unread(problems)
    if early := _before_its_time(described.agency, read.record):
        problems.append(early)
        missing = missing or f"This appraisal year cannot be checked before plan in {CYCLE} is corrected."
    files = Files(
        described.agency,
        people,
        None if missing else read.record,
        steps,
        (),
        missing,
        serving,
        on_roster,
        supervisors,
        (*notes, *serving.notes),
    )
    problems += _contradictions(files)
    return replace(files, problems=tuple(problems))


def read_cycle(folder: Path) -> Read[CycleFile]:
    """How the appraisal year was run, by `appraisal.yaml`."""
    return checked_yaml.read(
        folder / CYCLE, CycleFile, place="the agency's folder", example="plan and boards", on_screen=True
    )


def _contradictions(files: Files) -> Iterator[Problem]:
    """What the files say twice and not alike: a rating in history.csv, or who is on probation; and numbers of nobody."""
    yield from _after_its_time(files)
    yield from _other_ends(files)
    if files.people.history:
        yield from files.people.history.against(files.people.people, files.ends)
    known = {one.person_id for one in files.people.people}
    for who in files.cycle.on_probation or () if files.cycle and known else ():
        if who not in known:
            fix = "Correct or remove the number; if no one is on probation, say so."
            yield Problem(None, "on_probation", shown(who), "is not a number on the roster", fix, file=CYCLE)
    yield from _leaders(files)
    yield from _boards(files)
    for board in files.cycle.boards if files.cycle and known else ():
        yield from _members(files, board)
    for row in files.probation.rows:
        person = next((one for one in files.executives() if one.person_id == row.person_id), None)
        if person and row.appointed_on:
            end = files.ends[person.plan or ""]
            serves, told = files.probation.serves(row.person_id or "", end), files.on_probation(person, end)
            if None not in (serves, told) and serves != told:
                here, there = ("is", "is not") if serves else ("is not", "is")
                reason = f"this row says the executive {here} on probation on {end}; the roster or {CYCLE} says {there}"
                yield Problem(
                    row.row, "appointed_on", str(row.appointed_on), reason, "Correct the one that is wrong.",
                    file=tracker.FILE,
                )  # fmt: skip


def _leaders(files: Files) -> Iterator[Problem]:
    """Keys of the leaders' list that are not asked of this year, or that stand under both answers."""
    if files.cycle is None or files.agency is None:
        return
    asked = files.leader_keys
    for key in dict.fromkeys((*files.cycle.leaders.met, *files.cycle.leaders.not_met)):
        if key not in asked:
            reason = "is not asked of leaders in this appraisal year, and is left out"
            fix = f"Remove it, or write one of {', '.join(asked)}."
            yield Problem(None, "leaders", shown(key), reason, fix, "warning", file=CYCLE)
        elif key in files.cycle.leaders.met and key in files.cycle.leaders.not_met:
            reason = "stands under met and under not_met, and counts as not known"
            yield Problem(None, "leaders", key, reason, "Take it out of one of them.", file=CYCLE)


def _boards(files: Files) -> Iterator[Problem]:
    """A board for a plan that is not there, and a plan with people that no board is for."""
    boards = files.cycle.boards if files.cycle else ()
    plans = {plan.id for plan in files.agency.plans} if files.agency else set()
    held = {plan for board in boards for plan in board.plans}
    for plan in sorted(held - plans) if plans else ():
        fix = f"Plans are {', '.join(sorted(plans))}."
        yield Problem(None, "boards", shown(plan), "is not a plan of agency.yaml", fix, file=CYCLE)
    for board in boards:
        ends = [end for plan, end in files.ends.items() if not board.plans or plan in board.plans]
        if board.first_meeting and ends and board.first_meeting < min(ends):
            reason = f"is the first meeting of a board, before the period ends whose ratings it recommends on, {min(ends)}: it looks like that of another year"
            fix = "Correct first_meeting, and with it published_on, members and member_ids where they are of that year."
            yield Problem(None, "boards", str(board.first_meeting), reason, fix, "warning", file=CYCLE)
    yield from _before_the_first_meeting(files, boards)
    if boards and all(board.plans for board in boards):
        with_people = {person.plan for person in files.executives()}
        for plan in sorted(plan for plan in plans - held if plan in with_people):
            fix = "Add the plan to the board that recommends on its executives (5 U.S.C. 4314(c))."
            yield Problem(None, "boards", shown(plan), "is a plan without a board", fix, file=CYCLE)


def _before_the_first_meeting(files: Files, boards: Sequence[Board]) -> Iterator[Problem]:
    """That executives have a recommendation of a day on which no board for them had met yet."""
    for plan in files.ends:
        met = [board.first_meeting for board in boards if not board.plans or plan in board.plans]
        known = [day for day in met if day]
        if not known or len(known) < len(met):
            continue
        days = sorted(
            one.on for person in files.executives() if person.plan == plan
            for one in files.steps.get(person.person_id or "", []) if one.step == "board" and one.on and one.on < min(known)
        )  # fmt: skip
        if days:
            count = number_of(len(days), "recommendation")
            reason = (
                f"is the first meeting for plan {plan}, and steps.csv has {count} before it, the first on {days[0]}"
            )
            yield Problem(
                None, "boards", str(min(known)), reason, "Correct the day that is wrong.", "warning", file=CYCLE
            )


def _members(files: Files, board: Board) -> Iterator[Problem]:
    """Members named by number who are not on the roster, twice, or more and of another kind than the board counts."""
    kinds = {one.person_id: one.appointment_type for one in files.people.people}
    for who in dict.fromkeys(board.member_ids):
        if who not in kinds:
            fix = "Correct the number; a member who is not on the roster is counted in members, and has no number here."
            yield Problem(
                None, "boards", shown(who), f"is a member of {board.name} and not on the roster", fix, file=CYCLE
            )
        elif board.member_ids.count(who) > 1:
            yield Problem(None, "boards", shown(who), f"is named twice among the members of {board.name}", "Name each once.",
                          file=CYCLE)  # fmt: skip
    held = [kinds.get(who) for who in dict.fromkeys(board.member_ids) if kinds.get(who)]
    career = held.count("career")
    counts = f"{board.members} and {board.career}"
    if len(held) > board.members or career > board.career or len(held) - career > board.members - board.career:
        reason = (
            f"are members and career members of {board.name}; member_ids names {number_of(len(held), 'executive')} on the "
            f"roster, {career} of them career"
        )
        fix = "Correct the counts, the numbers, or the appointment type on the roster."
        yield Problem(None, "boards", counts, reason, fix, file=CYCLE)


def _before_its_time(agency: Agency | None, cycle: CycleFile | None) -> Problem | None:
    """That the plan named is a basic plan of OPM's for periods that begin later."""
    known = parameters.parameter(BASIC_PLAN).values
    first = next((one.first_day for one in known if cycle and one.value == cycle.plan), None)
    begins = min((plan.appraisal_period.first for plan in agency.plans), default=None) if agency else None
    if cycle is None or first is None or begins is None or begins >= first or first == known[0].first_day:
        return None
    reason = f"is OPM's plan for periods that begin on {first} or later, and that of agency.yaml begins on {begins}"
    return Problem(None, "plan", cycle.plan, reason, "Write the plan that was in use, or agency.", file=CYCLE)


def _after_its_time(files: Files) -> Iterator[Problem]:
    """That the plan named is a basic plan of OPM's which a newer one has replaced for this period."""
    begins = min((plan.appraisal_period.first for plan in files.agency.plans), default=None) if files.agency else None
    if files.cycle is None or files.cycle.plan == "agency" or begins is None:
        return
    newest = parameters.recorded(BASIC_PLAN, begins)
    if newest and newest.value != files.cycle.plan:
        reason = f"is not OPM's plan for periods that begin on {newest.first_day} or later: that is {newest.value}"
        fix = f"Write {newest.value}, or the plan that was in use; then say in the record why."
        yield Problem(None, "plan", files.cycle.plan, reason, fix, "warning", file=CYCLE)


def _other_ends(files: Files) -> Iterator[Problem]:
    """Where the steps end the period of many on one day without a reason, and the plan on another: the plan's is likely wrong."""
    for plan, end in files.ends.items():
        steps = [files.steps.get(person.person_id or "", []) for person in files.executives() if person.plan == plan]
        days = Counter(
            one.on for held in steps for one in held if one.step == "period_end" and one.on and not one.note.strip()
        )
        for on, count in days.items():
            if on != end and 2 * count > len([held for held in steps if held]):
                reason = (
                    f"ends on {end} for plan {plan}, and the steps of {number_of(count, 'executive')} end it on {on}"
                )
                fix = "Correct the one that is wrong; if the period ended on another day, say why in the note of the step."
                yield Problem(None, "appraisal_period", str(end), reason, fix, file="agency.yaml")


def _unread(problems: list[Problem]) -> str:
    """Which list was left out as a whole, in a sentence: without it, steps and ratings would only seem not to be."""
    whole = (Path(one.file) for one in problems if one.row in (None, 1))
    names = list(dict.fromkeys(file.name for file in whole if file.stem in (ledger.STEPS, HISTORY)))
    return f"{' and '.join(names)} cannot be read, so this appraisal year cannot be checked." if names else ""
