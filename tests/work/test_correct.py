"""Correcting a roster: groups, acts, undo, what is written and what is not; the command and the panel."""

from __future__ import annotations

import csv
import io
import json
import shutil
import stat
import time
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.correct import panel
from seskit.desk.report import show
from seskit.formats import pdf_text
from seskit.law.facts import FactError
from seskit.record import roster as roster_file
from seskit.record.roster.readings import FILE as READINGS
from seskit.work import corrections, report
from tests.places import CASES, FIELD

BASE = CASES / "report-one-plan"
NOTE = "look here"


@pytest.fixture
def faulty(tmp_path):
    """An agency with nine dates in words, an award for which a word stands, and a heading in other words."""
    folder = shutil.copytree(BASE, tmp_path / "XA")
    text = (folder / "roster.csv").read_text(encoding="utf-8")
    text = (
        text.replace(",2002-11-15,", ",15-NOV-02,")
        .replace(",9735,", ",about 9735,")
        .replace(",award,", ",Award amount,")
    )
    (folder / "roster.csv").write_text(text, encoding="utf-8")
    return folder


def log(folder):
    return list(csv.DictReader(io.StringIO((folder / "roster.corrections.csv").read_text(encoding="utf-8"))))


def mended(folder):
    found = corrections.open_folder(folder)
    found.accept("heading:award-amount:award", when="2003-01-02T08:00:01", who="P. Reparer", why="as agreed")
    found.accept("rating_date:month-name", when="2003-01-02T08:00:02", who="P. Reparer")
    assert found.set(4, "award", "9735", when="2003-01-02T08:00:03", why="award letter", who="P. Reparer") == []
    return found


def test_like_problems_are_one_group_and_one_act_mends_all(faulty):
    """Nine dates are one group; accepting it leaves the counter nine lower."""
    found = corrections.open_folder(faulty)
    before = found.left.errors
    (group,) = [group for group in found.groups if group.id == "rating_date:month-name"]
    assert (group.count, group.rows) == (9, tuple(range(2, 11)))
    assert group.offers[0].examples == (("15-NOV-02", "2002-11-15"),)
    found.accept("rating_date:month-name", when="2003-01-02")
    assert found.left.errors == before - 9
    assert {person.rating_date for person in found.roster.people} == {date(2002, 11, 15)}


def test_a_typed_value_is_looked_at_at_once(faulty):
    """A value that is still wrong is told with its reason; the right one is in order."""
    found = corrections.open_folder(faulty)
    found.accept("heading:award-amount:award", when="2003-01-02T08:00:01")
    (still,) = found.set(4, "award", "97350", when="2003-01-02T08:00:02", why="a try")
    assert "over 20 percent" in still.reason
    assert found.set(4, "award", "9735", when="2003-01-02T08:00:03", why="award letter") == []
    for row, column, why in ((99, "award", "x"), (4, "awards", "x"), (4, "award", " ")):
        with pytest.raises(FactError):
            found.set(row, column, "9735", when="2003-01-02T08:00:04", why=why)


def test_undo_takes_back_one_act_after_the_other(faulty):
    """Down to the roster as it came, and no file is left over."""
    found = mended(faulty)
    assert found.left.errors == 0
    assert "1 cell of award" in found.undo()
    assert "rating_date" in found.undo()
    assert "Award amount" in found.undo()
    with pytest.raises(FactError, match="nothing to undo"):
        found.undo()
    assert sorted(path.name for path in faulty.iterdir()) == ["agency.yaml", "expected.json", "roster.csv"]


@pytest.mark.parametrize("column", ["name", "rating_date", "pay_decreased", "action", "removal_reason"])
def test_a_value_for_a_column_that_is_not_there_adds_it_at_the_end(tmp_path, column):
    """The corrected file has it last, with the value; every other cell, and the roster that came, as they were."""
    folder = shutil.copytree(BASE, tmp_path / "XA")
    rows = list(csv.reader(io.StringIO((folder / "roster.csv").read_text(encoding="utf-8"))))
    if column in rows[0]:
        place = rows[0].index(column)
        rows = [row[:place] + row[place + 1 :] for row in rows]
    (folder / "roster.csv").write_text("".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    came = (folder / "roster.csv").read_bytes()
    found = corrections.open_folder(folder)
    value = {"name": "Doe-Roe", "rating_date": "2002-11-15", "pay_decreased": "yes", "action": "none yet"}.get(
        column, "probation"
    )
    found.set(3, column, value, when="2003-01-02T08:00:03", why="personnel file")
    assert found.grid.cell(3, column) == value
    found.save(when="2003-01-02T09:00:00")
    made = list(csv.reader(io.StringIO((folder / "roster.corrected.csv").read_text(encoding="utf-8"))))
    assert [row[:-1] for row in made] == rows
    assert (made[0][-1], made[1][-1]) == (column, "")
    assert made[2][-1]
    assert (folder / "roster.csv").read_bytes() == came
    assert roster_file.read(folder).people == found.roster.people
    assert any(one["column"] == column and "added at the end" in one["why"] for one in log(folder))


def test_a_file_that_other_programs_cut_into_lines_differently_keeps_its_rows(tmp_path):
    """A form feed or a line separator inside a cell ends no row, and a line that names the separator is none."""
    folder = shutil.copytree(BASE, tmp_path / "XA")
    rows = list(csv.reader(io.StringIO((folder / "roster.csv").read_text(encoding="utf-8"))))
    at = rows[0].index("component")
    rows[1][at] = "Roads\x0cand \u2028Bridges"
    text = "sep=;\r\n" + "".join(";".join(row) + "\r\n" for row in rows)
    (folder / "roster.csv").write_bytes(text.encode())
    found = corrections.open_folder(folder)
    found.set(4, "component", "Plans", when="2003-01-02T08:00:03", why="personnel file")
    found.save(when="2003-01-02T09:00:00")
    rows[3][at] = "Plans"
    wanted = "sep=;\r\n" + "".join(";".join(row) + "\r\n" for row in rows)
    assert (folder / "roster.corrected.csv").read_bytes().decode() == wanted


def test_what_was_done_is_there_after_an_interruption(faulty):
    """A second opening has the same readings and typed values, not saved yet; a report says so."""
    first = mended(faulty)
    again = corrections.open_folder(faulty)
    assert again.roster.people == first.roster.people
    assert again.left.unsaved
    opened = report.open_folder(faulty)
    assert any("not saved yet" in note for note in opened.notes)
    assert not opened.complete().final


def test_saved_beside_with_a_log_and_read_the_next_time(faulty):
    """The roster that came keeps its bytes; the copy has its layout; both new files are their owner's alone."""
    came = (faulty / "roster.csv").read_bytes()
    mended(faulty).save(when="2003-01-02T09:00:00")
    assert (faulty / "roster.csv").read_bytes() == came
    made = (faulty / "roster.corrected.csv").read_text(encoding="utf-8")
    assert made.splitlines()[0] == came.decode().splitlines()[0]
    assert made == came.decode().replace("15-NOV-02", "2002-11-15").replace("about 9735", "9735")
    for name in ("roster.corrected.csv", "roster.corrections.csv"):
        assert stat.S_IMODE((faulty / name).stat().st_mode) == 0o600
    (typed,) = [line for line in log(faulty) if line["kind"] == "typed"]
    assert {key: typed[key] for key in ("row", "column", "from", "to", "who", "why")} == {
        "row": "4", "column": "award", "from": "about 9735", "to": "9735", "who": "P. Reparer", "why": "award letter",
    }  # fmt: skip
    assert len([line for line in log(faulty) if line["kind"] == "reading"]) == 9
    opened = report.open_folder(faulty)
    assert opened.complete().final
    assert any(note.startswith("Read: roster.corrected.csv") for note in opened.notes)
    assert any("as agreed" in note for note in opened.notes)
    said = {line.what: line for line in opened.complete().account.lines}
    assert said["File read"].value == "roster.corrected.csv"
    assert "'Award amount' is read as award" in said["Ways of reading agreed on"].note


def test_without_the_readings_the_old_reading_is_back(faulty):
    """The file is all there is to it."""
    found = corrections.open_folder(faulty)
    before = roster_file.read(faulty)
    found.accept("rating_date:month-name", when="2003-01-02")
    assert roster_file.read(faulty).people != before.people
    (faulty / READINGS).unlink()
    assert roster_file.read(faulty).people == before.people


def test_a_roster_that_came_later_is_never_passed_over(faulty):
    """Changed after it was corrected: refused until a person says which counts."""
    mended(faulty).save(when="2003-01-02T09:00:00")
    with (faulty / "roster.csv").open("a", encoding="utf-8") as file:
        file.write("X10,,main,,no,career,1,113000,113000,3,2002-11-15,,,,,\n")
    (problem,) = roster_file.read(faulty).problems
    assert "was changed after roster.corrected.csv was made from it" in problem.reason
    assert not report.open_folder(faulty).complete().final


def test_after_an_undo_the_saved_copy_is_said_to_be_behind(faulty):
    """Until it is saved again."""
    found = mended(faulty)
    found.save(when="2003-01-02T09:00:00")
    assert not found.left.unsaved
    found.undo()
    assert found.left.unsaved
    assert any("does not have later corrections and undone steps" in note for note in roster_file.read(faulty).notes)
    found.set(4, "award", "9735", when="2003-01-02T10:00:00", why="again")
    found.save(when="2003-01-02T11:00:00")
    assert not any("lacks" in note for note in roster_file.read(faulty).notes)


def test_a_broken_file_of_readings_is_a_problem_with_its_line(faulty):
    """Nothing of it is used in silence."""
    (faulty / READINGS).write_text(
        "accepted:\n- kind: form\n  column: rating_date\n  form: no such\n", encoding="utf-8"
    )
    assert any(problem.file == READINGS and problem.row == 2 for problem in roster_file.read(faulty).problems)
    with pytest.raises(FactError, match="no such"):
        corrections.open_folder(faulty)


def test_filters_by_plan_person_and_kind(faulty):
    """Each narrows the groups."""
    found = corrections.open_folder(faulty)
    assert {group.kind for group in found.filtered(kind="column")} == {"column"}
    assert [group.id for group in found.filtered(person="X01")] == ["rating_date:month-name"]
    assert found.filtered(plan="other") == []


def test_the_misnamed_award_of_the_field(tmp_path):
    """Header 'Award amount': offered as award; confirmed, item 6 is $61,392 and 4.83 percent, item 8 is 6 and 60 percent."""
    folder = shutil.copytree(FIELD / "40-award-column-misnamed", tmp_path / "FBS")
    assert not report.open_folder(folder).complete().final
    found = corrections.open_folder(folder)
    assert list(found.offers) == ["heading:award-amount:award", "heading:award-amount:unused"]
    found.accept("heading:award-amount:award", when="2003-01-02", who="P. Reparer")
    package = report.open_folder(folder).complete()
    assert package.final
    form = package.forms[0]
    assert form.paid_amount == Decimal(61392)
    assert form.awards_number == 6


def styled(path):
    """A workbook as an agency keeps it: widths, colors, a list of choices, a note, a formula, another sheet, charts."""
    rows = list(csv.reader(io.StringIO((BASE / "roster.csv").read_text(encoding="utf-8"))))
    book = xlsxwriter.Workbook(path)
    sheet, other = book.add_worksheet("Roster"), book.add_worksheet("Notes")
    money = book.add_format({"num_format": "$#,##0.00", "bg_color": "#FFEEAA"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "bold": True})
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            heading = rows[0][place]
            if at and text and heading in ("award", "basic_pay_fy_end", "basic_pay_period_end"):
                sheet.write_number(at, place, float(text), money)
            elif at and text and heading == "rating_date":
                sheet.write_datetime(at, place, date.fromisoformat(text), day)
            elif text:
                sheet.write_string(at, place, text)
    sheet.write_string(1, rows[0].index("award"), "$5,650.-", money)
    sheet.write_string(2, rows[0].index("rating_date"), "15-NOV-02", day)
    sheet.write_formula(4, rows[0].index("award"), "=I5*0.1", money, 12980)
    sheet.set_column(0, 0, 33)
    sheet.data_validation(1, 9, 50, 9, {"validate": "list", "source": ["1", "2", "3", "4", "5"]})
    sheet.write_comment(0, 0, NOTE)
    sheet.conditional_format(1, 7, 9, 7, {"type": "cell", "criteria": ">", "value": 1, "format": money})
    sheet.freeze_panes(1, 1)
    sheet.set_row(60, 30)
    sheet.add_sparkline(60, 12, {"range": "Roster!$H$2:$H$9"})
    other.write_string(0, 0, "kept")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Roster!$H$2:$H$9"})
    other.insert_chart("C3", chart)
    book.close()
    return rows[0]


def test_a_workbook_keeps_all_but_the_cells_that_were_changed(tmp_path):
    """Formats, widths, notes, choices, conditional formats, panes, formulas, charts, other sheets: part by part the same."""
    folder = tmp_path / "XA"
    folder.mkdir()
    shutil.copy(BASE / "agency.yaml", folder)
    header = styled(folder / "roster.xlsx")
    found = corrections.open_folder(folder)
    for number, offer in enumerate(sorted(found.offers)):
        found.accept(offer, when=f"2003-01-02T08:00:0{number}")
    found.set(3, "component", "Office of Plans <A&B>", when="2003-01-02T08:01:00", why="renamed")
    found.save(when="2003-01-02T09:00:00")
    assert found.roster.people[0].award == Decimal(5650)
    before, after = (openpyxl.load_workbook(folder / name) for name in ("roster.xlsx", "roster.corrected.xlsx"))
    old, new = before["Roster"], after["Roster"]
    award, day = header.index("award") + 1, header.index("rating_date") + 1
    assert (new.cell(2, award).value, new.cell(2, award).number_format) == (5650, old.cell(2, award).number_format)
    assert new.cell(2, award).fill.fgColor.rgb == old.cell(2, award).fill.fgColor.rgb
    assert (new.cell(3, day).value.date(), new.cell(3, day).font.bold) == (date(2002, 11, 15), True)
    assert new.cell(3, header.index("component") + 1).value == "Office of Plans <A&B>"
    assert new.cell(5, award).value == "=I5*0.1"
    assert new.column_dimensions["A"].width == old.column_dimensions["A"].width
    assert new.freeze_panes == old.freeze_panes
    assert len(new.data_validations.dataValidation) == len(new.conditional_formatting) == 1
    assert NOTE in new.cell(1, 1).comment.text
    assert after["Notes"]["A1"].value == "kept"
    with zipfile.ZipFile(folder / "roster.xlsx") as one, zipfile.ZipFile(folder / "roster.corrected.xlsx") as two:
        assert one.namelist() == two.namelist()
        assert any("chart" in name for name in two.namelist())
        assert [name for name in one.namelist() if one.read(name) != two.read(name)] == ["xl/worksheets/sheet1.xml"]


def test_a_formula_never_keeps_a_value_that_no_longer_follows(tmp_path):
    """The rate under a formula's award changes: not saved until the award is typed, too."""
    folder = tmp_path / "XA"
    folder.mkdir()
    shutil.copy(BASE / "agency.yaml", folder)
    styled(folder / "roster.xlsx")
    found = corrections.open_folder(folder)
    found.set(5, "basic_pay_period_end", "130000", when="2003-01-02T08:00:00", why="pay record")
    with pytest.raises(FactError, match="cell L5 is a formula"):
        found.save(when="2003-01-02T09:00:00")
    assert not (folder / "roster.corrected.xlsx").exists()
    found.set(5, "award", "13000", when="2003-01-02T08:00:01", why="award letter")
    found.save(when="2003-01-02T09:00:00")
    assert roster_file.read(folder).people[3].award == Decimal(13000)


def test_no_number_that_looks_personal_gets_into_the_log(tmp_path):
    """A Social Security number in a cell is replaced by the person's own number; the log does not repeat it."""
    folder = shutil.copytree(BASE, tmp_path / "XA")
    number = "-".join(("123", "45", "6789"))
    text = (folder / "roster.csv").read_text(encoding="utf-8").replace("X02,", f"{number},")
    (folder / "roster.csv").write_text(text, encoding="utf-8")
    found = corrections.open_folder(folder)
    assert not any(number in str(group) for group in found.groups)
    assert found.set(3, "person_id", "X02", when="2003-01-02", why="own number") == []
    found.save(when="2003-01-02T09:00:00")
    assert number not in (folder / "roster.corrections.csv").read_text(encoding="utf-8")
    assert number not in (folder / "roster.corrected.csv").read_text(encoding="utf-8")


def run(*words):
    return CliRunner().invoke(main, ["correct", *map(str, words)])


def test_the_command_lists_confirms_types_saves_and_undoes(faulty):
    """From problems to a final report without opening a file."""
    listed = run(faulty)
    assert listed.exit_code == 1
    assert "Repair rating_date:month-name:" in listed.output
    assert "'15-NOV-02' as 2002-11-15" in listed.output
    assert "Left: 10 errors, 0 warnings, listed as 2 kinds, 2 of them with a repair to confirm." in listed.output
    assert sorted(path.name for path in faulty.iterdir()) == ["agency.yaml", "expected.json", "roster.csv"]
    done = run(faulty, "--accept", "rating_date:month-name", "--accept", "heading:award-amount:award", "--set", 4, "award",
               "9735", "--why", "award letter", "--who", "P. Reparer", "--save")  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Saved: roster.corrected.csv" in done.output
    assert "not counted yet" not in done.output
    assert CliRunner().invoke(main, ["check", str(faulty)]).exit_code == 0
    undone = run(faulty, "--undo")
    assert undone.output.startswith("Undone: 1 cell of award.")
    assert undone.exit_code == 1
    unknown = run(faulty, "--accept", "rating_date:month")
    assert unknown.exit_code == 2
    assert (unknown.stdout, len(unknown.stderr.splitlines())) == ("", 1)
    assert run(faulty / "nowhere").exit_code == 2


def test_one_refused_act_does_not_take_the_others_of_the_call_with_it(faulty):
    """Repairs, cells and a finding alike: what can be done is done in any order, the rest is named, nothing is saved."""
    done = run(faulty, "--accept", "nothing", "--accept", "rating_date:month-name", "--set", 99, "award", "1",
               "--accept", "heading:award-amount:award", "--set", 4, "award", "9735", "--why", "award letter",
               "--leave-out", 98, "--confirm", "nothing", "--save")  # fmt: skip
    assert done.exit_code == 2
    assert "Row 4, award: in order." in done.stdout
    assert "Left: 0 errors, 0 warnings; not saved yet." in done.stdout
    assert "Kept in roster.corrections.csv, but not counted yet: " in done.stdout
    told = CliRunner().invoke(main, ["check", str(faulty)]).output
    assert (
        "not saved yet; it was read as it came, and they do not count. To have them count, save the corrected roster: `seskit correct FOLDER --save`."
        in told
    )
    assert "Not read as a file of the agency: expected.json.\n" in told
    assert [line.partition(" is not offered")[0] for line in done.stderr.splitlines()] == [
        "Not done: 'nothing'", "Not done: --set 99 award: Row 99 of the roster does not hold a person; the people are in rows 2 to 10.",
        "Not done: --leave-out 98: Row 98 of the roster does not hold a person; the people are in rows 2 to 10.",
        "Not done: 'nothing' cannot be confirmed with a reason; correct it.",
        "Not saved, because not everything was done: give the rest again with --save.",
    ]  # fmt: skip
    assert not (faulty / "roster.corrected.csv").exists()


def pressed(found, words):
    """Press the first button below a widget whose words begin so."""
    waiting = [found]
    while waiting:
        one = waiting.pop(0)
        if type(one).__name__ == "Button" and one.description.startswith(words):
            one.click()
            return
        waiting[:0] = getattr(one, "children", ())
    raise AssertionError(words)


def widgets(found):
    yield found
    for child in getattr(found, "children", ()):
        yield from widgets(child)


def test_the_panel_does_the_same_by_its_controls(faulty):
    """Confirm, open a cell, choose or write, save: the callback runs once for the save."""
    renewed = []
    shown = panel(faulty, lambda: renewed.append(1))
    assert "Left: 10 errors" in shown.status.value
    pressed(shown, "Confirm: Read the heading")
    pressed(shown, "Confirm: Rating date")
    assert "Left: 1 error" in shown.status.value
    pressed(shown, "Open the cell of row 4")
    shown.value.value = "97350"
    pressed(shown, "Write this value")
    assert "Say why" in shown.status.value
    shown.why.value = "award letter"
    pressed(shown, "Write this value")
    assert "over 20 percent" in shown.wrong.value
    shown.value.value = "9735"
    pressed(shown, "Write this value")
    assert "Row 4, award: in order." in shown.status.value
    assert renewed == []
    pressed(shown, "Save the corrected roster")
    assert renewed == [1]
    assert report.open_folder(faulty).complete().final
    pressed(shown, "Undo the last step")
    assert "not saved yet" in shown.status.value


def test_the_panel_labels_every_entry_and_keeps_names_to_the_open_cell(faulty):
    """No name before a cell is opened; there the person can be recognized; closing takes it away."""
    text = (faulty / "roster.csv").read_text(encoding="utf-8").replace(",Award amount,", ",award,")
    (faulty / "roster.csv").write_text(text, encoding="utf-8")
    shown = panel(faulty)
    pressed(shown, "Open the cell of row 4: award")
    entries = [one for one in widgets(shown) if type(one).__name__ in ("Text", "Dropdown")]
    assert len(entries) == 3 + bool(shown.choice in shown.cell.children)
    assert all("seskit-label" in one.description for one in entries)
    assert "Casey Clark" in shown.wrong.value
    pressed(shown, "Close the cell")
    said = " ".join(str(getattr(one, "value", "")) + str(getattr(one, "description", "")) for one in widgets(shown))
    assert "Casey" not in said
    pressed(shown, "Show only some problems")
    assert len([one for one in widgets(shown) if type(one).__name__ in ("Text", "Dropdown")]) == 4
    shown.person.value = "X01"
    assert "rows 2 [X01], 3 [X02]" in " ".join(str(getattr(one, "value", "")) for one in widgets(shown))


def test_the_account_is_one_on_every_medium(faulty, tmp_path):
    """Console, page, problems.json, workbook, PDF and notebook say the same lines."""
    mended(faulty).save(when="2003-01-02T09:00:00")
    package = report.open_folder(faulty).complete()
    package.write(tmp_path / "out", ("json", "xlsx", "html", "pdf"))
    lines = [(line.what, line.value) for line in package.account.lines]
    assert ("File read", "roster.corrected.csv") in lines
    book = openpyxl.load_workbook(tmp_path / "out" / "forms.xlsx")
    assert [tuple(row[:2]) for row in book["Account"].iter_rows(3, values_only=True)] == lines
    filed = json.loads((tmp_path / "out" / "problems.json").read_text(encoding="utf-8"))["account"]["lines"]
    assert [(line["what"], line["value"]) for line in filed] == lines
    assert [(what, value) for what, value, _ in show.account(package).rows] == lines
    printed = CliRunner().invoke(main, ["check", str(faulty)]).output
    page = (tmp_path / "out" / "forms.html").read_text(encoding="utf-8")
    pieces = pdf_text.OpenedPdf((tmp_path / "out" / "forms.pdf").read_bytes()).pages()
    pdf = " ".join(" ".join(text for _, text in pieces).split())
    for what, value in lines:
        assert f"{what}: {value}" in printed
        assert what in page
        assert what in pdf


def test_one_name_under_two_numbers_is_asked_about(tmp_path):
    """The field's roster has it; no name is said."""
    found = corrections.open_folder(shutil.copytree(FIELD / "41-rates-not-known", tmp_path / "XA"))
    (group,) = [group for group in found.groups if group.looks == "one person twice"]
    assert group.rows == (2, 11)
    assert "Avery" not in str(group)


def test_dates_that_can_be_read_either_way_are_in_question(tmp_path):
    """One date with the day first puts the others of its column in question; without it nothing is said."""
    folder = shutil.copytree(BASE, tmp_path / "XA")
    text = (folder / "roster.csv").read_text(encoding="utf-8")
    ordinary = text.replace("2002-11-15", "05/12/2002", 1).replace("2002-11-15", "11/11/2002", 1)
    (folder / "roster.csv").write_text(ordinary, encoding="utf-8")
    assert not [one for one in roster_file.read(folder).problems if "day first" in one.reason]
    (folder / "roster.csv").write_text(ordinary.replace("2002-11-15", "15/11/2002", 1), encoding="utf-8")
    (found,) = [one for one in roster_file.read(folder).problems if "also have the day first" in one.reason]
    assert found.severity == "warning"
    assert "another date of the column, such as 05/12/2002" in found.reason


def test_one_act_on_two_hundred_people_is_quick(tmp_path):
    """The quickest of six acts takes under 150 ms of a processor; each is checked over the whole roster at once."""
    folder = shutil.copytree(BASE, tmp_path / "XA")
    head, *rows = list(csv.reader(io.StringIO((folder / "roster.csv").read_text(encoding="utf-8"))))
    rate, rated = head.index("basic_pay_period_end"), head.index("rating_date")
    made = []
    for number in range(207):
        row = [f"N{number}", *rows[number % len(rows)][1:]]
        row[rated] = row[rated] and "15-NOV-02"
        row[rate] = f"about {row[rate]}" if number < 8 else row[rate]
        made.append(row)
    with (folder / "roster.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *made])
    found = corrections.open_folder(folder)
    took = []
    for number in range(6):
        began = time.process_time()
        found.set(2 + number, "basic_pay_period_end", "129800", when=f"2003-01-0{number + 1}", why="record")
        took.append(time.process_time() - began)
        assert found.roster.people[number].basic_pay_period_end == Decimal(129800)
    assert min(took) < 0.15
