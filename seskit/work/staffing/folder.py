"""An agency's staffing files opened together: vacancies, probation, the day they are seen on, one vacancy in focus."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from seskit.law.facts import FactError, Unreadable, day
from seskit.law.result import Result
from seskit.law.staffing.rating import EcqRating
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.appraisal.year_record import Files
from seskit.record.problem import Problem
from seskit.record.staffing import records, scoring
from seskit.record.staffing.records import Vacancy, VacancyFolder
from seskit.record.staffing.tracker import Tracked, Tracker
from seskit.work.staffing import after_ratings
from seskit.work.staffing.after_ratings import MoveAfterRating
from seskit.work.staffing.case import Case, case
from seskit.work.staffing.vacancy_status import Seen, against, look


@dataclass(frozen=True)
class StaffingWalk:
    """What the walk-through looks at. Where a file is missing its part says so in a sentence."""

    folder: VacancyFolder
    tracker: Tracker
    name: str
    as_of: date | None
    vacancy: Vacancy | None
    rated_in: Files

    @property
    def absent(self) -> str:
        """That there is nothing to show, once it is said why; empty where there is."""
        return "No vacancy to show." if self.why_absent else ""

    @property
    def why_absent(self) -> str:
        """Why there is nothing to show; empty where there is."""
        return f"{self.name} has no usable {records.FILE}." if self.folder.read.record is None else ""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files."""
        about_ratings = self.rated_in.problems if self.rated_in.cycle else ()
        return (*self.folder.problems, *self.tracker.problems, *about_ratings)

    @property
    def problems_of_probation(self) -> tuple[Problem, ...]:
        """The same for who is on probation: of the vacancies only where the as-of date was to be read from them."""
        return self.tracker.problems if self.as_of else self.problems

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the files were read."""
        return (*self.rated_in.notes, *self.tracker.notes)

    @property
    def day(self) -> date:
        """The day it is seen on."""
        if self.as_of is None:
            raise FactError(f"as_of: give the as-of date; {self.name} has no {records.FILE} that gives it.")
        return self.as_of

    @property
    def seen(self) -> list[Seen]:
        """Every vacancy as it stands."""
        return look(self.folder, self.day) if not self.absent else []

    @property
    def tracked(self) -> list[Tracked]:
        """Everyone in probation as it stands."""
        return self.tracker.on(self.as_of) if self.as_of else []

    @property
    def no_probation(self) -> str:
        """Why nobody in probation can be shown."""
        if not self.tracker.is_there:
            return f"{self.name} has no probation.csv."
        return "Give the as-of date." if self.as_of is None else "Nobody in probation.csv is on probation on this day."

    @property
    def moves(self) -> list[MoveAfterRating]:
        """The moves that ratings call for."""
        return after_ratings.moves(self.rated_in, self.as_of) if self.as_of else []

    @property
    def case(self) -> Case | None:
        """The QRB case of the vacancy in focus, with what speaks against sending it."""
        if self.vacancy is None:
            return None
        made = case(self.folder, self.vacancy, self.day, self.name)
        return replace(made, against=against(self.folder, self.vacancy, self.day))

    @property
    def ranking(self) -> Result[EcqRating] | None:
        """The order of the candidates of the first vacancy with a filled-in scoring sheet, the one in focus first."""
        one = self.rated
        return scoring.rank(self.folder, one) if one else None

    @property
    def rated(self) -> Vacancy | None:
        """The vacancy whose scoring sheet is read."""
        focus = [self.vacancy] if self.vacancy else []
        return next((one for one in [*focus, *self.folder] if one.scores), None)


def open_walk(place: AgencyFolder | str | Path, as_of: str | date = "", vacancy: str = "") -> StaffingWalk:
    """Open an agency's folder; the day is the one in `vacancy.yaml` unless given, the vacancy the first with a case."""
    agency = opened(place)
    folder = agency.vacancies
    known = folder.read.record
    seen_on = day_of(as_of) if as_of else known.as_of if known else None
    focus = folder.vacancy(vacancy) if vacancy and known else _first_case(folder) if known else None
    return StaffingWalk(folder, agency.probation, agency.name, seen_on, focus, agency.year)


def day_of(given: str | date, of: str = "as_of") -> date:
    """The day to look from, or the one `of` names; raises FactError where it is none."""
    try:
        return day(given)
    except Unreadable as failure:
        raise FactError(f"{of}: '{given}' {failure}.") from None


def _first_case(folder: VacancyFolder) -> Vacancy | None:
    """The first selection whose case is not with the board yet, otherwise the first career vacancy."""
    career = [one for one in folder if one.filling == "career"]
    waiting = [one for one in career if one.selected_on and not one.certified_on]
    return next(iter([*waiting, *career]), None)
