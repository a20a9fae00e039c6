"""A number with what is counted, as people write the two: 1 award passes, 1,204 awards pass."""

from __future__ import annotations


def number_of(number: int, one: str, many: str = "") -> str:
    """The number and what is said of one, or of any other number of them; `many` is `one` with an s unless given."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
