"""What a file holds as texts in rows, sheet by sheet: the form between stored file, workbook and entries on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from seskit.formats.personal_data import kinds, reason
from seskit.formats.privacy import shown
from seskit.law.facts import Unreadable
from seskit.record.checked_yaml import refused
from seskit.record.forms import people
from seskit.record.forms.fields import Field, written
from seskit.record.forms.layout import NAME, DeclaredFile, SheetOfEntries

#: One row: the text of each column.
Row = dict[str, str]
#: The rows of every sheet, by its title.
Grid = dict[str, list[Row]]
_SHORTEST = 5
_PERSONAL = "Remove it; identify people by number only."


@dataclass(frozen=True)
class GridFault:
    """What is wrong with one cell: the sheet, the row counted from one (0: the sheet has none), the column, why, and what to do."""

    sheet: str
    row: int
    column: str
    value: str
    reason: str
    fix: str


@dataclass(frozen=True)
class GridRecord:
    """What a grid comes to: the record, its plain data, or the faults that stand in the way."""

    tree: dict[str, Any]
    record: BaseModel | None
    faults: tuple[GridFault, ...]


def empty(declared: DeclaredFile) -> Grid:
    """A grid with nothing in it."""
    return {sheet.title: [{}] if sheet.is_single else [] for sheet in declared.sheets}


def begun(declared: DeclaredFile, folder: Path) -> Grid:
    """The grid with which a file begins that the folder does not have: nothing, or the rows that others of its files ask for."""
    grid = empty(declared)
    if declared.begun:
        sheet = declared.sheets[0]
        rows = declared.begun(folder)
        grid[sheet.title] = [{name: sheet.column(name).text(value) for name, value in row.items()} for row in rows]
    elif declared.of_person:
        grid[declared.sheets[0].title] = list(people.rows(declared, folder).values())
    return grid


def of_record(declared: DeclaredFile, record: BaseModel) -> Grid:
    """The texts of a record; what has its usual value stays blank."""
    return of_tree(declared, record.model_dump(by_alias=True, exclude_defaults=True))


def of_tree(declared: DeclaredFile, tree: Mapping[str, Any]) -> Grid:
    """The texts of plain data, which may hold what no record can; see `places.has_each`."""
    grid = empty(declared)
    for sheet in declared.sheets:
        if sheet.is_single:
            grid[sheet.title] = [_texts(sheet, tree)]
        else:
            grid[sheet.title] = list(_rows(declared, sheet, tree, (), 0))
    return grid


def _rows(
    declared: DeclaredFile, sheet: SheetOfEntries, tree: Mapping[str, Any], owners: tuple[str, ...], depth: int
) -> Iterable[Row]:
    held = _at(tree, sheet.way[depth]) or ()
    listed = held.items() if isinstance(held, Mapping) else enumerate(held)
    for key, item in listed:
        if depth + 1 < len(sheet.way):
            parent = next(one for one in declared.sheets if one.way == sheet.way[: depth + 1])
            name = str(key) if parent.by_name else written(_at(item, parent.named_by) or "")
            yield from _rows(declared, sheet, item, (*owners, name), depth + 1)
        else:
            told = dict(zip((one.name for one in sheet.owners), owners, strict=False))
            yield told | ({NAME: str(key)} if sheet.by_name else {}) | _texts(sheet, item)


def _texts(sheet: SheetOfEntries, tree: Mapping[str, Any]) -> Row:
    found = ((entry.name, entry.text(_at(tree, entry.name))) for entry in sheet.fields)
    return {name: text for name, text in found if text}


def _at(tree: Any, name: str) -> Any:
    for step in name.split("."):
        tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree


@dataclass
class _Making:
    """The record being made of a grid."""

    declared: DeclaredFile
    tree: dict[str, Any] = field(default_factory=dict)
    faults: list[GridFault] = field(default_factory=list)
    #: Where each entry of the record stands in the grid.
    at: dict[tuple[Any, ...], tuple[str, int, str]] = field(default_factory=dict)
    #: The record of each row that others may belong to, by the names on the way to it.
    known: dict[tuple[str, ...], tuple[dict[str, Any], tuple[Any, ...]]] = field(default_factory=dict)

    def fault(self, sheet: SheetOfEntries, row: int, column: str, value: str, why: str, fix: str) -> None:
        self.faults.append(GridFault(sheet.title, row, column, shown(value), why, fix))


def made(declared: DeclaredFile, grid: Grid) -> GridRecord:
    """The record that a grid holds, every cell checked; or everything that is wrong with it."""
    making = _Making(declared)
    for sheet in declared.sheets:
        for number, row in enumerate(grid.get(sheet.title, []), 1):
            if sheet.is_single or any(text.strip() for text in row.values()):
                _row(making, sheet, number, row)
    if declared.model is None:
        return GridRecord(making.tree, None, tuple(making.faults))
    try:
        record = declared.model.model_validate(making.tree)
    except ValidationError as failure:
        _refused(making, failure, declared.model)
        return GridRecord(making.tree, None, _sorted(making))
    return GridRecord(making.tree, None if making.faults else record, _sorted(making))


def _sorted(making: _Making) -> tuple[GridFault, ...]:
    order = [sheet.title for sheet in making.declared.sheets]
    return tuple(sorted(making.faults, key=lambda one: (order.index(one.sheet), one.row)))


def _row(making: _Making, sheet: SheetOfEntries, number: int, row: Row) -> None:
    owner = _owner(making, sheet, number, row)
    if owner is None:
        return
    held, path, names = owner
    if _is_twice(making, sheet, number, row, names):
        return
    if not sheet.is_single:
        held, path = _placed(making, sheet, number, row, held, path)
    making.at[path] = (sheet.title, number, "")
    for entry in sheet.fields:
        text = row.get(entry.name, "").strip()
        inside = tuple(entry.name.split("."))
        making.at[(*path, *inside)] = (sheet.title, number, entry.name)
        if text:
            _cell(making, sheet, number, entry, text, held)
        elif entry.needed:
            making.fault(sheet, number, entry.name, "", "needed, and blank", entry.how)
    if not sheet.is_single:
        making.known.setdefault((*sheet.way, *names, _name(sheet, row).lower()), (held, path))


def _is_twice(making: _Making, sheet: SheetOfEntries, number: int, row: Row, names: tuple[str, ...]) -> bool:
    """Whether a row has the name of one above it, by which rows of other sheets belong to it: whose they are is not known."""
    name = _name(sheet, row)
    owns = any(other.way[:-1] == sheet.way for other in making.declared.sheets if other is not sheet)
    if sheet.is_single or not owns or not name or (*sheet.way, *names, name.lower()) not in making.known:
        return False
    making.fault(
        sheet,
        number,
        sheet.named_by,
        name,
        "appears twice",
        "Give each row its own, on the other sheets too.",
    )
    return True


def _name(sheet: SheetOfEntries, row: Row) -> str:
    return row.get(sheet.named_by, "").strip()


def _owner(
    making: _Making, sheet: SheetOfEntries, number: int, row: Row
) -> tuple[dict[str, Any], tuple[Any, ...], tuple[str, ...]] | None:
    """The record a row belongs to; a fault where there is none of that name."""
    wanted = [one for one in sheet.owners if one.name != NAME]
    names = tuple(row.get(one.name, "").strip().lower() for one in wanted)
    if not names:
        return making.tree, (), ()
    found = making.known.get((*sheet.way[:-1], *names))
    if found is None:
        value = row.get(wanted[-1].name, "").strip()
        why = "does not belong to any row above it" if value else "needed, and blank"
        making.fault(sheet, number, wanted[-1].name, value, why, "Choose one from the list.")
        return None
    return (*found, names)


def _placed(
    making: _Making, sheet: SheetOfEntries, number: int, row: Row, held: dict[str, Any], path: tuple[Any, ...]
) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """A new entry in the list or mapping that the sheet's rows are kept in."""
    *before, last = sheet.way[-1].split(".")
    for step in before:
        held = held.setdefault(step, {})
    one: dict[str, Any] = {}
    if sheet.by_name:
        name = row.get(NAME, "").strip()
        entries = held.setdefault(last, {})
        if not name or name in entries:
            why = "appears twice" if name else "needed, and blank"
            making.fault(sheet, number, NAME, name, why, "Give each row its own name.")
        entries[name] = one
        return one, (*path, *before, last, name)
    rows = held.setdefault(last, [])
    rows.append(one)
    return one, (*path, *before, last, len(rows) - 1)


def _cell(making: _Making, sheet: SheetOfEntries, number: int, entry: Field, text: str, held: dict[str, Any]) -> None:
    if len(text) > _SHORTEST and (found := kinds(text)):
        making.fault(sheet, number, entry.name, "", reason(found[0], "file"), _PERSONAL)
        return
    try:
        value = entry.value(text)
    except Unreadable as failure:
        making.fault(sheet, number, entry.name, text, failure.reason, failure.advice(entry.how))
        return
    *before, last = entry.name.split(".")
    for step in before:
        held = held.setdefault(step, {})
    held[last] = value


def _refused(making: _Making, failure: ValidationError, model: type[BaseModel]) -> None:
    there = {(one.sheet, one.row, one.column) for one in making.faults}
    for path, value, why, fix in refused(failure, model):
        if (lacking := _lacking(making.declared, path)) is not None:
            making.faults.append(GridFault(lacking.title, 0, "", "", "has no row yet", f"Add a {lacking.one}."))
            continue
        sheet, row, column = _place(making, path)
        if (sheet, row, column) in there:
            continue
        if not column and path and isinstance(path[-1], str) and column_of(making.declared, sheet, path[-1]):
            column = path[-1]
        making.faults.append(GridFault(sheet, row, column, value, why, fix))


def _lacking(declared: DeclaredFile, path: tuple[Any, ...]) -> SheetOfEntries | None:
    """The sheet of a list that must have a row and has none."""
    way = ".".join(step for step in path if isinstance(step, str))
    whole = not path or isinstance(path[-1], str)
    return next((sheet for sheet in declared.sheets if way and whole and ".".join(sheet.way) == way), None)


def _place(making: _Making, path: tuple[Any, ...]) -> tuple[str, int, str]:
    ways = (path[:length] for length in range(len(path), -1, -1))
    first = making.declared.sheets[0].title
    return next((making.at[way] for way in ways if way in making.at), (first, 1, ""))


def column_of(declared: DeclaredFile, sheet: str, name: str) -> Field | None:
    """The column of a sheet by its name, where there is one."""
    return next((entry for entry in declared.sheet(sheet).columns if entry.name == name), None)
