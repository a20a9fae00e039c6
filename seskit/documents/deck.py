"""A deck from the same Markdown as a document: a page that runs with no network, and PowerPoint with notes.

Every first-level heading is a slide; a block `::: notes` under it is for the speaker.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from seskit.documents import Document, pandoc

_HERE = Path(__file__).parent
_TEXT_SIZES = {"3200": "2400", "2800": "2000", "2400": "1800", "4400": "3200"}


@dataclass(frozen=True)
class Deck(Document):
    """Slides with speaker notes."""

    def to_html(self) -> str:
        """One page: arrow keys turn slides, S opens the speaker view, printing gives one slide a page."""
        body = self._pandoc("html5", "--shift-heading-level-by=1", "--section-divs", "--embed-resources", "--standalone",
                            f"--template={_HERE / 'deck.html'}", f"--metadata=title:{self.shown_title}",
                            f"--metadata=subtitle:{self.subject}", f"--css={_HERE / 'deck.css'}",
                            f"--lua-filter={_HERE / 'tables.lua'}")  # fmt: skip
        script = (_HERE / "deck.js").read_text(encoding="utf-8")
        return body.decode().replace("</body>", f"<script>\n{script}</script>\n</body>")

    def to_pptx(self) -> bytes:
        """PowerPoint with notes, alternative text, table headers, title and language."""
        made = self._pandoc("pptx", "--slide-level=1", "--reference-doc=reference.pptx", f"--metadata=title:{self.shown_title}",
                            f"--metadata=subtitle:{self.subject}", files={"reference.pptx": _reference()})  # fmt: skip
        return _rewritten(made, _english)


@cache
def _reference() -> bytes:
    """Pandoc's own reference deck with smaller type, so that tables and lists fit."""
    return _rewritten(pandoc("--print-default-data-file=reference.pptx"), _smaller)


def _smaller(name: str, xml: str) -> str:
    if not re.fullmatch(r"ppt/slide(Masters|Layouts)/[^/]+\.xml", name):
        return xml
    return re.sub(r'\bsz="(\d+)"', lambda found: f'sz="{_TEXT_SIZES.get(found[1], found[1])}"', xml)


def _english(name: str, xml: str) -> str:
    """Runs without a language get one, so that a screen reader picks the right voice."""
    if not re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
        return xml
    return re.sub(r"<a:rPr(?![^>]*\blang=)", '<a:rPr lang="en-US"', xml)


def _rewritten(content: bytes, change: Callable[[str, str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename.endswith(".xml"):
                data = change(entry.filename, data.decode()).encode()
            made.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
