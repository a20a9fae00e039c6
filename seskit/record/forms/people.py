"""Rows for everybody on the roster: the number, and what the roster says that the list asks, too."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from seskit.formats.counts import number_of
from seskit.record.agency_folder import AgencyFolder
from seskit.record.forms.layout import DeclaredFile

if TYPE_CHECKING:
    from seskit.record.forms.grid import Row

PERSON = "person_id"


def rows(declared: DeclaredFile, folder: Path) -> dict[str, Row]:
    """A row for each person of the roster, by number; what the roster says in two ways, or not at all, stays blank."""
    sheet, made = declared.sheets[0], {}
    for person in AgencyFolder(folder).roster.people:
        if not person.person_id:
            continue
        row = made[person.person_id] = {PERSON: person.person_id}
        for name, sources in declared.of_person.items():
            said = {value for source in sources if (value := getattr(person, source)) is not None}
            if len(said) == 1:
                row[name] = sheet.column(name).text(said.pop())
    return made


def begun(declared: DeclaredFile, count: int) -> str:
    """What a list that begins with the roster's people holds, in words."""
    sheet = declared.sheets[0]
    *labels, last = [sheet.column(name).label.lower() for name in declared.of_person]
    return (
        f"Started with {number_of(count, 'executive')} from the roster: {', '.join(['number', *labels])} and {last} as the roster has them; values "
        "it gives in two ways stay blank. Nothing else is filled in. Check each one, especially the rate, which may have changed "
        "since."
    )
