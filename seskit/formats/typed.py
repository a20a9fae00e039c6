"""What a person typed, read as yes or no or as a whole number; what cannot be read says why and how to write it."""

from __future__ import annotations

from typing import Any

#: The longest whole number: no count of people or days needs more.
_DIGITS = 9
_YES = {"yes", "y", "true", "t", "1"}
_NO = {"no", "n", "false", "f", "0"}


class Unreadable(ValueError):
    """A text that is not the kind of fact wanted: what is wrong, how to write it, and what was probably meant."""

    def __init__(self, reason: str, hint: str = "", meant: str | None = None, fix: str = "") -> None:
        """Keep them apart, so that a message can place them; `fix` is the whole advice, where it is a special one."""
        asked = f"Did you mean '{meant}'?" if meant else ""
        super().__init__("; ".join(part for part in (reason, hint) if part) + (f". {asked}" if asked else ""))
        self.reason, self.hint, self.asked, self.fix = reason, hint, asked, fix

    def advice(self, usual: str) -> str:
        """What to do: the special advice, or the usual one behind what was probably meant."""
        return self.fix or f"{self.asked} {usual}".strip()


def yes_no(value: Any) -> bool:
    """Read yes or no."""
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Unreadable("is neither yes nor no")


def whole(value: Any) -> int:
    """Read a whole number, zero or more."""
    text = str(value).strip().replace(",", "").removesuffix(".0")
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal()):
        raise Unreadable("is not a whole number of zero or more")
    if len(text) > _DIGITS:
        raise Unreadable(f"has more than {_DIGITS} digits", "check the number")
    return int(text)
