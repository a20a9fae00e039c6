"""Forms that a person corrected in the workbook: checked as strictly as new ones, and held against the roster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from seskit.law import rating_levels
from seskit.law.facts import FactError
from seskit.record.agency import FILE, Agency, Awards, Plan
from seskit.record.problem import Problem, errors
from seskit.record.roster import Roster
from seskit.work.report import form_checks
from seskit.work.report.differences import Difference, between
from seskit.work.report.forms import Form
from seskit.work.report.package import ReportPackage, complete

_FIX = (
    "Correct the roster and complete the report again; if the workbook is right, say why under "
    "confirmed: corrected_forms in agency.yaml."
)


@dataclass(frozen=True)
class Corrected:
    """Forms read back: the package they make with the roster beside them (None without one), and what differs."""

    forms: tuple[Form, ...]
    package: ReportPackage | None
    differences: tuple[Difference, ...]
    problems: tuple[Problem, ...]
    #: The forms as they were read, without those the workbook does not hold.
    read: tuple[Form, ...]

    @property
    def absent(self) -> tuple[str, ...]:
        """The forms of the agency that the workbook does not hold; they are as the roster gives them."""
        held = {form.key for form in self.read}
        return tuple(form.title for form in self.forms if form.key not in held)


def beside(workbook: Path) -> Path | None:
    """The agency's folder a workbook belongs to: the one it lies in, or the one above."""
    return next((place for place in (workbook.parent, workbook.parent.parent) if (place / FILE).is_file()), None)


def look_at(forms: Sequence[Form], folder: Path | None) -> Corrected:
    """Check forms that were read back and, with the agency's folder, list every value the roster gives otherwise."""
    if folder is None:
        return Corrected(tuple(forms), None, (), tuple(_alone(forms)), tuple(forms))
    from seskit.work.report import open_folder

    opened = open_folder(folder)
    if opened.agency is None:
        return Corrected(tuple(forms), None, (), (*opened.problems, *_alone(forms)), tuple(forms))
    found, different = package(opened.agency, opened.roster, forms)
    return Corrected(found.forms, found, different, found.problems, tuple(forms))


def package(agency: Agency, roster: Roster, forms: Sequence[Form]) -> tuple[ReportPackage, tuple[Difference, ...]]:
    """The report of an agency with forms that a person corrected in the place of its own, and what they change.

    Final only where the forms agree with themselves and each value the roster gives otherwise has a written reason.
    """
    own = complete(agency, roster)
    if unknown := [form for form in forms if form.key not in {known.key for known in own.forms}]:
        raise FactError(
            f"The workbook holds {unknown[0].title}, which this agency does not have. Name the agency's own folder, "
            "or the workbook made from it."
        )
    by_key = {form.key: form for form in forms}
    merged = tuple(_named_as(by_key.get(form.key, form), form) for form in own.forms)
    made = complete(agency, roster, merged)
    different = tuple(between(own.forms, [form for form in merged if form.key in by_key]))
    problems = (*made.problems, *_as_problems(agency, different))
    return replace(made, problems=problems), different


def _named_as(form: Form, own: Form) -> Form:
    """A corrected form with the notes of its own; what a person cannot see in the boxes is not taken from the file."""
    return replace(form, edition=own.edition, footnotes=own.footnotes, blanks=own.blanks)


def _as_problems(agency: Agency, different: Sequence[Difference]) -> Iterator[Problem]:
    confirmed = agency.confirmed.corrected_forms
    severity: Literal["error", "warning"] = "warning" if confirmed else "error"
    fix = f"Confirmed in agency.yaml: {confirmed}" if confirmed else _FIX
    for one in different:
        reason = f"the workbook says {one.now}, the roster gives {one.before}"
        yield Problem(None, one.box, one.now, reason, fix, severity, one.form, "R22")


def _alone(forms: Sequence[Form]) -> list[Problem]:
    """What is wrong inside the forms themselves, where no roster is at hand."""
    plans = [form for form in forms if form.scope == "plan"]
    if not plans:
        raise FactError("The workbook holds no form of a plan, so nothing can be checked against it.")
    rows = [
        (form.plan or "", level)
        for form in plans
        for level in rating_levels.below()
        for _ in range(sum(form.ratings[level].values()))
    ]
    found = form_checks.problems(_described(plans), forms, rows)
    return [problem for problem in found if problem.file != FILE]


def _described(plans: Sequence[Form]) -> Agency:
    """The agency as far as its plan forms describe it."""
    return Agency(
        code="forms",
        name=plans[0].agency or "forms",
        fiscal_year=max((form.period[1].year for form in plans if form.period), default=2002),
        plans=tuple(_plan(form) for form in plans),
    )


def _plan(form: Form) -> Plan:
    if form.period is None:
        raise FactError(
            f"{form.title}: {form.edition.named('period')} does not hold two dates. Write them as dates, from and to."
        )
    pending = form.paid_in is not None and form.paid_amount is None and "pending" in " ".join(form.blanks.values())
    status: Literal["paid", "none", "pending"] = "pending" if pending else "paid" if form.paid_in else "none"
    return Plan.model_validate(
        {
            "id": form.plan or "plan",
            "pattern": form.pattern,
            "appraisal_period": {"from": form.period[0], "to": form.period[1]},
            "awards": Awards(status=status, paid_in=form.paid_in),
            "pool_basis": "average" if form.form == "1558A" else "aggregate",
        }
    )


def well(found: Corrected) -> bool:
    """Whether nothing stands in the way of sending the forms."""
    return not errors(found.problems)
