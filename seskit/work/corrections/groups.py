"""A kind of problem with all its places, and the repairs that may be confirmed for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from seskit.formats.counts import rows_of
from seskit.record.roster.readings import Reading

Places = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Offer:
    """One repair of all places of a group: what it does, with examples; it is done only when it is accepted."""

    id: str
    #: What is asked, as a whole sentence.
    question: str
    #: The text in the file and what would be taken, for a few different texts.
    examples: tuple[tuple[str, str], ...] = ()
    #: What is kept in the file of readings, and values written into single cells.
    readings: tuple[Reading, ...] = ()
    cells: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True)
class ProblemGroup:
    """Like problems: why, where, how grave, and what may be done about all of them."""

    id: str
    reason: str
    fix: str
    places: Places
    severity: str = "error"
    offers: tuple[Offer, ...] = ()
    #: What the values look like where no repair is offered.
    looks: str = ""
    #: The kind, for a filter: value, blank, column, layout, rows, rule.
    kind: str = "value"
    texts: tuple[str, ...] = field(default=(), repr=False)
    #: The entry of agency.yaml in which a reason in writing confirms that it is right; nothing where it must be corrected.
    confirms: str = ""
    #: Other columns whose cells in the same rows may be the wrong ones.
    rests_on: tuple[str, ...] = ()

    #: The list beside the roster that it is about; nothing where that is the roster.
    file: str = ""
    #: How many problems it stands for, where that is not the number of its rows.
    number: int = 0

    @property
    def count(self) -> int:
        """How many problems it stands for: one in each of its rows, unless it says otherwise."""
        return self.number or max(1, len(self.rows))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns concerned."""
        return tuple(dict.fromkeys(column for _, column in self.places if column))

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows concerned."""
        return tuple(dict.fromkeys(row for row, _ in self.places if row))


def plainly(heading: str) -> str:
    """A heading as a part of an id."""
    return "-".join("".join(c if c.isalnum() else " " for c in heading.lower()).split()) or "unnamed"


def called(heading: str, header: Sequence[str]) -> str:
    """A heading as a part of an id, numbered where an earlier one has the same letters, as Bonus ($) and Bonus (%) have."""
    alike = list(dict.fromkeys(one.strip() for one in header if plainly(one) == plainly(heading)))
    place = alike.index(heading.strip()) if heading.strip() in alike else 0
    return f"{plainly(heading)}-{place + 1}" if place else plainly(heading)


def names_rows(reason: str) -> bool:
    """Whether a reason names its rows already."""
    return re.search(r"\brows? \d", reason) is not None


def numbered(rows: tuple[int, ...], most: int = 10, whose: Callable[[int], str] = lambda _: "") -> str:
    """Rows in words, with whose each is: row 4; rows 4 [A17], 7 [A20] and 12 more."""
    return rows_of([f"{row}{f' [{number}]' if (number := whose(row)) else ''}" for row in rows], most)
