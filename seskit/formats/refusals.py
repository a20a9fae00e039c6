"""What is refused, in one sentence for the person who typed it, with the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


class FactError(ValueError):
    """A fact that cannot be used, in one sentence for the person who typed it."""


def near(value: str, choices: Iterable[str]) -> str | None:
    """The choice that was probably meant, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(value.strip().lower(), list(choices), n=1, cutoff=0.6)
    return found[0] if found else None


def suggestion(value: str, choices: Iterable[str]) -> str:
    """A closing question that names the near choice, or nothing where there is none."""
    meant = near(value, choices)
    return f" Did you mean '{meant}'?" if meant else ""
