"""The plain way to run a job: a fresh Python process for each, and stock papermill in it. Works everywhere."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from seskit.batch.job import Order
from seskit.batch.keeper import end_group, end_tree


class Cold:
    """Starts a process for each order and says when one has ended."""

    def __init__(self) -> None:
        """Nothing is started yet."""
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, order: Order) -> None:
        """Start one order."""
        detached: dict[str, Any] = {} if sys.platform == "win32" else {"start_new_session": True}
        process = subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-m", "seskit.batch.job", str(os.getpid())], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env={"PYTHONHASHSEED": "0"} | environment(), **detached,
        )  # fmt: skip
        self._running[order.work] = process
        if process.stdin:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(order.to_json().encode())
                process.stdin.close()

    def ended(self, wait: float) -> dict[str, int | None]:
        """The work folders of those that have ended, with their status, after waiting a while at most."""
        if not self._running:
            return {}
        until = time.monotonic() + wait
        while True:
            over = [work for work, process in self._running.items() if process.poll() is not None]
            if over or time.monotonic() >= until:
                break
            time.sleep(min(0.05, wait))
        for work in over:
            end_group(self._running[work].pid)
        return {work: self._running.pop(work).returncode for work in over}

    def stop(self, work: str, *, now: bool) -> None:
        """Ask one to stop, or end it and everything it started."""
        process = self._running.get(work)
        if process is None or process.poll() is not None:
            return
        if now:
            end_tree(process.pid)
            process.kill()
        else:
            process.terminate()

    def close(self) -> None:
        """End whatever still runs."""
        for work, process in self._running.items():
            self.stop(work, now=True)
            process.wait()
        self._running.clear()


def _installed() -> bool:
    """Whether any process of this Python finds the package by itself."""
    try:
        metadata.distribution("seskit")
    except metadata.PackageNotFoundError:
        return False
    return True


def environment() -> dict[str, str]:
    """This environment, with the package found where this process found it."""
    import seskit

    known = os.environ.copy()
    root = str(Path(seskit.__file__).parent.parent)
    if _installed():
        return known
    if root not in known.get("PYTHONPATH", "").split(os.pathsep):
        known["PYTHONPATH"] = os.pathsep.join(filter(None, (root, known.get("PYTHONPATH"))))
    return known
