"""Days of a vacancy in another order than the steps have: merit staffing, the case with OPM, the end of probation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from seskit.record.staffing.records import Vacancy

#: What merit staffing goes through beside the steps of the timeline, in order, and how each is said.
_MERIT = {
    "opens_on": "announced", "screened_on": "screened", "rated_on": "rated", "listed_on": "listed by the board",
    "selected_on": "selected", "agency_certified_on": "certified by the agency", "submitted_on": "sent to OPM",
}  # fmt: skip
#: What a case goes through with OPM, in order.
_CASE = {
    "submitted_on": "sent", "returned_on": "returned", "sent_again_on": "sent again", "certified_on": "certified",
}  # fmt: skip
_PROBATION = {
    "appointed_on": "begun by the appointment", "assessed_on": "assessed", "performance_certified_on": "certified",
}  # fmt: skip
#: The steps of a vacancy, each as what happens on its day.
_STEPS = {
    "opens_on": "the announcement opens", "closes_on": "the announcement closes", "rated_on": "the candidates are rated",
    "board_on": "the board meets", "selected_on": "one is selected", "submitted_on": "the case is sent to OPM",
    "certified_on": "the QRB certifies the case", "appointed_on": "the appointment begins",
}  # fmt: skip
#: Pairs whose order the timeline of a vacancy judges.
_OF_THE_TIMELINE = ({"submitted_on", "certified_on"}, {"opens_on", "rated_on"}, {"rated_on", "selected_on"},
                    {"opens_on", "selected_on"}, {"selected_on", "submitted_on"})  # fmt: skip


def merit_staffing(one: Vacancy) -> Iterator[tuple[date, str]]:
    """What of merit staffing came too early, each with its day."""
    found = {step: getattr(one.merit, step, None) or getattr(one, step, None) for step in _MERIT}
    yield from _disordered("The vacancy", _MERIT, found)


def with_opm(one: Vacancy) -> Iterator[tuple[date, str]]:
    """A case that is sent, returned, sent again and certified in another order."""
    yield from _disordered("The case", _CASE, {step: getattr(one, step) for step in _CASE})


def in_probation(one: Vacancy) -> Iterator[tuple[date, str]]:
    """An assessment or a certification of performance before what it follows."""
    yield from _disordered("Performance in probation", _PROBATION, {step: getattr(one, step) for step in _PROBATION})


def steps(one: Vacancy, as_of: date) -> Iterator[str]:
    """Steps on days in another order, where the timeline of a career appointment does not judge them: all of another
    appointment, and those that are planned.
    """
    for (earlier, first), (later, then) in pairwise(one.dates.items()):
        if then < first and (one.filling != "career" or first > as_of):
            yield f"By the days on record {_STEPS[later]} on {then}, before {_STEPS[earlier]} on {first}."


def counted(day: date | None, appointed_on: date | None) -> date | None:
    """An assessment or certification in probation, unless it is of a day before the appointment."""
    return day if day is None or appointed_on is None or day >= appointed_on else None


def _disordered(what: str, words: Mapping[str, str], given: Mapping[str, date | None]) -> Iterator[tuple[date, str]]:
    days = [(step, day) for step, day in given.items() if day]
    for (earlier, first), (later, then) in pairwise(days):
        if then < first and {earlier, later} not in _OF_THE_TIMELINE:
            yield then, f"{what} was {words[later]} on {then}, before it was {words[earlier]} on {first}."
