"""Row heads and the heading of the title in a PDF: typst tags neither, and its objects of structure are plain text.

A screen reader says the head of a row with each of its cells, as it does on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import accumulate

_BEGINS = re.compile(rb"(\d{10}) 00000 n")
_ELEMENT = re.compile(rb"\d+ 0 obj\n<</Type/StructElem/S/(Table|TBody|TR|TD)/P \d+ 0 R")
_KIDS = re.compile(rb"/K\[((?:\d+ 0 R ?)*)\]")
_CELL = re.compile(rb"/S/TD(/P \d+ 0 R/A\[<</O/Table)((?:/(?:Col|Row)Span \d+)*)/Headers\[")
_NAMED = b"/IDTree<</Names["


def headed(content: bytes, plain: Collection[int]) -> bytes:
    """The same PDF, the first cell of each body row a head of its row, and the title a heading. A file that is stored in
    another way than typst's is left as it is.

    Tables are counted from 0 in reading order; the rows of those that are `plain` have no heads.
    """
    objects = _objects(content)
    if not objects:
        return content
    rows = [row for place, table in enumerate(_tables(objects)) if place not in plain for row in _rows(objects, table)]
    for row in rows:
        _head(objects, row)
    _name(objects, [row[0] for row in rows])
    return _whole(content, objects)


def _objects(content: bytes) -> list[bytes]:
    """Every object in the order of its number, the first one none; nothing where they lie in the file in another order."""
    starts = [int(found) for found in _BEGINS.findall(content, _end(content))]
    ends = [*starts[1:], _end(content)]
    if not starts or starts != sorted(starts):
        return []
    return [b"", *(content[start:end] for start, end in zip(starts, ends, strict=True))]


def _end(content: bytes) -> int:
    return int(content[content.rindex(b"startxref") :].split()[1])


def _tables(objects: list[bytes]) -> list[int]:
    return [number for number, one in enumerate(objects) if _kind(one) == b"Table"]


def _kind(one: bytes) -> bytes:
    found = _ELEMENT.match(one)
    return found[1] if found else b""


def _kids(objects: list[bytes], number: int, kind: bytes) -> list[int]:
    found = _KIDS.search(objects[number])
    listed = [int(kid) for kid in found[1].replace(b"0 R", b"").split()] if found else []
    return [kid for kid in listed if _kind(objects[kid]) == kind]


def _rows(objects: list[bytes], table: int) -> Iterator[list[int]]:
    """The cells of each body row that has a head and something to head."""
    for body in _kids(objects, table, b"TBody"):
        for row in _kids(objects, body, b"TR"):
            cells = _kids(objects, row, b"TD")
            if len(cells) > 1:
                yield cells


def _head(objects: list[bytes], row: list[int]) -> None:
    first, *others = row
    name = _id(first)
    objects[first] = _CELL.sub(rb"/S/TH/ID" + name + rb"\1/Scope/Row\2/Headers[", objects[first], count=1)
    for cell in others:
        objects[cell] = _CELL.sub(rb"/S/TD\1\2/Headers[" + name, objects[cell], count=1)


def _id(cell: int) -> bytes:
    """The name of a head of a row; it comes before those of typst, which begin with U, as the list of names is in order."""
    return b"(R%d)" % cell


def _name(objects: list[bytes], heads: list[int]) -> None:
    names = b"".join(sorted(b"%b%d 0 R" % (_id(head), head) for head in heads))
    for number, one in enumerate(objects):
        if one.find(b"<</Type/StructTreeRoot") > 0:
            objects[number] = one.replace(b"/Title/P/", b"/Title/H1/", 1).replace(_NAMED, _NAMED + names, 1)


def _whole(content: bytes, objects: list[bytes]) -> bytes:
    """The file again, each object at its new place."""
    end = _end(content)
    first = min(map(int, _BEGINS.findall(content, end)))
    places = list(accumulate(map(len, objects[1:]), initial=first))
    told = iter(places)
    after = _BEGINS.sub(lambda _: b"%010d 00000 n" % next(told), content[end:])
    after = re.sub(rb"startxref\s+\d+", b"startxref\n%d" % places[-1], after)
    return b"".join([content[:first], *objects[1:], after])
