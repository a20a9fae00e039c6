"""A paper as a tagged PDF (PDF/UA-1), made by typst from its blocks.

The blocks reach typst as JSON, so that whatever a name holds is printed and never read as a command. Only the fonts
inside the typst wheel are used: the same paper gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from seskit.formats import typesetting
from seskit.formats.days import days_in_words
from seskit.formats.sheets.blocks import Sheets, SheetTable
from seskit.formats.typesetting import printable

_TEMPLATE = Path(__file__).with_name("blocks.typ")
_BLANKS = re.compile(r"[ \t\r\n]+")
#: Where a long word may break: the narrowest column of a paper has room for so many letters.
_LONG = re.compile(r"\S{18}(?=\S)")
_CODES = "A character that the fonts of this file lack is printed as its code, for example [U+4E2D]."


def pdf(sheets: Sheets) -> bytes:
    """The paper as PDF; a draft says on every sheet that it is one, and nothing is cut."""
    shown = (sheets.front if sheets.covered else (), sheets.sections)
    plain = [place for place, table in enumerate(_tables(shown)) if not table.headed]
    return typesetting.pdf(_TEMPLATE, _inputs(sheets), plain)


def picture(sheets: Sheets, *, dots: int) -> bytes:
    """The first sheet as a picture of that many dots an inch, without the paper around it."""
    return typesetting.picture(_TEMPLATE, _inputs(sheets) | {"alone": "yes"}, dots=dots)


def _tables(held: Any) -> Iterator[SheetTable]:
    """The tables of blocks in the order in which they are read."""
    if isinstance(held, SheetTable):
        yield held
    elif isinstance(held, tuple):
        for one in held:
            yield from _tables(one)
    elif is_dataclass(held):
        for one in vars(held).values():
            yield from _tables(one)


def _inputs(sheets: Sheets) -> dict[str, str]:
    data = json.dumps(_plain(sheets, {}))
    return {"data": data, "codes": _CODES if "[U+" in data else ""}


def _plain(value: Any, told: dict[str, str]) -> Any:
    """Blocks as plain data, without what is as it mostly is; `told` has the texts that were made ready before."""
    if isinstance(value, str):
        # A quoted text is another than the same one unquoted: its days stay as they are.
        if type(value) is not str:
            return _ready(value)
        if value not in told:
            told[value] = _ready(value)
        return told[value]
    if isinstance(value, tuple):
        return [_plain(one, told) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        kind, usual = _kind(type(value))
        held = value.__dict__
        return {"kind": kind} | {name: _plain(held[name], told) for name, one in usual if held[name] != one}
    return value


@cache
def _kind(block: type[Any]) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """What a block is called, and its parts with what each mostly is."""
    return block.__name__.lower(), tuple((field.name, field.default) for field in fields(block))


def _ready(text: str) -> str:
    """Text with its days in words, each character without a glyph as its code, long words free to break."""
    return _LONG.sub("\\g<0>\u200b", printable(_BLANKS.sub(" ", days_in_words(text))))
