"""How every picture is drawn: with alternative text and its data table, readable without color."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from seskit.formats.bars import STYLES as STYLES
from seskit.formats.bars import Picture, upright
from seskit.formats.markup import Markup, element
from seskit.formats.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = 9
DPI = 110
HALL_FONT, HALL_DPI = 12, 200
_PROLOG = re.compile(r"^.*?(?=<svg)", re.DOTALL)


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in words, and the numbers it was drawn from; drawn when it is first shown."""

    alt: str
    table: Table
    drawn: Picture | Figure = field(repr=False, compare=False)
    font: int = FONT

    @cached_property
    def svg(self) -> str:
        """The picture with text as text, the same bytes each time."""
        return str(self.drawn.svg()) if isinstance(self.drawn, Picture) else _svg(self.drawn)

    @cached_property
    def png(self) -> bytes:
        """The picture as pixels, the same bytes each time: finer where its type is large, for a hall."""
        dpi = DPI if self.font == FONT else HALL_DPI
        return _png(self.drawn.figure(dpi) if isinstance(self.drawn, Picture) else self.drawn)

    @property
    def title(self) -> str:
        """What the picture shows."""
        return self.table.title

    def __repr__(self) -> str:
        """What the picture says, in words."""
        return self.alt

    def _repr_html_(self) -> Markup:
        source = f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode()}"
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
    rows = tuple(
        (category, *(written(counts[index]) for counts in series.values())) for index, category in enumerate(categories)
    )
    return Chart(
        alt, Table(title, (across, *series), rows), upright(across, up, categories, series, written, font), font
    )


def figure_of(height: float, font: int = FONT) -> tuple[Figure, Axes]:
    """An empty picture, as wide as a page; type larger than on a page is for a hall and drawn finer."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), dpi=DPI if font == FONT else HALL_DPI)
    figure.set_layout_engine("tight", pad=0.4)
    FigureCanvasAgg(figure)
    axes: Any = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=font)
    return figure, axes


def _png(figure: Figure) -> bytes:
    return _saved(figure, "png", ("Software",))


def _svg(figure: Figure) -> str:
    """Text stays text, in faces of the same width as the one it was laid out with; nothing tells the time."""
    import matplotlib

    faces = ["DejaVu Sans", "Verdana", "sans-serif"]
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "seskit", "font.family": faces}):
        made = _saved(figure, "svg", ("Creator", "Date", "Format", "Type"))
    return _PROLOG.sub("", made.decode())


def _saved(figure: Figure, kind: str, untold: Sequence[str]) -> bytes:
    """The picture, laid out once and drawn once: while a figure has a way to lay itself out, saving draws it twice."""
    if (layout := figure.get_layout_engine()) is not None:
        layout.execute(figure)
        figure.set_layout_engine(None)
    out = io.BytesIO()
    figure.savefig(out, format=kind, metadata=dict.fromkeys(untold))
    return out.getvalue()
