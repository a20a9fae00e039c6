"""How much work the memory of many records takes."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: From so many on, looking through what was made takes longer than it can ever give back.
MANY = 100_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many records without the collector walking over them, neither meanwhile nor afterward: none is garbage.

    Frozen and unfrozen, they are among its old objects without a walk. Where somebody keeps objects frozen, as the parent
    of a batch does for the memory its children share, these stay frozen and the new ones are walked over once.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > MANY and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
