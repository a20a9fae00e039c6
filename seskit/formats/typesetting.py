"""PDF by typst: tagged (PDF/UA-1), with the fonts inside its wheel only, so that every machine makes the same bytes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from seskit.formats import leaving, row_heads

if TYPE_CHECKING:
    import typst

# What the fonts inside the wheel can show: Latin, Greek, Cyrillic, the punctuation and signs of running text.
_NO_GLYPH = re.compile(
    "[^\n -~\u00a0-\u024f\u0300-\u0345\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2212]"
)
_APART = """
import json, sys, pathlib, typst
file = pathlib.Path(sys.argv[1])
compiler = typst.Compiler(root=file.parent, ignore_system_fonts=True)
inputs = json.loads(sys.stdin.buffer.read())
sys.stdout.buffer.write(compiler.compile(file, format="pdf", pdf_standards=["ua-1"], sys_inputs=inputs))
"""


def pdf(template: Path, inputs: Mapping[str, str], plain: Collection[int] = ()) -> bytes:
    """Typeset a template; it reads `inputs` as data, so nothing in them is taken for a command.

    The first cell of a row heads it, but in the tables that are `plain`, counted from 0.

    A document without title, alternative text or an orderly heading is refused by typst itself.
    """
    said = [
        *inputs.values(),
        *(file.read_text("utf-8", "replace") for file in sorted(template.parent.glob("body*.typ"))),
    ]
    return leaving.typeset(row_heads.headed(_made(template, inputs), plain), said)


def picture(template: Path, inputs: Mapping[str, str], *, dots: int) -> bytes:
    """The first page of a typeset template as a PNG of that many dots an inch."""
    made = _compiler(template.parent).compile(template, format="png", ppi=dots, sys_inputs=dict(inputs))
    if isinstance(made, list):
        return made[0]
    if not isinstance(made, bytes):
        raise TypeError(f"{template.name} gave no picture")
    return made


def _made(template: Path, inputs: Mapping[str, str]) -> bytes:
    if _first_process() != os.getpid():
        return _apart(template, inputs)
    compiler = _kept(template.parent) if template.is_relative_to(Path(__file__).parent) else _compiler(template.parent)
    made = compiler.compile(template, format="pdf", pdf_standards=["ua-1"], sys_inputs=dict(inputs))
    if not isinstance(made, bytes):
        raise TypeError(f"{template.name} gave no single PDF")
    return made


def printable(text: str) -> str:
    """The same text, each character that the fonts lack as its code, for example [U+4E2D]."""
    return _NO_GLYPH.sub(lambda found: f"[U+{ord(found[0]):04X}]", unicodedata.normalize("NFC", text))


@cache
def _first_process() -> int:
    """The process in which typst started its threads; one forked from it has lost them, and would wait for ever."""
    return os.getpid()


def _apart(template: Path, inputs: Mapping[str, str]) -> bytes:
    command = [sys.executable, "-c", _APART, str(template)]
    return subprocess.run(command, input=json.dumps(dict(inputs)).encode(), capture_output=True, check=True).stdout  # noqa: S603


def _compiler(root: Path) -> typst.Compiler:
    import typst

    return typst.Compiler(root=root, ignore_system_fonts=True)


_kept = cache(_compiler)
