"""In which items of the plan forms a person is counted, and why in none."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from seskit.law.awards import ELIGIBLE
from seskit.law.report.editions import edition
from seskit.record.agency import Agency, Plan
from seskit.record.roster import Groups, Judged
from seskit.work.report.forms import COLUMNS, LEVELS, base_day, counted_rate, percent_level

#: The items that count people, by what they hold.
ITEMS = ("base_pay", "levels", "appointees", "ratings")
_QUICKEST_FIRST = ("ratings", "appointees", "base_pay", "levels")


class Nowhere(NamedTuple):
    """Why a person is in no item."""

    words: str
    #: Nothing in the row says whether the person was there at all.
    unknown: bool = False


def items(agency: Agency, person: Judged) -> tuple[str, ...]:
    """The items of the person's plan form that count the person, by what they hold."""
    plan = _plan(agency, person)
    if plan is None or person.appointment_type not in COLUMNS:
        return ()
    return tuple(item for item in ITEMS if _counts(item, agency, plan, person))


def _counts(item: str, agency: Agency, plan: Plan, person: Judged) -> bool:
    if item == "base_pay":
        return _in_base(person, plan)
    if item == "levels":
        return person.award is not None and award_unlisted(agency, person) is None
    if person.appointment_type == "presidential" and agency.options.presidential_in_ratings != "career":
        return False
    return person.on_rolls("basic_pay_period_end") if item == "appointees" else person.rating is not None


def nowhere(agency: Agency, person: Judged) -> Nowhere | None:
    """Why nothing counts the person; None for someone who is counted."""
    plan = _plan(agency, person)
    if plan is None:
        return Nowhere("the plan is blank or not in agency.yaml")
    if person.appointment_type not in COLUMNS:
        return Nowhere("the appointment type is not known")
    if any(_counts(item, agency, plan, person) for item in _QUICKEST_FIRST):
        return None
    if person.on_rolls_fy_end is False and person.on_rolls_period_end is False:
        return Nowhere("not on the rolls on either day, as the roster states, and not rated")
    unknown = person.basic_pay_fy_end is None and person.basic_pay_period_end is None
    return Nowhere(_silent(agency, person), unknown=unknown)


def all_nowhere(agency: Agency, groups: Groups) -> dict[tuple[int, Decimal | None], Nowhere]:
    """The same for everybody: the kinds and awards of people nothing counts."""
    uncounted = [number for number, kind in enumerate(groups.kinds) if nowhere(agency, kind)]
    asked = {
        (number, award): nowhere(agency, groups.kinds[number]._replace(award=award))
        for number in uncounted for award in groups.awards[number]
    }  # fmt: skip
    return {one: why for one, why in asked.items() if why}


def _silent(agency: Agency, person: Judged) -> str:
    used = edition(agency.fiscal_year)
    base = used.named("base_pay")
    if person.appointment_type == "presidential" and agency.options.presidential_in_ratings == "exclude":
        left = used.named("appointees", "ratings")
        return f"a Presidential appointee, left out of {left} by the option, and without a rate in {base}"
    if person.award is not None:
        return "not on the rolls at the end of the period and not rated; the award is on no form"
    if person.basic_pay_fy_end is None and person.basic_pay_period_end is None:
        return "both rates are blank, and there is no rating"
    if person.appointment_type not in ELIGIBLE:
        return f"not on the rolls at the end of the period, not rated, and {base} counts career appointees only"
    return f"not on the rolls at the end of the period and not rated, and {base} of the plan's form is blank"


def _plan(agency: Agency, person: Judged) -> Plan | None:
    for plan in agency.plans:
        if plan.id == person.plan:
            return plan
    return None


def _in_base(person: Judged, plan: Plan) -> bool:
    has_base = plan.awards.status != "none" and base_day(plan) is not None
    return has_base and person.appointment_type in ELIGIBLE and person.basic_pay_fy_end is not None


def award_unlisted(agency: Agency, person: Judged) -> str | None:
    """Why a person's award is tallied at no percentage; None where it is, or where there is no award."""
    plan = _plan(agency, person)
    if person.award is None:
        return None
    if plan is None or person.appointment_type not in COLUMNS:
        return "plan or appointment type not known"
    if person.appointment_type not in ELIGIBLE:
        return "a performance award is for career appointees only"
    if plan.awards.status != "paid":
        return "awards of the plan are pending" if plan.awards.status == "pending" else "the plan pays no awards"
    if person.basic_pay_period_end is None:
        return "no rate to measure them against"
    base = counted_rate(person, person.basic_pay_period_end, plan.period_end, agency.certified)
    if percent_level(person.award, base, agency.options.percent_level_rounding) is None:
        return f"outside {LEVELS[0]} to {LEVELS[-1]} percent of the rate"
    return None
