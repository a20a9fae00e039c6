"""The warm parent: one process that has everything imported and forks a child for each order.

It has a single thread, or nothing may be forked. It ends with whoever started it, and its children end with it.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import random
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seskit.batch.engine.cold import environment
from seskit.batch.engine.keeper import adopt, end_group, end_orphans, end_tree, end_with, kept
from seskit.batch.engine.likeness import STOP, noting_libraries
from seskit.batch.engine.order import Order
from seskit.batch.engine.served import Served, served

#: Libraries that would start threads of their own are told not to.
_QUIET = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_KEPT = "SESKIT_ENVIRONMENT"
_FALLS = 3
#: How a parent ends whose libraries are not those the engine was made for.
_UNUSABLE = 78
#: Seconds in which a parent must tell that a child it lost has ended.
_PATIENCE = 5.0
#: Ends of sockets taken in at once.
_ENDS = 8


def available() -> bool:
    """Whether this system can fork, and pass what a warm parent needs."""
    return hasattr(os, "fork") and hasattr(socket, "AF_UNIX") and sys.platform != "win32"


class Warm:
    """Hands orders to a warm parent and says when they have ended; starts another one where it is lost."""

    def __init__(self, serving: str) -> None:
        """Start the parent of what this module does; it gets ready while its starter does other things."""
        self._serving = serving
        self._running: dict[str, int] = {}
        self._ending: dict[str, float] = {}
        self._falls = 0
        self._rest = b""
        self._begin()

    @property
    def usable(self) -> bool:
        """Whether there still is hope in this way of running."""
        return self._falls < _FALLS

    def _begin(self) -> None:
        ours, theirs = socket.socketpair()
        known = environment()
        kept = {name: known.get(name) for name in (*_QUIET, "MPLBACKEND", "PYTHONHASHSEED")}
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "seskit.batch.engine.warm", str(theirs.fileno()), self._serving], pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
                env=known | dict.fromkeys(_QUIET, "1") | {"PYTHONHASHSEED": "0", _KEPT: json.dumps(kept)},
            )  # fmt: skip
        self._socket, self._rest = ours, b""

    def start(self, order: Order) -> None:
        """Hand over an order."""
        self._running[order.work] = 0
        with contextlib.suppress(OSError):
            self._socket.sendall(order.to_json().encode() + b"\n")

    def fork_reader(self, end: socket.socket, memory: int) -> bool:
        """Have a reader forked that speaks through this end, within so many MiB; whether the parent was asked."""
        try:
            socket.send_fds(self._socket, [json.dumps({"reader": memory}).encode() + b"\n"], [end.fileno()])
        except OSError:
            return False
        return True

    def ended(self, wait: float) -> dict[str, int | None]:
        """The work folders of those that have ended with their status; None where the parent was lost with them."""
        if not self._running:
            return {}
        over: dict[str, int | None] = {}
        ready, _, _ = select.select([self._socket], [], [], wait)
        if not ready:
            return over
        try:
            data = self._socket.recv(1 << 16)
        except OSError:
            data = b""
        if not data:
            return self._lost()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for said in map(json.loads, lines):
            if "pid" in said:
                self._running[said["work"]] = said["pid"]
            else:
                self._running.pop(said["work"], None)
                self._ending.pop(said["work"], None)
                over[said["work"]] = said["status"]
                self._falls = 0
        return over

    def _lost(self) -> dict[str, int | None]:
        for pid in self._running.values():
            if pid:
                end_group(pid)
        over: dict[str, int | None] = dict.fromkeys(self._running)
        self._running.clear()
        self._ending.clear()
        self._falls += 1
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process.wait(_PATIENCE) == _UNUSABLE:
                self._falls = _FALLS
        self._end()
        if self.usable:
            self._begin()
        return over

    def stop(self, work: str, *, now: bool) -> None:
        """Ask one to stop, or end it and everything it started.

        Where a parent does not tell of that end in time, it is the parent that hangs, and it is given up.
        """
        pid = self._running.get(work)
        if pid and now:
            end_tree(pid)
        elif pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, STOP)
        if now and work in self._running:
            begun = self._ending.setdefault(work, time.monotonic())
            if time.monotonic() - begun > _PATIENCE:
                end_tree(self._process.pid)

    def close(self) -> None:
        """End the parent and its children."""
        for pid in self._running.values():
            if pid:
                end_tree(pid)
        self._running.clear()
        self._end()

    def _end(self) -> None:
        self._socket.close()
        end_tree(self._process.pid)
        self._process.wait()


class _Parent:
    """The parent's own side: orders in, children out."""

    def __init__(self, starter: socket.socket, serving: Served) -> None:
        self._serving = serving
        self._starter = starter
        self._children: dict[int, str | None] = {}
        self._waiting: list[Order] = []
        self._ends: list[int] = []
        self._rest, self._gone = b"", False
        self._wake, self._woken = socket.socketpair()
        for end in (self._wake, self._woken):
            end.setblocking(False)
        self._environment = json.loads(os.environ.pop(_KEPT, "{}"))

    def serve(self) -> None:
        """Fork a child for each order until the starter is gone."""
        adopt()
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        while not self._gone:
            for order in self._waiting:
                self._fork(order)
            self._waiting.clear()
            ready, _, _ = select.select([self._starter, self._woken], [], [])
            if self._woken in ready:
                with contextlib.suppress(BlockingIOError):
                    self._woken.recv(1 << 10)
            if self._starter in ready:
                self._hear()
            self._reap()
        for pid in self._children:
            end_tree(pid)

    def fork_readers(self) -> None:
        """Fork the readers asked for until now; what else was ordered waits for `serve`."""
        while not self._gone and select.select([self._starter], [], [], 0)[0]:
            self._hear()

    def _hear(self) -> None:
        """Take in what the starter sent: readers are forked at once, orders wait."""
        data, ends, _, _ = socket.recv_fds(self._starter, 1 << 16, _ENDS)
        self._gone = not data
        self._ends += ends
        *lines, self._rest = (self._rest + data).split(b"\n")
        for said in map(json.loads, lines):
            if "reader" in said:
                self._fork_reader(socket.socket(fileno=self._ends.pop(0)), said["reader"])
            else:
                self._waiting.append(Order(**said))

    def _fork(self, order: Order) -> None:
        pid = self._child(lambda: self._serving.run(order))
        self._children[pid] = order.work
        self._say({"work": order.work, "pid": pid})

    def _fork_reader(self, end: socket.socket, memory: int) -> None:
        """A keeper, which forks the reader and says how it ended."""

        def keep() -> int:
            pid = self._child(lambda: _answer(self._serving, end, memory))
            _, status = os.waitpid(pid, 0)
            with contextlib.suppress(OSError):
                end.sendall(json.dumps({"ended": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
            return 0

        with end:
            self._children[self._child(keep)] = None

    def _child(self, run: Callable[[], int]) -> int:
        """Fork a process that does this and ends; its number."""
        if _threads() != 1:
            raise RuntimeError("the warm parent has more than one thread")
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                self._become_child(parent)
                status = run()
            finally:
                os._exit(status)
        return pid

    def _become_child(self, parent: int) -> None:
        """Let nothing of the parent, and nothing of chance it holds, be shared between children."""
        end_with(parent, signal.SIGKILL)
        adopt()
        gc.enable()
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for end in (self._starter, self._wake, self._woken):
            end.close()
        for name, value in self._environment.items():
            if name != "MPLBACKEND":
                os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        time.tzset()
        random.seed()
        if "numpy" in sys.modules:
            sys.modules["numpy"].random.seed()

    def _reap(self) -> None:
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            work = self._children.pop(pid, None)
            end_group(pid)
            end_orphans(self._children)
            if work is not None:
                self._say({"work": work, "status": os.waitstatus_to_exitcode(status)})

    def _say(self, what: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._starter.sendall(json.dumps(what).encode() + b"\n")


def _answer(serving: Served, end: socket.socket, memory: int) -> int:
    """Answer as the other side of this end asks."""
    nowhere = io.StringIO()
    with (
        contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere),
        end.makefile("r", encoding="utf-8") as orders, end.makefile("w", encoding="utf-8") as answers,
    ):  # fmt: skip
        return serving.answer_all(orders, answers, memory)


def _threads() -> int:
    """How many threads the system counts in this process, those of libraries too."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else threading.active_count()


def _serve(starter: socket.socket, name: str) -> int:
    """Get warm, then serve. What is imported stays: no garbage is looked for among it."""
    gc.disable()
    del sys.path[0]
    try:
        from seskit.batch.engine import preload, private

        serving = served(name)
    except (ImportError, AttributeError):
        return _UNUSABLE
    with noting_libraries():
        missing = private.missing()
    if missing:
        return _UNUSABLE
    parent = _Parent(starter, serving)
    with noting_libraries():
        serving.begin()
    parent.fork_readers()
    preload.everything(serving)
    gc.collect()
    gc.freeze()
    gc.enable()
    parent.serve()
    return 0


def main() -> int:
    """Keep a warm parent, and end what its children may have left behind when it is over."""
    starter = socket.socket(fileno=int(sys.argv[1]))
    return kept(lambda: _serve(starter, sys.argv[2]))


if __name__ == "__main__":
    sys.exit(main())
