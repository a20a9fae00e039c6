"""The SES ratings and awards report: OPM Forms 1558, 1558A and Supplementary, numbers first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seskit.law.report.dates import base_pay_date, due_date
from seskit.record import roster as roster_file
from seskit.record.agency import Agency
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.problem import Problem
from seskit.record.roster import Roster
from seskit.work.report.package import FORMATS, ReportPackage, complete
from seskit.work.report.reconciliation import Account
from seskit.work.report.roster_checks import problems as check_people


@dataclass(frozen=True)
class ReportFolder:
    """An agency's folder as read: the agency (None where its file cannot be used), its people, every problem."""

    agency: Agency | None
    roster: Roster
    problems: tuple[Problem, ...]
    #: Those of agency.yaml alone.
    of_agency: tuple[Problem, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the files were read."""
        return (*self.roster.notes, *self.roster.of_ratings)

    def complete(self) -> ReportPackage:
        """The report of the folder; only where the agency could be read."""
        if self.agency is None:
            raise ValueError(f"The report cannot be made: {self.problems[0]}")
        return complete(self.agency, self.roster)


def open_folder(path: AgencyFolder | str | Path) -> ReportFolder:
    """Read an agency folder (`agency.yaml` with `roster.csv` or `roster.xlsx`) and check every row."""
    folder = opened(path)
    described, people = folder.about, folder.roster
    rows = people.problems if described.agency is None else check_people(described.agency, people)
    return ReportFolder(described.agency, people, (*described.problems, *rows), tuple(described.problems))


def check(path: str | Path) -> list[Problem]:
    """Every problem of a roster file, or of an agency folder, with row, column and what to do.

    The boxes of the forms are checked, too, once no row of the folder has an error: until then they cannot agree.
    """
    return checked(path)[0]


def checked(path: str | Path) -> tuple[list[Problem], list[str]]:
    """Every problem of a roster file or an agency folder, and what a person should know about how it was read."""
    found, notes, _ = looked_at(path)
    return found, notes


def looked_at(path: AgencyFolder | str | Path) -> tuple[list[Problem], list[str], Account | None]:
    """The same, and the account of an agency's roster; None where there is no agency to count for."""
    if not isinstance(path, AgencyFolder) and not Path(path).is_dir():
        found = roster_file.read(path)
        return list(found.problems), found.notes, None
    folder = open_folder(path)
    if folder.agency is None:
        return list(folder.problems), list(folder.notes), None
    package = folder.complete()
    account = package.account if folder.roster.source else None
    return [*folder.of_agency, *package.listed], list(folder.notes), account
