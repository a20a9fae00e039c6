"""Workbooks written by hand, part by part, so that a test decides every byte of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def text(value: str, address: str | None = None, style: int | None = None) -> str:
    """A cell with its text inside."""
    return f'<c{_at(address)}{_style(style)} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def number(value: object, address: str | None = None, style: int | None = None) -> str:
    """A cell with a number."""
    return f"<c{_at(address)}{_style(style)}><v>{value}</v></c>"


def row(cells: Sequence[str], number: int | None = None, more: str = "") -> str:
    """A row of cells."""
    at = "" if number is None else f' r="{number}"'
    return f"<row{at}{more}>{''.join(cells)}</row>"


def texts(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text cells, without addresses."""
    return "".join(row([text(value) if value else "<c/>" for value in each]) for each in rows)


def sheet(rows: str, before: str = "", after: str = "") -> str:
    """The XML of a sheet around its rows."""
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def styles(codes: Sequence[str | int]) -> str:
    """One style for each number format: a code, or the number of one that is built in; style 0 is General."""
    own = [code for code in codes if isinstance(code, str)]
    named = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>' for n, code in enumerate(own)
    )
    ids = [0, *(code if isinstance(code, int) else 164 + own.index(code) for code in codes)]
    used = "".join(f'<xf numFmtId="{each}"/>' for each in ids)
    return f'<styleSheet xmlns="{MAIN}"><numFmts>{named}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'


def shared(items: Sequence[str]) -> str:
    """The shared texts, each as the XML within its item."""
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def book(
    sheets: Mapping[str, str] | str, *, styles: str = "", shared: str = "", states: Mapping[str, str] | None = None,
    properties: str = "", folder: str = "xl/worksheets", parts: Mapping[str, str | bytes] | None = None,
) -> bytes:  # fmt: skip
    """A workbook of sheets by name; one sheet alone is called roster."""
    named = {"roster": sheets} if isinstance(sheets, str) else dict(sheets)
    listed = related = ""
    contents: dict[str, str | bytes] = {}
    for place, (name, content) in enumerate(named.items(), 1):
        state = f' state="{(states or {})[name]}"' if name in (states or {}) else ""
        listed += f'<sheet name="{escape(name)}" sheetId="{place}"{state} r:id="r{place}"/>'
        related += f'<Relationship Id="r{place}" Type="{RELATED}/worksheet" Target="/{folder}/s{place}.xml"/>'
        contents[f"{folder}/s{place}.xml"] = content
    for kind, content in (("styles", styles), ("sharedStrings", shared)):
        if content:
            related += f'<Relationship Id="{kind}" Type="{RELATED}/{kind}" Target="{kind}.xml"/>'
            contents[f"xl/{kind}.xml"] = content
    contents["xl/workbook.xml"] = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{properties}<sheets>{listed}</sheets></workbook>'
    )
    contents["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>'
    contents["_rels/.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{RELATED}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    return zipped(contents | dict(parts or {}))


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """The parts as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return out.getvalue()


def _at(address: str | None) -> str:
    return "" if address is None else f' r="{address}"'


def _style(style: int | None) -> str:
    return "" if style is None else f' s="{style}"'
