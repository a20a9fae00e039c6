"""An agency's file that is there by its name alone: a link that leads nowhere, a folder. It is not taken for a file that is missing."""

from __future__ import annotations

from pathlib import Path

from seskit.record import own_files
from seskit.record.problem import Problem

_KINDS = (".csv", ".xlsx", ".yaml")


def problems(folder: Path) -> list[Problem]:
    """One for each, whether or not the file is needed: what it says would count, and nobody can read it."""
    try:
        names = sorted(folder.iterdir())
    except OSError:
        return []
    wrong = [
        path
        for path in names
        if path.suffix.lower() in _KINDS and path.stem.lower() in own_files.ALL and not path.is_file()
    ]
    return [Problem(None, None, "", *_said(path), file=path.name) for path in wrong]


def _said(path: Path) -> tuple[str, str]:
    if path.is_dir():
        return "is a folder and not a file", "Put the file itself in its place, or give the folder another name."
    if path.is_symlink():
        return "is a link that leads nowhere", "Put the file itself in its place, or take the link away."
    return "is not a file that can be read", "Put the file itself in its place, or take it away."
