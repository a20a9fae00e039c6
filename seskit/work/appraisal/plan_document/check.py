"""A plan against the rules: the answers, and every gap named with its place and what to write there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from seskit.formats.counts import number_of
from seskit.law.appraisal import derivation, periods, plans
from seskit.law.appraisal.derivation import CheckedWeights
from seskit.law.appraisal.plans import PERSPECTIVES, CheckedBalance, Element, Requirement
from seskit.law.checklist import FoundByChecks
from seskit.law.clocks import add_years
from seskit.law.facts import FactError
from seskit.law.parameters import figure
from seskit.law.result import Result
from seskit.record.agency import Period
from seskit.record.appraisal.plan_document.files import OpenedPlan
from seskit.record.appraisal.plan_document.record import TO_FILL_IN, ExecutivePlan
from seskit.record.roster.person_numbers import told

_WANTED = {
    "text": "what is required",
    "perspective": "the perspective: results, customers or employees",
    "measure": "the measure",
    "target": "the target",
    "due": "the day it is due",
    "data_source": "the data source and how it is read",
    "goal": "the strategic goal it serves",
    "document": "the planning document of that goal",
    "page": "the page of that goal",
    "own": "whether the executive answers for it",
}
#: The plan in which a goal may stand without its page.
PAGE_IS_OPTIONAL = "basic-2025"
#: The entries of a plan that `appraisal.check_plan` asks for by the same names.
ASKED = {
    "individual_and_organizational", "consulted_on", "communicated_on", "agrees_with_planning",
    "documents_cover_year", "considers_gpra", "cascades", "plan",
}  # fmt: skip
WEIGHTS = "PLAN weights"
ROSTER = "roster"
FORM = "form"
#: The check that the plan was communicated in time.
_TOLD = "A4"


@dataclass(frozen=True)
class Gap:
    """Something the plan lacks: where, what, and by which check or authority."""

    where: str
    what: str
    check: str


@dataclass(frozen=True)
class CheckedPlan:
    """A plan with the answers about it."""

    plan: ExecutivePlan
    contents: Result[FoundByChecks]
    balance: Result[CheckedBalance]
    weights: Result[CheckedWeights] | None
    gaps: tuple[Gap, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.gaps

    def coverage(self) -> list[tuple[str, ...]]:
        """How many requirements of each element take each perspective, with a total."""
        names = list(PERSPECTIVES.values())
        counts = [
            (element.name, [sum(item.perspective == name for item in element.requirements) for name in names])
            for element in self.plan.elements
        ]
        total = [sum(row[position] for _, row in counts) for position in range(len(names))]
        return [(name, *map(str, row)) for name, row in [*counts, ("All elements", total)]]


def check(opened: OpenedPlan) -> CheckedPlan:
    """Check a plan that could be read."""
    plan = opened.plan
    if plan is None:
        raise FactError(f"The plan cannot be checked: {opened.problems[0]}")
    facts = plan.model_dump(include=ASKED)
    elements = list(plan.elements)
    first = plan.period.first
    too_early = list(_too_early(opened, plan))
    contents = plans.check_plan(
        first, written=True, elements=elements, **facts | ({"plan": "agency"} if too_early else {})
    )
    balance = plans.balanced_measures(first, elements=elements)
    weights = _weights(plan)
    who = _unnamed(opened, plan) or _against_roster(opened, plan)
    named = (*who, *_against_steps(opened, plan), *too_early, *_days(opened, plan), *_missing(opened, plan))
    unmet = _unmet(contents, {check for gap in named for check in gap.check.split(", ")})
    gaps = (*named, *(_with_entry(gap, opened, plan) for gap in unmet))
    return CheckedPlan(plan, contents, balance, weights, gaps)


def refuse_too_early(plan: ExecutivePlan) -> None:
    """Raise FactError for a basic plan of OPM's that is for periods which begin later."""
    plans.check_plan(plan.period.first, written=True, plan=plan.plan)


def _too_early(opened: OpenedPlan, plan: ExecutivePlan) -> Iterator[Gap]:
    """A basic plan of OPM's for periods that begin later: no check of that plan can be asked."""
    try:
        refuse_too_early(plan)
    except FactError as refused:
        yield Gap(f"Plan in use ({opened.where('plan')})", str(refused), FORM)


def _with_entry(gap: Gap, opened: OpenedPlan, plan: ExecutivePlan) -> Gap:
    """A plan told of too late, with the day to write where the steps say that the executive entered after its first day."""
    on = _entered(opened)
    if gap.check != _TOLD or on is None or on <= plan.period.first:
        return gap
    return replace(
        gap, what=f"{gap.what} The executive entered on {on}: the plan's own period may begin with that day."
    )


def _days(opened: OpenedPlan, plan: ExecutivePlan) -> Iterator[Gap]:
    """A period too short to rate on, or longer than the year in which everyone is appraised; a day due outside it."""
    first, last = plan.period.first, plan.period.last
    where = f"Period ({opened.where('period', 'from')})"
    least, counted = figure("appraisal.period.minimum_days", first).value, periods.days_counted(first, last)
    if counted < least:
        what = f"The period has {number_of(counted, 'day')}, and a rating needs {least}: correct it, or expect a later end."
        yield Gap(where, what, periods.RULE)
    elif last >= add_years(first, 1):
        what = f"The period is longer than a year, and executives are appraised at least once a year: correct {last} or {first}."
        yield Gap(where, what, "5 U.S.C. 4314(b)(1)(A)")
    for number, element in enumerate(plan.elements):
        for position, item in enumerate(element.requirements):
            if item.due and not first <= item.due <= last:
                at = opened.where("elements", number, "requirements", position)
                what = f"It is due on {item.due}, outside the period from {first} to {last}: correct the day."
                yield Gap(f"{element.name}, requirement {position + 1} ({at})", what, FORM)


def _unnamed(opened: OpenedPlan, plan: ExecutivePlan) -> list[Gap]:
    """Whether a blank plan still wants its executive."""
    what = "Write the agency's own number for the executive."
    return [Gap(f"Executive ({opened.where('executive')})", what, FORM)] if plan.executive == TO_FILL_IN else []


def _against_roster(opened: OpenedPlan, plan: ExecutivePlan) -> Iterator[Gap]:
    """Whether the roster beside the plan knows the executive, with the same appointment type and period."""
    if not opened.people:
        return
    person = next((one for one in opened.people if one.person_id == plan.executive), None)
    if person is None:
        who = f"'{number}' is" if (number := told(plan.executive)) else "The executive is"
        what = f"{who} not on the roster; correct the number, or add the executive there."
        yield Gap(f"Executive ({opened.where('executive')})", what, ROSTER)
        return
    kind = person.appointment_type
    if plan.appointment_type and kind and kind not in (plan.appointment_type, "presidential"):
        what = f"The roster says {kind.replace('_', ' ')}; correct the one that is wrong."
        yield Gap(f"Appointment type ({opened.where('appointment_type')})", what, ROSTER)
    period = opened.periods.get(person.plan or "")
    if period and period != plan.period and not _entered_later(opened, plan, period):
        what = f"agency.yaml has {period.first} to {period.last} for this executive; correct the one that is wrong."
        if period.first < plan.period.first and plan.period.last == period.last:
            what += " Where the executive entered later, write the day in steps.csv (step entered)."
        yield Gap(f"Period ({opened.where('period', 'from')})", what, ROSTER)


def _entered(opened: OpenedPlan) -> date | None:
    """The day on which the executive entered the position, the last where there are several."""
    return max(opened.days("entered"), default=None)


def _against_steps(opened: OpenedPlan, plan: ExecutivePlan) -> Iterator[Gap]:
    """The day the plan was communicated, where the steps of the year have another."""
    told, days = plan.communicated_on, opened.days("plan")
    if told and days and told not in days:
        what = f"It is {told} here; steps.csv has {' and '.join(map(str, days))} (step plan). Correct the one that is wrong."
        yield Gap(f"Communicated on ({opened.where('communicated_on')})", what, ROSTER)


def _entered_later(opened: OpenedPlan, plan: ExecutivePlan, period: Period) -> bool:
    """Whether the plan begins later than the agency's period because the executive entered the position in it."""
    on = _entered(opened)
    return on is not None and period.first < on <= plan.period.first and plan.period.last == period.last


def _weights(plan: ExecutivePlan) -> Result[CheckedWeights] | None:
    known = [element.weight for element in plan.elements if element.critical and element.weight is not None]
    if plan.plan == "agency" or len(known) != len(plan.elements):
        return None
    try:
        return derivation.check_weights(plan.period.first, regime=plan.plan, weights=known)
    except FactError:
        return None


def _missing(opened: OpenedPlan, plan: ExecutivePlan) -> Iterator[Gap]:
    """Every entry left out or empty, by its place in the file."""
    for number, element in enumerate(plan.elements):
        at = opened.where("elements", number)
        yield from (Gap(f"{element.name} ({at})", what, by) for what, by in _element(element, plan.plan))
        for position, item in enumerate(element.requirements):
            at = opened.where("elements", number, "requirements", position)
            where = f"{element.name}, requirement {position + 1} ({at})"
            yield from (Gap(where, f"Write {what}.", by) for what, by in _requirement(item, plan.plan))


def _element(element: Element, plan: str) -> Iterator[tuple[str, str]]:
    if element.critical and not element.standard:
        yield "Say what fully successful performance is.", "A7"
    if plan != "agency" and element.critical and element.weight is None:
        yield "Give the element its weight in percent.", WEIGHTS
    if element.critical and not element.requirements:
        yield "Add at least one requirement.", "SL1"


def _requirement(item: Requirement, plan: str) -> Iterator[tuple[str, str]]:
    checks = {"perspective": "BM1 to BM3", "measure": "BM4", "data_source": "BM4", "own": "SL5", "due": "BM1"}
    for name, what in _WANTED.items():
        if getattr(item, name) in (None, "") and not (name == "page" and plan == PAGE_IS_OPTIONAL):
            yield what, checks.get(name, "SL1, SL2" if name in ("goal", "document", "page") else "BM1")
    if item.own is False:
        yield "another requirement: the executive does not answer for this one", "SL5"


def _unmet(contents: Result[FoundByChecks], named: set[str]) -> Iterator[Gap]:
    """What else the plan fails; a check whose gaps are named one by one is not named again."""
    keys = {*contents.answer.failed, *contents.answer.not_known}
    weights = [reason.text for reason in contents.reasons if reason.outcome == "not met" and reason.key not in keys]
    yield from (Gap("The plan", f"Not met: {text}", WEIGHTS) for text in weights)
    for reason in contents.reasons:
        check = reason.key
        said = named | ({WEIGHTS} if weights else set())
        if reason.outcome in ("not met", "cannot tell") and check in keys - said:
            lead = "Not met" if reason.outcome == "not met" else "Not known"
            yield Gap("The plan", f"{lead}: {reason.words}", check)
