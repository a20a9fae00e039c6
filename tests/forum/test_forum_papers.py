"""The built files of every kit: nothing from the network, and usable with a screen reader, on paper and in an office suite."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from matplotlib import image

from seskit.formats.documents import dark, template
from seskit.formats.documents.deck import Deck
from seskit.forum import config
from seskit.forum.build import build
from tests import axe, office
from tests.extent import ALL, some
from tests.pdf_files import tags
from tests.places import TRAINING

PAY, SMALL = "2004-07-28-pay", "2012-02-model-system"
# Names of XML vocabularies, which nothing is loaded from.
_NAMES = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|schemas\.microsoft\.com|www\.w3\.org|purl\.org|ns\.adobe\.com|www\.aiim\.org)"
)


@pytest.fixture(scope="module")
def built(kits):
    """Every kit, built once."""
    return kits


def job_aids(kit, *endings):
    """The files of a kit's job aids; a forum of one session may name none."""
    return {f"job-aids.{ending}" for ending in endings if config.read(TRAINING / kit).facts.get("job_aids")}


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
    for kit, (files, _) in built.items():
        names = {file.name for file in files}
        sessions = sum(row.session is not None for row in config.read(TRAINING / kit).rows)
        assert job_aids(kit, "pdf") <= names
        assert {
            "agenda.html", "agenda.pdf", "agenda.ics", "facilitator-guide.docx", "facilitator-guide.pdf", "run-sheet.pdf", "tally-sheet.pdf", "sign-in-sheet.docx", "answer-key.pdf",
            "knowledge-check.pdf", "evaluation.docx", "train-the-trainer.pdf", "since-the-last-build.html", "index.html",
        } <= names  # fmt: skip
        assert len({file.stat().st_mode for file in files}) == 1, (
            "what is handed out can be opened by whom it is handed to"
        )
        for ending in ("-deck.html", "-deck.pptx", "-handout.docx", "-handout.pdf"):
            assert len([name for name in names if name.endswith(ending)]) == sessions > 0


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
                assert len(said[1]) > 60, f"{file.name}: {name}"
    assert charts > 40
    for file in of(built, ".html"):
        for tag in re.findall(r"<img\b[^>]*>", file.read_text(encoding="utf-8")):
            assert re.search(r'alt="[^"]{60,}"', tag), file.name
            assert tag.count(" alt=") == 1, file.name
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


def test_every_style_a_word_file_names_is_in_it(built):
    """Those that a style rests on or leads to, and those of paragraphs, words and tables."""
    named = r'<w:(?:basedOn|next|link|pStyle|rStyle|tblStyle) w:val="([^"]+)"'
    for file in of(built, ".docx"):
        styles = parts(file)["word/styles.xml"]
        known = set(re.findall(r'w:styleId="([^"]+)"', styles))
        assert {*re.findall(named, styles), *re.findall(named, parts(file)["word/document.xml"])} <= known, file.name
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
    """Every slide but the opening one carries notes, in PowerPoint and on the page."""
    for file in of(built, ".pptx"):
        noted = [name for name in parts(file) if re.fullmatch(r"ppt/notesSlides/notesSlide\d+\.xml", name)]
        assert len(noted) == len(slides(file)) - 1, file.name
        page = file.with_name(file.name.replace("-dark.pptx", ".html").replace(".pptx", ".html")).read_text("utf-8")
        assert page.count('class="notes"') == len(slides(file)) - 1, file.name


def test_slides_are_read_in_order(built):
    """On every slide a screen reader meets the title first and the footer and number last."""
    for file in of(built, ".pptx"):
        for name, text in slides(file).items():
            kinds = re.findall(r'<p:ph (?:idx="\d+" )?type="(\w+)"', text)
            assert kinds[0] in ("title", "ctrTitle"), f"{file.name}: {name}"
            if kinds[0] == "title":
                assert kinds[-2:] == ["ftr", "sldNum"], f"{file.name}: {name}"


def test_every_slide_names_kit_day_and_sources(built):
    """The footer says which forum on which day; a slide that cites something says so at its foot, too."""
    files, folder = built[PAY]
    for file in (file for file in files if file.suffix == ".pptx"):
        for name, text in list(slides(file).items()):
            if 'type="ctrTitle"' not in text:
                assert "Forum on the SES Performance-Based Pay System, July 28, 2004" in text, f"{file.name}: {name}"
    deck = "".join(slides(folder / "4-pay-2004-deck.pptx").values())
    assert "Sources: 5 U.S.C. 5383(c)" in deck
    assert (
        "Forum on the SES Performance-Based Pay System, July 28, 2004" in (folder / "4-pay-2004-deck.html").read_text()
    )


def test_headings_of_word_files_are_in_order(built):
    """No level is left out on the way down, and nothing but the title stands above the first heading."""
    for file in of(built, ".docx"):
        found = re.findall(r'<w:pStyle w:val="(Title|Heading(\d))" />', parts(file)["word/document.xml"])
        assert found[0][0] == "Title", file.name
        levels = [0, *(int(level) for _, level in found[1:])]
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{file.name}: {levels}"


def test_pdf_tables_pictures_and_headings_are_tagged(built):
    """Header cells in every PDF with a table, words for every picture, headings without a gap."""
    tables = 0
    for file in of(built, ".pdf"):
        with pikepdf.open(file) as pdf:
            elements = tags(pdf)
        names = [name for name, _ in elements]
        tables += names.count("/Table")
        assert ("/Table" in names) == ("/TH" in names), file.name
        assert all(str(element.Alt) for name, element in elements if name == "/Figure"), file.name
        levels = [0, *(int(name[2:]) for name in names if re.fullmatch(r"/H\d", name))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{file.name}: {levels}"
    assert tables > 20


def test_no_file_names_a_machine_or_a_person_who_built_it(built):
    """No path, no author, no program's user in any part of any file."""
    for file in (file for files, _ in built.values() for file in files if file.suffix != ".zip"):
        for name, text in parts(file).items():
            assert not re.search(rf"/(?:tmp|home|root|work|Users)/|{re.escape(str(TRAINING.parent))}", text), (
                f"{file.name}: {name}"
            )
            assert not re.search(r"<dc:creator>[^<]|lastModifiedBy>[^<]|<(?:Company|Manager)>[^<]", text), (
                f"{file.name}: {name}"
            )
    for file in of(built, ".pdf"):
        with pikepdf.open(file) as pdf:
            assert "/Author" not in pdf.docinfo, file.name


def test_the_zips_hold_everything(built):
    """The facilitators' zip holds every file as it was built; the participants' zip what they may see."""
    for files, folder in built.values():
        kept = {file.name: file.read_bytes() for file in files if file.suffix != ".zip"}
        with zipfile.ZipFile(folder / f"{folder.name}-facilitators.zip") as archive:
            held = {Path(name).name: archive.read(name) for name in archive.namelist()}
        assert held == kept
        with zipfile.ZipFile(folder / f"{folder.name}-participants.zip") as archive:
            names = {Path(name).name for name in archive.namelist()}
            assert all(archive.read(name) == kept[Path(name).name] for name in archive.namelist())
        handouts = {name for name in kept if "handout" in name}
        walls = {name for name in kept if name.startswith("wall-")}
        assert names == handouts | walls | {
            "agenda.html", "agenda.pdf", "agenda.ics", "knowledge-check.docx", "knowledge-check.pdf", "evaluation.docx",
            "evaluation.pdf", *job_aids(folder.name, "docx", "pdf"),
        }  # fmt: skip


def test_building_anew_gives_the_same_bytes_and_the_change_log_tells_of_an_edit(built, tmp_path):
    """Elsewhere nothing depends on folder or moment; again, only change log and record differ; an edited fact is told."""
    training, out = Path(shutil.copytree(TRAINING, tmp_path / "training")), tmp_path / "out"
    if ALL:
        files, _ = built[SMALL]
        whole = {file.name: file.read_bytes() for file in build(training / SMALL, tmp_path / "whole")[1]}
        assert [file.name for file in files if whole[file.name] != file.read_bytes()] == []
    file = training / SMALL / "forum.yaml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    agenda = lines.index("sessions:\n")
    file.write_text("".join([*lines[: agenda + 2]]).replace("minutes: 165\n", ""), encoding="utf-8")
    elsewhere = Path(shutil.copytree(training, tmp_path / "elsewhere" / "training"))
    first = {file.name: file.read_bytes() for file in build(training / SMALL, out)[1]}
    out = Path(shutil.copytree(out, tmp_path / "other"))
    build(elsewhere / SMALL, out)
    changed = {name for name, content in first.items() if (out / name).read_bytes() != content}
    assert changed <= {"since-the-last-build.html", f"{SMALL}-facilitators.zip"}
    assert "Nothing changed" in (out / "since-the-last-build.html").read_text(encoding="utf-8")
    facts = training / "facts.yaml"
    told = facts.read_text(encoding="utf-8").replace("or sooner if it prefers", "or at any time before")
    facts.write_text(told, "utf-8")
    build(training / SMALL, out)
    page = (out / "since-the-last-build.html").read_text(encoding="utf-8")
    assert "or sooner if it prefers" in page
    assert "or at any time before" in page


def test_each_job_aid_is_one_page_for_the_wall(built):
    """Every job aid has a PDF of its own: one page, across, in large letters."""
    aids = of(built, ".pdf", containing="wall-")
    assert len(aids) > 9
    for file in aids:
        with pikepdf.open(file) as pdf:
            (page,) = pdf.pages
            drawn = page.Contents.read_bytes()
        _, _, wide, high = map(float, page.MediaBox)
        sizes = sorted(map(float, re.findall(rb"/\w+ ([\d.]+) Tf", drawn)))
        assert wide > high, file
        assert sizes[len(sizes) // 2] > 10.5, file


def media(file):
    """The pictures of a deck by name."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith("ppt/media/")}


def test_decks_for_a_dark_room_are_the_same_slides(built):
    """Light letters on a dark ground with contrast, the same words; only colors differ, those of pictures, too."""
    seen = set()
    for file in of(built, ".pptx", containing="dark"):
        light = slides(file.with_name(file.name.replace("-dark", "")))
        for name, text in slides(file).items():
            assert re.sub(r'val="\w+"', "", text) == re.sub(r'val="\w+"', "", light[name]), f"{file.name}: {name}"
        pictures = media(file)
        seen |= pictures.keys()
        for name, png in pictures.items():
            assert image.imread(io.BytesIO(png))[0, 0, :3].max() < 0.2, f"{file.name}: {name} is on a light ground"
    assert seen, "a deck with pictures is among them"
    master = parts(file)["ppt/slideMasters/slideMaster1.xml"]
    assert re.search('bg1="dk1"', master)
    assert re.search(r"<p:titleStyle>(?:(?!</p:titleStyle>).)*FFFFFF", master, re.DOTALL)
    for letters in (dark.LETTERS, dark.MUTED):
        assert _contrast(letters, dark.GROUND) >= 4.5


def test_colors_of_powerpoint_have_contrast():
    """White titles on the bar, white table headers, gray sources on white: 4.5 to 1 and more."""
    with zipfile.ZipFile(io.BytesIO(Deck("T", "# One\n\n- a\n", opening=["s"]).to_pptx())) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
        layouts = "".join(archive.read(name).decode() for name in archive.namelist() if "slideLayout" in name)
        master = archive.read("ppt/slideMasters/slideMaster1.xml").decode()
    for accent in re.findall(r'<a:accent\d><a:srgbClr val="(\w+)"', theme):
        assert _contrast(accent, "FFFFFF") >= 4.5
    bar = re.search(r'name="Title bar".*?<a:srgbClr val="(\w+)"', master, re.DOTALL)[1]
    assert re.search(r"<p:titleStyle>.*?<a:schemeClr val=\"bg1\"", master, re.DOTALL)
    assert _contrast(bar, "FFFFFF") >= 4.5
    assert _contrast(template.GRAY, "FFFFFF") >= 4.5
    assert not re.search(r'<a:schemeClr val="tx1">\s*<a:tint', layouts)


def _contrast(one, other):
    def light(color):
        shares = [int(color[n : n + 2], 16) / 255 for n in (0, 2, 4)]
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


#: Every slide in turn, by the key that turns them: where it says it is, how high and wide it is, its smallest type.
_EACH_SLIDE = """() => {
  const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  press("Home");
  return [...document.querySelectorAll("section.level2")].map((slide, number) => {
    if (number) press("ArrowRight");
    const {scrollHeight, scrollWidth} = document.documentElement;
    const read = [...slide.querySelectorAll("p, li, th, td")].filter((one) => !one.closest(".sources, .notes"));
    const type = read.map((one) => parseFloat(getComputedStyle(one).fontSize));
    return [document.getElementById("place").innerText, scrollHeight, scrollWidth, Math.min(99, ...type)];
  });
}"""
_TURN_TO = """(number) => {
  const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  press("Home");
  for (let turned = 1; turned < number; turned++) press("ArrowRight");
}"""


def _scanned(file, decks, count):
    """Every fourth slide of every deck, or one of some decks, another from deck to deck."""
    if ALL:
        return range(1, count + 1, 4)
    return [1 + decks.index(file) % count] if file in some(decks, 9) else []


def test_pages_and_decks_have_no_accessibility_faults_and_nothing_overflows(built):
    """Axe finds nothing on any page or slide; at 1280 by 720 no slide of the page scrolls; S opens a view with notes."""
    with axe.browser() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        decks = of(built, ".html", containing="deck")
        pages = [file for file in of(built, ".html") if file not in decks]
        for file in [*(pages if ALL else {file.name: file for file in pages}.values()), *decks]:
            page.goto(file.as_uri())
            if file not in decks:
                assert axe.violations(page) == [], file.name
                continue
            count = page.locator("section.level2").count()
            for number, (place, high, wide, smallest) in enumerate(page.evaluate(_EACH_SLIDE), 1):
                assert place.startswith(f"Slide {number} of {count}"), file.name
                assert high <= 720, f"{file.name}, slide {number}"
                assert wide <= 1280, f"{file.name}, slide {number}"
                assert smallest >= 24, f"{file.name}, slide {number}: read from afar are 18 points, 24 pixels"
            assert number == count
            assert _printed(page) == count, f"{file.name}: one slide a page on paper"
            for number in _scanned(file, decks, count):
                page.evaluate(_TURN_TO, number)
                assert axe.violations(page) == [], f"{file.name}, slide {number}"
        page.goto(of(built, ".html", containing="deck")[0].as_uri())
        _is_for_paper_and_a_dark_room(page)
        page.keyboard.press("End")
        with page.expect_popup() as opened:
            page.keyboard.press("s")
        speaker = opened.value
        speaker.wait_for_selector("html.speaking")
        assert speaker.locator(".current .notes").is_visible()
        speaker.keyboard.press("Home")
        page.wait_for_function("document.getElementById('place').textContent.startsWith('Slide 1 of')")
        assert all(url.startswith(("file:", "data:")) for url in asked)


def _printed(page):
    """How many pages a deck takes on paper, all of them lying down."""
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        assert all(sheet.mediabox[2] > sheet.mediabox[3] for sheet in pdf.pages)
        return len(pdf.pages)


def _is_for_paper_and_a_dark_room(page):
    """On paper notes are left out; D makes the ground dark without a fault, and paper stays white."""
    ground = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(ground)
    page.keyboard.press("d")
    assert page.evaluate(ground) != light
    assert axe.violations(page) == []
    filters = "all => [...new Set(all.map(one => getComputedStyle(one).filter))]"
    drawn = page.locator("section.level2:not(.opening) img:not(.small)")
    dark = drawn.evaluate_all(filters)
    assert all("invert" in one for one in dark), "a drawing is on a white box in a dark room"
    page.emulate_media(media="print")
    assert drawn.evaluate_all(filters) in (["none"], [])
    assert not page.locator(".notes").first.is_visible()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(media="null")
    page.keyboard.press("d")


def test_powerpoint_and_word_open_in_libreoffice(built, tmp_path):
    """Each file converts, a deck has as many pages as slides, and on no slide does anything reach into the footer."""
    _, folder = built[PAY]
    decks = [file for file in of(built, ".pptx") if "dark" not in file.name]
    wanted = [*some(decks, 3), *some(sorted(folder.glob("*.docx")), 3)]
    for number, file in enumerate(wanted):
        shutil.copy(file, tmp_path / f"{number}{file.suffix}")
    office.converted("pdf", tmp_path, *(tmp_path / f"{number}{file.suffix}" for number, file in enumerate(wanted)))
    for number, file in enumerate(wanted):
        converted = tmp_path / f"{number}.pdf"
        with pikepdf.open(converted) as pdf:
            assert len(pdf.pages) == len(slides(file)) if file.suffix == ".pptx" else len(pdf.pages) > 0
        if file.suffix == ".pptx":
            assert _below_the_line(converted) == [], file.name


def _below_the_line(converted):
    """Words of a converted deck that reach over the footer line or out of the page, with the page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: apt-get install poppler-utils).")
    ran = subprocess.run(["pdftotext", "-bbox", converted, "-"], check=True, capture_output=True, text=True)
    found = []
    for page, text in enumerate(re.findall(r"<page .*?</page>", ran.stdout, re.DOTALL), 1):
        width, height = (float(size) for size in re.search(r'width="([\d.]+)" height="([\d.]+)"', text).groups())
        line = height * template.FOOT / template.HEIGHT
        for x, top, right, bottom, word in re.findall(
            r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', text
        ):
            above, across = float(top) < line - 2, float(bottom) > line + 1
            if (above and across) or float(right) > width or float(bottom) > height or float(x) < 0:
                found.append((page, word))
    return found
