"""Rows to records, column by column: each distinct cell text is read once, so a million rows stay quick."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from seskit.formats import leaving, near_files
from seskit.formats.cell_names import letters
from seskit.formats.counts import rows_of
from seskit.formats.keyed import Keyed, reworded
from seskit.formats.memory import uncollected
from seskit.formats.personal_data import NOBODY, bare_number
from seskit.formats.personal_data import reason as personal_reason
from seskit.formats.privacy import shown
from seskit.law.facts import Unreadable
from seskit.record.problem import Problem, shortened
from seskit.record.roster import (
    as_accepted,
    heading_groups,
    kept,
    not_there,
    origin,
    personal,
    printed,
    readings,
    readings_fit,
)
from seskit.record.roster.beside import held_to_lists, not_read
from seskit.record.roster.by_number import named
from seskit.record.roster.cells import SSN_FIX, SSN_REASON, Cell, UnusableCell, safe, settled
from seskit.record.roster.columns import COLUMNS, STATED, Column, Person
from seskit.record.roster.groups import Groups
from seskit.record.roster.header import holds_ssn, slots_of
from seskit.record.roster.heading_times import fiscal_years
from seskit.record.roster.history import History
from seskit.record.roster.kinds import Kind, Record, Sheet
from seskit.record.roster.last_year import LastYear
from seskit.record.roster.marks import Marks
from seskit.record.roster.marks import asked as asked_by_marks
from seskit.record.roster.notes import NOT_USED
from seskit.record.roster.printed import orders
from seskit.record.roster.sheets import Refusal, rows

_CHUNK = 500
#: What to do about entries that no heading stands above.
UNHEADED_FIX = "Write its heading, or delete what stands in it."
_LOOK = "Look at the cell, and correct it where it is wrong."
_MOST_NAMED = 20
_MAY_BE_ERROR = ("#", "Err:", "err:", "ERR:")


@dataclass(kw_only=True)
class Roster(Sheet[Person]):
    """The people of an agency, their earlier ratings where a list is beside it, and what is wrong with the files."""

    history: History | None = None
    #: Who was on the roster of the year before, where a list beside this one says it.
    last: LastYear | None = None
    #: What is to be known about its ratings, which the report alone asks for.
    of_ratings: list[str] = field(default_factory=list)

    def groups(self) -> Groups:
        """The people counted by what they have alike in all that the report looks at."""
        with uncollected():
            return Groups(self.people)


ROSTER = Kind("roster", COLUMNS | STATED, Person._make)


def read(path: str | Path, agreed: readings.Readings | None = None) -> Roster:
    """Read a roster, CSV or XLSX, to records and problems. A folder means its corrected roster or else its roster.csv
    or roster.xlsx, and the lists of earlier ratings and of last year's executives beside it.

    How a person agreed to read it (`roster.readings.yaml` beside it, or `agreed`) is followed and said. Every problem is found in one pass. A file that cannot be read at all gives one problem and no people.
    """
    place = Path(path)
    roster = read_people(place, agreed)
    if roster.people and place.is_dir():
        held_to_lists(roster, place)
    if place.is_dir():
        roster.problems += not_read(place)
    return roster


def read_people(place: Path, agreed: readings.Readings | None = None) -> Roster:
    """A roster without the list of earlier ratings beside it; its names are known to what is read and written next."""
    roster = Roster()
    fill(roster, place, ROSTER, agreed)
    roster.problems = named(roster.problems, roster.people)
    names = dict.fromkeys(map(attrgetter("name"), roster.people))
    leaving.remember(place.absolute(), names)
    if place.is_dir():
        personal.know(place.absolute(), filter(None, names))
    return roster


def fill(sheet: Sheet[Record], path: Path, kind: Kind[Record], agreed: readings.Readings | None = None) -> None:
    """Read a file of a kind into its sheet, every problem in one pass."""
    with uncollected():
        _fill(sheet, path, kind, agreed)


def _fill(sheet: Sheet[Record], file: Path, kind: Kind[Record], agreed: readings.Readings | None) -> None:
    try:
        if file.is_dir():
            file = _in_folder(file, kind, sheet)
        how = _agreed(file, sheet, kind, agreed)
        marks, sheet.of_workbook = Marks(of_people=kind.file == ROSTER.file), file.suffix.lower() == ".xlsx"
        source = rows(file, sheet.notes, how.sheet or kind.file, kind.blank, how.separator, marks)
        header, above, _ = heading_groups.header(source, how.header_row)
        sheet.years_above = fiscal_years(list(chain.from_iterable(above)))
        slots = slots_of(header, sheet, kind.columns, how)
        parts = list(map(how.part_of, header))
        sheet.headings = [
            (safe(cell.strip()), slot or part)
            for cell, slot, part in zip(header, slots, parts, strict=True) if cell.strip()
        ]  # fmt: skip
        _note_unused(file, sheet, kind)
        extras = {
            index: sheet.extra.setdefault(safe(header[index].strip()), [])
            for index, slot in enumerate(slots)
            if slot is None and not parts[index] and header[index].strip() and not personal.of_heading(header[index])
        } | {index: sheet.unheaded.setdefault(index, []) for index, head in enumerate(header) if not head.strip()}
        beside = NOBODY if kind.file == ROSTER.file else personal.people_beside(file)
        personal.check_file_name(file, sheet, beside)
        if how:
            follower = as_accepted.AsAccepted(how, header, slots)
            source, slots, sheet.applied = follower.rows(source, sheet.header_row + 1), follower.slots, follower.applied
        words = _records(source, slots, extras, sheet, kind)
        named_slots = {place: slot for place, slot in enumerate(slots) if slot}
        counting = {row for row, counts in how.one_by_one.items() if counts}
        sheet.problems += asked_by_marks(marks, named_slots, _held(marks, sheet, kind), sheet.file, counting)
        without = [letters(place) for place, cells in sheet.unheaded.items() if any(map(str.strip, cells))]
        if without and kind.file == ROSTER.file:
            sheet.notes.append(f"Columns without a heading are not used: {', '.join(without)}.")
        for place in without if kind.file != ROSTER.file else ():
            sheet.report(1, f"column {place}", "", "the column has no heading, and entries in it", UNHEADED_FIX)
        sheet.notes += _said(sheet)
        if kind.file != ROSTER.file:
            sheet.notes = [reworded(note, f"{kind.file}: {note}") for note in sheet.notes]
        personal.names_elsewhere(sheet, words, beside)
    except Refusal as refusal:
        _refuse(sheet, refusal.reason, refusal.fix)
    except MemoryError:
        _refuse(sheet, "the file is too large for this machine", "Split it by agency.")
    sheet.problems = shortened(sorted(sheet.problems, key=lambda problem: problem.row or 0))


def _held(marks: Marks, sheet: Sheet[Any], kind: Kind[Any]) -> dict[int, dict[str, Any]]:
    """What the rows with a mark hold, by column; a record may keep several columns as one tuple."""
    wanted = marks.rows
    found = (record for record in sheet.people if record.row in wanted) if wanted else ()
    return {record.row: dict(zip(kind.columns, _flat(record[1:]), strict=True)) for record in found}


def _flat(values: Sequence[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def _note_unused(file: Path, sheet: Sheet[Any], kind: Kind[Any]) -> None:
    """Say which columns nothing is read from, and which of the export were left out when the roster was written."""
    if sheet.unused:
        text = f"Columns kept but not used: {', '.join(map(shown, sheet.unused))}."
        sheet.notes.append(Keyed(text, NOT_USED))
    if kind.file == ROSTER.file and (made := origin.beside(file, [heading for heading, _ in sheet.headings])):
        sheet.left_in_export, sheet.awards_in_export = made.not_used, origin.awards(made)
        sheet.one_pay = sheet.one_pay or made.one_pay
        sheet.rows_left, sheet.left_because = made.rows_left, made.left_because
        sheet.notes += filter(None, [origin.note(made)])


def _refuse(sheet: Sheet[Any], reason: str, fix: str) -> None:
    """Keep nobody of a file that was refused further on: a part of the people would look like all of them."""
    sheet.people.clear()
    sheet.extra.clear()
    sheet.problems.append(Problem(None, None, "", reason, fix, file=sheet.file))


def _agreed(file: Path, sheet: Sheet[Any], kind: Kind[Any], given: readings.Readings | None) -> readings.Readings:
    """How the file is read; of other files than a roster nothing was agreed."""
    if kind.file != ROSTER.file:
        return readings.NOTHING
    found = readings_fit.beside(file) if given is None else given
    sheet.source, sheet.header_row = file.name, found.header_row
    sheet.accepted = [one.line for one in found.accepted]
    sheet.not_used = found.unused
    sheet.one_pay = next((shown(one.heading or "") for one in found.of_kind("same")), "")
    sheet.problems += found.problems
    sheet.notes += readings.noted(sheet.accepted)
    sheet.notes += readings_fit.notes(found)
    return found


def _said(sheet: Sheet[Any]) -> Iterator[str]:
    """What following the readings did."""
    aside = sheet.applied.set_aside
    for why in dict.fromkeys(aside.values()):
        at = [row for row, reason in aside.items() if reason == why]
        one = len(at) == 1
        yield f"Not read as {'a person, because it is' if one else 'people, because each is'} {why}: {rows_of(at, _MOST_NAMED)}."


def _in_folder(folder: Path, kind: Kind[Any], sheet: Sheet[Any]) -> Path:
    names = (f"{kind.file}.csv", f"{kind.file}.xlsx")
    found = [folder / name for name in names if (folder / name).is_file()]
    if not found:
        usual = kind.blank or "Add it; see a sample agency."
        fix = not_there.fix(folder) if kind.file == ROSTER.file else near_files.fix(folder, names) or usual
        raise Refusal(f"there is no {' or '.join(names)} in the folder", fix)
    if len(found) > 1:
        raise Refusal(f"the folder holds both {' and '.join(names)}", "Keep one, so that it is clear which counts.")
    return found[0] if kind.file != ROSTER.file else kept.chosen(found[0], sheet.notes)


class _Cells(dict[str, Any]):
    """Cell texts already read; a text that cannot be read is kept with the reason."""

    def __init__(self, column: Column) -> None:
        super().__init__({"": None})
        self.column = column
        self.bad: dict[str, Unreadable] = {}
        self.cautions: dict[str, str] = {}

    def _with_likeness(self, failure: Unreadable, raw: str) -> Unreadable:
        """The failure with what the text looks like, where that is more than the failure says."""
        looks = "" if isinstance(failure, UnusableCell) else printed.looks_like(self.column.name, raw)
        if not looks or looks.removeprefix("a sign for ") in failure.reason or "zero" in failure.reason:
            return failure
        return Unreadable(f"{failure.reason}; it looks like {looks}", failure.hint, fix=failure.advice(self.column.fix))

    def __missing__(self, raw: str) -> Any:
        value = None
        try:
            value, caution = settled(raw, self.column.read, free=self.column.is_free)
            if value and self.column.read is str:
                personal.refuse(value, "roster")
            if caution:
                self.cautions[raw] = caution
        except Unreadable as failure:
            self.bad[raw], value = self._with_likeness(failure, raw), None
        self[raw] = value
        return value


def _records(
    source: Iterator[list[str]],
    slots: list[str | None],
    extras: dict[int, list[str]],
    roster: Sheet[Record],
    kind: Kind[Record],
) -> personal.Words:
    """Read every row to its record; what each column holds in words, each text once."""
    width = len(slots)
    position = {name: index for index, name in enumerate(slots) if name}
    cells = {name: _Cells(column) for name, column in kind.columns.items()}
    words: personal.Words = {name: set() for name, column in kind.columns.items() if column.text}
    met = _Met()
    first_row = roster.header_row + 1
    while chunk := list(islice(source, _CHUNK)):
        numbers, kept = _filled(chunk, first_row, width, roster)
        roster.rows_given += len(numbers)
        first_row += len(chunk)
        columns = list(zip(*kept, strict=True)) if kept else [()] * width
        values = {
            name: _read_column(column, columns[position[name]], cells[name], numbers, roster)
            if name in position
            else [None] * len(numbers)
            for name, column in kind.columns.items()
        }
        roster.people.extend(kind.records(zip(numbers, *values.values(), strict=True)))
        for name, known in words.items():
            before = len(known)
            known.update(values[name])
            if kind.one_row_each and name == "person_id" and len(known) - before < len(numbers):
                met.report_repeated(roster)
        for index, kept_cells in extras.items():
            heading = next((name for name, kept in roster.extra.items() if kept is kept_cells), "")
            kept_cells.extend(
                personal.cleared(list(_unused(columns[index], numbers, index, roster)), heading, numbers, roster)
            )
    of_days = {name: read for name, read in cells.items() if read.column.kind == "day"}
    every = [text for read in of_days.values() for text in read.bad]
    for name, read in of_days.items() if every else ():
        bad = list(read.bad) if kind.file == ROSTER.file else every  # of a roster each column is confirmed by itself
        roster.problems += orders.in_question(name, read, bad, roster.file, of_workbook=roster.of_workbook)
    return {
        name: words[name] if name in words else {value for value in cells[name].values() if isinstance(value, str)}
        for name in kind.columns
    }


def _unused(raw: Sequence[str], numbers: list[int], index: int, roster: Sheet[Any]) -> Iterator[str]:
    """The cells of a column that is not used, as they are shown; a Social Security number is refused there, too."""
    if Cell not in map(type, raw):
        yield from raw
        return
    for number, cell in zip(numbers, raw, strict=True):
        if holds_ssn(cell):
            roster.report(number, f"column {index + 1}", "", SSN_REASON, SSN_FIX)
            yield ""
        else:
            yield cell.shown if isinstance(cell, Cell) else cell


def _filled(
    chunk: list[list[str]], first_row: int, width: int, roster: Sheet[Any]
) -> tuple[list[int], list[list[str]]]:
    """The rows that hold anything, each as wide as the header, and their numbers."""
    if {*map(len, chunk)} == {width} and all(map(str.strip, map(itemgetter(0), chunk))):
        return list(range(first_row, first_row + len(chunk))), chunk
    filled = [(number, row) for number, row in enumerate(chunk, first_row) if _has_text(row)]
    kept = [row if len(row) == width else _fitted(row, number, width, roster) for number, row in filled]
    return [number for number, _ in filled], kept


def _has_text(row: list[str]) -> bool:
    return any(map(str.strip, row))


def _fitted(row: list[str], number: int, width: int, roster: Sheet[Any]) -> list[str]:
    if any(cell.strip() for cell in row[width:]):
        roster.report(
            number, None, "", f"the row has {len(row)} cells, the header {width}",
            "Put quotation marks around a value that contains a comma.",
        )  # fmt: skip
    elif len(row) < width:
        roster.report(number, None, "", f"the row has {len(row)} cells, the header {width}", "Fill the row to its end.")
    return row[:width] + [""] * (width - len(row))


def _read_column(
    column: Column, raw: tuple[str, ...], cells: _Cells, numbers: list[int], roster: Sheet[Any]
) -> list[Any]:
    if column.text:
        return _read_text(column, raw, numbers, roster)
    values = list(map(cells.__getitem__, raw))
    if cells.bad and not cells.bad.keys().isdisjoint(raw):
        for number, text in zip(numbers, raw, strict=True):
            if text in cells.bad:
                why = cells.bad[text]
                roster.report(number, column.name, text, why.reason, why.advice(column.fix))
    if cells.cautions and not cells.cautions.keys().isdisjoint(raw):
        for number, text in zip(numbers, raw, strict=True):
            if text in cells.cautions:
                roster.warn(number, column.name, text, cells.cautions[text], _LOOK)
    if column.required:
        _report_blank(column, values, raw, numbers, roster)
    return values


def _read_text(column: Column, raw: tuple[str, ...], numbers: list[int], roster: Sheet[Any]) -> list[str | None]:
    values: list[str | None] = list(map(str.strip, raw))
    if "" in values:
        values = [value or None for value in values]
    texts: Sequence[str] = raw
    joined = "\n".join(raw)
    if Cell in map(type, raw) or any(sign in joined for sign in _MAY_BE_ERROR):
        values = [_settled_text(column, cell, number, roster) for number, cell in zip(numbers, raw, strict=True)]
        texts = [_whole_number(cell) or value or "" for value, cell in zip(values, raw, strict=True)]
    for index, kind in personal.in_cells(texts, column.name):
        fix = column.fix if column.name == "person_id" else personal.fix(kind)
        roster.report(numbers[index], column.name, "", personal_reason(kind, "roster"), fix)
        values[index] = None
    if column.required:
        _report_blank(column, values, raw, numbers, roster)
    return values


def _whole_number(cell: str) -> str:
    """The nine digits that a cell holds under a format that shows them otherwise; nothing where it holds no such number."""
    held = str(cell) if type(cell) is Cell else ""
    return held if bare_number(held) else ""


def _settled_text(column: Column, cell: str, number: int, roster: Sheet[Any]) -> str | None:
    """A text with all that is to be said about it; where a person must be found by it, nothing in it may be hidden."""
    try:
        value, caution = settled(cell, column.read, free=column.is_free)
    except Unreadable as failure:
        roster.report(number, column.name, cell, failure.reason, failure.advice(column.fix))
        return None
    if caution:
        roster.warn(number, column.name, cell, caution, _LOOK)
    return str(value) if value else None


def _report_blank(
    column: Column, values: list[Any], raw: tuple[str, ...], numbers: list[int], roster: Sheet[Any]
) -> None:
    if None in values:
        for number, value, text in zip(numbers, values, raw, strict=True):
            if value is None and not text.strip():
                roster.report(number, column.name, "", "needed, and blank", column.fix, key="blank")


class _Met:
    """The people read so far by their numbers, looked at only once a number comes again."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._looked_at = 0

    def report_repeated(self, roster: Sheet[Any]) -> None:
        """Report each number that an earlier row has, among the people not looked at yet; blank ones are alike in nothing."""
        new = roster.people[self._looked_at :]
        self._looked_at += len(new)
        for person in new:
            if person.person_id is not None:
                first = self._first.setdefault(person.person_id, person.row)
                if first != person.row:
                    roster.report(
                        person.row, "person_id", person.person_id, f"the number is already on row {first}",
                        "Give each person one row and one number.",
                    )  # fmt: skip
