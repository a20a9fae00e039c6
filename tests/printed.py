"""How a made PDF lies on its pages: what is alone at the foot of one, which row is split, how far each page is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
from pypdf import PdfReader

#: Where the text of a letter page begins and ends, in points from its foot; page numbers are below.
TOP, FOOT = 734, 60
#: A page but the last is at least filled to this share; a signature has so many lines of what it signs above it.
FILLED, SIGNED = 0.6, 3
#: Lines are at least so many points apart, where tables do not stand beside each other.
APART = 9
#: A table that goes on begins with its head and at least two rows.
BEGUN = 3
_HEADING = re.compile(r"/(H\d|Title)")
_BLOCKS = ("/P", "/L", "/Figure", "/Table", "/Caption", "/TR")


def faults(path: Path, apart: int = APART) -> list[str]:
    """What a reader would send back: a heading, lead or signature alone, a split row, a half-empty page."""
    with pikepdf.open(path) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        if len(numbers) == 1:
            return _by_lines(lines(path), apart)
        blocks = [(tag, pages) for tag, pages in _blocks(pdf.Root.StructTreeRoot.K, numbers, None) if pages]
    found = [f"a row is split over pages {pages}" for tag, pages in blocks if tag == "/TR" and len(set(pages)) > 1]
    found += [
        f"page {pages[0]} ends with the head of a table" for pages in _rows_of(blocks) if pages.count(pages[0]) < BEGUN
    ]
    for (tag, pages), (after, later) in pairwise(blocks):
        leads = _HEADING.match(tag) or tag == "/Caption" or (tag == "/P" and after in ("/Table", "/Caption", "/L"))
        if leads and pages[-1] != later[0]:
            found.append(f"{tag} is alone at the foot of page {pages[-1]}, {after} follows")
    return found + _by_lines(lines(path), apart)


def _rows_of(blocks: list[tuple[str, list[int]]]) -> list[list[int]]:
    """The page of each row of the tables that go on from one page to another."""
    tables: list[list[int]] = []
    for tag, pages in blocks:
        if tag == "/Table":
            tables.append([])
        elif tag == "/TR" and tables:
            tables[-1].append(pages[0])
    return [one for one in tables if len(set(one)) > 1]


def lines(path: Path) -> list[list[tuple[float, str]]]:
    """The lines of each page above its footer, from the top: height and text."""
    return [_lines(page) for page in PdfReader(path).pages]


def _by_lines(pages: list[list[tuple[float, str]]], apart: int) -> list[str]:
    found = []
    for number, listed in enumerate(pages, 1):
        filled = (TOP - listed[-1][0]) / (TOP - FOOT) if listed else 0
        if filled < FILLED and number < len(pages):
            found.append(f"page {number} is filled to {filled:.0%}")
        close = [text for (above, _), (height, text) in pairwise(listed) if above - height < apart]
        found += [f"page {number}: '{text[:40]}' is printed over the line above" for text in close]
        signed = [place for place, (_, text) in enumerate(listed) if text.startswith("To be signed")]
        found += [f"a signature is alone on page {number}" for place in signed[:1] if place < SIGNED]
    return found


def _lines(page: Any) -> list[tuple[float, str]]:
    said: dict[float, str] = {}

    def seen(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        height = round(inner[5] * outer[3] + outer[5])
        if text.strip() and not outer[1] and not inner[1] and height > FOOT:
            said[height] = said.get(height, "") + text.strip("\n")

    page.extract_text(visitor_text=seen)
    return sorted(said.items(), reverse=True)


def _blocks(node: Any, numbers: dict[Any, int], page: int | None) -> Iterator[tuple[str, list[int]]]:
    """Headings, paragraphs, lists, pictures, captions, tables and rows in reading order, each with its pages."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _blocks(child, numbers, page)
    elif isinstance(node, pikepdf.Dictionary):
        tag = str(node.get("/S", ""))
        if tag in _BLOCKS or _HEADING.match(tag):
            yield tag, sorted(_pages(node, numbers, page))
        if tag not in ("/P", "/L", "/TR", "/Caption") and "/K" in node:
            yield from _blocks(node.K, numbers, _page(node, numbers, page))


def _page(node: Any, numbers: dict[Any, int], page: int | None) -> int | None:
    return numbers[node.Pg.objgen] if "/Pg" in node else page


def _pages(node: Any, numbers: dict[Any, int], page: int | None) -> set[int]:
    """The pages that any marked piece below this element is on."""
    if isinstance(node, pikepdf.Array):
        return set().union(*(_pages(child, numbers, page) for child in node))
    if isinstance(node, pikepdf.Dictionary):
        here = _page(node, numbers, page)
        return _pages(node.K, numbers, here) if "/K" in node else ({here} if here else set())
    return {page} if page else set()
