"""Tables and pictures that never make a page wider than the screen, whatever face their words are set in, and stay legible."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from seskit.formats.markup import element, trusted
from seskit.formats.shipped import text_beside

#: How a frame shows that more of its table is at a side: a shadow at the edge that cuts it, and, where the browser can
#: tell that a frame scrolls, words above it, which forced colors leave as they are. Nothing of it is printed.
STYLE = text_beside(__file__, "frames.css")
_TAG = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL | re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^>]*>")
_FRAME = re.compile(r"<div class=(?:\"wide\"|'wide')[^>]*>\s*\Z")
#: A picture as pandoc writes it. Its words are where programs that know no ARIA do not look for them, or there as well.
_FIGURE = re.compile(
    r'(<figure>\s*)(<img )role="img" aria-label(="[^"]*")([^>]*>)(\s*<figcaption[^>]*>(.*?)</figcaption>)', re.DOTALL
)


def framed(page: str) -> str:
    """The page with each table and picture in a frame that scrolls by itself, named like it and reached by keyboard.

    A table is as wide as its longest words, and how wide they are depends on the face, which differs from machine to
    machine; a picture has words of its own, which would shrink with it. What has its frame already is left as it is.
    """
    page = _FIGURE.sub(_pictured, page)
    made, done = [], 0
    for start, end in _tables(page):
        before = page[done:start]
        table = page[start:end]
        made += [before, table if _FRAME.search(before) else _frame(table)]
        done = end
    return "".join([*made, page[done:]])


def _tables(page: str) -> Iterator[tuple[int, int]]:
    """Where the outermost tables begin and end; one that is never closed is left out."""
    depth = start = 0
    for tag in _TAG.finditer(page):
        if not tag[1]:
            start = tag.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, tag.end()


def _frame(table: str) -> str:
    caption = _CAPTION.search(table)
    return _named(table, (_words(caption[1]) if caption else "") or "Table")


def _pictured(figure: re.Match[str]) -> str:
    begins, tag, words, more, ends, caption = figure.groups()
    said = "" if " alt=" in more else f"alt{words}"
    return "".join([begins, _named("".join([tag, said, more]), f"Picture: {_words(caption)}"), ends])


def _named(what: str, words: str) -> str:
    return str(element("div", trusted(what), class_="wide", role="group", tabindex="0", aria_label=words))


def _words(markup: str) -> str:
    return " ".join(html.unescape(_ANY_TAG.sub("", markup)).split())
