"""What the batch asks about an agency: how its folder is known and read, whom it names, and what it may be asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import seskit
from seskit.formats.counts import number_of, rows_of
from seskit.formats.refusals import FactError
from seskit.record import no_file
from seskit.record.agency import FILE
from seskit.record.finding import Finding
from seskit.record.problem import Problem
from seskit.record.roster.usual_headings import names_inspector

if TYPE_CHECKING:
    from seskit.record.agency_folder import AgencyFolder

#: The file by which a folder is known as an agency's, and what such a folder holds, in words.
MARK = FILE
HOLDS = f"{FILE} and a roster"
#: The files that hold an agency's people.
PEOPLE_IN = ("roster.csv", "roster.xlsx", "roster.corrected.csv", "roster.corrected.xlsx")
#: The rules that two agencies of a run have something alike that each has for itself.
ALIKE = ("same roster", "same code", "same people", "same person", "same department")
#: The rule that somebody has a file of the agency open.
IN_USE = "in use"
_MOST_ROWS = 8
_DEPARTMENT = re.compile(r"\bDepartment of (?:the )?[A-Z][^,;()/]*")
#: What is said before and after the command that reads headings in an agency's own words.
HEADINGS = (
    "Headings in an agency's own words are read after someone confirms what they mean: ",
    ". What you confirm is kept beside the roster in roster.readings.yaml. Copy that file into the folders of other agencies "
    "with the same headings to use it there; what does not fit a roster is put aside, and a note says so.",
)
#: File names that every agency may use, so that they name no person.
FILE_NAMES = re.compile(
    r"(?:agency|roster|history|pay|clock|appraisal|steps|supervisors|plan|certification|evidence|vacancy|"
    r"vacancies|probation|parameters|rotation|notice)(?:[-_. ]?(?:fy|before|period)?[-_. ]?\d{0,4}){0,3}"
    r"\.(?:yaml|csv|xlsx|json|md)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AgencyRead:
    """What an agency's folder says of itself, and what is in the way."""

    title: str
    problems: tuple[Problem, ...]
    #: Whether notebooks can be run on it at all.
    readable: bool
    fiscal_year: int | None
    #: Everything that needs attention about the agency, in every subject.
    findings: tuple[Finding, ...] = ()
    #: Its people by name, that no name of a file or folder may hold.
    names: tuple[str, ...] = ()
    code: str = ""
    #: What tells each person from every other on the rosters of one run: number and name, without a name the whole row.
    people: tuple[tuple[object, ...], ...] = ()
    #: What stands in each row but days, by which the rosters of two years are told apart.
    rows: tuple[tuple[object, ...], ...] = ()
    #: Those of its people who were on the rolls on the last day of the period, with their rows.
    counted: tuple[tuple[tuple[object, ...], int], ...] = ()


def ready() -> None:
    """Import what reads an agency, before the first is read; this module itself comes without it."""
    from seskit.record import agency_folder as agency_folder
    from seskit.work import findings as findings
    from seskit.work import report as report


def read(folder: Path, name: str, as_of: str) -> AgencyRead:
    """An agency's folder, and what needs attention in every subject, seen on a day if one is given.

    The agency has `name` where it says no other.
    """
    from seskit.record.agency_folder import AgencyFolder
    from seskit.work import findings, report
    from seskit.work.report import attention

    place = AgencyFolder(folder)
    opened = report.open_folder(place)
    return replace(
        _read_people(place, name),
        problems=tuple(opened.problems),
        findings=tuple(findings.of_folder(place, as_of, attention.of_opened(opened))),
    )


def without_a_file(folder: Path) -> list[Problem]:
    """What a copy of the folder lacks, since it has the name of an agency's file and is none."""
    return no_file.problems(folder)


def read_people(folder: Path, name: str) -> AgencyRead:
    """An agency's folder without problems and findings: only what it is compared with the others by."""
    from seskit.record.agency_folder import AgencyFolder

    return _read_people(AgencyFolder(folder), name)


def _read_people(place: AgencyFolder, name: str) -> AgencyRead:
    from seskit.record.roster.person_numbers import bare, known_by

    agency = place.agency
    people = [person for person in place.roster.people if person.person_id]
    return AgencyRead(
        title=agency.name if agency else name,
        problems=(),
        readable=agency is not None and not place.without_roster,
        fiscal_year=agency.fiscal_year if agency else None,
        code=agency.code if agency else "",
        people=tuple(map(known_by, people)),
        rows=tuple(
            (
                bare(one.person_id or ""),
                one.appointment_type,
                one.basic_pay_fy_end,
                one.basic_pay_period_end,
                one.rating,
                one.award,
            )
            for one in people
        ),
        counted=tuple((known_by(one), one.row) for one in people if one.basic_pay_period_end is not None),
        names=tuple(dict.fromkeys(person.name for person in place.roster.people if person.name)),
    )


def names(folder: str) -> list[str]:
    """The people of a roster, to be hidden in messages; none where it cannot be read."""
    from seskit.record.agency_folder import AgencyFolder

    try:
        return [person.name for person in AgencyFolder(Path(folder)).roster.people if person.name]
    except Exception:  # noqa: BLE001 - a roster that cannot be read has no names to hide
        return []


def refused(stem: str, name: str, value: Any) -> str | None:
    """What the subject's questions say about a notebook's parameter, where it carries the name of one of their facts."""
    if stem not in seskit.SUBJECTS:
        return None
    from seskit.law import question

    first = None
    for asked in question.questions().values():
        if asked.name.startswith(f"{stem}.") and name in asked.slots:
            try:
                asked.slots[name].read(value)
            except FactError as failure:
                first = first or str(failure)
            else:
                return None
    return first


def same_people(own: str, other: str, many: int, more: int) -> Finding:
    """The finding that a folder has the people of another one's roster, and of so many more."""
    people = "person is" if many == 1 else "people are"
    others = f", and of {number_of(more, 'more folder', 'more folders')}" if more else ""
    return Finding(
        "run", ALIKE[0], "error",
        f"{many:,} {people} also on the roster of the folder {other}{others}, with the same numbers: only one of them can have "
        "the right file, and none goes into a roll-up.",
        f"Compare the rosters of {own} and {other}, and put the right file into the folder that has the wrong one.",
        file="roster",
    )  # fmt: skip


def same_people_another_year(own: str, other: str, many: int) -> Finding:
    """The finding that a folder has the people of another agency's folder of another year, with other figures."""
    people = "person is" if many == 1 else "people are"
    return Finding(
        "run", ALIKE[2], "warning",
        f"{many:,} {people} also on the roster of the folder {other} of another year, which has another code.",
        f"This is right if the agency was renamed or merged; otherwise compare the rosters of {own} and {other}.",
        file="roster",
    )  # fmt: skip


def same_person(own: str, other: str, rows: Sequence[int]) -> Finding:
    """The finding that people are on the rolls of two folders on the last day of one year's period: counted twice."""
    return Finding(
        "run", ALIKE[3], "error",
        f"{number_of(len(rows), 'person is', 'people are')} also on the roster of the folder {other}, with the same number (leading zeros aside) and on the "
        f"rolls of both on the last day of the period ({rows_of(rows, _MOST_ROWS)} here): added up, they count twice.",
        f"If someone moved, leave the rates blank in the roster of {own} or {other}, whichever they left.",
        file="roster", row=rows[0] if len(rows) == 1 else None,
    )  # fmt: skip


def in_use(names: Sequence[str]) -> Finding:
    """The finding that somebody has workbooks open, by the marks that Excel and LibreOffice leave beside them."""
    one = len(names) == 1
    return Finding(
        "run", IN_USE, "warning",
        f"{', '.join(names)} {'is' if one else 'are'} open in Excel or LibreOffice, or {'was' if one else 'were'} when it ended "
        "unexpectedly. What was saved last is read.",
        "Save and close, and run the same command again.", file=names[0] if one else "folder",
    )  # fmt: skip


def same_code(code: str, other: str) -> Finding:
    """The finding that a folder has the code of another one."""
    return Finding(
        "run", ALIKE[1], "warning", f"The folder {other} has the same code, {code}, and the same fiscal year.",
        "Check whether one of the two was copied; correct the code, or leave it if both report under it.",
        file=FILE, column="code",
    )  # fmt: skip


def department_of(name: str) -> str:
    """The department whose part an agency's name says it is: 'Bureau of Fish, Department of Rivers'; empty where it says none.

    An Office of Inspector General is an agency of its own.
    """
    found = _DEPARTMENT.search(name)
    return found[0].strip() if found and found.start() and not names_inspector([name]) else ""


def same_department(department: str) -> Finding:
    """The finding that several folders are by their names parts of one department."""
    return Finding(
        "run", ALIKE[4], "warning",
        f"The name says that it is part of the {department}, and so does the name of another folder. OPM takes one report for "
        "a department, with one award pool and one spending limit, and none from its parts.",
        "Combine the folders of its parts into one with `seskit gather`, and report on that.", file=FILE, column="name",
    )  # fmt: skip
