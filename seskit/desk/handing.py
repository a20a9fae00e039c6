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
    ".zip": ("ZIP archive", "application/zip"),
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
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST_BYTES else b""
    except OSError:
        return _in_folder(path, f"{path.name} cannot be read from here.")
    if not content:
        return _in_folder(
            path,
            f"{path.name} has {size / 1_000_000:.1f} MB, too much for a link." if size else f"{path.name} is empty.",
        )
    hidden = element("span", f" {path.name}", **({} if named else {"class_": "seskit-unseen"}))
    got = element("a", "Download ", kind, hidden, download=path.name, href=_data(path.name, content))
    if path.suffix != ".html":
        return got
    opened = element("a", "Open page", hidden, href=_data(path.name, content), class_="seskit-open", target="_blank")
    return together(opened, got, between=" · ")


def _in_folder(path: Path, why: str) -> Markup:
    """How to come to a file that has no link: its folder as a file manager opens it, and whether it stays there."""
    from seskit.desk.opener import places

    folder = path.resolve().parent
    way = (
        "Open your file manager, paste ",
        element("strong", folder),
        " into its address line (Linux: Ctrl+L first; Mac: Shift+Command+G), and open the file there.",
    )
    lost = (
        "" if places.stays(folder) else " Copy it to a folder of your own: this one is deleted when the desk is closed."
    )
    return together(why, " ", *way, lost)


def _data(name: str, content: bytes) -> str:
    _, mime = _KINDS.get(Path(name).suffix, ("", "application/octet-stream"))
    return f"data:{mime};base64,{base64.b64encode(content).decode()}"
