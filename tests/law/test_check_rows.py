"""Checks: rows of words, citation and key; yes, no and not known are put together in one place."""

from __future__ import annotations

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest

import seskit
from seskit.law import checks
from seskit.law.checks import Check, Checks, every, needed, opposite, some
from seskit.law.result import Working

#: Three values put together by hand.
_BY_HAND = re.compile(r"False if False in|True if True in|not in \(False, None\)")


@pytest.mark.parametrize("passed", [*product((True, False, None), repeat=3), (), (None,), (False,)])
def test_all_together_and_any_of_them(passed: tuple[bool | None, ...]) -> None:
    """Of what is not known either could be true: the outcome is known where both give the same."""
    worlds = list(product(*[(True, False) if one is None else (one,) for one in passed]))
    of_all, of_any = {all(world) for world in worlds}, {any(world) for world in worlds}
    assert every(passed) == (of_all.pop() if len(of_all) == 1 else None)
    assert some(passed) == (of_any.pop() if len(of_any) == 1 else None)


def test_a_row_is_written_and_counted() -> None:
    """Each row is a reason with its key; what fails, what is not known and what is needed are read from the rows."""
    work = Working(date(2010, 1, 1))
    found = Checks(work, [Check(True, "A1: yes", "5 CFR 1", "A1"), Check(False, "A2: no", "5 CFR 2", "A2")])
    found.add(Check(None, "A3: open", "5 CFR 3", "A3", needs="a fact", basis="design"))
    found.add(needed("a mentor", False, "5 CFR 4"))
    assert [(one.key, one.outcome, one.basis) for one in work.reasons] == [
        ("A1", "met", "verified"), ("A2", "not met", "verified"), ("A3", "cannot tell", "design"),
        ("", "not met", "verified"),
    ]  # fmt: skip
    assert (found.passes, found.failed, found.not_known) == (False, ["A2", ""], ["A3"])
    assert found.told("Yes.", "No.") == "No."
    assert (
        Checks(work, [Check(None, "open", "5 CFR 3", needs="a fact")]).told("Yes.", "No.")
        == "Cannot tell: a fact is not known."
    )
    assert found.needs == ["", "a fact", "a mentor"]
    assert [opposite(one) for one in (True, False, None)] == [False, True, None]


def test_three_values_are_put_together_nowhere_else() -> None:
    """No question spells it again."""
    folder = Path(seskit.__file__).parent
    files = [file for file in folder.rglob("*.py") if _BY_HAND.search(file.read_text("utf-8"))]
    assert files == [Path(checks.__file__)]
