"""What pandoc leaves undone on a PowerPoint slide: opening lines, type that fits, sources, footer, number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import unescape

from seskit.formats import markup
from seskit.formats.documents.template import BAR, FOOT, GRAY, MARGIN, WIDTH, before
from seskit.formats.markup import Markup, together

_NUMBER = "{C5EF2332-01BF-834F-8236-50238282D533}"
_POINT = 12700
#: Type in points, the largest that fits is taken; a letter is about half as wide as high, a line a fifth higher.
_SIZES, _TEXT_SIZES, _TITLE_SIZES, _SOURCE_SIZE = (
    (32, 30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 11, 10),
    (40, 36, 32, 30, 28, 26, 24, 22, 20, 18, 16, 14),
    (26, 22, 18, 16),
    10,
)
#: A question that stands alone is asked in large type.
_ASKED_SIZES = (40, 36, 32, 30, 28, 26, 24, 22, 20, 18, 16, 14)
#: What is still read at the back of a hall, in points; as much as 18 on a slide of the usual width.
FROM_AFAR = 14
#: Into how many parts the width of a table is divided to find its columns.
_PARTS = 40
#: How the title of a task begins, which is shown as large as it fits.
_TASKS = ("Exercise ", "Discussion ")
_INDENT, _HANGS, _GAP, _FEW, _AIRY = 36, 1.25, 0.35, 2, 1.9
_WIDE, _HIGH, _PADDING = 0.46, 1.17, 8
#: As wide as letters of the widest usual faces. Where Arial is missing, a box of text shrinks its type by itself; a
#: table cannot, so its type is chosen to fit even then.
_WIDEST, _HIGHEST, _BOLD = 0.62, 1.22, 0.55
_TOP, _INSET = BAR + 120000, 15
_FOOT_WITHOUT_SOURCES = FOOT - 60000
_SHRINKS = "<a:bodyPr><a:normAutofit/></a:bodyPr>"


def finished(xml: str, opening: Sequence[str], sources: Mapping[str, str], footer: str) -> str:
    """A slide with everything on it, in reading order: title, content, sources, footer, number."""
    if 'type="ctrTitle"' in xml:
        return _opened(xml, opening)
    said = {plain(title): words for title, words in sources.items()}.get(plain(_title(xml)), "")
    foot = _top_of_sources(said) if said else _FOOT_WITHOUT_SOURCES
    room = (foot - _TOP) // _POINT - 3
    xml = _shrinking(_titled(xml))
    xml = re.sub(r"<a:tbl>.*?</a:tbl>", lambda found: _fitted(found[0], room), xml, flags=re.DOTALL)
    xml = re.sub(
        r'<p:ph idx="1"\s*/>(?:(?!</p:sp>).)*</p:txBody>',
        lambda found: _legible(found[0], room, foot, _title(xml)),
        xml,
        flags=re.DOTALL,
    )
    parts = [_box(said, foot)] if said else []
    parts += [
        _placeholder("ftr", "Footer", 11, _run(footer)),
        _placeholder("sldNum", "Slide number", 12, _slide_number()),
    ]
    return before(xml, "</p:spTree>", together(parts))


def plain(title: str) -> str:
    """A title by its letters and digits: the same whether its quotes are straight or curled, its blanks kept together or not."""
    return re.sub(r"[\W_]+", "", title)


def _title(xml: str) -> str:
    found = re.search(r'<p:ph type="title"\s*/>.*?</p:sp>', xml, re.DOTALL)
    return unescape(_words(found[0])) if found else ""


def _words(xml: str) -> str:
    texts = re.findall(r"<a:t>(.*?)</a:t>", xml)
    return "".join(texts)


def _shrinking(xml: str) -> str:
    """Boxes whose type shrinks where a face is wider than the one we reckon with."""
    return re.sub(r"(<p:txBody>)<a:bodyPr\s*/>", rf"\1{_SHRINKS}", xml)


def _titled(xml: str) -> str:
    """A title in the largest type in which it fits the bar."""
    size = type_of_title(_title(xml))
    return re.sub(
        r'(<p:ph type="title"\s*/>.*?</p:sp>)',
        lambda found: re.sub(r"(<a:rPr)(?= |/|>)", rf'\1 sz="{size}00"', found[0]),
        xml,
        count=1,
        flags=re.DOTALL,
    )


def type_of_title(title: str) -> int:
    """The type in points in which a title fits the bar."""
    letters, height = (WIDTH - 2 * MARGIN) / _POINT - _INSET, BAR / _POINT - _PADDING
    return _largest(_TITLE_SIZES, lambda size: _lines(title, letters / (size * _BOLD)) * size * _HIGH, height)


def _largest(sizes: Sequence[int], high: Callable[[int], float], room: float) -> int:
    """The largest type in which text so high has room; the smallest where none has."""
    return next((size for size in sizes if high(size) <= room), sizes[-1])


def _opened(xml: str, lines: Sequence[str]) -> str:
    shape = markup.xml("a:pPr", markup.xml("a:buNone"), lvl="0", indent="0", marL="0")
    paragraphs = together(markup.xml("a:p", shape, _text(line, markup.xml("a:rPr"))) for line in lines)
    return re.sub(
        r'(type="subTitle"\s*/>.*?<a:lstStyle\s*/>)<a:p>.*?</a:p>(</p:txBody>)',
        lambda found: f"{found[1]}{paragraphs}{found[2]}",
        _shrinking(xml),
        flags=re.DOTALL,
    )


def _legible(body: str, room: int, foot: int, title: str) -> str:
    """Text in the largest type in which it fits the slide, in its middle; a number or a dot has room before its text."""
    body = re.sub(r"<p:spPr\s*/>", str(markup.xml("p:spPr", _place(_TOP, foot - _TOP))), body, count=1)
    told = [unescape(_words(part)) for part in re.findall(r"<a:p>.*?</a:p>", body, re.DOTALL)]
    size = type_of_text(told, title, room)
    wide = int(indent(size) * _POINT)
    body = re.sub(
        r'(<a:pPr lvl="0") indent="-\d+" marL="\d+">(\s*<a:buAutoNum)', rf'\1 indent="-{wide}" marL="{wide}">\2', body
    )
    dotted = str(markup.xml("a:pPr", lvl="0", indent=-wide, marL=wide))
    body = re.sub(r'<a:pPr lvl="0"\s*/>', dotted, body)
    body = body.replace("<a:bodyPr>", '<a:bodyPr anchor="ctr">', 1)
    return re.sub(r"(<a:rPr)(?= |/|>)", rf'\1 sz="{size}00"', body)


def type_of_text(paragraphs: Sequence[str], title: str, room: float) -> int:
    """The type in points in which the text of a slide is shown."""
    asked = asks(paragraphs)
    sizes = _ASKED_SIZES if asked or title.startswith(_TASKS) else _TEXT_SIZES
    return _largest(sizes, lambda size: _tall(paragraphs, size), room * (0.9 if asked else 1))


def indent(size: int) -> float:
    """How far a list's text begins after its edge, in points: a number of two digits, or a dot in large type, has room."""
    return max(_INDENT, size * _HANGS)


def asks(paragraphs: Sequence[str]) -> bool:
    """Whether a slide does nothing but ask: one question, or a question and a line on how to answer."""
    return 0 < len(paragraphs) <= _FEW and any(text.rstrip().endswith("?") for text in paragraphs)


def filled(paragraphs: Sequence[str]) -> float:
    """The share of a slide that its text takes, in the type it is shown in."""
    room = room_above()
    size = _largest(_TEXT_SIZES, lambda size: _tall(paragraphs, size), room)
    return _tall(paragraphs, size) / room


def fits(paragraphs: Sequence[str]) -> bool:
    """Whether so much text has room on a slide in some type that is still read from afar."""
    return _tall(paragraphs, _TEXT_SIZES[-1]) <= room_above()


def _tall(paragraphs: Sequence[str], size: int) -> float:
    """How high paragraphs of a list stand on a slide, in points."""
    width = (WIDTH - 2 * MARGIN) / _POINT - indent(size) - _INSET
    return sum((_lines(text, width / (size * _WIDE)) * _HIGH + _GAP) * size for text in paragraphs)


def _fitted(table: str, room: int) -> str:
    """A table in the largest type in which its rows fit the slide in any usual face, with the height of each row."""
    given = [int(width) for width in re.findall(r'<a:gridCol w="(\d+)"', table)]
    rows = [
        [_words(cell) for cell in re.findall(r"<a:tc>.*?</a:tc>", row, re.DOTALL)]
        for row in re.findall(r"<a:tr .*?</a:tr>", table, re.DOTALL)
    ]
    size, widths = _columns([[unescape(cell) for cell in row] for row in rows], sum(given) / _POINT, room)
    table = re.sub(r"(<a:rPr)\b", rf'\1 sz="{size}00"', table)
    columns = iter(widths)
    table = re.sub(
        r'(<a:gridCol w=)"\d+"', lambda found: f'{found[1]}"{int((next(columns) + _INSET) * _POINT)}"', table
    )
    heights = [_height(row, widths, size) for row in rows]
    spread = _spread(rows, widths, size, room)
    high = iter([height * spread for height in heights])
    table = table.replace("</a:txBody></a:tc>", "</a:txBody><a:tcPr/></a:tc>")
    table = re.sub(r"<a:tcPr(?= |/|>)", '<a:tcPr anchor="ctr"', table)
    return re.sub(r'(<a:tr h=)"0"(?=>)', lambda found: f'{found[1]}"{int(next(high) * _POINT)}"', table)


def type_of_table(rows: Sequence[Sequence[str]], sources: str) -> int:
    """The type in points in which a table is shown on a slide with these sources."""
    return columns_of_table(rows, sources)[0]


def columns_of_table(rows: Sequence[Sequence[str]], sources: str) -> tuple[int, list[float]]:
    """The type of a table on a slide with these sources, and how wide the text of each column may be, in points."""
    return _columns(rows, (WIDTH - 2 * MARGIN) / _POINT, room_above(sources))


def room_above(sources: str = "") -> int:
    """How high a slide is between its title and its sources, or its foot, in points."""
    return ((_top_of_sources(sources) if sources else _FOOT_WITHOUT_SOURCES) - _TOP) // _POINT - 3


def share_of_table(rows: Sequence[Sequence[str]], sources: str) -> float:
    """The share of a slide that a table takes, its rows spread as far as they look well."""
    room, (size, widths) = room_above(sources), columns_of_table(rows, sources)
    return _of_table(rows, widths, size) * _spread(rows, widths, size, room) / room


def _spread(rows: Sequence[Sequence[str]], widths: Sequence[float], size: int, room: int) -> float:
    """How far the rows of a table are drawn apart, so that it takes most of the slide."""
    return max(1.0, min(_AIRY, 0.9 * room / _of_table(rows, widths, size)))


def _columns(rows: Sequence[Sequence[str]], whole: float, room: int) -> tuple[int, list[float]]:
    """The largest type in which a table fits, and the width of its columns that makes it so."""
    return _fitting(tuple(map(tuple, rows)), whole, room)


@lru_cache(maxsize=256)
def _fitting(rows: tuple[tuple[str, ...], ...], whole: float, room: int) -> tuple[int, list[float]]:
    """The same; a table is looked at when its session is read, when it is warned of, and when its slide is made."""
    size, widths = _SIZES[-1], [whole / len(rows[0]) - _INSET] * len(rows[0])
    for size in _SIZES:
        shared = _shared(rows, whole, size)
        if shared and _of_table(rows, shared, size) <= room:
            return size, shared
        widths = shared or widths
    return size, widths


def _shared(rows: Sequence[Sequence[str]], whole: float, size: int) -> list[float]:
    """Columns as wide as their longest word, the rest given where it saves the most height; none where a word has no room."""
    across = range(len(rows[0]))
    longest = [max(len(word) for row in rows for word in [*row[n].split(" "), ""]) for n in across]
    widths = [letters * size * _WIDEST + 1 for letters in longest]
    part = (whole - sum(widths) - _INSET * len(widths)) / _PARTS
    if part < 0:
        return []
    for _ in range(_PARTS):
        wider = [[width + part * (n == chosen) for n, width in enumerate(widths)] for chosen in across]
        widths = min(wider, key=lambda tried: (_of_table(rows, tried, size), _crowded(rows, tried)))
    return widths


def _crowded(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> float:
    """How many letters stand on a point in the fullest column."""
    return max(max(len(row[n]) for row in rows) / width for n, width in enumerate(widths))


def _of_table(rows: Sequence[Sequence[str]], widths: Sequence[float], size: int) -> float:
    """How high a table is in this type in the widest usual face."""
    return sum(_height(row, widths, size) for row in rows)


def _height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    """How high a row is in this type in the widest usual face."""
    lines = (_lines(unescape(cell), width / (size * _WIDEST)) for cell, width in zip(row, widths, strict=True))
    return max(lines) * size * _HIGHEST + _PADDING


@lru_cache(maxsize=1 << 16)
def _lines(text: str, letters: float) -> int:
    """Lines that words take in a column of so many letters; a longer word is broken."""
    lines, used = 1, 0.0
    for word in text.split(" "):
        needed = len(word) + (1 if used else 0)
        if used + needed <= letters:
            used += needed
        else:
            lines += (1 if used else 0) + int(len(word) // letters)
            used = len(word) % letters
    return lines


def _text(words: str, look: Markup) -> Markup:
    return markup.xml("a:r", look, markup.xml("a:t", words))


def _run(words: str) -> Markup:
    small = markup.xml("a:rPr", markup.xml("a:latin", typeface="+mn-lt"), sz="1100")
    return together(markup.xml("a:pPr", algn="l"), _text(words, small))


def _slide_number() -> Markup:
    return markup.xml("a:fld", markup.xml("a:rPr"), markup.xml("a:t", "0"), id=_NUMBER, type="slidenum")


def _placeholder(kind: str, name: str, index: int, text: Markup) -> Markup:
    about = markup.xml(
        "p:nvSpPr",
        markup.xml("p:cNvPr", id=900 + index, name=name),
        markup.xml("p:cNvSpPr", markup.xml("a:spLocks", noGrp="1")),
        markup.xml("p:nvPr", markup.xml("p:ph", type=kind, sz="quarter", idx=index)),
    )
    body = markup.xml("p:txBody", markup.xml("a:bodyPr"), markup.xml("a:lstStyle"), markup.xml("a:p", text))
    return markup.xml("p:sp", about, markup.xml("p:spPr"), body)


def _top_of_sources(words: str) -> int:
    """Where the sources begin, so that all their lines have room above the footer in any usual face."""
    letters = ((WIDTH - 2 * MARGIN) / _POINT - _INSET) / (_SOURCE_SIZE * _WIDEST)
    lines = max(2, _lines(words, letters))
    return FOOT - 60000 - int(lines * _SOURCE_SIZE * _HIGHEST * _POINT)


def _box(words: str, top: int) -> Markup:
    """The sources, just above the footer."""
    about = markup.xml(
        "p:nvSpPr", markup.xml("p:cNvPr", id=910, name="Sources"), markup.xml("p:cNvSpPr", txBox="1"),
        markup.xml("p:nvPr"),
    )  # fmt: skip
    shape = markup.xml(
        "p:spPr", _place(top, FOOT - 60000 - top), markup.xml("a:prstGeom", markup.xml("a:avLst"), prst="rect"),
        markup.xml("a:noFill"),
    )  # fmt: skip
    gray = markup.xml("a:rPr", markup.xml("a:solidFill", markup.xml("a:srgbClr", val=GRAY)), sz=f"{_SOURCE_SIZE}00")
    frame = markup.xml("a:bodyPr", markup.xml("a:normAutofit"), wrap="square", tIns="0", bIns="0", anchor="b")
    body = markup.xml("p:txBody", frame, markup.xml("a:lstStyle"), markup.xml("a:p", _text(words, gray)))
    return markup.xml("p:sp", about, shape, body)


def _place(top: int, height: int) -> Markup:
    at, size = markup.xml("a:off", x=MARGIN, y=top), markup.xml("a:ext", cx=WIDTH - 2 * MARGIN, cy=height)
    return markup.xml("a:xfrm", at, size)
