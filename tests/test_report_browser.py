"""The report walk in a real JupyterLab: run from the top, a panel filled in by keyboard, the answer read, axe clean."""

import shutil
from pathlib import Path

import pytest

from tests import axe, browser

pytestmark = pytest.mark.browser
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
STATUS = ".seskit-panel [role=status]"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The walk, open and run, in a copy of the notebooks folder."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with browser.open_page() as opened, browser.lab(folder / "notebooks", folder / "home") as address:
        browser.open_notebook(opened, address, "report.ipynb")
        browser.run_by_keyboard(opened)
        opened.locator(STATUS).first.wait_for(timeout=60_000)
        opened.get_by_text("supplement.xlsx").first.wait_for(timeout=60_000)
        opened.folder = folder
        yield opened


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the last cell has written the files beside the notebooks."""
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator(".jp-OutputArea-output", has_text="Traceback").count() == 0
    assert (page.folder / "out" / "report" / "DPW" / "forms.xlsx").is_file()


def test_an_award_is_checked_by_keyboard_alone(page):
    """Reach the panel with Tab, type rate, rating and award, read the answer in the live region."""
    rate = page.get_by_label("Rate of basic pay").first
    page.get_by_label("Appointment type").first.focus()
    for _ in range(30):
        if rate.evaluate("entry => entry === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("129800")
    page.keyboard.press("Tab")
    page.keyboard.type("26000")
    page.keyboard.press("Enter")
    region = page.locator(STATUS).first
    region.filter(has_text="25,960").wait_for(timeout=10_000)
    assert "The award is not lawful" in region.inner_text()


def test_axe_finds_nothing_serious_in_the_outputs(page):
    """Tables, charts, folded answers and the panel."""
    page.locator(".jp-OutputArea-output details summary").first.click()
    assert axe.violations(page, ".jp-OutputArea-output", ("serious", "critical")) == []


def test_every_picture_has_words(page):
    """Each chart in the walk has alternative text and its numbers in a table."""
    pictures = page.locator(".jp-OutputArea-output img")
    assert pictures.count() == 3
    assert all(len(pictures.nth(n).get_attribute("alt")) > 40 for n in range(3))
