"""The walk through filling vacancies in a real JupyterLab: run from the top, a panel by keyboard, axe clean."""

import pytest

from tests import browser, looks
from tests.extent import thorough

#: By `make test` the walks of pay and appraisal are run in JupyterLab; every walk is looked at as the desk serves it.
pytestmark = [pytest.mark.browser, thorough]
page = browser.walk("staffing.ipynb", "probation.ics")


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the last cell has written the files beside the notebooks."""
    assert browser.faults(page) == []
    assert (page.folder / "out" / "staffing" / "DPW" / "qrb_case_P-01.pdf").is_file()


def test_a_due_day_is_asked_for_by_keyboard_alone(page):
    """Criterion and closing day typed; the answer is read in the live region."""
    page.get_by_label("QRB criterion").first.focus()
    page.keyboard.press("ArrowDown")
    browser.tab_to(page, "Announcement closed")
    page.keyboard.type("2026-03-16")
    page.keyboard.press("Enter")
    assert browser.said(page, "June 4, 2026")


def test_axe_finds_nothing_in_light_and_dark_and_no_output_runs_off_the_page(page):
    """Tables, charts, folded answers and panels."""
    assert looks.faults(page) == []
