"""The pay walk in a real JupyterLab: run from the top, an adjustment asked by keyboard alone, axe clean."""

import os
import shutil
from pathlib import Path

import pytest

from tests import axe, browser

pytestmark = pytest.mark.browser
#: Outputs too wide for the page: a person would have to scroll them.
WIDE = """() => [...document.querySelectorAll('.jp-OutputArea-output.jp-RenderedHTML')]
          .filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent.slice(0, 80))"""
NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
STATUS = ".seskit-panel [role=status]"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The walk, open and run, in a copy of the notebooks folder."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with browser.open_page() as opened, browser.lab(folder / "notebooks", folder / "home") as address:
        browser.open_notebook(opened, address, "pay_setting.ipynb")
        browser.run_by_keyboard(opened)
        opened.get_by_text("worksheet.xlsx").first.wait_for(timeout=120_000)
        opened.folder = folder
        yield opened


def tab_to(page, label, most=40):
    """Press Tab until the field of that label has the focus."""
    field = page.get_by_label(label).first
    for _ in range(most):
        if field.evaluate("entry => entry === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label} was not reached with {most} presses of Tab.")


def retype(page, label, text):
    """Go to a field with Tab and write over what it holds."""
    tab_to(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def picture(page, name):
    """Keep a picture where a person asks for them."""
    if "SESKIT_PICTURES" in os.environ:
        page.screenshot(path=Path(os.environ["SESKIT_PICTURES"]) / f"{name}.png")


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the worksheet is written beside the notebooks."""
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator(".jp-OutputArea-output", has_text="Traceback").count() == 0
    for words in ("Blocks: the law stands in the way", "What binds", "Pay clocks", "Names of people"):
        assert page.get_by_text(words).count(), words
    assert (page.folder / "out" / "pay_setting" / "DBT" / "pay_worksheet.xlsx").is_file()
    headings = page.locator(".jp-RenderedMarkdown h2")
    for number in range(headings.count()):
        headings.nth(number).scroll_into_view_if_needed()
        headings.nth(number).evaluate("heading => heading.scrollIntoView()")
        picture(page, f"pay{number}")


def test_an_adjustment_is_asked_by_keyboard_alone(page):
    """Above level III the approval is missing; one chosen by keyboard allows it; a day too early is barred again."""
    region = page.locator(STATUS).first
    page.get_by_label("Effective date").first.focus()
    retype(page, "Proposed rate of basic pay", "215000")
    region.filter(has_text="Cannot tell: a rate of $215,000. Missing: top_official_approves").wait_for(timeout=15_000)
    tab_to(page, "Top approving official approves")
    page.keyboard.press("y")
    region.filter(has_text="Allowed: a rate of $215,000; approval: top approving official").wait_for(timeout=15_000)
    retype(page, "Last counted adjustment", "2024-01-27")
    region.filter(has_text="Barred until 2025-01-27").wait_for(timeout=15_000)
    picture(page, "pay-panel")


def test_axe_finds_nothing_serious_in_the_outputs(page):
    """Tables, charts, folded answers and the panel; nothing wider than the page."""
    page.locator(".jp-OutputArea-output details summary").first.click()
    assert page.evaluate(WIDE) == []
    assert axe.violations(page, ".jp-OutputArea-output", ("serious", "critical")) == []


def test_every_picture_has_words(page):
    """The range, awards by rating, the clock and the aggregate limit, each with words."""
    pictures = page.locator(".jp-OutputArea-output img")
    assert pictures.count() == 4
    assert all(len(pictures.nth(n).get_attribute("alt")) > 40 for n in range(4))
