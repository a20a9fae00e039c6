"""Formulas go into a workbook as they are written: none may use a function that spreadsheets know under another name."""

import ast
import re

import pytest
from xlsxwriter.worksheet import Worksheet

from tests.parsed import MODULES, nodes_of, tree_of

CALL = re.compile(r"\b[A-Z][A-Z0-9.]+\(")


def with_longer_names(text: str) -> str:
    """The text as XlsxWriter writes it, which gives newer functions the longer name that files have for them."""
    return str(Worksheet()._prepare_formula(text, True))


@pytest.mark.parametrize(
    "formula", ["XLOOKUP(A1,B:B,C:C)", 'TEXTJOIN(",",TRUE,A1:A3)', "IFS(A1>1,2)", "MAXIFS(A:A,B:B,1)"]
)
def test_a_newer_function_is_found_out(formula: str) -> None:
    """The list asked here has the functions it is asked for."""
    assert with_longer_names(formula) != formula


def test_no_formula_of_ours_uses_a_newer_function() -> None:
    """Every text of the package in which a function is called is the same with the longer names."""
    calls = 0
    for source in MODULES:
        for node in nodes_of(tree_of(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CALL.search(node.value):
                text = node.value.strip("={}")
                assert with_longer_names(text) == text, f"{source.name}:{node.lineno}"
                calls += 1
    assert calls > 10
