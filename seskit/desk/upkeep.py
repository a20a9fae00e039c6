"""`seskit scan` and `refresh`: personal data found, and the answers of notebooks stored anew."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER
from seskit.formats.refusals import FactError


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--roster", "rosters", multiple=True, type=FOLDER, help="Look for the names in this roster, too.")
def scan(folder: Path, rosters: tuple[Path, ...]) -> None:
    """Find personal data that should not be in a folder."""
    from seskit.formats import privacy
    from seskit.record import roster

    if not folder.is_dir():
        raise FactError(f"'{folder.name}' is not a folder.")
    names = [person.name for place in rosters for person in roster.read(place).people if person.name]
    leaks = privacy.scan(folder, names)
    for leak in leaks:
        click.echo(f"{leak.file}, line {leak.line}: {leak.what}")
    click.echo("Nothing found." if not leaks else f"{len(leaks)} place(s) to look at.")
    sys.exit(1 if leaks else 0)


@click.command()
@click.argument("notebooks", nargs=-1, type=FOLDER)
def refresh(notebooks: tuple[Path, ...]) -> None:
    """Run notebooks from the top and store only their marked answers."""
    from seskit.desk.notebooks import refresh as run

    for path in notebooks or sorted([*Path("notebooks").glob("*.ipynb"), *Path("training").glob("*.ipynb")]):
        click.echo(f"{path.name}: {run(path)}")
