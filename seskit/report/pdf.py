"""The forms as a tagged PDF (PDF/UA-1) in the layout of the paper form, made by typst from the text of every box.

The data reach typst as JSON, so that whatever a name holds is printed and never read as a command. Only the fonts
inside the typst wheel are used: the same report gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from seskit.report import paper, proof, readings
from seskit.report.package import ReportPackage

if TYPE_CHECKING:
    import typst

_FOLDER = Path(__file__).parent
# What the fonts inside the wheel can show: Latin, Greek, Cyrillic, the punctuation and signs of running text.
_NO_GLYPH = re.compile(
    "[^ -~\u00a0-\u024f\u0300-\u0345\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20ac\u2122\u2212]"
)
_LONG = re.compile(r"\S{24}(?=\S)")
_APART = """
import sys, pathlib, typst
file = pathlib.Path(sys.argv[1])
compiler = typst.Compiler(root=file.parent, ignore_system_fonts=True)
data = {"data": sys.stdin.buffer.read().decode()}
sys.stdout.buffer.write(compiler.compile(file, format="pdf", pdf_standards=["ua-1"], sys_inputs=data))
"""
_CODES = "A character that the fonts of this file lack is printed as its code, for example [U+4E2D]."


def forms(report: ReportPackage) -> bytes:
    """Every form with its proof and the readings used; a draft says on every page that it is one."""
    return _made(
        "forms.typ",
        {
            "draft": not report.final,
            "cover": asdict(paper.cover(report)),
            "items": {str(number): words for number, words in paper.ITEMS.items()},
            "forms": [asdict(paper.paper(form, report.agency)) for form in report.forms],
            "proofs": [{"title": form.title, "lines": [asdict(line) for line in proof.lines(form)]}
                       for form in report.forms],
            "readings": readings.all_used(report.agency.options),
        },
    )  # fmt: skip


def supplement(report: ReportPackage) -> bytes:
    """The supplementary form, one per plan, with names; the Social Security number is left to be added by hand."""
    return _made(
        "supplement.typ",
        {
            "draft": not report.final,
            "title": paper.supplement_title(report.agency),
            "agency": report.agency.name,
            "fiscal_year": report.agency.fiscal_year,
            "personal": paper.PERSONAL,
            "ssn": paper.SSN,
            "sheets": [asdict(sheet) for sheet in paper.supplement(report)],
        },
    )


def _made(template: str, data: dict[str, Any]) -> bytes:
    coded = _NO_GLYPH.search(_composed(json.dumps(data, ensure_ascii=False)))
    text = json.dumps(_printable(data) | {"note": _CODES if coded else ""})
    if _first_process() != os.getpid():
        return _made_apart(_FOLDER / template, text)
    made = _compiler().compile(_FOLDER / template, format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": text})
    if not isinstance(made, bytes):
        raise TypeError(f"{template} gave no single PDF")
    return made


@cache
def _first_process() -> int:
    """The process in which typst started its threads; one forked from it has lost them, and would wait for ever."""
    return os.getpid()


def _made_apart(template: Path, text: str) -> bytes:
    """The same in a process of its own."""
    command = [sys.executable, "-c", _APART, str(template)]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout  # noqa: S603


@cache
def _compiler() -> typst.Compiler:
    import typst

    return typst.Compiler(root=_FOLDER, ignore_system_fonts=True)


def _printable(data: Any) -> Any:
    """The same data, each character without a glyph replaced by its code, and long words free to break."""
    if isinstance(data, str):
        shown = _NO_GLYPH.sub(lambda found: f"[U+{ord(found[0]):04X}]", _composed(data))
        return _LONG.sub("\\g<0>\u200b", shown)
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data


def _composed(text: str) -> str:
    """Letters with their accents as one character, and line breaks as spaces."""
    return re.sub(r"[\t\r\n]+", " ", unicodedata.normalize("NFC", text))
