"""The people of a roster by what they have alike: a rule is asked once for all of whom it says the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import count
from operator import itemgetter
from typing import TypeVar

from seskit.record.roster.columns import Judged, Person

Said = TypeVar("Said")
_AWARD = Judged._fields.index("award")
_but_award = itemgetter(*(Person._fields.index(name) for name in Judged._fields if name != "award"))
_award = itemgetter(Person._fields.index("award"))


class Groups:
    """Kinds of people, alike in all that the report looks at but the amount of an award, and the awards in each."""

    def __init__(self, people: Sequence[Person]) -> None:
        """Count the people in one pass."""
        numbers: defaultdict[tuple[object, ...], int] = defaultdict(count().__next__)
        #: The kind of each person, in the order of the roster.
        self.of = list(map(numbers.__getitem__, map(_but_award, people)))
        #: The kinds in the order they are met, their award left blank.
        self.kinds = [Judged._make((*key[:_AWARD], None, *key[_AWARD:])) for key in numbers]
        #: How many have the same kind and award, in the order they are met.
        self.alike: Counter[tuple[int, Decimal | None]] = Counter(zip(self.of, map(_award, people), strict=True))
        #: How many of each kind have each award, or none.
        self.awards: list[dict[Decimal | None, int]] = [{} for _ in self.kinds]
        for (kind, award), number in self.alike.items():
            self.awards[kind][award] = number
        #: Each kind with the number of its people.
        self.counted = [(kind, sum(awards.values())) for kind, awards in zip(self.kinds, self.awards, strict=True)]

    def with_awards(self) -> Iterator[tuple[int, Judged, dict[Decimal, int]]]:
        """The kinds of which somebody has an award, by number, with how many have each amount."""
        for number, (kind, awards) in enumerate(zip(self.kinds, self.awards, strict=True)):
            if amounts := {amount: many for amount, many in awards.items() if amount is not None}:
                yield number, kind, amounts

    def said_of_awards(self, ask: Callable[[Judged], Said | None]) -> dict[tuple[int, Decimal], Said]:
        """What is said of people by kind and award, where anything is.

        Rules on amounts have a least and a most: where nothing is said of the least and of the greatest amount of a kind,
        nothing is of those between, and they are not asked.
        """
        said: dict[tuple[int, Decimal], Said] = {}
        for number, kind, amounts in self.with_awards():
            if any(ask(kind._replace(award=end)) for end in (min(amounts), max(amounts))):
                asked = ((amount, ask(kind._replace(award=amount))) for amount in amounts)
                said |= {(number, amount): answer for amount, answer in asked if answer}
        return said
