# mypy: disable-error-code="no-untyped-call, arg-type, assignment"
"""A papermill engine that runs the cells in this very process, with the outputs stock papermill would give.

It is meant for a process that was forked for one notebook and ends with it. The kernel is ipykernel's own, but its
messages reach nbclient's own code without sockets or threads: a message is put into a queue and read from it.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import contextvars
import io
import json
import logging
import os
import signal
import sys
import tempfile
import threading
from collections import defaultdict, deque
from datetime import datetime
from pathlib import Path
from queue import Empty
from types import SimpleNamespace
from typing import Any

from seskit.batch.engine import likeness
from seskit.batch.engine.imports import papermill
from seskit.formats.sparing import sparing

with likeness.noting_libraries():
    papermill()
with sparing():
    from ipykernel.compiler import get_file_name
    from ipykernel.iostream import OutStream
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.zmqshell import ZMQInteractiveShell
    from jupyter_client.session import Session
    from nbclient.exceptions import DeadKernelError
    from papermill.clientwrap import PapermillNotebookClient
    from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

NAME = "seskit"
_AT_EXIT = 5
STOPPED = 143
#: What nbclient has to say of its work: the log it would take here is the notebook's own kernel's.
_UNHEARD = logging.Logger("nbclient", logging.CRITICAL)
_UNHEARD.addHandler(logging.NullHandler())


class Mail(Session):
    """A session whose messages go straight to a queue, packed and unpacked as if they had traveled."""

    queue: Any = None

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *_: Any,
             buffers: Any = None, header: Any = None, metadata: Any = None, **__: Any) -> Any:  # fmt: skip
        """Put a message into the queue: replies to the shell's, anything else to the published ones."""
        if isinstance(msg_or_type, dict):
            msg = msg_or_type
            buffers = buffers or msg.get("buffers", [])
        else:
            msg = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        if self.queue is not None:
            traveled = {**msg, "content": self.unpack(self.pack(msg["content"])), "buffers": list(buffers or [])}
            (self.queue.replies if stream is SHELL else self.queue.published).append(traveled)
        return msg


SHELL = object()
PUBLISHED = object()


class Kernel(IPythonKernel):
    """ipykernel's kernel, handed one request at a time."""

    async def handle(self, msg: Any) -> None:
        """Do what a request asks, in the order and with the messages of a kernel behind sockets."""
        self.set_parent([], msg)
        self._publish_status("busy", "shell")
        self.pre_handler_hook()
        if "code" in msg["content"]:
            likeness.before_cell(msg["content"]["code"], get_file_name(msg["content"]["code"]))
        try:
            done = self.shell_handlers[msg["msg_type"]](SHELL, [], msg)
            if asyncio.iscoroutine(done):
                await done
        except KeyboardInterrupt:
            self.log.error("KeyboardInterrupt caught in kernel.")
        finally:
            self.post_handler_hook()
        sys.stdout.flush()
        sys.stderr.flush()
        self._publish_status("idle", "shell")

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """No request is ever waiting."""


class Stream(OutStream):
    """ipykernel's output stream without its thread: flushed by displays, errors and the end of a cell.

    What other programs and C code write to the descriptor goes to a file, and from there into the stream in order.
    """

    def __init__(self, session: Mail, name: str) -> None:
        """A stream of that name; nothing is redirected before `capture`."""
        io.TextIOBase.__init__(self)
        self.session, self.name, self.topic = session, name, f"stream.{name}".encode()
        self._parent_header = contextvars.ContextVar("parent_header")
        self._parent_header.set({})
        self._parent_header_global: dict[str, Any] = {}
        self._buffer_lock, self._local = threading.RLock(), threading.local()
        self._buffers: dict[Any, io.StringIO] = defaultdict(io.StringIO)
        self._master_pid, self._isatty, self.echo = 0, False, None
        self._flush_pending = self._subprocess_flush_pending = self._should_watch = False
        self.pub_thread: Any = PUBLISHED
        self._file: int | None = None
        self._seen = 0

    def capture(self) -> None:
        """Take over the process's own descriptor of this name."""
        number = {"stdout": 1, "stderr": 2}[self.name]
        self._master_pid = os.getpid()
        self._original_stdstream_copy = os.dup(number)
        with tempfile.TemporaryFile(buffering=0) as file:
            self._file = os.dup(file.fileno())
            os.dup2(file.fileno(), number)
        self._seen = 0

    def _collect(self) -> None:
        """Bring what was written to the descriptor into the stream."""
        if self._file is None or os.fstat(self._file).st_size <= self._seen or not self._is_master_process():
            return
        while found := os.pread(self._file, 1 << 20, self._seen):
            self._seen += len(found)
            self._append(found.decode(errors="replace"))

    def _append(self, text: str) -> None:
        with self._buffer_lock:
            self._buffers[frozenset(self.parent_header.items())].write(text)

    def write(self, string: str) -> int:
        """Keep a text until the next flush. A process forked from this one writes to the descriptor instead."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        if self.pub_thread is None:
            raise ValueError("I/O operation on closed file")
        if not self._is_master_process():
            os.write({"stdout": 1, "stderr": 2}[self.name], string.encode(errors="replace"))
            return len(string)
        self._collect()
        self._append(string)
        return len(string)

    def flush(self) -> None:
        """Send what was kept; text that no message can carry is lost with a word in the log, as in a kernel."""
        if self._is_master_process():
            self._collect()
            try:
                self._flush()
            except UnicodeEncodeError:
                logging.getLogger("tornado.general").exception("Uncaught exception in ZMQStream callback")

    def close(self) -> None:
        """Take nothing more."""
        self.pub_thread = None


class Channel:
    """The receiving end of a queue, as nbclient reads it."""

    def __init__(self, messages: deque[Any], outbox: deque[Any]) -> None:
        """Read from one queue; what is sent goes into the other."""
        self._messages, self._outbox = messages, outbox

    async def get_msg(self, **_: Any) -> Any:
        """The next message; all there are have come before anyone asks."""
        if not self._messages:
            raise Empty
        return self._messages.popleft()

    def send(self, msg: Any) -> None:
        """Leave a message for the kernel, to be handled before the next request."""
        self._outbox.append({"buffers": [], **msg})


class InProcessClient:
    """The kernel's client, in the kernel's own process."""

    def __init__(self, kernel: Kernel, session: Mail) -> None:
        """Connect to the kernel."""
        self.kernel, self.session = kernel, session
        self.replies: deque[Any] = deque()
        self.published: deque[Any] = deque()
        self._outbox: deque[Any] = deque()
        self.shell_channel = Channel(self.replies, self._outbox)
        self.iopub_channel = Channel(self.published, self._outbox)
        self.alive = True
        session.queue = self

    def is_alive(self) -> bool:
        """Whether the notebook has not asked its kernel to end."""
        return self.alive

    async def execute(self, code: str, *, store_history: bool, stop_on_error: bool) -> str:
        """Run a cell to its end; its messages wait in the queues."""
        content = {
            "code": code, "silent": False, "store_history": store_history, "user_expressions": {},
            "allow_stdin": False, "stop_on_error": stop_on_error,
        }  # fmt: skip
        return await self._ask("execute_request", content)

    async def kernel_info(self) -> str:
        """Ask what the kernel is."""
        return await self._ask("kernel_info_request", {})

    async def _ask(self, kind: str, content: dict[str, Any]) -> str:
        while self._outbox:
            await self.kernel.handle(self._outbox.popleft())
        if not self.alive:
            raise DeadKernelError("Kernel died")
        self.published.clear()
        msg = self.session.msg(kind, content)
        await self.kernel.handle(msg)
        for _ in range(3):
            await asyncio.sleep(0)
        return str(msg["header"]["msg_id"])

    def call_later(self, _: float, __: Any) -> None:
        """`exit()` in a cell: the kernel is gone before the next one."""
        self.alive = False

    def stop(self) -> None:
        """Named by `exit()`; there is no loop to stop."""

    def add_callback(self, callback: Any) -> None:
        """An interrupt while a cell awaits."""
        asyncio.get_event_loop().call_soon_threadsafe(callback)


class Client(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client on the kernel in this process."""

    def execute(self, **_: Any) -> Any:
        """Run the notebook."""
        self.reset_execution_trackers()
        self.kc = connect()
        with self._stopping():
            self.papermill_execute_cells()
            info = self.wait_for_reply(_now(self.kc))
        self.nb.metadata["language_info"] = info["content"]["language_info"]
        self.set_widgets_metadata()
        return self.nb

    @contextlib.contextmanager
    def _stopping(self) -> Any:
        """Asked to end, keep what the running cell has put out so far, and end at once, whatever the cell is doing."""

        def stop(*_: Any) -> None:
            with contextlib.suppress(Exception):
                self._keep_so_far()
            os._exit(STOPPED)

        before = signal.signal(likeness.STOP, stop)
        try:
            yield
        finally:
            signal.signal(likeness.STOP, before)

    def _keep_so_far(self) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        for number, cell in enumerate(self.nb.cells):
            if cell.metadata.get("papermill", {}).get("status") == "running" and cell.cell_type == "code":
                cell.outputs = []
                for msg in self.kc.published:
                    self.process_message(msg, cell, number)
                break
        self.nb_man.changed()
        self.nb_man.save(always=True)

    def _update_display_id(self, display_id: str, msg: Any) -> None:
        """Change what earlier cells have shown."""
        super()._update_display_id(display_id, msg)
        self.nb_man.changed()


def _now(front: InProcessClient) -> str:
    """Ask for the kernel's description outside of any cell."""
    from jupyter_core.utils import run_sync

    return str(run_sync(front.kernel_info)())


class Manager(NotebookExecutionManager):  # type: ignore[misc]
    """papermill's keeper of a running notebook; it saves when a code cell begins and at the end, whole or not at all."""

    def save(self, *, always: bool = False, **kwargs: Any) -> None:
        """Save where a reader would learn something new: which cell runs now, and what all before it gave."""
        cell = kwargs.get("cell")
        if always and self.output_path:
            target = Path(self.output_path) if Path(self.output_path).is_absolute() else self._at / self.output_path
            beside = target.with_suffix(".new")
            beside.write_text(self._text(), encoding="utf-8")
            beside.replace(target)
        elif cell is not None:
            self.last_save_time = self.now()

    def _text(self) -> str:
        """The notebook as JSON; of the cells only those anew that have changed since it was saved last."""
        cells = [self._saved.get(n) or json.dumps(cell) for n, cell in enumerate(self.nb.cells)]
        self._saved.update(enumerate(cells))
        about = json.dumps({name: value for name, value in self.nb.items() if name != "cells"})
        return f'{{"cells": [{", ".join(cells)}], {about[1:]}'

    def changed(self, number: int | None = None) -> None:
        """The cell of that number is no longer as it was saved; without a number, any may be another."""
        for one in list(self._saved) if number is None else [number]:
            self._saved.pop(one, None)

    def cell_start(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Mark a cell as running."""
        super().cell_start(cell, cell_index, **kwargs)
        self.changed(cell_index)
        if cell.cell_type == "code" and cell.source.strip():
            self.save(always=True)

    def cell_complete(self, cell: Any, cell_index: int | None = None, **kwargs: Any) -> None:
        """Mark a cell as complete. When it began is kept from papermill, which would read it as a time in any writing."""
        about = cell.metadata.papermill
        begun, about["start_time"] = about["start_time"], None
        super().cell_complete(cell, cell_index, **kwargs)
        about["start_time"] = begun
        if begun:
            took = datetime.fromisoformat(about["end_time"]) - datetime.fromisoformat(begun)
            about["duration"] = took.total_seconds()
        self.changed(cell_index)

    def notebook_start(self, **kwargs: Any) -> None:
        """Begin; remember where the files are, since a notebook may go elsewhere."""
        self._at = Path.cwd().parent
        self._saved: dict[int, str] = {}
        super().notebook_start(**kwargs)

    def notebook_complete(self, **kwargs: Any) -> None:
        """End and save; papermill marks cells that were not reached, too."""
        super().notebook_complete(**kwargs)
        self.changed()
        self.save(always=True)


class InProcess(Engine):  # type: ignore[misc]
    """The engine under the name `seskit`."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, output_path: Any = None, **kwargs: Any) -> Any:
        """Run a notebook as papermill's own engines do, saving less often."""
        manager = Manager(nb, output_path=output_path, progress_bar=False, autosave_cell_every=0)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, **kwargs)
        finally:
            _run_exit_functions()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **_: Any) -> Any:
        """Run the cells. Limits of time are kept from outside, by whoever started this process."""
        return Client(nb_man, kernel_name=kernel_name, timeout=None, log=_UNHEARD).execute()


def prepare() -> Kernel:
    """Make the kernel and its shell, once, in the parent of all notebooks; no thread is started."""
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.hist_file = ":memory:"
    session = Mail(key=b"", config=config)
    with sparing():
        kernel = Kernel.instance(
            user_ns=None, session=session, iopub_socket=PUBLISHED, shell_stream=None, config=config, log=logging.getLogger("ipykernel"),
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
        )  # fmt: skip
    kernel._execute_sleep = 0
    if kernel.shell is not None:
        kernel.shell.display_formatter.format(None)  # makes the formatters it has, once for all notebooks
    app = IPKernelApp.instance()
    app.kernel = kernel
    app.init_path()
    app.init_pdb()
    papermill_engines.register(NAME, InProcess)
    return kernel


def connect() -> InProcessClient:
    """Connect to the kernel of this process and take over its output."""
    kernel = Kernel.instance()
    front = InProcessClient(kernel, kernel.session)
    kernel.io_loop = front
    likeness.assume()
    for name in ("stdout", "stderr"):
        stream = Stream(kernel.session, name)
        stream.capture()
        setattr(sys, name, stream)
    ZMQInteractiveShell.instance().set_custom_exc((MemoryError,), _out_of_memory)
    return front


def _out_of_memory(shell: Any, kind: Any, value: Any, trace: Any, tb_offset: Any = None) -> Any:
    """Show a memory error with a little room to show it in."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    return shell.showtraceback((kind, value, trace), tb_offset=tb_offset)


def _run_exit_functions() -> None:
    """What the notebook left for the end of its process is done now, within bounds."""

    def enough(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, enough)
    signal.alarm(_AT_EXIT)
    try:
        atexit._run_exitfuncs()
    except BaseException:  # noqa: BLE001, S110 - what fails here fails unseen in a kernel, too
        pass
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
