"""A table as people need it: a caption, headers a screen reader can use, and a sentence when it is empty."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seskit.formats import days
from seskit.formats.characters import visible
from seskit.formats.markup import Markup, element, together

_NUMBER = re.compile(r"(-?\$?[\d,.]+( percent|%)?|hidden|blank)?")
_SHORT = 24
#: Tells notebook viewers that two dollar signs on a line are amounts, not a formula.
NOT_MATH = "mathjax_ignore tex2jax_ignore"


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption; the first cell of a row is its heading. Days in it are written as people write them."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing to show."
    #: Sentences below the table.
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("title", "empty"):
            object.__setattr__(self, name, days.shown(getattr(self, name)))
        for name in ("header", "notes"):
            object.__setattr__(self, name, tuple(map(days.shown, getattr(self, name))))
        object.__setattr__(self, "rows", text_rows(self.rows))

    def to_html(self) -> Markup:
        """The table as HTML, or its sentence when it is empty, with the notes below."""
        return together(self._table(), [element("p", coded(note), class_=NOT_MATH) for note in self.notes])

    def _table(self) -> Markup:
        if not self.rows:
            return _sentence(self.title, self.empty)
        styles = [_style(column) for column in zip(*self.rows, strict=True)]
        sides = [style.partition(";")[0] for style in styles]
        head = [element("th", cell, scope="col", style=side) for cell, side in zip(self.header, sides, strict=True)]
        body = [
            element(
                "tr",
                element("th", coded(first), scope="row", style=styles[0]),
                [element("td", coded(cell), style=style) for cell, style in zip(rest, styles[1:], strict=True)],
            )
            for first, *rest in self.rows
        ]
        caption = element("caption", self.title, style="text-align:left;font-weight:bold")
        return element("table", caption, element("thead", element("tr", head)), element("tbody", body), class_=NOT_MATH)

    def _repr_html_(self) -> Markup:
        return self.to_html()

    def __repr__(self) -> str:
        """The table as aligned text."""
        if not self.rows:
            return "\n".join([f"{self.title}. {self.empty}", *self.notes])
        widths = [max(len(row[index]) for row in (self.header, *self.rows)) for index in range(len(self.header))]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (self.header, *self.rows)
        ]
        return "\n".join([self.title, *lines, *self.notes])


#: A heading under those of the page's sections, as tall as a line of text.
_AS_TEXT = "font-size:1em;font-weight:bold;margin:0 0 1em"


@dataclass(frozen=True)
class Folded:
    """Several pieces under headings a reader opens one by one."""

    title: str
    parts: tuple[tuple[str, Markup], ...]
    empty: str = "Nothing to show."

    def __post_init__(self) -> None:
        for name in ("title", "empty"):
            object.__setattr__(self, name, days.days_in_words(getattr(self, name)))
        object.__setattr__(self, "parts", tuple((days.days_in_words(heading), body) for heading, body in self.parts))

    def _repr_html_(self) -> Markup:
        if not self.parts:
            return _sentence(self.title, self.empty)
        folded = [element("details", element("summary", heading), body) for heading, body in self.parts]
        return element("section", element("h3", self.title, style=_AS_TEXT), folded, class_=NOT_MATH)

    def __repr__(self) -> str:
        """The headings."""
        if not self.parts:
            return f"{self.title}. {self.empty}"
        return "\n".join([self.title, *(f"- {heading}" for heading, _ in self.parts)])


def _sentence(title: str, empty: str) -> Markup:
    return element("p", element("strong", together(title, ".")), " ", coded(empty), class_=NOT_MATH)


def coded(text: str) -> Markup | str:
    """A sentence in which a command or a file name is set off as such, where it is written between backticks."""
    if "`" not in text:
        return text
    parts = text.split("`")
    if len(parts) % 2 == 0 or not all(map(str.strip, parts[1::2])):
        return text
    return together([element("code", part) if number % 2 else part for number, part in enumerate(parts)])


def _style(column: Sequence[str]) -> str:
    """Numbers to the right, words to the left; short cells such as dates and amounts stay on one line."""
    side = "right" if all(_NUMBER.fullmatch(cell) for cell in column) else "left"
    line = ";white-space:nowrap" if max(map(len, column)) <= _SHORT else ""
    return f"text-align:{side}{line}"


def text_rows(rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """Rows of anything as rows of text for people; nothing becomes an empty cell."""
    return tuple(tuple(map(days.shown, row)) for row in rows)


def as_text(value: str) -> str:
    """A cell that stays text: one that a spreadsheet would take for a formula is marked as text."""
    flat = " ".join(visible(value).split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@", "|", "%")) else flat


def as_csv(header: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A table as CSV that a spreadsheet opens: no text can act as a formula, numbers stay numbers, None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        ["" if cell is None else as_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return text.getvalue()
