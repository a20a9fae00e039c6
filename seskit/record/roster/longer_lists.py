"""A list of an agency with rows added below, in its own columns and at its own places."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.tables import as_text
from seskit.law.facts import FactError
from seskit.record.roster import heading_groups, kept, lists, readings, readings_fit
from seskit.record.roster.columns import canonical
from seskit.record.roster.sheets import Refusal, rows

NUMBER = "person_id"


@dataclass(frozen=True)
class LongerList:
    """The rows of a list as they are written, with the column that each place of its header names."""

    rows: Sequence[Sequence[str]]
    columns: Sequence[str]
    #: The row of the header, from one on; what follows are the rows of the list.
    header_row: int = 1
    separator: str = ","

    @property
    def numbers(self) -> set[str]:
        """The numbers of people in the list."""
        return {row[NUMBER] for row in self.records if row.get(NUMBER)}

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows below the header, each cell by its column."""
        return [
            {name: str(cell).strip() for name, cell in zip(self.columns, row, strict=False) if name}
            for row in self.rows[self.header_row :]
        ]

    def with_rows(self, added: Sequence[Mapping[str, object]], without: Collection[int] = ()) -> bytes:
        """The list with more rows below; those `without`, by their number, are left blank."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=self.separator, lineterminator="\n")
        for number, row in enumerate(self.rows, 1):
            writer.writerow([] if number in without else map(str, row))
        writer.writerows([_cell(one.get(name)) for name in self.columns] for one in added)
        return text.getvalue().encode()


def _cell(value: object) -> str:
    return "" if value is None else as_text(str(value))


def opened(folder: Path, stem: str, columns: Sequence[str]) -> LongerList:
    """A list beside the roster; one with these columns and no rows where there is none. Raises FactError where it cannot be read."""
    file = lists.find(folder, stem)
    if file is None:
        return LongerList([list(columns)], list(columns))
    if len(there := [one for kind in ("csv", "xlsx") if (one := folder / f"{stem}.{kind}").is_file()]) > 1:
        raise FactError(
            f"The folder holds both {' and '.join(one.name for one in there)}. Keep one, so that it is clear which counts."
        )
    return _listed(file, stem, readings.NOTHING)


def opened_roster(folder: Path) -> LongerList:
    """The roster of a folder that counts, as it came or corrected. Raises FactError where it cannot be read."""
    file = lists.find(folder, "roster")
    if file is None:
        raise FactError(f"There is no roster in '{folder.name}'.")
    try:
        counts = kept.chosen(file, [])
    except Refusal as refusal:
        raise FactError(f"roster: {refusal}") from None
    return _listed(counts, "roster", readings_fit.beside(counts))


def _listed(file: Path, stem: str, how: readings.Readings) -> LongerList:
    try:
        found = list(rows(file, [], sheet=how.sheet or stem, separator=how.separator))
    except Refusal as refusal:
        raise FactError(f"{file.name}: {refusal}") from None
    while found and not any(str(cell).strip() for cell in found[-1]):
        found.pop()
    header = heading_groups.header(iter(found), how.header_row).headings
    columns = [canonical(cell) if stem != "roster" else how.column_of(cell) for cell in header]
    if NUMBER not in columns:
        raise FactError(f"{file.name}: row {how.header_row} has no column {NUMBER}. Correct its headings first.")
    return LongerList(found, columns, how.header_row, how.separator or ",")
