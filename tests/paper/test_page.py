"""The web page: whole in itself, readable by everyone, the figures of the model."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from seskit.formats import privacy
from seskit.formats.days import days_in_words
from seskit.paper.report import page, printed_form
from seskit.work.report import open_folder, proof
from tests import axe
from tests.pdf_files import CODES, STRANGE
from tests.places import SAMPLES
from tests.small_report import report, sample

VOID = {"meta", "br"}


class Read(HTMLParser):
    """The page taken apart: headings, tables with their cells, ids, links, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.tables: list[dict] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict]] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[key] for key in ("href", "src") if key in given]
        if tag == "table":
            self.tables.append({"caption": "", "rows": [], "scopes": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag in ("td", "th"):
            self.tables[-1]["rows"][-1].append("")
            self.tables[-1]["scopes"] += [given.get("scope")] if tag == "th" else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)
        if "caption" in self.open:
            self.tables[-1]["caption"] += data
        elif self.open and {"td", "th"} & set(self.open):
            self.tables[-1]["rows"][-1][-1] += data

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("code", CODES)
def test_the_page_is_whole_in_itself_and_in_order(code):
    """No script, no outside address; language, title, skip link; headings in order; tables captioned and scoped."""
    for html in (page.forms(sample(code)), page.supplement(sample(code))):
        read = Read(html)
        assert read.open == []
        assert html.startswith("<!DOCTYPE html>\n<html lang='en-US'>")
        assert re.search(r"<title>[^<]+</title>", html)
        assert not re.search(r"<script|<link|<img|@import|url\(|https?:", html)
        assert all(link.startswith("#") and link[1:] in read.ids for link in read.links)
        assert read.links[0] == "#main"
        assert len(read.ids) == len(set(read.ids))
        assert read.headings[0] == 1
        assert read.headings.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(read.headings))
        for table in read.tables:
            assert table["caption"].strip()
            assert table["scopes"]
            assert None not in table["scopes"]
        assert len({table["caption"] for table in read.tables}) == len(read.tables)


@pytest.mark.parametrize("code", CODES)
def test_the_tables_hold_the_figures_of_the_model(code):
    """Items 4, 7, 9 and 10 read back cell by cell; a blank says so to those who cannot see it."""
    made = sample(code)
    read = Read(page.forms(made))
    tables = {table["caption"]: table["rows"] for table in read.tables}
    for form in made.forms:
        printed = printed_form.paper(form, made.agency)
        for item, head, rows in ((4, 1, printed.pay_rows), (7, 1, printed.levels), (10, 2, printed.ratings)):
            parts = [rows for caption, rows in tables.items() if caption.startswith(f"Item {item} of {form.title}:")]
            assert len(parts) == (2 if item == 7 else 1)
            assert all(part[:head] == parts[0][:head] for part in parts)
            found = [row for part in parts for row in part[head:]]
            assert found == [[cell or "blank" for cell in row] for row in rows]
        nine = next(tables[title] for title in tables if title.startswith(f"Item 9 of {form.title}:"))
        assert nine[1] == list(printed.appointees)
        for line in (printed.pool, printed.paid, printed.awards):
            assert " ".join(piece.text or "blank" for piece in line) in read.text
        assert all(days_in_words(note) in read.text for note in printed.footnotes)


def test_a_draft_and_its_problems_in_plain_words():
    """A draft says so in the title, the status and above each form, and lists each problem with what to do."""
    made = sample("XFR")
    read = Read(page.forms(made))
    assert read.text.startswith("DRAFT: ")
    assert read.text.count("DRAFT: Form") == len(made.forms)
    (table,) = [table for table in read.tables if table["caption"].startswith("Problems")]
    assert table["rows"][1:] == [[one.where, one.reason, one.fix] for one in printed_form.cover(made).errors]
    assert "DRAFT" not in Read(page.forms(sample("DPW"))).text


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_a_name_holds_is_shown_as_it_is(tmp_path, name):
    """Names are escaped: they are read back letter by letter, and add no element."""
    read, plain = (Read(page.forms(report(tmp_path, name=words))) for words in (name, "Board of Kites"))
    assert " ".join(name.split()) in read.text
    assert [tag for tag, _ in read.tags] == [tag for tag, _ in plain.tags]


@pytest.mark.parametrize("code", ["XFR", "DPW", "BLB"])
def test_nobody_is_named_on_the_page(code):
    """The forms hold no name of a person; the supplement holds them, marked, without a number."""
    folder = open_folder(SAMPLES / code)
    made = folder.complete()
    words, apart = page.forms(made), Read(page.supplement(made)).text
    assert [person.name for person in folder.roster.people if person.name and person.name in words] == []
    assert all(row.name is None or row.name in apart for row in made.supplement)
    assert printed_form.PERSONAL in apart
    assert apart.count(printed_form.SSN) == len(made.supplement)
    assert page.supplement(made).count("class='rule'") == len(made.supplement)
    assert printed_form.supplement_status(made) in apart
    assert not privacy.has_ssn(words + apart)


def test_a_blank_base_pay_is_explained_and_notes_name_the_row_as_the_form_prints_it():
    """Where rates of a row differ the proof says why BASE PAY is blank, and nowhere else; notes have no numbers."""
    blank = 0
    for code in ("DPW", "DCP", "XFR"):
        made = sample(code)
        for form in made.forms:
            differ = any(row.base_pay is None and row.number for row in (form.pay_rows or {}).values())
            (line,) = [one for one in proof.lines(form) if one.item == "4"]
            assert ("BASE PAY" in line.blank) is differ
            blank += differ
        html = page.forms(made)
        assert "row 'range'" not in html
        assert "<ol" not in html
    assert blank
    assert 'the row "SES pay range" replaces' in page.forms(sample("DCP")).replace("&quot;", '"')


def test_the_same_report_gives_the_same_page():
    """No time stamp, no order by chance."""
    assert page.forms(sample("DPW")) == page.forms(sample("DPW"))


@pytest.mark.browser
def test_axe_finds_nothing_at_all(tmp_path: Path, chromium: Any):
    """Every rule of axe, best practices included, on a wide and a narrow screen, of colors once; nothing runs off it."""
    for number, made in enumerate([*map(sample, ("XFR", "CCL")), report(tmp_path / "long", name="W" * 400)]):
        for what, html in (("forms", page.forms(made)), ("supplement", page.supplement(made))):
            file = tmp_path / f"{what}{number}.html"
            file.write_text(html, encoding="utf-8")
            for width in (1280, 320):
                sheet = chromium.new_page(viewport={"width": width, "height": 900})
                sheet.goto(file.as_uri())
                assert axe.violations(sheet, apart=axe.BY_COLOR if width == 320 else ()) == []
                assert sheet.evaluate("document.documentElement.scrollWidth") <= width
                sheet.close()


@pytest.mark.browser
def test_the_halves_of_item_7_stand_at_one_height(tmp_path: Path, chromium: Any):
    """However long the name of the form is, in the dark too."""
    file = tmp_path / "forms.html"
    file.write_text(page.forms(sample("DPW")), encoding="utf-8")
    tops = "() => [...document.querySelectorAll('.paper .split')].map((one) => [...one.querySelectorAll('table thead')].map((head) => head.getBoundingClientRect().top))"
    for width in (1366, 820):
        sheet = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme="dark")
        sheet.goto(file.as_uri())
        for left, right in sheet.evaluate(tops):
            assert left == right
        sheet.close()


@pytest.mark.browser
def test_axe_would_find_a_fault(chromium):
    """The scan itself works: a picture without words and a pale text are found."""
    sheet = chromium.new_page()
    sheet.set_content("<img src='data:,'><p style='color:#bbb'>pale</p>")
    found = " ".join(axe.violations(sheet))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert all(
        line.startswith(("critical", "serious")) for line in axe.violations(sheet, impacts=("critical", "serious"))
    )


@pytest.mark.browser
def test_the_keyboard_reaches_the_skip_link_first(chromium):
    """The first stop of the Tab key leads to the content, and is seen."""
    sheet = chromium.new_page()
    sheet.set_content(page.forms(sample("XFR")))
    sheet.keyboard.press("Tab")
    assert sheet.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert sheet.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
