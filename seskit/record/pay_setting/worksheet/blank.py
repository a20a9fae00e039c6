"""Blank files for the pay worksheet: pay.yaml with its terms and a pay workbook to fill in, for one agency folder."""

from __future__ import annotations

from pathlib import Path

from seskit.record.pay_setting.worksheet.columns import COLUMNS
from seskit.record.pay_setting.worksheet.reading import FILE, TERMS
from seskit.record.roster import template
from seskit.record.roster.template import Blank

BOOK = f"{FILE}.xlsx"
_BLANK = Blank(
    sheet="Pay",
    title="Pay worksheet",
    subject="One row for each executive",
    how="How to fill in the pay worksheet",
    columns=COLUMNS,
    widths={"appointment_type": 20, "ground": 26, "reduction_basis": 20, "top_official_approves": 20, "reason": 50},
    free=("ground",),
)


def write(folder: str | Path) -> list[Path]:
    """Write a blank pay.xlsx, and a pay.yaml where there is none; returns what was written. Never writes over a file."""
    place = Path(folder)
    terms = {} if (place / TERMS).exists() else {TERMS: terms_text}
    return template.write_new(place, terms | {BOOK: pay_workbook}, (BOOK, f"{FILE}.csv"))


def pay_workbook() -> bytes:
    """The blank pay worksheet: the sheet to fill in first, then a guide to its columns."""
    return template.workbook(_BLANK)


def terms_text() -> bytes:
    """A pay.yaml to fill in; it can be read as it stands."""
    return _TERMS.encode()


_TERMS = """\
# What applies to the whole pay worksheet. The dates are examples: write your own after the colons.
# Lines or ends of lines that begin with '#' are explanations; remove a '#' to use the entry behind it.

# The day the adjustments take effect, year-month-day.
effective: 2025-01-26
# The day the awards are paid.
awards_paid_on: 2024-12-20
# Whether OPM certified the appraisal system: yes or no. Left out: what agency.yaml says.
# certified: yes
# Budgets, in dollars: increases a year, and awards. The what-if shares them out; the check flags what passes them.
# adjustment_budget: 50000
# award_budget: 200000
# At least this many percent of pay between the averages of two rating levels.
# step: 0.5
# The lowest rating level that the what-if proposes an award for.
# lowest_award_rating: 3
# Whether the freeze on political appointees' pay is in force: needed only after 2026-01-30.
# political_freeze_in_force: no
# The first pay period of January is a day or two short of 12 calendar months after that of the year before. Where the top
# approving official finds that all adjustments fit the appraisal and pay cycle, name the record:
# cycle_record: Decision memorandum of 2025-01-06
# What a what-if aims at: even, ratio, compression or floor, with what the aim needs.
# aim: even
# ratio: {3: 1, 4: 2, 5: 3}
# floor: 0.5
# compression_line: 185000
# Written reasons for what policy flags about the whole worksheet, each after the name of its check.
# reasons:
#   award differentiation: The reason in a sentence.
"""
