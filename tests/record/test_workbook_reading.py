"""Workbooks as the outside world writes them: every legal way of writing a cell, and every hostile one, in words."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from click.testing import CliRunner

from seskit.desk.cli import main
from seskit.law.facts import FactError
from seskit.record import roster
from seskit.record.people_import import rows as export_rows
from seskit.record.roster import workbook
from seskit.record.roster.number_formats import described, shown
from seskit.record.roster.sheets import Refusal
from seskit.record.roster.values import UNCALCULATED
from tests import office
from tests import sheet_xml as xml
from tests.extent import some
from tests.roster_heads import HEADER as HEADS

HEADER = list(HEADS)
ROW = ["A1", "Avery Adams", "main", "Programs", "no", "career", "4", "129800", "129800", "3", "2002-11-15", *[""] * 5]
AWARD, PAY, DATE = HEADER.index("award"), HEADER.index("basic_pay_fy_end"), HEADER.index("rating_date")
AGENCY = """code: FLD
name: Field Test Agency
fiscal_year: 2002
plans:
  - id: main
    name: SES performance plan
    pattern: H
    appraisal_period: {from: 2001-10-01, to: 2002-09-30}
    awards: {status: none, ratings_final_on: 2002-11-20}
    pool_basis: aggregate
"""


def read(tmp_path, content, name="roster.xlsx"):
    (tmp_path / name).write_bytes(content)
    return roster.read(tmp_path / name)


def with_cell(column, cell, row=ROW):
    """The XML rows of a roster of one person, one cell written out."""
    cells = [xml.text(value) if value else "<c/>" for value in row]
    cells[HEADER.index(column)] = cell
    return xml.texts([HEADER]) + xml.row(cells)


def one(tmp_path, column, cell, codes=(), **more):
    """A roster of one person with one cell written out, read."""
    return read(tmp_path, xml.book(xml.sheet(with_cell(column, cell)), styles=xml.styles(codes), **more))


def problem(read_in):
    (found,) = read_in.problems
    return found


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="n"><v>9100</v></c>',
        "<c t='n'><v>9100</v></c>",
        "<c s='0' r='L2' t='n'><v>9100</v></c>",
        '<c\n r = "L2"\t><v >9100</v ></c >',
        '<c><f>A2</f><v>9100</v></c>',
        '<c><v><![CDATA[9100]]></v></c>',
        "<c><v>91<!-- a remark -->00</v></c>",
        '<c t="str"><f>"9100"</f><v>9100</v></c>',
        '<c t="inlineStr"><is><r><t>91</t></r><r><rPr/><t>00</t></r><rPh sb="0" eb="1"><t>5</t></rPh></is></c>',
        '<c t="s"><v>0</v></c>',
        '<c t="s"><v>1</v></c>',
        "<c><v>9.1E3</v></c>",
        "<c><v>9100.0000000000001</v></c>",
        f'<x:c xmlns:x="{xml.MAIN}"><x:v>9100</x:v></x:c>',
        '<c><extLst><ext><c><v>5</v></c></ext></extLst><v>9100</v></c>',
    ],
)  # fmt: skip
def test_one_amount_in_every_legal_way_of_writing_a_cell(tmp_path, cell):
    """Order, quotes, spaces, prefixes, addresses left out, shared, rich and inline texts: all the same to a person."""
    shared = xml.shared(["<t>9100</t>", "<r><t>9</t></r><r><t>100</t></r><rPh><t>7</t></rPh>"])
    read_in = one(tmp_path, "award", cell, shared=shared)
    assert not read_in.problems
    assert read_in.people[0].award == 9100


@pytest.mark.parametrize("cell", ['<c t="e"><v>#N/A</v></c>', "<c t='e'><v>#REF!</v></c>", '<c r="L2" s="3" t="e"/>', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>'])  # fmt: skip
@pytest.mark.parametrize("column", ["award", "name", "plan", "person_id", "component", "rating_date"])
def test_an_error_cell_is_an_error_in_every_column(tmp_path, cell, column):
    """No failed formula becomes a blank, a name or an id."""
    found = problem(one(tmp_path, column, cell.replace("L2", f"{'ABCDEFGHIJKLMNOP'[HEADER.index(column)]}2")))
    assert (found.row, found.column, found.severity) == (2, column, "error")
    assert "error of the spreadsheet" in found.reason


@pytest.mark.parametrize(
    "word", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:502", "########"]
)
@pytest.mark.parametrize("column", ["award", "name", "plan", "component"])
def test_an_error_saved_as_text_is_an_error_too(tmp_path, word, column):
    """A CSV file holds the word alone."""
    cells = dict(zip(HEADER, ROW, strict=True)) | {column: word}
    content = "\n".join([",".join(HEADER), ",".join(cells.values())]).encode()
    found = problem(read(tmp_path, content, "roster.csv"))
    assert (found.row, found.column) == (2, column)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("<c><f>A1</f></c>", "formula without a stored value"),
        ("<c><f>A1</f><v></v></c>", "formula without a stored value"),
        ("<c><f>A1</f><v/></c>", "formula without a stored value"),
        ('<c t="str"><f>A1</f></c>', "formula without a stored value"),
        ('<c><f t="shared" si="0"/></c>', "formula without a stored value"),
        ('<c t="str"><f>A1</f><v></v></c>', ""),
        ('<c t="str"><f>A1</f><v/></c>', ""),
        ("<c><v></v></c>", ""),
        ('<c s="1"/>', ""),
        ('<c t="inlineStr"><is><t></t></is></c>', ""),
        ('<c t="s"><v>5</v></c>', "the text of cell L2 is not there"),
        ('<c t="s"><v>-1</v></c>', "the text of cell L2 is not there"),
        ('<c t="zzz"><v>1</v></c>', "of an unknown kind"),
        ('<c r="M9"><v>1</v></c>', "cell M9 is in row 2"),
        ('<c r="A2"><v>1</v></c>', "cell A2 appears twice"),
        ('<c r="12"><v>1</v></c>', "a cell's address is '12'"),
        ('<c r="XFE2"><v>1</v></c>', "more than 16,384 columns"),
    ],
)
def test_a_cell_is_blank_or_refused_never_blank_by_mistake(tmp_path, cell, said):
    """An empty text that is stored is a blank; a value that is not there, or is in two places, is named."""
    read_in = one(tmp_path, "award", cell)
    if said:
        assert not read_in.people or read_in.is_bad(2, "award")
        assert said in problem(read_in).reason
    else:
        assert not read_in.problems
        assert read_in.people[0].award is None


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("124", "00000", "00124"), ("124", "000000", "000124"), ("7", '"K-"000', "K-007"), ("7", "K\\-000", "K-007"), ("1234567", "000-0000", "123-4567"),
        ("124", "General", "124"), ("124", "0", "124"), ("1234", "#,##0", "1234"), ("124", "@", "124"), ("124", 49, "124"), ("12345678901", 0, "12345678901"),
    ],
)  # fmt: skip
def test_an_id_is_read_as_its_format_shows_it(tmp_path, number, code, text):
    """Zeros and signs that a format adds belong to the id; a thousands comma does not."""
    read_in = one(tmp_path, "person_id", xml.number(number, style=1), [code])
    assert not read_in.problems
    assert read_in.people[0].person_id == text


def test_a_formatted_id_meets_its_history(tmp_path):
    """The list of earlier ratings names the id as people see it."""
    content = xml.book(xml.sheet(with_cell("person_id", xml.number(124, style=1))), styles=xml.styles(["000000"]))
    (tmp_path / "roster.xlsx").write_bytes(content)
    (tmp_path / "history.csv").write_text("person_id,year,level,issued\n000124,2001,4,2001-11-15\n")
    read_in = roster.read(tmp_path)
    assert not read_in.problems
    assert read_in.history
    assert read_in.history.ratings["000124"][0].level == 4


@pytest.mark.parametrize("code", ["000-00-0000", "000\\-00\\-0000", '000"-"00"-"0000', "000\\ 00\\ 0000", "[<=999999999]000-00-0000", "###-##-####", "000-00-0000;@",
                                  '"***-**-"0000', "\\X\\X\\X-XX-0000"])  # fmt: skip
@pytest.mark.parametrize("column", ["person_id", "name", "award", "rating", "Extra"])
def test_a_number_under_the_social_security_format_is_one_whatever_its_digits(tmp_path, code, column):
    """In a column that is used or not: an error, and no digit of it is kept or shown."""
    rows = with_cell("award", "<c/>") if column == "Extra" else with_cell(column, xml.number(5551, style=1))
    if column == "Extra":
        rows = (
            rows.replace("</row><row>", xml.text("Extra") + "</row><row>").removesuffix("</row>")
            + xml.number(5551, style=1)
            + "</row>"
        )
    read_in = read(tmp_path, xml.book(xml.sheet(rows), styles=xml.styles([code])))
    assert [found.row for found in read_in.problems] == [2]
    assert "Social Security" in problem(read_in).reason
    assert "5551" not in repr(read_in)


@pytest.mark.parametrize(
    "code", [14, 15, 17, 22, 27, 30, 36, 57, 71, "yyyy-mm-dd", "dd/mm/yyyy;@", "[$-409]d-mmm-yy;@", "[$-407]TT.MM.JJJJ", "[$-F800]dddd, mmmm dd, yyyy",
             '[$-411]ggge"年"m"月"d"日"', "m/d/yy h:mm", "yyyy\\-mm\\-dd", "[$-40C]jj/mm/aaaa", 'd". "mmmm yyyy'],
)  # fmt: skip
@pytest.mark.parametrize(
    ("serial", "properties"),
    [
        (37575, ""),
        (36113, "<workbookPr date1904='true'/>"),
        (36113, '<workbookPr date1904="1"/><extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>'),
    ],
)
def test_a_day_is_a_day_in_every_format(tmp_path, code, serial, properties):
    """In the formats of every country, and counted from 1900 or from 1904."""
    read_in = one(tmp_path, "rating_date", xml.number(serial, style=1), [code], properties=properties)
    assert not read_in.problems
    assert read_in.people[0].rating_date == date(2002, 11, 15)


@pytest.mark.parametrize(
    ("cell", "codes", "kept"),
    [
        ('<c t="d"><v>2002-11-15</v></c>', [], True),
        ('<c t="d"><v>2002-11-15T00:00:00Z</v></c>', [], True),
        ('<c t="d"><v>2002-11-15T08:30:00</v></c>', [], False),
        (xml.number("37575.354166666664", style=1), [22], False),
        (xml.number("37575", style=1), ["[h]:mm"], False),
        (xml.number("37575"), [], False),
        (xml.number("-5", style=1), [14], False),
        (xml.number("60", style=1), [14], False),
        (xml.number("99999999", style=1), [14], False),
    ],
)
def test_what_is_no_day_is_named(tmp_path, cell, codes, kept):
    """A time of day, a number of hours, a number alone, a day that never was."""
    read_in = one(tmp_path, "rating_date", cell, codes)
    assert bool(read_in.problems) is not kept
    assert (read_in.people[0].rating_date == date(2002, 11, 15)) is kept


@pytest.mark.parametrize(
    ("held", "code", "award", "severity", "said"),
    [
        ("11358.637499999999", '"$"#,##0.00', None, "error", "$11,358.64"),
        ("11358.637499999999", "General", None, "error", "fraction of a cent"),
        ("9086.000000000002", '"$"#,##0.00', "9086.00", "", ""),
        ("9085.9999999999982", "General", "9086.00", "", ""),
        ("11358.64", '"$"#,##0', "11358.64", "warning", "it shows $11,359"),
        ("11000", '"$"#,##0', "11000", "", ""),
        ("11000", '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', "11000", "", ""),
        ("129800", "#,##0,", "129800", "warning", "it shows 130"),
        ("9100", ";;;", "9100", "warning", "it shows nothing"),
        ("0.07", "0%", None, "error", "not an amount"),
        ("-5", "#,##0_);(#,##0)", None, "error", "negative"),
        ("11358.125", "0.00", None, "error", "11358.13"),
    ],
)
def test_an_amount_is_what_is_shown_or_both_are_said(tmp_path, held, code, award, severity, said):
    """Binary noise is nothing; any other difference between shown and held is named with both values."""
    read_in = one(tmp_path, "award", xml.number(held, style=1), [code])
    assert [(found.row, found.column, found.severity) for found in read_in.problems] == (
        [(2, "award", severity)] if severity else []
    )
    assert said in "".join(map(str, read_in.problems))
    assert read_in.people[0].award == (None if award is None else Decimal(award))


@pytest.mark.parametrize(
    ("held", "code", "text"),
    [
        ("11358.637499999999", '"$"#,##0.00', "$11,358.64"), ("1234567.5", "[$$-409]#,##0.00;[Red]\\-[$$-409]#,##0.00", "$1,234,567.50"),
        ("-5", "#,##0_);(#,##0)", "(5)"), ("-5", "0.0", "-5.0"), ("0.0483", "0.0%", "4.8%"), ("0", '0;-0;"none"', "none"), ("5", ";;;", ""),
        ("0.5", "#.##", ".5"), ("5", "0.0#", "5.0"), ("5", "#.##", "5"), ("1234.5", "#,##0.00\\ [$€-407]", "1,234.50 €"), ("0.5", "0", "1"), ("2.5", "0", "3"),
        ("1999.995", "#,##0.00", "2,000.00"), ("123", "0.00,", "0.12"), ("1", '"a;b"0', "a;b1"), ("1", "\\;0", ";1"),
    ],
)  # fmt: skip
def test_numbers_are_shown_as_a_spreadsheet_shows_them(held, code, text):
    """Grouping, rounding half up, percent, currency, signs, and parts for less than zero and zero."""
    assert shown(held, described(code)) == text


def sheets(**named):
    return {name: xml.sheet(xml.texts([HEADER, [person, *ROW[1:]]])) for name, person in named.items()}


@pytest.mark.parametrize(
    ("named", "states", "read_name"),
    [
        ({"Roster": "A1", "Cover": "A1"}, {}, "A1"),
        ({"People": "A1", "Other": "B1"}, {"Other": "hidden"}, "A1"),
        ({"roster": "B1", "People": "A1"}, {"roster": "hidden"}, "A1"),
        ({"roster": "B1", "People": "A1"}, {"roster": "veryHidden"}, "A1"),
        ({"Old": "B1", "People": "A1"}, {"Old": "hidden"}, "A1"),
        ({"Old": "B1", "roster": "A1"}, {"Old": "hidden", "roster": "hidden"}, "A1"),
    ],
)
def test_a_hidden_sheet_never_wins_and_what_was_read_is_said(tmp_path, named, states, read_name):
    """The visible sheet named roster, else the first visible one; every hidden one is named."""
    read_in = read(tmp_path, xml.book(sheets(**named), states=states))
    assert [person.person_id for person in read_in.people] == [read_name]
    said = " ".join(read_in.notes)
    assert "2 sheets" in said
    assert all(f"'{name}'" in said for name in states)


def test_a_formula_in_a_cell_of_text_needs_its_stored_value(tmp_path):
    """Inside a cell that keeps its own text, too: none is refused, an empty one is an empty cell."""
    without, empty = (f'<c t="inlineStr"><f>A1</f>{inside}</c>' for inside in ("", "<is><t/></is>"))
    assert "formula without a stored value" in problem(one(tmp_path, "award", without)).reason
    assert not one(tmp_path, "award", empty).problems


@pytest.mark.parametrize("code", ["00-0000000", '"K-"0', '0.0,"K"'])
def test_nine_digits_held_under_a_format_that_shows_others_are_refused(tmp_path, code):
    """A person's number is looked at as it is held and as it is shown."""
    digits = str(900_000_000 + 124_567)
    found = problem(one(tmp_path, "person_id", xml.number(digits, style=1), [code]))
    assert (found.row, found.column) == (2, "person_id")
    assert "Social Security number" in found.reason
    assert digits not in str(found)


def test_only_the_sheet_that_is_read_decides(tmp_path):
    """Errors, formulas and size of another sheet are nobody's business."""
    other = xml.sheet('<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row><row><c><f>A1</f></c></row><')
    read_in = read(tmp_path, xml.book({"roster": xml.sheet(xml.texts([HEADER, ROW])), "Notes": other}))
    assert not read_in.problems
    assert len(read_in.people) == 1


def test_hidden_rows_columns_filters_and_merged_cells_are_read_and_said(tmp_path):
    """A person who filtered the sheet sees fewer rows than are counted."""
    rows = xml.texts([HEADER, ROW]) + xml.row([xml.text(value) for value in ["A2", *ROW[1:]]], more=' hidden="1"')
    before = '<cols><col min="4" max="5" hidden="1"/><col min="8" max="8" width="0.0"/><col min="90" max="16384" hidden="1"/></cols>'
    rows = rows + xml.row([xml.text(value) for value in ["A3", *ROW[1:9], "", *ROW[10:]]])
    after = '<autoFilter ref="A1:P3"><filterColumn colId="0"/></autoFilter><mergeCells><mergeCell ref="J2:J4"/></mergeCells>'
    read_in = read(tmp_path, xml.book(xml.sheet(rows, before, after)))
    assert len(read_in.people) == 3
    assert [(one.row, one.column, one.reason.split(",")[0]) for one in read_in.problems if one.severity == "error"] == [
        (3, None, "the row is hidden in the workbook"),
        (4, "rating", "the cell is merged with that of row 2"),
    ]
    said = " ".join(read_in.notes)
    assert "hidden by a filter was read like the others: row 3." in said
    assert "Hidden columns of the sheet were read like the others: D, E, H." in said
    assert "J2:J4" in said


def test_people_on_another_visible_sheet_are_asked_about(tmp_path):
    """In whatever order and with whatever headings; not the same people again, nor a list of others or a sheet of sums."""
    fewer = [["Rating", "Appt Type", "Employee No."], ["3", "Noncareer", "B-7"]]
    others = {
        "Noncareer": (fewer, "1 executive not on the sheet 'roster'"),
        "Again": ([fewer[0], ["3", "Career", "A1"]], ""),
        "Phones": ([["Employee No.", "Name", "Office"], ["B7", "Ida", "Water"]], ""),
        "Sums": ([fewer[0], ["4", "9", "count"]], ""),
    }
    for name, (table, said) in others.items():
        book = xml.book({name: xml.sheet(xml.texts(table)), "roster": xml.sheet(xml.texts([HEADER, ROW]))})
        reasons = [one.reason for one in read(tmp_path, book).problems]
        assert (said in reasons[0]) if said else not reasons, (name, reasons)


def test_notes_are_printed_by_the_command(tmp_path):
    """Not only filed: a person at the command line reads them."""
    (tmp_path / "roster.xlsx").write_bytes(xml.book(sheets(Cover="A1", Old="B1"), states={"Old": "hidden"}))
    (tmp_path / "agency.yaml").write_text(AGENCY)
    for command in (
        ["check", str(tmp_path)],
        ["report", str(tmp_path), "--out", str(tmp_path / "out"), "--format", "json,html"],
    ):
        said = CliRunner().invoke(main, command).output
        assert "Note: The workbook has 2 sheets; 'Cover' was read." in said
        assert "Note: Hidden sheets, not read: 'Old'." in said
    assert "Cover" in (tmp_path / "out" / "forms.html").read_text()


@pytest.mark.parametrize("code", ["0", "0.00", "00000", "#,##0,,", "0%", "0.0%%", "0." + "0" * 500, "0" * 900, 14, 22, 46, 45, "[h]:mm", "# ?/?", "0.0E+0"])  # fmt: skip
@pytest.mark.parametrize(
    "number", ["9" * 40, "1e308", "-1e308", "1e-308", "1e400", "-0", "0.1", "2958466", "-1", "1.5"]
)
@pytest.mark.parametrize("column", ["award", "rating_date", "person_id"])
def test_a_number_of_any_size_in_any_format_is_a_cell(tmp_path, code, number, column):
    """It may be a wrong one; it never ends the reading."""
    assert len(one(tmp_path, column, xml.number(number, style=1), [code]).people) == 1


@pytest.mark.parametrize(
    ("text", "column", "severity", "kept"),
    [
        ("\uff11\uff12\uff19\uff18\uff10\uff10", "award", "error", None),
        ("\u0661\u0662\u0663", "award", "error", None),
        ("9100\u00a0", "award", "error", None),
        ("\u00a0", "award", "error", None),
        ("\u3000", "rating", "error", None),
        ("ca\u200breer", "appointment_type", "error", None),
        ("A1\u200b", "person_id", "error", None),
        ("A\uff11", "person_id", "error", None),
        ("ma\u00adin", "plan", "error", None),
        ("\u2800", "award", "error", None),
        ("Avery\u00a0Adams", "name", "warning", "Avery Adams"),
        ("Avery\u200b Adams", "name", "warning", "Avery Adams"),
        ("\u00a0", "name", "warning", None),
        ("Avery \u202eAdams", "name", "error", None),
        ("Avery \x1b[31mAdams", "name", "error", None),
        ("Ren\u00e9 O\u2019Neill", "name", "", "Ren\u00e9 O\u2019Neill"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_characters_that_cannot_be_seen_are_named_never_taken_or_dropped(tmp_path, text, column, severity, kept, kind):
    """Digits of other scripts, blanks that are none, no width, control: an error, or in free words a warning."""
    cells = dict(zip(HEADER, ROW, strict=True)) | {column: text}
    if kind == "xlsx":
        escaped = {name: value.replace("\x1b", "_x001B_") for name, value in cells.items()}
        content = xml.book(xml.sheet(xml.texts([HEADER, list(escaped.values())])))
    else:
        content = "\n".join([",".join(HEADER), ",".join(cells.values())]).encode()
    read_in = read(tmp_path, content, f"roster.{kind}")
    assert [(found.row, found.column, found.severity) for found in read_in.problems] == (
        [(2, column, severity)] if severity else []
    )
    if severity:
        assert "U+" in problem(read_in).reason
        assert all(str(found).isprintable() for found in read_in.problems)
    assert getattr(read_in.people[0], column) == kept


@pytest.mark.parametrize("column", ["person_id", "year", "level", "issued"])
@pytest.mark.parametrize(
    "text", ["9" * 5000, "\u0662\u0660\u0660\u0661", "#N/A", "2001\u00a0", "1e308", "-0", "\x1b", '"a\nb"']
)
def test_an_odd_cell_of_a_list_is_a_problem_with_its_place(tmp_path, column, text):
    """The lists beside the roster are read with the same care."""
    (tmp_path / "roster.csv").write_text("\n".join([",".join(HEADER), ",".join(ROW)]))
    cells = {"person_id": "A1", "year": "2001", "level": "4", "issued": "2001-11-15"} | {column: text}
    (tmp_path / "history.csv").write_text("\n".join([",".join(cells), ",".join(cells.values())]))
    assert {(found.row, found.column) for found in roster.read(tmp_path).problems} == {(2, column)}


@pytest.mark.parametrize("name", ["roster.csv", "history.csv"])
def test_no_terminal_escape_of_a_file_is_printed(tmp_path, name):
    """In headers, cells, and notes about them."""
    header, row = (
        (HEADER, ROW) if name == "roster.csv" else (["person_id", "year", "level", "issued"], ["A1", "2001", "4", ""])
    )
    content = "\n".join([",".join([*header, "\x1b[31mX\u202e"]), ",".join([*row, "\x1b]0;x\x07"]), "\x1b,\x9b"])
    (tmp_path / "roster.csv").write_text("\n".join([",".join(HEADER), ",".join(ROW)]))
    (tmp_path / name).write_bytes(content.encode())
    (tmp_path / "agency.yaml").write_text(AGENCY)
    said = CliRunner().invoke(main, ["check", str(tmp_path)]).output
    assert said
    assert all(line.isprintable() for line in said.splitlines())
    assert all(note.isprintable() for note in roster.read(tmp_path).notes)


def test_escapes_of_the_format_are_the_characters_they_stand_for(tmp_path):
    """_x000D_ is a line end; a control character is named, not printed."""
    read_in = one(tmp_path, "component", xml.text("Office_x000D_\nof Programs"))
    assert not read_in.problems
    assert read_in.people[0].component == "Office\nof Programs"


ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    ("part", "change", "said"),
    [
        ("xl/worksheets/s1.xml", lambda text: text.replace("?>", f"?>{ENTITY}"), "declares entities"),
        ("xl/workbook.xml", lambda text: ENTITY + text, "declares entities"),
        ("xl/worksheets/s1.xml", lambda text: text.replace("<sheetData>", "<a>" * 200 + "<sheetData>"), "damaged"),
        (
            "xl/worksheets/s1.xml",
            lambda text: text.replace("<sheetData>", f'<a b="{"x" * 5_000_000}"/><sheetData>'),
            "damaged",
        ),
        (
            "xl/worksheets/s1.xml",
            lambda text: text.replace("<sheetData>", f"<!--{'x' * 5_000_000}--><sheetData>"),
            "damaged",
        ),
        ("xl/worksheets/s1.xml", lambda text: text[:-40], "damaged"),
        ("xl/worksheets/s1.xml", lambda text: text.replace("Avery Adams", "x" * 40_000), "longer than 32,767"),
        ("xl/worksheets/s1.xml", lambda text: text.replace("<row>", '<row r="5">'), "twice or is out of order"),
        ("xl/worksheets/s1.xml", lambda text: text.replace("<row>", '<row r="1048577">'), "the last can be"),
        ("xl/worksheets/s1.xml", lambda _: "", "damaged"),
        ("xl/workbook.xml", lambda text: text.replace("<sheet ", "<sheat "), "no sheet"),
        ("xl/workbook.xml", lambda text: text.replace('r:id="r1"', 'r:id="r7"'), "no sheet"),
        ("xl/_rels/workbook.xml.rels", lambda text: text.replace("s1.xml", "s9.xml"), "a part is not there"),
        ("xl/_rels/workbook.xml.rels", lambda text: text.replace("/worksheet", "/chartsheet"), "no sheet"),
        ("_rels/.rels", lambda text: text.replace("xl/workbook.xml", "x.xml"), "not an .xlsx workbook"),
    ],
)
def test_a_hostile_or_damaged_part_is_refused_in_words(tmp_path, part, change, said):
    """Entities, depth, sizes, ends that are missing: one sentence, at once."""
    with zipfile.ZipFile(_written(tmp_path, xml.book(xml.sheet(xml.texts([HEADER, ROW]))))) as archive:
        contents = {name: archive.read(name).decode() for name in archive.namelist()}
    read_in = read(tmp_path, xml.zipped(contents | {part: change(contents[part])}))
    assert not read_in.people
    assert said in problem(read_in).reason


def _written(tmp_path, content) -> Path:
    (tmp_path / "made.zip").write_bytes(content)
    return tmp_path / "made.zip"


def test_an_archive_of_a_million_parts_is_refused_before_they_are_listed(tmp_path):
    """Only the directory is there, and it is longer than any workbook's."""
    entry = b"PK\x01\x02" + bytes(24) + b"\x01\x00" + bytes(16) + b"a"
    directory = entry * 120_000
    end = (
        b"PK\x05\x06"
        + bytes(4)
        + b"\xff\xff\xff\xff"
        + len(directory).to_bytes(4, "little")
        + (4).to_bytes(4, "little")
        + b"\0\0"
    )
    assert "too many parts" in problem(read(tmp_path, b"PK\x03\x04" + directory + end)).reason


@pytest.mark.parametrize(("parts", "said"), [({"mimetype": "x", "content.xml": "x"}, "OpenDocument"), ({"xl/workbook.bin": "x"}, ".xlsb"), ({"a": "b"}, "not an .xlsx")])  # fmt: skip
def test_another_kind_of_file_is_named(tmp_path, parts, said):
    """So that the person knows what to save instead."""
    assert said in problem(read(tmp_path, xml.zipped(parts))).reason


@pytest.mark.parametrize(
    ("begins", "kind"),
    [
        (b'\xef\xbb\xbf\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>', "a web page"),
        ("<!DOCTYPE HTML PUBLIC><HTML>".encode("utf-16"), "a web page"),
        (b"<TABLE border=1><tr><td>person_id", "a web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "a web page kept in one file"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="x">',
            "an XML spreadsheet",
        ),
        (b'<?xml version="1.0"?><ROWSET><ROW>', "XML"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "a SYLK spreadsheet"),
        (b"{\\rtf1\\ansi", "a Rich Text document"),
        (b"%PDF-1.7\n", "a PDF"),
        (b'[\n {"person_id": "X1"', "JSON"),
    ],
)
def test_a_file_that_is_called_a_table_and_is_none_is_named(tmp_path, begins, kind):
    """Many personnel systems export a web page as .xls: said for a roster and for an export."""
    (tmp_path / "roster.csv").write_bytes(begins)
    assert f"the file is {kind}" in problem(roster.read(tmp_path)).reason
    with pytest.raises(FactError, match=f"'roster.csv': the file is {kind}.*Open it in your spreadsheet program"):
        export_rows.read(tmp_path / "roster.csv", [])


def test_a_table_between_semicolons_that_begins_like_another_file_is_read(tmp_path):
    """ID;Plan is how a SYLK spreadsheet begins, too; what follows tells them apart."""
    (tmp_path / "roster.csv").write_text("ID;Plan;Rating\n0012;main;4\n", encoding="utf-8")
    assert export_rows.read(tmp_path / "roster.csv", [])[1] == ["0012", "main", "4"]


@pytest.mark.parametrize("folder", some(["xl/worksheets", "xl/data", "sheets", "XL/Worksheets"], 2))
def test_a_sheet_may_be_stored_anywhere(tmp_path, folder):
    """The workbook says where; the guards hold there, too."""
    assert len(read(tmp_path, xml.book(xml.sheet(xml.texts([HEADER, ROW])), folder=folder)).people) == 1
    stray = xml.sheet(xml.texts([HEADER]) + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>")
    assert "16,384 columns" in problem(read(tmp_path, xml.book(stray, folder=folder))).reason


def test_cells_with_nothing_in_them_far_away_do_not_matter(tmp_path):
    """A sheet formatted to its last row is as large as what is written on it."""
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert len(read(tmp_path, xml.book(xml.sheet(xml.texts([HEADER, ROW]) + far))).people) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_in_another_encoding_is_read(tmp_path, encoding):
    """As its first line says."""
    sheet = xml.sheet(xml.texts([HEADER, ROW])).replace('"1.0"?', f'"1.0" encoding="{encoding}"?')
    with zipfile.ZipFile(_written(tmp_path, xml.book("x"))) as archive:
        contents: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    read_in = read(tmp_path, xml.zipped(contents | {"xl/worksheets/s1.xml": sheet.encode(encoding)}))
    assert len(read_in.people) == 1


def values() -> list[object]:
    return [
        "A1",
        "Avery Adams",
        "main",
        "Programs",
        "no",
        "career",
        4,
        129800,
        129800.5,
        3,
        date(2002, 11, 15),
        9100,
        None,
        None,
        None,
        None,
    ]


def by_openpyxl(path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(values())
    book.active.auto_filter.ref = "A1:P2"
    book.active["L2"].number_format = '"$"#,##0.00'
    book.save(path)


def by_xlsxwriter(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "d mmmm yyyy"}) as book:
        sheet = book.add_worksheet("Roster")
        sheet.write_row(0, 0, HEADER)
        for column, value in enumerate(values()):
            if isinstance(value, date):
                sheet.write_datetime(1, column, datetime.combine(value, datetime.min.time()))
            elif value is not None:
                sheet.write(1, column, value)
        sheet.write_formula(1, AWARD, "=H2*0+9100", None, 9100)
        sheet.write_formula(1, AWARD + 1, '=IF(1>2,"yes","")', None, "")


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_workbooks_of_other_writers_are_read(tmp_path, write):
    """Those that report tools use."""
    write(tmp_path / "roster.xlsx")
    read_in = roster.read(tmp_path)
    if write is by_xlsxwriter:
        assert "holds a formula without a stored value" in problem(read_in).reason
        return
    _as_it_should(read_in)


def _as_it_should(read_in) -> None:
    assert not read_in.problems
    (person,) = read_in.people
    assert (person.person_id, person.rating_date, person.award) == ("A1", date(2002, 11, 15), 9100)
    assert (person.basic_pay_period_end, person.es_level, person.pay_decreased) == (Decimal("129800.5"), 4, None)


def converted(tmp_path: Path, source: Path, to: str) -> Path:
    """The file opened by LibreOffice and saved in another format."""
    (made,) = office.converted(to, tmp_path / "converted", source)
    return made


@pytest.mark.slow
@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("to", some(["xlsx", "csv"], 1))
def test_what_libreoffice_saves_is_read_and_its_advice_works(tmp_path, write, to):
    """Also for the workbook whose formula had no stored value: opened and saved, it is read."""
    write(tmp_path / "roster.xlsx")
    _as_it_should(roster.read(converted(tmp_path, tmp_path / "roster.xlsx", to)))


@pytest.mark.slow
def test_an_uncalculated_workbook_is_read_after_the_advice_is_followed(tmp_path):
    """A workbook without values: refused; saved by LibreOffice: the amounts, and blanks where the text is empty."""
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for row, rating in ((2, 5), (3, 3)):
        book.active.append(
            [f"A{row}", *values()[1:9], rating, date(2002, 11, 15), f'=IF(J{row}>4,ROUND(H{row}*0.07,0),"")']
        )
    book.save(tmp_path / "roster.xlsx")
    refused = roster.read(tmp_path / "roster.xlsx").problems
    assert [(one.row, one.column) for one in refused] == [(2, "award"), (3, "award")]
    assert "LibreOffice" in refused[0].fix
    read_in = roster.read(converted(tmp_path, tmp_path / "roster.xlsx", "xlsx"))
    assert not read_in.problems
    assert [person.award for person in read_in.people] == [9086, None]


@pytest.mark.slow
def test_an_opendocument_file_is_refused_by_its_name(tmp_path):
    """The sentence says what to save instead."""
    by_openpyxl(tmp_path / "roster.xlsx")
    made = converted(tmp_path, tmp_path / "roster.xlsx", "ods")
    assert "OpenDocument" in problem(roster.read(made)).reason


def test_sheets_as_values_and_their_refusal():
    """Finished forms and scoring sheets are opened by the same reader, numbers and days as they are held."""
    cells = [
        xml.text("a"),
        xml.number("4.5"),
        xml.number(37575, style=1),
        '<c t="b"><v>1</v></c>',
        '<c t="e"><v>#N/A</v></c>',
        "<c><f>1</f></c>",
        xml.number(1),
    ]
    content = xml.book({"One": xml.sheet(xml.row(cells)), "Two": xml.sheet("")}, styles=xml.styles([14]))
    assert workbook.tables(content) == {
        "One": [["a", 4.5, date(2002, 11, 15), True, "#N/A", UNCALCULATED, 1.0]],
        "Two": [],
    }
    with pytest.raises(Refusal, match="damaged"):
        workbook.tables(b"PK no workbook")


def test_a_large_workbook_is_quick(tmp_path):
    """Eight thousand people, every cell written out with its style."""
    import time

    rows = "".join(
        xml.row([xml.text(cell, f"{chr(65 + place)}{number}", 1) for place, cell in enumerate([f"A{number}", *ROW[1:]])], number) for number in range(2, 8002)
    )  # fmt: skip
    content = xml.book(
        xml.sheet(xml.row([xml.text(name) for name in HEADER], 1) + rows), styles=xml.styles(["General"])
    )
    start = time.process_time()
    assert len(read(tmp_path, content).people) == 8000
    assert time.process_time() - start < 15
