"""Headings in two rows: a title above several of them says what they are of, as in 'FY 2022 appraisal' above 'Date'."""

from __future__ import annotations

from collections.abc import Sequence

_FEWEST = 2


def whole(above: Sequence[str], heads: Sequence[str]) -> list[str]:
    """Each heading with the title that stands above it or to the left of that place; as it is where the row above holds no titles."""
    titles = [cell.strip() for cell in above[: len(heads)]]
    if not _FEWEST <= sum(map(bool, titles)) < sum(map(bool, heads)):
        return list(heads)
    made, title = [], ""
    for place, head in enumerate(heads):
        title = (titles[place] if place < len(titles) else "") or title
        made.append(f"{title} {head}".strip() if head else head)
    return made
