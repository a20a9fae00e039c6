"""Where a person begins: whose files, what was read, and which walk can be gone on with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from seskit.desk.opener import Walk, overview
from seskit.desk.opener.holds import ROSTERS
from seskit.desk.opener.overview import Overview
from seskit.formats.tables import Table, text_rows
from seskit.record.agency import FILE
from seskit.record.finding import Finding, Subject, in_short
from seskit.work import findings


class Need(NamedTuple):
    """Something a job cannot do without: its words, and the files of which one must be there."""

    words: str
    files: tuple[str, ...]

    @property
    def says(self) -> str:
        """Its words, with its file behind."""
        return f"{self.words} ({' or '.join(self.files)})"


class StartJob(NamedTuple):
    """A job, what it needs, and whose findings stand in its way."""

    name: str
    needs: tuple[Need, ...]
    subjects: tuple[Subject, ...]


_AGENCY, _ROSTER = Need("the agency", (FILE,)), Need("a roster", ROSTERS)
WAYS = (
    StartJob("The ratings and awards report", (_AGENCY, _ROSTER), ("report",)),
    StartJob("Performance appraisal",
        (_AGENCY, _ROSTER, Need("how the appraisal year was run", ("appraisal.yaml",)), Need("who did what and when", ("steps.csv", "steps.xlsx"))),
        ("appraisal", "closeout")),
    StartJob("Filling SES vacancies", (_AGENCY, Need("vacancies", ("vacancy.yaml",))), ("staffing",)),
    StartJob("Setting and adjusting SES pay",
        (_AGENCY, _ROSTER, Need("what holds for all pay proposals", ("pay.yaml",)), Need("a pay worksheet", ("pay.csv", "pay.xlsx"))), ("pay",)),
    StartJob("Certification of an appraisal system", (Need("the request for certification", ("certification.yaml",)),), ("certification",)),
)  # fmt: skip


@dataclass(frozen=True)
class AgencyWalk:
    """A folder, and what was read of it."""

    folder: Path
    seen: Overview

    @cached_property
    def found(self) -> list[Finding]:
        """Everything that needs attention about the agency."""
        return findings.of_folder(self.folder)


def opened(folder: Path, _: Path, __: dict[str, Any]) -> AgencyWalk:
    """Read an agency's folder in short."""
    return AgencyWalk(folder, overview.look(folder))


WALK = Walk(
    "start_here", "Your agency", "DPW", opened, needs=(FILE, "certification.yaml"),
    files=("vacancies", "probation", "certification", "year", "steps", "history", "closeout", "element_levels"),
)  # fmt: skip


def ways(walk: AgencyWalk) -> Table:
    """Which job can be finished, and what is missing or open for the others."""
    rows = [(way.name, _ready(walk, way)) for way in WAYS]
    return Table(f"What the folder of {walk.seen.name} is ready for", ("Job", "Ready to finish"), text_rows(rows))


def _ready(walk: AgencyWalk, way: StartJob) -> str:
    """Yes only where its files are there, its people are in a plan, and nothing is open that keeps its papers a draft."""
    lacking = [one for one in way.needs if not any((walk.folder / name).is_file() for name in one.files)]
    if lacking:
        return "missing: " + "; ".join(one.says for one in lacking)
    if _ROSTER in way.needs and not walk.seen.in_plans:
        return "not yet: nobody of the roster is in a plan"
    found = [one for one in walk.found if one.subject in way.subjects and (one.open or one.waits)]
    return f"not yet; to settle: {in_short(found)}" if found else "yes"


def read(walk: AgencyWalk) -> Overview:
    """People by plan, problems, and what was not used."""
    return walk.seen
