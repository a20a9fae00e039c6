"""What the batch tests share: small notebooks, invented agencies, runs."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests import batch_kit as kit
from tests.places import ROOT, SAMPLES, TESTS

PARAMETERS = (
    'agency: str = "sample/agencies/DPW"  # folder of the agency\nout: str = "out/report"  # folder for the files'
)
FORMS = "from seskit.work import report\npackage = report.open_folder(agency).complete()\npackage.write(out, ['json'])"


def notebook(path: Path, *cells: str, more_parameters: str = "", kernel: str = "python3") -> str:
    """Write a notebook; a cell that begins with # and a blank is a heading. Returns its path as the batch takes it."""
    made = [new_code_cell(PARAMETERS + ("\n" + more_parameters if more_parameters else ""))]
    made[0].metadata["tags"] = ["parameters"]
    for source in cells:
        if source.startswith(("# ", "## ")):
            made.append(new_markdown_cell(source))
        else:
            made.append(new_code_cell(source.removeprefix("interactive:")))
            if source.startswith("interactive:"):
                made[-1].metadata["tags"] = ["interactive"]
    for number, cell in enumerate(made):
        cell.id = f"c{number}"
    about = {
        "kernelspec": {"name": kernel, "display_name": kernel, "language": "python"},
        "language_info": {"name": "python"},
    }
    nbformat.write(new_notebook(cells=made, metadata=about), path)
    return str(path)


def small(folder: Path, *cells: str, name: str = "report", **more: str) -> str:
    """A notebook of the report's shape that takes no time."""
    return notebook(folder / f"{name}.ipynb", "# The report", "## Forms", FORMS, *cells, **more)


def agencies(folder: Path, *names: str) -> Path:
    """Copies of sample agencies, under the names given as NEW=SAMPLE or SAMPLE; a new one has people and a code of its own."""
    place = folder / "agencies"
    place.mkdir(exist_ok=True)
    for name in names:
        new, _, sample = name.partition("=")
        shutil.copytree(SAMPLES / (sample or new), place / new)
        if sample:
            of_its_own(place / new)
    return place


def of_its_own(folder: Path) -> None:
    """Give a copied agency other people of the same numbers, and another code: no two agencies of a run have them alike."""
    roster, about = folder / "roster.csv", folder / "agency.yaml"
    if not roster.is_file():
        return
    heads, *rows = csv.reader(io.StringIO(roster.read_text(encoding="utf-8")))
    letters = "".join(chr(ord("a") + ord(letter) % 26) for letter in folder.name)
    for row in rows:
        named = row[heads.index("name")]
        row[heads.index("name")] = f"{named[:-1]}{letters}{named[-1]}" if named else ""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([heads, *rows])
    roster.write_text(text.getvalue(), encoding="utf-8")
    about.write_text(
        re.sub(r"(?m)^code: .*$", f"code: {folder.name}", about.read_text(encoding="utf-8")), encoding="utf-8"
    )


def files(out: Path) -> dict[str, bytes]:
    """Every file of an output folder but the record of what was written: it holds the hash of a table with seconds."""
    found = (path for path in sorted(out.rglob("*")) if path.is_file() and path.name != "written.json")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def python(code: str, under: Sequence[str] = (), **more: object) -> subprocess.Popen[str]:
    """A Python process of its own that finds the package, started by the command it is to run under, if any."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(TESTS)])}
    return subprocess.Popen([*under, sys.executable, "-c", code], env=env, text=True, **more)  # type: ignore[call-overload]


def family(pid: int) -> list[int]:
    """The processes below one, nearest first."""
    found: list[int] = []
    look = [pid]
    while look:
        try:
            tasks = Path(f"/proc/{look[0]}/task").iterdir()
            children = [int(n) for task in tasks for n in (task / "children").read_text().split()]
        except OSError:
            children = []
        found += children
        look = look[1:] + children
    return found


def stable(out):
    """Every file of a run, without times and without how often a start was tried."""
    found = {}
    for name, content in kit.files(out).items():
        text = content.decode("utf-8", "replace")
        text = re.sub(r'"[\w.]*(?:time|busy|idle|input|reply)": "[\d:.TZ+-]+"', "", text)
        text = re.sub(r'"duration": [\d.e-]+', "", text)
        text = re.sub(r'"[^"]*\.ipynb": "[0-9a-f]{64}"', "", text)
        text = re.sub(r'"(seconds|attempts)": [\d.]+', "", text)
        if name.startswith("index"):
            text = re.sub(r"<td class='number'>\d+\.\d</td>|,[\d.]+\r", "", text)
        found[name] = text
    return found
