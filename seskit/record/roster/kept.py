"""Which file of a folder is its roster: the one as it came, or the corrected one beside it; and the log between them.

The log `roster.corrections.csv` has a line for every cell that was changed. Its lines of the kind "file" say of which
roster the corrected one was made, so that a roster that came later is never passed over.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.files import digest
from seskit.formats.two_ways import two_ways
from seskit.record.roster.refusal import Refusal

LOG = "roster.corrections.csv"
STEM = "roster.corrected"
_SAVE_FIRST = two_ways(
    "save the corrected roster: `seskit correct FOLDER --save`", "save the corrected roster in 'Correct problems here'"
)
_SAVE = two_ways("save it again with `seskit correct --save`", "save it again in 'Correct problems here'")
COLUMNS = ("kind", "row", "column", "from", "to", "when", "who", "why")
#: Lines typed by a person; lines that follow from the readings; and the two files.
TYPED, READ, FILE = "typed", "reading", "file"
#: What a line on a file says of it: its sum is given, or the file lacks what was done since.
SUM, NOT_YET = "sum of the file's bytes", "sum of the file's bytes; corrections since then are not saved in it"


@dataclass(frozen=True)
class LogEntry:
    """One line of the log."""

    kind: str
    row: int
    column: str
    was: str
    to: str
    when: str
    who: str = ""
    why: str = ""


def log(folder: Path) -> list[LogEntry]:
    """The lines of the log, in order; none where there is no log. Raises Refusal where it cannot be read."""
    file = folder / LOG
    if not file.is_file():
        return []
    try:
        given = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""), strict=True))
        if not given or tuple(given[0]) != COLUMNS:
            raise ValueError
        return [
            LogEntry(kind, int(row or 0), *(_as_typed(text) for text in rest))
            for kind, row, *rest in given[1:]
            if len(rest) == len(COLUMNS) - 2 or _broken()
        ]
    except (OSError, ValueError, csv.Error):
        fix = f"Restore it, or move it and {STEM} away: the roster is then read as it came."
        raise Refusal(f"{LOG}, the list of corrections, cannot be read", fix) from None


def _broken() -> bool:
    raise ValueError


def _as_typed(text: str) -> str:
    """A cell without the mark that keeps spreadsheets from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@|%'") else text


def corrected(roster: Path) -> Path:
    """Where the corrected roster is kept: beside the one that came, of the same kind."""
    return roster.with_name(f"{STEM}{roster.suffix}")


def saved(folder: Path) -> list[Path]:
    """The corrected roster of a folder and the log of what was changed in it; nothing where none was saved."""
    made = [folder / f"{STEM}{kind}" for kind in (".xlsx", ".csv")]
    there = [path for path in made if path.is_file()]
    return [*there, folder / LOG] if there and (folder / LOG).is_file() else there


def chosen(roster: Path, notes: list[str]) -> Path:
    """The corrected roster where there is one that was made of this roster, and a note that says so.

    Raises Refusal where the roster was changed after it was corrected: which of the two counts is not known.
    """
    made = corrected(roster)
    if not made.is_file():
        if (roster.parent / LOG).is_file():
            notes.append(
                f"{LOG} lists corrections of {roster.name} that are not saved yet; it was read as it came, and they do not count. "
                f"To have them count, {_SAVE_FIRST}."
            )
        return roster
    files = {entry.column: entry for entry in log(roster.parent) if entry.kind == FILE}
    known = files.get(roster.name)
    if known is None:
        reason = (
            f"the folder holds {roster.name} and {made.name}, and {LOG} does not say that one was made from the other"
        )
        raise Refusal(reason, f"Keep one of them, or restore {LOG}.")
    if known.was != digest(roster):
        reason = f"{roster.name} was changed after {made.name} was made from it"
        raise Refusal(
            reason,
            f"To keep what was typed for people who are the same, {_SAVE}; or move {made.name} and {LOG} away, and correct the new "
            "roster; or restore the former roster.",
        )
    notes.append(f"Read: {made.name}, made from {roster.name} on {known.when[:10]}; {roster.name} is unchanged.")
    if known.why == NOT_YET:
        notes.append(f"{made.name} does not have later corrections and undone steps; {_SAVE}.")
    if files.get(made.name) is None or files[made.name].was != digest(made):
        notes.append(
            f"{made.name} was changed by hand after it was saved; its values count, and the log does not list them."
        )
    return made
