"""Files written whole or not at all, so that a reader never sees half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def whole(path: Path, content: bytes) -> Path:
    """Write a file beside its place and move it in; an interruption leaves what was there before."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
