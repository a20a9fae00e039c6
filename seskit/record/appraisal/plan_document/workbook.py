"""The plan as a workbook to fill in: drop-downs, weights added up, coverage counted; it can be read in again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, get_args

from seskit.law.action_facts import ExecutiveType
from seskit.law.appraisal.plans import PERSPECTIVES, Element, Requirement
from seskit.record.appraisal.plan_document.record import ABOUT, ELEMENT, REQUIREMENT, ExecutivePlan, Words

_SPARE = 20
_YES_NO = ("yes", "no")
_PLANS = ("agency", "basic-2012", "basic-2025")
_TOP = 2


def workbook(plan: ExecutivePlan) -> bytes:
    """The plan's sheets: Plan, Elements, Requirements, Balance."""
    from seskit.formats import workbooks

    book = workbooks.book(
        f"Executive performance plan, {plan.executive}", "SES performance plan", plan.organization, to_read=False
    )
    _about(book, plan)
    _elements(book, plan)
    _requirements(book, plan)
    _balance(book, plan)
    return book.done()


def _choices(sheet: Any, first: int, last: int, column: int, source: Any) -> None:
    told = {"error_title": "Not offered", "error_message": "Choose one of the words in the list."}
    sheet.data_validation(first, column, last, column, {"validate": "list", "source": source, **told})


def _about(book: Any, plan: ExecutivePlan) -> None:
    from seskit.formats import workbooks

    sheet = _begin(book, "Plan", plan, [44, 50])
    offered = {"appointment_type": get_args(ExecutiveType), "plan": _PLANS}
    values = plan.model_dump() | {"from": plan.period.first, "to": plan.period.last}
    for row, (key, label) in enumerate(ABOUT, _TOP):
        sheet.write_string(row, 0, label, book.formats["label"])
        value = values[key]
        if hasattr(value, "isoformat"):
            workbooks.write_day(sheet, row, 1, value, book.formats["iso"])
        else:
            _cell(book, sheet, row, 1, value)
        if choices := offered.get(key) or (_YES_NO if _is_yes_no(key) else None):
            _choices(sheet, row, row, 1, list(choices))
    workbooks.page(sheet, left=plan.organization, middle="Plan", right=plan.executive)


def _is_yes_no(key: str) -> bool:
    return bool in _kinds(ExecutivePlan.model_fields[key].annotation) if key in ExecutivePlan.model_fields else False


def _kinds(annotation: Any) -> list[Any]:
    return [annotation, *(kind for part in get_args(annotation) for kind in _kinds(part))]


def _begin(book: Any, name: str, plan: ExecutivePlan, widths: Sequence[int]) -> Any:
    sheet = book.sheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"{name}: {plan.executive}", book.formats["title"])
    return sheet


def _cell(book: Any, sheet: Any, row: int, column: int, value: object) -> None:
    look = book.formats["text"]
    if isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no", look)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), book.formats["label"])
    elif value in (None, ""):
        sheet.write_blank(row, column, None, look)
    else:
        sheet.write_string(row, column, str(value), look)


def _heads(book: Any, sheet: Any, columns: Words) -> None:
    for column, (_, label) in enumerate(columns):
        sheet.write_string(_TOP, column, label, book.formats["head"])
    sheet.set_row(_TOP, 32)
    sheet.freeze_panes(_TOP + 1, 1)
    sheet.repeat_rows(_TOP)


def _elements(book: Any, plan: ExecutivePlan) -> None:
    from seskit.formats import workbooks

    sheet = _begin(book, "Elements", plan, [46, 10, 10, 80])
    _heads(book, sheet, ELEMENT)
    first, last = _TOP + 1, _TOP + max(len(plan.elements), 5)
    for row in range(first, last + 1):
        element = plan.elements[row - first] if row - first < len(plan.elements) else None
        for column, (key, _) in enumerate(ELEMENT):
            _cell(book, sheet, row, column, getattr(element, key) if element else None)
        sheet.set_row(row, workbooks.height((element.standard if element else "") or "", 78, least=2))
    _choices(sheet, first, last, 1, list(_YES_NO))
    sheet.data_validation(first, 2, last, 2, {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100,
        "error_title": "Not a weight", "error_message": "Write a whole percent from 0 to 100.",
    })  # fmt: skip
    total = sum(element.weight or 0 for element in plan.elements)
    sheet.write_string(0, 1, "Sum", book.formats["heading_line"])
    sheet.write_formula(0, 2, f"=SUM(C{first + 1}:C{last + 1})", book.formats["total"], float(total))
    workbooks.page(sheet, left=plan.organization, middle="Elements", right=plan.executive, landscape=True)


def _requirements(book: Any, plan: ExecutivePlan) -> None:
    from seskit.formats import workbooks

    columns = (("element", "Element"), *REQUIREMENT)
    widths = [30, 44, 13, 30, 26, 12, 30, 30, 28, 8, 14]
    sheet = _begin(book, "Requirements", plan, widths)
    _heads(book, sheet, columns)
    listed = [(element, item) for element in plan.elements for item in element.requirements]
    last = _TOP + len(listed) + _SPARE
    for row in range(_TOP + 1, last + 1):
        held = listed[row - _TOP - 1] if row - _TOP - 1 < len(listed) else None
        cells = _written(*held) if held else [None] * len(columns)
        for column, value in enumerate(cells):
            if hasattr(value, "isoformat"):
                workbooks.write_day(sheet, row, column, value, book.formats["iso"])  # type: ignore[arg-type]
            else:
                _cell(book, sheet, row, column, value)
        pairs = zip(cells, widths, strict=True)
        sheet.set_row(row, max(workbooks.height(str(value or ""), width - 3) for value, width in pairs))
    names = max(len(plan.elements), 5)
    _choices(sheet, _TOP + 1, last, 0, f"=Elements!$A${_TOP + 2}:$A${_TOP + 1 + names}")
    _choices(sheet, _TOP + 1, last, 2, list(PERSPECTIVES.values()))
    _choices(sheet, _TOP + 1, last, len(columns) - 1, list(_YES_NO))
    workbooks.page(sheet, left=plan.organization, middle="Requirements", right=plan.executive, landscape=True)


def _written(element: Element, item: Requirement) -> list[object]:
    return [element.name, *(getattr(item, key) for key, _ in REQUIREMENT)]


def _balance(book: Any, plan: ExecutivePlan) -> None:
    from seskit.formats import workbooks

    sheet = _begin(book, "Balance", plan, [30, 16, 40])
    _heads(book, sheet, (("", "Perspective"), ("", "Requirements"), ("", "Said at once")))
    items = [item for element in plan.elements for item in element.requirements]
    reach = f"Requirements!$C${_TOP + 2}:$C${_TOP + 1 + len(items) + _SPARE}"
    for row, name in enumerate(PERSPECTIVES.values(), _TOP + 1):
        count = sum(item.perspective == name for item in items)
        sheet.write_string(row, 0, name, book.formats["label"])
        sheet.write_formula(row, 1, f"=COUNTIF({reach},A{row + 1})", book.formats["count"], count)
        told = "covered" if count else "missing: add a requirement"
        formula = f'=IF(B{row + 1}>0,"covered","missing: add a requirement")'
        sheet.write_formula(row, 2, formula, book.formats["text"], told)
    workbooks.page(sheet, left=plan.organization, middle="Balance", right=plan.executive)
