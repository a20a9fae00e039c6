"""`seskit correct`: what stands in the way of a report, like problems as one, with repairs to confirm."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from seskit.desk.arguments import FOLDER
from seskit.desk.console import say
from seskit.formats.privacy import shown
from seskit.formats.refusals import FactError
from seskit.record.roster.as_accepted import ALL
from seskit.record.roster.kept import LOG

if TYPE_CHECKING:
    from seskit.work.corrections import Corrections, ProblemGroup

_MOST_LIKELY = 4
_NOT_SAVED = (
    f"Kept in {LOG}, but not counted yet: check and report read the roster as it came, or as you last saved it. Give --save to "
    "make typed values and repairs that write values count. Repairs that only say how something is read count already."
)


def moment() -> str:
    """The moment of an act, for the log; two acts never have the same."""
    return datetime.fromtimestamp(time.time_ns() / 10**9, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--accept", multiple=True, metavar="REPAIR", help="Confirm a repair by its name; repeatable.")
@click.option("--set", "cells", type=(int, str, str), multiple=True, metavar="ROW COLUMN VALUE", help="Write one cell.")
@click.option(
    "--leave-out",
    "rows",
    type=int,
    multiple=True,
    metavar="ROW",
    help="Leave out one row of this roster alone; repeatable.",
)
@click.option("--why", default="", help="The reason; kept, and required with --set and --leave-out.")
@click.option("--who", default="", help="Who makes the change; kept in the log.")
@click.option(
    "--confirm",
    metavar="FINDING",
    default="",
    help="Confirm that a finding is right as it is; give the reason with --why.",
)
@click.option("--undo", is_flag=True, help="Undo the last step.")
@click.option("--save", is_flag=True, help="Save the corrected roster beside the original.")
@click.option("--plan", default="", help="Show only problems of this plan.")
@click.option("--person", default="", help="Show only problems of the person with this number.")
@click.option(
    "--kind",
    default="",
    help="Show only this kind: error, warning, value, blank, column, layout, rows, rule, or a column's name.",
)
def correct(
    folder: Path, accept: tuple[str, ...], cells: tuple[tuple[int, str, str], ...], rows: tuple[int, ...], why: str, who: str,
    confirm: str, undo: bool, save: bool, plan: str, person: str, kind: str,
) -> None:  # fmt: skip
    """Correct a roster: similar problems together, repairs to confirm, a corrected copy beside it.

    Nothing is repaired until you confirm it, and your original roster is never changed. What you confirm is kept in
    roster.readings.yaml, what you type in roster.corrections.csv, both beside the roster.
    """
    from seskit.work import corrections

    found = corrections.open_folder(folder)
    if undo:
        say(f"Undone: {found.undo()}.")
    refused = [*_acts(found, accept, cells, who, why), *_left_out(found, rows, who, why)]
    if confirm:
        try:
            kept = found.confirm(_group_of(found, confirm), why)
            say(f"Confirmed, with the reason in agency.yaml. The previous file is kept as {kept.name}.")
        except FactError as failure:
            refused.append(str(failure))
    if refused and len(refused) == len({*accept}) + len(cells) + len(rows) + bool(confirm) and not undo:
        raise FactError(" ".join(refused))
    for line in lines(found, found.filtered(plan=plan, person=person, kind=kind)):
        say(line)
    if save and not refused:
        saved = found.save(when=moment())
        say(f"Saved: {saved.roster.name}, with {saved.says}; each is listed in {saved.log.name}. Both may hold names.")
    say(found.left.text)
    if found.left.unsaved and found.left.typed:
        say(_NOT_SAVED)
    for sentence in refused:
        say(f"Not done: {sentence}", err=True)
    if refused and save:
        say("Not saved, because not everything was done: give the rest again with --save.", err=True)
    sys.exit(2 if refused else 1 if found.left.errors else 0)


def _acts(
    found: Corrections, accept: tuple[str, ...], cells: tuple[tuple[int, str, str], ...], who: str, why: str
) -> list[str]:
    """Do what was asked, each act by itself; why each one that cannot be done was refused.

    A repair that another one opens is confirmed after it, in whatever order the two are named.
    """
    waiting, refused = list(dict.fromkeys(accept)), dict[str, str]()
    while waiting:
        refused = {}
        for name in waiting:
            try:
                say(f"Confirmed: {found.accept(name, when=moment(), who=who, why=why).question}")
            except FactError as failure:
                refused[name] = str(failure)
        if list(refused) == waiting:
            break
        waiting = list(refused)
    said = list(refused.values())
    for row, column, value in cells:
        try:
            still = found.set(row, column, value, when=moment(), who=who, why=why)
        except FactError as failure:
            said.append(f"--set {row} {shown(column)}: {failure}")
        else:
            say(f"Row {row}, {column}: {still[0].reason if still else 'in order'}.")
    return said


def _left_out(found: Corrections, rows: tuple[int, ...], who: str, why: str) -> Iterator[str]:
    """Leave out these rows; why each one that cannot be was not."""
    for row in rows:
        try:
            found.leave_out(row, when=moment(), who=who, why=why)
        except FactError as failure:
            yield f"--leave-out {row}: {failure}"
        else:
            say(f"Row {row}: left out of this roster alone.")


def _group_of(found: Corrections, name: str) -> str:
    """The group that a name calls: the entry of agency.yaml that keeps the reason."""
    return next((group.id for group in found.groups if group.confirms == name), name)


def lines(found: Corrections, groups: list[ProblemGroup]) -> Iterator[str]:
    """What was accepted, then every group with its places and repairs, and how to confirm one."""
    yield from found.put_aside
    yield from (f"Agreed: {reading.line}." for reading in found.readings.accepted)
    for group in groups:
        yield from _of_group(found, group)
    if any(group.offers for group in groups):
        yield "Confirm a repair with --accept and its name; nothing is changed until then."


def _of_group(found: Corrections, group: ProblemGroup) -> Iterator[str]:
    yield f"{group.severity.capitalize()}: {group.reason}{found.at(group)}."
    for offer in group.offers:
        yield f"  Repair {offer.id}: {offer.question}"
        shown = [f"'{was}' as {to}" if to else f"'{was}'" for was, to in offer.examples]
        if shown:
            yield f"    For example {', '.join(shown)}."
    if group.confirms:
        yield f"  Or, where it is right: --confirm {group.confirms} --why TEXT"
    if not group.offers:
        yield f"  {group.fix}"
        if len(group.places) == 1 and group.places[0][1] in ALL and group.places[0][0] in found.grid.now:
            row, column = group.places[0]
            likely = [value or "blank" for value in found.likely(row, column)[:_MOST_LIKELY]]
            yield f"  --set {row} {column} VALUE --why TEXT{'; likely: ' + ', '.join(likely) if likely else ''}"
            yield from (f"  --set {row} {other} VALUE --why TEXT" for other in group.rests_on)
