"""The report walk in a real JupyterLab: run from the top, a panel filled in by keyboard, the answer read, axe clean."""

import pytest

from tests import browser, looks
from tests.extent import thorough

#: By `make test` the walks of pay and appraisal are run in JupyterLab; every walk is looked at as the desk serves it.
pytestmark = [pytest.mark.browser, thorough]
page = browser.walk("report.ipynb", "supplement.xlsx")


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the last cell has written the files beside the notebooks."""
    assert browser.faults(page) == []
    assert (page.folder / "out" / "report" / "DPW" / "forms.xlsx").is_file()


def test_an_award_is_checked_by_keyboard_alone(page):
    """Reach the panel with Tab, type rate, rating and award, read the answer in the live region."""
    page.get_by_label("Appointment type").first.focus()
    browser.tab_to(page, "Rate of basic pay")
    page.keyboard.type("129800")
    page.keyboard.press("Tab")
    page.keyboard.type("26000")
    page.keyboard.press("Enter")
    assert "The award is not lawful" in browser.said(page, "25,960")


def test_axe_finds_nothing_in_light_and_dark_and_no_output_runs_off_the_page(page):
    """Tables, charts, folded answers and the panel."""
    assert looks.faults(page) == []


def test_every_picture_has_words(page):
    """Each chart in the walk has alternative text and its numbers in a table."""
    assert browser.pictures_without_words(page, 3) == []
