"""The shapes of a forum's diagrams: steps, a line of time, ranges, stacked amounts, views around a point; one style for all.

Each is as wide as a slide, its type is read from the last row, and nothing depends on color alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from textwrap import fill
from typing import TYPE_CHECKING, Any

from seskit.formats.days import long_date
from seskit.formats.drawing import HALL_FONT, Chart
from seskit.formats.tables import Table
from seskit.law.facts import dollars

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, HIGH, DPI = 9.1, 3.55, 150
TYPE = 14
#: Where few words are shown.
_LARGE, _LARGEST = 16, 18
INK, ACCENT, LINE, PALE = "#1b1b1b", "#1a4480", "#71767a", "#dce6f2"
#: Boxes in a row, and letters across the smallest of them.
_IN_A_ROW, _LETTERS = 4, 76
#: Labels that have room beside each other above a line of time.
_ON_ONE_SIDE, _NEAR = 3, 25


@dataclass(frozen=True)
class Span:
    """A stretch on a line of time: from, to, and what it is; `pale` where it only may be."""

    first: date
    last: date
    says: str
    pale: bool = False


def _canvas() -> tuple[Figure, Any]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDE, HIGH), dpi=DPI)
    FigureCanvasAgg(figure)
    axes: Any = figure.add_axes((0.01, 0.01, 0.98, 0.98))
    axes.set_axis_off()
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 40)
    return figure, axes


def _box(
    axes: Any,
    place: tuple[float, float, float, float],
    head: str,
    text: str = "",
    *,
    strong: bool = False,
    type_: int = TYPE,
) -> None:
    """A box with a bold first line and words below it: left, bottom, width, height."""
    from matplotlib.patches import Rectangle

    left, bottom, width, height = place
    face, ink = (ACCENT, "#ffffff") if strong else (PALE, INK)
    axes.add_patch(Rectangle((left, bottom), width, height, facecolor=face, edgecolor=ACCENT, linewidth=1.5))
    line = type_ / TYPE
    across = int(width * _LETTERS / 100 / line)
    headed = fill(head, across)
    lines = headed.count("\n") + 1
    middle = bottom + height / 2
    told = fill(text, across)
    rows = lines + (told.count("\n") + 1 if text else 0)
    top = middle + rows * 1.36 * line
    axes.text(
        left + width / 2,
        top,
        headed,
        ha="center",
        va="top",
        fontsize=type_,
        fontweight="bold",
        color=ink,
        linespacing=1.2,
    )
    if text:
        axes.text(left + width / 2, top - lines * 2.75 * line, told, ha="center", va="top", fontsize=type_ - 1, color=ink, linespacing=1.2)  # fmt: skip


def _arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 2, "shrinkA": 0, "shrinkB": 0})  # fmt: skip


def steps(title: str, listed: Sequence[tuple[str, str]], *, strong: Sequence[int] = ()) -> Chart:
    """What follows what: numbered boxes with arrows, in one row or two; `strong` are those that decide."""
    figure, axes = _canvas()
    rows = 1 if len(listed) <= _IN_A_ROW else 2
    each = -(-len(listed) // rows)
    width, gap, height = (100 - (each - 1) * 4) / each, 4, 36 / rows - (2 if rows == 2 else 8)
    for number, (head, text) in enumerate(listed):
        row, column = divmod(number, each)
        left, bottom = column * (width + gap), 40 - (row + 1) * (40 / rows) + (40 / rows - height) / 2
        _box(
            axes,
            (left + 0.2, bottom, width - 0.4, height),
            f"{number + 1}. {head}",
            text,
            strong=number in strong,
            type_=TYPE if rows > 1 else _LARGE,
        )
        if column:
            _arrow(axes, (left - gap + 0.4, bottom + height / 2), (left, bottom + height / 2))
        elif row:
            axes.plot([100 - width / 2, 100 - width / 2, width / 2, width / 2], [40 / rows + (40 / rows - height) / 2, 20, 20, bottom + height + 1], color=INK, lw=2)  # fmt: skip
            _arrow(axes, (width / 2, bottom + height + 1.2), (width / 2, bottom + height))
    said = "; ".join(f"{number}, {head.lower()}: {text}" for number, (head, text) in enumerate(listed, 1))
    table = Table(title, ("Step", "What happens"), tuple(listed))
    return Chart(f"Steps one after the other. {said}.", table, figure, HALL_FONT)


def compared(title: str, sides: Sequence[tuple[str, Sequence[str]]]) -> Chart:
    """Two or three columns side by side, each with a heading and up to four lines."""
    figure, axes = _canvas()
    width = (100 - (len(sides) - 1) * 3) / len(sides)
    large = next((more for more in range(8, 3, -1) if _room_below(sides, width, more) >= 0), 2)
    for number, (head, lines) in enumerate(sides):
        left = number * (width + 3)
        strong = number == len(sides) - 1
        _box(axes, (left + 0.2, 31, width - 0.4, 8.5), head, strong=strong, type_=TYPE + large)
        across, top = int(width * _LETTERS / 100 * TYPE / (TYPE + large)), 28.5
        for line in lines:
            told = fill(line, across)
            axes.text(left + 1, top, told, va="top", fontsize=TYPE + large, color=INK, linespacing=1.2)
            top -= _drop(told, large)
        if number:
            axes.plot([left - 1.5, left - 1.5], [1, 39], color=LINE, lw=1.5)
    said = ". ".join(f"{head}: {'; '.join(lines)}" for head, lines in sides)
    rows = tuple((head, "; ".join(lines)) for head, lines in sides)
    return Chart(f"Side by side. {said}.", Table(title, ("Side", "What it says"), rows), figure, HALL_FONT)


def _drop(told: str, large: int) -> float:
    """How far below a line of a column the next begins, in type so much larger."""
    return (2.9 + 0.25 * large) * (told.count("\n") + 1) + 1.8 + large / 3


def _room_below(sides: Sequence[tuple[str, Sequence[str]]], width: float, large: int) -> float:
    """What is left below the longest column, negative where it does not fit."""
    across = int(width * _LETTERS / 100 * TYPE / (TYPE + large))
    return min(28.5 - sum(_drop(fill(line, across), large) for line in lines) for _, lines in sides)


def time_line(title: str, points: Sequence[tuple[date, str]], spans: Sequence[Span] = ()) -> Chart:
    """Days on a line of time in proportion, with stretches between them as bars."""
    figure, axes = _canvas()
    days = sorted({*(day for day, _ in points), *(day for span in spans for day in (span.first, span.last))})
    first, length = days[0], max((days[-1] - days[0]).days, 1)

    def at(day: date) -> float:
        return 9 + 82 * (day - first).days / length

    few = len(points) <= _ON_ONE_SIDE
    size, thick = (_LARGEST if spans else _LARGE, 8) if few else (TYPE, 5)
    axes.set_ylim((4, 44) if few and spans else (0, 40))
    axes.plot([2, 98], [19, 19], color=INK, lw=3)
    _arrow(axes, (97, 19), (99.5, 19))
    for span in spans:
        left, width = at(span.first), max(at(span.last) - at(span.first), 1)
        axes.barh(19, width, left=left, height=thick, color=PALE if span.pale else ACCENT, edgecolor=ACCENT, hatch="//" if span.pale else None, linewidth=1.5, zorder=3)  # fmt: skip
        words = fill(span.says, max(int(width * _LETTERS / 100 * TYPE / size), 9))
        inside = words.count("\n") == 0 and not span.pale
        crossed = any(abs(at(day) - left - width / 2) < width / 5 for day, _ in points)
        axes.text(left + width * (0.25 if crossed and inside else 0.5), 19 if inside else 17 - thick / 2, words, ha="center", va="center" if inside else "top", fontsize=size, color="#ffffff" if inside else INK, zorder=4, linespacing=1.2)  # fmt: skip
    places = [at(day) for day, _ in points]
    crowded = len(points) > _ON_ONE_SIDE or (not spans and min(b - a for a, b in pairwise(places)) < _NEAR)
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
    said = "; ".join(f"{long_date(day)}, {words}" for day, words in points)
    held = "; ".join(f"{span.says}, from {long_date(span.first)} to {long_date(span.last)}" for span in spans)
    table = Table(title, ("Day", "What happens"), tuple((long_date(day), words) for day, words in points))
    return Chart(f"Line of time. {said}. {held + '.' if held else ''}".strip(), table, figure, HALL_FONT)


def _room(count: int, crowded: bool) -> int:
    """Letters of a label, so that it does not reach its neighbors on the same side of the line."""
    return min(int(82 / (count - 1) * (2 if crowded else 1) * 0.6), 30)


def ranges(title: str, rows: Sequence[tuple[str, Decimal | None, Decimal, str]]) -> Chart:
    """From where to where each amount may go, one bar under the other: what, lowest if there is one, highest, its name."""
    figure, axes = _canvas()
    top = max(high for _, _, high, _ in rows)
    low_end = min(low for _, low, _, _ in rows if low is not None) * Decimal("0.8")
    each = 40 / len(rows)

    def at(amount: Decimal) -> float:
        return 30 + 48 * float((amount - low_end) / (top - low_end))

    for number, (what, low, high, called) in enumerate(rows):
        y = 40 - each * (number + 0.5)
        axes.text(0.5, y, fill(what, 22), va="center", fontsize=TYPE, color=INK, linespacing=1.2)
        hatch = "//" if number % 2 else None
        begins = at(low_end if low is None else low)
        axes.barh(y, at(high) - begins, left=begins, height=each * 0.5, color=PALE if number % 2 else ACCENT, edgecolor=ACCENT, hatch=hatch, linewidth=1.5)  # fmt: skip
        axes.text(at(high) + 1, y, f"{dollars(high)}\n{called}", va="center", fontsize=TYPE, color=INK, linespacing=1.2)
        if low is not None:
            axes.text(begins - 0.8, y, dollars(low), va="center", ha="right", fontsize=TYPE - 1, color=INK)
    told = [(what, "" if low is None else dollars(low), dollars(high), called) for what, low, high, called in rows]
    said = "; ".join(f"{what}: {f'from {low} ' if low else ''}to {high}, {called}" for what, low, high, called in told)
    table = Table(title, ("Pay", "From", "To", "Limit"), tuple(told))
    return Chart(f"Bars from the lowest to the highest amount. {said}.", table, figure, HALL_FONT)


def deferred(
    title: str, parts: Sequence[tuple[str, Decimal]], limit: Decimal, limit_called: str, later: Decimal
) -> Chart:
    """Amounts of a year one upon the other up to the limit, and what is over it on its way to January."""
    figure, axes = _canvas()
    total = sum((amount for _, amount in parts), Decimal(0))
    scale = 66 / float(max(total, limit))
    left = 1.0
    for number, (words, amount) in enumerate(parts):
        width = float(amount) * scale
        axes.barh(27, width, left=left, height=9, color=ACCENT if number == 0 else PALE, edgecolor=ACCENT, hatch=(None, "//", "xx", "..")[number % 4], linewidth=1.5)  # fmt: skip
        axes.text(left + (0.5 if number == 0 else width / 2), 33 if number == 0 else 33 + 3.4 * (number % 2), f"{words}: {dollars(amount)}", ha="left" if number == 0 else "center", va="bottom", fontsize=TYPE, color=INK)  # fmt: skip
        left += width
    at = 1 + float(limit) * scale
    axes.plot([at, at], [8, 32.2], color=INK, lw=3, linestyle="--")
    axes.text(at - 1, 8, f"limit of the year: {dollars(limit)}\n({limit_called})", ha="right", va="bottom", fontsize=TYPE, color=INK, linespacing=1.2)  # fmt: skip
    _box(axes, (78, 3, 21.5, 20), "January", f"{dollars(later)} paid then; counts in the new year" if later else "Nothing is deferred", strong=bool(later))  # fmt: skip
    if later:
        axes.annotate("", xy=(84, 23.5), xytext=(max(at, left - 1), 27), arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 2, "connectionstyle": "arc3,rad=-0.3"})  # fmt: skip
    said = "; ".join(f"{words} {dollars(amount)}" for words, amount in parts)
    alt = f"Bar of one calendar year: {said}; together {dollars(total)}. The limit is {dollars(limit)}, {limit_called}. {dollars(later)} is deferred to January."
    rows = (
        *((words, dollars(amount)) for words, amount in parts),
        ("Limit", dollars(limit)),
        ("Deferred to January", dollars(later)),
    )
    return Chart(alt, Table(title, ("Part", "Amount"), tuple(rows)), figure, HALL_FONT)


def shares(title: str, parts: Sequence[tuple[str, int]], unit: str = "percent") -> Chart:
    """Numbers as bars, the number at each."""
    figure, axes = _canvas()
    most, each = max(number for _, number in parts), 40 / len(parts)
    for place, (words, number) in enumerate(parts):
        y = 40 - each * (place + 0.5)
        axes.text(0.5, y, fill(words, 26), va="center", fontsize=TYPE, color=INK, linespacing=1.2)
        axes.barh(y, 52 * number / most, left=34, height=each * 0.55, color=ACCENT, edgecolor=ACCENT)
        axes.text(
            35 + 52 * number / most, y, f"{number} {unit}", va="center", fontsize=TYPE, fontweight="bold", color=INK
        )
    said = "; ".join(f"{words} {number}" for words, number in parts)
    rows = tuple((words, str(number)) for words, number in parts)
    return Chart(f"Bars in {unit}. {said}.", Table(title, ("What", unit.capitalize()), rows), figure, HALL_FONT)


def around(title: str, middle: str, views: Sequence[tuple[str, str]]) -> Chart:
    """Three views that are weighed together around one point."""
    figure, axes = _canvas()
    places = ((0.2, 20.5, 31, 19), (68.8, 20.5, 31, 19), (34.5, 0.5, 31, 18))
    for place, (head, text) in zip(places, views, strict=True):
        _box(axes, place, head, text, type_=_LARGE)
    _box(axes, (37, 23, 26, 12), middle, strong=True, type_=_LARGE)
    for start, end in (((31.4, 29), (36.8, 29)), ((68.6, 29), (63.2, 29)), ((50, 18.7), (50, 22.8))):
        _arrow(axes, start, end)
    said = "; ".join(f"{head}: {text}" for head, text in views)
    return Chart(f"{len(views)} views that meet in the middle, {middle.lower()}. {said}.", Table(title, ("View", "What it looks at"), tuple(views)), figure, HALL_FONT)  # fmt: skip
