"""What pandoc leaves undone in a Word file: type, margins and ruled tables, page numbers, and a header on drafts."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_FONT = "Arial"
#: Sizes of pandoc's styles in half points, and ours.
_SIZES = {"24": "22", "56": "40", "40": "32", "32": "26", "28": "23"}
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="6B6B6B"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_HEAD_ROW = '<w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="DCE6F2"/>'
_TOGETHER = re.compile(
    r'(<w:bookmarkStart w:id="(\d+)" w:name="together[^"]*" />)(.*?)(<w:bookmarkEnd w:id="\2" />)', re.DOTALL
)
#: Nine points in tables, as in the PDF, so that the words of a heading fit the widths the columns are given.
_CELL = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/>'
    '<w:basedOn w:val="Compact"/><w:qFormat/><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)
_PAGE = '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1150" w:right="1300" w:bottom="1150" w:left="1300" w:header="600" w:footer="600" w:gutter="0"/>'
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><DocSecurity>0</DocSecurity></Properties>'
)


def finished(docx: bytes, title: str, header: str = "") -> bytes:
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
        return re.sub(r'<a:latin typeface="[^"]+"[^>]*/>', f'<a:latin typeface="{_FONT}"/>', content.decode()).encode()
    if name == "word/styles.xml":
        return _styled(content.decode()).encode()
    if name == "word/document.xml":
        return _laid_out(content.decode(), kinds).encode()
    if name == "[Content_Types].xml":
        added = "".join(f'<Override PartName="/{_file(kind)}" ContentType="{_KIND}.{kind}+xml"/>' for kind in kinds)
        return _before(content.decode(), "</Types>", added).encode()
    if name == "word/_rels/document.xml.rels":
        added = "".join(
            f'<Relationship Id="rId{kind.title()}" Type="{_OFFICE}/{kind}" Target="{_file(kind).removeprefix("word/")}"/>'
            for kind in kinds
        )
        return _before(content.decode(), "</Relationships>", added).encode()
    return content


def _styled(xml: str) -> str:
    xml = re.sub(r'<w:(sz|szCs) w:val="(\d+)"', lambda f: f'<w:{f[1]} w:val="{_SIZES.get(f[2], f[2])}"', xml)
    head, found, table = xml.partition('w:styleId="Table"')
    table = table.replace("<w:tblCellMar>", f"<w:tblBorders>{_RULES}</w:tblBorders><w:tblCellMar>", 1)
    table = re.sub(
        r'(<w:tblStylePr w:type="firstRow">\s*)<w:tcPr>.*?</w:tcPr>',
        rf"\1{_HEAD_ROW}</w:tcPr>",
        table,
        count=1,
        flags=re.DOTALL,
    )
    styled = (head + found + table).replace('<w:jc w:val="center" />', "", 1)
    return _before(styled, "</w:styles>", _CELL)


def _laid_out(xml: str, kinds: list[str]) -> str:
    """Rows stay whole, what belongs together stays on one page, pages have margins, header and footer."""
    small = '<w:pStyle w:val="TableText"'
    xml = _TABLE.sub(lambda table: table[0].replace('<w:pStyle w:val="Compact"', small), xml)
    xml = xml.replace("<w:trPr><w:tblHeader", "<w:trPr><w:cantSplit/><w:tblHeader")
    xml = xml.replace("<w:tr><w:tc>", "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc>")
    xml = _TOGETHER.sub(lambda found: found[1] + _kept(found[3]) + found[4], xml)
    named = "".join(
        f'<w:{kind}Reference xmlns:r="{_OFFICE}" w:type="default" r:id="rId{kind.title()}"/>'
        for kind in sorted(kinds, reverse=True)
    )
    return _before(_before(xml, "<w:footnotePr>", named), "</w:sectPr>", _PAGE)


def _kept(part: str) -> str:
    """Every paragraph but the last stays with the next one."""
    paragraphs, last = part.rpartition("<w:p>")[0], part.rpartition("<w:p>")[2]
    return re.sub(r'(<w:pPr><w:pStyle w:val="\w+" />)', r"\1<w:keepNext/>", paragraphs) + "<w:p>" + last


def _before(xml: str, mark: str, added: str) -> str:
    kept, found, rest = xml.rpartition(mark)
    if not found:
        raise ValueError(f"The Word file has no {mark}; what belongs before it has no place.")
    return f"{kept}{added}{found}{rest}"


def _header(words: str) -> str:
    run = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
    return _part("hdr", f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run}</w:p>')


def _footer(title: str) -> str:
    def run(inner: str) -> str:
        return f'<w:r><w:rPr><w:sz w:val="16"/></w:rPr>{inner}</w:r>'

    def number(field: str) -> str:
        return f'<w:fldSimple w:instr="{field}">{run("<w:t>1</w:t>")}</w:fldSimple>'

    tab = '<w:tabs><w:tab w:val="right" w:pos="9640"/></w:tabs>'
    words = run(f'<w:t xml:space="preserve">{escape(title)}</w:t>') + run(
        '<w:tab/><w:t xml:space="preserve">Page </w:t>'
    )
    of = run('<w:t xml:space="preserve"> of </w:t>')
    return _part("ftr", f"<w:p><w:pPr>{tab}</w:pPr>{words}{number('PAGE')}{of}{number('NUMPAGES')}</w:p>")


def _part(kind: str, paragraph: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{kind} xmlns:w="{_MAIN}">{paragraph}</w:{kind}>'
    )
