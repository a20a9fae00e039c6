"""What a warm parent has ready before the first notebook: imported, and used once, so that no child pays for it."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import pkgutil
import tempfile
from pathlib import Path

import seskit
from seskit.batch import engine
from seskit.batch.imports import made, sparing, written
from seskit.formats import notebook_page

#: Not needed by any notebook.
_NOT = ("seskit.desk.cli", "seskit.__main__", "seskit.batch", "seskit.record.plum", "seskit.batch.warm_kernel")
_ALSO = (
    "matplotlib.pyplot", "matplotlib.backends.backend_agg", "IPython.core.pylabtools",
    "ipywidgets", "nbconvert", "xlsxwriter", "typst", "jinja2", "icalendar", "IPython.display", "dateutil.parser",
    "scipy.optimize", "scipy.sparse",
)  # fmt: skip
_AGENCY = """code: WARM
name: Warm-up Agency
fiscal_year: 2002
plans:
  - id: main
    pattern: H
    appraisal_period: {from: 2001-10-01, to: 2002-09-30}
    awards: {status: paid, paid_in: 2002-12, determined_on: 2002-12-12}
"""
_ROSTER = """person_id,plan,appointment_type,es_level,basic_pay_fy_end,basic_pay_period_end,rating,award
A1,main,career,4,129800,129800,5,12980
A2,main,noncareer,4,129800,129800,3,
"""


def everything(*, kernel: bool = True) -> None:
    """Make the kernel first, so that what is imported finds it, then import and exercise the rest.

    A process whose children bring their own kernel asks for none.
    """
    os.environ["MPLBACKEND"] = os.environ.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
    if kernel:
        engine.prepare()
    for name in (*_subjects(), *_ALSO):
        with sparing(), contextlib.suppress(ImportError):
            importlib.import_module(name)
    _draw()
    _complete_a_report()
    _write_a_page()


def _subjects() -> list[str]:
    found = pkgutil.walk_packages(seskit.__path__, "seskit.")
    return [module.name for module in found if not module.name.startswith(_NOT)]


def _complete_a_report() -> None:
    """One invented agency with two people, from its files to its forms; PDF apart, whose engine starts threads."""
    from seskit.law import question
    from seskit.work import report
    from seskit.work.report import FORMATS

    question.questions()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "agency.yaml").write_text(_AGENCY, encoding="utf-8")
        (place / "roster.csv").write_text(_ROSTER, encoding="utf-8")
        package = report.open_folder(place).complete()
        for name in FORMATS:
            if name != "pdf":
                with contextlib.suppress(ImportError):
                    package.write(place / "out", [name])


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
