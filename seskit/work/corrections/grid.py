"""The cells of a roster as its file holds them, and as they are read now, beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from seskit.record.roster import heading_groups, printed
from seskit.record.roster.as_accepted import ALL, AsAccepted
from seskit.record.roster.readings import Readings
from seskit.record.roster.sheets import Refusal, rows

KIND = "roster"
Table = tuple[heading_groups.Header, dict[int, list[str]]]


@dataclass
class Grid:
    """A roster's header and rows; `now` holds the rows as they are read with what was accepted."""

    header: list[str] = field(default_factory=list)
    slots: list[str | None] = field(default_factory=list)
    raw: dict[int, list[str]] = field(default_factory=dict)
    now: dict[int, list[str]] = field(default_factory=dict)
    aside: dict[int, str] = field(default_factory=dict)
    taken: list[tuple[int, str, str, str]] = field(default_factory=list)
    #: Columns that are written to and are not in the file.
    added: list[str] = field(default_factory=list)
    header_row: int = 1
    #: Whether each heading begins in the row above, and some go on in this one.
    in_two_rows: bool = False
    #: The row above the header, whose cells may say what several headings are of.
    titles: list[str] = field(default_factory=list)
    refused: str = ""
    _seen: dict[int, dict[str, str]] = field(default_factory=dict, repr=False)

    @property
    def headed_in(self) -> int:
        """The row in which a heading is written."""
        return self.header_row - self.in_two_rows

    def place(self, column: str) -> int | None:
        """Where a column is, counted from 0."""
        return self.slots.index(column) if column in self.slots else None

    def cell(self, row: int, column: str, *, raw: bool = False) -> str:
        """What a cell holds, as read now or as in the file; an empty text where it is blank or not there."""
        place, cells = self.place(column), (self.raw if raw else self.now).get(row, [])
        return cells[place] if place is not None and place < len(cells) else ""

    def texts(self, column: str) -> Iterator[tuple[int, str]]:
        """The cells of a column as they are read now, with their rows; rows that are not people are left out."""
        place = self.place(column)
        if place is None:
            return
        for row, cells in self.now.items():
            if place < len(cells):
                yield row, cells[place]

    def by_column(self, row: int) -> dict[str, str]:
        """A row as read now, by column, each cell as it is seen."""
        if row not in self._seen:
            cells = zip(self.slots, self.now.get(row, ()), strict=False)
            self._seen[row] = {name: printed.held(cell) for name, cell in cells if name}
        return self._seen[row]


def grid(file: Path, readings: Readings, read: Table | None = None) -> Grid:
    """The cells of a roster; a file that cannot be read gives an empty grid that says why. `read` is its table, if known."""
    made = Grid(header_row=readings.header_row)
    try:
        header, made.raw = read or table(file, readings)
        made.header, made.in_two_rows = header.headings, header.in_two_rows
        made.titles = list(header.above[-1]) if header.above and not header.in_two_rows else []
        slots: list[str | None] = []
        for cell in made.header:
            name = readings.column_of(cell)
            slots.append(name if name in ALL and name not in slots else None)
    except Refusal as refusal:
        return Grid(refused=refusal.reason)
    follower = AsAccepted(readings, made.header, slots)
    lines = zip(made.raw, _one_by_one(follower, made.raw), strict=True)
    made.now = {number: row for number, row in lines if any(map(str.strip, row))}
    made.slots, made.aside, made.taken = follower.slots, follower.applied.set_aside, follower.applied.taken
    made.added = follower.added
    return made


def table(file: Path, readings: Readings) -> Table:
    """The header and the rows of a roster where a person agreed that they are. Raises Refusal."""
    source = rows(file, [], readings.sheet or KIND, separator=readings.separator)
    header = heading_groups.header(source, readings.header_row)
    body = {number: row for number, row in enumerate(source, readings.header_row + 1) if any(map(str.strip, row))}
    return header, body


def _one_by_one(follower: AsAccepted, raw: dict[int, list[str]]) -> Iterator[list[str]]:
    for number, row in raw.items():
        yield next(follower.rows(iter([row]), number))
