"""`seskit start`, `lab`, `scan` and `refresh`: a folder to work in, personal data found, answers updated."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER
from seskit.desk.console import say
from seskit.formats.counts import number_of
from seskit.formats.kernel_sockets import server_sockets
from seskit.formats.refusals import FactError
from seskit.formats.sparing import sparing

#: The course's picture of a filled form, and the agency it is of.
FORM, FORM_OF = Path("training/course/report/form-1558.png"), Path("notebooks/sample/agencies/ASR")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
def start(folder: Path) -> None:
    """Copy the notebooks, the sample agencies and the training material into a folder to work in.

    Your files are never replaced: whatever is there stays, and is named if it differs.
    """
    from seskit.formats.shipped import start as copy

    copied = copy(folder)
    for path in copied.kept:
        say(f"Kept as it is, and different from ours: {path.relative_to(folder)}")
    say(
        f"{number_of(len(copied.new), 'file')} copied, {len(copied.same)} already there, {len(copied.kept)} of yours kept."
    )
    say(f"Next: seskit desk {shlex.quote(str(folder))}, for the jobs and the course in your browser, without code;")
    say(f"  or seskit lab {shlex.quote(str(folder))}, for the same as notebooks in JupyterLab.")


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR", default=Path())
def lab(folder: Path) -> None:
    """Open the notebooks of a folder in JupyterLab, at start_here."""
    try:
        with sparing():
            from jupyterlab.labapp import LabApp
    except ImportError:
        raise FactError("JupyterLab is not installed. Install it with: pip install 'seskit[lab]'") from None
    from seskit.desk.saving import FLAG, STYLED

    first = folder / "notebooks" / "start_here.ipynb"
    if not first.is_file():
        raise FactError(f"'{folder.resolve().name}' holds no notebooks. Make a folder with: seskit start DIR")
    quiet = ["--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    with server_sockets() as sockets:
        if sockets:
            os.environ["JUPYTER_RUNTIME_DIR"] = str(sockets)
            quiet.append("--KernelManager.transport=ipc")
        LabApp.launch_instance([f"--notebook-dir={folder}", str(first), FLAG, STYLED, *quiet])


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--roster", "rosters", multiple=True, type=FOLDER, help="Also look for the names in this roster.")
def scan(folder: Path, rosters: tuple[Path, ...]) -> None:
    """Find personal data that should not be in a folder, and list the files that could not be read."""
    from seskit.formats import scanning
    from seskit.formats.privacy import shown
    from seskit.record import roster

    if not folder.is_dir():
        raise FactError(f"'{folder.name}' is not a folder.")
    names = []
    for place in rosters:
        read = roster.read(place)
        if not read.people:
            why = f": {read.problems[0].reason}" if read.problems else ""
            raise FactError(f"No names could be read from '{place.name}'{why}.")
        names += [person.name for person in read.people if person.name]
    found = scanning.scan(folder, names)
    for leak in found.leaks:
        line = f", line {leak.line}" if leak.line else ""
        say(f"{shown(leak.file, 200)}{line}: {leak.what}")
    say(found.to_text())
    sys.exit(1 if found.leaks else 0)


@click.command()
@click.argument("notebooks", nargs=-1, type=FOLDER)
def refresh(notebooks: tuple[Path, ...]) -> None:
    """Run notebooks from the top and store only their marked answers; without a name, also refresh the course's picture of a form."""
    from seskit.desk.notebooks import refresh as run

    for path in notebooks or sorted([*Path("notebooks").glob("*.ipynb"), *Path("training").glob("*.ipynb")]):
        say(f"{path.name}: {run(path)}")
    if not notebooks and FORM.is_file():
        from seskit.formats.files import whole
        from seskit.paper.report.pdf import first_form
        from seskit.work.report import open_folder

        whole(FORM, first_form(open_folder(FORM_OF).complete()))
