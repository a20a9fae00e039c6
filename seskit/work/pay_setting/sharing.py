"""How a budget is shared out: for each level one percent of pay, for each person the smaller of it and their room.

Whole numbers only: percents are counted in ten-thousandths, money in cents. What is given rises steadily with the percent of the
highest level, so the best proposal is found by halving an interval, and two people with the same facts get the same amount.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

#: Percents are counted in ten-thousandths of a percent.
PER_PERCENT = 10_000
#: No percent above this is tried.
MOST = 100 * PER_PERCENT

Percents = dict[int, int]


@dataclass(frozen=True)
class Member:
    """One who takes part: level, yearly rate, and in whole dollars the least and the most the increase may be.

    `forced` is what only reaches the range minimum; averages leave it out.
    """

    level: int
    rate: Decimal
    least: int
    most: int
    forced: int = 0

    def dollars_at(self, percent: int) -> int:
        """The increase at a percent of the level: rounded down, within this person's bounds."""
        return max(self.least, min(self._of(percent), self.most))

    def percent_at(self, percent: int) -> int:
        """The same as a share of the rate, without what only reaches the range minimum."""
        least, most, forced = self._shares
        return max(least, min(percent, most)) - forced

    def with_least(self, least: int) -> Member:
        """The same, given at least this much."""
        return replace(self, least=least)

    def with_most(self, most: int) -> Member:
        """The same, given at most this much."""
        return replace(self, most=most)

    def _of(self, percent: int) -> int:
        return int(self.rate * percent) // (100 * PER_PERCENT)

    @cached_property
    def _shares(self) -> tuple[int, int, int]:
        return self._share(self.least), self._share(self.most), self._share(self.forced)

    def _share(self, amount: int) -> int:
        return int(100 * PER_PERCENT * amount / self.rate)


def units(percent: Decimal) -> int:
    """A percent in ten-thousandths."""
    return int(percent * PER_PERCENT)


def percent(counted: int) -> Decimal:
    """A percent from its ten-thousandths, to two decimals."""
    return (Decimal(counted) / PER_PERCENT).quantize(Decimal("0.01"))


def _highest(holds: Callable[[int], bool], low: int, high: int) -> int | None:
    """The highest number from `low` to `high` for which a test holds that fails from some number on; None where none."""
    if low > high or not holds(low):
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _lowest(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The lowest number for which a test holds that goes on holding; `high` must hold."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def ladder(members: Sequence[Member], top: int, step: int, ratio: Mapping[int, Decimal] | None = None) -> Percents:
    """The percent of each level when the highest level gets `top`: at least a step apart, in percent and on average.

    With `ratio` each level gets its share of the highest level's percent, less where the step or the average asks for it.
    """
    groups = _by_level(members)
    levels = sorted(groups, reverse=True)
    found = {levels[0]: top} if levels else {}
    for above, level in pairwise(levels):
        wanted = found[above] - step
        if ratio:
            wanted = min(wanted, int(top * ratio[level] / ratio[levels[0]]))
        room = _total(groups[above], found[above]) * len(groups[level]) - step * len(groups[above]) * len(groups[level])

        def fits(
            share: int, group: Sequence[Member] = groups[level], times: int = len(groups[above]), room: int = room
        ) -> bool:
            return _total(group, share) * times <= room

        found[level] = _highest(fits, 0, max(wanted, 0)) or 0
    return found


def _by_level(members: Sequence[Member]) -> dict[int, list[Member]]:
    groups: dict[int, list[Member]] = {}
    for member in members:
        groups.setdefault(member.level, []).append(member)
    return groups


def _total(group: Sequence[Member], share: int) -> int:
    return sum(member.percent_at(share) for member in group)


def relieve(members: Sequence[Member], budget: Decimal, step: int) -> tuple[Percents, bool]:
    """The percents, a step apart, that raise those with room as far as a budget goes, and whether all their room is used.

    Averages are not compared: who has room here is not a matter of the level.
    """
    levels = sorted({member.level for member in members if member.most > member.least})

    def at(top: int) -> Percents:
        return {level: max(top - step * place, 0) for place, level in enumerate(reversed(levels))}

    def cost(top: int) -> int:
        percents = at(top)
        return sum(member.dollars_at(percents.get(member.level, 0)) for member in members)

    most = MOST + step * len(levels)
    top = _highest(lambda one: cost(one) <= budget, 0, most) or 0
    return at(top), top == most


def spent(members: Sequence[Member], percents: Percents) -> int:
    """What the percents of the levels cost, in dollars a year."""
    return sum(member.dollars_at(percents[member.level]) for member in members)


def share_out(
    members: Sequence[Member],
    budget: Decimal,
    step: int,
    ratio: Mapping[int, Decimal] | None = None,
    least_top: int = 0,
) -> Percents | None:
    """The percents that spend the most of a budget, with the levels as near as the step allows; None where none fits."""
    if not members:
        return {}

    def cost(top: int) -> int:
        return spent(members, ladder(members, top, step, ratio))

    top = _highest(lambda one: cost(one) <= budget, least_top, MOST)
    if top is None:
        return None
    reached = cost(top)
    return ladder(members, _lowest(lambda one: cost(one) >= reached, least_top, top), step, ratio)


@dataclass(frozen=True)
class AwardGroup:
    """One level's awards: the rates they are measured on, and how many at the level there are in all."""

    level: int
    bases: tuple[Decimal, ...]
    people: int


@dataclass(frozen=True)
class AwardTerms:
    """The smallest and the largest award, and the step between levels, in ten-thousandths of a percent."""

    least: int
    most: int
    step: int

    def dollars_at(self, base: Decimal, share: int) -> int:
        """The award on a rate at a percent: whole dollars, never below the smallest lawful award."""
        smallest = -(int(-base * self.least) // (100 * PER_PERCENT)) if base else 0
        return max(smallest, int(base * share) // (100 * PER_PERCENT))


def _award_ladder(groups: Sequence[AwardGroup], top: int, count: int, terms: AwardTerms) -> Percents | None:
    """The percents when the `count` highest levels get awards and the highest gets `top`; None where one falls too low."""
    found: Percents = {}
    for position, group in enumerate(groups[:count]):
        share = top
        if position:
            above = groups[position - 1]
            share = found[above.level] - terms.step
            average = found[above.level] * len(above.bases) * group.people - terms.step * above.people * group.people
            share = min(share, average // (above.people * len(group.bases)))
        if share < terms.least:
            return None
        found[group.level] = share
    return found


def share_awards(groups: Sequence[AwardGroup], limit: Decimal, terms: AwardTerms) -> Percents:
    """The percent of each level that gets awards: as much as the limit allows, then as many levels as possible.

    Two ways that spend the same to a dollar a head count as equal.
    """
    ordered = sorted(groups, key=lambda group: -group.level)
    most, best, heads = 0, Percents(), sum(len(group.bases) for group in ordered)
    for count in range(1, len(ordered) + 1):

        def cost(percents: Percents, count: int = count) -> int:
            return sum(terms.dollars_at(base, percents[g.level]) for g in ordered[:count] for base in g.bases)

        def works(top: int, count: int = count) -> bool:
            return _award_ladder(ordered, top, count, terms) is not None

        if not works(terms.most):
            break
        first = _lowest(works, terms.least, terms.most)

        def within(top: int, count: int = count) -> bool:
            percents = _award_ladder(ordered, top, count, terms)
            return percents is not None and cost(percents, count) <= limit

        top = _highest(within, first, terms.most)
        percents = None if top is None else _award_ladder(ordered, top, count, terms)
        if percents is not None and cost(percents) + heads >= most:
            most, best = max(most, cost(percents)), percents
    return best
