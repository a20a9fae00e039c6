"""The formula of an item that an edition of Form 1558 adds: worked out exactly, refused where it cannot be."""

from decimal import Decimal

import pytest

from seskit.law.report.box_formulas import BoxFormula

BOXES = {
    "pool": Decimal("80000.05"), "paid": Decimal(60000), "awards": 3, "base_pay.number": 4, "rated.4.career": 2,
    "rated.5.career": 1, "appointees.career": 0, "levels.20": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown", "value", "written"),
    [
        ("rated.4.career + rated.5.career", "count", 3, "=<rated.4.career>+<rated.5.career>"),
        ("pool - paid", "dollars", Decimal("20000.05"), "=ROUND(<pool>-<paid>,2)"),
        ("awards / (2 * base_pay.number)", "percent", Decimal("37.5"), "=ROUND(<awards>/(2*<base_pay.number>),3)"),
        ("awards / appointees.career", "percent", None, "=ROUND(<awards>/<appointees.career>,3)"),
        ("awards + levels.20", "count", None, "=<awards>+<levels.20>"),
    ],
)
def test_a_formula_has_a_value_and_a_cell(text, shown, value, written):
    """Rounded as it is shown; blank where a box is, and where a part of nothing is asked for."""
    formula = BoxFormula(text, shown)
    assert not list(formula.wrong())
    assert formula.value(BOXES.__getitem__) == value
    assert formula.written(lambda box: f"<{box}>") == written


@pytest.mark.parametrize(
    ("text", "shown", "why"),
    [
        ("rated.9.career", "count", "is made of rated.9.career, which is no box"),
        ("salary", "dollars", "is made of salary, which is no box"),
        ("pool", "euros", "is shown as euros, which is none of count, dollars, percent"),
        ("pool +", "dollars", "has a formula that cannot be read: pool +"),
        ("pool ** paid", "dollars", "has a formula that cannot be read: pool ** paid"),
        ("pool(paid)", "dollars", "has a formula that cannot be read: pool(paid)"),
        ("pool[5]", "dollars", "has a formula that cannot be read: pool[5]"),
        ("0.5 * pool", "dollars", "has a formula that cannot be read: 0.5 * pool"),
    ],
)
def test_what_is_no_formula_is_refused(text, shown, why):
    """Only boxes with a number, whole numbers, and the four ways to put them together."""
    assert why in " ".join(BoxFormula(text, shown).wrong())
