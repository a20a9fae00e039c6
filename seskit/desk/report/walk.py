"""The walk through a report: what is read of a folder, and each output made from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.desk.opener import Walk, of_part, since
from seskit.desk.opener.folds import folded
from seskit.desk.opener.links import FileLinks, linked
from seskit.desk.report import show
from seskit.formats.refusals import FactError
from seskit.formats.tables import Table
from seskit.paper import charts
from seskit.record import sent
from seskit.record.roster import kept
from seskit.work import report
from seskit.work.report.package import ReportPackage

if TYPE_CHECKING:
    from seskit.desk.opener.package_to_send import PackageToSend


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

#: What the walk shows as it is.
account = of_part("package", show.account)
plans = of_part("package.agency", show.plans)
pools = of_part("package", show.pools)
summary = of_part("package", show.summary)
proofs = of_part("package", show.proofs)
due_dates = of_part("package", show.due_dates)
supplement = folded("Who goes on the supplementary form, by number")(of_part("package", show.supplement))
pool_used = folded("The pool and what is used of it, as a picture")(of_part("package", charts.pool_used))
awards_by_percentage = folded("Awards by percentage, as a picture")(of_part("package", charts.awards_by_percentage))
ratings = folded("Ratings, as a picture")(of_part("package", charts.rating_distribution))


def problems(walk: ReportWalk) -> Table:
    """What needs attention in the files."""
    return show.problems(walk.folder.problems, walk.folder.notes)


def people(walk: ReportWalk) -> Table:
    """People by plan and appointment type."""
    return show.people(walk.package.agency, walk.folder.roster)


@folded("Check one award")
def check_award(walk: ReportWalk) -> Any:
    """A form to check one award on the last day of the first plan's period."""
    from seskit.desk import widgets
    from seskit.law import awards

    as_of = walk.package.agency.plans[0].period_end
    return widgets.Panel(awards.check_award, as_of=as_of, appointment_type="career")


def form_problems(walk: ReportWalk) -> Table:
    """What stands in the way of a final form, and what else the forms show; not again what is only to be looked at above."""
    found = [one for one in walk.package.problems if one.severity == "error" or one not in walk.folder.problems]
    return show.problems(found, title="Problems of the forms", none=_NONE_OF_FORMS)


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
