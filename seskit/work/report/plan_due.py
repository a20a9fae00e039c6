"""When the report of one performance plan is due, by what the agency says of its awards and of its days."""

from __future__ import annotations

from datetime import date

from seskit.law.report.dates import due_date
from seskit.law.result import Result
from seskit.record.agency import Agency, Plan


def due_of(agency: Agency, plan: Plan) -> Result[date | None]:
    """By which day must the report of a plan be with OPM?"""
    awards = plan.awards
    return due_date(
        awards_determined_on=awards.determined_on if awards.status == "paid" else None,
        rated_on=awards.ratings_final_on if awards.status == "none" else None,
        count=agency.options.due_days,
        closed_days=list(agency.closed_days) or None,
    )
