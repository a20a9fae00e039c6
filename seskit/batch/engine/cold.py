"""The plain way to run a job: a fresh Python process for each, and stock papermill in it. Works everywhere."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path
from typing import Any

from seskit.batch.engine.keeper import end_group, end_tree, end_with, kept
from seskit.batch.engine.order import Order
from seskit.batch.engine.served import served


class Cold:
    """Starts a process for each order and says when one has ended."""

    def __init__(self, serving: str) -> None:
        """Nothing is started yet; the name of the module that carries out orders."""
        self._serving = serving
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, order: Order) -> None:
        """Start one order."""
        detached: dict[str, Any] = {} if sys.platform == "win32" else {"start_new_session": True}
        process = subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, "-m", "seskit.batch.engine.cold", str(os.getpid()), self._serving], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
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


def main() -> int:
    """Read an order from standard input and carry it out, for as long as the process that gave it is there."""
    end_with(int(sys.argv[1]), signal.SIGTERM)
    order = Order(**json.load(sys.stdin))
    return kept(lambda: served(sys.argv[2]).run(order))


if __name__ == "__main__":
    sys.exit(main())
