"""Whether pay.yaml fits the files beside it: the periods and payments of agency.yaml, the certification on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Literal

from seskit.law.clocks import fiscal_year
from seskit.record.agency import FILE as AGENCY
from seskit.record.agency import Agency
from seskit.record.agency_entries import where as entry_of_agency
from seskit.record.certification.evidence_index import FILE as CERTIFICATION
from seskit.record.pay_setting.worksheet.entries import where
from seskit.record.problem import Problem

if TYPE_CHECKING:
    from seskit.record.certification.evidence_index import Index
    from seskit.record.pay_setting.worksheet.reading import Terms

FILE = "pay.yaml"


def problems(
    agency: Agency, terms: Terms, certified: bool | None, evidence: Index | None, *, rated: bool
) -> Iterator[Problem]:
    """Each entry that another file contradicts, as one does that was left from the year before; `rated`: whether the
    roster has ratings of the period.
    """
    yield from _other_year(agency, terms, rated=rated)
    if certified:
        yield from _certification(terms.effective, agency, evidence)


def _other_year(agency: Agency, terms: Terms, *, rated: bool) -> Iterator[Problem]:
    """A day before the period ends cannot rest on its ratings; without ratings yet it may be that of a single action."""
    first_end = min(plan.period_end for plan in agency.plans)
    if terms.effective < first_end:
        reason = f"is before {first_end}, when the first appraisal period of agency.yaml ends: it looks like that of another year"
        fix = f"Correct the day: {where('effective')}. Rates, clocks and proposals of that year go with it."
        severity: Literal["error", "warning"] = "error" if rated else "warning"
        yield Problem(None, "effective", str(terms.effective), reason, fix, severity, file=FILE)
    months = {plan.awards.paid_in for plan in agency.plans if plan.awards.status == "paid" and plan.awards.paid_in}
    years = {fiscal_year(date.fromisoformat(f"{month}-01")) for month in months}
    if years and fiscal_year(terms.awards_paid_on) not in years:
        listed = " and ".join(sorted(map(str, months)))
        reason = (
            f"is in fiscal year {fiscal_year(terms.awards_paid_on)}, and agency.yaml has awards paid in {listed}, "
            f"fiscal year {' and '.join(map(str, sorted(years)))}: another award pool"
        )
        fix = f"Correct the one that is wrong: {where('awards_paid_on')}, or paid_in of the plan."
        yield Problem(None, "awards_paid_on", str(terms.awards_paid_on), reason, fix, "warning", file=FILE)


def _certification(effective: date, agency: Agency, evidence: Index | None) -> Iterator[Problem]:
    """That rates are set as under a certification, and no system of the SES on record has one in force on that day."""
    systems = [one for one in evidence.systems if one.group == "SES" and not one.inspector_general] if evidence else []
    if not systems:
        yield from _ended(effective, agency.certified_until)
        return
    if any(one.in_force(effective) is not False for one in systems):
        return
    last = max((one.last_held for one in systems if one.last_held), default=None)
    ended = f"the certification on record ended on {last}" if last else "no certification is on record"
    reason = f"does not fit {CERTIFICATION}: {ended}, and pay is adjusted on {effective}"
    fix = f"{_write_no()} Where OPM certified the system again or extended it, write held, held_since and held_until in {CERTIFICATION}."
    yield Problem(None, "certified", "yes", reason, fix, file=FILE)


def _ended(effective: date, until: date | None) -> Iterator[Problem]:
    """The same by the last day that agency.yaml gives."""
    if until and until < effective:
        reason = f"does not fit {AGENCY}: the certification ended on {until}, and pay is adjusted on {effective}"
        fix = f"{_write_no()} Where OPM certified the system again or extended it, correct it: {entry_of_agency('certified_until')}."
        yield Problem(None, "certified", "yes", reason, fix, file=FILE)


def _write_no() -> str:
    return f"Write no: {where('certified')}; without certification no rate is set above level III (5 CFR 430.405(d))."
