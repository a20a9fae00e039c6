"""Where the kernels of notebooks are spoken to: in a folder that only this user can open, and not through ports."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: The path of a socket has room for 107 characters, of which the kernel's own name takes about 70.
_LONGEST = 35
_SHORT = "/tmp"  # noqa: S108 - a folder of mode 0700 is made in it


@contextlib.contextmanager
def private_sockets() -> Iterator[dict[str, Any]]:
    """What a notebook client is given to use sockets in a folder of mode 0700; nothing where a system has none."""
    if not _have_sockets():
        yield {}
        return
    from traitlets.config import Config

    with tempfile.TemporaryDirectory(prefix="seskit-", ignore_cleanup_errors=True) as folder:
        yield {"config": Config({"KernelManager": {"transport": "ipc", "ip": str(Path(folder, "kernel"))}})}


@contextlib.contextmanager
def server_sockets() -> Iterator[Path | None]:
    """The folder of mode 0700 in which the kernels of a server are spoken to; none where a system has no such sockets."""
    if not _have_sockets():
        yield None
        return
    usual = tempfile.gettempdir()
    base = _SHORT if len(usual) > _LONGEST and os.access(_SHORT, os.W_OK) else usual
    with tempfile.TemporaryDirectory(prefix="seskit-", dir=base, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _have_sockets() -> bool:
    return hasattr(socket, "AF_UNIX") and sys.platform != "win32"
