"""The sessions that a forum can be put together from: how long each takes, and on which days it may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.forum import references, source
from seskit.law.facts import FactError

_SHOWN = re.compile(r"{{fact (\w+)}}")


def sessions(training: Path) -> Iterator[str]:
    """A line for each: its file, its title, its minutes, its days. A session holds while every fact in it does.

    What cannot be read is a line, too, and keeps nothing else off the list.
    """
    facts: dict[str, references.TeachingFact] = {}
    try:
        facts = references.read_facts(training)
    except FactError as failure:
        yield str(failure)
    for file in sorted((training / "sessions").glob("*.md")):
        try:
            found = source.read(file)
        except FactError as failure:
            yield str(failure)
            continue
        shown = [facts[name] for name in _SHOWN.findall(source.written(file)) if name in facts]
        first = max(filter(None, [found.front.get("valid_from"), *(one.first_day for one in shown)]), default=None)
        last = min(filter(None, [found.front.get("valid_to"), *(one.last_day for one in shown)]), default=None)
        yield f"{file.name}: {found.title}, {number_of(found.minutes, 'minute')}, {span(first, last)}"


def span(first: date | None, last: date | None) -> str:
    """From when to when something holds."""
    if first and last:
        return f"from {first} through {last}"
    return f"from {first} on" if first else f"through {last}" if last else "on any day"
