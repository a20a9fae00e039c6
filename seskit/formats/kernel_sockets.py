"""Where a notebook's kernel and its client speak: in a folder that only this user can open, and not through ports."""

from __future__ import annotations

import contextlib
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


@contextlib.contextmanager
def private_sockets() -> Iterator[dict[str, Any]]:
    """What a notebook client is given to use sockets in a folder of mode 0700; nothing where a system has none."""
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        yield {}
        return
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="seskit-", ignore_cleanup_errors=True) as folder:
        yield {"config": Config({"KernelManager": {"transport": "ipc", "ip": str(Path(folder, "kernel"))}})}
