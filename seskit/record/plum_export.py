"""The columns of OPM's own public export of positions (PLUM), read to the same positions as the short table.

The export names incumbents. Their names, position titles, places and dates are never kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from seskit.formats.counts import number_of
from seskit.law.facts import FactError, suggestion

#: The columns that are read, by what they hold.
AGENCY, ORGANIZATION, STATUS = "AgencyName", "OrganizationName", "PositionStatus"
APPOINTMENT, PAY, PAY_PLAN = "AppointmentTypeDescription", "LevelGradePay", "PaymentPlanDescription"
COLUMNS = (AGENCY, ORGANIZATION, STATUS, APPOINTMENT, PAY, PAY_PLAN)
#: Columns that tell who holds a position.
NAMES = ("IncumbentFirstName", "IncumbentLastName")
SES = "ES"
_ENOUGH = 3


@dataclass
class Export:
    """The SES rows of the export as cells of the short table, and what was left out."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    other_plans: Counter[str] = field(default_factory=Counter)
    names: int = 0
    unused: tuple[str, ...] = ()

    @property
    def notes(self) -> list[str]:
        """What was left out, in sentences."""
        said = []
        if self.names:
            said.append(f"The names of incumbents on {number_of(self.names, 'row')} were dropped; no file holds them.")
        if self.unused:
            said.append(f"Columns not carried over: {', '.join(self.unused)}.")
        if self.other_plans:
            total = sum(self.other_plans.values())
            plans = ", ".join(f"{plan or '(blank)'} {count:,}" for plan, count in self.other_plans.most_common())
            said.append(f"{number_of(total, 'row')} of another pay plan left out: {plans}.")
        return said


def is_export(header: Sequence[str]) -> bool:
    """Whether a first row is that of the export, even one that lacks a column."""
    return sum(column in header for column in COLUMNS) >= _ENOUGH


def read(file: str, header: Sequence[str], rows: Iterable[tuple[int, list[str]]]) -> Export:
    """The SES rows of the export. Refuses, with FactError, a header that lacks a column or has one twice."""
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise FactError(
            f"{file} is not OPM's export of positions: its first row lacks the column"
            f"{'s' if len(missing) > 1 else ''} {', '.join(missing)}.{suggestion(missing[0], list(header))}"
        )
    if twice := [column for column in (*COLUMNS, *NAMES) if header.count(column) > 1]:
        raise FactError(f"{file} has the column {twice[0]} twice; keep the one that is meant.")
    found = Export(unused=tuple(column for column in header if column and column not in (*COLUMNS, *NAMES)))
    for number, cells in rows:
        if len(cells) != len(header):
            raise FactError(f"{file}, row {number}, has {len(cells)} cells where its header has {len(header)}.")
        cell = {name: text.strip() for name, text in zip(header, cells, strict=True)}
        found.names += any(cell.get(name) for name in NAMES)
        if cell[PAY_PLAN].upper() != SES:
            found.other_plans[cell[PAY_PLAN]] += 1
            continue
        found.rows.append((number, _short(number, cell)))
    return found


def _short(number: int, cell: dict[str, str]) -> dict[str, str]:
    """A row as the short table has it; a number of its own is the row of the file."""
    pay = cell[PAY]
    return {
        "row_id": str(number),
        "agency": cell[AGENCY],
        "organization": cell[ORGANIZATION],
        "appointment_code": cell[APPOINTMENT].upper(),
        "position_status": cell[STATUS].lower(),
        "pay_as_exported": pay,
        "annual_basic_pay_usd": pay.replace("$", "").replace(",", "") if pay.startswith("$") else "",
    }
