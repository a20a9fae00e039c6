"""The walk through an appraisal year in a real JupyterLab, by keyboard."""

import pytest

from tests import axe, browser

pytestmark = pytest.mark.browser
page = browser.walk("appraisal.ipynb", "outcome_notice.pdf")


def test_the_walk_runs_by_keyboard_without_a_fault(page):
    """No cell ends in an error, and the files are written beside the notebooks."""
    assert browser.faults(page) == []
    assert (page.folder / "out" / "appraisal" / "DBT" / "audit_packet.pdf").is_file()


def test_a_panel_answers_by_keyboard(page):
    """Members of the board are typed in, and the answer under the form changes."""
    field = page.get_by_label("Members of the board").first
    field.scroll_into_view_if_needed()
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.get_by_text("3 of 6; exactly half is not enough").first.wait_for(timeout=30_000)


def test_the_answers_have_no_accessibility_fault(page):
    """Tables, pictures and forms of the walk, of any grade, without JupyterLab's own frame."""
    assert axe.violations(page, browser.OUTPUT) == []
