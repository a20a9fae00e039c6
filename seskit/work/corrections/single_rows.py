"""Rows that may not count, each by itself: left out of this roster alone, or read like the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from seskit.record.problem import Problem
from seskit.record.roster import Person
from seskit.record.roster.marks import HIDDEN, STRUCK
from seskit.record.roster.readings import Reading
from seskit.work.corrections.groups import Offer, ProblemGroup, numbered

#: Up to so many rows are asked one by one.
_FEW = 5


def to_leave_out(rows: Sequence[int]) -> tuple[Offer, ...]:
    """A repair for each row, where they are few."""
    return tuple(_offer((row,), counts=False) for row in rows) if len(rows) <= _FEW else ()


def either(people: Sequence[Person]) -> tuple[Offer, ...]:
    """A repair for each of these rows where it does not matter which of them is left out: they say the same of one person."""
    said = {one._replace(row=0, person_id=None, name=None) for one in people}
    return to_leave_out([one.row for one in people]) if len(said) == 1 else ()


def groups(problems: Sequence[Problem]) -> Iterator[ProblemGroup]:
    """The rows that are struck through or hidden in the workbook: the few one by one, many of one kind together."""
    alike: dict[str, list[Problem]] = {}
    for one in problems:
        if one.key in (STRUCK, HIDDEN):
            alike.setdefault(one.key, []).append(one)
    for key, found in alike.items():
        for those in [[one] for one in found] if len(found) <= _FEW else [found]:
            rows = tuple(one.row or 0 for one in those)
            reason = f"{numbered(rows)}: {those[0].reason}"
            hidden = key == HIDDEN  # most often by a filter, and who is struck through was taken back
            offers = (_offer(rows, counts=hidden), _offer(rows, counts=not hidden))
            yield ProblemGroup(
                f"{'hidden' if hidden else 'struck'}:{'-'.join(map(str, rows[:1]))}", reason, those[0].fix, tuple((row, "") for row in rows), offers=offers,
                looks="a row that is struck through or hidden", kind="rows",
            )  # fmt: skip


def _offer(rows: tuple[int, ...], *, counts: bool) -> Offer:
    named = f"{rows[0]}-and-{len(rows) - 1}-more" if len(rows) > 1 else f"{rows[0]}"
    question = (
        f"Read {numbered(rows)} like every other row?"
        if counts
        else f"Leave out {numbered(rows)}, of this roster alone?"
    )
    readings = tuple(Reading(kind="row", row=row, counts=counts) for row in rows)
    return Offer(f"row:{named}:{'counts' if counts else 'out'}", question, (), readings)
