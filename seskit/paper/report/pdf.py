"""The forms as a tagged PDF (PDF/UA-1) in the layout of the paper form, made by typst from the text of every box.

The data reach typst as JSON, so that whatever a name holds is printed and never read as a command. Only the fonts
inside the typst wheel are used: the same report gives the same bytes on every machine.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seskit.formats.typesetting import pdf, printable
from seskit.paper.report import printed_form
from seskit.work.report import proof, readings
from seskit.work.report.package import ReportPackage

_FOLDER = Path(__file__).parent
_LONG = re.compile(r"\S{24}(?=\S)")
_CODES = "A character that the fonts of this file lack is printed as its code, for example [U+4E2D]."


def forms(report: ReportPackage) -> bytes:
    """Every form with its proof and the readings used; a draft says on every page that it is one."""
    return _made(
        "forms.typ",
        {
            "draft": not report.final,
            "cover": asdict(printed_form.cover(report)),
            "account": [asdict(line) for line in report.account.lines] if report.account else [],
            "items": {str(number): words for number, words in printed_form.ITEMS.items()},
            "forms": [asdict(printed_form.paper(form, report.agency)) for form in report.forms],
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
            "title": printed_form.supplement_title(report.agency),
            "agency": report.agency.name,
            "fiscal_year": report.agency.fiscal_year,
            "personal": printed_form.PERSONAL,
            "ssn": printed_form.SSN,
            "sheets": [asdict(sheet) for sheet in printed_form.supplement(report)],
        },
    )


def _made(template: str, data: dict[str, Any]) -> bytes:
    shown = _printable(data)
    note = _CODES if "[U+" in json.dumps(shown) else ""
    return pdf(_FOLDER / template, {"data": json.dumps(shown | {"note": note})})


def _printable(data: Any) -> Any:
    """The same data, each character without a glyph replaced by its code, and long words free to break."""
    if isinstance(data, str):
        return _LONG.sub("\\g<0>\u200b", printable(re.sub(r"[\t\r\n]+", " ", data)))
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data
