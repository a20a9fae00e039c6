"""Headings in other words: which column a heading probably means, by its words and by what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches

from seskit.formats.privacy import shown
from seskit.record.roster import personal, printed
from seskit.record.roster.as_accepted import ALL, readable
from seskit.record.roster.columns import READ_ELSEWHERE, canonical
from seskit.record.roster.pay_headings import is_basic_pay, is_fiscal_year_end
from seskit.record.roster.readings import Reading
from seskit.work.corrections.grid import Grid
from seskit.work.corrections.groups import Group, Offer

#: Other headings of each column, in the form of `canonical`.
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "person_id": ("employee_id", "emp_id", "employee_number", "emp_no", "employee_no", "person_number", "id", "executive_id",
                  "personnel_number", "pernr", "id_number", "executive_no", "no.", "person", "emplid"),
    "name": ("employee_name", "executive", "executive_name", "full_name", "employee", "last_name,_first_name", "incumbent"),
    "plan": ("plan_id", "performance_plan", "appraisal_plan", "ses_plan", "perf_plan", "plan_code", "program_plan"),
    "component": ("bureau", "office", "organization", "organization_name", "organization", "division", "subagency", "org"),
    "ig_office": ("ig", "oig", "inspector_general", "office_of_inspector_general", "in_ig_office", "ig_office?", "ig?", "oig?", "ig_staff"),
    "appointment_type": ("appt_type", "type_of_appointment", "appointment", "appt", "type_of_appt", "appointment_code", "appt._type",
                         "appointmenttypedescription", "ses_appointment_type", "type"),
    "es_level": ("level", "es_rate", "pay_level", "es_pay_level", "ses_level", "es", "rate_level", "levelgradepay", "eslevel"),
    "basic_pay_fy_end": ("pay_9/30", "basic_pay_9/30", "base_pay_9/30", "salary_9/30", "base_pay_fy_end", "basic_pay_sept_30",
                         "fy_end_pay", "fy_end_salary", "pay_fy_end", "salary_fy_end", "basic_pay_fiscal_year_end", "base_pay_fiscal_year_end"),
    "basic_pay_period_end": ("pay_period_end", "base_pay_period_end", "salary_period_end", "period_end_pay", "period_end_salary",
                             "basic_pay_end_of_period", "base_pay_end_of_period", "basic_pay_end_of_appraisal_period"),
    "rating": ("final_rating", "summary_rating", "rating_level", "rating_of_record", "summary_level", "final_summary_rating",
               "annual_summary_rating", "perf_rating", "performance_rating", "overall_rating"),
    "rating_date": ("date_of_rating", "final_rating_date", "date_rated", "rating_dt", "date_of_final_rating", "rated_on"),
    "award": ("award_amount", "performance_award", "bonus", "award_$", "award_($)", "perf_award", "performance_award_amount", "bonus_amount",
              "award_amt", "awards", "performance_bonus", "ses_award"),
    "pay_decreased": ("pay_decrease", "pay_reduced", "pay_reduction", "decrease_in_pay"),
    "action": ("action_taken", "actions", "personnel_action"),
    "action_date": ("effective_date", "date_of_action", "action_effective_date", "effective_date_of_action"),
    "removal_reason": ("reason_for_removal", "reason", "basis_for_removal"),
    "on_rolls_fy_end": ("on_rolls_9/30", "on_the_rolls_fy_end"),
    "on_rolls_period_end": ("on_the_rolls_period_end",),
    "ses_pay_kept": ("kept_ses_pay", "ses_pay_retained"),
}  # fmt: skip
#: A heading that says pay and not of which day may mean either rate.
_EITHER = (
    "salary",
    "base_pay",
    "basic_pay",
    "pay",
    "annual_salary",
    "rate_of_pay",
    "base_salary",
    "annual_rate",
    "basic_rate",
)
_PAYS = ("basic_pay_fy_end", "basic_pay_period_end")
_ANY_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}")
_HALF = 2
_MOST_CHOICES = 6


def meant(heading: str, absent: Sequence[str]) -> list[str]:
    """The columns, among those that are not there, that a heading may mean."""
    name = canonical(heading).replace("\n", "_").strip("_*: ")
    by_name = [column for column in absent if name in OTHER_NAMES.get(column, ())]
    if name in _EITHER:
        return [column for column in _PAYS if column in absent]
    if is_fiscal_year_end(heading) or (is_basic_pay(heading) and _ANY_DAY.search(name)):
        by_day = [_PAYS[0]] if is_fiscal_year_end(heading) else list(_PAYS)
        return [column for column in by_day if column in absent]
    squeezed = name.replace("_", "").replace(".", "")
    alike = [column for column in absent if column.replace("_", "") == squeezed]
    words = set(name.split("_"))
    said = [column for column in absent if len(column.split("_")) > 1 and set(column.split("_")) <= words]
    return by_name or alike or said or get_close_matches(name, absent, n=1, cutoff=0.8)


def groups(grid: Grid) -> Iterator[Group]:
    """A group for each heading that may mean a column that is missing, and one for each needed column that is left."""
    absent = [column for column in ALL if column not in grid.slots]
    unused = [(place, heading) for place, heading in _unused(grid) if canonical(heading) not in ALL]
    offered: set[str] = set()
    left = list(unused)
    for place, heading in unused:
        columns = [column for column in meant(heading, absent) if _fits(grid, place, column)]
        if columns:
            offered.update(columns)
            left.remove((place, heading))
            offers = tuple(_offer(grid, place, heading, column) for column in columns)
            reason = f"the heading '{shown(heading)}' is not a column, and {' or '.join(columns)} is missing"
            fix = f"Name the column {columns[0]} if it holds that."
            yield Group(f"heading:{_name(heading)}", reason, fix, tuple((grid.header_row, column) for column in columns),
                        offers=offers, looks=f"the column {' or '.join(columns)} under another name", kind="column",
                        texts=(shown(heading),))  # fmt: skip
    if not grid.header:
        return
    for column in absent:
        if ALL[column].needed_in_header and column not in offered:
            yield _missing(grid, column, left)


def _unused(grid: Grid) -> Iterator[tuple[int, str]]:
    """The headings that nothing is read from, with their places; none that is named for something personal."""
    for place, cell in enumerate(grid.header):
        heading = cell.strip()
        free = place < len(grid.slots) and grid.slots[place] is None and heading
        if free and not personal.of_heading(heading) and canonical(heading) not in READ_ELSEWHERE:
            yield place, heading


def _missing(grid: Grid, column: str, left: Sequence[tuple[int, str]]) -> Group:
    """A needed column that no heading names: the headings that were not used and whose cells it could hold, likest first."""
    fit = [(place, heading) for place, heading in left if _texts(grid, place) and _fits(grid, place, column)]
    fit.sort(key=lambda one: -SequenceMatcher(None, canonical(one[1]), column).ratio())
    offers = tuple(_offer(grid, place, heading, column) for place, heading in fit[:_MOST_CHOICES])
    choose = "Confirm the heading that holds it" if offers else "No heading that was not used could hold it"
    fix = f"{choose}; or add the column to the roster: {ALL[column].help} If the file is an export, use 'Read an export' in the report walk."
    reason = f"the column {column} is missing, and it is needed"
    return Group(f"missing:{column}", reason, fix, ((grid.header_row, column),), offers=offers,
                 looks="the column is not in the header", kind="column")  # fmt: skip


def _texts(grid: Grid, place: int) -> list[str]:
    return [row[place] for row in grid.now.values() if place < len(row) and row[place].strip()]


def _name(heading: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in heading.lower()).split()) or "unnamed"


def _fits(grid: Grid, place: int, column: str) -> bool:
    """Whether half of the cells below a heading can be read in the column, as they are or by a printed form."""
    texts = _texts(grid, place)[:200]
    good = sum(readable(ALL[column], cell) or bool(_printed(column, cell)) for cell in texts)
    return good * _HALF >= len(texts)


def _printed(column: str, cell: str) -> bool:
    seen = printed.held(cell)
    return any(
        form.read(seen, {"basic_pay_period_end": "100000"}) is not None for form in printed.FORMS.get(column, ())
    )


def _offer(grid: Grid, place: int, heading: str, column: str) -> Offer:
    texts = _texts(grid, place)
    sample = () if column == "name" else tuple((shown(text), "") for text in dict.fromkeys(texts[:3]))
    question = f"Read the heading '{shown(heading)}' as {column}? It has {len(texts):,} values."
    return Offer(
        f"heading:{_name(heading)}:{column}",
        question,
        sample,
        (Reading(kind="column", heading=heading, column=column),),
    )
