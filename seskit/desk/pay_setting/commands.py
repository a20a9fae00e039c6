"""`seskit pay`: the worksheet of an agency, the what-if and the personal pay clocks."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.console import say
from seskit.formats import choice
from seskit.law.facts import Unreadable, money
from seskit.record.problem import errors, noted

if TYPE_CHECKING:
    from seskit.work.pay_setting.folder import PayFolder

_FOLDER = click.Path(path_type=Path)


@click.group()
def pay() -> None:
    """Check a pay worksheet, try budgets, see when pay may change."""


def _open(folder: Path) -> PayFolder:
    from seskit.law.facts import FactError
    from seskit.work.pay_setting.folder import open_folder

    opened = open_folder(folder)
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
@click.option("--out", type=_FOLDER, help="Folder for the files; made if it is not there.")
@choice.option("seskit.work.pay_setting.folder", "xlsx,html,json")
def worksheet(folder: Path, out: Path | None, formats: list[str]) -> None:
    """Check every proposed rate and award of an agency together (pay.yaml and pay.csv or pay.xlsx)."""
    opened = _open(folder)
    checked = opened.checked
    assert checked  # noqa: S101 - _open refuses a folder without a worksheet
    for problem in checked.problems():
        say(str(problem))
    blocks = sum(finding.level == "block" for finding in checked.findings)
    still = sum(finding.level == "flag" and finding.is_open for finding in checked.findings)
    status = "final" if checked.final else "a DRAFT"
    say(
        f"{checked.worksheet.agency.name}: {len(checked.rows)} executives, {blocks} block(s), {still} open flag(s), {status}."
    )
    if out:
        for path in opened.write(out, formats):
            say(f"  {path.name}")
    sys.exit(0 if checked.final and not errors(opened.problems) else 1)


@pay.command("what-if")
@click.argument("folder", type=_FOLDER, metavar="AGENCY_FOLDER")
@click.option("--adjustment-budget", help="Dollars a year for increases; else that of pay.yaml.")
@click.option("--award-budget", help="Dollars for awards; else that of pay.yaml.")
@click.option("--out", type=_FOLDER, help="Write the proposal to this CSV file.")
def what_if(folder: Path, adjustment_budget: str | None, award_budget: str | None, out: Path | None) -> None:
    """Propose awards and increases for a budget, within every limit. Nothing is applied: a person decides."""
    from seskit.formats.files import whole
    from seskit.work.pay_setting.what_if import propose

    sheet = _open(folder).opened.worksheet
    assert sheet  # noqa: S101
    found = propose(sheet, _dollars("--adjustment-budget", adjustment_budget), _dollars("--award-budget", award_budget))
    for sentence in found.says:
        say(sentence)
    for limit in found.limits:
        say(
            f"  {limit.what}: {limit.used}{f' of {limit.limit}' if limit.limit else ''}{' (binds)' if limit.binds else ''}"
        )
    if out:
        say(whole(out, found.to_csv().encode()).name)


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
