"""A closeout into a folder: the report, the decision paper, and on request a copy of the paper with names."""

from __future__ import annotations

from pathlib import Path

from seskit.formats.choice import chosen
from seskit.formats.files import whole
from seskit.formats.sheets import page, typeset
from seskit.paper.closeout import decision, report
from seskit.record.closeout import papers
from seskit.work.closeout import earlier
from seskit.work.closeout.figures import FORMATS, PAPER_FORMATS, Closeout, Named, ToSign


def write(result: Closeout | Named | ToSign, folder: Path, formats: tuple[str, ...]) -> list[Path]:
    """Write the report and the decision paper, or the paper alone; a named copy under a name that says so."""
    wanted = chosen(formats, FORMATS)
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(result, Named):
        return _paper(result.closeout, folder, wanted, names=True)
    if isinstance(result, ToSign):
        return _paper(result.closeout, folder, wanted)
    written = report.document(result).write(folder, report.STEM, wanted)
    return [*written, *_paper(result, folder, wanted)]


def _paper(closeout: Closeout, folder: Path, wanted: list[str], *, names: bool = False) -> list[Path]:
    """The decision paper, which says what changed since an earlier one here; what it is made of is kept for the next."""
    if not set(wanted) & set(PAPER_FORMATS):
        return []
    changed = earlier.changed(closeout, folder)
    written, sheets = [], decision.sheets(decision.paper(closeout, names=names, changed=changed))
    stem = decision.NAMED_STEM if names else decision.STEM
    if "pdf" in wanted:
        written.append(whole(folder / f"{stem}.pdf", typeset.pdf(sheets)))
    if "html" in wanted:
        written.append(whole(folder / f"{stem}.html", page.made(sheets).encode()))
    papers.note(folder, earlier.made_of(closeout))
    return written
