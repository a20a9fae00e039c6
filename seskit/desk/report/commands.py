"""`seskit check`, `report`, `template`, `import` and `rollup`: from a blank roster to sums over many agencies."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import FOLDER, exit_code, say_problems
from seskit.desk.console import say
from seskit.formats import choice

if TYPE_CHECKING:
    from seskit.record.finding import Finding
    from seskit.work.report import Account


def say_account(account: Account | None) -> None:
    """Print where every row, person and award of the roster went."""
    for line in account.text if account else ():
        say(line)


@click.command()
@click.argument("place", type=FOLDER, metavar="ROSTER_OR_AGENCYFOLDER")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON.")
@click.option(
    "--all", "every", is_flag=True, help="Look at every subject the folder has files of, not the roster alone."
)
def check(place: Path, as_json: bool, every: bool) -> None:
    """Check a roster, or an agency's folder: every problem with row, column and what to do.

    With --all the list holds what needs attention in every subject: report, pay, appraisal year, certification,
    vacancies and probation, closeout. A run over many agencies counts the same list.
    """
    from seskit.record.problem import errors
    from seskit.work import report

    if every and place.is_dir():
        sys.exit(_say_every(place, as_json))
    found, notes, account = report.looked_at(place)
    if as_json:
        data: dict[str, object] = {"account": account.to_dict()} if account else {}
        data |= {"problems": [problem.to_dict() for problem in found], "notes": notes}
        data |= {"findings": [one.to_dict() for one in _findings(place)]}
        say(json.dumps(data, indent=1, ensure_ascii=False))
    else:
        say_account(account)
        say_problems(found, notes)
        say("No problems found." if not found else f"{len(found)} problem(s) found.")
    sys.exit(1 if errors(found) else 0)


def _findings(place: Path) -> list[Finding]:
    """The same as findings; of a roster alone nothing is told but its problems."""
    from seskit.work.report import attention

    return attention.of_folder(place) if place.is_dir() else []


def _say_every(place: Path, as_json: bool) -> int:
    """Print every finding about an agency; its exit code."""
    from seskit.record.finding import counts, in_words, to_json
    from seskit.work import findings

    found = findings.of_folder(place)
    if as_json:
        say(to_json(found).rstrip())
        return exit_code(found)
    for one in found:
        say(f"{one.subject.capitalize()}. {one}")
    say(f"{len(found)} finding(s): {in_words(counts(found))}." if found else "Nothing needs attention.")
    return exit_code(found)


@click.command()
@click.argument("folder", type=FOLDER, metavar="AGENCYFOLDER")
@click.option("--out", type=FOLDER, required=True, help="Folder for the files; made if it is not there.")
@choice.option("seskit.work.report", "json,xlsx,pdf,html")
def report(folder: Path, out: Path, formats: list[str]) -> None:
    """Complete the ratings and awards report of one agency (OPM Forms 1558, 1558A, Supplementary)."""
    from seskit.work import report as reports
    from seskit.work.report import readings

    opened = reports.open_folder(folder)
    if opened.agency is None:
        say_problems(opened.problems, opened.notes)
        say("The report was not made: agency.yaml must be correct first.", err=True)
        sys.exit(1)
    package = opened.complete()
    written = package.write(out, formats)
    say_account(package.account)
    say_problems(package.problems, package.notes)
    status = "final" if package.final else "a DRAFT: the errors above stand in the way of final forms"
    say(f"{package.agency.name}: {len(package.forms)} forms, {status}.")
    if other := readings.other_layout(package.agency):
        say(other)
    if package.due_date:
        say(f"Due to OPM by {package.due_date}.")
    for path in written:
        say(f"  {path.name}{'  (personal information)' if path.name.startswith('supplement') else ''}")
    sys.exit(0 if package.final else 1)


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--drafts", is_flag=True, help="Add up drafts, too; they are named.")
@click.option("--least", type=click.IntRange(1), default=5, show_default=True, help="Smallest cell that is shown.")
@click.option(
    "--after", type=FOLDER, multiple=True, metavar="DIR", help="Protect together with what DIR released; repeatable."
)
@click.option("--unreleased", is_flag=True, help="The tables made here last were never released: forget them.")
def rollup(folder: Path, drafts: bool, least: int, after: tuple[Path, ...], unreleased: bool) -> None:
    """Add up the results of a batch: government-wide tables with small cells suppressed."""
    from seskit.paper import rollup as rollups

    say(rollups.write(folder, drafts=drafts, least=least, after=after, unreleased=unreleased).to_text())


@click.command()
@click.argument("folder", type=FOLDER, metavar="DIR")
@click.option("--pay", is_flag=True, help="Instead, a pay worksheet: pay.xlsx and pay.yaml.")
def template(folder: Path, pay: bool) -> None:
    """Write a blank roster workbook and an agency.yaml to fill in."""
    from seskit.record.pay_setting.worksheet import blank as pay_files
    from seskit.record.roster import template as roster_files

    for path in (pay_files if pay else roster_files).write(folder):
        say(path.name)


@click.group(name="import")
def import_() -> None:
    """Turn published listings into agency folders."""


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
