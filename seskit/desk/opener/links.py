"""Finished files as links: open the page, download the workbook or the PDF; and the folder they are in."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seskit.desk.opener import since
from seskit.formats.markup import Markup, element, paragraph, together
from seskit.formats.tables import Table

#: Larger files are opened from their folder.
_MOST_BYTES = 8_000_000
RENEWED = "These files are being made anew. Their links come back when they are ready."
_LEFT = "text-align:left"
_KINDS = {
    ".xlsx": ("Excel workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".docx": ("Word document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("PDF", "application/pdf"),
    ".html": ("web page", "text/html;charset=utf-8"),
    ".json": ("data", "application/json"),
    ".csv": ("CSV", "text/csv;charset=utf-8"),
    ".ics": ("calendar", "text/calendar;charset=utf-8"),
    ".md": ("text", "text/plain;charset=utf-8"),
}
#: What people open comes first, what programs read last.
_IN_ORDER = (".html", ".xlsx", ".pdf", ".docx", ".ics", ".md", ".csv", ".json")


@dataclass(frozen=True)
class Links:
    """A table of files, the first cell of each row a file's name; on the screen each name is a link."""

    table: Table
    files: tuple[Path, ...]
    #: What changed since the last time, in sentences.
    since: tuple[str, ...] = ()

    def live_html(self) -> Markup:
        """The table with links, and where the files are."""
        if not self.files:
            return self.table.to_html()
        by_name = {path.name: path for path in self.files}
        header = [element("th", cell, scope="col", style=_LEFT) for cell in (*self.table.header, "Get it")]
        rows = [_row(row, by_name.get(row[0])) for row in self.table.rows]
        caption = element("caption", self.table.title, style="text-align:left;font-weight:bold")
        made = element("table", caption, element("thead", element("tr", header)), element("tbody", rows))
        folders = dict.fromkeys(path.resolve().parent for path in self.files)
        places = together(*(element("strong", one) for one in folders), between=" and ")
        place = paragraph(f"All are in the folder{'s' * (len(folders) > 1)} ", places, ".")
        said, notes = (list(map(paragraph, lines)) for lines in (self.since, self.table.notes))
        return together(said, made, notes, place)

    def withdrawn(self) -> Markup:
        """The table without links, while its files are made anew: nobody fetches a former file by a link that is left."""
        return together(self.table.to_html(), paragraph(RENEWED))

    def _repr_html_(self) -> Markup:
        return self.table.to_html()

    def __repr__(self) -> str:
        """The table as text."""
        return repr(self.table)


def linked(
    table: Table, written: Iterable[Path], was: since.Before | None = None, others: Sequence[Path] = ()
) -> Links:
    """The table of files just written, with links to them, and what changed since the folder was as it `was`; `others`
    are files of the table that were there already.
    """
    now = tuple(written)
    changes = tuple(since.changed(was, now)) if was else ()
    return Links(replace(table, rows=tuple(sorted(table.rows, key=_opened_first))), (*now, *others), changes)


def _opened_first(row: Sequence[str]) -> int:
    """What people open before what only programs read; files of one kind stay in their order."""
    suffix = Path(row[0]).suffix
    return _IN_ORDER.index(suffix) if suffix in _IN_ORDER else len(_IN_ORDER)


def download(name: str, content: bytes, words: str) -> Markup:
    """A link that hands over a file, from this computer to this computer."""
    return element("a", words, download=name, href=_data(name, content))


def downloads(paths: Iterable[Path]) -> Markup:
    """Links that hand over files of the folder as they are now, each by its name."""
    return together(*(paragraph(_ways(path, named=True)) for path in paths if path.is_file()))


def _row(row: tuple[str, ...], path: Path | None) -> Markup:
    cells = [element("td", cell, style=_LEFT) for cell in row[1:]]
    ways = element("td", _ways(path) if path else "", style=_LEFT)
    return element("tr", element("th", row[0], scope="row", style=_LEFT), cells, ways)


def _ways(path: Path, *, named: bool = False) -> Markup:
    kind, _ = _KINDS.get(path.suffix, ("file", ""))
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError:
        content = b""
    if not content:
        return together(f"{kind}: open it from its folder")
    hidden = element("span", f" {path.name}", **({} if named else {"class_": "seskit-unseen"}))
    got = element("a", "Download ", kind, hidden, download=path.name, href=_data(path.name, content))
    if path.suffix != ".html":
        return got
    opened = element("a", "Open page", hidden, href=_data(path.name, content), class_="seskit-open", target="_blank")
    return together(opened, got, between=" · ")


def _data(name: str, content: bytes) -> str:
    _, mime = _KINDS.get(Path(name).suffix, ("", "application/octet-stream"))
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"
