"""A deck from the same Markdown as a document: a page that runs with no network, and PowerPoint with notes.

Every first-level heading is a slide; a block `::: notes` under it is for the speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from seskit.documents import Document, pandoc
from seskit.documents.template import reference, rewritten

_HERE = Path(__file__).parent
#: A picture in the text: the file, and its alternative text.
ALTERNATIVE = re.compile(r'\]\(([^)]+)\)\{alt="([^"]+)"\}')

_SLIDE_NUMBER = "{C5EF2332-01BF-834F-8236-50238282D533}"


@dataclass(frozen=True)
class Deck(Document):
    """Slides with speaker notes; `footer` stands at the foot of each."""

    footer: str = ""

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
        return rewritten(made, self._described)

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
        if name.startswith("ppt/slides/"):
            xml = xml.replace("</p:spTree>", f"{_foot(self.footer)}</p:spTree>")
        return re.sub(r"<a:rPr(?![^>]*\blang=)", '<a:rPr lang="en-US"', xml)


def _foot(words: str) -> str:
    """Footer and slide number as placeholders of the master, last in reading order."""
    parts = (
        ("ftr", "Footer", 11, f"<a:r><a:rPr/><a:t>{escape(words, quote=False)}</a:t></a:r>"),
        ("sldNum", "Slide number", 12, f'<a:fld id="{_SLIDE_NUMBER}" type="slidenum"><a:rPr/><a:t>0</a:t></a:fld>'),
    )
    return "".join(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{900 + index}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
        f"<a:p>{text}</a:p></p:txBody></p:sp>"
        for kind, name, index, text in parts
    )


@cache
def _reference() -> bytes:
    return reference(pandoc("--print-default-data-file=reference.pptx"))
