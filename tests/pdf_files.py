"""A PDF as its readers see it: structure for a screen reader, text, and letters that are hard to print."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import typing
from itertools import pairwise

import pikepdf
import pytest

# Final and draft, blank plans, 1558A, the open range, many plans with an Inspector General office.
CODES = ("XFR", "CCL", "DPW", "BLB", "DBT", "OQH", "NLR", "map.office east")

STRANGE = (
    "Cafés & Canteens",
    "<script>alert(1)</script>",
    "#import \"x.typ\": * #let x = 1 $x$ *bold* _it_ `raw` @ref // /* \\ [x] = y",
    "Żółć Nguyễn Ελλάς Кириллица",
)  # fmt: skip


def pages(content: bytes) -> list[str]:
    """The text of each page of a PDF as poppler reads it, blanks made one."""
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils).")
    read = subprocess.run([program, "-", "-"], input=content, capture_output=True, check=True)
    found = read.stdout.decode().replace("\u200b", "").split("\f")
    return [" ".join(page.split()) for page in found[:-1]]


def text(content: bytes) -> str:
    """The text of all pages of a PDF."""
    return " ".join(pages(content))


def nodes(branch: typing.Any) -> typing.Iterator[pikepdf.Dictionary]:
    """Every element of the structure tree, in reading order."""
    if isinstance(branch, pikepdf.Array):
        for one in branch:
            yield from nodes(one)
    elif isinstance(branch, pikepdf.Dictionary) and "/S" in branch:
        yield branch
        yield from nodes(branch.get("/K"))


def tables(content: bytes) -> list[list[list[str]]]:
    """Every table as its tags give it to a screen reader: rows of cells."""
    with pikepdf.open(io.BytesIO(content)) as file:
        words = {page.obj.objgen: tagged_words(page) for page in file.pages}

        def said(branch: typing.Any, page: typing.Any = None) -> str:
            if isinstance(branch, pikepdf.Array):
                return "".join(said(one, page) for one in branch)
            if not isinstance(branch, pikepdf.Dictionary):
                return words[page].get(int(branch), "")
            page = branch.Pg.objgen if "/Pg" in branch else page
            return said(branch.get("/MCID", branch.get("/K", pikepdf.Array())), page)

        found = [table for table in nodes(file.Root.StructTreeRoot.K) if table.S == "/Table"]
        return [
            [[said(cell).replace("\u200b", "") for cell in row.K] for row in nodes(table.K) if row.S == "/TR"]
            for table in found
        ]


def tagged_words(page: pikepdf.Page) -> dict[int, str]:
    """What is shown under each number by which the tags refer to the page."""
    letters: dict[str, dict[int, str]] = {}
    found: dict[int, str] = {}
    within: list[int | None] = []
    font = ""
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            about = operands[1] if name == "BDC" else {}
            within.append(int(about["/MCID"]) if "/MCID" in about else within[-1] if within else None)
        elif name == "EMC":
            within.pop()
        elif name == "Tf":
            font = str(operands[0])
            if font not in letters:
                letters[font] = letters_of(page.resources.Font[font])
        elif name in ("Tj", "TJ") and within and within[-1] is not None:
            texts = (
                bytes(part) for part in (operands[0] if name == "TJ" else operands) if isinstance(part, pikepdf.String)
            )
            codes = (int.from_bytes(text[at : at + 2]) for text in texts for at in range(0, len(text), 2))
            found[within[-1]] = found.get(within[-1], "") + "".join(letters[font][code] for code in codes)
    return found


def letters_of(font: typing.Any) -> dict[int, str]:
    """What each of a font's signs stands for, by the map it brings for readers."""
    said, found = font.ToUnicode.read_bytes().decode("latin-1"), {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", said, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", said, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for code in range(int(first, 16), int(last, 16) + 1):
                found[code] = chr(int(text, 16) + code - int(first, 16))
    return found


def kinds(branch: typing.Any) -> list[str]:
    return [str(node.S)[1:] for node in nodes(branch)]


def check_structure(content: bytes) -> None:
    """What a screen reader needs of a file; typst's own refusals for PDF/UA-1 come before."""
    with pikepdf.open(io.BytesIO(content)) as file:
        root = file.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "en-US"
        assert root.ViewerPreferences.DisplayDocTitle
        assert str(file.docinfo.Title)
        with file.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        tree = root.StructTreeRoot.K
        for table in (node for node in nodes(tree) if node.S == "/Table"):
            rows = [node for node in nodes(table.K) if node.S == "/TR"]
            assert "TH" in kinds(rows[0].K)
            assert set(kinds(rows[-1].K)) & {"TD", "TH"}
            body = body_rows(table)
            assert len(body) == 1 or all(map(heads_row, body))
        for header in (node for node in nodes(tree) if node.S == "/TH"):
            assert any(part.get("/Scope") in ("/Column", "/Row") for part in header.A)
        assert root.StructTreeRoot.RoleMap.get("/Title") == "/H1"
        levels = [int(kind[1]) for kind in kinds(tree) if re.fullmatch(r"H\d", kind)]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        for page in file.pages:
            assert "/StructParents" in page
            assert all_marked(page)


def body_rows(table: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """The rows below the heads of a table that have more than one cell."""
    return [row for part in nodes(table.K) if part.S == "/TBody" for row in part.K if len(row.K) > 1]


def heads_row(row: pikepdf.Dictionary) -> bool:
    """Whether the first cell of a row is its head, and every other cell names it as such."""
    first, *others = row.K
    if first.S == "/TD":
        return False
    return all(any(first.ID in part.get("/Headers", []) for part in cell.A) for cell in others)


def all_marked(page: pikepdf.Page) -> bool:
    """Whether every piece of text on the page is tagged, or marked as decoration."""
    depth, shown, marked = 0, 0, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        del operands
        name = str(operator)
        depth += (name in ("BDC", "BMC")) - (name == "EMC")
        if name in ("Tj", "TJ"):
            shown, marked = shown + 1, marked + bool(depth)
    return shown == marked > 0


def tags(pdf):
    """The structure elements of a PDF in reading order, as (tag, element)."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append((str(node.S), node))
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found
