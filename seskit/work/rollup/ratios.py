"""Percentages and averages of a roll-up, made from sums and hidden where the counts they rest on are."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from seskit.formats.small_cells import HIDDEN
from seskit.work.rollup.sums import Cell


def percent(part: Cell, whole: Cell) -> Cell:
    """A percentage with one decimal, half up; hidden where either count is, None of nobody."""
    if isinstance(part, str) or isinstance(whole, str):
        return HIDDEN
    if not whole or part is None:
        return None
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def average(amount: Decimal, people: Cell, *, shown_with: Cell) -> Cell:
    """An amount divided among people, in whole dollars; hidden where their number, or that of payments, is."""
    if isinstance(people, str) or isinstance(shown_with, str):
        return HIDDEN
    if not people:
        return None
    return (amount / Decimal(people)).quantize(Decimal(1), ROUND_HALF_UP)
