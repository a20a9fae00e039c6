"""Development agreed in a case and carried into probation: what was promised, and whether the tracker holds it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from seskit.record.staffing import tracker
from seskit.record.staffing.records import Vacancy, VacancyFolder
from seskit.record.staffing.tracker import Probationer, Tracker

_APART = "; "


@dataclass(frozen=True)
class Agreed:
    """The development of one appointee: activities, the row of the tracker it belongs to, and what is not carried over."""

    vacancy: Vacancy
    row: Probationer | None
    missing: tuple[str, ...]


def promised(vacancy: Vacancy) -> list[str]:
    """The activities as the tracker keeps them."""
    return [f"{one.activity}{f' by {one.until}' if one.until else ''}" for one in vacancy.development]


def agreed(folder: VacancyFolder, kept: Tracker) -> list[Agreed]:
    """Every vacancy with development, beside the row of probation.csv that begins on the day of the appointment."""
    made = []
    for vacancy in folder:
        if not vacancy.development:
            continue
        same = [row for row in kept.rows if vacancy.appointed_on and row.appointed_on == vacancy.appointed_on]
        row = next((one for one in same if one.criterion in (vacancy.criterion, None)), None)
        held = (row.development or "").lower() if row else ""
        missing = tuple(one.activity for one in vacancy.development if one.activity.lower() not in held)
        made.append(Agreed(vacancy, row, missing))
    return made


def tracker_row(vacancy: Vacancy) -> bytes:
    """The row for probation.csv, ready to add; the roster's number is left to be written in."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(tracker.COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerow({
        "person_id": "", "appointed_on": vacancy.appointed_on or "", "criterion": vacancy.criterion or "",
        "development": _APART.join(promised(vacancy)),
    })  # fmt: skip
    return text.getvalue().encode()
