"""Part 1 as a workbook: the account of the roster, one sheet per form, then the problems, the proof, the readings and a free sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from seskit.formats import workbooks as styles
from seskit.formats.days import Quoted
from seskit.law import rating_levels
from seskit.law.report.editions import edition
from seskit.paper.report import printed_form
from seskit.paper.report.workbook.boxes import BoxPlaces, at, boxes, sheet_names
from seskit.paper.report.workbook.cells import Part
from seskit.paper.report.workbook.form_sheet import FormSheet
from seskit.record.problem import Problem
from seskit.work.report import box_rows, proof, readings
from seskit.work.report.forms import APPOINTEES, Form
from seskit.work.report.package import ReportPackage

_PROOF = (
    "Form",
    "Item",
    "Value",
    "How it was made",
    "What it must tie to",
    "Why it is blank",
    "Holds now",
    "Rows of the roster counted",
)
_LIVE = _PROOF.index("Holds now")
#: The last cell of a sheet as every spreadsheet program has it.
_LAST_ROW, _LAST_SHEET_COLUMN = 1_048_575, 16_383


def forms(report: ReportPackage, *, clean: bool = False) -> bytes:
    """The workbook of Part 1, each form on one printed page. No person's name stands in it.

    A clean copy holds the forms alone, to be sent; it is not meant to be read back.
    """
    agency = report.agency
    what = "SES Performance Ratings and Awards Distribution Report"
    book = styles.book(f"{what}, FY {agency.fiscal_year}, {agency.name}", "OPM Forms 1558 and 1558A", agency.name)
    names = sheet_names(form.key for form in report.forms)
    parts = {form.key: Part(form, names[form.key], boxes(form)) for form in report.forms}
    if not clean:
        _account(book, report)
    for form in report.forms:
        sheet = book.sheet(names[form.key])
        members = _plans_in(form, parts)
        shown = printed_form.clean(form) if clean else form
        FormSheet(book, sheet, names[form.key], agency, shown, boxes(form), members, clean).write(status(report))
        styles.page(sheet, left=agency.name, middle=_mark(report), right=form.title)
        sheet.fit_to_pages(1, 1)
        sheet.center_horizontally()
    if clean:
        return book.done()
    if report.problems:
        _problems(book, report)
    _proof(book, report, parts)
    _readings(book, report)
    _scratch(book)
    return book.done()


def status(report: ReportPackage) -> str:
    """The line at the top of every form: draft or final, and why."""
    if report.final:
        return readings.final_words(report.agency)
    count = len(report.blocking)
    return f"{styles.DRAFT}: {count} problem{'s stand' if count > 1 else ' stands'} in the way, listed on the sheet Problems."


def _mark(report: ReportPackage) -> str:
    return "" if report.final else styles.DRAFT


def _plans_in(form: Form, parts: Mapping[str, Part]) -> list[Part]:
    if form.scope != "aggregate":
        return []
    return [part for part in parts.values() if part.form.scope == "plan" and part.form.pattern == form.pattern]


def _account(book: styles.Book, report: ReportPackage) -> None:
    """First of all: every row, person, award and column of the roster, and where it is on the forms."""
    if report.account is None:
        return
    rows = [[line.what, line.value, line.note or "none"] for line in report.account.lines]
    heads = ["What", "How many", "Note"]
    _listing(
        book,
        report,
        "Account",
        "Account of the roster: where everyone and everything in it is",
        heads,
        [44, 20, 80],
        rows,
    )


def _row(problem: Problem) -> str:
    return "" if problem.row is None else f"{problem.row}{f' [{problem.person}]' * bool(problem.person)}"


def _problems(book: styles.Book, report: ReportPackage) -> None:
    rows = [
        [problem.severity, problem.file, _row(problem), problem.column or "",
         Quoted(problem.filed_value), problem.filed_reason, problem.fix, problem.check or ""]
        for problem in report.problems
    ]  # fmt: skip
    heads = ["Severity", "Where", "Row or line", "Column or box", "Value", "What is wrong", "What to do", "Check"]
    _listing(
        book,
        report,
        "Problems",
        "What was found; an error blocks a final form",
        heads,
        [11, 24, 9, 22, 18, 46, 46, 8],
        rows,
    )


def _listing(
    book: styles.Book,
    report: ReportPackage,
    name: str,
    title: str,
    heads: list[str],
    widths: list[int],
    rows: list[list[str]],
) -> None:
    sheet = book.sheet(name)
    sheet.write_string(0, 0, title, book.formats["title"])
    sheet.set_row(0, 21)
    styles.table(sheet, 1, name, heads, widths, rows, book.formats)
    sheet.freeze_panes(2, 0)
    styles.page(sheet, left=report.agency.name, middle=_mark(report), right=name, landscape=True)
    sheet.repeat_rows(1)


def _proof(book: styles.Book, report: ReportPackage, parts: Mapping[str, Part]) -> None:
    rows: list[list[str]] = []
    checks: list[tuple[str, str]] = []
    roster, groups = report.roster, report.roster.groups() if report.roster else None
    for form in report.forms:
        counted = box_rows.of_form(report.agency, roster, form, groups) if roster else {}
        live = dict(_live(form, parts[form.key].boxes, parts[form.key].sheet))
        for line in proof.lines(form):
            rows.append(
                [
                    form.key,
                    line.item,
                    line.value,
                    line.made,
                    line.ties_to,
                    line.blank,
                    "",
                    box_rows.said(form, counted, line.key),
                ]
            )
            checks.append(live.get(line.key, ("", "")))
    title = "Proof: how each number was made, what it must tie to, why a box is blank, and which rows of the roster it counts"
    _listing(book, report, "Proof", title, list(_PROOF), [18, 7, 30, 50, 36, 34, 22, 50], rows)
    sheet = book.file.get_worksheet_by_name("Proof")
    for row, (formula, value) in enumerate(checks, 2):
        if formula:
            sheet.write_formula(row, _LIVE, formula, book.formats["cell"], value)


def _live(form: Form, b: BoxPlaces, sheet: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Ties that stay live: they answer again when a person changes a box."""
    if form.paid_amount is not None and form.pool is not None:
        pool = form.edition.named("pool")
        within, above = f"within {pool}", f"above {pool}: the plans of the year count together"
        formula = f'=IF({at(*b.paid, sheet)}<={at(*b.pool, sheet)},"{within}","{above}")'
        yield "paid", (formula, within if form.paid_amount <= form.pool else above)
    if form.levels is not None:
        able = rating_levels.successful()
        summed = f"SUM({at(*b.rated(min(able), 'career'), sheet)}:{at(*b.rated(max(able), 'career'))})"
        holds = sum(form.levels.values()) <= sum(form.ratings[level]["career"] for level in able)
        yield "levels", (f'=IF({at(*b.levels_total, sheet)}<={summed},"holds","does not hold")', _verdict(holds))
    columns = ",".join(
        f"{at(b.rated_total, b.rated_column(kind), sheet)}<={at(*b.appointees(kind), sheet)}" for kind in APPOINTEES
    )
    holds = all(form.rating_totals[kind] <= form.appointees[kind] for kind in APPOINTEES)
    yield "ratings", (f'=IF(AND({columns}),"holds","does not hold")', _verdict(holds))


def _verdict(holds: bool) -> str:
    return "holds" if holds else "does not hold"


def _readings(book: styles.Book, report: ReportPackage) -> None:
    rows = [list(reading) for reading in readings.all_used(report.agency.options, edition(report.agency.fiscal_year))]
    heads = ["What the instructions leave open", "Reading used", "Point"]
    _listing(
        book,
        report,
        "Readings",
        "Readings: where the instructions are silent or contradict themselves",
        heads,
        [56, 84, 8],
        rows,
    )


def _scratch(book: styles.Book) -> None:
    """A hidden sheet for a person's own sums: it is empty, and where shown, an empty cell is all of it that prints."""
    sheet = book.sheet("Scratch")
    sheet.hide()
    sheet.set_column(0, 10, 16)
    said = "Free for your own notes and sums. It is not printed, and nothing on it is read back."
    sheet.data_validation(0, 0, 0, 0, {"validate": "any", "input_title": "Scratch", "input_message": said})
    sheet.print_area(_LAST_ROW, _LAST_SHEET_COLUMN, _LAST_ROW, _LAST_SHEET_COLUMN)
