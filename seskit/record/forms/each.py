"""A form of many files: each entry of its one list is stored as a file of its own in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seskit.formats import files
from seskit.formats.characters import file_name
from seskit.law.facts import FactError
from seskit.record import checked_yaml
from seskit.record.appraisal.plan_document import plans
from seskit.record.appraisal.plan_document.record import ExecutivePlan
from seskit.record.forms import grid as grids
from seskit.record.forms.grid import Grid
from seskit.record.forms.layout import DeclaredFile


def seen(folder: Path) -> str:
    """What the files hold, to notice a change by another program."""
    return " ".join(f"{path.name}:{files.digest(path)}" for path in plans.listed(folder))


def read(declared: DeclaredFile, folder: Path) -> Grid:
    """The rows of all files; nothing where there is none. Raises FactError where one cannot be read."""
    found = []
    for path in plans.listed(folder):
        one = checked_yaml.read(
            path, ExecutivePlan, place=f"the folder {plans.FOLDER}", example="executive and elements"
        )
        if one.record is None:
            raise FactError(f"{one.problems[0]} Correct {path.name} first.")
        found.append(one.record)
    if not found:
        return grids.empty(declared)
    record = plans.Plans.model_construct(plans=tuple(found))
    held = grids.of_record(declared, record)
    if grids.made(declared, held).record != record:
        raise FactError(
            f"Two files in {plans.FOLDER} are for the same executive, or two elements of a plan have the same name."
        )
    return held


def contents(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each file by its name, with its plain data."""
    names: dict[str, str] = {}
    for one in tree[plans.FOLDER]:
        name = f"{file_name(one['executive'])}.yaml"
        if name in names:
            raise FactError(
                f"The numbers {names[name]} and {one['executive']} would give the same file name. Change one of them."
            )
        names[name] = one["executive"]
        yield name, one
