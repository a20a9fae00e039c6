"""The actions that follow from the ratings as a workbook: one row for each, with date, notice and the answer behind it.

What must or must not be done stands in front; what is open to the agency has a sheet of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seskit.formats import results
from seskit.formats.files import whole
from seskit.law.question import named
from seskit.record.appraisal.year_record.files import Files
from seskit.record.problem import noted
from seskit.work.appraisal.outcomes import READERS, Consequence, Outcome

HEAD = ("Executive", "Level", "Force", "Action", "Earliest day", "Notice", "Goes to", "Question", "Why", "Authority")
_WIDTHS = [12, 7, 11, 36, 12, 30, 12, 34, 44, 32]
_ORDER = {"required": 0, "barred": 1, "permitted": 2}


def rows(found: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """Every action, the required ones first, and among them those of the executives who must be acted on."""
    listed = [(one, action) for one in found for action in one.actions]
    listed.sort(
        key=lambda pair: (_ORDER[pair[1].force], pair[0].urgency, not pair[0].report, pair[0].person.person_id or "")
    )
    return [
        (
            one.person.person_id or "", str(one.person.rating or ""), action.force, action.what,
            str(action.earliest or ""), action.notice, READERS[action.kind], _asked(action), action.why, action.authority,
        )
        for one, action in listed
    ]  # fmt: skip


def _asked(action: Consequence) -> str:
    """The question behind an action in its words, with the name by which it is asked again."""
    name = action.asked.question
    found = named(name)
    return f"{found.asks} ({name})" if found else name


def write(files: Files, found: Sequence[Outcome], folder: str | Path) -> list[Path]:
    """Write the workbook."""
    from seskit.formats import workbooks

    agency, _ = files.year()
    book = workbooks.book(f"Actions after the ratings, {agency.name}", "SES performance appraisal", agency.name)
    report = [(one.person.person_id or "", " ".join(one.report)) for one in found if one.report]
    unsure = [("Earlier ratings", said) for said in noted(files.people.of_ratings)]
    every = rows(found)
    urgent = [row for row in every if row[2] != "permitted"]
    shapes: list[tuple[str, tuple[str, ...], list[int], Sequence[Sequence[str]]]] = [
        ("Required and barred", HEAD, _WIDTHS, urgent),
        ("Permitted", HEAD, _WIDTHS, [row for row in every if row[2] == "permitted"]),
        ("Report", ("Executive", "For the ratings report"), [13, 90], report),
        *([("To know", ("About", "What is not known"), [18, 110], unsure)] if unsure else []),
    ]
    for name, head, widths, listed in shapes:
        sheet = book.sheet(name)
        workbooks.write_across(sheet, 0, len(head) - 1, f"{name}: {agency.name}", book.formats["title"])
        told = [list(row) for row in listed] or [["None.", *[""] * (len(head) - 1)]]
        workbooks.table(sheet, 1, name.replace(" ", "_"), list(head), list(widths), told, book.formats)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        workbooks.page(sheet, left=agency.name, middle=name, right="Personnel records", landscape=True)
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    with results.kept(place, "actions"):
        return [whole(place / "actions.xlsx", book.done())]
