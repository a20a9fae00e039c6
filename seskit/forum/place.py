"""Where something stands in a forum's sources, and the error that says so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seskit.law.facts import FactError


class KitError(FactError):
    """A forum that cannot be built as it is written; the message names file and line."""


def in_words(reason: str) -> str:
    """What is wrong with a line of YAML, for someone who writes it now and then."""
    if "has a second colon" in reason:
        return 'put a text with a colon in quotes, for example title: "Spring forum: pay"'
    return reason


@dataclass(frozen=True)
class Place:
    """A line of a source file."""

    file: Path
    line: int

    def error(self, what: str) -> KitError:
        """The error for this line, in one sentence."""
        return KitError(f"{self}: {what}")

    def __str__(self) -> str:
        return f"{'/'.join(self.file.parts[-2:])}, line {self.line}"
