"""An agency as its `agency.yaml` describes it: its SES performance plans, their cycles, patterns and awards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from seskit import strict_yaml
from seskit.facts import Day, Month, Percent, YesNo, suggestion
from seskit.privacy import shown
from seskit.problem import Problem

FILE = "agency.yaml"
#: The rating levels of each pattern (report form of June 2005 for the letters; 5 CFR 430.208(d) for the levels).
PATTERNS: dict[str, tuple[int, ...]] = {"D": (1, 2, 3), "F": (1, 2, 3, 5), "G": (1, 2, 3, 4), "H": (1, 2, 3, 4, 5)}
Pattern = Literal["D", "F", "G", "H"]
Entries = TypeVar("Entries", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Period(_Strict):
    """An appraisal period, first and last day."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.last < self.first:
            raise ValueError(f"ends on {self.last}, before it begins on {self.first}")
        return self


class Awards(_Strict):
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


class Plan(_Strict):
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


class Options(_Strict):
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


class Agency(_Strict):
    """A department or agency that reports to OPM."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    fiscal_year: int = Field(ge=1979, le=2999)
    plans: tuple[Plan, ...] = Field(min_length=1)
    certified: YesNo | None = None
    options: Options = Options()

    @model_validator(mode="after")
    def _plans_differ(self) -> Agency:
        ids = [plan.id for plan in self.plans]
        twice = next((plan_id for plan_id in ids if ids.count(plan_id) > 1), None)
        if twice:
            raise ValueError(f"has two plans with the id '{twice}'; give each its own")
        return self

    def plan(self, plan_id: str) -> Plan:
        """The plan of that id."""
        return next(plan for plan in self.plans if plan.id == plan_id)


@dataclass(frozen=True)
class AgencyFile:
    """What `agency.yaml` holds: the agency, or nothing and the problems that stand in the way."""

    agency: Agency | None
    problems: tuple[Problem, ...] = ()


def read(path: str | Path) -> AgencyFile:
    """Read an agency from its folder or its `agency.yaml`; every problem comes with its line and key."""
    file = Path(path)
    return AgencyFile(*read_entries(file / FILE if file.is_dir() else file, Agency))


def read_entries(file: Path, model: type[Entries]) -> tuple[Entries | None, tuple[Problem, ...]]:
    """Read a file of entries to its model: that, or nothing and the problems, each with its line and key."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _refused(file, None, "is not there", f"Put a file named {file.name} into the agency's folder.")
    except (OSError, UnicodeDecodeError):
        return _refused(file, None, "cannot be read as text", "Save it as a plain text file in UTF-8.")
    try:
        tree = strict_yaml.load(text)
    except strict_yaml.YamlError as failure:
        return _refused(
            file, failure.line, failure.reason, "Compare the line with a sample agency; indent with spaces only."
        )
    if not isinstance(tree, dict):
        names = ", ".join(list(model.model_fields)[:3])
        return _refused(file, 1, f"has no entries such as {names}", "Start from a sample agency.")
    try:
        return model.model_validate(tree), ()
    except ValidationError as failure:
        at = strict_yaml.lines(text)
        return None, tuple(_problem(error, at, file.name, model) for error in failure.errors())


def _refused(file: Path, line: int | None, reason: str, fix: str) -> tuple[None, tuple[Problem, ...]]:
    return None, (Problem(line, None, "", reason, fix, file=file.name),)


def _problem(error: Any, at: dict[tuple[str | int, ...], int], file: str, model: type[BaseModel]) -> Problem:
    path = tuple(error["loc"])
    where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in path)
    line = next((at[path[:n]] for n in range(len(path), -1, -1) if path[:n] in at), None)
    value = shown(error["input"]) if isinstance(error["input"], str | int) else ""
    reason, fix = _explained(error, model)
    return Problem(line, where or None, value, reason, fix, file=file)


def _explained(error: Any, model: type[BaseModel]) -> tuple[str, str]:
    kind = error["type"]
    if kind == "missing":
        return "is needed and not there", "Add it; see a sample agency for the form."
    if kind == "extra_forbidden":
        meant = suggestion(str(error["loc"][-1]), _known_keys(tuple(error["loc"][:-1]), model)).strip()
        return "is not an entry this file can have", meant or "Remove it."
    if kind == "literal_error":
        expected = str(error["ctx"]["expected"]).replace("'", "")
        meant = suggestion(str(error["input"]), expected.replace(" or ", ", ").split(", ")).strip()
        return f"is not one of {expected}", meant or "Use one of these words."
    if kind == "value_error":
        return str(error["ctx"]["error"]), "Correct the entry."
    if kind == "string_type":
        return "must be text", "Put the value in quotes, so that leading zeros are kept."
    return error["msg"][0].lower() + error["msg"][1:], "Correct the entry."


def _known_keys(path: tuple[str | int, ...], model: type[BaseModel]) -> list[str]:
    names = [step for step in path if isinstance(step, str)]
    owners: dict[tuple[str, ...], type[BaseModel]] = {
        ("plans",): Plan,
        ("plans", "appraisal_period"): Period,
        ("plans", "awards"): Awards,
        ("options",): Options,
    }
    owner = owners.get(tuple(names), model) if model is Agency else model
    return [field.alias or name for name, field in owner.model_fields.items()]
