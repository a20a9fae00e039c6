"""`seskit check`, `report`, `template`, `import` and `rollup`: from a blank roster to sums over many agencies."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import FOLDER, Commands, day, exit_code, must_be_there, others_kept, say_problems
from seskit.desk.console import say
from seskit.formats import choice, near_files, results
from seskit.formats.counts import number_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seskit.record.agency_folder import AgencyFolder
    from seskit.record.finding import Finding
    from seskit.record.roster import Roster
    from seskit.work.folder_check import FileFound
    from seskit.work.report import Account, ReportPackage
    from seskit.work.report.members import Members


def say_account(account: Account | None) -> None:
    """Print where every row, person and award of the roster went."""
    for line in account.text if account else ():
        say(line)


@click.command()
@click.argument("place", type=FOLDER, metavar="ROSTER_OR_AGENCYFOLDER_OR_FORMS")
@click.option("--agency", "folder", type=FOLDER, help="For a workbook of forms: the folder of its agency.")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON.")
@click.option("--all", "every", is_flag=True, help="Check every subject the folder has files for, not only the roster.")
def check(place: Path, folder: Path | None, as_json: bool, every: bool) -> None:
    """Check a roster, or every file of an agency's folder: each problem with row, column and what to do.

    For a folder each file is listed with what was found in it. With --all the list holds what needs attention in every
    subject: report, pay, appraisal year, certification, vacancies and probation, closeout. A run over many agencies
    counts the same list. Of a corrected forms.xlsx, every value that differs from the roster beside it is listed.
    """
    from seskit.desk.report import read_back
    from seskit.record.agency_folder import AgencyFolder
    from seskit.record.problem import errors
    from seskit.work import folder_check, report

    must_be_there(place)
    if place.is_file() and read_back.is_forms(place):
        sys.exit(0 if read_back.check(place, folder, as_json=as_json) else 1)
    opened = AgencyFolder(place) if place.is_dir() else None
    if every and opened:
        sys.exit(_say_every(opened, as_json))
    found, notes, account = report.looked_at(opened or place)
    files = folder_check.files(opened, found) if opened else ()
    found = list(dict.fromkeys([*found, *(one for file in files for one in file.problems)]))
    if as_json:
        data: dict[str, object] = {"account": account.to_dict()} if account else {}
        data |= {"problems": [problem.to_dict() for problem in found], "notes": notes}
        data |= {"findings": [one.to_dict() for one in _findings(opened)]}
        data |= {"files": [file.to_dict() for file in files]}
        say(json.dumps(data, indent=1, ensure_ascii=False))
    else:
        say_account(account)
        if opened:
            _say_files(opened, files)
        say_problems(found, notes)
        say("No problems found." if not found else f"{number_of(len(found), 'problem')} found.")
        if any(problem.file == "roster" and problem.row for problem in found) and place.is_dir():
            say(f"To correct the roster, with repairs to confirm: seskit correct {shlex.quote(str(place))}")
    sys.exit(1 if errors(found) else 0)


def _say_files(opened: AgencyFolder, files: Sequence[FileFound]) -> None:
    """Print each file of the folder with what was found in it, and the names of those that were not read."""
    from seskit.work import folder_check

    for file in files:
        say(str(file))
    if others := folder_check.not_read(opened, files):
        say(f"Not read as a file of the agency: {', '.join(others)}.")
    if used := near_files.open_now(opened.path):
        say(
            f"Open in Excel or LibreOffice, or so when it ended: {', '.join(used)}. What was saved last is read; save, and check again."
        )


def _findings(opened: AgencyFolder | None) -> list[Finding]:
    """The same as findings; a roster alone has its problems only."""
    from seskit.work.report import attention

    return attention.of_folder(opened) if opened else []


def _say_every(opened: AgencyFolder, as_json: bool) -> int:
    """Print every finding about an agency; its exit code."""
    from seskit.record.finding import in_short, to_json
    from seskit.work import findings

    found = findings.of_folder(opened)
    if as_json:
        say(to_json(found).rstrip())
        return exit_code(found)
    for one in found:
        say(f"{one.subject.capitalize()}. {one}")
    say(f"{number_of(len(found), 'finding')}: {in_short(found)}." if found else "Nothing needs attention.")
    return exit_code(found)


@click.command()
@click.argument("folder", type=FOLDER, metavar="AGENCYFOLDER_OR_FORMS")
@click.option("--out", type=FOLDER, help="Folder for the files; created if needed. Required unless you use --rules-of.")
@click.option("--agency", type=FOLDER, help="For a workbook of forms: the folder of its agency.")
@click.option(
    "--rules-of",
    "rules",
    multiple=True,
    metavar="DAY",
    help="Instead, show the same people under the rules of DAY, such as 2004-08-01; repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="With --rules-of: the comparison as JSON.")
@click.option("--members", "by_member", is_flag=True, help="Also write the form of June 2005: one row for each member.")
@choice.option("seskit.work.report", "json,xlsx,pdf,html")
def report(
    folder: Path,
    out: Path | None,
    agency: Path | None,
    rules: tuple[str, ...],
    as_json: bool,
    by_member: bool,
    formats: list[str],
) -> None:
    """Complete the ratings and awards report of one agency (OPM Forms 1558, 1558A, Supplementary).

    A corrected forms.xlsx may be named instead: its forms are checked, held against the roster and written anew.
    """
    from seskit.desk.report import read_back, rules_view
    from seskit.work import report as reports
    from seskit.work.report import form_json, readings

    must_be_there(folder)
    if out is None and not rules:
        raise click.UsageError("Missing option '--out'.")
    if as_json and not rules:
        raise click.UsageError("--json belongs to --rules-of; forms.json is one of the files written.")
    if folder.is_file() and (by_member or rules):
        raise click.UsageError("--members and --rules-of need the agency's folder, with its roster.")
    if out is not None and folder.is_file() and read_back.is_forms(folder):
        sys.exit(0 if read_back.report(folder, agency, out, formats) else 1)
    opened = reports.open_folder(folder)
    if opened.agency is None:
        say_problems(opened.problems, opened.notes)
        say("The report was not made: agency.yaml must be correct first.", err=True)
        sys.exit(1)
    if rules:
        days = [day("--rules-of", text) for text in rules]
        return rules_view.show(opened.agency, opened.roster, days, out, as_json=as_json)
    assert out is not None  # noqa: S101
    package = opened.complete()
    of_members = _members(package, opened.roster) if by_member else None
    others = form_json.others_in(out, package.forms)
    aside = results.all_put_aside(out, "report") if others else []
    with results.kept(out, "report", package.made_of):
        written = package.write(out, formats)
        if of_members:
            from seskit.paper.report import members as paper

            written += paper.write(of_members, out, draft=not package.final)
    say_account(package.account)
    say_problems(package.problems, package.notes)
    status = "final" if package.final else "a DRAFT: the errors above stand in the way of final forms"
    say(f"{package.agency.name}: {number_of(len(package.forms), 'form')}, {status}.")
    if other := readings.other_layout(package.agency):
        say(other)
    for limit in package.limits:
        say(limit)
    if package.due_date:
        say(f"Due to OPM by {package.due_date}{_first_due(package)}.")
    for path in written:
        say(f"  {path.name}{'  (personal information)' if path.name.startswith('supplement') else ''}")
    if others:
        say(others_kept(out, f"the forms of {others}", aside))
    sys.exit(0 if package.final else 1)


def _first_due(package: ReportPackage) -> str:
    """The forms that are due before the last ones, the first in front; empty where all are due on one day."""
    before = sorted(
        (form.due_date, form.title) for form in package.forms if form.due_date and form.due_date != package.due_date
    )
    return "".join(f"; {title} by {due}" for due, title in before)


def _members(package: ReportPackage, roster: Roster) -> Members:
    """The member-level form, and say what it is for this year."""
    from seskit.paper.report import members as paper
    from seskit.work.report.members import members

    found = members(package.agency, roster, package.forms)
    for problem in found.problems:
        say(problem)
    for sentence in paper.notes(found):
        say(sentence)
    return found


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--drafts", is_flag=True, help="Also add up drafts; the tables name them.")
@click.option("--least", type=click.IntRange(1), default=5, show_default=True, help="Smallest cell to show.")
@click.option("--after", type=FOLDER, multiple=True, metavar="DIR", help="Also protect what DIR released; repeatable.")
@click.option("--unreleased", is_flag=True, help="The last tables made here were never released: forget them.")
def rollup(folder: Path, drafts: bool, least: int, after: tuple[Path, ...], unreleased: bool) -> None:
    """Add up the results of a batch: government-wide tables with small cells suppressed."""
    from seskit.paper import rollup as rollups

    made = rollups.write(folder, drafts=drafts, least=least, after=after, unreleased=unreleased)
    say(made.to_text())
    sys.exit(1 if made.waiting else 0)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--pay", is_flag=True, help="Write a pay worksheet instead: pay.xlsx and pay.yaml.")
def template(folder: Path, pay: bool) -> None:
    """Write a blank roster workbook and an agency.yaml to fill in."""
    from seskit.record.forms import blank

    for path in blank.write(folder, "pay" if pay else "roster"):
        say(path.name)


@click.group(name="import", cls=Commands)
def import_() -> None:
    """Turn published listings and exports of personnel systems into agency folders."""


@import_.command()
@click.argument("file", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="Folder for the agency folders.")
@click.option(
    "--year", type=click.IntRange(1979, 2999), help="Fiscal year of the reports; the listing does not say it."
)
def plum(file: Path, out: Path, year: int | None) -> None:
    """Make one agency folder per agency from the public listing of SES positions.

    FILE has OPM's own columns (AgencyName, PositionStatus and so on) or the nine of the short table.
    """
    from seskit.desk.report.listing import lines
    from seskit.record.plum import agencies

    for line in lines(agencies(file, out, year)):
        say(line)


@import_.command()
@click.argument("file", type=FOLDER)
@click.option("--out", type=FOLDER, required=True, help="The agency's folder; roster.csv and the recipe go there.")
@click.option(
    "--recipe", type=FOLDER, help="The recipe to use; by default people.yaml in the folder, or a guessed one."
)
@click.option("--accept", is_flag=True, help="Accept the guesses as they are, and write the roster.")
@click.option("--names", is_flag=True, help="Also write names; only the supplementary form needs them.")
def people(file: Path, out: Path, recipe: Path | None, accept: bool, names: bool) -> None:
    """Make a roster from the export of a payroll or HR system, with a recipe you can use again next year.

    The first time, the recipe is guessed and every guess is listed. Check people.yaml, then run this again with --accept.
    """
    from seskit.record import people_import
    from seskit.record.agency import FILE as AGENCY

    found = people_import.run(file, out, recipe, accept=accept, names=names)
    for line in found.lines():
        say(line)
    for path in found.files:
        say(f"  {path.name}")
    if not found.recipe.accepted:
        wrote = "Nothing but the recipe" if found.files else "Nothing"
        place = (recipe or out / people_import.RECIPE).name
        todo = f"Answer in {place} what is asked above" if found.asked else f"Look at {place}"
        say(f"{wrote} was written. {todo}, then run this again with --accept.")
    elif not (out / AGENCY).is_file():
        say(f"There is no {AGENCY} yet: seskit blank {shlex.quote(str(out))} --what agency writes one to fill in.")
    sys.exit(1 if found.unread or found.numberless or not found.recipe.accepted else 0)


@import_.command()
@click.argument("earlier", type=FOLDER, nargs=-1, required=True, metavar="EARLIERFOLDER...")
@click.option("--out", type=FOLDER, required=True, help="This year's folder of the agency; history.csv goes there.")
def ratings(earlier: tuple[Path, ...], out: Path) -> None:
    """Copy the ratings of earlier years into history.csv, for the people on this year's roster.

    Two weak ratings call for an action only where the earlier one is on record. Name the folder of each earlier year; a
    rating that history.csv has already stays, and a former history.csv is kept beside. From the folder of the year before
    last_year.csv is written, unless there is one: check then asks about everyone who is not on this year's roster.
    """
    from seskit.formats.files import whole
    from seskit.record.agency_folder import AgencyFolder
    from seskit.record.forms.stored import keep_beside
    from seskit.record.roster import last_year, lists
    from seskit.work import next_year
    from seskit.work.report import earlier_ratings

    found = earlier_ratings.of_folders(earlier, out)
    place, content = out / earlier_ratings.FILE, found.text.encode()
    if place.is_file() and place.read_bytes() != content:
        say(f"The previous {place.name} is kept as {keep_beside(place).name}.")
    whole(place, content, like=lists.find(out, "roster"))
    for sentence in found.says:
        say(sentence)
    say(f"  {place.name}")
    agency = AgencyFolder(out).agency
    if agency and not lists.find(out, last_year.STEM) and (text := next_year.who_stayed(earlier, agency.fiscal_year)):
        whole(out / last_year.FILE, text.encode(), like=lists.find(out, "roster"))
        say(f"  {last_year.FILE}")
