"""Exercises for the hall: practice problems of a session, other numbers at every table, the same engine for answers."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from seskit import drills
from seskit.facts import FactError
from seskit.forum import source
from seskit.question import find


def problems(file: Path | str, table: int) -> list[drills.Drill]:
    """The practice problems of a session for one table; the same table always gets the same ones."""
    session = source.read(Path(file))
    names = session.front.get("practice") or []
    if not names:
        raise FactError(f"{session.file.name} names no questions to practise; add 'practice' to its front matter.")
    return [drills.make(find(name), zlib.crc32(f"{session.file.stem} {name} {table}".encode())) for name in names]


def panels(file: Path | str, table: int) -> Any:
    """The same as panels to answer, one under the other."""
    import ipywidgets

    from seskit.widgets import DrillPanel

    return ipywidgets.VBox([DrillPanel(problem) for problem in problems(file, table)])
