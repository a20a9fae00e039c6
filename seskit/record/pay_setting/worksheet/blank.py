"""Blank files for the pay worksheet: pay.yaml with its terms and a pay workbook to fill in, for one agency folder."""

from __future__ import annotations

from pathlib import Path

from seskit.record.pay_setting.worksheet.columns import COLUMNS
from seskit.record.pay_setting.worksheet.reading import FILE, TERMS
from seskit.record.roster import template
from seskit.record.roster.template import Blank

BOOK = f"{FILE}.xlsx"
_TERMS = Path(__file__).with_name("blank_terms.yaml")
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
    return _TERMS.read_bytes()
