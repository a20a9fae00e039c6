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
from html import escape
from pathlib import Path

from seskit.documents import Document, pandoc

_HERE = Path(__file__).parent
#: A picture in the text: the file, and its alternative text.
ALTERNATIVE = re.compile(r'\]\(([^)]+)\)\{alt="([^"]+)"\}')
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
                            f"--metadata=subtitle:{self.subject}", f"--lua-filter={_HERE / 'slides.lua'}", files={"reference.pptx": _reference()})  # fmt: skip
        return _rewritten(made, self._described)

    def _described(self, name: str, xml: str) -> str:
        """What pandoc leaves out: a picture's alternative text, the language of the words, the title of the file."""
        if name == "docProps/core.xml":
            return re.sub(
                "<dc:title ?/>|<dc:title></dc:title>", f"<dc:title>{escape(self.shown_title)}</dc:title>", xml
            )
        if not re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
            return xml
        for file, words in ALTERNATIVE.findall(self.body):
            xml = xml.replace(f'descr="{file}"', f'descr="{escape(words)}"')
        return re.sub(r"<a:rPr(?![^>]*\blang=)", '<a:rPr lang="en-US"', xml)


@cache
def _reference() -> bytes:
    """Pandoc's own reference deck with smaller type, so that tables and lists fit, and colours with contrast."""
    return _rewritten(pandoc("--print-default-data-file=reference.pptx"), _readable)


def _readable(name: str, xml: str) -> str:
    if name.startswith("ppt/theme/"):
        return re.sub(r"(<a:accent1>)<a:srgbClr val=\"\w+\"/>", r'\1<a:srgbClr val="1A4480"/>', xml)
    if not re.fullmatch(r"ppt/slide(Masters|Layouts)/[^/]+\.xml", name):
        return xml
    xml = re.sub(r'<a:schemeClr val="tx1">\s*<a:tint val="\d+"\s*/>\s*</a:schemeClr>', '<a:schemeClr val="tx1"/>', xml)
    return re.sub(r'\bsz="(\d+)"', lambda found: f'sz="{_TEXT_SIZES.get(found[1], found[1])}"', xml)


def _rewritten(content: bytes, change: Callable[[str, str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            data = given.read(entry)
            if entry.filename.endswith(".xml"):
                data = change(entry.filename, data.decode()).encode()
            made.writestr(zipfile.ZipInfo(entry.filename), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()
