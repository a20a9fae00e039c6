"""The other four walks in a real JupyterLab with an agency that is no sample, by keyboard alone, from files to results."""

import json
import re
import shutil

import pytest

from seskit.record.forms import book, stored
from seskit.record.forms.known import declared
from seskit.record.staffing import records
from tests import browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "Office of Own Walks"
SAMPLES = browser.NOTEBOOKS / "sample" / "agencies"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """JupyterLab, and an agency used last: people, pay and steps are there; vacancies, evidence and the year are not."""
    folder = tmp_path_factory.mktemp("walks")
    shutil.copytree(browser.NOTEBOOKS, folder / "notebooks")
    own = folder / "agencies" / "OOW"
    own.mkdir(parents=True)
    for name in ("agency.yaml", "roster.csv", "history.csv", "pay.yaml", "pay.csv", "steps.csv"):
        shutil.copy(SAMPLES / "DBT" / name, own / name)
    text = (own / "agency.yaml").read_text(encoding="utf-8")
    (own / "agency.yaml").write_text(text.replace("Department of Bridges and Tunnels", NAME), encoding="utf-8")
    evidence = declared("certification")
    (folder / evidence.book).write_bytes(book.workbook(evidence, stored.read(evidence, SAMPLES / "LKA").grid))
    for name in ("roster.csv", "roster_2015.csv"):
        shutil.copy(SAMPLES / "LKA" / name, own / f"evidence_{name}")
    remembered = folder / "home" / "remembered"
    remembered.mkdir(parents=True)
    (remembered / "recent.json").write_text(json.dumps([str(own)]), encoding="utf-8")
    with browser.open_page() as opened, browser.lab(folder / "notebooks", folder / "home") as address:
        opened.folder, opened.own, opened.address = folder, own, address
        yield opened


def begin(page, notebook):
    """Open a walk, run it by keyboard; it shows the agency used last."""
    browser.open_notebook(page, page.address, f"{notebook}.ipynb")
    assert page.locator(".jp-InputPlaceholder:visible").count() == 0, "gray stubs before the first run"
    browser.run_by_keyboard(page)
    page.get_by_text(re.compile(f"^{NAME}: ")).first.wait_for()
    page.keyboard.press("Control+B")


def press(page, words, most=120):
    """Reach a button by Tab and press it."""
    browser.press_to(page, page.get_by_role("button", name=words).first, most)
    page.keyboard.press("Enter")


def choose(page, label, words):
    """Choose in a list as people do: the keyboard on it, and the first letters of the words."""
    whole, begins = page.get_by_label(label, exact=True), page.get_by_label(re.compile(rf"^{re.escape(label)}\b"))
    whole.or_(begins).first.wait_for(state="attached")
    browser.press_to(page, (whole if whole.count() else begins).first, 120)
    page.keyboard.type(words)
    page.keyboard.press("Tab")


def form(page, words):
    """Open the form of one of the other files."""
    page.get_by_role("button", name="Choose another agency").focus()
    press(page, "Fill in the other files")
    page.get_by_text("Files to fill in").wait_for()
    choose(page, "File", words)


def write(page, **answers):
    """Fill in entries by their labels."""
    for label, answer in answers.items():
        words = re.compile(rf"^{label.replace('_', ' ')}\b")
        browser.press_to(page, page.get_by_label(words).first, 120)
        browser.retype(page, answer)


def clean(page, notebook):
    """Saved, the notebook is what it was, byte for byte."""
    file = page.folder / "notebooks" / f"{notebook}.ipynb"
    page.keyboard.press("Control+S")
    page.wait_for_timeout(1500)
    assert file.read_bytes() == (browser.NOTEBOOKS / f"{notebook}.ipynb").read_bytes()


def test_a_vacancy_is_made_and_its_case_is_written(page):
    """No vacancy.yaml: the day, one vacancy with its days, saved; the walk shows it at once."""
    begin(page, "staffing")
    form(page, "Vacancies")
    write(page, As_of="2025-03-10")
    choose(page, "Part of the file", "Vacancies")
    press(page, "Add a row")
    write(page, Id="V-01", Title="Director, Own Walks")
    press(page, "More entries of this row")
    write(page, Opens_on="9/16/2024", Closes_on="2024-10-15")
    press(page, "Save the file")
    page.get_by_text("Saved: vacancy.yaml").first.wait_for()
    page.locator(".seskit-view", has_text="Director, Own Walks").first.wait_for()
    assert [one.id for one in records.open_folder(page.own)] == ["V-01"]
    assert browser.faults(page) == []
    browser.picture(page, "desk_vacancy")
    clean(page, "staffing")


def test_evidence_comes_back_from_a_workbook_and_a_request_is_written(page):
    """A filled-in workbook is brought, looked over, saved; the rehearsal follows."""
    begin(page, "certification")
    form(page, "The evidence")
    with page.expect_file_chooser() as chooser:
        press(page, re.compile("Read a filled-in workbook"))
    chooser.value.set_files(page.folder / "certification.xlsx")
    page.get_by_text("Read: certification.xlsx").first.wait_for()
    press(page, "Save the file")
    page.get_by_text("Saved: certification.yaml").first.wait_for()
    page.locator(".seskit-view", has_text="SES performance management system").first.wait_for()
    assert (page.own / "certification.yaml").is_file()
    assert browser.faults(page) == []
    clean(page, "certification")


def test_the_appraisal_year_is_filled_in_and_audited(page):
    """The plan in use and one day for everybody's step; the audit follows."""
    begin(page, "appraisal")
    form(page, "How the appraisal year")
    choose(page, "Plan", "basic-2012")
    press(page, "Save the file")
    page.get_by_text("Saved: appraisal.yaml").first.wait_for()
    page.locator(".seskit-view", has_text="Step by step").first.wait_for()
    assert browser.faults(page) == []
    clean(page, "appraisal")


def test_the_pay_worksheet_follows_a_changed_day(page):
    """Pay dates are entries; saved, the worksheet is checked again and its files are links."""
    begin(page, "pay_setting")
    page.get_by_role("button", name="Choose another agency").focus()
    press(page, "Change pay dates and budgets")
    browser.tab_to(page, "Adjustments take effect", 60)
    browser.retype(page, "2025-01-27")
    press(page, re.compile("^Save"))
    page.get_by_text(re.compile("^Saved")).locator("visible=true").first.wait_for()
    assert "2025-01-27" in (page.own / "pay.yaml").read_text(encoding="utf-8")
    page.get_by_role("link", name=re.compile("Excel workbook pay_worksheet.xlsx")).wait_for()
    assert browser.faults(page) == []
    clean(page, "pay_setting")
