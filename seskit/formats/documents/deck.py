"""A deck from the same Markdown as a document: a page that runs with no network, and PowerPoint with notes.

Every first-level heading is a slide; a block `::: notes` under it is for the speaker.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from seskit.formats import frames, markup
from seskit.formats.documents import Document, pandoc, powerpoint
from seskit.formats.documents.look import worn
from seskit.formats.documents.template import reference, rewritten
from seskit.formats.markup import together

_HERE = Path(__file__).parent
#: A picture in the text: the file, and its alternative text.
ALTERNATIVE = re.compile(r'\]\(([^)]+)\)\{alt="([^"]+)"[^}]*\}')


@dataclass(frozen=True)
class Deck(Document):
    """Slides with speaker notes; lines of the opening slide, the footer of all, and the sources of each by its title."""

    opening: Sequence[str] = ()
    footer: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)

    def to_html(self) -> str:
        """One page: arrow keys turn slides, S opens the speaker view, printing gives one slide a page."""
        lines = [f"--variable=opening:{together(line)}" for line in self.opening]
        body = self._pandoc("html5", "--shift-heading-level-by=1", "--section-divs", "--embed-resources", "--standalone",
                            f"--template={_HERE / 'deck.html'}", f"--metadata=title:{self.shown_title}", *lines, *self.look.variables,
                            f"--variable=footer:{together(self.footer)}", f"--css={_HERE / 'deck.css'}", f"--variable=frames:{frames.STYLE}",
                            f"--lua-filter={_HERE / 'tables.lua'}")  # fmt: skip
        script = (_HERE / "deck.js").read_text(encoding="utf-8")
        above, ends, below = frames.framed(body.decode()).rpartition("</body>")
        return f"{above}{markup.script(chr(10) + script)}{chr(10)}{ends}{below}"

    def to_pptx(self) -> bytes:
        """PowerPoint with notes, sources, footer, alternative text, table headers, title and language."""
        made = self._pandoc("pptx", "--slide-level=1", "--reference-doc=reference.pptx", f"--metadata=title:{self.shown_title}",
                            f"--metadata=subtitle:{self.subject or '-'}", f"--lua-filter={_HERE / 'slides.lua'}", files={"reference.pptx": _reference()})  # fmt: skip
        return worn(rewritten(made, self._described), self.look)

    def _described(self, name: str, xml: str) -> str:
        """What pandoc leaves out: alternative text, opening lines, sources, footer, type of tables, language, title."""
        if name == "docProps/core.xml":
            title = markup.xml("dc:title", self.shown_title)
            xml = re.sub("<dc:title ?/>|<dc:title></dc:title>", lambda _: title, xml)
            return xml.replace("</cp:coreProperties>", "<dc:language>en-US</dc:language></cp:coreProperties>")
        if not re.fullmatch(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
            return xml
        for file, words in ALTERNATIVE.findall(self.body):
            xml = xml.replace(f'descr="{file}"', f'descr="{together(words)}"')
        if name.startswith("ppt/slides/"):
            xml = powerpoint.finished(xml, self.opening, self.sources, self.footer)
        return re.sub(r"<a:rPr(?![^>]*\blang=)", '<a:rPr lang="en-US"', xml)


@cache
def _reference() -> bytes:
    return reference(pandoc("--print-default-data-file=reference.pptx"))
