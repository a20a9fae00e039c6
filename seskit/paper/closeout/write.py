"""A closeout into a folder: the report, the decision paper, and on request a copy of the paper with names."""

from __future__ import annotations

from pathlib import Path

from seskit.formats.choice import chosen
from seskit.formats.files import whole
from seskit.formats.sheets import page, typeset
from seskit.paper.closeout import decision, report
from seskit.work.closeout.figures import FORMATS, Closeout, Named, ToSign


def write(result: Closeout | Named | ToSign, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write the report and the decision paper, or the paper alone; a named copy under a name that says so."""
    wanted = chosen(formats, FORMATS)
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(result, Named):
        return _paper(decision.paper(result.closeout, names=True), folder, decision.NAMED_STEM, wanted)
    if isinstance(result, ToSign):
        return _paper(decision.paper(result.closeout), folder, decision.STEM, wanted)
    written = report.document(result).write(folder, report.STEM, wanted)
    return [*written, *_paper(decision.paper(result), folder, decision.STEM, wanted)]


def _paper(made: decision.DecisionPaper, folder: Path, stem: str, wanted: list[str]) -> list[Path]:
    written, sheets = [], decision.sheets(made)
    if "pdf" in wanted:
        written.append(whole(folder / f"{stem}.pdf", typeset.pdf(sheets)))
    if "html" in wanted:
        written.append(whole(folder / f"{stem}.html", page.made(sheets).encode()))
    return written
