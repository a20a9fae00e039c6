"""What is done while a person waits: said from the first moment, and how far it is after half a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

#: What takes longer says how far it is.
PATIENCE = 0.5


def told(
    steps: Iterable[Any], count: int, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
) -> Iterator[Any]:
    """The steps one by one; after half a second each is said with its number, and at the end nothing is left."""
    begun, spoke = clock(), False
    for number, step in enumerate(steps, 1):
        if clock() - begun > PATIENCE:
            spoke = True
            say(f"Updating part {number} of {count} below; {clock() - begun:.0f} s so far.")
        yield step
    if spoke:
        say("")
