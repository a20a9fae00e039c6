"""Detail on demand: forms and pictures of a walk behind a button that makes them, and long tables behind their first rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from seskit.formats.counts import number_of
from seskit.formats.markup import Markup, element, together
from seskit.formats.tables import Folded, Table

P = TypeVar("P", bound=Callable[..., Any])
#: A table of more rows, or of more text, shows its first rows; all of it opens below them.
MOST_ROWS, _MOST_TEXT, _FIRST = 7, 1_000, 3
#: More headings than these stand behind one.
_MOST_PARTS = 4


def folded(words: str, *, each: bool = False) -> Callable[[P], P]:
    """Mark an output of a walk as detail: on the screen it is made when a person opens it; a run shows it as it is.

    What takes seconds is asked for with `each` agency anew: choosing another puts it away.
    """

    def marked(piece: P) -> P:
        piece.folded, piece.folded_each = words, each  # type: ignore[attr-defined]
        return piece

    return marked


def words_of(piece: Any) -> str:
    """The words of the button behind which an output is made; nothing for one that is shown at once."""
    return str(getattr(piece, "folded", ""))


def short(part: Any) -> Markup | None:
    """A long table by its first rows, the whole below them; long lists of headings behind one. None for what is short."""
    if isinstance(part, Folded) and len(part.parts) > _MOST_PARTS:
        return _behind(f"{part.title}: {len(part.parts)} to open", part._repr_html_())
    if type(part) is not Table or not _is_long(part):
        return None
    count = len(part.rows)
    if count <= _FIRST + 1:
        return None
    first = replace(part, title=f"{part.title} (the first {_FIRST} of {count})", rows=part.rows[:_FIRST], notes=())
    return together(first.to_html(), _behind(f"All {number_of(count, 'row')} of: {part.title}", part.to_html()))


def _is_long(table: Table) -> bool:
    return len(table.rows) > MOST_ROWS or sum(len(cell) for row in table.rows for cell in row) > _MOST_TEXT


def _behind(words: str, what: Markup) -> Markup:
    return element("details", element("summary", words), what, class_="seskit-long")
