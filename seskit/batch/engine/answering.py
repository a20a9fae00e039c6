"""A process that answers line by line: forked by a warm parent, or started; either way a line in, a line out."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from seskit.batch.engine.cold import environment
from seskit.batch.engine.keeper import end_with
from seskit.batch.engine.served import served

#: Seconds for the process to start, and to end after its last word.
_START, _END = 120.0, 5.0


class Process(Protocol):
    """One process that answers."""

    def ask(self, order: Mapping[str, str]) -> dict[str, Any] | None:
        """What it answers to an order; None where it does not."""

    def kill(self) -> None:
        """End it at once, whatever it does."""

    def status(self) -> int | None:
        """Its exit status, the number of the signal below zero, once it has ended; None where nobody knows."""

    def close(self) -> None:
        """End it and give back what it holds."""


class Forks(Protocol):
    """What forks a reader."""

    def fork_reader(self, end: socket.socket, memory: int) -> bool:
        """Have a reader forked that speaks through this end; whether it was asked for."""


class Started:
    """A fresh Python."""

    def __init__(self, serving: str, memory: int) -> None:
        """Start it, and wait until it can be asked."""
        command = [sys.executable, "-m", "seskit.batch.engine.answering", str(os.getpid()), str(memory), serving]
        self._process = subprocess.Popen(  # noqa: S603 - this very Python
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
        )
        with ended_after(self, _START):
            _heard(self._process.stdout)

    def ask(self, order: Mapping[str, str]) -> dict[str, Any] | None:
        """A line in, a line out."""
        return _asked(order, self._process.stdin, self._process.stdout)

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def status(self) -> int | None:
        """Its exit status."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END)
        self._process.kill()
        return self._process.wait()

    def close(self) -> None:
        """End it and close its ends."""
        self._process.kill()
        self._process.wait()
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:
                with contextlib.suppress(OSError):
                    end.close()


class Forked:
    """A child of the warm parent, under a keeper that says how it ended."""

    def __init__(self, parent: Forks, memory: int) -> None:
        """Have it forked, and wait until it can be asked; raises OSError where that cannot be."""
        ours, theirs = socket.socketpair()
        with theirs:
            asked = parent.fork_reader(theirs, memory)
        ours.settimeout(_START)
        self._socket = ours
        self._file: Any = ours.makefile("rwb")
        self._pid: int | None = None
        self._status: int | None = None
        first = _heard(self._file) if asked else None
        ours.settimeout(None)
        if first is None or self._is_over(first):
            self.close()
            raise OSError("The warm parent forks no reader.")
        self._pid = int(first["pid"])

    def ask(self, order: Mapping[str, str]) -> dict[str, Any] | None:
        """A line in, a line out; the keeper's word is the end."""
        said = _asked(order, self._file, self._file)
        return None if said is None or self._is_over(said) else said

    def _is_over(self, said: Mapping[str, Any]) -> bool:
        if "ended" not in said:
            return False
        self._pid, self._status = None, said["ended"]
        return True

    def kill(self) -> None:
        """End it."""
        if self._pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def status(self) -> int | None:
        """Its exit status, as its keeper tells it; None where the keeper is gone as well."""
        if self._status is None:
            self._socket.settimeout(_END)
            while (said := _heard(self._file)) and not self._is_over(said):
                pass
        self.kill()
        return self._status

    def close(self) -> None:
        """End it; its keeper ends with it."""
        self.kill()
        for end in (self._file, self._socket):
            with contextlib.suppress(OSError):
                end.close()


def begun(parent: Forks | None, serving: str, memory: int) -> Process:
    """A process that reads: forked where a warm parent can, started otherwise."""
    if parent is not None:
        with contextlib.suppress(OSError):
            return Forked(parent, memory)
    return Started(serving, memory)


def _asked(order: Mapping[str, str], to: Any, back: Any) -> dict[str, Any] | None:
    if to is None:
        return None
    try:
        to.write(json.dumps(order).encode() + b"\n")
        to.flush()
    except (OSError, ValueError):
        return None
    return _heard(back)


def _heard(back: Any) -> dict[str, Any] | None:
    try:
        line = back.readline() if back else b""
        found = json.loads(line) if line.endswith(b"\n") else None
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


@contextlib.contextmanager
def ended_after(process: Process, seconds: float) -> Iterator[threading.Event]:
    """End a process that takes longer; whether that was so."""
    late = threading.Event()

    def too_long() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, too_long)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def main() -> int:
    """Answer standard input on standard output."""
    if sys.platform == "linux":
        end_with(int(sys.argv[1]), signal.SIGKILL)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return served(sys.argv[3]).answer_all(sys.stdin, answers, int(sys.argv[2]))


if __name__ == "__main__":
    sys.exit(main())
