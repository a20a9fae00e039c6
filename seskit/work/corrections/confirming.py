"""What looks wrong and is right: the reason in writing, kept in agency.yaml, and the former file beside it."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from seskit.formats import files
from seskit.formats.privacy import has_ssn
from seskit.law.facts import FactError
from seskit.record.agency import FILE, Confirmed
from seskit.record.agency_folder import AgencyFolder
from seskit.record.agency_text import agency_text
from seskit.record.forms.stored import keep_beside
from seskit.work.report import plan_dates

_FEWEST = 8


def confirm(folder: Path, key: str, why: str) -> Path:
    """Write the reason why a finding is right into agency.yaml; gives the former file. Raises FactError."""
    reason = " ".join(why.split())
    if key not in Confirmed.model_fields:
        raise FactError(f"'{key}' cannot be confirmed; correct it.")
    if len(reason) < _FEWEST:
        raise FactError(
            "Say in a few words why it is right; the reason is kept in agency.yaml and shown with the report."
        )
    if has_ssn(reason):
        raise FactError("The reason looks like it holds a Social Security number, which must never be kept here.")
    opened = AgencyFolder(folder).about
    if opened.agency is None:
        raise FactError(f"{opened.problems[0]} Correct {FILE} first.")
    try:
        given = {key: reason, "dates_for": plan_dates.in_question(opened.agency)} if key == "dates" else {key: reason}
        confirmed = Confirmed.model_validate({**opened.agency.confirmed.model_dump(), **given})
    except ValidationError:
        raise FactError("The reason cannot be kept as it is written. Write it in plain words.") from None
    kept = keep_beside(folder / FILE)
    files.whole(folder / FILE, agency_text(opened.agency.model_copy(update={"confirmed": confirmed})).encode())
    return kept
