"""A PowerPoint deck for a dark room: the same slides, light letters on a dark ground; what the project drew is on it, too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection

from seskit.formats import markup
from seskit.formats.documents.template import GRAY, rewritten
from seskit.formats.drawing import for_dark

GROUND, LETTERS, MUTED = "1C1D1F", "F0F0F0", "B5BAC1"
_IN_THEME = {
    ("dk1", GROUND): re.compile("<a:dk1>.*?</a:dk1>", re.DOTALL),
    ("lt1", LETTERS): re.compile("<a:lt1>.*?</a:lt1>", re.DOTALL),
}
_SWAPPED = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}


def darkened(deck: bytes, drawn: Collection[bytes]) -> bytes:
    """The deck with its ground and its letters exchanged, and its pictures that are `drawn`; nothing moves.

    A photograph, a logo or a form, which is none of them, keeps its colors.
    """
    with zipfile.ZipFile(io.BytesIO(deck)) as parts:
        pictures = {name: parts.read(name) for name in parts.namelist() if name.startswith("ppt/media/")}
    return rewritten(deck, _changed, added={name: for_dark(png) for name, png in pictures.items() if png in drawn})


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
