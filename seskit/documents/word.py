"""What pandoc does not write into a Word file: small type in tables, and a header on every page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from html import escape

_PART, _ID = "word/header_draft.xml", "rIdDraft"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HEADER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/>'
    '</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:hdr>'
)
#: Into which part of the file, before what, goes which text.
_WITH_HEADER = {
    "[Content_Types].xml": ("</Types>", f'<Override PartName="/{_PART}" ContentType="{_KIND}"/>'),
    "word/_rels/document.xml.rels": (
        "</Relationships>",
        f'<Relationship Id="{_ID}" Type="{_OFFICE}/header" Target="header_draft.xml"/>',
    ),
    "word/document.xml": (
        "<w:footnotePr>",
        f'<w:headerReference xmlns:r="{_OFFICE}" w:type="default" r:id="{_ID}"/>',
    ),
}
#: Nine points, as in the PDF, so that the words of a heading fit the widths the columns are given.
_CELL = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/>'
    '<w:basedOn w:val="Compact"/><w:qFormat/><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
)
_TABLE = re.compile(r"<w:tbl>.*?</w:tbl>", re.DOTALL)


def with_small_tables(docx: bytes) -> bytes:
    """The same Word file with its tables in the type size of the PDF's."""
    return _changed(docx, {"word/styles.xml": _with_cell_style, "word/document.xml": _with_cells})


def with_header(docx: bytes, words: str) -> bytes:
    """The same Word file with these words at the top of every page."""

    def adding(name: str) -> Callable[[str], str]:
        return lambda content: _inserted(name, content, *_WITH_HEADER[name])

    return _changed(docx, {name: adding(name) for name in _WITH_HEADER}, {_PART: _HEADER.format(escape(words))})


def _with_cell_style(content: str) -> str:
    return _inserted("word/styles.xml", content, "</w:styles>", _CELL)


def _with_cells(content: str) -> str:
    return _TABLE.sub(
        lambda table: table[0].replace('<w:pStyle w:val="Compact"', '<w:pStyle w:val="TableText"'), content
    )


def _inserted(name: str, content: str, before: str, text: str) -> str:
    kept, found, rest = content.rpartition(before)
    if not found:
        raise ValueError(f"{name} has no {before}; '{text[:40]}' has no place.")
    return f"{kept}{text}{found}{rest}"


def _changed(docx: bytes, changes: Mapping[str, Callable[[str], str]], added: Mapping[str, str] | None = None) -> bytes:
    """The same file with some parts changed and others added, dated like the rest."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in changes:
                content = changes[entry.filename](content.decode()).encode()
            new.writestr(entry, content)
        for name, text in (added or {}).items():
            dated = zipfile.ZipInfo(name, old.infolist()[0].date_time)
            dated.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(dated, text)
    return made.getvalue()
