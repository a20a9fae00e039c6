"""The walk through an appraisal year in a real JupyterLab, by keyboard."""

import shutil
from pathlib import Path

import pytest

from tests import axe, browser

pytestmark = pytest.mark.browser
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The walk in a copy of the notebooks' folder, run from the top by keyboard."""
    place = tmp_path_factory.mktemp("walk")
    shutil.copytree(NOTEBOOKS, place / "notebooks")
    with browser.open_page() as page, browser.lab(place / "notebooks", tmp_path_factory.mktemp("home")) as address:
        browser.open_notebook(page, address, "appraisal.ipynb")
        browser.run_by_keyboard(page)
        yield page, place


def test_the_walk_runs_by_keyboard_without_a_fault(opened):
    """No cell ends in an error, and the files are written beside the notebooks."""
    page, place = opened
    page.get_by_text("outcome_notice.pdf").first.wait_for(timeout=120_000)
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert (place / "out" / "appraisal" / "DBT" / "audit_packet.pdf").is_file()


def test_a_panel_answers_by_keyboard(opened):
    """Members of the board are typed in, and the answer under the form changes."""
    page, _ = opened
    field = page.get_by_label("Members of the board").first
    field.scroll_into_view_if_needed()
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.get_by_text("3 of 6; exactly half is not enough").first.wait_for(timeout=30_000)


def test_the_answers_have_no_accessibility_fault(opened):
    """Tables, pictures and forms of the walk, without JupyterLab's own frame."""
    page, _ = opened
    found = axe.violations(page, ".jp-OutputArea-output")
    assert found == []
