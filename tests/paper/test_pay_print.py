"""How the pay workbook prints, and what it says when a row is changed after the check."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from seskit.formats.cell_names import letters
from seskit.paper.pay_setting.worksheet import book, formula_columns
from seskit.paper.pay_setting.worksheet.formula_columns import (
    CHECKED,
    GIVEN,
    LAST_PRINTED,
    OPTIONAL,
    PRINTED,
    live,
    place,
)
from seskit.work.pay_setting import worksheet
from tests.pay_sheets import row, sheet


def printed(*rows):
    """The worksheet of a workbook as it was written."""
    return openpyxl.load_workbook(io.BytesIO(book.workbook(worksheet.check(sheet(*rows)))))["Worksheet"]


def hidden(seen):
    """The names of the printed columns that are folded away."""
    folded = [one for one in seen.column_dimensions.values() if one.hidden]
    at = {number for one in folded for number in range(one.min, one.max + 1)}
    return {name for name in formula_columns.ORDER[: LAST_PRINTED + 1] if place(name) + 1 in at}


def test_the_workbook_prints_one_page_wide_with_its_headings():
    """Landscape, one page across, the heading row on every page; what is only computed with stays off the paper."""
    seen = printed(row())
    assert (seen.page_setup.orientation, seen.page_setup.fitToWidth or 1, seen.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert seen.sheet_properties.pageSetUpPr.fitToPage
    assert seen.print_title_rows == "$4:$4"
    last = letters(LAST_PRINTED)
    assert seen.print_area == f"'Worksheet'!$A$1:${last}$5"
    beyond = {str(seen.cell(4, place(name) + 1).value) for name in formula_columns.ORDER[LAST_PRINTED + 1 :]}
    assert "Change that counts" in beyond
    assert not beyond & {str(seen.cell(4, place(name) + 1).value) for name in (*PRINTED, *OPTIONAL)}


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({}, set()),
        ({"ground": "retention"}, {"ground"}),
        ({"top_official_approves": True}, {"approves"}),
        ({"reduction_basis": "conduct", "notice_given": date(2017, 1, 1)}, {"basis", "notice"}),
        ({"protected_total": Decimal(1)}, {"protected"}),
        ({"action": "relative_position"}, {"action", "relative"}),
    ],
)
def test_a_column_that_nobody_uses_does_not_print(facts, shown):
    """Folded until one executive uses it; a column that everybody needs is never folded."""
    folded = hidden(printed(row(person_id="A2", row=3), row(**facts)))
    assert {name for name in OPTIONAL if name not in folded} == shown
    assert not folded & set(PRINTED)


def values(judged, checked):
    """What the cells of a row hold as they are written."""
    here = {limit.name: book._plain(limit.value) for limit in book._limits(checked)}
    here |= {given.name: book._plain(given.of(judged)) for given in GIVEN}
    return here | {name: formula.value(here) for name, (_, formula) in CHECKED.items()}


def computed(here):
    """The computed cells of a row."""
    made = dict(here)
    for column in live():
        made[column.name] = column.formula.value(made)
    return made


@pytest.mark.parametrize(
    ("facts", "changed", "decision", "award", "holds"),
    [
        ({"proposed_award": 8000}, {}, "allowed", "allowed", "as checked"),
        ({"proposed_award": 8000}, {"appointment": "noncareer"}, "check again", "not allowed", "check again"),
        ({"proposed_award": 8000}, {"award": Decimal(7000)}, "allowed", "not allowed", "check again"),
        ({"proposed_rate": 163000}, {"proposed": Decimal(164000)}, "allowed", "none", "check again"),
        ({"proposed_rate": 163000}, {"rating": 2}, "not allowed", "none", "check again"),
        ({"action": "relative_position"}, {"rate": Decimal(161000)}, "check again", "none", "check again"),
    ],
)
def test_what_the_workbook_cannot_compute_says_check_again(facts, changed, decision, award, holds):
    """A changed row is computed anew; what hangs on an appointment type that nobody checked says so and counts as none."""
    checked = worksheet.check(sheet(row(**facts)))
    here = computed(values(checked.rows[0], checked) | changed)
    assert (here["decision"], here["award_decision"], here["holds"]) == (decision, award, holds)
    assert here["lawful_change"] == (here["change"] if decision == "allowed" else 0)


def test_a_frozen_rate_that_changes_is_checked_again():
    """The highest rate of a freeze is of the rate that was checked, so another rate is not decided by it."""
    checked = worksheet.check(sheet(row()))
    judged = replace(checked.rows[0], freeze_ceiling=Decimal(165000))
    here = values(judged, checked)
    assert computed(here)["decision"] == "allowed"
    assert computed(here | {"rate": Decimal(170000)})["decision"] == "check again"
