"""Which filled-in workbooks lie in an agency's folder beside the files that count: are they read in, and do they agree?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from seskit.formats.two_ways import two_ways
from seskit.law.facts import FactError
from seskit.record.agency_folder import AgencyFolder, opened
from seskit.record.checked_yaml import ON_SCREEN
from seskit.record.finding import Finding, Subject, of_problem
from seskit.record.forms import back, stored
from seskit.record.forms import grid as grids
from seskit.record.forms.known import all_files
from seskit.record.forms.layout import DeclaredFile
from seskit.record.problem import Problem
from seskit.record.roster import workbook
from seskit.record.roster.sheets import Refusal

#: Whose business each workbook is.
SUBJECT: dict[str, Subject] = {
    "vacancies": "staffing", "certification": "certification", "assessment": "certification",
    "description": "certification", "year": "appraisal", "plans": "appraisal", "pay_terms": "pay",
    "closeout": "closeout",
}  # fmt: skip

_READ_IN = two_ways(
    "with `seskit form read FOLDER/{} FOLDER`",
    f"under '{ON_SCREEN}': choose the file, then 'Read a filled-in workbook'",
)
_NOTHING = "Nothing in it counts until it is read into the folder."


@dataclass(frozen=True)
class FilledWorkbook:
    """One workbook that is read into another file: whose it is, what it holds in words, and what is wrong with that."""

    declared: DeclaredFile
    holds: str
    problems: tuple[Problem, ...] = ()


def is_there(folder: Path) -> bool:
    """Whether a file in the folder has the name of such a workbook."""
    return any((folder / all_files()[what].book).is_file() for what in SUBJECT)


def of_folder(place: AgencyFolder | str | Path) -> Iterator[FilledWorkbook]:
    """Each workbook of a form in the folder; what has such a name and is another workbook is none."""
    folder = opened(place).path
    for what in SUBJECT:
        declared = all_files()[what]
        book = folder / declared.book
        if book.is_file() and (found := _looked_at(declared, book, folder)):
            yield found


def findings(place: AgencyFolder | str | Path) -> list[Finding]:
    """What is wrong with them, each under its subject."""
    return [of_problem(one, SUBJECT[book.declared.what]) for book in of_folder(place) for one in book.problems]


def _looked_at(declared: DeclaredFile, book: Path, folder: Path) -> FilledWorkbook | None:
    target = stored.find(declared, folder)
    try:
        titles = {title.strip().lower() for title in workbook.tables(book)}
        if not {sheet.title.lower() for sheet in declared.sheets} <= titles:
            return None
        read = back.read(declared, book)
    except Refusal as refusal:
        return _unreadable(declared, refusal.reason, refusal.fix, target)
    except FactError as refused:
        return _unreadable(declared, str(refused).removeprefix(f"{book.name}: ").rstrip("."), _NOTHING, target)
    if target is not None:
        return _beside(declared, read, folder, target.name)
    if _entries(read.grid) == _entries(grids.begun(declared, folder)) or not _entries(read.grid):
        return FilledWorkbook(declared, "blank")
    reason = "it is filled in but was never read into the folder, so nothing in it counts"
    fix = f"Read it in {_READ_IN.format(declared.book)}, or, if it is not wanted, move it out of the folder."
    return FilledWorkbook(declared, "not read in", (_problem(declared, reason, fix, "error"),))


def _beside(declared: DeclaredFile, read: back.Back, folder: Path, name: str) -> FilledWorkbook:
    """A workbook whose file is there: the same entries, or others, of which those of the file count."""
    try:
        same = not read.problems and read.made.record == grids.made(declared, stored.read(declared, folder).grid).record
    except FactError:
        return FilledWorkbook(declared, f"not compared with {name}")
    if same or not _entries(read.grid):
        return FilledWorkbook(declared, f"the same entries as {name}" if same else "blank")
    reason = f"its entries differ from those of {name}, which is what counts"
    fix = (
        f"If the workbook is the newer one, read it in {_READ_IN.format(declared.book)}; "
        "otherwise move it out of the folder."
    )
    return FilledWorkbook(declared, f"not the same as {name}", (_problem(declared, reason, fix, "warning"),))


def _unreadable(declared: DeclaredFile, reason: str, fix: str, target: Path | None) -> FilledWorkbook:
    """A workbook that cannot be read: wrong where nothing else holds its entries."""
    found = () if target is not None else (_problem(declared, reason, fix, "error"),)
    return FilledWorkbook(declared, "cannot be read", found)


def _problem(declared: DeclaredFile, reason: str, fix: str, severity: Any) -> Problem:
    return Problem(None, None, "", reason, fix, severity, declared.book)


def _entries(grid: grids.Grid) -> list[tuple[str, dict[str, str]]]:
    """What is filled in, sheet by sheet."""
    rows = ((title, {name: text for name, text in row.items() if text}) for title, held in grid.items() for row in held)
    return [(title, row) for title, row in rows if row]
