"""The report of an agency: every form, the supplement, and everything that stands in the way of sending it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

from seskit.formats.memory import uncollected
from seskit.law import rating_levels
from seskit.law.awards import ELIGIBLE
from seskit.law.facts import FactError
from seskit.record.agency import Agency, Plan
from seskit.record.problem import Problem, errors
from seskit.record.roster import Groups, Roster
from seskit.record.roster.pay_changes import changes
from seskit.record.roster.readings import noted
from seskit.work import hand_over
from seskit.work.report import form_checks, readings, reconciliation, roster_checks, year_limits
from seskit.work.report.by_level import PlanPay, by_level
from seskit.work.report.form_json import form_to_dict
from seskit.work.report.forms import Form, Tally, form, tally
from seskit.work.report.plan_due import due_of
from seskit.work.report.reconciliation import Account, account
from seskit.work.report.year_limits import YearLimit

FORMATS = ("json", "xlsx", "pdf", "html")


@dataclass(frozen=True)
class SupplementRow:
    """One executive rated below fully successful, as Part 2 wants them. Never a Social Security number."""

    plan: str
    person_id: str
    name: str
    rating: int
    rating_date: date | None
    pay_decreased: bool | None
    action: str | None
    action_date: date | None
    removal_reason: str | None

    def to_dict(self) -> dict[str, Any]:
        """The row as plain data, without the name."""
        return {
            "plan": self.plan,
            "person_id": self.person_id,
            "rating": self.rating,
            "rating_date": self.rating_date.isoformat() if self.rating_date else None,
            "pay_decreased": self.pay_decreased,
            "action": self.action,
            "action_date": self.action_date.isoformat() if self.action_date else None,
            "removal_reason": self.removal_reason,
        }


_RATES = ("basic_pay_fy_end", "basic_pay_period_end")


@dataclass(frozen=True)
class ReportPackage:
    """The forms in order (plans, aggregates, Inspector General), the supplement, and the problems."""

    agency: Agency
    forms: tuple[Form, ...]
    supplement: tuple[SupplementRow, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    account: Account | None = None
    #: How many of the problems were found in the rows of the roster; they come first.
    from_rows: int = 0
    #: What is told beside errors in the rows, since it holds however these are corrected.
    whatever_rows: tuple[Problem, ...] = ()
    limits: tuple[YearLimit, ...] = ()
    #: Awards and adjustments at each rating level; none for forms a person corrected, which need not agree with them.
    pay_by_level: tuple[PlanPay, ...] = ()
    #: Those of the notes that are ways of reading a person accepted; the account of the roster lists them, too.
    agreed: tuple[str, ...] = ()
    #: Whether ratings of earlier years are on record beside the roster, on which what a weak rating calls for rests.
    earlier_known: bool = True
    #: The people of the roster by name, who may be named in the supplement alone; None where it is not known who they are.
    names: tuple[str, ...] | None = field(default=None, repr=False, compare=False)
    #: The roster it was made from; None for forms read back without one.
    roster: Roster | None = field(default=None, repr=False, compare=False)

    @property
    def listed(self) -> tuple[Problem, ...]:
        """What a person is told: while a row has an error the boxes cannot agree, so what rests on them waits."""
        rows = self.problems[: self.from_rows]
        return (*rows, *self.whatever_rows) if errors(rows) else self.problems

    @property
    def blocking(self) -> list[Problem]:
        """What stands in the way of a final form."""
        return errors(self.problems)

    @property
    def final(self) -> bool:
        """Whether the forms may be sent; otherwise they are a draft."""
        return not self.blocking

    @property
    def due_date(self) -> date | None:
        """The day by which the last form is due; None when one is not known."""
        days = [form.due_date for form in self.forms]
        return max(day for day in days if day) if days and all(days) else None

    def to_dict(self) -> dict[str, Any]:
        """The forms as plain data, in the layout of `forms.json`."""
        return {
            "due_date": self.due_date.isoformat() if self.due_date else None,
            "forms": [form_to_dict(form) for form in self.forms],
            "supplement": [row.to_dict() for row in self.supplement],
            "pay_by_level": [plan.to_dict() for plan in self.pay_by_level],
        }

    def to_json(self) -> str:
        """The forms as JSON."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False) + "\n"

    @property
    def made_of(self) -> str:
        """A digest of all the package holds, names included: files made of another package are stale beside its own."""
        held = repr((self.forms, self.supplement, self.problems, self.notes, self.agency))
        return hashlib.sha256(held.encode("utf-8", "replace")).hexdigest()

    def write(self, folder: str | Path, formats: Iterable[str] = FORMATS) -> list[Path]:
        """Write the package into a folder, each file whole or not at all; returns the files written."""
        return hand_over.write("report", self, folder, formats)


def complete(agency: Agency, roster: Roster, corrected: Sequence[Form] | None = None) -> ReportPackage:
    """Fill every form of an agency from its roster, check them, and say what stands in the way.

    One Form 1558 or 1558A per plan, an aggregate per rating pattern, an Inspector General form per pattern in use, and
    the supplementary rows (OPM instructions for the FY 2002 report; 5 CFR 534.405(e)). Forms that a person `corrected`
    take the place of those filled from the roster, and are checked like them.
    """
    with uncollected():
        return _complete(agency, roster, corrected)


def _complete(agency: Agency, roster: Roster, corrected: Sequence[Form] | None) -> ReportPackage:
    groups = roster.groups()
    counted = tally(agency, groups)
    plans = {(plan.id): counted[plan.id, False] + counted[plan.id, True] for plan in agency.plans}
    inspectors = {plan.id: counted[plan.id, True] for plan in agency.plans}
    dues = {plan.id: _due(plan, agency) for plan in agency.plans}
    forms = tuple(_forms(agency, plans, inspectors, dues))
    supplement = tuple(_supplement(agency, roster))
    accounted = account(agency, roster, forms, groups)
    forms = forms if corrected is None else tuple(corrected)
    changed = changes(roster)
    found = [*roster_checks.problems(agency, roster, groups), *changed.problems]
    rows = len(found)
    unpaid = _unpaid(forms, plans)
    found += form_checks.problems(agency, forms, [(row.plan, row.rating) for row in supplement], unpaid)
    beside = _beside(roster, groups, found[:rows]) if corrected is None else None
    limits = year_limits.limits(agency, forms, groups, unpaid)
    found += year_limits.problems(agency, limits)
    found += reconciliation.problems(accounted)
    return ReportPackage(
        agency, forms, supplement, tuple(found), (*roster.notes, *roster.of_ratings), accounted, from_rows=rows, limits=limits,
        whatever_rows=tuple(form_checks.whatever_rows(agency, forms, unpaid, beside)),
        pay_by_level=() if corrected is not None else by_level(agency, roster, changed, groups),
        agreed=tuple(noted(roster.accepted)),
        earlier_known=roster.history is not None,
        names=tuple(filter(None, dict.fromkeys(map(attrgetter("name"), roster.people)))),
        roster=roster,
    )  # fmt: skip


def _beside(roster: Roster, groups: Groups, found: Sequence[Problem]) -> form_checks.RowsLeft | None:
    """The rows with errors; None where one is of more than single rows, but for dates of ratings, or where a rate is in doubt."""
    wrong = errors(found)
    if not wrong or any(one.column in _RATES or (one.row is None and one.column != "rating_date") for one in wrong):
        return None
    places = {(one.file, one.row) for one in wrong if one.row is not None}
    awards: dict[str, Decimal] = {}
    for person in roster.people:
        if ("roster", person.row) in places and person.plan and person.award and person.appointment_type in ELIGIBLE:
            awards[person.plan] = awards.get(person.plan, Decimal(0)) + person.award
    highest = max((kind.basic_pay_fy_end or Decimal(0) for kind in groups.kinds), default=Decimal(0))
    return form_checks.RowsLeft(len(places), awards, highest)


def _unpaid(forms: Sequence[Form], plans: Mapping[str, Tally]) -> tuple[int, Decimal]:
    """How many career appointees the plans without base pay on their forms cover, and their rates added up."""
    pay = [plans[form.plan or ""].pay for form in forms if form.scope == "plan" and form.pay_rows is None]
    counted = [(rate, count) for one in pay for (_, rate), count in one.items()]
    return sum(count for _, count in counted), sum((rate * count for rate, count in counted), Decimal(0))


def _forms(
    agency: Agency, plans: dict[str, Tally], inspectors: dict[str, Tally], dues: dict[str, date | None]
) -> Iterator[Form]:
    def made(scope: str, pattern: str, members: list[Plan], tallies: dict[str, Tally]) -> Form:
        days = [dues[plan.id] for plan in members]
        due = max(day for day in days if day) if all(days) else None
        notes = readings.footnotes(agency, scope, members, tallies)
        filled = form(agency, scope, pattern, members, {plan.id: tallies[plan.id] for plan in members}, due, notes)
        note = readings.inspector_note(filled)
        return replace(filled, footnotes=(note, *filled.footnotes)) if note else filled

    for plan in agency.plans:
        yield made("plan", plan.pattern, [plan], plans)
    by_pattern = {
        pattern: [plan for plan in agency.plans if plan.pattern == pattern]
        for pattern in sorted({plan.pattern for plan in agency.plans})
    }
    for pattern, members in by_pattern.items():
        if len(members) > 1 or agency.options.aggregate_of_single_plan == "yes":
            yield made("aggregate", pattern, members, plans)
    if agency.options.inspector_general_form == "per_pattern":
        for pattern, members in by_pattern.items():
            staffed = [plan for plan in members if _anyone(inspectors[plan.id])]
            if staffed:
                yield made("ig", pattern, staffed, inspectors)


def _anyone(group: Tally) -> bool:
    return bool(group.heads or group.ratings or group.pay or group.amount)


def _due(plan: Plan, agency: Agency) -> date | None:
    if plan.awards.status == "pending":
        return None
    try:
        answer = due_of(agency, plan).answer
    except FactError:
        return None
    return answer if isinstance(answer, date) else None


def _supplement(agency: Agency, roster: Roster) -> Iterator[SupplementRow]:
    weak = rating_levels.below()
    below = [person for person in roster.people if person.rating in weak]
    for plan in agency.plans:
        for person in below:
            if person.plan == plan.id:
                reason = roster_checks.removal_reason(person, roster_checks.called(person, roster, plan))
                yield SupplementRow(
                    plan.id, person.person_id or "", person.name or "", person.rating or 0, person.rating_date,
                    person.pay_decreased, person.action, person.action_date, reason,
                )  # fmt: skip
