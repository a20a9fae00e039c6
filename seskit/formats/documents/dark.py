"""A PowerPoint deck for a dark room: the same slides, light letters on a dark ground; pictures and tables stay on white."""

from __future__ import annotations

import re

from seskit.formats import markup
from seskit.formats.documents.template import GRAY, rewritten

GROUND, LETTERS, MUTED = "1C1D1F", "F0F0F0", "B5BAC1"
_IN_THEME = {
    ("dk1", GROUND): re.compile("<a:dk1>.*?</a:dk1>", re.DOTALL),
    ("lt1", LETTERS): re.compile("<a:lt1>.*?</a:lt1>", re.DOTALL),
}
_SWAPPED = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}


def darkened(deck: bytes) -> bytes:
    """The deck with its ground and its letters exchanged; nothing moves."""
    return rewritten(deck, _changed)


def _changed(name: str, xml: str) -> str:
    if name.startswith("ppt/theme/"):
        for (word, color), found in _IN_THEME.items():
            made = str(markup.xml(f"a:{word}", markup.xml("a:srgbClr", val=color)))
            xml = found.sub(lambda _, made=made: made, xml)  # type: ignore[misc]
        return xml
    if name.startswith("ppt/slideMasters/"):
        head, mapped, rest = xml.partition("<p:clrMap ")
        for word, other in _SWAPPED.items():
            rest = re.sub(rf'\b{word}="\w+"', f'{word}="{other}"', rest, count=1)
        white = markup.xml("a:srgbClr", val="FFFFFF")
        before, ended, after = rest.partition("</p:titleStyle>")
        xml = head + mapped + re.sub('<a:schemeClr val="bg1" ?/>', lambda _: str(white), before) + ended + after
    return xml.replace(f'val="{GRAY}"', f'val="{MUTED}"') if name.startswith(("ppt/slides/", "ppt/slideM")) else xml
