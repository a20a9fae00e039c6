"""What pandoc leaves undone in a Word file: type, margins and ruled tables, page numbers, and a header on drafts."""

from __future__ import annotations

import io
import re
import zipfile

from seskit.formats import markup
from seskit.formats.documents.template import before
from seskit.formats.markup import Markup, together, trusted

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONT = "Arial"
#: Sizes of pandoc's styles in half points, and ours.
_SIZES = {"24": "22", "56": "40", "40": "32", "32": "26", "28": "23"}
_LATIN = markup.xml("a:latin", typeface=_FONT)
_RULES = together(
    markup.xml(f"w:{side}", w__val="single", w__sz="4", w__space="0", w__color="6B6B6B")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HEAD_ROW = '<w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="DCE6F2"/></w:tcPr>'
_TOGETHER = re.compile(
    r'(<w:bookmarkStart w:id="(\d+)" w:name="together[^"]*" />)(.*?)(<w:bookmarkEnd w:id="\2" />)', re.DOTALL
)
_OVERLEAF = re.compile(r'(<w:bookmarkStart w:id="\d+" w:name="overleaf[^"]*" />.*?<w:pPr><w:pStyle [^>]*/>)', re.DOTALL)
#: Nine points in tables, as in the PDF, so that the words of a heading fit the widths the columns are given.
_CELL = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/>'
    '<w:basedOn w:val="Compact"/><w:qFormat/><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
#: Four points beside the words of a cell, as `room` counts them; and a row to write in is as high as a line of handwriting.
_BESIDE = ('w:w="108"', 'w:w="80"')
_HIGH = '<w:trHeight w:val="480" w:hRule="atLeast"/>'
_ROW = re.compile(r"(<w:tr><w:trPr><w:cantSplit/>)((?:(?!</w:tr>).)*?<w:t[^>]*>[_\u00a0]+</w:t>)", re.DOTALL)
#: pandoc's style of tables rests on one that its file does not have.
_NO_SUCH_STYLE = '<w:basedOn w:val="TableNormal" />'
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
#: The paragraph before a table's caption leads to it and stays with it.
_LEAD = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="(?:BodyText|FirstParagraph)" />)(</w:pPr>(?:(?!</w:p>).)*</w:p>\s*<w:p><w:pPr><w:pStyle w:val="TableCaption")',
    re.DOTALL,
)
_PAGE = '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1150" w:right="1300" w:bottom="1150" w:left="1300" w:header="600" w:footer="600" w:gutter="0"/>'
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><DocSecurity>0</DocSecurity></Properties>'
)


def finished(docx: bytes, title: str, header: str) -> bytes:
    """The same Word file in our look, with the title and page numbers at the foot and, given one, a header."""
    parts = {"footer": _footer(title)} | ({"header": _header(header)} if header else {})
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, _changed(entry.filename, old.read(entry), list(parts)))
        for kind, text in parts.items():
            dated = zipfile.ZipInfo(_file(kind), old.infolist()[0].date_time)
            dated.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(dated, text)
    return made.getvalue()


def _file(kind: str) -> str:
    return f"word/{kind}_pages.xml" if kind == "footer" else "word/header_draft.xml"


def _changed(name: str, content: bytes, kinds: list[str]) -> bytes:
    if name == "docProps/app.xml":
        return _PROPERTIES.encode()
    if name == "word/theme/theme1.xml":
        return re.sub(r'<a:latin typeface="[^"]+"[^>]*/>', _LATIN, content.decode()).encode()
    if name == "word/styles.xml":
        return _styled(content.decode()).encode()
    if name == "word/document.xml":
        return _laid_out(content.decode(), kinds).encode()
    if name == "[Content_Types].xml":
        added = together(
            markup.xml("Override", PartName=f"/{_file(kind)}", ContentType=f"{_KIND}.{kind}+xml") for kind in kinds
        )
        return before(content.decode(), "</Types>", added).encode()
    if name == "word/_rels/document.xml.rels":
        added = together(
            markup.xml(
                "Relationship", Id=f"rId{kind.title()}", Type=f"{_OFFICE}/{kind}", Target=_file(kind).partition("/")[2]
            )
            for kind in kinds
        )
        return before(content.decode(), "</Relationships>", added).encode()
    return content


def _styled(xml: str) -> str:
    xml = re.sub(r'(?<=<w:)((?:sz|szCs) w:val=)"(\d+)"', lambda f: f'{f[1]}"{_SIZES.get(f[2], f[2])}"', xml)
    head, found, table = xml.replace(_NO_SUCH_STYLE, "").partition('w:styleId="Table"')
    above, margins, below = table.partition("<w:tblCellMar>")
    cells, ends, below = below.partition("</w:tblCellMar>")
    table = f"{above}{markup.xml('w:tblBorders', _RULES)}{margins}{cells.replace(*_BESIDE)}{ends}{below}"
    table = re.sub(
        r'(<w:tblStylePr w:type="firstRow">\s*)<w:tcPr>.*?</w:tcPr>',
        rf"\1{_HEAD_ROW}",
        table,
        count=1,
        flags=re.DOTALL,
    )
    styled = (head + found + table).replace('<w:jc w:val="center" />', "", 1)
    return before(styled, "</w:styles>", _CELL)


def _laid_out(xml: str, kinds: list[str]) -> str:
    """Rows stay whole, what belongs together stays on one page, pages have margins, header and footer."""
    small = '<w:pStyle w:val="TableText"'
    xml = _TABLE.sub(lambda table: table[0].replace('<w:pStyle w:val="Compact"', small), xml)
    xml = xml.replace("<w:trPr><w:tblHeader", "<w:trPr><w:cantSplit/><w:tblHeader")
    xml = xml.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
    xml = _ROW.sub(rf"\1{_HIGH}\2", xml)
    xml = _TOGETHER.sub(lambda found: found[1] + _kept(found[3]) + found[4], xml)
    xml = _OVERLEAF.sub(r"\1<w:pageBreakBefore/>", xml)
    xml = _LEAD.sub(r"\1<w:keepNext/>\2", xml)
    named = together(
        markup.xml(f"w:{kind}Reference", xmlns__r=_OFFICE, w__type="default", r__id=f"rId{kind.title()}")
        for kind in sorted(kinds, reverse=True)
    )
    return before(before(xml, "<w:footnotePr>", named), "</w:sectPr>", _PAGE)


def _kept(part: str) -> str:
    """Every paragraph but the last stays with the next one."""
    paragraphs, begins, last = part.rpartition("<w:p>")
    return re.sub(r'(<w:pPr><w:pStyle w:val="\w+" />)', r"\1<w:keepNext/>", paragraphs) + begins + last


def _header(words: str) -> str:
    centered = markup.xml("w:pPr", markup.xml("w:jc", w__val="center"))
    return _part(
        "hdr", markup.xml("w:p", centered, markup.xml("w:r", markup.xml("w:rPr", markup.xml("w:b")), _text(words)))
    )


def _footer(title: str) -> str:
    tab = markup.xml("w:pPr", markup.xml("w:tabs", markup.xml("w:tab", w__val="right", w__pos="9640")))
    page = markup.xml("w:tab"), _text("Page ")
    runs = (_small(_text(title)), _small(*page), _number("PAGE"), _small(_text(" of ")), _number("NUMPAGES"))
    return _part("ftr", markup.xml("w:p", tab, runs))


def _text(words: str) -> Markup:
    return markup.xml("w:t", words, xml__space="preserve")


def _small(*inner: Markup) -> Markup:
    return markup.xml("w:r", markup.xml("w:rPr", markup.xml("w:sz", w__val="16")), inner)


def _number(field: str) -> Markup:
    return markup.xml("w:fldSimple", _small(markup.xml("w:t", "1")), w__instr=field)


def _part(kind: str, paragraph: Markup) -> str:
    begins = trusted('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
    return together(begins, markup.xml(f"w:{kind}", paragraph, xmlns__w=_MAIN))
