"""What needs attention about an agency's roster and forms, as findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from seskit.record.agency import Agency
from seskit.record.agency_folder import AgencyFolder
from seskit.record.finding import Finding, of_problem
from seskit.record.problem import Problem
from seskit.work import report
from seskit.work.report.numbered_checks import CHECKS
from seskit.work.report.package import ReportPackage

#: The check that holds a form back until the awards are determined.
PENDING = "R13"
#: What a check of the report that is not one of law rests on.
_INSTRUCTIONS = "OPM instructions for the FY 2002 report and its forms"
_ROWS, _FORMS = "2. People and problems", "5. Forms"


def of_package(package: ReportPackage) -> list[Finding]:
    """The findings of a report: of the rows, and of the forms once every row is right."""
    return [_finding(problem, package.agency) for problem in package.listed]


def of_folder(place: AgencyFolder | str | Path) -> list[Finding]:
    """The findings of an agency's folder, as `seskit check` lists them."""
    return of_opened(report.open_folder(place))


def of_opened(opened: report.ReportFolder) -> list[Finding]:
    """The same of a folder that has been read."""
    if opened.agency is None:
        return [_finding(problem, None) for problem in opened.problems]
    described = [_finding(problem, opened.agency) for problem in opened.of_agency]
    return described + of_package(opened.complete())


def _finding(problem: Problem, agency: Agency | None) -> Finding:
    pending = agency is not None and any(plan.awards.status == "pending" for plan in agency.plans)
    section = _FORMS if problem.file.startswith("Form") else _ROWS
    one = of_problem(problem, "report", section=section, waits=pending and problem.check == PENDING)
    if not problem.check:
        return one
    if law := CHECKS[problem.check].law:
        return replace(one, authority=law)
    return replace(one, authority=_INSTRUCTIONS, confidence="design")
