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
from seskit.formats.cell_names import letters
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
from seskit.record.roster import Person, Roster, workbook
from seskit.record.roster.plain_sheets import plain
from seskit.record.roster.refusal import Refusal

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
    problems: list[Problem] = []
    try:
        about, elements, requirements = _sheets(file, problems)
    except Refusal as refusal:
        return OpenedPlan(None, (Problem(None, None, "", refusal.reason, refusal.fix, file=file.name),), file.name)
    at: dict[Place, str] = {}
    tree = _about(about, at, file.name, problems)
    listed: list[dict[str, Any]] = []
    for number, record in _records(elements, ELEMENT, (file.name, "Elements"), problems):
        at["elements", len(listed)] = f"sheet Elements, row {number}"
        listed.append({**record, "requirements": []})
    by_name = {str(record.get("name", "")).strip().lower(): place for place, record in enumerate(listed)}
    columns = (("element", "Element"), *REQUIREMENT)
    for number, record in _records(requirements, columns, (file.name, "Requirements"), problems):
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
        return OpenedPlan(plan, (), file.name, at)
    except (ValidationError, FactError) as failure:
        return OpenedPlan(None, tuple(_problems(failure, file.name, at)), file.name, at)


def _sheets(file: Path, problems: list[Problem]) -> list[list[list[str]]]:
    """The plan's three sheets as texts; what cannot be used in them is a problem. Raises Refusal where one is not there."""
    found = {name.strip().lower(): cells for name, cells in workbook.sheets(file).items()}
    tables = []
    for name in ("Plan", "Elements", "Requirements"):
        if name.lower() not in found:
            raise Refusal(
                f"the sheet '{name}' is not there", "Name the sheets as in a blank plan, or copy them into one."
            )
        table, faults = plain(found[name.lower()])
        top = next((number for number, row in enumerate(table, 1) if any(one.lower() in _LABELS for one in row)), 1)
        for one in (fault for fault in faults if fault.row >= top):
            where = f"{name}, {one.place}" if one.column else name
            problems.append(Problem(one.row, where, "", one.reason, one.fix, file=file.name))
        for number, row in enumerate(table, 1):
            if has_ssn("\n".join(row)):
                reason = "looks like a Social Security number, which must never be in a plan"
                problems.append(Problem(number, name, "", reason, "Remove it.", file=file.name))
        tables.append(table)
    return tables


def _about(cells: list[list[str]], at: dict[Place, str], file: str, problems: list[Problem]) -> dict[str, Any]:
    """The sheet Plan: a name in column A, its value in column B."""
    keys = {label.lower(): key for key, label in ABOUT}
    tree: dict[str, Any] = {"period": {}}
    for number, row in enumerate(cells, 1):
        label, value = ([*row, "", ""])[:2]
        key = keys.get(american(label.lower()))
        owner = tree["period"] if key in ("from", "to") else tree
        if value and (not key or key in owner):
            reason = "appears twice" if key else "is not an entry of this sheet" if label else "an entry has no name"
            problems.append(Problem(number, "Plan", shown(label), reason, _BESIDE, file=file))
        elif key and value:
            owner[key] = value
            at[("period", key) if key in ("from", "to") else (key,)] = f"sheet Plan, row {number}"
    return tree


def _records(
    cells: list[list[str]], columns: Words, place: tuple[str, str], problems: list[Problem]
) -> list[tuple[int, dict[str, Any]]]:
    """The rows below the header that holds the columns' names; a cell left blank is written down as missing."""
    labels = {label.lower(): key for key, label in columns}
    header: list[str | None] = []
    found = []
    told: set[int] = set()
    for number, row in enumerate(cells, 1):
        if not header:
            named = [labels.get(cell.lower()) for cell in row]
            named = [name if name not in named[:at] else None for at, name in enumerate(named)]
            header = named if len([name for name in named if name]) > 1 else []
        elif any(row):
            for at in (at for at, text in enumerate(row) if text and not header[at] and at not in told):
                told.add(at)
                reason = f"column {letters(at)} has an entry, and its heading is none of this sheet or is there twice"
                fix = f"Columns are {', '.join(label for _, label in columns)}."
                problems.append(Problem(number, place[1], "", reason, fix, file=place[0]))
            record = {key: text for key, text in zip(header, row, strict=False) if key}
            found.append((number, {key: text for key, text in record.items() if text or key in _MAY_BE_EMPTY}))
    return found


#: The first row with one of these is where a sheet begins; what stands above it says what the sheet is.
_LABELS = {label.lower() for _, label in (*ABOUT, *ELEMENT, *REQUIREMENT)}
_BESIDE = "Write each value once, beside the name of its entry as in a blank plan."
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
