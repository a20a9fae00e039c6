"""`seskit desk`: the walks as an application in the browser, served on this machine only, in a private folder."""

from __future__ import annotations

import logging
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER
from seskit.desk.opener.places import SESSION
from seskit.desk.served_look import SHARE, TEMPLATE, style
from seskit.formats.characters import one_line
from seskit.formats.kernel_sockets import server_sockets
from seskit.formats.refusals import FactError
from seskit.formats.sparing import sparing

#: What a page may load: nothing from another address, so that no server elsewhere hears of it.
HERE_ALONE = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' ws: data: blob:; "
    "frame-ancestors 'self'"
)
#: A pattern that no name of a file has.
_NO_FILE = "$^"
#: The page that the desk opens with: its kernel gets ready before those of the others.
FIRST = "start_here.ipynb"
#: How many ready kernels wait for the visitor of a page: at first of that one alone.
ONE_WAITS = {"pool_size": 1}
AT_FIRST = {"default": {"pool_size": 0}, FIRST: ONE_WAITS}
#: What libraries note while the desk is open.
LOG = "server.log"
#: Seconds that an output may take to come from its kernel: on a busy machine Voila's four would drop it without a word.
_OUTPUT_WITHIN = 120
#: A kernel that was taken is replaced after so many seconds: not while the page it serves loads, and before that page is
#: likely to be asked for again, since who asks for it waits for the replacement.
_REFILL = 2.0


@click.command(name="desk")
@click.argument("folder", type=FOLDER, metavar="DIR", default=Path())
@click.option("--port", type=click.IntRange(1, 65535), default=8866, show_default=True, help="The port to listen on.")
@click.option("--browser/--no-browser", default=True, help="Open it in the browser right away.")
def serve(folder: Path, port: int, browser: bool) -> None:
    """Serve the walks of a folder as an application on this machine, without code.

    Your files go into a private folder that is deleted when you close the desk (Control+C, or close the terminal).
    """
    try:
        with sparing():
            from traitlets.config import Config

            from seskit.desk.served_app import ServedDesk
    except ImportError:
        raise FactError("Voila is not installed. Install it with: pip install 'seskit[lab]'") from None
    notebooks = folder / "notebooks"
    if not (notebooks / FIRST).is_file():
        raise FactError(f"'{folder.resolve().name}' holds no notebooks. Make a folder with: seskit start DIR")
    with (
        tempfile.TemporaryDirectory(prefix="seskit-desk-", ignore_cleanup_errors=True) as private,
        server_sockets() as sockets,
        _noted_in(Path(private, LOG)),
    ):
        os.environ[SESSION] = private
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(SHARE), os.environ.get("JUPYTER_PATH", "")]))
        _end_in_order()
        settings = Config({
            "VoilaConfiguration": {
                "template": TEMPLATE, "resources": {"seskit_style": style()}, "file_allowlist": [_NO_FILE],
            },
            "Voila": {
                "logging_config": {"handlers": {"console": {"level": "CRITICAL"}}, "loggers": {ServedDesk.__name__: {"propagate": True}}},
                "tornado_settings": {"headers": {"Content-Security-Policy": HERE_ALONE}},
                **({"connection_dir_root": str(sockets)} if sockets else {}),
            },
            **({"KernelManager": {"transport": "ipc"}} if sockets else {}),
            "VoilaKernelManager": {"fill_delay": _REFILL, "kernel_pools_config": AT_FIRST},
            "VoilaExecutor": {"iopub_timeout": _OUTPUT_WITHIN},
        })  # fmt: skip
        ServedDesk.launch_instance([str(notebooks), *arguments(port, browser=browser)], config=settings)
    sys.exit(0)


@contextmanager
def _noted_in(log: Path) -> Iterator[None]:
    """What programs note and warn of goes into a file of the private folder; only errors reach the terminal, in a line.

    A page that is left while it is made ends its kernel, which is no error of anybody.
    """
    terminal = os.dup(sys.stderr.fileno())
    noted = logging.FileHandler(log, encoding="utf-8")
    noted.setLevel(logging.INFO)
    logging.basicConfig(level=logging.INFO, handlers=[noted, _Terminal(terminal)], force=True)
    logging.captureWarnings(True)
    os.environ["PYTHONWARNINGS"] = "ignore"
    os.dup2(noted.stream.fileno(), sys.stderr.fileno())  # type: ignore[union-attr] # open, as no delay is asked for
    try:
        yield
    finally:
        os.dup2(terminal, sys.stderr.fileno())


class _Terminal(logging.Handler):
    """What went wrong in a line on the terminal, without where in the program."""

    def __init__(self, terminal: int) -> None:
        super().__init__(logging.ERROR)
        self._terminal = terminal

    def emit(self, record: logging.LogRecord) -> None:
        """Write the line, but for a page that was left."""
        failure = record.exc_info[1] if record.exc_info else None
        said = str(failure or "") or record.getMessage()
        if not said.startswith("Kernel died"):
            os.write(self._terminal, f"{one_line(f'Error: {said}')}\n".encode())


def _end_in_order() -> None:
    """Control+C, a closed terminal and a request to end all end the desk in order, so that the private folder goes."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def arguments(port: int, *, browser: bool) -> list[str]:
    """How Voila is started: this machine only, no code, no files of the folder handed out, kernels that wait."""
    return [
        "--Voila.ip=127.0.0.1",
        f"--port={port}",
        "--Voila.port_retries=0",
        "--strip_sources=True",
        "--show_tracebacks=False",
        "--preheat_kernel=True",
        "--Voila.auto_token=True",
        f"--Voila.custom_display_url=http://127.0.0.1:{port}/voila/render/{FIRST}",
        *([] if browser else ["--no-browser"]),
    ]
