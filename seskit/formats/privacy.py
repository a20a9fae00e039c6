"""Showing a value safely: nothing personal in it, no control character, cut short."""

from __future__ import annotations

from seskit.formats.personal_data import has_ssn, masked

__all__ = ["has_ssn", "shown"]
_SHOWN_AT_MOST = 40


def shown(value: object, most: int = _SHOWN_AT_MOST) -> str:
    """A cell as it may be repeated in a message: anything personal masked, controls removed, cut short."""
    text = masked(str(value)[: most * 10])
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= most else text[: most - 1] + "…"
