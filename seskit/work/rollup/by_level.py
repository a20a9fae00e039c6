"""Awards and pay adjustments by rating level, as counts and amounts of a roll-up, tied to the counts beside them."""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from typing import TYPE_CHECKING

from seskit.formats.small_cells import Sum
from seskit.record.agency import PATTERNS
from seskit.work.report.by_level import LevelPay, added

if TYPE_CHECKING:
    from seskit.work.rollup.sums import Figures

ALL = "All"
#: The names of counts: recipients by level, people whose change of pay is known by level, and the latter by agency.
AWARDED, CHANGED, BY_AGENCY = "awarded", "changed", "changed by"
#: The name of an amount beside those counts: the rates before the change.
RATES = "rates before"
_SCOPE = "plan"


def count(figures: Figures) -> set[Hashable]:
    """Count what the agencies' files say by level; returns the counts that are shown nowhere but easily worked out.

    Nothing is counted of a pattern where an agency's file does not hold it, because a part could be taken for all.
    """
    rest: set[Hashable] = set()
    whole = [pattern for pattern in figures.patterns(_SCOPE) if _complete(figures, pattern)]
    for pattern in whole:
        levels = added((plan for part in figures.parts for plan in part.pay_by_level), pattern)
        rest |= _by_level(figures, pattern, AWARDED, {n: (pay.awards, pay.awarded) for n, pay in levels.items()})
        rest |= _by_level(figures, pattern, CHANGED, {n: (pay.changes, pay.changed) for n, pay in levels.items()})
        _amounts(figures, (_SCOPE, RATES, pattern), {n: pay.rates for n, pay in levels.items()})
        if any(plan.adjusted for part in figures.parts for plan in part.pay_by_level if plan.pattern == pattern):
            figures.filled.add((_SCOPE, CHANGED, pattern, ALL))
    _tie_awards(figures, whole)
    _by_agency(figures, whole)
    return rest


def _complete(figures: Figures, pattern: str) -> bool:
    """Whether every agency's file holds the levels of a pattern, with as many career executives as are rated on its forms."""
    for part in figures.parts:
        forms, levels = part.of(_SCOPE, pattern), added(part.pay_by_level, pattern)
        if any(pay.rated != sum(form.ratings[n]["career"] for form in forms) for n, pay in levels.items()):
            return False
    return True


def _by_level(figures: Figures, pattern: str, name: str, of: dict[int, tuple[int, Decimal]]) -> set[Hashable]:
    """A count at each level and over all, and those rated who are not in it."""
    rest: set[Hashable] = set()
    for level, (number, _) in of.items():
        figures.counts[_SCOPE, name, pattern, str(level)] = number
    figures.add((_SCOPE, name, pattern, ALL), [(_SCOPE, name, pattern, str(level)) for level in of])
    _amounts(figures, (_SCOPE, name, pattern), {level: amount for level, (_, amount) in of.items()})
    for row in (*map(str, of), ALL):
        rated, there, other = (
            (_SCOPE, "rated", pattern, row, "career"),
            (_SCOPE, name, pattern, row),
            ("rest", name, pattern, row),
        )
        figures.counts[other] = figures.counts[rated] - figures.counts[there]
        figures.sums.append(Sum(rated, (there, other)))
        rest.add(other)
    return rest


def _amounts(figures: Figures, place: tuple[str, ...], of: dict[int, Decimal]) -> None:
    for level, amount in of.items():
        figures.amounts[(*place, str(level))] = amount
    figures.amounts[(*place, ALL)] = sum(of.values(), Decimal(0))


def _tie_awards(figures: Figures, patterns: list[str]) -> None:
    """All recipients by level are all recipients by agency, where every one of them is rated in a known pattern."""
    totals = [(_SCOPE, AWARDED, pattern, ALL) for pattern in patterns]
    if patterns and sum(figures.counts[total] for total in totals) == figures.counts[_SCOPE, "awards", ALL]:
        figures.sums.append(Sum((_SCOPE, "awards", ALL), tuple(totals)))


def _by_agency(figures: Figures, patterns: list[str]) -> None:
    """Those whose change of pay is known, agency by agency; together they are those by level."""
    if not patterns:
        return
    agencies = [part for part in figures.parts if part.of(_SCOPE)]
    for part in agencies:
        of = sum((added(part.pay_by_level, pattern)[n] for pattern in patterns for n in PATTERNS[pattern]), LevelPay())
        figures.counts[_SCOPE, BY_AGENCY, part.agency] = of.changes
        figures.amounts[_SCOPE, BY_AGENCY, part.agency] = of.changed
        figures.amounts[_SCOPE, RATES, part.agency] = of.rates
        if any(plan.adjusted for plan in part.pay_by_level):
            figures.filled |= {(_SCOPE, BY_AGENCY, part.agency), (_SCOPE, BY_AGENCY, ALL)}
    total = (_SCOPE, BY_AGENCY, ALL)
    figures.add(total, [(_SCOPE, BY_AGENCY, part.agency) for part in agencies])
    figures.sums.append(Sum(total, tuple((_SCOPE, CHANGED, pattern, ALL) for pattern in patterns)))
    for name in (BY_AGENCY, RATES):
        figures.amounts[_SCOPE, name, ALL] = sum(
            (figures.amounts[_SCOPE, name, part.agency] for part in agencies), Decimal(0)
        )
