"""`seskit form`: the files beside agency.yaml and the roster as workbooks to fill in, and read back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from seskit.desk.arguments import FOLDER, Commands
from seskit.desk.console import say
from seskit.formats.counts import number_of


@click.command()
@click.argument("folder", type=FOLDER, metavar="AGENCY_FOLDER")
@click.option("--what", default="", metavar="FILE", help="Which file; leave it out to list them.")
def blank(folder: Path, what: str) -> None:
    """Write any blank file of an agency to fill in: roster, history, pay, plan, vacancies and others."""
    from seskit.record.forms import blank as blanks

    if not what:
        for word, says in blanks.words().items():
            say(f"{word:<16}{says}")
        return
    for path in blanks.write(folder, what):
        say(path.name)
    if blanks.is_filled_in_elsewhere(what):
        say("Fill it in, then read it into the folder with `seskit form read`.")


@click.group(cls=Commands)
def form() -> None:
    """Fill in vacancies, evidence, the appraisal year and other files as Excel workbooks, and read them back."""


@form.command(name="list")
def list_() -> None:
    """List every form: its name, the file it fills in, and what it holds."""
    from seskit.record.forms.known import all_files

    listed = list(all_files().values())
    words, names = (
        2 + max(len(text) for text in column) for column in zip(*((one.what, one.file) for one in listed), strict=True)
    )
    for one in listed:
        say(f"{one.what:<{words}}{one.file:<{names}}{one.says}")


@form.command()
@click.argument("folder", type=FOLDER, metavar="AGENCY_FOLDER")
@click.option("--what", required=True, metavar="FORM", help="Which file; `seskit form list` names them.")
@click.option("--out", type=FOLDER, help="Folder for the workbook; the agency's own by default.")
def write(folder: Path, what: str, out: Path | None) -> None:
    """Write a workbook with drop-downs: what the folder holds, or a blank one. Never replaces a file."""
    from seskit.formats import files
    from seskit.law.facts import FactError
    from seskit.record.forms import stored
    from seskit.record.forms.draft import Draft
    from seskit.record.forms.known import declared

    asked = declared(what)
    there, draft = stored.find(asked, folder), Draft(asked, folder)
    place = (out or folder) / asked.book
    if place.exists():
        raise FactError(f"There is already a file {place.name} in the folder; nothing was written. Move it away.")
    place.parent.mkdir(parents=True, exist_ok=True)
    files.new(place, draft.workbook())
    say(f"{place.name}: {f'filled from {there.name}' if there else 'blank'}.{f' {draft.begun}' if draft.begun else ''}")


@form.command()
@click.argument("workbook", type=FOLDER, metavar="WORKBOOK")
@click.argument("folder", type=FOLDER, metavar="AGENCY_FOLDER")
@click.option("--check", is_flag=True, help="List the problems only; write nothing.")
def read(workbook: Path, folder: Path, check: bool) -> None:
    """Read a filled-in workbook into the agency's folder; the previous file is kept beside it."""
    from seskit.record.forms import back, stored
    from seskit.record.forms.known import all_files
    from seskit.record.problem import errors

    asked = back.which(workbook, workbook.name, all_files())
    found = back.read(asked, workbook)
    for problem in found.problems:
        say(str(problem))
    if wrong := errors(found.problems):
        say(f"{number_of(len(wrong), 'error')} found; nothing was written.")
        sys.exit(1)
    if check:
        say(f"No {'errors' if found.problems else 'problems'} found: {asked.says}")
        return
    saved = stored.save(stored.read(asked, folder), folder, found.grid)
    kept = f" The previous file is kept as {saved.kept.name}." if saved.kept else ""
    say(f"Written: {saved.file.name}.{kept}")
