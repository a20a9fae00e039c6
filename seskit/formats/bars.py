"""Bars, laid out once on a grid of fixed margins: as SVG with text as text, or as PNG where only a picture is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from seskit.formats.markup import Markup, xml

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Fill and hatch together, so that series differ in print and to a color-blind eye; each fill has contrast with white.
STYLES = (("#1a4480", ""), ("#8a5a00", "//"), ("#2e6f40", ".."), ("#6b2d73", "xx"), ("#5c5c5c", "\\\\"))
INK = "#1b1b1b"
#: What stands on the bar of a number that is not shown.
NOT_SHOWN = "hidden"
_PALE = "#e3e3e3"
WIDTH = 720
_PER_POINT = 100 / 72
#: What a character is wide at most, on average, of its height: digits of wide faces are a little more.
_BROAD = 0.66
#: Widely installed faces of the same width, and whatever the reader has.
_FACES = "DejaVu Sans, Verdana, sans-serif"
_MOST_TICKS = 6


class FilledBar(NamedTuple):
    """A filled bar; `hatch` as in STYLES."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    hatch: str = ""
    edge: str = "#ffffff"


class ThinLine(NamedTuple):
    """A thin line."""

    x1: float
    y1: float
    x2: float
    y2: float


class Words(NamedTuple):
    """A text by its baseline; `turned` reads upward."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "middle"
    turned: bool = False


Shape = FilledBar | ThinLine | Words


@dataclass(frozen=True)
class Picture:
    """Shapes on a white page, WIDTH wide, in hundredths of an inch."""

    height: float
    shapes: tuple[Shape, ...]

    def svg(self) -> Markup:
        """The picture as SVG, the same bytes each time."""
        used = sorted({(s.fill, s.hatch) for s in self.shapes if isinstance(s, FilledBar) and s.hatch})
        names = {style: f"h{number}" for number, style in enumerate(used)}
        patterns = [_pattern(name, *style) for style, name in names.items()]
        return xml(
            "svg", xml("defs", patterns) if patterns else None, [_as_svg(shape, names) for shape in self.shapes],
            xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {_n(self.height)}", width=WIDTH,
            height=_n(self.height), **{"font-family": _FACES, "fill": INK},
        )  # fmt: skip

    def figure(self, dpi: int) -> Figure:
        """The same for the drawing library, which makes pixels of it."""
        from matplotlib.figure import Figure
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle

        figure = Figure(figsize=(WIDTH / 100, self.height / 100), dpi=dpi)
        axes: Any = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(self.height, 0))
        axes.set_axis_off()
        for shape in self.shapes:
            if isinstance(shape, FilledBar):
                place = (shape.x, shape.y), shape.width, shape.height
                axes.add_patch(Rectangle(*place, facecolor=shape.fill, hatch=shape.hatch, edgecolor=shape.edge))
            elif isinstance(shape, ThinLine):
                axes.add_line(Line2D((shape.x1, shape.x2), (shape.y1, shape.y2), color=INK, linewidth=0.8))
            else:
                at = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
                turned = {"rotation": 90, "rotation_mode": "anchor"} if shape.turned else {}
                size = shape.size / _PER_POINT
                axes.text(shape.x, shape.y, shape.text, ha=at, va="baseline", fontsize=size, color=INK, parse_math=False, **turned)  # fmt: skip
        return figure


def upright(
    across: str,
    up: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[int | Decimal | None]],
    written: Callable[[int | Decimal], str],
    font: int,
) -> Picture:
    """Bars side by side, one group per category, one style per series, with the number above each bar.

    A number that is not shown, None, has a pale bar of one height for all, with the word on it: it is not zero.
    """
    size, height = font * _PER_POINT, 320.0
    line = size * 1.4
    most = max((float(count) for counts in series.values() for count in counts if count is not None), default=0.0)
    ticks = _ticks(most)
    left = 1.6 * line + max(_wide(written(tick), size) for tick in ticks)
    top, bottom, right = (2.2 if len(series) > 1 else 0.6) * line, height - 2.8 * line, WIDTH - 8.0
    one = (bottom - top - line) / (most or 1)
    shapes: list[Shape] = [*_legend(left, line, size, [*zip(series, STYLES, strict=False)] if len(series) > 1 else [])]
    shapes += [ThinLine(left, top, left, bottom), ThinLine(left, bottom, right, bottom)]
    for tick in ticks:
        y = bottom - tick * one
        shapes += [ThinLine(left - 4, y, left, y), Words(left - 7, y + 0.35 * size, written(tick), size, "end")]
    step = (right - left) / max(len(categories), 1)
    wide = 0.8 * step / max(len(series), 1)
    for index, category in enumerate(categories):
        start = left + (index + 0.1) * step
        shapes.append(Words(left + (index + 0.5) * step, bottom + line, category, size))
        for number, (counts, (color, hatch)) in enumerate(zip(series.values(), STYLES, strict=False)):
            count, x = counts[index], start + number * wide
            if count is None:
                tall = _wide(NOT_SHOWN, size) + 0.8 * size
                shapes.append(FilledBar(x, bottom - tall, wide, tall, _PALE, "//", color))
                middle = x + wide / 2 + 0.35 * size
                shapes.append(Words(middle, bottom - tall / 2, NOT_SHOWN, size * (font - 1) / font, turned=True))
            elif count:
                tall = float(count) * one
                shapes.append(FilledBar(x, bottom - tall, wide, tall, color, hatch))
                shapes.append(Words(x + wide / 2, bottom - tall - 3, written(count), size * (font - 1) / font))
    shapes.append(Words((left + right) / 2, bottom + 2.2 * line, across, size))
    shapes.append(Words(0.9 * line, (top + bottom) / 2, up, size, turned=True))
    return Picture(height, tuple(shapes))


def within(
    across: str,
    names: Sequence[str],
    outer: tuple[str, Sequence[Decimal]],
    inner: tuple[str, Sequence[Decimal]],
    written: Callable[[int], str],
    font: int,
) -> Picture:
    """One row a name: an open bar, and in it the part of it that is filled."""
    size = font * _PER_POINT
    line = size * 1.4
    most = max((float(amount) for amounts in (outer[1], inner[1]) for amount in amounts), default=0.0)
    ticks = _ticks(most)
    left = min(max([_wide(name, size) for name in names], default=0.0) + 12, WIDTH / 2)
    right = WIDTH - max(_wide(written(tick), size) for tick in ticks) / 2 - 4
    top, row = 2.0 * line, 60.0
    bottom = top + max(row * len(names), 20.0)
    one = (right - left) / (1.05 * most or 1)
    open_, filled = ("#ffffff", "", INK), (*STYLES[0], "#ffffff")
    shapes: list[Shape] = [*_legend(left, line, size, [(outer[0], open_), (inner[0], filled)] if names else [])]
    for index, name in enumerate(names):
        y = top + index * row
        shapes.append(FilledBar(left, y + 0.1 * row, float(outer[1][index]) * one, 0.8 * row, *open_))
        if inner[1][index]:
            shapes.append(FilledBar(left, y + 0.28 * row, float(inner[1][index]) * one, 0.44 * row, *filled))
        shapes.append(Words(left - 7, y + row / 2 + 0.35 * size, name, size, "end"))
    shapes += [ThinLine(left, top, left, bottom), ThinLine(left, bottom, right, bottom)]
    for tick in ticks:
        x = left + tick * one
        shapes += [ThinLine(x, bottom, x, bottom + 4), Words(x, bottom + line, written(tick), size)]
    shapes.append(Words((left + right) / 2, bottom + 2.2 * line, across, size))
    return Picture(bottom + 2.6 * line, tuple(shapes))


def _legend(x: float, line: float, size: float, parts: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Shape]:
    for name, (fill, hatch, *edge) in parts:
        yield FilledBar(x, 0.3 * line, 1.8 * size, 0.7 * size, fill, hatch, *edge)
        yield Words(x + 2.2 * size, 0.3 * line + 0.7 * size, name, size, "start")
        x += 3.4 * size + _wide(name, size)


def _ticks(most: float) -> list[int]:
    """Whole numbers from nothing to the most, few and round."""
    step = 1
    while most / step >= _MOST_TICKS:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return [*range(0, int(most) + 1, step)] if most >= 1 else [0, 1]


def _wide(text: str, size: float) -> float:
    return len(text) * _BROAD * size


def _as_svg(shape: Shape, names: Mapping[tuple[str, str], str]) -> Markup:
    if isinstance(shape, FilledBar):
        fill = f"url(#{names[shape.fill, shape.hatch]})" if shape.hatch else shape.fill
        place = {"x": _n(shape.x), "y": _n(shape.y), "width": _n(shape.width), "height": _n(shape.height)}
        return xml("rect", **place, fill=fill, stroke=shape.edge)
    if isinstance(shape, ThinLine):
        ends = {"x1": _n(shape.x1), "y1": _n(shape.y1), "x2": _n(shape.x2), "y2": _n(shape.y2)}
        return xml("line", **ends, stroke=INK)
    x, y = _n(shape.x), _n(shape.y)
    turn = f"rotate(-90 {x} {y})" if shape.turned else None
    return xml(
        "text", shape.text, x=x, y=y, transform=turn,
        **{"font-size": _n(shape.size), "text-anchor": None if shape.anchor == "start" else shape.anchor},
    )  # fmt: skip


def _pattern(name: str, fill: str, hatch: str) -> Markup:
    """A fill with white lines or points on it."""
    rising, falling = "M-1 1 1-1M0 8 8 0M7 9 9 7", "M-1 7 1 9M0 0 8 8M7-1 9 1"
    lines = {"//": rising, "\\\\": falling, "xx": rising + falling}.get(hatch)
    drawn = xml("path", d=lines, stroke="#ffffff") if lines else xml("circle", cx=4, cy=4, r=1.2, fill="#ffffff")
    return xml(
        "pattern", xml("rect", width=8, height=8, fill=fill), drawn, id=name, width=8, height=8, patternUnits="userSpaceOnUse",
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
