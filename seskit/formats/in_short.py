"""What numbers come to, in a few words: for titles that say the finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def percent_of(part: int | Decimal, whole: int | Decimal) -> str:
    """A share in whole percent; never all or nothing where it is only nearly so. Nothing of nothing is 0 percent."""
    if not whole:
        return "0 percent"
    rounded = int((Decimal(100) * part / whole).quantize(Decimal(1), ROUND_HALF_UP))
    if rounded == 100 and part < whole:
        return "more than 99 percent"
    return "less than 1 percent" if rounded == 0 and part else f"{rounded} percent"


def joined(names: Sequence[str]) -> str:
    """A; A and B; A, B and C."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def every(number: int, one: str, many: str) -> str:
    """The one award is; both awards are; all 7 awards are."""
    if number == 1:
        return f"The one {one} is"
    return f"Both {many} are" if number == 2 else f"All {number:,} {many} are"


def leading(counts: Mapping[T, int]) -> tuple[list[T], int, int]:
    """Of what is there at all, those with the highest count, that count, and the sum of all."""
    top = max(counts.values(), default=0)
    return [one for one, count in counts.items() if count == top > 0], top, sum(counts.values())


def rated(counts: Mapping[int, int]) -> str:
    """Where most of those rated are, by level."""
    used = sorted(level for level, count in counts.items() if count)
    first, top, total = leading(counts)
    if not used:
        return "Nobody has a rating"
    if len(used) == 1:
        return f"{every(total, 'executive rated', 'executives rated')} at level {used[0]}"
    if len(first) > 1:
        named = joined([str(level) for level in sorted(first)])
        return f"Levels {named} are the most frequent ratings: {top:,} of {total:,} executives each"
    return f"Level {first[0]} is the most frequent rating: {top:,} of {total:,} executives, {percent_of(top, total)}"


def rising_award(amounts: Mapping[int, int | Decimal | None], measure: str = "") -> str:
    """Whether the average award rises with the rating level; only levels for which it is known count."""
    average = f"average award{measure and ' '}{measure}"
    known = [(level, amount) for level, amount in sorted(amounts.items()) if amount is not None]
    if not any(amount for _, amount in known):
        return f"No level has an {average}"
    while len(known) > 1 and not known[0][1] and not known[1][1]:
        known.pop(0)
    if len(known) == 1:
        return f"Only level {known[0][0]} has an {average}"
    steps = [*pairwise(known)]
    if all(low[1] < high[1] for low, high in steps):
        return f"The higher the rating, the higher the {average}"
    if all(low[1] == high[1] for low, high in steps):
        return f"Every level has the same {average}"
    against = [f"level {high[0]} not more than level {low[0]}" for low, high in steps if high[1] <= low[1]]
    return f"The {average} does not rise with each level: {joined(against)}"
