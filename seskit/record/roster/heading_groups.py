"""Headings in two rows: a title above several of them says what they are of, as in 'FY 2022 appraisal' above 'Date'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

_FEWEST = 2
_LOOKED_AT = 40
#: What is no heading: an amount, and a number but that of a year.
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)[\d$,.\s%]+")


class TwoRows(list[str]):
    """The second row of a header that has two, each heading as a whole: no row of the table."""


def in_one(table: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """A table whose first header in two rows has its whole headings in the second of them."""
    made = list(table)
    for n, (upper, lower) in enumerate(pairwise(made[: _LOOKED_AT + 1])):
        if _goes_on(upper, lower):
            made[n + 1] = TwoRows(_joined(upper, lower))
            break
    return made


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row of headings goes on below: some stand over two rows, and a heading with a blank place beside it has parts below
    both, and nothing else has. The row of a person says something under the other headings, too.
    """
    pairs = _pairs(upper, lower)
    beside = [bool(under) and not over for over, under in pairs]
    alone = [bool(over and under) and not then for (over, under), then in zip(pairs, [*beside[1:], False], strict=True)]
    tall = sum(bool(over) and not under for over, under in pairs)
    headings = [cell for pair in pairs for cell in pair if cell]
    return tall >= _FEWEST and any(beside) and not any(alone) and not any(map(_FIGURE.fullmatch, headings))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    made, title = [], ""
    for over, under in _pairs(upper, lower):
        title = over or title
        made.append(f"{title} {under}".strip() if under else over)
    return made


def _pairs(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, str]]:
    return [(over.strip(), under.strip()) for over, under in zip_longest(upper, lower, fillvalue="")]


def whole(above: Sequence[str], heads: Sequence[str]) -> list[str]:
    """Each heading with the title that stands above it or to the left of that place; as it is where the row above holds no titles, and
    where it is there twice: a column is read by its heading alone, and nothing would tell the two apart.
    """
    titles = [cell.strip() for cell in above[: len(heads)]]
    if not _FEWEST <= sum(map(bool, titles)) < sum(map(bool, heads)):
        return list(heads)
    times = Counter(heads)
    made, title = [], ""
    for place, head in enumerate(heads):
        title = (titles[place] if place < len(titles) else "") or title
        made.append(f"{title} {head}".strip() if head and times[head] == 1 else head)
    return made
