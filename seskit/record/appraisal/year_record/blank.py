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
from seskit.record.appraisal.year_record.files import BASIC_PLAN, CYCLE, STEP_COLUMNS, STEPS, read_cycle
from seskit.record.roster import lists

#: The steps without which a year of any executive has a finding, in their order; the others are taken where need be.
EVERYONE: tuple[StepName, ...] = (
    "consultation", "plan", "progress_review", "initial_rating", "response_offered", "review_offered", "board",
    "final_rating", "communication",
)  # fmt: skip
_REVIEWS = 1
_CYCLE = """# How the appraisal year was run. Write your own values after the colons; what is left out is not known.
# steps.csv beside this file holds who did what and when, one step of one executive to a line:
#   person_id  the number on the roster
#   step       {steps}
#   date       year-month-day
#   by         {doers}
#   level      1 to 5, for ratings and recommendations
#   note       a reason or a reference; no names

# The plan in use: agency (your own), basic-2012 or basic-2025.
plan: {plan}
# Days an executive has to respond to the initial rating, by your agency's rule.
response_days:
# Days within which an executive who enters later must have a plan, and progress reviews in the period.
plan_days: 30
progress_reviews: 1
# The plan of 2025 has four review panels. No rule says that each review falls inside its quarter, or whether the
# appraisal serves the last one; your agency may ask for more: 'inside the quarter', and 'review' for the last one.
quarterly_reviews: in order
last_quarter: appraisal
# The day the agency head was appointed: bars after it are counted from there.
agency_head_appointed_on:
# Numbers of those on probation, such as [XMP009]; [] is nobody. Leave it out where the roster or probation.csv says it.
# on_probation: []

# Each Performance Review Board. Remove the '#' of what you know; yes or no after the words.
boards:
  - name: Performance Review Board
    members: 0
    career: 0
    # recused_from_own_case: yes
    # appointed_by_head: yes
    # stable_appointment: yes
    # published_on: 2024-09-06
    # first_meeting: 2024-10-02
    # plans: [main]

# What the agency's leaders did and did not do, by the keys AL1 to AL12.
leaders:
  met: []
  not_met: []
"""


def write(folder: str | Path) -> list[Path]:
    """Write a blank appraisal.yaml and steps.csv; never over a file."""
    place = Path(folder)
    steps = lists.find(place, STEPS)
    there = [name for name in (CYCLE, steps.name if steps else "") if name and (place / name).exists()]
    if there:
        listed = " and ".join(there)
        raise FactError(f"Already in the folder: {listed}; nothing was written. Choose another folder.")
    place.mkdir(parents=True, exist_ok=True)
    cycle = _CYCLE.format(steps=", ".join(get_args(StepName)), doers=", ".join(get_args(Doer)), plan=_plan(place))
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
