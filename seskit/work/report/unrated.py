"""Executives whose rating is blank: nothing stands in the way of a form, and a person must have seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import Groups, Roster

_FIX = "Write the rating, or leave the cell blank if the executive was not rated for this period."
_THERE = "on the rolls at the end of the period, and no rating is given"


def problems(agency: Agency | None, roster: Roster, groups: Groups | None = None) -> Iterator[Problem]:
    """A warning for everyone on the rolls at the end of the period whose rating is blank: a form is final without it.

    One for all of a plan in which nobody is rated; `groups` are the roster's, if already made.
    """
    if agency is None or "rating" not in [column for _, column in roster.headings]:
        return
    alike = roster.groups() if groups is None else groups
    plans = {plan.id for plan in agency.plans}
    rated = {kind.plan for kind in alike.kinds if kind.rating is not None}
    blank = [
        kind.plan in plans and kind.rating is None and kind.on_rolls("basic_pay_period_end") for kind in alike.kinds
    ]
    if not any(blank):
        return
    of = zip(roster.people, alike.of, strict=True)
    people = [one for one, kind in of if blank[kind] and not roster.is_bad(one.row, "rating")]
    there = Counter(one.plan for one in people)
    together = {plan for plan, many in there.items() if many > 1 and plan not in rated}
    for plan in (one.id for one in agency.plans if one.id in together):
        reason = (
            f"{there[plan]:,} executives of plan '{plan}' on the rolls at the end of the period, and none has a rating"
        )
        yield Problem(None, "rating", "", reason, _FIX, "warning", key="not rated")
    for one in people:
        if one.plan not in together:
            yield Problem(one.row, "rating", "", _THERE, _FIX, "warning", key="not rated")
