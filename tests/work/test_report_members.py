"""The member-level form of June 2005: one row for each member, from the same roster, named as what it is."""

import csv
import io
import shutil
from collections import Counter
from decimal import Decimal
from random import Random

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats import leaving
from seskit.formats.personal_data import NOBODY
from seskit.law.facts import FactError
from seskit.paper.report import members as paper
from seskit.record.roster import Person, Roster
from seskit.work import report
from seskit.work.report.members import CODES, FIELDS, members
from tests.extent import times
from tests.places import CASES
from tests.random_reports import agency as random_agency
from tests.random_reports import roster as random_roster
from tests.years import agency

FOLDER = CASES.parent / "field" / "24-award-spending-limit" / "FLD"
HEADS = [field.head for field in FIELDS]


def made(people, extra=None, year=2026):
    here = agency(year=year)
    roster = Roster(people=people, extra=extra or {})
    return members(here, roster, report.complete(here, roster).forms)


def person(number, **facts):
    held = {"row": number + 2, "person_id": f"K{number}", "plan": "p0", "ig_office": False, "appointment_type": "career",
            "basic_pay_fy_end": Decimal(200_000), "basic_pay_period_end": Decimal(200_000), "rating": 4}  # fmt: skip
    held |= facts
    return Person(*[held.get(name) for name in Person._fields])


def row(found, number=0):
    return dict(zip(HEADS, found.sheets[0].rows[number], strict=True))


def test_every_field_of_the_blank_form_is_there():
    """B1 to B16 in their order, each with a word on whether it is confirmed and how it is filled."""
    numbers = [int(field.number[1:]) for field in FIELDS]
    assert sorted(set(numbers)) == list(range(1, 17))
    assert numbers == sorted(numbers)
    assert all(field.filled for field in FIELDS)
    assert {field.number for field in FIELDS if not field.confirmed} == {"B9"}


def test_codes_and_amounts():
    """C, N, L; 5 to 1 or N; percentages of the rate before; adjustments, cash and rank awards from their columns."""
    people = [
        person(0, rating=5, award=Decimal(12_345)),
        person(1, appointment_type="noncareer", rating=None),
        person(2, appointment_type="limited_emergency", rating=3),
        person(3, appointment_type="presidential", rating=4),
    ]
    extra = {
        "Pay Adjustment": ["5000", "", "", ""], "cash_award": ["1000", "", "", ""], "new_appointment": ["no", "yes", "", ""],
        "rank_award": ["Distinguished", "", "", "meritorious"], "total_compensation": ["230000", "", "", ""],
    }  # fmt: skip
    found = made(people, extra)
    assert [each[1] for each in found.sheets[0].rows] == ["C", "N", "L", "C"]
    assert [each[3] for each in found.sheets[0].rows] == [5, "N", 3, 4]
    first = row(found)
    assert first["B6 Basic pay after adjustment"] == 205_000
    assert first["B8 Percent adjustment"] == Decimal("2.50")
    assert first["B11 Performance award percent"] == Decimal("6.17")
    assert first["B13 Cash award percent"] == Decimal("0.50")
    assert (first["B14 Distinguished rank award"], first["B15 Meritorious rank award"]) == ("X", None)
    assert first["B16 Aggregate compensation"] == 230_000
    assert row(found, 1)["B3 New appointment"] == "X"
    assert row(found, 3)["B15 Meritorious rank award"] == "X"
    assert dict(found.sheets[0].part_a)["A12 Not rated, noncareer"] == 1
    assert found.missing == ("relative_position",)


def test_what_cannot_be_read_is_said_and_left_blank():
    """A word where an amount belongs is a problem with its row; the cell is blank."""
    found = made([person(0)], {"cash_award": ["a lot"], "rank_award": ["golden"], "new_appointment": ["perhaps"]})
    assert {(problem.row, problem.column) for problem in found.problems} == {
        (2, "cash_award"), (2, "rank_award"), (2, "new_appointment"),
    }  # fmt: skip
    assert row(found)["B12 Cash award amount"] is None
    assert "a lot" not in " ".join(map(str, found.problems))


def test_a_later_year_is_an_export_and_an_earlier_one_is_refused():
    """2005 is the form; later it is an export with its fields; before there is no such form."""
    assert made([person(0)], year=2005).title.startswith("Form 1558 of June 2005")
    later = made([person(0)], year=2019)
    assert later.title == "Member-level export with the fields of the June 2005 form"
    assert "not the form OPM uses for fiscal year 2019" in later.about
    with pytest.raises(FactError, match="issued in June 2005"):
        made([person(0)], year=2004)


def test_the_rows_agree_with_the_forms():
    """Promise: rows by rating and appointment are item 10, rows with an award add up to item 6, over random agencies."""
    for seed in range(times(60, 15)):
        chance = Random(seed)
        base = random_agency(chance)
        options = base.options.model_copy(update={"presidential_in_ratings": "career"})
        here = base.model_copy(update={"fiscal_year": 2007, "options": options})
        roster = random_roster(chance, [plan.id for plan in here.plans])
        package = report.complete(here, roster)
        found = members(here, roster, package.forms)
        for form in package.forms:
            if form.scope != "plan":
                continue
            sheet = next(sheet for sheet in found.sheets if sheet.plan == form.plan)
            counted = Counter((each[3], each[1]) for each in sheet.rows if each[3] != "N")
            expected = {
                (level, code): count
                for level, cells in form.ratings.items()
                for code, count in zip("CNL", cells.values(), strict=True)
                if count
            }
            assert counted == expected, seed
            assert dict(sheet.part_a)["A10 Total SES members"] == sum(form.appointees.values())
    assert set(CODES.values()) == set("CNL")


def test_the_files_hold_rows_of_people_and_obey_their_rules(tmp_path):
    """Only the owner may read them, no name and no number of a person is in them, and the report's record holds neither."""
    folder = shutil.copytree(FOLDER, tmp_path / "FLD")
    roster = folder / "roster.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace("E01,,", "E01,Avery Adams,"), encoding="utf-8")
    ran = CliRunner().invoke(
        main, ["report", str(folder), "--out", str(tmp_path / "out"), "--members", "--format", "json"]
    )
    assert ran.exit_code == 0, ran.output
    assert "Member-level export with the fields of the June 2005 form." in ran.output
    assert "Blank, because the roster has no such column" in ran.output
    for kind in ("csv", "xlsx"):
        path = tmp_path / "out" / f"supplement_members.{kind}"
        assert path.stat().st_mode & 0o077 == 0
        assert not leaving.inspect(path.name, path.read_bytes(), NOBODY)
        held = path.read_bytes() if kind == "csv" else repr([
            row for sheet in openpyxl.load_workbook(path) for row in sheet.values
        ]).encode()  # fmt: skip
        assert b"Adams" not in held
        assert b"E01" not in held
    rows = list(
        csv.DictReader(io.StringIO((tmp_path / "out" / "supplement_members.csv").read_text(encoding="utf-8-sig")))
    )
    assert len(rows) == 10
    assert rows[0]["B10 Performance award amount"] == "12000"
    assert "Avery" not in ran.output


def test_a_number_like_a_social_security_number_stops_the_file(tmp_path):
    """Whatever column it comes from, it never reaches the rows."""
    folder = shutil.copytree(FOLDER, tmp_path / "FLD")
    lines = (folder / "roster.csv").read_text(encoding="utf-8").splitlines()
    number = "-".join(("123", "45", "6789"))
    lines = [f"{line},{'cash_award' if not n else number}" for n, line in enumerate(lines)]
    (folder / "roster.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = CliRunner().invoke(
        main, ["report", str(folder), "--out", str(tmp_path / "out"), "--members", "--format", "json"]
    )
    assert number not in ran.output
    for path in (tmp_path / "out").rglob("*"):
        assert number.encode() not in path.read_bytes()


def test_the_workbook_says_which_columns_are_confirmed():
    """Part A above Part B, and a sheet that says of each column whether it is in the source; a draft says it is one."""
    found = made([person(0)], year=2005)
    book = openpyxl.load_workbook(io.BytesIO(paper.workbook(found, draft=True)))
    assert book.sheetnames == ["plan-p0", "Columns"]
    assert "DRAFT" in book["plan-p0"]["A1"].value
    said = {(cells[1], cells[2]) for cells in book["Columns"].iter_rows(min_row=3, values_only=True) if cells[2]}
    assert ("Rating", "confirmed") in said
    assert ("Award pool amount", "not confirmed") in said
    heads = [
        cell
        for cells in book["plan-p0"].values
        for cell in cells
        if isinstance(cell, str) and cell[:1] == "B" and cell[1:2].isdigit()
    ]
    assert [head.removesuffix(" (not confirmed)") for head in heads] == HEADS


def test_a_year_before_the_form_writes_nothing(tmp_path):
    """The refusal comes before any file."""
    asked = ["report", str(CASES / "report-one-plan"), "--out", str(tmp_path / "out"), "--members"]
    ran = CliRunner().invoke(main, asked)
    assert ran.exit_code == 2
    assert "Leave out --members." in ran.output
    assert not (tmp_path / "out").exists()
