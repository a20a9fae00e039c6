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

from seskit.formats.days import days_in_words
from seskit.formats.typesetting import pdf, picture, printable
from seskit.law.report.editions import edition, supplementary
from seskit.paper.report import printed_form
from seskit.work.report import proof, readings
from seskit.work.report.package import ReportPackage

_FOLDER = Path(__file__).parent
#: Words in quotes, which print with those of print.
_QUOTED = re.compile(r'"([^"]*)"')
_LONG = re.compile(r"\S{24}(?=\S)")
_CODES = "A character that the fonts of this file lack is printed as its code, for example [U+4E2D]."


def forms(report: ReportPackage, *, clean: bool = False) -> bytes:
    """Every form with its proof and the readings used; a draft says on every page that it is one.

    A clean copy holds the forms alone, each on its page: no cover, footnote, proof or reading.
    """
    return _made("forms.typ", _forms(report, clean=clean))


def first_form(report: ReportPackage) -> bytes:
    """The first form of a report as a picture, without the paper around it."""
    alone = _forms(report, clean=True)
    alone["forms"] = alone["forms"][:1]
    data = _printable(alone) | {"note": "", "alone": True}
    return picture(_FOLDER / "forms.typ", {"data": json.dumps(data)}, dots=125)


def _forms(report: ReportPackage, *, clean: bool) -> dict[str, Any]:
    used = edition(report.agency.fiscal_year)
    return {
            "draft": not report.final,
            "clean": clean,
            "cover": asdict(printed_form.cover(report)),
            "account": [asdict(line) for line in report.account.lines] if report.account and not clean else [],
            "items": {str(number): words for number, words in used.words.items()},
            "heads": {name: [_QUOTED.sub(r"“\1”", head) for head in heads] for name, heads in used.heads.items()},
            "imprint": used.imprint,
            "forms": [
                asdict(printed_form.paper(printed_form.clean(form) if clean else form, report.agency))
                for form in report.forms
            ],
            "proofs": [{"title": form.title, "lines": [asdict(line) for line in proof.lines(form, used)]}
                       for form in report.forms if not clean],
            "readings": [] if clean else readings.all_used(report.agency.options),
    }  # fmt: skip


def supplement(report: ReportPackage) -> bytes:
    """The supplementary form, one per plan, with names; the Social Security number is left to be added by hand."""
    used = supplementary(report.agency.fiscal_year)
    return _made(
        "supplement.typ",
        {
            "draft": not report.final,
            "title": printed_form.supplement_title(report.agency),
            "agency": report.agency.name,
            "heading": [line.format(year=report.agency.fiscal_year) for line in used.heading],
            "words": {"asked": used.asked, "agency": used.agency, "period_ending": used.period_ending},
            "heads": [box.words for box in used.columns],
            "widths": [float(box.width) for box in used.columns],
            "personal": printed_form.PERSONAL,
            "sheets": [asdict(sheet) for sheet in printed_form.supplement(report)],
        },
    )


def _made(template: str, data: dict[str, Any]) -> bytes:
    shown = _printable(data)
    note = _CODES if "[U+" in json.dumps(shown) else ""
    return pdf(_FOLDER / template, {"data": json.dumps(shown | {"note": note})})


def _printable(data: Any) -> Any:
    """The same data, days in words, each character without a glyph replaced by its code, and long words free to break."""
    if isinstance(data, str):
        return _LONG.sub("\\g<0>\u200b", printable(re.sub(r"[\t\r\n]+", " ", days_in_words(data))))
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_printable(value) for value in data]
    return data
