"""Finished files as links: open the page, download the workbook or the PDF; and the folder they are in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seskit.desk.handing import ways
from seskit.desk.opener import since
from seskit.formats import leaving, results
from seskit.formats.markup import Markup, element, paragraph, together
from seskit.formats.tables import Table, text_rows

RENEWED = "These files are being made again. Their links come back when they are ready."
_LEFT = "text-align:left"
#: Papers that name nobody of the roster, but those who answer for them.
_SIGNERS = {"cover_letter": "who prepared the report", "sign_off": "who prepared and reviewed the report"}
#: What people open comes first, what programs read last.
_IN_ORDER = (".html", ".xlsx", ".pdf", ".docx", ".ics", ".md", ".csv", ".json")


@dataclass(frozen=True)
class FileLinks:
    """A table of files, the first cell of each row a file's name; on the screen each name is a link."""

    table: Table
    files: tuple[Path, ...]
    #: What changed since the last time, in sentences.
    since: tuple[str, ...]

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
) -> FileLinks:
    """The table of files just written, with links to them, and what changed since the folder was as it `was`; `others`
    are files of the table that were there already.
    """
    now = tuple(written)
    changes = tuple(since.changed(was, now)) if was else ()
    return FileLinks(replace(table, rows=tuple(sorted(table.rows, key=_opened_first))), (*now, *others), changes)


def holds_names(path: Path) -> bool:
    """Whether a finished file holds people's names: by its own name, or as an archive, which may hold any file."""
    return path.name.startswith(leaving.WITH_NAMES) or path.suffix == ".zip"


def of_files(written: Sequence[Path], notes: Sequence[str] = ()) -> Table:
    """Files made, which of them hold names, and what was kept or removed on the way."""
    rows = [
        (
            path.name,
            "yes: send separately, protected" if holds_names(path) else _SIGNERS.get(path.stem, "no"),
        )
        for path in written
    ]
    return Table("Files", ("File", "Names of people"), text_rows(rows), notes=(*notes, *results.taken()))


def _opened_first(row: Sequence[str]) -> int:
    """What people open before what only programs read; files of one kind stay in their order."""
    suffix = Path(row[0]).suffix
    return _IN_ORDER.index(suffix) if suffix in _IN_ORDER else len(_IN_ORDER)


def _row(row: tuple[str, ...], path: Path | None) -> Markup:
    cells = [element("td", cell, style=_LEFT) for cell in row[1:]]
    got = element("td", ways(path) if path else "", style=_LEFT)
    return element("tr", element("th", row[0], scope="row", style=_LEFT), cells, got)
