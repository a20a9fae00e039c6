"""A filled-in workbook read back into a grid, every sheet and heading by its name; each fault with sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from seskit.formats import files
from seskit.formats.two_ways import two_ways
from seskit.law.facts import FactError
from seskit.record.forms import grid as grids
from seskit.record.forms.book import HEAD, TOP
from seskit.record.forms.fields import Field, written
from seskit.record.forms.grid import Grid, GridFault, GridRecord
from seskit.record.forms.layout import DeclaredFile, SheetOfEntries
from seskit.record.problem import Problem
from seskit.record.roster import workbook
from seskit.record.roster.columns import canonical
from seskit.record.roster.sheets import Refusal
from seskit.record.roster.sheets import rows as sheet_rows

_CSV = ".csv"
_MAKE = two_ways(
    "Make one with `seskit form write`, and fill that in.",
    "Make one with 'Make an Excel workbook of it', and fill that in.",
)
_TAKE = "Take a new workbook and copy the entries over."


@dataclass(frozen=True)
class Back:
    """What a workbook holds: its rows, what they come to, and the row of each in its sheet."""

    declared: DeclaredFile
    name: str
    grid: Grid
    made: GridRecord
    rows: Mapping[str, tuple[int, ...]]
    problems: tuple[Problem, ...]


def read(declared: DeclaredFile, source: Path | bytes, name: str = "") -> Back:
    """Read a workbook; every problem in one pass. Raises FactError where it is not a workbook of this file."""
    name = name or (source.name if isinstance(source, Path) else declared.book)
    try:
        tables = _csv(declared, source) if _is_csv(declared, name) else workbook.tables(source)
    except Refusal as refusal:
        raise FactError(f"{name}: {refusal.reason}. {refusal.fix}") from None
    by_title = {title.strip().lower(): table for title, table in tables.items()}
    if declared.is_list and len(tables) == 1:
        by_title = {declared.sheets[0].title.lower(): table for table in tables.values()}
    held, rows = grids.empty(declared), {}
    problems: list[Problem] = []
    for sheet in declared.sheets:
        table = by_title.get(sheet.title.lower())
        if table is None:
            raise FactError(f"{name}: the sheet '{sheet.title}' is not there. {_TAKE}")
        found = _single(sheet, table) if sheet.is_single else _listed(sheet, table, name, problems)
        held[sheet.title], rows[sheet.title] = (
            [row for _, row in found] or held[sheet.title],
            tuple(n for n, _ in found),
        )
    made = grids.made(declared, held)
    problems += [_problem(declared, name, rows, fault) for fault in made.faults]
    return Back(declared, name, held, made, rows, tuple(problems))


def kinds(declared: DeclaredFile) -> tuple[str, ...]:
    """The endings of the files that can be brought: a list may come as CSV as well."""
    return (".xlsx", _CSV) if declared.is_list else (".xlsx",)


def _is_csv(declared: DeclaredFile, name: str) -> bool:
    return name.lower().endswith(_CSV) and _CSV in kinds(declared)


def _csv(declared: DeclaredFile, source: Path | bytes) -> dict[str, list[list[Any]]]:
    """The one sheet of a list that came as CSV."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    with TemporaryDirectory() as place:
        file = files.private(Path(place) / f"{declared.stem}{_CSV}", content)
        return {declared.sheets[0].title: [list(row) for row in sheet_rows(file, [], sheet=declared.stem)]}


def which(source: Path | bytes, name: str, known: Mapping[str, DeclaredFile]) -> DeclaredFile:
    """The file that a workbook is of: the one whose sheets it has. Raises FactError where it is none of them."""
    try:
        titles = {title.strip().lower() for title in workbook.tables(source)}
    except Refusal as refusal:
        raise FactError(f"{name}: {refusal.reason}. {refusal.fix}") from None
    fits = [one for one in known.values() if {sheet.title.lower() for sheet in one.sheets} <= titles]
    if not fits:
        raise FactError(f"{name} is not a workbook of these forms. {_MAKE}")
    return max(fits, key=lambda one: len(one.sheets))


def _single(sheet: SheetOfEntries, table: list[list[Any]]) -> list[tuple[int, dict[str, str]]]:
    labels = {_plain(entry.label): entry for entry in sheet.fields}
    row = {}
    for cells in table:
        entry = labels.get(_plain(cells[0])) if cells else None
        if entry and len(cells) > 1 and (text := _text(entry, cells[1])):
            row[entry.name] = text
    return [(1, row)]


def _listed(
    sheet: SheetOfEntries, table: list[list[Any]], name: str, problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    labels = {_plain(entry.label): entry for entry in sheet.columns}
    labels |= {canonical(entry.name): entry for entry in sheet.columns}
    top = max(range(min(len(table), TOP + 3)), key=lambda at: _known(table[at], labels), default=0)
    if not table or not _known(table[top], labels):
        raise FactError(f"{name}, sheet {sheet.title}: no headings were found. {_TAKE}")
    header = [labels.get(_plain(cell)) for cell in table[top]]
    for cell, entry in zip(table[top], header, strict=True):
        if entry is None and str(cell).strip():
            fix = f"Its columns are {', '.join(one.label for one in sheet.columns)}."
            problems.append(
                Problem(
                    top + 1,
                    sheet.title,
                    str(cell),
                    "is not a column of this sheet",
                    fix,
                    file=name,
                    key="unknown column",
                )
            )
    found = []
    for number, cells in enumerate(table[top + 1 :], top + 2):
        pairs = [(entry, _text(entry, cell)) for entry, cell in zip(header, cells, strict=False) if entry]
        if any(text for _, text in pairs):
            found.append((number, {entry.name: text for entry, text in pairs if text}))
    return found


def _known(cells: list[Any], labels: Mapping[str, Field]) -> int:
    return sum(_plain(cell) in labels for cell in cells if cell not in HEAD)


def _plain(cell: Any) -> str:
    return canonical(str(cell).replace("(", " ").replace(")", " ").strip())


def _text(entry: Field, cell: Any) -> str:
    """A cell as its text: whole numbers without a point, days as year-month-day, yes or no."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    text = written(cell) if isinstance(cell, bool | date) else str(cell if cell is not None else "").strip()
    return entry.normal(text) if text else ""


def _problem(declared: DeclaredFile, name: str, rows: Mapping[str, tuple[int, ...]], fault: GridFault) -> Problem:
    sheet = declared.sheet(fault.sheet)
    entry = grids.column_of(declared, fault.sheet, fault.column) if fault.column else None
    listed = rows.get(fault.sheet, ())
    row = None if sheet.is_single or fault.row > len(listed) else listed[fault.row - 1]
    column = f"{sheet.title}: {entry.label}" if entry else sheet.title
    return Problem(row, column, fault.value, fault.reason, fault.fix, file=name)
