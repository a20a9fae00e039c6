"""A number with what is counted, as people write the two: 1 award passes, 1,204 awards pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def number_of(number: int, one: str, many: str = "") -> str:
    """The number and what is said of one, or of any other number of them; `many` is `one` with an s unless given."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def first_of(listed: Sequence[T], most: int, joint: str = ", ", said: Callable[[T], str] = str) -> str:
    """The first of several, each as it is said, and how many more there are: 4, 7 and 12 more."""
    more = f"{joint.strip(' ,')} and {len(listed) - most:,} more" if len(listed) > most else ""
    return f"{joint.join(map(said, listed[:most]))}{more}"


def rows_of(numbers: Sequence[object], most: int) -> str:
    """Rows by their numbers: row 4; rows 4, 7 and 12 more."""
    return f"row{'s' * (len(numbers) > 1)} {first_of(numbers, most)}"
