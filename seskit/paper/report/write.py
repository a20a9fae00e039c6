"""A package into a folder: every format from the one model, every file whole or absent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from seskit.formats.choice import chosen
from seskit.formats.files import whole
from seskit.work.report import attention, readings
from seskit.work.report.package import FORMATS, ReportPackage


def write(report: ReportPackage, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write the forms and, apart from them, the supplement with its names; returns the files written.

    A report with problems that block is written as a draft. The due date goes into `due_date.ics`.
    """
    chosen(formats, FORMATS)
    folder.mkdir(parents=True, exist_ok=True)
    contents: dict[str, Callable[[], bytes]] = {}
    if "json" in formats:
        contents["forms.json"] = lambda: report.to_json().encode()
        contents["problems.json"] = lambda: problems_json(report).encode()
    if "xlsx" in formats:
        from seskit.paper.report import workbook

        contents["forms.xlsx"] = lambda: workbook.forms(report)
        if report.supplement:
            contents["supplement.xlsx"] = lambda: workbook.supplement(report)
    if "pdf" in formats:
        from seskit.paper.report import pdf

        contents["forms.pdf"] = lambda: pdf.forms(report)
        if report.supplement:
            contents["supplement.pdf"] = lambda: pdf.supplement(report)
    if "html" in formats:
        from seskit.paper.report import page

        contents["forms.html"] = lambda: page.forms(report).encode()
        if report.supplement:
            contents["supplement.html"] = lambda: page.supplement(report).encode()
    if report.due_date:
        from seskit.paper.report import calendar

        contents["due_date.ics"] = lambda: calendar.due(report)
    return [whole(folder / name, made()) for name, made in contents.items()]


def problems_json(report: ReportPackage) -> str:
    """What was found, and whether the forms are final, as JSON."""
    data = {
        "account": report.account.to_dict() if report.account else None,
        "final": report.final,
        "layout": readings.other_layout(report.agency),
        "problems": [p.to_dict(filed=True) for p in report.problems],
        "notes": list(report.notes),
        "findings": [one.to_dict() for one in attention.of_package(report)],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
