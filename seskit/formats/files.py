"""Files written whole or not at all, so that a reader never sees half of one."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


def whole(path: Path, content: bytes, *, synced: bool = False) -> Path:
    """Write a file beside its place and move it in; an interruption leaves what was there before.

    Synced, it is on the disk before it replaces what was there, so that not even a power failure leaves it empty.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def digest(path: Path) -> str | None:
    """What a file holds, by its SHA-256; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
