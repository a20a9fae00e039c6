"""A Jupyter kernel that starts fast: forked from a process that has everything imported. Removable, never required.

`install()` writes a kernelspec beside the others of this environment; `remove()` takes it away. A kernel that finds no
warm process starts the ordinary way, and starts getting one warm for the next. The warm process ends by itself when it
has had nothing to do for a while.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from pathlib import Path

import seskit
from seskit.batch import served
from seskit.batch.engine import kernels
from seskit.formats.files import whole

NAME = "seskit-warm"
_PACKAGE = Path(seskit.__file__).parent
_WARM_UP = ("-m", "seskit.batch.warm_kernel", "--serve")
#: What the system allows for the path of a socket, and what a kernel's own name takes of it.
_LONGEST_PATH = 103
_SOCKET_NAME = len("/kernel-00000000-0000-0000-0000-000000000000-ipc-99")


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


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        kernels.serve(Path(sys.argv[2]), served)
    else:
        sys.exit(kernels.start(sys.argv[1], _PACKAGE, _WARM_UP))
