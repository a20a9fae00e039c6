"""The PDF: tagged for screen readers, the figures of the model, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest

from seskit.formats import privacy, typesetting
from seskit.paper.report import pdf, printed_form
from seskit.work.report import ReportPackage, open_folder
from tests.extent import some
from tests.pdf_files import CODES, STRANGE, check_structure, pages, tables, text
from tests.places import ROOT, SAMPLES
from tests.small_report import PAID, ROWS, report, sample

AGENCIES = ROOT.parent / "shared" / "cases"


@cache
def forms_of(code: str) -> bytes:
    """The file of a sample agency's forms, made once for all tests."""
    return pdf.forms(sample(code))


def squeezed(words: str) -> str:
    return re.sub(r"\s", "", words)


def decoration(page: pikepdf.Page) -> float:
    """The largest type size of text on the page that is marked as decoration."""
    stack: list[bool] = []
    sizes, size = [0.0], 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            stack.append(str(operands[0]) == "/Artifact")
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            size = float(operands[1])
        elif name in ("Tj", "TJ") and any(stack):
            sizes.append(size)
    return max(sizes)


@pytest.mark.parametrize("code", CODES)
def test_every_file_is_tagged(code):
    """Marked, with language and title shown, header cells in every table, headings in order, on every page."""
    check_structure(forms_of(code))
    check_structure(pdf.supplement(sample(code)))


def test_qpdf_finds_nothing_wrong(tmp_path):
    """A second reader accepts the file."""
    program = shutil.which("qpdf")
    if program is None:
        pytest.skip("qpdf is not installed (Debian: apt-get install qpdf).")
    (tmp_path / "forms.pdf").write_bytes(forms_of("DPW"))
    subprocess.run([program, "--check", tmp_path / "forms.pdf"], check=True, capture_output=True)


def tables_of_poppler(content: bytes) -> list[list[list[str]]]:
    """The same as poppler reads it, which takes twenty times as long."""
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("pdfinfo is not installed (Debian: apt-get install poppler-utils).")
    read = subprocess.run([program, "-struct-text", "-"], input=content, capture_output=True, check=True)
    found: list[list[list[str]]] = []
    cell = False
    for line in map(str.strip, read.stdout.decode().splitlines()):
        kind = re.match(r"[A-Z]\w*", line)
        if line.startswith("Table"):
            found.append([])
        elif line.startswith("TR"):
            found[-1].append([])
        elif re.match(r"T[DH]\b", line):
            found[-1][-1].append("")
            cell = True
        elif kind and kind[0] in ("Div", "P", "H1", "H2", "H3", "L"):
            cell = False
        elif cell and line.startswith('"'):
            found[-1][-1][-1] += line.strip('"').replace("\u200b", "")
    return found


def agrees(made: ReportPackage, content: bytes, read: Callable[[bytes], list[list[list[str]]]] = tables) -> None:
    """Each form stands on its page, in order, and its tables hold the texts of its boxes, cell by cell."""
    printed_pages = pages(content)
    starts = [number for number, page in enumerate(printed_pages) if "REPRODUCE LOCALLY" in page]
    assert len(starts) == len(made.forms)
    tagged = iter(read(content))
    for form, number in zip(made.forms, starts, strict=True):
        printed, page = printed_form.paper(form, made.agency), squeezed(printed_pages[number])
        for line in (printed.pool, printed.paid, printed.awards):
            whole = ["".join(piece.text for piece in line)]
            parts = whole if all(piece.text for piece in line) else [piece.text for piece in line]
            assert all(squeezed(part) in page for part in parts)
        expected = [printed.title, printed.heading, printed.basis, printed.number, printed.agency, printed.paid_in]
        assert [words for words in expected if squeezed(words) not in page] == []
        four = next(table for table in tagged if table[0][0] == "PAY RATE")
        seven, more, nine, ten = (next(tagged) for _ in range(4))
        assert four[1:] == [list(row) for row in printed.pay_rows]
        assert seven[1:] + more[1:] == [list(row) for row in printed.levels]
        assert nine[1:] == [list(printed.appointees)]
        assert ten[2:] == [list(row) for row in printed.ratings]
    assert len([page for page in printed_pages if "Proof of" in page]) == len(made.forms)


@pytest.mark.parametrize("code", some(CODES, 1))
def test_the_figures_of_the_model_are_on_the_page(code):
    """Each box of each form is printed as the model has it."""
    agrees(sample(code), forms_of(code))


@pytest.mark.parametrize("case", ["report-one-plan", "report-many-plans", "report-one-member", "report-faulty"])
def test_the_figures_of_the_reference_cases_are_on_the_page(case):
    """The same for the cases with expected answers where they are at hand."""
    if not (AGENCIES / case).is_dir():
        pytest.skip("The reference cases are not beside the project.")
    made = open_folder(AGENCIES / case).complete()
    agrees(made, pdf.forms(made))


@pytest.mark.parametrize("code", some(CODES[1:], 1))
def test_another_reader_sees_the_same_tables(code):
    """Poppler reads the cells that the tags hold."""
    agrees(sample(code), forms_of(code), tables_of_poppler)


def test_a_draft_says_so_on_every_page_and_lists_what_stands_in_the_way():
    """DRAFT behind the text, as decoration, and in words; the first page has the problems."""
    made, content = sample("XFR"), forms_of("XFR")
    with pikepdf.open(io.BytesIO(content)) as file:
        assert all(decoration(page) > 100 for page in file.pages)
        assert len(pages(content)) == len(file.pages)
    assert all("DRAFT" in page for page in pages(content))
    listed = squeezed(text(content))
    for finding in printed_form.cover(made).errors:
        assert all(squeezed(words) in listed for words in (finding.where, finding.reason, finding.fix))
    assert "DRAFT: not to be sent" in pages(content)[0]


def test_a_final_report_says_draft_nowhere():
    """Nothing stands in the way: no watermark, no word of a draft, and the due date on the cover."""
    made = sample("DPW")
    assert made.final
    content = forms_of("DPW")
    assert "DRAFT" not in text(content)
    with pikepdf.open(io.BytesIO(content)) as file:
        assert all(decoration(page) < 100 for page in file.pages)
    assert squeezed(printed_form.cover(made).due) in squeezed(pages(content)[0])


@pytest.mark.parametrize("name", STRANGE)
def test_whatever_a_name_holds_is_printed_as_it_is(tmp_path, name):
    """Names are data: nothing in them is a command."""
    words = squeezed(pages(pdf.forms(report(tmp_path, name=name)))[1])
    assert squeezed(name).replace('"', "") in words.replace('"', "").replace("\u201c", "").replace("\u201d", "")


def test_a_character_without_a_glyph_is_printed_as_its_code(tmp_path):
    """The report is made all the same, and says what the code is."""
    words = text(pdf.forms(report(tmp_path, name="Bureau of 中 and \U0001f600")))
    assert "Bureau of [U+4E2D] and [U+1F600]" in words
    assert "printed as its code" in words


def test_all_characters_said_to_have_a_glyph_have_one(tmp_path):
    """No character of the ranges is refused by the fonts inside the wheel."""
    every = "".join(chr(code) for code in range(0x21, 0x2300) if not typesetting._NO_GLYPH.match(chr(code)))
    rows = (*ROWS[:2], ROWS[2].replace("Noor Lind", every.replace('"', "").replace(",", "")))
    assert "U+" not in text(pdf.supplement(report(tmp_path, rows=rows)))


def test_a_very_long_name_stays_on_the_page(tmp_path):
    """A word of 400 letters breaks instead of running off the sheet."""
    made = report(tmp_path, name="W" * 400)
    content = pdf.forms(made)
    check_structure(content)
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True).stdout
    right, bottom = (
        [float(edge) for edge in re.findall(rb'<word [^>]*%sMax="([\d.]+)"' % side, boxes)] for side in (b"x", b"y")
    )
    assert max(right) < 612 - 0.6 * 72
    assert max(bottom) < 792 - 0.3 * 72
    assert "W" * 400 in squeezed(pages(content)[1])


@pytest.mark.parametrize("code", ["XFR", "DPW", "BLB"])
def test_nobody_is_named_in_the_forms(code):
    """The forms hold no name of a person; the supplement holds those rated below fully successful and no number."""
    folder = open_folder(SAMPLES / code)
    made = folder.complete()
    words, apart = text(pdf.forms(made)), text(pdf.supplement(made))
    names = {person.name for person in folder.roster.people if person.name}
    assert names
    assert [name for name in names if name in words] == []
    for row in made.supplement:
        assert row.name is None or row.name in apart
    assert apart.count(printed_form.SSN) == len(made.supplement)
    assert not made.supplement or printed_form.supplement_status(made) in " ".join(apart.split())
    assert not privacy.has_ssn(words + apart)


def test_every_page_of_the_supplement_is_marked_personal(tmp_path):
    """More people than fit on one page: the mark stands on each."""
    rows = tuple(ROWS[2].replace("E3,Noor Lind", f"E{n},Noor Lind{n}") for n in range(60))
    content = pdf.supplement(report(tmp_path, rows=rows))
    marked = [page.count(printed_form.PERSONAL) for page in pages(content)]
    assert len(marked) > 1
    assert marked == [2, *[1] * (len(marked) - 1)]
    assert "…" not in text(content)


def test_a_supplement_without_anybody_says_so(tmp_path):
    """An empty supplement is still a readable file."""
    assert "No executive was rated below" in text(pdf.supplement(report(tmp_path, rows=ROWS[:2])))


def test_the_same_report_gives_the_same_bytes(tmp_path):
    """In this process and in a fresh one: no time stamp, no identifier made by chance."""
    made = report(tmp_path / "a", awards=PAID)
    once = pdf.forms(made)
    assert pdf.forms(report(tmp_path / "b", awards=PAID)) == once
    assert b"CreationDate" not in once
    code = (
        "import hashlib, sys; from seskit.work.report import open_folder; from seskit.paper.report import pdf;"
        "print(hashlib.sha256(pdf.forms(open_folder(sys.argv[1]).complete())).hexdigest())"
    )
    settings = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PYTHONPATH": str(ROOT)}
    fresh = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a")], capture_output=True, check=True, env=settings, cwd=tmp_path
    )
    assert fresh.stdout.decode().strip() == hashlib.sha256(once).hexdigest()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="This system has no fork.")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_process_forked_after_the_first_file_makes_the_same_file(tmp_path):
    """The threads of typst do not outlive a fork: without care the child would wait for ever."""
    made = report(tmp_path / "agency")
    once = pdf.forms(made)
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        try:
            (tmp_path / "child.pdf").write_bytes(pdf.forms(made))
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert (tmp_path / "child.pdf").read_bytes() == once
