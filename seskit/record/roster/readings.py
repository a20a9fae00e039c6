"""How a person agreed that a roster is read: headings in other words, printed values, rows that are not people.

They are kept in `roster.readings.yaml` beside the roster. Without the file the roster is read as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from seskit.formats import strict_yaml
from seskit.formats.files import digest, whole
from seskit.formats.keyed import Keyed, reworded
from seskit.law.facts import YesNo
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Strict
from seskit.record.problem import Problem
from seskit.record.roster import printed
from seskit.record.roster.columns import COLUMNS, STATED, canonical
from seskit.record.roster.notes import NOT_USED
from seskit.record.roster.usual_headings import PAYS

FILE = "roster.readings.yaml"
Kind = Literal[
    "column", "form", "value", "layout", "rows", "blank", "every", "office", "same", "unused", "joined", "row"
]
#: Needed columns for which one value may hold for every row.
FOR_EVERY_ROW = ("plan", "ig_office", "appointment_type")
#: The needed column that the words of a row's other cells may tell.
OFFICE = "ig_office"
_USED_OR_NOT = ("column", "unused")
_TOP = """\
# How the roster beside this file is read. A person accepted each entry; it is shown whenever the roster is read.
# Delete an entry, or the whole file, and the roster is read as it is.
"""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "column": ("heading", "column"),
    "form": ("column", "form"),
    "value": ("column", "text", "take"),
    "layout": (),
    "rows": ("rows",),
    "blank": ("column", "take"),
    "every": ("column", "take"),
    "office": ("column",),
    "same": ("heading", "column"),
    "unused": ("heading",),
    "joined": ("heading", "with_heading", "column"),
    "row": ("row", "counts"),
}


class Reading(Strict):
    """One way of reading that a person accepted: what, and who, when and why."""

    kind: Kind
    #: A heading of the file, read as this column.
    heading: str | None = None
    column: str | None = None
    #: A second heading, whose cells stand behind those of the first one: a first name behind the last name.
    with_heading: str | None = None
    #: A printed form of the column's values.
    form: str | None = None
    #: One text of the column, or its blank cells, and what is taken for it.
    text: str | None = None
    take: str | None = None
    #: Where the table is: its sheet, the row of its header, the sign between its cells.
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1, le=1000)
    separator: Literal[",", ";", "\t", "|"] | None = None
    #: Which rows are not people.
    rows: Literal["totals", "repeated_header", "repeated_row"] | None = None
    #: One row of this file alone, and whether it counts: one that is left out does not.
    row: int | None = Field(default=None, ge=1)
    counts: YesNo | None = None
    who: str = ""
    when: str = ""
    why: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Reading:
        lacking = [name for name in _NEEDED[self.kind] if getattr(self, name) is None]
        if lacking:
            raise ValueError(f"needs {' and '.join(lacking)}")
        if self.column is not None and self.column not in COLUMNS | STATED:
            raise ValueError(f"names a column '{self.column}' that a roster does not have")
        if self.kind == "form" and printed.form(self.column or "", self.form or "") is None:
            raise ValueError(f"names a form '{self.form}' that is not known for {self.column}")
        if self.kind == "every" and self.column not in FOR_EVERY_ROW:
            raise ValueError(f"gives one value to every row; only {', '.join(FOR_EVERY_ROW)} can have one")
        if self.kind == "office" and self.column != OFFICE:
            raise ValueError(f"decides '{self.column}' by the name of an office; only {OFFICE} can be decided that way")
        if self.kind == "same" and self.column not in PAYS:
            raise ValueError(f"names '{self.column}'; only {' and '.join(PAYS)} can be one column")
        if self.kind == "joined" and self.column != "name":
            raise ValueError(f"joins two columns as '{self.column}'; only name can be joined")
        return self

    @property
    def sources(self) -> set[str]:
        """The headings it reads from, in their usual form."""
        return {canonical(heading) for heading in (self.heading, self.with_heading) if heading is not None}

    @property
    def what(self) -> tuple[object, ...]:
        """What is agreed on, without who accepted it, when and why: the same for two readings that do the same."""
        return tuple(self.model_dump(exclude={"who", "when", "why"}).values())

    @property
    def about(self) -> tuple[object, ...]:
        """What a later reading takes the place of: the same one, and of a row whatever was said of it."""
        return (self.kind, self.row) if self.kind == "row" else self.what

    @property
    def says(self) -> str:
        """What is done, as a sentence without its end."""
        if self.kind == "form":
            known = printed.form(self.column or "", self.form or "")
            return f"{self.column}: {known.looks if known else self.form}: {known.does if known else ''}"
        under = f" under '{self.heading}'" if self.heading else ""
        sentences = {
            "column": f"the heading '{self.heading}' is read as {self.column}",
            "value": f"{self.column}: '{self.text}' is read as {self.take or 'blank'}",
            "blank": f"{self.column}: a blank cell is read as {self.take}",
            "every": f"{self.column} is {self.take} in every row, because the roster does not have the column",
            "office": f"{self.column} is yes in the rows that name an Office of Inspector General"
            f"{under} and no in every other, "
            "because the roster does not have the column",
            "same": f"the heading '{self.heading}' is also read as {self.column}",
            "unused": f"the heading '{self.heading}' is not used",
            "joined": f"the headings '{self.heading}' and '{self.with_heading}' are read as {self.column}, joined",
        }
        if self.kind in sentences:
            return sentences[self.kind]
        if self.kind == "row":
            return f"row {self.row} {'counts' if self.counts else 'is left out'}"
        if self.kind == "rows":
            what = {"totals": "totals and remarks", "repeated_header": "the header again"}.get(
                self.rows or "", "identical to an earlier row"
            )
            return f"rows that hold {what} are not read as people"
        return self._layout()

    def _layout(self) -> str:
        parts = [f"the sheet '{self.sheet}' is read"] if self.sheet else []
        parts += [f"the header is in row {self.header_row}"] if self.header_row else []
        names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright lines"}
        parts += [f"cells are separated by {names[self.separator]}"] if self.separator else []
        return "; ".join(parts) or "the table begins in row 1"

    @property
    def line(self) -> str:
        """The sentence, and who accepted it when and why."""
        by = f" by {self.who}" if self.who else ""
        on = f" on {self.when[:10]}" if self.when else ""
        said = f"{self.says} (accepted{by}{on}{f': {self.why}' if self.why else ''})"
        return Keyed(said, NOT_USED) if self.kind == "unused" else said


def each_once(accepted: Iterable[Reading]) -> tuple[Reading, ...]:
    """The readings without those that were accepted again later, whoever accepted them and when; the last one counts.

    A heading is read as a column or not used, never both.
    """
    every = tuple(accepted)
    last = {one.about: one for one in every}
    used = {canonical(one.heading or ""): one.kind for one in every if one.kind in _USED_OR_NOT}
    return tuple(
        one for one in every
        if last[one.about] is one
        and (one.kind not in _USED_OR_NOT or used[canonical(one.heading or "")] == one.kind)
    )  # fmt: skip


class ReadingsFile(Strict):
    """Every way of reading that was accepted for a roster, and the mark of the file it was accepted for."""

    of: str = ""
    accepted: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Readings:
    """What was accepted for a roster, the last word on each thing first found."""

    accepted: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
    #: Values typed for single cells, by row and column; never kept in this file.
    typed: Mapping[tuple[int, str], str] = field(default_factory=dict)
    #: The mark of the file they were accepted for; and those that do not fit the one that is there, with the reason.
    of: str = ""
    aside: tuple[tuple[Reading, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.accepted or self.typed)

    def of_kind(self, kind: Kind) -> list[Reading]:
        """The readings of one kind."""
        return [one for one in self.accepted if one.kind == kind]

    @property
    def one_by_one(self) -> dict[int, bool]:
        """The rows of which a person said whether they count."""
        return {one.row or 0: bool(one.counts) for one in self.of_kind("row")}

    @property
    def sheet(self) -> str | None:
        """The sheet to read, where it was chosen."""
        return next((one.sheet for one in reversed(self.of_kind("layout")) if one.sheet), None)

    @property
    def header_row(self) -> int:
        """The row of the header."""
        return next((one.header_row for one in reversed(self.of_kind("layout")) if one.header_row), 1)

    @property
    def separator(self) -> str | None:
        """The sign between the cells of a CSV file, where it was chosen."""
        return next((one.separator for one in reversed(self.of_kind("layout")) if one.separator), None)

    @property
    def named(self) -> dict[str, str]:
        """The columns of headings in other words, by the heading in its usual form."""
        return {canonical(one.heading or ""): one.column or "" for one in self.of_kind("column")}

    @property
    def unused(self) -> set[str]:
        """The headings, in their usual form, that a person said hold nothing the report uses."""
        return {canonical(one.heading or "") for one in self.of_kind("unused")} - set(self.named)

    def part_of(self, cell: str) -> str | None:
        """The column that a cell of the header is a part of, such as a last name of name."""
        name = canonical(cell)
        return next((one.column for one in self.of_kind("joined") if name in one.sources), None)

    def column_of(self, cell: str) -> str:
        """The column a cell of the header names: as a person agreed, nothing where it is not used, else by its own name."""
        name = canonical(cell)
        return self.named.get(name, "" if name in self.unused else name)

    def supplied(self, header: Sequence[str]) -> dict[str, Reading]:
        """The columns that the file does not have and a reading gives: one value for every row, or what other cells of the row say."""
        there = {canonical(cell) for cell in header}
        have = {self.column_of(cell) for cell in there}
        given = [
            one
            for one in self.accepted
            if one.kind == "every" or (one.kind in ("same", "joined", "office") and one.sources <= there)
        ]
        return {one.column or "": one for one in given if one.column not in have}


NOTHING = Readings()


def noted(lines: Iterable[str]) -> list[str]:
    """What was accepted, as the notes on how a roster was read say it."""
    return [reworded(line, f"{FILE}: {line}.") for line in lines]


def beside(roster: Path) -> Readings:
    """The readings beside a roster, or none; a file that cannot be read is a problem, and nothing of it is used."""
    folder = roster if roster.is_dir() else roster.parent
    file = folder / FILE
    if not file.is_file():
        return NOTHING
    found = checked_yaml.read(file, ReadingsFile, place="the agency's folder", example="accepted")
    if found.record is None:
        return Readings(problems=found.problems)
    return Readings(each_once(found.record.accepted), found.problems, of=found.record.of)


def mark(roster: Path) -> str:
    """What tells a file from every other: its sum in letters alone, because digits may look like a person's number."""
    return (digest(roster) or "").translate(str.maketrans("0123456789", "ghijklmnop"))


def keep(roster: Path, accepted: tuple[Reading, ...]) -> Path | None:
    """Write the readings beside the roster they were accepted for; without any the file is removed."""
    file = roster.parent / FILE
    if not accepted:
        file.unlink(missing_ok=True)
        return None
    entries = [one.model_dump(exclude_none=True) for one in accepted]
    return whole(file, (_TOP + strict_yaml.dump({"of": mark(roster), "accepted": entries})).encode())
