"""An agency's own workbook on the page alone: other headings, no plan, no IG office, one pay column, two blank ratings."""

import re
import shutil

import pytest

from tests import axe, browser, looks, own_headings
from tests.served import start

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ANSWERS = (
    ("Name of the agency", "Office of Own Workbooks"), ("Short code", "OWB"), ("Fiscal year", "2025"),
    ("Short word for the plan", "main"), ("First day of the appraisal", "2024-10-01"),
    ("Last day of the appraisal", "2025-09-30"), ("Awards paid in", "2025-12"), ("Awards decided", "2025-11-28"),
)  # fmt: skip
CONFIRMED = (
    "Read the heading 'Employee No.' as Person number", "Read the heading 'Full Name' as name",
    "Read the heading 'Appointment' as Appointment type", "Read the heading 'Annual salary' as both pay columns",
    "Read the heading 'Bonus $' as award", "Put every row in plan 'main'", "Read Serves in an IG office",
)  # fmt: skip


#: The list of problems is made anew after each, and then the next has the keyboard: what is pressed before may be gone.
_AT_THE_NEXT = """() => {
  const here = document.activeElement;
  return here.closest('.seskit-desk') && /^(Confirm: |Open the )/.test(here.textContent.trim());
}"""


def _not_opened(_, names):
    """The notebooks that this test never opens, each of which would get a kernel that waits."""
    return [name for name in names if name.endswith(".ipynb") and name not in ("start_here.ipynb", "report.ipynb")]


@pytest.fixture
def page(tmp_path):
    """The report walk of the application."""
    pytest.importorskip("voila", reason="Voila is not installed.")
    shutil.copytree(browser.NOTEBOOKS, tmp_path / "notebooks", ignore=_not_opened)
    (tmp_path / "private").mkdir()
    own_headings.workbook(tmp_path / "people.xlsx")
    process, address = start(tmp_path)
    try:
        with browser.open_page() as opened:
            opened.set_default_timeout(60_000)
            opened.set_viewport_size({"width": 1366, "height": 768})
            opened.goto(address.replace("start_here", "report"))
            opened.get_by_text("A sample: everything in it is invented").first.wait_for()
            opened.people = tmp_path / "people.xlsx"
            yield opened
    finally:
        process.kill()


def press(page, words):
    """Press the button whose words begin so, once the page is no longer made anew."""
    browser.still(page)
    page.get_by_role("button", name=re.compile(f"^{re.escape(words)}")).first.press("Enter")


def made(page):
    """An agency by plain questions, and the workbook brought."""
    press(page, "Make a new agency")
    for label, answer in ANSWERS:
        page.get_by_label(label).first.fill(answer)
        page.keyboard.press("Tab")
    page.get_by_label("Rating levels").first.select_option("H: levels 1, 2, 3, 4, 5")
    page.get_by_label("Performance awards").first.select_option("paid, or will be")
    page.get_by_text("Everything needed is there").first.wait_for()
    press(page, "Make this agency")
    page.get_by_text("Next: its roster; bring it below.").first.wait_for()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=re.compile("Choose a file")).first.press("Enter")
    chooser.value.set_files(page.people)
    page.get_by_text("people read from roster.xlsx").first.wait_for()


def looked_at(page, name):
    """At each width: nothing runs off the page; a picture where a person asks for one."""
    for width in looks.WIDTHS:
        page.set_viewport_size({"width": width, "height": 768})
        page.get_by_text("Correct the roster", exact=True).first.scroll_into_view_if_needed()
        browser.picture(page, f"own_workbook_{name}_{width}")
        assert page.evaluate(looks.SIDEWAYS, ".seskit-desk") == []
    page.set_viewport_size({"width": 1366, "height": 768})


def test_from_an_own_workbook_to_final_forms_on_the_page_alone(page):
    """Every repair is one button there; the ratings are typed; the forms are final, with every award in them."""
    made(page)
    assert page.get_by_role("button", name=re.compile("Choose a file")).first.inner_text().strip() == "Choose a file"
    press(page, "Correct problems here")
    page.get_by_text("Left: 7 errors").first.wait_for()
    looked_at(page, "problems")
    assert axe.violations(page, ".seskit-desk") == []
    for words in CONFIRMED:
        press(page, f"Confirm: {words}")
        page.get_by_text(re.compile(f"^Confirmed: {re.escape(words)}")).first.wait_for()
        page.wait_for_function(_AT_THE_NEXT)
    page.get_by_text("2 errors, 2 warnings").first.wait_for()
    assert page.get_by_role("button", name="Open the 2 cells one by one: award").count() == 1
    press(page, "Open the 2 cells one by one: rating")
    looked_at(page, "cell")
    for place, row in enumerate(own_headings.UNRATED, 1):
        page.get_by_label(f"Value of rating, row {row}").fill("4")
        page.get_by_label("Why it is changed").fill("rating letter")
        page.keyboard.press("Tab")
        press(page, f"Write this value ({place} of 2)")
        page.get_by_text(f"Row {row}, rating: in order").first.wait_for()
    press(page, "Save the corrected roster")
    said = page.get_by_text(re.compile("30 people read from roster.corrected.xlsx, 1 plan; nothing to correct"))
    said.first.wait_for()
    for name in ("roster.corrected.xlsx", "roster.corrections.csv"):
        with page.expect_download() as got:
            page.locator(f".seskit-desk a[download='{name}']").first.press("Enter")
        assert got.value.suggested_filename == name
        assert got.value.path().stat().st_size > 0
    page.get_by_text("final in its figures; OPM uses another layout for fiscal year 2025").first.wait_for()
    page.get_by_role("link", name=re.compile("^Download .*forms.xlsx$")).first.wait_for()
