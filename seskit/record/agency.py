"""An agency as its `agency.yaml` describes it: its SES performance plans, their cycles, patterns and awards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from seskit.law import parameters
from seskit.law.facts import Day, Month, Percent, YesNo
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Strict, own_ids
from seskit.record.problem import Problem

FILE = "agency.yaml"
#: The rating levels of each pattern (report form of June 2005 for the letters; 5 CFR 430.208(d) for the levels).
PATTERNS: dict[str, tuple[int, ...]] = {"D": (1, 2, 3), "F": (1, 2, 3, 5), "G": (1, 2, 3, 4), "H": (1, 2, 3, 4, 5)}
Pattern = Literal["D", "F", "G", "H"]
#: A day, a month or a year, as it is written.
Written = Annotated[str, BeforeValidator(str)]


class Period(Strict):
    """An appraisal period, first and last day."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it begins on {self.first}")
        return self


class Awards(Strict):
    """What became of the performance awards of one plan."""

    status: Literal["paid", "none", "pending"]
    paid_in: Month | None = None
    determined_on: Day | None = None
    ratings_final_on: Day | None = None

    @model_validator(mode="after")
    def _month_known(self) -> Awards:
        if self.status == "paid" and self.paid_in is None:
            raise ValueError("says awards are paid but has no paid_in; write the month, for example 2002-12")
        return self


class Plan(Strict):
    """One SES performance plan: one cycle, one rating pattern, one report form."""

    id: str = Field(min_length=1)
    name: str = ""
    pattern: Pattern
    appraisal_period: Period
    awards: Awards
    pool_basis: Literal["aggregate", "average"] = "aggregate"

    @property
    def levels(self) -> tuple[int, ...]:
        """The rating levels its pattern has."""
        return PATTERNS[self.pattern]

    @property
    def period_end(self) -> Day:
        """The last day of the appraisal period."""
        return self.appraisal_period.last


class Options(Strict):
    """How the report reads what the instructions leave open; the defaults are the readings recommended."""

    form_1558a_pool: Literal["average", "as_printed"] = "average"
    item_4_year: Literal["four_digits", "two_digits"] = "four_digits"
    presidential_in_ratings: Literal["career", "exclude"] = "career"
    item_8_denominator: Literal["item_9_career", "item_4_number", "item_10_career"] = "item_9_career"
    percent_level_rounding: Literal["nearest", "truncate"] = "nearest"
    item_6_percent: Literal["percent", "fraction"] = "percent"
    pool_cap: Literal["agency_and_year", "each_plan"] = "agency_and_year"
    inspector_general_form: Literal["per_pattern", "none"] = "per_pattern"
    aggregate_of_single_plan: Literal["yes", "no"] = "yes"
    item_3_without_awards: Literal["blank", "none"] = "blank"
    due_days: Literal["calendar", "working"] = "calendar"
    budget_percent: Percent | None = None


class Confirmed(Strict):
    """What looks wrong in the files but is right: the reason in writing, one for each kind."""

    #: Rates that are all above the schedule, as rates with locality pay are.
    rates_above_schedule: str | None = Field(default=None, min_length=8)
    #: Rows of the roster that are counted in no item of any form.
    counted_nowhere: str | None = Field(default=None, min_length=8)
    #: Dates of a plan that do not fit each other, and which dates and years the reason is about: others are asked about.
    dates: str | None = Field(default=None, min_length=8)
    dates_for: tuple[Written, ...] = ()
    #: Values of a corrected workbook that the roster gives otherwise.
    corrected_forms: str | None = Field(default=None, min_length=8)
    #: A roster with nobody in it.
    no_executives: str | None = Field(default=None, min_length=8)
    #: Ratings that are mostly dated outside the year of the report.
    rating_dates: str | None = Field(default=None, min_length=8)
    #: People who have the same name and are not one person under two numbers.
    same_names: str | None = Field(default=None, min_length=8)


class Agency(Strict):
    """A department or agency that reports to OPM."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    fiscal_year: int = Field(ge=1979, le=2999)
    plans: tuple[Plan, ...] = Field(min_length=1)
    certified: YesNo | None = None
    #: The last day of the certification, where no certification.yaml of the folder says it.
    certified_until: Day | None = None
    closed_days: tuple[Day, ...] = ()
    options: Options = Options()
    confirmed: Confirmed = Confirmed()

    @model_validator(mode="after")
    def _plans_differ(self) -> Agency:
        own_ids("plans", [plan.id for plan in self.plans], "plan")
        return self

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id."""
        return next(plan for plan in self.plans if plan.id == plan_id)


@dataclass(frozen=True)
class AgencyFile:
    """What `agency.yaml` holds: the agency, or nothing and the problems that stand in the way."""

    agency: Agency | None
    problems: tuple[Problem, ...]


def read(path: str | Path) -> AgencyFile:
    """Read an agency from its folder or its `agency.yaml`; every problem comes with its line and key.

    Schedules that were added beside it are used from then on.
    """
    file = Path(path)
    file = file if file.suffix == ".yaml" else file / FILE
    parameters.use(file.parent)
    found = checked_yaml.read(file, Agency, place="the agency's folder", example="code, name and plans")
    return AgencyFile(found.record, found.problems)
