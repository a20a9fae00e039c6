"""A file that will not be read: why, and what to do."""

from __future__ import annotations

#: How a file of the older Office format begins; an .xlsx with a password is wrapped in one.
COMPOUND = b"\xd0\xcf\x11\xe0"
LOCKED = "the file is an old .xls workbook or is protected by a password"
UNLOCK = "Open it in your spreadsheet program, take the password off, and save it as .xlsx."
SAVE_AGAIN = "Open it in your spreadsheet program and save the roster sheet as CSV UTF-8 or as .xlsx."


class Refusal(Exception):
    """A file that will not be read: why, and what to do."""

    def __init__(self, reason: str, fix: str = SAVE_AGAIN) -> None:
        """Keep both sentences."""
        super().__init__(f"{reason}. {fix}")
        self.reason, self.fix = reason, fix
