"""Showing a value safely: nothing personal in it, no control character, cut short."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from seskit.formats.personal_data import has_ssn, masked

if TYPE_CHECKING:
    from seskit.formats.scanning import Leak

__all__ = ["has_ssn", "scan", "shown"]
_SHOWN_AT_MOST = 40


def scan(folder: Path, names: Iterable[str] = ()) -> list[Leak]:
    """What `scanning.scan` finds in a folder: everything personal, and every file that cannot be looked into."""
    from seskit.formats import scanning

    return scanning.scan(folder, names).leaks


def shown(value: object, most: int = _SHOWN_AT_MOST) -> str:
    """A cell as it may be repeated in a message: anything personal masked, controls removed, cut short."""
    text = masked(str(value)[: most * 10])
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= most else text[: most - 1] + "…"
