"""Every executive's year against the rules, the boards and the leaders: what an inspector general asks, answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from seskit.law import parameters, rating_levels
from seskit.law.appraisal import boards, plans
from seskit.law.appraisal.steps import CHECKS, CheckedSteps, Step, check_steps
from seskit.law.checks import every
from seskit.law.clocks import add_days
from seskit.law.result import Reason, Result
from seskit.record.agency import Plan
from seskit.record.appraisal import rating_history
from seskit.record.appraisal.year_record.files import Board, Files
from seskit.record.roster import Person
from seskit.work.appraisal import ceiling
from seskit.work.appraisal.ceiling import Ceiling

#: Leaders acted on weak ratings: read from the roster where appraisal.yaml does not say.
ACTED = "AL5"
#: Without what these ask, the annual rating itself cannot stand: the bar, the board before it, the one who gives it, the
#: period, the rights of the executive. Their order, and that they come before the others, is a choice, not a rule.
GRAVE = ("T18", "T13", "T15", "T17", "T16", "T5", "T6", "T20", "T8", "T10", "T11", "T14", "T9", "T12")
CHECKED = tuple(f"T{number}" for number in range(1, len(CHECKS) + 1))


#: What is said of a board before the words of a requirement, which alone would read as if it were met.
_OF_A_BOARD = {"not met": "a requirement is not met", "cannot tell": "cannot tell whether a requirement is met"}
_OPEN = ("not met", "cannot tell")


@dataclass(frozen=True)
class Shortfall:
    """One thing late, missing or undetermined: whose, which check, what it asks, what was found, by what authority."""

    person_id: str
    component: str
    check: str
    outcome: str
    asked: str
    found: str
    citation: str
    confidence: str


@dataclass(frozen=True)
class BoardShortfall:
    """One requirement that a board does not meet, or of which that cannot be determined."""

    board: str
    outcome: str
    check: str
    asked: str
    citation: str

    @property
    def text(self) -> str:
        """The requirement with its check's name before it."""
        return f"{self.check}: {self.asked}" if self.check else self.asked

    @property
    def says(self) -> str:
        """What is wrong with the board, as a sentence without its authority."""
        return f"{self.board}: {_OF_A_BOARD[self.outcome]}. {self.text}"

    @property
    def cited(self) -> str:
        """The same with its authority."""
        return f"{self.says} ({self.citation})"


@dataclass(frozen=True)
class Executive:
    """One executive of the audit: the person, the steps on record, and the answer about them."""

    person: Person
    steps: tuple[Step, ...]
    result: Result[CheckedSteps]

    @property
    def findings(self) -> list[Shortfall]:
        """What is not met or cannot be determined, in the order of the year."""
        return [self._finding(reason) for reason in self.result.reasons if reason.outcome in _OPEN]

    def _finding(self, reason: Reason) -> Shortfall:
        asked = wording(reason.key)
        who, where = self.person.person_id or "", self.person.component or ""
        return Shortfall(
            who, where, reason.key, reason.outcome, asked, reason.words.removeprefix(f"{asked}. "), reason.citation,
            reason.confidence,
        )  # fmt: skip


@dataclass(frozen=True)
class Audit:
    """The whole answer for one agency."""

    files: Files
    executives: tuple[Executive, ...]
    boards: tuple[tuple[Board, Result], ...]
    own_cases: Mapping[str, bool | None]
    leaders: Result | None
    ceilings: tuple[Ceiling, ...]

    @property
    def ceiling_says(self) -> str:
        """What the ceiling on Levels 4 and 5 says, where it covers the agency; empty otherwise."""
        return " ".join(one.says for one in self.ceilings)

    @property
    def findings(self) -> list[Shortfall]:
        """Every finding about an executive: what is not met first, then what cannot be determined; the worst in front."""
        return sorted((finding for executive in self.executives for finding in executive.findings), key=_gravity)

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """What is no finding and must be known all the same, by the executive's number."""
        return [(one.person.person_id or "", said) for one in self.executives for said in one.result.cautions]

    def board_findings(self) -> list[BoardShortfall]:
        """What is not met or cannot be determined about the boards: what is not met first."""
        found = [
            BoardShortfall(board.name, reason.outcome, reason.key, reason.words, reason.citation)
            for board, result in self.boards
            for reason in result.reasons
            if reason.outcome in _OPEN
        ]
        for name, kept_out in self.own_cases.items():
            if not kept_out:
                rule = parameters.parameter("appraisal.board_checks.P9").values[-1]
                outcome = "not met" if kept_out is False else "cannot tell"
                found.append(BoardShortfall(name, outcome, "P9", str(rule.value), rule.citation))
        return sorted(found, key=lambda one: one.outcome != "not met")

    def tally(self) -> list[tuple[str, str, Counter[str]]]:
        """Each check in words, with how many executives met it, did not, or cannot be determined."""
        counts: dict[str, Counter[str]] = {check: Counter() for check in CHECKED}
        for executive in self.executives:
            for reason in executive.result.reasons:
                if reason.key in counts:
                    counts[reason.key][reason.outcome] += 1
        return [(check, wording(check), counts[check]) for check in CHECKED]


def _gravity(found: Shortfall) -> tuple[bool, int, int]:
    rank = GRAVE.index(found.check) if found.check in GRAVE else len(GRAVE)
    return found.outcome != "not met", rank, int(found.check[1:])


def wording(check: str) -> str:
    """A check of the ledger in words."""
    text = str(parameters.parameter(f"appraisal.steps.{check}").values[-1].value)
    return f"{text[0].upper()}{text[1:]}"


def audit(files: Files, looked_on: date | None = None) -> Audit:
    """Check every executive's steps, every board and the leaders of an agency."""
    _, cycle = files.year()
    executives = tuple(_executive(files, person, looked_on) for person in files.executives())
    seated = tuple((board, _board(files, board)) for board in cycle.boards)
    own = {board.name: board.recused_from_own_case for board in cycle.boards if _own(files, board)}
    return Audit(files, executives, seated, own, _leaders(files), ceilings_of(files))


def ceilings_of(files: Files) -> tuple[Ceiling, ...]:
    """The ceiling on Levels 4 and 5, asked of everyone on the roster for the last day of the appraisal year."""
    _, cycle = files.year()
    return ceiling.binding(
        files.executives(), max(files.ends.values()), inspector_general=cycle.inspector_general,
        waived=cycle.ceiling_waived,
    )  # fmt: skip


def plan_of(files: Files, person: Person) -> Plan:
    """The performance plan of an executive."""
    return files.year()[0].plan(person.plan or "")


def _executive(files: Files, person: Person, looked_on: date | None) -> Executive:
    plan, (_, cycle) = plan_of(files, person), files.year()
    steps = files.steps.get(person.person_id or "", [])
    kind: Any = None if person.appointment_type == "presidential" else person.appointment_type
    result = check_steps(
        plan.appraisal_period.first, steps=steps, period_end=plan.period_end, looked_on=looked_on, plan=cycle.plan,
        levels=list(plan.levels), appointment_type=kind, response_days=cycle.response_days, plan_days=cycle.plan_days,
        fewest_reviews=cycle.progress_reviews, administration_began_on=cycle.administration_began_on,
        same_president=cycle.same_president, roster_level=person.rating, roster_day=person.rating_date,
        roster_read=True, quarterly_reviews=cycle.quarterly_reviews, last_quarter=cycle.last_quarter,
        on_rolls_at_end=files.on_rolls_at_end(person),
    )  # fmt: skip
    return Executive(person, tuple(steps), result)


def _board(files: Files, board: Board) -> Result:
    """The board as it sits on a career executive, its hardest case, unless it reviews none."""
    reviewed = [person for person in files.executives() if not board.plans or person.plan in board.plans]
    career = any(person.appointment_type in ("career", "presidential") for person in reviewed)
    recused = int(bool(_own(files, board) and board.recused_from_own_case))
    kind: Any = "career" if career or not reviewed else reviewed[0].appointment_type
    first = _first_served(files, board, reviewed)
    met_on = first or _after_publication(board, max(plan.period_end for plan in _plans(files, board)))
    return boards.check_board(
        met_on, members=board.members, career=board.career, appointment_type=kind,
        recused=recused, recused_career=min(recused, board.career), opm_finding=board.opm_finding,
        appointed_by_head=board.appointed_by_head, stable_appointment=board.stable_appointment,
        published_on=board.published_on, published=None if board.published_on else False,
        first_meeting=first, reconstituted=board.reconstituted,
    )  # fmt: skip


def _after_publication(board: Board, end: date) -> date:
    """A day on which the board may deliberate, for one of which no day of service is known."""
    return max(end, add_days(board.published_on, 1)) if board.published_on else end


def _first_served(files: Files, board: Board, reviewed: list[Person]) -> date | None:
    """The first day the board served: its first meeting, or the day of a recommendation before it or without one.

    Where an agency has several boards for the same people, a recommendation may be that of another; one on a day when
    none of them was published yet is held against the board published first, so that it is not lost.
    """
    _, cycle = files.year()
    days = [board.first_meeting] if board.first_meeting else []
    for person in reviewed:
        sharing = [one for one in cycle.boards if not one.plans or person.plan in one.plans]
        earliest = min(sharing, key=lambda one: one.published_on or date.max)
        unpublished = earliest.published_on or date.max
        days += [
            step.on for step in files.steps.get(person.person_id or "", [])
            if step.step == "board" and step.on
            and (len(sharing) == 1 or (board is earliest and step.on <= unpublished))
        ]  # fmt: skip
    return min(days, default=None)


def _own(files: Files, board: Board) -> set[str]:
    """The members who are themselves reviewed by the board."""
    reviewed = {person.person_id for person in files.executives() if not board.plans or person.plan in board.plans}
    return {member for member in board.member_ids if member in reviewed}


def _plans(files: Files, board: Board) -> list[Plan]:
    listed = files.year()[0].plans
    return [plan for plan in listed if not board.plans or plan.id in board.plans] or list(listed)


def _leaders(files: Files) -> Result | None:
    agency, cycle = files.year()
    first = min(plan.appraisal_period.first for plan in agency.plans)
    stated = set(cycle.leaders.met) ^ set(cycle.leaders.not_met)
    usable = [key for key in files.leader_keys if key in stated]
    if not usable:
        return None
    met = [key for key in usable if key in cycle.leaders.met]
    not_met = [key for key in usable if key in cycle.leaders.not_met]
    if ACTED not in (*met, *not_met) and (acted := _acted(files)) is not None:
        (met if acted else not_met).append(ACTED)
    return plans.leader_responsibilities(first, met=met, not_met=not_met)


def _acted(files: Files) -> bool | None:
    """Whether every rating that calls for an action has it on the roster; None where a weak rating has no entry."""
    tests: list[bool | None] = [True]
    for person in files.executives():
        end = plan_of(files, person).period_end
        lowest = int(parameters.figure("appraisal.regime.lowest_fully_successful", end).value)
        if person.rating is not None and person.rating < lowest:
            found = rating_history.called_for(person, files.people.history, end, person.rating_date or end)
            duty = (
                found.duty
                if found
                else rating_history.EITHER
                if person.rating == rating_levels.unsatisfactory()
                else ""
            )
            owed = duty in (rating_history.MUST_REMOVE, rating_history.EITHER)
            tests.append(None if person.action is None else not owed or rating_history.carries_out(person.action, duty))
    return every(tests)
