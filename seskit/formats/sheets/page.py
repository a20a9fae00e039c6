"""A paper as one web page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from seskit.formats import frames, markup, tokens
from seskit.formats.days import days_in_words
from seskit.formats.markup import Markup, element, listed, paragraph, together
from seskit.formats.sheets.blocks import (
    Bar,
    Beside,
    Block,
    Box,
    Boxes,
    Choice,
    Codes,
    Frame,
    Heading,
    Imprint,
    Line,
    Lines,
    Links,
    Listing,
    Notes,
    Piece,
    Room,
    Section,
    Sheets,
    SheetTable,
    TableColumn,
    Text,
    Together,
    Words,
)

_CLASSES = {"left": None, "center": "mark", "right": "count"}
#: From so many columns of words, or of any kind, on a table is never as narrow as a telephone, and scrolls in its frame.
_MANY, _MOST, _WORDY = 5, 9, 3
#: Words of so many letters stay on one line, as a day does.
_FEW = 20


def made(sheets: Sheets) -> str:
    """The paper as a page; a draft says so in its title and over each section that is sent."""
    title = ": ".join(filter(None, ("DRAFT" if sheets.draft else "", sheets.title, sheets.subject)))
    body = [element("h1", _words(sheets.title)), *map(_block, sheets.front)]
    body += [_section(section, draft=bool(sheets.draft)) for section in sheets.sections]
    looks = (("draft", sheets.draft), ("landscape", sheets.landscape), ("covered", sheets.covered))
    whole = markup.page(
        days_in_words(title), _styles(), together(body, between="\n"), lang="en-US", skip=True,
        class_=" ".join(name for name, on in looks if on) or None,
    )  # fmt: skip
    return frames.framed(whole)


@cache
def _styles() -> str:
    own = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    return "\n".join((tokens.declared(), own, frames.STYLE))


def _section(section: Section, *, draft: bool) -> Markup:
    title = f"DRAFT: {section.title}" if draft and section.sent else section.title
    heading = element("h2", days_in_words(title), id=section.id)
    return element("section", _blocks([heading, *map(_block, section.blocks)]), aria_labelledby=section.id)


def _words(said: Words, *, filled: bool = False) -> Markup | str:
    """What is said; an empty place that is filled in says that it is blank."""
    match said:
        case str():
            return days_in_words(said) or (element("span", "blank", class_="unseen") if filled else "")
        case Piece(text, blank, strong, link):
            inner = _words(text, filled=filled or blank)
            inner = element("span", inner, class_="blank") if blank else inner
            inner = element("strong", inner) if strong else inner
            return element("a", inner, href=f"#{link}") if link else inner
        case Choice(text):
            return together(element("span", class_="square", aria_hidden="true"), " ", _words(text))
        case Room(text):
            rule = element("span", element("span", "to be written by hand", class_="unseen"), class_="rule")
            return element("span", _words(text), " ", rule, class_="room")
        case Bar(text, share):
            drawn = element("span", style=f"width: {100 * min(max(share, 0), 1):.0f}%")
            bar = element("span", drawn, class_="bar", aria_hidden="true")
            return element("span", _words(text), " ", bar, class_="barred")
        case Line(pieces):
            return together([_words(piece) for piece in pieces], between=" ")
        case Lines(lines):
            if filled and not any(lines):
                return _words("", filled=True)
            return together(map(_words, lines), between=element("br"))


def _block(block: Block) -> Markup | None:
    match block:
        case Heading(words, name, level):
            return element(f"h{level}", _words(words), id=name or None)
        case Text(words, look):
            return element("p", _words(words), class_=look or None)
        case Listing(items):
            return listed(map(_words, items))
        case Notes(title, items):
            return element("div", element("h3", _words(title)), listed(map(_words, items)), class_="notes")
        case SheetTable():
            return _table(block)
        case Beside(sides):
            return element("div", [element("div", _blocks(map(_block, side))) for side in sides], class_="split")
        case Together(blocks):
            return element("div", _blocks(map(_block, blocks)), class_="together")
        case Frame(boxes):
            return element("div", _blocks(map(_boxes, boxes)), class_="paper")
        case Imprint(left, middle, number):
            says = [element("span", _words(left)), element("span", _words(middle)), element("strong", _words(number))]
            return element("p", together(says, between=" "), class_="foot")
        case Links(says, pieces):
            return element("nav", together(map(_words, pieces), between="; "), aria_label=says)
        case Codes():
            return None


def _blocks(made: Iterable[Markup | None]) -> Markup:
    return together(made, between="\n")


def _boxes(boxes: Box | Boxes) -> Markup:
    if isinstance(boxes, Boxes):
        return element("div", [element("div", map(_boxes, column)) for column in boxes.columns], class_="heads")
    title = element("h3", _words(boxes.title))
    if boxes.beside:
        return element("div", title, " ", paragraph(_words(boxes.beside)), class_="line")
    return element("div", _blocks([title, *map(_block, boxes.below)]))


def _table(table: SheetTable) -> Markup:
    caption = element("caption", _words(table.caption), class_="unseen" if table.titled else None)
    last, short = len(table.rows) - 1 if table.total else None, _short(table)
    rows = [
        element("tr", _cells(table, row, short), class_="total" if number == last else None)
        for number, row in enumerate(table.rows)
    ]
    grid = element(
        "table", caption, element("thead", _again(table), _heads(table.columns)), "\n", element("tbody", together(rows, between="\n")),
        class_=_width(table.columns),
    )  # fmt: skip
    return together(element("h2", _words(table.caption)), grid) if table.titled else grid


def _again(table: SheetTable) -> Markup | None:
    """The title of a table as first row of its heads, which is printed on every sheet; on the screen it is not shown."""
    if not table.titled:
        return None
    return element(
        "tr", element("th", _words(table.caption), colspan=len(table.columns), scope="colgroup"), class_="again"
    )


def _width(columns: tuple[TableColumn, ...]) -> str | None:
    texts = sum(column.side == "left" for column in columns)
    if len(columns) >= _MOST and texts >= _WORDY:
        return "most"
    return "many" if texts >= _MANY else "texts" if texts == len(columns) else None


def _short(table: SheetTable) -> frozenset[int]:
    """The columns of a few words that are as wide as these need, where others share the width."""
    if not any(column.share for column in table.columns):
        return frozenset()
    cells = {number: [row[number] for row in table.rows] for number, one in enumerate(table.columns) if _as_needed(one)}
    return frozenset(
        number for number, said in cells.items() if all(isinstance(cell, str) and len(cell) <= _FEW for cell in said)
    )


def _as_needed(column: TableColumn) -> bool:
    return not column.share and column.side == "left"


def _cells(table: SheetTable, row: tuple[Words, ...], short: frozenset[int]) -> Iterator[Markup]:
    for number, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        said, place = _words(cell, filled=column.filled), "short" if number in short else _CLASSES[column.side]
        heads = table.headed and column is table.columns[0]
        yield element("th", said, scope="row", class_=place) if heads else element("td", said, class_=place)


def _heads(columns: tuple[TableColumn, ...]) -> Markup:
    """One row of heads, or two where some columns stand under a head together."""
    whole = sum(column.share for column in columns) if all(column.share for column in columns) else 0
    if not any(column.under for column in columns):
        return element("tr", [_head(column, whole) for column in columns])
    upper: list[Markup] = []
    for under, group in groupby(columns, key=lambda column: column.under):
        if under:
            upper.append(element("th", _words(under), scope="colgroup", colspan=len(list(group)), class_="mark"))
        else:
            upper += [_head(column, whole, rows=2) for column in group]
    return together(element("tr", upper), element("tr", [_head(column, whole) for column in columns if column.under]))


def _head(column: TableColumn, whole: float, rows: int | None = None) -> Markup:
    """The head of a column, which has its share of the width where each column has one."""
    width = f"width: {100 * column.share / whole:.0f}%" if whole else None
    return element("th", _words(column.head), scope="col", rowspan=rows, class_=_CLASSES[column.side], style=width)
