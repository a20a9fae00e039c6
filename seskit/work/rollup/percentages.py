"""Can this printed percentage come from this count? Exact, for figures that were rounded before they were printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import ceil, floor

from seskit.law.facts import FactError

_HALF = Decimal("0.5")


@dataclass(frozen=True)
class PossibleCounts:
    """Whether a percentage can come from a count of a whole, and from which counts."""

    possible: bool
    #: Every count of the whole that is printed as this percentage.
    counts: tuple[int, ...]
    says: str


def can_come_from(printed: str, whole: int, count: int | None = None, units: Decimal = _HALF) -> PossibleCounts:
    """Whether a percentage as printed can be a count of `whole` people; of `count` people, where one is given.

    `units` is how far, in units of the last printed digit, the exact value may lie away: a half for rounded figures
    (a tie may have been rounded either way), one for figures copied by the press.
    """
    counts = _counts(printed, whole, units)
    if count is None:
        says = f"{printed} percent of {whole:,} {_which(counts)}."
        return PossibleCounts(bool(counts), counts, says)
    if not 0 <= count <= whole:
        raise FactError(f"count: {count} is not between 0 and {whole}.")
    exact = (Decimal(100) * count / whole).quantize(Decimal("0.0001"))
    possible = count in counts
    can = "can be" if possible else "cannot be"
    more = "" if possible else f" {printed} percent of {whole:,} {_which(counts)}."
    return PossibleCounts(
        possible, counts, f"{count:,} of {whole:,} is {exact} percent: it {can} printed as {printed}.{more}"
    )


def _counts(printed: str, whole: int, units: Decimal) -> tuple[int, ...]:
    if whole < 1:
        raise FactError(f"whole: {whole} is not a number of people; give 1 or more.")
    value, unit = _read(printed)
    low = (value - units * unit) * whole / 100
    high = (value + units * unit) * whole / 100
    return tuple(range(max(ceil(low), 0), min(floor(high), whole) + 1))


def _read(printed: str) -> tuple[Decimal, Decimal]:
    """The value, and a unit of its last printed digit."""
    text = printed.strip().removesuffix("%").strip()
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise FactError(f"printed: '{printed}' is not a percentage; write it as printed, for example 21.7.") from None
    if not value.is_finite() or "e" in text.lower() or not 0 <= value <= 100:
        raise FactError(f"printed: '{printed}' is not a percentage of people; it must be between 0 and 100.")
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _which(counts: tuple[int, ...]) -> str:
    if not counts:
        return "does not come from a whole number of people"
    if len(counts) == 1:
        return f"is {counts[0]:,}"
    return f"is between {counts[0]:,} and {counts[-1]:,}"
