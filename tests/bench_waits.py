"""What a person waits for: help, one answer, a chart, a panel, a walk run by stock papermill, a workbook.

Each is measured against something that anyone can run beside it, in turns in one process tree; the ratio is the result.
What only works is measured in seconds of work, its own and its children's, so that others on the machine do not count;
the walk by stock papermill, which waits for its kernel, by the clock.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests import bench_pay
from tests.places import SAMPLES

ROUNDS = 7
ASKED = ("ask", "awards.award_limits", "as_of=2002-09-30", "rate=129800")
#: The ratio of the report walk to an empty notebook, both by stock papermill, before charts were SVG and loading was lazy.
WALK_BEFORE = 7.6


class Row(NamedTuple):
    """A line of the table: the work, what was measured, and what is aimed at."""

    work: str
    found: float
    goal: float
    at_least: bool = False
    unit: str = "times"

    def __str__(self) -> str:
        """The line as it is printed."""
        met = self.found >= self.goal if self.at_least else self.found <= self.goal
        aim = f"at {'least' if self.at_least else 'most'} {self.goal:g}"
        return f"  {self.work:<72} {self.found:8.2f} {self.unit:<6} {aim:<14} {'met' if met else 'MISSED'}"


def ratio(
    ours: Callable[[], object],
    other: Callable[[], object],
    rounds: int = ROUNDS,
    now: Callable[[], float] | None = None,
) -> float:
    """How many times as long ours takes, in turns, after one run of each that is not counted."""
    ours(), other()
    now = now or _work
    return median(_seconds(ours, now) / _seconds(other, now) for _ in range(rounds))


def _work() -> float:
    """Seconds of work of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _seconds(run: Callable[[], object], now: Callable[[], float] = time.process_time) -> float:
    since = now()
    run()
    return now() - since


def _python(place: Path, *words: str) -> Callable[[], object]:
    """A Python of its own, whose compiled modules are kept in a folder, as they are where a package is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment = kept | {"PYTHONPYCACHEPREFIX": str(place)}
    return lambda: subprocess.run([sys.executable, *words], env=environment, capture_output=True, check=True)


def starts() -> list[Row]:
    """Help and one answer."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        seskit = ("-c", "from seskit.desk.cli import main; main()")
        return [
            Row("seskit --help, against python -c pass", ratio(_python(place, *seskit, "--help"), _python(place, "-c", "pass")), 8),
            Row('seskit ask, against python -c "import pydantic"',
                ratio(_python(place, *seskit, *ASKED), _python(place, "-c", "import pydantic")), 2),
        ]  # fmt: skip


def charts() -> list[Row]:
    """A chart of the report, and the widest drawn one, against an empty picture of the same size that is saved."""
    from matplotlib.figure import Figure

    from seskit.paper import charts as ours
    from seskit.work import report

    package = report.open_folder(SAMPLES / "DPW").complete()

    def empty() -> None:
        figure = Figure(figsize=(7.2, 3.2), dpi=110)
        figure.add_subplot()
        figure.savefig(io.BytesIO(), format="png")

    return [
        Row("a chart of the report, against an empty matplotlib figure saved",
            ratio(lambda: ours.rating_distribution(package).svg, empty), 2.5),
        Row("the rate range drawn by matplotlib, against the same", ratio(lambda: ours.rate_range().svg, empty), 2.5),
    ]  # fmt: skip


def panel() -> list[Row]:
    """A question's panel, built in a warm process."""
    from seskit.desk import widgets
    from seskit.law import awards

    widgets.Panel(awards.check_award)
    spent = median(_seconds(lambda: widgets.Panel(awards.check_award)) for _ in range(ROUNDS))
    return [Row("a panel built", spent * 1000, 20, unit="ms")]


def walk() -> list[Row]:
    """The report walk by stock papermill, against an empty notebook by the same."""
    import nbformat

    from seskit.batch import notebook
    from seskit.batch.engine.imports import papermill

    ready = notebook.load("report")
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "report.ipynb").write_text(ready.source, encoding="utf-8")
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("pass")]), place / "empty.ipynb")
        (place / "agencies").symlink_to(SAMPLES)

        def run(file: str, **parameters: str) -> Callable[[], object]:
            return lambda: papermill().execute_notebook(
                str(place / file), str(place / f"done_{file}"), progress_bar=False, cwd=str(place), kernel_name="python3",
                parameters=parameters,
            )  # fmt: skip

        found = ratio(run("report.ipynb", agency="agencies/DPW", out="out"), run("empty.ipynb"), 5, time.perf_counter)
    return [Row("the report walk by stock papermill, against an empty notebook", found, WALK_BEFORE / 2)]


def workbook(people: int = bench_pay.PEOPLE) -> list[Row]:
    """The pay worksheet's workbook, against the same cells written bare."""
    import openpyxl
    import xlsxwriter

    from seskit.paper.pay_setting.worksheet import book
    from seskit.work.pay_setting import worksheet

    with tempfile.TemporaryDirectory() as name:
        bench_pay.write_agency(Path(name), people)
        sheet = worksheet.read(name).worksheet
    assert sheet
    checked = worksheet.check(sheet)
    made = openpyxl.load_workbook(io.BytesIO(book.workbook(checked)))
    sheets = [
        (page.title, [(cell.row - 1, cell.column - 1, cell.value) for row in page for cell in row if cell.value is not None])
        for page in made
    ]  # fmt: skip

    def bare() -> None:
        with xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True}) as out:
            for title, cells in sheets:
                page = out.add_worksheet(title)
                for row, column, value in cells:
                    page.write(row, column, value)

    return [Row(f"pay workbook of {people:,} executives, against XlsxWriter with the same cells",
                ratio(lambda: book.workbook(checked), bare, 5), 1.5)]  # fmt: skip


def rows() -> list[Row]:
    """Every line."""
    return [*starts(), *charts(), *panel(), *walk(), *workbook()]


if __name__ == "__main__":
    for row in rows():
        print(row)
