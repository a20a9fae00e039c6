"""The walk through a report: what is read of a folder, and each output made from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.desk.opener import Walk, since
from seskit.desk.opener.folds import folded
from seskit.desk.opener.links import FileLinks, linked
from seskit.desk.report import show
from seskit.formats.refusals import FactError
from seskit.formats.tables import Folded, Table
from seskit.record import sent
from seskit.record.roster import kept
from seskit.work import report
from seskit.work.report.package import ReportPackage

if TYPE_CHECKING:
    from seskit.desk.opener.package_to_send import PackageToSend
    from seskit.formats.drawing import Chart


@dataclass(frozen=True)
class ReportWalk:
    """A folder as the walk sees it, and where its files go."""

    folder: report.ReportFolder
    out: Path
    place: Path

    @cached_property
    def package(self) -> ReportPackage:
        """The report; FactError in one sentence where there can be none."""
        if self.folder.agency is None:
            raise FactError(f"The report cannot be made: {self.folder.problems[0]}")
        return self.folder.complete()


def opened(folder: Path, out: Path, _: dict[str, Any]) -> ReportWalk:
    """Read an agency's folder."""
    return ReportWalk(report.open_folder(folder), out, folder)


_NONE_OF_FORMS = "None: nothing stands in the way of the forms. What else to look at in the files is listed above."

WALK = Walk("report", "The ratings and awards report", "DPW", opened, files=("history", "last_year"))


def account(walk: ReportWalk) -> Table:
    """Who of the roster is counted where, and who nowhere and why."""
    return show.account(walk.package)


def problems(walk: ReportWalk) -> Table:
    """What needs attention in the files."""
    return show.problems(walk.folder.problems, walk.folder.notes)


def plans(walk: ReportWalk) -> Table:
    """The agency's performance plans."""
    return show.plans(walk.package.agency)


def people(walk: ReportWalk) -> Table:
    """People by plan and appointment type."""
    return show.people(walk.package.agency, walk.folder.roster)


def pools(walk: ReportWalk) -> Folded:
    """The award pool of each plan."""
    return show.pools(walk.package)


@folded("The pool and what is used of it, as a picture")
def pool_used(walk: ReportWalk) -> Chart:
    """How much of each pool was used."""
    from seskit.paper import charts

    return charts.pool_used(walk.package)


@folded("Awards by percentage, as a picture")
def awards_by_percentage(walk: ReportWalk) -> Chart:
    """How many awards there are, by percentage of pay."""
    from seskit.paper import charts

    return charts.awards_by_percentage(walk.package)


@folded("Check one award")
def check_award(walk: ReportWalk) -> Any:
    """A form to check one award on the last day of the first plan's period."""
    from seskit.desk import widgets
    from seskit.law import awards

    as_of = walk.package.agency.plans[0].period_end
    return widgets.Panel(awards.check_award, as_of=as_of, appointment_type="career")


@folded("Ratings, as a picture")
def ratings(walk: ReportWalk) -> Chart:
    """Ratings by level and appointment type."""
    from seskit.paper import charts

    return charts.rating_distribution(walk.package)


def summary(walk: ReportWalk) -> Table:
    """Every form in one line."""
    return show.summary(walk.package)


def form_problems(walk: ReportWalk) -> Table:
    """What stands in the way of a final form."""
    return show.problems(walk.package.problems, title="Problems of the forms", none=_NONE_OF_FORMS)


def proofs(walk: ReportWalk) -> Folded:
    """How every number of every form was made."""
    return show.proofs(walk.package)


def due_dates(walk: ReportWalk) -> Folded:
    """When each plan's report is due."""
    return show.due_dates(walk.package)


@folded("Who goes on the supplementary form, by number")
def supplement(walk: ReportWalk) -> Table:
    """Who goes on the supplementary form, by number."""
    return show.supplement(walk.package)


def files(walk: ReportWalk) -> FileLinks:
    """Write the forms; the files, with links."""
    was = since.before(walk.out)
    written = walk.package.write(walk.out)
    others = kept.saved(walk.place)
    return linked(show.files([*written, *others], walk.package), written, was, others)


@folded("Make the package, and note it as sent")
def package(walk: ReportWalk) -> PackageToSend:
    """The package that is sent to OPM, made and noted as sent; a folder of its own for each fiscal year."""
    from seskit.desk.opener.package_to_send import PackageToSend

    called = sent.name(walk.package.agency.fiscal_year)
    return PackageToSend(walk.package, sent.place(walk.place, walk.out, called), walk.place)
