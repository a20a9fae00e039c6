"""The pictures of the README and the documentation, made by the product itself: `python -m tests.pictures`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from seskit.work import report
from tests import browser
from tests.places import NOTEBOOKS, SAMPLES

PICTURES = NOTEBOOKS / "pictures"
AGENCIES = SAMPLES
SHOWN = {"width": 1100, "height": 760}


def main() -> None:
    """A form as a web page, the index of a batch, a slide and a guide of a forum, and a panel in the notebook."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, browser.open_page() as page:
        folder = Path(name)
        page.set_viewport_size(SHOWN)
        form(page, folder)
        index(page, folder)
        forum(page, folder)
        notebook(page, folder)
    browser.leave()


def form(page, folder: Path) -> None:
    """The upper half of OPM Form 1558, as made for a sample agency."""
    written = report.open_folder(AGENCIES / "BLB").complete().write(folder / "form", ["html"])
    page.goto(written[0].as_uri())
    page.set_viewport_size({"width": 1100, "height": 8000})
    box = page.locator(".paper").first.bounding_box()
    page.screenshot(path=PICTURES / "form.png", clip={**box, "height": 690})
    page.set_viewport_size(SHOWN)


def index(page, folder: Path) -> None:
    """The list of what happened to each of a few agencies, one of them faulty."""
    _seskit("batch", AGENCIES, "--out", folder / "run", *(f"--only={code}" for code in ("BLB", "DPW", "XFR", "DBT")))
    page.goto((folder / "run" / "index.html").as_uri())
    page.screenshot(path=PICTURES / "index.png")


def forum(page, folder: Path) -> None:
    """The first slide with a chart on today's pay rules."""
    _seskit("forum", "build", "2026-update", "--out", folder / "forum")
    deck = next((folder / "forum" / "2026-update").glob("*pay-today-deck.html"))
    page.goto(deck.as_uri())
    charts = "[...document.querySelectorAll('section')].findIndex(slide => slide.querySelector('img, svg'))"
    page.goto(f"{deck.as_uri()}#/{page.evaluate(charts)}")
    page.reload()
    page.wait_for_timeout(1000)
    page.screenshot(path=PICTURES / "slide.png")


def notebook(page, folder: Path) -> None:
    """A panel in the notebook, filled in and answered."""
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    page.set_viewport_size({"width": 1280, "height": 1100})
    with browser.lab(folder / "notebooks", folder / "home") as address:
        browser.open_notebook(page, address, "start_here.ipynb")
        browser.run_by_keyboard(page)
        panel = page.locator(".seskit-panel:not(.seskit-desk, .seskit-desk *)").first
        panel.locator("[role=status]").wait_for()
        panel.get_by_label("Annual summary rating").select_option(label="4")
        for label, amount in (("Rate of basic pay", "129800"), ("Performance award", "9735")):
            panel.get_by_label(label).fill(amount)
            page.keyboard.press("Tab")
        panel.get_by_text("is lawful").first.wait_for()
        page.keyboard.press("Escape")
        panel.scroll_into_view_if_needed()
        panel.screenshot(path=PICTURES / "notebook.png")


def _seskit(*words: object) -> None:
    """One command; exit code 1 says that an agency needs attention, which a picture may show."""
    ran = subprocess.run([sys.executable, "-m", "seskit", *map(str, words)], check=False)
    if ran.returncode > 1:
        raise SystemExit(ran.returncode)


if __name__ == "__main__":
    main()
