"""What a sheet shows beside its cells' values and a person must decide: rows that are struck through or hidden, and merged cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from seskit.formats.cell_names import place_of
from seskit.record.problem import Problem
from seskit.record.roster.sheet_rows import SheetRows

_AREA = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6}):[A-Za-z]{1,3}([1-9][0-9]{0,6})")
_MOST_MERGED = 100_000
_AGAIN = "Then bring the workbook again."
#: The keys of findings about a row that is struck through, or hidden.
STRUCK: Literal["struck row"] = "struck row"
HIDDEN: Literal["hidden row"] = "hidden row"
STRUCK_FIX = f"If it does not count, delete it in the workbook; if it does, remove the line through it. {_AGAIN}"
HIDDEN_FIX = (
    f"If it counts, unhide it in the workbook, or clear the filter and save; if it does not count, delete it. {_AGAIN}"
)
MERGED_FIX = (
    f"Unmerge the cells in the workbook, and write into each row what holds for it; leave blank what is blank. {_AGAIN}"
)
#: Blank offices below a merged one are asked where they matter: below an Inspector General's.
_NOT_ASKED = "component"


@dataclass
class Marks:
    """The marks of a sheet by the number of the row; known once its last row was read."""

    #: The places of the cells that are struck through.
    struck: dict[int, Sequence[int]] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    #: The places of the cells that are merged with one above, each with the row of that one.
    merged: dict[int, dict[int, int]] = field(default_factory=dict)
    #: Whether another sheet of the workbook may hold people who would be lost.
    of_people: bool = True

    @property
    def rows(self) -> set[int]:
        """The rows with a mark, and those whose cells reach into them."""
        return {
            *self.hidden,
            *self.struck,
            *self.merged,
            *(top for cells in self.merged.values() for top in cells.values()),
        }

    def take(self, reading: SheetRows) -> None:
        """What was found in a sheet that was read to its end."""
        self.struck |= reading.struck
        self.hidden = frozenset(reading.hidden_rows)
        left = _MOST_MERGED
        for area in map(_AREA.fullmatch, reading.merged):
            rows = range(int(area[2]) + 1, int(area[3]) + 1)[:left] if area else range(0)
            for row in rows:
                self.merged.setdefault(row, {})[place_of(area[1])] = int(area[2])  # type: ignore[index]
            left -= len(rows)


class MarkedRow(list[str]):
    """A row with the marks of its sheet."""

    struck: Sequence[int] = ()
    hidden: bool = False
    merged: Mapping[int, int] = {}


def marked(rows: Iterable[Sequence[str]], marks: Marks) -> list[list[str]]:
    """Every row of a sheet, those with a mark with it."""
    made = []
    for number, cells in enumerate(rows, 1):
        row = MarkedRow(cells)
        row.struck, row.hidden = marks.struck.get(number, ()), number in marks.hidden
        row.merged = marks.merged.get(number, {})
        made.append(row if row.struck or row.hidden or row.merged else list(cells))
    return made


def merged_values(
    merged: Mapping[int, int], slots: Mapping[int, str], blank: Iterable[str]
) -> Iterator[tuple[str, int]]:
    """The columns that are blank in a row because their cell is merged with one above, with the row of that one."""
    for place, top in merged.items():
        if (column := slots.get(place)) and column != _NOT_ASKED and column in blank:
            yield column, top


def asked(
    marks: Marks,
    named: Mapping[int, str],
    held: Mapping[int, Mapping[str, Any]],
    file: str,
    counting: Collection[int] = (),
) -> Iterator[Problem]:
    """An error for each row that would be read and is hidden, or has a cell that is struck through or merged with one above.

    `named` are the columns by their places, `held` what the rows with a mark hold. Of the rows that are `counting`, a person
    has said already that they count.
    """
    for number in sorted(held.keys() & {*marks.hidden, *marks.struck, *marks.merged}):
        read = [named[place] for place in marks.struck.get(number, ()) if place in named]
        if read and number not in counting:
            reason = f"{', '.join(read)}: struck through in the workbook, and would be read"
            yield Problem(number, None, "", reason, STRUCK_FIX, file=file, key=STRUCK if marks.of_people else "")
        if number in marks.hidden and number not in counting:
            reason = "the row is hidden in the workbook, and would be read"
            yield Problem(number, None, "", reason, HIDDEN_FIX, file=file, key=HIDDEN if marks.of_people else "")
        blank = [column for column in named.values() if held[number].get(column) in (None, "")]
        for column, top in merged_values(marks.merged.get(number, {}), named, blank):
            if held.get(top, {}).get(column) not in (None, ""):
                reason = f"the cell is merged with that of row {top}, whose value counts for row {top} alone"
                yield Problem(number, column, "", reason, MERGED_FIX, file=file)
