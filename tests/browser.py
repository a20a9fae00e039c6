"""A real JupyterLab in a real browser, for the tests that need one.

The server listens on this machine only and keeps to a private home: no setting of the person's own is read or
changed. The browser is the system's Chromium. Where either is missing, the tests are skipped and say why.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import nbformat
import pytest

from seskit.desk.saving import FLAG, STYLED
from tests import axe
from tests.places import NOTEBOOKS, ROOT

SIZE = {"width": 1280, "height": 900}
#: Where a panel says its answer, for a screen reader too; the opener's own words are not a panel's.
STATUS = ".seskit-panel:not(.seskit-desk, .seskit-desk *) [role=status]"
OUTPUT = ".jp-OutputArea-output"
_QUIET = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
}
#: JupyterLab as it is installed, which need not ask a Node whether it could be built.
_NOT_BUILT = {"buildCheck": False, "buildAvailable": False}
_UP_WITHIN = 180
#: How many looks in a row, a tenth of a second apart, find nothing closed before a walk counts as open.
_CALM = 10
#: What the status bar says once all cells have run and the last one is chosen.
_LAST_CELL = re.compile(r"^Cell (\d+)/\1$")
#: What the status bar says of a kernel at rest; to look for the words in all of a long notebook takes long.
_IDLE = "#jp-main-statusbar :text('| Idle')"
#: Whether the kernel rests and that many panels are there.
_THERE = """([panels, many]) =>
  document.querySelector('#jp-main-statusbar').textContent.includes('| Idle') && document.querySelectorAll(panels).length >= many
"""
#: Open the first closed fold, one that was just asked to open apart; whether any is still closed.
_OPEN_FOLD = """() => {
  const closed = [...document.querySelectorAll('button.seskit-fold')].filter(one => /^Show: /.test(one.textContent.trim()));
  const next = closed.find(one => !(Date.now() - one.seskitAsked < 10000));
  if (next) { next.seskitAsked = Date.now(); next.click(); }
  return closed.length > 0;
}"""
#: Let the list of files show the first folder: JupyterLab asks for the one it shows again and again, and stops the next
#: test with a dialog where that one is gone.
_TO_ROOT = "() => document.querySelector('#filebrowser .jp-BreadCrumbs-home').click()"
_AT_ROOT = "() => !document.querySelector('#filebrowser .jp-BreadCrumbs-item')"
_OPEN_TABLES = "() => document.querySelectorAll('details.seskit-long').forEach(one => { one.open = true })"


def walk(notebook: str, *until: str) -> Any:
    """A fixture for one module: a walk in a copy of the notebooks' folder, opened and run from the top by keyboard.

    The page is ready when the walk shows a panel and these words; `page.folder` is where the copy lies.
    """

    def copied(folder: Path) -> None:
        shutil.copytree(NOTEBOOKS, folder)

    return _opened(notebook, copied, 1, until)


def written(notebook: str, *cells: str) -> Any:
    """A fixture for one module: a notebook of these cells, each a panel, opened and run by keyboard; see `walk`."""

    def made(folder: Path) -> None:
        folder.mkdir()
        write_notebook(folder / notebook, *cells)

    return _opened(notebook, made, len(cells), ())


def _opened(notebook: str, make: Callable[[Path], None], panels: int, until: tuple[str, ...]) -> Any:
    @pytest.fixture(scope="module")
    def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
        folder = tmp_path_factory.mktemp("walk")
        make(folder / "notebooks")
        with lab(folder / "notebooks", folder / "home") as address, lab_page() as opened:
            open_next(opened, address, notebook)
            run_by_keyboard(opened)
            open_folds(opened, panels)
            opened.locator(STATUS).nth(panels - 1).wait_for(timeout=180_000)
            for words in until:
                shown(opened, words)
            opened.folder = folder
            yield opened

    return page


#: The page that keeps JupyterLab loaded from one walk to the next, which takes a second core several seconds.
_page: dict[str, Any] = {}


@contextmanager
def lab_page() -> Iterator[Any]:
    """The page in which JupyterLab stays loaded; notebooks are opened in it with `open_next`."""
    if not _page:
        _page["lab"] = axe.stay().new_context(viewport=SIZE).new_page()
    page = _page["lab"]
    page.set_default_timeout(180_000)
    yield page
    _put_away(page)


def _put_away(page: Any) -> None:
    """Close what is open and keep nothing of it, as the page was when it came."""
    page.set_viewport_size(SIZE)
    page.emulate_media(color_scheme="light")
    page.locator(".jp-Notebook").first.focus()
    command(page, "Close All Tabs")
    discard = page.locator(".jp-Dialog button", has_text="Discard")
    while page.locator(".jp-Notebook").count():
        if discard.count():
            discard.first.click()
        page.wait_for_timeout(50)
    page.evaluate(_TO_ROOT)
    page.wait_for_function(_AT_ROOT)


@contextmanager
def open_page(**context: Any) -> Iterator[Any]:
    """A blank page in Chromium, at the size the pictures are taken in."""
    opened = axe.stay().new_context(viewport=SIZE, **context)
    opened.set_default_timeout(180_000)
    try:
        yield opened.new_page()
    finally:
        opened.close()


class _Server:
    """A JupyterLab that all files of browser tests on a core share; what it shows and remembers is changed under it."""

    def __init__(self) -> None:
        self._place = tempfile.TemporaryDirectory(prefix="seskit-lab-")
        self.home = Path(self._place.name).resolve()
        (self.home / "settings").mkdir()
        (self.home / "settings" / "overrides.json").write_text(json.dumps(_QUIET), encoding="utf-8")
        (self.home / "settings" / "page_config.json").write_text(json.dumps(_NOT_BUILT), encoding="utf-8")
        self.shows(self.home / "nothing", self.home / "nobody")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "jupyterlab", "--allow-root", "--no-browser", "--ip=127.0.0.1"]
        command += [f"--port={port}", f"--ServerApp.root_dir={self.home / 'root'}", FLAG, STYLED]
        command += ["--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"]
        command += [f"--LabServerApp.app_settings_dir={self.home / 'settings'}"]
        command += [f"--LabApp.user_settings_dir={self.home / 'user'}"]
        command += [f"--LabApp.workspaces_dir={self.home / 'workspaces'}"]
        with (self.home / "server.log").open("w", encoding="utf-8") as log:
            self._runs = subprocess.Popen(command, env=_environment(self.home), stdout=log, stderr=subprocess.STDOUT)
        self.address = f"http://127.0.0.1:{port}"
        try:
            _when_up(self.address, self._runs, self.home / "server.log")
        except RuntimeError:
            self.end()
            raise

    def shows(self, folder: Path, home: Path) -> None:
        """Show another folder to a person of another home, who has changed no setting."""
        for gone in ("user", "workspaces"):
            shutil.rmtree(self.home / gone, ignore_errors=True)
        for link, target in (("root", folder), ("remembered", home / "remembered")):
            target.mkdir(parents=True, exist_ok=True)
            (self.home / link).unlink(missing_ok=True)
            (self.home / link).symlink_to(target)

    def rests(self) -> None:
        """End every kernel of the folder that was shown."""
        with urllib.request.urlopen(f"{self.address}/api/sessions", timeout=60) as found:  # noqa: S310 - this machine's own
            sessions = json.load(found)
        for session in sessions:
            gone = urllib.request.Request(f"{self.address}/api/sessions/{session['id']}", method="DELETE")  # noqa: S310
            urllib.request.urlopen(gone, timeout=60).close()  # noqa: S310 - this machine's own server

    def end(self) -> None:
        """Stop it."""
        self._runs.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._runs.wait(60)
        self._runs.kill()
        self._runs.wait()
        self._place.cleanup()


_server: dict[str, _Server] = {}


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """A JupyterLab that shows a folder; gives its address. What it remembers is in `home`, which is left behind."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed.")
    if not _server:
        _server["lab"] = _Server()
    server = _server["lab"]
    server.shows(folder, home)
    try:
        yield server.address
    finally:
        server.rests()


def leave() -> None:
    """End the browser and the JupyterLab that the files of browser tests shared."""
    _page.clear()
    for server in _server.values():
        server.end()
    _server.clear()
    axe.leave()


def _environment(home: Path) -> dict[str, str]:
    private = {"HOME": "", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "run"}
    private |= {"IPYTHONDIR": "ipython", "JUPYTERLAB_SETTINGS_DIR": "user", "SESKIT_HOME": "remembered"}
    package = str(ROOT)
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


def focused(page: Any) -> str:
    """The label of the entry that has the keyboard."""
    found: str = page.evaluate(
        "() => { const label = document.activeElement.labels?.[0]?.querySelector('.seskit-label');"
        " return label ? label.textContent : '' }"
    )
    return found


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook of code cells."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=kernel)
    nbformat.write(made, path)


def open_notebook(page: Any, address: str, name: str) -> None:
    """Open a notebook by name in a workspace of its own, and wait until its kernel is ready."""
    workspace = name.removesuffix(".ipynb").replace("/", "-")
    page.goto(f"{address}/lab/workspaces/test-{workspace}/tree/{name}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=180_000)
    _at_rest(page)


def open_next(page: Any, address: str, name: str) -> None:
    """Open a notebook where one may be open: that one is closed and its kernel ended, and JupyterLab is not loaded again."""
    if not page.url.startswith(address):
        open_notebook(page, address, name)
        return
    command(page, "Close All Tabs")
    page.locator(".jp-Notebook").first.wait_for(state="detached")
    for session in page.request.get(f"{address}/api/sessions").json():
        page.request.delete(f"{address}/api/sessions/{session['id']}")
    command(page, "Open from Path")
    page.locator("dialog input").fill(name)
    page.keyboard.press("Enter")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=180_000)
    _at_rest(page)


def open_folds(page: Any, panels: int) -> None:
    """Open every form, picture and long table that a walk makes on demand, until that many panels are there.

    Outputs are drawn after the kernel is at rest: a walk counts as open once no closed fold was seen for a while.
    """
    until, calm = time.monotonic() + 180, 0
    while calm < _CALM and time.monotonic() < until:
        ready = not page.evaluate(_OPEN_FOLD) and page.evaluate(_THERE, [STATUS, panels])
        calm = calm + 1 if ready else 0
        page.wait_for_timeout(100)
    page.evaluate(_OPEN_TABLES)


def open_folds_served(page: Any) -> None:
    """The same on a served page, which has no sign of its kernel: until no closed fold was seen for half a second."""
    until, calm = time.monotonic() + 60, 0
    while calm < _CALM // 2 and time.monotonic() < until:
        calm = 0 if page.evaluate(_OPEN_FOLD) else calm + 1
        page.wait_for_timeout(100)


def shown(page: Any, words: str) -> None:
    """Wait until the words are to be seen, in a long table that is drawn late, too."""
    seen = page.get_by_text(words).locator("visible=true")
    until = time.monotonic() + 180
    while not seen.count():
        assert time.monotonic() < until, f"'{words}' is not to be seen."
        page.evaluate(_OPEN_TABLES)
        page.wait_for_timeout(100)


def run_all(page: Any) -> None:
    """Run > Run All Cells, and wait until the kernel rests."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
    _outputs(page)


def run_by_keyboard(page: Any) -> None:
    """Run all cells from the command palette, without a mouse; at the end JupyterLab puts the keyboard into the last cell."""
    command(page, "Run All Cells")
    _outputs(page)
    page.locator("#jp-main-statusbar").get_by_text(_LAST_CELL).wait_for(timeout=180_000)


def command(page: Any, words: str) -> None:
    """Give a command from the palette, which closes when something else takes the keyboard, and is opened again then."""
    from playwright.sync_api import TimeoutError as Late

    field = page.get_by_placeholder("SEARCH", exact=True)
    found = page.locator(".lm-CommandPalette-item.lm-mod-active", has_text=words)
    until = time.monotonic() + 180
    while not found.is_visible():
        assert time.monotonic() < until, f"The palette does not offer '{words}'."
        if not field.is_visible():
            page.keyboard.press("Control+Shift+C")
        try:
            field.fill(words, timeout=5_000)
            found.wait_for(timeout=5_000)
        except Late:  # while a widget has the keyboard, JupyterLab hears no shortcut
            page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Enter")


def hide_files(page: Any) -> None:
    """Put the list of files aside, which takes the room of a narrow window."""
    page.evaluate("() => document.activeElement.blur()")
    if page.locator("#filebrowser").is_visible():
        page.keyboard.press("Control+B")
        page.locator("#filebrowser").wait_for(state="hidden")


def faults(page: Any) -> list[str]:
    """What the notebook's outputs show of errors; [] is what a test wants."""
    loud = page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']")
    found: list[str] = loud.or_(page.locator(OUTPUT, has_text="Traceback")).all_inner_texts()
    return found


def pictures_without_words(page: Any, count: int) -> list[str]:
    """The pictures, `count` of them, whose alternative text is too short to say what they show."""
    shown = page.locator(f"{OUTPUT} img")
    assert shown.count() == count, [shown.nth(n).get_attribute("alt") for n in range(shown.count())]
    words = [shown.nth(n).get_attribute("alt") or "" for n in range(count)]
    return [text for text in words if len(text) <= 40]


def tab_to(page: Any, label: str, most: int = 40, key: str = "Tab") -> Any:
    """Press Tab, or another key, until the first entry of that label has the keyboard; the entry."""
    return press_to(page, page.get_by_label(label).first, most, key)


#: Which key leads from where the keyboard is to a control; nothing where it is there, null where it is not to be seen.
_TOWARD = """control => {
  if (!control.isConnected || !control.getClientRects().length) return null;
  const now = document.activeElement;
  if (control === now) return '';
  return now.compareDocumentPosition(control) & Node.DOCUMENT_POSITION_PRECEDING ? 'Shift+Tab' : 'Tab';
}"""


def press_to(page: Any, control: Any, most: int = 40, key: str = "Tab") -> Any:
    """Press Tab, another key, or with "" whichever is nearer, until that control has the keyboard; the control."""
    found = control.element_handle()  # to look for it anew after each press takes longer than the press
    for _ in range(most):
        toward = found.evaluate(_TOWARD)
        if not toward:
            found = control.element_handle()
            toward = found.evaluate(_TOWARD)
        if toward == "":
            return control
        page.keyboard.press(key or toward or "Tab")
    raise AssertionError(f"{control} was not reached with {most} presses of {key}.")


def make_agency(page: Any, answers: dict[str, str]) -> None:
    """Answer the plain questions of the opener, each by its label, with nothing but Tab, Enter and letters."""
    page.get_by_role("button", name="Choose another agency").focus()
    press_to(page, page.get_by_role("button", name="Make a new agency", exact=True).first, 90, key="")
    page.keyboard.press("Enter")
    page.get_by_label(next(iter(answers))).first.wait_for()
    for label, answer in answers.items():
        tab_to(page, label)
        page.keyboard.type(answer)
    page.keyboard.press("Tab")
    page.get_by_text("1 performance plan. Everything needed is there.").first.wait_for()
    press_to(page, page.get_by_role("button", name="Make this agency", exact=True).first, 90, key="")
    page.keyboard.press("Enter")
    page.get_by_text("Next: its roster; bring it below.").first.wait_for()


def retype(page: Any, text: str) -> None:
    """Write over what the entry with the keyboard holds, and press Enter."""
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def said(page: Any, words: str) -> str:
    """What the first panel's status region says, once it holds the words."""
    region = page.locator(STATUS).first
    region.filter(has_text=words).wait_for(timeout=180_000)
    text: str = region.inner_text()
    return text


def picture(page: Any, name: str) -> None:
    """Keep a picture where a person asks for them."""
    if "SESKIT_PICTURES" in os.environ:
        page.screenshot(path=Path(os.environ["SESKIT_PICTURES"]) / f"{name}.png")


#: Told once nothing was added to the page or taken away for a while: a button that is made anew takes no press.
_STILL = """() => new Promise(told => {
  let last = performance.now();
  const seen = new MutationObserver(() => { last = performance.now(); });
  seen.observe(document.body, { childList: true, subtree: true });
  const look = () => performance.now() - last > 400 ? (seen.disconnect(), told()) : setTimeout(look, 50);
  look();
})"""


def still(page: Any) -> None:
    """Wait until nothing on the page is made anew, as a person does who looks before pressing."""
    page.evaluate(_STILL)


def _outputs(page: Any) -> None:
    page.locator(".jp-OutputArea-output:visible").first.wait_for(timeout=180_000)
    _at_rest(page)


def _at_rest(page: Any) -> None:
    """Wait for the status bar: the notebook's own sign says idle while it is still connecting."""
    page.locator(_IDLE).wait_for(timeout=180_000)
