"""The notice that tells all executives how the year came out, and leaks nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from seskit.formats import results
from seskit.formats.counts import number_of
from seskit.formats.documents import FORMATS, Document, escaped, table
from seskit.formats.small_cells import HIDDEN, SMALL_CELL
from seskit.record.appraisal.year_record.files import Files
from seskit.record.problem import errors
from seskit.work.appraisal import adjustments, rating_tables
from seskit.work.report import complete

STEM = "outcome_notice"
#: The columns of the roster that the notice is counted from.
_COUNTED = ("person_id", "plan", "appointment_type", "rating", "award", "pay_adjustment")


def notice(files: Files) -> Document:
    """The spread of ratings, the average award and the average adjustment by level, small groups hidden.

    It is a draft while a cell it is counted from is wrong, awards are pending or adjustments are not on record.
    """
    agency = files.rated()
    raised = adjustments.of(files)
    shown = rating_tables.spread(files.executives(), files.ends, adjusted=raised.amounts)
    waits = waiting(files)
    levels = [row[1:] for view in shown.views[:1] for row in view.rows[-1:]]
    modal = " and ".join(f"Level {level}" for level in shown.modal) if shown.modal else "not shown"
    spans = sorted({f"{one.appraisal_period.first} to {one.period_end}" for one in agency.plans})
    parts = [
        f"To the senior executives of {escaped(agency.name)}.\n",
        f"This notice gives the results of the appraisal year ({'; '.join(spans)}) for all executives together.\n",
        *(f"**Draft:** {escaped(said)}.\n" for said in waits),
        "# Ratings\n",
        table("Executives by annual summary rating", rating_tables.RatingTable("", ()).header[1:], levels),
        f"Most frequent rating: {modal}.\n",
        "# Performance awards\n",
        table("Average award by level, to the nearest hundred dollars", ("Rating", "Awards", "Average"), shown.awards),
        "# Performance adjustments\n",
        "Not on record.\n" if raised.missing else
        table("Average adjustment of pay by level, to the nearest hundred dollars a year",
              ("Rating", "Adjustments", "Average"), shown.adjustments),
        "# How to read this\n",
        f"Numbers of fewer than {SMALL_CELL} people, and those from which they could be worked out, are shown as "
        f"“{HIDDEN}”.\n",
    ]  # fmt: skip
    title = f"Outcome of the appraisal year, {agency.name}"
    return Document(title, "\n".join(parts), "Ratings, awards and adjustments", draft=bool(waits))


def waiting(files: Files) -> list[str]:
    """Why the notice is a draft: errors in the files, awards pending, adjustments not on record; empty where it is final."""
    agency = files.rated()
    pending = [plan.id for plan in agency.plans if plan.awards.status == "pending"]
    waits = f"the awards of plan {' and '.join(pending)} are pending, so their averages are not final"
    wrong = [one for one in errors(complete(agency, files.people).listed) if one.row and one.column in _COUNTED]
    faults = (
        f"{number_of(len(wrong), 'error')} in ratings, awards or types of appointment, so the numbers are not final"
    )
    return [*([faults] if wrong else []), *([waits] if pending else []), *filter(None, [adjustments.of(files).missing])]


def write(files: Files, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
    """Write the notice."""
    with results.kept(folder, STEM):
        return notice(files).write(Path(folder), STEM, formats)
