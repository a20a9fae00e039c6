"""People in: every problem at once, each with row, column, value, reason and what to do; nothing repaired or dropped."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from seskit.law.facts import Unreadable
from seskit.record import roster
from seskit.record.people_import import rows as export_rows
from seskit.record.roster import COLUMNS
from seskit.record.roster.sheets import LONGEST_CELL
from tests.roster_heads import HEADER as HEADS

HEADER = ",".join(HEADS)
ROW = "A1,Avery Adams,main,Programs,no,career,4,129800,129800,3,2002-11-15,,,,,"


def read(tmp_path, content, name="roster.csv"):
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return roster.read(file)


def found(problems):
    return {(problem.row, problem.column) for problem in problems}


def test_a_plain_row_is_read():
    """Amounts, dates, yes or no, levels: each cell as its kind."""
    columns = COLUMNS
    assert columns["award"].read("$12,980.50") == columns["award"].read("12980.5")
    assert str(columns["rating_date"].read("11/15/2002")) == "2002-11-15"


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{ROW}\n",
        f"\ufeff{HEADER}\r\n{ROW}\r\n",
        f"{HEADER}\n{ROW}".replace(",", ";"),
        f"{HEADER}\n{ROW}".replace(",", "\t"),
        f"{HEADER}\n{ROW}\n".encode("utf-16"),
        f"{HEADER.replace('_', ' ').title()}\n{ROW}\n",
        f"{HEADER}\n\n  ,,\n{ROW}\n\n",
        f"\ufeffsep=|\r\n{HEADER}\r\n{ROW}\r\n".replace(",", "|"),
        f"SEP=;\n{HEADER}\n{ROW}\n".replace(",", ";").encode("utf-16"),
        f'{HEADER}\n="A1",{ROW.partition(",")[2]}\n',
        f'{HEADER}\n"=""A1""",{ROW.partition(",")[2]}\n',
    ],
    ids=[
        "plain",
        "bom",
        "semicolons",
        "tabs",
        "utf-16",
        "spoken headers",
        "blank lines",
        "named separator",
        "named in utf-16",
        "formula of text",
        "quoted formula of text",
    ],
)
def test_files_as_spreadsheet_programs_save_them(tmp_path, content):
    """Byte order marks, separators, blank lines, spaced headers, and numbers kept as ="A1" change nothing; nor does an export."""
    read_in = read(tmp_path, content)
    assert not read_in.problems
    exported = [row for row in export_rows.read(tmp_path / "roster.csv", []) if any(row)]
    assert (len(exported), exported[1][0]) == (2, "A1")
    assert [person.person_id for person in read_in.people] == ["A1"]
    assert read_in.people[0].basic_pay_fy_end == 129800


def test_windows_1252_is_read_and_said(tmp_path):
    """A file that is not UTF-8 is read as Windows-1252, with a note."""
    read_in = read(tmp_path, f"{HEADER}\n{ROW.replace('Avery', 'René')}\n".encode("cp1252"))
    assert read_in.people[0].name == "René Adams"
    assert "Windows-1252" in read_in.notes[0]


def test_a_late_byte_that_is_not_utf8_changes_the_reading_of_the_whole_file(tmp_path):
    """The encoding is settled before the first row, however long the file is."""
    lines = [ROW.replace("A1", f"A{n}") for n in range(3000)] + [ROW.replace("A1", "Z").replace("Avery", "René")]
    read_in = read(tmp_path, "\n".join([HEADER, *lines]).encode("cp1252"))
    assert read_in.people[-1].name == "René Adams"


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path):
    """Blank lines count; a value with a line break is one row."""
    body = f"{HEADER}\n\n{ROW.replace('Avery Adams', chr(34) + 'Avery' + chr(10) + 'Adams' + chr(34))}\n{ROW}\n"
    assert found(read(tmp_path, body).problems) == {(4, "person_id")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_that_was_cut_off_within_a_row_is_said_to_lack_rows(tmp_path, encoding):
    """A short last row alone, or a last row without a line end, is no such sign."""
    cut = ROW[: ROW.rindex(",", 0, -8)]
    for body, said in ((cut, True), (f"{cut}\n", False), (ROW, False)):
        read_in = read(tmp_path, f"{HEADER}\n{ROW}\n{body}".encode(encoding))
        assert any("ends in the middle of row 3" in note for note in read_in.notes) is said


def test_a_text_that_looks_like_a_formula_stays_text(tmp_path):
    """Nothing in a cell is evaluated or changed."""
    read_in = read(tmp_path, f"{HEADER}\n{ROW.replace('Avery Adams', '=1+1')}\n")
    assert read_in.people[0].name == "=1+1"
    assert not read_in.problems


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("appointment_type", "carreer", "not an appointment type"),
        ("appointment_type", "", "needed, and blank"),
        ("plan", " ", "needed, and blank"),
        ("person_id", "", "needed, and blank"),
        ("person_id", "900123456", "Social Security"),
        ("person_id", "900-12-3456", "Social Security"),
        ("name", "900-12-3456", "Social Security"),
        ("ig_office", "maybe", "neither yes nor no"),
        ("es_level", "0", "not an ES level"),
        ("basic_pay_fy_end", "$129,8OO", "not an amount"),
        ("basic_pay_fy_end", "0", "not a rate of pay"),
        ("basic_pay_period_end", "(129800)", "negative"),
        ("rating", "6", "not a rating level"),
        ("rating", "3.5", "not a rating level"),
        ("rating_date", "2002-02-30", "not a day in the calendar"),
        ("rating_date", "15.11.2002", "not a date"),
        ("award", "0", "not an award"),
        ("award", "1.000", "not an amount"),
        ("pay_decreased", "perhaps", "neither yes nor no"),
        ("removal_reason", "one_unsatisfactry", "not a reason for removal"),
    ],
)
def test_each_kind_of_wrong_cell_is_located(tmp_path, column, value, reason):
    """One fault, one problem, at its row and column, with something to do; the row is kept."""
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {column: value}
    read_in = read(tmp_path, f"{HEADER}\n{','.join(f'{chr(34)}{cell}{chr(34)}' for cell in cells.values())}\n")
    assert found(read_in.problems) == {(2, column)}
    problem = read_in.problems[0]
    assert reason in problem.reason or reason in str(problem)
    assert problem.fix
    assert "900" not in problem.value
    assert len(read_in.people) == 1
    assert getattr(read_in.people[0], column) is None


def test_a_near_miss_is_suggested(tmp_path):
    """The fix names the choice that was probably meant."""
    assert "'career'" in read(tmp_path, f"{HEADER}\n{ROW.replace('career', 'carreer')}\n").problems[0].fix


def test_an_ssn_column_is_refused_and_its_values_are_not_kept(tmp_path):
    """A Social Security number is never a column."""
    read_in = read(tmp_path, f"{HEADER},SSN\n{ROW},900-12-3456\n")
    assert found(read_in.problems) == {(1, "SSN")}
    assert not read_in.extra
    assert "900-12" not in repr(read_in)


def test_extra_columns_are_kept_and_reported(tmp_path):
    """What the report does not use is not lost."""
    read_in = read(tmp_path, f"{HEADER},Grade\n{ROW},ES\n")
    assert read_in.extra == {"Grade": ["ES"]}
    assert "Grade" in read_in.notes[0]
    assert not read_in.problems


def test_a_missing_column_is_named_with_the_header_that_may_have_meant_it(tmp_path):
    """A renamed header is not a silent blank column."""
    read_in = read(tmp_path, f"{HEADER.replace('appointment_type', 'appointmenttyp')}\n{ROW}\n")
    assert found(read_in.problems) == {(1, "appointment_type")}
    assert "appointmenttyp" in read_in.problems[0].fix


def test_a_column_that_stands_twice_is_refused(tmp_path):
    """Two columns of one name leave no doubt unsaid."""
    assert (1, "rating") in found(read(tmp_path, f"{HEADER},rating\n{ROW},3\n").problems)


@pytest.mark.parametrize(("row", "said"), [(ROW + ",1,2", "18 cells"), ("A1,Avery", "2 cells")])
def test_rows_of_another_length_are_reported(tmp_path, row, said):
    """A comma inside a value, or a cut line, is not shifted into place."""
    read_in = read(tmp_path, f"{HEADER}\n{row}\n")
    assert any(said in problem.reason and problem.row == 2 for problem in read_in.problems)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (bytes(range(256)) * 50, "not text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "not text"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "password"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"a,b,c\n1,2,3\n", "not a header"),
        (f'{HEADER}\n"never closed,{"x" * (LONGEST_CELL + 10)}\n'.encode(), "longer than"),
    ],
    ids=["empty", "blank", "binary", "png", "ole", "broken zip", "other table", "open quote"],
)
def test_a_file_that_cannot_be_a_roster_is_refused_in_words(tmp_path, content, said):
    """A clear refusal: why, and what to do; never a traceback."""
    read_in = read(tmp_path, content)
    assert not read_in.people
    assert said in read_in.problems[-1].reason
    assert read_in.problems[-1].fix


def test_a_missing_file_and_an_ambiguous_folder_are_refused(tmp_path):
    """No roster, or two of them."""
    assert "no roster.csv" in roster.read(tmp_path).problems[0].reason
    assert "not there" in roster.read(tmp_path / "x.csv").problems[0].reason
    (tmp_path / "roster.csv").write_text(HEADER)
    (tmp_path / "roster.xlsx").write_text("")
    assert "both" in roster.read(tmp_path).problems[0].reason


def workbook(rows, **parts):
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(out)
    if parts:
        with zipfile.ZipFile(out, "a") as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def test_a_workbook_is_read_like_its_csv(tmp_path):
    """Numbers, dates and text of a workbook become the same records."""
    row = ["A1", "Avery", "main", None, "no", "career", 4, 129800, 129800.5, 3, date(2002, 11, 15), None, True]
    read_in = read(tmp_path, workbook([HEADER.split(","), row]), "roster.xlsx")
    assert not read_in.problems
    person = read_in.people[0]
    assert (person.basic_pay_fy_end, str(person.basic_pay_period_end), person.es_level) == (129800, "129800.5", 4)
    assert str(person.rating_date) == "2002-11-15"
    assert person.pay_decreased is True


@pytest.mark.parametrize(
    ("moment", "kept"),
    [("2002-11-15T00:00", True), ("2002-11-15T14:30", False), ("2002-11-15T00:01", False)],
)
def test_a_day_of_a_workbook_may_end_in_midnight_and_in_no_other_time(tmp_path, moment, kept):
    """Spreadsheet programs keep a day as midnight; another time of day is refused in plain words."""
    row = ["A1", "Avery", "main", None, "no", "career", 4, 129800, 129800, 3, datetime.fromisoformat(moment)]
    read_in = read(tmp_path, workbook([HEADER.split(","), row]), "roster.xlsx")
    assert found(read_in.problems) == (set() if kept else {(2, "rating_date")})
    assert read_in.people[0].rating_date == (date(2002, 11, 15) if kept else None)
    if not kept:
        assert f"has a time of day, {moment[-5:]}:00, beside the date" in read_in.problems[0].reason


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2002-11-15 00:00:00", True),
        ("2002-11-15T00:00", True),
        ("11/15/2002 0:00", True),
        ("11/15/2002 12:00:00 AM", True),
        ("11/15/2002 12:00:00 PM", False),
        ("2002-11-15 08:00", False),
    ],
)
def test_a_day_written_with_its_midnight_is_that_day(written, kept):
    """As a CSV out of a spreadsheet program has it; never another hour."""
    if kept:
        assert COLUMNS["rating_date"].read(written) == date(2002, 11, 15)
    else:
        with pytest.raises(Unreadable, match="time of day"):
            COLUMNS["rating_date"].read(written)


def test_a_formula_without_a_stored_value_is_not_read_as_blank(tmp_path):
    """Such a cell would be dropped silently; it is refused with its place. Where nothing is read from it, it is no question."""
    row = [*ROW.split(",")[:7], "=100000+29800", *ROW.split(",")[8:], "=1/3"]
    read_in = read(tmp_path, workbook([[*HEADER.split(","), "Share"], row]), "roster.xlsx")
    assert [(one.row, one.column) for one in read_in.problems] == [(2, HEADER.split(",")[7])]


def test_macros_and_links_are_noted_and_not_followed(tmp_path):
    """The values are read; nothing is run or opened."""
    content = workbook([HEADER.split(","), ROW.split(",")], xl__vbaProject_bin="x")
    content = content.replace(b"xl/vbaProject_bin", b"xl/vbaProject.bin")
    read_in = read(tmp_path, content, "roster.xlsx")
    assert len(read_in.people) == 1
    assert any("macros" in note for note in read_in.notes)


@pytest.mark.parametrize(("part", "refused"), [("xl/worksheets/sheet1.xml", True), ("xl/media/a.xml", False)])
def test_a_zip_bomb_is_refused_without_being_opened(tmp_path, part, refused):
    """A sheet that unpacks to gigabytes is counted while it is unpacked, and refused; a part that is not read is not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook([HEADER.split(","), ROW.split(",")]))) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    start = contents.pop(part, b"").removesuffix(b"</worksheet>")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
        with archive.open(part, "w") as member:
            member.write(start)
            for _ in range(300):
                member.write(b" " * 2**20)
    read_in = read(tmp_path, out.getvalue(), "roster.xlsx")
    assert [problem for problem in read_in.problems if "unpack" in problem.reason] or not refused
    assert bool(read_in.people) is not refused


def test_one_stray_cell_far_away_does_not_fill_the_memory(tmp_path):
    """A sheet that spans billions of cells is refused with what to delete."""
    book = openpyxl.Workbook()
    book.active.append(HEADER.split(","))
    book.active["XFD1048576"] = 1
    book.save(tmp_path / "roster.xlsx")
    assert "1,048,576 rows by 16,384 columns" in roster.read(tmp_path).problems[0].reason


def test_a_fifty_megabyte_file_is_read(tmp_path):
    """Size alone is no reason to refuse."""
    pad = "x" * 400
    rows = "\n".join(ROW.replace("A1", f"A{n}").replace("Programs", pad) for n in range(110_000))
    read_in = read(tmp_path, f"{HEADER}\n{rows}\n")
    assert (tmp_path / "roster.csv").stat().st_size > 50_000_000
    assert len(read_in.people) == 110_000
    assert not read_in.problems


def test_a_cell_that_holds_an_error_is_not_read_as_blank(tmp_path):
    """A formula that failed has no value; it is an error with the row and column of the cell."""
    row = [*ROW.split(",")[:7], "#DIV/0!", *ROW.split(",")[8:]]
    read_in = read(tmp_path, workbook([HEADER.split(","), row]), "roster.xlsx")
    assert found(read_in.problems) == {(2, "basic_pay_fy_end")}
    assert "is an error of the spreadsheet" in read_in.problems[0].reason
    assert read_in.people[0].basic_pay_fy_end is None


def test_utf_16_that_breaks_off_is_refused(tmp_path):
    """A damaged end is said in words; the whole file is read."""
    whole = (HEADER + "\n" + ROW + "\n").encode("utf-16")
    assert len(read(tmp_path, whole).people) == 1
    assert "damaged" in read(tmp_path, whole[:-1]).problems[0].reason


@pytest.mark.parametrize(("amount", "kept"), [("9" * 13, True), ("1" + "0" * 13, False), ("9" * 40, False)])
def test_an_amount_of_many_digits_is_refused(tmp_path, amount, kept):
    """Thirteen digits are read exactly; more are a slip, located like any other."""
    row = ",".join([*ROW.split(",")[:7], amount, *ROW.split(",")[8:]])
    read_in = read(tmp_path, (HEADER + "\n" + row + "\n").encode())
    assert (read_in.problems == []) is kept
    assert read_in.people[0].basic_pay_fy_end is not None or read_in.people[0].basic_pay_period_end is not None
