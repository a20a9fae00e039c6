"""The built files of every kit: nothing from the network, and usable with a screen reader, on paper and in an office suite."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pikepdf
import pytest

from seskit.documents.deck import Deck
from seskit.forum.build import build
from tests import axe

TRAINING = Path(__file__).parents[1] / "training"
KITS = sorted(path.parent for path in TRAINING.glob("*/forum.yaml"))
PAY = "2004-07-28-pay"
# Names of XML vocabularies, which nothing is loaded from.
_NAMES = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|www\.w3\.org|purl\.org|ns\.adobe\.com|www\.aiim\.org)"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Every kit, built once."""
    out = tmp_path_factory.mktemp("forum")
    return {folder.name: (build(folder, out / folder.name)[1], out / folder.name) for folder in KITS}


def parts(file):
    """The texts inside a file: those of an office file or zip one by one."""
    if file.suffix in (".docx", ".pptx"):
        with zipfile.ZipFile(file) as archive:
            return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    return {file.name: file.read_bytes().decode("latin-1")}


def slides(file):
    return {name: text for name, text in sorted(parts(file).items()) if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)}


def of(built, suffix, *, containing=""):
    return [file for files, _ in built.values() for file in files if file.suffix == suffix and containing in file.name]


def test_every_kit_holds_every_paper(built):
    """Agenda, decks, handouts, guide, key, check, job aids, evaluation, trainer's page, change log, zips."""
    for files, _ in built.values():
        names = {file.name for file in files}
        assert {
            "agenda.html", "agenda.pdf", "agenda.ics", "facilitator-guide.docx", "facilitator-guide.pdf", "answer-key.pdf",
            "knowledge-check.pdf", "job-aids.pdf", "evaluation.docx", "train-the-trainer.pdf", "changes.html", "index.html",
        } <= names  # fmt: skip
        for ending in ("-deck.html", "-deck.pptx", "-handout.docx", "-handout.pdf"):
            assert len([name for name in names if name.endswith(ending)]) == 5


def test_nothing_is_fetched_from_anywhere(built):
    """No address of the network in any file, the names of XML vocabularies apart."""
    for file in (file for files, _ in built.values() for file in files if file.suffix != ".zip"):
        for name, text in parts(file).items():
            assert not re.findall(r"(?:https?:)?//[\w.-]+\.\w{2,}", _NAMES.sub("", text)), f"{file.name}: {name}"


def test_the_zip_for_participants_holds_no_answers(built):
    """Key, guide and decks with notes stay with the facilitators."""
    for _, folder in built.values():
        with zipfile.ZipFile(folder / f"{folder.name}-participants.zip") as archive:
            names = archive.namelist()
        assert names
        assert not [name for name in names if re.search("answer|guide|deck|train", name)]


def test_slide_titles_are_unique_and_none_is_missing(built):
    """In PowerPoint and on the page, each slide has a title, and no two the same."""
    for file in of(built, ".pptx"):
        titles = []
        for name, text in slides(file).items():
            found = re.search(r'<p:ph type="(?:title|ctrTitle)"\s*/>.*?</p:sp>', text, re.DOTALL)
            assert found, f"{file.name}: {name}"
            titles.append("".join(re.findall(r"<a:t>(.*?)</a:t>", found[0])))
        assert all(titles), file.name
        assert len(set(titles)) == len(titles), file.name
    for file in of(built, ".html", containing="deck"):
        titles = re.findall(r"<h[12][^>]*>(.*?)</h[12]>", file.read_text(encoding="utf-8"), re.DOTALL)
        assert len(set(titles)) == len(titles) == 1 + file.read_text(encoding="utf-8").count("<section"), file.name


def test_pictures_have_alternative_text_in_words(built):
    """The chart says its figures; no picture anywhere is without text."""
    charts = 0
    for file in of(built, ".pptx"):
        for name, text in slides(file).items():
            for picture in re.findall(r"<p:pic>.*?</p:pic>", text, re.DOTALL):
                charts += 1
                said = re.search(r'descr="([^"]*)"', picture)
                assert said, f"{file.name}: {name}"
                assert re.search(r"\$\d.{60,}", said[1]), f"{file.name}: {name}"
    assert charts == 2
    for file in of(built, ".html"):
        for tag in re.findall(r"<img\b[^>]*>", file.read_text(encoding="utf-8")):
            assert re.search(r'alt="[^"]{60,}"', tag), file.name
    for file in of(built, ".docx"):
        document = parts(file)["word/document.xml"]
        assert document.count("<pic:pic") == len(re.findall(r'<wp:docPr [^>]*descr="[^"]{60,}"', document)), file.name


def test_tables_have_header_rows(built):
    """In PowerPoint, Word and on the page; the page also says which way each header heads."""
    counted = 0
    for file in of(built, ".pptx"):
        for text in slides(file).values():
            counted += text.count("<a:tbl>")
            assert text.count("<a:tbl>") == text.count('firstRow="1"'), file.name
    for file in of(built, ".docx"):
        document = parts(file)["word/document.xml"]
        counted += document.count("<w:tbl>")
        assert document.count("<w:tbl>") == document.count("<w:tblHeader"), file.name
    for file in of(built, ".html"):
        text = file.read_text(encoding="utf-8")
        assert text.count("<table") == text.count("<thead") == text.count("<caption"), file.name
        assert len(re.findall("<th(?=[ >])", text)) == len(re.findall(r'<th[^>]*scope="(?:col|row)"', text)), file.name
    assert counted > 20


def test_every_file_says_its_language_and_title(built):
    """English of the United States, and a title of its own."""
    for file in of(built, ".html"):
        text = file.read_text(encoding="utf-8")
        assert '<html lang="en-US">' in text
        assert re.search("<title>[^<]+</title>", text)
    for file in of(built, ".docx"):
        assert 'w:lang w:val="en-US"' in parts(file)["word/styles.xml"] or "en-US" in parts(file)["word/styles.xml"]
        assert re.search("<dc:title>[^<]+</dc:title>", parts(file)["docProps/core.xml"])
    for file in of(built, ".pptx"):
        for name, text in slides(file).items():
            assert len(re.findall("<a:rPr", text)) == len(re.findall(r'<a:rPr[^>]*lang="en-US"', text)), name
        assert re.search("<dc:title>[^<]+</dc:title>", parts(file)["docProps/core.xml"])
    for file in of(built, ".pdf"):
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) == "en-US"
            assert pdf.Root.MarkInfo.Marked
            assert pdf.open_metadata()["pdfuaid:part"] == "1"
            assert pdf.open_metadata()["dc:title"]


def test_the_speaker_has_notes(built):
    """Most slides of every deck carry notes, in PowerPoint and on the page."""
    for file in of(built, ".pptx"):
        noted = [name for name in parts(file) if re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", name)]
        assert len(noted) >= len(slides(file)) // 2, file.name
        page = file.with_suffix(".html").read_text(encoding="utf-8")
        assert page.count('class="notes"') >= len(slides(file)) // 2


def test_colours_of_powerpoint_have_contrast():
    """Table headers and subtitles reach 4.5 to 1 against what lies behind them."""
    with zipfile.ZipFile(io.BytesIO(Deck("T", "# One\n\n- a\n", subject="s").to_pptx())) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
        layouts = "".join(archive.read(name).decode() for name in archive.namelist() if "slideLayout" in name)
    accent = re.search(r'<a:accent1><a:srgbClr val="(\w+)"', theme)[1]
    assert _contrast(accent, "FFFFFF") >= 4.5
    assert not re.search(r'<a:schemeClr val="tx1">\s*<a:tint', layouts)


def _contrast(one, other):
    def light(colour):
        shares = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_calendar_has_the_sessions_in_their_zone(built):
    """8:30 in Washington in July is 12:30 UTC."""
    from icalendar import Calendar

    _, folder = built[PAY]
    events = Calendar.from_ical((folder / "agenda.ics").read_bytes()).walk("VEVENT")
    assert len(events) == 6
    assert events[0].decoded("dtstart") == datetime(2004, 7, 28, 12, 30, tzinfo=UTC)
    assert events[-1].decoded("dtend") == datetime(2004, 7, 28, 16, 30, tzinfo=UTC)


def test_links_of_the_start_page_lead_somewhere(built):
    """Every link is a file of the kit, and every file but itself and the zips is linked."""

    class Links(HTMLParser):
        def __init__(self):
            super().__init__()
            self.found = []

        def handle_starttag(self, tag, attrs):
            if tag == "a":
                self.found.append(dict(attrs)["href"])

    for files, folder in built.values():
        reader = Links()
        reader.feed((folder / "index.html").read_text(encoding="utf-8"))
        wanted = {file.name for file in files if file.suffix != ".zip" and file.name != "index.html"}
        assert set(reader.found) == wanted


def test_building_again_gives_the_same_bytes_and_says_nothing_changed(built, tmp_path):
    """A second build differs only in its change log and what holds it."""
    first = tmp_path / "first"
    build(TRAINING / "2000-11-14-balanced-measures", first)
    before = {file.name: file.read_bytes() for file in first.iterdir()}
    build(TRAINING / "2000-11-14-balanced-measures", first)
    changed = {file.name for file in first.iterdir() if before[file.name] != file.read_bytes()}
    assert changed <= {"changes.html", "2000-11-14-balanced-measures-facilitators.zip"}
    assert "Nothing changed" in (first / "changes.html").read_text(encoding="utf-8")


def test_pages_and_decks_have_no_accessibility_faults_and_nothing_overflows(built):
    """Axe finds nothing on any page or slide; at 1280 by 720 no slide of the page scrolls; S opens a view with notes."""
    with axe.browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for file in of(built, ".html"):
            page.goto(file.as_uri())
            if "deck" not in file.name:
                assert axe.violations(page) == [], file.name
                continue
            count = page.locator("section.level2").count()
            for number in range(count):
                assert page.locator("#place").inner_text().startswith(f"Slide {number + 1} of {count}")
                assert page.evaluate("document.documentElement.scrollHeight") <= 720, f"{file.name}, slide {number + 1}"
                assert page.evaluate("document.documentElement.scrollWidth") <= 1280, f"{file.name}, slide {number + 1}"
                if number % 4 == 0:
                    assert axe.violations(page) == [], f"{file.name}, slide {number + 1}"
                page.keyboard.press("ArrowRight")
        page.goto(of(built, ".html", containing="deck")[0].as_uri())
        page.keyboard.press("End")
        with page.expect_popup() as opened:
            page.keyboard.press("s")
        speaker = opened.value
        speaker.wait_for_selector("html.speaking")
        assert speaker.locator(".current .notes").is_visible()
        speaker.keyboard.press("Home")
        page.wait_for_function("document.getElementById('place').textContent.startsWith('Slide 1 of')")
        assert all(url.startswith(("file:", "data:")) for url in asked)


def test_powerpoint_and_word_open_in_libreoffice(built, tmp_path):
    """Each file converts, and a deck has as many pages as slides."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed (Debian: apt-get install libreoffice), so nothing can be converted.")
    _, folder = built[PAY]
    wanted = [*folder.glob("*.pptx"), *folder.glob("*.docx")]
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *map(str, wanted)], check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    for file in wanted:
        with pikepdf.open(tmp_path / f"{file.stem}.pdf") as pdf:
            assert len(pdf.pages) == len(slides(file)) if file.suffix == ".pptx" else len(pdf.pages) > 0
        (tmp_path / f"{file.stem}.pdf").unlink()
