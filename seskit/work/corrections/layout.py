"""Where the table of a roster is: below title lines, on another sheet, with another sign between its cells; and rows
that are not people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path
from typing import Literal, NamedTuple

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown
from seskit.record.roster import heading_groups, lists, workbook
from seskit.record.roster.as_accepted import ALL, repeats_header, totals
from seskit.record.roster.columns import COLUMNS, canonical
from seskit.record.roster.readings import Reading, Readings, beside
from seskit.record.roster.sheets import Refusal, rows
from seskit.work.corrections.grid import KIND, Grid, grid
from seskit.work.corrections.groups import Offer, ProblemGroup, numbered
from seskit.work.corrections.headings import meant

_LOOKED_AT = 40
_ENOUGH = 5
_SEPARATORS: tuple[Literal[",", ";", "\t", "|"], ...] = (",", ";", "\t", "|")
_MOST_SHEETS = 20
_TABLE, _MOST_EXAMPLES = "layout:table", 3


class HeaderPlace(NamedTuple):
    """A row that may be the header: how many of its cells are headings of a roster, and where it is."""

    score: int
    sheet: str | None
    row: int
    separator: Literal[",", ";", "\t", "|"] | None


def groups(file: Path, readings: Readings, now: Grid) -> Iterator[ProblemGroup]:
    """The table's place, where it is not found in row 1 of the sheet that is read; once it is agreed, rows to set aside."""
    if found := _in_two_rows(now) or _elsewhere(file, readings, now):
        yield found
    else:
        yield from _aside(now, {one.rows for one in readings.of_kind("rows")})


def found(folder: Path) -> str:
    """Where the header of a folder's roster was found, if not where it is read: a sentence; nothing where it was not."""
    file = lists.find(folder, "roster")
    if file is None:
        return ""
    readings = beside(file)
    now = grid(file, readings)
    if _in_two_rows(now):
        return "The headings stand in two rows: confirm it under 'Correct problems here'."
    group = _elsewhere(file, readings, now)
    if group is None:
        return ""
    at = group.offers[0].readings[0]
    where = f" of the sheet '{shown(at.sheet)}'" if at.sheet else ""
    return f"Row {at.header_row}{where} looks like the header: confirm it under 'Correct problems here'."


def _in_two_rows(now: Grid) -> ProblemGroup | None:
    """The row below the header, where headings go on in it: it is nobody's."""
    heads = heading_groups.heads(now.header, now.raw.get(now.header_row + 1, ()))
    if now.in_two_rows or not isinstance(heads, heading_groups.TwoRows):
        return None
    first, second = now.header_row, now.header_row + 1
    examples = [f"'{shown(head)}'" for head, above in zip_longest(heads, now.header, fillvalue="") if head != above]
    reason = f"the headings stand in rows {first} and {second}, and row {second} would be read as a person"
    question = (
        f"Read rows {first} and {second} as one header, with the headings {', '.join(examples[:_MOST_EXAMPLES])}?"
    )
    reading = Reading(kind="layout", header_row=second)
    looks = "a header in two rows"
    return ProblemGroup(_TABLE, reason, "Let the header be one row.", (), offers=(Offer(_TABLE, question, (), (reading,)),),
                looks=looks, kind="layout")  # fmt: skip


def _elsewhere(file: Path, readings: Readings, now: Grid) -> ProblemGroup | None:
    here = _score(now.header, set(readings.named), now.titles)
    if here >= len([column for column in COLUMNS.values() if column.needed_in_header]):
        return None
    places = list(_places(file))
    best = max(places, default=None, key=lambda place: place.score)
    if best is None or best.score < _ENOUGH or best.score <= here:
        return None
    sheet = best.sheet if best.sheet and best.sheet.lower() != KIND and len(_sheets(file)) > 1 else None
    reading = Reading(kind="layout", sheet=sheet, header_row=best.row, separator=best.separator)
    looks = "a table that does not begin in row 1 of the sheet that is read"
    reason = f"no header was found where the roster is read; it looks as if {reading.says.replace('is read', 'holds the table')}"
    known = number_of(best.score, "heading of a roster", "headings of a roster")
    alike = dict.fromkeys(
        one.sheet for one in places if one.sheet and one.score == best.score and one.sheet != best.sheet
    )
    beside_it = ", ".join(f"'{shown(name)}'" for name in alike if name)
    lost = (
        f" {beside_it} {'have' if len(alike) > 1 else 'has'} the same headings, and nobody there would be read."
        if alike
        else ""
    )
    question = f"The header of a roster was found, with {known}: {reading.says}.{lost} Read it there?"
    offer = Offer(_TABLE, question, (), (reading,))
    return ProblemGroup(_TABLE, reason, "Let the header be row 1.", (), offers=(offer,), looks=looks, kind="layout")


def _score(header: Sequence[str], named: Collection[str] = (), above: Sequence[str] = ()) -> int:
    known = {canonical(cell) for cell in header if canonical(cell) in ALL or canonical(cell) in named}
    whole = dict(zip(header, heading_groups.whole(above, header), strict=True))
    others = [cell for cell in header if cell.strip() and canonical(cell) not in ALL]
    left = [column for column in ALL if column not in known]
    return len(known) + len(
        {columns[0] for cell in others if (columns := meant(cell, left) or meant(whole[cell], left))}
    )


def _places(file: Path) -> Iterator[HeaderPlace]:
    if sheets := _sheets(file):
        for sheet in sheets[:_MOST_SHEETS]:
            yield from _in(file, sheet, None)
    else:
        for separator in _SEPARATORS:
            yield from _in(file, None, separator)


def _in(file: Path, sheet: str | None, separator: Literal[",", ";", "\t", "|"] | None) -> Iterator[HeaderPlace]:
    above: Sequence[str] = ()
    try:
        for number, row in enumerate(islice(rows(file, [], sheet or KIND, separator=separator), _LOOKED_AT), 1):
            if len(row) > 1:
                heads = heading_groups.header(iter((above, row)), 2)
                score = _score(heads.headings, above=() if heads.in_two_rows else above)
                yield HeaderPlace(score, sheet, number, separator if separator != "," else None)
            above = row
    except Refusal:
        return


def _sheets(file: Path) -> list[str]:
    """The visible sheets; none where the file is not a workbook."""
    try:
        with file.open("rb") as source:
            return workbook.sheet_names(file) if source.read(4) == b"PK\x03\x04" else []
    except (OSError, Refusal):
        return []


def _aside(now: Grid, done: set[str | None]) -> Iterator[ProblemGroup]:
    """Rows that are not people, told by what the file itself holds: what a reading gives every row tells nothing."""
    first: dict[tuple[str, ...], int] = {}
    found: dict[Literal["totals", "repeated_header", "repeated_row"], list[int]] = {}
    given = len(now.slots) - len(now.added)
    for number, cells in now.now.items():
        row = cells[:given]
        met = tuple(cell.strip() for cell in row)
        if repeats_header(row, now.header):
            found.setdefault("repeated_header", []).append(number)
        elif totals(row, now.slots):
            found.setdefault("totals", []).append(number)
        elif first.setdefault(met, number) != number:
            found.setdefault("repeated_row", []).append(number)
    looks = {
        "repeated_header": "the header again, as at the top of a printed page",
        "totals": "a total or a remark, not a person",
        "repeated_row": "identical to an earlier row",
    }
    for kind, numbers in found.items():
        if kind not in done:
            at = tuple(numbers)
            reason = f"{numbered(at)}: {looks[kind]}"
            question = (
                f"{numbered(at).capitalize()} {'look' if len(at) > 1 else 'looks'} like {looks[kind]}. Leave out?"
            )
            offer = Offer(f"rows:{kind.replace('_', '-')}", question, (), (Reading(kind="rows", rows=kind),))
            places = tuple((row, "") for row in at)
            yield ProblemGroup(offer.id, reason, "Remove the rows.", places, offers=(offer,), looks=looks[kind], kind="rows",
                        texts=tuple(shown(now.now[row][0]) for row in at[:3] if now.now[row]) if kind != "repeated_row" else ())  # fmt: skip
