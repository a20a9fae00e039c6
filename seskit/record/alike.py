"""Like problems as one: those that differ in their row and value alone, with how many there are and where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seskit.formats.counts import first_of, number_of
from seskit.record.problem import Problem

#: Fewer than these stay single lines.
_LEAST = 3
_MOST_ROWS, _MOST_VALUES = 8, 3
#: A day is one number, so that a sentence about several is not left with the hyphens of one.
_NUMBER = re.compile(r"\d{4}-\d{2}-\d{2}|\$?\d+(?:[.,]\d+)*")
#: What stands in a sentence about several for a number that is not the same for all of them.
DIFFERS = "…"


def shape(text: str) -> str:
    """A sentence without its numbers: what sentences that differ in them alone have in common."""
    return _NUMBER.sub("\0", text)


def common(texts: Sequence[str]) -> tuple[str, list[list[str]]]:
    """What holds for all of some sentences of one shape, and for each the numbers that are its own."""
    numbers = [_NUMBER.findall(text) for text in texts]
    own = [place for place, held in enumerate(zip(*numbers, strict=True)) if len(set(held)) > 1]
    parts = _NUMBER.split(texts[0])
    said = parts[0]
    for place, rest in enumerate(parts[1:]):
        said += (DIFFERS if place in own else numbers[0][place]) + rest
    return said, [list(dict.fromkeys(held[place] for place in own)) for held in numbers]


def sentence(texts: Sequence[str]) -> str:
    """One sentence for several findings that are counted as one kind: true of each, or said to be an example."""
    if len({shape(text) for text in texts}) > 1:
        return f"for example: {texts[0]}"
    return common(texts)[0]


@dataclass(frozen=True)
class Alike:
    """One kind of problem and all its places."""

    problems: tuple[Problem, ...]

    @property
    def first(self) -> Problem:
        """The first of them: its severity, column, reason and advice are those of all."""
        return self.problems[0]

    @property
    def where(self) -> str:
        """The place in words; of several, how many and the first rows."""
        if len(self.problems) == 1:
            return self.first.where
        rows = {one.row: one.person for one in self.problems if one.row is not None}
        named = first_of(list(rows), _MOST_ROWS, said=lambda row: f"{row:,}{f' [{rows[row]}]' * bool(rows[row])}")
        column = f", {self.first.column}" if self.first.column else ""
        return f"{self.first.file}{column}, {number_of(len(rows), 'row')} ({named})"

    def values(self, *, filed: bool = False) -> str:
        """The different values in words: one, or the first of several and how many others."""
        given = [one.filed_value if filed else one.value for one in self.problems]
        distinct = list(dict.fromkeys(one for one in given if one))
        named = ", ".join(distinct[:_MOST_VALUES] if filed else [f"'{one}'" for one in distinct[:_MOST_VALUES]])
        left = len(distinct) - _MOST_VALUES
        return f"{named} and {number_of(left, 'other')}" if left > 0 else named

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return str(self.first)
        several = len({one.value for one in self.problems}) > 1
        given = f" {said}{':' * several}" if (said := self.values()) else ""
        return f"{self.first.severity.capitalize()}: {self.where}:{given} {self.first.reason}. {self.first.fix}"


def alike(problems: Iterable[Problem]) -> list[Alike]:
    """The problems with like ones together, each kind where its first one stands."""
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for number, one in enumerate(problems):
        kind = (one.file, one.column, one.reason, one.fix, one.severity, one.check, bool(one.value))
        kinds.setdefault(kind if one.row is not None else (number,), []).append(one)
    found: list[Alike] = []
    for of_kind in kinds.values():
        found += [Alike(tuple(of_kind))] if len(of_kind) >= _LEAST else [Alike((one,)) for one in of_kind]
    return found
