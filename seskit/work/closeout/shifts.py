"""Money by rating level: the smallest exact shift of whole levels that keeps a limit and lets pay rise with the level.

A shift is in tenths of a percent of pay and is the same for everyone at a level who is to receive something, inside the
lawful bounds of each; whole dollars. Every shift of every level is looked at or proven dearer than one already found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise

#: The step of a shift: a tenth of a percent of pay.
STEP = Decimal("0.001")
#: No level moves further than this many steps.
_FARTHEST = 300
#: The shift that means: nothing for anyone at the level.
NOTHING = -100_000


@dataclass(frozen=True)
class AwardShare:
    """What one executive is to receive, the lawful bounds of it, and the pay it is measured on."""

    row: int
    amount: Decimal
    least: Decimal
    most: Decimal
    base: Decimal
    #: What only reaches the range minimum, which no average counts.
    forced: Decimal = Decimal(0)

    def at(self, shift: int) -> Decimal:
        """The amount after a shift of so many tenths of a percent of pay, in whole dollars unless nothing moves."""
        if not shift:
            return self.amount
        if shift == NOTHING:
            return Decimal(0)
        low, high = self._ends
        return min(max((self.amount + shift * STEP * self.base).to_integral_value(ROUND_FLOOR), low), high)

    @cached_property
    def _ends(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest amount in whole dollars; what is outside the bounds already need not move."""
        low, high = self.least.to_integral_value(ROUND_CEILING), self.most.to_integral_value(ROUND_FLOOR)
        return min(low, self.amount), max(high, self.amount)


@dataclass(frozen=True)
class Option:
    """A level after a shift: the total of its shares, and the average percent over all its members."""

    shift: int
    total: Decimal
    average: Decimal
    moved: Decimal


@dataclass(frozen=True)
class LevelMoney:
    """A rating level: how many members it has, the percents of those whose money does not move, and the shares."""

    rating: int
    people: int
    others: Decimal
    shares: tuple[AwardShare, ...]
    #: Whether nobody at the level may receive anything, where even the least lawful amounts are too much.
    may_end: bool

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """Every shift that makes a difference, lowest first; nothing moved is among them."""
        none = [self.option(NOTHING)] if self.may_end and self.shares else []
        return (*none, *reversed(self._walk(-1)), self.option(0), *self._walk(1))

    def _walk(self, sign: int) -> list[Option]:
        made, last = [], self.option(0)
        for step in range(1, _FARTHEST + 1):
            option = self.option(sign * step)
            if option.total == last.total and self._at_end(sign * step):
                break
            made.append(option)
            last = option
        return made

    def _at_end(self, shift: int) -> bool:
        further = shift + (50 if shift > 0 else -50)
        return all(share.at(shift) == share.at(further) for share in self.shares)

    @cached_property
    def reach(self) -> tuple[int, int]:
        """The furthest shifts down and up that make a difference; what lies beyond comes to the same money."""
        shifts = [option.shift for option in self.options if option.shift != NOTHING]
        return shifts[0], shifts[-1]

    @cached_property
    def _known(self) -> dict[int, Option]:
        return {}

    def option(self, shift: int) -> Option:
        """The level after a shift."""
        if shift not in self._known:
            self._known[shift] = self._after(shift)
        return self._known[shift]

    def _after(self, shift: int) -> Option:
        given = [(share, share.at(shift)) for share in self.shares]
        percents = sum((100 * (amount - share.forced) / share.base for share, amount in given), self.others)
        average = (percents / self.people).quantize(Decimal("0.0001"), ROUND_HALF_UP) if self.people else Decimal(0)
        total = sum((amount for _, amount in given), Decimal(0))
        moved = sum((abs(amount - share.amount) for share, amount in given), Decimal(0))
        return Option(shift, total, average, moved)


Choice = tuple[Option, ...]


def rises(options: Sequence[Option]) -> bool:
    """Whether averages rise with every level that follows one which receives something."""
    return all(high.average > low.average or low.average <= 0 for low, high in pairwise(options))


def cheapest(
    levels: Sequence[LevelMoney], limit: Decimal | None, rising: bool, only: frozenset[int] | None = None
) -> Choice | None:
    """The choice that moves the fewest dollars, of all that keep the limit and, where asked, rise with the level.

    `levels` begin with the lowest; `only` names the levels that may move. None where no choice does.
    """
    first = next((n for n, level in enumerate(levels) if level.shares), len(levels))
    resting = tuple(level.option(0) for level in levels[:first])  # nothing is paid there, so nothing need rise above it
    moving = levels[first:]
    menus = [level.options if only is None or level.rating in only else (level.option(0),) for level in moving]
    search = _Search(menus, limit, rising)
    search.descend(len(menus) - 1, Decimal(0), Decimal(0), ())
    return None if search.best is None else (*resting, *search.best)


class _Search:
    """Depth first from the top level down, with everything dearer than the best found left out."""

    def __init__(self, menus: list[tuple[Option, ...]], limit: Decimal | None, rising: bool) -> None:
        self.menus, self.limit, self.rising = menus, limit, rising
        self.best: Choice | None = None
        self.cost = Decimal("Infinity")
        lows = [menu[0].total for menu in menus]
        self.least = [sum(lows[:n], Decimal(0)) for n in range(len(menus))]
        self.now = [sum((_unmoved(menu).total for menu in menus[:n]), Decimal(0)) for n in range(len(menus))]
        self.sorted = [sorted(menu, key=lambda option: (option.moved, option.shift)) for menu in menus]
        self.zero = next((n for n, option in enumerate(menus[0]) if not option.shift), 0) if menus else 0

    def descend(self, at: int, cost: Decimal, total: Decimal, above: Choice) -> None:
        """Try every option of a level and go on to the one below it."""
        if at < 0:
            if cost < self.cost and (self.limit is None or total <= self.limit):
                self.best, self.cost = above, cost
            return
        options = self._last(total, above) if at == 0 else self.sorted[at]
        next_up = above[0].average if self.rising and above else None
        for option in options:
            spent = cost + option.moved
            if spent >= self.cost:
                break
            if next_up is not None and 0 < option.average >= next_up:  # the averages would not rise
                continue
            sum_now = total + option.total
            if self.limit is not None:
                if sum_now + self.least[at] > self.limit:
                    continue
                if spent + max(sum_now + self.now[at] - self.limit, Decimal(0)) >= self.cost:
                    continue
            self.descend(at - 1, spent, sum_now, (option, *above))

    def _last(self, total: Decimal, above: Choice) -> Sequence[Option]:
        """For the lowest level the one option that is cheapest: totals and averages rise with the shift."""
        menu = self.menus[0]
        most = len(menu) if self.limit is None else bisect_right(menu, self.limit - total, key=_total)
        if self.rising and above:
            below = bisect_right(menu, max(above[0].average - Decimal("0.0001"), Decimal(0)), key=_average)
            most = min(most, below)
        if not most:
            return ()
        return (menu[min(most - 1, self.zero)],)


def _unmoved(menu: Sequence[Option]) -> Option:
    return next(option for option in menu if not option.shift)


def _total(option: Option) -> Decimal:
    return option.total


def _average(option: Option) -> Decimal:
    return option.average


def alike(levels: Sequence[LevelMoney], limit: Decimal | None, rising: bool) -> Choice | None:
    """The smallest shift that is the same for every level; None where no such shift keeps the limit."""
    lows, highs = zip(*(level.reach for level in levels), strict=True) if levels else ((0,), (0,))
    found = [
        choice
        for shift in range(min(lows), max(highs) + 1)
        if _keeps(choice := tuple(level.option(shift) for level in levels), limit, rising)
    ]
    return min(found, key=lambda choice: (moved(choice), max(abs(option.shift) for option in choice)), default=None)


def _keeps(choice: Choice, limit: Decimal | None, rising: bool) -> bool:
    return (limit is None or sum((o.total for o in choice), Decimal(0)) <= limit) and (not rising or rises(choice))


def moved(choice: Choice) -> Decimal:
    """The dollars moved, up and down together."""
    return sum((option.moved for option in choice), Decimal(0))


Ways = list[tuple[str, Choice]]


def ways(levels: Sequence[LevelMoney], limit: Decimal | None, rising: bool, sure: Callable[[Choice], bool]) -> Ways:
    """The cheapest way, the one that is alike for all levels, and those that move one level; each once, cheapest first."""
    found: Ways = []
    best = cheapest(levels, limit, rising)
    found += [("fewest dollars", best)] if best else []
    same = alike(levels, limit, rising)
    found += [("the same for every level", same)] if same else []
    for level in levels:
        one = cheapest(levels, limit, rising, frozenset({level.rating})) if level.shares else None
        found += [(f"level {level.rating} alone", one)] if one else []
    kept: dict[tuple[int, ...], tuple[str, Choice]] = {}
    for name, choice in found:
        kept.setdefault(
            tuple(o.shift if level.shares else 0 for level, o in zip(levels, choice, strict=True)), (name, choice)
        )
    return sorted((pair for pair in kept.values() if sure(pair[1])), key=lambda pair: moved(pair[1]))
