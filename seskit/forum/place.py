"""Where something stands in a forum's sources, and the error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from seskit.formats.characters import one_line
from seskit.law.facts import FactError


class KitError(FactError):
    """A forum that cannot be built as it is written; the message names file and line."""


class Faults:
    """Gathers what is wrong, so that all of it is told at once; `told` raises it."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[str] = []

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Note a fault of this part and go on."""
        try:
            yield
        except KitError as failure:
            self.found += [line for line in str(failure).splitlines() if line not in self.found]

    def told(self) -> None:
        """Raise all of them as one error, a line each; none, and nothing happens."""
        if self.found:
            raise KitError("\n".join(self.found))


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
        return KitError(one_line(f"{self}: {what}"))

    def __str__(self) -> str:
        return f"{'/'.join(self.file.parts[-2:])}, line {self.line}"
