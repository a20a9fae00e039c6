"""The shapes of a forum's diagrams: steps, ranges, stacked amounts, views around a point; one style for all.

Each is as wide as a slide, its type is read from the last row, and nothing depends on color alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from textwrap import fill
from typing import TYPE_CHECKING, Any

from seskit.formats.drawing import HALL_FONT, Chart
from seskit.formats.tables import Table
from seskit.law.facts import dollars

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDE, HIGH, DPI = 9.1, 3.55, 150
TYPE = 14
#: Where few words are shown.
LARGE, LARGEST = 16, 18
INK, ACCENT, LINE, PALE = "#1b1b1b", "#1a4480", "#71767a", "#dce6f2"
#: Boxes in a row, and letters across the smallest of them.
_IN_A_ROW, LETTERS = 4, 76


def canvas() -> tuple[Figure, Any]:
    """An empty picture, 100 wide and 40 high."""
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
    across = int(width * LETTERS / 100 / line)
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
        axes.text(left + width / 2, top - lines * 2.75 * line, told, ha="center", va="top", fontsize=max(TYPE, type_ - 1), color=ink, linespacing=1.2)  # fmt: skip


def arrow(axes: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow from one point to another."""
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 2, "shrinkA": 0, "shrinkB": 0})  # fmt: skip


def steps(title: str, listed: Sequence[tuple[str, str]], *, strong: Sequence[int] = ()) -> Chart:
    """What follows what: numbered boxes with arrows, in one row or two; `strong` are those that decide."""
    figure, axes = canvas()
    rows = 1 if len(listed) <= _IN_A_ROW else 2
    each = -(-len(listed) // rows)
    width, gap, height = (100 - (each - 1) * 4) / each, 4, 36 / rows - (2 if rows == 2 else 0)
    for number, (head, text) in enumerate(listed):
        row, column = divmod(number, each)
        left, bottom = column * (width + gap), 40 - (row + 1) * (40 / rows) + (40 / rows - height) / 2
        _box(
            axes,
            (left + 0.2, bottom, width - 0.4, height),
            f"{number + 1}. {head}",
            text,
            strong=number in strong,
            type_=TYPE if rows > 1 else _type_of(listed, width),
        )
        if column:
            arrow(axes, (left - gap + 0.4, bottom + height / 2), (left, bottom + height / 2))
        elif row:
            axes.plot([100 - width / 2, 100 - width / 2, width / 2, width / 2], [40 / rows + (40 / rows - height) / 2, 20, 20, bottom + height + 1], color=INK, lw=2)  # fmt: skip
            arrow(axes, (width / 2, bottom + height + 1.2), (width / 2, bottom + height))
    said = "; ".join(f"{number}, {head[:1].lower()}{head[1:]}: {text}" for number, (head, text) in enumerate(listed, 1))
    table = Table(title, ("Step", "What happens"), tuple(listed))
    return Chart(f"Steps one after the other. {said}.", table, figure, HALL_FONT)


def _type_of(listed: Sequence[tuple[str, str]], width: float) -> int:
    """The largest type in which no word of boxes so wide is broken."""
    heads = (f"{number}. {word}" for number, (head, _) in enumerate(listed, 1) for word in head.split(" ")[:1])
    longest = max(len(word) for word in (*heads, *(word for _, text in listed for word in text.split(" "))))
    return next(
        (size for size in range(LARGEST + 2, LARGE, -1) if int(width * LETTERS / 100 * TYPE / size) > longest), LARGE
    )


def compared(title: str, sides: Sequence[tuple[str, Sequence[str]]]) -> Chart:
    """Two or three columns side by side, each with a heading and up to four lines."""
    figure, axes = canvas()
    width = (100 - (len(sides) - 1) * 3) / len(sides)
    large = next((more for more in range(8, 3, -1) if _room_below(sides, width, more) >= 0), 2)
    for number, (head, lines) in enumerate(sides):
        left = number * (width + 3)
        strong = number == len(sides) - 1
        _box(axes, (left + 0.2, 31, width - 0.4, 8.5), head, strong=strong, type_=TYPE + large)
        across, top = int(width * LETTERS / 100 * TYPE / (TYPE + large)), 28.5
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
    across = int(width * LETTERS / 100 * TYPE / (TYPE + large))
    return min(28.5 - sum(_drop(fill(line, across), large) for line in lines) for _, lines in sides)


def ranges(title: str, rows: Sequence[tuple[str, Decimal | None, Decimal, str]]) -> Chart:
    """From where to where each amount may go, one bar under the other: what, lowest if there is one, highest, its name."""
    figure, axes = canvas()
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
            axes.text(begins - 0.8, y, dollars(low), va="center", ha="right", fontsize=TYPE, color=INK)
    told = [(what, "" if low is None else dollars(low), dollars(high), called) for what, low, high, called in rows]
    said = "; ".join(f"{what}: {f'from {low} ' if low else ''}to {high}, {called}" for what, low, high, called in told)
    table = Table(title, ("Pay", "From", "To", "Limit"), tuple(told))
    return Chart(f"Bars from the lowest to the highest amount. {said}.", table, figure, HALL_FONT)


def deferred(title: str, parts: Sequence[tuple[str, Decimal, Decimal]], limit: Decimal, limit_called: str) -> Chart:
    """Amounts of a year in the order in which they are paid, and what of which is over the limit on its way to January.

    Of each part: its words, what of it is paid in the year, and what of it waits.
    """
    figure, axes = canvas()
    total = sum((paid + late for _, paid, late in parts), Decimal(0))
    scale = 66 / float(max(total, limit))
    left = 1.0
    for number, (words, paid, late) in enumerate(parts):
        width = float(paid + late) * scale
        axes.barh(27, float(paid) * scale, left=left, height=9, color=ACCENT if number == 0 else PALE, edgecolor=ACCENT, hatch=(None, "//", "xx", "..")[number % 4], linewidth=1.5)  # fmt: skip
        if late:
            axes.barh(27, float(late) * scale, left=left + float(paid) * scale, height=9, color="#ffffff", edgecolor=ACCENT, linestyle="--", linewidth=1.5)  # fmt: skip
        axes.text(left + (0.5 if number == 0 else width / 2), 33 if number == 0 else 33 + 3.4 * (number % 2), f"{words}: {dollars(paid + late)}", ha="left" if number == 0 else "center", va="bottom", fontsize=TYPE, color=INK)  # fmt: skip
        left += width
    at = 1 + float(limit) * scale
    axes.plot([at, at], [8, 32.2], color=INK, lw=3, linestyle="--")
    axes.text(at - 1, 8, f"limit of the year: {dollars(limit)}\n({limit_called})", ha="right", va="bottom", fontsize=TYPE, color=INK, linespacing=1.2)  # fmt: skip
    waits = " and ".join(f"{dollars(late)} of the {words.lower()}" for words, _, late in parts if late)
    _box(axes, (78, 3, 21.5, 20), "January", f"{waits}, paid then; counts in the new year" if waits else "Nothing is deferred", strong=bool(waits))  # fmt: skip
    if waits:
        axes.annotate("", xy=(84, 23.5), xytext=(max(at, left - 1), 27), arrowprops={"arrowstyle": "-|>", "color": INK, "lw": 2, "connectionstyle": "arc3,rad=-0.3"})  # fmt: skip
    said = "; ".join(f"{words} {dollars(paid + late)}" for words, paid, late in parts)
    alt = (
        f"Bar of one calendar year, in the order in which the law pays: {said}; together {dollars(total)}. "
        f"The limit is {dollars(limit)}, {limit_called}. {f'An arrow takes {waits} to January' if waits else 'Nothing is deferred'}."
    )
    rows = (*((words, *map(dollars, (paid + late, paid, late))) for words, paid, late in parts), ("Limit", dollars(limit), "", ""))  # fmt: skip
    table = Table(title, ("Part", "Amount", "Paid in the year", "Deferred to January"), rows)
    return Chart(alt, table, figure, HALL_FONT)


def shares(title: str, parts: Sequence[tuple[str, int]], unit: str = "percent") -> Chart:
    """Numbers as bars, the number at each."""
    figure, axes = canvas()
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
    figure, axes = canvas()
    places = ((0.2, 20.5, 31, 19), (68.8, 20.5, 31, 19), (34.5, 0.5, 31, 18))
    for place, (head, text) in zip(places, views, strict=True):
        _box(axes, place, head, text, type_=LARGE)
    _box(axes, (37, 23, 26, 12), middle, strong=True, type_=LARGE)
    for start, end in (((31.4, 29), (36.8, 29)), ((68.6, 29), (63.2, 29)), ((50, 18.7), (50, 22.8))):
        arrow(axes, start, end)
    said = "; ".join(f"{head}: {text}" for head, text in views)
    return Chart(f"{len(views)} views that meet in the middle, {middle.lower()}. {said}.", Table(title, ("View", "What it looks at"), tuple(views)), figure, HALL_FONT)  # fmt: skip
