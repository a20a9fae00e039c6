"""The whole job in a real JupyterLab by keyboard alone, with an agency that is no sample: from a faulty roster to the files.

One server, one page, one agency for all: it is made by plain questions, and its roster of forty is brought and mended, in
the first walk; the others follow.
"""

import csv
import re
import shutil
from contextlib import suppress

import pytest

from seskit.desk.opener import overview
from seskit.record.forms import back, book, stored
from seskit.record.forms.known import declared
from seskit.record.staffing import records
from tests import browser, looks
from tests.extent import ALL, thorough

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAME = "Office of Own Walks"
SAMPLES = browser.NOTEBOOKS / "sample" / "agencies"
#: A heading in other words, days as a system prints them, and a word where an amount belongs.
FAULTS = ((",award,", ",Award amount,"), (",2012-11-23,", ",23-NOV-12,"), (",11681,", ",about 11681,"))
PEOPLE = 40
ANSWERS = {
    "Name of the agency": NAME,
    "Short code": "OOW",
    "Fiscal year of the report": "2012",
    "System certified by OPM?": "y",
    "Short word for the plan, row 1": "main",
    "Name of the plan, row 1": "SES performance plan",
    "Rating levels, row 1": "H",
    "First day of the appraisal period, row 1": "2011-10-01",
    "Last day of the appraisal period, row 1": "9/30/2012",
    "Performance awards, row 1": "p",
    "Awards paid in, row 1": "2012-12",
    "Awards decided on, row 1": "2012-11-30",
}


def written(folder, name):
    """The first forty people of a sample's file."""
    with (SAMPLES / "CTA" / name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("person_id")
    mine = [f"CTA{number:03}" for number in range(1, PEOPLE + 1)]
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row for row in rows if row[at] in mine)])


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """JupyterLab without any agency of one's own, and a faulty roster outside every folder of the notebooks."""
    folder = tmp_path_factory.mktemp("walks")
    shutil.copytree(browser.NOTEBOOKS, folder / "notebooks")
    written(folder, "roster.csv")
    faulty = (folder / "roster.csv").read_text(encoding="utf-8")
    for right, wrong in FAULTS:
        assert right in faulty
        faulty = faulty.replace(right, wrong)
    (folder / "roster.csv").rename(folder / "people.csv")
    (folder / "people.csv").write_text(faulty, encoding="utf-8")
    written(folder, "pay.csv")
    pay = declared("pay")
    (folder / pay.book).write_bytes(book.workbook(pay, stored.read(pay, folder).grid))
    (folder / "pay.csv").unlink()
    evidence = declared("certification")
    (folder / evidence.book).write_bytes(book.workbook(evidence, stored.read(evidence, SAMPLES / "LKA").grid))
    with browser.lab(folder / "notebooks", folder / "home") as address, browser.lab_page() as opened:
        opened.set_default_timeout(90_000)
        opened.folder, opened.own, opened.address = folder, folder / "agencies" / "OOW", address
        yield opened


def begin(page, notebook, shows=f"^{NAME}, fiscal year "):
    """Open a walk, run it by keyboard; it shows the agency used last, or else a sample."""
    browser.open_next(page, page.address, f"{notebook}.ipynb")
    assert page.locator(".jp-InputPlaceholder:visible").count() == 0, "gray stubs before the first run"
    browser.run_by_keyboard(page)
    page.get_by_text(re.compile(shows)).first.wait_for()
    if page.locator("#filebrowser").is_visible():
        page.keyboard.press("Control+B")


def press(page, words, most=120):
    """Reach a button by the keyboard and press it."""
    browser.press_to(page, page.get_by_role("button", name=words).first, most, key="")
    page.keyboard.press("Enter")


def choose(page, label, words):
    """Choose in a list as people do: the keyboard on it, and the first letters of the words."""
    whole, begins = page.get_by_label(label, exact=True), page.get_by_label(re.compile(rf"^{re.escape(label)}\b"))
    whole.or_(begins).first.wait_for(state="attached")
    browser.press_to(page, (whole if whole.count() else begins).first, 120, key="")
    page.keyboard.type(words)


def form(page, words, until):
    """Open the form of one of the other files."""
    page.get_by_role("button", name="Choose another agency").focus()
    press(page, "Fill in the other files")
    page.get_by_text("Files to fill in").first.wait_for()
    choose(page, "File", words)
    page.get_by_text(until).first.wait_for()


def write(page, **answers):
    """Fill in entries by their labels."""
    for label, answer in answers.items():
        words = re.compile(rf"^{label.replace('_', ' ')}\b")
        browser.press_to(page, page.get_by_label(words).first, 120, key="")
        browser.retype(page, answer)


def saved(page):
    """Press Save, and wait until it is said."""
    press(page, "Save the file")
    page.get_by_text(re.compile("^Saved: ")).first.wait_for()


def download(page, walk, name):
    """Fetch a finished file by its link; it comes as it lies in the folder."""
    link = page.get_by_role("link", name=re.compile(f"^Download .* {re.escape(name)}$"))
    link.wait_for()
    link.focus()
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    there = page.folder / "out" / walk / "OOW" / name
    assert got.value.path().read_bytes() == there.read_bytes()
    assert there.stat().st_size > 1000


def clean(page, notebook):
    """No fault on the screen in any look (in dark by `make test-all`, since the walks' own tests look at each in dark);
    saved, the notebook is what it was, byte for byte.
    """
    assert browser.faults(page) == []
    assert looks.faults(page, ".seskit-desk, .seskit-view", dark=ALL) == []
    file = page.folder / "notebooks" / f"{notebook}.ipynb"
    was, before = (browser.NOTEBOOKS / file.name).read_bytes(), file.stat().st_mtime_ns
    page.keyboard.press("Control+S")
    now = (before, b"")
    for _ in range(50):
        page.wait_for_timeout(100)
        with suppress(OSError):  # the server puts the file anew, and for a moment there is none
            now = (file.stat().st_mtime_ns, file.read_bytes())
        if now[0] != before and now[1] == was:
            break
    assert now[0] != before
    assert now[1] == was


def test_a_faulty_roster_is_mended_and_the_pay_worksheet_follows(page):
    """The agency made, forty people brought, every fault mended and saved beside; pay.yaml begun, the worksheet taken away
    with those people in it and brought back filled in; the papers downloaded. Earlier ratings and the steps of the year are
    put into the folder that was made.
    """
    begin(page, "pay_setting", "^A sample: ")
    browser.make_agency(page, ANSWERS)
    for name in ("history.csv", "steps.csv"):
        written(page.own, name)
    page.get_by_text(re.compile("This folder holds no pay worksheet")).first.wait_for()
    with page.expect_file_chooser() as chooser:
        press(page, re.compile("Choose a file"))
    chooser.value.set_files(page.folder / "people.csv")
    page.get_by_text(re.compile(f"{PEOPLE} people read from roster.csv")).first.wait_for()
    press(page, "Correct problems here")
    for words in ("Read the heading", "Rating date"):
        press(page, re.compile(f"^Confirm: {words}"))
        page.get_by_text(re.compile(f"^Confirmed: {words}")).first.wait_for()
    press(page, re.compile("^Open the cell of row .*: award$"))
    write(page, Value_of_award="11681", Why_it_is_changed="award letter")
    press(page, re.compile("^Write this value"))
    page.get_by_text(re.compile("award: in order")).first.wait_for()
    press(page, "Save the corrected roster")
    page.get_by_text(re.compile(f"{PEOPLE} people read from roster.corrected.csv")).first.wait_for()
    assert (page.own / "roster.csv").read_bytes() == (page.folder / "people.csv").read_bytes()
    assert {one.severity for one in overview.look(page.own).problems} <= {"warning"}
    press(page, "Change pay dates and budgets")
    page.get_by_text(re.compile("the button starts it")).locator("visible=true").first.wait_for()
    write(page, Adjustments_take_effect="2013-01-27", Awards_are_paid="12/14/2012")
    press(page, "Save dates and budgets")
    page.get_by_text(re.compile("^Saved: pay.yaml is started")).locator("visible=true").first.wait_for()
    assert (page.own / "pay.yaml").read_text(encoding="utf-8").count("2013-01-27") == 1
    form(page, "The pay worksheet", re.compile("^pay.csv: "))
    page.get_by_text(f"Started with {PEOPLE} executives from the roster").first.wait_for()
    press(page, "Make an Excel workbook of it")
    page.get_by_role("link", name="Download pay.xlsx").focus()
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    taken = back.read(declared("pay"), got.value.path(), "pay.xlsx")
    assert [row["person_id"] for row in taken.grid["Pay"]] == [f"CTA{number:03}" for number in range(1, PEOPLE + 1)]
    assert all(row["appointment_type"] for row in taken.grid["Pay"])
    with page.expect_file_chooser() as chooser:
        press(page, re.compile("Read a filled-in workbook"))
    chooser.value.set_files(page.folder / "pay.xlsx")
    page.get_by_text("Read: pay.xlsx").first.wait_for()
    browser.picture(page, "desk_pay_begun")
    saved(page)
    page.locator(".seskit-view", has_text="Career executives by rating level").first.wait_for()
    press(page, "Show: The files, made now")
    download(page, "pay_setting", "pay_worksheet.xlsx")
    download(page, "pay_setting", "decision_paper.pdf")
    clean(page, "pay_setting")


@thorough
def test_the_appraisal_year_is_filled_in_audited_and_downloaded(page):
    """The plan in use and one day for everybody's step; the packet for the auditor follows."""
    begin(page, "appraisal")
    form(page, "How the appraisal year", re.compile("^appraisal.yaml: "))
    choose(page, "Plan", "agency")
    saved(page)
    page.locator(".seskit-view", has_text="Step by step").first.wait_for()
    download(page, "appraisal", "audit_packet.xlsx")
    clean(page, "appraisal")


@thorough
def test_a_vacancy_is_made_and_its_case_is_downloaded(page):
    """No vacancy.yaml: the day, one vacancy with its days, saved; the walk shows it at once."""
    begin(page, "staffing")
    form(page, "Vacancies", re.compile("^vacancy.yaml: "))
    write(page, As_of="2025-03-10")
    choose(page, "Part of the file", "Vacancies")
    press(page, "Add a row")
    write(page, Id="V-01", Title="Director, Own Walks")
    press(page, "More entries of this row")
    write(page, Opens_on="9/16/2024", Closes_on="2024-10-15")
    saved(page)
    page.locator(".seskit-view", has_text="Director, Own Walks").first.wait_for()
    assert [one.id for one in records.open_folder(page.own)] == ["V-01"]
    browser.picture(page, "desk_vacancy")
    download(page, "staffing", "qrb_case_V-01.docx")
    clean(page, "staffing")


@thorough
def test_evidence_comes_back_from_a_workbook_and_the_request_is_downloaded(page):
    """A filled-in workbook is brought, looked over, saved; the rehearsal follows, and the request is written."""
    begin(page, "certification")
    form(page, "The evidence", re.compile("^certification.yaml: "))
    with page.expect_file_chooser() as chooser:
        press(page, re.compile("Read a filled-in workbook"))
    chooser.value.set_files(page.folder / "certification.xlsx")
    page.get_by_text("Read: certification.xlsx").first.wait_for()
    saved(page)
    page.locator(".seskit-view", has_text="SES performance management system").first.wait_for()
    assert (page.own / "certification.yaml").is_file()
    press(page, "Show: The files of the package")
    download(page, "certification", "certification_request_ses.docx")
    clean(page, "certification")
