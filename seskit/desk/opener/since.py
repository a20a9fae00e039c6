"""What changed in a walk's finished files since the last time: which are new, which differ, and which figures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.formats import files, leaving
from seskit.formats.counts import number_of

_MOST = 8
#: What a part of a list is known by, where it says one of these.
_KNOWN_BY = ("what", "form", "plan", "scope")
#: Lists of which only the number is told: what is in them is on the page.
_COUNTED = ("problems", "findings", "notes")
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
    return [
        *said,
        *figures[:_MOST],
        *([f"And {number_of(more, 'more figure differs', 'more figures differ')}."] if more > 0 else []),
    ]


def _differ(was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for place in dict.fromkeys((*was, *now)):
        if was.get(place) != now.get(place):
            yield f"{place[0].upper()}{place[1:]}: {now.get(place, 'gone')}, was {was.get(place, 'not there')}"


def _figures(path: Path) -> dict[str, str]:
    """Every number and word of a data file, by its place in words; of problems and findings how many there are."""
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        return dict(_leaves(json.loads(path.read_text(encoding="utf-8")), ""))
    except (OSError, ValueError, RecursionError):
        return {}


def _leaves(tree: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key in _COUNTED and isinstance(value, list):
                yield _joined(place, key), str(len(value))
                continue
            yield from _leaves(value, _joined(place, str(key).replace("_", " ")))
    elif isinstance(tree, list):
        for number, value in enumerate(tree, 1):
            known, rest = _known(value)
            yield from _leaves(rest, _joined(place.rpartition(", ")[0], known) if known else f"{place} {number}")
    elif tree is not None:
        yield place, _in_words(tree)


def _joined(place: str, more: str) -> str:
    """One step further: the number of an item belongs to its word."""
    if place.endswith("items") and more[:1].isdigit():
        return f"{place.removesuffix('items')}item {more}"
    return f"{place}, {more}" if place else more


def _known(part: Any) -> tuple[str, Any]:
    """What a part of a list is called, by what it says of itself, and the rest of it; no name where it says nothing."""
    own = {key: part[key] for key in _KNOWN_BY if isinstance(part.get(key), str)} if isinstance(part, dict) else {}
    if not own:
        return "", part
    rest = {key: value for key, value in part.items() if key not in own}
    if "plan" in own:
        own.pop("scope", "")
    return own.pop("what", "") or ", ".join(f"{key} {value}" for key, value in own.items()), rest


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    number = re.fullmatch(r"(-?\d{4,})(\.\d+)?", str(value))
    return f"{int(number[1]):,}{number[2] or ''}" if number else str(value)
