"""The pictures of the README, made by the product itself: `python -m tests.pictures`."""

import shutil
import tempfile
from pathlib import Path

from seskit.work import report
from tests import browser

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "notebooks" / "pictures"


def main() -> None:
    """A panel in the notebook, and a form as web page."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, browser.open_page() as page:
        folder = Path(name)
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        written = (
            report.open_folder(ROOT / "notebooks" / "sample" / "agencies" / "BLB")
            .complete()
            .write(folder / "form", ["html"])
        )
        page.set_viewport_size({"width": 1280, "height": 1500})
        page.goto(written[0].as_uri())
        page.locator(".paper").first.screenshot(path=PICTURES / "form.png")
        with browser.lab(folder / "notebooks", folder / "home") as address:
            browser.open_notebook(page, address, "start_here.ipynb")
            browser.run_by_keyboard(page)
            page.locator(".seskit-panel [role=status]").first.wait_for()
            page.keyboard.press("Escape")
            page.locator(".jp-NotebookPanel").screenshot(path=PICTURES / "notebook.png")


if __name__ == "__main__":
    main()
