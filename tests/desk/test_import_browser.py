"""An export read in a real JupyterLab: chosen, mapped by keyboard, written; nothing of it stays in the notebook."""

import json
import re
import shutil

import pytest

from tests import axe, browser
from tests.exported import PAYROLL

pytestmark = pytest.mark.browser
AGENCY = """code: OEX
name: Office of Exports
fiscal_year: 2012
plans:
  - id: main
    pattern: H
    appraisal_period: {from: 2011-10-01, to: 2012-09-30}
    awards: {status: paid, paid_in: 2012-12, determined_on: 2012-12-03}
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The report walk with an agency of one's own, used last, that has no roster yet."""
    folder = tmp_path_factory.mktemp("export")
    shutil.copytree(browser.NOTEBOOKS, folder / "notebooks")
    (folder / "OEX").mkdir()
    (folder / "OEX" / "agency.yaml").write_text(AGENCY, encoding="utf-8")
    (folder / "export.csv").write_text(PAYROLL, encoding="cp1252")
    (folder / "home" / "remembered").mkdir(parents=True)
    (folder / "home" / "remembered" / "recent.json").write_text(json.dumps([str(folder / "OEX")]), encoding="utf-8")
    with browser.lab(folder / "notebooks", folder / "home") as address, browser.lab_page() as opened:
        browser.open_next(opened, address, "report.ipynb")
        browser.run_by_keyboard(opened)
        opened.folder = folder
        yield opened


def test_an_export_is_mapped_and_written_by_keyboard(page):
    """The file chosen, a value's meaning changed, names left out, the roster read at once; no fault of the page."""
    status = page.locator(".seskit-desk [role=status]").first
    status.filter(has_text="Office of Exports").wait_for(timeout=60_000)
    browser.hide_files(page)
    page.get_by_role("button", name="Choose another agency").focus()
    browser.press_to(page, page.get_by_role("button", name="Read an export", exact=True), 60)
    page.keyboard.press("Enter")
    with page.expect_file_chooser() as chooser:
        browser.press_to(page, page.get_by_role("button", name=re.compile("Choose a file")), 60)
        page.keyboard.press("Enter")
    chooser.value.set_files(page.folder / "export.csv")
    page.get_by_text("7 rows in the export, 4 people on the roster.").first.wait_for()
    browser.picture(page, "import_panel")
    assert browser.faults(page) == []
    for width in (320, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe.violations(page, ".seskit-desk", ("minor", "moderate", "serious", "critical")) == []
        assert not page.locator(".seskit-desk").first.evaluate("desk => desk.scrollWidth > desk.clientWidth + 1")
    page.get_by_role("button", name="Read an export", exact=True).focus()
    browser.tab_to(page, "'Not Rated' in Final Rating of Record", 60)
    page.keyboard.type("3")
    page.get_by_text("7 rows in the export, 4 people on the roster.").first.wait_for()
    page.wait_for_timeout(400)
    assert page.evaluate("document.activeElement.matches('.seskit-desk select')")
    assert page.evaluate("document.activeElement.selectedOptions[0].text").split() == ["3:", "fully", "successful"]
    browser.press_to(page, page.get_by_role("button", name="Write the roster", exact=True), 90)
    page.keyboard.press("Enter")
    status.filter(has_text="Saved as roster.csv. Office of Exports, fiscal year 2012: 4 people").wait_for(
        timeout=60_000
    )
    written = (page.folder / "OEX" / "roster.csv").read_text(encoding="utf-8")
    assert written.count("limited_term") == 1
    assert "ADAMS" not in written
    assert "ADAMS" not in page.content()
    assert (page.folder / "OEX" / "people.yaml").is_file()
