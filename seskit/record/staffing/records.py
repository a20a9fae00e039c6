"""An agency's vacancies as its `vacancy.yaml` describes them, for Executive Resources staff to keep beside the roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, field_validator, model_validator

from seskit.formats.small_cells import SMALL_CELL
from seskit.law import parameters
from seskit.law.facts import Day, FactError, Percent, Whole, YesNo, suggestion
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Misplaced, Read, Strict, own_ids
from seskit.record.problem import Problem
from seskit.record.staffing import candidates

FILE = "vacancy.yaml"
#: The days of a vacancy, in their lawful order.
STEPS = (
    "opens_on", "closes_on", "rated_on", "board_on", "selected_on", "submitted_on", "certified_on", "appointed_on",
)  # fmt: skip
Filling = Literal["career", "noncareer", "limited_term", "limited_emergency"]
Present = Literal["career type", "noncareer SES", "Schedule C", "other noncareer type", "none"]
#: A part of the whole.
Share = Annotated[Percent, Field(le=100)]
Event = Literal["head departed", "head announced departure", "new head nominated", "governmentwide"]


class KeptDocument(Strict):
    """A document of the case and the place where it is kept."""

    document: str
    place: str = Field(min_length=1)
    dated: Day | None = None


class Example(Strict):
    """What the selectee's record shows for one qualification, in four short answers."""

    ecq: str
    challenge: str = ""
    context: str = ""
    action: str = ""
    result: str = ""


class Activity(Strict):
    """A development activity promised in a criterion C case."""

    activity: str = Field(min_length=1)
    ecq: str = ""
    until: Day | None = None


class Moratorium(Strict):
    """An event that may make QRB cases wait."""

    event: Event
    since: Day
    until: Day | None = None
    acting_head_presidential: YesNo | None = None
    board_or_commission: YesNo = False
    head_approves_selection: YesNo = True
    exception_granted: YesNo = False

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Moratorium:
        if self.until and self.until < self.since:
            raise ValueError(f"ends on {self.until}, before it begins on {self.since}")
        return self


class Merit(Strict):
    """The merit staffing record: days of the steps that have no other place, and where the record is kept."""

    standard_written: YesNo | None = None
    screened_on: Day | None = None
    listed_on: Day | None = None
    agency_certified_on: Day | None = None
    kept_in: str = ""
    area: Literal["all groups of the civil service", "all sources"] | None = None


class Vacancy(Strict):
    """One SES vacancy. People are known by a candidate number only."""

    id: str = Field(min_length=1)
    title: str = Field(min_length=1)
    position: Literal["general", "career_reserved"] | None = None
    filling: Filling = "career"
    criterion: Literal["A", "B", "C"] | None = None
    selectee: str | None = None
    present_appointment: Present | None = None
    same_position: YesNo | None = None
    left_political_on: Day | None = None
    opm_approved: YesNo | None = None
    graduated_on: Day | None = None
    opens_on: Day | None = None
    closes_on: Day | None = None
    rated_on: Day | None = None
    board_on: Day | None = None
    selected_on: Day | None = None
    submitted_on: Day | None = None
    returned_on: Day | None = None
    sent_again_on: Day | None = None
    certified_on: Day | None = None
    appointed_on: Day | None = None
    months: Annotated[Whole, Field(ge=1)] | None = None
    ended_on: Day | None = None
    nonpay_days: Whole = 0
    assessed_on: Day | None = None
    performance_certified_on: Day | None = None
    development_covered: YesNo | None = None
    moratorium: Moratorium | None = None
    documents: tuple[KeptDocument, ...] = ()
    qualifications: tuple[Example, ...] = ()
    development: tuple[Activity, ...] = ()
    merit: Merit = Merit()
    applicants: dict[str, Whole] = Field(default_factory=dict)
    scores: str | None = None
    technical_weight: Share | None = None
    board_order: tuple[str, ...] = ()
    best_qualified: tuple[str, ...] = ()
    reasons: dict[str, str] = Field(default_factory=dict)

    @property
    def dates(self) -> dict[str, date]:
        """The days of its steps that are known."""
        return {step: getattr(self, step) for step in STEPS if getattr(self, step)}

    @field_validator("documents")
    @classmethod
    def _documents_known(cls, papers: tuple[KeptDocument, ...]) -> tuple[KeptDocument, ...]:
        known = document_names()
        for paper in papers:
            if paper.document not in known:
                raise ValueError(f"has '{paper.document}', which is not a document of a QRB case. "
                                 f"{suggestion(paper.document, known).strip() or 'Known: ' + ', '.join(known)}")  # fmt: skip
        return papers

    @model_validator(mode="after")
    def _number_not_name(self) -> Vacancy:
        given = {"selectee": (self.selectee,), "board_order": self.board_order, "best_qualified": self.best_qualified,
                 "reasons": self.reasons}  # fmt: skip
        for what, numbers in given.items():
            if not all(candidates.is_number(who) for who in numbers if who):
                raise Misplaced(candidates.GIVE, "Correct the entry.", what)
        return self

    @field_validator("board_order", "best_qualified")
    @classmethod
    def _each_listed_once(cls, numbers: tuple[str, ...]) -> tuple[str, ...]:
        if not all(who.strip() for who in numbers):
            raise ValueError(f"has an empty place; {candidates.GIVE}, or remove the place")
        twice = [who for place, who in enumerate(numbers) if who in numbers[:place]]
        if twice and candidates.is_number(twice[0]):
            raise ValueError(f"lists {twice[0]} twice; name each candidate once")
        return numbers


class BoardComposition(Strict):
    """How one board is composed, in the agency's own groups. Counts only, never people."""

    kind: Literal["ERB", "PRB"]
    chair: Literal["career", "noncareer"] | None = None
    career: Whole
    noncareer: Whole
    outside_agency: Whole | None = None
    groups: dict[str, Whole] = Field(default_factory=dict)


class Outreach(Strict):
    """The stated recruitment plan: the least share of applicants from each source, and the boards."""

    plan: dict[str, Share] = Field(default_factory=dict)
    threshold: Whole = SMALL_CELL
    boards: dict[str, BoardComposition] = Field(default_factory=dict)


class Vacancies(Strict):
    """What `vacancy.yaml` holds: the day it is true for, what holds for the whole agency, and the vacancies."""

    as_of: Day
    department_of_defense: YesNo = False
    early_adoption: YesNo = False
    closed_days: tuple[Day, ...] = ()
    outreach: Outreach = Outreach()
    vacancies: tuple[Vacancy, ...]

    @model_validator(mode="after")
    def _vacancies_differ(self) -> Vacancies:
        if not self.vacancies:
            raise ValueError("lists no vacancy; give at least one under vacancies")
        own_ids("vacancies", [vacancy.id for vacancy in self.vacancies], "vacancy")
        return self


@dataclass(frozen=True)
class VacancyFolder:
    """The vacancies of an agency's folder, and the problems of its file."""

    path: Path
    read: Read[Vacancies]
    #: The days on which the agency was closed by its agency.yaml; vacancy.yaml may have further ones.
    closed: tuple[date, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file."""
        return self.read.problems

    @property
    def known(self) -> Vacancies:
        """The vacancies; a sentence where the file is missing or wrong."""
        if self.read.record is None:
            raise FactError(" ".join(str(problem) for problem in self.problems[:3]))
        return self.read.record

    def __iter__(self) -> Iterator[Vacancy]:
        """Every vacancy; none where there is no file."""
        return iter(self.read.record.vacancies if self.read.record else ())

    def vacancy(self, wanted: str) -> Vacancy:
        """The vacancy of that id."""
        ids = [one.id for one in self.known.vacancies]
        if wanted not in ids:
            raise FactError(f"There is no vacancy '{wanted}' in {FILE}; it has {', '.join(ids)}.")
        return self.known.vacancies[ids.index(wanted)]

    def line(self, vacancy: Vacancy, *path: str | int) -> int | None:
        """The line of the file where an entry of a vacancy stands, or the vacancy itself."""
        return self.read.line("vacancies", self.known.vacancies.index(vacancy), *path)

    def agency(self) -> dict[str, Any]:
        """What holds for every vacancy of the agency, as facts."""
        known = self.known
        return {
            "department_of_defense": known.department_of_defense,
            "early_adoption": known.early_adoption,
            "closed_days": sorted({*self.closed, *known.closed_days}),
        }


def open_folder(path: str | Path, closed: tuple[date, ...] = ()) -> VacancyFolder:
    """Read the `vacancy.yaml` of an agency's folder; every problem comes with its line.

    `closed` are the days on which the agency was closed, by its `agency.yaml`.
    """
    file = Path(path)
    file = file / FILE if file.is_dir() else file
    read = checked_yaml.read(
        file, Vacancies, place="the agency's folder", example="as_of and vacancies", on_screen=True
    )
    return VacancyFolder(file.parent, read, closed)


def document_names() -> list[str]:
    """The keys by which documents of a QRB case are known."""
    return sorted(parameters.parameter("staffing.qrb.documents").values[-1].value)


def documents_in_words() -> dict[str, str]:
    """What each of them is called where the case is checked."""
    known = parameters.parameter("staffing.qrb.documents").values[-1].value
    return {key: known[key]["name"] for key in document_names()}


def is_limited(filling: str) -> bool:
    """Whether it is filled for a term."""
    return filling in get_args(Filling)[2:]
