"""Which sections of the law a paper cites: one entry for each section and paragraph, wherever a list or a span names it."""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path

_PARAGRAPHS = r"(?:\([A-Za-z0-9]{1,4}\))*"
_JOINED = r"(?:; |, and |, or |, | and | or | to |-)"
#: What begins a citation, and how a section of it is written.
_BOOKS = {"5 U.S.C.": r"\d{4}[a-z]?\b", "5 CFR": r"\d{3,4}\.\d{3,4}[a-z]?\b"}
_WHOLE = re.compile(r"5 (?:U\.S\.C\.|CFR) (?:chapter|part) \d+|Public Law \d+-\d+|Executive Order \d+")


def said_in(path: Path) -> str:
    """The words of a text file, of a page, or of a Word document."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as packed:
            return _plain(packed.read("word/document.xml").decode().replace("</w:p>", "\n"), "")
    if path.suffix == ".html":
        return _plain(re.sub(r"(?s)<(style|script).*?</\1>", "", path.read_text(encoding="utf-8")), " ")
    return path.read_text(encoding="utf-8") if path.suffix in (".csv", ".yaml", ".json", ".ics", ".md") else ""


def _plain(markup: str, between: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", between, markup))


def cited(text: str) -> set[str]:
    """Every section that a text cites, with its paragraph where one is named; a list names each of its own."""
    flat = " ".join(text.split())
    found = set(_WHOLE.findall(flat))
    for book, section in _BOOKS.items():
        one = rf"(?:{section}{_PARAGRAPHS}|\.\d{{3}}\b{_PARAGRAPHS}|(?:\([A-Za-z0-9]{{1,4}}\))+)"
        for match in re.finditer(rf"{re.escape(book)} ({section}{_PARAGRAPHS}(?:{_JOINED}{one})*)", flat):
            found |= {f"{book} {each}" for each in _each(match[1], section)}
    return found


def _each(listed: str, section: str) -> list[str]:
    """The sections of a list: '534.404(b), (c), 534.405' are three."""
    made: list[str] = []
    base = paragraphs = ""
    for piece in re.split(_JOINED, listed):
        if match := re.match(section, piece):
            base, paragraphs = match[0], piece[match.end() :]
        elif piece.startswith("."):
            base, paragraphs = base.split(".")[0] + piece[:4], piece[4:]
        else:
            paragraphs = _beside(paragraphs, piece)
        made.append(base + paragraphs)
    return made


def _beside(before: str, piece: str) -> str:
    """A paragraph named after its neighbor: (a)(3), (4) is (a)(4); (c), (f) are (c) and (f)."""
    mine, theirs = re.findall(r"\(\w+\)", piece), re.findall(r"\(\w+\)", before)
    for depth in range(len(theirs) - 1, -1, -1):
        if _kind(theirs[depth]) == _kind(mine[0]):
            return "".join([*theirs[:depth], *mine])
    return "".join(mine)


def _kind(paragraph: str) -> str:
    inside = paragraph.strip("()")
    return "number" if inside.isdigit() else "capital" if inside.isupper() else "letter"
