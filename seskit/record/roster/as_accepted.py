"""The rows of a roster as a person agreed to read them: values by their printed form, rows that are not people set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from seskit.law.facts import Unreadable
from seskit.record.roster import printed
from seskit.record.roster.cells import Cell, examined, settled
from seskit.record.roster.columns import COLUMNS, STATED, Column, canonical
from seskit.record.roster.readings import Readings
from seskit.record.roster.usual_headings import NAME_JOIN, names_inspector
from seskit.record.roster.usual_headings import columns as columns_of

ALL: Mapping[str, Column] = COLUMNS | STATED
_TOTAL = re.compile(
    r"(?:grand |sub-?|report )?totals?\b.*|(?:count|sum|average|avg|mean|median|minimum|maximum)\b.*|number of .*"
    r"|end of (?:report|file|list).*|\*+.*|page \d+.*|(?:report|run|printed|print) (?:date|on|by).*|(?:source|note|prepared|legend)\b.*"
    r"|\d+ (?:rows?|records?|people|executives?|employees?)\b.*",
    re.IGNORECASE,
)
_REMARK = re.compile(r"[^\W\d]{3,}\S* \S")
#: What a spreadsheet writes below the rows of each office, in place of a number: Water Bureau Total.
_OF_OFFICE = re.compile(r".+ (?:sub-?)?(?:total|count|average|sum)", re.IGNORECASE)
_VALUED = ("appointment_type", "ig_office", "rating_date", "award")
_PLACED = ("appointment_type", "ig_office")


@dataclass
class Applied:
    """What was done to the rows, to be shown."""

    #: Rows that were not read as people, with the reason.
    set_aside: dict[int, str] = field(default_factory=dict)
    #: Cells that were taken for something else: row, column, the text in the file and what was taken.
    taken: list[tuple[int, str, str, str]] = field(default_factory=list)


def may_be_added(name: str) -> bool:
    """Whether a roster may lack the column, so that it is put at the end where a value is written into it."""
    return name in ALL and not ALL[name].needed_in_header


def readable(column: Column, text: str) -> bool:
    """Whether the column takes a text as it stands."""
    return (_takes if type(text) is str else _takes.__wrapped__)(column.read, column.is_free, text)


@lru_cache(maxsize=1 << 16)
def _takes(read: Callable[[str], Any], free: bool, text: str) -> bool:
    try:
        settled(text, read, free=free)
    except Unreadable:
        return False
    return True


def is_remark(row: Sequence[str]) -> bool:
    """Whether a row holds nothing but words in one cell; the name of an Inspector General's office, whose people count apart, is none."""
    given = [cell for cell in row if cell.strip()]
    return len(given) == 1 and bool(_REMARK.search(given[0])) and not names_inspector(given)


def totals(row: Sequence[str], slots: Sequence[str | None]) -> bool:
    """Whether a row holds totals or a remark: it says so, and no cell that places a person in the report can be read."""
    texts = [printed.held(cell) for cell in row]
    cells = {name: text for name, text in zip(slots, texts, strict=False) if name}
    number = cells.get("person_id", "")
    if number and cells.get("appointment_type") and not _TOTAL.fullmatch(number):
        return False  # a person, whatever stands beside the table
    said = any(_TOTAL.fullmatch(text) for text in texts if text) or is_remark(texts)
    if not said and (number or not any(map(_OF_OFFICE.fullmatch, texts))):
        return False
    return not any(cells.get(name) and readable(ALL[name], cells[name]) for name in _PLACED)


def repeats_header(row: Sequence[str], header: Sequence[str]) -> bool:
    """Whether a row is the header once more, as printed on top of each page: it holds words of headings and no value.

    A header that holds values is none, such as the row of a person that was taken for it.
    """
    if not _has_headings(tuple(header)) or any(
        _is_value(cell) and cell != head for cell, head in zip_longest(row, header, fillvalue="")
    ):
        return False
    filled = [(canonical(cell), canonical(head)) for cell, head in zip(row, header, strict=False) if cell.strip()]
    return len(filled) > 1 and sum(cell == head for cell, head in filled) * 5 >= len(filled) * 3


@lru_cache(maxsize=64)
def _has_headings(header: tuple[str, ...]) -> bool:
    """Whether a row taken for the header can be one: several headings of a roster, and no number or day."""
    known = sum(canonical(cell) in ALL or bool(columns_of(cell, list(ALL))) for cell in header)
    return known > 1 and not any(_is_value(cell) and any(map(str.isdigit, cell)) for cell in header)


@lru_cache(maxsize=1 << 16)
def _is_value(cell: str) -> bool:
    """Whether a cell holds a value of a column that takes only some: a number, a day, a yes or no, a type."""
    text = printed.held(cell).strip()
    if not text:
        return False
    return not any(map(str.isalpha, text)) or any(readable(ALL[name], text) for name in _VALUED)


def _as_typed(name: str, text: str) -> str:
    """A typed value as it would be read from a file, without what cannot be seen where words of any kind may stand."""
    cell = examined(text)
    return cell.free if isinstance(cell, Cell) and cell.free and ALL[name].is_free else cell


class AsAccepted:
    """Applies readings to rows; `applied` says what was done."""

    def __init__(self, readings: Readings, header: list[str], slots: list[str | None]) -> None:
        """Take the header and the column read at each of its places; columns that are only written to are added."""
        self.applied = Applied()
        self._readings, self._header = readings, header
        self.given = len(slots)
        self._given = readings.supplied(header)
        heads = [canonical(cell) for cell in header]
        joined = [one for one in self._given.values() if one.kind == "joined"]
        #: Where the parts of a column stand that is joined of two.
        self._parts = [heads.index(canonical(part or "")) for one in joined for part in (one.heading, one.with_heading)]
        wanted = [*(column for _, column in readings.typed), *(one.column for one in readings.of_kind("blank"))]
        stated = [
            name for name in dict.fromkeys(wanted) if name and name not in (*slots, *self._given) and may_be_added(name)
        ]
        self.added = [*(name for name in self._given if name not in slots), *stated]
        self.slots = [*slots, *self.added]
        self._aside = {one.rows for one in readings.of_kind("rows")}
        self._out = {row for row, counts in readings.one_by_one.items() if not counts}
        self._met: set[tuple[str, ...]] = set()
        self._forms = {name: self._readers(name) for name in self.slots if name}
        self._blank = {one.column: one.take for one in reversed(readings.of_kind("blank"))}
        places = (place for place, name in enumerate(self.slots) if name)
        #: An award may be a percentage of a rate, so it is read last.
        self._order = sorted(places, key=lambda one: self.slots[one] == "award")

    def rows(self, source: Iterator[list[str]], first: int) -> Iterator[list[str]]:
        """The rows as they are read; one that is set aside is blank, so that row numbers stay true."""
        for number, row in enumerate(source, first):
            if not any(cell.strip() for cell in row):
                yield row
                continue
            if why := "to be left out" if number in self._out else self._set_aside(row):
                self.applied.set_aside[number] = why
                yield []
                continue
            yield self._taken(number, row)

    def _set_aside(self, row: list[str]) -> str:
        if "repeated_header" in self._aside and repeats_header(row, self._header):
            return "the header again"
        if "repeated_row" in self._aside:
            if (met := tuple(cell.strip() for cell in row)) in self._met:
                return "the same as an earlier row"
            self._met.add(met)
        return "a total or a remark" if "totals" in self._aside and totals(row, self.slots) else ""

    def _taken(self, number: int, row: list[str]) -> list[str]:
        if len(row) < self.given:
            row = row + [""] * (self.given - len(row)) if self._readings.typed else row
        if self.added and len(row) > self.given and not any(cell.strip() for cell in row[self.given :]):
            row = row[: self.given]
        if len(row) == self.given and self.added:
            row = row + [""] * len(self.added)
        texts = {name: printed.held(cell) for name, cell in zip(self.slots, row, strict=False) if name}
        made = list(row)
        for place in self._order:
            if place >= len(row):
                continue
            name, cell = self.slots[place] or "", row[place]
            typed = self._readings.typed.get((number, name))
            if typed is not None:
                cell = _as_typed(name, typed)
                texts[name] = printed.held(cell)
            elif name in self._given and place >= self.given:
                cell = texts[name] = self._supplied(name, texts, made)
            value = self._read(name, cell, texts)
            if value is None and cell is not row[place]:
                value = cell
            if value is not None and value != str(row[place]):
                self.applied.taken.append((number, name, str(row[place]), value))
                made[place], texts[name] = value, value
        return made

    def _supplied(self, name: str, row: Mapping[str, str], cells: Sequence[str]) -> str:
        """What a column holds that the file does not have: one value, or what other columns of the row hold."""
        one = self._given[name]
        heading = canonical(one.heading or "")
        if one.kind == "joined":
            parts = [cells[place] for place in self._parts if place < len(cells)]
            return NAME_JOIN.join(text for part in parts if (text := printed.held(part)))
        if one.kind == "office":
            at = [place for place, head in enumerate(self._header) if not heading or canonical(head) == heading]
            told = cells[: self.given] if not heading else [cells[place] for place in at if place < len(cells)]
            return "yes" if names_inspector(told) else "no"
        source = self._readings.named.get(heading, heading)
        return (one.take or "") if one.kind == "every" else row.get(source, "")

    def _readers(self, name: str) -> list[printed.PrintedForm]:
        accepted = [one for one in self._readings.of_kind("form") if one.column == name]
        forms = [form for one in accepted if (form := printed.form(name, one.form or ""))]
        said = {one.text or "": one.take or "" for one in self._readings.of_kind("value") if one.column == name}
        own = printed.PrintedForm("said", "", "", lambda text, _: said.get(text), reads_more=True)
        return [own, *forms] if said else forms

    def _read(self, name: str, cell: str, row: Mapping[str, str]) -> str | None:
        text = row[name]
        if not text:
            blank = self._blank.get(name)
            return None if blank is None or not self._asks(name, row) else blank
        if not self._forms[name]:
            return None
        as_it_is = readable(ALL[name], cell)
        for form in self._forms[name]:
            if (form.reads_more or not as_it_is) and (value := form.read(text, row)) is not None:
                return value
        return text if text != str(cell) and self._unseen(name) and readable(ALL[name], text) else None

    def _unseen(self, name: str) -> bool:
        return any(one.name == printed.UNSEEN.name for one in self._forms[name])

    def _asks(self, name: str, row: Mapping[str, str]) -> bool:
        """Whether a blank cell of a column that says what a blank rate means has a blank rate beside it."""
        rates = {"on_rolls_fy_end": "basic_pay_fy_end", "on_rolls_period_end": "basic_pay_period_end"}
        return name not in rates or not row.get(rates[name])
