"""`seskit gather`: the rosters of a department's bureaus as one, for the one report that OPM takes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER
from seskit.desk.console import say
from seskit.formats.counts import number_of


@click.command()
@click.argument("bureaus", type=FOLDER, metavar="BUREAUSFOLDER")
@click.option("--out", type=FOLDER, required=True, help="The department's folder; created if needed.")
@click.option("--code", default="", help="A short code for the department; needed the first time.")
@click.option("--name", default="", help="The department's name as the form prints it; needed the first time.")
@click.option("--coded", is_flag=True, help="Put each bureau's code before its person numbers.")
@click.option(
    "--names", is_flag=True, help="Write everyone's name, not only the names of those rated below fully successful."
)
def gather(bureaus: Path, out: Path, code: str, name: str, coded: bool, names: bool) -> None:
    """Combine the folders of bureaus into one department's folder: one roster, one report, one award pool.

    BUREAUSFOLDER holds a folder for each bureau, all for one fiscal year. Each roster is read as in its own folder.
    """
    from seskit.paper.report import department

    made, written = department.write(bureaus, out, code, name, coded=coded, names=names)
    for one in made.bureaus:
        say(f"{one.folder.name}: {number_of(len(one.roster.people), 'row')}.")
    for note in made.notes:
        say(f"Note: {note}")
    for sentence in made.wrong:
        say(f"Error: {sentence}")
    if made.wrong:
        say("Nothing was written.", err=True)
        sys.exit(1)
    say(f"{number_of(made.people, 'person', 'people')} in {out.name}:")
    for path in written:
        say(f"  {path.name}")
    say(f"Next: seskit check {shlex.quote(str(out))}")
