"""What changed in a walk's finished files since the last time: which are new, which differ, and which figures."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.formats import files, leaving

_MOST = 8
_LARGEST = 2_000_000


@dataclass(frozen=True)
class Before:
    """The files of a folder as they were: what each held, and the figures of those that are data."""

    digests: Mapping[str, str | None]
    figures: Mapping[str, Mapping[str, str]]


def before(folder: Path) -> Before:
    """A folder as it is before files are written into it."""
    there = [path for path in sorted(folder.iterdir()) if path.is_file()] if folder.is_dir() else []
    return Before(
        {path.name: files.digest(path) for path in there},
        {path.name: _figures(path) for path in there if _is_data(path)},
    )


def _is_data(path: Path) -> bool:
    """Data without names of people: only of such a file are figures shown."""
    return path.suffix == ".json" and not path.name.startswith(leaving.WITH_NAMES)


def changed(was: Before, written: Iterable[Path]) -> list[str]:
    """In sentences, what the files written hold otherwise than before; nothing where none was there."""
    now = list(written)
    known = [path for path in now if path.name in was.digests]
    if not known:
        return []
    other = [path for path in known if files.digest(path) != was.digests[path.name]]
    new = [path.name for path in now if path.name not in was.digests]
    said = [f"New since the last time: {', '.join(new)}."] if new else []
    if not other:
        return said or ["Nothing changed since the last time."]
    said.append(f"Changed since the last time: {', '.join(path.name for path in other)}.")
    figures = [
        line for path in other if path.name in was.figures for line in _differ(was.figures[path.name], _figures(path))
    ]
    more = len(figures) - _MOST
    return [*said, *figures[:_MOST], *([f"And {more:,} more figures."] if more > 0 else [])]


def _differ(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for place in dict.fromkeys((*was, *now)):
        if was.get(place) != now.get(place):
            yield f"{place}: {now.get(place, 'gone')}, was {was.get(place, 'not there')}"


def _figures(path: Path) -> dict[str, str]:
    """Every number and word of a data file, by its place in words."""
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        return dict(_leaves(json.loads(path.read_text(encoding="utf-8")), ""))
    except (OSError, ValueError):
        return {}


def _leaves(tree: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from _leaves(value, f"{place} {str(key).replace('_', ' ')}".strip())
    elif isinstance(tree, list):
        for number, value in enumerate(tree, 1):
            yield from _leaves(value, f"{place} {number}".strip())
    elif tree is not None:
        yield place, {True: "yes", False: "no"}[tree] if isinstance(tree, bool) else str(tree)
