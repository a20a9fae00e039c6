"""The XML of one sheet, element by element, to rows of cells: addresses, formulas, errors and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from seskit.formats.cell_names import letters, place_of
from seskit.formats.privacy import shown
from seskit.record.roster.parts import local, too_deep
from seskit.record.roster.refusal import SAVE_AGAIN, Refusal
from seskit.record.roster.values import LONGEST_TEXT, Texts

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_DATA, _ROW, _CELL, _INSIDE = 2, 3, 4, 5
_MOST_KEPT = 100_000


class SheetRows:
    """Handlers for the parser; `taken` gives the rows that are complete.

    An address may be left out: the cell then follows the one before it, as the format says.
    """

    def __init__(self, texts: Sequence[str], make: Texts, struck: frozenset[int] = frozenset()) -> None:
        """Take the shared texts, what makes a value of a cell, and the styles whose text is struck through."""
        self.text: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[str] = []
        self.filtered = False
        #: How many columns the sheet says that it has.
        self.said_width = 0
        #: The places of the cells that are struck through, by their rows.
        self.struck: dict[int, list[int]] = {}
        self._texts, self._make, self._struck = texts, make, struck
        self._rows: list[tuple[int, list[Any]]] = []
        self._tags: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._depth = self._number = 0
        self._section = ""
        self._hidden = False
        self._written = ""
        self._row: list[Any] = []
        self._next = self._column = 0
        self._kind = self._style = ""
        self._value: str | None = None
        self._inline: list[str] = []
        self._formula = False
        self._aside = 0

    def taken(self) -> Iterator[tuple[int, list[Any]]]:
        """The rows that hold something and are complete, each with its number."""
        rows, self._rows = self._rows, []
        yield from rows

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element begins."""
        depth = self._depth = self._depth + 1
        tag = self._tags.get(name) or self._tag(name)
        if depth == _INSIDE:
            self.text.clear()
            if tag == "f":
                self._formula = True
        elif depth == _CELL:
            if self._section == "sheetData" and tag == "c":
                self._begin_cell(said)
            elif tag == "filterColumn":
                self.filtered = True
        elif depth == _ROW:
            if self._section == "sheetData":
                self._begin_row(said)
            else:
                self._about_sheet(tag, said)
        elif depth == _DATA:
            self._section = tag
            if tag == "dimension" and (last := _ADDRESS.fullmatch(said.get("ref", "").rpartition(":")[2])):
                self.said_width = place_of(last[1]) + 1
        elif tag == "t":
            self.text.clear()
        elif tag == "rPh":
            self._aside = depth
        else:
            too_deep(depth)

    def end(self, name: str) -> None:
        """An element ends."""
        depth = self._depth
        self._depth = depth - 1
        if depth < _ROW or self._section != "sheetData":
            self.text.clear()
            return
        tag = self._tags[name]
        if depth == _CELL and tag == "c":
            self._end_cell()
        elif depth == _INSIDE and tag == "v":
            self._value = "".join(self.text)
        elif depth > _INSIDE and tag == "t" and not self._aside:
            self._inline.append("".join(self.text))
        elif tag == "rPh":
            self._aside = 0
        elif depth == _ROW:
            self._end_row()

    def _tag(self, name: str) -> str:
        if len(self._tags) > _MOST_KEPT:
            raise Refusal("the workbook is damaged", SAVE_AGAIN)
        return self._tags.setdefault(name, local(name))

    def _about_sheet(self, tag: str, said: dict[str, str]) -> None:
        if tag == "filterColumn":
            self.filtered = True
        elif tag == "col" and (_is_true(said.get("hidden", "")) or _is_nothing(said.get("width", ""))):
            first, last = (_whole(said.get(end, "")) or 1 for end in ("min", "max"))
            self.hidden_columns += range(first - 1, min(last, MOST_COLUMNS))
            del self.hidden_columns[MOST_COLUMNS:]
        elif tag == "mergeCell" and len(self.merged) < _MOST_KEPT:
            self.merged.append(said.get("ref", ""))

    def _begin_row(self, said: dict[str, str]) -> None:
        given = said.get("r")
        number = self._number + 1 if given is None else _whole(given)
        if given is not None and number <= self._number:
            raise Refusal(f"row {shown(given)} of the sheet appears twice or is out of order", SAVE_AGAIN)
        self._set_row(number, given)
        self._hidden = _is_true(said.get("hidden", "")) or _is_nothing(said.get("ht", ""))
        self._row = []
        self._next = 0

    def _set_row(self, number: int, given: str | None) -> None:
        if not 1 <= number <= MOST_ROWS:
            raise Refusal(f"the sheet has a row {shown(number)}, and the last can be {MOST_ROWS:,}", SAVE_AGAIN)
        self._number, self._written = number, str(number) if given is not None else ""

    def _begin_cell(self, said: dict[str, str]) -> None:
        address = said.get("r")
        if address is None:
            self._column = self._next
        else:
            column = self._columns.get(address.removesuffix(self._written)) if self._written else None
            self._column = self._found(address) if column is None else column
        if self._column >= MOST_COLUMNS:
            raise Refusal(f"the sheet has more than {MOST_COLUMNS:,} columns", SAVE_AGAIN)
        self._next = self._column + 1
        self._kind = said.get("t", "n")
        self._style = said.get("s", "0")
        self._value = None
        self._formula = False
        self._inline.clear()
        self.text.clear()

    def _found(self, address: str) -> int:
        """The column of an address that was not met before; its row must be the row it is in."""
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise Refusal(f"the workbook is damaged: a cell's address is '{shown(address)}'", SAVE_AGAIN)
        if not self._written and not self._row and int(match[2]) >= self._number:
            self._set_row(int(match[2]), match[2])
        elif int(match[2]) != self._number:
            raise Refusal(f"the workbook is damaged: cell {address} is in row {self._number}", SAVE_AGAIN)
        column = place_of(match[1])
        if column < MOST_COLUMNS:
            self._columns[match[1]] = column
        return column

    def _end_cell(self) -> None:
        value = self._made()
        if value == "":
            return
        column, row = self._column, self._row
        if self._struck and _whole(self._style) in self._struck and len(self.struck) < _MOST_KEPT:
            self.struck.setdefault(self._number, []).append(column)
        if column == len(row):
            row.append(value)
        elif column > len(row):
            row += [self._make.blank] * (column - len(row))
            row.append(value)
        elif row[column] == self._make.blank:
            row[column] = value
        else:
            raise Refusal(f"the workbook is damaged: cell {self._where} appears twice", SAVE_AGAIN)

    def _made(self) -> Any:
        """The value of the cell that ends; an empty text where it is blank."""
        kind, value, make = self._kind, self._value, self._make
        if kind == "e":
            return make.error(value.strip() if value and value.strip() else "#N/A")
        if kind == "inlineStr":
            if self._formula and not self._inline:
                return make.uncalculated()
            value = "".join(self._inline)
            self._check_length(value)
            return make.text(value)
        if value is None or (kind != "str" and not value.strip()):
            return make.uncalculated() if self._formula else ""
        if kind == "s":
            return make.shared(self._texts[self._shared(value)])
        if kind == "n":
            self._check_length(value)
            return make.number(value, _whole(self._style))
        return self._of_rare_kind(kind, value)

    def _of_rare_kind(self, kind: str, value: str) -> Any:
        self._check_length(value)
        if kind == "str":
            return self._make.text(value)
        if kind == "b" and value.strip().lower() in ("0", "1", "true", "false"):
            return self._make.truth(value.strip().lower() in ("1", "true"))
        if kind == "d":
            return self._make.moment(value)
        raise Refusal(f"the workbook is damaged: cell {self._where} holds a value of an unknown kind", SAVE_AGAIN)

    def _shared(self, value: str) -> int:
        place = _whole(value.strip())
        if not value.strip().isdigit() or place >= len(self._texts):
            raise Refusal(f"the workbook is damaged: the text of cell {self._where} is not there", SAVE_AGAIN)
        return place

    def _check_length(self, value: str) -> None:
        if len(value) > LONGEST_TEXT:
            raise Refusal(f"cell {self._where} is longer than {LONGEST_TEXT:,} characters", "Shorten it.")

    @property
    def _where(self) -> str:
        return f"{letters(self._column)}{self._number}"

    def _end_row(self) -> None:
        if self._row:
            self._rows.append((self._number, self._row))
            if self._hidden and len(self.hidden_rows) < _MOST_KEPT:
                self.hidden_rows.append(self._number)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _is_true(text: str) -> bool:
    return text.strip().lower() in ("1", "true", "on")


def _is_nothing(size: str) -> bool:
    """Whether a width or height leaves nothing to be seen."""
    return re.fullmatch(r"0+(?:\.0*)?", size.strip()) is not None
