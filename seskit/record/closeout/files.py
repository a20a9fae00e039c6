"""The files of a closeout: the days of certification and the weights of the plan, and the element levels of each executive.

Both may be left out: `closeout.yaml`, and `element_levels.csv` or `.xlsx` with the levels in the plan's order.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, NamedTuple

from seskit.law import facts
from seskit.law.facts import Day, Percent, YesNo
from seskit.record import checked_yaml
from seskit.record.appraisal.year_record.files import CYCLE, CycleFile, read_cycle
from seskit.record.checked_yaml import Strict
from seskit.record.problem import Problem
from seskit.record.roster.columns import Column
from seskit.record.roster.kinds import Kind, Sheet
from seskit.record.roster.reader import fill

SETTINGS, LEVELS = "closeout.yaml", "element_levels"
#: At most so many elements have a column.
_MOST = 8


class Settings(Strict):
    """The days on which certification begins or ends in each state, the plan in use and its usual weights."""

    plan: Literal["basic-2012", "basic-2025"] | None = None
    weights: tuple[Percent, ...] = ()
    lost_on: Day | None = None
    notice_on: Day | None = None
    suspended_on: Day | None = None
    certified_on: Day | None = None
    ceiling_waived: YesNo | None = None


class ElementLevels(NamedTuple):
    """The element levels of one executive in the plan's order, and the weights where they are the executive's own."""

    row: int
    person_id: str | None
    levels: tuple[int | None, ...]
    weights: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class CloseoutFiles:
    """What the files hold, and what is wrong with them."""

    settings: Settings
    elements: tuple[ElementLevels, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def _columns() -> dict[str, Column]:
    made = [
        Column("person_id", str, "The agency's own number for the person, as in the roster.", "Give the roster's number.",
               required=True, needed_in_header=True, text=True),
    ]  # fmt: skip
    for number in range(1, _MOST + 1):
        made.append(
            Column(f"level_{number}", facts.rating_level, f"Level of element {number}.", "Write a level, 1 to 5.")
        )
    for number in range(1, _MOST + 1):
        fix = "Write the percent as a number."
        made.append(Column(f"weight_{number}", facts.percent, f"Weight of element {number}, percent.", fix))
    return {column.name: column for column in made}


def _made(cells: Any) -> ElementLevels:
    row, person_id, *values = cells
    return ElementLevels(row, person_id, tuple(values[:_MOST]), tuple(values[_MOST:]))


COLUMNS: dict[str, Column] = _columns()
_KIND: Kind[ElementLevels] = Kind(LEVELS, COLUMNS, _made)


def read(folder: str | Path, cycle: CycleFile | None) -> CloseoutFiles:
    """Read both files of an agency's folder; what is not there is left at its usual.

    What `appraisal.yaml` says may be handed in, and is not read again.
    """
    place = Path(folder)
    settings, problems = Settings(), []
    if (place / SETTINGS).is_file():
        found = checked_yaml.read(place / SETTINGS, Settings, place="the agency's folder", example="weights")
        settings, problems = found.record or settings, list(found.problems)
    waived = settings.ceiling_waived
    if waived is None:
        if cycle is None and (place / CYCLE).is_file():
            cycle = read_cycle(place).record
        waived = cycle.ceiling_waived if cycle else None
    sheet: Sheet[ElementLevels] = Sheet(file=LEVELS)
    if any((place / f"{LEVELS}.{kind}").is_file() for kind in ("csv", "xlsx")):
        fill(sheet, place, _KIND)
    settings = settings.model_copy(update={"ceiling_waived": bool(waived)})
    return CloseoutFiles(settings, tuple(sheet.people), (*problems, *sheet.problems), tuple(sheet.notes))
