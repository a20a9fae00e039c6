"""The plans of many executives: a file of each in the folder `plans`, so that one workbook can hold them all."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, model_validator

from seskit.record.appraisal.plan_document.record import ExecutivePlan
from seskit.record.checked_yaml import Strict, own_ids

FOLDER = "plans"
_KEPT = ".before"


class Plans(Strict):
    """The plans of an agency, one of each executive."""

    plans: tuple[ExecutivePlan, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _executives_differ(self) -> Plans:
        own_ids("plans", [plan.executive for plan in self.plans], "plan")
        return self


def listed(folder: str | Path) -> list[Path]:
    """The files of the plans in an agency's folder, or in its folder `plans` itself; those kept from before apart."""
    place = Path(folder)
    place = place if place.name == FOLDER else place / FOLDER
    return sorted(path for path in place.glob("*.yaml") if not any(part.startswith(_KEPT) for part in path.suffixes))
