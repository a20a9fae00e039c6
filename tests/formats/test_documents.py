"""One Markdown source as Word, tagged PDF and page: same words, nothing run, draft said everywhere."""

import io
import re
import shutil
import subprocess
import zipfile

import pikepdf
import pytest

from seskit.formats import tokens
from seskit.formats.documents import HAND, Document, beside, escaped, overleaf, table
from seskit.formats.documents.look import Look
from seskit.law.facts import FactError
from tests import axe, office, printed
from tests.faces import face
from tests.pdf_files import body_rows, heads_row, tags

NASTY = "<script>alert(1)</script> $5 #import \"x\" *a* [b](c) | d `e` \\f {=typst} @g é & ~h^ 'i' -- ..."
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def made(**changes):
    body = f'# Part one\n\n{escaped(NASTY)}\n\n![Bars]({"bars.png"}){{alt="Three bars"}}\n\n'
    body += table("People | by level", ("Level", "Count"), [(NASTY, 3), ("4", "")]) + "\n## Details\n\n- one\n"
    return Document(**({"title": "Request of <Agency> & Co", "body": body, "images": {"bars.png": PICTURE}} | changes))


def docx_text(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read("word/document.xml").decode()
    return (
        re.sub(r"<[^>]+>", "", xml.replace("</w:p>", "\n"))
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replace("&quot;", '"')
    )


def test_the_same_words_are_converted_once(tmp_path, monkeypatch):
    """Files written again are the same bytes, without another program; one word more, and they are made anew."""
    ran, run = [], subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda *given, **more: ran.append(given) or run(*given, **more))
    one = Document("Once", "A letter of the lighthouse.\n")
    first = [path.read_bytes() for path in one.write(tmp_path, "once")]
    assert len(ran) == 3
    assert [path.read_bytes() for path in one.write(tmp_path, "again")] == first
    assert len(ran) == 3
    Document("Once", "Another letter of the lighthouse.\n").write(tmp_path, "other")
    assert len(ran) == 6


@pytest.mark.parametrize("draft", [False, True])
def test_text_from_outside_is_printed_and_never_run(draft):
    """Commands of Markdown, HTML, TeX and typst in a fact are only text, in every format."""
    document = made(draft=draft)
    page = document.to_html()
    assert "<script" not in page
    assert "alert(1)" in page
    assert "<script>alert(1)</script> $5 #import" in docx_text(document.to_docx())
    assert ("DRAFT: Request of" in docx_text(document.to_docx())) is draft
    assert ("DRAFT" in page) is draft


def test_the_page_needs_nothing_else():
    """Pictures inside, one main heading, headings in order, tables with scope and caption, no address."""
    page = made().to_html()
    assert not re.search(r"(?:src|href)=[\"'](?!data:|#)", page)
    assert re.findall(r"<h([1-6])", page) == ["1", "2", "3"]
    assert page.count('scope="col"') == 2
    assert page.count('scope="row"') == 2
    assert "<caption>" in page
    assert 'alt="Three bars"' in page
    assert 'lang="en-US"' in page


def test_the_pdf_is_tagged_and_titled():
    """PDF/UA-1: marked, language, title shown, headings in order, header cells, alternative text; same bytes again."""
    document = made(draft=True)
    content = document.to_pdf()
    assert content == document.to_pdf()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        elements = tags(pdf)
        headed = [heads_row(row) for name, table in elements if name == "/Table" for row in body_rows(table)]
    names = [name for name, _ in elements]
    assert [name for name in names if re.fullmatch(r"/H\d", name)] == ["/H1", "/H2"]
    assert names.count("/TH") >= 2
    assert headed
    assert all(headed)
    assert [str(element.Alt) for name, element in elements if name == "/Figure"] == ["Three bars"]


def test_a_word_draft_says_so_on_every_page(tmp_path):
    """The header of the Word file, on each of its pages in another program; a final file has none."""
    long = Document("T", "\n\n".join(["word " * 400] * 4), draft=True)
    assert long.to_docx() == long.to_docx()
    with zipfile.ZipFile(io.BytesIO(Document("T", "one\n").to_docx())) as final:
        assert not [name for name in final.namelist() if "header" in name]
    with zipfile.ZipFile(io.BytesIO(long.to_docx())) as archive:
        assert "DRAFT" in archive.read("word/header_draft.xml").decode()
    if not office.has_writer():
        pytest.skip("LibreOffice Writer is not installed")
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    long.write(tmp_path, "long", ["docx"])
    office.converted("pdf", tmp_path, tmp_path / "long.docx")
    with pikepdf.open(tmp_path / "long.pdf") as pdf:
        pages = len(pdf.pages)
    text = subprocess.run(["pdftotext", tmp_path / "long.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert pages > 1
    assert text.count("DRAFT, not final") == pages


def size_in_tables(archive):
    """The type size, in points, of the text in the cells of a Word file."""
    document, styles = (archive.read(f"word/{part}.xml").decode() for part in ("document", "styles"))
    (style,) = {
        name
        for cells in re.findall(r"<w:tbl>.*?</w:tbl>", document)
        for name in re.findall(r'pStyle w:val="(\w+)"', cells)
    }
    described = re.search(rf'w:styleId="{style}".*?</w:style>', styles, re.DOTALL)[0]
    return int((re.search(r'w:sz w:val="(\d+)"', described) or re.search(r'w:sz w:val="(\d+)"', styles))[1]) / 2


@pytest.mark.parametrize(
    "header",
    [
        (
            "Level",
            "Rated",
            "Career",
            "Average basic pay",
            "Average adjustment",
            "Average award",
            "Paid above level III",
        ),
        ("Check", "Outcome", "Suspended", "Awards", "Document and place in it"),
        ("Level", "People, period to 2015-09-30", "Percent", "People, period to 2016-09-30", "Percent"),
        ("Requirement", "Rule", "Documents that can show it", "Document supplied and the place in it"),
    ],
)
def test_no_word_of_a_heading_is_split_in_a_narrow_column(header):
    """In Word each column holds the longest word of its heading, also in DejaVu where Arial is missing, however long the other cells are."""
    rows = [[1] * len(header), ["12.5", *["word " * 30] * (len(header) - 1)]]
    with zipfile.ZipFile(io.BytesIO(Document("T", table("Pay", header, rows)).to_docx())) as archive:
        size = size_in_tables(archive)
        text, styles = (archive.read(f"word/{part}.xml").decode() for part in ("document", "styles"))
    grid = [int(width) for width in re.findall(r'gridCol w:w="(\d+)"', text)]
    page, *edges = (
        int(re.search(rf'<w:pg{side}="(\d+)"', text)[1]) for side in ("Sz w:w", "Mar .*?w:left", "Mar .*?w:right")
    )
    beside = 2 * int(re.search(r'w:tblCellMar>.*?w:left w:type="dxa" w:w="(\d+)"', styles, re.DOTALL)[1])
    for width, heading in zip(grid, header, strict=True):
        longest = max(map(face("DejaVu Sans", "bold").wide, heading.split()))
        assert (width / sum(grid) * (page - sum(edges)) - beside) / 20 >= longest * size, heading


def test_what_print_alone_shows():
    """A cell to write in is wide and high; answers begin on a page of their own; what not everyone may see is said on each page."""
    rows = [("words " * 30, "words " * 30, HAND)] * 2
    widths = [len(dashes) for dashes in table("List", ("A", "B", "Met?"), rows).splitlines()[1].strip("|").split("|")]
    assert widths[2] / sum(widths) > 0.2
    body = table("List", ("A", "B", "Met?"), rows) + "\n\n" + overleaf("answers", "# Answers", "Yes.")
    made = Document("T", body, holds="Holds a name.")
    with pikepdf.open(io.BytesIO(made.to_pdf())) as pdf:
        assert len(pdf.pages) == 2
    with zipfile.ZipFile(io.BytesIO(made.to_docx())) as archive:
        text = archive.read("word/document.xml").decode()
        assert "Holds a name." in archive.read("word/header_draft.xml").decode()
    assert re.search(r'<w:pStyle w:val="Heading1" ?/><w:pageBreakBefore/>', text)
    assert text.count("w:trHeight") == len(rows)


@pytest.mark.parametrize("text", ["3. Send it", "2016. Plan", "- one", "+ one", "= one", "/ one: two", "/ one"])
def test_the_pdf_prints_what_looks_like_a_list_or_heading(text):
    """A cell, a point or a paragraph that begins with a number and a point, or a sign, stays text, also in the PDF."""
    body = f"{escaped('word ' * 30)} {escaped(text)}\n\n- {escaped(text)}\n\n" + table(text, (text,), [(text,)])
    with pikepdf.open(io.BytesIO(Document("T", body).to_pdf())) as pdf:
        names = [name for name, _ in tags(pdf)]
    assert names.count("/L") == 1
    assert not [name for name in names if re.fullmatch(r"/H\d", name)]
    assert text.split()[0] in docx_text(Document("T", body).to_docx())


def test_what_leads_to_a_table_stays_with_it_wherever_a_page_ends(tmp_path):
    """Heading, lead, caption and table of many lengths at many places of a page; a signature has what it signs above it."""
    tall = [(str(n), "word " * 40, "4") for n in range(4)]
    parts = []
    for many in range(1, 22):
        rows = [(str(n), "Done", "4") for n in range(many % 4 * 8 + 3)]
        parts += ["word " * (40 * (many % 5) + 9), f"# Part {many}\n", escaped("Asked of everyone, in order."),
                  table("What was seen", ("Number", "What", "Level"), tall if many % 3 == 0 else rows)]  # fmt: skip
        if many % 4 == 0:
            parts += ["## Signed\n", table("Basis", ("What", "Value"), [("a", "b")] * 3), "# Names\n",
                      "Each signs for what stands above.\n\nNobody else does.", table("To be signed", ("Who", "Date"), [("Chair", "____")])]  # fmt: skip
    (made_of,) = Document("T", "\n\n".join(parts) + "\n").write(tmp_path, "offsets", ["pdf"])
    found = [fault for fault in printed.faults(made_of) if "filled" not in fault]
    assert len(printed.lines(made_of)) > 7
    assert found == []


def test_a_row_taller_than_a_page_is_printed_whole(tmp_path):
    """Only a row that no page could hold goes on to the next one; no word of it is lost."""
    words = " ".join(f"word{n}" for n in range(1500))
    (path,) = Document("T", table("Long", ("Number", "Text"), [("1", words), ("2", "end")])).write(
        tmp_path, "tall", ["pdf"]
    )
    said = " ".join(text for page in printed.lines(path) for _, text in page)
    assert len(printed.lines(path)) > 1
    assert all(f"word{n}" in said for n in range(0, 1500, 7))


def test_a_long_list_is_set_beside_itself():
    """Forty short rows are fourteen lines, read across; nothing is lost; a short list stays as it is."""
    rows = [(f"P{n}", n) for n in range(40)]
    lines = beside("People", ("Person", "Count"), rows).split("\n\n")[0].splitlines()
    assert len(lines) == 2 + 14
    assert "P0 | 0 | P1 | 1 | P2 | 2" in lines[2]
    assert all(any(f" P{n} " in line for line in lines) for n in range(40))
    assert beside("People", ("Person", "Count"), rows[:5]) == table("People", ("Person", "Count"), rows[:5])


def test_an_empty_table_is_a_sentence():
    """No table without rows."""
    assert table("Open items", ("Item",), []) == "Open items: none.\n"


def test_a_picture_without_words_is_refused():
    """The PDF standard wants alternative text; a document without it is not made."""
    with pytest.raises(Exception, match=r"(?i)alt"):
        Document("T", "![](bars.png)\n", images={"bars.png": PICTURE}).to_pdf()


def test_word_opens_in_another_program(tmp_path):
    """LibreOffice converts the Word file without losing a cell."""
    if not office.has_writer():
        pytest.skip("LibreOffice Writer is not installed")
    made().write(tmp_path, "request", ["docx"])
    office.converted("txt:Text", tmp_path, tmp_path / "request.docx")
    text = (tmp_path / "request.txt").read_text(encoding="utf-8", errors="replace")
    assert "Part one" in text
    assert "#import" in text


def test_an_unknown_format_is_refused(tmp_path):
    """One sentence with the known ones."""
    with pytest.raises(FactError, match="docx, pdf, html"):
        made().write(tmp_path, "x", ["rtf"])


def test_a_column_is_never_narrower_than_its_longest_word():
    """Two columns of long text leave a date its room; together they fit a line of the page."""
    text = "words " * 40
    rule = table("Steps", ("Step", "What", "Day", "Authority"), [("one", text, "2002-06-03", text)]).splitlines()[1]
    widths = [len(dashes) for dashes in rule.strip("|").split("|")]
    assert widths[2] >= len("2002-06-03") + 4
    assert sum(widths) <= 96


#: The colors of the page, a head of a table, a link that has the keyboard, a heading, and what is done to the pictures.
COLORS = """() => {
  const of = (where, name) => getComputedStyle(document.querySelector(where))[name];
  document.querySelector('a').focus();
  return {ground: of('html', 'backgroundColor'), ink: of('html', 'color'), head: of('thead th', 'backgroundColor'),
    accent: of('a', 'color'), ring: of('a:focus-visible', 'outlineColor'), line: of('td', 'borderTopColor'), title: of('h2', 'color'),
    drawn: of('img.drawn', 'filter'), photo: of('img:not(.drawn)', 'filter')};
}"""


def rgb(color):
    return f"rgb({int(color[1:3], 16)}, {int(color[3:5], 16)}, {int(color[5:], 16)})"


def colored(colors, title, drawn="none"):
    """What a page shows in these colors, its headings in another."""
    named = {name: rgb(colors[name]) for name in ("ground", "ink", "head", "accent", "line")}
    return named | {"ring": named["accent"], "title": rgb(title), "drawn": drawn, "photo": "none"}


@pytest.mark.browser
@pytest.mark.parametrize("agency", ["", "7A1F3D"])
def test_a_page_follows_light_and_dark_and_is_printed_light(tmp_path, agency):
    """The colors declared once, at every width; an agency's dark headings and a photograph's light stay where they fit."""
    pictures = '![Bars](bars.png){alt="Three bars" .drawn}\n\n![A hall](hall.png){alt="A hall"}\n\n'
    body = f"# Part\n\n[To the part](#part)\n\n{pictures}{table('People', ('Level', 'Count'), [('4', '3')])}"
    images = {"bars.png": PICTURE, "hall.png": PICTURE}
    file = tmp_path / "page.html"
    file.write_text(Document("Colors", body, images=images, look=Look(agency)).to_html(), encoding="utf-8")
    light = colored(tokens.LIGHT, f"#{agency}" if agency else tokens.LIGHT["ink"])
    dark = colored(tokens.DARK, tokens.DARK["ink"], "invert(0.885) hue-rotate(180deg)")
    with axe.browser() as browser:
        for scheme, shown in (("light", light), ("dark", dark)):
            page = browser.new_page(color_scheme=scheme)
            page.goto(file.as_uri())
            for width in (1366, 820, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert page.evaluate(COLORS) == shown, (scheme, width)
                assert axe.violations(page) == [], (scheme, width)
            page.emulate_media(media="print")
            assert page.evaluate(COLORS) == light, f"printed where {scheme} is preferred"
            page.close()
