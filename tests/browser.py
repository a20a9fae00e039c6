"""A real JupyterLab in a real browser, for the tests that need one.

The server listens on this machine only and keeps to a private home: no setting of the person's own is read or
changed. The browser is the system's Chromium. Where either is missing, the tests are skipped and say why.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests import axe

SIZE = {"width": 1280, "height": 900}
_QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
_UP_WITHIN = 60


@contextmanager
def open_page(**context: Any) -> Iterator[Any]:
    """A blank page in Chromium, at the size the pictures are taken in."""
    with axe.browser() as chromium:
        yield chromium.new_context(viewport=SIZE, **context).new_page()


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """A JupyterLab server that shows a folder; gives its address. `home` holds its settings and is left behind."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed.")
    settings = home / "settings"
    settings.mkdir(parents=True)
    (settings / "overrides.json").write_text(json.dumps(_QUIET), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    command += ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"]
    command += [f"--ServerApp.root_dir={folder}", f"--LabServerApp.app_settings_dir={settings}"]
    command += [f"--LabApp.user_settings_dir={home / 'user'}", f"--LabApp.workspaces_dir={home / 'workspaces'}"]
    with (home / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, env=_environment(home), stdout=log, stderr=subprocess.STDOUT)
        try:
            yield _when_up(f"http://127.0.0.1:{port}", server, home / "server.log")
        finally:
            server.terminate()
            server.wait(20)


def _environment(home: Path) -> dict[str, str]:
    private = {"HOME": "", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run"}
    private |= {"IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "user"}
    package = str(Path(__file__).resolve().parents[1])
    return os.environ | {name: str(home / part) for name, part in private.items()} | {"PYTHONPATH": package}


def _when_up(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + _UP_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/api", timeout=2):  # noqa: S310 - this machine's own server
                return address
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start. Its log:\n{log.read_text(encoding='utf-8')[-2000:]}")


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook of code cells."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=kernel)
    nbformat.write(made, path)


def open_notebook(page: Any, address: str, name: str) -> None:
    """Open a notebook by name in a workspace of its own, and wait until its kernel is ready."""
    page.goto(f"{address}/lab/workspaces/test-{name.removesuffix('.ipynb')}/tree/{name}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)
    _at_rest(page)


def run_all(page: Any) -> None:
    """Run > Run All Cells, and wait until the kernel rests."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
    _outputs(page)


def run_by_keyboard(page: Any) -> None:
    """Run all cells from the command palette, without a mouse."""
    page.keyboard.press("Control+Shift+C")
    page.get_by_placeholder("SEARCH", exact=True).wait_for()
    page.keyboard.type("Run All Cells")
    page.locator(".lm-CommandPalette-item.lm-mod-active", has_text="Run All Cells").wait_for()
    page.keyboard.press("Enter")
    _outputs(page)


def choose_theme(page: Any, name: str) -> None:
    """Settings > Theme > the theme of that name."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.get_by_text("Theme", exact=True).first.hover()
    page.get_by_role("menuitemcheckbox", name=name, exact=True).or_(page.get_by_text(name, exact=True)).first.click()
    page.locator(f"body[data-jp-theme-name='{name}']").wait_for(state="attached")
    page.locator(".lm-Menu").first.wait_for(state="hidden")


def _outputs(page: Any) -> None:
    page.locator(".jp-OutputArea-output").first.wait_for(timeout=60_000)
    _at_rest(page)


def _at_rest(page: Any) -> None:
    """Wait for 'Idle' in the status bar: the notebook's own sign says idle while it is still connecting."""
    page.get_by_text("| Idle").wait_for(timeout=60_000)
