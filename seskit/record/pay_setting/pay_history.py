"""The pay actions of earlier years as an agency keeps them beside its pay worksheet: `pay_history.csv`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, get_args

from seskit.formats.privacy import shown
from seskit.law import facts
from seskit.law.pay_setting import clock
from seskit.law.pay_setting.clock import Action, ActionKind
from seskit.record.pay_setting.worksheet.reading import Worksheet
from seskit.record.problem import Problem
from seskit.record.roster.columns import Column, read_choice
from seskit.record.roster.kinds import Kind, Sheet
from seskit.record.roster.reader import fill

FILE = "pay_history"
KINDS: tuple[str, ...] = get_args(ActionKind)


class _Event(NamedTuple):
    row: int
    person_id: str | None
    effective: date | None
    kind: Any
    rate_changed: bool | None


COLUMNS: dict[str, Column] = {
    column.name: column
    for column in (
        Column("person_id", str, "The agency's own number for the person.", "Give the number that the roster has.",
               required=True, needed_in_header=True, text=True),
        Column("effective", facts.day, "Day the pay action took effect.", "Write the date as year-month-day.",
               required=True, needed_in_header=True),
        Column("kind", read_choice("a pay action", KINDS), "Kind of pay action.", f"Write one of {', '.join(KINDS)}.",
               required=True, needed_in_header=True, choices=KINDS),
        Column("rate_changed", facts.yes_no, "For a transfer: whether the rate changed.", "Write yes or no.", choices=("yes", "no")),
    )
}  # fmt: skip
_KIND = Kind(FILE, COLUMNS, _Event._make, one_row_each=False)


@dataclass(frozen=True)
class PayHistory:
    """The pay actions of an agency's people, and what is wrong with their file."""

    actions: dict[str, list[Action]]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read(folder: str | Path, worksheet: Worksheet) -> PayHistory:
    """Read `pay_history.csv` or `.xlsx` of an agency, where there is one."""
    place = Path(folder)
    if not any((place / f"{FILE}.{ending}").is_file() for ending in ("csv", "xlsx")):
        return PayHistory({})
    sheet: Sheet[_Event] = Sheet(file=FILE)
    fill(sheet, place, _KIND)
    known = {row.person_id: row for row in worksheet.rows}
    actions: dict[str, list[Action]] = defaultdict(list)
    problems = list(sheet.problems)
    for event in sheet.people:
        if event.person_id is None or event.effective is None or event.kind is None:
            continue
        if event.person_id not in known:
            reason, fix = "is not in the pay worksheet", "Correct the number, or remove the row."
            problems.append(Problem(event.row, "person_id", shown(event.person_id), reason, fix, file=FILE))
        action = Action(effective=event.effective, kind=event.kind, rate_changed=event.rate_changed)
        if not clock.is_known(action):
            reason = f"is not a pay action under the rules of {event.effective}"
            fix = "Correct the day, or give a kind that existed under the regulation then in force."
            problems.append(Problem(event.row, "kind", shown(event.kind), reason, fix, file=FILE))
            continue
        actions[event.person_id].append(action)
    for person_id, theirs in actions.items():
        row, last = known.get(person_id), clock.last_counted(theirs)
        if row and last and row.last_adjusted not in (None, last):
            reason = f"is {row.last_adjusted}, but the pay history says {last}"
            problems.append(
                Problem(row.row, "last_adjusted", "", reason, "Correct the one that is wrong.", "warning", file="pay")
            )
    return PayHistory(dict(actions), tuple(problems), tuple(sheet.notes))
