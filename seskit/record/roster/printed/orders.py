"""Dates of one column in two orders: those that can be read either way are in question as soon as one has the day first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from seskit.formats.privacy import shown
from seskit.formats.two_ways import two_ways
from seskit.record.problem import Problem
from seskit.record.roster.printed.days import DAYS

_ALIKE = "Write all dates as year-month-day"
_ORDER = two_ways(
    f"{_ALIKE}, or confirm the order in `seskit correct`.",
    f"{_ALIKE}, or confirm the order in 'Correct problems here'.",
)
_TURNED = "Compare every date of the column with the program that the file came from."
_DAY_FIRST = next(form for form in DAYS if form.name == "day-first")
_IN_CELL = re.compile(r"\d{4}-(\d{2})-(\d{2})(?:[ T].*)?", re.ASCII)


def in_question(
    column: str, texts: Iterable[str], unreadable: Iterable[str], file: str, *, of_workbook: bool = False
) -> Iterator[Problem]:
    """A warning for a column of dates, where texts that were read month first could have the day first as well.

    In a workbook those that a spreadsheet program has made days of are in question, too: it turns 5/8/2023 into a day,
    month first, and leaves 15/8/2023 a text.
    """
    sign = next((text for text in unreadable if "/" in text and _DAY_FIRST.read(text.strip(), {}) is not None), None)
    if sign is None:
        return
    others = [text for text in texts if text and text != sign]
    either = [text for text in others if "/" in text and _DAY_FIRST.read(text.strip(), {})]
    either = [text for text in either if int(text.strip().split("/")[0]) <= 12 and len(set(text.split("/")[:2])) > 1]
    turned = [text for text in others if of_workbook and _may_be_turned(text.strip())]
    if not either and not turned:
        return
    many = len(either) + len(turned)
    said = "another date" if many == 1 else f"{many:,} other dates"
    reason = (
        f"{said} of the column, such as {shown((either or turned)[0])}, may also have the day first: {shown(sign)} does"
    )
    if turned:
        reason += "; a spreadsheet program may have taken its day for the month when the file was opened"
    fix = f"{_TURNED} {_ALIKE}." if turned else _ORDER if file == "roster" else f"{_ALIKE}."
    yield Problem(None, column, "", reason, fix, "warning", file)


def _may_be_turned(text: str) -> bool:
    """Whether a day that a cell holds is another one with its day and month changed about."""
    found = _IN_CELL.fullmatch(text)
    return found is not None and int(found[2]) <= 12 and found[1] != found[2]
