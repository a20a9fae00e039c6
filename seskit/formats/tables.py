"""A table as people need it: a caption, headers a screen reader can use, and a sentence when it is empty."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"(-?\$?[\d,.]+( percent)?)?")
_SHORT = 24
#: Tells notebook viewers that two dollar signs on a line are amounts, not a formula.
NOT_MATH = "class='mathjax_ignore tex2jax_ignore'"


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption; the first cell of a row is its heading."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "Nothing to show."
    #: Sentences below the table.
    notes: tuple[str, ...] = ()

    def to_html(self) -> str:
        """The table as HTML, or its sentence when it is empty, with the notes below."""
        return self._table() + "".join(f"<p {NOT_MATH}>{html.escape(note)}</p>" for note in self.notes)

    def _table(self) -> str:
        e = html.escape
        if not self.rows:
            return f"<p {NOT_MATH}><strong>{e(self.title)}.</strong> {e(self.empty)}</p>"
        styles = [_style(column) for column in zip(*self.rows, strict=True)]
        head = "".join(
            f"<th scope='col' style='{style}'>{e(cell)}</th>" for cell, style in zip(self.header, styles, strict=True)
        )
        body = "".join(
            f"<tr><th scope='row' style='{styles[0]}'>{e(first)}</th>"
            + "".join(f"<td style='{style}'>{e(cell)}</td>" for cell, style in zip(rest, styles[1:], strict=True))
            + "</tr>"
            for first, *rest in self.rows
        )
        caption = f"<caption style='text-align:left;font-weight:bold'>{e(self.title)}</caption>"
        return f"<table {NOT_MATH}>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def _repr_html_(self) -> str:
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


@dataclass(frozen=True)
class Folded:
    """Several pieces of HTML under headings a reader opens one by one."""

    title: str
    parts: tuple[tuple[str, str], ...]
    empty: str = "Nothing to show."

    def _repr_html_(self) -> str:
        if not self.parts:
            return f"<p {NOT_MATH}><strong>{html.escape(self.title)}.</strong> {html.escape(self.empty)}</p>"
        folded = "".join(
            f"<details><summary>{html.escape(heading)}</summary>{body}</details>" for heading, body in self.parts
        )
        return f"<section {NOT_MATH}><p><strong>{html.escape(self.title)}</strong></p>{folded}</section>"

    def __repr__(self) -> str:
        """The headings."""
        if not self.parts:
            return f"{self.title}. {self.empty}"
        return "\n".join([self.title, *(f"- {heading}" for heading, _ in self.parts)])


def _style(column: Sequence[str]) -> str:
    """Numbers to the right, words to the left; short cells such as dates and amounts stay on one line."""
    side = "right" if all(_NUMBER.fullmatch(cell) for cell in column) else "left"
    line = ";white-space:nowrap" if max(map(len, column)) <= _SHORT else ""
    return f"text-align:{side}{line}"


def text_rows(rows: Sequence[Sequence[object]]) -> tuple[tuple[str, ...], ...]:
    """Rows of anything as rows of text; nothing becomes an empty cell."""
    return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows)


def as_text(value: str) -> str:
    """A cell that stays text: one that a spreadsheet would take for a formula is marked as text."""
    flat = " ".join(value.split())
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@", "|", "%")) else flat
