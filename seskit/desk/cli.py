"""The `seskit` command. Exit codes: 0 all well, 1 something needs attention, 2 the call could not be used."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import seskit
from seskit.paper import choice
from seskit.forum.commands import forum

if TYPE_CHECKING:
    from datetime import date

    from seskit.record.problem import Problem

_FOLDER = click.Path(path_type=Path)
#: Commands of a subject, in `seskit/<subject>/commands.py`.
_SUBJECTS = {
    "appraisal": "appraisal",
    "certification": "certification",
    "pay": "pay_setting",
    "staffing": "staffing",
}


class _Commands(click.Group):
    """Commands whose wrong facts end with one clear sentence and exit code 2; a subject's own load when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *_SUBJECTS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _SUBJECTS:
            return super().get_command(ctx, cmd_name)
        group: click.Command = getattr(import_module(f"seskit.{_SUBJECTS[cmd_name]}.commands"), cmd_name)
        return group

    def invoke(self, ctx: click.Context) -> Any:
        from seskit.law.facts import FactError

        try:
            return super().invoke(ctx)
        except FactError as failure:
            click.echo(str(failure), err=True)
            ctx.exit(2)
        except OSError as failure:
            if failure.filename is None:
                raise
            place, why = Path(str(failure.filename)).name, (failure.strerror or "").lower()
            click.echo(f"'{place}' cannot be used: {why}. Check the name, and that you may write there.", err=True)
            ctx.exit(2)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(seskit.__version__, prog_name="seskit")
def main() -> None:
    """Dated rules, calculations and forms for the Senior Executive Service, each answer with its reasons."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Facts as JSON Schema.")
def questions(as_json: bool) -> None:
    """List every question that can be asked, with its facts."""
    from seskit.law.question import questions as known

    if as_json:
        listed = [
            {"question": q.name, "asks": q.asks, "authority": q.authority, "facts": q.schema()}
            for q in known().values()
        ]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
        return
    for asked in known().values():
        click.echo(f"{asked.name}\n    {asked.asks}\n    Authority: {asked.authority}")
        for slot in asked.slots.values():
            need = "needed" if slot.required else "may be left out"
            help_text = f" {slot.help}" if slot.help else ""
            click.echo(f"      {slot.name}: {slot.label} ({need}).{help_text}")
        click.echo()


@main.command()
@click.argument("name", metavar="QUESTION")
@click.argument("facts", nargs=-1, metavar="FACT=VALUE...")
@click.option("--json", "as_json", is_flag=True, help="The answer as JSON.")
def ask(name: str, facts: tuple[str, ...], as_json: bool) -> None:
    """Ask one question, for example: seskit ask awards.award_limits as_of=2002-09-30 rate=129800

    Dates are year-month-day, lists and mappings JSON. See: seskit questions.
    """
    from seskit.law.question import find

    asked = find(name)
    result = asked(**_pairs(facts))
    click.echo(result.to_json() if as_json else result.to_text())


@main.command()
@click.argument("start", metavar="FROM")
@click.argument("end", metavar="TO")
@click.option("--subject", default="", help="Only the rules of one subject, for example pay_setting.")
def changes(start: str, end: str, subject: str) -> None:
    """List what changed in the rules after FROM, up to and including TO."""
    from seskit.law.facts import FactError
    from seskit.law.parameters import changes as changed
    from seskit.law.parameters import paths

    if not paths(subject):
        subjects = sorted({path.partition(".")[0] for path in paths()})
        raise FactError(f"There are no rules of a subject '{subject}'. Subjects are {', '.join(subjects)}.")
    for change in (found := changed(_day("FROM", start), _day("TO", end), subject)):
        before, after = _in_words(change.before), _in_words(change.after)
        click.echo(f"{change.first_day}  {change.label}: {before} -> {after}  [{change.source}]")
    if not found:
        click.echo("Nothing recorded changed between these dates.")


@main.command()
@click.argument("place", type=_FOLDER, metavar="ROSTER_OR_AGENCY_FOLDER")
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON.")
def check(place: Path, as_json: bool) -> None:
    """Check a roster, or an agency's folder: every problem with row, column and what to do."""
    from seskit.work import report
    from seskit.record.problem import errors

    found = report.check(place)
    if as_json:
        click.echo(json.dumps({"problems": [problem.to_dict() for problem in found]}, indent=1, ensure_ascii=False))
    else:
        _say(found)
        click.echo("No problems found." if not found else f"{len(found)} problem(s) found.")
    sys.exit(1 if errors(found) else 0)


@main.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--out", type=_FOLDER, required=True, help="Folder for the files; made if it is not there.")
@choice.option("seskit.work.report", "json,xlsx,pdf,html")
def report(folder: Path, out: Path, formats: list[str]) -> None:
    """Complete the ratings and awards report of one agency (OPM Forms 1558, 1558A, Supplementary)."""
    from seskit.work import report as reports

    opened = reports.open_folder(folder)
    if opened.agency is None:
        _say(opened.problems)
        click.echo("The report was not made: agency.yaml must be correct first.", err=True)
        sys.exit(1)
    package = opened.complete()
    written = package.write(out, formats)
    _say(package.problems)
    status = "final" if package.final else "a DRAFT: the errors above stand in the way of final forms"
    click.echo(f"{package.agency.name}: {len(package.forms)} forms, {status}.")
    if package.due_date:
        click.echo(f"Due to OPM by {package.due_date}.")
    for path in written:
        click.echo(f"  {path.name}{'  (personal information)' if path.name.startswith('supplement') else ''}")
    sys.exit(0 if package.final else 1)


@main.command()
@click.argument("agencies", type=_FOLDER, metavar="AGENCIES_FOLDER")
@click.option("--out", type=_FOLDER, required=True, help="Folder for the results; made if it is not there.")
@click.option(
    "--notebook",
    "notebooks",
    multiple=True,
    default=("report",),
    show_default=True,
    help="Walk-through to run; may be given several times.",
)
@click.option("--only", multiple=True, help="Only this agency folder; may be given several times.")
@click.option("--failed", is_flag=True, help="Run again what failed before.")
@click.option("--workers", type=click.IntRange(1), help="How many at once.  [default: the number of cores]")
@click.option(
    "--parameter",
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="A value for the parameters cell of every run.",
)
@click.option("--shard", help="Only one part of the agencies, for example 2/4.")
@click.option("--cluster", metavar="ADDRESS", help="Run on the Dask scheduler at this address.")
@click.option(
    "--cell-seconds", type=click.IntRange(1), default=600, show_default=True, help="Longest time for one cell."
)
@click.option(
    "--notebook-seconds", type=click.IntRange(1), default=1800, show_default=True, help="Longest time for one notebook."
)
@click.option(
    "--memory", type=click.IntRange(256), default=4096, show_default=True, help="Most memory of one notebook, in MiB."
)
def batch(
    agencies: Path,
    out: Path,
    notebooks: tuple[str, ...],
    only: tuple[str, ...],
    failed: bool,
    workers: int | None,
    parameters: tuple[str, ...],
    shard: str | None,
    cluster: str | None,
    cell_seconds: int,
    notebook_seconds: int,
    memory: int,
) -> None:
    """Run a walk-through for every agency folder; what an earlier run finished is kept."""
    from seskit import batch as batches
    from seskit.batch import Limits

    limits = Limits(cell_seconds, notebook_seconds, memory)
    summary = batches.run(
        agencies,
        out,
        notebooks=notebooks,
        only=only,
        failed=failed,
        workers=workers,
        parameters=_pairs(parameters),
        shard=_shard(shard),
        cluster=cluster,
        limits=limits,
    )
    click.echo(summary.to_text())
    sys.exit(summary.exit_code)


@main.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--drafts", is_flag=True, help="Add up drafts, too; they are named.")
@click.option("--least", type=click.IntRange(1), default=5, show_default=True, help="Smallest cell that is shown.")
def rollup(folder: Path, drafts: bool, least: int) -> None:
    """Add up what a batch left in DIR: government-wide tables with small cells hidden."""
    from seskit.paper import rollup as rollups

    click.echo(rollups.write(folder, drafts=drafts, least=least).to_text())


@main.command()
@click.option("--remove", is_flag=True, help="Take it away again.")
def kernel(remove: bool) -> None:
    """Let JupyterLab start notebooks faster, through a kernel that is kept warm; never required."""
    from seskit.batch import warm_kernel

    if remove:
        click.echo("The warm kernel was removed." if warm_kernel.remove() else "The warm kernel was not installed.")
    else:
        warm_kernel.install()
        click.echo("The warm kernel is installed. Choose it in JupyterLab under Kernel, Change Kernel.")


@main.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--pay", is_flag=True, help="Instead, a pay worksheet: pay.xlsx and pay.yaml.")
def template(folder: Path, pay: bool) -> None:
    """Write a blank roster workbook and an agency.yaml to fill in."""
    from seskit.record.pay_setting.worksheet import blank as pay_files
    from seskit.record.roster import template as roster_files

    for path in (pay_files if pay else roster_files).write(folder):
        click.echo(path.name)


@main.group(name="import")
def import_() -> None:
    """Turn published listings into agency folders."""


@import_.command()
@click.argument("file", type=_FOLDER)
@click.option("--out", type=_FOLDER, required=True, help="Folder for the agency folders.")
def plum(file: Path, out: Path) -> None:
    """Make one agency folder per agency from the public listing of SES positions."""
    from seskit.record.plum import agencies

    summary = agencies(file, out)
    for oddity in summary.oddities:
        click.echo(f"Row {oddity.row}, {oddity.column}: '{oddity.value}' {oddity.why}.")
    click.echo(
        f"{summary.agencies} agencies, {summary.people} people, {summary.vacancies} vacant positions; "
        f"{len(summary.oddities)} oddities flagged, none repaired."
    )


@main.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--roster", "rosters", multiple=True, type=_FOLDER, help="Look for the names in this roster, too.")
def scan(folder: Path, rosters: tuple[Path, ...]) -> None:
    """Find personal data that should not be in a folder."""
    from seskit.formats import privacy
    from seskit.record import roster
    from seskit.law.facts import FactError

    if not folder.is_dir():
        raise FactError(f"'{folder.name}' is not a folder.")
    names = [person.name for place in rosters for person in roster.read(place).people if person.name]
    leaks = privacy.scan(folder, names)
    for leak in leaks:
        click.echo(f"{leak.file}, line {leak.line}: {leak.what}")
    click.echo("Nothing found." if not leaks else f"{len(leaks)} place(s) to look at.")
    sys.exit(1 if leaks else 0)


@main.command()
@click.argument("notebooks", nargs=-1, type=_FOLDER)
def refresh(notebooks: tuple[Path, ...]) -> None:
    """Run notebooks from the top and store only their marked answers."""
    from seskit.desk.notebooks import refresh as run

    for path in notebooks or sorted([*Path("notebooks").glob("*.ipynb"), *Path("training").glob("*.ipynb")]):
        click.echo(f"{path.name}: {run(path)}")


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    from seskit.law.facts import FactError

    given: dict[str, str] = {}
    for text in texts:
        key, sign, value = text.partition("=")
        if not sign:
            raise FactError(f"'{text}' is not a fact; write name=value, for example as_of=2002-09-30.")
        if key in given:
            raise FactError(f"{key}: given twice.")
        given[key] = value
    return given


def _day(name: str, text: str) -> date:
    from seskit.law.facts import FactError, Unreadable, day

    try:
        return day(text)
    except Unreadable as failure:
        raise FactError(f"{name}: '{text}' {failure}.") from None


def _in_words(value: object) -> object:
    from seskit.law.result import as_data

    if value is None:
        return "no rule"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else as_data(value)


def _shard(text: str | None) -> tuple[int, int] | None:
    from seskit.law.facts import FactError

    if text is None:
        return None
    number, sign, of = text.partition("/")
    if not (sign and number.isdecimal() and of.isdecimal()):
        raise FactError(f"--shard: '{text}' is not a part; write for example 2/4.")
    return int(number), int(of)


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem))


main.add_command(forum)
