"""An agency's own look: its color and its logo on slides and papers, in place of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from seskit.formats import markup
from seskit.formats.documents.template import BLUE, FOOT, HEIGHT, LIGHT, MARGIN, WIDTH, before, rewritten
from seskit.formats.markup import together

LOGO = "agency-logo.png"
_PNG = b"\x89PNG\r\n\x1a\n"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_IMAGE = f"{_RELATION}/image"
_MEDIA = "ppt/media/agency-logo.png"
_ID = "rIdAgencyLogo"
#: Room for the logo on the opening slide and at the foot of the others, in EMU: left, top, width, height.
_OPENING = (WIDTH - MARGIN - 2000000, HEIGHT - 1000000, 2000000, 800000)
_EACH = (WIDTH - MARGIN - 950000, FOOT + 10000, 600000, 240000)
_PALE = 0.86


@dataclass(frozen=True)
class Look:
    """The color of bars and headings as six digits, empty for ours; the logo as a PNG, empty for none, and what it shows."""

    color: str = ""
    logo: bytes = b""
    says: str = ""

    @property
    def images(self) -> Mapping[str, bytes]:
        """The logo as a picture of a document."""
        return {LOGO: self.logo} if self.logo else {}

    @property
    def variables(self) -> list[str]:
        """The look as variables of a page or a deck."""
        color = [f"--variable=accent:#{self.color}"] if self.color else []
        return color + ([f"--variable=logo:{LOGO}", f"--variable=says:{together(self.says)}"] if self.logo else [])


def size_of(png: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG in pixels; None for anything else."""
    if not png.startswith(_PNG) or len(png) < 24:
        return None
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def contrast_with_white(color: str) -> float:
    """The contrast of white letters on a color, after WCAG 2."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def worn(deck: bytes, look: Look) -> bytes:
    """A PowerPoint file in an agency's look."""
    if look.color:
        pale = "".join(f"{round(255 - (255 - int(look.color[at : at + 2], 16)) * (1 - _PALE)):02X}" for at in (0, 2, 4))
        deck = rewritten(deck, lambda _, xml: xml.replace(BLUE, look.color).replace(LIGHT, pale))
    if not look.logo:
        return deck
    return rewritten(deck, partial(_with_logo, look), kinds=(".xml", ".rels"), added={_MEDIA: look.logo})


def _with_logo(look: Look, name: str, xml: str) -> str:
    """The logo on the opening slide, where it is read, and on the master, which shows it on all others."""
    if name in ("ppt/slides/_rels/slide1.xml.rels", "ppt/slideMasters/_rels/slideMaster1.xml.rels"):
        relation = markup.xml("Relationship", Id=_ID, Type=_IMAGE, Target="../media/agency-logo.png")
        return before(xml, "</Relationships>", relation)
    if name == "ppt/slides/slide1.xml":
        return before(xml, "</p:spTree>", _picture(look, _OPENING))
    if name == "ppt/slideMasters/slideMaster1.xml":
        return before(xml, "</p:spTree>", _picture(look, _EACH))
    if name == "[Content_Types].xml" and 'Extension="png"' not in xml:
        return before(xml, "</Types>", markup.xml("Default", Extension="png", ContentType="image/png"))
    return xml


def _picture(look: Look, room: tuple[int, int, int, int]) -> str:
    """The logo as large as it fits its room, to the right and in the middle of its height."""
    left, top, width, height = room
    across, down = size_of(look.logo) or (1, 1)
    scale = min(width / across, height / down)
    wide, high = int(across * scale), int(down * scale)
    about = markup.xml(
        "p:nvPicPr",
        markup.xml("p:cNvPr", id=990, name="Agency logo", descr=look.says),
        markup.xml("p:cNvPicPr", markup.xml("a:picLocks", noChangeAspect="1")),
        markup.xml("p:nvPr"),
    )
    fill = markup.xml(
        "p:blipFill",
        markup.xml("a:blip", xmlns__r=_RELATION, r__embed=_ID),
        markup.xml("a:stretch", markup.xml("a:fillRect")),
    )
    place = markup.xml(
        "p:spPr",
        markup.xml(
            "a:xfrm",
            markup.xml("a:off", x=left + width - wide, y=top + (height - high) // 2),
            markup.xml("a:ext", cx=wide, cy=high),
        ),
        markup.xml("a:prstGeom", markup.xml("a:avLst"), prst="rect"),
    )
    return str(markup.xml("p:pic", about, fill, place))


def headed(xml: str, color: str) -> str:
    """The styles of a Word file with its title and headings in an agency's color."""
    colored = markup.xml("w:color", w__val=color)
    return re.sub(
        r'w:styleId="(?:Title|Heading\d)"(?:(?!</w:style>).)*</w:style>',
        lambda found: re.sub(
            r"(<w:rFonts [^>]*/>)", rf"\1{colored}", re.sub(r"<w:color [^>]*/>", "", found[0]), count=1
        ),
        xml,
        flags=re.DOTALL,
    )
