"""What a department's folder held before it is gathered again, against what comes: nobody goes without a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.record.agency import FILE, Plan
from seskit.record.agency_folder import AgencyFolder

#: What is compared of a plan that is in the department's own agency.yaml and in the bureaus': its name is its own.
SAME = ("rating pattern", "appraisal period", "status of awards", "month of payment", "basis of the pool")
_DAYS = ("day of determination", "day on which ratings were final")


def same(plan: Plan) -> tuple[object, ...]:
    """What must be alike of a plan wherever it is described."""
    period = (plan.appraisal_period.first, plan.appraisal_period.last)
    return plan.pattern, period, plan.awards.status, plan.awards.paid_in, plan.pool_basis


def missing(out: Path, bureaus: Collection[str], coming: Collection[str | None]) -> Iterator[str]:
    """Who is on the department's roster as it is, and on none of these bureaus' by any number that is coming; by bureau, and
    never by name.
    """
    if not out.is_dir():
        return
    before: dict[str, list[bool]] = defaultdict(list)
    for person in AgencyFolder(out).roster.people:
        before[person.component or ""].append(person.person_id in coming)
    for bureau, still in before.items():
        gone = still.count(False)
        if gone and bureau and bureau not in bureaus:
            yield (
                f"{number_of(gone, 'person', 'people')} of {bureau} on the former roster of '{out.name}' "
                f"{'is' if gone == 1 else 'are'} on none of these: no folder has that bureau now."
            )
        elif gone:
            yield (
                f"{bureau or 'Without a component'}: {gone} of {number_of(len(still), 'person', 'people')} on the former roster of '{out.name}' "
                f"{'is' if gone == 1 else 'are'} on none of these."
            )


def plans(own: Sequence[Plan], coming: Collection[Plan]) -> Iterator[str]:
    """What the department's agency.yaml, which stays, says otherwise of a plan than the bureaus do."""
    by_id = {plan.id: plan for plan in own}
    for plan in coming:
        mine = by_id.pop(plan.id, None)
        if mine is None:
            yield f"{FILE} has no plan '{plan.id}', which the bureaus have: add it."
        elif differs := list(_differs(mine, plan)):
            yield f"{FILE} stays, and differs from the bureaus about plan '{plan.id}': {'; '.join(differs)}. Correct whichever is wrong."
    for left in by_id:
        yield f"{FILE} has a plan '{left}', which no bureau has."


def same_names(out: Path) -> bool:
    """Whether the department's own agency.yaml says that rows of the same name are different people."""
    own = AgencyFolder(out).about.agency if (out / FILE).is_file() else None
    return bool(own and own.confirmed.same_names)


def _differs(mine: Plan, theirs: Plan) -> Iterator[str]:
    yield from (name for name, one, two in zip(SAME, same(mine), same(theirs), strict=True) if one != two)
    held = zip(_DAYS, _days(mine), _days(theirs), strict=True)
    yield from (f"{name} {one or 'blank'}, of the bureaus {two or 'blank'}" for name, one, two in held if one != two)


def _days(plan: Plan) -> tuple[object, ...]:
    return plan.awards.determined_on, plan.awards.ratings_final_on
