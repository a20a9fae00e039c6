"""Sheets of a workbook as rows: which sheet is read, its texts and styles, and what a person should know about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from seskit.formats.cell_names import letters
from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.record.roster import other_sheets, values
from seskit.record.roster.cells import examined, headings
from seskit.record.roster.columns import canonical
from seskit.record.roster.marks import Marks
from seskit.record.roster.number_formats import BUILT_IN, GENERAL, Format, described
from seskit.record.roster.parts import DAMAGED, Parts, local, too_deep
from seskit.record.roster.refusal import SAVE_AGAIN, Refusal
from seskit.record.roster.sheet_rows import SheetRows

MOST_CELLS = 12_000_000
_MOST_SHEETS = 1000
_MOST_STYLES = 100_000
_MOST_NAMED = 5
#: How far down two sheets are compared, and how many cells are too few for a header.
_TOP, _FEW = 20, 3
#: How wide a sheet may say that it is to be believed: more are columns that were only formatted.
_MOST_SAID = 200


@dataclass
class _SheetEntry:
    name: str
    part: str
    hidden: bool


@dataclass
class _Book:
    """What a workbook says about itself."""

    sheets: list[_SheetEntry] = field(default_factory=list)
    since_1904: bool = False
    texts: str | None = None
    styles: str | None = None


def rows(path: Path, notes: list[str], sheet: str, marks: Marks | None = None) -> Iterator[list[str]]:
    """Every row of one sheet as text, from row 1 on: the visible sheet of that name or else the first visible one.

    For people, `marks` takes what is struck through, hidden or merged; people on another sheet alone are refused.
    """
    with Parts(path) as parts:
        book = _book(parts)
        chosen = _chosen(book, sheet, notes)
        _notes_on_parts(parts, notes)
        if marks is not None and marks.of_people:
            _refuse_people_elsewhere(parts, book, chosen)
        _refuse_alike(parts, book, chosen, sheet)
        look = _styles(parts, book)
        reading = SheetRows(_texts(parts, book), values.Texts(look.formats, since_1904=book.since_1904), look.struck)
        width = deepest = 0
        widest = 0
        first = 1
        for number, cells in _numbered(parts, chosen, reading):
            if number > first:
                yield from ([] for _ in range(number - first))
            width = max(width, len(cells), reading.said_width if reading.said_width <= _MOST_SAID else 0)
            widest, deepest = max(widest, len(cells)), number
            if widest * deepest > MOST_CELLS:
                raise Refusal(
                    f"the sheet '{shown(chosen.name)}' spans {deepest:,} rows by {widest:,} columns",
                    "Delete stray cells far below or to the right of the roster, or save it as CSV UTF-8.",
                )
            yield cells + [""] * (width - len(cells)) if len(cells) < width else cells
            first = number + 1
    if marks is not None:
        marks.take(reading)
    notes += _notes_on_rows(reading, widest)


def sheet_names(path: Path) -> list[str]:
    """The sheets of a workbook that are not hidden, by their names."""
    with Parts(path) as parts:
        return [entry.name for entry in _book(parts).sheets if not entry.hidden]


@dataclass(frozen=True)
class OpenedSheet:
    """What is needed to change cells of the sheet that is read: its part, the styles' formats, the first day."""

    part: str
    styles: list[Format]
    since_1904: bool


def opened(path: Path, sheet: str) -> OpenedSheet:
    """The sheet that is read under that name, for changing cells in it."""
    with Parts(path) as parts:
        book = _book(parts)
        return OpenedSheet(_chosen(book, sheet, []).part, _styles(parts, book).formats, book.since_1904)


def tables(source: str | Path | bytes) -> dict[str, list[list[Any]]]:
    """Every sheet of a workbook by its name, hidden ones too: numbers, days, truth values and text as they are held.

    Raises Refusal where it is not a workbook that can be read.
    """
    return {name: table for name, table, _, _ in _sheets(source, values.Values)}


@dataclass(frozen=True)
class SheetCells:
    """A sheet as a person sees it: its cells, whose texts may have more to say, its marks, and whether it is hidden."""

    rows: list[list[str]]
    marks: Marks
    hidden: bool = False


def sheets(source: str | Path | bytes) -> dict[str, SheetCells]:
    """Every sheet of a workbook by its name, hidden ones too, with the cells as `rows` gives them; for `cells.settled`.

    Raises Refusal where it is not a workbook that can be read.
    """
    found = {}
    for name, table, reading, hidden in _sheets(source, values.Texts):
        marks = Marks(of_people=False)
        marks.take(reading)
        found[name] = SheetCells(table, marks, hidden)
    return found


def _sheets(
    source: str | Path | bytes, make: type[values.Texts]
) -> Iterator[tuple[str, list[list[Any]], SheetRows, bool]]:
    try:
        content = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError:
        raise Refusal("the file is not there or cannot be opened", "Check the folder and the file's name.") from None
    with Parts(content) as parts:
        book = _book(parts)
        texts, look = _texts(parts, book), _styles(parts, book)
        made = make(look.formats, since_1904=book.since_1904)
        for entry in book.sheets:
            reading = SheetRows(texts, made, look.struck)
            yield entry.name, _table(parts, entry, reading), reading, entry.hidden


def _table(parts: Parts, entry: _SheetEntry, reading: SheetRows) -> list[list[Any]]:
    table: list[list[Any]] = []
    widest = area = 0
    for number, cells in _numbered(parts, entry, reading):
        widest = max(widest, len(cells))
        area = widest * number
        if area > MOST_CELLS:
            raise Refusal(f"the sheet '{shown(entry.name)}' has stray cells far away", "Delete them, and save again.")
        table += [[] for _ in range(number - 1 - len(table))]
        table.append(cells)
    return [[*cells, *[""] * (widest - len(cells))] for cells in table]


def _numbered(parts: Parts, entry: _SheetEntry, reading: SheetRows) -> Iterator[tuple[int, list[Any]]]:
    """The rows that hold something, each with its number, taken away while the sheet is parsed."""
    for _ in parts.parsing(entry.part, reading.start, reading.end, reading.text.append):
        yield from reading.taken()


def _book(parts: Parts) -> _Book:
    if "mimetype" in parts and "content.xml" in parts:
        raise Refusal("the file is an OpenDocument spreadsheet, not an .xlsx workbook", SAVE_AGAIN)
    if "xl/workbook.bin" in parts:
        raise Refusal("the file is an .xlsb workbook, not an .xlsx workbook", SAVE_AGAIN)
    listed = parts.relations("")
    place = next((part for kind, part in listed.values() if kind == "officeDocument"), "xl/workbook.xml")
    if place not in parts:
        raise Refusal("the file is a zip archive but not an .xlsx workbook", SAVE_AGAIN)
    relations = parts.relations(place)
    book = _Book()
    for kind, part in relations.values():
        if kind == "sharedStrings":
            book.texts = part
        elif kind == "styles":
            book.styles = part

    def start(tag: str, said: dict[str, str]) -> None:
        name = local(tag)
        if name == "workbookPr":
            book.since_1904 = said.get("date1904", "").strip().lower() in ("1", "true", "on")
        elif name == "sheet" and len(book.sheets) < _MOST_SHEETS:
            key = next((value for key, value in said.items() if local(key) == "id"), "")
            kind, part = relations.get(key, ("", ""))
            if kind == "worksheet":
                hidden = said.get("state", "visible").lower() != "visible"
                book.sheets.append(_SheetEntry(said.get("name", ""), part, hidden))

    parts.parse(place, start)
    if not book.sheets:
        raise Refusal("the workbook has no sheet", SAVE_AGAIN)
    return book


def _chosen(book: _Book, wanted: str, notes: list[str]) -> _SheetEntry:
    visible = [entry for entry in book.sheets if not entry.hidden]
    hidden = [entry for entry in book.sheets if entry.hidden]
    open_to = visible or hidden
    chosen = next((entry for entry in open_to if entry.name.strip().lower() == wanted.strip().lower()), open_to[0])
    if len(book.sheets) > 1:
        notes.append(f"The workbook has {len(book.sheets)} sheets; '{shown(chosen.name)}' was read.")
    passed = [entry for entry in hidden if entry is not chosen]
    if passed:
        named = ", ".join(f"'{shown(entry.name)}'" for entry in passed[:_MOST_NAMED])
        notes.append(f"Hidden sheets, not read: {named}{_more(len(passed))}.")
    if chosen.hidden:
        notes.append(f"The sheet '{shown(chosen.name)}' is hidden; it was read because no sheet is visible.")
    return chosen


def _refuse_alike(parts: Parts, book: _Book, chosen: _SheetEntry, wanted: str) -> None:
    """Refuse a workbook of which no sheet is named as the one to be read, where another one has the same headings: its people would be lost."""
    others = [entry for entry in book.sheets if not entry.hidden and entry is not chosen]
    if not others or chosen.name.strip().lower() == wanted.strip().lower():
        return
    texts, styles = _texts(parts, book), _styles(parts, book).formats
    heads = _top(parts, chosen, SheetRows(texts, values.Texts(styles, since_1904=book.since_1904)))
    for entry in others:
        top = _top(parts, entry, SheetRows(texts, values.Texts(styles, since_1904=book.since_1904)))
        if any(len(row) > _FEW and row in heads for row in top[:-1]):
            raise Refusal(
                f"the sheets '{shown(chosen.name)}' and '{shown(entry.name)}' have the same headings, and one sheet alone is read",
                f"Put everybody on one sheet; or name the one that counts {wanted}, or hide or delete the other.",
            )


def _refuse_people_elsewhere(parts: Parts, book: _Book, chosen: _SheetEntry) -> None:
    """Refuse a workbook with a visible sheet of people who are not on the one that is read: they would be lost."""
    others = [entry for entry in book.sheets if not entry.hidden and entry is not chosen]
    if not others:
        return
    texts, styles = _texts(parts, book), _styles(parts, book).formats

    def on(entry: _SheetEntry) -> set[str]:
        reading = SheetRows(texts, values.Texts(styles, since_1904=book.since_1904))
        try:
            return other_sheets.numbers(cells for _, cells in _numbered(parts, entry, reading))
        except Refusal:  # whatever else is wrong with another sheet is nobody's business
            return set()

    here = on(chosen)
    for entry in others if here else ():
        if further := on(entry) - here:
            raise Refusal(
                f"the sheet '{shown(entry.name)}' looks like it holds {number_of(len(further), 'executive')} not on the sheet"
                f" '{shown(chosen.name)}', and one sheet alone is read",
                "Put everybody who counts on one sheet, and hide or delete the other. Then bring the workbook again.",
            )


def _top(parts: Parts, entry: _SheetEntry, reading: SheetRows) -> list[frozenset[str]]:
    """The first rows of a sheet that hold anything, each as what a header of these cells names, in any order and letters."""
    found = (
        frozenset(canonical(str(cell)) for cell in headings(cells) if str(cell).strip())
        for _, cells in _numbered(parts, entry, reading)
    )
    return list(islice(filter(None, found), _TOP))


def _notes_on_parts(parts: Parts, notes: list[str]) -> None:
    names = list(parts)
    if any(name.endswith("vbaproject.bin") for name in names):
        notes.append("The workbook contains macros; they were not run.")
    if any("externallinks/" in name for name in names):
        notes.append("The workbook contains links to other files; they were not followed, the stored values were read.")


def _notes_on_rows(reading: SheetRows, width: int) -> Iterator[str]:
    if reading.hidden_rows:
        count = len(reading.hidden_rows)
        named = ", ".join(map(str, reading.hidden_rows[:_MOST_NAMED]))
        why = "hidden by a filter" if reading.filtered else "hidden"
        rows, were = ("row", "was") if count == 1 else ("rows", "were")
        notes = f"{count} {rows} of the sheet that {'is' if count == 1 else 'are'} {why} {were} read like the others"
        yield f"{notes}: {rows} {named}{_more(count)}."
    elif reading.filtered:
        yield "The sheet is filtered; every row was read."
    columns = sorted({column for column in reading.hidden_columns if column < width})
    if columns:
        named = ", ".join(letters(column) for column in columns[:_MOST_NAMED])
        yield f"Hidden columns of the sheet were read like the others: {named}{_more(len(columns))}."
    if reading.merged:
        named = ", ".join(shown(area) for area in reading.merged[:_MOST_NAMED])
        yield f"Cells are merged; the value counts only for the first cell: {named}{_more(len(reading.merged))}."


def _more(count: int) -> str:
    return f" and {count - _MOST_NAMED} more" if count > _MOST_NAMED else ""


def _texts(parts: Parts, book: _Book) -> Sequence[str]:
    """The shared texts, rich ones in one piece, without the readings printed above Asian words."""
    if book.texts is None:
        return ()
    texts: list[str] = []
    pieces: list[str] = []
    run: list[str] = []
    depth = aside = 0

    def start(tag: str, _: dict[str, str]) -> None:
        nonlocal depth, aside
        depth += 1
        too_deep(depth)
        name = local(tag)
        if name == "t":
            run.clear()
        elif name == "si" and depth == 2:
            pieces.clear()
        elif name == "rPh":
            aside = depth

    def end(tag: str) -> None:
        nonlocal depth, aside
        name = local(tag)
        if name == "t" and not aside:
            pieces.append("".join(run))
        elif name == "rPh":
            aside = 0
        elif name == "si" and depth == 2:
            texts.append(examined(values.written("".join(pieces))))
            if len(texts) > MOST_CELLS:
                raise Refusal("the workbook holds too many texts", "Save only the roster sheet, as CSV UTF-8.")
        depth -= 1

    for _ in parts.parsing(book.texts, start, end, run.append):
        pass
    return texts


@dataclass(frozen=True)
class _Look:
    """How cells look: the number format of each style, and the styles whose text is struck through."""

    formats: list[Format]
    struck: frozenset[int]


def _styles(parts: Parts, book: _Book) -> _Look:
    """The look of each style, in the order of the styles."""
    codes: dict[int, str] = {}
    used: list[tuple[int, int]] = []
    fonts: list[bool] = []
    inside = ""

    def start(tag: str, said: dict[str, str]) -> None:
        nonlocal inside
        name = local(tag)
        if name in ("cellXfs", "cellStyleXfs", "dxfs", "numFmts", "fonts"):
            inside = name
        elif name == "numFmt" and inside == "numFmts":
            codes[_number(said.get("numFmtId", ""))] = said.get("formatCode", GENERAL)
        elif name == "font" and inside == "fonts":
            fonts.append(False)
        elif name == "strike" and inside == "fonts" and fonts:
            fonts[-1] = said.get("val", "1").strip().lower() not in ("0", "false", "off")
        elif name == "xf" and inside == "cellXfs":
            used.append((_number(said.get("numFmtId", "0")), _number(said.get("fontId", "0"))))
            if len(used) > _MOST_STYLES:
                raise Refusal(DAMAGED)

    def end(tag: str) -> None:
        nonlocal inside
        if local(tag) == inside:
            inside = ""

    if book.styles is not None and book.styles in parts:
        parts.parse(book.styles, start, end)
    struck = frozenset(number for number, (_, font) in enumerate(used) if font < len(fonts) and fonts[font])
    return _Look([described(codes.get(each, BUILT_IN.get(each, GENERAL))) for each, _ in used], struck)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
