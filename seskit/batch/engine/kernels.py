"""A process that has everything imported and forks a Jupyter kernel for whoever asks at its socket."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from seskit.batch.engine.keeper import end_with
from seskit.batch.engine.served import Served

_IDLE = 1800.0
_LONGEST_MESSAGE = 1 << 20
#: Seconds in which whoever connects must say what it wants.
_PATIENCE = 5.0


def address(package: Path) -> Path:
    """The socket of this environment's warm process for a package, in a folder that only this user can open."""
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"seskit-{os.getuid()}"
    base.mkdir(mode=0o700, exist_ok=True)
    if base.stat().st_uid != os.getuid() or base.stat().st_mode & 0o077:
        raise PermissionError(f"{base.name} can be opened by others")
    about = [sys.prefix, _newest(package), os.environ.get("PYTHONPATH", "")]
    return base / f"{hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]}.sock"


def _newest(package: Path) -> int:
    """When anything in the package, its rules included, was last changed: a kernel must not start with older ones."""
    walked = (found for found in os.walk(package) if not found[0].endswith("__pycache__"))
    return max(Path(folder, name).stat().st_mtime_ns for folder, _, names in walked for name in (".", *names))


def start(connection_file: str, package: Path, warm_up: Sequence[str]) -> int:
    """Start a kernel: forked where a warm process answers, the ordinary way otherwise.

    The second way has one started for the next kernel, by a command that gets the place of its socket.
    """
    connection = _asked(connection_file, package, warm_up)
    if connection is None:
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", connection_file]
        os.execv(sys.executable, command)  # noqa: S606 - this very Python
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda n, _: _say(connection, {"signal": n}))
    while True:
        said = _heard(connection)
        if said is None:
            return 1
        if "status" in said:
            return int(said["status"])


def _asked(connection_file: str, package: Path, warm_up: Sequence[str]) -> socket.socket | None:
    if not hasattr(os, "fork"):
        return None
    with contextlib.suppress(OSError):
        place = address(package)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(str(place))
        except OSError:
            connection.close()
            _get_warm(place, warm_up)
            return None
        order = {"file": str(Path(connection_file).resolve()), "cwd": str(Path.cwd()), "env": dict(os.environ)}
        _say(connection, order)
        return connection
    return None


def _get_warm(place: Path, warm_up: Sequence[str]) -> None:
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    known = {name: value for name, value in os.environ.items() if not name.startswith("JPY_")}
    subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, *warm_up, str(place)], env=known | quiet, cwd=Path(place).parent,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def _say(connection: socket.socket, what: dict[str, Any]) -> None:
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps(what).encode() + b"\n")


def _heard(connection: socket.socket) -> dict[str, Any] | None:
    """One message, or nothing where the other end is gone."""
    data = b""
    while not data.endswith(b"\n") and len(data) < _LONGEST_MESSAGE:
        try:
            more = connection.recv(1 << 16)
        except OSError:
            return None
        if not more:
            return None
        data += more
    found = json.loads(data.splitlines()[-1])
    return found if isinstance(found, dict) else None


def serve(place: Path, serving: Served) -> None:
    """Get warm, then fork a kernel for whoever asks, until nobody has for a while or the place is gone.

    One process at a place is enough.
    """
    import fcntl

    del sys.path[0]
    alone = place.with_suffix(".lock").open("w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    from seskit.batch.engine import preload

    preload.everything(serving, kernel=False)
    made = place.with_suffix(".new")
    made.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(made))
    made.chmod(0o600)
    listening.listen()
    made.replace(place)  # whoever finds the place is answered
    kernels: dict[socket.socket, int] = {}
    busy = time.monotonic()
    while kernels or (place.exists() and time.monotonic() - busy < _IDLE):
        ready, _, _ = select.select([listening, *kernels], [], [], 0.2)
        for end in ready:
            busy = time.monotonic()
            if end is listening:
                connection, _ = listening.accept()
                connection.settimeout(_PATIENCE)
                order = _heard(connection)
                if order:
                    connection.settimeout(None)
                    kernels[connection] = _forked(order, [alone, listening, connection, *kernels])
            else:
                said = _heard(end)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(kernels[end], said["signal"] if said else signal.SIGKILL)
        for end, pid in list(kernels.items()):
            over, status = os.waitpid(pid, os.WNOHANG)
            if over:
                _say(end, {"status": os.waitstatus_to_exitcode(status)})
                end.close()
                del kernels[end]
    place.unlink(missing_ok=True)


def _forked(order: dict[str, Any], held: list[Any]) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid:
        return pid
    status = 1
    try:
        end_with(parent, signal.SIGKILL)
        os.setsid()
        for end in held:
            end.close()
        os.environ.clear()
        os.environ.update({name: value for name, value in order["env"].items() if not name.startswith("JPY_PARENT")})
        os.chdir(order["cwd"])
        time.tzset()
        _be_a_kernel(order["file"])
        status = 0
    finally:
        os._exit(status)


def _be_a_kernel(connection_file: str) -> None:
    """Run ipykernel's own kernel; what was imported before there was a shell is told of it now."""
    import atexit
    import random

    from ipykernel.kernelapp import IPKernelApp

    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    app = IPKernelApp.instance()
    app.initialize(["-f", connection_file])  # type: ignore[no-untyped-call]
    if "ipywidgets" in sys.modules:
        sys.modules["ipywidgets"]._handle_ipython()
    app.start()  # type: ignore[no-untyped-call, unused-ignore]
    atexit._run_exitfuncs()
