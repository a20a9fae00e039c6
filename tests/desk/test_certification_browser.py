"""The certification walk in a real JupyterLab: run from the top, a term asked by keyboard, axe clean."""

import pytest

from tests import browser, looks
from tests.extent import thorough

#: By `make test` the walks of pay and appraisal are run in JupyterLab; every walk is looked at as the desk serves it.
pytestmark = [pytest.mark.browser, thorough]
page = browser.walk("certification.ipynb", "certification_data_ses.xlsx")


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the files are written beside the notebooks."""
    assert browser.faults(page) == []
    assert (page.folder / "out" / "certification" / "LKA" / "certification_request_ses.pdf").is_file()
    for number, text in enumerate(
        ("The nine criteria", "Computed from the rosters", "Tests of the rehearsal", "Files")
    ):
        page.locator(browser.OUTPUT).get_by_text(text).first.scroll_into_view_if_needed()
        browser.picture(page, f"walk{number}")


def test_a_term_is_asked_by_keyboard_alone(page):
    """Type another day of certification, and read the new last day in the live region."""
    granted = page.get_by_label("Date of certification").last
    granted.scroll_into_view_if_needed()
    granted.focus()
    browser.retype(page, "2012-02-29")
    region = page.locator(browser.STATUS, has_text="lasts until").last
    region.filter(has_text="February 27, 2014").wait_for(timeout=180_000)
    browser.picture(page, "term")


def test_axe_finds_nothing_in_light_and_dark_and_no_output_runs_off_the_page(page):
    """Tables, charts, folded answers and panels; nothing wider than the page."""
    assert looks.faults(page) == []


def test_every_picture_has_words(page):
    """Ratings, pay of two periods, and the life of a certification, each with words."""
    assert browser.pictures_without_words(page, 4) == []
