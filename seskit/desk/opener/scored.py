"""A filled-in scoring sheet brought on the screen: checked, put into the agency's folder, and named by its vacancy."""

from __future__ import annotations

from typing import cast

from seskit.formats import files
from seskit.formats.characters import file_name
from seskit.formats.refusals import FactError
from seskit.record.checked_yaml import Read
from seskit.record.forms.draft import Draft
from seskit.record.forms.stored import keep_beside
from seskit.record.staffing import scoring
from seskit.record.staffing.records import FILE, Vacancies, VacancyFolder

_PART, _SCORES = "vacancies", "scores"


def is_one(draft: Draft, content: bytes) -> bool:
    """Whether a workbook brought to the form of the vacancies is a scoring sheet of one of them."""
    return draft.declared.file == FILE and bool(scoring.title_of(content))


def keep(draft: Draft, content: bytes) -> str:
    """Put the sheet into the folder and its name under Scores; what was done. Raises FactError with all that is wrong in it."""
    sheet = next(one for one in draft.declared.sheets if one.way == (_PART,))
    title = scoring.title_of(content)
    known = [(number, row.get(sheet.named_by, "")) for number, row in enumerate(draft.rows(sheet), 1)]
    mine = [(number, name) for number, name in known if name and title.startswith(f"{name}: ")]
    if not mine:
        raise FactError("The scoring sheet is of no vacancy of this file. Add its vacancy, and bring the sheet again.")
    if draft.made.record is None:
        raise FactError("Correct what is wrong in this file first; the scoring sheet is read by its rules.")
    row, vacancy = max(mine, key=lambda one: len(one[1]))
    folder = VacancyFolder(draft.folder, Read(cast(Vacancies, draft.made.record)))
    scoring.read(content, scoring.qualifications(folder, folder.vacancy(vacancy)))
    place = draft.folder / f"scores_{file_name(vacancy)}.xlsx"
    former = keep_beside(place) if place.is_file() and place.read_bytes() != content else None
    files.private(place, content)
    draft.set(sheet, row, _SCORES, place.name)
    kept = f" The previous one is kept as {former.name}." if former else ""
    return f"Kept: {place.name}, the scoring sheet of vacancy {vacancy}.{kept} It is named under Scores; save the file."
