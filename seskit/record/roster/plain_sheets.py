"""The cells of a sheet as plain texts, and what cannot be used in it or a person would not see."""

from __future__ import annotations

from dataclasses import dataclass

from seskit.formats.cell_names import letters
from seskit.law.facts import Unreadable
from seskit.record.roster.cells import Cell, as_shown, settled
from seskit.record.roster.marks import asked
from seskit.record.roster.workbook import SheetCells


@dataclass(frozen=True)
class CellFault:
    """Where in a sheet something is wrong, why, and what to do; without a column it is a row."""

    row: int
    column: str
    reason: str
    fix: str

    @property
    def place(self) -> str:
        """The cell or the row."""
        return f"cell {self.column}{self.row}" if self.column else f"row {self.row}"


def plain(sheet: SheetCells) -> tuple[list[list[str]], list[CellFault]]:
    """The texts of a sheet, blank where a cell cannot be used: numbers as held, with the leading zeros that are shown."""
    faults: list[CellFault] = []
    table = []
    for number, cells in enumerate(sheet.rows, 1):
        row = []
        for place, cell in enumerate(cells):
            try:
                value = settled(cell, str, free=True)[0] or ""
            except Unreadable as failure:
                faults.append(CellFault(number, letters(place), failure.reason, failure.advice("Type the value anew.")))
                value = ""
            row.append((as_shown(cell) if isinstance(cell, Cell) and not cell.fault else str(value)).strip())
        table.append(row)
    named = {place: letters(place) for place in range(max(map(len, table), default=0))}
    held = {number: dict(zip(named.values(), row, strict=False)) for number, row in enumerate(table, 1) if any(row)}
    marked = asked(sheet.marks, named, held, "")
    faults += [CellFault(one.row or 0, one.column or "", one.reason, one.fix) for one in marked]
    return table, faults
