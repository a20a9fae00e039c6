"""The papers around the forms: cover letter, sign-off sheet, and what an amendment changes; Word and tagged PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.documents import HAND, Document, bullets, escaped, table
from seskit.law import parameters
from seskit.record.sent import Package
from seskit.work.report import readings
from seskit.work.report.differences import Difference
from seskit.work.report.package import ReportPackage

#: Where the FY 2002 instructions (MSG-068b, September 27, 2002) ask to send the report.
_OFFICES = {2002: "Office of Executive Resources Management"}
_OPM = "U.S. Office of Personnel Management"
_DUE = "report.due_days"
_LINE = "______________________________"
_REPORT = "SES Performance Ratings and Awards Distribution Report"


@dataclass(frozen=True)
class Signed:
    """Who prepares and reviews the package, and the day on it; what is not given is left to be written in."""

    preparer: str = ""
    reviewer: str = ""
    on: date | None = None
    to: str = ""


def title(report: ReportPackage, package: Package) -> str:
    """The subject of the letter."""
    named = f"{_REPORT}, fiscal year {report.agency.fiscal_year}"
    return named if package.number == 1 else f"{named}: {package.title}"


def letter(report: ReportPackage, package: Package, signed: Signed, last: Package | None) -> Document:
    """The letter that goes with the forms."""
    agency = report.agency
    office = signed.to or _OFFICES.get(agency.fiscal_year, "")
    address = "\\\n".join(escaped(line) for line in (*((office,) if office else ()), _OPM))
    parts = [
        escaped(long_date(signed.on) if signed.on else f"Date: {_LINE}"),
        address,
        f"Subject: **{escaped(title(report, package))}, {escaped(agency.name)}**",
        escaped(_opening(report, package, last)),
        "# Enclosed\n",
        bullets(_enclosed(report)),
        *(("# About these forms\n", escaped(other)) if (other := readings.other_layout(agency)) else ()),
        "# Determinations\n",
        bullets(_determined(report, None if last else signed.on)),
        escaped(_due_by_law()),
        "# Contact\n",
        escaped(signed.preparer or f"Name: {_LINE}"),
        escaped(agency.name),
    ]
    return Document(f"Cover letter: {title(report, package)}", "\n\n".join(parts) + "\n", subject=agency.name)


def sign_off(report: ReportPackage, package: Package, signed: Signed, files: Mapping[str, str]) -> Document:
    """The sheet on which preparer and reviewer sign: who, when, which forms, which files."""
    day = long_date(signed.on) if signed.on else ""
    people = [
        ("Prepared by", signed.preparer or HAND, _LINE, day or HAND),
        ("Reviewed by", signed.reviewer or HAND, _LINE, HAND),
    ]
    parts = [
        f"{escaped(report.agency.name)}, {escaped(package.title.lower())} for fiscal year {report.agency.fiscal_year}.",
        table("Who signs", ("Role", "Name", "Signature", "Date"), people),
        table(
            "Forms enclosed",
            ("Form", "Due to OPM"),
            [(form.title, _due(form.due_date, signed.on if package.number == 1 else None)) for form in report.forms],
        ),
        escaped(_due_by_law()),
        escaped(_supplement_line(report)),
        table(
            "Files signed for, by SHA-256",
            ("File", "First 16 of 64 characters"),
            [(f, h[:16]) for f, h in files.items()],
        ),
    ]
    return Document(f"Sign-off sheet: {title(report, package)}", "\n\n".join(parts) + "\n", subject=report.agency.name)


def changes(report: ReportPackage, package: Package, last: Package, found: Sequence[Difference]) -> Document:
    """What an amendment changes, value by value."""
    rows = [(one.form, one.box, one.before, one.now) for one in found]
    text = table(f"Values that differ from those sent on {last.on}", ("Form", "Box", "Sent", "Now"), rows)
    lead = f"Compared with {last.title.lower()} of {last.on}. Every other value is unchanged."
    return Document(f"Changes: {title(report, package)}", f"{escaped(lead)}\n\n{text}", subject=report.agency.name)


def _opening(report: ReportPackage, package: Package, last: Package | None) -> str:
    forms = f"{len(report.forms)} form{'' if len(report.forms) == 1 else 's'}"
    what = f"This is the report of {report.agency.name} for fiscal year {report.agency.fiscal_year}: {forms}."
    if last is None:
        return what
    return f"{what} It is {package.title.lower()}; it replaces what was sent on {last.on}. The changes are listed separately."


def _enclosed(report: ReportPackage) -> list[str]:
    return [*(form.title for form in report.forms), _supplement_line(report)]


def _supplement_line(report: ReportPackage) -> str:
    if not report.supplement:
        return "No supplementary form: no executive was rated below fully successful."
    many = len(report.supplement)
    who = number_of(many, "executive")
    return f"Supplementary form on {who}: it holds personal information and is sent separately, protected."


def _due_by_law() -> str:
    """How long an agency has, and by what law."""
    rule = parameters.parameter(_DUE)
    return (
        f"A report is due {parameters.latest(_DUE)} days after the final determinations of its plan ({rule.citation})."
    )


def _due(due: date | None, on: date | None) -> str:
    """The day a form is due; of a first report, how many days that is before the day of the letter."""
    if due is None:
        return "not known"
    late = (on - due).days if on else 0
    return f"{long_date(due)}; late by {number_of(late, 'day')}" if late > 0 else long_date(due)


def _determined(report: ReportPackage, on: date | None) -> list[str]:
    """What starts the days of each plan, and when they end; `on` is the day of the letter of a first report."""
    said = []
    dues = {form.plan: _due(form.due_date, on) for form in report.forms if form.plan}
    for plan in report.agency.plans:
        awards, due = plan.awards, dues.get(plan.id, "not known")
        if awards.status == "paid" and awards.determined_on:
            said.append(f"Plan {plan.id}: final award determinations on {long_date(awards.determined_on)}; due {due}.")
        elif awards.status == "none" and awards.ratings_final_on:
            said.append(
                f"Plan {plan.id}: no awards are paid; ratings final on {long_date(awards.ratings_final_on)}; due {due}."
            )
        else:
            said.append(
                f"Plan {plan.id}: the day that starts the {parameters.latest(_DUE)} days is not in agency.yaml."
            )
    return said
