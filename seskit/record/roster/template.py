"""Blank files to fill in: a roster workbook and an agency.yaml, for one agency folder."""

from __future__ import annotations

import io
import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from seskit.formats import files, workbooks
from seskit.law.facts import FactError
from seskit.record.agency import FILE, PATTERNS, Options
from seskit.record.roster.columns import COLUMNS, STATED, Column

ROSTER = "roster.xlsx"
#: The invented agency of the blank agency.yaml: a report may not become final under its name.
CODE, NAME = "XMP", "Office of Invented Examples"
_ROWS = 500
_EARLIEST = date(1979, 1, 1)


@dataclass(frozen=True)
class Blank:
    """What a blank workbook says of itself, and how its columns look; `free` columns take other words than the listed."""

    sheet: str
    title: str
    subject: str
    how: str
    columns: Mapping[str, Column]
    money: tuple[str, ...]
    days: tuple[str, ...]
    numbers: tuple[str, ...]
    widths: Mapping[str, int]
    free: tuple[str, ...] = ()

    def look(self, name: str) -> str:
        """The number format of a column."""
        if name in self.money:
            return "$#,##0.00"
        if name in self.days:
            return "yyyy-mm-dd"
        return "General" if name in self.numbers else "@"


_ROSTER = Blank(
    sheet="Roster",
    title="Roster of executives",
    subject="One row for each executive",
    how="How to fill in the roster",
    columns=COLUMNS | STATED,
    money=("basic_pay_fy_end", "basic_pay_period_end", "award"),
    days=("rating_date", "action_date"),
    numbers=("es_level", "rating"),
    widths={
        "basic_pay_fy_end": 18,
        "basic_pay_period_end": 22,
        "name": 26,
        "component": 24,
        "appointment_type": 20,
        "action": 30,
        "removal_reason": 32,
    },
    free=("action", "removal_reason"),
)


def write(folder: str | Path) -> list[Path]:
    """Write a blank roster.xlsx and an agency.yaml to fill in; returns both. Never writes over a file."""
    contents = {FILE: lambda: agency_text().encode(), ROSTER: roster_workbook}
    return write_new(Path(folder), contents, (*contents, "roster.csv"))


def write_new(place: Path, contents: Mapping[str, Callable[[], bytes]], taken: Iterable[str]) -> list[Path]:
    """Write files that are not there; where one of the names `taken` is, nothing is written."""
    for name in taken:
        if (place / name).exists():
            raise FactError(
                f"There is already a file {name} in the folder; nothing was written. "
                "Choose an empty folder, or move the file away."
            )
    place.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        files.new(place / name, content())
    return [place / name for name in contents]


def roster_workbook() -> bytes:
    """The blank roster: the sheet to fill in first, then a guide to its columns."""
    return workbook(_ROSTER)


def workbook(blank: Blank) -> bytes:
    """A blank workbook: the sheet to fill in first, then a guide to its columns."""
    content = io.BytesIO()
    book = workbooks.new(content, {"title": blank.title, "subject": blank.subject, "author": "seskit"})
    book.set_custom_property("Language", "en-US")
    _fill_in_sheet(book, blank)
    _guide_sheet(book, blank)
    book.close()
    return content.getvalue()


def _fill_in_sheet(book: Any, blank: Blank) -> None:
    sheet = book.add_worksheet(blank.sheet)
    sheet.set_comments_author("seskit")
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7E6E6", "border": 1, "valign": "vcenter"})
    looks = {look: book.add_format({"num_format": look}) for look in ("@", "General", "$#,##0.00", "yyyy-mm-dd")}
    for position, column in enumerate(blank.columns.values()):
        sheet.set_column(position, position, blank.widths.get(column.name, 17), looks[blank.look(column.name)])
    sheet.add_table(0, 0, _ROWS, len(blank.columns) - 1, {
        "name": blank.sheet, "style": "Table Style Light 1",
        "columns": [{"header": name, "header_format": head} for name in blank.columns],
    })  # fmt: skip
    for position, column in enumerate(blank.columns.values()):
        sheet.write_comment(0, position, f"{column.help} {column.fix}", {"x_scale": 2, "y_scale": 1.2})
        if rule := _accepted(blank, column):
            sheet.data_validation(1, position, _ROWS, position, rule)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    _page(sheet, f"{blank.sheet}: contains personal information")
    sheet.repeat_rows(0)


def _accepted(blank: Blank, column: Column) -> dict[str, Any] | None:
    """What a cell of the column accepts, with the sentence a wrong entry is answered with."""
    told = {"error_title": column.name, "error_message": column.fix[:255]}
    if column.choices:
        kind = "information" if column.name in blank.free else "stop"
        return {"validate": "list", "source": list(column.choices), "error_type": kind, **told}
    if column.name in blank.money:
        return {"validate": "decimal", "criteria": ">", "value": 0, **told}
    if column.name in blank.days:
        return {"validate": "date", "criteria": ">=", "value": _EARLIEST, **told}
    return None


def _guide_sheet(book: Any, blank: Blank) -> None:
    sheet = book.add_worksheet("Guide")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E7E6E6", "border": 1})
    sheet.write_string(0, 0, blank.how, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(
        1, 0, f"{blank.subject} on the sheet {blank.sheet}. Never write a Social Security number anywhere."
    )
    heads = ("Column", "What it holds", "How to write it", "Must be filled in", "Choices")
    sheet.add_table(2, 0, 2 + len(blank.columns), len(heads) - 1, {
        "name": "Guide", "style": "Table Style Light 1",
        "columns": [{"header": text, "header_format": head} for text in heads],
    })  # fmt: skip
    sheet.set_row(2, 32)
    for column, width in enumerate((24, 56, 50, 12, 44)):
        sheet.set_column(column, column, width)
    for row, described in enumerate(blank.columns.values(), 3):
        needed = "yes" if described.required else "no"
        cells = (described.name, described.help, described.fix, needed, ", ".join(described.choices))
        for position, text in enumerate(cells):
            sheet.write_string(row, position, text, wrapped)
        sheet.set_row(row, 16 * max(1, *(-(-len(text) // 42) for text in cells)))
    sheet.freeze_panes(3, 1)
    _page(sheet, f"Guide to the {blank.sheet.lower()}")
    sheet.repeat_rows(2)


def _page(sheet: Any, middle: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(1)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&C{middle}")
    sheet.set_footer("&CPage &P of &N")


def agency_text() -> str:
    """An agency.yaml to fill in; it describes an invented agency and can be read as it stands."""
    patterns = ", ".join(f"{letter} = {'-'.join(map(str, levels))}" for letter, levels in PATTERNS.items())
    return _AGENCY.format(code=CODE, name=NAME, patterns=patterns, options="\n".join(_option_lines()))


def _option_lines() -> list[str]:
    lines = []
    for name, entry in Options.model_fields.items():
        if name == "budget_percent":
            lines.append(
                f"  {name}:  # your own lower budget in percent of aggregate pay, or nothing; never printed on the form"
            )
        else:
            lines.append(
                f"  {name}: {_yaml(entry.default)}  # {_OPTIONS[name]}: {' or '.join(_words(entry.annotation))}"
            )
    return lines


def _yaml(word: str) -> str:
    """A word that YAML would take for true or false stands in quotes."""
    return f'"{word}"' if word in ("yes", "no") else word


def _words(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if isinstance(annotation, types.UnionType):
        return tuple(word for part in get_args(annotation) for word in _words(part))
    return ()


_OPTIONS: Mapping[str, str] = {
    "form_1558a_pool": "20 percent of the average rate, or of the aggregate as Form 1558A prints it",
    "item_4_year": "how the year of item 4 is printed",
    "presidential_in_ratings": "Presidential appointees in the Career column of items 9 and 10, or left out",
    "item_8_denominator": "item 8 is a percentage of",
    "percent_level_rounding": "item 7 to the nearest whole percent, or without the fraction",
    "item_6_percent": "item 6 as 6.21% or as .0621",
    "pool_cap": "the pool limit binds",
    "inspector_general_form": "one Inspector General form for each pattern, or none",
    "aggregate_of_single_plan": "an aggregate form for a pattern with one plan",
    "item_3_without_awards": "item 3 blank or with the word none, when no awards are paid",
    "due_days": "the 14 days are counted as",
}

_AGENCY = """\
# An agency and its SES performance plans. Everything here is invented: write your own values after the colons.
# Lines or ends of lines that begin with '#' are explanations. Indent with spaces, never with tabs.

# A short code for the agency; it names its files. In quotes if it is made of digits.
code: {code}
# The name as item 1 of the form prints it.
name: {name}
# The fiscal year of the report.
fiscal_year: 2002
# Whether OPM certified the appraisal system: true or false. It decides the highest rate since 2004-01-11; earlier it
# has no effect, and nothing after the colon means not known.
certified:

# One entry for each SES performance plan: every cycle and every rating pattern is a plan of its own.
plans:
    # The word by which the roster's column 'plan' names it.
  - id: main
    # The plan's name in words.
    name: SES performance plan
    # The rating levels the plan uses: {patterns}.
    pattern: H
    # The first and last day of the appraisal period, year-month-day.
    appraisal_period: {{from: 2001-10-01, to: 2002-09-30}}
    awards:
      # paid, none (no awards for this period) or pending (not determined yet: the report stays a draft).
      status: paid
      # The year and month in which awards are paid, or will be. Leave it out if none are paid.
      paid_in: 2002-12
      # The day on which the agency head or designee made the final award determinations.
      determined_on: 2002-12-03
      # Only when no awards are paid: the day on which final ratings were assigned. Remove the '#' to use it.
      # ratings_final_on: 2002-11-20
    # aggregate: Form 1558, a percentage of aggregate career base pay. average: Form 1558A, of the average; it gives
    # a larger pool only with a single career member.
    pool_basis: aggregate

# How the report reads what OPM's instructions leave open. These are the readings recommended; each that is used is
# explained in the footnotes of the forms. You may remove this whole part.
options:
{options}

# What looks wrong in the files but is right: remove the '#' and write the reason.
# confirmed:
#   rates_above_schedule: why all rates are above the scheduled rates of basic pay
#   counted_nowhere: why rows are counted in no item of any form
#   corrected_forms: why values of a corrected workbook are not those of the roster
"""
