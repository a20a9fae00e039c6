"""Where a person begins: whose files, what was read, and which walk can be gone on with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from seskit.desk.opener import Walk, overview
from seskit.desk.opener.holds import ROSTERS
from seskit.desk.opener.overview import Overview
from seskit.formats.tables import Table, text_rows
from seskit.record.agency import FILE


class Way(NamedTuple):
    """A walk, and the files it needs: one of each group."""

    name: str
    needs: tuple[tuple[str, ...], ...]


WAYS = (
    Way("The ratings and awards report", ((FILE,), ROSTERS)),
    Way("Performance appraisal", ((FILE,), ROSTERS, ("appraisal.yaml",), ("steps.csv", "steps.xlsx"))),
    Way("Filling SES vacancies", ((FILE,), ("vacancy.yaml",))),
    Way("Setting and adjusting SES pay", ((FILE,), ROSTERS, ("pay.yaml",), ("pay.csv", "pay.xlsx"))),
    Way("Certification of an appraisal system", (("certification.yaml",),)),
)


@dataclass(frozen=True)
class Opened:
    """A folder, and what was read of it."""

    folder: Path
    seen: Overview


def opened(folder: Path, _: Path, __: dict[str, Any]) -> Opened:
    """Read an agency's folder in short."""
    return Opened(folder, overview.look(folder))


WALK = Walk(
    "start_here", "Your agency", "DPW", opened, needs=(FILE, "certification.yaml"),
    files=("vacancies", "probation", "certification", "year", "steps", "history", "closeout", "element_levels"),
)  # fmt: skip


def ways(walk: Opened) -> Table:
    """Which walk can be gone on with, and what is missing for the others."""
    rows = []
    for way in WAYS:
        lacking = [" or ".join(group) for group in way.needs if not any((walk.folder / one).is_file() for one in group)]
        rows.append((way.name, f"missing: {', '.join(lacking)}" if lacking else "yes"))
    return Table(f"What the folder of {walk.seen.name} is ready for", ("Walk", "Ready"), text_rows(rows))


def read(walk: Opened) -> Overview:
    """People by plan, problems, and what was not used."""
    return walk.seen
