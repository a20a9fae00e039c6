"""The package to send: clean copies, letter and sign-off sheet, what was sent kept, amendments value by value."""

import json
import shutil
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import openpyxl
import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.formats import contents
from seskit.formats.refusals import FactError
from seskit.paper.report import letter, sending
from seskit.record import sent
from seskit.work import report
from seskit.work.report import amendments, differences
from tests.extent import times
from tests.places import CASES, SAMPLES
from tests.workbooks import random_package

DAY = date(2002, 12, 5)


def run(*asked, code=0):
    ran = CliRunner().invoke(main, ["package", *map(str, asked)])
    assert ran.exit_code == code, ran.output
    return ran.output


def text(path):
    return "\n".join(piece.text for piece in contents.pieces(path.name, path.read_bytes()))


def edited(folder, column, change):
    """Change one column of the roster, cell by cell."""
    roster = folder / "roster.csv"
    lines = [line.split(",") for line in roster.read_text(encoding="utf-8").splitlines()]
    place = lines[0].index(column)
    for number, row in enumerate(lines[1:]):
        row[place] = change(number, row[place])
    roster.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")


@pytest.fixture
def agency(tmp_path):
    return shutil.copytree(CASES / "report-many-plans", tmp_path / "agency")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "package"


def test_the_package_is_made_sent_and_amended(agency, out):
    """The whole way: made, noted as sent, nothing to amend, then amendment 1 with the values that changed."""
    said = run(
        "make", agency, "--out", out, "--preparer", "Pat Preparer", "--reviewer", "Rory Reviewer", "--on", "2002-12-12"
    )
    assert "Report: open package/send" in said
    assert {path.name for path in (out / "send").iterdir()} == {
        "forms.pdf", "forms.xlsx", "supplement.pdf", "supplement.xlsx",
        *(f"{stem}.{kind}" for stem in ("cover_letter", "sign_off") for kind in ("docx", "pdf")),
    }  # fmt: skip
    assert (out / "working" / "forms.html").is_file()
    assert "is before 2002-12-12, when the awards were determined" in run("sent", out, "--on", "2002-11-15", code=2)
    said = run("sent", out, "--on", "2002-12-15")
    assert "Report is noted as sent on 2002-12-15: 8 files kept in package/sent/1." in said
    assert "give the right one with the reason" in run("sent", out, "--on", "2002-12-16", code=2)
    said = run("sent", out, "--on", "2002-12-16", "--why", "read from the wrong receipt")
    assert "Report is noted as sent on 2002-12-16" in said
    assert "noted as 2002-12-15 before. read from the wrong receipt." in run("list", out)
    assert "is kept with the reason" in run("sent", out, "--on", "2002-12-15", "--why", "the first was right")
    assert run("make", agency, "--out", out).endswith("there is nothing to amend, and nothing was written.\n")
    before = (agency / "roster.csv").read_bytes()
    edited(agency, "basic_pay_fy_end", lambda n, cell: "118300" if n == 0 and cell == "113000" else cell)
    edited(agency, "appointment_type", lambda _n, cell: "limited_term" if cell == "noncareer" else cell)
    said = run("make", agency, "--out", out)
    assert "Amendment 1: open package/send" in said
    assert "item 9, noncareer: " in said
    assert "Amendment 1 is made and not noted as sent." in run("list", out)
    roster = agency / "roster.csv"
    corrected = roster.read_bytes()
    roster.write_bytes(before)
    assert "Amendment 1 that was made before is still in package/send" in run("make", agency, "--out", out)
    roster.write_bytes(corrected)
    changes = text(out / "send" / "changes.docx")
    assert "item 9, noncareer" in changes
    assert "December 15, 2002" in changes
    assert "replaces what was sent on December 15, 2002" in text(out / "send" / "cover_letter.docx")
    assert "Amendment 1 is noted" in run("sent", out, "--on", "2003-01-10")
    listed = run("list", out)
    assert "1. Report, fiscal year 2002, sent on 2002-12-15" in listed
    assert "2. Amendment 1, fiscal year 2002, sent on 2003-01-10" in listed
    assert "not noted" not in listed
    of_the_first = ("--why", "the receipt says so", "--number", "1")
    assert "is after 2003-01-10, when amendment 1" in run("sent", out, "--on", "2003-01-11", *of_the_first, code=2)
    assert "2003-01-10, names the former day" in run("sent", out, "--on", "2002-12-17", *of_the_first)
    assert "Report, fiscal year 2002, sent on 2002-12-17" in run("list", out)
    assert "the last one is 2" in run("sent", out, "--on", "2002-12-17", "--why", "wrong", "--number", "3", code=2)
    assert "say why" in run("sent", out, "--on", "2002-12-17", "--number", "1", code=2)


def test_the_clean_copies_hold_the_forms_alone(agency, out):
    """No reading, proof, cover, footnote or remark in what is sent; one page a form in the PDF."""
    run("make", agency, "--out", out)
    package = report.open_folder(agency).complete()
    pdf = text(out / "send" / "forms.pdf")
    book = openpyxl.load_workbook(out / "send" / "forms.xlsx")
    sheets = "\n".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)
    for words in ("Footnotes", "Proof", "Readings", "Look at", "[G"):
        assert words not in pdf
        assert words not in sheets
    assert book.sheetnames == [form.key for form in package.forms]
    working = text(out / "working" / "forms.pdf")
    assert "Proof" in working
    assert "Footnotes" in working


def test_letter_and_sign_off_name_what_is_enclosed(agency, out):
    """Every form by its title, preparer and reviewer, the day, and that the supplement goes apart; no executive's name."""
    run("make", agency, "--out", out, "--preparer", "Pat Preparer", "--reviewer", "Rory Reviewer", "--on", "2002-12-12")
    opened = report.open_folder(agency)
    package = opened.complete()
    for stem in ("cover_letter", "sign_off"):
        for kind in ("docx", "pdf"):
            said = " ".join(text(out / "send" / f"{stem}.{kind}").split())
            assert all(form.title in said for form in package.forms), (stem, kind)
            assert "December 12, 2002" in said
            assert "Pat Preparer" in said
            assert not [person.name for person in opened.roster.people if person.name and person.name in said]
    signed = " ".join(text(out / "send" / "sign_off.docx").split())
    assert "Rory Reviewer" in signed
    assert "forms.pdf" in signed
    assert "Office of Executive Resources Management" in text(out / "send" / "cover_letter.docx")


@pytest.mark.parametrize(
    ("on", "late"), [(date(2024, 12, 6), 0), (date(2024, 12, 7), 1), (date(2024, 12, 16), 10), (None, 0)]
)
def test_a_letter_after_the_due_day_of_a_form_says_by_how_much(on, late):
    """Plan tunnels was determined on November 22, 2024: 14 days (5 CFR 534.405(e)); plan dept is in time on each of these days."""
    package = report.open_folder(SAMPLES / "DBT").complete()
    first = sent.Package(1, "DBT", 2024, {})
    made = letter.letter(package, first, letter.Signed(on=on), None).body.replace("\\", "")
    signed = letter.sign_off(package, first, letter.Signed(on=on), {}).body.replace("\\", "")
    for text in (made, signed):
        assert "December 6, 2024" in text
        assert "December 24, 2024" in text
        assert "5 CFR 534.405(e)" in text
        assert text.count("late by") == bool(late)
        assert (f"December 6, 2024; late by {late} day" in text) is bool(late)


def test_an_amendment_is_not_late_by_the_day_of_the_first_report():
    """What it takes the place of was sent in its time."""
    package = report.open_folder(SAMPLES / "DBT").complete()
    last = sent.Package(1, "DBT", 2024, {}, on="2024-12-06")
    second, signed = sent.Package(2, "DBT", 2024, {}), letter.Signed(on=date(2025, 1, 8))
    assert "late by" not in letter.letter(package, second, signed, last).body
    assert "late by" not in letter.sign_off(package, second, signed, {}).body


def test_the_command_names_each_form_that_is_due_before_the_last(tmp_path):
    """Two plans determined on two days: a day alone would let the first form be late."""
    said = CliRunner().invoke(main, ["report", str(SAMPLES / "DBT"), "--out", str(tmp_path), "--format", "json"]).output
    assert "Due to OPM by 2024-12-24; Form 1558, plan tunnels by 2024-12-06." in said


def test_a_later_year_is_called_the_layout_of_2002():
    """The letter of a year for which OPM uses another layout says so, and names no office of 2002."""
    package = random_package(3)
    later = package.agency.model_copy(update={"fiscal_year": 2013})
    made = letter.letter(
        report.ReportPackage(later, package.forms, (), ()), sent.Package(1, "X", 2013, {}), letter.Signed(), None
    )
    assert "not the one OPM uses for fiscal year 2013" in made.body.replace("\\", "")
    assert "Office of Executive Resources" not in made.body


def test_a_folder_holds_one_report(tmp_path):
    """Of another fiscal year or agency nothing is made in it, whether its own was sent or only made, and its files stay."""
    package = report.open_folder(CASES / "report-many-plans").complete()
    code, year = package.agency.code, package.agency.fiscal_year
    for held in (sent.Package(1, code, year - 1, {}), sent.Package(1, f"{code}2", year, {})):
        for place, note in ((tmp_path / "made", sent.note_made), (tmp_path / "sent", partial(sent.note_sent, on=DAY))):
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            note(place, held)
            before = {path.name: path.read_bytes() for path in place.iterdir()}
            with pytest.raises(FactError, match=f"the report of {held.agency} for fiscal year {held.fiscal_year}"):
                sending.make(package, place, letter.Signed())
            assert {path.name: path.read_bytes() for path in place.iterdir()} == before


def test_a_draft_is_not_packed(out):
    """What is not final is not sent, and nothing is written."""
    said = run("make", CASES / "report-faulty", "--out", out, code=2)
    assert "stand in the way of final forms" in said
    assert not out.exists()


def test_a_form_changed_after_it_was_made_is_not_noted_as_sent(agency, out):
    """Forms are sent as made; the letter may be finished by hand, and is kept as it was sent."""
    run("make", agency, "--out", out)
    (out / "send" / "cover_letter.docx").write_bytes(b"my own words")
    original = (out / "send" / "forms.pdf").read_bytes()
    (out / "send" / "forms.pdf").write_bytes(b"touched")
    assert "forms.pdf was changed after it was made" in run("sent", out, "--on", "2002-12-15", code=2)
    assert not (out / "sent.json").exists()
    (out / "send" / "forms.pdf").write_bytes(original)
    assert "cover_letter.docx was changed after it was made: it is kept as you sent it." in run(
        "sent", out, "--on", "2002-12-15"
    )
    assert (out / "sent" / "1" / "cover_letter.docx").read_bytes() == b"my own words"
    assert (out / "sent" / "1" / "supplement.pdf").stat().st_mode & 0o077 == 0


def test_a_kept_copy_that_was_altered_is_found(agency, out):
    """Each copy is held against the hash it was sent with."""
    run("make", agency, "--out", out)
    run("sent", out, "--on", "2002-12-15")
    run("list", out)
    (out / "sent" / "1" / "forms.xlsx").write_bytes(b"other")
    (out / "sent" / "1" / "forms.pdf").unlink()
    said = run("list", out, code=1)
    assert "forms.xlsx is not the file that was sent" in said
    assert "forms.pdf was removed" in said


def test_the_order_of_things_is_kept(agency, out):
    """Nothing is noted without a package, twice, or before what was sent earlier; a torn register is not written over."""
    out.mkdir()
    assert "holds no package" in run("sent", out, "--on", "2002-12-15", code=2)
    run("make", agency, "--out", out)
    run("sent", out, "--on", "2002-12-15")
    assert "--why TEXT" in run("sent", out, "--on", "2002-12-16", code=2)
    assert "already" in run("sent", out, "--on", "2002-12-15", "--why", "again", code=2)
    edited(agency, "appointment_type", lambda _n, cell: "limited_term" if cell == "noncareer" else cell)
    run("make", agency, "--out", out)
    assert "is before 2002-12-15" in run("sent", out, "--on", "2002-12-14", code=2)
    (out / "sent.json").write_text("{", encoding="utf-8")
    assert "cannot be read" in run("make", agency, "--out", out, code=2)
    assert (out / "sent.json").read_text(encoding="utf-8") == "{"


def test_register_and_record_hold_no_name(agency, out):
    """Names are in the supplement only."""
    run("make", agency, "--out", out)
    run("sent", out, "--on", "2002-12-15")
    names = [person.name for person in report.open_folder(agency).roster.people if person.name]
    for path in out.rglob("*.json"):
        held = path.read_text(encoding="utf-8")
        assert not [name for name in names if name in held], path.name


def test_amending_lists_exactly_what_differs():
    """Promise: applied to what was sent, the changes give the new report; nothing changed gives none."""
    for seed in range(times(40, 12)):
        before, now = random_package(seed), random_package(Random(seed).choice([seed, seed + 500]))
        package = sent.Package(1, "X", 2002, json.loads(json.dumps(before.to_dict())))
        found = amendments.since(package, now)
        assert bool(found) is (before.to_dict() != now.to_dict())
        held = {form.title: dict(differences.boxes(form)) for form in before.forms}
        for one in found:
            if one.form.startswith("Form") and one.box != "the form" and one.form in held:
                if one.now == differences.BLANK:
                    held[one.form].pop(one.box, None)
                else:
                    held[one.form][one.box] = one.now
        for form in now.forms:
            if form.title in {old.title for old in before.forms if old.key == form.key}:
                full = {box: value for box, value in held[form.title].items() if value != differences.BLANK}
                assert full == {box: value for box, value in differences.boxes(form) if value != differences.BLANK}


def test_a_broken_package_file_is_said(tmp_path):
    """A file of the record that lacks something is refused in words."""
    (tmp_path / "package.json").write_text('{"number": 1}', encoding="utf-8")
    with pytest.raises(FactError, match="not as it was written"):
        sending.mark_sent(Path(tmp_path), letter.date(2002, 12, 5))
