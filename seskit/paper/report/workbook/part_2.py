"""Part 2 as a workbook: one sheet per plan with the executives rated below fully successful. It holds names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from seskit.formats import workbooks as styles
from seskit.law import rating_levels
from seskit.law.report.editions import SupplementColumn, supplementary
from seskit.paper.report import printed_form
from seskit.paper.report.workbook.boxes import sheet_names
from seskit.paper.report.workbook.form_sheet import level_names
from seskit.record.agency import Plan
from seskit.record.roster.columns import ACTIONS, COLUMNS, REMOVED, reasons_in_words
from seskit.work.report.package import ReportPackage, SupplementRow

PERSONAL = "Contains personal information"
_HEAD_ROW = 8
#: The height of a row in which a number is written by hand, and what a cell says to whoever types one.
_ROOM = 30
_BY_HAND = {
    "validate": "custom", "value": "=FALSE", "error_title": "By hand only", "error_message": printed_form.BY_HAND,
    "input_title": "By hand only", "input_message": printed_form.BY_HAND,
}  # fmt: skip


def supplement(report: ReportPackage) -> bytes:
    """The workbook of the Supplementary Information form. Names are text; Social Security numbers are written by hand."""
    agency = report.agency
    what = "SES Performance Ratings and Awards Report, Supplementary Information"
    book = styles.book(f"{what} for FY {agency.fiscal_year}, {agency.name}", PERSONAL, agency.name)
    names = sheet_names(f"plan-{plan.id}" for plan in agency.plans)
    for plan in agency.plans:
        _plan_sheet(book, names[f"plan-{plan.id}"], plan, report)
    _choices(book)
    return book.done()


def _plan_sheet(book: styles.Book, name: str, plan: Plan, report: ReportPackage) -> None:
    used = supplementary(report.agency.fiscal_year)
    sheet, last, formats = book.sheet(name), len(used.workbook) - 1, book.formats
    rows = [row for row in report.supplement if row.plan == plan.id]
    sheet.set_default_row(16)
    for column, box in enumerate(used.workbook):
        sheet.set_column(column, column, box.width)
    title = " ".join(used.heading).format(year=report.agency.fiscal_year)
    styles.write_across(sheet, 0, last, title, formats["title"])
    sheet.set_row(0, 21)
    styles.write_across(sheet, 1, last, f"{PERSONAL}: send and keep it separate from the forms.", formats["status"])
    styles.write_across(sheet, 2, last, printed_form.supplement_status(report), formats["status"])
    styles.write_across(sheet, 3, last, used.asked, formats["wrapped"], characters=150)
    for row, label, value in ((4, used.agency, report.agency.name), (5, "Plan", plan.id)):
        sheet.write_string(row, 0, label, formats["label"])
        sheet.merge_range(row, 1, row, 4, "", formats["text"])
        sheet.write_string(row, 1, value, formats["text"])
    sheet.set_row(4, styles.height(report.agency.name, 75))
    sheet.write_string(6, 0, used.period_ending, formats["label"])
    sheet.set_row(6, 32)
    styles.write_day(sheet, 6, 1, plan.period_end, formats["day"])
    if rows:
        _table(book, sheet, f"Supplement_{report.agency.plans.index(plan) + 1}", plan, rows, used.workbook)
    else:
        styles.write_across(
            sheet, _HEAD_ROW, last, "No executive of this plan was rated below fully successful.", formats["plain"]
        )
    sheet.freeze_panes(_HEAD_ROW + 1 if rows else 3, 0)
    styles.page(
        sheet, left=report.agency.name, middle="" if report.final else styles.DRAFT, right=PERSONAL, landscape=True
    )
    sheet.repeat_rows(_HEAD_ROW)


def _table(
    book: styles.Book, sheet: Any, name: str, plan: Plan, rows: list[SupplementRow], boxes: Sequence[SupplementColumn]
) -> None:
    formats, last_row = book.formats, _HEAD_ROW + len(rows)
    columns = [{"header": box.words, "header_format": formats["head"]} for box in boxes]
    sheet.add_table(
        _HEAD_ROW, 0, last_row, len(boxes) - 1, {"name": name, "style": "Table Style Light 1", "columns": columns}
    )
    sheet.set_row(_HEAD_ROW, 48)
    named = level_names(plan.period_end)
    for at, row in enumerate(rows, _HEAD_ROW + 1):
        texts = printed_form.entries(row, named)
        days = {"rated_on": row.rating_date, "acted_on": row.action_date}
        high = max(styles.height(texts["action"], 40), styles.height(texts["name"], 27))
        sheet.set_row(at, max(high, _ROOM) if any("ssn" in box.holds for box in boxes) else high)
        for column, box in enumerate(boxes):
            if box.holds[0] in days:
                styles.write_day(sheet, at, column, days[box.holds[0]], formats["day"])
            else:
                said = "; ".join(texts[held] for held in box.holds if held != "ssn")
                sheet.write_string(at, column, said, formats["text"])
    for column, box in enumerate(boxes):
        if offered := _offered(box.holds, named):
            sheet.data_validation(_HEAD_ROW + 1, column, last_row, column, {"validate": "list", **offered})
        if box.holds == ("ssn",):
            sheet.data_validation(_HEAD_ROW + 1, column, last_row, column, _BY_HAND)
            styles.write_across(sheet, last_row + 2, len(boxes) - 1, printed_form.BY_HAND, formats["plain"])


def _offered(holds: tuple[str, ...], named: Mapping[int, str]) -> dict[str, Any] | None:
    """What may be chosen in a column."""
    told = {"error_title": "Not in the list", "error_message": "Other words are allowed: keep them, or choose one."}
    lists: dict[tuple[str, ...], dict[str, Any]] = {
        ("rating",): {"source": [f"{level} ({named[level]})" for level in rating_levels.below()]},
        ("pay_decrease",): {"source": ["Yes", "No"]},
        ("action",): {"source": "=Actions", "error_type": "information", **told},
    }
    return lists.get(holds)


def _choices(book: styles.Book) -> None:
    offered = [action for action in ACTIONS if action != REMOVED]
    offered += [f"{REMOVED}: {reasons_in_words(reason)}" for reason in COLUMNS["removal_reason"].choices]
    sheet = book.sheet("Choices")
    sheet.set_column(0, 0, 70)
    sheet.write_string(0, 0, "Actions offered in the lists", book.formats["head"])
    for at, action in enumerate(offered, 1):
        sheet.write_string(at, 0, action, book.formats["text"])
    sheet.freeze_panes(1, 0)
    styles.page(sheet, left="", middle="", right="Choices")
    book.file.define_name("Actions", f"=Choices!$A$2:$A${1 + len(offered)}")
