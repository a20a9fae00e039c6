"""What is printed passes the detector, too: anything personal in a line is replaced by asterisks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from seskit.formats import leaving
from seskit.formats.personal_data import masked


class Guarded:
    """A stream of text that lets nothing personal through."""

    def __init__(self, stream: IO[str]) -> None:
        """Write on to this stream."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text without what is personal in it."""
        if not isinstance(text, str):
            raise TypeError("text is wanted")
        return self._stream.write(masked(text, leaving.people()))

    def writelines(self, lines: list[str]) -> None:
        """Write each line."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def guarded() -> Iterator[None]:
    """Guard what is printed and what is said on standard error."""
    out, err = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Guarded(out), Guarded(err)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
