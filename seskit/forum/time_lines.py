"""Lines of time: a few days fill the slide with the stretch between them, many share the line in proportion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from textwrap import fill
from typing import Any

from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.drawing import HALL_FONT, Chart
from seskit.formats.tables import Table
from seskit.forum.diagrams import ACCENT, INK, LARGE, LARGEST, LETTERS, PALE, TYPE, arrow, canvas
from seskit.law.clocks import add_months

#: Labels that have room beside each other above a line of time.
_ON_ONE_SIDE = 3
#: The ends of a stretch that fills the slide, the foot and height of its bar, and how narrow a cell may be to be named.
_LEFT, _RIGHT, _FOOT, _HIGH, _NARROW = 2.5, 97.5, 16, 8.5, 5.3
#: Days in a month and in three: up to there a stretch shows its days, then every ten of them, then months.
_DAYS, _TENS = 31, 120


@dataclass(frozen=True)
class Span:
    """A stretch on a line of time: from, to, what it is and how long; `pale` where it only may be."""

    first: date
    last: date
    says: str
    pale: bool = False
    length: str = ""

    @property
    def lasts(self) -> str:
        """How long it is, in words."""
        return self.length or lasting(self.first, self.last)


def time_line(title: str, points: Sequence[tuple[date, str]], spans: Sequence[Span] = ()) -> Chart:
    """Days on a line of time in proportion, with stretches between them as bars."""
    figure, axes = canvas()
    if len(points) > _ON_ONE_SIDE or len(spans) > 1:
        _many(axes, points, spans)
    elif spans:
        _stretch(axes, points, spans[0])
    else:
        _apart(axes, points)
    said = "; ".join(f"{long_date(day)}, {words}" for day, words in points)
    held = "; ".join(
        f"{span.lasts}: {span.says}, from {long_date(span.first)} to {long_date(span.last)}" for span in spans
    )
    table = Table(title, ("Day", "What happens"), tuple((long_date(day), words) for day, words in points))
    return Chart(f"Line of time. {said}. {held + '.' if held else ''}".strip(), table, figure, HALL_FONT)


def _room(count: int, crowded: bool) -> int:
    """Letters of a label, so that it does not reach its neighbors on the same side of the line."""
    return min(int(82 / (count - 1) * (2 if crowded else 1) * 0.6), 30)


def lasting(first: date, last: date) -> str:
    """How long it is from one day to another: in days for a quarter of a year, else in months and the days left over."""
    days = (last - first).days
    if days <= _TENS:
        return number_of(days, "day")
    months = (last.year - first.year) * 12 + last.month - first.month
    months -= add_months(first, months) > last
    over = (last - add_months(first, months)).days
    return f"{months} months" + (f" and {number_of(over, 'day')}" if over else "")


def _stretch(axes: Any, points: Sequence[tuple[date, str]], span: Span) -> None:
    """Two or three days and one stretch: large labels, the stretch in days, tens of days or months, its length, what happens."""
    length = max((span.last - span.first).days, 1)

    def at(day: date) -> float:
        return _LEFT + (_RIGHT - _LEFT) * (day - span.first).days / length

    face, ink = (PALE, INK) if span.pale else (ACCENT, "#ffffff")
    axes.barh(_FOOT + _HIGH / 2, _RIGHT - _LEFT, left=_LEFT, height=_HIGH, color=face, edgecolor=ACCENT, linewidth=1.5)
    for begins, ends, name in _cells(span.first, span.last):
        left, right = at(begins), at(ends)
        axes.plot([right, right], [_FOOT, _FOOT + _HIGH], color=ink, lw=1)
        if right - left >= _NARROW:
            axes.text((left + right) / 2, _FOOT + _HIGH / 2, name, ha="center", va="center", fontsize=LARGE, color=ink)
    for day, words in points:
        axes.plot([at(day)], [_FOOT + _HIGH + 1.2], "v", color=INK, markersize=13, zorder=5)
        _label(axes, at(day), day, words, len(points))
    low = _FOOT - 5.2
    axes.annotate("", xy=(_RIGHT, low), xytext=(_LEFT, low), arrowprops={"arrowstyle": "<|-|>", "color": INK, "lw": 2.5, "shrinkA": 0, "shrinkB": 0})  # fmt: skip
    for end in (_LEFT, _RIGHT):
        axes.plot([end, end], [low - 2, _FOOT + _HIGH + 1.2], color=INK, lw=2.5)
    axes.text(50, low, f" {span.lasts} ", ha="center", va="center", fontsize=LARGEST + 8, fontweight="bold", color=INK, backgroundcolor="#ffffff")  # fmt: skip
    axes.text(
        50, low - 4.2, fill(span.says, 54), ha="center", va="top", fontsize=LARGEST + 1, color=INK, linespacing=1.2
    )


def _label(axes: Any, x: float, day: date, words: str, among: int) -> None:
    """A day in bold with what happens on it, above its mark on the bar; the first and the last reach inward."""
    size = LARGEST + 4 if among < _ON_ONE_SIDE else LARGEST
    side = "left" if x < 100 / 3 else "right" if x > 200 / 3 else "center"
    place = {"left": 0.5, "right": 99.5, "center": x}[side]
    across = int(LETTERS * TYPE / LARGEST / among) - 1
    axes.text(place, 39.5, long_date(day), ha=side, va="top", fontsize=size, fontweight="bold", color=INK)
    axes.text(place, 39.5 - size * 0.21, fill(words, across), ha=side, va="top", fontsize=LARGEST, color=INK, linespacing=1.2)  # fmt: skip


def _cells(first: date, last: date) -> Iterator[tuple[date, date, str]]:
    """The days of a stretch, or every ten of them, or its months: from, to, and what stands in it."""
    length = (last - first).days
    if length <= _DAYS:
        for number in range(length):
            yield first + timedelta(number), first + timedelta(number + 1), str((first + timedelta(number)).day)
    elif length <= _TENS:
        for number in range(0, length, 10):
            to = min(number + 10, length)
            yield first + timedelta(number), first + timedelta(to), f"day {to}"
    else:
        start = first
        while start < last:
            following = min(add_months(start.replace(day=1), 1), last)
            yield start, following, f"{start:%b}"
            start = following


def _apart(axes: Any, points: Sequence[tuple[date, str]]) -> None:
    """Two or three days far apart, large, with the time from each to the next."""
    places = [_LEFT + (_RIGHT - _LEFT) * number / (len(points) - 1) for number in range(len(points))]
    middle = 12
    for (before, after), ((first, _), (last, _)) in zip(pairwise(places), pairwise(points), strict=True):
        axes.plot([before, after], [middle, middle], color=INK, lw=4)
        axes.text((before + after) / 2, middle - 2.5, lasting(first, last), ha="center", va="top", fontsize=LARGEST + 8, fontweight="bold", color=INK)  # fmt: skip
    for x, (day, words) in zip(places, points, strict=True):
        axes.plot([x, x], [middle, 26.5], color=INK, lw=2.5)
        axes.plot([x], [middle], "o", color=INK, markersize=22, zorder=5)
        _label(axes, x, day, words, len(points))


def _many(axes: Any, points: Sequence[tuple[date, str]], spans: Sequence[Span]) -> None:
    """Days in proportion, their labels above and below the line, and stretches as bars."""
    days = sorted({*(day for day, _ in points), *(day for span in spans for day in (span.first, span.last))})
    first, length = days[0], max((days[-1] - days[0]).days, 1)

    def at(day: date) -> float:
        return 9 + 82 * (day - first).days / length

    few = len(points) <= _ON_ONE_SIDE
    size, thick = (LARGEST, 8) if few else (TYPE, 5)
    axes.set_ylim((4, 44) if few else (0, 40))
    axes.plot([2, 98], [19, 19], color=INK, lw=3)
    arrow(axes, (97, 19), (99.5, 19))
    for span in spans:
        left, width = at(span.first), max(at(span.last) - at(span.first), 1)
        axes.barh(19, width, left=left, height=thick, color=PALE if span.pale else ACCENT, edgecolor=ACCENT, hatch="//" if span.pale else None, linewidth=1.5, zorder=3)  # fmt: skip
        words = fill(span.says, max(int(width * LETTERS / 100 * TYPE / size), 9))
        inside = words.count("\n") == 0 and not span.pale
        crossed = any(abs(at(day) - left - width / 2) < width / 5 for day, _ in points)
        axes.text(left + width * (0.25 if crossed and inside else 0.5), 19 if inside else 17 - thick / 2, words, ha="center", va="center" if inside else "top", fontsize=size, color="#ffffff" if inside else INK, zorder=4, linespacing=1.2)  # fmt: skip
    crowded = not few
    for number, (day, words) in enumerate(points):
        x = 9 + 82 * number / (len(points) - 1) if crowded and not spans else at(day)
        down = crowded and number % 2 == 1
        foot = 13.5 if spans else 16
        axes.plot([x, x], [19, foot - 4 if down else 25], color=INK, lw=1.5, zorder=2)
        axes.plot([x], [19], "o", color=INK, markersize=9, zorder=5)
        told = f"{long_date(day)}\n{fill(words, int(_room(len(points), crowded) * TYPE / size))}"
        side = "left" if x < 12 else "right" if x > 88 else "center"
        place = {"left": max(x - 8, 0.5), "right": min(x + 8, 99.5), "center": x}[side]
        axes.text(place, foot - 4.5 if down else 25.5, told, ha=side, va="top" if down else "bottom", fontsize=size, color=INK, linespacing=1.2)  # fmt: skip
