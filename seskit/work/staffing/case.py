"""The QRB case of a vacancy: what it holds on its date, what is missing, and what can be left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.actions.probationary_year import probation
from seskit.law.result import Result
from seskit.law.staffing.qrb import CaseContents, QrbDeadline, case_contents, qrb_deadline
from seskit.law.staffing.vacancy import EcqSet, board_steps, ecq_set
from seskit.record.staffing.records import KeptDocument, Vacancy, VacancyFolder
from seskit.work.staffing.outreach import of_vacancy

STATEMENT = ("ecq_statement", "ecq_statement_or_alternative")
LEFT = "can be left out"
LEFT_OUT = "staffing.qrb.left_out"
MISSING = "missing"
_DOCUMENT = "document"


@dataclass(frozen=True)
class ChecklistRow:
    """One document of the checklist and what became of it."""

    key: str
    name: str
    state: str
    place: str
    citation: str


@dataclass(frozen=True)
class Case:
    """The case of one vacancy, seen on one day."""

    vacancy: Vacancy
    agency: str
    on: date
    contents: Result[CaseContents]
    qualifications: Result[EcqSet]
    deadline: Result[QrbDeadline]
    last_day: date | None
    checklist: tuple[ChecklistRow, ...]
    merit: tuple[tuple[str, str, date | None, str], ...]
    #: What is missing, by what it belongs to; what belongs to the case itself under no word.
    lacking: Mapping[str, Sequence[str]]
    not_needed: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...]
    #: What speaks against sending the case, even with every document at hand.
    against: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, each with what it belongs to."""
        return tuple(_with_kind(kind, what) for kind, those in self.lacking.items() for what in those)

    @property
    def missing_steps(self) -> tuple[str, ...]:
        """The same without the documents, which the checklist has with their authority."""
        others = ((kind, those) for kind, those in self.lacking.items() if kind != _DOCUMENT)
        return tuple(_with_kind(kind, what) for kind, those in others for what in those)

    @property
    def missing_says(self) -> str:
        """What is missing in one sentence, in which each word for what it belongs to stands once."""
        return "; ".join(_with_kind(kind, (", " if kind else "; ").join(those)) for kind, those in self.lacking.items())

    @property
    def criterion(self) -> str:
        """The criterion the case is made for; A where none is stated."""
        return self.vacancy.criterion or "A"

    @property
    def has_statement(self) -> bool:
        """Whether a statement of executive qualifications is part of the case on its date."""
        return _needs_statement(self.checklist)

    @property
    def ecqs(self) -> dict[str, list[str]]:
        """The qualifications in force for the announcement, each with its competencies."""
        found: dict[str, list[str]] = self.qualifications.answer.ecqs
        return found

    @property
    def sent(self) -> bool:
        """Whether the case was sent by the day it is looked at."""
        return self.on == self.vacancy.submitted_on

    @property
    def confidence(self) -> str:
        """How sure it is that what is missing is asked for: as sure as the least sure of the documents missing."""
        lacking = {row.key for row in self.checklist if row.state == MISSING}
        bases = [one.basis for one in self.contents.answer.documents if one.key in lacking]
        return max(bases, key=parameters.CONFIDENCE.index, default="verified")

    @property
    def against_says(self) -> str:
        """What is said above what speaks against the case: it is to be settled first, or is so of a case that OPM has."""
        one = self.vacancy
        back = one.returned_on and not (one.sent_again_on or one.certified_on)
        return "Speaks against the case that was sent" if self.sent and not back else "Before it is sent"

    @property
    def days_late(self) -> int:
        """Calendar days by which the case was sent, or on the day it is looked at still is, after the day it was due."""
        due = self.deadline.answer.due
        return max((self.on - due).days, 0) if due else 0

    @property
    def when_due(self) -> str:
        """By what day the case is due; where that day is past, by how much, and whether a moratorium is on record."""
        due = self.deadline.answer.due
        if due is None:
            return "The day the case is due cannot be determined yet."
        if not self.days_late:
            return f"The case is due on {due}."
        said = f"The case was due on {due}; {'it was sent' if self.sent else f'on {self.on} it is'} {number_of(self.days_late, 'day')} late."
        bar = self.vacancy.moratorium
        if bar and bar.since <= due:
            return f"{said} A moratorium since {bar.since} is on record; OPM may adjust the day."
        return said

    @property
    def results(self) -> tuple[Result, ...]:
        """The answers the case rests on."""
        return self.contents, self.qualifications, self.deadline


def case(folder: VacancyFolder, vacancy: Vacancy, as_of: date, agency: str = "") -> Case:
    """The QRB case of a vacancy as it stands on a day: by the documents of the day it is sent, or of that day."""
    on = vacancy.submitted_on if vacancy.submitted_on and vacancy.submitted_on <= as_of else as_of
    holder = folder.agency()
    criterion = vacancy.criterion or "A"
    political = (
        None if vacancy.present_appointment is None else vacancy.present_appointment not in ("career type", "none")
    )
    contents = case_contents(on, criterion=criterion, political_or_noncareer=political)
    closed = vacancy.closes_on or on
    qualifications = ecq_set(closed, early_adoption=holder["early_adoption"])
    deadline = qrb_deadline(
        as_of, criterion=vacancy.criterion, closes_on=vacancy.closes_on, graduated_on=vacancy.graduated_on,
        submitted_on=on if on == vacancy.submitted_on else None, closed_days=holder["closed_days"],
        early_adoption=holder["early_adoption"],
    )  # fmt: skip
    last_day = None
    if vacancy.appointed_on:
        defense = holder["department_of_defense"]
        last_day = probation(
            appointed_on=vacancy.appointed_on, department_of_defense=defense, nonpay_days=vacancy.nonpay_days
        ).answer.last_day
    rows = _checklist(vacancy, contents)
    merit = _merit(vacancy, on)
    return Case(
        vacancy, agency, on, contents, qualifications, deadline, last_day, rows, merit,
        _lacking(vacancy, rows, merit, qualifications, last_day, as_of), _not_needed(on), of_vacancy(folder, vacancy, as_of),
    )  # fmt: skip


def _needs_statement(rows: tuple[ChecklistRow, ...]) -> bool:
    return any(row.key in STATEMENT and row.state != LEFT for row in rows)


def _checklist(vacancy: Vacancy, contents: Result[CaseContents]) -> tuple[ChecklistRow, ...]:
    held = {paper.document: paper for paper in vacancy.documents}
    rows = []
    for wanted in contents.answer.documents:
        paper = held.pop(wanted.key, None)
        state = "at hand" if paper else MISSING if wanted.needed else "a fact decides"
        rows.append(ChecklistRow(wanted.key, wanted.name, state, _place(paper), wanted.citation))
    described = parameters.parameter("staffing.qrb.documents").values[-1].value
    for key, paper in held.items():
        rows.append(ChecklistRow(key, described[key]["name"], LEFT, _place(paper), described[key]["citation"]))
    return tuple(rows)


def _place(paper: KeptDocument | None) -> str:
    if paper is None:
        return ""
    return f"{paper.place}, {paper.dated}" if paper.dated else paper.place


def _merit(vacancy: Vacancy, on: date) -> tuple[tuple[str, str, date | None, str], ...]:
    """Step, what is done by whom, its day, authority; the steps up to the case."""
    merit = vacancy.merit
    days = {
        "announced": vacancy.opens_on,
        "screened": merit.screened_on,
        "rated": vacancy.rated_on,
        "recommended": merit.listed_on or vacancy.board_on,
        "selected": vacancy.selected_on,
        "certified by the agency": merit.agency_certified_on,
    }
    steps = board_steps(on).answer
    return tuple(
        (row.step, f"{row.who}: {row.does}", days[row.step], row.citation) for row in steps if row.step in days
    )


def _with_kind(kind: str, what: str) -> str:
    return f"{kind}: {what}" if kind else what


def _lacking(
    vacancy: Vacancy,
    rows: tuple[ChecklistRow, ...],
    merit: tuple[tuple[str, str, date | None, str], ...],
    qualifications: Result[EcqSet],
    last_day: date | None,
    as_of: date,
) -> dict[str, list[str]]:
    """What is missing, by what it belongs to."""
    found = {"": _facts(vacancy, rows), _DOCUMENT: [row.name for row in rows if row.state == MISSING]}
    if vacancy.criterion != "B":
        found["merit staffing"] = _merit_missing(vacancy, merit, as_of)
        found["qualification statement"] = _unshown(vacancy, rows, qualifications)
    if vacancy.criterion == "C":
        found["development plan"] = _development(vacancy, last_day)
    return {kind: those for kind, those in found.items() if those}


def _facts(vacancy: Vacancy, rows: tuple[ChecklistRow, ...]) -> list[str]:
    decides = any(row.state == "a fact decides" for row in rows)
    found = {
        "the criterion, A, B or C; shown here as A": vacancy.criterion is None,
        "the number of the selectee": vacancy.selectee is None,
        "the selectee's present appointment, which decides on further evidence": decides,
        "the day of graduation from the program, from which the clock runs": vacancy.criterion == "B"
        and vacancy.graduated_on is None,
    }
    return [what for what, is_missing in found.items() if is_missing]


def _merit_missing(vacancy: Vacancy, merit: tuple[tuple[str, str, date | None, str], ...], as_of: date) -> list[str]:
    found = [f"the day of '{step}'" for step, _, day, _ in merit if day is None or day > as_of]
    return found if vacancy.merit.standard_written else [*found, "the written qualification standard"]


def _unshown(vacancy: Vacancy, rows: tuple[ChecklistRow, ...], qualifications: Result[EcqSet]) -> list[str]:
    if not _needs_statement(rows):
        return []
    shown = {one.ecq for one in vacancy.qualifications if one.action and one.result}
    return [f"action and result for {ecq}" for ecq in qualifications.answer.ecqs if ecq not in shown]


def _development(vacancy: Vacancy, last_day: date | None) -> list[str]:
    if not vacancy.development:
        return ["at least one activity for the probationary year"]
    found = [f"a day for '{one.activity}'" for one in vacancy.development if one.until is None]
    for one in vacancy.development:
        if one.until and last_day and one.until > last_day:
            found.append(f"'{one.activity}' ends on {one.until}, after probation ({last_day})")
    return found


def _not_needed(on: date) -> tuple[tuple[str, str], ...]:
    """Paper that the rules of the day no longer ask for, with the day from which each is not needed."""
    known = [figure for figure in parameters.parameter(LEFT_OUT).values if figure.first_day <= on]
    latest = known[-1].value if known else []
    return tuple((text, str(next(figure.first_day for figure in known if text in figure.value))) for text in latest)


def _due(one: Case) -> date | str:
    due = one.deadline.answer.due
    return f"{due}, {number_of(one.days_late, 'day')} late" if one.days_late else due or "cannot tell"


def facts_of(one: Case) -> list[tuple[str, Any]]:
    """The case in a few lines."""
    vacancy = one.vacancy
    return [
        ("Vacancy", f"{vacancy.id}, {vacancy.title}"),
        ("Position", (vacancy.position or "not stated").replace("_", " ")),
        ("Criterion", vacancy.criterion or "not stated"),
        ("Selectee (candidate number)", vacancy.selectee or "not stated"),
        ("Announcement closed", vacancy.closes_on or "not stated"),
        ("Case due", _due(one)),
        ("Case sent", vacancy.submitted_on or "not yet"),
        ("Rules of", one.on),
        ("Executive Core Qualifications", one.qualifications.answer.name),
    ]
