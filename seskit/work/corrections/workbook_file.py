"""A workbook with some cells of one sheet changed: everything else in it stays as it is, part by part.

Only the changed cells are cut out of the sheet's XML and written anew under their own style. Colors, widths, notes,
lists of choices, other sheets, charts and macros are not touched, because nothing else is read and written again.
Cells that were merged over a changed one are taken apart, since it would not be seen below them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from xml.parsers import expat

from seskit.formats.cell_names import letters, place_of
from seskit.formats.counts import number_of
from seskit.formats.markup import xml
from seskit.law.facts import FactError
from seskit.record.roster import workbook
from seskit.record.roster.number_formats import Format

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
#: What holds the cells; lists to choose from and conditional formats behind it have formulas of their own.
_CELLS = "sheetData"
_DATES, _AMOUNTS = (
    ("rating_date", "action_date"),
    ("award", "basic_pay_fy_end", "basic_pay_period_end", "rating", "es_level"),
)


@dataclass
class _Cell:
    start: int
    end: int
    style: str
    formula: str | None = None
    shared: bool = False
    #: The number of the formula that it shares with others, and whether it is the one that holds it.
    group: str = ""
    holds: bool = False


@dataclass
class _SheetPlaces:
    """Where each row and cell is in the sheet's XML, by bytes."""

    cells: dict[tuple[int, int], _Cell] = field(default_factory=dict)
    #: The prefix that the sheet's own elements have, if any.
    prefix: str = ""
    #: Where the content of a row ends, and whether the row is written as one empty tag.
    rows: dict[int, tuple[int, int, bool]] = field(default_factory=dict)
    #: Each merged range with its place, and where the list of them begins, has its first tag behind it, and ends.
    merged: list[tuple[str, int, int]] = field(default_factory=list)
    merges: tuple[int, int, int] = (0, 0, 0)


def changed(file: Path, cells: Mapping[tuple[int, int], tuple[str, str]], sheet: str, used: set[int]) -> bytes:
    """The workbook's bytes with cells replaced: by row and position (from 0) the column's name and its new text.

    Raises FactError where a formula in one of the `used` positions would keep a value that no longer follows.
    """
    opened = workbook.opened(file, sheet)
    with zipfile.ZipFile(file) as archive:
        part = next(name for name in archive.namelist() if name.lstrip("/").lower() == opened.part.lower().lstrip("/"))
        content = archive.read(part)
        found = _mapped(content)
        _check_shared(found, set(cells))
        _check_formulas(found, set(cells), used)
        made = _spliced(content, found, cells, opened)
        drop = any(found.cells[place].formula is not None for place in cells if place in found.cells)
        return _packed(archive, part, made, drop_order=drop)


def _packed(archive: zipfile.ZipFile, part: str, made: bytes, *, drop_order: bool) -> bytes:
    """The archive with one part replaced, and without the order of calculation, which is made anew, where a formula went."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            data = made if member.filename == part else archive.read(member)
            if drop_order:
                if member.filename.lower().endswith("calcchain.xml"):
                    continue
                if member.filename.lower().endswith(("[content_types].xml", "workbook.xml.rels")):
                    data = re.sub(rb"<(?:Override|Relationship)\b[^>]*calcChain[^>]*/>", b"", data)
            copy.writestr(member, data)
    return content.getvalue()


def _mapped(content: bytes) -> _SheetPlaces:
    """Every row and cell of the sheet with its place in the bytes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FactError("The workbook was not saved: its sheet is written in UTF-16. Save it again as .xlsx first.")
    return _SheetMap(content).found


class _SheetMap:
    """Follows the tags of a sheet and notes where rows, cells, formulas and merged cells begin and end."""

    def __init__(self, content: bytes) -> None:
        self.content, self.found = content, _SheetPlaces()
        #: The tags that are open, where each began, and the text of the formula.
        self._open: list[str] = []
        self._began: list[int] = []
        self._texts: list[str] = []
        self._row, self._column = 0, -1
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.CharacterDataHandler = self._texts.append
        self._parser.Parse(content, True)

    @property
    def _cell(self) -> _Cell:
        return self.found.cells[self._row, self._column]

    def _start(self, name: str, said: dict[str, str]) -> None:
        tag, at = name.rpartition(":")[2], self._parser.CurrentByteIndex
        self._open.append(tag)
        self._began.append(at)
        if tag == "worksheet":
            self.found.prefix = name.removesuffix("worksheet")
        elif tag == "mergeCell" and len(self._open) == len(("worksheet", "mergeCells", tag)):
            self.found.merged.append((said.get("ref", ""), at, _tag_end(self.content, at)))
        elif _CELLS not in self._open:
            return
        elif tag == "row":
            self._row, self._column = int(said["r"]) if "r" in said else self._row + 1, -1
        elif tag == "c":
            address = _ADDRESS.fullmatch(said.get("r", ""))
            self._column = place_of(address[1]) if address else self._column + 1
            self.found.cells[self._row, self._column] = _Cell(at, at, said.get("s", ""))
        elif tag == "f":
            self._texts.clear()
            cell = self._cell
            cell.shared = said.get("t") in ("shared", "array", "dataTable")
            cell.group, cell.holds = said.get("si", "") if said.get("t") == "shared" else "", "ref" in said

    def _end(self, _: str) -> None:
        tag, began, at = self._open.pop(), self._began.pop(), self._parser.CurrentByteIndex
        if tag == "mergeCells":
            self.found.merges = began, _tag_end(self.content, began), _element_end(self.content, began, at)
        elif _CELLS not in self._open:
            return
        elif tag == "c":
            self._cell.end = _element_end(self.content, began, at)
        elif tag == "row":
            first = _tag_end(self.content, began)
            empty = self.content[first - 2 : first] == b"/>"
            self.found.rows[self._row] = (began, first, True) if empty else (at, at, False)
        elif tag == "f":
            self._cell.formula = "".join(self._texts)


def _tag_end(content: bytes, at: int) -> int:
    """Where the tag that begins there ends; a sign in quotation marks does not end it."""
    found = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>").match(content, at)
    return found.end() if found else content.index(b">", at) + 1


def _element_end(content: bytes, began: int, at: int) -> int:
    """Where an element ends: behind its first tag where that is all of it, else behind the tag that closes it at `at`."""
    first = _tag_end(content, began)
    return first if content[first - 2 : first] == b"/>" else content.index(b">", at) + 1


def _spliced(
    content: bytes, found: _SheetPlaces, cells: Mapping[tuple[int, int], tuple[str, str]], opened: workbook.OpenedSheet
) -> bytes:
    pieces: list[tuple[int, int, bytes]] = []
    added: dict[int, list[tuple[int, bytes]]] = {}
    for (row, place), (column, text) in sorted(cells.items()):
        cell = found.cells.get((row, place))
        style = cell.style if cell else ""
        made = _made(f"{letters(place)}{row}", style, column, text, opened, found.prefix)
        if cell:
            pieces.append((cell.start, cell.end, made))
        elif row in found.rows:
            later = [one.start for (line, at), one in found.cells.items() if line == row and at > place]
            if later:
                pieces.append((min(later), min(later), made))
            else:
                added.setdefault(row, []).append((place, made))
    for row, new in added.items():
        at, stop, empty = found.rows[row]
        body = b"".join(made for _, made in sorted(new))
        if empty:
            tag = content[at:stop].rstrip(b">").rstrip(b"/").rstrip()
            name = re.match(rb"<([\w:]+)", tag)
            body = tag + b">" + body + b"</" + (name[1] if name else b"row") + b">"
        pieces.append((at, stop, body))
    pieces += _taken_apart(content, found, cells)
    for start, stop, made in sorted(pieces, key=lambda piece: piece[0], reverse=True):
        content = content[:start] + made + content[stop:]
    return content


def _taken_apart(content: bytes, found: _SheetPlaces, cells: Iterable[tuple[int, int]]) -> list[tuple[int, int, bytes]]:
    """The merged ranges that hide a changed cell, to be cut out; with the last of them the list itself."""
    hiding = [(start, stop, b"") for ref, start, stop in found.merged if any(_hidden(ref, *cell) for cell in cells)]
    began, behind, end = found.merges
    left = len(found.merged) - len(hiding)
    if not hiding or not left:
        return [(began, end, b"")] if hiding else []
    return [(began, behind, re.sub(rb'count="\d+"', b'count="%d"' % left, content[began:behind])), *hiding]


def _hidden(ref: str, row: int, place: int) -> bool:
    """Whether a merged range covers a cell that is not its first."""
    area = _REFERENCE.fullmatch(ref)
    if area is None or not area[3]:
        return False
    rows, columns = range(int(area[2]), int(area[4]) + 1), range(place_of(area[1]), place_of(area[3]) + 1)
    return row in rows and place in columns and (row, place) != (rows[0], columns[0])


def _made(address: str, style: str, column: str, text: str, opened: workbook.OpenedSheet, prefix: str) -> bytes:
    """The XML of a cell: a number or a day where its style shows one, else the text as it is."""
    said = {"r": address} | ({"s": style} if style else {})
    form = opened.styles[int(style)] if style.isdigit() and int(style) < len(opened.styles) else None
    if not text:
        made = xml(f"{prefix}c", **said)
    elif column in _AMOUNTS and _NUMBER.fullmatch(text) and _takes_numbers(form):
        made = xml(f"{prefix}c", xml(f"{prefix}v", text), **said)
    elif column in _DATES and _DAY.fullmatch(text) and form is not None and form.kind == "date":
        first = date(1904, 1, 1) if opened.since_1904 else date(1899, 12, 30)
        count = str((date.fromisoformat(text) - first).days)
        made = xml(f"{prefix}c", xml(f"{prefix}v", count), **said)
    else:
        made = xml(f"{prefix}c", xml(f"{prefix}is", xml(f"{prefix}t", text)), **said, t="inlineStr")
    return str(made).encode("utf-8")


def _takes_numbers(form: Format | None) -> bool:
    return form is None or (form.kind in ("general", "number") and "%" not in form.code and not form.as_identifier)


def _check_shared(found: _SheetPlaces, changed: set[tuple[int, int]]) -> None:
    """A cell that holds a formula for others must not go without them: they would be left without one."""
    for (row, at), cell in found.cells.items():
        if (row, at) not in changed or not (cell.group and cell.holds):
            continue
        others = sum(one.group == cell.group and place not in changed for place, one in found.cells.items())
        if others:
            address = f"{letters(at)}{row}"
            raise FactError(
                f"The roster was not saved: cell {address} holds the formula of {number_of(others, 'more cell')}. Copy the column in your "
                f"spreadsheet program, paste it as values, save, and bring the workbook again; or type the values of all of them here."
            )


def _check_formulas(found: _SheetPlaces, changed: set[tuple[int, int]], used: set[int]) -> None:
    """A formula among the people's cells must not keep a value that was worked out from a cell now changed."""
    stale = set(changed)
    formulas = {place: cell for place, cell in found.cells.items() if cell.formula is not None}
    waiting = True
    while waiting:
        waiting = False
        for place, cell in formulas.items():
            if place not in stale and _uses(place, cell, stale):
                stale.add(place)
                waiting = True
    for row, at in sorted(stale - changed):
        if at in used and any(line == row for line, _ in changed):
            address = f"{letters(at)}{row}"
            raise FactError(
                f"The roster was not saved: cell {address} is a formula that depends on a value you changed, and only your spreadsheet "
                f"program can calculate it. Type the value of {address} here as well, or correct the roster there and save it."
            )


def _uses(place: tuple[int, int], cell: _Cell, stale: set[tuple[int, int]]) -> bool:
    if cell.shared or "[" in (cell.formula or ""):
        return any(row == place[0] for row, _ in stale)
    for one, row, other, last in _REFERENCE.findall(cell.formula or ""):
        columns = range(place_of(one), place_of(other or one) + 1)
        rows = range(int(row), int(last or row) + 1)
        if any(line in rows and at in columns for line, at in stale):
            return True
    return False
