"""Who may write into an output folder: one whole run, or the parts of one run side by side.

The system lets go of a hold when its process ends, so none is ever stale.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import IO

from seskit.formats.refusals import FactError

WORK = ".work"
_TRIES = 100


def hold(out: Path, shard: tuple[int, int] | None) -> list[IO[str]]:
    """Hold the folder, made where needed. Parts share the whole and their number, and hold each its own part."""
    folder = out / WORK
    if shard is None:
        return [_held(folder / "lock", shared=False)]
    number, of = shard
    wanted = {"lock": True, f"lock.of-{of}": True, f"lock.{number}-of-{of}": False}
    with contextlib.ExitStack() as unless:
        locks = [unless.enter_context(_held(folder / name, shared=shared)) for name, shared in wanted.items()]
        for other in folder.glob("lock.of-*"):
            if other.name not in wanted:
                _held(other, shared=False).close()
        unless.pop_all()
    return locks


def _held(path: Path, *, shared: bool) -> IO[str]:
    """A lock on a file that still is the one at its path: the run before may have taken it away meanwhile."""
    try:
        for _ in range(_TRIES):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a+", encoding="utf-8")
            if not _taken(file, shared):
                file.close()
                raise FactError("Another run is writing into this output folder. Wait for it, or give another --out.")
            if _still_there(path, file):
                return file
            file.close()
    except OSError as failure:
        name = path.parent.parent.name
        raise FactError(f"The output folder '{name}' cannot be made or used: {failure.strerror}.") from None
    raise FactError("The output folder keeps being removed. Give another --out.")


def _still_there(path: Path, file: IO[str]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _taken(file: IO[str], shared: bool) -> bool:
    """Take the lock; whether it could be had."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
