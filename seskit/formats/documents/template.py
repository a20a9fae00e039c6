"""The look of the PowerPoint decks: pandoc's own reference deck with a title bar, readable type, contrast and a footer.

Made by code from what pandoc prints, so that no file of unknown making is in the project. Sizes are in EMU, 12,700 to a point,
on a slide of 10 by 5.625 inches: 20 points there look like 27 on a slide of the usual 13.33 inches.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from functools import cache

from seskit.formats import markup
from seskit.formats.markup import Markup, together

BLUE, LIGHT, GRAY = "1A4480", "DCE6F2", "4A4A4A"
WIDTH, HEIGHT = 9144000, 5143500
BAR, FOOT = 800100, 4777740
MARGIN = 411480
_FONT = "Arial"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/extended-properties"><PresentationFormat>On-screen Show (16:9)</PresentationFormat></Properties>'
)
#: Type in hundredths of a point: title, then the levels of a list.
_TITLE, _LEVELS = 2600, (2000, 1800, 1600, 1400, 1400)
_PLACES = {
    "title": (MARGIN, 0, WIDTH - 2 * MARGIN, BAR),
    "body": (MARGIN, BAR + 120000, WIDTH - 2 * MARGIN, FOOT - BAR - 520000),
    "dt": (MARGIN, FOOT, 1, 273844),
    "ftr": (MARGIN, FOOT, WIDTH - 2 * MARGIN - 1000000, 273844),
    "sldNum": (WIDTH - MARGIN - 1000000, FOOT, 1000000, 273844),
    "ctrTitle": (MARGIN, 1150000, WIDTH - 2 * MARGIN, 1300000),
    "subTitle": (MARGIN, 2750000, WIDTH - 2 * MARGIN, 1600000),
}
_COLORS = {
    "dk2": BLUE, "lt2": LIGHT, "accent1": BLUE, "accent2": "8B3A00", "accent3": "2E6930", "accent4": "5B2C83",
    "accent5": "005E7A", "accent6": "6B4E00", "hlink": "0B4A8F", "folHlink": "5B2C83",
}  # fmt: skip
_COLORED = re.compile(r'(<a:(\w+)><a:srgbClr val=")(\w+)(?="/>)')
_SIZED = re.compile(r'(<a:lvl(\d)pPr .*?<a:defRPr sz=)"(\d+)"', re.DOTALL)
_PLACED = re.compile(r"<a:off [^>]*/><a:ext [^>]*/>")


@cache
def reference(printed: bytes) -> bytes:
    """The reference deck, from the one pandoc prints."""
    return rewritten(printed, _changed)


def rewritten(
    content: bytes,
    change: Callable[[str, str], str],
    kinds: tuple[str, ...] = (".xml",),
    added: Mapping[str, bytes] | None = None,
) -> bytes:
    """An office file with its XML parts changed and others added; dates and order of its parts are always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        parts = {entry.filename: given.read(entry) for entry in given.infolist()} | dict(added or {})
        for name, data in parts.items():
            written = change(name, data.decode()).encode() if name.endswith(kinds) else data
            made.writestr(zipfile.ZipInfo(name), written, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def before(xml: str, mark: str, added: str) -> str:
    """A part with something added before the last such mark."""
    kept, found, rest = xml.rpartition(mark)
    if not found:
        raise ValueError(f"The file has no {mark}; what belongs before it has no place.")
    return f"{kept}{added}{found}{rest}"


def _changed(name: str, xml: str) -> str:
    if name.startswith("ppt/theme/"):
        return _themed(xml)
    if name.startswith("ppt/slideMasters/"):
        return _master(xml)
    if name.startswith("ppt/slideLayouts/"):
        return _layout(xml)
    return _PROPERTIES if name == "docProps/app.xml" else xml


def _themed(xml: str) -> str:
    xml = _COLORED.sub(lambda found: f"{found[1]}{_COLORS.get(found[2], found[3])}", xml)
    return xml.replace('<a:latin typeface="Calibri"/>', markup.xml("a:latin", typeface=_FONT))


def _master(xml: str) -> str:
    """A title bar behind the titles, a line above the footer, and type that is read from the last row."""
    xml = _placed(_plain(xml), ("title", "body", "dt", "ftr", "sldNum"))
    xml = xml.replace('<a:lvl1pPr algn="ctr"><a:defRPr sz="900">', '<a:lvl1pPr algn="l"><a:defRPr sz="900">')
    xml = xml.replace('<a:defRPr sz="900">', '<a:defRPr sz="1100">')
    head, found, rest = xml.partition("<p:txStyles>")
    titles, ended, bodies = rest.partition("</p:titleStyle>")
    titles = titles.replace('algn="ctr"', 'algn="l"').replace('sz="3300"', f'sz="{_TITLE}" b="1"')
    titles = titles.replace('<a:schemeClr val="tx1"/>', '<a:schemeClr val="bg1"/>')
    sizes = dict(enumerate(_LEVELS, 1))
    bodies = _SIZED.sub(lambda found: f'{found[1]}"{sizes.pop(int(found[2]), found[3])}"', bodies)
    bodies = bodies.replace('<a:spcPct val="20000"/>', '<a:spcPct val="35000"/>')
    shapes = _shape(90, "Title bar", (0, 0, WIDTH, BAR), BLUE) + _shape(
        91, "Footer line", (MARGIN, FOOT - 30000, WIDTH - 2 * MARGIN, 9525), GRAY
    )
    return _behind(head, shapes) + found + titles + ended + bodies


def _layout(xml: str) -> str:
    xml = _plain(xml)
    if '<p:cSld name="Title Slide"' not in xml:
        return xml
    xml = xml.replace('type="title" preserve', 'showMasterSp="0" type="title" preserve')
    xml = _placed(xml, ("ctrTitle", "subTitle")).replace('algn="ctr"', 'algn="l"')
    xml = re.sub(
        r'(<p:ph type="ctrTitle"/>.*?<a:bodyPr)/><a:lstStyle/>',
        r'\1 anchor="b"/><a:lstStyle><a:lvl1pPr><a:defRPr sz="3400" b="1"/></a:lvl1pPr></a:lstStyle>',
        xml,
        flags=re.DOTALL,
    )
    return _behind(xml, _shape(90, "Opening band", (0, 0, WIDTH, 2600000), BLUE))


def _plain(xml: str) -> str:
    """Text in full strength: a tint of black on white is hard to read from afar."""
    return re.sub(r'<a:schemeClr val="tx1">\s*<a:tint val="\d+"\s*/>\s*</a:schemeClr>', '<a:schemeClr val="tx1"/>', xml)


def _placed(xml: str, kinds: tuple[str, ...]) -> str:
    for kind in kinds:
        x, y, width, height = _PLACES[kind]
        place = together(markup.xml("a:off", x=x, y=y), markup.xml("a:ext", cx=width, cy=height))
        above, named, below = xml.partition(f'p:ph type="{kind}"')
        xml = f"{above}{named}{_PLACED.sub(place, below, count=1)}"
    return xml


def _behind(xml: str, shapes: Markup) -> str:
    above, ends, below = xml.partition("</p:grpSpPr>")
    return f"{above}{ends}{shapes}{below}"


def _shape(number: int, name: str, place: tuple[int, int, int, int], color: str) -> Markup:
    x, y, width, height = place
    about = markup.xml(
        "p:nvSpPr",
        markup.xml("p:cNvPr", id=number, name=name),
        markup.xml("p:cNvSpPr"),
        markup.xml("p:nvPr", userDrawn="1"),
    )
    look = markup.xml(
        "p:spPr",
        markup.xml("a:xfrm", markup.xml("a:off", x=x, y=y), markup.xml("a:ext", cx=width, cy=height)),
        markup.xml("a:prstGeom", markup.xml("a:avLst"), prst="rect"),
        markup.xml("a:solidFill", markup.xml("a:srgbClr", val=color)),
        markup.xml("a:ln", markup.xml("a:noFill")),
    )
    return markup.xml("p:sp", about, look)
