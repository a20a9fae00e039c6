"""The law's days, years and percentages are in `rules/`, dated and with their source; the code that applies them has none."""

from __future__ import annotations

import ast
import re

import pytest

from tests.places import PACKAGE

LAW = PACKAGE / "law"
#: What a number of that size is for, where it is no law; by module and the number.
NO_LAW = {
    ("certification/distinctions.py", "1979"): "the first fiscal year anyone may name",
    ("certification/distinctions.py", "9999"): "the last year a date can have",
    ("probing.py", "2020-06-15"): "a day to try where none is given",
}
#: The same on the floors above, where other numbers are sizes and shares of a layout.
NO_LAW_ABOVE = {
    ("desk/asked/line.py", "2016-06-12"): "a day that shows how one is typed",
    ("formats/workbooks.py", "1900-03-01"): "how Excel counts days",
    ("paper/pay_setting/worksheet/formulas.py", "1899-12-30"): "how Excel counts days",
    ("paper/staffing/pictures.py", "1970-01-01"): "how matplotlib counts days",
    ("record/agency_text.py", "2001-10-01"): "a day shown in the blank agency.yaml",
    ("record/agency_text.py", "2002-09-30"): "a day shown in the blank agency.yaml",
    ("record/agency_text.py", "2002-12-03"): "a day shown in the blank agency.yaml",
    ("record/forms/book.py", "1900-03-01"): "how Excel counts days",
    ("record/people_import/values.py", "1899-12-30"): "how Excel counts days",
    ("record/plum.py", "2025"): "the year of one published file",
    ("record/roster/number_formats.py", "1900-02-29"): "a day that Excel alone knows",
    ("record/roster/number_formats.py", "86400"): "the seconds of a day",
    ("record/roster/printed/days.py", "1899-12-30"): "how Excel counts days",
    ("record/roster/template.py", "1979-01-01"): "the earliest day a cell takes: the service began that year",
    ("work/corrections/workbook_file.py", "1899-12-30"): "how Excel counts days",
    ("work/corrections/workbook_file.py", "1904-01-01"): "how Excel counts days",
}
#: Steps to which numbers are rounded, and the ends of what can be counted.
_STEPS = {"0.00", "0.00001", "0.01", "0.1", "Infinity"}


def literals(tree: ast.AST) -> list[str]:
    """Days, years of law, and shares written into code; words for people are left out."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            given = [one.value for one in node.args if isinstance(one, ast.Constant)]
            if called == "date" and len(given) == 3:
                found.append("{}-{:02}-{:02}".format(*given))
            elif called == "Decimal" and given and isinstance(given[0], str) and given[0] not in _STEPS:
                found.append(given[0])
        elif isinstance(node, ast.Compare):
            numbers = [one.value for one in (node.left, *node.comparators) if isinstance(one, ast.Constant)]
            found += [str(one) for one in numbers if type(one) in (int, float) and one >= 1900]
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, float):
                found.append(str(node.value))
            elif isinstance(node.value, str) and re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", node.value):
                found.append(node.value)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            value = node.value.value
            found += [str(value)] if type(value) is int and 1900 <= value <= 2100 else []
    return found


def test_the_code_of_the_law_holds_none_of_its_figures():
    """Each is in a rules file, or in the table above with what it is for."""
    held = {
        (path.relative_to(LAW).as_posix(), one)
        for path in LAW.rglob("*.py")
        for one in literals(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert held == set(NO_LAW)


def test_the_floors_above_hold_no_day_or_year_of_law():
    """Days and years that decide something come from the law; those of a file format or an example are named above."""
    held = {
        (path.relative_to(PACKAGE).as_posix(), one)
        for path in PACKAGE.rglob("*.py")
        if LAW not in path.parents
        for one in literals(ast.parse(path.read_text(encoding="utf-8")))
        if re.fullmatch(r"\d{4}-\d\d-\d\d|\d{4,}", one)
    }
    assert held == set(NO_LAW_ABOVE)


@pytest.mark.parametrize(
    "code",
    [
        "date(2017, 10, 1)",
        "YEAR = 2004",
        "if fiscal_year(day) == 2013: pass",
        "Decimal('4.8')",
        "x = '2025-10-15'",
        "0.05",
    ],
)
def test_a_figure_in_code_is_seen(code):
    """Each way of writing one."""
    assert len(literals(ast.parse(code))) == 1
