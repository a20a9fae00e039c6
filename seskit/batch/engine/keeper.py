"""Nothing outlives what started it: processes that detach themselves are found and ended all the same.

On Linux a process can ask that whatever its children leave behind becomes its own child. Elsewhere there is only the
process group, which a process can leave.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Container
from pathlib import Path

_ADOPTING = 36
_PATIENCE = 3.0
_ROUNDS = 200


def end_with(parent: int, number: int) -> None:
    """Have the system send this process a signal when the process that started it is gone, where it can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, number, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), number)


def end_group(pid: int) -> None:
    """End a process group, where there are such groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def adopt() -> bool:
    """From now on this process gets the orphans of everything it starts; whether the system can do that."""
    return sys.platform == "linux" and bool(ctypes.CDLL(None).prctl(_ADOPTING, 1, 0, 0, 0) == 0)


def below(pid: int) -> list[int]:
    """The processes below one, nearest first; none where the system does not tell."""
    found: list[int] = []
    look = [pid]
    while look:
        children = _children(look.pop(0))
        found += children
        look += children
    return found


def _children(pid: int) -> list[int]:
    try:
        return [
            int(number)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for number in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def end_tree(pid: int) -> None:
    """End a process and all below it, those that detached themselves from their group too."""
    for _ in range(_ROUNDS):
        running = [child for child in below(pid) if _alive(child)]
        for child in running:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(child, signal.SIGKILL)
        if not running:
            break
        time.sleep(0.001)
    end_group(pid)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def end_orphans(known: Container[int] = ()) -> None:
    """End every child of this process that is not among those known, with all below it, and forget them."""
    for _ in range(_ROUNDS):
        strange = [child for child in _children(os.getpid()) if child not in known]
        if not strange:
            return
        for child in strange:
            if _alive(child):
                end_tree(child)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child, os.WNOHANG)
        time.sleep(0.001)


def kept(run: Callable[[], int]) -> int:
    """Do something in a child of this process, and end all it left behind when it is over; its exit status.

    Asked to stop, this process asks the child, and after a while ends it. Where the system cannot adopt, the thing is
    done here.
    """
    if not hasattr(os, "fork") or not adopt():
        return run()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            end_with(parent, signal.SIGKILL)
            status = run()
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else 1
        finally:
            os._exit(status)

    def ask(*_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        signal.alarm(round(_PATIENCE))

    signal.signal(signal.SIGALRM, lambda *_: end_tree(pid))
    signal.signal(signal.SIGTERM, ask)
    _, status = os.waitpid(pid, 0)
    signal.alarm(0)
    end_group(pid)
    end_orphans()
    return os.waitstatus_to_exitcode(status)


def limit_memory(mebibytes: int | None) -> None:
    """Let this process and what it starts take that much more memory than now; nothing where there is no such limit."""
    if mebibytes is None:
        return
    try:
        import resource
    except ImportError:
        return
    now = 0
    if Path("/proc/self/statm").exists():
        now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + mebibytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
