"""The workbook looks like the form, prints one page a form, and comes back corrected, also when LibreOffice saved it."""

import io
import json
import re
import shutil
import subprocess
from random import Random

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.paper.report import workbook
from seskit.paper.report.workbook.boxes import at, boxes
from seskit.record.roster import template
from seskit.work.report import differences
from tests import office
from tests.extent import some, times
from tests.places import CASES
from tests.workbooks import box, completed, opened, random_package, recalculate


def values(content):
    return openpyxl.load_workbook(io.BytesIO(content), data_only=True)


def saved(book, path):
    book.save(path)
    return path


def pages(content, folder):
    """The pages a workbook prints, as text."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is needed to print a workbook")
    (folder / "book.xlsx").write_bytes(content)
    office.converted("pdf", folder, folder / "book.xlsx")
    text = subprocess.run(
        ["pdftotext", "-layout", folder / "book.pdf", "-"], check=True, capture_output=True, text=True, timeout=60
    )
    return text.stdout.split("\f")[:-1]


@pytest.mark.slow
def test_a_form_is_one_printed_page_and_the_scratch_sheet_none(tmp_path):
    """Each form with the paper's words on a page of its own, remarks and footnotes beside it; scratch prints nothing."""
    package = completed(CASES / "report-many-plans")
    book = opened(workbook.forms(package))
    book["Scratch"]["B5"] = "my own sums"
    out = io.BytesIO()
    book.save(out)
    printed = pages(out.getvalue(), tmp_path)
    forms = [page for page in printed if "AWARDS DISTRIBUTION FY" in page]
    assert len(forms) == len(package.forms)
    words = ("1. Department/Agency", "2. Appraisal Period", "3. Awards Paid", "4. Aggregate career SES", "5. Award Pool",
             "6. Total Award Payments", "7. NUMBER OF AWARDEES", "8. TOTAL AWARDS", "9. TOTAL NUMBER OF SES",
             "10. NUMBER OF SES", "REPRODUCE LOCALLY")  # fmt: skip
    for page in forms:
        assert not [word for word in words if word not in page]
        assert "Footnotes" not in page
        assert "Remarks" not in page
        first = next(line for line in page.splitlines() if "1. Department/Agency" in line)
        assert "2. Appraisal Period" in first
    assert not any("my own sums" in page for page in printed)


def test_entries_are_open_and_everything_else_is_locked():
    """What a formula makes is locked, what a person types is open, and no password holds it."""
    for package in (completed(CASES / "report-many-plans"), *(random_package(seed) for seed in range(4))):
        book = opened(workbook.forms(package))
        for form in package.forms:
            sheet, b = book[form.key] if form.key in book.sheetnames else book.worksheets[0], boxes(form)
            assert sheet.protection.sheet
            assert not sheet.protection.password
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert all(cell.protection.locked for cell in cells if cell.data_type == "f")
            entries = [b.agency, b.period_from, b.period_to, b.paid_in, b.rated(3, "career"), (b.pattern, 1)]
            for place in entries:
                cell = box(sheet, place)
                assert cell.data_type == "f" or not cell.protection.locked, (form.key, cell.coordinate)
            labels = [
                cell for cell in cells if cell.column == 1 and cell.data_type == "s" and cell.row != b.agency[0] + 1
            ]
            assert all(cell.protection.locked for cell in labels)


def test_the_clean_copy_holds_forms_and_nothing_else():
    """No status, remark, footnote or other sheet; it is not taken for the working copy."""
    package = completed(CASES / "report-many-plans")
    clean = workbook.forms(package, clean=True)
    book = opened(clean)
    assert book.sheetnames == [form.key for form in package.forms]
    for form in package.forms:
        text = "\n".join(str(cell) for row in book[form.key].values for cell in row if cell is not None)
        assert not re.search(r"Footnotes|Remarks|\[G\d+\]|About this form|DRAFT|Final", text)
        assert box(book[form.key], boxes(form).pool).value is not None or form.pool is None
    with pytest.raises(FactError, match="working copy"):
        workbook.read_forms(clean)


@pytest.fixture
def agency(tmp_path):
    """An agency's folder with its forms in a folder below."""
    folder = tmp_path / "agency"
    shutil.copytree(CASES / "report-one-plan", folder)
    ran = CliRunner().invoke(main, ["report", str(folder), "--out", str(folder / "out"), "--format", "xlsx"])
    assert ran.exit_code == 0, ran.output
    return folder


def corrected(folder, change, name="forms.xlsx"):
    book = values((folder / "out" / "forms.xlsx").read_bytes())
    form = completed(folder).forms[0]
    change(book[form.key], boxes(form))
    return saved(book, folder / "out" / name)


def test_a_workbook_nobody_changed_differs_in_nothing(agency):
    """As it was written, and as an office program saved it again."""
    ran = CliRunner().invoke(main, ["check", str(agency / "out" / "forms.xlsx")])
    assert ran.exit_code == 0, ran.output
    assert "Every value is the one the roster gives." in ran.output


@pytest.mark.slow
@pytest.mark.parametrize("name", some(["report-many-plans", "report-one-plan", "report-one-member"], 1))
def test_libreoffice_may_save_it_again(tmp_path, name):
    """Every box, reason and footnote comes back from what LibreOffice wrote."""
    package = completed(CASES / name)
    (again,) = recalculate([workbook.forms(package)], tmp_path)
    assert not differences.between(package.forms, workbook.read_forms(again))
    assert workbook.read_forms(again) == list(package.forms)


def test_each_corrected_value_is_listed(agency):
    """The value of the workbook and that of the roster, box by box; errors until a reason is written."""

    def change(sheet, b):
        box(sheet, b.appointees("noncareer")).value = 9
        box(sheet, b.agency).value = "Department of Other Examples"

    file = corrected(agency, change)
    ran = CliRunner().invoke(main, ["check", str(file), "--json"])
    data = json.loads(ran.output)
    assert ran.exit_code == 1
    assert data["compared"] is True
    assert {(one["box"], one["now"]) for one in data["differences"]} == {
        ("item 9, noncareer", "9"), ("item 1", "Department of Other Examples"),
    }  # fmt: skip
    shown = CliRunner().invoke(main, ["check", str(file)])
    assert "item 9, noncareer: 9 in the workbook, " in shown.output
    text = (agency / "agency.yaml").read_text(encoding="utf-8")
    reason = "\nconfirmed:\n  corrected_forms: The rolls were corrected after the roster was drawn.\n"
    (agency / "agency.yaml").write_text(text + reason, encoding="utf-8")
    ran = CliRunner().invoke(main, ["check", str(file)])
    assert ran.exit_code == 0, ran.output
    assert "The rolls were corrected" in ran.output


def test_a_correction_that_contradicts_the_form_is_an_error(agency):
    """A workbook is checked like a new report: item 7 and item 8 must agree, item 5 must follow from item 4."""
    file = corrected(agency, lambda sheet, b: setattr(box(sheet, b.pool), "value", 1))
    ran = CliRunner().invoke(main, ["check", str(file)])
    assert ran.exit_code == 1
    assert "the award pool from item 4 is" in ran.output


def test_report_writes_the_corrected_forms(agency):
    """The corrected value is on every paper; the forms stay a draft until the reason is written."""
    file = corrected(agency, lambda sheet, b: setattr(box(sheet, b.appointees("limited")), "value", 8), "mine.xlsx")
    ran = CliRunner().invoke(main, ["report", str(file), "--out", str(agency / "new"), "--format", "json,xlsx"])
    assert ran.exit_code == 1, ran.output
    assert "DRAFT" in ran.output
    made = json.loads((agency / "new" / "forms.json").read_text(encoding="utf-8"))
    assert made["forms"][0]["items"]["9"]["limited"] == 8
    assert workbook.read_forms(agency / "new" / "forms.xlsx")[0].appointees["limited"] == 8


def test_without_a_roster_the_forms_are_checked_alone(agency, tmp_path):
    """No agency beside it: what contradicts itself is found, and that nothing was compared is said."""
    alone = tmp_path / "elsewhere" / "deeper"
    alone.mkdir(parents=True)
    shutil.copy(agency / "out" / "forms.xlsx", alone / "forms.xlsx")
    ran = CliRunner().invoke(main, ["check", str(alone / "forms.xlsx")])
    assert ran.exit_code == 0, ran.output
    assert "only the forms were checked" in ran.output
    ran = CliRunner().invoke(main, ["report", str(alone / "forms.xlsx"), "--out", str(tmp_path / "x")])
    assert ran.exit_code == 2
    assert "--agency" in ran.output
    ran = CliRunner().invoke(main, ["check", str(alone / "forms.xlsx"), "--agency", str(agency)])
    assert "Every value" in ran.output


def test_a_workbook_of_another_agency_is_refused(agency, tmp_path):
    """Forms the agency has not are named, and nothing is compared."""
    other = tmp_path / "other.xlsx"
    other.write_bytes(workbook.forms(completed(CASES / "report-many-plans")))
    ran = CliRunner().invoke(main, ["check", str(other), "--agency", str(agency)])
    assert ran.exit_code == 2
    assert "which this agency does not have" in ran.output


def test_a_roster_is_not_taken_for_forms(tmp_path):
    """The blank roster workbook is checked as a roster."""
    template.write(tmp_path)
    ran = CliRunner().invoke(main, ["check", str(tmp_path / "roster.xlsx")])
    assert "form" not in ran.output.lower().replace("information", "")


def test_any_changed_number_is_found():
    """Promise: one box changed anywhere is exactly what the comparison lists, besides what follows from it."""
    chance = Random(11)
    for seed in range(times(12, 4)):
        package = random_package(seed)
        book = values(workbook.forms(package))
        form = chance.choice(package.forms)
        b, kind, level = boxes(form), chance.choice(("career", "noncareer", "limited")), chance.randint(1, 5)
        sheet = book[form.key]
        place = chance.choice((b.appointees(kind), b.rated(level, kind)))
        sheet[at(*place)].value = 4321
        out = io.BytesIO()
        book.save(out)
        found = differences.between(package.forms, workbook.read_forms(out.getvalue()))
        assert {one.form for one in found} == {form.title}
        assert "4321" in {one.now for one in found}
        assert len([one for one in found if "TOTAL" not in one.box]) == 1


def test_a_box_that_cannot_be_read_is_named_and_never_blank():
    """A formula whose value was never stored, and a date that is none: both were read as blank."""
    package = random_package(0)
    form = package.forms[0]
    b, book = boxes(form), values(workbook.forms(package))
    for place, value, said in (
        ((b.due, 1), "13/13/2003", "holds '13/13/2003' where a date belongs"),
        (b.appointees("career"), "=1+1", "holds a formula without a stored value"),
    ):
        box(book[form.key], place).value = value
        book.save(out := io.BytesIO())
        with pytest.raises(FactError, match=re.escape(said)):
            workbook.read_forms(out.getvalue())


def test_a_sheet_that_was_deleted_is_named(agency):
    """A form that is not in the workbook is as the roster gives it, and is said to be missing."""
    book = opened((agency / "out" / "forms.xlsx").read_bytes(), data_only=True)
    form = completed(agency).forms[-1]
    del book[form.key]
    ran = CliRunner().invoke(main, ["check", str(saved(book, agency / "out" / "fewer.xlsx"))])
    assert f"Not in the workbook, and as the roster gives them: {form.title}." in ran.output


def test_options_that_do_not_go_with_a_workbook_are_refused(agency):
    """The member-level form and other rules need people; --json alone means nothing here."""
    file = str(agency / "out" / "forms.xlsx")
    for more in (["--members"], ["--rules-of", "2004-08-01"]):
        assert "need the agency's folder" in CliRunner().invoke(main, ["report", file, "--out", "x", *more]).output
    assert "belongs to --rules-of" in CliRunner().invoke(main, ["report", str(agency), "--out", "x", "--json"]).output
