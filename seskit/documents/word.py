"""What pandoc does not write into a Word file: a header on every page."""

from __future__ import annotations

import io
import zipfile
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
_ADDED = {
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


def with_header(docx: bytes, words: str) -> bytes:
    """The same Word file with these words at the top of every page."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry, _added(entry.filename, old.read(entry)))
        dated = zipfile.ZipInfo(_PART, old.infolist()[0].date_time)
        dated.compress_type = zipfile.ZIP_DEFLATED
        new.writestr(dated, _HEADER.format(escape(words)))
    return made.getvalue()


def _added(name: str, content: bytes) -> bytes:
    if name not in _ADDED:
        return content
    before, text = _ADDED[name]
    kept, found, rest = content.decode().rpartition(before)
    if not found:
        raise ValueError(f"{name} has no {before}; the header has no place.")
    return f"{kept}{text}{found}{rest}".encode()
