"""Where something stands in a forum's sources, and the error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from seskit.formats.characters import one_line
from seskit.formats.counts import number_of
from seskit.law.facts import FactError

_MOST_LISTED = 1_000


class KitError(FactError):
    """A forum that cannot be built as it is written; the message names file and line."""


class Faults:
    """Gathers what is wrong, so that all of it is told at once; `told` raises it."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: dict[str, None] = {}

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Note a fault of this part and go on."""
        try:
            yield
        except KitError as failure:
            self.found |= dict.fromkeys(str(failure).splitlines())

    @property
    def listed(self) -> bool:
        """Whether a further fault would still be listed, and not only counted."""
        return len(self.found) < _MOST_LISTED

    def told(self) -> None:
        """Raise all of them as one error, a line each; none, and nothing happens."""
        if self.found:
            more = len(self.found) - _MOST_LISTED
            rest = [f"{number_of(more, 'more fault')} not listed."] if more > 0 else []
            raise KitError("\n".join([*islice(self.found, _MOST_LISTED), *rest]))


def in_words(reason: str) -> str:
    """What is wrong with a line of YAML, for someone who writes it now and then."""
    if "has a second colon" in reason:
        return 'put a text with a colon in quotes, for example title: "Spring forum: pay"'
    return reason


@dataclass(frozen=True)
class SourcePlace:
    """A line of a source file."""

    file: Path
    line: int

    def error(self, what: str) -> KitError:
        """The error for this line, in one sentence."""
        return KitError(one_line(f"{self}: {what}"))

    def __str__(self) -> str:
        return f"{'/'.join(self.file.parts[-2:])}, line {self.line}"
