"""Files that are probably an agency's own and are not read, because of their name: another copy, another ending.

A folder that is synchronized, a browser and a file manager make copies by themselves; who worked in one of them lost nothing
only if that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from filecmp import cmp
from pathlib import Path

from seskit.formats import near_files
from seskit.record import own_files
from seskit.record.problem import Problem

_FILES = (
    *((f"{stem}.csv", f"{stem}.xlsx") for stem in own_files.TABLES),
    ("roster.corrections.csv",),
    *((f"{stem}.yaml",) for stem in own_files.TEXTS),
)
#: Files that nothing goes on without: whoever misses them says what is there in their place.
_TOLD = ("roster.csv", "agency.yaml")


def problems(folder: Path) -> list[Problem]:
    """One warning for each file of which there is another copy that holds something else, or that has another name."""
    return [one for names in _FILES for one in _of_file(folder, names)]


def _of_file(folder: Path, names: Sequence[str]) -> Iterator[Problem]:
    there = [file for name in names if (file := folder / name).is_file()]
    copies = near_files.copies(folder, names)
    if there:
        others = [one for one in copies if not any(_same(one, file) for file in there)]
        if others:
            said = (
                "another copy of it is in the folder under a longer name, holds something else, and is not read"
                if len(others) == 1
                else f"{len(others)} other copies of it are in the folder under longer names, hold something else, and are not read"
            )
            fix = f"Give the one with your latest work the name {there[0].name}, and take the others out of the folder."
            yield _warning(there[0].name, said, fix)
    elif names[0] not in _TOLD:
        fix = near_files.beside(folder, names)
        if not fix and copies:
            fix = f"There is a copy of it under a longer name: rename it to {names[0]} if it is the one."
        if fix:
            yield _warning(names[0], "is not there, and a file with almost that name is not read", fix)


def _same(one: Path, other: Path) -> bool:
    try:
        return cmp(one, other, shallow=False)
    except OSError:
        return False


def _warning(file: str, reason: str, fix: str) -> Problem:
    return Problem(None, None, "", reason, fix, "warning", file)
