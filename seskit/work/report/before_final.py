"""What no single cell shows, and what a form must not be final with: an error until it is corrected or confirmed.

A confirmation is a reason in writing under `confirmed` in agency.yaml; the finding then stays as a warning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import compress
from operator import attrgetter
from typing import Literal, NamedTuple

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.law.awards import locality_base_day
from seskit.law.facts import dollars
from seskit.law.rate_range import open_range_day, range_maximum
from seskit.law.report.editions import edition
from seskit.record import agency_text
from seskit.record.agency import FILE, Agency
from seskit.record.problem import Problem, say_under
from seskit.record.roster import Groups, Judged, Roster
from seskit.record.roster.heading_times import of_agency
from seskit.work.report import open_headings, plan_dates, same_names
from seskit.work.report.counted import all_nowhere
from seskit.work.report.forms import base_day, scheduled_rate

_FEWEST = 2
_ONE_IN = 10
_MOST_ROWS = 20
_NOWHERE = "counted in no item of any form"
_FIX = (
    "Write the rate or the rating. If the person was not on the rolls, write no in on_rolls_fy_end and "
    "on_rolls_period_end, or remove the row."
)
_RATES = ("basic_pay_fy_end", "basic_pay_period_end")
_NOBODY, _DATED, _ABOVE = map(say_under, ("no_executives", "rating_dates", "rates_above_schedule"))
_rated = attrgetter("plan", "rating", "rating_date")


def problems(agency: Agency, roster: Roster, groups: Groups, found: Sequence[Problem]) -> list[Problem]:
    """The problems found row by row, with those of the whole roster; one finding takes the place of many alike.

    `groups` holds how many people are alike in all that the report looks at (`Roster.groups`).
    """
    kept = list(found)
    for column in _RATES:
        if together := _rates_together(agency, groups, column):
            kept = [one for one in kept if not (one.column == column and one.check == "R19" and one.row)]
            kept.append(together)
    kept += (dated := list(_dated_elsewhere(agency, roster)))
    if dated:
        kept = [one for one in kept if not (one.row and one.column == "rating_date" and one.severity == "warning")]
    kept += [
        *_two_rates(agency, roster, groups),
        *_without_locality(agency, groups),
        *_nobody_at_end(agency, roster, groups),
    ]
    of_agency = [*_untouched(agency), *plan_dates.problems(agency), *open_headings.problems(agency, roster)]
    return [*of_agency, *kept, *_uncounted(agency, roster, groups), *same_names.problems(agency, roster)]


def _two_rates(agency: Agency, roster: Roster, groups: Groups) -> Iterator[Problem]:
    """Whoever has two rates for one day: one of the columns is of another day than the form takes it for.

    Not of the day whose base includes locality pay: an award is a share of the rate without it.
    """
    one_day = {
        plan.id: plan.period_end for plan in agency.plans if base_day(plan) == plan.period_end != locality_base_day()
    }
    differ = [_differ(kind) and kind.plan in one_day for kind in groups.kinds]
    for person in compress(roster.people, map(differ.__getitem__, groups.of)):
        end, on = dollars(person.basic_pay_period_end or 0), long_date(one_day[person.plan or ""])
        reason = f"is not the rate of basic_pay_period_end, {end}, and both are for {on}"
        yield Problem(
            person.row, _RATES[0], str(person.basic_pay_fy_end), reason, "Write the rate of that day into both cells."
        )


def _differ(one: Judged) -> bool:
    base, end = one.basic_pay_fy_end, one.basic_pay_period_end
    return base is not None and end is not None and base != end


def _nobody_at_end(agency: Agency, roster: Roster, groups: Groups) -> Iterator[Problem]:
    """A plan whose people are rated and of whom none is on the rolls at the end of the period, without any row that says so."""
    if _RATES[1] not in [column for _, column in roster.headings]:
        return  # which is a problem of its own
    item = edition(agency.fiscal_year).named("appointees")
    for plan in agency.plans:
        those = [(one, count) for one, count in groups.counted if one.plan == plan.id]
        rated = sum(count for one, count in those if one.rating is not None)
        told = any(one.on_rolls_period_end is not None or one.basic_pay_period_end is not None for one, _ in those)
        if rated and not told:
            many = number_of(rated, "person is", "people are")
            reason = f"{many} rated in plan '{plan.id}', and no row says who was on the rolls on {long_date(plan.period_end)}: {item} would count nobody"
            fix = "Bring the rate of that day for each executive, or write yes or no in on_rolls_period_end."
            yield Problem(None, _RATES[1], "", reason, fix, check="R10")


def nobody(agency: Agency, roster: Roster, found: Sequence[Problem]) -> Iterator[Problem]:
    """A roster without anybody, unless the agency says that it had no executives; and one with people where it does."""
    confirmed = agency.confirmed.no_executives
    if roster.people and confirmed:
        reason = f"says that there are no executives, but {number_of(len(roster.people), 'person is', 'people are')} on the roster"
        fix = "Remove the entry, or bring the roster of this agency and year."
        yield Problem(None, "confirmed.no_executives", "", reason, fix, file=FILE)
    elif not roster.people and not any(one.severity == "error" for one in found):
        fix = (
            "Fill in one row for each executive, below the header. Where the agency had no executives in the year, say "
            f"so in a few words {_NOBODY}."
        )
        yield _open(Problem(None, None, "", "nobody is in it", fix, key="nobody"), confirmed)


def _dated_elsewhere(agency: Agency, roster: Roster) -> Iterator[Problem]:
    """One finding where the roster looks like that of another year: most ratings are dated before the period ends or more than
    a year after, or the lines above the table name another fiscal year.
    """
    ends: dict[str | None, date] = {plan.id: plan.period_end for plan in agency.plans}
    days = Counter[tuple[date, date]]()
    for (plan, rating, day), count in Counter(map(_rated, roster.people)).items():
        if rating is not None and day is not None and plan in ends:
            days[day, ends[plan]] += count
    sides = (
        ("before the appraisal period ends on", {each: n for each, n in days.items() if each[0] < each[1]}),
        (
            "more than a year after the appraisal period ended on",
            {each: n for each, n in days.items() if each[0] > each[1] + plan_dates.YEAR},
        ),
    )
    for when, those in sides:
        many, of = sum(those.values()), days.total()
        if many >= _FEWEST and 2 * many > of:
            listed = " and ".join(map(str, sorted({end for _, end in those})))
            reason = f"{many} of {of} ratings are dated {when} {listed}: this looks like the roster of another year"
            fix = f"Bring the roster of this year, or correct the dates. If they are right, say why {_DATED}."
            problem = Problem(None, "rating_date", "", reason, fix, key="rating dates")
            yield _open(problem, agency.confirmed.rating_dates)
            return
    if roster.years_above and not roster.years_above & of_agency(agency).years:
        reason = f"the lines above the table name fiscal year {max(roster.years_above)}, and the report is for {agency.fiscal_year}: this looks like the roster of another year"
        fix = f"Bring the roster of this year, or correct the line. If the roster is right, say why {_DATED}."
        yield _open(Problem(None, "rating_date", "", reason, fix, key="rating dates"), agency.confirmed.rating_dates)


def _untouched(agency: Agency) -> Iterator[Problem]:
    left = [
        key
        for key, given, blank in (("code", agency.code, agency_text.CODE), ("name", agency.name, agency_text.NAME))
        if given == blank
    ]
    if left:
        reason = f"is the {' and '.join(left)} of the blank agency.yaml, which describes an invented agency"
        fix = "Write your own agency's code, name, plans and dates."
        yield Problem(None, left[0], str(getattr(agency, left[0])), reason, fix, file=FILE)


class _Compared(NamedTuple):
    rate: Decimal
    highest: Decimal


def _rates_together(agency: Agency, groups: Groups, column: str) -> Problem | None:
    """One finding where (nearly) all career rates of a day lie above the schedule."""
    days: dict[str | None, date | None] = {
        plan.id: base_day(plan) if column == "basic_pay_fy_end" else plan.period_end for plan in agency.plans
    }
    rates: Counter[_Compared] = Counter()
    for one, count in _compared(groups, column, days, agency.certified):
        rates[one] += count
    total = sum(rates.values())
    above = Counter({one: count for one, count in rates.items() if one.rate > one.highest})
    if total < _FEWEST or sum(above.values()) * _ONE_IN < total * (_ONE_IN - 1):
        return None
    given = Counter[Decimal]()
    for one, count in above.items():
        given[one.rate] += count
    reason = (
        f"{sum(above.values())} of {total} rates of career appointees are above the scheduled rate of basic pay"
        f"{_alike(given)}: they look like rates with locality pay, and the forms take basic pay without it"
    )
    fix = f"Write the scheduled rates without locality pay; if these are right, say why {_ABOVE}."
    return _open(
        Problem(None, column, "", reason, fix, check="R19", key="rates above schedule"),
        agency.confirmed.rates_above_schedule,
    )


def _without_locality(agency: Agency, groups: Groups) -> Iterator[Problem]:
    """Rates of the one day whose base includes locality pay that are exactly the scheduled rates, which are without it."""
    day = locality_base_day()
    plans = {plan.id for plan in agency.plans if base_day(plan) == day}
    career = [
        (person.es_level, person.basic_pay_fy_end, count)
        for person, count in groups.counted
        if plans
        and person.plan in plans
        and person.appointment_type == "career"
        and person.basic_pay_fy_end is not None
    ]
    bare = sum(count for level, rate, count in career if level and scheduled_rate(level, day) == rate)
    if bare:
        many = sum(count for *_, count in career)
        reason = (
            f"{bare} of {many} rates of career appointees are the scheduled rates without locality pay, and the base of "
            f"{long_date(day)} includes locality pay and law-enforcement adjustments (5 CFR 534.405(b)(2)): the award pool may be larger"
        )
        fix = "Write the rates with them, or leave a rate where no locality pay was due."
        yield Problem(None, "basic_pay_fy_end", "", reason, fix, "warning", check="R19")


def _compared(
    groups: Groups, column: str, days: dict[str | None, date | None], certified: bool | None
) -> Iterator[tuple[_Compared, int]]:
    for person, count in groups.counted:
        rate: Decimal | None = getattr(person, column)
        day = days.get(person.plan)
        if rate is None or day is None or day == locality_base_day() or person.appointment_type != "career":
            continue
        if day >= open_range_day():
            yield _Compared(rate, range_maximum(day, certified)), count
        elif person.es_level and (scheduled := scheduled_rate(person.es_level, day)) is not None:
            yield _Compared(rate, scheduled), count


def _alike(given: Counter[Decimal]) -> str:
    rate, count = given.most_common(1)[0]
    return f" ({count} of them {dollars(rate)})" if count > 1 else ""


def _uncounted(agency: Agency, roster: Roster, groups: Groups) -> Iterator[Problem]:
    """Rows that no form counts and that do not say whether the person was on the rolls on either day."""
    unknown = {one: reason.words for one, reason in all_nowhere(agency, groups).items() if reason.unknown}
    if not unknown:
        return
    of = zip(roster.people, groups.of, strict=True)
    alike = ((person.row, (kind, person.award)) for person, kind in of)
    rows = [(row, unknown[one]) for row, one in alike if one in unknown]
    for row, why in rows[:_MOST_ROWS]:
        problem = Problem(row, "basic_pay_period_end", "", f"{_NOWHERE}: {why}", _FIX, key="counted nowhere")
        yield _open(problem, agency.confirmed.counted_nowhere)
    if len(rows) > _MOST_ROWS:
        more = f"{len(rows) - _MOST_ROWS} more rows: {_NOWHERE}"
        yield _open(
            Problem(None, "basic_pay_period_end", "", more, _FIX, key="counted nowhere"),
            agency.confirmed.counted_nowhere,
        )


def _open(problem: Problem, confirmed: str | None) -> Problem:
    """The finding as an error, or as a warning with the reason given for it."""
    severity: Literal["error", "warning"] = "warning" if confirmed else "error"
    return replace(
        problem, fix=f"Confirmed in agency.yaml: {confirmed}" if confirmed else problem.fix, severity=severity
    )
