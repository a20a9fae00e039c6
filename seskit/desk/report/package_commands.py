"""`seskit package`: clean forms with letter and sign-off sheet, what was sent, and what an amendment changes."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER, Commands, day, say_problems
from seskit.desk.console import say
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError


@click.group(cls=Commands)
def package() -> None:
    """Make the package to send to OPM, note what was sent, and number later changes."""


@package.command()
@click.argument("folder", type=FOLDER, metavar="AGENCYFOLDER")
@click.option("--out", type=FOLDER, required=True, help="Folder of the package; use the same one for every amendment.")
@click.option("--preparer", default="", help="Who prepared the report, as printed on letter and sign-off sheet.")
@click.option("--reviewer", default="", help="Who reviewed it, as printed on the sign-off sheet.")
@click.option("--on", help="The day of the letter, such as 2002-12-02; left blank on the letter by default.")
@click.option("--to", default="", help="The OPM office to address the letter to.")
def make(folder: Path, out: Path, preparer: str, reviewer: str, on: str | None, to: str) -> None:
    """Make the package of an agency: clean forms, cover letter, sign-off sheet; the working copy beside them."""
    from seskit.paper.report import sending
    from seskit.paper.report.letter import Signed
    from seskit.record.sent import SEND, waiting
    from seskit.work import report as reports

    opened = reports.open_folder(folder)
    if opened.agency is None:
        say_problems(opened.problems, opened.notes)
        say("The package was not made: agency.yaml must be correct first.", err=True)
        sys.exit(1)
    signed = Signed(preparer, reviewer, day("--on", on) if on else None, to)
    made = sending.make(opened.complete(), out, signed)
    if made is None:
        say("Nothing changed since the last package was sent: there is nothing to amend, and nothing was written.")
        if waits := waiting(out):
            say(
                f"{waits.title} that was made before is still in {out.name}/{SEND}, with values that are no longer so. Do not send it."
            )
        return
    say(f"{made.package.title}: open {out.name}/{SEND}. The working copy is in {out.name}/{sending.WORKING}.")
    for path in made.written:
        say(
            f"  {path.name}{'  (personal information: send separately, protected)' if 'supplement' in path.name else ''}"
        )
    if made.last:
        say(f"{number_of(len(made.changes), 'value differs', 'values differ')} from what was sent on {made.last.on}:")
        for one in made.changes:
            say(f"  {one}")
    say(f"When it is sent: seskit package sent {shlex.quote(str(out))} --on DATE")


@package.command()
@click.argument("place", type=FOLDER, metavar="PACKAGEFOLDER")
@click.option("--on", required=True, help="The day it was sent, such as 2002-12-05.")
@click.option("--why", default="", help="Correct the day noted before, with the reason.")
@click.option("--number", type=int, help="With --why: the number of the package in `list`; left out, the last one.")
def sent(place: Path, on: str, why: str, number: int | None) -> None:
    """Note that the latest package was sent, and keep a copy with its hashes; or, with --why, correct the day noted."""
    from seskit.paper.report import sending

    when = day("--on", on)
    if number is not None and not why.strip():
        raise FactError("--number corrects a day that is noted: say why with --why.")
    noted, said = sending.correct_day(place, when, why, number) if why.strip() else sending.mark_sent(place, when)
    for sentence in said:
        say(sentence)
    say(
        f"{noted.title} is noted as sent on {noted.on}: {number_of(len(noted.files), 'file')} kept in {place.name}/sent/{noted.number}."
    )


@package.command(name="list")
@click.argument("place", type=FOLDER, metavar="PACKAGEFOLDER")
def list_(place: Path) -> None:
    """List what was sent and when, and whether the kept copies are unchanged."""
    from seskit.paper.report import sending
    from seskit.record import sent as register

    packages = register.sent(place)
    for one in packages:
        say(f"{one.number}. {one.title}, fiscal year {one.fiscal_year}, sent on {one.on}: {', '.join(one.files)}")
    if not packages:
        say("Nothing is noted as sent.")
    if waits := register.waiting(place):
        say(f"{waits.title} is made and not noted as sent.")
    altered = sending.altered(place)
    for sentence in (*sending.corrected(place), *altered):
        say(sentence)
    sys.exit(1 if altered else 0)
