"""Blank files to fill in: they read without a problem, and what a person fills in is what is read."""

import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk import cli
from seskit.law.facts import FactError
from seskit.record import agency, roster
from seskit.record.agency import Options
from seskit.record.pay_setting.worksheet import Terms, blank
from seskit.record.pay_setting.worksheet.columns import COLUMNS as PAY_COLUMNS
from seskit.record.roster import COLUMNS as REPORT_COLUMNS
from seskit.record.roster import STATED, template
from seskit.record.roster.columns import ACTIONS, APPOINTMENT_TYPES
from seskit.work.pay_setting import worksheet

COLUMNS = REPORT_COLUMNS | STATED


@pytest.fixture
def folder(tmp_path):
    """A folder with both blank files."""
    template.write(tmp_path / "agency")
    return tmp_path / "agency"


def test_the_blank_files_read_without_people_or_problems(folder):
    """Nothing is filled in, so nobody is there, and nothing is wrong."""
    read = roster.read(folder)
    assert read.people == []
    assert read.problems == []
    described = agency.read(folder)
    assert described.problems == ()
    assert described.agency.options == Options()


@pytest.mark.parametrize("there", ["roster.xlsx", "agency.yaml", "roster.csv"])
def test_a_file_that_is_there_is_never_written_over(tmp_path, there):
    """A folder with a roster or an agency.yaml is refused, and nothing in it changes."""
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(FactError, match=there):
        template.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [there]
    assert (tmp_path / there).read_text(encoding="utf-8") == "mine"


def test_a_row_filled_in_is_the_person_read(folder):
    """Text, numbers, dates and choices come back; an id keeps its leading zeros."""
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    sheet = book["Roster"]
    filled = {
        "person_id": "00042", "name": "Avery Adams", "plan": "main", "ig_office": "no", "appointment_type": "career",
        "es_level": 4, "basic_pay_fy_end": 129800, "basic_pay_period_end": 129800.5, "rating": 2,
        "rating_date": date(2002, 11, 15), "pay_decreased": "yes", "action": "none yet",
    }  # fmt: skip
    for position, name in enumerate(COLUMNS, 1):
        sheet.cell(2, position).value = filled.get(name)
    book.save(folder / "roster.xlsx")
    read = roster.read(folder)
    assert read.problems == []
    (person,) = read.people
    assert (person.person_id, person.name, person.plan, person.ig_office) == ("00042", "Avery Adams", "main", False)
    assert (person.es_level, person.rating, person.rating_date) == (4, 2, date(2002, 11, 15))
    assert (person.basic_pay_fy_end, person.basic_pay_period_end) == (Decimal(129800), Decimal("129800.5"))
    assert (person.pay_decreased, person.action, person.award) == (True, "none yet", None)


def test_the_columns_are_those_the_reader_knows_each_with_its_help(folder):
    """In order, as a named table with a frozen header, a note on each column and a line in the guide."""
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    sheet, guide = book.worksheets
    assert (sheet.title, guide.title) == ("Roster", "Guide")
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert list(sheet.tables) == ["Roster"]
    assert sheet.freeze_panes == "B2"
    assert all(column.help in cell.comment.text for cell, column in zip(sheet[1], COLUMNS.values(), strict=True))
    assert [row[0] for row in guide.iter_rows(min_row=4, values_only=True)] == list(COLUMNS)


def test_cells_have_formats_and_drop_downs(folder):
    """Ids and plans are text, pay is money, dates are dates; choices are the package's own."""
    sheet = openpyxl.load_workbook(folder / "roster.xlsx")["Roster"]
    letter = {name: sheet.cell(1, position).column_letter for position, name in enumerate(COLUMNS, 1)}
    looks = {name: sheet.column_dimensions[letter[name]].number_format for name in COLUMNS}
    assert looks["person_id"] == looks["plan"] == "@"
    assert looks["award"] == "$#,##0.00"
    assert looks["rating_date"] == "yyyy-mm-dd"
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    assert rules[letter["appointment_type"]].formula1 == f'"{",".join(APPOINTMENT_TYPES)}"'
    assert rules[letter["ig_office"]].formula1 == '"yes,no"'
    assert rules[letter["action"]].formula1 == f'"{",".join(ACTIONS)}"'
    assert rules[letter["action"]].errorStyle == rules[letter["removal_reason"]].errorStyle == "information"
    assert rules[letter["award"]].type == "decimal"
    assert rules[letter["rating_date"]].type == "date"
    assert [bool(rules[letter[name]].prompt) for name in COLUMNS] == [True] * len(COLUMNS)


def test_every_key_of_the_agency_is_explained(folder):
    """Each option stands there with its default and the words it can have."""
    text = (folder / "agency.yaml").read_text(encoding="utf-8")
    assert all(f"  {name}:" in text for name in Options.model_fields)
    assert all(
        line.lstrip().startswith("#") or "#" in line for line in text.splitlines() if line.startswith("  ") and ": " in line
        and line.split(":")[0].strip() in Options.model_fields
    )  # fmt: skip
    assert "D = 1-2-3, F = 1-2-3-5, G = 1-2-3-4, H = 1-2-3-4-5" in text


@pytest.fixture
def pay_folder(folder):
    """A folder with the blank files of the pay worksheet, too, and one person in its roster."""
    book = openpyxl.load_workbook(folder / "roster.xlsx")
    filled = {"person_id": "A1", "plan": "main", "ig_office": "no", "appointment_type": "career",
              "basic_pay_fy_end": 180000, "basic_pay_period_end": 180000, "rating": 4,
              "rating_date": date(2024, 11, 15)}  # fmt: skip
    for position, name in enumerate(COLUMNS, 1):
        book["Roster"].cell(2, position).value = filled.get(name)
    book.save(folder / "roster.xlsx")
    text = (folder / "agency.yaml").read_text(encoding="utf-8").replace("\ncertified:", "\ncertified: true")
    (folder / "agency.yaml").write_text(text, encoding="utf-8")
    assert [path.name for path in blank.write(folder)] == ["pay.yaml", "pay.xlsx"]
    return folder


def test_the_blank_pay_worksheet_reads_but_for_its_people(pay_folder):
    """Nothing is wrong with the blank files except that nobody stands in them."""
    opened = worksheet.read(pay_folder)
    assert [problem.reason for problem in opened.problems if problem.severity == "error"] == [
        "the worksheet has no executives"
    ]


def test_a_pay_row_filled_in_is_the_row_read(pay_folder):
    """Money, dates and choices come back from the blank workbook."""
    book = openpyxl.load_workbook(pay_folder / "pay.xlsx")
    sheet = book["Pay"]
    filled = {
        "person_id": "A1", "rate": 180000, "last_adjusted": date(2023, 6, 4), "proposed_rate": 183000.5,
        "proposed_award": 12000, "top_official_approves": "yes", "ground": "retention", "reason": "A reason.",
    }  # fmt: skip
    for position, name in enumerate(PAY_COLUMNS, 1):
        sheet.cell(2, position).value = filled.get(name)
    book.save(pay_folder / "pay.xlsx")
    opened = worksheet.read(pay_folder)
    assert not [problem for problem in opened.problems if problem.severity == "error"]
    (row,) = opened.worksheet.rows
    assert (row.person_id, row.rate, row.proposed_rate) == ("A1", Decimal(180000), Decimal("183000.5"))
    assert (row.last_adjusted, row.ground, row.top_official_approves) == (date(2023, 6, 4), "retention", True)
    assert (row.rating, row.appointment_type) == (4, "career")


def test_the_pay_columns_are_those_the_reader_knows_each_with_its_help(pay_folder):
    """In order, with a frozen header, a note on each column and a line in the guide; money and days look as such."""
    sheet, guide = openpyxl.load_workbook(pay_folder / "pay.xlsx").worksheets
    assert [cell.value for cell in sheet[1]] == list(PAY_COLUMNS)
    assert sheet.freeze_panes == "B2"
    assert all(column.help in cell.comment.text for cell, column in zip(sheet[1], PAY_COLUMNS.values(), strict=True))
    assert [row[0] for row in guide.iter_rows(min_row=4, values_only=True)] == list(PAY_COLUMNS)
    looks = {cell.value: sheet.column_dimensions[cell.column_letter].number_format for cell in sheet[1]}
    assert (looks["rate"], looks["proposed_rate"], looks["protected_total"]) == ("$#,##0.00", "$#,##0.00", "General")
    assert (looks["last_adjusted"], looks["notice_given"], looks["person_id"]) == ("yyyy-mm-dd", "yyyy-mm-dd", "@")


@pytest.mark.parametrize("there", ["pay.xlsx", "pay.csv"])
def test_a_pay_worksheet_is_never_written_over(tmp_path, there):
    """A folder with a pay worksheet is refused; one with only its pay.yaml gets the sheet and keeps the terms."""
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(FactError, match=there):
        blank.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [there]
    (tmp_path / there).rename(tmp_path / "pay.yaml")
    assert [path.name for path in blank.write(tmp_path)] == ["pay.xlsx"]
    assert (tmp_path / "pay.yaml").read_text(encoding="utf-8") == "mine"


def test_every_term_of_the_pay_worksheet_is_explained():
    """Each entry of pay.yaml stands in the blank one, ready to be used."""
    text = blank.terms_text().decode()
    assert all(re.search(rf"^(# )?{name}:", text, re.MULTILINE) for name in Terms.model_fields)


def test_the_command_writes_either_pair(tmp_path):
    """`seskit template` writes the roster's files, `--pay` those of the pay worksheet."""
    for arguments, names in (([], "agency.yaml\nroster.xlsx\n"), (["--pay"], "pay.yaml\npay.xlsx\n")):
        ran = CliRunner().invoke(cli.main, ["template", str(tmp_path / "new"), *arguments])
        assert (ran.exit_code, ran.output) == (0, names)


def test_the_blank_files_repeat_to_the_byte():
    """The same files, whenever they are written."""
    assert template.roster_workbook() == template.roster_workbook()
    assert blank.pay_workbook() == blank.pay_workbook()
