"""Reading and writing a plan: plan.yaml with line numbers, or plan.xlsx with sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from seskit.formats import strict_yaml
from seskit.formats.privacy import has_ssn, shown
from seskit.formats.spelling import american
from seskit.formats.two_ways import two_ways
from seskit.law.appraisal.steps import Step, StepName
from seskit.law.facts import FactError
from seskit.law.parameters import figure
from seskit.record import agency as agency_file
from seskit.record import checked_yaml, roster
from seskit.record.agency import AgencyFile, Period
from seskit.record.appraisal.plan_document.record import ABOUT, ELEMENT, REQUIREMENT, ExecutivePlan, Words
from seskit.record.appraisal.year_record import ledger
from seskit.record.problem import Problem
from seskit.record.roster import Person, Roster
from seskit.record.roster.sheets import Refusal, rows

NAMES = ("plan.yaml", "plan.xlsx")
Place = tuple[str | int, ...]
Steps = Mapping[str, Sequence[Step]]
_NONE = two_ways(
    "Put a plan.yaml or plan.xlsx there; `seskit appraisal blank` writes one.", "Draft one: 'Draft the plan in a form'."
)


@dataclass(frozen=True)
class OpenedPlan:
    """A plan as read: the plan, or nothing and the problems; and where each entry stands."""

    plan: ExecutivePlan | None
    problems: tuple[Problem, ...]
    name: str
    at: Mapping[Place, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    periods: Mapping[str, Period] = field(default_factory=dict)
    #: What was done in the year, by the number of each executive.
    steps: Steps = field(default_factory=dict)
    #: What a person should know about how the files were read.
    notes: tuple[str, ...] = ()

    def days(self, step: StepName) -> list[date]:
        """The days of one step of the plan's executive on record, in order."""
        held = self.steps.get(self.plan.executive, ()) if self.plan else ()
        return sorted(one.on for one in held if one.step == step and one.on)

    def where(self, *path: str | int) -> str:
        """The place of an entry, or of what it stands in: a line, or a sheet and row."""
        places = (path[:n] for n in range(len(path), 0, -1))
        return next((self.at[place] for place in places if place in self.at), self.name)


def find(folder: str | Path) -> Path | None:
    """The plan in an agency's folder, if there is one."""
    return next((file for name in NAMES if (file := Path(folder) / name).is_file()), None)


def read(
    path: str | Path,
    described: AgencyFile | None = None,
    people: Roster | None = None,
    steps: Steps | None = None,
) -> OpenedPlan:
    """Read a plan from plan.yaml or plan.xlsx, or from the folder that holds one; roster and steps beside it are read, too.

    What was read already (agency.yaml, the roster, the steps of the year) may be handed in and is not read again.
    """
    file = Path(path)
    opened = read_alone(file)
    if opened.plan is None:
        return opened
    return beside_roster(opened, file if file.is_dir() else file.parent, described, people, steps)


def beside_roster(
    opened: OpenedPlan,
    folder: Path,
    described: AgencyFile | None,
    people: Roster | None,
    steps: Steps | None = None,
) -> OpenedPlan:
    """The plan with the people and periods of the agency's folder, where there is a roster, and the steps of the year."""
    if not any((folder / f"roster.{kind}").is_file() for kind in ("csv", "xlsx")):
        return opened
    agency = (described or agency_file.read(folder)).agency
    periods = {plan.id: plan.appraisal_period for plan in agency.plans} if agency else {}
    found = roster.read(folder) if people is None else people
    known = {person.person_id for person in found.people if person.person_id}
    steps = ledger.read(folder, known, [], []) if steps is None else steps
    notes = (*opened.notes, *found.notes)
    return replace(opened, people=tuple(found.people), periods=periods, steps=steps, notes=notes)


def text(plan: ExecutivePlan) -> str:
    """The plan as the text of a plan.yaml; read again it is the same plan."""
    tree = plan.model_dump(by_alias=True, exclude_defaults=True)
    for element in tree["elements"]:
        if "weight" in element:
            element["weight"] = Decimal(element["weight"])
    return strict_yaml.dump(tree)


def read_alone(file: Path) -> OpenedPlan:
    """A plan as its file alone has it, or that of a folder; refused where no rule covers its period."""
    opened = _in_its_file(file)
    if opened.plan is None:
        return opened
    try:
        figure("appraisal.period.minimum_days", opened.plan.period.first)
    except FactError as refused:
        column = f"period ({opened.where('period', 'from')})"
        said, fix = str(refused).rstrip("."), "Correct the first day of the period."
        problem = Problem(None, column, str(opened.plan.period.first), said, fix, file=opened.name, named=True)
        return replace(opened, plan=None, problems=(problem,))
    return opened


def _in_its_file(file: Path) -> OpenedPlan:
    """A plan as its file has it, or that of a folder."""
    if file.is_dir():
        found = find(file)
        if found is None:
            fix = _NONE
            return OpenedPlan(None, (Problem(None, None, "", "is not there", fix, file="plan.yaml"),), "plan.yaml")
        file = found
    if file.suffix.lower() == ".xlsx":
        return _workbook(file)
    made = checked_yaml.read(file, ExecutivePlan, place="the agency's folder", example="executive, period and elements")
    return OpenedPlan(made.record, made.problems, file.name, {path: f"line {line}" for path, line in made.at.items()})


def _workbook(file: Path) -> OpenedPlan:
    notes: list[str] = []
    try:
        about = _sheet(file, "plan", notes)
        elements = _sheet(file, "elements", notes)
        requirements = _sheet(file, "requirements", notes)
    except Refusal as refusal:
        return OpenedPlan(None, (Problem(None, None, "", refusal.reason, refusal.fix, file=file.name),), file.name)
    at: dict[Place, str] = {}
    problems: list[Problem] = []
    for sheet, cells in (("Plan", about), ("Elements", elements), ("Requirements", requirements)):
        for number, row in enumerate(cells, 1):
            if has_ssn("\n".join(row)):
                reason = "looks like a Social Security number, which must never be in a plan"
                problems.append(Problem(number, sheet, "", reason, "Remove it.", file=file.name))
    tree = _about(about, at)
    listed: list[dict[str, Any]] = []
    for number, record in _records(elements, ELEMENT):
        at["elements", len(listed)] = f"sheet Elements, row {number}"
        listed.append({**record, "requirements": []})
    by_name = {str(record.get("name", "")).strip().lower(): place for place, record in enumerate(listed)}
    for number, record in _records(requirements, (("element", "Element"), *REQUIREMENT)):
        element = str(record.pop("element", ""))
        owner = by_name.get(element.strip().lower())
        if owner is None:
            reason = "is not an element on the sheet Elements"
            problems.append(
                Problem(number, "Element", shown(element), reason, "Choose one from the list.", file=file.name)
            )
            continue
        at["elements", owner, "requirements", len(listed[owner]["requirements"])] = f"sheet Requirements, row {number}"
        listed[owner]["requirements"].append(record)
    if problems:
        return OpenedPlan(None, tuple(problems), file.name, at)
    try:
        plan = ExecutivePlan.model_validate({**tree, "elements": listed})
        return OpenedPlan(plan, (), file.name, at, notes=tuple(notes))
    except (ValidationError, FactError) as failure:
        return OpenedPlan(None, tuple(_problems(failure, file.name, at)), file.name, at)


def _sheet(file: Path, name: str, notes: list[str]) -> list[list[str]]:
    """The rows of one of the plan's three sheets; which one was read goes without saying."""
    found: list[str] = []
    cells = list(rows(file, found, sheet=name))
    notes += [f"{file.name}: {note}" for note in found if "was read." not in note]
    return cells


def _about(cells: list[list[str]], at: dict[Place, str]) -> dict[str, Any]:
    """The sheet Plan: a name in column A, its value in column B."""
    keys = {label.lower(): key for key, label in ABOUT}
    tree: dict[str, Any] = {"period": {}}
    for number, row in enumerate(cells, 1):
        label, value = ([*row, "", ""])[:2]
        key = keys.get(american(label.strip().lower()))
        if key and value.strip():
            owner = tree["period"] if key in ("from", "to") else tree
            owner[key] = value.strip()
            at[("period", key) if key in ("from", "to") else (key,)] = f"sheet Plan, row {number}"
    return tree


def _records(cells: list[list[str]], columns: Words) -> list[tuple[int, dict[str, Any]]]:
    """The rows below the header that holds the columns' names; a cell left blank is written down as missing."""
    labels = {label.lower(): key for key, label in columns}
    header: list[str | None] = []
    found = []
    for number, row in enumerate(cells, 1):
        if not header:
            named = [labels.get(cell.strip().lower()) for cell in row]
            header = named if len([name for name in named if name]) > 1 else []
        elif any(cell.strip() for cell in row):
            record = {key: text.strip() for key, text in zip(header, row, strict=False) if key}
            found.append((number, {key: text for key, text in record.items() if text or key in _MAY_BE_EMPTY}))
    return found


_MAY_BE_EMPTY = {"text", "standard", "measure", "target", "data_source", "goal", "document", "page", "element"}


def _problems(failure: ValidationError | FactError, name: str, at: Mapping[Place, str]) -> list[Problem]:
    if isinstance(failure, FactError):
        return [Problem(None, None, "", str(failure), "Correct the entry.", file=name)]
    found = []
    for error in failure.errors():
        path = tuple(error["loc"])
        place = next((at[path[:n]] for n in range(len(path), 0, -1) if path[:n] in at), None)
        said = error["msg"][0].lower() + error["msg"][1:]
        column = ", ".join(part for part in (place, str(path[-1]).replace("_", " ")) if part)
        value = shown(error["input"]) if isinstance(error["input"], str | int) else ""
        found.append(Problem(None, column, value, said.removeprefix("value error, "), "Correct the entry.", file=name))
    return found
