"""Every slide of every kit fits in each of three faces, set with the widths of their letters: DejaVu, Liberation and Carlito.

The machine need not have the faces: `faces.json` holds the widths of Liberation Sans (as wide as Arial) and Carlito (as wide
as Calibri), compared with the fonts where they are installed. How an office program shows the decks is test_any_face.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from seskit.formats.documents import powerpoint, template
from seskit.forum import teaching
from seskit.forum.build import Kit
from seskit.forum.resolved import ResolvedSession
from tests.faces import Face, face, read

FACES = ("DejaVu Sans", "Liberation Sans", "Carlito")
POINT, PADDING, GAP = 12700, 8, 0.35
WIDE = (template.WIDTH - 2 * template.MARGIN) / POINT - 15
#: A box of text shrinks its type where a face is wide, as an office program does; no further than is read from afar.
SHRINKS_BY = 6


@pytest.mark.parametrize("family", FACES)
def test_no_slide_overflows(resolved: list[Kit], family: str) -> None:
    """Title in its bar, text and tables above sources and foot, no word wider than its column."""
    found = [
        f"{kit.forum.folder.name}, {lesson.title}: {fault}"
        for kit in resolved
        for lesson in kit.lessons
        for fault in _faults(lesson, family)
    ]
    assert found == []


def _faults(lesson: ResolvedSession, family: str) -> Iterator[str]:
    yield from _text("After this session you can", lesson.objectives, "", family)
    for step in lesson.steps:
        sources = step.sources
        lines = [line.strip() for line in teaching.text_of(step)]
        told = [step.allowed, *lines] if step.task else lines
        if rows := teaching.cells(step.body):
            yield from _table(step.title, rows, sources, face(family))
        elif told and not teaching.has_picture(step):
            yield from _text(step.title, told, sources, family)
        yield from _title(step.title, face(family, "bold"))


def _title(title: str, set_in: Face) -> Iterator[str]:
    size = powerpoint.type_of_title(title)
    for less in range(size, size - SHRINKS_BY, -1):
        if set_in.lines(title, WIDE / less) * less * set_in.line <= template.BAR / POINT:
            return
    yield f"the title '{title}' is higher than its bar"


def _text(title: str, told: Sequence[str], sources: str, family: str) -> Iterator[str]:
    set_in, room = face(family), powerpoint.room_above(sources)
    size = powerpoint.type_of_text(told, title, room)
    for less in range(size, max(size - SHRINKS_BY, powerpoint.FROM_AFAR - 1), -1):
        high = sum(
            (set_in.lines(line, (WIDE - powerpoint.indent(size)) / less) * set_in.line + GAP) * less for line in told
        )
        if high <= room:
            return
    yield f"the text of '{title}' in {size} points is {high:.0f} high at {less}, and has {room}"


def _table(title: str, rows: Sequence[Sequence[str]], sources: str, set_in: Face) -> Iterator[str]:
    size, widths = powerpoint.columns_of_table(rows, sources)
    wordy = {
        word
        for row in rows
        for cell, wide in zip(row, widths, strict=True)
        for word in cell.split(" ")
        if set_in.wide(word) * size > wide
    }
    if wordy:
        yield f"in the table of '{title}' {', '.join(sorted(wordy))} is wider than its column"
    high = sum(
        max(set_in.lines(cell, wide / size) for cell, wide in zip(row, widths, strict=True)) * size * set_in.line
        + PADDING
        for row in rows
    )
    if high > powerpoint.room_above(sources) + 3:
        yield f"the table of '{title}' is {high:.0f} points high, and has {powerpoint.room_above(sources)}"


def test_a_slide_too_full_is_seen() -> None:
    """In each face a text, a title and a table that cannot fit are named; narrow ones are not."""
    for family in FACES:
        assert list(_text("A", ["A sentence of middle length on what an agency does " * 6] * 6, "", family))
        assert list(_title("A title so long that no face has room for it on one line of the bar " * 9, face(family)))
        assert list(_table("A", [["a", "b"], *([["words " * 40, "more " * 40]] * 8)], "", face(family)))
        assert not list(_table("A", [["a", "b"], ["one", "two"]], "", face(family)))
        assert not list(_title("Pay may change once in 12 months", face(family)))


@pytest.mark.parametrize("family", FACES[1:])
def test_the_widths_are_those_of_the_font(family: str) -> None:
    """Where the font is installed, `faces.json` says what it says."""
    if shutil.which("fc-match") is None:
        pytest.skip("fc-match is not installed (Debian: fontconfig), so fonts cannot be looked up.")
    for weight in ("regular", "bold"):
        asked = f"{family}:{weight}:slant=0:width=100"
        ran = subprocess.run(["fc-match", "-f", "%{family}|%{file}", asked], capture_output=True, text=True, check=True)
        named, _, file = ran.stdout.partition("|")
        if named != family:
            pytest.skip(f"{family} is not installed (Debian: fonts-liberation, fonts-crosextra-carlito).")
        assert read(Path(file)) == face(family, weight)
