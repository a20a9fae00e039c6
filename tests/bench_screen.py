"""What a person waits for on the screen of the served desk: a page opened warm, an entry up to the redrawn answer.

`python -m tests.bench_screen`, beside nothing else: the machine's own clock is read, the least of several counts.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests import bench_desk, browser
from tests.served import HEIGHTS, start

ROUNDS = 6
#: The sentence with which a walk says what it read.
ANSWER = "people read from"
#: Write into an entry, and count the milliseconds until the answer beside it has changed.
ENTRY = """([entry, panel, value]) => new Promise(done => {
  const region = panel.querySelector('.seskit-side'), begun = performance.now();
  const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now() - begun); });
  seen.observe(region, {childList: true, subtree: true, characterData: true});
  entry.value = value;
  for (const name of ['input', 'change']) entry.dispatchEvent(new Event(name, {bubbles: true}));
  setTimeout(() => { seen.disconnect(); done(null); }, 5000);
})"""


def main() -> None:
    """Print each figure with the machine's load."""
    with tempfile.TemporaryDirectory() as name, bench_desk.two_agencies() as (one, _):
        folder = Path(name)
        shutil.copytree(browser.NOTEBOOKS, folder / "notebooks")
        (folder / "private").mkdir()
        process, address = start(folder)
        try:
            session = next((folder / "private").glob("seskit-desk-*"))
            (session / "remembered").mkdir(exist_ok=True)
            (session / "remembered" / "recent.json").write_text(json.dumps([str(one)]), encoding="utf-8")
            with browser.open_page() as page:
                for walk in ("start_here", *HEIGHTS):
                    opened(page, address.replace("start_here", walk), walk)
                typed(page, address.replace("start_here", "pay_setting"))
                with browser.lab(folder / "notebooks", folder / "home") as lab:
                    in_lab(page, lab)
        finally:
            browser.leave()
            process.terminate()
            process.wait(60)


def opened(page, address: str, walk: str) -> None:
    """Seconds from asking for a page to its agency on the screen, warm, the least of three."""
    found = []
    for _ in range(3):
        time.sleep(25)
        begun = time.monotonic()
        page.goto(address)
        page.get_by_text(ANSWER).first.wait_for()
        found.append(time.monotonic() - begun)
    print(f"opened served, {walk}: {min(found):.2f} s (load {os.getloadavg()[0]:.1f})", flush=True)


def in_lab(page, address: str) -> None:
    """Seconds from opening a walk in a loaded JupyterLab, its kernel warm, to its first answer; the least of three."""
    browser.open_notebook(page, address, "report.ipynb")
    browser.run_by_keyboard(page)
    answer, found = page.get_by_text(ANSWER).first, []
    answer.wait_for()
    for _ in range(3):
        browser.command(page, "Close All Tabs")
        page.get_by_role("button", name="Discard").click()
        page.locator(".jp-Notebook").first.wait_for(state="detached")
        begun = time.monotonic()
        browser.command(page, "Open from Path")
        page.locator("dialog input").fill("report.ipynb")
        page.keyboard.press("Enter")
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        if answer.is_visible():
            raise RuntimeError("The walk opened with an answer that was saved.")
        page.get_by_text("| Idle").wait_for()
        page.locator(".jp-Notebook").first.focus()
        browser.command(page, "Run All Cells")
        answer.wait_for()
        found.append(time.monotonic() - begun)
    print(f"opened in JupyterLab and run, kernel warm, report: {min(found):.2f} s, at most 3 wanted "
          f"(load {os.getloadavg()[0]:.1f})", flush=True)  # fmt: skip


def typed(page, address: str) -> None:
    """Milliseconds from an entry to the redrawn answer, the least and the middle of several."""
    page.goto(address)
    page.get_by_role("button", name="Show: Change a fact of the proposal").press("Enter")
    entry = page.get_by_label("Proposed rate of basic pay").first
    entry.wait_for()
    panel = page.locator(".seskit-columns", has=page.get_by_label("Proposed rate of basic pay")).first
    found = []
    for turn in range(ROUNDS * 2):
        page.wait_for_timeout(700)
        value = str(180000 + 1000 * turn)
        found.append(page.evaluate(ENTRY, [entry.element_handle(), panel.element_handle(), value]) or 5000)
    found.sort()
    print(f"an entry to the redrawn answer on screen, agency of {bench_desk.PEOPLE}: least {found[0]:.0f} ms, "
          f"middle {found[len(found) // 2]:.0f} ms (load {os.getloadavg()[0]:.1f})", flush=True)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
