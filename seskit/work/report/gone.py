"""Who was on the roster of the year before and is not on this one: each is to be explained, or a row is missing."""

from __future__ import annotations

from collections.abc import Iterator

from seskit.record.problem import Problem
from seskit.record.roster import Judged, Person, Roster, judged
from seskit.record.roster.person_numbers import bare, told

_FIX = (
    "Bring the row if the executive was on the rolls on a day that counts. If not, write in 'gone' why, such as retired "
    "on 12/31/2002, moved to another agency, or on the roster under a new number."
)
_NONE_KNOWN = "Bring the roster of this agency. If the numbers were given anew, say so in 'gone' in every row, or remove the file."
_HERE = "Clear it, or correct the row of the roster if the executive had left by then."


def problems(roster: Roster) -> Iterator[Problem]:
    """An error for each without a word, or one for all where this roster has nobody of the year before; a warning for each who
    is said to be gone and is on the rolls at the end of the period.
    """
    last = roster.last
    if last is None or not roster.people:
        return
    here = {bare(person.person_id or "") for person in roster.people}
    missing = {number: row for number, row in last.rows.items() if bare(number) not in here}
    if len(missing) == len(last.rows) > 1 and not any(why for _, why in missing.values()):
        reason = f"none of the {len(missing):,} executives of the year before is on this roster"
        yield Problem(None, "person_id", "", reason, _NONE_KNOWN, file=last.file)
        return
    told_gone = {bare(number) for number, (_, why) in last.rows.items() if why} & here
    there = {known for one in roster.people if (known := bare(one.person_id or "")) in told_gone and _at_end(one)}
    for number, (row, why) in last.rows.items():
        if why and bare(number) in there:
            reason = "says why the executive is gone, who is on this roster on the rolls at the end of the period"
            yield Problem(row, "gone", "", reason, _HERE, "warning", last.file, person=told(number))
        elif not why and number in missing:
            reason = "on the roster of the year before, not on this one, and nothing says why"
            yield Problem(row, "gone", "", reason, _FIX, file=last.file, person=told(number))


def _at_end(person: Person) -> bool:
    return Judged._make(judged(person)).on_rolls("basic_pay_period_end")
