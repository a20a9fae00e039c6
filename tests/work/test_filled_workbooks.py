"""A workbook that stands for another file of an agency: unread, beside another file, blank, locked, or somebody else's."""

import shutil
from dataclasses import replace

import pytest

from seskit.record.forms import blank, stored
from seskit.record.forms import grid as grids
from seskit.record.forms.book import workbook
from seskit.record.forms.known import all_files
from seskit.work import filled_workbooks, findings, folder_check
from tests.places import SAMPLES

INTO_ANOTHER = [one for one in all_files().values() if not one.is_list]


def filled(declared):
    """A grid with one entry in its first sheet."""
    sheet = declared.sheets[0]
    return grids.empty(declared) | {sheet.title: [{sheet.columns[0].name: "2026"}]}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "BLB"
    shutil.copytree(SAMPLES / "BLB", place)
    return place


def told(folder):
    """The findings about workbooks, as a run over many agencies lists them."""
    books = {one.book for one in INTO_ANOTHER}
    return [one for one in findings.of_folder(folder) if one.file in books]


def test_each_workbook_has_a_subject():
    """A new form cannot be left out of the list of what is looked at."""
    assert set(filled_workbooks.SUBJECT) == {one.what for one in INTO_ANOTHER}


@pytest.mark.parametrize("declared", INTO_ANOTHER, ids=lambda one: one.what)
def test_an_unread_workbook_is_told_and_a_blank_one_is_not(folder, declared):
    """What an agency filled in and nobody read is an error of its subject; the blank as it was given is nothing."""
    book = folder / declared.book
    book.write_bytes(workbook(declared, grids.begun(declared, folder)))
    assert told(folder) == []
    book.write_bytes(workbook(declared, filled(declared)))
    (one,) = told(folder)
    assert (one.severity, one.subject, one.file) == ("error", filled_workbooks.SUBJECT[declared.what], declared.book)
    assert f"seskit form read FOLDER/{declared.book} FOLDER" in one.to_do
    listed = {file.name: file for file in folder_check.files(folder)}
    assert str(listed[declared.book]) == f"{declared.book}: not read in; 1 error."


def test_beside_the_file_only_other_entries_are_told(tmp_path):
    """After it was read the workbook may stay; changed on either side, it is named with which of the two counts."""
    folder = tmp_path / "BSC"
    shutil.copytree(SAMPLES / "BSC", folder)
    declared = all_files()["vacancies"]
    held = stored.read(declared, folder).grid
    book = folder / declared.book
    book.write_bytes(workbook(declared, held))
    assert told(folder) == []
    other = held | {"Vacancies": [row | {"title": "Another title"} for row in held["Vacancies"]]}
    book.write_bytes(workbook(declared, other))
    (one,) = told(folder)
    assert one.severity == "warning"
    assert "differ from those of vacancy.yaml, which is what counts" in one.sentence


@pytest.mark.parametrize("declared", INTO_ANOTHER, ids=lambda one: one.what)
def test_each_form_made_of_a_file_holds_the_same_entries(declared, tmp_path):
    """A workbook of what a sample agency has on file is no other one, so nothing is said of it."""
    having = [path for path in sorted(SAMPLES.iterdir()) if path.is_dir() and stored.find(declared, path)]
    for sample in having[:2]:
        folder = tmp_path / sample.name
        shutil.copytree(sample, folder)
        held = stored.read(declared, folder)
        (folder / declared.book).write_bytes(workbook(declared, held.grid))
        (one,) = filled_workbooks.of_folder(folder)
        assert (one.holds, one.problems) == (f"the same entries as {held.file.name}", ())
    assert having or declared.each_in


def test_a_workbook_of_that_name_that_is_something_else_is_left_alone(folder):
    """An agency's own closeout.xlsx is none of these forms."""
    made = replace(all_files()["vacancies"], book_name="closeout.xlsx")
    (folder / "closeout.xlsx").write_bytes(workbook(made, filled(made)))
    assert told(folder) == []


def test_one_that_cannot_be_read_is_told_where_nothing_else_holds_it(folder):
    """A workbook with a password, as its bytes begin."""
    (folder / "vacancy.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    (one,) = told(folder)
    assert one.severity == "error"
    assert "protected by a password" in one.sentence
    assert "take the password off" in one.to_do


def test_the_blank_of_every_form_is_silent(folder):
    """`seskit blank` for each form leaves nothing that needs attention in these workbooks."""
    for declared in INTO_ANOTHER:
        if declared.what != "year":
            blank.write(folder, declared.what)
    assert told(folder) == []
