"""Awards of one period in two places: as the roster has them determined, and as the pay worksheet proposes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from seskit.formats.counts import number_of
from seskit.law.facts import dollars
from seskit.record.agency import Agency
from seskit.record.problem import Problem
from seskit.record.roster import Person

#: So many executives are named, with both amounts.
_NAMED = 3


@dataclass(frozen=True)
class TwoAwards:
    """The awards of everyone who is in both places and whose plan has determined its awards, and for whom they differ."""

    determined: Mapping[str, Decimal]
    proposed: Mapping[str, Decimal]
    differ: tuple[str, ...]

    @property
    def problem(self) -> Problem:
        """The same as a problem of the worksheet: by executive number with both amounts, of many the first."""
        each = [
            f"{who} ({dollars(self.determined[who])} determined, {dollars(self.proposed[who])} here)"
            for who in self.differ[:_NAMED]
        ]
        left = len(self.differ) - len(each)
        named = ", ".join(each) + (f" and {number_of(left, 'other')}" if left else "")
        return Problem(
            None, None, "",
            f"the proposed awards differ from those determined in the roster, for {number_of(len(self.differ), 'executive')}: {named}",
            "Decide which are right, and correct the others, so that nothing is paid twice.", "warning", "pay",
        )  # fmt: skip


def compared(agency: Agency, people: Iterable[Person], proposed: Mapping[str, Decimal | None]) -> TwoAwards | None:
    """Where they differ; None where nothing is determined yet, or both are the same."""
    done = {plan.id for plan in agency.plans if plan.awards.status == "paid" and plan.awards.determined_on}
    before = {
        who: person.award or Decimal(0)
        for person in people
        if (who := person.person_id) in proposed and who is not None and person.plan in done
    }
    here = {who: amount or Decimal(0) for who, amount in proposed.items()}
    differ = tuple(who for who, amount in before.items() if amount != here[who])
    return TwoAwards(before, here, differ) if differ and any(before.values()) else None


def problems(agency: Agency, people: Iterable[Person], proposed: Mapping[str, Decimal | None]) -> Iterator[Problem]:
    """A warning where they differ."""
    if found := compared(agency, people, proposed):
        yield found.problem
