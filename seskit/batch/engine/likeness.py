"""What a notebook can see of the process it runs in, made as an ordinary kernel has it.

A warm child was forked from a process with another name, other libraries and other loggers. Before the first cell, all
that a cell could tell the difference by is put as ipykernel puts it in a process of its own.
"""

from __future__ import annotations

import inspect
import logging
import os
import re
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

#: Asks a warm child to stop; a signal that no notebook looks at, so that SIGTERM is left as a kernel leaves it.
STOP: int = getattr(signal, "SIGRTMAX", getattr(signal, "SIGUSR2", signal.SIGTERM))
_IMPORTED = re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.MULTILINE)
#: The threads of an ordinary kernel, in the order in which they start.
_THREADS = (
    "IOPub", "Heartbeat", "Thread-2 (_watch_pipe_fd)", "Thread-3 (_watch_pipe_fd)", "Control", "Shell channel",
    "Thread-1",
)  # fmt: skip
#: Loggers that a kernel has, too.
_KERNELS_OWN = ("IPKernelApp", "traitlets")
_filters: list[Any] = []
_handlers: list[tuple[logging.Logger, logging.Handler]] = []


@contextmanager
def noting_libraries() -> Iterator[None]:
    """Note which warnings filters and log handlers the libraries imported here bring along."""
    filters, handlers = list(warnings.filters), _all_handlers()
    try:
        yield
    finally:
        _filters.extend(added for added in warnings.filters if added not in filters and added not in _filters)
        _handlers.extend(pair for pair in _all_handlers() if pair not in handlers and pair not in _handlers)


def _all_handlers() -> list[tuple[logging.Logger, logging.Handler]]:
    known = [log for log in logging.root.manager.loggerDict.values() if isinstance(log, logging.Logger)]
    return [(log, handler) for log in known if log.name not in _KERNELS_OWN for handler in log.handlers]


def assume() -> None:
    """Look like a kernel: called once, in the child, before the first cell."""
    _program()
    _environment()
    _logging()
    _set_filters([kept for kept in warnings.filters if kept not in _filters])
    if find_spec("debugpy"):
        sys.breakpointhook = _no_debugger_is_there
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _start_threads()


def _program() -> None:
    spec = find_spec("ipykernel_launcher")
    place = os.path.join(tempfile.gettempdir(), "kernel.json")  # noqa: PTH118 - as text, in the notebook's own words
    arguments = ["-f", place, "--HistoryManager.hist_file=:memory:"]
    sys.argv = [str(spec.origin) if spec else "ipykernel_launcher", *arguments]
    sys.orig_argv = [sys.executable, "-m", "ipykernel_launcher", *arguments]


def _environment() -> None:
    os.environ["JPY_PARENT_PID"] = str(os.getppid())
    if find_spec("debugpy"):
        os.environ["PYDEVD_USE_FRAME_EVAL"] = "NO"


def _logging() -> None:
    logging.getLogger("papermill").setLevel(logging.NOTSET)
    for log, handler in _handlers:
        log.removeHandler(handler)
    logging.getLogger("tornado").addHandler(logging.StreamHandler(sys.__stderr__))


def _set_filters(wanted: list[Any]) -> None:
    warnings.resetwarnings()
    warnings.filters[:] = wanted  # type: ignore[index]


def _no_debugger_is_there() -> None:
    """`breakpoint()` in a kernel that no debugger is connected to: nothing happens."""


def _start_threads() -> None:
    """Idle threads in place of a kernel's own: their names, and the number a notebook's first one gets, are the same."""
    ready, never = threading.Semaphore(0), threading.Event()

    def idle() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, signal.valid_signals())
        ready.release()
        never.wait()

    taken = _address_space()
    size = threading.stack_size(1 << 18)
    for name in _THREADS:
        numbered = name.startswith("Thread-")
        thread = threading.Thread(target=idle, name=None if numbered else name, daemon=True)
        thread.name = name
        thread.start()
    for _ in _THREADS:
        ready.acquire()
    threading.Thread()  # takes the number of one that a kernel starts and ends before the first cell
    threading.stack_size(size)
    _allow(_address_space() - taken)


def _address_space() -> int:
    """The addresses this process holds, in bytes; 0 where the system does not say."""
    place = Path("/proc/self/statm")
    return int(place.read_text().split()[0]) * os.sysconf("SC_PAGESIZE") if place.exists() else 0


def _allow(more: int) -> None:
    """Leave the notebook the memory it was given: what the idle threads reserve is added to its limit."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft != resource.RLIM_INFINITY and more > 0:
        wanted = soft + more
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def before_cell(code: str, file: str) -> None:
    """Before a cell runs: libraries it imports bring their filters; tracebacks find its file without a long search.

    Python's `inspect` looks through every imported module for each frame of a file it does not know. A warm process
    has imported three times as many as a fresh one, and an endless recursion has thousands of frames.
    """
    inspect.modulesbyfile[file] = ""
    if _filters and any(name.split(".")[0] not in sys.stdlib_module_names for name in _IMPORTED.findall(code)):
        _set_filters([*_filters, *warnings.filters])
        _filters.clear()
        for log, handler in _handlers:
            log.addHandler(handler)
        _handlers.clear()
