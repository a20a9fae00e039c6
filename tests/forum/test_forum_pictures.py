"""Slides and their pictures: text sits in the middle, each picture fills its slide in height and width, and a line of two or three days says how long and what."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from seskit.formats.documents import powerpoint
from seskit.formats.drawing import Chart
from seskit.forum.build import Kit
from seskit.forum.time_lines import Span, lasting, time_line

#: Of a picture's height and width, what must hold ink from the first to the last.
LEAST = 0.75


def _filled(chart: Chart) -> tuple[float, float]:
    """From the first to the last ink, as a share of width and height."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(chart.png)) as picture:
        left, upper, right, lower = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, 0, 0)
        return (right - left) / picture.width, (lower - upper) / picture.height


def _outside(chart: Chart) -> list[str]:
    """Words that are drawn past an edge of the picture."""
    figure = chart.drawn
    assert isinstance(figure, Figure)
    wide, high = figure.canvas.get_width_height()
    boxes = ((text.get_text(), text.get_window_extent()) for text in figure.axes[0].texts if text.get_text())
    return [said for said, box in boxes if min(box.x0, box.y0) < 0 or box.x1 > wide or box.y1 > high]


def test_every_picture_fills_its_slide(resolved: list[Kit]) -> None:
    """No picture of a kit leaves more than a quarter of its height or width empty, and no word runs over its edge."""
    charts = {
        chart.title: chart
        for kit in resolved
        for lesson in kit.lessons
        for chart in lesson.images.drawn()
        if isinstance(chart.drawn, Figure)
    }
    assert len(charts) > 20
    found = {title: (_filled(chart), _outside(chart)) for title, chart in charts.items()}
    assert {title: said for title, said in found.items() if min(said[0]) < LEAST or said[1]} == {}


def test_the_words_of_a_picture_keep_their_capitals(resolved: list[Kit]) -> None:
    """A level has its capitals in the description as in the picture, and so has every name."""
    said = {chart.alt for kit in resolved for lesson in kit.lessons for chart in lesson.images.drawn()}
    assert any("level III" in one for one in said)
    assert [one for one in said if re.search(r"\blevel i+\b|\b(?:opm|omb|ses|president|january)\b", one)] == []


def test_every_picture_is_read_from_afar(resolved: list[Kit]) -> None:
    """No word is smaller than 14 points on a slide 10 inches wide, which are 18 on one of the usual 13.3 inches."""
    small = {
        f"{chart.title}: {text.get_text()}"
        for kit in resolved
        for lesson in kit.lessons
        for chart in lesson.images.drawn()
        if isinstance(chart.drawn, Figure)
        for text in chart.drawn.axes[0].texts
        if text.get_text().strip() and text.get_fontsize() < powerpoint.FROM_AFAR
    }
    assert small == set()


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (date(2026, 8, 3), date(2026, 8, 4), "1 day"),
        (date(2026, 8, 3), date(2026, 10, 22), "80 days"),
        (date(2025, 11, 1), date(2026, 11, 1), "12 months"),
        (date(2012, 1, 4), date(2012, 12, 31), "11 months and 27 days"),
        (date(2012, 1, 31), date(2012, 8, 1), "6 months and 1 day"),
    ],
)
def test_how_long_a_stretch_lasts(first: date, last: date, says: str) -> None:
    """In days up to about a quarter of a year, then in months and the days left over."""
    assert lasting(first, last) == says
    chart = time_line("A", [(first, "begins"), (last, "ends")], [Span(first, last, "wait")])
    assert f"{says}: wait, from" in chart.alt
    assert isinstance(chart.drawn, Figure)
    drawn = [text.get_text().strip() for text in chart.drawn.axes[0].texts]
    assert says in drawn
    assert "wait" in drawn


def test_a_stretch_shows_each_of_its_days() -> None:
    """Fifteen days of notice are fifteen cells; the day of the cut is not one of them."""
    chart = time_line("A", [(date(2027, 1, 23), "notice"), (date(2027, 2, 7), "cut")], [Span(date(2027, 1, 23), date(2027, 2, 7), "wait")])  # fmt: skip
    assert isinstance(chart.drawn, Figure)
    cells = [text.get_text() for text in chart.drawn.axes[0].texts if text.get_text().isdigit()]
    assert cells == [*map(str, range(23, 32)), *map(str, range(1, 7))]


def test_no_line_breaks_inside_a_day_or_a_level(resolved: list[Kit]) -> None:
    """On every slide the number of a day and of a level stays with its word."""
    broken = re.compile(r"\b(?:January|March|July|December|[Ll]evel) (?:\d|[IVX]+\b)")
    kept = "level\N{NO-BREAK SPACE}III"
    bodies = [step.body for kit in resolved for lesson in kit.lessons for step in lesson.steps if "![" not in step.body]
    assert [body for body in bodies if broken.search(body)] == []
    assert any(kept in body for body in bodies)


def test_slides_in_powerpoint_sit_in_their_middle(kits: dict[str, tuple[list[Path], Path]]) -> None:
    """Text and every cell of a table are in the middle of their room, and a dot or letter keeps clear of the words after it."""
    seen = Counter[str]()
    for _, folder in kits.values():
        for deck in folder.glob("*-deck.pptx"):
            with zipfile.ZipFile(deck) as held:
                slides = [
                    held.read(name).decode() for name in held.namelist() if re.match(r"ppt/slides/slide\d+\.xml", name)
                ]
            for slide in slides:
                cells = re.findall(r"<a:tc>.*?</a:tc>", slide, re.DOTALL)
                assert all('<a:tcPr anchor="ctr"' in cell for cell in cells), deck.name
                seen["cells"] += len(cells)
                for body in re.findall(r'<p:ph idx="1"\s*/>.*?</p:sp>', slide, re.DOTALL):
                    if "<a:t>" not in body:
                        continue
                    assert 'anchor="ctr"' in body, deck.name
                    for hangs, kind, size in re.findall(
                        r'<a:pPr lvl="0" indent="-(\d+)" marL="\1"(/>|>\s*<a:buAutoNum).*?sz="(\d+)00"', body, re.DOTALL
                    ):
                        assert int(hangs) >= int(size) * 12700, (deck.name, kind)
                        seen["lines"] += 1
    assert seen["cells"] > 50
    assert seen["lines"] > 50
