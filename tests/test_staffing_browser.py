"""The walk through filling vacancies in a real JupyterLab: run from the top, a panel by keyboard, axe clean."""

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
        browser.open_notebook(opened, address, "staffing.ipynb")
        browser.run_by_keyboard(opened)
        opened.locator(STATUS).first.wait_for(timeout=60_000)
        opened.get_by_text("probation.ics").first.wait_for(timeout=60_000)
        opened.folder = folder
        yield opened


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the last cell has written the files beside the notebooks."""
    assert page.locator(".jp-OutputArea-output", has_text="Traceback").count() == 0
    assert (page.folder / "out" / "staffing" / "DPW" / "qrb_case_P-01.pdf").is_file()


def test_a_due_day_is_asked_for_by_keyboard_alone(page):
    """Criterion and closing day typed; the answer is read in the live region."""
    closed = page.get_by_label("Announcement closed").first
    page.get_by_label("QRB criterion").first.focus()
    page.keyboard.press("ArrowDown")
    for _ in range(30):
        if closed.evaluate("entry => entry === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("2026-03-16")
    page.keyboard.press("Enter")
    page.locator(STATUS).first.filter(has_text="2026-06-04").wait_for(timeout=10_000)


def test_axe_finds_nothing_serious_in_the_outputs(page):
    """Tables, charts, folded answers and panels."""
    page.locator(".jp-OutputArea-output details summary").first.click()
    assert axe.violations(page, ".jp-OutputArea-output", ("serious", "critical")) == []
