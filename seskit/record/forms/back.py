"""A filled-in workbook read back into a grid, every sheet and heading by its name; each fault with sheet and cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from seskit.formats import files
from seskit.formats.cell_names import letters
from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law import facts
from seskit.law.facts import FactError, Unreadable
from seskit.record.forms import grid as grids
from seskit.record.forms.book import HEAD, TOP
from seskit.record.forms.fields import Field
from seskit.record.forms.grid import Grid, GridFault, GridRecord
from seskit.record.forms.layout import DeclaredFile, SheetOfEntries
from seskit.record.problem import Problem
from seskit.record.roster import workbook
from seskit.record.roster.cells import UnusableCell, headings
from seskit.record.roster.columns import canonical
from seskit.record.roster.marks import Marks, asked
from seskit.record.roster.printed import orders
from seskit.record.roster.sheets import Refusal
from seskit.record.roster.sheets import rows as sheet_rows
from seskit.record.roster.workbook import SheetCells

_CSV = ".csv"
_MAKE = two_ways(
    "Make one with `seskit form write`, and fill that in.",
    "Make one with 'Make an Excel workbook of it', and fill that in.",
)
_TAKE = "Take a new workbook and copy the entries over."
_BESIDE = "Write it beside the name of its entry. "


@dataclass(frozen=True)
class Back:
    """What a workbook holds: its rows, what they come to, and the row of each in its sheet."""

    declared: DeclaredFile
    name: str
    grid: Grid
    made: GridRecord
    rows: Mapping[str, tuple[int, ...]]
    problems: tuple[Problem, ...]
    #: Those of them that the workbook shows and its entries do not: what stands in no entry, or cannot be read as any.
    of_workbook: tuple[Problem, ...] = ()


def read(declared: DeclaredFile, source: Path | bytes, name: str = "") -> Back:
    """Read a workbook; every problem in one pass. Raises FactError where it is not a workbook of this file."""
    name = name or (source.name if isinstance(source, Path) else declared.book)
    try:
        tables = _csv(declared, source) if _is_csv(declared, name) else workbook.sheets(source)
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
        found = single(sheet, table, name, problems) if sheet.is_single else listed(sheet, table, name, problems)
        held[sheet.title], rows[sheet.title] = (
            [row for _, row in found] or held[sheet.title],
            tuple(n for n, _ in found),
        )
    made = grids.made(declared, held)
    told = {(one.row, one.column) for one in problems} | {(None, one.column) for one in problems}
    faults = (_problem(declared, name, rows, fault) for fault in made.faults)
    further = tuple(one for one in faults if (one.row, one.column) not in told)
    return Back(declared, name, held, made, rows, (*problems, *further), tuple(problems))


def kinds(declared: DeclaredFile) -> tuple[str, ...]:
    """The endings of the files that can be brought: a list may come as CSV as well."""
    return (".xlsx", _CSV) if declared.is_list else (".xlsx",)


def _is_csv(declared: DeclaredFile, name: str) -> bool:
    return name.lower().endswith(_CSV) and _CSV in kinds(declared)


def _csv(declared: DeclaredFile, source: Path | bytes) -> dict[str, SheetCells]:
    """The one sheet of a list that came as CSV."""
    content = source if isinstance(source, bytes) else source.read_bytes()
    with TemporaryDirectory() as place:
        file = files.private(Path(place) / f"{declared.stem}{_CSV}", content)
        rows = [list(row) for row in sheet_rows(file, [], sheet=declared.stem)]
        return {declared.sheets[0].title: SheetCells(rows, Marks(of_people=False))}


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


def single(
    sheet: SheetOfEntries, table: SheetCells, name: str, problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    """What is said once: each entry beside its label, below the row that says where both stand."""
    labels = {_plain(entry.label): entry for entry in sheet.fields}
    at = next((row.index(HEAD[0]) for row in table.rows if HEAD[0] in row), 0)
    told = _SheetTold(sheet, name, problems)
    row: dict[str, str] = {}
    for number, cells in enumerate(table.rows, 1):
        label, value = ([*headings(cells[at : at + 1]), "", ""][0].strip(), [*cells, *[""] * (at + 2)][at + 1])
        entry = labels.get(_plain(label))
        if not value.strip() or (label, str(value)) == HEAD[:2]:
            continue
        if entry is None:
            told(
                number,
                "",
                label,
                "is not an entry of this sheet" if label else "an entry has no name",
                f"{_BESIDE}{_TAKE}",
            )
        elif entry.name in row:
            told(number, entry.label, "", "appears twice", "Keep one of the two.")
        elif text := told.text(number, entry, value):
            row[entry.name] = text
    told.marked(table.marks, {at + 1: HEAD[1]})
    return [(1, row)]


def listed(
    sheet: SheetOfEntries, table: SheetCells, name: str, problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a list below its headings, each with its number."""
    labels = {_plain(entry.label): entry for entry in sheet.columns}
    labels |= {canonical(entry.name): entry for entry in sheet.columns}
    rows = table.rows
    top = max(range(min(len(rows), TOP + 3)), key=lambda at: _known(rows[at], labels), default=0)
    if not rows or not _known(rows[top], labels):
        raise FactError(f"{name}, sheet {sheet.title}: no headings were found. {_TAKE}")
    told = _SheetTold(sheet, name, problems)
    header: list[Field | None] = []
    for cell in headings(rows[top]):
        entry = labels.get(_plain(cell))
        if entry is not None and entry in header:
            told(top + 1, entry.label, "", "appears twice in the headings", "Keep one of the two columns.")
            entry = None
        elif entry is None and cell.strip():
            fix = f"Its columns are {', '.join(one.label for one in sheet.columns)}."
            told(top + 1, "", cell.strip(), "is not a column of this sheet", fix)
        header.append(entry)
    found = []
    unheaded: set[int] = set()
    for number, cells in enumerate(rows[top + 1 :], top + 2):
        pairs = [(entry, told.text(number, entry, cell)) for entry, cell in zip(header, cells, strict=False) if entry]
        for place, cell in enumerate(cells):
            if cell.strip() and place not in unheaded and (place >= len(header) or not rows[top][place].strip()):
                unheaded.add(place)
                told(
                    number,
                    f"column {letters(place)}",
                    "",
                    "has an entry, and no heading",
                    "Write its heading, or delete the entry.",
                )
        if any(text for _, text in pairs):
            found.append((number, {entry.name: text for entry, text in pairs if text}))
    told.marked(table.marks, {place: entry.label for place, entry in enumerate(header) if entry})
    return found


class _SheetTold:
    """What is told of the cells of one sheet, and what those hold that can be read."""

    def __init__(self, sheet: SheetOfEntries, name: str, problems: list[Problem]) -> None:
        self._sheet, self._name, self._problems = sheet, name, problems
        self._held: dict[int, dict[str, str]] = {}
        self._days: dict[str, list[str]] = {}

    def __call__(
        self, row: int, label: str, value: str, reason: str, fix: str, severity: Literal["error", "warning"] = "error"
    ) -> None:
        column = f"{self._sheet.title}: {label}" if label else self._sheet.title
        self._problems.append(Problem(row, column, shown(value), reason, fix, severity, self._name))

    def text(self, row: int, entry: Field, cell: str) -> str:
        """The text of a cell; nothing where it cannot be used, which is told."""
        try:
            text, caution = entry.of_cell(cell)
        except UnusableCell as failure:
            self(row, entry.label, "", failure.reason, failure.advice(entry.how))
            return ""
        if caution:
            self(row, entry.label, str(cell), caution, "Look at the cell, and correct it where it is wrong.", "warning")
        if text:
            place = HEAD[1] if self._sheet.is_single else entry.label
            self._held.setdefault(row, {})[place] = text
            if entry.kind == "day" and entry.shape == "one":
                self._days.setdefault(entry.label, []).append(str(cell))
        return text

    def marked(self, marks: Marks, named: Mapping[int, str]) -> None:
        """Tell of rows that are hidden or struck through, of merged cells, and of days in two orders."""
        found = list(asked(marks, named, self._held, self._name))
        for label, days in self._days.items():
            bad = [one for one in days if not _is_day(one)]
            found += orders.in_question(label, days, bad, self._name, of_workbook=not self._name.lower().endswith(_CSV))
        title = self._sheet.title
        self._problems += [replace(one, column=f"{title}: {one.column}" if one.column else title) for one in found]


def _is_day(text: str) -> bool:
    try:
        facts.day(text)
    except Unreadable:
        return False
    return True


def _known(cells: Sequence[str], labels: Mapping[str, Field]) -> int:
    return sum(_plain(cell) in labels for cell in headings(cells) if cell not in HEAD)


def _plain(cell: str) -> str:
    return canonical(cell.replace("(", " ").replace(")", " ").strip())


def _problem(declared: DeclaredFile, name: str, rows: Mapping[str, tuple[int, ...]], fault: GridFault) -> Problem:
    sheet = declared.sheet(fault.sheet)
    entry = grids.column_of(declared, fault.sheet, fault.column) if fault.column else None
    listed = rows.get(fault.sheet, ())
    row = None if sheet.is_single or not 0 < fault.row <= len(listed) else listed[fault.row - 1]
    column = f"{sheet.title}: {entry.label}" if entry else sheet.title
    return Problem(row, column, fault.value, fault.reason, fault.fix, file=name)
