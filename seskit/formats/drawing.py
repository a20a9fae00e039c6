"""How every picture is drawn: with alternative text and its data table, readable without color."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from seskit.formats.markup import Markup, element
from seskit.formats.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Fill and hatch together, so that series differ in print and to a color-blind eye; each fill has contrast with white.
STYLES = (("#1a4480", ""), ("#8a5a00", "//"), ("#2e6f40", ".."), ("#6b2d73", "xx"), ("#5c5c5c", "\\\\"))
FONT = 9
HALL_FONT, HALL_DPI = 12, 200


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in words, and the numbers it was drawn from."""

    alt: str
    table: Table
    png: bytes

    @property
    def title(self) -> str:
        """What the picture shows."""
        return self.table.title

    def __repr__(self) -> str:
        """What the picture says, in words."""
        return self.alt

    def _repr_html_(self) -> Markup:
        source = f"data:image/png;base64,{base64.b64encode(self.png).decode()}"
        return element(
            "figure",
            element("img", alt=self.alt, src=source, style="max-width:100%;height:auto;background:#fff"),
            element("figcaption", self.title),
            element("details", element("summary", "The numbers of this chart"), self.table.to_html()),
            style="margin:0",
        )


def grouped_bars(
    title: str,
    alt: str,
    across: str,
    up: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[int | Decimal]],
    written: Callable[[int | Decimal], str] = str,
    font: int = FONT,
) -> Chart:
    """Bars side by side, one group per category, one style per series, with the number above each bar."""
    from matplotlib.ticker import MaxNLocator

    figure, axes = figure_of(3.2, font)
    width = 0.8 / len(series)
    for number, ((name, counts), (color, hatch)) in enumerate(zip(series.items(), STYLES, strict=False)):
        places = [index + (number - (len(series) - 1) / 2) * width for index in range(len(categories))]
        heights = [float(count) for count in counts]
        bars = axes.bar(places, heights, width, color=color, hatch=hatch, edgecolor="#ffffff", label=name)
        axes.bar_label(bars, [written(count) if count else "" for count in counts], fontsize=font - 1)
    axes.set_xticks(range(len(categories)), list(categories))
    axes.set_xlabel(across, fontsize=font)
    axes.set_ylabel(up, fontsize=font)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    if written is not str:
        axes.yaxis.set_major_formatter(lambda value, _: written(int(value)))
    axes.margins(y=0.15)
    if not any(count for counts in series.values() for count in counts):
        axes.set_ylim(0, 1)
    if len(series) > 1:
        axes.legend(fontsize=font, frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(series))
    rows = tuple(
        (category, *(written(counts[index]) for counts in series.values())) for index, category in enumerate(categories)
    )
    return Chart(alt, Table(title, (across, *series), rows), png(figure))


def figure_of(height: float, font: int = FONT) -> tuple[Figure, Axes]:
    """An empty picture, as wide as a page; type larger than on a page is for a hall and drawn finer."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), dpi=110 if font == FONT else HALL_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes: Any = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=font)
    return figure, axes


def png(figure: Figure) -> bytes:
    """The picture as PNG, the same bytes each time."""
    if (layout := figure.get_layout_engine()) is not None:
        # Left to itself, saving draws everything once more only to lay it out.
        layout.execute(figure)
        figure.set_layout_engine("none")
    out = io.BytesIO()
    figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
