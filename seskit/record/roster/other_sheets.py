"""Whether another sheet of a workbook holds people who are not on the one that is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from seskit.record.roster.cells import as_shown
from seskit.record.roster.columns import COLUMNS
from seskit.record.roster.usual_headings import columns

_LOOKED_AT, _LEAST = 20, 3
#: What is said of an executive, and not of anybody in a list.
_TELLING = frozenset(
    ("appointment_type", "es_level", "rating", "basic_pay_fy_end", "basic_pay_period_end", "award")
)  # fmt: skip


def numbers(rows: Iterable[Sequence[str]]) -> set[str]:
    """The numbers of the people on a sheet that looks like a roster; none where it does not.

    Its header is among the first rows, in whatever words and order: the number of a person, and what an executive has.
    """
    source = (row for row in rows if any(map(str.strip, row)))
    for _, row in zip(range(_LOOKED_AT), source, strict=False):
        usual = [next(iter(columns(cell.strip(), list(COLUMNS))), "") for cell in row]
        if "person_id" in usual and len({*usual} - {""}) >= _LEAST and _TELLING & {*usual}:
            return set(_numbers(source, usual.index("person_id")))
    return set()


def _numbers(rows: Iterable[Sequence[str]], place: int) -> Iterator[str]:
    for row in rows:
        number = re.sub(r"\W", "", as_shown(row[place])).lower() if place < len(row) else ""
        if re.search(r"\d", number) and sum(bool(cell.strip()) for cell in row) >= _LEAST:
            yield number.lstrip("0")
