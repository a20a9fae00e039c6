"""The walk through filling vacancies: what is read of a folder, the day and the vacancy in focus, and each output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.desk.opener import Pick, Walk, since
from seskit.desk.opener.folds import folded
from seskit.desk.opener.links import FileLinks, linked
from seskit.desk.opener.state import typed_day
from seskit.desk.staffing import show
from seskit.formats.refusals import FactError
from seskit.formats.tables import Table
from seskit.law import staffing
from seskit.paper import charts
from seskit.paper.staffing import lists
from seskit.work.staffing.folder import StaffingWalk, open_walk

if TYPE_CHECKING:
    from seskit.formats.drawing import Chart

_DELAY, _MOST_DAYS = 10, 3650


@dataclass(frozen=True)
class VacancyWalk(StaffingWalk):
    """A folder as the walk sees it, where its files go, and what is picked."""

    out: Path
    picked: dict[str, Any]

    @property
    def delay(self) -> int:
        """By how many days the next planned step may slip."""
        given = self.picked["delay"]
        return _DELAY if given == "" else int(given)


def opened(folder: Path, out: Path, picked: dict[str, Any]) -> VacancyWalk:
    """Read an agency's folder on the day and with the vacancy picked."""
    seen = open_walk(folder, picked["as_of"], str(picked["vacancy"]))
    return VacancyWalk(**vars(seen), out=out, picked=picked)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > _MOST_DAYS:
        raise FactError(f"'{text}' is not a number of days. Write one from 0 to {_MOST_DAYS}.")
    return int(text)


def _vacancies(walk: VacancyWalk) -> list[tuple[str, str]]:
    """Every vacancy, the one in focus first."""
    focus = walk.vacancy
    if walk.absent:
        return []
    listed = sorted(walk.folder, key=lambda one: focus is None or one.id != focus.id)
    return [(f"{one.id}: {one.title}", one.id) for one in listed]


def _people(walk: VacancyWalk) -> list[tuple[str, str]]:
    return [(one.person_id, one.person_id) for one in walk.tracker.rows if one.person_id and one.appointed_on]


WALK = Walk(
    "staffing",
    "Filling SES vacancies",
    "DPW",
    opened,
    files=("vacancies", "probation", "history", "correspondence"),
    picks=(
        Pick(
            "as_of",
            "As-of date",
            "Such as March 10, 2025 or 3/10/2025; empty: the one in vacancy.yaml.",
            None,
            typed_day,
            rereads=True,
        ),
        Pick("vacancy", "Vacancy", "The one whose case, dates and ratings are shown.", _vacancies, rereads=True),
        Pick("delay", "Days by which the next planned step may slip", "Empty: 10.", None, _days),
        Pick("person", "Person in probation", "By number.", _people),
    ),
)

#: What the walk shows as it is.
problems = show.problems
vacancies = lists.vacancies
findings = lists.findings
checklist = show.checklist
case = show.case
levels = show.levels
agreement = show.agreement
ranking = show.ranking
sources = show.sources
boards = show.boards
probation = lists.probation
moves = show.moves
states = folded("Vacancies by state, as a picture")(charts.vacancy_states)
days = folded("The timeline, as a picture")(charts.vacancy_days)


def slips(walk: VacancyWalk) -> Table:
    """What slips when the next planned step comes later."""
    return show.slips(walk, walk.delay)


@folded("Change a day of the case")
def deadline(walk: VacancyWalk) -> Any:
    """When the case in focus is due: change a day and see what changes."""
    from seskit.desk.opener.prefilled import Prefilled

    found = walk.case
    if found is None:
        return Table("When a case is due", (), (), walk.absent or "No vacancy needs a QRB case.")
    return Prefilled(
        f"The case of {found.vacancy.id}, as the files have it", staffing.qrb_deadline, **found.deadline.facts
    )


@folded("Change a fact of a probation")
def probation_of(walk: VacancyWalk) -> Any:
    """The probation of the person in focus: change a fact and see what changes."""
    from seskit.desk.opener.prefilled import Prefilled

    known = {one.person_id: one for one in walk.tracker.rows if one.person_id and one.appointed_on}
    row = known.get(str(walk.picked["person"])) or next(iter(known.values()), None)
    if row is None:
        return Table("Probation of one person", (), (), "Nobody's probation is on file.")
    return Prefilled(
        f"The probation of {row.person_id}, as the file has it",
        staffing.probation,
        as_of=walk.as_of,
        appointed_on=row.appointed_on,
        criterion=row.criterion,
        department_of_defense=row.department_of_defense,
        extended_to=row.extended_to,
        nonpay_days=row.nonpay_days,
        military_or_injury_days=row.military_or_injury_days,
        restored_without_break=row.restored,
        transferred_on=row.transferred_on,
        assessed=row.assessed_on is not None,
        certified=row.certified_on is not None,
        development_covered=row.development_done,
    )


@folded("Rating levels and boards, as pictures")
def pictures(walk: VacancyWalk) -> tuple[Chart | Table, ...]:
    """Candidates, applicants and days left, as pictures."""
    return charts.candidate_levels(walk), charts.applicant_sources(walk), charts.days_left(walk)


def files(walk: VacancyWalk) -> FileLinks:
    """Write the case and the calendars; the files, with links."""
    was = since.before(walk.out)
    written = show.write(walk, walk.out)
    return linked(show.files(written), written, was)


@folded("The board's papers to sign, made now from what is above", each=True)
def papers(walk: VacancyWalk) -> tuple[FileLinks, Table]:
    """Write the board's record and certificate, the interview guide, the transmittal, the development agreed; with links,
    and why one is not made.
    """
    written = show.write_papers(walk, walk.out)
    return linked(show.signed(written), written), show.not_made(walk)
