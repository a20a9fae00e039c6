"""Which certification criteria the facts about a plan, a cycle or its ratings speak against."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from seskit.law import parameters, rating_levels
from seskit.law.answers import Answer
from seskit.law.certification.criteria import CRITERIA, criteria_on
from seskit.law.certification.distinctions import ONE_LEVEL, rises
from seskit.law.clocks import not_to_exceed
from seskit.law.facts import AsOf, Change, Day, Fact, FactError, RatingLevel, Whole, YesNo
from seskit.law.question import question
from seskit.law.result import CannotTell, Result, Working

Perspective = Literal["results", "customers", "employees"]
_YEAR = 12
_LEVELS = "Five numbers, level 1 first."


class CriteriaScreen(Answer, verdict="passes"):
    """What a screen against the criteria finds."""

    passes: Annotated[bool | None, Fact("Passes", "Null: cannot tell.")]
    failed: Annotated[list[str], Fact("Criteria that fail")]
    not_known: Annotated[list[str], Fact("Criteria not known")]


@question("5 CFR 430.404(a); 5 CFR 1330.404(a)")
def gaps(
    as_of: AsOf,
    *,
    linked_to_goal: Annotated[YesNo | None, Fact("Expectation linked to a goal of the agency")] = None,
    period_start: Annotated[Day | None, Fact("First day of the appraisal period")] = None,
    period_end: Annotated[
        Day | None, Fact("Last day of the appraisal period", "Left out: one year from its first day, less a day.")
    ] = None,
    consulted_on: Annotated[Day | None, Fact("Plan discussed and signed on")] = None,
    measurable: Annotated[YesNo | None, Fact("Expectation can be observed, measured or demonstrated")] = None,
    perspectives: Annotated[
        list[Perspective] | None, Fact("Perspectives in the plan", "Some of results, customers, employees.")
    ] = None,
    assessment_given_on: Annotated[
        Day | None, Fact("Agency head's assessment and guidelines reached raters and the board on")
    ] = None,
    ratings_recommended_on: Annotated[Day | None, Fact("First rating recommended on")] = None,
    oversight_certified: Annotated[
        YesNo | None, Fact("Agency head or designee certified the results of the cycle")
    ] = None,
    subordinates: Annotated[Whole | None, Fact("Subordinates of the executive", unit="people")] = None,
    subordinates_with_plans: Annotated[
        Whole | None, Fact("Subordinates who have performance plans", unit="people")
    ] = None,
    rating: Annotated[RatingLevel | None, Fact("Rating of the executive who supervises them", unit="level")] = None,
    counts: Annotated[list[Whole] | None, Fact("People at levels 1, 2, 3, 4, 5", _LEVELS, "people")] = None,
    average_pay: Annotated[
        list[Change] | None, Fact("Average adjustment and award at levels 1 to 5", _LEVELS, "USD")
    ] = None,
) -> Result[CriteriaScreen]:
    """Which of the nine criteria for certification do these facts speak against?

    The criteria of 5 CFR 430.404(a) held against facts about one plan, one cycle, or its ratings; a screen before a request,
    not a verdict by OPM. `answer` holds the verdict (null: cannot tell), and the keys of the criteria that fail and of
    those the facts say nothing about.
    """
    work = Working(as_of)
    rows = criteria_on(as_of)
    if not rows:
        first = parameters.first_day("certification.criteria.alignment")
        raise FactError(f"as_of: no criteria were in force on {as_of}; the first day is {first}.")
    tests = {
        "alignment": (linked_to_goal, "The expectation is linked to a goal of the agency."),
        "consultation": _consulted(period_start, consulted_on),
        "results": (measurable, "The expectation can be observed, measured or demonstrated."),
        "balance": _balanced(perspectives),
        "assessments_guidelines": _in_order(
            assessment_given_on, ratings_recommended_on, _last_day(period_start, period_end), stated=bool(period_end)
        ),
        "oversight": (oversight_certified, "The agency head or designee certifies the results of the cycle."),
        "accountability": _accountable(subordinates, subordinates_with_plans, rating),
        "performance_differentiation": _spread(counts),
        "pay_differentiation": _paid(counts, average_pay),
    }
    if assessment_given_on and not (period_start or period_end):
        work.caution("The assessment also comes after the appraisal period ends: give the period to have that checked.")
    failed, not_known = [], []
    for key in CRITERIA:
        passed, text = tests[key]
        row = rows[key]
        if passed is None:
            not_known.append(key)
            continue
        work.test(passed, f"Criterion {row['number']}, {str(row['title']).lower()}: {text}", row["citation"], "design")
        failed += [] if passed else [key]
    work.caution(
        "A screen in the package's own words: no number settles criteria 7 to 9, and OPM decides on all of them."
    )
    passes = False if failed else None if not_known else True
    return work.answer(CriteriaScreen(passes, failed, not_known), _says(as_of, failed, not_known))


def _says(as_of: date, failed: list[str], not_known: list[str]) -> str:
    rows = criteria_on(as_of)
    if failed:
        named = "; ".join(f"{rows[key]['number']}, {str(rows[key]['title']).lower()}" for key in failed)
        return f"Speaks against criterion {named}."
    untold = ", ".join(str(rows[key]["number"]) for key in not_known)
    return (
        CannotTell(f"Cannot tell: nothing is known on criterion {untold}.")
        if untold
        else "Nothing speaks against a criterion."
    )


Judged = tuple[bool | None, str]


def _consulted(start: date | None, signed: date | None) -> Judged:
    if start is None or signed is None:
        return None, ""
    when = "after" if signed > start else "not later than"
    return signed <= start, f"The plan is signed on {signed}, {when} the first day of the period, {start}."


def _balanced(perspectives: list[Perspective] | None) -> Judged:
    if perspectives is None:
        return None, ""
    views = [view for view in ("customers", "employees") if view in perspectives]
    named = f"the view of {' and '.join(views)}" if views else "no view of customers or employees"
    return bool(views), f"Beside results the plan measures {named}."


def _last_day(start: date | None, end: date | None) -> date | None:
    if start and end and end < start:
        raise FactError(f"period_end: {end} is before {start}, the first day of the period; check both dates.")
    return end or (not_to_exceed(start, _YEAR) if start else None)


def _in_order(given: date | None, recommended: date | None, ended: date | None, *, stated: bool) -> Judged:
    """The assessment comes after the period ends and before the first rating is recommended."""
    if given and ended and given <= ended:
        when = "which ends on" if stated else "which, a year long, is taken to end on"
        return False, f"The assessment reaches raters and the board on {given}, not after the period, {when} {ended}."
    if given is None or recommended is None:
        return None, ""
    text = f"The assessment reaches raters and the board on {given}; the first rating is recommended on {recommended}."
    return given < recommended, text


def _accountable(people: int | None, with_plans: int | None, rating: int | None) -> Judged:
    if people is None or with_plans is None or rating is None:
        return None, ""
    if with_plans > people:
        raise FactError(f"subordinates_with_plans: {with_plans} is more than the {people} subordinates.")
    text = (
        f"{with_plans} of {people} subordinates have plans; the executive who supervises them is rated level {rating}."
    )
    return with_plans == people or rating <= rating_levels.fully_successful(), text


def _spread(counts: list[int] | None) -> Judged:
    if counts is None:
        return None, ""
    _five("counts", counts)
    total = sum(counts)
    if not total:
        raise FactError("counts: nobody is rated; give the people at each level.")
    most = max(counts)
    outstanding = counts[rating_levels.outstanding() - 1]
    text = f"{outstanding} of {total} are rated outstanding."
    return outstanding < most or counts.count(most) > 1, text


def _paid(counts: list[int] | None, average_pay: list[Decimal] | None) -> Judged:
    if counts is None or average_pay is None:
        return None, ""
    _five("average_pay", average_pay)
    used = [(level, pay) for level, (pay, n) in enumerate(zip(average_pay, counts, strict=True), 1) if n]
    if len(used) == 1:
        return None, ONE_LEVEL
    rising = rises(used)
    return rising, f"Average adjustment and award {'rise' if rising else 'do not rise'} with every level used."


def _five(name: str, given: list[int] | list[Decimal]) -> None:
    if len(given) != rating_levels.outstanding():
        raise FactError(f"{name}: give five numbers, for levels 1 to 5; {len(given)} were given.")
