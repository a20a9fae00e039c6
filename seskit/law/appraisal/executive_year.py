"""One executive's appraisal year as it is on record: its frame, its steps, and their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from seskit.law.appraisal import periods
from seskit.law.facts import Day, RatingLevel

StepName = Literal[
    "entered",
    "consultation",
    "plan",
    "progress_review",
    "detail_start",
    "detail_end",
    "detail_appraisal",
    "left_position",
    "departure_appraisal",
    "period_end",
    "initial_rating",
    "response_offered",
    "response",
    "review_offered",
    "review_asked",
    "review_done",
    "sent_to_board",
    "board",
    "final_rating",
    "communication",
]
Doer = Literal[
    "supervisor",
    "executive",
    "higher_official",
    "officer",
    "board",
    "board_member",
    "gaining_organization",
    "appointing_authority",
    "personnel_office",
    "other",
]
Timing = Literal["in order", "inside the quarter"]
LastQuarter = Literal["review", "appraisal"]


class Step(BaseModel):
    """One step of the year: what was done, when, by whom in what role, and the level where there is one."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    step: StepName
    on: Day | None = None
    by: Doer | None = None
    level: RatingLevel | None = None
    note: str = ""


@dataclass(frozen=True)
class Year:
    """One executive's year: its frame, its steps, and the facts that the checks weigh."""

    first: date
    last: date
    steps: Sequence[Step]
    plan: str
    levels: Sequence[int]
    appointment_type: str | None
    response_days: int | None
    plan_days: int
    fewest_reviews: int
    administration_began_on: date | None
    same_president: bool
    consents_to_officer: bool | None
    reports_to_head: bool | None
    roster_level: int | None
    roster_day: date | None
    timing: Timing
    last_quarter: LastQuarter
    roster_read: bool

    def all(self, step: StepName) -> list[Step]:
        """Every entry of one step."""
        return [entry for entry in self.steps if entry.step == step]

    def one(self, step: StepName) -> Step | None:
        """The last entry of one step, by its day."""
        return max(self.all(step), key=lambda entry: entry.on or date.min, default=None)

    def day(self, step: StepName) -> date | None:
        """The day of the last entry of one step."""
        found = self.one(step)
        return found.on if found else None

    def days(self, step: StepName) -> list[date]:
        """The days of every entry of one step that has one, in order."""
        return sorted(entry.on for entry in self.all(step) if entry.on)

    def moved_on(self) -> list[date]:
        """The days on which the executive took up another position, having left one with a plan of this agency."""
        plans, left = self.days("plan"), self.days("left_position")
        return [
            day for day in self.days("entered")
            if any(told <= gone <= day for told in plans for gone in left if gone >= self.first)
        ]  # fmt: skip

    @property
    def began(self) -> date:
        """The day this executive's year began: later than the period for one who entered in it, not for one who moved."""
        moved = self.moved_on()
        entered = [day for day in self.days("entered") if day not in moved]
        return max([self.first, *entered[-1:]])

    @property
    def ended(self) -> date:
        """The last day of this executive's own period, one and the same in every check: an end before that of the plan
        counts only with a reason on record.
        """
        own = self.one("period_end")
        return (own.on if own and own.on and not self.early_without_basis else None) or self.last

    @property
    def early_without_basis(self) -> bool:
        """Whether the steps end the period before the plan does, and say nothing of why."""
        own = self.one("period_end")
        return bool(own and own.on and own.on < self.last and not own.note.strip())

    @property
    def to_board(self) -> date | None:
        """The day the rating reached the board."""
        return self.day("sent_to_board") or self.day("board")

    @property
    def rated(self) -> bool:
        """Whether a rating is on record, initial or final, in the steps or on the roster."""
        return bool(self.one("final_rating") or self.one("initial_rating")) or self.roster_level is not None

    def extended_to(self) -> date | None:
        """Where no rating is on record and the minimum period was not complete when the period ended: its new end."""
        if self.rated:
            return None
        start = max(self.began, self.day("plan") or self.began)
        end = max(self.ended, start)
        found = periods.minimum_period(start, period_end=end).answer
        extended: date = found.earliest_end
        return extended if found.rate is False else None


#: Whether a check passes, with what it found; None where it is not asked.
Outcome = tuple[bool | None, str] | None
