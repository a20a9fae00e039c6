"""Which of the readings beside a roster fit it: they were confirmed for one file, and another may have come since.

For the file they were confirmed for all of them hold. For another one each must fit what that file holds; those that do
not are put aside, with the reason, and nothing is read by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.keyed import Keyed
from seskit.formats.privacy import shown
from seskit.record.roster import heading_groups, kept, leaving_headings, printed, readings, speaking_against
from seskit.record.roster.as_accepted import ALL, repeats_header, totals
from seskit.record.roster.columns import canonical
from seskit.record.roster.notes import NOT_USED
from seskit.record.roster.readings import Reading, Readings
from seskit.record.roster.sheets import Refusal, rows
from seskit.record.roster.usual_headings import columns, names_inspector

_LEAST_HEADINGS = 2
#: An award may be printed as a percentage of a rate; any rate shows whether it is.
_PAID = {"basic_pay_period_end": "100000"}


def beside(roster: Path) -> Readings:
    """The readings beside a roster that fit it; a corrected roster is judged by the one it was made of."""
    found = readings.beside(roster)
    came = roster.with_name(f"roster{roster.suffix}") if roster.stem == kept.STEM else roster
    if not found or not came.is_file() or found.of == readings.mark(came):
        return found
    placed, aside = _placed(came, found)
    aside += [(one, "a row is left out of one file alone") for one in placed.of_kind("row")]
    placed = replace(placed, accepted=tuple(one for one in placed.accepted if one.kind != "row"))
    if not found.of:
        return replace(placed, aside=tuple(aside))
    try:
        header, body = _table(came, placed)
    except Refusal:
        return replace(placed, aside=tuple(aside))
    judged = [(one, _why_not(one, placed, header, body)) for one in placed.accepted]
    aside += [(one, why) for one, why in judged if why]
    return replace(placed, accepted=tuple(one for one, why in judged if not why), aside=tuple(aside))


def notes(found: Readings) -> Iterator[str]:
    """What was put aside and why: a sentence for each reason, with all that it is the reason for."""
    said: dict[str, list[str]] = {}
    for one, why in found.aside:
        said.setdefault(why, []).append(one.says)
    for why, each in said.items():
        whose = "it was" if len(each) == 1 else "they were"
        text = (
            f"Put aside from {readings.FILE}, because {whose} confirmed for another file and {why}: {'; '.join(each)}."
        )
        yield Keyed(text, NOT_USED)


def _table(file: Path, how: Readings) -> tuple[list[str], list[list[str]]]:
    source = rows(file, [], how.sheet or "roster", separator=how.separator)
    header = heading_groups.header(source, how.header_row)
    return header.headings, [row for row in source if any(map(str.strip, row))]


def _placed(file: Path, found: Readings) -> tuple[Readings, list[tuple[Reading, str]]]:
    """The readings without those of the table's place, where the file's table is elsewhere."""
    layouts = found.of_kind("layout")
    why = _no_table(file, found) if layouts else ""
    if not why:
        return found, []
    return replace(found, accepted=tuple(one for one in found.accepted if one.kind != "layout")), [
        (one, why) for one in layouts
    ]


def _no_table(file: Path, found: Readings) -> str:
    """Why the table is not where it was confirmed to be; nothing where it is there."""
    there = _score(file, found, found.header_row)
    plain = replace(found, accepted=tuple(one for one in found.accepted if one.kind != "layout"))
    first = _score(file, plain, 1)
    if there >= _LEAST_HEADINGS and there >= first:
        return ""
    place = f"row {found.header_row} of {file.name}"
    return f"the headings are in row 1 of {file.name}" if first > there else f"{place} holds no headings of a roster"


def _score(file: Path, how: Readings, row: int) -> int:
    """How many cells of a row are headings of a roster."""
    try:
        source = rows(file, [], how.sheet or "roster", separator=how.separator)
        cells = heading_groups.header(source, row).headings
    except Refusal:
        return 0
    known = {canonical(cell) for cell in cells if canonical(cell) in ALL or canonical(cell) in how.named}
    return len(known) + sum(bool(columns(cell, list(ALL))) for cell in cells if canonical(cell) not in known)


def _why_not(one: Reading, how: Readings, header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Why a reading does not fit a file, as the end of a sentence; empty where it does."""
    there = [canonical(cell) for cell in header]
    if (
        one.kind in ("column", "same", "unused", "office")
        and one.heading is not None
        and canonical(one.heading) not in there
    ):
        return "this one has no such heading"
    if one.kind == "joined":
        for heading in (one.heading, one.with_heading):
            if heading is not None and canonical(heading) not in there:
                return f"this one has no heading '{shown(heading)}'"
    if one.kind == "unused" and (says := _says_of_people(one, header, body)):
        return f"this one {says}"
    own = _instead_of(one)
    if own in ALL and own in there and not _left_blank(own, how, header, body):
        return f"this one has its own column {own}"
    if one.kind == "rows":
        return "" if _rows_to_leave(one, how, header, body) else "no row of this one is like that"
    if one.kind == "office":
        told = [
            cell
            for row in body
            for head, cell in zip(there, row, strict=False)
            if one.heading is None or head == canonical(one.heading)
        ]
        return "" if names_inspector(told) else "no row of this one names an Office of Inspector General"
    if one.column == "ig_office" and one.kind == "every" and one.take == "no":
        return "a row of this one names an Office of Inspector General" if any(map(names_inspector, body)) else ""
    if one.kind in ("form", "value", "blank"):
        return _cells_not_so(one, _cells(one.column or "", how, header, body))
    return ""


def _says_of_people(one: Reading, header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """What a column that is left unused says of people here, who are others than those of whom it was confirmed."""
    place = next(at for at, cell in enumerate(header) if canonical(cell) == canonical(one.heading or ""))
    cells = [row[place] if place < len(row) else "" for row in body]
    said = speaking_against.found(header[place], cells, {})
    if said and said.of_people:
        return said.says
    left = sum(map(bool, leaving_headings.days(header[place], cells)))
    return f"gives the day on which {number_of(left, 'person', 'people')} left" if left else ""


def _instead_of(one: Reading) -> str:
    """The column in whose place a reading puts something else, or nothing; empty where it does not."""
    heading = canonical(one.heading or "")
    if one.kind == "unused":
        return heading
    return (
        one.column or ""
        if one.kind in ("column", "same", "every", "office", "joined") and heading != one.column
        else ""
    )


def _left_blank(column: str, how: Readings, header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a person said that the column of this name is not used, and it is blank, so that another can be read as it."""
    at = [place for place, cell in enumerate(header) if canonical(cell) == column]
    return column in how.unused and not any(row[place].strip() for row in body for place in at if place < len(row))


def _cells(column: str, how: Readings, header: Sequence[str], body: Sequence[Sequence[str]]) -> list[str] | None:
    """The cells of a column; None where the file does not have it."""
    place = next((at for at, cell in enumerate(header) if how.column_of(cell) == column), None)
    return None if place is None else [printed.held(row[place]) if place < len(row) else "" for row in body]


def _cells_not_so(one: Reading, cells: list[str] | None) -> str:
    if cells is None:
        return f"this one has no column {one.column}"
    if one.kind == "blank":
        return "" if "" in cells else "no cell of this one is blank there"
    if one.kind == "value":
        return "" if (one.text or "") in cells else "no cell of this one holds that text"
    form = printed.form(one.column or "", one.form or "")
    if form is None or form.name == printed.UNSEEN.name:
        return ""
    given = [cell for cell in cells if cell]
    read = {cell for cell in given if form.read(cell, _PAID) is not None}
    if not read:
        return "no cell of this one is written that way"
    return _order_not_so(form, read, given, one.column or "")


def _order_not_so(form: printed.PrintedForm, read: set[str], given: Sequence[str], column: str) -> str:
    """Why dates do not have an order of day and month that was confirmed of others: some cannot, or all could have another."""
    if not form.family:
        return ""
    family = [other for other in printed.FORMS.get(column, ()) if other.family == form.family and other != form]
    others = [{cell for cell in given if other.read(cell, _PAID) is not None} for other in family]
    if any(other - read for other in others):
        return "not every date of this one can be read that way"
    return (
        "nothing in the dates of this one shows that they have that order"
        if any(other >= read for other in others)
        else ""
    )


def _rows_to_leave(one: Reading, how: Readings, header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    if one.rows == "repeated_header":
        return any(repeats_header(row, header) for row in body)
    if one.rows == "totals":
        names = [how.named.get(canonical(cell), canonical(cell)) for cell in header]
        slots = [name if name in ALL else None for name in names]
        return any(totals(row, slots) for row in body)
    stripped = [tuple(cell.strip() for cell in row) for row in body]
    return len(set(stripped)) < len(stripped)
