"""A column or key of an agency's file is declared once: reader, blank, entry and documentation all have it."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args, get_origin

import openpyxl
import pytest
from pydantic import BaseModel

from docs.site import agency_files
from seskit.law.question import members
from seskit.record import agency
from seskit.record.agency import Agency
from seskit.record.agency_text import agency_text
from seskit.record.closeout import moves
from seskit.record.forms import blank as blanks
from seskit.record.forms import book
from seskit.record.forms.grid import empty
from seskit.record.forms.known import all_files
from seskit.record.forms.known import meanings as known_meanings
from seskit.record.roster import COLUMNS, STATED, lists, printed, reader
from seskit.record.roster.printed import days, words
from seskit.record.roster.sheets import rows

FORMS = all_files()
#: The word of each list's form; the roster and the pay worksheet are workbooks themselves.
FORM_OF = {one.stem: one for one in FORMS.values() if one.is_list}
PAGES = agency_files.pages()
#: A value that no reader but one of words takes.
NONSENSE = "neither fish nor fowl"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The blank of every list, by its name: the file that `seskit blank` writes."""
    made = {}
    for name in agency_files.LISTS:
        what = {"steps": "year"}.get(name, FORM_OF[name].what if name in FORM_OF else name)
        place = tmp_path_factory.mktemp(name)
        files = blanks.write(place, what)
        made[name] = next(file for file in files if file.stem == name and file.suffix != ".yaml")
    return made


def test_a_column_is_in_reader_blank_entry_and_documentation(written):
    """For each column of each list: its heading is in the blank, its words in the page, its entry in the form."""
    for name, (columns, _) in agency_files.LISTS.items():
        heads = next(iter(rows(written[name], [])))
        page = PAGES[f"files/{name}_csv.md"]
        entries = {entry.name: entry for entry in FORM_OF[name].sheets[0].fields} if name in FORM_OF else None
        for column in columns:
            assert column.name in [lists.canonical(head) for head in heads], (name, column.name)
            assert f"`{column.name}`" in page, (name, column.name)
            assert agency_files.cell(column.help) in page, (name, column.name)
            assert agency_files.cell(column.fix) in page, (name, column.name)
            if entries is not None:
                entry = entries[column.name]
                assert (entry.help, entry.how, entry.choices) == (column.help, column.fix, column.choices)
                assert entry.kind == ("number" if column.kind == "money" else column.kind)


def test_a_wrong_cell_of_each_column_is_answered_with_its_own_repair(tmp_path):
    """The reader of each list takes its columns and no other, and says of a cell it cannot read what to do."""
    for name, (columns, _) in agency_files.LISTS.items():
        file = tmp_path / f"{name}.csv"
        heads = [column.name for column in columns]
        file.write_text(",".join([*heads, "unheard_of"]) + "\n" + ",".join([NONSENSE] * len(heads)) + "\n")
        found = lists.read(file, columns).problems
        assert [one.column for one in found] == ["unheard_of"], name
        file.write_text(",".join(heads) + "\n" + ",".join([NONSENSE] * len(heads)) + "\n")
        said = {one.column: one.fix for one in lists.read(file, columns).problems if one.severity == "error"}
        for column in columns:
            if column.kind not in ("text", "choice"):
                assert said[column.name], (name, column.name)


def test_a_key_is_in_reader_entry_blank_and_documentation():
    """For each key of each YAML file that has a form: an entry or a sheet of its own, with the meaning the page gives."""
    meanings = known_meanings()
    for one in FORMS.values():
        if one.model is None or one.each_in:
            continue
        page = PAGES[f"files/{one.file.replace('.', '_')}.md"]
        workbook = openpyxl.load_workbook(io.BytesIO(book.workbook(one, empty(one))))
        shown = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value}
        entries = {".".join([*sheet.way, entry.name]): entry for sheet in one.sheets for entry in sheet.fields}
        for key, _field in agency_files.keys(one.model):
            assert f"`{key}`" in page, (one.file, key)
            assert agency_files.cell(meanings[one.file][key]) in page, (one.file, key)
            if key in entries:
                assert entries[key].help == meanings[one.file][key], (one.file, key)
                assert any(entries[key].label in text for text in shown), (one.file, key)
            else:
                assert any(f"{key}." in f"{other}." for other in entries), f"{one.file}: {key} has no entry"


def test_the_blank_agency_file_names_every_key():
    """agency.yaml has no form: its blank is filled in by hand, and has or explains each key."""
    text = agency_text()
    for key, _field in agency_files.keys(Agency):
        assert f"{key.rpartition('.')[2]}:" in text, f"write or explain {key} in seskit/record/agency_text.py"


def _other(annotation, given):
    """Another value that a key may have; None where it is made of keys itself."""
    words = [word for part in members(annotation) for word in get_args(part) if get_origin(part) is Literal]
    if words:
        return next(word for word in words if word != given)
    kinds = [get_origin(part) or part for part in members(annotation)]
    if isinstance(given, date):
        return given + timedelta(days=1)
    if str in kinds and isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d", given):
        return "2003-01"
    of = {
        str: "Twelve words or so",
        int: 2003,
        bool: True,
        Decimal: Decimal("3.5"),
        date: date(2002, 12, 20),
        tuple: ("2002-12-20",),
    }
    return next((of[kind] for kind in kinds if kind in of), None)


def _changed(record):
    """The record with one key changed, for every key at any depth; the first of several entries stands for all."""
    for name, field in type(record).model_fields.items():
        given = getattr(record, name)
        if given == ():
            of, _ = get_args(field.annotation)
            yield name, record.model_copy(update={name: (_other(get_args(of)[0] if get_args(of) else of, None),)})
        elif isinstance(given, tuple):
            first, *rest = given
            made = _changed(first)
            yield from ((f"{name}.{key}", record.model_copy(update={name: (one, *rest)})) for key, one in made)
        elif isinstance(given, BaseModel):
            yield from ((f"{name}.{key}", record.model_copy(update={name: one})) for key, one in _changed(given))
        elif (other := _other(field.annotation, given)) is not None:
            yield name, record.model_copy(update={name: other})


def test_an_agency_file_that_is_written_again_keeps_every_key(tmp_path):
    """Confirming and changing write agency.yaml anew: what somebody gave for a key is still there."""
    blank = agency.read(_written(tmp_path, agency_text())).agency
    changed = list(_changed(blank))
    assert len(changed) >= len(
        [key for key, field in agency_files.keys(Agency) if not agency_files._inner(field.annotation)]
    )
    lost = [key for key, one in changed if agency.read(_written(tmp_path, agency_text(one))).agency != one]
    assert not lost, f"{lost}: write it in seskit/record/agency_text.py where it has a value"


def _written(folder, text):
    (folder / "agency.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_record_that_lists_its_columns_in_another_order_does_not_load():
    """A row fills its record by place: another order would put values into the wrong columns."""
    kind = reader.Kind("moves", moves.COLUMNS, moves.Move._make)
    turned = dict(reversed(kind.columns.items()))
    with pytest.raises(TypeError, match="Move does not list the columns of 'moves' in their order: after 'row'"):
        reader.Kind("moves", turned, moves.Move._make)


def test_a_column_that_the_record_lacks_is_named_with_its_place():
    """Before its neighbor and at the end; and one that the record has too many."""
    one = next(iter(moves.COLUMNS.values()))
    for columns, said in (
        ({"odd": one} | moves.COLUMNS, f"after 'row' it has '{one.name}' where the columns have 'odd'"),
        (
            moves.COLUMNS | {"odd": one},
            f"after '{[*moves.COLUMNS][-1]}' it has nothing more where the columns have 'odd'",
        ),
        ({}, f"after 'row' it has '{one.name}' where the columns have nothing more"),
    ):
        with pytest.raises(TypeError, match=said):
            reader.Kind("moves", columns, moves.Move._make)


def test_every_column_of_a_kind_of_the_roster_is_read_in_the_forms_of_its_kind():
    """Days and yes or no as systems print them, whatever the column is called."""
    kinds = {name: column.kind for name, column in (COLUMNS | STATED).items()}
    for kind, forms in (("day", days.DAYS), ("yes_no", words.YES_NO)):
        assert {name for name, found in printed.FORMS.items() if found == forms} == {
            name for name, one in kinds.items() if one == kind
        }
