"""A file that will not be read: why, and what to do."""

from __future__ import annotations

SAVE_AGAIN = "Open it in your spreadsheet program and save the roster sheet as CSV UTF-8 or as .xlsx."


class Refusal(Exception):
    """A file that will not be read: why, and what to do."""

    def __init__(self, reason: str, fix: str = SAVE_AGAIN) -> None:
        """Keep both sentences."""
        super().__init__(f"{reason}. {fix}")
        self.reason, self.fix = reason, fix
