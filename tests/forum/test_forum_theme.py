"""An agency's color and logo on decks and papers; every fault of a build told at once, the theme's with all others."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from seskit.formats.documents.look import contrast_with_white, size_of
from seskit.forum import config, papers
from seskit.forum.build import build, resolve
from seskit.forum.place import KitError
from tests.own_forum import PLAIN
from tests.places import TRAINING

SAYS = 'Seal of the "Department" of Examples & Sons'


def png(width: int, height: int) -> bytes:
    """A picture of that size."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (width, height), (122, 31, 61)).save(made, "PNG")
    return made.getvalue()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A forum of one session with a theme."""
    training = Path(shutil.copytree(TRAINING, tmp_path_factory.mktemp("own") / "training"))
    folder = training / "own"
    folder.mkdir()
    (folder / "forum.yaml").write_text(PLAIN, encoding="utf-8")
    (folder / "seal.png").write_bytes(png(400, 200))
    (folder / "theme.yaml").write_text(f"color: \"#7a1f3d\"\nlogo: seal.png\nlogo_says: '{SAYS}'\n", encoding="utf-8")
    return folder


def test_color_and_logo_are_on_slides_and_papers(own: Path) -> None:
    """The bar, the headings and the logo with its words, in the page, PowerPoint, Word and PDF; without a theme none."""
    forum = config.read(own)
    kit = resolve(forum)
    said = SAYS.replace('"', "'")
    deck = replace(papers.deck(forum, kit.lessons[0], page=True), look=forum.look)
    page = deck.to_html()
    assert "--accent: #7A1F3D" in page
    opening = page[page.index('class="level2 opening"') : page.index("</section>")]
    assert "data:image/png;base64," in opening
    assert len(re.findall(r'alt="[^"]+"', opening)) == 1
    assert "of Examples &amp; Sons" in opening
    with zipfile.ZipFile(io.BytesIO(deck.to_pptx())) as made:
        slide, master = (
            made.read(f"ppt/{name}1.xml").decode() for name in ("slides/slide", "slideMasters/slideMaster")
        )
        assert made.read("ppt/media/agency-logo.png") == forum.look.logo
        assert 'name="Agency logo"' in slide
        assert 'name="Agency logo"' in master
        assert "7A1F3D" in master
        assert "1A4480" not in master + made.read("ppt/theme/theme1.xml").decode()
    wide, high = map(int, re.findall(r'<p:pic>.*?<a:ext cx="(\d+)" cy="(\d+)"', slide)[0])
    assert abs(wide - 2 * high) <= 2
    handout = replace(papers.handout(forum, kit.lessons[0]), look=forum.look)
    with zipfile.ZipFile(io.BytesIO(handout.to_docx())) as made:
        assert "7A1F3D" in made.read("word/styles.xml").decode()
        assert f'descr="{said}"' in unescape(made.read("word/document.xml").decode())
    import pypdf

    plain = replace(handout, look=config.read(TRAINING / "2012-02-model-system").look)
    shown = [len(pypdf.PdfReader(io.BytesIO(one.to_pdf())).pages[0].images) for one in (plain, handout)]
    assert shown[1] == shown[0] + 1


def test_faults_of_theme_agenda_and_sessions_are_told_at_once(own: Path) -> None:
    """A light color, a logo that is no picture and one without words, an unknown entry, a session's reference: one message."""
    folder = own.parent / "spoilt"
    shutil.copytree(own, folder)
    (folder / "seal.png").write_bytes(b"GIF89a")
    (folder / "theme.yaml").write_text('color: "#ffdd00"\nlogo: seal.png\nfont: Arial\n', encoding="utf-8")
    (folder / "forum.yaml").write_text(
        PLAIN.replace("role: Lead", "rolle: Lead").replace("place:", "plaice: x\nplace:")
    )
    session = own.parent / "sessions" / "model_opening.md"
    whole = session.read_text(encoding="utf-8")
    session.write_text(whole.replace("{{chart model_parts}}", "{{chart model_party}}"), encoding="utf-8")
    try:
        with pytest.raises(KitError) as failure:
            build(folder, folder / "out")
    finally:
        session.write_text(whole, encoding="utf-8")
    told = str(failure.value).splitlines()
    for words in (
        "contrast is 1.3",
        "not a PNG",
        "'font' is not known in a theme",
        "no words for those",
        "'rolle'",
        "'plaice'",
        "model_party",
    ):
        assert [line for line in told if words in line], words
    assert len(told) == 7
    assert all(", line " in line for line in told)
    assert not (folder / "out").exists()


@pytest.mark.parametrize(("written", "said"), [
    ("color: blue\n", "is not a color"), ("logo: other.png\nlogo_says: x\n", "not in this folder"),
    ("logo: ../own/seal.png\nlogo_says: x\n", None), ("logo: ../facts.yaml\nlogo_says: x\n", "not in this folder"),
    ("logo: seal.png\nlogo_says: ''\n", "logo_says is empty"), ("- color\n", "no lines such as"), ("color: '#1a4480'\n", None),
])  # fmt: skip
def test_each_fault_says_what_to_do(own: Path, written: str, said: str | None) -> None:
    """With file and line; what is right is not refused."""
    kept = (own / "theme.yaml").read_text(encoding="utf-8")
    (own / "theme.yaml").write_text(written, encoding="utf-8")
    try:
        if said is None:
            assert config.read(own).look
        else:
            with pytest.raises(KitError, match=said):
                config.read(own)
    finally:
        (own / "theme.yaml").write_text(kept, encoding="utf-8")


def test_a_logo_of_no_one_yet_is_warned_of(own: Path) -> None:
    """As for every other placeholder."""
    kept = (own / "theme.yaml").read_text(encoding="utf-8")
    (own / "theme.yaml").write_text(kept.replace(SAYS, "Seal of your agency"), encoding="utf-8")
    try:
        assert any("Seal of your agency" in said for said in config.read(own).warnings)
    finally:
        (own / "theme.yaml").write_text(kept, encoding="utf-8")


def test_contrast_and_size_are_measured() -> None:
    """Against known values; what is no PNG has no size."""
    assert (round(contrast_with_white("000000")), round(contrast_with_white("FFFFFF"))) == (21, 1)
    assert round(contrast_with_white("1A4480"), 1) == 9.6
    assert size_of(png(300, 120)) == (300, 120)
    assert size_of(b"GIF89a") is None
