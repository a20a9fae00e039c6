"""Which heading, among those that are not used, tells when people left, and the day it gives for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache

from seskit.law.facts import Unreadable, day
from seskit.record.roster import printed
from seskit.record.roster.cells import settled
from seskit.record.roster.usual_headings import words

_LEFT = ("separation", "separations", "separated", "separate", "retirement", "retired", "retire", "termination", "terminated", "departure",
         "departed", "resignation", "resigned", "left", "leaving", "death", "deceased", "offboarding", "transferred out", "off rolls",
         "off the rolls", "last day", "last day worked", "last worked")  # fmt: skip
#: Words that say it only together with one for a day.
_WITH_DATE = ("sep", "term", "end", "exit", "loss", "out")
_DATE = frozenset(("date", "dt", "day", "on", "eff", "effective"))
#: What else may end, and when somebody may leave rather than did.
_OTHER = frozenset(
    ("appraisal", "period", "plan", "probation", "probationary", "rating", "detail", "certification", "agreement", "performance", "fy",
     "fiscal", "fiscalyear", "year", "eligible", "eligibility", "optional", "earliest", "computation", "scd", "coverage", "system", "bonus",
     "award", "notice", "contract", "clearance", "leave", "training", "begin", "start", "from")
)  # fmt: skip
_CAME = ("eod", "entry on duty", "entered on duty", "entrance on duty", "hire date", "date hired", "hired on", "ses entry", "entered ses",
         "on board date", "onboard date", "appointment effective", "appointment date", "date appointed", "appointed on", "transferred in", "transfer in",
         "joined")  # fmt: skip
_NOT_ENTRY = frozenset(("federal", "service", "civilian", "scd", "computation", "end", "expiration", "nte", "position", "grade", "step",
                        "supervisor", "type", "authority"))  # fmt: skip
_HALF = 0.5


def is_named(heading: str) -> bool:
    """Whether a heading's words say that it holds the day on which somebody left: Sep date, Retired on, Date left."""
    said = words(heading)
    if said & _OTHER:
        return False
    return any(words(one) <= said for one in _LEFT) or (
        bool(said & _DATE) and any(one in said for one in _WITH_DATE) and len(said) <= len(_DATE)
    )


def days(heading: str, cells: Sequence[str]) -> list[date | None]:
    """The day of each cell, None where it is blank or no day; an empty list where the column does not tell when people left."""
    if not is_named(heading):
        return []
    read = {cell: day_in(cell) for cell in dict.fromkeys(cells)}
    given = [cell for cell in cells if cell.strip()]
    if not given or sum(read[cell] is not None for cell in given) < _HALF * len(given):
        return []
    return [read[cell] for cell in cells]


def of_people(extra: Mapping[str, Sequence[str]], people: int) -> dict[str, list[date | None]]:
    """The days by heading; a column that does not have one cell for each person is none."""
    found = {heading: days(heading, cells) for heading, cells in extra.items() if len(cells) == people}
    return {heading: read for heading, read in found.items() if read}


def entering(heading: str, cells: Sequence[str]) -> list[date | None]:
    """The day on which each came, where a heading is named for it: EOD, Entry on duty, Hire date; else an empty list."""
    said = words(heading)
    if said & _NOT_ENTRY or not any(words(one) <= said for one in _CAME):
        return []
    return [day_in(cell) for cell in cells]


#: What is said of those who came after a day that counts, or had left by it, and have a rate for it.
CAME_AFTER = "says of {} to have come after a day for which there is a rate"


def came_after(came: Sequence[date | None], rated: Sequence[Collection[date]]) -> tuple[int, ...]:
    """The places of those who came after a day of those for which each has a rate."""
    return tuple(
        place for place, (on, days) in enumerate(zip(came, rated, strict=False)) if on and any(on > day for day in days)
    )


def left_by(left: Sequence[date | None], rated: Sequence[Collection[date]]) -> dict[int, list[date]]:
    """The places of those who had left by a day of those for which each has a rate, with these days."""
    found = (
        (place, [day for day in days if on <= day])
        for place, (on, days) in enumerate(zip(left, rated, strict=False)) if on
    )  # fmt: skip
    return {place: days for place, days in found if days}


@lru_cache(maxsize=1 << 12)
def day_in(cell: str) -> date | None:
    """The day that a cell holds, as the roster takes it or in a form that other systems print."""
    seen = printed.held(cell)
    texts = (seen, *(form.read(seen, {}) for form in printed.FORMS["rating_date"]))
    for text in filter(None, texts):
        try:
            found, _ = settled(text, day)
        except Unreadable:
            continue
        return found if isinstance(found, date) else None
    return None
