"""What a person waits for at the desk, for an agency of two hundred: an entry redrawn, another agency chosen."""

from __future__ import annotations

import io
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

from tests import bench_pay
from tests.bench_waits import ROUNDS, SAMPLES, Row

PEOPLE = 200
NOTEBOOKS = SAMPLES.parent.parent
WALKS = ("report", "pay_setting", "appraisal", "staffing", "certification")


@contextmanager
def two_agencies() -> Iterator[tuple[Path, Path]]:
    """Two invented agencies of two hundred, each with every file that a walk reads; nothing of one's own is touched."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["SESKIT_HOME"] = name
        made = []
        for code in ("ONE", "TWO"):
            folder = Path(name) / "agencies" / code
            folder.mkdir(parents=True)
            bench_pay.write_agency(folder, PEOPLE)
            for file in ("vacancy.yaml", "appraisal.yaml"):
                shutil.copy(SAMPLES / "DBT" / file, folder / file)
            text = (SAMPLES / "LKA" / "certification.yaml").read_text(encoding="utf-8")
            (folder / "certification.yaml").write_text(text.replace("roster_2015.csv", "roster.csv"), encoding="utf-8")
            made.append(folder)
        yield made[0], made[1]


def at_work(walk: str, folder: Path, *, folds: bool = True) -> Any:
    """The opener of a walk with a folder chosen and every output on the screen; its desk is `front.desk`."""
    from seskit.desk.opener.front import Front
    from seskit.desk.opener.state import Desk

    module = import_module(f"seskit.desk.{walk}.walk")
    desk = Desk(module.WALK, "", folder.parent.parent / "out" / walk)
    front = Front(desk)
    front.choose(folder)
    cells = json.loads((NOTEBOOKS / f"{walk}.ipynb").read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        code = "".join(cell["source"])
        if cell["cell_type"] == "code" and "desk.show(" in code:
            with redirect_stdout(io.StringIO()):
                exec(code, {"desk": desk, "walk": module})  # noqa: S102 (the cells of our own notebooks)
    if folds:
        for view in desk.views.values():
            if not view.is_open:
                view.turn()
    return front


def chosen(walk: str, one: Path, other: Path, *, folds: bool = False) -> float:
    """Seconds from choosing another agency to the last output made anew."""
    front = at_work(walk, one, folds=folds)
    front.choose(other)
    return median(_seconds(lambda place=place: front.choose(place)) for place in (one, other, one, other))


def entries(folder: Path) -> list[tuple[str, float]]:
    """Seconds for one entry in each kind of form, up to the redrawn answer."""
    from seskit.desk import correct
    from seskit.desk.opener.file_editor import Editor
    from seskit.desk.widgets import Panel
    from seskit.law import awards
    from seskit.record.forms.draft import Draft
    from seskit.record.forms.known import declared

    editor = Editor(Draft(declared("year"), folder))
    cell = next(one for one in editor.cells.values() if one.entry.name == "plan_days")
    found = [("an entry in the form of a file", _turns(cell.widget, ("30", "31")))]
    panel = Panel(awards.check_award, as_of="2002-09-30", appointment_type="career", rate="129800", rating=5)
    found.append(("an entry in a question's panel", _turns(panel.entries["award"].widget, ("26000", "25000"))))
    correcting = correct.panel(folder)
    found.append(("a filter in the editor of problems", _turns(correcting.kind, ("error", ""))))
    return found


def _turns(widget: Any, values: tuple[str, str]) -> float:
    def turn(value: str) -> Callable[[], object]:
        return lambda: setattr(widget, "value", value)

    turn(values[0])()
    return median(_seconds(turn(values[(n + 1) % 2])) for n in range(ROUNDS * 2))


def _seconds(run: Callable[[], object]) -> float:
    """Seconds of a core, this process and those it starts: what else the machine does is not counted."""
    since = _spent()
    run()
    return _spent() - since


def _spent() -> float:
    return time.process_time() + sum(os.times()[2:4])


def rows() -> list[Row]:
    """Every line, in the kernel: the browser's share is measured on the screen."""
    with two_agencies() as (one, other):
        made = [Row(f"{words}, agency of {PEOPLE}", spent * 1000, 50, unit="ms") for words, spent in entries(one)]
        made += [
            Row(f"another agency of {PEOPLE} chosen: {walk}", chosen(walk, one, other), 2, unit="s") for walk in WALKS
        ]
    return made


if __name__ == "__main__":
    for row in rows():
        print(row)
