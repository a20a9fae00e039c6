"""What a sheet shows beside its cells' values and a person must decide: rows that are struck through or hidden, and merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from seskit.formats.cell_names import place_of
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
