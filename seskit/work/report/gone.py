"""Who was on the roster of the year before and is not on this one: each is to be explained, or a row is missing."""

from __future__ import annotations

from collections.abc import Iterator

from seskit.record.problem import Problem
from seskit.record.roster import Roster
from seskit.record.roster.person_numbers import bare, told

_FIX = (
    "Bring the row if the executive was on the rolls on a day that counts. If not, write in 'gone' why, such as retired "
    "on 12/31/2002, moved to another agency, or on the roster under a new number."
)
_NONE_KNOWN = "Bring the roster of this agency. If the numbers were given anew, say so in 'gone' in every row, or remove the file."


def problems(roster: Roster) -> Iterator[Problem]:
    """An error for each without a word; one for all where this roster has nobody of the year before."""
    last = roster.last
    if last is None or not roster.people:
        return
    here = {bare(person.person_id or "") for person in roster.people}
    missing = {number: row for number, row in last.rows.items() if bare(number) not in here}
    if len(missing) == len(last.rows) > 1 and not any(why for _, why in missing.values()):
        reason = f"none of the {len(missing):,} executives of the year before is on this roster"
        yield Problem(None, "person_id", "", reason, _NONE_KNOWN, file=last.file)
        return
    for number, (row, why) in missing.items():
        if not why:
            reason = "on the roster of the year before, not on this one, and nothing says why"
            yield Problem(row, "gone", "", reason, _FIX, file=last.file, person=told(number))
