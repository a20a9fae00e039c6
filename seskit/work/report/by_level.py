"""Awards and pay adjustments of the career executives at each rating level of a plan.

The forms count people and awards apart. What OPM publishes by level needs both together, so it is added up here and
kept in `forms.json` beside the forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from seskit.law.awards import ELIGIBLE
from seskit.record.agency import PATTERNS, Agency
from seskit.record.roster import Groups, Roster
from seskit.record.roster.pay_changes import Changes


@dataclass(frozen=True)
class LevelPay:
    """The career executives of a plan at a level: how many have an award, and how many a known change of pay."""

    rated: int = 0
    awards: int = 0
    awarded: Decimal = Decimal(0)
    changes: int = 0
    changed: Decimal = Decimal(0)
    #: The rates before the change, of those whose change is known.
    rates: Decimal = Decimal(0)

    def __add__(self, other: LevelPay) -> LevelPay:
        """Two groups together."""
        return LevelPay(
            self.rated + other.rated, self.awards + other.awards, self.awarded + other.awarded,
            self.changes + other.changes, self.changed + other.changed, self.rates + other.rates,
        )  # fmt: skip


@dataclass(frozen=True)
class PlanPay:
    """A plan's levels; `adjusted` says whether the roster has a column of adjustments at all."""

    plan: str
    pattern: str
    adjusted: bool
    levels: Mapping[int, LevelPay]

    def to_dict(self) -> dict[str, Any]:
        """As plain data: amounts as text, the adjustments only where the roster has the column."""
        return {
            "plan": self.plan,
            "pattern": self.pattern,
            "levels": {str(n): _row(p, self.adjusted) for n, p in self.levels.items()},
        }


def by_level(agency: Agency, roster: Roster, found: Changes, groups: Groups) -> tuple[PlanPay, ...]:
    """What every plan paid at each rating level, career executives and Presidential appointees who count as such."""
    kinds = {kind for kind in ELIGIBLE if kind == "career" or agency.options.presidential_in_ratings == "career"}
    sums = {plan.id: dict.fromkeys(PATTERNS[plan.pattern], LevelPay()) for plan in agency.plans}
    pays = _changed(roster, found, kinds) if found.given else _unchanged(groups, kinds)
    for plan, rating, pay in pays:
        levels = sums.get(plan or "", {})
        if rating in levels:
            levels[rating] += pay
    return tuple(PlanPay(plan.id, plan.pattern, found.given, sums[plan.id]) for plan in agency.plans)


Paid = Iterator[tuple[str | None, int | None, LevelPay]]


def _changed(roster: Roster, known: Changes, kinds: Container[str | None]) -> Paid:
    """What people with the same plan, rating, award, change and, where that is known, rate add to their level."""
    alike = Counter(
        (person.plan, person.rating, person.award, change, None if change is None else person.basic_pay_period_end)
        for person, change in zip(roster.people, known.by_person, strict=True)
        if person.rating is not None and person.appointment_type in kinds
    )
    for (plan, rating, award, change, rate), count in alike.items():
        yield plan, rating, _of(count, award, change, rate)


def _unchanged(groups: Groups, kinds: Container[str | None]) -> Paid:
    """The same for a roster without changes, from the groups of people alike."""
    for person, awards in zip(groups.kinds, groups.awards, strict=True):
        if person.rating is not None and person.appointment_type in kinds:
            given = [(award, count) for award, count in awards.items() if award is not None]
            paid = sum((award * count for award, count in given), Decimal(0))
            yield person.plan, person.rating, LevelPay(sum(awards.values()), sum(count for _, count in given), paid)


def _of(count: int, award: Decimal | None, change: Decimal | None, rate: Decimal | None) -> LevelPay:
    """So many people alike; a change counts only where the rate before it is known."""
    pay = LevelPay(count) if award is None else LevelPay(count, count, award * count)
    return (
        pay
        if change is None or rate is None
        else replace(pay, changes=count, changed=change * count, rates=rate * count)
    )


def added(plans: Iterable[PlanPay], pattern: str) -> dict[int, LevelPay]:
    """The levels of one pattern, over all plans that have it."""
    found = dict.fromkeys(PATTERNS[pattern], LevelPay())
    for plan in plans:
        if plan.pattern == pattern:
            for level, pay in plan.levels.items():
                found[level] += pay
    return found


def from_data(data: Sequence[Mapping[str, Any]]) -> tuple[PlanPay, ...]:
    """What `to_dict` wrote."""
    return tuple(_plan(one) for one in data)


def _plan(data: Mapping[str, Any]) -> PlanPay:
    levels = {int(level): _pay(row) for level, row in data["levels"].items()}
    return PlanPay(data["plan"], data["pattern"], any("changes" in row for row in data["levels"].values()), levels)


def _row(pay: LevelPay, adjusted: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"rated": pay.rated, "awards": pay.awards, "awarded": str(pay.awarded)}
    return row | ({"changes": pay.changes, "changed": str(pay.changed), "rates": str(pay.rates)} if adjusted else {})


def _pay(row: Mapping[str, Any]) -> LevelPay:
    amounts: Iterator[Decimal] = (Decimal(row.get(name, "0")) for name in ("awarded", "changed", "rates"))
    awarded, changed, rates = amounts
    return LevelPay(row["rated"], row["awards"], awarded, row.get("changes", 0), changed, rates)
