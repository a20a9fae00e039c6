"""The two files of an appraisal year to fill in: appraisal.yaml, explained line by line, and an empty steps.csv."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import get_args

from seskit.formats.files import whole
from seskit.law import parameters
from seskit.law.appraisal.steps import Doer, StepName
from seskit.law.facts import FactError
from seskit.record import agency as agency_file
from seskit.record import roster
from seskit.record.appraisal.year_record.files import BASIC_PLAN, CYCLE, read_cycle
from seskit.record.appraisal.year_record.ledger import STEP_COLUMNS, STEPS
from seskit.record.roster import lists

#: The steps without which a year of any executive has a finding, in their order; the others are taken where need be.
EVERYONE: tuple[StepName, ...] = (
    "consultation", "plan", "progress_review", "initial_rating", "response_offered", "review_offered", "board",
    "final_rating", "communication",
)  # fmt: skip
_REVIEWS = 1
_CYCLE = Path(__file__).with_name("blank_year.yaml")


def write(folder: str | Path) -> list[Path]:
    """Write a blank appraisal.yaml and steps.csv; never over a file."""
    place = Path(folder)
    steps = lists.find(place, STEPS)
    there = [name for name in (CYCLE, steps.name if steps else "") if name and (place / name).exists()]
    if there:
        listed = " and ".join(there)
        raise FactError(f"Already in the folder: {listed}; nothing was written. Choose another folder.")
    place.mkdir(parents=True, exist_ok=True)
    cycle = _CYCLE.read_text(encoding="utf-8").format(
        steps=", ".join(get_args(StepName)), doers=", ".join(get_args(Doer)), plan=_plan(place)
    )
    return [whole(place / CYCLE, cycle.encode()), whole(place / f"{STEPS}.csv", _table(expected(place)))]


def expected(folder: Path) -> list[dict[str, str]]:
    """A row for each step that the year asks of each executive on the roster, its day and role still to be filled in;
    none where there is no roster that can be read.
    """
    read = read_cycle(folder).record if (folder / CYCLE).is_file() else None
    reviews = read.progress_reviews if read else _REVIEWS
    steps = [step for step in EVERYONE for _ in range(reviews if step == "progress_review" else 1)]
    people = roster.read(folder).people
    return [{"person_id": one.person_id, "step": step} for one in people if one.person_id for step in steps]


def _table(rows: list[dict[str, str]]) -> bytes:
    made = io.StringIO()
    sheet = csv.DictWriter(made, [column.name for column in STEP_COLUMNS], lineterminator="\n")
    sheet.writeheader()
    sheet.writerows(rows)
    return made.getvalue().encode()


def _plan(folder: Path) -> str:
    """The basic plan of the agency's appraisal period, its own where there was none; the newest without agency.yaml."""
    agency = agency_file.read(folder).agency
    if agency is None:
        return str(parameters.parameter(BASIC_PLAN).values[-1].value)
    basic = parameters.recorded(BASIC_PLAN, agency.plans[0].appraisal_period.first)
    return str(basic.value) if basic else "agency"
