"""The ratings an executive has on record, this year's from the roster and earlier ones from history.csv beside it.

Report, pay worksheet, staffing and the list of actions all take them from here, so that a rating is typed once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from seskit.formats.privacy import shown
from seskit.law import facts, rating_levels
from seskit.law.action_facts import kind_of
from seskit.law.actions.histories import DUTIES, Rated, consequences
from seskit.law.facts import FactError
from seskit.law.parameters import figure
from seskit.record.problem import Problem
from seskit.record.roster import Person, Roster
from seskit.record.roster.columns import placed_outside, took_place
from seskit.record.roster.history import History, is_this_years

PROBATION, SUPERVISOR = "on_probation", "noncareer_supervisor_since"
T = TypeVar("T")
#: What the reporting form calls each row of the decision table on which a removal may rest.
GROUNDS = {"R1": "two_unsatisfactory", "R2": "two_less_than_fully_successful", "R3": "one_unsatisfactory"}
_LEAVES = ("retire", "resign", "separat", "died", "death", "deceased")
_STAYS = ("reassign", "transfer")
MUST_REMOVE, EITHER = "must_remove", "must_reassign_transfer_or_remove"
_CALLS = {
    MUST_REMOVE: "removal from the SES",
    EITHER: "reassignment or transfer within the SES, or removal",
}


def ratings(person: Person, history: History | None, period_end: date | None) -> list[Rated] | None:
    """Every annual rating of one executive; None where the year of one cannot be read."""
    found = []
    for one in history.ratings.get(person.person_id or "", ()) if history else ():
        if one.year is None:
            return None
        if period_end is None or not is_this_years(one, period_end):
            found.append(Rated(year=one.year, level=one.level, issued=one.issued))
    if person.rating is not None and period_end is not None:
        found.append(Rated(year=period_end.year, level=person.rating, issued=person.rating_date))
    return found


def carries_out(action: str | None, duty: str | None) -> bool:
    """Whether an action on record does what the ratings call for: staying within the SES is no removal."""
    told = (action or "").lower()
    if placed_outside(told):
        return True
    return took_place(told) and any(word in told for word in (_LEAVES if duty == MUST_REMOVE else (*_LEAVES, *_STAYS)))


@dataclass(frozen=True)
class Called:
    """What the ratings of one executive call for once probation is over.

    `ground` is the ground of a removal as the reporting form names it, `grounds` every one the ratings bear out.
    """

    says: str
    duty: str | None
    ground: str | None
    grounds: frozenset[str]
    for_counsel: bool


def called_for(person: Person, history: History | None, period_end: date, on: date) -> Called | None:
    """What the ratings on record by a day call for; None where earlier ratings are not known or none is weak."""
    listed = ratings(person, history, period_end) if history else None
    lowest = int(figure("appraisal.regime.lowest_fully_successful", period_end).value)
    if not listed or any(one.level is None for one in listed) or all((one.level or 0) >= lowest for one in listed):
        return None
    try:
        told = consequences(max(on, period_end), appointment_type="career", on_probation=False, history=listed)
    except FactError:
        return None
    rows = [row for row in told.answer.rows if row in DUTIES]
    grounds = {GROUNDS[row] for row in rows} | (
        {GROUNDS["R3"]} if listed[-1].level == rating_levels.unsatisfactory() else set()
    )
    says, duty = "", told.answer.action
    if duty in _CALLS:
        kind = kind_of(person.appointment_type)
        own = consequences(max(on, period_end), appointment_type=kind, on_probation=False, history=listed)
        why = next((f" ({reason.text.rstrip('.')})" for reason in own.reasons if reason.key == rows[0]), "")
        still = ", unless probation still runs" if kind == "career" else ""
        says = f"The ratings on record call for {_CALLS[duty]}{still}{why}"
    return Called(says, duty, GROUNDS[rows[0]] if rows else None, frozenset(grounds), bool(told.answer.open))


def probation(people: Roster, problems: list[Problem]) -> dict[str, bool]:
    """Who is on probation by the roster's column on_probation, where it has one."""
    return _column(people, PROBATION, facts.yes_no, "Write yes or no.", problems)


def supervisors(people: Roster, problems: list[Problem]) -> dict[str, date] | None:
    """When each immediate supervisor who is noncareer and can rate or remove was appointed; None without the column."""
    if SUPERVISOR not in people.extra:
        return None
    return _column(people, SUPERVISOR, facts.day, "Write the date as year-month-day, or leave it blank.", problems)


def _column(people: Roster, name: str, read: Callable[[str], T], fix: str, problems: list[Problem]) -> dict[str, T]:
    """A column that only this subject reads, by person_id; a cell that cannot be read is a problem."""
    found: dict[str, T] = {}
    for person, text in zip(people.people, people.extra.get(name, []), strict=False):
        if person.person_id and text.strip():
            try:
                found[person.person_id] = read(text)
            except facts.Unreadable as failure:
                problems.append(Problem(person.row, name, shown(text), failure.reason, fix))
    return found
