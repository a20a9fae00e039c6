"""The dates of agency.yaml held against each other and against the fiscal year of the report.

What cannot be (awards paid or determined before the period has ended, a period of another fiscal year than the report)
stands in the way of a final form until it is corrected or a reason is written under `confirmed: dates`, with the dates it
is about under `dates_for`: dates that come later are asked about again. What is only unusual is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from seskit.formats.days import long_month
from seskit.formats.two_ways import two_ways
from seskit.law.clocks import fiscal_year
from seskit.law.parameters import parameter
from seskit.law.report.dates import month_end, month_start
from seskit.record.agency import FILE, Agency, Plan
from seskit.record.problem import Problem

_PLACE = two_ways(
    "Correct one of the two in agency.yaml, or say why under confirmed: dates, with dates_for: [{}].",
    "Correct one of the two under 'Change dates and plans', or say why in 'Correct problems here'.",
)
_OTHERS = two_ways(
    "The reason under confirmed: dates does not name these in dates_for.", "The reason given is about other dates."
)
_LOOK = two_ways(
    "Correct the date in agency.yaml; leave it if it is right.",
    "Correct the date under 'Change dates and plans'; leave it if it is right.",
)
#: A year, and a year and a half: later or longer is rather a data-entry error.
YEAR, _LONG = timedelta(days=366), timedelta(days=550)


def problems(agency: Agency) -> list[Problem]:
    """Every date of every plan that does not fit another one."""
    found: list[Problem] = []
    for number, plan in enumerate(agency.plans, 1):
        asked = [_unless_confirmed(agency, one, about) for one, about in _impossible(agency, plan)]
        found += [replace(one, column=f"plans.{number}.{one.column}", file=FILE) for one in (*asked, *_unusual(plan))]
    return found


def in_question(agency: Agency) -> tuple[str, ...]:
    """The days, months and years of every pair that cannot be, as a confirmation names what it is about."""
    pairs = (about for plan in agency.plans for _, about in _impossible(agency, plan))
    return tuple(dict.fromkeys(one for about in pairs for one in about))


def _unless_confirmed(agency: Agency, found: Problem, about: tuple[str, str]) -> Problem:
    why, named = agency.confirmed.dates, agency.confirmed.dates_for
    if why and set(about) <= set(named):
        return replace(found, severity="warning", fix=f"Confirmed in agency.yaml: {why}")
    told = _PLACE.format(", ".join(in_question(agency)))
    return replace(found, fix=f"{_OTHERS} {told}" if why else told)


def _impossible(agency: Agency, plan: Plan) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """Days that lie before the end of the period they are about, and a period that is not of the report's fiscal year."""
    awards, ends = plan.awards, plan.period_end
    if (year := fiscal_year(ends)) != agency.fiscal_year:
        reason = f"the period ends in fiscal year {year}, and the report is for fiscal year {agency.fiscal_year}"
        yield _problem("appraisal_period", ends, reason), (str(ends), str(agency.fiscal_year))
    if awards.paid_in and month_end(awards.paid_in) < ends:
        reason = f"awards are paid before the appraisal period ends on {ends}"
        yield _problem("awards.paid_in", awards.paid_in, reason), (awards.paid_in, str(ends))
    for name, day, what in (
        ("determined_on", awards.determined_on if awards.status == "paid" else None, "awards are determined"),
        ("ratings_final_on", awards.ratings_final_on if awards.status == "none" else None, "ratings are final"),
    ):
        if day and day < ends:
            reason = f"{what} before the appraisal period ends on {ends}"
            yield _problem(f"awards.{name}", day, reason), (str(day), str(ends))


def _unusual(plan: Plan) -> Iterator[Problem]:
    """Days that can be right and seldom are."""
    awards, period = plan.awards, plan.appraisal_period
    if period.last - period.first > _LONG:
        yield _look(
            "appraisal_period", period.last, f"the period began on {period.first}, more than a year and a half before"
        )
    shortest = int(parameter("appraisal.period.minimum_days").values[0].value)
    if period.last - period.first < timedelta(days=shortest):
        reason = f"the period began on {period.first}, fewer than {shortest} days before"
        yield _look("appraisal_period", period.last, reason)
    if (
        awards.status == "paid"
        and awards.paid_in
        and awards.determined_on
        and month_end(awards.paid_in) < awards.determined_on
    ):
        yield _look(
            "awards.determined_on",
            awards.determined_on,
            f"awards are determined after the month they are paid in, {long_month(awards.paid_in)}",
        )
    late = {"awards.paid_in": month_start(awards.paid_in) if awards.paid_in else None,
            "awards.determined_on": awards.determined_on, "awards.ratings_final_on": awards.ratings_final_on}  # fmt: skip
    for name, day in late.items():
        if day and day - period.last > YEAR:
            yield _look(name, day, f"more than a year after the appraisal period ended on {period.last}")


def _problem(column: str, value: object, reason: str) -> Problem:
    return Problem(None, column, str(value), reason, "", key="dates")


def _look(column: str, value: object, reason: str) -> Problem:
    return Problem(None, column, str(value), reason, _LOOK, "warning")
