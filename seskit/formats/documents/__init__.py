"""Documents for people, from one Markdown source: Word, tagged PDF and a web page that opens offline.

The source is plain pandoc Markdown without raw HTML, raw TeX or other raw blocks, so that whatever a fact holds is
printed and never run. A document that is not finished says DRAFT on every page.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from seskit.formats import days, frames, tokens
from seskit.formats.characters import one_line, visible
from seskit.formats.choice import chosen
from seskit.formats.documents.look import LOGO, Look, headed
from seskit.formats.documents.room import room_for
from seskit.formats.documents.template import rewritten
from seskit.formats.documents.word import finished
from seskit.formats.files import whole
from seskit.formats.refusals import FactError
from seskit.formats.typesetting import pdf, printable

FORMATS = ("docx", "pdf", "html")
_HERE = Path(__file__).parent
_READER = "markdown-raw_html-raw_attribute-raw_tex-tex_math_dollars-latex_macros-citations+pipe_tables"
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~^$@\"'&:=%/])")
_EPOCH = "946684800"
#: About as many characters as fit across a page of the PDF in a table.
_LINE = 96
#: From this width on pandoc keeps the columns' shares of the line; a narrower table would be as wide as its words.
_FULL = 76
#: A column has room for a word of this width, and is never narrower than the second; so many rows say how wide it is.
_WORD, _NARROW, _LOOKED_AT = 33, 7, 200
#: A cell of so many characters, such as a date, is best left on one line.
_SHORT = 20
#: A column to write in by hand gets so much of the room that words leave, and all of them together so much.
_BY_HAND, _ALL_BY_HAND = 22, 48
#: From so many rows on a list is set beside itself.
_BESIDE = 13
#: So many texts are not converted again when a walk makes its files anew.
_REMEMBERED = 64
_PREAMBLE = (
    b"#let horizontalrule = line(length: 100%, stroke: 0.5pt)\n#let blockquote(body) = quote(block: true, body)\n"
)


#: The cell of a table that is filled in by hand: wide and tall enough to write in, in Word and as PDF.
HAND = "\N{NO-BREAK SPACE}"


def escaped(text: object) -> str:
    """Text as Markdown that prints exactly that text, on one line, but for days, which are put into words."""
    return _SPECIAL.sub(r"\\\1", one_line(days.shown(text)))


def on_one_page(name: str, *parts: str) -> str:
    """Parts that stay on one page where they fit on one; the name is their bookmark."""
    return f"::: {{#together-{name} .together}}\n" + "\n\n".join(parts) + "\n:::"


def bullets(lines: Iterable[object]) -> str:
    """A list as Markdown; every line is escaped."""
    return "\n".join(f"- {escaped(line)}" for line in lines)


def still_open(lines: Sequence[object], done: str = "signed") -> tuple[str, ...]:
    """The section of what is to settle before a paper is signed or sent; none where nothing is."""
    return (f"# Before this is {done}\n", bullets(lines)) if lines else ()


def overleaf(name: str, *parts: str) -> str:
    """Parts that begin on a page of their own in print, such as answers; the name is their bookmark."""
    return f"::: {{#overleaf-{name}}}\n" + "\n\n".join(parts) + "\n:::"


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with its caption as Markdown; every cell is escaped. No rows: a sentence that says so."""
    caption, header = days.shown(caption), [days.shown(head) for head in header]
    texts = [[days.shown(cell) for cell in row] for row in rows]
    cells = [[text if text == HAND else escaped(text) for text in row] for row in texts]
    if not cells:
        return f"{escaped(caption)}: none.\n"
    rule = "|".join("-" * width for width in _widths([header, *texts]))
    lines = [" | ".join(map(escaped, header)), rule, *(" | ".join(cell or " " for cell in row) for row in cells)]
    return (
        "\n".join(f"| {line} |" if line is not rule else f"|{line}|" for line in lines) + f"\n\n: {escaped(caption)}\n"
    )


def beside(caption: str, header: Sequence[str], rows: Sequence[Sequence[object]], sets: int = 3) -> str:
    """A long list of short rows as a table that is read across: so many of its rows stand in one line."""
    if len(rows) < _BESIDE:
        return table(caption, header, rows)
    blank = [""] * len(header)
    whole_lines = [*rows, *([blank] * (-len(rows) % sets))]
    lines = [[cell for row in whole_lines[at : at + sets] for cell in row] for at in range(0, len(whole_lines), sets)]
    return table(caption, [*header] * sets, lines)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Columns that fill a line of the page in few lines, none narrower than its longest word."""
    by_hand = [column for column, cells in enumerate(zip(*rows[1:], strict=True)) if set(cells) == {HAND}]
    words = [[one_line(cell) for cell in row] for row in rows[:_LOOKED_AT]]
    columns = list(zip(*words, strict=True))
    widths = [_least(column, _SHORT) for column in columns]
    if sum(widths) > _LINE * 3 // 4:
        widths = [_least(column, 0) for column in columns]
    spare = max(_LINE - sum(widths), 0)
    for column in by_hand:
        share = min(_BY_HAND, _ALL_BY_HAND // len(by_hand)) - widths[column]
        widths[column] += max(0, min(share, spare // len(by_hand)))
    while sum(widths) < _LINE and (wants := _wanted(words, widths)):
        widths[max(wants, key=lambda n: wants[n])] += 1
    total = sum(widths)
    return widths if total >= _FULL else [-(-width * _FULL // total) for width in widths]


def _least(column: Sequence[str], unbroken: int) -> int:
    """The room of its longest word; of its longest cell where every cell is so short that it is best left unbroken."""
    head, *cells = column
    room = max(room_for(word, bold=cell is head) for cell in column for word in cell.split() or [""])
    if max(map(len, cells)) <= unbroken:
        room = max(room, *map(room_for, cells))
    return max(min(room, _WORD), _NARROW)


def _wanted(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Counter[int]:
    """How much each column makes its rows tall: the lines of every row's longest cell."""
    wants: Counter[int] = Counter()
    for row in rows:
        lines = [len(cell) / (width - 2) for cell, width in zip(row, widths, strict=True)]
        tallest = max(range(len(lines)), key=lines.__getitem__)
        if lines[tallest] > 1:
            wants[tallest] += round(lines[tallest])
    return wants


@dataclass(frozen=True)
class Document:
    """A titled Markdown text with its pictures; headings in the text begin at the first level, under the title."""

    title: str
    body: str
    subject: str = ""
    draft: bool = False
    images: Mapping[str, bytes] = field(default_factory=dict)
    look: Look = field(default_factory=Look)
    #: A sheet for the wall, which is a PDF alone.
    wall: bool = False
    #: What it holds that not everyone may see: said under the title, and on every page of Word and PDF.
    holds: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "body", "subject"):
            object.__setattr__(self, name, days.days_in_words(getattr(self, name)))

    @property
    def _text(self) -> str:
        return f"**{escaped(self.holds)}**\n\n{self.body}" if self.holds else self.body

    @property
    def shown_title(self) -> str:
        """The title, marked while the document is a draft."""
        return one_line(f"DRAFT: {self.title}" if self.draft else self.title)

    def to_docx(self) -> bytes:
        """The document for Word, with title, language and heading styles; a draft says so on every page."""
        logo = f"![{escaped(self.look.says)}]({LOGO}){{height=0.6in}}\\ \n\n" if self.look.logo else ""
        made = self._pandoc(
            "docx", f"--metadata=title:{self.shown_title}", "--metadata=lang:en-US", text=logo + self._text
        )
        header = "DRAFT, not final" if self.draft else ""
        made = finished(made, self.title, ". ".join(filter(None, [header, self.holds])))
        color = self.look.color
        return (
            rewritten(made, lambda name, xml: headed(xml, color) if name == "word/styles.xml" else xml)
            if color
            else made
        )

    def to_html(self) -> str:
        """One page with everything inside it: no script, no other file."""
        body = self._pandoc("html5", "--shift-heading-level-by=1", "--embed-resources", "--standalone", f"--template={_HERE / 'page.html'}",
                            f"--metadata=title:{self.shown_title}", f"--css={_HERE / 'page.css'}", f"--variable=frames:{frames.STYLE}", f"--variable=tokens:{tokens.declared()}",
                            *self.look.variables, f"--lua-filter={_HERE / 'tables.lua'}")  # fmt: skip
        return frames.framed(body.decode())

    def to_pdf(self) -> bytes:
        """A tagged PDF (PDF/UA-1), byte-identical on every run."""
        filters = [f"--lua-filter={_HERE / name}" for name in ("kept.lua", "alternatives.lua")]
        if self.wall:
            filters.append("--metadata=wall:yes")
        body = self._pandoc("typst", *filters, text=printable(self._text))
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            (place / "main.typ").write_bytes((_HERE / "document.typ").read_bytes())
            (place / "body.typ").write_bytes(_PREAMBLE + body.replace(b"align(center)[#table(", b"align(left)[#table("))
            self._place_images(place)
            said = {
                "title": printable(self.title),
                "draft": "yes" if self.draft else "",
                "color": self.look.color,
                "wall": "yes" if self.wall else "",
                "holds": printable(self.holds),
            }
            worn = {"logo": LOGO, "says": printable(self.look.says)} if self.look.logo else {"logo": ""}
            return pdf(place / "main.typ", said | worn)

    def write(self, folder: Path, stem: str, formats: Iterable[str] = FORMATS) -> list[Path]:
        """Write the document as files named `stem`, each whole or not at all."""
        makers: dict[str, Callable[[], bytes]] = {
            "docx": self.to_docx,
            "pdf": self.to_pdf,
            "html": lambda: self.to_html().encode(),
        }
        asked = list(formats)
        names = chosen(asked, FORMATS) if asked else []
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(len(FORMATS)) as at_once:
            made = list(at_once.map(lambda name: makers[name](), names))
        return [whole(folder / f"{stem}.{name}", content) for name, content in zip(names, made, strict=True)]

    def _pandoc(
        self, to: str, *arguments: str, text: str | None = None, files: Mapping[str, bytes] | None = None
    ) -> bytes:
        asked = (to, tuple(map(visible, arguments)), visible(self._text if text is None else text))
        beside = {**self.images, **self.look.images, **(files or {})}
        try:
            return _converted(*asked, beside) if beside else _made_before(*asked)
        except subprocess.CalledProcessError as failure:
            raise RuntimeError(f"{self.title} could not be made: {failure.stderr.decode().strip()}") from None

    def _place_images(self, place: Path) -> None:
        for name, content in {**self.images, **self.look.images}.items():
            (place / name).write_bytes(content)


def _converted(to: str, arguments: Sequence[str], text: str, beside: Mapping[str, bytes]) -> bytes:
    """A text as another program makes it, with the files beside it that it names."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for part, content in beside.items():
            (place / part).write_bytes(content)
        out = place / "made"
        subprocess.run(  # noqa: S603 (our own arguments, no shell)
            [_program(), f"--from={_READER}", f"--to={to}", f"--output={out}", *arguments],
            input=text.encode(), capture_output=True, cwd=place, check=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": _EPOCH},
        )  # fmt: skip
        return out.read_bytes()


@lru_cache(maxsize=_REMEMBERED)
def _made_before(to: str, arguments: Sequence[str], text: str) -> bytes:
    """The same of a text alone: what was made of the same words is not made again while the program runs."""
    return _converted(to, arguments, text, {})


def pandoc(*arguments: str) -> bytes:
    """What pandoc prints when it is called with these arguments."""
    return subprocess.run([_program(), *arguments], capture_output=True, check=True).stdout  # noqa: S603


@cache
def _program() -> str:
    try:
        import pypandoc
    except ImportError:
        what = "Word files, requests, plans and forum kits are made with pandoc, which is not installed."
        raise FactError(f"{what} Install it with: pip install 'seskit[documents]'") from None
    return str(pypandoc.get_pandoc_path())
