"""Each kind of YAML file an agency may have, with what reads it: the tests of their edges and `make fuzz` share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from seskit.batch import plan as batch_plan
from seskit.record import agency, checked_yaml
from seskit.record.appraisal.plan_document import files as plan_files
from seskit.record.appraisal.year_record.files import CycleFile
from seskit.record.certification import evidence_index
from seskit.record.pay_setting.worksheet.reading import Terms
from seskit.record.problem import Problem
from seskit.record.staffing import records


def _record(name: str, model: Any) -> Callable[[Path], Sequence[Problem]]:
    return lambda folder: checked_yaml.read(folder / name, model, place="the folder", example="entries").problems


#: What a folder's file of each kind is found wrong for.
KINDS: dict[str, Callable[[Path], Sequence[Problem]]] = {
    "agency.yaml": lambda folder: agency.read(folder).problems,
    "pay.yaml": _record("pay.yaml", Terms),
    "certification.yaml": lambda folder: evidence_index.read(folder).problems,
    "appraisal.yaml": _record("appraisal.yaml", CycleFile),
    "plan.yaml": lambda folder: plan_files.read(folder).problems,
    "vacancy.yaml": lambda folder: records.open_folder(folder).read.problems,
    "parameters.yaml": lambda folder: batch_plan._parameters(folder)[1],
}
