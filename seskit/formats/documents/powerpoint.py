"""What pandoc leaves undone on a PowerPoint slide: opening lines, type that fits, sources, footer, number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape

from seskit.formats.documents.template import BAR, FOOT, GREY, MARGIN, WIDTH

_NUMBER = "{C5EF2332-01BF-834F-8236-50238282D533}"
_POINT = 12700
#: Type in points, the largest that fits is taken; a letter is about half as wide as high, a line a fifth higher.
_SIZES, _TEXT_SIZES = (16, 14, 12), (22, 20, 18, 16, 14)
_INDENT, _GAP = 457200, 0.35
_WIDE, _HIGH, _PADDING = 0.46, 1.17, 8
_SOURCES = FOOT - 410000
_ROOM, _ROOM_WITHOUT_SOURCES = ((end - BAR - 160000) // _POINT for end in (_SOURCES, FOOT - 60000))


def finished(xml: str, opening: Sequence[str], sources: Mapping[str, str], footer: str) -> str:
    """A slide with everything on it, in reading order: title, content, sources, footer, number."""
    if 'type="ctrTitle"' in xml:
        return _opened(xml, opening)
    said = sources.get(_title(xml), "")
    room = _ROOM if said else _ROOM_WITHOUT_SOURCES
    xml = re.sub(r"<a:tbl>.*?</a:tbl>", lambda found: _fitted(found[0], room), xml, flags=re.DOTALL)
    xml = re.sub(
        r'<p:ph idx="1"\s*/>(?:(?!</p:sp>).)*</p:txBody>', lambda found: _legible(found[0], room), xml, flags=re.DOTALL
    )
    parts = [_box(said)] if said else []
    parts += [
        _placeholder("ftr", "Footer", 11, _run(footer)),
        _placeholder("sldNum", "Slide number", 12, _slide_number()),
    ]
    return xml.replace("</p:spTree>", f"{''.join(parts)}</p:spTree>")


def _title(xml: str) -> str:
    found = re.search(r'<p:ph type="title"\s*/>.*?</p:sp>', xml, re.DOTALL)
    return unescape("".join(re.findall(r"<a:t>(.*?)</a:t>", found[0]))) if found else ""


def _opened(xml: str, lines: Sequence[str]) -> str:
    paragraphs = "".join(
        f'<a:p><a:pPr lvl="0" indent="0" marL="0"><a:buNone/></a:pPr><a:r><a:rPr/><a:t>{escape(line, quote=False)}</a:t></a:r></a:p>'
        for line in lines
    )
    return re.sub(
        r'(type="subTitle"\s*/>.*?<a:lstStyle\s*/>)<a:p>.*?</a:p>(</p:txBody>)',
        lambda found: f"{found[1]}{paragraphs}{found[2]}",
        xml,
        flags=re.DOTALL,
    )


def _legible(body: str, room: int) -> str:
    """Text in the largest type in which it fits the slide; a number of two digits has room before its text."""
    body = re.sub(
        r'(<a:pPr lvl="0") indent="-\d+" marL="\d+">(\s*<a:buAutoNum)',
        rf'\1 indent="-{_INDENT}" marL="{_INDENT}">\2',
        body,
    )
    told = [
        unescape("".join(re.findall(r"<a:t>(.*?)</a:t>", part)))
        for part in re.findall(r"<a:p>.*?</a:p>", body, re.DOTALL)
    ]
    size = next((size for size in _TEXT_SIZES if _tall(told, size) <= room), _TEXT_SIZES[-1])
    return re.sub(r"<a:rPr(?= |/|>)", f'<a:rPr sz="{size}00"', body)


def fits(paragraphs: Sequence[str]) -> bool:
    """Whether so much text has room on a slide in some type that is still read from afar."""
    return _tall(paragraphs, _TEXT_SIZES[-1]) <= _ROOM_WITHOUT_SOURCES


def _tall(paragraphs: Sequence[str], size: int) -> float:
    """How high paragraphs of a list stand on a slide, in points."""
    width = (WIDTH - 2 * MARGIN - _INDENT) / _POINT - 15
    return sum((_lines(text, width / (size * _WIDE)) * _HIGH + _GAP) * size for text in paragraphs)


def _fitted(table: str, room: int) -> str:
    """A table in the largest type in which its rows fit the slide, with the height of each row."""
    widths = [int(width) / _POINT - 15 for width in re.findall(r'<a:gridCol w="(\d+)"', table)]
    rows = [
        ["".join(re.findall(r"<a:t>(.*?)</a:t>", cell)) for cell in re.findall(r"<a:tc>.*?</a:tc>", row, re.DOTALL)]
        for row in re.findall(r"<a:tr .*?</a:tr>", table, re.DOTALL)
    ]
    for size in _SIZES:
        heights = [_height(row, widths, size) for row in rows]
        if sum(heights) <= room:
            break
    table = re.sub(r"<a:rPr\b", f'<a:rPr sz="{size}00"', table)
    given = iter(heights)
    return re.sub(r'<a:tr h="0">', lambda _: f'<a:tr h="{int(next(given) * _POINT)}">', table)


def _height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    lines = (_lines(unescape(cell), width / (size * _WIDE)) for cell, width in zip(row, widths, strict=True))
    return max(lines) * size * _HIGH + _PADDING


def _lines(text: str, letters: float) -> int:
    """Lines that words take in a column of so many letters; a longer word is broken."""
    lines, used = 1, 0.0
    for word in text.split():
        needed = len(word) + (1 if used else 0)
        if used + needed <= letters:
            used += needed
        else:
            lines += (1 if used else 0) + int(len(word) // letters)
            used = len(word) % letters
    return lines


def _run(words: str) -> str:
    return f'<a:pPr algn="l"/><a:r><a:rPr sz="1100"><a:latin typeface="+mn-lt"/></a:rPr><a:t>{escape(words, quote=False)}</a:t></a:r>'


def _slide_number() -> str:
    return f'<a:fld id="{_NUMBER}" type="slidenum"><a:rPr/><a:t>0</a:t></a:fld>'


def _placeholder(kind: str, name: str, index: int, text: str) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{900 + index}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        f'<p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
        f"<a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _box(words: str) -> str:
    """The sources, in a line or two above the footer."""
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="910" name="Sources"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{MARGIN}" y="{_SOURCES}"/><a:ext cx="{WIDTH - 2 * MARGIN}" cy="340000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="square" tIns="0" bIns="0" '
        'anchor="b"><a:noAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr sz="1000"><a:solidFill>'
        f'<a:srgbClr val="{GREY}"/></a:solidFill></a:rPr><a:t>{escape(words, quote=False)}</a:t></a:r></a:p></p:txBody></p:sp>'
    )
