"""The evidence index of an agency: `certification.yaml` names each system and, for each point, the document and the place.

One entry per system: a certification belongs to an organization, a group and a system, never to an agency. What the
rosters of the appraisal periods can show is not entered here; it is computed.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from seskit.formats.days import span
from seskit.law import parameters, rating_levels
from seskit.law.certification.checklist import Held, numbered
from seskit.law.certification.criteria import Criterion
from seskit.law.certification.deciders import Branch
from seskit.law.certification.terms import Grade, by_months, carried_over, term, term_of
from seskit.law.facts import Day, FactError, RatingLevel, Whole, YesNo
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Read, Strict, own_ids

FILE = "certification.yaml"
Aspect = Literal["design", "application"]


class EvidencePeriod(Strict):
    """One appraisal period and the roster that holds its ratings and pay."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    roster: str = Field(pattern=r"^[^/\\]+\.(csv|xlsx)$")
    ratings_begin: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> EvidencePeriod:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it begins on {self.first}")
        if self.ratings_begin and self.ratings_begin <= self.last:
            raise ValueError(f"has ratings begin on {self.ratings_begin}, before the period ends on {self.last}")
        return self

    @property
    def name(self) -> str:
        """The period as people write it."""
        return span(self.first, self.last)


class EvidenceEntry(Strict):
    """One piece of evidence: for an item of the checklist or a criterion, the document and the place in it."""

    item: Whole | None = None
    criterion: Criterion | None = None
    shows: Aspect = "design"
    document: str = Field(min_length=1)
    place: str = Field(min_length=1)
    dated: Day
    valid_until: Day | None = None
    finding: Literal["meets", "does not meet"] = "meets"

    @model_validator(mode="after")
    def _one_point(self) -> EvidenceEntry:
        if self.item is None and self.criterion is None:
            raise ValueError("must name one item of the checklist or one criterion")
        if self.item is not None and self.criterion not in (None, self._asked):
            raise ValueError(
                f"names item {self.item} and a criterion that item does not ask for; leave one of them out"
            )
        return self

    @property
    def _asked(self) -> str | None:
        """The criterion that the item asks for; None where it asks for something else."""
        asked = numbered(self.item) if self.item is not None else None
        return asked.criterion if asked else None

    @property
    def about(self) -> str | None:
        """The criterion it is about, named by itself or by the item that asks for it."""
        return self.criterion or self._asked

    @property
    def cited(self) -> str:
        """The document and the place in it."""
        return f"{self.document}, {self.place} ({self.dated})"


class System(Strict):
    """One appraisal system put forward for certification."""

    id: str = Field(min_length=1, pattern=r"^[\w-]+$")
    name: str = Field(min_length=1)
    organization: str = Field(min_length=1)
    group: Literal["SES", "SL/ST"]
    description: str = Field(min_length=1)
    covers: tuple[str, ...] = Field(min_length=1)
    signed_by: str = Field(min_length=1)
    requested: Grade
    asked_on: Day
    decision_on: Day
    branch: Branch = "executive"
    inspector_general: YesNo = False
    held: Held = "none"
    held_since: Day | None = None
    held_until: Day | None = None
    changed: YesNo = False
    approval: Literal["approved", "requested", "none"]
    levels: dict[RatingLevel, str] = Field(min_length=1)
    covered: Whole | None = None
    basic_system: YesNo | None = None
    data_review_satisfactory: YesNo | None = None
    assessment_score: Annotated[Whole, Field(le=100)] | None = None
    modal_reason_accepted: YesNo | None = None
    omb_concurs: YesNo | None = None
    asked_for: tuple[str, ...] = ()
    sampled_plans: tuple[str, ...] = ()
    plans_elsewhere: YesNo = False
    periods: tuple[EvidencePeriod, ...] = ()
    evidence: tuple[EvidenceEntry, ...] = ()

    @field_validator("periods")
    @classmethod
    def _earlier_first(cls, periods: tuple[EvidencePeriod, ...]) -> tuple[EvidencePeriod, ...]:
        return tuple(sorted(periods, key=lambda period: period.last))

    @model_validator(mode="after")
    def _dates_fit(self) -> System:
        if self.decision_on < self.asked_on:
            raise ValueError(f"expects a decision on {self.decision_on}, before the request on {self.asked_on}")
        self._held_dates_fit()
        ends = [period.last for period in self.periods]
        twice = next((end for end in ends if ends.count(end) > 1), None)
        if twice:
            raise ValueError(f"lists two periods that end on {twice}; keep only one")
        rosters = [period.roster.strip().casefold() for period in self.periods]
        same = next(
            (period.roster for period in self.periods if rosters.count(period.roster.strip().casefold()) > 1), None
        )
        if same:
            raise ValueError(f"names {same} for two periods; each period has a roster of its own")
        return self

    @field_validator("levels")
    @classmethod
    def _highest_is_best(cls, levels: dict[int, str]) -> dict[int, str]:
        ranks = {name: rank for rank, name in rating_levels.NAMES.items()}
        known = [
            (level, rank) for level, name in sorted(levels.items()) if (rank := ranks.get(name.strip().casefold()))
        ]
        for (low, lower), (high, higher) in pairwise(known):
            if higher < lower:
                raise ValueError(
                    f"calls level {low} {levels[low]} and level {high} {levels[high]}; here the higher level is the better "
                    "one, so give the numbers the other way around, in the roster too"
                )
        return levels

    def _held_dates_fit(self) -> None:
        if self.held == "none" and (self.held_since or self.held_until):
            raise ValueError(
                "has a first or last day of a certification, and held says none; write full or provisional under held"
            )
        if self.held == "none" or self.held_since is None or self.held_until is None:
            return
        if self.held_until < self.held_since:
            raise ValueError(f"has held_until on {self.held_until}, before held_since on {self.held_since}")
        ceiling = term_of(self.held_since, self.held).extension_ceiling if by_months(self.held_since) else None
        if ceiling and self.held_until > ceiling:
            raise ValueError(
                f"has held_until on {self.held_until}; a certification of {self.held_since} cannot run past {ceiling}"
            )

    @property
    def last_held(self) -> date | None:
        """The last day of the certification held; None where none is held, or its days are not known."""
        if self.held == "none" or self.held_until or self.held_since is None:
            return None if self.held == "none" else self.held_until
        return term(granted=self.held_since, grade=self.held).answer.last_day

    def in_force(self, day: date) -> bool | None:
        """Whether the certification held covers a day; None before its first day, and where its days are not known."""
        if day < parameters.first_day("certification.criteria.alignment"):
            return None
        if self.held == "none":
            return False
        if self.held_since is None or day < self.held_since:
            return None
        return self.last_held is not None and day <= self.last_held

    @property
    def lapsed(self) -> date | None:
        """The last day of the certification held, where it ended before the request; none in calendar years."""
        if self.held == "none" or not by_months(self.asked_on):
            return None
        counted = term_of(self.held_since, self.held) if self.held_since else None
        ends = self.held_until or (counted and (carried_over(counted, self.asked_on) or counted.last_day))
        return ends if ends and ends < self.asked_on else None

    @property
    def holds(self) -> Held:
        """The certification in force on the day of the request."""
        return "none" if self.lapsed else self.held

    @property
    def last_periods(self) -> tuple[EvidencePeriod, ...]:
        """The last two periods before the request, earlier first."""
        return tuple(period for period in self.periods if period.last < self.asked_on)[-2:]


class Index(Strict):
    """Every system of an agency that is put forward."""

    systems: tuple[System, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _systems_differ(self) -> Index:
        own_ids("systems", [system.id for system in self.systems], "system")
        return self

    def system(self, system_id: str | None = None) -> System:
        """The system of that id; without one, the only or first."""
        if system_id is None:
            return self.systems[0]
        for system in self.systems:
            if system.id == system_id:
                return system
        known = ", ".join(system.id for system in self.systems)
        raise FactError(f"system: {FILE} has no system '{system_id}'; it has {known}.")


def read(folder: Path) -> Read[Index]:
    """Read the evidence index from an agency's folder."""
    return checked_yaml.read(folder / FILE, Index, place="the agency's folder", example="systems", on_screen=True)
