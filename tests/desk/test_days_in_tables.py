"""What people read says November 15, 2002: tables, pictures, workbooks, PDFs. Only what quotes a file or names one says 2002-11-15."""

import importlib
import io
import json
import re

import lxml.html
import openpyxl
import pytest

from seskit.desk.opener.state import Desk
from seskit.formats import days, documents, pdf_text, workbooks
from seskit.formats.drawing import Chart, grouped_bars
from tests.places import NOTEBOOKS, SAMPLES

SUBJECTS = ("report", "pay_setting", "appraisal", "certification", "staffing")
#: Where a table of problems quotes what an agency's file holds or says what to write in one, and names of files.
QUOTING = re.compile(r"Problems.*, (Value|What to do)|.*, File")
#: A day or a month of a file. CPM 2004-13 is the number of a memorandum.
FILED = re.compile(r"(?<!CPM )(?<![\w/-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\w/-])")


def left(fragment):
    """Each cell, caption and heading with such a day, by its table and column."""
    found = []
    for table in lxml.html.fromstring(f"<div>{fragment}</div>").iter("table"):
        title = " ".join(one.text_content() for one in table.iter("caption"))
        heads = [one.text_content().strip() for one in table.xpath("(.//thead/tr)[last()]/*")]
        found += [f"{title}: {text}" for text in (title, *heads) if FILED.search(text)]
        for row in table.xpath(".//tbody/tr"):
            for head, cell in zip(heads, row, strict=False):
                if not QUOTING.fullmatch(f"{title}, {head}") and FILED.search(cell.text_content()):
                    found.append(f"{title}, {head}: {cell.text_content().strip()}")
    return found


def text_of(chart):
    """All words of a picture: its title, what it is about, what it says to those who do not see it, what is drawn."""
    drawn = lxml.html.fromstring(chart.svg.encode()).xpath("//*[local-name()='text']//text()")
    return " | ".join([chart.title, chart.table.title, chart.alt, *drawn])


def texts_of(book):
    """Every text of a workbook by its place, with what each sheet prints on top; a value that is quoted is left out."""
    for sheet in openpyxl.load_workbook(book):
        yield f"{book.name}, {sheet.title}", f"{sheet.title} {sheet.HeaderFooter.oddHeader.left.text or ''}"
        rows = list(sheet.iter_rows())
        quoted = {cell.column for row in rows for cell in row if sheet.title == "Problems" and cell.value == "Value"}
        for cell in (cell for row in rows for cell in row if isinstance(cell.value, str)):
            if cell.column not in quoted:
                yield f"{book.name}, {sheet.title}, {cell.coordinate}", cell.value


def pieces(subject):
    """What the notebook of a subject shows, in order."""
    cells = json.loads((NOTEBOOKS / f"{subject}.ipynb").read_text(encoding="utf-8"))["cells"]
    source = " ".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return list(dict.fromkeys(re.findall(r"\bwalk\.([a-z_]+)", source)))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_tables_of_a_walk_and_of_its_papers(subject, tmp_path, monkeypatch):
    """Every output of the walk of the sample agency, and every page and paper that it writes."""
    pages = []
    monkeypatch.setattr(documents.Document, "to_pdf", lambda self: pages.append(self.to_html()) or b"%PDF-1.7")
    walk = importlib.import_module(f"seskit.desk.{subject}.walk")
    opened = Desk(walk.WALK, SAMPLES / walk.WALK.sample, tmp_path).read
    shown, pictures = [], []
    for name in pieces(subject):
        made = getattr(walk, name)(opened)
        for one in made if isinstance(made, tuple) else (made,):
            pictures += [one] if isinstance(one, Chart) else []
            if hasattr(one, "_repr_html_"):
                shown.append(one._repr_html_())
    pages += [page.read_text(encoding="utf-8") for page in sorted(tmp_path.rglob("*.html"))]
    assert len(shown) > 8
    assert pages
    assert sum(page.count("<table") for page in shown) > 5
    assert [one for page in [*shown, *pages] for one in left(page)] == []
    assert pictures
    assert [text for text in map(text_of, pictures) if FILED.search(text)] == []
    papers = [lxml.html.fromstring(page).text_content() for page in pages]
    papers += [
        text for made in tmp_path.rglob("forms.pdf") for _, text in pdf_text.OpenedPdf(made.read_bytes()).pages()
    ]
    assert [found[0] for text in papers for found in re.finditer(rf".{{0,40}}(?:{FILED.pattern})", text)] == []
    books = [text for book in sorted(tmp_path.rglob("*.xlsx")) for text in texts_of(book)]
    assert books
    assert [(place, text) for place, text in books if FILED.search(text)] == []


def test_it_would_find_one():
    """A day in a cell, a month in a caption; not a value that is quoted."""
    head = "<thead><tr><th>Due<th>Value</tr></thead>"
    rows = f"{head}<tbody><tr><td>2002-12-26<td>2002-11-01</tr></tbody></table>"
    assert left(f"<table><caption>Problems of 2002-12</caption>{rows}") == [
        "Problems of 2002-12: Problems of 2002-12", "Problems of 2002-12, Due: 2002-12-26"
    ]  # fmt: skip
    assert len(left(f"<table><caption>Paid</caption>{rows}")) == 2


def test_it_would_find_one_in_a_picture_and_in_a_workbook(tmp_path):
    """A day that is drawn, one in a cell, one that is printed on top; not a value that is quoted."""
    chart = grouped_bars("Ratings", "Bars.", "Day", "People", ["2002-11-01"], {"rated": [1]}, says="One was rated")
    assert FILED.search(text_of(chart))
    book = openpyxl.Workbook()
    book.active.title = "Problems"
    for row in (("Value", "Why"), ("2002-11-31", "is not a day"), ("", "is before 2002-11-01")):
        book.active.append(row)
    book.save(tmp_path / "one.xlsx")
    found = [place for place, text in texts_of(tmp_path / "one.xlsx") if FILED.search(text)]
    assert found == ["one.xlsx, Problems, B3"]


def test_a_workbook_to_fill_in_keeps_what_it_is_given():
    """What is read back stays as it was typed; in a workbook that is only read, days are in words."""
    for to_read, shown in ((True, "November 1, 2002"), (False, "2002-11-01")):
        book = workbooks.book("A title", "A subject", "", to_read=to_read)
        sheet = book.sheet("One")
        sheet.write_string(0, 0, "2002-11-01")
        sheet.write_string(1, 0, days.Quoted("2002-11-01"))
        made = openpyxl.load_workbook(io.BytesIO(book.done())).active
        assert (made["A1"].value, made["A2"].value) == (shown, "2002-11-01")
