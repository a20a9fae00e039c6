"""`seskit closeout`: what must change before the board sits, and the paper on which pay and awards are decided."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import exit_code, others_kept
from seskit.desk.console import say
from seskit.formats import choice, results
from seskit.formats.counts import number_of
from seskit.record.problem import noted

if TYPE_CHECKING:
    from seskit.work.closeout.notices import Notices

#: Under which names the papers of a closeout are written.
WRITERS = ("closeout", "decision paper with names")
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=_PATH, metavar="AGENCY_FOLDER")
@click.option("--out", type=_PATH, help="Folder for the files; created if needed.")
@click.option("--awards-paid-on", default="", help="The day awards are paid, for a folder without pay.yaml.")
@click.option("--effective", default="", help="The day rates take effect, for a folder without pay.yaml.")
@click.option(
    "--names", is_flag=True, help="Also write a copy of the decision paper with names, in a file that says so."
)
@click.option(
    "--notices",
    is_flag=True,
    help="Also write the notice to each executive: pay, award, reduction, and the moves in moves.csv.",
)
@click.option("--executive", multiple=True, metavar="NUMBER", help="Write notices to this executive only; repeatable.")
@choice.option("seskit.work.closeout.figures", "docx,pdf,html")
def closeout(
    folder: Path,
    out: Path | None,
    awards_paid_on: str,
    effective: str,
    names: bool,
    notices: bool,
    executive: tuple[str, ...],
    formats: list[str],
) -> None:
    """Say what must change before the board sits, the cheapest lawful ways, and what each costs.

    From the roster with its proposed ratings, and the pay worksheet where there is one. With --out the report and the
    decision paper are written: one row for each executive, grouped by who must approve.
    """
    from seskit.law.facts import FactError
    from seskit.paper.closeout import report
    from seskit.record.closeout import papers
    from seskit.work import closeout as work
    from seskit.work.closeout import attention, earlier
    from seskit.work.closeout.notices import FORMATS as NOTICE_FORMATS
    from seskit.work.closeout.notices import Notices

    if (names or notices) and out is None:
        raise FactError("--names and --notices write files: name their folder with --out.")
    if notices and not {*NOTICE_FORMATS} & {*formats}:
        raise FactError(f"Notices are written as {' or '.join(NOTICE_FORMATS)}: also name one of these with --format.")
    opened = work.open_folder(folder, awards_paid_on=_day(awards_paid_on), effective=_day(effective))
    if opened.sheet is None:
        for said in (*map(str, opened.problems), *noted(opened.notes)):
            say(said)
        sys.exit(1)
    found = work.closeout(opened)
    for said in (*map(str, found.problems), *noted(opened.notes), *report.short(found)):
        say(said)
    for must in found.musts:
        say(f"{'Must change' if must.by_law else 'Needs a reason'}: {must.who}, {must.check}. {must.text}")
        if must.cheapest:
            say(f"  Cheapest: {must.cheapest.says} Cost: {must.cheapest.cost}.")
    law = sum(must.by_law for must in found.musts)
    say(
        f"{law} must change, {len(found.musts) - law} need a written reason, of {number_of(len(found.found.rows), 'executive')}."
    )
    if waiting := len(found.to_approve):
        say(
            f"Of these, {number_of(waiting, 'rate lacks', 'rates lack')} only the approval that the decision paper asks for."
        )
    if out:
        if not papers.readable(out):
            say(f"{papers.FILE} cannot be read, so what changed since the earlier decision paper cannot be said.")
        others = papers.others_in(out, found.sheet.agency.code, found.sheet.agency.fiscal_year)
        aside = results.all_put_aside(out, *WRITERS) if others else []
        for path in found.write(out, formats, names=names):
            say(f"  {path.name}")
        if others:
            say(others_kept(out, f"the decision paper of {others}", aside))
        since = earlier.changed(found, out)
        for said in (since.says, *since.each) if since else ():
            say(said)
        if notices and not _notices(Notices(found, folder, executive), out, formats, executive):
            sys.exit(1)
    sys.exit(exit_code(attention.of_closeout(found)))


def _notices(made: Notices, out: Path, formats: list[str], asked: tuple[str, ...]) -> bool:
    """Write the notices and say what each still lacks, by number; whether everyone asked about has one."""
    from seskit.work.closeout.notices import FORMATS

    written = made.write(out, [name for name in formats if name in FORMATS])
    for problem in made.problems:
        say(str(problem))
    drafts = [one for one in made.listed if one.open]
    for one in drafts:
        say(f"Draft: {one.title.lower()}, {one.person.person_id}: {one.open[0]}")
    say(
        f"{number_of(len(made.listed), 'notice')}, {len(drafts)} of them drafts, in {number_of(len(written), 'file that holds', 'files that hold')} names."
    )
    without = sorted({*asked} - {one.person.person_id for one in made.listed})
    if without:
        say(
            f"No notice for {', '.join(without)}: nothing is proposed for this number, or it is not on the roster. Check the number."
        )
    return not without


def _day(text: str) -> date | None:
    from seskit.law.facts import FactError, Unreadable, day

    try:
        return day(text) if text else None
    except Unreadable as failure:
        raise FactError(f"'{text}' {failure}.") from None
