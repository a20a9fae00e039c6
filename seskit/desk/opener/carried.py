"""Corrections typed for a former roster: which of them hold for the one that came in its place, and which were put aside."""

from __future__ import annotations

from pathlib import Path

from seskit.formats.counts import first_of, number_of
from seskit.formats.refusals import FactError
from seskit.record.roster.kept import LOG, LogEntry
from seskit.work import corrections

_MOST_NAMED = 8


def typed(folder: Path) -> list[tuple[str, LogEntry]]:
    """Every value typed so far, with the number of its person; none where the roster cannot be opened."""
    try:
        return corrections.open_folder(folder).typed() if (folder / LOG).is_file() else []
    except (FactError, OSError):
        return []


def over(folder: Path, former: list[tuple[str, LogEntry]]) -> str:
    """Take over what holds for the roster that is there now; what was taken over and what was put aside, in sentences."""
    if not former:
        return ""
    try:
        left = corrections.open_folder(folder).carry(former)
    except (FactError, OSError):
        left = [entry for _, entry in former]
    said = []
    if taken := len(former) - len(left):
        cells = number_of(taken, "cell")
        said.append(
            f"What you typed for {cells} is taken over, because person number and former value are the same; save the corrected roster again."
        )
    if left:
        named = first_of(left, _MOST_NAMED, said=lambda entry: f"row {entry.row}, {entry.column}")
        said.append(f"Put aside, by its row in the former roster: {named}.")
    return " ".join(said)
