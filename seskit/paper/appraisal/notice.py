"""The notice that tells all executives how the year came out, and leaks nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seskit.formats import results
from seskit.formats.documents import FORMATS, Document, escaped, table
from seskit.formats.small_cells import HIDDEN, SMALL_CELL
from seskit.record.appraisal.year_record.files import Files
from seskit.work.appraisal import rating_tables

STEM = "outcome_notice"


def notice(files: Files) -> Document:
    """The spread of ratings and the average award by level, small groups hidden."""
    agency, _ = files.year()
    shown = rating_tables.spread(files.executives(), files.ends)
    levels = [row[1:] for view in shown.views[:1] for row in view.rows[-1:]]
    modal = " and ".join(f"Level {level}" for level in shown.modal) if shown.modal else "not shown"
    spans = sorted({f"{one.appraisal_period.first} to {one.period_end}" for one in agency.plans})
    parts = [
        f"To the senior executives of {escaped(agency.name)}.\n",
        f"This notice tells how the appraisal year ({'; '.join(spans)}) came out for all executives together.\n",
        "# Ratings\n",
        table("Executives by annual summary rating", rating_tables.View("", ()).header[1:], levels),
        f"Most frequent rating: {modal}.\n",
        "# Performance awards\n",
        table("Average award by level, to the nearest hundred dollars", ("Rating", "Awards", "Average"), shown.awards),
        "# How to read this\n",
        f"Numbers of fewer than {SMALL_CELL} people, and those from which they could be worked out, are shown as "
        f"“{HIDDEN}”.\n",
    ]  # fmt: skip
    return Document(f"Outcome of the appraisal year, {agency.name}", "\n".join(parts), "Ratings and awards")


def write(files: Files, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the notice."""
    with results.kept(folder, STEM):
        return notice(files).write(Path(folder), STEM, formats)
