"""Hiding small counts in published tables, so that nobody can work them out from what is shown."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any, TypeVar

SMALL_CELL = 5
HIDDEN = "hidden"
TOTAL = "total"
#: How far from a whole number the solver may leave one.
_EXACT = 1e-6
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Sum:
    """A total and the cells that add up to it."""

    total: Hashable
    parts: tuple[Hashable, ...]

    @property
    def members(self) -> tuple[Hashable, ...]:
        """Every cell of the sum, the total last."""
        return (*self.parts, self.total)


def two_way(rows: Iterable[str], columns: Iterable[str]) -> list[Sum]:
    """The sums of a table with its totals, keyed by row and column; a total's row or column is called "total"."""
    rows, columns = [*rows], [*columns]
    across = [Sum((row, TOTAL), tuple((row, column) for column in columns)) for row in rows]
    down = [Sum((TOTAL, column), tuple((row, column) for row in rows)) for column in [*columns, TOTAL]]
    return [*across, *down, Sum((TOTAL, TOTAL), tuple((TOTAL, column) for column in columns))]


def hide_small(counts: Mapping[str, int], least: int = SMALL_CELL) -> dict[str, int | str]:
    """Counts that add up to a published total, with small cells hidden, and enough neighbors to keep them hidden.

    A single hidden cell could be found by subtraction, so the smallest remaining one is hidden with it; cells that are
    hidden must together hold at least `least` people. Zero is not hidden, unless it is needed as a neighbor.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    rest = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key] == 0, counts[key]))
    while hidden and rest and (len(hidden) < 2 or sum(counts[key] for key in hidden) < least):
        hidden.add(rest.pop(0))
    return {key: HIDDEN if key in hidden else count for key, count in counts.items()}


def hide(
    counts: Mapping[K, int], sums: Sequence[Sum], least: int = SMALL_CELL, also: Iterable[K] = (),
    unpublished: Collection[K] = (), known: Collection[K] = (), given_up: Collection[K] = (),
) -> list[K]:  # fmt: skip
    """Which cells of tables tied by sums to hide, in order: `also`, small ones, then neighbors until none can be found.

    Whoever knows every shown count, every sum, and that nothing is below zero, can work out no hidden cell, and the
    cells hidden in one sum hold at least `least` people together. Cells that are shown nowhere, but could be worked
    out, are named as unpublished: the small ones are kept from it, too. Cells that are `known` already cannot be hidden
    any more; those `given_up` are told by the known ones alone, and nothing is hidden for their sake.
    """
    unshown, public, lost = set(unpublished), set(known), set(given_up)
    small = [key for key, count in counts.items() if 0 < count < least]
    hidden: dict[Any, None] = dict.fromkeys(key for key in (*also, *small, *unpublished) if key not in public)
    guarded = {key for key in counts if key not in unshown or 0 < counts[key] < least} - public - lost
    tables = _Tables(counts, sums, public)
    while told := [near for near in _given_away(tables, hidden, guarded, least) if near] or [
        near for key in determined(counts, sums, hidden, guarded) if (near := tables.around([key], hidden))
    ]:
        touched = set[Any]()
        for near in told:
            if not touched & near:
                hidden[min(near, key=tables.reluctance)] = None
                touched |= near
    return [key for key in hidden if key not in unshown]


class _Tables:
    """Counts and sums, and which cells stand together in a sum."""

    def __init__(self, counts: Mapping[Any, int], sums: Sequence[Sum], known: Collection[Any] = ()) -> None:
        self.counts, self.sums, self.known = counts, sums, known
        self._of: dict[Any, list[Sum]] = {}
        for tie in sums:
            for key in tie.members:
                self._of.setdefault(key, []).append(tie)
        self._totals = {tie.total for tie in sums}
        self._place = {key: number for number, key in enumerate(counts)}

    def reluctance(self, key: Any) -> tuple[bool, bool, int, int]:
        """Single cells before totals, non-zero before zero, small before large."""
        return key in self._totals, self.counts[key] == 0, self.counts[key], self._place[key]

    def around(self, keys: Collection[Any], hidden: Collection[Any]) -> set[Any]:
        """The shown cells that share a sum with these or, where there are none, with those that do, and so on."""
        seen, edge = set(keys), set(keys)
        while edge:
            edge = {other for key in edge for tie in self._of.get(key, ()) for other in tie.members} - seen
            seen |= edge
            if shown := {key for key in edge if key not in hidden and key not in self.known}:
                return shown
        return set()


def _given_away(tables: _Tables, hidden: Collection[Any], guarded: Collection[Any], least: int) -> Iterator[set[Any]]:
    """The shown cells beside a hidden one that is alone in a sum, or is there among too few people."""
    for tie in tables.sums:
        inside = [key for key in tie.members if key in hidden]
        few = tie.total not in hidden and sum(tables.counts[key] for key in inside) < least
        if inside and (few or len(inside) == 1) and any(key in guarded for key in inside):
            shown = {key for key in tie.members if key not in hidden and key not in tables.known}
            yield shown if shown else tables.around(inside, hidden)


def determined(counts: Mapping[K, int], sums: Sequence[Sum], hidden: Collection[K], asked: Collection[K]) -> list[K]:
    """The hidden cells among those asked for that could hold no other count, all shown ones staying as they are.

    Exact: a cell is free once other whole numbers, none below zero, are found that agree with every sum.
    """
    unknown = [key for key in counts if key in hidden]
    left = [key for key in unknown if key in asked]
    if not left:
        return []
    change, chance = _Change(counts, sums, unknown), Random(0)  # noqa: S311
    fixed = []
    while left:
        moved = change.towards({key: chance.choice((-1, 1)) for key in left})
        if moved.isdisjoint(left):
            key = left.pop(0)
            moved = change.towards({key: 1}) | change.towards({key: -1})
            if key not in moved:
                fixed.append(key)
        left = [key for key in left if key not in moved]
    return fixed


@contextmanager
def _unheard() -> Iterator[None]:
    """Let nothing through to standard output: the solver prints its name when it is made."""
    try:
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    except OSError:
        yield
        return
    try:
        os.dup2(nowhere, 1)
        yield
        with suppress(OSError, AttributeError, TypeError):
            ctypes.CDLL(None).fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


class _Change:
    """By how much hidden cells can change together while every sum keeps: whole numbers, no count below zero."""

    def __init__(self, counts: Mapping[Any, int], sums: Sequence[Sum], unknown: Sequence[Any]) -> None:
        self._counts, self._sums = counts, sums
        self._place = {key: number for number, key in enumerate(unknown)}
        self._any = self._model()

    @cached_property
    def _whole(self) -> Any:
        """The same in whole numbers alone, each answer found anew, which takes many times as long."""
        import highspy

        model = self._model()
        model.changeColsIntegrality(len(self._place), self._columns, [highspy.HighsVarType.kInteger] * len(self._place))
        return model

    @cached_property
    def _columns(self) -> list[int]:
        return list(range(len(self._place)))

    def _model(self) -> Any:
        import highspy

        most = 1 + max(self._counts[key] for key in self._place)
        with _unheard():
            model = highspy.Highs()
            model.silent()
        model.setOptionValue("threads", 1)
        for key in self._place:
            model.addVar(-self._counts[key], most)
        for tie in self._sums:
            signs = [(self._place[key], 1) for key in tie.parts if key in self._place]
            if tie.total in self._place:
                signs.append((self._place[tie.total], -1))
            if signs:
                model.addRow(0, 0, len(signs), [place for place, _ in signs], [sign for _, sign in signs])
        model.changeObjectiveSense(highspy.ObjSense.kMaximize)
        return model

    def towards(self, wish: Mapping[Any, int]) -> set[Any]:
        """The cells that change where those of the wish grow (1) or shrink (-1) as far as they can.

        What is best among all numbers, and whole, is best among whole ones.
        """
        aim = [0.0] * len(self._place)
        for key, sign in wish.items():
            aim[self._place[key]] = sign
        found = self._best(self._any, aim)
        if any(abs(number - round(number)) > _EXACT for number in found):
            found = self._best(self._whole, aim)
        return {key for key, number in self._place.items() if abs(found[number]) > 0.5}

    def _best(self, model: Any, aim: Sequence[float]) -> Sequence[float]:
        model.changeColsCost(len(aim), self._columns, aim)
        model.run()
        best: Sequence[float] = model.getSolution().col_value
        return best
