"""What a warm parent has ready before the first notebook: imported, and used once, so that no child pays for it."""

from __future__ import annotations

import contextlib
import importlib
import io
import os

from seskit.batch.engine import inprocess
from seskit.batch.engine.imports import made, written
from seskit.batch.engine.likeness import noting_libraries
from seskit.batch.engine.served import Served
from seskit.formats import notebook_page
from seskit.formats.sparing import sparing

_ALSO = (
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "IPython.core.pylabtools",
    "ipywidgets", "nbconvert", "xlsxwriter", "typst", "IPython.display", "dateutil.parser",
)  # fmt: skip


def everything(serving: Served, *, kernel: bool = True) -> None:
    """Make the kernel first, so that what is imported finds it, then import and exercise the rest.

    A process whose children bring their own kernel asks for none.
    """
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
    if kernel:
        inprocess.prepare()
    with noting_libraries():
        for name in (*serving.modules(), *_ALSO):
            with sparing(), contextlib.suppress(ImportError):
                importlib.import_module(name)
        _draw()
        serving.exercise()
        _write_a_page()


def _draw() -> None:
    """Find the fonts and fill the drawing library's own caches; its state stays as it was."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    axes = figure.subplots()
    axes.bar(["a", "b"], [1, 2], label="x", hatch="//")
    axes.set(title="Title", xlabel="x", ylabel="y")
    axes.legend()
    FigureCanvasAgg(figure).print_png(io.BytesIO())  # type: ignore[no-untyped-call]


def _write_a_page() -> None:
    shown = {"text/plain": "1", "text/html": "<p>1</p>"}
    notebook = made(("markdown", "# Title\n\n- a\n\n|a|\n|-|\n|b|"), ("code", "1"), output=shown)
    written(notebook)
    notebook_page.made(notebook, "Title")
