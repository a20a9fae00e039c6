"""A blank plan workbook with the basic plan's elements in place."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from seskit.formats.files import whole
from seskit.law import parameters
from seskit.law.appraisal.plans import BASIC_PLAN, Element
from seskit.law.clocks import add_years
from seskit.law.facts import FactError
from seskit.record.agency import Period
from seskit.record.appraisal.plan_document.record import TO_FILL_IN, ExecutivePlan
from seskit.record.appraisal.plan_document.workbook import workbook

FILE = "plan.xlsx"


def write(folder: str | Path) -> Path:
    """Write a blank plan.xlsx with the elements of the newest basic plan; never over a file."""
    place = Path(folder)
    if (place / FILE).exists():
        raise FactError(f"There is already a file {FILE} in the folder; nothing was written. Choose another folder.")
    place.mkdir(parents=True, exist_ok=True)
    return whole(place / FILE, workbook(empty()))


def empty(period: Period | None = None) -> ExecutivePlan:
    """A plan for a period with the elements of OPM's basic plan of its first day, and nothing filled in.

    Without a period, the newest basic plan in its first year; before there was one, the agency's own with no element named.
    """
    if period is None:
        period = _year(parameters.parameter(BASIC_PLAN).values[-1].first_day)
    basic = parameters.recorded(BASIC_PLAN, period.first)
    names = [TO_FILL_IN]
    if basic:
        names = parameters.figure(f"appraisal.{basic.value.replace('-', '_')}.elements", period.first).value
    return ExecutivePlan(
        executive=TO_FILL_IN, period=period, plan=basic.value if basic else "agency",
        elements=tuple(Element(name=name) for name in names),
    )  # fmt: skip


def _year(first: date) -> Period:
    return Period.model_validate({"from": first, "to": add_years(first, 1) - timedelta(days=1)})
