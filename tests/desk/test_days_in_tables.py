"""Tables that people read say November 15, 2002; only what quotes a file or names one says 2002-11-15."""

import importlib
import json
import re

import lxml.html
import pytest

from seskit.desk.opener.state import Desk
from seskit.formats import documents
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
    shown = []
    for name in pieces(subject):
        made = getattr(walk, name)(opened)
        for one in made if isinstance(made, tuple) else (made,):
            if hasattr(one, "_repr_html_"):
                shown.append(one._repr_html_())
    pages += [page.read_text(encoding="utf-8") for page in sorted(tmp_path.rglob("*.html"))]
    assert len(shown) > 8
    assert pages
    assert sum(page.count("<table") for page in shown) > 5
    assert [one for page in [*shown, *pages] for one in left(page)] == []


def test_it_would_find_one():
    """A day in a cell, a month in a caption; not a value that is quoted."""
    head = "<thead><tr><th>Due<th>Value</tr></thead>"
    rows = f"{head}<tbody><tr><td>2002-12-26<td>2002-11-01</tr></tbody></table>"
    assert left(f"<table><caption>Problems of 2002-12</caption>{rows}") == [
        "Problems of 2002-12: Problems of 2002-12", "Problems of 2002-12, Due: 2002-12-26"
    ]  # fmt: skip
    assert len(left(f"<table><caption>Paid</caption>{rows}")) == 2
