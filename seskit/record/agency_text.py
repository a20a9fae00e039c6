"""An agency.yaml in words: the blank one to fill in, or one that says what is known of an agency."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from seskit.law.rate_range import open_range_day
from seskit.law.report.editions import edition
from seskit.record.agency import PATTERNS, Agency, Confirmed, Options, Plan

#: The invented agency of the blank agency.yaml: a report may not become final under its name.
CODE, NAME = "XMP", "Office of Invented Examples"
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*|\d{4}-\d{2}(-\d{2})?", re.ASCII)
_NOT_PLAIN = ("yes", "no", "on", "off", "true", "false", "null", "y", "n", "none")
_EXAMPLE = {
    "code": CODE,
    "name": NAME,
    "fiscal_year": 2002,
    "plans": [
        {
            "id": "main",
            "name": "SES performance plan",
            "pattern": "H",
            "appraisal_period": {"from": "2001-10-01", "to": "2002-09-30"},
            "awards": {"status": "paid", "paid_in": "2002-12", "determined_on": "2002-12-03"},
        }
    ],
}
_EVERYTHING_INVENTED = (
    "# An agency and its SES performance plans. Everything here is invented: write your own values after the colons."
)


def agency_text(agency: Agency | None = None) -> str:
    """An agency.yaml that says what is known, every entry explained; without an agency, an invented one to write over."""
    described = agency or Agency.model_validate(_EXAMPLE)
    return "\n".join([*_head(described, blank=agency is None), *_plans(described.plans, blank=agency is None),
                      *_options(described), "", *_confirmed(described.confirmed), ""])  # fmt: skip


def _head(agency: Agency, *, blank: bool) -> Iterator[str]:
    yield _EVERYTHING_INVENTED if blank else "# An agency and its SES performance plans."
    yield "# Lines or ends of lines that begin with '#' are explanations. Indent with spaces, never with tabs."
    yield ""
    yield "# A short code for the agency; it names its files. In quotes if it is made of digits."
    yield f"code: {scalar(agency.code)}"
    yield f"# The name as {edition(agency.fiscal_year).named('agency')} of the form prints it."
    yield f"name: {scalar(agency.name)}"
    yield "# The fiscal year of the report."
    yield f"fiscal_year: {agency.fiscal_year}"
    yield f"# Whether OPM certified the appraisal system: true or false. It decides the highest rate since {open_range_day()}; earlier it"
    yield "# has no effect, and nothing after the colon means not known."
    yield "certified:" if agency.certified is None else f"certified: {str(agency.certified).lower()}"
    yield "# The last day of that certification, year-month-day, if known: no rate set later may rest on it. Remove the '#'."
    until = agency.certified_until
    yield f"certified_until: {until}" if until else "# certified_until:"
    yield "# Days the agency was closed besides weekends and holidays, which a count of working days leaves out: remove the '#' and"
    yield "# write them between the brackets, year-month-day, with commas."
    given = ", ".join(map(str, agency.closed_days))
    yield f"closed_days: [{given}]" if given else "# closed_days: []"
    yield ""


def _plans(plans: tuple[Plan, ...], *, blank: bool) -> Iterator[str]:
    yield "# One entry for each SES performance plan: every cycle and every rating pattern is a separate plan."
    yield "plans:"
    patterns = ", ".join(f"{letter} = {'-'.join(map(str, levels))}" for letter, levels in PATTERNS.items())
    for number, plan in enumerate(plans):
        lines = _plan(plan, patterns, blank=blank)
        yield from lines if number == 0 else (line for line in lines if not line.lstrip().startswith("#"))
    yield ""


def _plan(plan: Plan, patterns: str, *, blank: bool) -> Iterator[str]:
    yield "    # The word by which the roster's column 'plan' names it."
    yield f"  - id: {scalar(plan.id)}"
    yield "    # The plan's name in words."
    yield f"    name: {scalar(plan.name)}"
    yield f"    # The rating levels the plan uses: {patterns}."
    yield f"    pattern: {plan.pattern}"
    yield "    # The first and last day of the appraisal period, year-month-day."
    yield f"    appraisal_period: {{from: {plan.appraisal_period.first}, to: {plan.appraisal_period.last}}}"
    yield "    awards:"
    yield "      # paid, none (no awards for this period) or pending (not determined yet: the report stays a draft)."
    yield f"      status: {plan.awards.status}"
    if plan.awards.paid_in:
        yield "      # The year and month in which awards are paid, or will be. Leave it out if none are paid."
        yield f"      paid_in: {plan.awards.paid_in}"
    if plan.awards.determined_on:
        yield "      # The day on which the agency head or designee made the final award determinations."
        yield f"      determined_on: {plan.awards.determined_on}"
    if blank:
        yield "      # Only when no awards are paid: the day on which final ratings were assigned. Remove the '#' to use it."
        yield "      # ratings_final_on: 2002-11-20"
    elif plan.awards.ratings_final_on:
        yield "      # The day on which final ratings were assigned."
        yield f"      ratings_final_on: {plan.awards.ratings_final_on}"
    yield "    # aggregate: Form 1558, a percentage of aggregate career base pay. average: Form 1558A, of the average; it gives"
    yield "    # a larger pool only with a single career member."
    yield f"    pool_basis: {plan.pool_basis}"


def _options(agency: Agency) -> Iterator[str]:
    options, used = agency.options, edition(agency.fiscal_year)
    yield "# How the report reads what OPM's instructions leave open. These are the readings recommended; each that is used is"
    yield "# explained in the footnotes of the forms. You may remove this whole part."
    yield "options:"
    for name, entry in Options.model_fields.items():
        value = getattr(options, name)
        if name == "budget_percent":
            given = "" if value is None else f" {value}"
            yield f"  {name}:{given}  # {_BUDGET}"
        else:
            yield f"  {name}: {_word(value)}  # {used.said(READINGS[name])}: {' or '.join(_words(entry.annotation))}"


def _confirmed(confirmed: Confirmed) -> Iterator[str]:
    given = {name: said for name, said in confirmed.model_dump().items() if said}
    if given:
        yield "# What looks wrong in the files but is right, with the reason."
        yield "confirmed:"
        for name, said in given.items():
            written = scalar(said) if isinstance(said, str) else f"[{', '.join(map(scalar, said))}]"
            yield f"  {name}: {written}"
        return
    yield "# What looks wrong in the files but is right: remove the '#' and write the reason."
    yield "# confirmed:"
    yield "#   rates_above_schedule: why all rates are above the scheduled rates of basic pay"
    yield "#   counted_nowhere: why rows are counted in no item of any form"
    yield "#   dates: why awards are paid or determined before the appraisal period ends, or it ends in another fiscal year"
    yield "#   dates_for: [the days, months and years which that reason is about, as they are written above]"
    yield "#   corrected_forms: why values of a corrected workbook are not those of the roster"
    yield "#   no_executives: why nobody is on the roster"
    yield "#   rating_dates: why most ratings are dated outside the year of the report"
    yield "#   same_names: why rows of the same name under different numbers are different people"


def scalar(text: str) -> str:
    """A text as YAML reads it back as the same text."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_PLAIN and not text[0].isdigit():
        return text
    return json.dumps(text, ensure_ascii=False)


def _word(word: str) -> str:
    """A word that YAML would take for true or false stands in quotes."""
    return f'"{word}"' if word in ("yes", "no") else word


def _words(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if isinstance(annotation, types.UnionType):
        return tuple(word for part in get_args(annotation) for word in _words(part))
    return ()


_BUDGET = "your own lower budget in percent of aggregate pay, or nothing; never printed on the form"
#: What each option with two readings is about, with each item of the form named by what it holds.
READINGS: Mapping[str, str] = {
    "form_1558a_pool": "20 percent of the average rate, or of the aggregate as Form 1558A prints it",
    "item_4_year": "how the year of item {base_pay} is printed",
    "presidential_in_ratings": "Presidential appointees in the Career column of items {appointees} and {ratings}, or left out",
    "item_8_denominator": "item {awards} is a percentage of",
    "percent_level_rounding": "item {levels} to the nearest whole percent, or without the fraction",
    "item_6_percent": "item {paid} as 6.21% or as .0621",
    "pool_cap": "the pool limit binds",
    "inspector_general_form": "one Inspector General form for each pattern, or none",
    "aggregate_of_single_plan": "an aggregate form for a pattern with one plan",
    "item_3_without_awards": "item {paid_in} blank or with the word none, when no awards are paid",
    "due_days": "the 14 days are counted as",
}
