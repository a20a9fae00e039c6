"""A changed workbook: the cell that was changed is the only one that differs, and the file is a whole workbook."""

from __future__ import annotations

import io

import openpyxl
import pytest

from seskit.law.facts import FactError
from seskit.work.corrections import workbook_file
from tests import sheet_xml as xml

#: Blank cells with a style at the end of a row, a row without cells, merged cells, one formula for three cells.
ROWS = (
    xml.row([xml.text(head, f"{at}1") for at, head in zip("ABCD", ("person_id", "component", "award", "remarks"), strict=True)], 1)
    + xml.row([xml.text("X1", "A2"), xml.text("Plans", "B2"), '<c r="C2"><f t="shared" ref="C2:C4" si="0">1+1</f><v>2</v></c>', '<c r="D2"/>'], 2)
    + xml.row([xml.text("X2", "A3"), '<c r="B3"/>', '<c r="C3"><f t="shared" si="0"/><v>2</v></c>', '<c r="D3" />'], 3)
    + xml.row([xml.text("X3", "A4"), xml.text("Roads", "B4"), '<c r="C4"><f t="shared" si="0"/><v>2</v></c>'], 4)
    + '<row r="5"/><row r="6"></row>'
)  # fmt: skip
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/s1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
)
MERGED = '<mergeCells count="2"><mergeCell ref="B2:B3"/><mergeCell ref="A7:B7"/></mergeCells>'


def book(tmp_path):
    content = xml.book({"Roster": xml.sheet(ROWS, after=MERGED)}, parts={"[Content_Types].xml": TYPES})
    (tmp_path / "roster.xlsx").write_bytes(content)
    return tmp_path / "roster.xlsx"


def seen(source):
    sheet = openpyxl.load_workbook(source)["Roster"]
    values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    return values, sorted(map(str, sheet.merged_cells.ranges))


@pytest.mark.parametrize(
    ("cell", "merged"),
    [("D2", 2), ("D3", 2), ("B2", 2), ("B3", 1), ("E4", 2), ("A5", 2), ("B6", 2), ("C3", 2), ("B4", 2)],
)
def test_one_cell_differs_and_no_other(tmp_path, cell, merged):
    """At the end of a row, in a row without cells, in one that shares a formula, and below a merged one, which is taken apart."""
    file = book(tmp_path)
    before, _ = seen(file)
    made = workbook_file.changed(
        file, {(int(cell[1]), "ABCDE".index(cell[0])): ("component", "New & <own>")}, "Roster", set()
    )
    after, ranges = seen(io.BytesIO(made))
    assert after == before | {cell: "New & <own>"}
    assert len(ranges) == merged


def test_a_formula_that_others_share_is_not_taken_from_them(tmp_path):
    """Refused while they need it; together they can be replaced. With the last merged range the list of them goes."""
    file = book(tmp_path)
    with pytest.raises(FactError, match="cell C2 holds the formula of 2 more cells"):
        workbook_file.changed(file, {(2, 2): ("award", "12980")}, "Roster", set())
    both = {(3, 1): ("component", "Roads"), (7, 1): ("component", "None")}
    made = workbook_file.changed(file, {(row, 2): ("award", "12980") for row in (2, 3, 4)} | both, "Roster", set())
    values, _ = seen(io.BytesIO(made))
    assert {values[f"C{row}"] for row in (2, 3, 4)} == {12980}
