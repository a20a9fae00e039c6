"""`seskit staffing`: vacancies, QRB cases, timelines, scoring sheets and probation of one agency's folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import Commands, exit_code
from seskit.desk.console import safe, say
from seskit.formats import choice
from seskit.formats.characters import file_name
from seskit.formats.counts import number_of
from seskit.record.problem import noted

if TYPE_CHECKING:
    from decimal import Decimal

    from seskit.work.staffing.folder import StaffingWalk

_FOLDER = click.Path(path_type=Path)
_as_of = click.option("--as-of", default="", help="As-of date; the one in vacancy.yaml by default.")
_lists = click.option("--out", type=_FOLDER, help="Write the lists as a workbook into this folder.")
_out = click.option("--out", type=_FOLDER, required=True, help="Folder for the files; created if needed.")


@click.group(cls=Commands)
def staffing() -> None:
    """Fill SES vacancies: the status of each, QRB cases, timelines, scoring sheets, probation."""


@staffing.command(name="list")
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_as_of
@_lists
def list_(folder: Path, as_of: str, out: Path | None) -> None:
    """List the status of every vacancy and what is overdue, barred, incomplete or irregular."""
    from seskit.paper.staffing import lists
    from seskit.work.staffing import attention

    walk = _open(folder, as_of)
    say(repr(lists.vacancies(walk)))
    found = [one for seen in walk.seen for one in seen.findings]
    for one in found:
        say(f"{one.vacancy} {one.kind}: {one.text} [{one.citation}; line {one.line}] {one.doubt.says}".rstrip())
    boards = list(attention.of_boards(walk))
    for board in boards:
        say(f"{board.about} board: {board.sentence} [{board.authority}; line {board.row}]")
    if not walk.absent:
        many = len(found) + len(boards)
        say("Nothing needs attention." if not many else f"{number_of(many, 'finding')}.")
    _write_lists(walk, out)
    sys.exit(1 if walk.absent else exit_code(attention.of_vacancies(walk)))


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.argument("vacancy")
@_as_of
@_out
@choice.option("seskit.formats.documents", "docx,pdf,html")
def case(folder: Path, vacancy: str, as_of: str, out: Path, formats: list[str]) -> None:
    """Write the QRB case of a vacancy; a draft while something is missing."""
    from seskit.paper.staffing import case_paper

    made = _open(folder, as_of, vacancy).case
    if made is None:
        raise click.ClickException("No such vacancy.")
    for path in case_paper.write(made, out, formats):
        say(path.name)
    for text in made.against:
        say(f"{made.against_says}: {text}")
    for text in made.missing:
        say(f"Missing: {text}")
    sys.exit(1 if made.missing or made.against else 0)


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.argument("vacancy")
@_as_of
@click.option("--move", default="", metavar="STEP=DAY", help="For example board_on=2026-10-19: what slips?")
@click.option("--only-as-needed", is_flag=True, help="Move later steps only if they would come too early.")
@click.option("--out", type=_FOLDER, help="Write the calendar file into this folder.")
def timeline(folder: Path, vacancy: str, as_of: str, move: str, only_as_needed: bool, out: Path | None) -> None:
    """Show the days of a vacancy, and what slips when one day moves."""
    from seskit.formats.files import whole
    from seskit.law.facts import FactError
    from seskit.work.staffing import days

    walk = _open(folder, as_of, vacancy)
    moved, sign, to = move.partition("=")
    if move and not sign:
        raise FactError(f"--move: '{move}' is not a step and a day; write for example board_on=2026-10-19.")
    one = walk.folder.vacancy(vacancy)
    later = "only as needed" if only_as_needed else "keep gaps"
    asked = days.days(walk.folder, one, walk.day, moved=moved or None, moved_to=to or None, later_steps=later)
    for row in asked.answer.rows:
        law = ", set by law" if row.set_by_law else ""
        off = "" if row.working_day else ", not a working day"
        doubt = f"; {row.doubt}" if row.doubt else ""
        say(f"{row.date}  {row.label}{law}{off} ({row.working_days} working days on{doubt})")
    for slip in asked.answer.slips:
        say(f"Slips: {slip.step} from {slip.before} to {slip.after}, {slip.days} days.")
    for problem in asked.answer.problems:
        say(f"Problem: {problem.text}")
    if out:
        from seskit.formats import results

        out.mkdir(parents=True, exist_ok=True)
        name = f"timeline_{file_name(one.id)}.ics"
        with results.kept(out, name):
            say(whole(out / name, days.diary(walk.folder, one, walk.day, walk.name)).name)
    sys.exit(1 if asked.answer.problems else 0)


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.argument("vacancy")
@click.option("--candidates", required=True, help="Candidate numbers, separated by commas.")
@click.option("--raters", default="R1,R2,R3", show_default=True, help="Rater codes, separated by commas.")
@_out
def sheet(folder: Path, vacancy: str, candidates: str, raters: str, out: Path) -> None:
    """Write a scoring sheet for the board, one tab per rater, with anchored levels."""
    from seskit.record.staffing import scoring

    walk = _open(folder, "", vacancy)
    path = scoring.write(walk.folder, walk.folder.vacancy(vacancy), _split(candidates), _split(raters), out, walk.name)
    say(path.name)


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.argument("vacancy")
@click.argument("workbook", type=_FOLDER, required=False)
@click.option("--technical-weight", default="", help="Percent of the total; by default the one in vacancy.yaml.")
def rank(folder: Path, vacancy: str, workbook: Path | None, technical_weight: str) -> None:
    """Read a filled-in scoring sheet: agreement, order with reasons, and whether leadership drives it."""
    from seskit.record.staffing import scoring

    weight = _percent(technical_weight) if technical_weight else None
    walk = _open(folder, "", vacancy)
    one = walk.folder.vacancy(vacancy)
    source = workbook or scoring.source_of(walk.folder, one)
    found = scoring.rank(walk.folder, one, source, weight)
    raters = scoring.raters(source)
    say(f"Read from the sheets of {number_of(len(raters), 'rater')}: {', '.join(raters)}.")
    say(found.to_text())
    for candidate, why in scoring.reasons(found):
        say(f"{candidate}: {why}")
    sys.exit(0 if found.answer.leadership_drives_order else 1)


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.argument("vacancy")
@_as_of
@_out
@choice.option("seskit.formats.documents", "docx,pdf,html")
def papers(folder: Path, vacancy: str, as_of: str, out: Path, formats: list[str]) -> None:
    """Write the papers to sign for a vacancy: the board's record and certificate, interview guide, transmittal, development."""
    from seskit.paper.staffing import board_papers
    from seskit.work.staffing import board

    walk = _open(folder, as_of, vacancy)
    one = walk.folder.vacancy(vacancy)
    for path in board_papers.write(walk, one, out, formats):
        say(path.name)
    if one.best_qualified and not one.scores:
        say("Not made: the board's record and certificate. No scoring sheet is named (scores in vacancy.yaml); "
            "seskit staffing sheet writes one.")  # fmt: skip
    left = list(board.record(walk.folder, one).open) if one.scores else []
    left += walk.case.against if walk.case else ()
    for text in dict.fromkeys(left):
        say(f"Open: {text}")
    sys.exit(1 if left else 0)


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_as_of
@click.option("--out", type=_FOLDER, help="Write the register into this folder.")
def control(folder: Path, as_of: str, out: Path | None) -> None:
    """Track correspondence: each paper's number, action office, due date and outcome."""
    from seskit.paper import control as paper
    from seskit.record import correspondence
    from seskit.record.agency_folder import AgencyFolder
    from seskit.work import control as work
    from seskit.work.staffing import attention
    from seskit.work.staffing.folder import open_walk

    papers, problems = correspondence.read(folder)
    on = open_walk(folder, as_of).day
    listed = work.look(papers, on)
    for problem in problems:
        say(str(problem))
    if not papers and not problems:
        say(f"This folder has no {correspondence.FILE}.csv.")
    for one in listed:
        say(
            f"{one.paper.control}, {one.paper.action_office or 'no office'}: {one.state}. {one.paper.subject or ''}".rstrip()
        )
    for path in paper.write(listed, AgencyFolder(folder).name, on, out) if out else []:
        say(path.name)
    sys.exit(exit_code(attention.of_correspondence(papers, problems, on)))


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.argument("executive")
@_out
@choice.option("seskit.paper.staffing.transfer", "docx,pdf")
def transfer(folder: Path, executive: str, out: Path, formats: list[str]) -> None:
    """Write the transfer packet of an executive who moves: ratings on record, pay history, clocks; it holds a name."""
    from seskit.paper.staffing import transfer as paper
    from seskit.work.staffing import transfer as work

    made = work.packet(folder, executive)
    for path in paper.write(made, out, formats):
        say(path.name)
    say(
        f"{number_of(len(made.ratings), 'rating')}, {number_of(len(made.pay_actions), 'pay action')}; pay may change from {made.opens or 'a day not known'}."
    )


@staffing.command()
@click.argument("packet", type=_FOLDER)
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--number", required=True, help="The executive's number in this agency.")
@click.option("--plan", required=True, help="The plan of this agency that covers the executive.")
@click.option("--on", "on_day", required=True, help="The day the transfer takes effect.")
@click.option("--rate-changed", is_flag=True, help="The transfer changes the rate of pay.")
@click.option("--rate", help="The rate of basic pay in this agency; required if it changes.")
@click.option("--component", default="", help="The component of this agency that the executive joins.")
@click.option("--ig-office", type=click.Choice(["yes", "no"]), help="Whether that is the Inspector General's office.")
@_out
def receive(
    packet: Path, folder: Path, number: str, plan: str, on_day: str, rate_changed: bool, rate: str | None,
    component: str, ig_office: str | None, out: Path,
) -> None:  # fmt: skip
    """Read in a transfer packet: roster, history, pay and pay history with the executive added, written to a separate folder."""
    from seskit.law.facts import FactError
    from seskit.paper.staffing import transfer as paper
    from seskit.work.staffing import received
    from seskit.work.staffing.folder import day_of
    from seskit.work.staffing.transfer import read

    if out.resolve() == folder.resolve():
        raise FactError("--out: give another folder than the agency's, so that its files stay as they are.")
    here = received.Arrival(
        number.strip(), plan, day_of(on_day, "--on"), rate_changed, _dollars(rate), component,
        None if ig_office is None else ig_office == "yes",
    )  # fmt: skip
    given = read(packet)
    received.refuse_waiting(out, folder, here.number)
    found = received.receive(given, folder, here)
    for path in paper.write_taken(found, out):
        say(path.name)
    for text in found.says:
        say(text)


def _percent(text: str) -> Decimal:
    from seskit.law.facts import FactError, Unreadable, percent

    try:
        return percent(text)
    except Unreadable as failure:
        raise FactError(f"--technical-weight: '{text}' {failure}.") from None


def _dollars(text: str | None) -> Decimal | None:
    from seskit.law.facts import FactError, Unreadable, money

    try:
        return None if text is None else money(text)
    except Unreadable as failure:
        raise FactError(f"--rate: '{text}' {failure}.") from None


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_as_of
@_lists
def probation(folder: Path, as_of: str, out: Path | None) -> None:
    """Track probation from probation.csv: last day, days left, what is due, what is overdue."""
    from seskit.paper.staffing import lists
    from seskit.record.staffing import tracker
    from seskit.work.staffing import attention
    from seskit.work.staffing.folder import open_walk

    walk = open_walk(folder, as_of)
    for said in (*map(str, walk.problems_of_probation), *noted(walk.notes)):
        say(said, err=True)
    say(repr(lists.probation(walk)))
    sure = {one.person_id: one.doubt.says for one in walk.tracked}
    for person, due in tracker.overdue(walk.tracked, walk.day):
        said = f"Overdue: {person}, {due.what} by {due.by}{', set by law' if due.by_law else ''}."
        say(f"{said} {sure[person]}".rstrip())
    _write_lists(walk, out)
    sys.exit(exit_code(attention.of_probation(walk)))


@staffing.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@_as_of
def moves(folder: Path, as_of: str) -> None:
    """List the moves that ratings call for: reassignment, removal, placement, with first days and notices."""
    from seskit.desk.staffing import show
    from seskit.work.staffing import attention
    from seskit.work.staffing.folder import open_walk

    walk = open_walk(folder, as_of)
    for said in (*map(str, walk.rated_in.problems), *noted(walk.notes)):
        say(said, err=True)
    say(repr(show.moves(walk)))
    sys.exit(exit_code(attention.of_moves(walk)))


def _write_lists(walk: StaffingWalk, out: Path | None) -> None:
    from seskit.paper.staffing import lists

    if out:
        say(lists.write(walk, out).name)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _open(folder: Path, as_of: str, vacancy: str = "") -> StaffingWalk:
    from seskit.work.staffing.folder import open_walk

    walk = open_walk(folder, as_of, vacancy)
    for said in (*map(str, walk.problems), *noted(walk.notes)):
        say(said, err=True)
    if vacancy and walk.absent:
        raise click.ClickException(safe(walk.why_absent))
    return walk
