"""A new OPM form is one file: a made-up edition laid beside the real one is on paper, page, workbook and proof."""

from datetime import date

import pytest

from seskit.formats import pdf_text
from seskit.formats.refusals import FactError
from seskit.law.report import editions
from seskit.paper.report import page, pdf, workbook
from seskit.paper.report.workbook.reading import read_forms
from seskit.record.roster.workbook import tables
from seskit.work import report
from seskit.work.report import proof, readings
from tests.moved import WORDS, oldest
from tests.places import SAMPLES
from tests.years import agency

AGENCY = SAMPLES / "DPW"


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The oldest edition and, in a file beside it, one of the next day with an eleventh item and another first one."""
    folder = tmp_path / "form_1558"
    real = oldest(editions.FOLDER, folder)
    text = real.read_text(encoding="utf-8").replace("first_day: 2002-09-27", "first_day: 2002-09-28")
    text = text.replace("words: Department/Agency", "words: Agency or Department")
    text += f"  11:\n    words: {WORDS}\n    sum: [rated.4.career, rated.5.career]\n"
    text += "    made: Item {ratings} Career, levels 4 and 5.\n    ties: At most item {ratings} Career TOTAL.\n"
    (folder / "2002-09-28.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(editions, "FOLDER", folder)


@pytest.mark.usefixtures("beside")
def test_a_new_edition_is_one_file():
    """Its words, its eleventh item and how that is made are in every format, and the workbook reads back."""
    made = report.open_folder(AGENCY).complete()
    form = made.forms[0]
    count = form.ratings[4]["career"] + form.ratings[5]["career"]
    assert count
    printed = page.forms(made)
    assert "1. Agency or Department" in printed
    assert f"11. {WORDS}" in printed
    paper = " ".join(" ".join(text for _, text in pdf_text.OpenedPdf(pdf.forms(made)).pages()).split())
    assert f"11. {WORDS} {count}" in paper
    content = workbook.forms(made)
    (cells,) = [row for row in tables(content)[form.key] if row and row[0] == f"11. {WORDS}"]
    assert cells[4] == count
    assert read_forms(content) == list(made.forms)
    line = proof.lines(form)[-1]
    assert (line.item, line.value, line.made) == ("11", str(count), "Item 10 Career, levels 4 and 5.")


@pytest.mark.parametrize(
    ("wrong", "written", "why"),
    [
        ("holds: pool", "holds: paid", "no items hold pool, and one must"),
        ("    holds: pool\n", "", "no items hold pool, and one must"),
        ("holds: pool", "holds: pools", "no items hold pool, and one must"),
        (
            "  10:\n",
            '  "11":\n    holds: unspent\n    words: Not spent\n    made: Pool less payments.\n    formula: pool - paid\n  10:\n',
            "item 11 holds unspent, which is none of .*; an item of your own has no 'holds'",
        ),
        ("  10:\n", '  10:\n    words: Nothing\n    made: Nothing.\n  "11":\n', "item 10 must say what it holds or"),
        ("  5:\n", '  "4":\n', "two items have one number"),
        ("    holds: pool\n", "    holds: pool\n    beside: base_pay\n", "item 5 cannot stand beside base_pay"),
        (
            "  10:\n",
            "  9a:\n    words: Other\n    formula: pool of paid\n  10:\n",
            "item 9a is made of of, which is no box",
        ),
        ("beside: agency", "beside: pool", "item 2 cannot stand beside pool"),
        ("    holds: awards\n", "    sum: [rated.4.career]\n", "no items hold awards, and one must"),
    ],
)
def test_an_edition_without_an_item_or_with_one_out_of_place_is_refused(tmp_path, wrong, written, why):
    """Every box is in one item, each with a number of its own, and only short items stand side by side."""
    real = oldest(editions.FOLDER, tmp_path / "form_1558")
    text = real.read_text(encoding="utf-8")
    assert wrong in text
    real.write_text(text.replace(wrong, written), encoding="utf-8")
    with pytest.raises(FactError, match=f"^2002-09-27.yaml: {why}"):
        editions.read(real)


def test_a_new_supplementary_is_one_file(tmp_path, monkeypatch):
    """Other words, other columns in another order: the PDF, the page and the workbook follow."""
    folder = tmp_path / "supplementary"
    real = oldest(editions.SUPPLEMENTARY, folder)
    text = real.read_text(encoding="utf-8").replace("first_day: 2002-09-27", "first_day: 2002-09-28")
    text = text.replace("agency: Department/Agency", "agency: Reporting agency")
    text = text.replace("words: Performance Rating", "words: Final Level").replace(
        "holds: [name, ssn]", "holds: [name]"
    )
    text = text.replace("  - {words: Date of Final Rating, holds: [rated_on], width: 0.8}\n", "")
    text = text.replace("  - {words: SSN, holds: [ssn], width: 26}\n", "")
    (folder / "2002-09-28.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(editions, "SUPPLEMENTARY", folder)
    made = report.open_folder(AGENCY).complete()
    row = made.supplement[0]
    level = f"{row.rating} ("
    printed = page.supplement(made)
    paper = " ".join(" ".join(text for _, text in pdf_text.OpenedPdf(pdf.supplement(made)).pages()).split())
    for words in (printed, paper):
        assert "Reporting agency" in words
        assert "Final Level" in words
        assert level in words
        assert "Date of Final Rating" not in words
        assert "SSN:" not in words
        assert "by hand" not in words
    rows = next(cells for name, cells in tables(workbook.supplement(made)).items() if name != "Choices")
    (head,) = [cells for cells in rows if "Final Level" in cells]
    filled = rows[rows.index(head) + 1]
    assert [one for one in head if one][:2] == ["Name of Executive", "Final Level"]
    assert str(filled[head.index("Final Level")]).startswith(level)
    assert filled[head.index("Date of Final Rating")] == row.rating_date


def test_every_column_of_a_supplementary_is_known():
    """Each edition has its source, and every entry its columns hold is one that the report gives."""
    for one in editions.known_supplementary(editions.SUPPLEMENTARY):
        assert one.source
        assert one.confidence in ("verified", "recalled", "design")
        assert {held for box in (*one.columns, *one.workbook) for held in box.holds} <= set(editions.ENTRIES)
        assert {"name", "rating"} <= {held for box in one.columns for held in box.holds}
    assert editions.supplementary(1998) == editions.supplementary(2002)


@pytest.mark.usefixtures("beside")
def test_each_year_has_the_edition_of_its_day():
    """A year that ended before the first day of the new edition is printed on the former one, as are years before."""
    assert editions.edition(2002).first_day == date(2002, 9, 28)
    assert editions.edition(2030).first_day == date(2002, 9, 28)
    assert editions.edition(2001).first_day == date(2002, 9, 27)


def test_every_edition_has_its_source_and_every_item_its_words():
    """An edition names where it comes from; each of its items has words and how it is made."""
    for one in editions.known(editions.FOLDER):
        assert one.source
        assert one.confidence in ("verified", "recalled", "design")
        assert isinstance(one.checked, date)
        assert {item.holds for item in one.items} >= set(editions.HOLDS)
        assert all(item.words and item.made for item in one.items)
        for item in one.items:
            assert "{" not in one.said(item.made, on="", share="", pattern="") + one.said(item.ties)
        assert all(item.formula for item in one.added)


@pytest.mark.parametrize(("year", "ready"), [(2004, True), (2005, False), (2026, False)])
def test_forms_of_a_year_with_another_layout_are_not_called_ready(year, ready):
    """To fiscal year 2004 the forms are what is sent; from 2005 they are final in their figures, and say what OPM takes."""
    words = readings.final_words(agency(year))
    assert words.startswith("Final: nothing stands in the way") is ready
    assert (f"For fiscal year {year} OPM uses another layout" in words) is not ready
