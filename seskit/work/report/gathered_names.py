"""One name under different numbers in two bureaus: the department's roster has few names, so that nothing later would see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from seskit.formats.counts import rows_of
from seskit.record.agency import FILE
from seskit.record.roster import Judged, Person, judged
from seskit.record.roster.person_numbers import bare
from seskit.work.report.same_names import spelled

_MOST_ROWS = 8
_PAYS = ("basic_pay_fy_end", "basic_pay_period_end")


@dataclass(frozen=True)
class BureauPeople:
    """Who of a bureau goes onto the department's roster, and whether its agency.yaml says that alike names are several people."""

    folder: str
    people: Sequence[Person]
    confirmed: bool


def counted(person: Person) -> frozenset[str]:
    """What a form counts of a row."""
    as_judged = Judged._make(judged(person))
    given = {name for name in ("rating", "award") if getattr(person, name) is not None}
    return frozenset(given.union(filter(as_judged.on_rolls, _PAYS)))


def twice(bureaus: Sequence[BureauPeople], *, coded: bool, confirmed: bool) -> tuple[list[str], list[str]]:
    """What is wrong, and what is only to know: rows of two bureaus that would count one person twice, by row and never by name.

    One bureau may write the last name first. A last name alone may be several people's, and a person who moved may have a rate in one bureau and the rating in another.
    """
    named: dict[str, list[tuple[int, Person]]] = defaultdict(list)
    for place, bureau in enumerate(bureaus):
        for person in bureau.people:
            words = spelled(person.name).split()
            if len(words) > 1:
                named[" ".join(sorted(words))].append((place, person))
    pairs: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for several in named.values():
        for (here, one), (elsewhere, other) in combinations(several, 2):
            one_number = not coded and bare(one.person_id or "") == bare(
                other.person_id or ""
            )  # which is refused already
            if here != elsewhere and not one_number and counted(one) & counted(other):
                pairs[here, elsewhere].append((one.row, other.row))
    wrong, notes = [], []
    for (here, elsewhere), rows in pairs.items():
        both = bureaus[here], bureaus[elsewhere]
        if confirmed or any(one.confirmed for one in both):
            notes.append(f"{_said(both, rows)}: confirmed as different people.")
        else:
            wrong.append(
                f"{_said(both, rows)}, and would count twice. If it is one person, leave rates, "
                f"rating and award blank where they had left; if it is two, say so under confirmed: same_names in {FILE} of "
                f"{both[0].folder} or {both[1].folder}."
            )
    return wrong, notes


def _said(both: Collection[BureauPeople], rows: Sequence[tuple[int, int]]) -> str:
    where = [
        f"{rows_of(of, _MOST_ROWS)} of {one.folder}" for one, of in zip(both, zip(*rows, strict=True), strict=True)
    ]
    said = " and ".join(where)
    return f"{said[0].upper()}{said[1:]} have the same {'name' if len(rows) == 1 else 'names'} under different numbers"
