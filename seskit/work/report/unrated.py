"""Executives whose rating is blank: nothing stands in the way of a form, and a person must have seen it."""

from __future__ import annotations

from collections.abc import Iterator

from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import Judged, Person, Roster, judged


def problems(agency: Agency | None, roster: Roster) -> Iterator[Problem]:
    """A warning for everyone on the rolls at the end of the period whose rating is blank: a form is final without it."""
    if agency is None or "rating" not in [column for _, column in roster.headings]:
        return
    plans = {plan.id for plan in agency.plans}
    fix = "Write the rating, or leave the cell blank if the executive was not rated for this period."
    for person in roster.people:
        if (
            person.rating is None
            and person.plan in plans
            and not roster.is_bad(person.row, "rating")
            and _there(person)
        ):
            reason = "on the rolls at the end of the period, and no rating is given"
            yield Problem(person.row, "rating", "", reason, fix, "warning", key="not rated")


def _there(person: Person) -> bool:
    return Judged._make(judged(person)).on_rolls("basic_pay_period_end")
