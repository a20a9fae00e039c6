"""`seskit appraisal`: check and print a plan, audit a year, list what follows, write the notice."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import Commands, exit_code, say_ceilings, say_files
from seskit.desk.console import say
from seskit.formats.counts import number_of
from seskit.record.problem import Problem, errors, noted

if TYPE_CHECKING:
    from seskit.record.appraisal.plan_document import OpenedPlan

_PATH = click.Path(path_type=Path)
_OUT = click.option("--out", type=_PATH, help="Folder for the files; created if needed.")


@click.group(cls=Commands)
def appraisal() -> None:
    """Check plans, audit an appraisal year, and list what follows from ratings."""


@appraisal.command()
@click.argument("place", type=_PATH, metavar="PLAN_OR_AGENCY_FOLDER")
@_OUT
def plan(place: Path, out: Path | None) -> None:
    """Check an executive's plan (plan.yaml or plan.xlsx), name every gap, and print it with --out."""
    from seskit.paper.appraisal import printed_plan
    from seskit.record.agency_folder import AgencyFolder
    from seskit.work.appraisal import attention, plan_document

    folder = AgencyFolder(place)
    if place.is_dir() and folder.plan is None and folder.held_plans:
        sys.exit(max([_each_plan(one, out) for one in folder.held_plans]))
    opened = (folder.plan if place.is_dir() else None) or plan_document.read(place)
    if opened.plan is None:
        sys.exit(_refused(opened.problems, notes=opened.notes))
    _say((), opened.notes)
    checked = plan_document.check(opened)
    for gap in checked.gaps:
        say(f"{gap.where}: {gap.what} [{gap.check}]")
    say(checked.balance.says)
    say("The plan is complete." if checked.complete else f"{number_of(len(checked.gaps), 'gap')}: the plan is a draft.")
    say_files(printed_plan.write(checked, out) if out else [])
    sys.exit(exit_code(attention.of_plan(checked)))


def _each_plan(opened: OpenedPlan, out: Path | None) -> int:
    """One of many plans: whether it is complete, its gaps counted, and printed with --out."""
    from seskit.paper.appraisal import printed_plan
    from seskit.work.appraisal import attention, plan_document

    if opened.plan is None:
        return _refused(opened.problems, notes=opened.notes)
    checked = plan_document.check(opened)
    first = f"; first: {checked.gaps[0].where}: {checked.gaps[0].what}" if checked.gaps else ""
    state = "complete" if checked.complete else f"{number_of(len(checked.gaps), 'gap')}, a draft"
    say(f"{opened.name}: {state}{first}")
    say_files(printed_plan.write(checked, out / Path(opened.name).stem) if out else [])
    return exit_code(attention.of_plan(checked))


@appraisal.command()
@click.argument("folder", type=_PATH, metavar="DIR")
@click.option("--year", is_flag=True, help="Write appraisal.yaml and steps.csv instead, the files for the audit.")
def blank(folder: Path, year: bool) -> None:
    """Write a blank plan.xlsx to fill in, or the files of an appraisal year. Never writes over a file."""
    from seskit.record.forms import blank as blanks

    for path in blanks.write(folder, "year" if year else "plan"):
        say(path.name)


@appraisal.command()
@click.argument("folder", type=_PATH, metavar="AGENCY_FOLDER")
@click.option("--looked-on", default="", help="The day to check the record as of, for a year that is not over.")
@_OUT
def audit(folder: Path, looked_on: str, out: Path | None) -> None:
    """Check every executive's steps against the rules, and write the audit packet with --out."""
    from seskit.paper.appraisal import packet
    from seskit.record.agency_folder import AgencyFolder
    from seskit.work.appraisal import attention, year_record

    files = AgencyFolder(folder).year
    if not files.usable:
        sys.exit(_refused(files.problems, files.missing, files.notes))
    found = year_record.audit(files, _day(looked_on) if looked_on else None)
    say_ceilings(found.ceilings)
    _say(files.problems, files.notes)
    kinds = packet.kind_rows(found)
    for check, people, outcome, said, asked in kinds:
        say(f"{people}: {check} {outcome}. {said} Asked: {asked}.")
    for one in found.board_findings():
        say(one.says)
    for person, said in found.remarks:
        say(f"To find out, {person}: {said}")
    whose = len({one.person_id for one in found.findings})
    said = f"{whose} of {number_of(len(found.executives), 'executive')}"
    each = " --out FOLDER lists each by itself, with its days." if not out and len(kinds) < len(found.findings) else ""
    say(f"{number_of(len(found.findings), 'finding')} about {said}.{each}")
    say_files(packet.write(found, out) if out else [])
    sys.exit(exit_code(attention.of_audit(found)))


@appraisal.command()
@click.argument("folder", type=_PATH, metavar="AGENCY_FOLDER")
@click.option("--decided-on", required=True, help="The day of the decision.")
@_OUT
def actions(folder: Path, decided_on: str, out: Path | None) -> None:
    """List what is required, permitted and barred after the ratings, with dates and notices, and what followed over years."""
    from seskit.paper.appraisal import action_list
    from seskit.paper.appraisal import followed as over_years
    from seskit.record.agency_folder import AgencyFolder
    from seskit.record.finding import of_problems
    from seskit.work.appraisal import attention, year_record
    from seskit.work.appraisal import followed as followed_work
    from seskit.work.appraisal.outcomes import outcomes

    files = AgencyFolder(folder).year
    if not files.usable:
        sys.exit(_refused(files.problems, files.missing, files.notes))
    say_ceilings(year_record.ceilings_of(files))
    _say(files.problems, files.notes)
    decided = _day(decided_on)
    found = outcomes(files, decided)
    required = [row for row in action_list.rows(found) if row[2] == "required"]
    for row in required:
        when = f" Earliest {row[4]}." if row[4] else ""
        say(f"{row[0]}, level {row[1] or 'none'}: {row[3]}{when} {row[5]}".strip())
    called_for = attention.of_actions(found, decided)
    waiting = f"{number_of(len({one.about for one in called_for}), 'executive waits for one', 'executives wait for theirs')} on the roster"
    say(f"{number_of(len(required), 'action')} required; {waiting}.")
    years, wrong = followed_work.years(folder, files)
    _say(wrong)
    for said in over_years.in_words(years):
        say(f"What followed, {said}")
    say_files(action_list.write(files, found, out) if out else [])
    sys.exit(exit_code([*of_problems([*files.problems, *wrong], "appraisal"), *called_for]))


@appraisal.command()
@click.argument("folder", type=_PATH, metavar="AGENCY_FOLDER")
@click.option("--out", type=_PATH, required=True, help="Folder for the files; created if needed.")
def notice(folder: Path, out: Path) -> None:
    """Write the notice of the year's results to all executives, with small groups hidden."""
    from seskit.paper.appraisal import notice as outcome_notice
    from seskit.record.agency_folder import AgencyFolder

    files = AgencyFolder(folder).year
    if files.agency is None or not files.executives():
        sys.exit(_refused(files.problems, "" if errors(files.problems) else "Nobody is on the roster.", files.notes))
    _say(files.problems, files.notes)
    for said in outcome_notice.waiting(files):
        say(f"The notice is a draft: {said}.", err=True)
    say_files(outcome_notice.write(files, out))
    sys.exit(1 if files.problems else 0)


@appraisal.command()
@click.argument("folder", type=_PATH, metavar="AGENCY_FOLDER")
@_OUT
def followed(folder: Path, out: Path | None) -> None:
    """Compare what ratings required or permitted over the years with what happened."""
    from seskit.paper.appraisal import followed as paper
    from seskit.record.agency_folder import AgencyFolder
    from seskit.work.appraisal import followed as work

    files = AgencyFolder(folder).year
    if not files.usable:
        sys.exit(_refused(files.problems, files.missing, files.notes))
    listed, problems = work.years(folder, files)
    _say((*files.problems, *problems), files.notes)
    for row in paper.rows(listed):
        said = "; ".join(f"{head.lower()} {value}" for head, value in zip(paper.HEAD[1:], row[1:], strict=True))
        say(f"{row[0]}: {said}.")
    owed = [one for year in listed for one in year.owed]
    for one in owed:
        say(f"Owed: {one.person_id}, {one.year}, level {one.level}: {one.required}; {one.says}.")
    say_files(paper.write(listed, files.agency.name if files.agency else "", out) if out else [])
    sys.exit(1 if owed or problems else 0)


@appraisal.command(name="board-notice")
@click.argument("folder", type=_PATH, metavar="AGENCY_FOLDER")
@click.option("--out", type=_PATH, required=True, help="Folder for the files; created if needed.")
def board_notice(folder: Path, out: Path) -> None:
    """Write the Federal Register notice of board members, in a file marked as holding names."""
    from seskit.paper.appraisal import board_notice as paper
    from seskit.record.agency_folder import AgencyFolder

    files = AgencyFolder(folder).year
    if not files.usable:
        sys.exit(_refused(files.problems, files.missing, files.notes))
    written, open_ones = paper.write(files, out)
    for text in open_ones:
        say(f"Open: {text}")
    say_files(written)
    sys.exit(1 if open_ones else 0)


def _day(text: str) -> date:
    from seskit.law.facts import FactError, Unreadable, day

    try:
        return day(text)
    except Unreadable as failure:
        raise FactError(f"'{text}' {failure}.") from None


def _refused(problems: Iterable[Problem], missing: str = "", notes: Iterable[str] = ()) -> int:
    _say(problems, notes)
    if missing:
        say(missing, err=True)
    return 1


def _say(problems: Iterable[Problem], notes: Iterable[str] = ()) -> None:
    for said in (*map(str, problems), *noted(notes)):
        say(said)
