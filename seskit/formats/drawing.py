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

from seskit.formats.bars import NOT_SHOWN, Picture, upright
from seskit.formats.bars import STYLES as STYLES
from seskit.formats.days import days_in_words
from seskit.formats.markup import Markup, element
from seskit.formats.tables import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = 9
DPI = 110
HALL_FONT, HALL_DPI = 12, 200
_MOST_DAYS = 8
#: Narrower than this its type would be too small to read: in a narrower window a picture scrolls in a frame of its own.
_LEAST = 640
_FRAME = "overflow-x:auto"
_PICTURE = f"display:block;max-width:100%;min-width:{_LEAST}px;height:auto;background:#fff"
#: Exchanging light and dark turns each hue to its opposite; this turns it back (red, green and blue from each).
_HUES_TURNED = ((-0.574, 0.426, 0.426), (1.43, 0.43, 1.43), (0.144, 0.144, -0.856))
_PROLOG = re.compile(r"^.*?(?=<svg)", re.DOTALL)


@dataclass(frozen=True)
class Chart:
    """A picture, what it says in words, and the numbers it was drawn from; drawn when it is first shown.

    `says` is what it shows as a finding; the title of its table then is what it is about.
    """

    alt: str
    table: Table
    drawn: Picture | Figure = field(repr=False, compare=False)
    font: int = FONT
    says: str = ""

    def __post_init__(self) -> None:
        says = days_in_words(self.says)
        object.__setattr__(self, "says", says)
        object.__setattr__(self, "alt", days_in_words(f"{says}. {self.alt}" if says else self.alt))

    @cached_property
    def svg(self) -> str:
        """The picture with text as text, the same bytes each time."""
        return str(self.drawn.svg()) if isinstance(self.drawn, Picture) else _svg(self.drawn)

    @cached_property
    def png(self) -> bytes:
        """The picture as pixels, the same bytes each time: finer where its type is large, for a hall."""
        dpi = DPI if self.font == FONT else HALL_DPI
        return _saved(self.drawn.figure(dpi) if isinstance(self.drawn, Picture) else self.drawn, "png", ("Software",))

    @property
    def title(self) -> str:
        """What the picture shows: its finding, or else what it is about."""
        return self.says or self.table.title

    def __repr__(self) -> str:
        """What the picture says, in words."""
        return self.alt

    def _repr_html_(self) -> Markup:
        source = f"data:image/svg+xml;base64,{base64.b64encode(self.svg.encode()).decode()}"
        about = element("span", self.table.title, style="display:block") if self.says else None
        return element(
            "figure",
            element("figcaption", element("strong", self.title), about),
            element(
                "div", element("img", alt=self.alt, src=source, style=_PICTURE),
                class_="wide", style=_FRAME, role="group", tabindex="0", aria_label=f"Picture: {self.table.title}",
            ),
            element("details", element("summary", "The numbers of this chart"), self.table.to_html()),
            style="margin:0",
        )  # fmt: skip


def grouped_bars(
    title: str,
    alt: str,
    across: str,
    up: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[int | Decimal | None]],
    written: Callable[[int | Decimal], str] = str,
    says: str = "",
) -> Chart:
    """Bars side by side, one group per category, one style per series, with the number above each bar."""
    rows = tuple(
        (category, *(_said(counts[index], written) for counts in series.values()))
        for index, category in enumerate(categories)
    )
    drawn = upright(across, up, categories, series, written, FONT)
    return Chart(alt, Table(title, (across, *series), rows), drawn, says=says)


def _said(count: int | Decimal | None, written: Callable[[int | Decimal], str]) -> str:
    return NOT_SHOWN if count is None else written(count)


def figure_of(height: float) -> tuple[Figure, Axes]:
    """An empty picture, as wide as a page."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, height), dpi=DPI)
    figure.set_layout_engine("tight", pad=0.4)
    FigureCanvasAgg(figure)
    axes: Any = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=FONT)
    return figure, axes


def day_axis(axis: Any) -> None:
    """So few days on an axis that no name runs into the next, as people write them."""
    from matplotlib import dates

    locator = dates.AutoDateLocator(minticks=3, maxticks=_MOST_DAYS)  # type: ignore[no-untyped-call]
    formatter: Any = dates.AutoDateFormatter(locator)  # type: ignore[no-untyped-call]
    formatter.scaled = {dates.DAYS_PER_YEAR: "%Y", dates.DAYS_PER_MONTH: "%b %Y", 1.0: _short_day}
    axis.set_major_locator(locator)
    axis.set_major_formatter(formatter)


def _short_day(place: float, _: int | None = None) -> str:
    from matplotlib import dates

    day: Any = dates.num2date(place)  # type: ignore[no-untyped-call]
    return f"{day:%b} {day.day}, {day.year}"


def for_dark(png: bytes) -> bytes:
    """A picture for a dark ground: light and dark exchanged, each hue kept, as pages show it with a filter."""
    from matplotlib import image

    pixels = image.imread(io.BytesIO(png))
    colors = (0.885 - 0.77 * pixels[..., :3]) @ _HUES_TURNED
    pixels[..., :3] = colors.clip(0, 1)
    out = io.BytesIO()
    image.imsave(out, pixels, format="png", metadata={"Software": None})  # type: ignore[dict-item]
    return out.getvalue()


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
