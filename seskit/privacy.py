"""Keeping personal data where it belongs: safe display, small cells, and a scanner for what leaked.

A Social Security number is never read, stored or shown. Its shape alone is known here, so that it can be refused.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

_SSN = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_PATH = re.compile(r"(?<![\w/.:])/(?:home|root|Users|tmp|work|var|mnt)/[\w.-]+|(?<![A-Za-z])[A-Za-z]:\\+Users\\+\w+")
_WIDGET_STATE = re.compile(r"application/vnd\.jupyter\.widget-(?:state|view)\+json")
_SHOWN_AT_MOST = 40
SMALL_CELL = 5
HIDDEN = "hidden"
TOTAL = "total"
K = TypeVar("K", bound=Hashable)


def has_ssn(text: str) -> bool:
    """Whether the text holds something shaped like a Social Security number."""
    return bool(_SSN.search(text))


def shown(value: object) -> str:
    """A cell as it may be repeated in a message: numbers shaped like an SSN masked, controls removed, cut short."""
    text = _SSN.sub("***-**-****", str(value))
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= _SHOWN_AT_MOST else text[: _SHOWN_AT_MOST - 1] + "…"


def hide_small(counts: Mapping[str, int], least: int = SMALL_CELL) -> dict[str, int | str]:
    """Counts that add up to a published total, with small cells hidden, and enough neighbours to keep them hidden.

    A single hidden cell could be found by subtraction, so the smallest remaining one is hidden with it; cells that are
    hidden must together hold at least `least` people. Zero is not hidden, unless it is needed as a neighbour.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    rest = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key] == 0, counts[key]))
    while hidden and rest and (len(hidden) < 2 or sum(counts[key] for key in hidden) < least):
        hidden.add(rest.pop(0))
    return {key: HIDDEN if key in hidden else count for key, count in counts.items()}


@dataclass(frozen=True)
class Cell:
    """A published count that stands in two sums: what flows out of the one and into the other."""

    count: int
    source: Hashable
    target: Hashable
    is_total: bool = False


def two_way(counts: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], Cell]:
    """The cells of a table with its totals, keyed by row and column; a total's row or column is called "total"."""

    def cell(row: str, column: str, count: int) -> Cell:
        ends = (("row", row), ("column", column))
        if (row == TOTAL) != (column == TOTAL):
            ends = (ends[1], ends[0])
        return Cell(count, *ends, TOTAL in (row, column))

    return {key: cell(*key, count) for key, count in counts.items()}


def hide(cells: Mapping[K, Cell], least: int = SMALL_CELL, also: Iterable[K] = ()) -> list[K]:
    """Which cells of tables with totals to hide, in order: small ones, then neighbours until none can be found.

    A sum gives a hidden cell away when it is the only one there, or when those hidden in it are known together to hold
    fewer than `least` people. After that every hidden cell is tried against all sums at once: one that could hold no
    other count gets a further neighbour.
    """
    small = [key for key, cell in cells.items() if 0 < cell.count < least]
    hidden = dict.fromkeys([*also, *small])
    sums: dict[Hashable, list[K]] = {}
    for key, cell in cells.items():
        sums.setdefault(cell.source, []).append(key)
        sums.setdefault(cell.target, []).append(key)
    while more := _gives_away(cells, sums, hidden, least) or _fixed(cells, sums, hidden):
        hidden[min(more, key=lambda key: _reluctance(cells[key]))] = None
    return list(hidden)


def _reluctance(cell: Cell) -> tuple[bool, bool, int]:
    """Single cells before totals, non-zero before zero, small before large."""
    return cell.is_total, cell.count == 0, cell.count


def _gives_away(
    cells: Mapping[K, Cell], sums: Mapping[Hashable, list[K]], hidden: Collection[K], least: int
) -> list[K]:
    """The shown cells of the first sum that gives a hidden one away."""
    for name, members in sums.items():
        inside = [cells[key] for key in members if key in hidden]
        shown_cells = [key for key in members if key not in hidden]
        one_side = len({cell.source == name for cell in inside}) == 1
        if shown_cells and inside and one_side and (len(inside) == 1 or sum(cell.count for cell in inside) < least):
            return shown_cells
    return []


def _fixed(cells: Mapping[K, Cell], sums: Mapping[Hashable, list[K]], hidden: Collection[K]) -> list[K]:
    """For the first hidden cell that could hold no other count: its shown neighbours or, where it has none, the
    shown cell that frees it.
    """
    for key in hidden:
        if not can_differ(cells, hidden, key):
            around = sums[cells[key].source] + sums[cells[key].target]
            if found := [near for near in around if near not in hidden]:
                return found
            apart = sorted((far for far in cells if far not in hidden), key=lambda far: _reluctance(cells[far]))
            if found := [far for far in apart if can_differ(cells, [*hidden, far], key)][:1] or apart[:1]:
                return found
    return []


def can_differ(cells: Mapping[K, Cell], hidden: Collection[K], key: K) -> bool:
    """Whether a hidden cell could hold another count, all shown ones staying as they are and none below zero.

    Exact: counts in a table are a flow through its sums, so one can change only along a ring of hidden cells.
    """
    ways: dict[Hashable, set[Hashable]] = {}
    for other in hidden:
        cell = cells[other]
        if other != key:
            ways.setdefault(cell.source, set()).add(cell.target)
            if cell.count:
                ways.setdefault(cell.target, set()).add(cell.source)
    asked = cells[key]
    more = asked.source in _reached(ways, asked.target)
    return more or (asked.count > 0 and asked.target in _reached(ways, asked.source))


def _reached(ways: Mapping[Hashable, set[Hashable]], start: Hashable) -> set[Hashable]:
    seen, ahead = {start}, [start]
    while ahead:
        for step in ways.get(ahead.pop(), set()) - seen:
            seen.add(step)
            ahead.append(step)
    return seen


@dataclass(frozen=True)
class Sum:
    """A total and the cells that add up to it."""

    total: Hashable
    parts: tuple[Hashable, ...]


def hide_linked(
    counts: Mapping[Any, int], sums: Sequence[Sum], least: int = SMALL_CELL, unpublished: Collection[Any] = ()
) -> dict[Any, int | str]:
    """Counts tied to each other by sums, in any number of tables, with small cells hidden so that they stay hidden.

    Whoever knows every shown count and every sum can work out no hidden cell, and the cells hidden in one sum hold at
    least `least` people together. Cells that are not shown at all, but could be worked out, are named as unpublished:
    the small ones are kept from it, too.
    """
    small = {key for key, count in counts.items() if 0 < count < least}
    hidden = small | set(unpublished)
    guarded = {key: key not in unpublished or key in small for key in counts}
    of: dict[Hashable, list[Sum]] = {}
    for tie in sums:
        for key in (tie.total, *tie.parts):
            of.setdefault(key, []).append(tie)
    totals = {tie.total for tie in sums}
    while True:
        told = [key for key in _told(counts, sums, hidden, least) if guarded[key]]
        more: set[Any] = set()
        for key in told:
            if near := _nearest(key, of, hidden | more):
                more.add(min(near, key=lambda k: (k in totals, counts[k] == 0, counts[k], str(k))))
        if not more:
            return {key: HIDDEN if key in hidden else count for key, count in counts.items() if key not in unpublished}
        hidden |= more


def _nearest(key: Any, of: Mapping[Any, Sequence[Sum]], hidden: Collection[Any]) -> set[Any]:
    """The shown cells that share a sum with a cell or, where there are none, with those that do, and so on."""
    seen, edge = {key}, {key}
    while edge:
        edge = {other for one in edge for tie in of.get(one, ()) for other in (tie.total, *tie.parts)} - seen
        seen |= edge
        if shown := edge - set(hidden):
            return shown
    return set()


def _told(counts: Mapping[Any, int], sums: Sequence[Sum], hidden: Collection[Any], least: int) -> list[Any]:
    """The hidden cells that the shown ones give away: by solving, by bounds, or as too few people in one sum."""
    told = set(_solved([_unknown(tie, hidden) for tie in sums]))
    low = dict.fromkeys(hidden, 0)
    high = dict.fromkeys(hidden, sum(counts.values()) + 1)
    for _ in range(8):
        for tie in sums:
            _narrow(tie, counts, hidden, low, high)
    told |= {key for key in hidden if low[key] == high[key]}
    for tie in sums:
        unknown = [key for key in tie.parts if key in hidden]
        if unknown and tie.total not in hidden and sum(counts[key] for key in unknown) < least:
            told |= set(unknown)
    return sorted(told, key=str)


def _unknown(tie: Sum, hidden: Collection[Any]) -> dict[Any, int]:
    found = {key: 1 for key in tie.parts if key in hidden}
    return found | ({tie.total: -1} if tie.total in hidden else {})


#: Arithmetic modulo a large prime tells singular from regular as exact fractions would, and stays quick.
_PRIME = 2**61 - 1


def _solved(equations: Iterable[dict[Any, int]]) -> Iterator[Any]:
    """The unknowns that the equations determine, whatever their right-hand sides."""
    pivots: dict[Any, dict[Any, int]] = {}
    for equation in equations:
        row = {key: value % _PRIME for key, value in equation.items()}
        while pivot := next((key for key in row if key in pivots), None):
            _subtract(row, pivots[pivot], row[pivot])
        if row:
            first = next(iter(row))
            scale = pow(row[first], -1, _PRIME)
            row = {key: value * scale % _PRIME for key, value in row.items()}
            for other in pivots.values():
                if first in other:
                    _subtract(other, row, other[first])
            pivots[first] = row
    return (key for key, row in pivots.items() if len(row) == 1)


def _subtract(row: dict[Any, int], other: Mapping[Any, int], times: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - times * value) % _PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)


def _narrow(
    tie: Sum, counts: Mapping[Any, int], hidden: Collection[Any], low: dict[Any, int], high: dict[Any, int]
) -> None:
    """What one sum says about the least and the most each hidden cell can be, no count being below zero."""

    def ends(key: Any) -> tuple[int, int]:
        return (low[key], high[key]) if key in hidden else (counts[key], counts[key])

    least, most = sum(ends(key)[0] for key in tie.parts), sum(ends(key)[1] for key in tie.parts)
    if tie.total in hidden:
        low[tie.total], high[tie.total] = max(low[tie.total], least), min(high[tie.total], most)
    bottom, top = ends(tie.total)
    for key in tie.parts:
        if key in hidden:
            before = low[key], high[key]
            low[key] = max(low[key], bottom - (most - before[1]))
            high[key] = min(high[key], top - (least - before[0]))


@dataclass(frozen=True)
class Leak:
    """Something personal found where it should not be."""

    file: str
    line: int
    what: str


def scan(folder: Path, names: Iterable[str] = ()) -> list[Leak]:
    """Look through every file below a folder for numbers shaped like an SSN, machine paths, stored widget state, and
    the given names of people. Files named `supplement*` may hold names: they are made to. Workbooks and other
    zipped documents are opened.
    """
    wanted = [name for name in {name.strip() for name in names} if name]
    people = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")(?!\w)") if wanted else None
    return [leak for file in sorted(folder.rglob("*")) if file.is_file() for leak in _scan_file(folder, file, people)]


def _scan_file(folder: Path, file: Path, people: re.Pattern[str] | None) -> Iterator[Leak]:
    where = file.relative_to(folder).as_posix()
    for number, line in _lines(file):
        if _SSN.search(line):
            yield Leak(where, number, "a number shaped like a Social Security number")
        if _PATH.search(line):
            yield Leak(where, number, "a path of the machine it was made on")
        if file.suffix == ".ipynb" and _WIDGET_STATE.search(line):
            yield Leak(where, number, "stored widget state")
        if people and not file.name.startswith("supplement") and people.search(line):
            yield Leak(where, number, "the name of a person")


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for member in archive.namelist():
                yield from enumerate(archive.read(member).decode("utf-8", "replace").splitlines(), 1)
    else:
        with file.open(encoding="utf-8", errors="replace") as lines:
            yield from enumerate(lines, 1)
