"""Every blank file of an agency by one word: the roster, the pay worksheet, plans, and each file that has a form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from seskit.formats import files
from seskit.law.facts import FactError, suggestion
from seskit.record.appraisal.plan_document import blank as plan_file
from seskit.record.appraisal.year_record import blank as year_files
from seskit.record.forms.book import workbook
from seskit.record.forms.grid import begun
from seskit.record.forms.known import all_files
from seskit.record.forms.layout import DeclaredFile
from seskit.record.forms.stored import find
from seskit.record.pay_setting.worksheet import blank as pay_files
from seskit.record.roster import template

#: Blank files that come with more than empty sheets: examples, a guide, the elements of the basic plan.
_PREPARED: dict[str, tuple[str, Callable[[Path], list[Path]]]] = {
    "roster": ("The roster, one row for each executive, and an agency.yaml.", template.write),
    "agency": (
        "The agency and its performance plans only, for a folder that already has a roster.",
        template.write_agency,
    ),
    "pay": ("The pay worksheet and its terms.", pay_files.write),
    "plan": ("One executive's performance plan.", lambda folder: [plan_file.write(folder)]),
    "year": ("How the appraisal year was run, and who did what and when.", year_files.write),
}


def words() -> dict[str, str]:
    """Every blank by the word that calls for it, and what it is for."""
    prepared = {what: says for what, (says, _) in _PREPARED.items()}
    return prepared | {what: one.says for what, one in all_files().items() if what not in prepared}


def write(folder: Path, what: str) -> list[Path]:
    """Write the blank of that word into a folder; never over a file. Raises FactError."""
    known = words()
    if what not in known:
        raise FactError(f"There is no blank '{what}'.{suggestion(what, known)} Blanks are {', '.join(known)}.")
    if what in _PREPARED:
        return _PREPARED[what][1](folder)
    return [_sheet(folder, all_files()[what])]


def _sheet(folder: Path, one: DeclaredFile) -> Path:
    there = find(one, folder)
    if there is not None or (folder / one.book).exists():
        name = there.name if there is not None else one.book
        raise FactError(f"There is already a file {name} in the folder; nothing was written. Move it away.")
    folder.mkdir(parents=True, exist_ok=True)
    return files.new(folder / one.book, workbook(one, begun(one, folder)))


def is_filled_in_elsewhere(what: str) -> bool:
    """Whether the workbook is read into another file once it is filled in; a list is read as it is."""
    return what not in _PREPARED and not all_files()[what].is_list
