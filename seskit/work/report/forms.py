"""The forms as numbers: one tally per plan and group of people, and the form that follows from it.

An aggregate is the sum of its plans' tallies, and an Inspector General form is the sum of their Inspector General
parts, so that neither can disagree with the plans.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, TypeVar

from seskit.law import parameters, rating_levels
from seskit.law.awards import ELIGIBLE, pool, pool_shares
from seskit.law.rate_range import range_maximum
from seskit.law.report.box_formulas import BoxFormula
from seskit.law.report.dates import base_pay_day, month_start
from seskit.law.report.editions import Edition, edition
from seskit.record.agency import PATTERNS, Agency, Options, Plan
from seskit.record.roster import Groups, Judged

LEVELS = range(5, 21)
COLUMNS = {"career": "career", "presidential": "career", "noncareer": "noncareer",
           "limited_term": "limited", "limited_emergency": "limited"}  # fmt: skip
APPOINTEES = ("career", "noncareer", "limited")
Counted = TypeVar("Counted")
ROW_ORDER = ("1", "2", "3", "4", "5", "6", "range", "presidential")


@dataclass(frozen=True)
class PayRow:
    """A row of the base pay: how many, at which rate (None where rates differ), together."""

    number: int
    base_pay: Decimal | None
    total: Decimal


@dataclass(frozen=True)
class Form:
    """One Form 1558 or 1558A, every item; None is a box left blank."""

    edition: Edition
    form: str
    scope: str
    plan: str | None
    pattern: str
    due_date: date | None
    agency: str
    period: tuple[date, date] | None
    paid_in: str | None
    pay_as_of: date | None
    pay_rows: dict[str, PayRow] | None
    pool: Decimal | None
    paid_percent: Decimal | None
    paid_amount: Decimal | None
    levels: dict[int, int] | None
    awards_number: int | None
    awards_percent: Decimal | None
    appointees: dict[str, int]
    ratings: dict[int, dict[str, int]]
    footnotes: tuple[str, ...]
    #: Why an item is blank, by what it holds.
    blanks: dict[str, str]

    @property
    def highest(self) -> int:
        """The highest rating the pattern allows: where the ratings have their X."""
        return max(PATTERNS[self.pattern])

    @property
    def aggregate(self) -> PayRow | None:
        """The AGGREGATE row of the base pay."""
        if self.pay_rows is None:
            return None
        rows = self.pay_rows.values()
        return PayRow(sum(row.number for row in rows), None, sum((row.total for row in rows), Decimal(0)))

    @property
    def rating_totals(self) -> dict[str, int]:
        """The TOTAL row of the ratings."""
        return {column: sum(row[column] for row in self.ratings.values()) for column in APPOINTEES}

    def added(self, formula: BoxFormula) -> Decimal | int | None:
        """What the formula of an added item comes to; None where a box it is made of is blank."""
        return formula.value(lambda box: self._number(*box.split(".")))

    def _number(self, item: str, place: str = "", column: str = "") -> Decimal | int | None:
        if item == "appointees":
            return self.appointees[place]
        if item == "rated":
            return (self.rating_totals if place == "total" else self.ratings[int(place)])[column]
        if item == "levels" and self.levels is not None:
            return sum(self.levels.values()) if place == "total" else self.levels[int(place)]
        if item == "base_pay" and self.aggregate is not None:
            return self.aggregate.number if place == "number" else self.aggregate.total
        return {"pool": self.pool, "paid": self.paid_amount, "awards": self.awards_number}.get(item)

    @property
    def key(self) -> str:
        """A short name that no other form of the package has."""
        return "-".join(part for part in (self.scope, self.plan or self.pattern) if part)

    @property
    def title(self) -> str:
        """What the form is, in words."""
        if self.scope == "plan":
            return f"Form {self.form}, plan {self.plan}"
        if self.scope == "aggregate":
            return f"Form {self.form}, aggregate of pattern {self.pattern}"
        return f"Form {self.form}, Inspector General offices, pattern {self.pattern}"


@dataclass
class Tally:
    """What is counted over a group of people, before any box is filled."""

    pay: Counter[tuple[str, Decimal]] = field(default_factory=Counter)
    amount: Decimal = Decimal(0)
    awards: Counter[tuple[Decimal, Decimal]] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    ratings: Counter[tuple[int, str]] = field(default_factory=Counter)
    #: Presidential appointees whose rate counts only as far as the highest SES rate: their rate, and that one.
    limited: Counter[tuple[Decimal, Decimal]] = field(default_factory=Counter)

    def __add__(self, other: Tally) -> Tally:
        """Two groups together."""
        return Tally(
            _sum(self.pay, other.pay), self.amount + other.amount, _sum(self.awards, other.awards),
            _sum(self.heads, other.heads), _sum(self.ratings, other.ratings), _sum(self.limited, other.limited),
        )  # fmt: skip


def _sum(one: Counter[Counted], other: Counter[Counted]) -> Counter[Counted]:
    """Both counts together; most have nobody in one of the two."""
    return one + other if one and other else one or other


def tally(agency: Agency, groups: Groups) -> dict[tuple[str, bool], Tally]:
    """Count everyone (`Roster.groups`), apart by plan and by whether they serve in an Inspector General office.

    Awards count only of those who may have a performance award: noncareer and limited appointees are among appointees and
    ratings alone (OPM instructions for the FY 2002 report; 5 U.S.C. 5384(a)(1)).
    """
    plans = {plan.id: plan for plan in agency.plans}
    bases = {plan.id: base_day(plan) for plan in agency.plans}
    found = {(plan.id, ig): Tally() for plan in agency.plans for ig in (False, True)}
    for person, count in groups.counted:
        if person.plan in plans and person.appointment_type in COLUMNS:
            counted = found[person.plan or "", bool(person.ig_office)]
            _count(counted, person, count, bases[person.plan or ""], agency.certified)
    for _, person, amounts in groups.with_awards():
        if person.plan in plans and person.appointment_type in ELIGIBLE:
            counted = found[person.plan or "", bool(person.ig_office)]
            _count_awards(counted, person, amounts, plans[person.plan or ""], agency.certified)
    return found


def _count(counted: Tally, person: Judged, count: int, base: date | None, certified: bool | None) -> None:
    kind, rate = person.appointment_type or "", person.basic_pay_fy_end
    if kind in ELIGIBLE and rate is not None:
        row = pay_row(person, base, certified)
        counted.pay[row] += count
        if row[1] != rate:
            counted.limited[rate, row[1]] += count
    if person.on_rolls("basic_pay_period_end"):
        counted.heads[kind] += count
    if person.rating is not None:
        counted.ratings[person.rating, kind] += count


def _count_awards(
    counted: Tally, person: Judged, amounts: Mapping[Decimal, int], plan: Plan, certified: bool | None
) -> None:
    rate = person.basic_pay_period_end
    measured = Decimal(0) if rate is None else counted_rate(person, rate, plan.period_end, certified)
    for amount, count in amounts.items():
        counted.amount += amount * count
        counted.awards[amount, measured] += count


def base_day(plan: Plan) -> date | None:
    """The day of a plan's base pay; None while the month of payment is not known."""
    return base_pay_day(plan.awards.paid_in) if plan.awards.paid_in else None


def pay_row(person: Judged, on: date | None, certified: bool | None) -> tuple[str, Decimal]:
    """The row of the base pay a person with a rate stands in, and the rate counted there."""
    rate = person.basic_pay_fy_end or Decimal(0)
    if person.appointment_type == "presidential":
        return "presidential", counted_rate(person, rate, on, certified)
    return (str(person.es_level) if person.es_level else "range"), rate


def counted_rate(person: Judged, rate: Decimal, on: date | None, certified: bool | None) -> Decimal:
    """The rate that counts: a Presidential appointee's up to the highest SES rate, unless full SES pay was kept."""
    if person.appointment_type != "presidential" or person.ses_pay_kept or on is None:
        return rate
    return min(rate, range_maximum(on, certified))


@lru_cache(maxsize=1 << 18)
def percent_level(award: Decimal, base: Decimal, rounding: str) -> int | None:
    """The whole percentage an award is tallied at; None outside the percentages of the item, which is never rounded in."""
    if not base or not LEVELS[0] * base <= 100 * award <= LEVELS[-1] * base:
        return None
    if rounding == "truncate":
        return int(100 * award // base)
    return int((100 * award / base).quantize(Decimal(1), ROUND_HALF_UP))


def form(
    agency: Agency,
    scope: str,
    pattern: str,
    plans: list[Plan],
    tallies: dict[str, Tally],
    due: date | None,
    notes: Iterable[str],
) -> Form:
    """Fill one form from the tallies of its plans."""
    options, used = agency.options, edition(agency.fiscal_year)
    counted = sum(tallies.values(), Tally())
    paying = [plan for plan in plans if plan.awards.status != "none"]
    paid = sum((tallies[plan.id] for plan in paying), Tally())
    pending = any(plan.awards.status == "pending" for plan in plans)
    based = [plan for plan in paying if plan.awards.paid_in]
    pay_as_of = _common([base_day(plan) for plan in based])
    rows = _pay_rows(paid.pay, one_day=pay_as_of is not None) if based else None
    nobody = based and not rows and not paid.amount and not agency.confirmed.no_executives
    rows = None if nobody else rows
    average = bool(based) and all(plan.pool_basis == "average" for plan in based)
    amount = None if pending or not paying or nobody else paid.amount
    levels = None if amount is None else _levels(paid.awards, options)
    heads, ratings = _heads(counted, options), _ratings(counted, options)
    aggregate = (
        PayRow(sum(r.number for r in rows.values()), None, sum((r.total for r in rows.values()), Decimal(0)))
        if rows is not None
        else None
    )
    number = None if levels is None else sum(levels.values())
    return Form(
        edition=used,
        form="1558A" if average else "1558",
        scope=scope,
        plan=plans[0].id if scope == "plan" else None,
        pattern=pattern,
        due_date=due,
        agency=_heading(agency, scope, pattern),
        period=_common([(p.appraisal_period.first, p.appraisal_period.last) for p in plans]),
        paid_in=_common([p.awards.paid_in for p in paying]),
        pay_as_of=None if nobody else pay_as_of,
        pay_rows=rows,
        pool=None if rows is None else form_pool(rows, _paid_on(based), average, options),
        paid_percent=None if amount is None else _percent(amount, aggregate.total if aggregate else Decimal(0), "0.01"),
        paid_amount=None if amount is None else amount.quantize(Decimal("0.01")),
        levels=levels,
        awards_number=number,
        awards_percent=None
        if number is None
        else _percent(number, _denominator(heads, ratings, aggregate, options), "0.1"),
        appointees=heads,
        ratings=ratings,
        footnotes=tuple(notes),
        blanks=_blanks(used, paying, pending, bool(based), bool(nobody)),
    )


def form_pool(rows: dict[str, PayRow], paid_on: date, average: bool, options: Options) -> Decimal:
    """The award pool, rounded down to the cent."""
    share, average_share = pool_shares(paid_on)
    number, total = sum(row.number for row in rows.values()), sum((row.total for row in rows.values()), Decimal(0))
    if not average:
        return pool(total, number, share)
    return pool(total, number, average_share, of_average=options.form_1558a_pool == "average")


def _paid_on(plans: list[Plan]) -> date:
    return max(month_start(plan.awards.paid_in) for plan in plans if plan.awards.paid_in)


def _pay_rows(pay: Counter[tuple[str, Decimal]], *, one_day: bool) -> dict[str, PayRow]:
    rows = {}
    for name in ROW_ORDER:
        rates = {rate: count for (row, rate), count in pay.items() if row == name}
        if rates:
            total = sum((rate * count for rate, count in rates.items()), Decimal(0))
            same = next(iter(rates)) if one_day and len(rates) == 1 else None
            rows[name] = PayRow(sum(rates.values()), same, total)
    return rows


def _levels(awards: Counter[tuple[Decimal, Decimal]], options: Options) -> dict[int, int]:
    found = dict.fromkeys(LEVELS, 0)
    for (award, base), count in awards.items():
        level = percent_level(award, base, options.percent_level_rounding)
        if level is not None:
            found[level] += count
    return found


def _heads(counted: Tally, options: Options) -> dict[str, int]:
    found = dict.fromkeys(APPOINTEES, 0)
    for kind, count in counted.heads.items():
        if kind != "presidential" or options.presidential_in_ratings == "career":
            found[COLUMNS[kind]] += count
    return found


def _ratings(counted: Tally, options: Options) -> dict[int, dict[str, int]]:
    found = {level: dict.fromkeys(APPOINTEES, 0) for level in rating_levels.LEVELS}
    for (level, kind), count in counted.ratings.items():
        if kind != "presidential" or options.presidential_in_ratings == "career":
            found[level][COLUMNS[kind]] += count
    return found


def _denominator(
    heads: dict[str, int], ratings: dict[int, dict[str, int]], aggregate: PayRow | None, options: Options
) -> int:
    if options.item_8_denominator == "item_4_number":
        return aggregate.number if aggregate else 0
    if options.item_8_denominator == "item_10_career":
        return sum(row["career"] for row in ratings.values())
    return heads["career"]


def _percent(part: Decimal | int, whole: Decimal | int, places: str) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal(places), ROUND_HALF_UP)


def _common(values: list[Any]) -> Any:
    """The one value all share, otherwise None."""
    return values[0] if values and all(value == values[0] for value in values) else None


def _heading(agency: Agency, scope: str, pattern: str) -> str:
    if scope == "aggregate":
        return f"{agency.name} (aggregate of all plans with rating pattern {pattern})"
    if scope == "ig":
        return f"{agency.name}, Office of Inspector General (rating pattern {pattern})"
    return agency.name


#: The items that are blank where no awards are paid: those before the month of payment is known, and those of the awards.
_BASE, _AWARDS = ("base_pay", "pool"), ("paid", "levels", "awards")
WITHOUT_AWARDS = ("paid_in", *_BASE, *_AWARDS)


def _blanks(used: Edition, paying: list[Plan], pending: bool, based: bool, nobody: bool) -> dict[str, str]:
    if not paying:
        return dict.fromkeys(WITHOUT_AWARDS, "No awards are paid: the instructions leave the box blank, not zero.")
    if nobody:
        none = f"No career appointee has a rate on the day of {used.named('base_pay')}: blank, not zero."
        return dict.fromkeys((*_BASE, *_AWARDS), none)
    waiting = "Awards are pending: the box is filled when they are determined."
    found = dict.fromkeys(_AWARDS, waiting) if pending else {}
    return found | (dict.fromkeys(("paid_in", *_BASE), "The month of payment is not known yet.") if not based else {})


def scheduled_rate(level: int, on: date) -> Decimal | None:
    """The scheduled ES rate of a level, or None outside the years of the six rates."""
    found = parameters.recorded(f"pay_setting.es_rates.level_{level}", on)
    return Decimal(found.value) if found else None
