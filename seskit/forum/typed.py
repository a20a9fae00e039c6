"""Tables that a facilitator typed: a CSV file as any spreadsheet saves it, or a workbook; each line with its number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seskit.law.facts import FactError
from seskit.record.roster import sheets
from seskit.record.roster.columns import canonical
from seskit.record.roster.marks import Marks
from seskit.record.roster.plain_sheets import plain
from seskit.record.roster.refusal import Refusal
from seskit.record.roster.workbook import SheetCells


def head(file: Path) -> list[str]:
    """The columns that the first line names."""
    try:
        return [canonical(cell.strip()) for cell in next(iter(sheets.rows(file, [], sheet=file.stem)), [])]
    except Refusal as refusal:
        raise FactError(f"{file.name}: {refusal}") from None


def lines(
    file: Path, header: Sequence[str], notes: list[str], more: Sequence[str] = ()
) -> list[tuple[int, dict[str, str]]]:
    """Every line below the header that is not blank, by column; what a person should know of the file is noted.

    `more` are columns that may follow the others.
    """
    said: list[str] = []
    marks = Marks(of_people=False)
    try:
        cells = list(sheets.rows(file, said, sheet=file.stem, marks=marks))
    except Refusal as refusal:
        raise FactError(f"{file.name}: {refusal}") from None
    (head, *rows), faults = plain(SheetCells(cells, marks))
    if faults:
        raise FactError("\n".join(f"{file.name}, {one.place}: {one.reason}. {one.fix}" for one in faults))
    named = [canonical(cell) for cell in head]
    if named not in [[*header, *more[:many]] for many in range(len(more) + 1)]:
        raise FactError(f"{file.name}: the first line names the columns: {','.join(header)}.")
    notes += [f"{file.name}: {note}" for note in said]
    blank = [""] * len(named)
    return [(number, dict(zip(named, [*row, *blank], strict=False))) for number, row in enumerate(rows, 2) if any(row)]
