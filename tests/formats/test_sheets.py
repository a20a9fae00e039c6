"""The blocks of a paper: each is printed on the page and on paper alike, whatever its words hold."""

from __future__ import annotations

import io
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, get_args

import pikepdf
import pytest

from seskit.formats import notebook_page
from seskit.formats.days import Quoted
from seskit.formats.documents import Document
from seskit.formats.documents.deck import Deck
from seskit.formats.markup import trusted
from seskit.formats.sheets import page, typeset
from seskit.formats.sheets.blocks import (
    Bar,
    Beside,
    Block,
    Box,
    Boxes,
    Choice,
    Codes,
    Frame,
    Heading,
    Imprint,
    Line,
    Lines,
    Links,
    Listing,
    Notes,
    Piece,
    Room,
    Section,
    Sheets,
    SheetTable,
    TableColumn,
    Text,
    Together,
    Words,
)
from tests import axe
from tests.pdf_files import STRANGE, check_structure, kinds, nodes, pages, text

COUNTS = tuple(TableColumn(head, "right", 1, under="Rated", filled=True) for head in ("Career", "Limited"))


def every(said: str = "plain") -> Sheets:
    """A paper with each kind of block and of words, and one text in every place of them."""
    table = SheetTable(
        f"Caption {said}", (TableColumn(f"Level {said}"), *COUNTS, TableColumn("Note", share=1)),
        ((f"Row {said}", "1", "", f"Cell {said}"), ("TOTAL", "1", "0", Lines(("one", said)))), total=True,
    )  # fmt: skip
    bars = SheetTable(f"Bars {said}", (TableColumn("Average", share=1),), ((Bar(f"3.13 {said}", 0.5),),), headed=False)
    signed = SheetTable(
        f"Titled {said}",
        (TableColumn("Who"), TableColumn("How")),
        ((Piece(said, strong=True), Lines((Choice(said), Room(said)))),),
        titled=True,
    )
    boxes = (
        Boxes(
            ((Box(f"1. {said}", (Text(said),)),), (Box("2. Two", beside=said), Box("3. Three", beside=said))), (1, 1)
        ),
        Box(Line(("4. Four", Piece(said, filled=True))), (table,)),
        Box("5. Five", beside=Line((said, Piece("", filled=True)))),
    )
    form = Section(
        f"Form {said}", "form-1", (Text(Lines(("FORM", said)), "centered"), Frame(boxes), Imprint(said, "MIDDLE", "Form 9"),
        Notes("Footnotes", (said,))), sent=True,
    )  # fmt: skip
    front: tuple[Block, ...] = (
        Text(said, "large"), Text(said, "status"), Heading(f"Heading {said}", "first"), Listing((said, "a point")),
        Links("Further", (Piece("To the form", link="form-1"),)), Beside(((Text(f"Left {said}"),), (Text("Right"),))),
        Together((Heading(f"Kept {said}", level=3), bars)), signed, Codes(),
    )  # fmt: skip
    return Sheets(f"Title {said}", front, (form,), subject=said, foot=f"Foot {said}")


def within(block: Any) -> set[type]:
    """The kinds of everything in a block."""
    if isinstance(block, tuple):
        return set().union(*map(within, block))
    if not is_dataclass(block):
        return set()
    return {type(block)}.union(*(within(getattr(block, field.name)) for field in fields(block)))


def shown(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]*>", " ", html, flags=re.DOTALL).split())


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def texts(block: Any) -> set[str]:
    """Every text in a block that a reader is to see."""
    if isinstance(block, str):
        return {block} - {""}
    if isinstance(block, tuple):
        return set().union(*map(texts, block))
    if not is_dataclass(block) or isinstance(block, Links):
        return set()
    hidden = {"id", "look", "side", "link", "subject", "draft", "foot"} | (
        {"caption"} if isinstance(block, SheetTable) else set()
    )
    return set().union(*(texts(getattr(block, field.name)) for field in fields(block) if field.name not in hidden))


def test_both_printers_say_every_word_of_every_kind_of_block() -> None:
    """The paper tried here has each kind there is, and both formats hold each of its texts."""
    made = every()
    assert within(made) >= set(get_args(Block)) | set(get_args(Words)) - {str}
    on_page, on_paper = squeezed(shown(page.made(made))), squeezed(text(typeset.pdf(made)))
    for said in texts(made):
        assert squeezed(said) in on_page, said
        assert squeezed(said) in on_paper, said
    assert "Captionplain" in on_page
    assert "Footplain" in on_paper


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_the_words_hold_is_printed_as_it_is(name: str) -> None:
    """The page has the tags of a plain one; the PDF has the same structure, and prints the words letter by letter."""
    tags = [re.findall(r"<[^>\s]+", page.made(every(said))) for said in ("plain", name)]
    assert tags[0] == tags[1]
    made = typeset.pdf(every(name))
    check_structure(made)
    on_paper = squeezed(text(made))
    assert on_paper.count(squeezed(name)) >= squeezed(text(typeset.pdf(every("plain")))).count("plain") - 2


def test_a_page_has_its_heads_frames_and_blanks() -> None:
    """Heads over heads, rows that are headed, a total, an unseen word for an empty blank, a frame about each table."""
    html = page.made(every())
    assert "<th scope='colgroup' colspan='2' class='mark'>Rated</th>" in html
    assert html.count("<th scope='col' rowspan='2'>") == 2
    assert "<tr class='total'><th scope='row' class='short'>TOTAL</th><td class='count'>1</td>" in html
    assert "<td class='count'><span class='unseen'>blank</span></td>" in html
    assert "<span class='blank'><span class='unseen'>blank</span></span>" in html
    assert html.count("<div class='wide' role='group' tabindex='0'") == html.count("<table") == 3
    assert "<h2>Titled plain</h2>" in html
    assert "<caption class='unseen'>Titled plain</caption>" in html
    assert "<a href='#form-1'>To the form</a>" in html
    assert "style='width: 50%'" in html


def test_a_pdf_has_its_heads_and_its_bars_are_decoration() -> None:
    """Tagged heads over heads; a figure is read, the bar beside it is not; the titled table is headed by its caption."""
    made = typeset.pdf(every())
    check_structure(made)
    with pikepdf.open(io.BytesIO(made)) as file:
        heads = [node for node in nodes(file.Root.StructTreeRoot.K) if node.S == "/TH"]
        spans = [int(part.ColSpan) for head in heads for part in head.A if "/ColSpan" in part]
        assert sorted(spans)[-2:] == [2, 2]
        assert "Figure" not in kinds(file.Root.StructTreeRoot.K)


def test_a_draft_says_so_wherever_it_is_printed_and_a_final_paper_nowhere() -> None:
    """In the title, over what is sent and at the foot of every sheet."""
    final, draft = every(), replace(every(), draft="DRAFT: not to be sent")
    html = page.made(draft)
    assert "<title>DRAFT: Title plain: plain</title>" in html
    assert ">DRAFT: Form plain</h2>" in html
    assert [sheet.count("DRAFT: not to be sent") for sheet in pages(typeset.pdf(draft))] == [1, 2]
    assert "DRAFT" not in shown(page.made(final)) + text(typeset.pdf(final))


def test_days_are_in_words_but_for_what_is_quoted() -> None:
    """The same text, once an agency's own: each printer tells them apart."""
    both = Sheets("Days", (Heading("Both"), Text("2003-01-12"), Text(Quoted("2003-01-12"))))
    for said in (shown(page.made(both)), text(typeset.pdf(both))):
        assert said.count("January 12, 2003") == said.count("2003-01-12") == 1


def test_codes_are_explained_where_there_are_any() -> None:
    """A letter the fonts lack is printed as its code in the PDF, which says so; the page shows the letter."""
    assert "printed as its code" not in text(typeset.pdf(every()))
    made = every("中")
    assert "中" in page.made(made)
    assert text(typeset.pdf(made)).count("printed as its code") == 1


def test_a_long_table_repeats_its_heads_and_loses_no_row() -> None:
    """Over several sheets: its title and heads on each; a row that fills more than a sheet is broken, no other is."""
    rows = tuple((f"R{number}", "first line of it " * 30) for number in range(60))
    long = ("Long", " ".join(f"w{number}" for number in range(4000)))
    made = Sheets(
        "Long",
        (
            Heading("All"),
            SheetTable("The rows", (TableColumn("Row"), TableColumn("Words", share=1)), (*rows, long), titled=True),
        ),
    )
    found = pages(typeset.pdf(made))
    assert len(found) > 3
    assert all("The rows" in sheet and "Words" in sheet for sheet in found)
    assert [sum(f"R{number} " in sheet for sheet in found) for number in range(60)] == [1] * 60
    assert all(sheet.count("first line of it") % 30 == 0 for sheet in found)
    assert "w0 " in " ".join(found)
    assert "w3999" in " ".join(found)


def test_what_belongs_together_stays_on_one_sheet() -> None:
    """A heading and its table move to the next sheet as one."""
    lines = tuple(Text(f"Line {number}") for number in range(36))
    table = SheetTable("Lines to sign", (TableColumn("Who"),), tuple((f"Signer {number}",) for number in range(8)))
    for kept, sheets in ((Together((Heading("Approval"), table)), 1), (table, 2)):
        found = pages(typeset.pdf(Sheets("Kept", (Heading("All"), *lines, kept))))
        assert sum("Signer" in sheet for sheet in found) == sheets


def test_the_same_blocks_give_the_same_bytes() -> None:
    """On paper and as a picture."""
    assert typeset.pdf(every()) == typeset.pdf(every())
    picture = typeset.picture(every(), dots=60)
    assert picture.startswith(b"\x89PNG")
    assert picture == typeset.picture(every(), dots=60)


@pytest.mark.browser
def test_axe_finds_nothing_on_a_page_of_every_block(tmp_path: Any, chromium: Any) -> None:
    """On a wide and a narrow screen, drafts too; nothing runs off it."""
    for number, made in enumerate((every(), replace(every("W" * 200), draft="DRAFT", landscape=True))):
        file = tmp_path / f"{number}.html"
        file.write_text(page.made(made), encoding="utf-8")
        for width in (1280, 320):
            sheet = chromium.new_page(viewport={"width": width, "height": 900})
            sheet.goto(file.as_uri())
            assert axe.violations(sheet) == []
            assert sheet.evaluate("document.documentElement.scrollWidth") <= width
            sheet.close()


def test_every_page_with_frames_says_that_one_scrolls() -> None:
    """Papers, walks' pages, documents and slides have the one style of frames."""
    table = trusted("<table><caption>One</caption><tr><th>A</th></tr></table>")
    document = Document("Title", "| A | B |\n|---|---|\n| 1 | 2 |\n")
    deck = Deck("Title", "# First\n\n| A | B |\n|---|---|\n| 1 | 2 |\n")
    for html in (page.made(every()), str(notebook_page.document("T", table)), document.to_html(), deck.to_html()):
        assert "class='wide'" in html
        assert "scroll sideways" in html


@pytest.mark.browser
def test_a_frame_shows_that_more_is_at_its_side_only_where_more_is(tmp_path: Any, chromium: Any) -> None:
    """Words above a table that is cut, in forced colors too and none above one that fits; nothing of it on paper."""
    wide = SheetTable("Wide", tuple(TableColumn(f"Heading of column {n}", share=1) for n in range(9)), (("word",) * 9,))
    narrow = SheetTable("Narrow", (TableColumn("A"), TableColumn("B")), (("1", "2"),))
    file = tmp_path / "frames.html"
    file.write_text(page.made(Sheets("Frames", (wide, narrow))), encoding="utf-8")
    says = "() => [...document.querySelectorAll('.wide')].map((one) => getComputedStyle(one, '::before').content)"
    for colors in ("none", "active"):
        sheet = chromium.new_page(viewport={"width": 320, "height": 900}, forced_colors=colors)
        sheet.goto(file.as_uri())
        sheet.wait_for_function(f"() => ({says})()[0].includes('scroll sideways')", timeout=10_000)
        assert sheet.evaluate(says)[1] == "none"
        assert axe.violations(sheet) == []
        assert sheet.evaluate("document.documentElement.scrollWidth") <= 320
        sheet.emulate_media(media="print")
        assert sheet.evaluate(says) == ["none", "none"]
        sheet.close()


@pytest.mark.browser
def test_a_page_follows_light_and_dark_and_is_printed_light(tmp_path: Any, chromium: Any) -> None:
    """The ground and the ink of the reader's choice, without a fault of contrast; on paper always dark on light."""
    file = tmp_path / "dark.html"
    file.write_text(page.made(every()), encoding="utf-8")
    ground = "() => ['backgroundColor', 'color'].map((one) => getComputedStyle(document.documentElement)[one])"
    sheet = chromium.new_page(color_scheme="dark")
    sheet.goto(file.as_uri())
    assert sheet.evaluate(ground) == ["rgb(28, 29, 31)", "rgb(240, 240, 240)"]
    assert axe.violations(sheet) == []
    sheet.emulate_media(media="print")
    assert sheet.evaluate(ground) == ["rgb(255, 255, 255)", "rgb(27, 27, 27)"]
    sheet.close()


@pytest.mark.browser
def test_a_printed_page_repeats_the_title_of_a_table_and_keeps_days_on_a_line(tmp_path: Any, chromium: Any) -> None:
    """The title is a row of the heads, on every sheet; a day in a column without a share is not broken."""
    columns = (TableColumn("Row", share=1), TableColumn("Day"), TableColumn("Words", share=6))
    rows = tuple((f"R{number}", "September 30, 2025", "words of it " * 20) for number in range(90))
    file = tmp_path / "long.html"
    table = SheetTable("Rows of the officer", columns, rows, titled=True)
    file.write_text(page.made(Sheets("Long", (Text("First"), table), landscape=True)), encoding="utf-8")
    sheet = chromium.new_page()
    sheet.goto(file.as_uri())
    assert axe.violations(sheet) == []
    assert sheet.locator("h2").is_visible()
    assert not sheet.locator(".again").is_visible()
    found = pages(sheet.pdf(prefer_css_page_size=True))
    sheet.close()
    assert len(found) > 2
    assert [one.count("Rows of the officer") for one in found] == [1] * len(found)
    assert sum(one.count("September 30, 2025") for one in found) == 90
