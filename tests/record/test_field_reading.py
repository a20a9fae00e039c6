"""Cases from the field: small rosters with the right value of each, and the kinds of fault around them."""

import zipfile
from pathlib import Path

import pytest

from seskit.record import roster
from seskit.work import report
from tests import sheet_xml as xml
from tests.places import FIELD
from tests.roster_heads import HEADER as HEADS

HEADER = list(HEADS)
ROW = ["A1", "Avery Adams", "main", "Programs", "no", "career", "4", "129800", "129800", "3", "2002-11-15", *[""] * 5]


def places(read_in):
    return [(problem.row, problem.column) for problem in read_in.problems]


def rewritten(source: Path, change, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The workbook with one part changed."""
    with zipfile.ZipFile(source) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert change(contents[part]) != contents[part]
    return xml.zipped(contents | {part: change(contents[part])})


def read(tmp_path, content, name="roster.xlsx"):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return roster.read(tmp_path / name)


def test_a_formula_with_a_stored_empty_text_is_an_empty_cell():
    """Four people, no award, nothing to correct in the roster; that a paid plan paid nobody is asked about."""
    assert roster.read(FIELD / "01-formula-empty-text").problems == []
    assert [problem.check for problem in report.check(FIELD / "01-formula-empty-text")] == ["R21"]
    people = roster.read(FIELD / "01-formula-empty-text").people
    assert [person.award for person in people] == [None] * 4


def test_the_same_formula_without_a_stored_value_is_refused(tmp_path):
    """The cell is named, and it is not read as blank."""
    source = FIELD / "01-formula-empty-text" / "roster.xlsx"
    read_in = read(tmp_path, rewritten(source, lambda part: part.replace(b'r="L3" t="str"', b'r="L3"')))
    assert [(one.row, one.column) for one in read_in.problems] == [(3, "award")]
    assert "holds a formula without a stored value" in read_in.problems[0].reason


def quoted_singly(part: bytes) -> bytes:
    return part.replace(b'"', b"'")


@pytest.mark.parametrize("change", [None, quoted_singly], ids=["as it is", "single quotes"])
def test_error_cells_without_an_address_are_errors(tmp_path, change):
    """Each of the two is named by row and column, and the report stays a draft."""
    source = FIELD / "03-error-cell-without-address"
    content = rewritten(source / "roster.xlsx", change) if change else (source / "roster.xlsx").read_bytes()
    (tmp_path / "agency.yaml").write_bytes((source / "agency.yaml").read_bytes())
    assert places(read(tmp_path, content)) == [(2, "award"), (3, "award")]
    assert not report.open_folder(tmp_path).complete().final


def test_a_fraction_of_a_cent_is_said_with_both_values_and_noise_is_not():
    """What the cell shows, what it holds and what to do; 9086.000000000002 is the amount shown."""
    read_in = roster.read(FIELD / "08-fraction-of-a-cent")
    assert places(read_in) == [(2, "award")]
    said = str(read_in.problems[0])
    assert all(part in said for part in ("$11,358.64", "11358.637499999999", "ROUND("))
    assert [str(person.award) for person in read_in.people] == ["None", "9086.00", "9100", "9100"]


def test_a_quotation_mark_that_closes_rows_later_is_an_error_with_both_rows():
    """Nobody is read of such a file, so no form counts only some of them."""
    place = FIELD / "26-open-quote"
    (problem,) = report.check(place)
    assert "opens in row 4 and closes in row 7" in problem.reason
    package = report.open_folder(place).complete()
    assert not package.final
    assert all(form.appointees["career"] == 0 for form in package.forms)


def test_a_stray_cell_in_single_quotes_is_refused_in_words():
    """The process goes on, whatever the sheet says about its size."""
    (problem,) = roster.read(FIELD / "27-sheet-guard-passed-by" / "roster.xlsx").problems
    assert "1,048,576 rows by 16,384 columns" in problem.reason
    assert problem.fix


PEOPLE = [[f"Z{number}", f"Person {number}", *ROW[2:]] for number in range(9)]


@pytest.mark.parametrize("column", [1, 3, 13])
@pytest.mark.parametrize(("opens", "closes"), [(0, 1), (2, 5), (3, 8), (0, 8)])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_quotation_mark_swallows_a_row(tmp_path, column, opens, closes, separator, end):
    """Wherever one opens and closes, both rows are named, in a CSV file and in the workbook it becomes."""
    people = [list(row) for row in PEOPLE]
    people[opens][column] = '"' + people[opens][column]
    people[closes][column] += '"'
    read_in = read(tmp_path, end.join(separator.join(row) for row in [HEADER, *people]), "roster.csv")
    assert not read_in.people
    assert f"opens in row {opens + 2} and closes in row {closes + 2}" in read_in.problems[0].reason


@pytest.mark.parametrize(("opens", "closes"), [(1, 3), (3, 1), (15, 0), (0, 15)])
def test_a_quotation_mark_that_closes_in_another_column_is_an_error_too(tmp_path, opens, closes):
    """The number of cells may then agree or not: the rows are named."""
    people = [list(row) for row in PEOPLE]
    people[2][opens] = '"' + people[2][opens]
    people[4][closes] += '"'
    read_in = read(tmp_path, "\n".join(",".join(row) for row in [HEADER, *people]), "roster.csv")
    assert not read_in.people
    assert "opens in row 4 and closes in row 6" in read_in.problems[0].reason


def test_a_quotation_mark_that_never_closes_is_an_error_with_both_rows(tmp_path):
    """Where it opens, and where the file ends."""
    people = [list(row) for row in PEOPLE]
    people[2][1] = '"Bud Jones'
    read_in = read(tmp_path, "\n".join(",".join(row) for row in [HEADER, *people]), "roster.csv")
    assert not read_in.people
    assert "opens in row 4 and is never closed; the file ends in row 10" in read_in.problems[0].reason


def test_a_quotation_mark_that_meets_the_next_quoted_cell_is_an_error(tmp_path):
    """An open mark ends where the next quoted cell begins, in the middle of it."""
    people = [list(row) for row in PEOPLE]
    people[2][1], people[4][1] = '"Bud Jones', '"Lee, Kim"'
    read_in = read(tmp_path, "\n".join(",".join(row) for row in [HEADER, *people]), "roster.csv")
    assert not read_in.people
    assert "opens in row 4 and closes in row 6, in the middle of a cell" in read_in.problems[0].reason


def test_a_line_break_inside_a_cell_is_no_fault(tmp_path):
    """Words over two lines, with a comma, stay the words of one person."""
    people = [list(row) for row in PEOPLE]
    people[2][3] = '"Office of Programs,\nWashington, DC"'
    read_in = read(tmp_path, "\n".join(",".join(row) for row in [HEADER, *people]), "roster.csv")
    assert not read_in.problems
    assert len(read_in.people) == 9
    assert read_in.people[8].row == 10


def test_rows_that_a_spreadsheet_program_swallowed_are_found_in_its_workbook(tmp_path):
    """The CSV file opened and saved as a workbook: the cell still holds the other rows."""
    swallowed = "Bud Jones,main\n" + "\n".join(",".join(row) for row in PEOPLE[3:5]) + "\nZ5,Kim Lee"
    rows = [HEADER, *PEOPLE[:2], [PEOPLE[2][0], swallowed, *PEOPLE[2][2:]], *PEOPLE[6:]]
    read_in = read(tmp_path, xml.book(xml.sheet(xml.texts(rows))))
    assert not read_in.people
    assert "row 4 holds what looks like another row, up to row 7" in read_in.problems[0].reason


def test_sixty_thousand_bad_rows_are_counted_and_the_first_thousand_listed(tmp_path):
    """The list stays readable, and says how many there are."""
    bad = ",".join([*ROW[:5], "carreer", *ROW[6:]])
    lines = [",".join(HEADER), *(bad.replace("A1", f"A{number}", 1) for number in range(60_000))]
    read_in = read(tmp_path, "\n".join(lines), "roster.csv")
    assert len(read_in.problems) == 1001
    assert "60,000 problems were found; the first 1,000 are listed" in read_in.problems[0].reason


def test_a_file_of_nothing_but_problems_is_given_up(tmp_path):
    """Beyond a hundred thousand problems nobody corrects cells one by one."""
    lines = [",".join(HEADER), *("A,B" for _ in range(120_000))]
    read_in = read(tmp_path, "\n".join(lines), "roster.csv")
    assert not read_in.people
    assert any("more than 100,000 problems" in problem.reason for problem in read_in.problems)
