"""The desk in a real JupyterLab: by keyboard alone an agency is made, its roster brought, its forms read; saved clean."""

import csv
import json
import re
import shutil
from contextlib import suppress

import pytest

from tests import axe, browser

pytestmark = pytest.mark.browser
DESK = ".seskit-desk"
NAME = "Office of Own Rosters"
ANSWERS = {
    "Name of the agency": NAME,
    "Short code": "OOR",
    "Fiscal year of the report": "2002",
    "Short word for the plan, row 1": "oct",
    "Name of the plan, row 1": "Plan of the whole office",
    "Rating levels, row 1": "H",
    "First day of the appraisal period, row 1": "2001-10-01",
    "Last day of the appraisal period, row 1": "9/30/2002",
    "Performance awards, row 1": "p",
    "Awards paid in, row 1": "2002-12",
    "Awards decided on, row 1": "2002-12-12",
}
PEOPLE = 40
#: A heading in other words, days as a system prints them, and a word where an amount belongs.
FAULTS = ((",award,", ",Award amount,"), (",2002-11-06,", ",6-NOV-02,"), (",2002-11-18,", ",18-NOV-02,"),
          (",8281,", ",about 8281,"))  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """The report walk, run from the top, with a roster outside every folder of the notebooks."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(browser.NOTEBOOKS, folder / "notebooks")
    with (browser.NOTEBOOKS / "sample" / "agencies" / "DPW" / "roster.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    mine = [row for row in rows if row[header.index("plan")] == "oct"][:PEOPLE]
    for number, row in enumerate(mine):
        row[header.index("person_id")] = f"OOR{number:03}"
        row[header.index("name")] = f"Example, Quentin {number}"
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *mine])
    faulty = (folder / "people.csv").read_text(encoding="utf-8")
    for right, wrong in FAULTS:
        assert right in faulty
        faulty = faulty.replace(right, wrong)
    (folder / "people.csv").write_text(faulty, encoding="utf-8")
    with browser.lab(folder / "notebooks", folder / "home") as address, browser.lab_page() as opened:
        browser.open_next(opened, address, "report.ipynb")
        browser.run_by_keyboard(opened)
        says(opened, "A sample: everything in it is invented")
        opened.get_by_text("supplement.xlsx").first.wait_for()
        browser.hide_files(opened)
        opened.folder = folder
        yield opened


def says(page, words):
    """Wait until the opener says the words; all it says."""
    region = page.locator(f"{DESK} [role=status]").first
    region.filter(has_text=words).wait_for(timeout=60_000)
    return region.inner_text()


def press(page, words):
    """Reach a button by the keyboard and press it."""
    browser.press_to(page, page.get_by_role("button", name=words, exact=True).first, 90, key="")
    page.keyboard.press("Enter")


def has_the_keyboard(page, words=r"\S"):
    """Wait until a control of the opener with these words has the keyboard."""
    page.wait_for_function(
        """words => {
          const here = document.activeElement;
          return here.closest(".seskit-desk") && new RegExp(words).test(here.textContent.trim());
        }""",
        arg=words,
    )


def write(page, label, answer):
    """Fill in an entry by its label."""
    browser.press_to(page, page.get_by_label(re.compile(f"^{label}")).first, 90, key="")
    browser.retype(page, answer)


def saved(page):
    """The notebook's file after Control+S."""
    file = page.folder / "notebooks" / "report.ipynb"
    before = file.stat().st_mtime_ns
    page.keyboard.press("Control+S")
    for _ in range(100):
        if file.stat().st_mtime_ns != before and file.stat().st_size:
            break
        page.wait_for_timeout(100)
    return file.read_text(encoding="utf-8")


def test_an_agency_is_made_and_its_faulty_roster_brought_by_keyboard_alone(page):
    """The opener's plain questions, then a roster of forty with faults; nothing but Tab, Enter and letters."""
    browser.make_agency(page, ANSWERS)
    assert NAME in says(page, "Next: its roster; bring it below.")
    has_the_keyboard(page, "^Bring a roster$")
    assert page.locator(f"{DESK} [role=status]").first.bounding_box()["y"] >= 0
    with page.expect_file_chooser() as chooser:
        press(page, re.compile("Choose a file"))
    chooser.value.set_files(page.folder / "people.csv")
    said = says(page, "Saved as roster.csv")
    assert f"{PEOPLE} people read from roster.csv, 1 plan" in said
    assert "problems to correct" in said
    own = page.folder / "agencies" / "OOR"
    assert (own / "roster.csv").read_bytes() == (page.folder / "people.csv").read_bytes()
    assert not is_final(page)


def test_every_fault_is_mended_in_the_notebook_and_the_forms_are_final(page):
    """One confirmation for like problems, one cell typed; saved beside the roster that came, and the forms follow."""
    page.get_by_role("button", name="Choose another agency").focus()
    press(page, "Correct problems here")
    for words in ("Read the heading", "Rating date"):
        press(page, re.compile(f"^Confirm: {words}"))
        page.get_by_text(re.compile(f"^Confirmed: {words}")).first.wait_for()
        has_the_keyboard(page, "^(Confirm: |Open the cell)")
    press(page, re.compile("^Open the cell of row .*: award$"))
    write(page, "Value of award", "8281")
    write(page, "Why it is changed", "award letter")
    press(page, re.compile("^Write this value"))
    page.get_by_text(re.compile("award: in order")).first.wait_for()
    has_the_keyboard(page)
    press(page, "Save the corrected roster")
    said = says(page, "roster.corrected.csv")
    assert f"{PEOPLE} people read from roster.corrected.csv, 1 plan; nothing to correct, 2 warnings to look at." in said
    own = page.folder / "agencies" / "OOR"
    assert (own / "roster.csv").read_bytes() == (page.folder / "people.csv").read_bytes()
    assert (own / "roster.corrections.csv").is_file()
    page.get_by_text(f"Forms of {NAME}").first.wait_for()
    page.get_by_text("Form 1558, plan oct").first.wait_for()
    page.wait_for_timeout(500)
    page.get_by_text("| Idle").wait_for()
    assert is_final(page)
    assert browser.faults(page) == []
    browser.picture(page, "desk_own_agency")


def is_final(page):
    """Whether the forms in the folder are final."""
    file = page.folder / "out" / "report" / "OOR" / "problems.json"
    for _ in range(600):
        with suppress(OSError, ValueError):  # it is being put anew
            return json.loads(file.read_text(encoding="utf-8"))["final"]
        page.wait_for_timeout(100)
    raise AssertionError(f"{file.name} was not written.")


def test_a_finished_file_is_downloaded_by_its_link(page):
    """The workbook comes as it lies in the folder."""
    link = page.get_by_role("link", name=re.compile("Excel workbook forms.xlsx"))
    link.focus()
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    there = page.folder / "out" / "report" / "OOR" / "forms.xlsx"
    assert got.value.path().read_bytes() == there.read_bytes()


def test_nothing_of_the_agency_is_saved_with_the_notebook(page):
    """No name, no number of a person, no name of the agency, no state of a widget, in the file or its checkpoint.

    Saved by the server that `seskit lab` starts, the notebook is byte for byte what it was.
    """
    text = saved(page)
    assert text == (browser.NOTEBOOKS / "report.ipynb").read_text(encoding="utf-8")
    about = json.loads(text)["metadata"]
    assert "widgets" not in about
    checkpoints = (page.folder / "notebooks").rglob("*-checkpoint.ipynb")
    for kept in (text, *(path.read_text(encoding="utf-8") for path in checkpoints)):
        assert not re.search(r"Quentin|OOR|Own Rosters", kept)


@pytest.mark.parametrize("width", [1366, 820, 320])
@pytest.mark.parametrize(
    "words", ["Choose another agency", "Make a new agency", "Bring a roster", "Change dates and plans"]
)
def test_axe_finds_nothing_in_any_section_at_any_width(page, words, width):
    """Each section of the opener, wide and narrow, between them what the width decides; no part runs off the window."""
    page.set_viewport_size({"width": width, "height": 800})
    button = page.get_by_role("button", name=words, exact=True)
    if "seskit-current" not in (button.get_attribute("class") or ""):
        button.focus()
        page.keyboard.press("Enter")
    page.locator(f"{DESK} .seskit-section").first.wait_for()
    page.locator(f"{DESK} [aria-expanded=true]", has_text=words).wait_for()
    asked = axe.BY_WIDTH if width == 820 else ()
    assert axe.violations(page, DESK, ("minor", "moderate", "serious", "critical"), asked) == []
    wide = page.locator(DESK).first.evaluate("desk => desk.scrollWidth > desk.clientWidth + 1")
    assert not wide
    browser.picture(page, f"desk_{words.split()[0].lower()}_{width}")


def test_another_choice_renews_every_output(page):
    """A sample chosen by keyboard, and the forms are its own; the opener says that it is invented."""
    page.get_by_role("button", name="Choose another agency").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Work with this agency").wait_for()
    browser.tab_to(page, "Agency")
    page.keyboard.type("Sample: Agency for Small")
    press(page, "Work with this agency")
    assert "Agency for Small Rivers" in says(page, "A sample")
    page.get_by_text("Forms of Agency for Small Rivers").first.wait_for()
    assert page.get_by_text(f"Forms of {NAME}").count() == 0
    press(page, "Change dates and plans")
    page.locator("#seskit-voice", has_text="Samples cannot be changed.").wait_for(state="attached")


def test_a_wrong_place_is_said_in_a_sentence(page):
    """With the place looked in; what was shown stays."""
    page.get_by_role("button", name="Choose another agency").focus()
    page.keyboard.press("Enter")
    browser.tab_to(page, "Or write where the folder is")
    page.keyboard.type(str(page.folder / "nowhere"))
    press(page, "Work with this agency")
    assert "There is no folder 'nowhere': looked in" in says(page, "There is no folder")
    page.keyboard.press("Escape")
