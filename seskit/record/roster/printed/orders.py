"""Dates of one column in two orders: those that can be read either way are in question as soon as one has the day first."""

from __future__ import annotations

from collections.abc import Iterable

from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.record.problem import Problem
from seskit.record.roster.printed.days import DAYS

_ORDER = two_ways(
    "Write all dates as year-month-day, or confirm the order in `seskit correct`.",
    "Write all dates as year-month-day, or confirm the order in 'Correct problems here'.",
)
_DAY_FIRST = next(form for form in DAYS if form.name == "day-first")


def in_question(column: str, texts: Iterable[str], unreadable: Iterable[str], file: str) -> list[Problem]:
    """A warning for a column of dates, where texts that were read month first could have the day first as well."""
    sign = next((text for text in unreadable if "/" in text and _DAY_FIRST.read(text.strip(), {}) is not None), None)
    if sign is None:
        return []
    either = [text for text in texts if text and "/" in text and text != sign and _DAY_FIRST.read(text.strip(), {})]
    either = [text for text in either if int(text.strip().split("/")[0]) <= 12 and len(set(text.split("/")[:2])) > 1]
    if not either:
        return []
    many = "another date" if len(either) == 1 else f"{len(either):,} other dates"
    reason = f"{many} of the column, such as {shown(either[0])}, may also have the day first: {shown(sign)} does"
    return [
        Problem(
            None,
            column,
            "",
            reason,
            _ORDER,
            "warning",
            file,
        )
    ]
