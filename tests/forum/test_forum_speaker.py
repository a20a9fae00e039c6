"""The page of slides on screens of other sizes: nothing stands behind the bar, and who speaks reads the notes beside the slide."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seskit.forum import papers
from seskit.forum.build import Kit
from tests import axe
from tests.extent import some

#: Two decks that have the fullest exercise, pictures, tables and questions to the room.
DECKS = ("1-opening-today", "2-certification-criteria")
#: A notebook, the same with a browser's bars, a tablet, a telephone.
SIZES = ((1366, 768), (1280, 690), (820, 1180), (320, 640))
#: Of the slide shown: its name, where its last visible part ends, and the boxes of slide, notes and bar.
_LOOKED_AT = """() => {
  const slide = document.querySelector("section.current"), box = (one) => one && one.getBoundingClientRect().toJSON();
  const parts = [...slide.querySelectorAll("p, li, img, td, h2")].filter((one) => !one.closest(".notes, .unseen"));
  const {scrollHeight, scrollWidth} = document.documentElement;
  return {
    name: slide.querySelector("h2").textContent, high: scrollHeight, wide: scrollWidth,
    ends: Math.max(...parts.map((one) => one.getBoundingClientRect().bottom)),
    shown: box(slide.querySelector(".shown")), notes: box(slide.querySelector(".notes")),
    bar: document.querySelector("nav").getBoundingClientRect().top, said: document.querySelector("#place").textContent,
  };
}"""


@pytest.fixture(scope="module")
def decks(resolved: list[Kit], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    kit = next(kit for kit in resolved if kit.forum.folder.name == "2026-update")
    folder, made = tmp_path_factory.mktemp("decks"), []
    for one in (one for one in kit.lessons if one.stem in DECKS):
        made.append(folder / f"{one.stem}.html")
        made[-1].write_text(papers.deck(kit.forum, one, page=True).to_html(), encoding="utf-8")
    assert len(made) == len(DECKS)
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with axe.browser() as opened:
        yield opened


def _looked_at(page: Any, deck: Path, view: str = "") -> Iterator[dict[str, Any]]:
    """Each slide opened by its address, as the speaker's view opens it."""
    page.goto(deck.as_uri())
    for number in range(1, page.locator("section.level2").count()):
        page.goto("about:blank")
        page.goto(f"{deck.as_uri()}#{view}{number}")
        yield page.evaluate(_LOOKED_AT)


@pytest.mark.parametrize(("width", "height"), some(SIZES[:3], 2))
def test_nothing_stands_behind_the_bar(browser: Any, decks: list[Path], width: int, height: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    for deck in decks:
        for seen in _looked_at(page, deck):
            assert seen["high"] <= height, seen["name"]
            assert seen["said"].endswith(f": {seen['name']}")
            assert seen["ends"] <= seen["bar"] + 1, seen["name"]
    page.close()


@pytest.mark.parametrize(("width", "height"), some(SIZES, 3))
def test_notes_are_read_beside_the_slide(browser: Any, decks: list[Path], width: int, height: int) -> None:
    """Slide and notes are on the screen together, the page itself does not scroll, and the notes have the larger part."""
    page = browser.new_page(viewport={"width": width, "height": height})
    for deck in decks:
        noted = 0
        for seen in _looked_at(page, deck, "speaker"):
            assert (seen["high"], seen["wide"]) == (height, width), seen["name"]
            shown, notes = seen["shown"], seen["notes"]
            assert shown["height"] >= 40, seen["name"]
            if notes is None:
                continue
            noted += 1
            assert notes["bottom"] <= seen["bar"] + 1, seen["name"]
            assert notes["width"] >= 0.5 * width, seen["name"]
            assert notes["height"] >= (0.6 if width > 800 else 0.33) * height, seen["name"]
            beside, below = notes["left"] >= shown["right"], notes["top"] >= shown["bottom"] - 1
            assert beside if width > 800 else below, seen["name"]
        assert noted > 5
        assert axe.violations(page) == []
    page.close()
