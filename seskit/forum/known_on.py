"""Figures and answers of a day, as a kit shows them: what is not known on that day is refused in words, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

from seskit.desk.practice.declared import AFTER
from seskit.formats.days import long_date
from seskit.law import parameters
from seskit.law.facts import FactError
from seskit.law.parameters import Figure
from seskit.law.result import Result


def figure(path: str, day: date) -> Figure:
    """The figure in force on a day; refused where a newer one is due by then and not recorded."""
    found = parameters.figure(path, day)
    due = parameters.parameter(path).due
    if due and day >= due:
        raise FactError(
            f"{found.label} is recorded to {long_date(due - timedelta(days=1))}; what holds from {long_date(due)} is not "
            "recorded. Choose an earlier content_as_of, or add the schedule when it is published: seskit schedule add FILE."
        )
    return found


def beyond(day: date) -> str:
    """What no table is asked about a forum of that day, because its schedule is not recorded; empty where nothing is left out."""
    due = parameters.parameter(parameters.SINCE).due
    if due is None or day + timedelta(days=AFTER) < due:
        return ""
    return (
        f"Pay schedules are recorded to {long_date(due - timedelta(days=1))}: no one can say yet what is lawful "
        "later, and no table is asked about it."
    )


def told(result: Result) -> Result:
    """The result of a question, where it has an answer that rests on figures of its day."""
    if result.late or (result.answer is None and result.cannot_tell):
        raise FactError(result.says)
    return result
