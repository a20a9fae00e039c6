"""The closeout in the walk: what must change before the board sits, and the states of certification, by number only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from seskit.formats import results
from seskit.formats.archives import packed
from seskit.formats.counts import number_of
from seskit.formats.files import whole
from seskit.formats.tables import Table, text_rows
from seskit.work import closeout as work
from seskit.work.closeout.notices import Notices
from seskit.work.closeout.states import NAMES

_MOST = 40
#: More files than these are handed over in one archive.
_EACH_LINKED = 20
_ARCHIVE = "supplement_notices"
_NO_NOTICE = "No pay changes, no award is proposed, and no move is in moves.csv: there is no notice to make."
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


def notices(made: Notices, first: str) -> Table:
    """To whom a notice is to go, which, and what each still lacks; by number only, those to one executive and drafts first."""
    in_turn = sorted(made.listed, key=lambda one: (one.person.person_id != first, not one.open))
    rows = [
        (one.person.person_id, one.title, f"draft: {one.open[0]}" if one.open else "ready to be signed")
        for one in in_turn
    ]
    wrong = tuple(map(str, made.problems))
    return Table("Notices to executives", ("Executive", "Notice", "State"), text_rows(rows), _NO_NOTICE, wrong)


def written_notices(made: Notices, out: Path) -> tuple[Sequence[Path], list[str]]:
    """Write the notices; the files, or where all were made and are many one archive, and how many of them are drafts."""
    written, drafts = made.write(out), sum(bool(one.open) for one in made.listed)
    of_them = f", {drafts} of them {'a draft' if drafts == 1 else 'drafts'}" if drafts else ""
    said = [f"{number_of(len(made.listed), 'notice')} made, as Word and PDF{of_them}."]
    if made.only:
        return written, said
    with results.kept(out, "closeout notices in one archive"):
        if len(written) <= _EACH_LINKED:
            return written, said
        archive = whole(out / f"{_ARCHIVE}.zip", packed(_ARCHIVE, written))
    return [archive], [*said, "All are in one archive to download, and each in the folder."]
