"""Scan a page for accessibility faults: axe-core in the system's Chromium, nothing fetched, no test of its own.

with axe.browser() as browser:
    page = browser.new_page()
    page.set_content(html)
    assert axe.violations(page) == []
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import resources
from typing import Any

import pytest

#: The same browser without its windows first: a page in a window of its own costs several times as much to open.
_PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


#: The browser that stays open from one file of tests to the next, and what ends it (tests/conftest.py does).
_STAYS = ExitStack()
_open: dict[str, Any] = {}


def stay() -> Any:
    """The one browser that all files of browser tests share on a core; `leave` ends it."""
    if not _open:
        _open["chromium"] = _STAYS.enter_context(browser())
    return _open["chromium"]


def leave() -> None:
    """End the browser that stayed, since its driver keeps other tests from loops of their own."""
    _open.clear()
    _STAYS.close()


#: Whether the page is drawn: a browser that draws no more answers questions, and shows nothing new.
_DRAWN = """() => new Promise(told => {
  const waited = setTimeout(() => told(`not drawn for 3 s, ${document.visibilityState}`), 3000);
  requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(waited); told('drawn'); }));
})"""


def seen() -> list[str]:
    """What each open page shows: its address, whether it is drawn, a dialog that is open, and the end of its text."""
    if not _open:
        return []
    return [_seen(page) for context in _open["chromium"].contexts for page in context.pages]


def _seen(page: Any) -> str:
    from playwright.sync_api import Error

    try:
        dialogs = page.locator("dialog[open], .jp-Dialog").all_inner_texts()
        drawn = page.evaluate(_DRAWN)
        said = page.locator("body").inner_text(timeout=5_000)[-5000:]
    except Error as lost:  # a page that is gone or stuck says that much
        return f"{page.url}: {lost.message}"
    return "\n".join([f"{page.url}, {drawn}", *(f"Dialog: {text}" for text in dialogs), said])


@contextmanager
def browser() -> Iterator[Any]:
    """The system's Chromium, headless; the test that asks is skipped where there is none.

    Where one stays open, it is that one.
    """
    if _open:
        yield _open["chromium"]
        return
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium), so no page can be scanned.")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (make setup).")
    pytest.importorskip("axe_playwright_python", reason="axe-core is not installed (make setup).")
    with ExitStack() as started:
        try:
            driver = started.enter_context(sync_api.sync_playwright())
        except Exception as failure:  # noqa: BLE001 - Playwright has no kind of its own for a driver that does not start
            pytest.skip(f"Playwright's driver does not start (Debian: apt-get install libatomic1): {failure}")
        chromium = driver.chromium.launch(executable_path=program, headless=True, args=_FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


#: The rules whose verdict may change with the colors, or with the width, of a page that is otherwise the same. Contrast
#: takes axe longer than all its other rules together.
BY_COLOR = ("color-contrast", "link-in-text-block")
BY_WIDTH = ("scrollable-region-focusable", "target-size")
BY_STYLE = (*BY_COLOR, *BY_WIDTH)


#: Axe keeps the parts of every color it mixes in weak maps of one entry per color, which takes the browser longer than all
#: the mixing, and reads the text of the same color again and again. With maps that put what they are told on the thing
#: itself, and colors that are read once, it finds the same in less than half the time.
_QUICK = """(() => {
  class WeakMap {
    constructor() { this.at = Symbol(); }
    has(one) { return Object.hasOwn(one, this.at); }
    get(one) { return this.has(one) ? one[this.at] : undefined; }
    set(one, what) { one[this.at] = what; return this; }
    delete(one) { return this.has(one) && delete one[this.at]; }
  }
  class WeakSet extends WeakMap {
    add(one) { return this.set(one, true); }
  }
  SOURCE;
  const color = axe.commons.color.Color.prototype, read = color.parseString, known = new Map();
  color.parseString = function (text) {
    const before = known.get(text);
    if (!before) {
      read.call(this, text);
      known.set(text, [this.r, this.g, this.b, this.alpha]);
    } else [this.r, this.g, this.b, this.alpha] = before;
    return this;
  };
  axe.configure({ noHtml: true });
})()"""

#: What axe finds, each with the element; to have it write the source of all it looked at, whole tables among them, takes long.
_FOUND = """async ([context, asked]) => {
  const { violations } = await axe.run(context || document, asked);
  const source = element => element.outerHTML.length > 300 ? element.cloneNode().outerHTML : element.outerHTML;
  return violations.flatMap(({ impact, id, help, nodes }) =>
    nodes.map(({ element }) => [impact, `${impact}: ${id}: ${help}: ${source(element).slice(0, 200)}`]));
}"""


def violations(
    page: Any,
    context: str | None = None,
    impacts: tuple[str, ...] = (),
    rules: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
) -> list[str]:
    """What axe finds wrong with the page, best practices included, one line per element; [] is what a test wants.

    `context` is a selector that narrows the scan; `impacts` keeps only some grades, such as serious and critical;
    `rules` asks only some, `apart` all but some.
    """
    if not page.evaluate("'axe' in window"):
        source = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        page.evaluate(_QUICK.replace("SOURCE", source))
    asked: dict[str, Any] = {"resultTypes": ["violations"], "elementRef": True} | (
        {"runOnly": list(rules)} if rules else {}
    )
    asked["rules"] = {rule: {"enabled": False} for rule in apart}
    found = page.evaluate(_FOUND, [context, asked])
    return [said for impact, said in found if not impacts or impact in impacts]
