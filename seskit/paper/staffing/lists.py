"""The lists of an agency's vacancies and probation: tables for console, page and workbook, each with how sure its days are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from seskit.formats.days import shown
from seskit.formats.files import whole
from seskit.formats.tables import Table, text_rows
from seskit.law.result import LABELS
from seskit.work.staffing.folder import StaffingWalk
from seskit.work.staffing.vacancy_words import KINDS

SURE = LABELS["verified"]
NAME = "staffing_lists.xlsx"
_WIDTHS = {
    "How sure": 44,
    "Position": 34,
    "What": 60,
    "What to do": 44,
    "Needs attention": 40,
    "Next": 44,
    "Authority": 30,
    "Still due": 60,
    "Development from the QRB": 34,
}


def vacancies(walk: StaffingWalk) -> Table:
    """Every vacancy: the step it stands at, whether it needs attention, and how sure its days are."""
    rows = [
        (one.vacancy.id, one.vacancy.title, one.vacancy.filling.replace("_", " "), one.vacancy.criterion, one.state, one.next_step,
         "; ".join(dict.fromkeys(f"{found.kind}: {KINDS[found.kind]}" for found in one.findings)) or "nothing", one.doubt or SURE)
        for one in walk.seen
    ]  # fmt: skip
    header = ("Vacancy", "Position", "Filled by", "Criterion", "Status", "Next", "Needs attention", "How sure")
    return Table(
        f"Vacancies of {walk.name}{on_day(walk)}", header, text_rows(rows), walk.why_absent or "There is no vacancy."
    )


def findings(walk: StaffingWalk) -> Table:
    """Everything that needs attention, with its doubt, its authority and its line in the file."""
    rows = [
        (found.vacancy, found.kind, found.text, found.to_do, found.doubt.says or SURE, found.citation, found.line)
        for one in walk.seen
        for found in one.findings
    ]
    header = ("Vacancy", "Kind", "What", "What to do", "How sure", "Authority", "Line in vacancy.yaml")
    return Table("What needs attention", header, text_rows(rows), walk.absent or "Nothing needs attention.")


def probation(walk: StaffingWalk) -> Table:
    """Everyone in probation: last day, days left, what is due, what the QRB recommended, how sure the last day is."""
    if not walk.tracker.is_there or walk.as_of is None:
        return Table("Probation", ("Person",), (), walk.no_probation)
    header = ("Person", "Last day", "Days left", "Status", "Still due", "Development from the QRB", "How sure")
    return Table(f"Probation{on_day(walk)}", header, text_rows(_in_probation(walk)), "Nobody is in probation.")


def _in_probation(walk: StaffingWalk) -> list[tuple[object, ...]]:
    return [
        (one.person_id, one.last_day, one.days_left, one.status,
         "; ".join(f"{due.what} by {due.by}{' (overdue)' if due.by < walk.day else ''}" for due in one.due if not due.done),
         "; ".join(one.development), one.doubt.says or SURE)
        for one in walk.tracked
    ]  # fmt: skip


def on_day(walk: StaffingWalk) -> str:
    """The as-of date as a title ends with it."""
    return f", as of {walk.as_of}" if walk.as_of else ""


def workbook(walk: StaffingWalk) -> bytes:
    """The three lists as a workbook, a sheet each."""
    from seskit.formats import workbooks

    book = workbooks.book(f"Vacancies and probation, {walk.name}", "Filling SES vacancies", walk.name)
    for name, made in (
        ("Vacancies", vacancies(walk)), ("Needs attention", findings(walk)), ("Probation", probation(walk)),
    ):  # fmt: skip
        sheet = book.sheet(name)
        workbooks.write_across(sheet, 0, max(len(made.header) - 1, 1), made.title, book.formats["title"])
        rows: list[list[str | date]] = [list(row) for row in made.rows]
        if name == "Probation" and rows:
            rows = [[cell if isinstance(cell, date) else shown(cell) for cell in row] for row in _in_probation(walk)]
        rows = rows or [[made.empty, *[""] * (len(made.header) - 1)]]
        widths = [_WIDTHS.get(head, 16) for head in made.header]
        workbooks.table(sheet, 1, name.replace(" ", "_"), list(made.header), widths, rows, book.formats)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(1)
        workbooks.page(sheet, left=walk.name, middle=name, right="Vacancies and probation", landscape=True)
    return book.done()


def write(walk: StaffingWalk, folder: str | Path) -> Path:
    """Write the workbook of the lists."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    return whole(place / NAME, workbook(walk))
