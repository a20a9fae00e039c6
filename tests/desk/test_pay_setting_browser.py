"""The pay walk in a real JupyterLab: run from the top, an adjustment asked by keyboard alone, axe clean."""

import pytest

from tests import browser, looks
from tests.extent import thorough

pytestmark = [pytest.mark.browser, thorough]
page = browser.walk("pay_setting.ipynb", "worksheet.xlsx")


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the worksheet is written beside the notebooks."""
    assert browser.faults(page) == []
    for words in ("Blocks: the law stands in the way", "What binds", "Pay clocks", "Names of people"):
        assert page.get_by_text(words).count(), words
    assert (page.folder / "out" / "pay_setting" / "DBT" / "pay_worksheet.xlsx").is_file()
    headings = page.locator(".jp-RenderedMarkdown h2")
    for number in range(headings.count()):
        headings.nth(number).scroll_into_view_if_needed()
        headings.nth(number).evaluate("heading => heading.scrollIntoView()")
        browser.picture(page, f"pay{number}")


def test_an_adjustment_is_asked_by_keyboard_alone(page):
    """Above level III the approval is missing; one chosen by keyboard allows it; a day too early is barred again.
    The panel holds the proposal of the executive that was picked.
    """
    page.get_by_label("Executive").first.focus()
    page.keyboard.type("DBT002")
    page.get_by_text("The proposal for DBT002").first.wait_for()
    assert browser.said(page, "Allowed: a rate of $192,200")
    page.get_by_label("Effective date").first.focus()
    browser.tab_to(page, "Proposed rate of basic pay")
    browser.retype(page, "215000")
    assert browser.said(page, "Cannot tell: a rate of $215,000. Missing: Top approving official approves")
    browser.tab_to(page, "Top approving official approves")
    page.keyboard.press("y")
    assert browser.said(page, "Allowed: a rate of $215,000; approval: top approving official")
    browser.tab_to(page, "Last counted adjustment", key="Shift+Tab")
    browser.retype(page, "2024-01-27")
    assert browser.said(page, "barred until January 27, 2025")
    browser.picture(page, "pay-panel")


def test_axe_finds_nothing_in_light_and_dark_and_no_output_runs_off_the_page(page):
    """Tables, charts, folded answers and the panel; nothing wider than the page."""
    assert looks.faults(page) == []


def test_every_picture_has_words(page):
    """The range, awards by rating, the clock and the aggregate limit, each with words."""
    assert browser.pictures_without_words(page, 4) == []
