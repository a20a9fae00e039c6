"""Headings in two rows: a title above several of them says what they are of, as in 'FY 2022 appraisal' above 'Date'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, zip_longest
from typing import NamedTuple

from seskit.record.roster.cells import Cell, headings

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
        made[n + 1] = heads(upper, lower)
        if isinstance(made[n + 1], TwoRows):
            break
    return made


def heads(above: Sequence[str], row: Sequence[str]) -> Sequence[str]:
    """The cells of a row, as whole headings where it is the second row of a header."""
    return TwoRows(_joined(above, row)) if _goes_on(above, row) else row


class Header(NamedTuple):
    """The headings of a table, whole where they stand in two rows, and the rows above the last of these."""

    headings: list[str]
    above: list[Sequence[str]]
    in_two_rows: bool


def header(source: Iterator[Sequence[str]], row: int) -> Header:
    """The header whose last row is this one, counted from 1; the source goes on below it."""
    above = list(islice(source, row - 1))
    found = headings(next(source, []))
    over = headings(above[-1]) if above else []
    usable = not any(isinstance(cell, Cell) and cell.fault for cell in (*over, *found))
    joined = heads(over, found) if usable else found
    return Header(list(joined), above, isinstance(joined, TwoRows))


def _goes_on(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row of headings goes on below: some stand over two rows, and a heading with a blank place beside it has parts below
    both, and nothing else has. The row of a person says something under the other headings, too.
    """
    pairs = _pairs(upper, lower)
    beside = [bool(under) and not over for over, under in pairs]
    then = [*beside, False][1:]
    alone = [bool(over and under) and not goes_on for (over, under), goes_on in zip(pairs, then, strict=True)]
    tall = sum(bool(over) and not under for over, under in pairs)
    headings = [cell for pair in pairs for cell in pair if cell]
    return tall >= _FEWEST and any(beside) and not any(alone) and not any(map(_FIGURE.fullmatch, headings))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    made, title = [], ""
    for over, under in _pairs(upper, lower):
        title = (over if under else "") if over else title
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
