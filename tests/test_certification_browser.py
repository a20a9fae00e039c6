"""The certification walk in a real JupyterLab: run from the top, a term asked by keyboard, axe clean."""

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


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The walk, open and run, in a copy of the notebooks folder."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with browser.open_page() as opened, browser.lab(folder / "notebooks", folder / "home") as address:
        browser.open_notebook(opened, address, "certification.ipynb")
        browser.run_by_keyboard(opened)
        opened.get_by_text("certification_data_ses.xlsx").first.wait_for(timeout=120_000)
        opened.folder = folder
        yield opened


def picture(page, name):
    """Keep a picture where a person asks for them."""
    if "SESKIT_PICTURES" in os.environ:
        page.screenshot(path=Path(os.environ["SESKIT_PICTURES"]) / f"{name}.png")


def test_the_walk_runs_from_the_top_without_an_error(page):
    """No traceback anywhere; the files are written beside the notebooks."""
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator(".jp-OutputArea-output", has_text="Traceback").count() == 0
    assert (page.folder / "out" / "certification" / "LKA" / "certification_request_ses.pdf").is_file()
    for number, text in enumerate(
        ("The nine criteria", "Computed from the rosters", "Tests of the rehearsal", "Files")
    ):
        page.locator(".jp-OutputArea-output").get_by_text(text).first.scroll_into_view_if_needed()
        picture(page, f"walk{number}")


def test_a_term_is_asked_by_keyboard_alone(page):
    """Type another day of certification, and read the new last day in the live region."""
    granted = page.get_by_label("Date of certification").last
    granted.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2012-02-29")
    page.keyboard.press("Enter")
    region = page.locator(".seskit-panel [role=status]", has_text="lasts until").last
    region.filter(has_text="2014-02-27").wait_for(timeout=15_000)
    picture(page, "term")


def test_axe_finds_nothing_serious_in_the_outputs(page):
    """Tables, charts, folded answers and panels."""
    page.locator(".jp-OutputArea-output details summary").first.click()
    wide = page.evaluate(WIDE)
    assert wide == []
    assert axe.violations(page, ".jp-OutputArea-output", ("serious", "critical")) == []


def test_every_picture_has_words(page):
    """Ratings, pay of two periods, and the life of a certification, each with words."""
    pictures = page.locator(".jp-OutputArea-output img")
    assert pictures.count() == 4
    assert all(len(pictures.nth(n).get_attribute("alt")) > 40 for n in range(4))
