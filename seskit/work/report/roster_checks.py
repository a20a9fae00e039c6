"""What the rules say about each row of a roster, once its cells can be read: every problem with row and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.law import rating_levels
from seskit.law.awards import ELIGIBLE, award_bounds, locality_base_day
from seskit.law.facts import dollars, suggestion
from seskit.law.parameters import figure, recorded
from seskit.law.rate_range import open_range_day, range_maximum
from seskit.record.agency import Agency, Plan
from seskit.record.appraisal.rating_history import Called, called_for, carries_out
from seskit.record.problem import Problem
from seskit.record.roster import Groups, Judged, Person, Roster
from seskit.record.roster.by_number import named
from seskit.record.roster.columns import placed_outside, reasons, took_place
from seskit.work.report import before_final, gone, left_before, stated, unrated
from seskit.work.report.forms import base_day, counted_rate, scheduled_rate

_SUPPLEMENT = ("pay_decreased", "action", "action_date", "removal_reason")
_day_of_rating = attrgetter("plan", "rating_date")
_DAYS = two_ways(
    "`seskit appraisal actions` lists days and notices", "the performance appraisal page lists days and notices"
)
_PAY = "Compare with the pay record; correct the cell, or leave it if the record says so."


class RowFault(NamedTuple):
    """A problem with one cell, before it is tied to a row."""

    column: str
    value: object
    reason: str
    fix: str
    check: str | None = None
    severity: str = "error"
    #: Another cell of the row that may be the wrong one.
    rests_on: str = ""


def problems(agency: Agency, roster: Roster, groups: Groups | None = None) -> list[Problem]:
    """Every problem of every row, those found on reading first; `groups` are the roster's, if already made."""
    plans = {plan.id: plan for plan in agency.plans}
    counted = roster.groups() if groups is None else groups
    noted = _noted(agency, counted, plans)
    found = list(roster.problems)
    if roster.history:
        found += roster.history.against(roster.people, {plan.id: plan.period_end for plan in agency.plans})
    found += before_final.nobody(agency, roster, found)
    days = _judged_days(roster.people, plans)
    kinds = {kind for kind, _ in noted}
    marked = [bool(days) or kind in kinds for kind in range(len(counted.kinds))]
    of = zip(roster.people, counted.of, strict=True)
    for person, kind in compress(of, map(marked.__getitem__, counted.of)):
        alike, day = (kind, person.award), (person.plan, person.rating_date)
        if alike in noted or day in days:
            found += _located(person, (*noted.get(alike, ()), *days.get(day, ())), plans, roster)
    found = before_final.problems(agency, roster, counted, found)
    found += [*gone.problems(roster), *left_before.problems(agency, roster), *unrated.problems(agency, roster, counted)]
    return named(sorted(found, key=lambda problem: problem.row or 0), roster.people)


def _noted(
    agency: Agency, groups: Groups, plans: dict[str, Plan]
) -> dict[tuple[int, Decimal | None], tuple[RowFault, ...]]:
    """What is wrong with people alike, by kind and award: of all with whom anything is, or whose supplement is looked at."""
    below, noted = rating_levels.below(), {}
    of_awards = groups.said_of_awards(lambda person: tuple(_judge_award(person, plans, agency)))
    in_question = {kind for kind, _ in of_awards}
    for number, (kind, awards) in enumerate(zip(groups.kinds, groups.awards, strict=True)):
        given: dict[bool, Decimal | None] = {award is not None: award for award in awards}
        pay = {has: tuple(_judge_pay(kind._replace(award=one), plans, agency)) for has, one in given.items()}
        standing = tuple(_judge_standing(kind, plans))
        looked_at = kind.rating in below or any(fact is not None for fact in kind[-len(_SUPPLEMENT) :])
        if looked_at or standing or any(pay.values()) or number in in_question:
            for award in awards:
                of_award = of_awards.get((number, award), ()) if award is not None else ()
                verdict = (*standing, *of_award, *pay[award is not None])
                if looked_at or verdict:
                    noted[number, award] = verdict
    return noted


def _judged_days(
    people: Iterable[Person], plans: dict[str, Plan]
) -> dict[tuple[str | None, date | None], list[RowFault]]:
    """What is wrong with each day of a final rating, plan by plan; the day is the same for many people."""
    given = set(map(_day_of_rating, people))
    found = {(plan, day): list(_judge_day(day, plans[plan])) for plan, day in given if plan in plans and day}
    return {key: findings for key, findings in found.items() if findings}


def _judge_day(day: date, plan: Plan) -> Iterator[RowFault]:
    awards, period = plan.awards, plan.appraisal_period
    settled = awards.ratings_final_on if awards.status == "none" else awards.determined_on
    if day < period.first:
        reason = f"before the appraisal period, which begins on {period.first}"
        yield RowFault("rating_date", day, reason, "Write the day of this period's final rating.")
    elif day < period.last:
        reason = f"before the appraisal period ends on {period.last}"
        fix = "Correct the date; leave it only if the period was ended early for this person."
        yield RowFault("rating_date", day, reason, fix, severity="warning")
    elif settled and day > settled:
        what = "final ratings were assigned" if awards.status == "none" else "awards were determined"
        reason = f"after the day on which agency.yaml says that {what}, {settled}"
        yield RowFault(
            "rating_date", day, reason, "Correct one of the two: the due date follows from it.", severity="warning"
        )


def _located(
    person: Person, verdict: tuple[RowFault, ...], plans: dict[str, Plan], roster: Roster
) -> Iterator[Problem]:
    plan = plans.get(person.plan or "")
    supplement = _judge_supplement(person, called(person, roster, plan)) if plan else ()
    for finding in (*verdict, *supplement):
        if roster.is_bad(person.row, finding.column) or _rests_on_bad(finding, person.row, roster):
            continue
        yield Problem(
            person.row, finding.column, shown("" if finding.value is None else finding.value), finding.reason, finding.fix,
            "warning" if finding.severity == "warning" else "error", check=finding.check, rests_on=finding.rests_on,
        )  # fmt: skip


def called(person: Person, roster: Roster, plan: Plan) -> Called | None:
    """What the ratings on record call for, where this year's is weak and the years before are known."""
    if person.rating not in rating_levels.below() or roster.history is None:
        return None
    day = person.action_date or person.rating_date or date(plan.period_end.year, 12, 31)
    return called_for(person, roster.history, plan.period_end, day)


def removal_reason(person: Person, found: Called | None) -> str | None:
    """The ground of a removal: the one on the roster or, where that is blank, the one the ratings on record give."""
    if person.removal_reason or not (person.action and placed_outside(person.action)):
        return person.removal_reason
    return found.ground if found and not found.for_counsel else None


def _rests_on_bad(finding: RowFault, row: int, roster: Roster) -> bool:
    """Whether the finding follows only from another cell that could not be read, and has been reported."""
    grounds = {
        "award": ("basic_pay_period_end", "rating", "appointment_type"),
        "removal_reason": ("action",),
        "es_level": ("appointment_type",),
        "basic_pay_fy_end": ("es_level",),
        "basic_pay_period_end": ("es_level",),
    }
    return any(roster.is_bad(at, column) for column in grounds.get(finding.column, ()) for at in (row, 1))


def _judge_standing(person: Judged, plans: dict[str, Plan]) -> Iterator[RowFault]:
    if person.plan is None:
        return
    plan = plans.get(person.plan)
    if plan is None:
        reason = "there is no plan with this id in agency.yaml"
        yield RowFault(
            "plan", person.plan, reason, (suggestion(person.plan, plans) or f"Plans are {', '.join(plans)}.").strip()
        )
    elif person.rating is not None and person.rating not in plan.levels:
        levels = ", ".join(str(level) for level in plan.levels)
        reason = f"pattern {plan.pattern} has no level {person.rating}"
        yield RowFault("rating", person.rating, reason, f"Its levels are {levels}.", "R11", rests_on="plan")


def _judge_pay(person: Judged, plans: dict[str, Plan], agency: Agency) -> Iterator[RowFault]:
    """What is wrong with the rates and with what is stated of them; of an award it matters only whether there is one."""
    if (plan := plans.get(person.plan or "")) is None:
        return
    yield from _judge_rates(person, plan, agency)
    for column, value, reason, fix, severity in stated.findings(person, plan, agency):
        yield RowFault(column, value, reason, fix, None, severity)


def _judge_award(person: Judged, plans: dict[str, Plan], agency: Agency) -> Iterator[RowFault]:
    plan = plans.get(person.plan or "")
    if plan is None or person.award is None:
        return
    award, rate, rate_column = person.award, person.basic_pay_period_end, "basic_pay_period_end"
    clear = "Clear the award, or correct the cell it rests on."
    if plan.awards.status == "none":
        yield RowFault(
            "award",
            award,
            f"agency.yaml says plan '{plan.id}' paid no awards",
            "Clear the award, or correct the status.",
            "R13",
        )
    elif person.appointment_type not in ELIGIBLE:
        kind = (person.appointment_type or "unknown").replace("_", " ")
        yield RowFault(
            "award",
            award,
            f"a {kind} appointee cannot receive a performance award",
            clear,
            "R16",
            rests_on="appointment_type",
        )
    elif person.rating is None:
        yield RowFault(
            "award",
            award,
            "there is no rating for the period that would allow an award",
            clear,
            "R08",
            rests_on="rating",
        )
    elif person.rating < int(figure("awards.individual.lowest_rating", plan.period_end).value):
        yield RowFault(
            "award", award, f"rated {person.rating}, below fully successful", clear, "R08", rests_on="rating"
        )
    elif rate is None and person.on_rolls_period_end is False:
        reason = "an award needs a career appointee on the last day of the period, but this one was not on the rolls, as stated"
        yield RowFault("award", award, reason, clear, "R06", rests_on="on_rolls_period_end")
    elif rate is None:
        reason = "there is no rate on the last day of the period to measure it against"
        fix = "Fill in basic_pay_period_end, or clear the award if the person was not on the rolls that day."
        yield RowFault("award", award, reason, fix, "R06", rests_on=rate_column)
    else:
        yield from _judge_amount(person, award, rate, plan, agency)


def _judge_amount(person: Judged, award: Decimal, rate: Decimal, plan: Plan, agency: Agency) -> Iterator[RowFault]:
    base = counted_rate(person, rate, plan.period_end, agency.certified)
    least, most = award_bounds(base, plan.period_end)
    if award < least:
        reason = f"under {_share('minimum', plan.period_end)} percent of {dollars(base)} ({dollars(least)})"
        yield RowFault(
            "award",
            award,
            reason,
            f"Pay at least {dollars(least)}, or no award.",
            "R06",
            rests_on="basic_pay_period_end",
        )
    elif award > most:
        reason = f"over {_share('maximum', plan.period_end)} percent of {dollars(base)} ({dollars(most)})"
        yield RowFault("award", award, reason, f"Pay at most {dollars(most)}.", "R06", rests_on="basic_pay_period_end")


def _share(end: str, on: date) -> Decimal:
    return Decimal(figure(f"awards.individual.{end}_share", on).value)


def _judge_rates(person: Judged, plan: Plan, agency: Agency) -> Iterator[RowFault]:
    on = base_day(plan)
    if (
        on is not None and on < open_range_day() and person.basic_pay_fy_end is not None
        and person.appointment_type == "career" and person.es_level is None
    ):  # fmt: skip
        reason = f"needed for a career appointee on {on}, when there were six ES rates"
        yield RowFault("es_level", None, reason, "Write the ES level, 1 to 6.", "R19", rests_on="basic_pay_fy_end")
    found: dict[tuple[Decimal, str], list[str]] = {}
    for column, day in (("basic_pay_fy_end", on), ("basic_pay_period_end", plan.period_end)):
        rate = getattr(person, column)
        if rate is not None and day is not None and (off := _off(person, rate, day, agency.certified)):
            if column == "basic_pay_fy_end" and day == locality_base_day() and rate > (_scheduled(person, day) or rate):
                continue  # with locality pay, as the base of that day is by law
            found.setdefault((rate, off), []).append(column)
    for (rate, off), (column, *same) in found.items():
        also = f"; {same[0]} has the same rate" if same else ""
        yield RowFault(column, rate, f"{off}{also}", _PAY, "R19", "warning", rests_on=same[0] if same else "")


def _scheduled(person: Judged, on: date) -> Decimal | None:
    return scheduled_rate(person.es_level, on) if person.es_level else None


def _off(person: Judged, rate: Decimal, on: date, certified: bool | None) -> str | None:
    """How a rate differs from the schedule of its day, if it does."""
    if on < open_range_day():
        return _off_schedule(person.es_level, rate, on)
    return None if person.appointment_type == "presidential" else _outside_range(rate, on, certified)


@cache
def _off_schedule(level: int | None, rate: Decimal, on: date) -> str | None:
    if level is None:
        return None
    scheduled = scheduled_rate(level, on)
    if scheduled is None or scheduled == rate:
        return None
    return f"not the ES-{level} rate on {on}, which is {dollars(scheduled)}"


@cache
def _outside_range(rate: Decimal, on: date, certified: bool | None) -> str | None:
    least = recorded("pay_setting.ses_range.minimum", on)
    if least is None:
        return None
    if rate < least.value:
        return f"below the SES minimum on {on}, which is {dollars(least.value)}"
    highest = range_maximum(on, certified)
    if rate > highest:
        return f"above the SES maximum on {on}, which is {dollars(highest)}"
    return None


def _judge_supplement(person: Person, found: Called | None) -> Iterator[RowFault]:
    if person.rating not in rating_levels.below():
        for column in _SUPPLEMENT:
            value = getattr(person, column)
            if value is not None and person.rating is not None:
                shown_value = {True: "yes", False: "no"}.get(value, value)
                reason = "used only for ratings 1 and 2; it will not be reported"
                yield RowFault(
                    column, shown_value, reason, "Clear the cell, or check the rating.", None, "warning", "rating"
                )
        return
    below = f"needed for the supplementary form, because the rating is {person.rating}"
    if person.name is None:
        yield RowFault("name", None, below, "Write the person's name.", "R12", rests_on="rating")
    if person.rating_date is None:
        yield RowFault("rating_date", None, below, "Write the date of the final rating.", "R12", rests_on="rating")
    if person.pay_decreased is None:
        yield RowFault(
            "pay_decreased",
            None,
            below,
            "Write yes or no: was pay decreased because of the rating?",
            "R12",
            rests_on="rating",
        )
    if person.action is None:
        yield RowFault("action", None, below, "Write the action taken, or 'none yet'.", "R12", rests_on="rating")
    if person.action and person.action_date is None and took_place(person.action):
        needed = "needed for the supplementary form, which asks for the action and its effective date"
        fix = "Write the day the action took effect or, if it has not been taken, 'none yet' as the action."
        yield RowFault("action_date", None, needed, fix, "R12", rests_on="action")
    if person.action_date and person.rating_date and person.action_date < person.rating_date:
        reason = f"before the final rating on {person.rating_date}"
        yield RowFault("action_date", person.action_date, reason, "Check both dates.", "R20", "warning", "rating_date")
    if found and found.says and person.action and not carries_out(person.action, found.duty):
        fix = f"Write the action once it is taken; {_DAYS}."
        yield RowFault("action", person.action, found.says, fix, "R12", "warning")
    yield from _judge_removal(person, found)


def _judge_removal(person: Person, found: Called | None) -> Iterator[RowFault]:
    removed = placed_outside(person.action) if person.action else False
    reason = person.removal_reason
    if removed and reason is None and (ground := removal_reason(person, found)):
        why = f"blank; the ratings on record give {ground}, and the form says so"
        yield RowFault("removal_reason", None, why, "Check whether the removal rests on it.", "R12", "warning")
    elif removed and reason is None:
        yield RowFault(
            "removal_reason",
            None,
            "needed when the person is placed outside the SES",
            "Write which rule it rests on, or which two.",
            "R12",
            rests_on="action",
        )
    elif set(reasons(reason)) - {"two_less_than_fully_successful"} and person.rating != rating_levels.unsatisfactory():
        why = f"an unsatisfactory rating cannot be the reason when the rating is {person.rating}"
        yield RowFault(
            "removal_reason",
            reason,
            why,
            "With a rating of 2 only two_less_than_fully_successful can fit.",
            "R12",
            rests_on="rating",
        )
    elif reason and found and not found.for_counsel and set(reasons(reason)) - found.grounds:
        borne_out = ", ".join(sorted(found.grounds)) or "no ground for a removal"
        why = f"the ratings on roster and history bear out {borne_out}"
        yield RowFault(
            "removal_reason", reason, why, "Correct the reason, or the rating that is wrong.", "R12", rests_on="rating"
        )
    elif reason and removed is False:
        yield RowFault(
            "removal_reason",
            reason,
            "given, but the action is not a removal from the SES",
            "Clear it, or correct the action.",
            "R12",
            "warning",
            "action",
        )
