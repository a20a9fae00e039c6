"""A file being filled in: every act is checked at once, can be undone, and nothing is written before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from functools import cached_property
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.law.facts import FactError
from seskit.record.forms import grid as grids
from seskit.record.forms import people, stored
from seskit.record.forms.grid import Grid, GridFault, GridRecord, Row
from seskit.record.forms.layout import NAME, OWNER, DeclaredFile, SheetOfEntries
from seskit.record.forms.people import PERSON
from seskit.record.forms.stored import SavedFile


class Draft:
    """The rows of one file of a folder, to change."""

    def __init__(self, declared: DeclaredFile, folder: Path) -> None:
        """Begin with what the folder holds. Raises FactError where its file cannot be read."""
        self.declared, self.folder = declared, folder
        self._opened = stored.read(declared, folder)
        self.grid: Grid = deepcopy(self._opened.grid)
        self._before: list[tuple[str, Grid]] = []
        self._saved = deepcopy(self.grid)
        self._begun = ""
        if declared.of_person and not self.is_there:
            self.grid = grids.begun(declared, folder)
            listed = self.grid[declared.sheets[0].title]
            self._begun = people.begun(declared, len(listed)) if listed else ""

    @property
    def is_there(self) -> bool:
        """Whether the folder has the file already."""
        return self._opened.is_there

    @property
    def begun(self) -> str:
        """What a list that the folder does not have yet was begun with, until something is done to it."""
        return "" if self.is_there or self._before else self._begun

    @property
    def changed(self) -> bool:
        """Whether anything is not saved yet."""
        return self.grid != self._saved

    @cached_property
    def made(self) -> GridRecord:
        """What the rows come to now."""
        return grids.made(self.declared, self.grid)

    @property
    def faults(self) -> tuple[GridFault, ...]:
        """Everything that is wrong now."""
        return self.made.faults

    def fault(self, sheet: SheetOfEntries, row: int, column: str) -> GridFault | None:
        """What is wrong with one cell, its row counted from one."""
        wanted = (sheet.title, row, column)
        return next((one for one in self.faults if (one.sheet, one.row, one.column) == wanted), None)

    def rows(self, sheet: SheetOfEntries) -> list[Row]:
        """The rows of one sheet."""
        return self.grid[sheet.title]

    def named(self, sheet: SheetOfEntries) -> list[str]:
        """The names of the rows of a sheet, those that have one."""
        return [name for row in self.rows(sheet) if (name := row.get(sheet.named_by, "").strip())]

    def parent(self, column: str) -> SheetOfEntries | None:
        """The sheet whose rows a column names, where it says whose row it is."""
        way = tuple(column.removeprefix(OWNER).split("/"))
        found = (sheet for sheet in self.declared.sheets if sheet.way == way)
        return next(found, None) if column.startswith(OWNER) else None

    def set(self, sheet: SheetOfEntries, row: int, column: str, text: str) -> None:
        """Write one cell; rows that name the row by what it was called name it by its new name."""

        def act() -> None:
            held = self.rows(sheet)[row - 1]
            below = self._of(sheet, held) if column == sheet.named_by else []
            _put(held, column, text)
            for other in below:
                _put(other, _owner(sheet), text)

        self._do(f"{self._label(sheet, column)}, row {row}", act)

    def add(self, sheet: SheetOfEntries, **given: str) -> int:
        """Add a row; its number."""
        self._do(f"a {sheet.one} added", lambda: self.rows(sheet).append(dict(given)))
        return len(self.rows(sheet))

    def remove(self, sheet: SheetOfEntries, row: int) -> None:
        """Take a row out, with the rows that belong to it."""

        def act() -> None:
            gone = {id(one) for one in self._of(sheet, self.rows(sheet).pop(row - 1))}
            for other in self._below(sheet):
                self.grid[other.title] = [one for one in self.rows(other) if id(one) not in gone]

        self._do(f"{sheet.one} {row} removed", act)

    def same(self, sheet: SheetOfEntries, column: str, text: str, rows: Sequence[int]) -> int:
        """Write the same into a column of several rows; how many. Refuses what the column cannot hold."""
        self._readable(sheet, column, text)

        def act() -> None:
            for row in rows:
                _put(self.rows(sheet)[row - 1], column, text)

        self._do(f"{self._label(sheet, column)} of {number_of(len(rows), 'row')}", act)
        return len(rows)

    def paste(self, sheet: SheetOfEntries, column: str, text: str, rows: Sequence[int]) -> int:
        """Write a copied column into rows, one line to a row; or two copied columns, the first with the number of each
        person. How many were written. Raises FactError, and writes nothing, where lines and rows do not fit.
        """
        lines = text.splitlines()
        while len(lines) > len(rows) and not lines[-1].strip():
            lines.pop()
        pairs = [line.split("\t", 1) for line in lines if line.strip()]
        if pairs and all(len(pair) == 2 for pair in pairs):
            found = self._by_name(sheet, {name.strip().lower(): value.strip() for name, value in pairs}, rows)
        elif len(lines) == len(rows):
            found = dict(zip(rows, (line.strip() for line in lines), strict=True))
        else:
            raise FactError(
                f"{number_of(len(lines), 'line')} pasted, {number_of(len(rows), 'row')} shown. Paste a line for each row, or two "
                "columns: the number of each person, and the value."
            )
        for value in found.values():
            self._readable(sheet, column, value)

        def act() -> None:
            for row, value in found.items():
                _put(self.rows(sheet)[row - 1], column, value)

        self._do(f"{self._label(sheet, column)} of {number_of(len(found), 'row')}", act)
        return len(found)

    def for_each(self, sheet: SheetOfEntries, everyone: Collection[str], **given: str) -> int:
        """Add a row for each person who has none with these values, with what the roster says of them; how many were added."""
        there = {
            row.get(PERSON, "").strip() for row in self.rows(sheet) if all(row.get(k) == v for k, v in given.items())
        }
        lacking = [person for person in everyone if person not in there]
        known = people.rows(self.declared, self.folder) if lacking and self.declared.of_person else {}
        self._do(
            f"{number_of(len(lacking), 'row')} added",
            lambda: self.rows(sheet).extend(known.get(person, {}) | {PERSON: person, **given} for person in lacking),
        )
        return len(lacking)

    def take(self, held: Grid) -> None:
        """Take the rows of a filled-in workbook."""

        def act() -> None:
            self.grid = deepcopy(held)

        self._do("a workbook read", act)

    def undo(self) -> str:
        """Take the last act back; what it was."""
        if not self._before:
            raise FactError("There is nothing to undo.")
        what, self.grid = self._before.pop()
        self.__dict__.pop("made", None)
        return what

    def save(self) -> SavedFile:
        """Write the file and keep the former one beside it. Raises FactError while anything is wrong."""
        saved = stored.save(self._opened, self.folder, self.grid)
        self._opened = stored.read(self.declared, self.folder)
        self._saved = deepcopy(self.grid)
        return saved

    def workbook(self) -> bytes:
        """What is entered, as a workbook to fill in elsewhere."""
        from seskit.record.forms import book

        nothing = not self.is_there and self.grid == grids.empty(self.declared)
        return book.workbook(self.declared, grids.begun(self.declared, self.folder) if nothing else self.grid)

    def _do(self, what: str, act: Callable[[], None]) -> None:
        before = deepcopy(self.grid)
        act()
        if self.grid != before:
            self._before.append((what, before))
        self.__dict__.pop("made", None)

    def _below(self, sheet: SheetOfEntries) -> list[SheetOfEntries]:
        depth = len(sheet.way)
        return [one for one in self.declared.sheets if len(one.way) > depth and one.way[:depth] == sheet.way]

    def _of(self, sheet: SheetOfEntries, row: Row) -> list[Row]:
        """The rows that belong to a row; none to one without a name."""
        wanted = {one.name: _plain(row.get(one.name)) for one in sheet.owners if one.name != NAME}
        wanted[_owner(sheet)] = _plain(row.get(sheet.named_by))
        listed = [one for other in self._below(sheet) for one in self.rows(other)]
        return [
            one for one in listed if all(wanted.values()) and all(_plain(one.get(k)) == v for k, v in wanted.items())
        ]

    def _label(self, sheet: SheetOfEntries, column: str) -> str:
        return sheet.column(column).label

    def _readable(self, sheet: SheetOfEntries, column: str, text: str) -> None:
        entry = sheet.column(column)
        if text.strip():
            try:
                entry.value(text)
            except ValueError as failure:
                raise FactError(f"{entry.label}: '{text.strip()}' {failure}.") from None

    def _by_name(self, sheet: SheetOfEntries, values: dict[str, str], rows: Sequence[int]) -> dict[int, str]:
        at = {self.rows(sheet)[row - 1].get(sheet.named_by, "").strip().lower(): row for row in rows}
        unknown = [name for name in values if name not in at]
        if unknown:
            raise FactError(f"'{unknown[0]}' is not in any row shown ({len(unknown)} of {len(values)} lines).")
        return {at[name]: value for name, value in values.items()}


def _owner(sheet: SheetOfEntries) -> str:
    """The column by which rows of other sheets name a row of this one."""
    return f"{OWNER}{'/'.join(sheet.way)}"


def _plain(text: str | None) -> str:
    return (text or "").strip().lower()


def _put(row: Row, column: str, text: str) -> None:
    if text.strip():
        row[column] = text.strip()
    else:
        row.pop(column, None)
