"""Tables inside files: the cells of a CSV text, a workbook, a web page or JSON, as rows of what a person sees."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from seskit.formats.cell_names import place_of

Grid = tuple[tuple[str, ...], ...]
_MOST_CELLS = 2_000_000
_LONG = 10_000
_NINE = re.compile(r"\d{9}")
_VALUE_KEYS = {"value", "val", "text", "content", "data", "answer", "entry", "cell", "number"}
_WIDE_GAP = re.compile(r" {2,}")
#: A place for every digit, or signs over all but the last four; without the signs that mark literal text.
_SSN_FORMAT = re.compile(
    r"[0#?]{3}[^0#?;]{1,3}[0#?]{2}[^0#?;]{1,3}[0#?]{4}|[xX*\u2022]{3}[^0#?;]{0,3}[xX*\u2022]{2}[^0#?;]{0,3}[0#?]{4}"
)
_LITERAL = str.maketrans("", "", '\\"')
_PHONE_FORMAT = re.compile(r"[#0]{3}[\\\" -.)]+[#0]{4}")
#: Where one paragraph, cell or line of a marked text ends; any other tag is inside a word or a sentence.
_ENDS = re.compile(
    r"</(?:[\w-]+:)?(?:p|si|is|c|v|t[dhr]|row|li|h[1-6]|div|option|title|comment|text|tr|dd|dt|caption|label|script|style)\s*>"
    r"|<(?:[\w-]+:)?(?:br|hr|cr|lb|line-break)\s*[^>]*>",
    re.IGNORECASE,
)
_HYPHEN = re.compile(r"<(?:[\w-]+:)?(?:noBreakHyphen|softHyphen)\s*/>")
_TAB = re.compile(r"<(?:[\w-]+:)?(?:tab|s)\s*/>")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_KEPT_TAG = re.compile(r"(<[^<>]*>)")
_LEAVES_MORE = re.compile(f"{_HYPHEN.pattern}|{_TAB.pattern}|{_ENDS.pattern}", re.IGNORECASE)


def without_tags(text: str) -> str:
    """A marked text as it reads: a tag inside a word leaves no trace, the end of a paragraph or cell is a line's."""
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    parts = _KEPT_TAG.split(text)
    tags = parts[1::2]
    if text.count("<") != len(tags):
        return _as_it_reads(text)
    told = {tag: _as_it_reads(tag) if _LEAVES_MORE.match(tag) else "" for tag in set(tags)}
    parts[1::2] = [told[tag] for tag in tags]
    return "".join(parts)


def _as_it_reads(text: str) -> str:
    """What is left of the tags of a text, or of one tag alone: most tags are there many times."""
    text = _TAB.sub(" ", _HYPHEN.sub("-", text))
    return _TAG.sub("", _ENDS.sub("\n", text))


def of_csv(text: str) -> Grid:
    """The cells of a CSV text, by the separator its first line has most, or of a table set with spaces; nothing where it
    has none.
    """
    first = text.partition("\n")[0]
    separator = max(",;\t|", key=first.count)
    if not first.count(separator):
        lines = [_WIDE_GAP.split(line.strip()) for line in text.splitlines()] if _WIDE_GAP.search(first.strip()) else ()
        return tuple(map(tuple, lines))
    try:
        return tuple(tuple(row) for row in csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        return ()


def of_html(text: str) -> Iterator[Grid]:
    """The tables of a page, or of a Word or OpenDocument part."""
    for table in re.split(r"<(?:[\w-]+:)?(?:table|tbl)\b", text)[1:]:
        rows = re.split(r"<(?:[\w-]+:)?(?:tr|table-row)\b", table)[1:]
        cells = (re.split(r"<(?:[\w-]+:)?(?:td|th|tc|table-cell)\b", row)[1:] for row in rows)
        yield tuple(tuple(html.unescape(without_tags(f"<{cell}")).strip() for cell in row) for row in cells)


def of_json(tree: Any) -> Grid:
    """Every name with its single value, as a table of two lines would have them side by side.

    A text may be the name of a value of nine digits beside it, too, where that is called the value: {"label": "Number",
    "value": 123456789}. Any other number beside it is what its own key says.
    """
    pairs: list[tuple[str, ...]] = []

    def walk(node: Any, name: str) -> None:
        if isinstance(node, dict):
            said = [value for value in node.values() if isinstance(value, str)]
            given = [str(value) for key, value in node.items() if str(key).lower() in _VALUE_KEYS]
            pairs.extend((label, value) for label in said for value in given if _NINE.fullmatch(value.strip()))
            for key, value in node.items():
                walk(value, str(key))
        elif isinstance(node, list):
            for value in node:
                walk(value, name)
        elif name and node is not None and not isinstance(node, bool):
            pairs.append((name, str(node)))

    walk(tree, "")
    return tuple(pairs)


def tables_of_json(tree: Any) -> Iterator[Grid]:
    """Its lists as tables: one of single values is a column, one of such lists has a row for each."""
    nodes = [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            nodes.extend(node.values())
        elif isinstance(node, list):
            rows = tuple(map(_row_of_json, node))
            if any(rows):
                yield rows
            nodes.extend(each for each in node if isinstance(each, dict | list) and not _row_of_json(each))


def _row_of_json(node: Any) -> tuple[str, ...]:
    cells = node if isinstance(node, list) else [node]
    single = not any(isinstance(cell, dict | list) for cell in cells)
    return tuple("" if cell is None or isinstance(cell, bool) else str(cell) for cell in cells) if single else ()


def of_workbook(parts: Mapping[str, bytes]) -> dict[str, Grid]:
    """The cells of each sheet of an Excel file, by its part, as they are shown: an SSN or telephone format is kept."""
    kinds = {name: _root(content) for name, content in parts.items() if name.lower().endswith(".xml")}
    shared = [text for name, kind in kinds.items() if kind == "sst" for text in _shared(parts[name])]
    formats = [code for name, kind in kinds.items() if kind == "styleSheet" for code in _formats(parts[name])]
    return {name: tuple(_rows(parts[name], shared, formats)) for name, kind in kinds.items() if kind == "worksheet"}


def _root(content: bytes) -> str:
    """The name of the outermost element of an XML part: wherever a sheet is stored, it is one."""
    try:
        return next((_local(element) for _, element in ElementTree.iterparse(io.BytesIO(content), ["start"])), "")  # noqa: S314 (expat refuses to grow entities)
    except (ElementTree.ParseError, ValueError, LookupError):
        return ""


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _elements(content: bytes, name: str) -> Iterator[Any]:
    """The elements of that name, one after the other; what follows a damaged place is left to the plain text."""
    try:
        for _, element in ElementTree.iterparse(io.BytesIO(content)):  # noqa: S314 (expat refuses to grow entities)
            if _local(element) == name:
                yield element
                element.clear()
    except (ElementTree.ParseError, ValueError):
        return


def _said(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter() if _local(part) == "t")


def _shared(content: bytes) -> list[str]:
    return [_said(item) for item in _elements(content, "si")] if content else []


def _formats(content: bytes) -> list[str]:
    """The number format of each style."""
    if not content:
        return []
    codes = {one.get("numFmtId"): one.get("formatCode") or "" for one in _elements(content, "numFmt")}
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 (expat refuses to grow entities)
    except ElementTree.ParseError:
        return []
    styles = next((one for one in root if _local(one) == "cellXfs"), ())
    return [codes.get(style.get("numFmtId"), "") for style in styles]


def _rows(content: bytes, shared: list[str], formats: list[str]) -> Iterator[tuple[str, ...]]:
    total = 0
    for row in _elements(content, "row"):
        cells: dict[int, str] = {}
        for cell in row:
            place = place_of(re.sub("[^A-Z]", "", (cell.get("r") or "").upper())) + 1 or max(cells, default=0) + 1
            cells[place] = _shown(cell, shared, formats)
        width = min(max(cells, default=0), 16384)
        total += width
        if total > _MOST_CELLS:
            return
        yield tuple(cells.get(place, "") for place in range(1, width + 1))


def _taken(shared: list[str], number: int) -> str:
    """A shared text; a very long one is told once, since a small file can repeat it in every cell."""
    text = shared[number]
    if len(text) > _LONG:
        shared[number] = ""
    return text


def _shown(cell: Any, shared: list[str], formats: list[str]) -> str:
    value = next((part.text or "" for part in cell if _local(part) == "v"), "")
    if cell.get("t") == "s":
        return _taken(shared, int(value)) if value.isdigit() and int(value) < len(shared) else ""
    if cell.get("t") in ("inlineStr", "str"):
        return _said(cell) or value
    style = cell.get("s") or "0"
    code = formats[int(style)] if style.isdigit() and int(style) < len(formats) else ""
    digits = value.partition(".")[0]
    if digits.isdigit() and len(digits) <= 9 and _SSN_FORMAT.search(code.translate(_LITERAL)):
        digits = digits.zfill(9)
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
    if digits.isdigit() and len(digits) in (7, 10) and _PHONE_FORMAT.search(code):
        return f"tel {digits[:-7]} {digits[-7:-4]}-{digits[-4:]}"
    return value
