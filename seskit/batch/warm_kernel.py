"""A Jupyter kernel that starts fast: forked from a process that has everything imported. Removable, never required.

`install()` writes a kernelspec beside the others of this environment; `remove()` takes it away. A kernel that finds no
warm process starts the ordinary way, and starts getting one warm for the next. The warm process ends by itself when it
has had nothing to do for a while.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from seskit.formats.files import whole

NAME = "seskit-warm"
_IDLE = 1800.0
_LONGEST_MESSAGE = 1 << 20
#: What the system allows for the path of a socket, and what a kernel's own name takes of it.
_LONGEST_PATH = 103
_SOCKET_NAME = len("/kernel-00000000-0000-0000-0000-000000000000-ipc-99")
#: Seconds in which whoever connects must say what it wants.
_PATIENCE = 5.0


def install(folder: Path | None = None) -> Path:
    """Write the kernelspec into this environment (or into a folder of kernels); returns where."""
    place = (folder or Path(sys.prefix, "share", "jupyter", "kernels")) / NAME
    place.mkdir(parents=True, exist_ok=True)
    spec = {
        "argv": [sys.executable, "-m", "seskit.batch.warm_kernel", "{connection_file}"],
        "display_name": "Python 3 (starts fast)",
        "language": "python",
        "interrupt_mode": "signal",
    }
    whole(place / "kernel.json", (json.dumps(spec, indent=1) + "\n").encode())
    return place


def remove(folder: Path | None = None) -> bool:
    """Take the kernelspec away, and what made its connections private; whether there was one."""
    place = (folder or Path(sys.prefix, "share", "jupyter", "kernels")) / NAME
    there = place.is_dir()
    shutil.rmtree(place, ignore_errors=True)
    if folder is None:
        _server_settings().unlink(missing_ok=True)
    return there


def make_private(settings: Path | None = None) -> bool:
    """Have this environment's JupyterLab reach its kernels through sockets in a folder of mode 0700.

    Otherwise it uses ports, which every user of the machine can try. Whether that can be had here.
    """
    from jupyter_core.paths import jupyter_runtime_dir

    runtime = Path(jupyter_runtime_dir())
    if sys.platform == "win32" or not hasattr(socket, "AF_UNIX") or len(str(runtime)) + _SOCKET_NAME > _LONGEST_PATH:
        return False
    try:
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        if runtime.stat().st_uid != os.getuid():
            return False
        runtime.chmod(0o700)
    except OSError:
        return False
    place = settings or _server_settings()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps({"KernelManager": {"transport": "ipc"}}, indent=1) + "\n", encoding="utf-8")
    return True


def _server_settings() -> Path:
    return Path(sys.prefix, "etc", "jupyter", "jupyter_server_config.d", f"{NAME}.json")


def address() -> Path:
    """The socket of this environment's warm process, in a folder that only this user can open."""
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"seskit-{os.getuid()}"
    base.mkdir(mode=0o700, exist_ok=True)
    if base.stat().st_uid != os.getuid() or base.stat().st_mode & 0o077:
        raise PermissionError(f"{base.name} can be opened by others")
    about = [sys.prefix, _newest(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    return base / f"{hashlib.sha256(json.dumps(about).encode()).hexdigest()[:16]}.sock"


def _newest(package: Path) -> int:
    """When anything in the package, its rules included, was last changed: a kernel must not start with older ones."""
    walked = (found for found in os.walk(package) if not found[0].endswith("__pycache__"))
    return max(Path(folder, name).stat().st_mtime_ns for folder, _, names in walked for name in (".", *names))


def start(connection_file: str) -> int:
    """Start a kernel: forked where a warm process answers, the ordinary way otherwise."""
    connection = _asked(connection_file)
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


def _asked(connection_file: str) -> socket.socket | None:
    if not hasattr(os, "fork"):
        return None
    with contextlib.suppress(OSError):
        place = address()
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(str(place))
        except OSError:
            connection.close()
            _get_warm(place)
            return None
        order = {"file": str(Path(connection_file).resolve()), "cwd": str(Path.cwd()), "env": dict(os.environ)}
        _say(connection, order)
        return connection
    return None


def _get_warm(place: Path) -> None:
    quiet = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    known = {name: value for name, value in os.environ.items() if not name.startswith("JPY_")}
    subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-m", "seskit.batch.warm_kernel", "--serve", str(place)], env=known | quiet, cwd=Path(place).parent,
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


def serve(place: Path, idle: float = _IDLE) -> None:
    """Get warm, then fork a kernel for whoever asks, until nobody has for a while; one process at a place is enough."""
    import fcntl

    del sys.path[0]
    alone = place.with_suffix(".lock").open("w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    from seskit.batch import preload

    preload.everything(kernel=False)
    place.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(place))
    place.chmod(0o600)
    listening.listen()
    kernels: dict[socket.socket, int] = {}
    busy = time.monotonic()
    while kernels or time.monotonic() - busy < idle:
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
    from seskit.batch.keeper import end_with

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


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(Path(sys.argv[2]))
    else:
        sys.exit(start(sys.argv[1]))
