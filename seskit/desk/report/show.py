"""The walk through a report, piece by piece: tables and answers for the notebook, none with a person's name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from seskit.desk.opener.links import of_files
from seskit.formats.days import Quoted, long_month, span
from seskit.formats.markup import listed, together
from seskit.formats.tables import Folded, Table, text_rows
from seskit.law.awards import award_pool
from seskit.law.facts import dollars
from seskit.law.report.dates import month_start
from seskit.law.report.editions import edition
from seskit.law.result import Result
from seskit.record.agency import FILE, Agency
from seskit.record.alike import Alike, alike
from seskit.record.problem import Problem, errors, noted
from seskit.record.roster import Roster
from seskit.work.report import proof
from seskit.work.report.forms import COLUMNS
from seskit.work.report.package import ReportPackage
from seskit.work.report.plan_due import due_of
from seskit.work.report.readings import other_layout

_BASE_PAY, _RATING = "basic_pay_fy_end", "rating"

_MOST_PROBLEMS = 50
NOBODY_BELOW = "Nobody was rated below fully successful."
_NOT_TOLD = "Cannot tell yet: {}. See the problems."
_NOBODY_READ = _NOT_TOLD.format("no one was read from a roster")
_RATINGS_UNREAD = _NOT_TOLD.format("ratings could not be read")
_NOT_DECIDED = "Cannot tell yet: awards are not decided, and the pool follows from the month in which they are paid."
_NOBODY_RATED = _NOT_TOLD.format("no one has a rating")


def plans(agency: Agency) -> Table:
    """The agency's performance plans: cycle, pattern, awards."""
    rows = [
        (
            plan.id, plan.name, f"{plan.pattern}: levels {', '.join(map(str, plan.levels))}", span(plan.appraisal_period.first, plan.appraisal_period.last),
            plan.awards.status, long_month(plan.awards.paid_in) if plan.awards.paid_in else None, "1558A" if plan.pool_basis == "average" else "1558",
        )
        for plan in agency.plans
    ]  # fmt: skip
    header = ("Plan", "Name", "Pattern", "Appraisal period", "Awards", "Paid in", "Form")
    return Table(f"Performance plans of {agency.name}", header, text_rows(rows))


def people(agency: Agency, roster: Roster) -> Table:
    """How many people the roster holds, by plan and appointment type."""
    counts = Counter((person.plan, person.appointment_type) for person in roster.people)
    rows = [(plan.id, *(counts[plan.id, kind] for kind in COLUMNS)) for plan in agency.plans]
    known = {plan.id for plan in agency.plans}
    unread = sum(count for (plan, kind), count in counts.items() if plan not in known or kind not in COLUMNS)
    if unread:
        rows.append(("plan or type not usable", unread, *[""] * (len(COLUMNS) - 1)))
    header = ("Plan", *(kind.replace("_", " ") for kind in COLUMNS))
    return Table("People in the roster, by plan and appointment type", header, text_rows(rows))


def problems(
    found: Iterable[Problem],
    notes: Iterable[str] = (),
    *,
    title: str = "Problems",
    none: str = "No problems were found.",
) -> Table:
    """What needs attention, like problems together: where, what stands there, why, what to do; how the files were read."""
    listed = list(found)
    kinds = alike(listed)
    rows = [
        (one.where, one.first.severity, _values(one), one.first.filed_reason, one.first.fix)
        for one in kinds[:_MOST_PROBLEMS]
    ]
    if len(kinds) > len(rows):
        title = f"{title} (the first {len(rows)} of {len(kinds)} kinds; all {len(listed):,} are in problems.json)"
    header = ("Where", "Kind", "Value", "Why", "What to do")
    return Table(title, header, text_rows(rows), none, tuple(noted(notes)))


def _values(kind: Alike) -> str:
    """What stands there: of a roster as it is written there; a day of agency.yaml, which a form of the page asks for, in words."""
    said = kind.values(filed=True)
    return said if kind.first.file == FILE else Quoted(said)


def account(package: ReportPackage) -> Table:
    """Where every row, person, award and column of the roster is on the forms."""
    lines = package.account.lines if package.account else ()
    rows = [(line.what, line.value, line.note) for line in lines]
    return Table("Account of the roster", ("What", "How many", "Note"), text_rows(rows), "Nothing was counted.")


def summary(package: ReportPackage) -> Table:
    """Every form in one line."""
    rows = [
        (
            form.title, "cannot tell" if _unread(package, _BASE_PAY) else _money(form.pool), _money(form.paid_amount), form.awards_number, form.appointees["career"],
            sum(form.rating_totals.values()), form.due_date,
        )
        for form in package.forms
    ]  # fmt: skip
    state = _state(package)
    used = edition(package.agency.fiscal_year)
    numbers = {"Pool": "pool", "Paid": "paid", "Awards": "awards", "Career": "appointees", "Rated": "ratings"}
    header = ("Form", *(f"{what} ({used.named(holds)})" for what, holds in numbers.items()), "Due")
    return Table(f"Forms of {package.agency.name}: {state}", header, text_rows(rows))


def _state(package: ReportPackage) -> str:
    if not package.final:
        return "DRAFT, see the problems"
    if not other_layout(package.agency):
        return "final"
    return f"final in its figures; OPM uses another layout for fiscal year {package.agency.fiscal_year}"


def _unread(package: ReportPackage, column: str) -> bool:
    """Whether a cell of the column could not be read, so that nothing can be said of what rests on all of them."""
    return any(one.column == column for one in errors(package.problems[: package.from_rows]))


def _nobody_read(package: ReportPackage) -> bool:
    """Whether there is no roster, or nobody in it."""
    return package.account is not None and package.account.people == 0


def _nobody_below(package: ReportPackage) -> str:
    """Why nobody is on the supplementary form: nobody belongs there, or it is not known yet."""
    if _nobody_read(package):
        return _NOBODY_READ
    if _unread(package, _RATING):
        return _RATINGS_UNREAD
    return NOBODY_BELOW if any(sum(form.rating_totals.values()) for form in package.forms) else _NOBODY_RATED


def pools(package: ReportPackage) -> Folded:
    """The award pool of each plan that pays awards, with its reasons; not while a rate of pay could not be read."""
    if _nobody_read(package):
        return Folded("Award pools", (), _NOBODY_READ)
    if _unread(package, _BASE_PAY):
        return Folded(
            "Award pools",
            (),
            "Cannot tell yet: rates of basic pay could not be read. Correct them first; see the problems.",
        )
    found = [
        (form.title, award_pool(month_start(form.paid_in), count=base.number, aggregate=base.total))
        for form in package.forms
        if form.scope == "plan" and form.paid_in and (base := form.aggregate)
    ]
    pending = any(plan.awards.status == "pending" for plan in package.agency.plans)
    return _answers("Award pools", found, _NOT_DECIDED if pending else "No plan pays awards.")


def due_dates(package: ReportPackage) -> Folded:
    """When each plan's report is due, with its reasons."""
    found = []
    for plan in package.agency.plans:
        if any(form.plan == plan.id and form.due_date for form in package.forms):
            found.append((f"Plan {plan.id}", due_of(package.agency, plan)))
    return _answers("Due dates", found, "No due date can be given yet; see the problems.")


def proofs(package: ReportPackage) -> Folded:
    """How every number of every form was made."""
    header = ("Item", "Value", "How it was made", "Must tie to", "Why blank")
    parts = []
    for form in package.forms:
        rows = text_rows([(line.item, line.value, line.made, line.ties_to, line.blank) for line in proof.lines(form)])
        proved = Table(f"Proof of {form.title}", header, rows).to_html()
        parts.append((form.title, together(proved, listed(form.footnotes))))
    return Folded("Forms, with the proof of every item", tuple(parts))


def supplement(package: ReportPackage) -> Table:
    """Who goes on the supplementary form, by number; names stand only in the supplement's own files."""
    rows = [
        (row.person_id, row.plan, row.rating, row.rating_date, row.action, row.action_date)
        for row in package.supplement
    ]
    header = ("Person", "Plan", "Rating", "Final rating", "Action", "Effective")
    return Table("Supplementary form", header, text_rows(rows), _nobody_below(package))


def files(written: Sequence[Path], package: ReportPackage) -> Table:
    """The files made, which of them hold personal information, and why there is no supplementary form where there is none."""
    there = any(path.name.startswith("supplement") for path in written)
    none = [] if there else [f"There is no supplementary form. {_nobody_below(package)}"]
    return of_files(written, none)


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else dollars(amount)


def _answers(title: str, found: list[tuple[str, Result]], empty: str) -> Folded:
    parts = tuple((f"{heading}: {result.says}", result.to_html()) for heading, result in found)
    return Folded(title, parts, empty)
