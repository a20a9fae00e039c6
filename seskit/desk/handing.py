"""Files handed over by a link: from this computer to this computer, as the file is now."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from seskit.formats.markup import Markup, element, paragraph, together

#: Larger files are opened from their folder.
_MOST_BYTES = 8_000_000
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


def download(name: str, content: bytes, words: str) -> Markup:
    """A link that hands over a file, from this computer to this computer."""
    return element("a", words, download=name, href=_data(name, content))


def downloads(paths: Iterable[Path]) -> Markup:
    """Links that hand over files of the folder as they are now, each by its name."""
    return together(*(paragraph(ways(path, named=True)) for path in paths if path.is_file()))


def ways(path: Path, *, named: bool = False) -> Markup:
    """The ways to have a file: a page is opened, anything else is downloaded; its name is shown where it is not beside."""
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
