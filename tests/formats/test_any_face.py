"""Pages and slides fit whatever face they are set in: one with wide letters, and the wide spacing a reader may ask for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from seskit import batch
from seskit.formats.documents import template
from seskit.formats.documents.deck import Deck
from seskit.formats.frames import framed
from seskit.paper import rollup
from tests import axe
from tests import batch_kit as kit
from tests.extent import ALL, some
from tests.places import PACKAGE as SESKIT

AGENCIES = ("DBT", "LKA") if ALL else ("DBT",)
WALKS = ("report", "appraisal", "certification", "pay_setting", "staffing")
#: Where pages begin, and which pages of those built below show that they fit.
BEGUN_IN = {
    "formats/markup.py": ("forms.html", "supplement.html", "index.html", "report.html", "appraisal.html", "certification.html", "pay_setting.html", "staffing.html"),
    "formats/documents/page.html": ("agenda.html", "since-the-last-build.html", "performance_plan.html", "outcome_notice.html", "pay_worksheet.html"),
    "formats/documents/deck.html": ("4-pay-2004-deck.html",),
}  # fmt: skip
#: The spacing of WCAG 1.4.12, which a page must bear, and letters that are all as wide as an m.
FACES = {
    "this machine's": "/* as they are */",
    "spaced": "* {letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important}",
    "wide": "* {font-family: monospace !important}",
}
#: Elements that reach out of the page, those apart that a frame of their own lets scroll, or that only a reader hears.
_IN_A_FACE = """(rules) => {
  const style = document.getElementById("face") || document.head.appendChild(document.createElement("style"));
  style.id = "face";
  style.textContent = rules;
  const width = document.documentElement.clientWidth;
  const held = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement)
      if (getComputedStyle(one).overflowX !== "visible" || one.matches(".skip")) return true;
    return false;
  };
  const outside = () => {
    const out = [...document.querySelectorAll("body *")].filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width && (box.left < -1 || box.right > width + 1) && !held(element);
    });
    const wider = document.documentElement.scrollWidth - width;
    return [...(wider > 0 ? [`the page, by ${wider}`] : []), ...out.map((one) => one.outerHTML.slice(0, 120))];
  };
  const press = (key) => document.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
  const slides = document.querySelectorAll("html.turning section.level2");
  if (!slides.length) return [outside()];
  press("Home");
  return [...slides].map((_, number) => { if (number) press("ArrowRight"); return outside(); });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, kits: Any, warm_way: Any) -> list[Path]:
    """Pages of every kind: an agency (two by `make test-all`) through every notebook, their overview and roll-up, and the forum kits."""
    out = tmp_path_factory.mktemp("site") / "out"
    batch.run(kit.SAMPLES, out, notebooks=list(WALKS), only=AGENCIES, workers=2, launcher=warm_way)
    rollup.write(out)
    return [
        *sorted(out.rglob("*.html")),
        *(file for files, _ in kits.values() for file in files if file.suffix == ".html"),
    ]


@pytest.mark.slow
def test_pages_of_every_kind_are_tried(site: list[Path]) -> None:
    """Whatever begins a page in the package has pages among those tried here."""
    begun = {
        p.relative_to(SESKIT).as_posix()
        for p in SESKIT.rglob("*")
        if p.is_file() and p.suffix != ".pyc" and b"<!DOCTYPE html" in p.read_bytes()
    }
    assert begun == set(BEGUN_IN), "A new kind of page: build one in `site`, and name it in BEGUN_IN."
    assert {name for names in BEGUN_IN.values() for name in names} <= {page.name for page in site}


@pytest.mark.slow
@pytest.mark.browser
def test_no_page_is_wider_than_a_narrow_screen_and_its_frames_are_usable(site: list[Path]) -> None:
    """On 320 pixels, which is 1280 enlarged four times, in every face no page scrolls sideways and nothing lies outside it.

    Axe finds nothing there either, where the tables scroll in their frames.
    """
    with axe.browser() as browser:
        page = browser.new_page(viewport={"width": 320, "height": 900})
        for file in _tried(site):
            page.goto(file.as_uri())
            where = f"{file.parent.name}/{file.name}"
            if "deck" not in file.name:
                assert axe.violations(page) == [], where
            for face, rules in FACES.items():
                for slide, outside in enumerate(page.evaluate(_IN_A_FACE, rules), 1):
                    assert outside == [], f"{where}, slide {slide}, {face}"


def _tried(site: list[Path]) -> list[Path]:
    """Each page of an agency and of a kit by its name once, and a spread of the decks; all of them by `make test-all`."""
    decks = [file for file in site if "deck" in file.name]
    pages = [file for file in site if "deck" not in file.name]
    named = pages if ALL else list({file.name: file for file in pages}.values())
    return [*named, *some(decks, 4)]


def test_each_table_has_one_frame_with_its_name() -> None:
    """The caption is the frame's name; a table in a table needs none; what is framed stays as it is; and a picture's."""
    table = (
        "<table class='a'><caption>Pay &amp; <b>awards</b>, \"all\"</caption><tr><td><table></table></td></tr></table>"
    )
    once = framed(f"<p>a</p>{table}<TABLE></TABLE>")
    assert once.count("<div class='wide' role='group' tabindex='0'") == once.count("</div>") == 2
    assert "aria-label='Pay &amp; awards, &quot;all&quot;'>" + table + "</div>" in once
    assert "aria-label='Table'><TABLE></TABLE></div>" in once
    assert framed(once) == once
    assert framed("</table><table><p>never closed") == "</table><table><p>never closed"
    drawn = framed(
        '<figure>\n<img role="img" aria-label="A bar." src="a" />\n<figcaption>Pay <b>rose</b></figcaption></figure>'
    )
    assert 'aria-label=\'Picture: Pay rose\'><img alt="A bar." src="a" /></div>' in drawn
    assert framed(drawn) == drawn


class Word(NamedTuple):
    """A word of a converted slide and its place, in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    def covers(self, other: Word) -> bool:
        """Whether the middles of two words lie on each other."""
        one, two = (self.bottom - self.top) / 4, (other.bottom - other.top) / 4
        beside = min(self.right, other.right) - max(self.left, other.left) <= 1
        return not beside and min(self.bottom - one, other.bottom - two) > max(self.top + one, other.top + two)


#: The faces that take the place of all: one whose letters are all wide, and what a machine may have in place of Arial.
SETS = {"wide": "monospace", "DejaVu": "DejaVu Sans", "Liberation": "Liberation Sans", "Carlito": "Carlito"}
#: Every family replaced by one.
_ALONE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><match target="pattern">
<edit name="family" mode="assign" binding="strong"><string>{family}</string></edit></match></fontconfig>"""
#: Slides as full as a session may make them, and fuller.
_LONG = "A sentence of middle length on what an agency does before the period ends"
FULL = Deck(
    "A title so long that no face has room for it on one line of the opening slide", "\n".join([
        "# A title so long that no face has room for it on one line of the bar, and some not on two", "",
        *(f"- {_LONG} {number}." for number in range(6)), "",
        "# Many short points", "", *(f"{number}. Point number {number}" for number in range(1, 10)), "",
        "# A table of words", "", "| Criterion | What it asks | Where |", "|----|----------|----|",
        *(f"| Accountability {number} | {_LONG} | 5 CFR 430.{number} |" for number in range(5)), "",
        "# Figures", "", "| Not certified | Certified | Highest basic pay | Total |", "|--|--|--|--|",
        *("| $1,234,567.89 | $1,234,567.89 | $1,234,567.89 | $1,234,567.89 |" for _ in range(5)), "",
    ]),
    opening=["Forum on the SES Performance-Based Pay System", "Wednesday, July 28, 2004, 8:30 to 9:00"],
    footer="Forum on the SES Performance-Based Pay System, July 28, 2004",
    sources={"A table of words": "5 CFR 430.404(a)(1) to (9); " * 12, "Many short points": "5 U.S.C. 5382"},
)  # fmt: skip


@pytest.fixture(scope="module")
def decks(kits: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The decks of every kit, and one that is too full."""
    place = tmp_path_factory.mktemp("decks")
    (place / "full.pptx").write_bytes(FULL.to_pptx())
    made = {
        f"{folder.name}/{file.name}": file
        for files, folder in kits.values()
        for file in files
        if file.suffix == ".pptx" and "dark" not in file.name
    }
    return made | {"full": place / "full.pptx"}


@pytest.mark.slow
@pytest.mark.parametrize("face", SETS)
def test_no_slide_has_type_on_type_or_below_the_line(decks: dict[str, Path], tmp_path: Path, face: str) -> None:
    """As LibreOffice shows them with one set of faces: other decks for each set, and the one that is too full."""
    turn, names = list(SETS).index(face), list(decks)[:-1]
    tried = names if ALL else some(names[turn :: len(SETS)], 2)
    for name, converted in _converted({name: decks[name] for name in (*tried, "full")}, tmp_path, SETS[face]):
        for number, (words, width, height) in enumerate(_slides(converted), 1):
            bar, line = (height * at / template.HEIGHT for at in (template.BAR, template.FOOT))
            where = f"{name}, slide {number}"
            assert [w.text for w in words if w.right > width or w.bottom > height or w.left < 0] == [], where
            assert [w.text for w in words if w.top < line - 4 and w.bottom > line + 1] == [], where
            assert [(a.text, b.text) for a, b in combinations(words, 2) if a.covers(b)] == [], where
            if number > 1:
                assert [w.text for w in words if w.top < bar and w.bottom > bar + 2] == [], where


def _converted(decks: dict[str, Path], place: Path, family: str) -> Iterator[tuple[str, Path]]:
    """Each deck as a PDF, all by one start of LibreOffice, which knows no other face."""
    program = shutil.which("soffice")
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip(
            "LibreOffice Impress or pdftotext is not installed (Debian: libreoffice-impress-nogui, poppler-utils)."
        )
    (place / "alone.conf").write_text(_ALONE.replace("{family}", family), encoding="utf-8")
    faces = os.environ | {"FONTCONFIG_FILE": str(place / "alone.conf")}
    matched = subprocess.run(["fc-match", "Arial"], check=True, capture_output=True, text=True, env=faces).stdout
    if family != "monospace" and f'"{family}"' not in matched:
        pytest.skip(f"{family} is not installed (Debian: fonts-liberation, fonts-crosextra-carlito).")
    for number, file in enumerate(decks.values()):
        shutil.copy(file, place / f"{number}.pptx")
    given = [str(place / f"{number}.pptx") for number in range(len(decks))]
    command = [program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(place), *given], check=True, capture_output=True, timeout=400, env=faces)
    for number, name in enumerate(decks):
        yield name, place / f"{number}.pdf"


def _slides(converted: Path) -> Iterator[tuple[list[Word], float, float]]:
    """The words of each slide, with its width and height."""
    ran = subprocess.run(["pdftotext", "-bbox", converted, "-"], check=True, capture_output=True, text=True)
    for text in re.findall(r"<page .*?</page>", ran.stdout, re.DOTALL):
        width, height = (float(size) for size in re.search(r'width="([\d.]+)" height="([\d.]+)"', text).groups())
        found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', text)
        yield [Word(*map(float, place), word) for *place, word in found], width, height
