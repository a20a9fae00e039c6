"""Part 2 as a workbook: one sheet per plan with the executives rated below fully successful. It holds names."""

from __future__ import annotations

from typing import Any

from seskit.formats import workbooks as styles
from seskit.paper.report.workbook.boxes import sheet_names
from seskit.paper.report.workbook.form_sheet import level_names
from seskit.paper.report.workbook.part_1 import status
from seskit.record.agency import Plan
from seskit.record.roster.columns import ACTIONS, COLUMNS, REMOVED, reasons_in_words
from seskit.work.report.package import ReportPackage, SupplementRow
from seskit.work.report.roster_checks import BELOW

PERSONAL = "Contains personal information"
SSN = "SSN: to be added by hand"
_ASKED = (
    "The following Supplementary Information is requested for executives "
    "who received less than fully successful performance ratings."
)
_HEADS = ("Name of Executive", "SSN", "Performance Rating", "Date of Final Rating", "Pay Decrease (Yes/No)",
          "Action, with the reason if placed outside the SES", "Effective Date")  # fmt: skip
_WIDTHS = (30, 26, 24, 14, 14, 44, 14)
_HEAD_ROW = 8


def supplement(report: ReportPackage) -> bytes:
    """The workbook of the Supplementary Information form. Names are text; numbers of people are added by hand."""
    agency = report.agency
    what = "SES Performance Ratings and Awards Report, Supplementary Information"
    book = styles.book(f"{what} for FY {agency.fiscal_year}, {agency.name}", PERSONAL, agency.name)
    names = sheet_names(f"plan-{plan.id}" for plan in agency.plans)
    for plan in agency.plans:
        _plan_sheet(book, names[f"plan-{plan.id}"], plan, report)
    _choices(book)
    return book.done()


def _plan_sheet(book: styles.Book, name: str, plan: Plan, report: ReportPackage) -> None:
    sheet, last, formats = book.sheet(name), len(_HEADS) - 1, book.formats
    rows = [row for row in report.supplement if row.plan == plan.id]
    sheet.set_default_row(16)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    title = f"SES PERFORMANCE RATINGS AND AWARDS REPORT SUPPLEMENTARY INFORMATION FOR FY {report.agency.fiscal_year}"
    styles.write_across(sheet, 0, last, title, formats["title"])
    sheet.set_row(0, 21)
    styles.write_across(sheet, 1, last, f"{PERSONAL}: send and keep it apart from the forms.", formats["status"])
    styles.write_across(sheet, 2, last, status(report, "with the forms"), formats["status"])
    styles.write_across(sheet, 3, last, _ASKED, formats["wrapped"], characters=150)
    for row, label, value in ((4, "Department/Agency", report.agency.name), (5, "Plan", plan.id)):
        sheet.write_string(row, 0, label, formats["label"])
        sheet.merge_range(row, 1, row, 4, "", formats["text"])
        sheet.write_string(row, 1, value, formats["text"])
    sheet.set_row(4, styles.height(report.agency.name, 75))
    sheet.write_string(6, 0, "Performance Appraisal Period Ending (MM/DD/YY)", formats["label"])
    sheet.set_row(6, 32)
    styles.write_day(sheet, 6, 1, plan.period_end, formats["day"])
    if rows:
        _table(book, sheet, f"Supplement_{report.agency.plans.index(plan) + 1}", plan, rows)
    else:
        styles.write_across(
            sheet, _HEAD_ROW, last, "No executive of this plan was rated below fully successful.", formats["plain"]
        )
    sheet.freeze_panes(_HEAD_ROW + 1 if rows else 3, 0)
    styles.page(
        sheet, left=report.agency.name, middle="" if report.final else styles.DRAFT, right=PERSONAL, landscape=True
    )
    sheet.repeat_rows(_HEAD_ROW)


def _table(book: styles.Book, sheet: Any, name: str, plan: Plan, rows: list[SupplementRow]) -> None:
    formats, last_row = book.formats, _HEAD_ROW + len(rows)
    columns = [{"header": head, "header_format": formats["head"]} for head in _HEADS]
    sheet.add_table(
        _HEAD_ROW, 0, last_row, len(_HEADS) - 1, {"name": name, "style": "Table Style Light 1", "columns": columns}
    )
    sheet.set_row(_HEAD_ROW, 48)
    named = level_names(plan.period_end)
    for at, row in enumerate(rows, _HEAD_ROW + 1):
        action = _action(row)
        sheet.set_row(at, max(styles.height(action or "", 40), styles.height(row.name, 27)))
        sheet.write_string(at, 0, row.name, formats["text"])
        sheet.write_string(at, 1, SSN, formats["text"])
        sheet.write_string(at, 2, f"{row.rating} ({named[row.rating]})", formats["text"])
        styles.write_day(sheet, at, 3, row.rating_date, formats["day"])
        sheet.write_string(at, 4, {True: "Yes", False: "No", None: ""}[row.pay_decreased], formats["text"])
        sheet.write_string(at, 5, action or "", formats["text"])
        styles.write_day(sheet, at, 6, row.action_date, formats["day"])
    first = _HEAD_ROW + 1
    ratings = [f"{level} ({named[level]})" for level in BELOW]
    sheet.data_validation(first, 2, last_row, 2, {"validate": "list", "source": ratings})
    sheet.data_validation(first, 4, last_row, 4, {"validate": "list", "source": ["Yes", "No"]})
    told = {"error_title": "Not in the list", "error_message": "Other words are allowed: keep them, or choose one."}
    offered = {"validate": "list", "source": "=Actions", "error_type": "information", **told}
    sheet.data_validation(first, 5, last_row, 5, offered)


def _action(row: SupplementRow) -> str | None:
    """What was done and, where the person was placed outside the SES, for which reason."""
    if row.removal_reason is None:
        return row.action
    return f"{row.action or 'action to be added'}: {reasons_in_words(row.removal_reason)}"


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
