"""`seskit check` and `seskit report` of a workbook of forms: read back, held against the roster, written anew."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from seskit.desk.arguments import say_problems
from seskit.desk.console import say
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError

if TYPE_CHECKING:
    from seskit.work.report.corrected import Corrected

_SHEETS = (b"plan-", b"aggregate-", b"ig-")
_NO_FOLDER = (
    "There is no agency.yaml beside the workbook or one folder above it, so no roster to hold the forms against. "
    "Name the agency's folder with --agency."
)


def is_forms(place: Path) -> bool:
    """Whether a file is a workbook with the sheets of forms, by the names of its sheets."""
    try:
        with zipfile.ZipFile(place) as book:
            listed = book.read("xl/workbook.xml")
    except (OSError, zipfile.BadZipFile, KeyError, RuntimeError):
        return False
    return any(b'name="' + sheet in listed for sheet in _SHEETS)


def looked_at(place: Path, folder: Path | None) -> Corrected:
    """The forms of a workbook, checked and held against the roster of the agency's folder."""
    from seskit.paper.report import workbook
    from seskit.work.report import corrected

    forms = workbook.read_forms(place)
    return corrected.look_at(forms, folder or corrected.beside(place.resolve()))


def check(place: Path, folder: Path | None, *, as_json: bool) -> bool:
    """Print what was found; returns whether nothing stands in the way."""
    from seskit.work.report import corrected

    found = looked_at(place, folder)
    if as_json:
        data = {
            "absent": list(found.absent),
            "compared": found.package is not None,
            "differences": [one.to_dict() for one in found.differences],
            "problems": [problem.to_dict() for problem in found.problems],
        }
        say(json.dumps(data, indent=1, ensure_ascii=False))
        return corrected.well(found)
    _say_differences(found)
    say_problems(problem for problem in found.problems if problem.check != "R22")
    say("No problems found." if not found.problems else f"{number_of(len(found.problems), 'problem')} found.")
    return corrected.well(found)


def report(place: Path, folder: Path | None, out: Path, formats: list[str]) -> bool:
    """Write the corrected forms; returns whether they are final."""
    found = looked_at(place, folder)
    if found.package is None:
        say_problems(found.problems)
        raise FactError(_NO_FOLDER)
    written = found.package.write(out, formats)
    _say_differences(found)
    say_problems(problem for problem in found.problems if problem.check != "R22")
    status = "final" if found.package.final else "a DRAFT: what is listed above stands in the way of final forms"
    say(f"{found.package.agency.name}: {number_of(len(found.forms), 'form')} as corrected in {place.name}, {status}.")
    for path in written:
        say(f"  {path.name}{'  (personal information)' if path.name.startswith('supplement') else ''}")
    return found.package.final


def _say_differences(found: Corrected) -> None:
    if found.package is None:
        say("No roster was found beside the workbook; only the forms were checked.")
        return
    if found.absent:
        say(f"Not in the workbook, and as the roster gives them: {', '.join(found.absent)}.")
    many = len(found.differences)
    if not many:
        say("Every value is the one the roster gives.")
        return
    confirmed = found.package.agency.confirmed.corrected_forms
    rest = (
        f"Confirmed in agency.yaml: {confirmed}"
        if confirmed
        else ("Correct the roster, or say why the workbook is right under confirmed: corrected_forms in agency.yaml.")
    )
    say(f"{number_of(many, 'value of the workbook differs', 'values of the workbook differ')} from the roster. {rest}")
    for one in found.differences:
        say(f"  {one.form}, {one.box}: {one.now} in the workbook, {one.before} by the roster")
