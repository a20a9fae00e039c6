"""The executive performance plan: what it must contain, its strategic link and its balance of measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict

from seskit.formats.counts import number_of
from seskit.law import parameters
from seskit.law.appraisal.derivation import weight_faults
from seskit.law.checklist import Checklist, FoundByChecks, cannot_tell, named
from seskit.law.checks import at_least, every, some
from seskit.law.facts import Day, Fact, FactError, Percent, PeriodStart, YesNo
from seskit.law.question import question
from seskit.law.result import Result, Working

Perspective = Literal["results", "customers", "employees"]
OPM_PLAN = "OPM basic SES appraisal system"
_BALANCE = "5 CFR 430.304 to 2015-10-25, 430.301(b) from 2015-10-26"
PERSPECTIVES = {"BM1": "results", "BM2": "customers", "BM3": "employees"}


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Requirement(_Entry):
    """One performance requirement; what is left out is not known, what is written as "" is missing."""

    text: str = ""
    perspective: Perspective | None = None
    measure: str | None = None
    target: str | None = None
    due: Day | None = None
    data_source: str | None = None
    goal: str | None = None
    document: str | None = None
    page: str | None = None
    own: YesNo | None = None


class Element(_Entry):
    """One element of a plan with its standard and requirements."""

    name: str
    critical: YesNo = True
    weight: Percent | None = None
    standard: str | None = None
    requirements: tuple[Requirement, ...] = ()


Elements = Annotated[
    list[Element] | None,
    Fact(
        "Elements",
        "Each with name, critical, weight, standard and requirements; each requirement with text, perspective "
        "(results, customers, employees), measure, target, due, data source, goal, document, page, and own: whether "
        "the executive answers for it.",
    ),
]
Both = Annotated[
    YesNo | None,
    Fact("Individual and organizational expectations", "Both are stated and the elements reflect both."),
]
ConsultedOn = Annotated[Day | None, Fact("Consultation signed or noted on")]
CommunicatedOn = Annotated[Day | None, Fact("Plan communicated on")]
AgreesWithPlanning = Annotated[YesNo | None, Fact("Agrees with strategic planning")]
DocumentsCoverYear = Annotated[YesNo | None, Fact("Planning documents cover the year")]
ConsidersGpra = Annotated[YesNo | None, Fact("Results under GPRA considered")]
Cascades = Annotated[YesNo | None, Fact("Subordinates' plans carry the same goals")]
BASIC_PLAN = "appraisal.regime.basic_plan"
PlanInUse = Annotated[
    Literal["agency", "basic-2012", "basic-2025"], Fact("Plan in use", "The agency's own or OPM's basic plan.")
]


def _filled(*parts: object) -> bool | None:
    """Whether all parts are written: no where one is empty, not known where one was not given."""
    if any(part == "" for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def _each(tests: Iterable[bool | None]) -> bool | None:
    listed = list(tests)
    return every(listed) if listed else False


def _requirements(elements: Iterable[Element]) -> list[Requirement]:
    return [requirement for element in elements for requirement in element.requirements]


@question("5 U.S.C. 4312; 5 CFR 430.305 (2000 rule), 430.306 (2015 rule)")
def check_plan(
    as_of: PeriodStart,
    *,
    written: Annotated[YesNo | None, Fact("Plan is in writing")] = None,
    individual_and_organizational: Both = None,
    consulted_on: ConsultedOn = None,
    consulted: Annotated[YesNo | None, Fact("Executive was consulted")] = None,
    communicated_on: CommunicatedOn = None,
    elements: Elements = None,
    agrees_with_planning: AgreesWithPlanning = None,
    documents_cover_year: DocumentsCoverYear = None,
    considers_gpra: ConsidersGpra = None,
    cascades: Cascades = None,
    plan: PlanInUse = "agency",
) -> Result[FoundByChecks]:
    """Is this executive performance plan complete?

    Contents, timing, strategic link and balanced measures (5 U.S.C. 4312; 5 CFR 430.305 of the 2000 rule, 430.306 of
    the 2015 rule). `answer` says whether every check passes (null: cannot tell) and lists the checks that fail and
    those not known, by key: A for contents, SL for the strategic link, BM for balance, PLAN for the basic plan's form.
    """
    _refuse_before_plan(as_of, plan)
    work = Working(as_of)
    a = Checklist(work, "plan", as_of)
    critical = None if elements is None else [element for element in elements if element.critical]
    a.ask_all(A1=written, A2=individual_and_organizational)
    after = consulted_on is not None and communicated_on is not None and consulted_on > communicated_on
    shown = f"Consulted on {consulted_on}, after the plan was communicated." if after else _dated(consulted_on)
    a.ask("A3", False if after or consulted is False else True if consulted_on else None, shown)
    a.ask("A4", at_least(as_of, communicated_on), _dated(communicated_on))
    a.ask("A5", None if critical is None else bool(critical))
    a.ask("A6", individual_and_organizational)
    a.ask("A7", None if critical is None else _each(_filled(element.standard) for element in critical))
    a.ask("A8", agrees_with_planning)
    links = _strategy(work, as_of, elements, plan)
    owned = None if elements is None else _each(item.own for item in _requirements(elements))
    links.ask_all(SL3=documents_cover_year, SL4=considers_gpra, SL5=owned, SL6=cascades)
    parts = (a, links, _plan_balance(work, as_of, elements), _form(work, elements, plan))
    failed = [key for part in parts for key in part.failed]
    unknown = [key for part in parts for key in part.not_known]
    found = FoundByChecks(passes=every(part.passes for part in parts), failed=failed, not_known=unknown)
    return work.answer(found, _plan_says(work, failed, unknown))


def _refuse_before_plan(as_of: date, plan: str) -> None:
    """Refuse OPM's basic plan for a period that begins before its own first day."""
    if plan == "agency":
        return
    first = parameters.first_day(f"appraisal.{plan.replace('-', '_')}.elements")
    if as_of < first:
        there = parameters.recorded(BASIC_PLAN, as_of)
        instead = f"the basic system of {there.value[-4:]} or " if there else ""
        raise parameters.NoRule(
            f"OPM's basic system of {plan[-4:]} is for appraisal periods that begin on or after {first}; this one begins on "
            f"{as_of}. Choose {instead}the agency's own plan in 'Plan in use', or correct the first day of the period."
        )


def _dated(day: date | None) -> str:
    return f"The day is {day}." if day else ""


def _plan_says(work: Working, failed: list[str], unknown: list[str]) -> str:
    if failed:
        return f"The plan fails: {named(work, failed)}." + (f" Not known: {named(work, unknown)}." if unknown else "")
    return cannot_tell(work, unknown) if unknown else "The plan passes every check."


def _strategy(work: Working, as_of: date, elements: list[Element] | None, plan: str) -> Checklist:
    links = Checklist(work, "strategy", as_of)
    if elements is None:
        traced, placed = None, None
    else:
        traced = _each(
            some(_filled(item.goal, item.document) for item in element.requirements)
            for element in elements
            if element.critical
        )
        placed = None if plan == "agency" else _placed(elements, as_of, plan)
    links.ask("SL1", traced)
    if plan != "agency":
        links.ask("SL2", placed)
    return links


def _placed(elements: list[Element], as_of: date, plan: str) -> bool | None:
    """Document, goal and page under the results element; the page is optional in the plan of 2025."""
    wanted = parameters.figure(f"appraisal.{plan.replace('-', '_')}.elements", as_of).value[-1]
    items = [item for element in elements if element.name == wanted for item in element.requirements]
    if plan == "basic-2025":
        return _each(_filled(item.goal, item.document) for item in items)
    return _each(_filled(item.goal, item.document, item.page) for item in items)


def _form(work: Working, elements: list[Element] | None, plan: str) -> Checklist:
    """What the form of OPM's basic plans fixes: elements, weights, and the requirements under the last element."""
    form = Checklist(work, "form", work.as_of or date.max)
    newest = parameters.figure(BASIC_PLAN, work.as_of or date.max) if plan != "agency" else None
    if newest and newest.value != plan:
        text = f"OPM's plan for periods that begin on or after {newest.first_day} is that of {newest.value[-4:]}; this is that of {plan[-4:]}."
        form.write("PLAN year", False, text, newest.citation)
    if plan == "agency" or elements is None:
        return form
    rules = f"appraisal.{plan.replace('-', '_')}"
    names = work.figure(f"{rules}.elements")
    critical = [element for element in elements if element.critical]
    named = [element.name for element in critical] == names
    form.write("PLAN elements", named, f"The critical elements are, in order, {'; '.join(names)}.", OPM_PLAN)
    goals = work.recorded(f"{rules}.goal_requirements")
    if goals:
        count = sum(len(element.requirements) for element in critical if element.name == names[-1])
        text = f"{names[-1]} has {number_of(count, 'requirement')}; {goals} are needed."
        form.write("PLAN goal requirements", count >= goals, text, OPM_PLAN)
    weights = [element.weight for element in critical if element.weight is not None]
    if named:
        known = len(weights) == len(names)
        sound = not weight_faults(work, rules, weights, fractions=False) if known else None
        form.write("PLAN weights", sound, "The weights keep to the plan's limits.", OPM_PLAN)
    return form


def _plan_balance(work: Working, as_of: date, elements: list[Element] | None) -> Checklist:
    """The balance checks that a plan alone can answer."""
    checks = Checklist(work, "balance", as_of)
    known = elements is not None
    items = _requirements(elements or [])
    untold = any(item.perspective is None for item in items)
    tests: dict[str, Callable[[Requirement], bool | None]] = {
        "BM1": lambda item: _filled(item.goal, item.target, item.due),
        "BM2": lambda item: item.own,
        "BM3": lambda _: True,
    }
    for key, perspective in PERSPECTIVES.items():
        found = some(tests[key](item) for item in items if item.perspective == perspective)
        checks.ask(key, None if not known or (untold and found is False) else found)
    checks.ask("BM4", _each(_filled(item.data_source, item.measure) for item in items) if known else None)
    checks.ask("BM5", _several(items, untold) if known else None)
    return checks


def _named(work: Working, as_of: date, perspectives: list[Perspective]) -> Checklist:
    """The balance checks where only the perspectives are named."""
    checks = Checklist(work, "balance", as_of)
    for key, perspective in PERSPECTIVES.items():
        checks.ask(key, perspective in perspectives)
    checks.ask("BM4", None)
    checks.ask("BM5", len(set(perspectives)) > 1)
    return checks


def _several(items: list[Requirement], untold: bool) -> bool | None:
    seen = {item.perspective for item in items if item.perspective}
    return len(seen) > 1 or (None if untold else False)


class CheckedBalance(FoundByChecks, verdict="passes"):
    """What the checks of a balanced plan find."""

    requirements: Annotated[dict[str, int] | None, Fact("Requirements by perspective", "Null: not known.", "count")]


@question("5 CFR 430.304, 430.307 (2000 rule), 430.301(b) (2015 rule); 5 U.S.C. 4313")
def balanced_measures(
    as_of: PeriodStart,
    *,
    elements: Elements = None,
    perspectives: Annotated[
        list[Perspective] | None,
        Fact("Perspectives in the plan", "Instead of the elements: those that a requirement of the executive takes."),
    ] = None,
    narrative_covers: Annotated[
        list[Perspective] | None,
        Fact("Narrative reports on", "Asked for the finished appraisal: results, customers, employees."),
    ] = None,
    considered: Annotated[
        dict[Literal["staff_performance", "equal_opportunity", "whistleblower_protection"], YesNo | None] | None,
        Fact(
            "Considered in the appraisal",
            "Each yes or no.",
        ),
    ] = None,
    stage: Annotated[
        Literal["plan", "appraisal"], Fact("Stage", "A plan is checked on BM1 to BM5, an appraisal on all.")
    ] = "plan",
) -> Result[CheckedBalance]:
    """Does this plan, or this appraisal, balance results with the views of customers and employees?

    Organizational results stand beside the views of customers and employees (5 CFR 430.304, 430.307 of the 2000 rule,
    430.301(b) of the 2015 rule); neither equal weights nor three separate elements are asked for. `answer` holds the
    verdict (null: cannot tell), the checks failed and not known, and how many requirements take each perspective.
    """
    work = Working(as_of)
    if stage == "plan" and (narrative_covers is not None or considered is not None):
        raise FactError("stage: narrative_covers and considered belong to the appraisal; say stage=appraisal.")
    if elements is not None and perspectives is not None:
        raise FactError("perspectives: give the elements or the perspectives, not both.")
    checks = _plan_balance(work, as_of, elements) if perspectives is None else _named(work, as_of, perspectives)
    if stage == "appraisal":
        facts = considered or {}
        covered = None if narrative_covers is None else set(narrative_covers) >= set(PERSPECTIVES.values())
        checks.ask_all(
            BM6=covered, BM7=facts.get("staff_performance"), BM8=facts.get("equal_opportunity"),
            BM9=facts.get("whistleblower_protection"),
        )  # fmt: skip
        _tension(work, as_of)
    work.note("The rule fixes neither equal weights nor three separate elements.", _BALANCE)
    return work.answer(
        CheckedBalance(checks.passes, checks.failed, checks.not_known, _count(elements)), checks.says(f"The {stage}")
    )


DataSource = Literal[
    "work records", "spending records", "customer survey", "complaints", "employee survey", "personnel records"
]


@question("5 CFR 430.304, 430.307 (2000 rule), 430.301(b) (2015 rule)")
def perspective(
    as_of: PeriodStart, *, data_source: Annotated[DataSource, Fact("Where the data of the measure come from")]
) -> Result[Annotated[str | None, Fact("Perspective", "results, customers or employees; null: cannot tell.")]]:
    """Which perspective does a measure take: results, customers or employees?

    A measure speaks for those whose experience its data record (our reading of 5 CFR 430.304 and 430.307 of the 2000
    rule). `answer` is results, customers or employees.
    """
    work = Working(as_of)
    found = str(work.figure("appraisal.measures.perspective_of")[data_source])
    check = {view: key for key, view in PERSPECTIVES.items()}[found]
    rule = parameters.figure(f"appraisal.balance.{check}", as_of)
    work.note(
        f"What comes from this source ({data_source}) speaks for {found}; {check} asks for it.",
        rule.citation,
        basis="design",
    )
    work.caution("A measure may speak for more than one perspective; say in the plan which one it serves.")
    return work.answer(found, f"The measure takes the perspective of {found}.")


def _tension(work: Working, as_of: date) -> None:
    newest = parameters.parameter("appraisal.balance.BM8").values[-1]
    if as_of >= newest.first_day:
        work.caution(
            "The rule of 2025 removed the diversity wording; the factor in 5 U.S.C. 4313(5) was not repealed. "
            "The package takes no side; ask counsel how both are met."
        )


def _count(elements: list[Element] | None) -> dict[str, Any] | None:
    if elements is None:
        return None
    items = _requirements(elements)
    return {name: sum(item.perspective == name for item in items) for name in PERSPECTIVES.values()}


@question("OPM memorandum of 2000-10-17; 5 CFR 430.309-.312 (2000 rule), 430.312-.314 (2015 rule)")
def leader_responsibilities(
    as_of: PeriodStart,
    *,
    met: Annotated[list[str], Fact("Responsibilities met", "Keys AL1 to AL12.")],
    not_met: Annotated[list[str] | None, Fact("Responsibilities not met", "Keys AL1 to AL12.")] = None,
) -> Result[FoundByChecks]:
    """Did the agency's leaders do their part in performance management?

    They tell, consult, assess through the year, decide on ratings and act on weak ones (OPM memorandum of 2000-10-17;
    5 CFR part 430, subpart C). `answer` holds the verdict (null: cannot tell) and the keys failed and not known.
    """
    work = Working(as_of)
    checks = Checklist(work, "leaders", as_of)
    checks.ask_each(met, not_met or [])
    return work.answer(checks.answer(), checks.says("Leadership"))
