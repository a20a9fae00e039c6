"""`seskit certification`: evidence checked, decision rehearsed, package and dates made."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import Commands, exit_code, say_ceilings
from seskit.desk.console import say
from seskit.formats import choice
from seskit.formats.counts import number_of
from seskit.record.problem import noted

if TYPE_CHECKING:
    from seskit.work.certification.mock_review import Rehearsal

_FOLDER = click.Path(path_type=Path)
_SYSTEM = click.option("--system", help="The id of a system in certification.yaml; the first one by default.")


@click.group(cls=Commands)
def certification() -> None:
    """Certification of appraisal systems: evidence, mock review, request package, dates."""


@certification.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_SYSTEM
@click.option("--json", "as_json", is_flag=True, help="Problems as JSON.")
def check(folder: Path, system: str | None, as_json: bool) -> None:
    """Check the evidence index and the rosters it names: every problem with its place and what to do."""
    from seskit.work.certification import attention

    found = _rehearsed(folder, system)
    problems, findings = found.problems, attention.of_check(found)
    if as_json:
        listed = [problem.to_dict() for problem in problems]
        data = {"problems": listed, "notes": list(found.notes), "findings": [one.to_dict() for one in findings]}
        say(json.dumps(data, indent=1, ensure_ascii=False))
    else:
        _say_first(found)
        for said in (*map(str, problems), *noted(found.notes)):
            say(said)
        say(f"{number_of(len(problems), 'problem')} found." if problems else "No problems found.")
    sys.exit(exit_code(findings))


@certification.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_SYSTEM
@click.option("--json", "as_json", is_flag=True, help="The rehearsal as JSON.")
def rehearse(folder: Path, system: str | None, as_json: bool) -> None:
    """Rehearse the decision: every test with its citation, and the smallest change that would improve the outcome."""
    from seskit.work.certification import attention

    found = _rehearsed(folder, system)
    if as_json:
        changes = [{"to": change.to, "steps": list(change.steps)} for change in found.changes]
        say(json.dumps({**found.result.to_dict(), "changes": changes}, indent=2, ensure_ascii=False))
    else:
        _say_first(found)
        say(found.result.to_text())
        for said in noted(found.notes):
            say(said)
        for change in found.changes:
            say(f"\nTo {change.to} certification:")
            for step in change.steps:
                say(f"- {step}")
    sys.exit(exit_code(attention.of_rehearsal(found)))


@certification.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--out", type=_FOLDER, required=True, help="Folder for the files; created if needed.")
@_SYSTEM
@choice.option("seskit.paper.certification.package", "docx,pdf,html,xlsx,ics,json")
def package(folder: Path, out: Path, system: str | None, formats: list[str]) -> None:
    """Write the letter, the request with its parts, the annual data report, the self-assessment, the data and the dates."""
    from seskit.paper.certification.package import drafts, write
    from seskit.work.certification.description import describe

    found = _rehearsed(folder, system)
    written = write(found, out, formats, folder)
    say_ceilings(found.ceilings)
    for said in (*map(str, (*found.problems, *describe(folder, found).problems)), *noted(found.notes)):
        say(said)
    faults = [problem for problem in found.problems if problem.severity == "error"]
    open_ones = number_of(len(found.open), "item") if found.open else number_of(len(faults), "error")
    status = "ready to sign" if found.final else f"a DRAFT: {open_ones} open"
    say(f"{found.system.name}: the request is {status}. {found.result.says}")
    if beside := drafts(found, folder):
        say(f"Still drafts, each with what it lacks: {', '.join(beside)}.")
    for path in written:
        say(f"  {path.name}")
    sys.exit(0 if found.final else 1)


@certification.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_SYSTEM
def assess(folder: Path, system: str | None) -> None:
    """Assess the system by the sections of OPM's tool: what your files suggest, your answers, what is left to judge."""
    from seskit.work.certification import self_assessment

    found = self_assessment.assess(folder, _rehearsed(folder, system))
    for problem in found.problems:
        say(str(problem))
    for section in found.sections:
        say(f"{section.title}: {section.score} of {section.weight.quantize(section.score)}")
        for point in section.points:
            say(f"  {point.asked.key}, {point.standing} ({point.said}): {point.asked.words} [{point.asked.law}]")
            say(f"    Seen: {'; '.join(point.suggestion.seen)}")
    say(found.says)
    sys.exit(1 if found.problems or found.open else 0)


@certification.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_SYSTEM
def dates(folder: Path, system: str | None) -> None:
    """List when to ask again, the last day, what happens to pay on the day after, and what to report."""
    from seskit.paper.certification.agenda import entries

    found = _rehearsed(folder, system)
    kept = entries(found)
    for said in noted(found.notes):
        say(said)
    if not kept:
        say("No dates: no certification is held whose day is known, and the rehearsal gives none.")
    for row in kept:
        say(f"{row['on']}  {row['what']} ({row['of'].lower()}) [{row['citation']}]")


def _say_first(found: Rehearsal) -> None:
    """The ceiling where it binds, and the list in use where it is the short one."""
    from seskit.work.certification.evidence import which_list

    say_ceilings(found.ceilings)
    if short := which_list(found.system, found.points):
        say(short)


def _rehearsed(folder: Path, system: str | None) -> Rehearsal:
    from seskit.work.certification import mock_review

    try:
        return mock_review.rehearse(folder, system)
    except mock_review.NoIndex as failure:
        for problem in failure.problems:
            say(str(problem))
        say("Nothing was made: certification.yaml must be correct first.", err=True)
        sys.exit(1)
