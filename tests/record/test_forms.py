"""Files as forms: YAML and CSV to a workbook and back, entries on the screen, and the command; nothing is lost."""

import copy
import random
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import ipywidgets
import pytest
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.desk.opener.file_editor import Editor
from seskit.formats import spelling, strict_yaml
from seskit.formats.refusals import FactError
from seskit.record import checked_yaml
from seskit.record.appraisal import plan_document
from seskit.record.appraisal.plan_document import plans
from seskit.record.appraisal.plan_document.record import ExecutivePlan
from seskit.record.appraisal.year_record import files as year_record
from seskit.record.forms import back, book, fields, grid, stored
from seskit.record.forms.draft import Draft
from seskit.record.forms.grid import GridFault
from seskit.record.forms.known import all_files, declared
from seskit.record.staffing import records
from tests import office
from tests.extent import some, thorough
from tests.places import FIELD, SAMPLES

KNOWN = all_files()


def kept(what):
    """Every folder of samples and field cases that has the file, and can be read."""
    one = KNOWN[what]
    found = [place for root in (SAMPLES, FIELD) for place in sorted(root.iterdir()) if place.is_dir()]
    return [place for place in found if stored.find(one, place)]


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """One workbook of each form, filled from the first folder that has the file; a blank one where none has."""
    place = tmp_path_factory.mktemp("books")
    for what, one in KNOWN.items():
        folder = next(iter(kept(what)), place)
        (place / f"{what}.xlsx").write_bytes(book.workbook(one, stored.read(one, folder).grid))
    return place


@pytest.fixture
def own(tmp_path):
    """A copy of a sample to change."""
    return Path(shutil.copytree(SAMPLES / "DBT", tmp_path / "DBT"))


# Round trips.


@pytest.mark.parametrize("what", KNOWN)
def test_a_file_comes_back_from_its_workbook_as_it_was(what):
    """For every sample: file, rows, workbook, rows, file: the same record, the same text, and no problem."""
    one = KNOWN[what]
    for folder in kept(what)[:4]:
        opened = stored.read(one, folder)
        found = back.read(one, book.workbook(one, opened.grid))
        assert (found.grid, found.problems) == (opened.grid, ()), folder
        if one.model is not None and not one.each_in:
            wanted = checked_yaml.read(folder / one.file, one.model, place="", example="").record
            assert found.made.record == wanted, folder
            written = folder.name and stored.text(one, found.made.tree)
            again = _read_text(one, written)
            assert again == wanted, folder


def _read_text(one, text):
    from seskit.formats import strict_yaml

    return one.model.model_validate(strict_yaml.load(text))


def test_the_samples_are_there_to_be_read():
    """The test above is about something: most forms have folders."""
    assert [what for what in KNOWN if not kept(what)] == ["last_year", "plans", "element_levels"]


@thorough
def test_a_workbook_saved_by_libreoffice_reads_the_same(books, tmp_path):
    """Every form, converted by LibreOffice itself."""
    office.converted("xlsx", tmp_path, *sorted(books.glob("*.xlsx")))
    for what, one in KNOWN.items():
        before, after = back.read(one, books / f"{what}.xlsx"), back.read(one, tmp_path / f"{what}.xlsx")
        assert (after.grid, after.made.record) == (before.grid, before.made.record), what


def test_each_cell_to_fill_in_says_what_is_wanted(books):
    """Who goes through the cells with a screen reader hears neither the heading's note nor the guide."""
    for what, one in KNOWN.items():
        with zipfile.ZipFile(books / f"{what}.xlsx") as made:
            for number, sheet in enumerate(one.sheets, 1):
                xml = made.read(f"xl/worksheets/sheet{number}.xml").decode()
                asked = re.findall(r'<dataValidation [^>]*promptTitle="[^"]+" prompt="[^"]+"', xml)
                assert len(asked) == len(sheet.fields if sheet.is_single else sheet.columns), (what, sheet.title)


def test_drawn_rows_come_back_as_they_were():
    """Rows of drawn values of every kind, in every sheet, through a workbook."""
    for what, one in KNOWN.items():
        drawn = _drawn(one, random.Random(what))
        found = back.read(one, book.workbook(one, drawn))
        assert found.grid == drawn, what


def _drawn(one, chance):
    held = grid.empty(one)
    for sheet in one.sheets:
        count = 1 if sheet.is_single else 3
        held[sheet.title] = [{entry.name: _text(entry, chance) for entry in sheet.columns} for _ in range(count)]
    return held


def _text(entry, chance):
    if entry.words and entry.shape == "one":
        return chance.choice(entry.words)
    drawn = {
        "day": f"{chance.randint(1901, 2199)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "whole": str(chance.randint(1, 5)), "number": f"{chance.randint(0, 99)}.{chance.randint(1, 9)}",
        "yes_no": chance.choice(("yes", "no")), "choice": str(chance.choice(entry.words or ("x",))),
    }.get(entry.kind, chance.choice(("01", "=1+1", "2/3", "Größe, so", "it's: so", "TRUE", "1e5")))  # fmt: skip
    if entry.shape == "pairs":
        name = {"whole": "3", "text": "all sources"}.get(entry.named_by, "3")
        return f"{name}: {drawn}"
    return "\n".join((drawn, drawn)) if entry.shape == "lines" else drawn


def test_every_entry_has_help_and_every_choice_its_words():
    """No bare code and no entry without a word about it; a heading is there once in its sheet."""
    for one in KNOWN.values():
        for sheet in one.sheets:
            labels = [entry.label for entry in sheet.columns]
            assert len({label.lower() for label in labels}) == len(labels), (one.what, sheet.title)
            for entry in sheet.columns:
                assert entry.help, (one.what, entry.name)
                assert not any("_" in word for word in entry.words), (one.what, entry.name, entry.words)
                assert "_" not in entry.label, entry.label


# What is wrong, and where.


def test_each_fault_of_a_workbook_is_named_with_sheet_row_and_entry():
    """A day that is none, a word that is no choice, a row of nobody: each at its cell."""
    one = declared("vacancies")
    held = stored.read(one, SAMPLES / "DPW").grid
    held["Vacancies"][0] |= {"opens_on": "2024-13-01", "position": "genral"}
    held["Documents"].append({"of:vacancies": "nobody", "document": "resume", "place": "x"})
    found = back.read(one, book.workbook(one, held))
    said = [str(problem) for problem in found.problems]
    assert any("row 4, Vacancies: Opens on: '2024-13-01'" in line for line in said), said
    assert any(
        "Position: 'genral' is not one of general, career reserved. Did you mean 'general'?" in line for line in said
    )
    assert any("Documents: Vacancy (id): 'nobody' does not belong to any row above it" in line for line in said)
    assert found.made.record is None


def test_a_number_that_looks_personal_is_refused_and_not_repeated():
    """It is named by its kind only."""
    one = declared("probation")
    number = "-".join(("123", "45", "6789"))
    held = grid.empty(one) | {
        "Probation": [{"person_id": "P1", "appointed_on": "2024-01-02", "development": f"see {number}"}]
    }
    found = grid.made(one, held)
    assert len(found.faults) == 1
    assert number not in str(found.faults)


def test_a_workbook_of_something_else_is_refused_in_a_sentence(books, tmp_path):
    """Another form's workbook, a sheet that was deleted, and no workbook at all."""
    with pytest.raises(FactError, match="the sheet 'Agency' is not there"):
        back.read(declared("vacancies"), books / "year.xlsx")
    assert back.which(books / "year.xlsx", "x.xlsx", KNOWN) is declared("year")
    with pytest.raises(FactError, match=r"x\.xlsx"):
        back.which(b"nothing", "x.xlsx", KNOWN)
    with pytest.raises(FactError, match=r"There is no form .vacancy.\. Did you mean .vacancies"):
        declared("vacancy")


def test_two_rows_of_one_name_are_not_lost():
    """Where a list cannot be told apart by its names, the file is not opened as a form."""
    one = declared("certification")
    record = checked_yaml.read(SAMPLES / "LKA" / one.file, one.model, place="", example="").record
    assert grid.made(one, grid.of_record(one, record)).record == record


def test_many_plans_in_one_workbook(own):
    """Two executives' plans, each with elements of the same names: stored as a file of each, read back, and checked."""
    one = declared("plans")
    plan = checked_yaml.read(own / "plan.yaml", ExecutivePlan, place="", example="").record
    other = plan.model_copy(update={"executive": "DBT004", "elements": plan.elements[:2]})
    held = grid.of_record(one, plans.Plans(plans=(plan, other)))
    found = back.read(one, book.workbook(one, held))
    assert (found.grid, found.problems) == (held, ())
    twice = grid.made(
        one, {**held, "Plans": [held["Plans"][0], held["Plans"][0] | {"period.from": "2023-10-02"}]}
    ).faults
    assert [(fault.column, fault.reason) for fault in twice if fault.sheet == "Plans"] == [
        ("executive", "appears twice")
    ]
    assert not any("no row yet" in fault.reason for fault in twice)
    saved = stored.save(stored.read(one, own), own, found.grid)
    assert (saved.file, saved.kept) == (own / "plans", None)
    assert [path.stem for path in plans.listed(own)] == sorted([plan.executive, "DBT004"])
    assert plan_document.read(own / "plans" / "DBT004.yaml").plan == other
    assert "# The name of the element." in (own / "plans" / "DBT004.yaml").read_text()
    assert stored.read(one, own).grid == held
    (own / "plan.yaml").unlink()
    checked = CliRunner().invoke(main, ["appraisal", "plan", str(own)])
    assert checked.output.count(".yaml: ") == 2
    draft = Draft(one, own)
    draft.remove(draft.declared.sheet("Plans"), 2)
    assert {row["of:plans"] for row in draft.grid["Elements"]} == {
        draft.rows(draft.declared.sheet("Plans"))[0]["executive"]
    }
    assert draft.save().kept.name.endswith(".before.yaml")
    assert len(plans.listed(own)) == 1


# Filling in on the screen.


def test_the_same_day_for_all_and_a_pasted_column(own):
    """A step for everybody, its day once, one column pasted by number; undone and saved; the former file is kept."""
    draft = Draft(declared("steps"), own)
    sheet = draft.declared.sheets[0]
    people = sorted({row["person_id"] for row in draft.rows(sheet)})
    before = len(draft.rows(sheet))
    assert draft.for_each(sheet, people, step="detail start") == len(people)
    mine = [number for number, row in enumerate(draft.rows(sheet), 1) if row["step"] == "detail start"]
    assert draft.same(sheet, "date", "2024-02-01", mine) == len(people)
    assert draft.paste(sheet, "note", f"{people[1]}\tmemo 2\n{people[0]}\tmemo 1", mine) == 2
    assert draft.rows(sheet)[mine[0] - 1]["note"] == "memo 1"
    with pytest.raises(FactError, match=f"2 lines pasted, {len(mine)} rows shown"):
        draft.paste(sheet, "note", "a\nb", mine)
    with pytest.raises(FactError, match="Date: 'soon' is not a date"):
        draft.same(sheet, "date", "soon", mine)
    assert draft.undo() == "Note of 2 rows"
    saved = draft.save()
    assert (saved.file.name, saved.kept.name) == ("steps.csv", "steps.before.csv")
    assert len(saved.file.read_text().splitlines()) == 1 + before + len(people)
    assert saved.kept.read_bytes() == (SAMPLES / "DBT" / "steps.csv").read_bytes()


def test_rows_follow_the_row_they_belong_to(own):
    """A vacancy that is called otherwise keeps its documents; one that is removed takes them along."""
    draft = Draft(declared("vacancies"), own)
    sheet = draft.declared.sheet("Vacancies")
    draft.set(sheet, 1, "id", "T-09")
    assert {row["of:vacancies"] for row in draft.grid["Documents"]} == {"T-09"}
    assert draft.faults == ()
    draft.remove(sheet, 1)
    assert draft.grid["Documents"] == []
    draft.undo()
    draft.save()
    assert [one.id for one in records.open_folder(own)] == ["T-09", "T-02"]
    assert len(records.open_folder(own).vacancy("T-09").documents) == 3


def test_what_another_program_wrote_is_never_written_over(own):
    """Saving stops, and says so."""
    draft = Draft(declared("year"), own)
    draft.set(draft.declared.sheet("Year"), 1, "response_days", "9")
    file = own / "appraisal.yaml"
    file.write_text(file.read_text() + "# changed\n")
    with pytest.raises(FactError, match="changed by another program"):
        draft.save()
    assert file.read_text().endswith("# changed\n")


def test_an_editor_shows_one_row_says_what_is_wrong_leads_there_and_saves(own, monkeypatch):
    """A wrong day is said at its entry and above, where a press leads to it from another part of the file; corrected, it is
    saved, and what rests on it is renewed.
    """
    renewed, where = [], []
    monkeypatch.setattr(ipywidgets.DOMWidget, "focus", lambda widget: where.append(widget))
    editor = Editor(Draft(declared("vacancies"), own), lambda: renewed.append(1))
    editor.go(editor.draft.declared.sheet("Vacancies"), 2)
    spare = [name for name, cell in editor.cells.items() if "seskit-spare" in cell.widget._dom_classes]
    assert len(spare) > 20
    assert editor.more.description.endswith(f": {len(spare)}")
    editor.cells["closes_on"].widget.value = "2024-10-45"
    assert "is not a day in the calendar" in editor.cells["closes_on"].widget.description
    assert "1 to correct" in editor.status.value
    editor.sheets.value = "Agency"
    editor.wrong.children[0].click()
    assert (editor.sheet.title, editor.at, where) == ("Vacancies", 2, [editor.cells["closes_on"].widget])
    editor.save()
    assert renewed == []
    editor.cells["closes_on"].widget.value = "10/16/2024"
    assert "Nothing to correct" in editor.status.value
    editor.save()
    assert renewed == [1]
    assert str(records.open_folder(own).vacancy("T-02").closes_on) == "2024-10-16"


def test_nobody_is_a_choice_and_is_saved_as_an_empty_list(own):
    """Chosen, it closes the lines and is saved as such; taken back, the entry is left out; opened again, it is chosen."""
    editor = Editor(Draft(declared("year"), own))
    cell = editor.cells["on_probation"]
    assert cell.nothing.description == "Nobody is on probation"
    assert cell.widget.value == "DBT009\nDBT031"
    cell.nothing.value = True
    assert (cell.widget.value, cell.widget.disabled) == ("", True)
    editor.save()
    assert year_record.read_cycle(own).record.on_probation == ()
    again = Editor(Draft(declared("year"), own)).cells["on_probation"]
    assert (again.nothing.value, again.widget.value, again.widget.disabled) == (True, "", True)
    cell = editor.cells["on_probation"]
    cell.nothing.value = False
    assert not cell.widget.disabled
    editor.save()
    assert year_record.read_cycle(own).record.on_probation is None


def test_what_is_wrong_with_an_entry_is_said_at_the_entry_without_a_name(own):
    """Also where the whole row is looked at: the selectee has a name for a number."""
    editor = Editor(Draft(declared("vacancies"), own))
    editor.correct(GridFault("Vacancies", 1, "selectee", "", "", ""))
    editor.cells["selectee"].widget.value = "Casey Larkin"
    assert "s number, such as K-03, never a name" in editor.cells["selectee"].widget.description
    (button,) = editor.wrong.children
    assert "row 1, Selectee: give the candidate's number" in button.description
    assert "Larkin" not in button.description


def test_an_entry_that_is_needed_says_how_it_is_written(tmp_path):
    """On the page, where no sample's file is at hand."""
    editor = Editor(Draft(declared("vacancies"), tmp_path))
    said = "needed, and blank. Write the date as year-month-day or month/day/year."
    assert [one.description for one in editor.wrong.children] == [
        f"Go to Agency, As of: {said}",
        "Go to Vacancies: has no row yet. Add a vacancy.",
    ]


def test_entries_are_called_by_their_labels(own):
    """In what is said of a row as a whole, too: at the entries and on the buttons no name of a key stands."""
    (own / "certification.yaml").write_text(
        "systems:\n- {id: ses, held: full, held_since: 2025-01-01, held_until: 2022-12-31, name: A, organization: B, group: SES,"
        " description: C, covers: [D], signed_by: E, requested: full, asked_on: 2025-01-15, decision_on: 2025-03-01,"
        " approval: approved, levels: {5: F}}\n",
        encoding="utf-8",
    )
    editor = Editor(Draft(declared("certification"), own))
    (button,) = editor.wrong.children
    assert "has 'Held until' on 2022-12-31, before 'Held since' on 2025-01-01" in button.description
    editor.draft.set(declared("certification").sheet("Systems"), 1, "assessment_score", "400")
    editor.show()
    assert "must be 100 or less" in editor.cells["assessment_score"].widget.description


def leaves(tree, way=()):
    """Every value of plain data that is no mapping and no list, with the way to it."""
    if isinstance(tree, (dict, list)):
        for key, one in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from leaves(one, (*way, key))
    else:
        yield way, tree


def with_value(tree, way, value):
    made = copy.deepcopy(tree)
    held = made
    for step in way[:-1]:
        held = held[step]
    held[way[-1]] = value
    return made


@pytest.mark.parametrize("what", [what for what, one in KNOWN.items() if one.model is not None and not one.each_in])
def test_a_file_that_cannot_be_so_is_opened_and_corrected(what, tmp_path):
    """Each value in turn is one that cannot be: the entry says so, every other entry is there, and the right value saves the file."""
    one, (source, *_) = KNOWN[what], kept(what)
    tree = spelling.american_codes(strict_yaml.load((source / one.file).read_text(encoding="utf-8")))
    right = stored.read(one, source).grid
    tried = 0
    for way, value in some(list(leaves(tree)), 40):
        (tmp_path / one.file).write_text(strict_yaml.dump(with_value(tree, way, "no such thing!")), encoding="utf-8")
        if checked_yaml.read(tmp_path / one.file, one.model, place="", example="").record is not None:
            continue
        opened = stored.read(one, tmp_path)
        assert len(texts(right) - texts(opened.grid)) <= 1, way
        assert grid.made(one, opened.grid).faults, way
        with pytest.raises(FactError, match="Not saved"):
            stored.save(opened, tmp_path, opened.grid)
        (tmp_path / one.file).write_text(strict_yaml.dump(with_value(tree, way, value)), encoding="utf-8")
        assert stored.read(one, tmp_path).grid == right
        tried += 1
    assert tried


def texts(held):
    return Counter(text for rows in held.values() for row in rows for text in row.values())


@pytest.mark.parametrize(
    "line",
    [
        "  door: blue",
        "  merit: {place: drawer}",
        "  applicants: [1, 2]",
        "  documents: {a: b}",
        "  documents: {a: {document: resume, place: file}}",
        "  best_qualified: K-1",
        "  title: [a, b]",
    ],
)
def test_a_file_with_what_has_no_place_is_not_opened(own, line):
    """What would be lost when the file is saved stops it, with the line."""
    file = own / "vacancy.yaml"
    text = f"as_of: soon\nvacancies:\n- id: V-1\n{line}\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(FactError, match=r"Correct vacancy.yaml first"):
        Draft(declared("vacancies"), own)
    assert file.read_text(encoding="utf-8") == text


def test_rows_that_others_belong_to_are_told_apart(own):
    """Two vacancies of one number: which has the document, only who wrote it knows."""
    row = "- {id: V-1, title: Deputy, documents: [{document: resume, place: file}]}"
    (own / "vacancy.yaml").write_text(f"as_of: 2024-11-15\nvacancies:\n{row}\n{row}\n", encoding="utf-8")
    with pytest.raises(FactError, match=r"Correct vacancy.yaml first"):
        Draft(declared("vacancies"), own)


def test_an_editor_takes_a_filled_in_workbook(own, books):
    """What was filled in elsewhere is shown, and saved by its button only."""
    editor = Editor(Draft(declared("vacancies"), own))
    held = stored.read(declared("vacancies"), SAMPLES / "DPW").grid
    editor.bring("vacancy.xlsx", book.workbook(declared("vacancies"), held))
    assert editor.draft.grid == held
    assert "Not saved yet" in editor.status.value
    editor.bring("year.xlsx", (books / "year.xlsx").read_bytes())
    assert "is not there" in editor.status.value
    assert editor.draft.grid == held
    assert (own / "vacancy.yaml").read_bytes() == (SAMPLES / "DBT" / "vacancy.yaml").read_bytes()


def _filled(own, vacancy="T-02", level=4):
    """The scoring sheet among the files of a vacancy, as two raters fill it in."""
    import io

    import openpyxl

    from seskit.record.staffing import scoring

    folder = records.open_folder(own)
    made = openpyxl.load_workbook(
        io.BytesIO(scoring.sheet(folder, folder.vacancy(vacancy), ["K-1", "K-2"], ["R1", "R2"]))
    )
    for name in ("Rater R1", "Rater R2"):
        for row in (6, 7):
            for column in range(2, 2 + len(scoring.qualifications(folder, folder.vacancy(vacancy)))):
                made[name].cell(row, column).value = level if row == 6 else 3
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_filled_in_scoring_sheet_is_brought_where_vacancies_are_filled_in(own):
    """It goes into the folder and is named by its vacancy, whatever its file is called; the board's record can be made then."""
    from seskit.work.staffing import board

    editor = Editor(Draft(declared("vacancies"), own))
    editor.bring("scores (1).xlsx", _filled(own))
    assert "the scoring sheet of vacancy T-02" in editor.status.value
    assert "Not saved yet" in editor.status.value
    editor.save()
    folder = records.open_folder(own)
    assert folder.vacancy("T-02").scores == "scores_T-02.xlsx"
    assert [one.candidate for one in board.record(folder, folder.vacancy("T-02")).candidates] == ["K-1", "K-2"]
    assert folder.vacancy("T-01").scores is None
    editor.bring("scores.xlsx", _filled(own, level=5))
    assert "scores_T-02.before.xlsx" in editor.status.value


def test_a_scoring_sheet_that_cannot_be_used_is_refused_with_what_is_wrong(own):
    """A level that is none, and a vacancy that is not there; nothing is put into the folder."""
    editor = Editor(Draft(declared("vacancies"), own))
    editor.bring("scores.xlsx", _filled(own, level=9))
    assert "is not a level" in editor.status.value
    sheet = _filled(own)
    editor.draft.set(editor.draft.declared.sheet("Vacancies"), 2, "id", "T-99")
    editor.bring("scores.xlsx", sheet)
    assert "of no vacancy of this file" in editor.status.value
    assert not list(own.glob("scores_*"))


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "\n\n"])
def test_a_column_whose_last_cell_is_blank_is_pasted_whole(own, end):
    """As Excel copies it: the number of each person and nothing, or nothing at all; the blank is written, too."""
    draft = Draft(declared("steps"), own)
    sheet = draft.declared.sheets[0]
    people = sorted({row["person_id"] for row in draft.rows(sheet)})[:3]
    draft.for_each(sheet, people, step="detail start")
    mine = [
        number for number, row in enumerate(draft.rows(sheet), 1)
        if row["step"] == "detail start" and row["person_id"] in people
    ]  # fmt: skip
    draft.same(sheet, "note", "former", mine)
    pairs = "\n".join(f"{person}\t{note}" for person, note in zip(people, ("a", "", ""), strict=True))
    assert draft.paste(sheet, "note", pairs + end, mine) == 3
    assert [draft.rows(sheet)[number - 1].get("note", "") for number in mine] == ["a", "", ""]
    draft.same(sheet, "note", "former", mine)
    if end:
        assert draft.paste(sheet, "note", "a\nb\n" + end, mine) == 3
        assert [draft.rows(sheet)[number - 1].get("note", "") for number in mine] == ["a", "b", ""]


def test_a_new_file_is_begun_from_nothing(tmp_path):
    """Probation of a folder that has no such file: a row, its day, saved as CSV that the tracker reads."""
    from seskit.record.staffing import tracker

    editor = Editor(Draft(declared("probation"), tmp_path))
    assert editor.cells == {}
    editor.add()
    editor.cells["person_id"].widget.value = "X01"
    editor.cells["appointed_on"].widget.value = "1/15/2024"
    editor.cells["criterion"].widget.value = "B"
    editor.save()
    assert "Saved: probation.csv" in editor.status.value
    (row,) = tracker.read(tmp_path).rows
    assert (row.person_id, str(row.appointed_on), row.criterion) == ("X01", "2024-01-15", "B")


# The command.


def test_the_command_writes_a_workbook_and_reads_it_back(own):
    """Written from the file, checked, read in: nothing changes; a fault is named and nothing written."""
    run = CliRunner().invoke
    assert (
        run(main, ["form", "write", str(own), "--what", "vacancies"]).output
        == "vacancy.xlsx: filled from vacancy.yaml.\n"
    )
    again = run(main, ["form", "write", str(own), "--what", "vacancies"])
    assert (again.exit_code, "already a file vacancy.xlsx" in again.output) == (2, True)
    checked = run(main, ["form", "read", str(own / "vacancy.xlsx"), str(own), "--check"])
    assert (checked.exit_code, "No problems found" in checked.output) == (0, True)
    read = run(main, ["form", "read", str(own / "vacancy.xlsx"), str(own)])
    assert "Written: vacancy.yaml. The previous file is kept as vacancy.before.yaml." in read.output
    assert [one.id for one in records.open_folder(own)] == ["T-01", "T-02"]
    blank = run(main, ["form", "write", str(own), "--what", "probation"])
    assert blank.output == "probation.xlsx: blank.\n"
    assert run(main, ["form", "list"]).output.count("\n") == len(KNOWN)


def test_a_blank_workbook_says_what_is_needed(tmp_path):
    """Read back as it is, each needed entry is named."""
    run = CliRunner().invoke
    run(main, ["form", "write", str(tmp_path), "--what", "certification"])
    read = run(main, ["form", "read", str(tmp_path / "certification.xlsx"), str(tmp_path)])
    assert read.exit_code == 1
    assert "Systems: has no row yet. Add a system." in read.output
    assert not (tmp_path / "certification.yaml").exists()


def test_a_choice_is_read_by_its_words_and_by_its_code():
    """Career reserved and career_reserved are one."""
    entry = declared("vacancies").sheet("Vacancies").column("position")
    assert entry.value("Career reserved") == entry.value("career_reserved") == "career_reserved"
    assert fields.said("career_reserved") == "career reserved"
