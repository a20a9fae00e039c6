"""Tables in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_MARKS = re.compile(r"([\\`*_{}\[\]<>|$])")


def cell(text: object) -> str:
    """Words for a cell of a table: on one line, no mark of Markdown at work but code in backquotes."""
    parts = re.split(r"(`[^`]+`)", " ".join(str(text).split()))
    return "".join(part.replace("|", "\\|") if part.startswith("`") else _MARKS.sub(r"\\\1", part) for part in parts)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
