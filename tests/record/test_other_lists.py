"""Lists beside the roster and workbooks read back, as spreadsheets leave them: the same content, or a question with its place."""

from __future__ import annotations

import pytest

from seskit.law.facts import FactError
from seskit.record.appraisal import actions_taken
from seskit.record.appraisal.plan_document import files as plans
from seskit.record.closeout import moves
from seskit.record.forms import back, stored
from seskit.record.forms.known import declared
from seskit.record.roster import history, lists
from seskit.record.roster.person_numbers import strangers
from seskit.record.roster.plain_sheets import plain
from seskit.record.roster.workbook import sheets
from tests import sheet_xml as xml

HISTORY = ["person_id", "year", "level", "issued"]
MOVES = ["person_id", "move", "effective_on", "agreed_on"]
ROWS = {
    "history": [HISTORY, ["01", "2022", "4", "2022-11-15"], ["02", "2022", "3", "2022-12-13"]],
    "moves": [MOVES, ["01", "transfer", "2024-05-15", "2024-05-14"], ["02", "removal", "2024-06-16", "2024-06-15"]],
}
STRUCK = (
    f'<styleSheet xmlns="{xml.MAIN}"><fonts><font/><font><strike/></font></fonts>'
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
)


def _read(folder, stem):
    """The rows and problems of a list, whichever of the two readers it has."""
    if stem == "moves":
        found = moves.read(folder)
        return len(found.people), [(one.row, one.severity, one.reason) for one in found.problems]
    listed = lists.read(lists.find(folder, stem), history.COLUMNS)
    return len(listed.records), [(one.row, one.severity, one.reason) for one in listed.problems]


def _marked(stem, how):
    head, *rows = ROWS[stem]
    style = 1 if how == "struck" else None
    more = ' hidden="1"' if how == "hidden" else ""
    first = xml.row([xml.text(value, style=style) for value in rows[0]], more=more)
    last = xml.texts([[*rows[1][:-1], ""] if how == "merged" else rows[1]])
    after = '<mergeCells><mergeCell ref="D2:D3"/></mergeCells>' if how == "merged" else ""
    return xml.book({stem: xml.sheet(xml.texts([head]) + first + last, after=after)}, styles=STRUCK)


@pytest.mark.parametrize("stem", ROWS)
def test_what_a_workbook_shows_beside_its_values_is_asked_in_every_list(tmp_path, stem):
    """A row that is hidden or struck through, and a cell that is merged with the one above, as in a roster."""
    for how, row in (("struck", 2), ("hidden", 2), ("merged", 3)):
        (tmp_path / f"{stem}.xlsx").write_bytes(_marked(stem, how))
        count, problems = _read(tmp_path, stem)
        assert count == 2
        assert [(at, severity, how in reason) for at, severity, reason in problems] == [(row, "error", True)]
        with pytest.raises(FactError, match=rf"row {row}"):
            stored.read(declared(stem), tmp_path)  # a form that saved it would lose the mark


@pytest.mark.parametrize("stem", ROWS)
def test_days_that_may_be_turned_about_are_in_question_in_every_list(tmp_path, stem):
    """One date with the day first brings the others into question; in a workbook also those that became days when it was opened."""
    head, *rows = [list(row) for row in ROWS[stem]]
    rows[0][-1], rows[1][-1] = "15/11/2022", "5/8/2022"
    (tmp_path / f"{stem}.csv").write_text("\n".join(map(",".join, [head, *rows])))
    found = [(severity, reason) for _, severity, reason in _read(tmp_path, stem)[1]]
    assert [severity for severity, _ in found] in (["warning", "error"], ["error", "warning"])
    assert "such as 5/8/2022, may also have the day first: 15/11/2022 does" in str(found)
    with pytest.raises(FactError, match="may also have the day first"):
        stored.read(declared(stem), tmp_path)  # a form that saved it would settle the question
    (tmp_path / f"{stem}.csv").unlink()
    rows[1][-1] = "2022-05-08"
    (tmp_path / f"{stem}.xlsx").write_bytes(xml.book({stem: xml.sheet(xml.texts([head, *rows]))}))
    assert "such as 2022-05-08, may also have the day first" in str(_read(tmp_path, stem)[1])
    rows[1][-1] = "2022-05-18"
    (tmp_path / f"{stem}.xlsx").write_bytes(xml.book({stem: xml.sheet(xml.texts([head, *rows]))}))
    assert [severity for _, severity, _ in _read(tmp_path, stem)[1]] == ["error"]


def test_nothing_of_a_list_is_left_out_without_a_word(tmp_path):
    """An entry below no heading, a row that ends early, and people on a sheet whose headings are in other letters and order."""
    file = tmp_path / "history.csv"
    file.write_text("person_id,year,level,\nA1,2022,4,2022-11-15\n")
    assert _read(tmp_path, "history")[1] == [(1, "error", "the column has no heading, and row 2 has an entry in it")]
    with pytest.raises(FactError, match="no heading"):
        stored.read(declared("history"), tmp_path)
    file.write_text("person_id,year,level,issued\nA1,2022,4\n")
    assert _read(tmp_path, "history")[1] == [(2, "error", "the row has 3 cells, the header 4")]
    file.unlink()
    head, *rows = ROWS["history"]
    other = [[name.upper() for name in reversed(head)], list(reversed(rows[1]))]
    book = {"A": xml.sheet(xml.texts([head, rows[0]])), "B": xml.sheet(xml.texts(other))}
    (tmp_path / "history.xlsx").write_bytes(xml.book(book))
    count, problems = _read(tmp_path, "history")
    assert count == 0
    assert "have the same headings" in problems[0][2]


def test_who_is_not_on_the_roster_is_told_and_lost_zeros_are_named(tmp_path):
    """A spreadsheet takes the zeros in front away; the row counts for nobody then."""
    (tmp_path / "actions.csv").write_text("person_id,year,kind,on,amount\n7,2022,award,2022-12-05,9000\n")
    (found,) = actions_taken.read(tmp_path, ["007"]).problems
    assert (found.row, found.severity, "zeros in front" in found.fix) == (2, "warning", True)
    assert not actions_taken.read(tmp_path).problems
    assert "zeros" not in next(strangers([(2, "8")], ["007"], "x.csv")).fix


def _book(cells):
    """The workbook of a closeout with cells for its first entries, each beside its label."""
    sheet = declared("closeout").sheets[0]
    rows = [xml.row([xml.text("Entry"), xml.text("Value")])]
    rows += [xml.row([xml.text(entry.label), cell]) for entry, cell in zip(sheet.fields, cells, strict=False)]
    return xml.book({sheet.title: xml.sheet("".join(rows))}, styles=xml.styles(["0.00%"]))


def test_a_workbook_read_back_is_read_as_it_shows():
    """A formula without its value is no blank; a failed one, an entry without a name and one that is there twice are no entry."""
    one = declared("closeout")
    names = [entry.name for entry in one.sheets[0].fields]
    cells = [xml.text("basic-2012"), xml.text("20\n80"), "<c><f>DATE(2025,1,1)</f></c>", '<c t="e"><v>#REF!</v></c>']
    found = back.read(one, _book(cells))
    assert found.grid["Closeout"] == [{"plan": "basic-2012", "weights": "20\n80"}]
    assert [(problem.row, problem.column) for problem in found.problems] == [
        (at + 2, f"Closeout: {one.sheets[0].column(names[at]).label}") for at in (2, 3)
    ]
    sheet = xml.texts([["Entry", "Value"], ["Plan", "basic-2012"], ["Plan", "basic-2025"], ["", "2025-01-01"]])
    said = [problem.reason for problem in back.read(one, xml.book({"Closeout": xml.sheet(sheet)})).problems]
    assert said == ["appears twice", "an entry has no name"]


def test_a_percentage_and_zeros_in_front_come_back_from_a_list_as_they_are_shown():
    """Excel holds 20% as 0.2, and a number under the format 000 without its zeros."""
    head = xml.texts([["Person id", "Level 1", "Weight 1", "Weight 1"]])
    row = xml.row([xml.number(7, style=2), xml.number(4), xml.number(0.2, style=1), xml.number(30)])
    content = xml.book({"Element levels": xml.sheet(head + row)}, styles=xml.styles(["0.00%", "000"]))
    found = back.read(declared("element_levels"), content)
    assert found.grid["Element levels"] == [{"person_id": "007", "level_1": "4", "weight_1": "20"}]
    assert [problem.reason for problem in found.problems] == ["appears twice in the headings"]


def test_a_plan_without_one_of_its_sheets_is_not_read_from_another(tmp_path):
    """A sheet of another name took the place of one that was not there, and its requirements were lost."""
    about = xml.texts([["Executive (agency's number)", "A1"], ["Position title", "Director"]])
    parts = {"Plan": xml.sheet(about), "Elements": xml.sheet(xml.texts([["Element", "Weight"], ["Results", "20"]]))}
    (tmp_path / "plan.xlsx").write_bytes(xml.book(parts | {"Reqs": xml.sheet("")}))
    (found,) = plans.read_alone(tmp_path / "plan.xlsx").problems
    assert found.reason == "the sheet 'Requirements' is not there"
    wanted = xml.sheet(xml.texts([["Element", "Requirement", "Measures"], ["Results", "Do it", "how much"]]))
    (tmp_path / "plan.xlsx").write_bytes(xml.book(parts | {"Requirements": wanted}))
    problems = plans.read_alone(tmp_path / "plan.xlsx").problems
    assert [(problem.row, problem.column) for problem in problems] == [(2, "Plan"), (2, "Requirements")]


def test_a_sheet_as_plain_texts_says_which_cell_cannot_be_used():
    """Numbers as held, zeros as shown; the cell of a formula without its value is named by its address."""
    row = xml.row([xml.number(7, style=1), xml.number("4.0"), "<c><f>1+1</f></c>"])
    content = xml.book({"Rater A": xml.sheet(row)}, styles=xml.styles(["000"]))
    table, faults = plain(sheets(content)["Rater A"])
    assert table == [["007", "4", ""]]
    assert [one.place for one in faults] == ["cell C1"]
