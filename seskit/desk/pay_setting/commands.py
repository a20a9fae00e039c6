"""`seskit pay`: the worksheet of an agency, the what-if and the personal pay clocks."""

from __future__ import annotations

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import Commands, exit_code, say_ceilings
from seskit.desk.console import say
from seskit.formats import choice
from seskit.formats.counts import number_of
from seskit.law.facts import Unreadable, money
from seskit.record.problem import errors, noted

if TYPE_CHECKING:
    from seskit.record.pay_setting.worksheet import Worksheet
    from seskit.work.pay_setting.folder import PayFolder

_FOLDER = click.Path(path_type=Path)


@click.group(cls=Commands)
def pay() -> None:
    """Check a pay worksheet, try budgets, see when pay may change."""


def _open(folder: Path) -> PayFolder:
    from seskit.law.facts import FactError
    from seskit.work.pay_setting.folder import open_folder

    opened = open_folder(folder)
    say_ceilings(opened.checked.ceilings if opened.checked else ())
    notes = noted(opened.notes) if opened.problems or opened.opened.worksheet else []
    for said in (*map(str, opened.problems), *notes):
        say(said)
    if opened.opened.worksheet is None:
        raise FactError(
            " ".join(opened.opened.notes[:1]) if not opened.problems else "Correct the problems above first."
        )
    return opened


@pay.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--out", type=_FOLDER, help="Folder for the files; created if needed.")
@choice.option("seskit.work.pay_setting.folder", "xlsx,html,json")
def worksheet(folder: Path, out: Path | None, formats: list[str]) -> None:
    """Check every proposed rate and award of an agency together (pay.yaml and pay.csv or pay.xlsx)."""
    from seskit.work.pay_setting import attention

    opened = _open(folder)
    checked = opened.checked
    assert checked  # noqa: S101 - _open refuses a folder without a worksheet
    found = attention.of_folder(opened)
    for problem in checked.problems():
        say(str(problem))
    own = [one for one in found if one.subject == "pay"]
    blocks, still = (sum(one.severity == severity for one in own) for severity in ("block", "flag"))
    status = "final" if checked.final else "a DRAFT"
    say(
        f"{checked.worksheet.agency.name}: {number_of(len(checked.rows), 'executive')}, {number_of(blocks, 'block')}, {number_of(still, 'open flag')}, {status}."
    )
    if out:
        for path in opened.write(out, formats):
            say(f"  {path.name}")
    sys.exit(exit_code(found))


@pay.command("what-if")
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--adjustment-budget", help="Dollars a year for increases; by default the one in pay.yaml.")
@click.option("--award-budget", help="Dollars for awards; by default the one in pay.yaml.")
@click.option(
    "--aim", help="even, ratio, compression or floor; by default the one in pay.yaml. 'all' shows them side by side."
)
@click.option("--out", type=_FOLDER, help="Write the proposal to this CSV file.")
def what_if(
    folder: Path, adjustment_budget: str | None, award_budget: str | None, aim: str | None, out: Path | None
) -> None:
    """Propose awards and increases for a budget, within every limit. Nothing is applied: a person decides."""
    from typing import cast

    from seskit.formats.files import whole
    from seskit.law.facts import one_of
    from seskit.record.pay_setting.worksheet.reading import AIMS, Aim
    from seskit.work.pay_setting.what_if import propose

    sheet = _open(folder).opened.worksheet
    assert sheet  # noqa: S101
    budgets = (_dollars("--adjustment-budget", adjustment_budget), _dollars("--award-budget", award_budget))
    if aim == "all":
        if out:
            raise click.UsageError("--out takes one proposal; choose one aim.")
        _side_by_side(sheet, *budgets)
        return
    try:
        chosen = None if aim is None else cast(Aim, one_of(aim, AIMS))
    except Unreadable as failure:
        raise click.UsageError(f"--aim: '{aim}' {failure}.") from None
    found = propose(sheet, *budgets, chosen)
    for sentence in found.says:
        say(sentence)
    for limit in found.limits:
        say(
            f"  {limit.what}: {limit.used}{f' of {limit.limit}' if limit.limit else ''}{' (binds)' if limit.binds else ''}"
        )
    for one in found.held:
        say(f"  {one.person_id} is held by: {one.by} [{one.citation}]")
    if out:
        say(whole(out, found.to_csv().encode()).name)


def _side_by_side(sheet: Worksheet, for_pay: Decimal | None, for_awards: Decimal | None) -> None:
    from seskit.work.pay_setting.what_if import scenarios

    for aim, found in scenarios(sheet, for_pay, for_awards).items():
        if isinstance(found, str):
            say(f"{aim}: {found}")
            continue
        shares = "; ".join(f"level {v.rating} {v.increase_percent}%" for v in found.levels if v.increase_percent)
        say(f"{aim}: {found.says[0]} Increases: {shares or 'none'}.")


@pay.command()
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--out", type=_FOLDER, help="Write the calendar to this .ics file.")
def clock(folder: Path, out: Path | None) -> None:
    """Say when each executive's pay may change next, and why."""
    from seskit.formats.files import whole
    from seskit.work.pay_setting.personal_clock import diary

    opened = _open(folder)
    sheet = opened.opened.worksheet
    assert sheet  # noqa: S101
    for each in opened.clocks:
        say(f"{each.person_id}  {each.opens or 'no day'!s:<10}  {each.why}")
    if out:
        say(whole(out, diary(sheet.agency.code, opened.clocks)).name)
    sys.exit(1 if errors(opened.problems) else 0)


def _dollars(option: str, text: str | None) -> Decimal | None:
    from seskit.law.facts import FactError

    try:
        return None if text is None else money(text)
    except Unreadable as failure:
        raise FactError(f"{option}: '{text}' {failure}.") from None


@click.group(cls=Commands)
def schedule() -> None:
    """Add a year's pay schedule on the day its order is signed, and see what was added."""


@schedule.command("add")
@click.argument("files", type=_FOLDER, nargs=-1, required=True, metavar="FILE...")
@click.option("--folder", type=_FOLDER, required=True, help="The agency's folder, or a folder of your own.")
@click.option("--by", required=True, help="Who adds it.")
@click.option("--source", required=True, help="Where the rates come from, for example the Executive order.")
@click.option("--on", "on_text", required=True, help="The day it is added, year-month-day.")
@click.option("--effective", help="First day in force, if the file does not give it.")
@click.option("--gs15", help="GS-15 step 1, if the file does not have it.")
@click.option("--vice-president", help="The Vice President's official salary, if the file does not have it.")
def schedule_add(
    files: tuple[Path, ...],
    folder: Path,
    by: str,
    source: str,
    on_text: str,
    effective: str | None,
    gs15: str | None,
    vice_president: str | None,
) -> None:
    """Check a year's rates against the arithmetic in the law, and keep them.

    FILE is a CSV of effective_date, name and amount, or OPM's own tables as CSV or XML: the Executive Schedule, the
    Senior Executive Service and, for GS-15 step 1, the General Schedule. Give the tables of one year together.
    """
    from seskit.law import parameters
    from seskit.record import schedules

    amounts = {
        schedules.GS_15: _dollars("--gs15", gs15),
        schedules.VICE_PRESIDENT: _dollars("--vice-president", vice_president),
    }
    more = {name: amount for name, amount in amounts.items() if amount is not None}
    found = schedules.read(files, None if effective is None else _day("--effective", effective), more)
    written = schedules.add(found, folder, by=by, source=source, on=_day("--on", on_text))
    say(
        f"Kept in {written.name}: from {found.effective} the minimum is {found.minimum}. Every question on this folder uses it."
    )
    if schedules.VICE_PRESIDENT not in found.rates:
        say("The Vice President's salary is not in it: the higher aggregate limit of that year stays not recorded.")
    say(f"For questions without an agency folder set {parameters.ENVIRONMENT} to the folder.")


@schedule.command("list")
@click.argument("folder", type=_FOLDER)
def schedule_list(folder: Path) -> None:
    """List the schedules added in a folder, who added them, and their source."""
    from seskit.record import schedules

    for sentence in schedules.summary(folder) or ["No schedule was added in this folder."]:
        say(sentence)


def _day(option: str, text: str) -> date:
    from seskit.law.facts import FactError, day

    try:
        return day(text)
    except Unreadable as failure:
        raise FactError(f"{option}: '{text}' {failure}.") from None
