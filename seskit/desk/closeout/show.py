"""The closeout in the walk: what must change before the board sits, and the states of certification, by number only."""

from __future__ import annotations

from pathlib import Path

from seskit.formats.tables import Table, text_rows
from seskit.work import closeout as work
from seskit.work.closeout.states import NAMES

_MOST = 40
NOTHING_READ = "There is nothing to close out yet: the roster, or the pay worksheet, cannot be read as it is."


def must_change(folder: str | Path) -> Table:
    """What must change or be explained before the board sits, each with its cheapest way and the cost."""
    title = "What must change before the board sits"
    opened = work.open_folder(folder)
    if opened.sheet is None:
        return Table(title, (), (), NOTHING_READ)
    musts = work.closeout(opened).musts
    rows = [
        (must.who, must.title, "must change" if must.by_law else "needs a reason", must.text,
         f"{must.cheapest.says} Cost: {must.cheapest.cost}." if must.cheapest else "")
        for must in musts[:_MOST]
    ]  # fmt: skip
    more = (f"{len(musts) - _MOST} more are in the closeout.",) if len(musts) > _MOST else ()
    header = ("Executive", "Check", "Force", "What was found", "The cheapest lawful way")
    return Table(title, header, text_rows(rows), "Nothing must change, and nothing needs a reason.", more)


def states(folder: str | Path) -> Table:
    """The same proposals if certification holds, is lost, is suspended or comes late."""
    title = "The same proposals under each state of certification"
    opened = work.open_folder(folder)
    if opened.sheet is None:
        return Table(title, (), (), NOTHING_READ)
    found = work.closeout(opened)
    rows = [(line.day, line.what, *line.values) for line in found.side_by_side]
    otherwise = "No system was certified in the days of these proposals."
    notes = tuple(f"{state.name.capitalize()}: {state.says}" for state in found.states) if rows else ()
    return Table(title, ("Day", "What", *(name.capitalize() for name in NAMES)), text_rows(rows), otherwise, notes)
