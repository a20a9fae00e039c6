"""What an agency's folder holds, in words: so that one who opens a walk chooses a sample that has something for it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROSTERS = ("roster.csv", "roster.xlsx")


class FolderContent(NamedTuple):
    """Something a folder may hold: its words, the files it lies in (one of each group), and the walk it is for."""

    words: str
    files: tuple[tuple[str, ...], ...]
    walk: str


KNOWN = (
    FolderContent("a roster", (ROSTERS,), "report"),
    FolderContent("a pay worksheet", (("pay.yaml",), ("pay.csv", "pay.xlsx")), "pay_setting"),
    FolderContent("an appraisal year", (("appraisal.yaml",), ("steps.csv", "steps.xlsx")), "appraisal"),
    FolderContent("vacancies", (("vacancy.yaml",),), "staffing"),
    FolderContent("a request for certification", (("certification.yaml",),), "certification"),
)


def suits(folder: Path, walk: str) -> bool:
    """Whether a folder holds what a walk is about; a walk about nothing of its own suits any."""
    return all(_has(folder, one) for one in KNOWN if one.walk == walk)


def says(folder: Path, walk: str) -> str:
    """What a folder holds, for the walk first; what the walk is about and is not there is said as well."""
    order = sorted(KNOWN, key=lambda one: one.walk != walk)
    lacking = [
        one.words.removeprefix("a ").removeprefix("an ") for one in order if one.walk == walk and not _has(folder, one)
    ]
    held = [one.words for one in order if _has(folder, one)]
    return "; ".join([*(f"no {words}" for words in lacking), *([f"has {', '.join(held)}"] if held else [])])


def _has(folder: Path, one: FolderContent) -> bool:
    return all(any((folder / name).is_file() for name in group) for group in one.files)
