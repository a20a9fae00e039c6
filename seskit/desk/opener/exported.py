"""An export of a payroll or HR system brought into a walk: read where it is, mapped on the screen, kept as the roster."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets

from seskit.desk.opener import brought, pieces, places
from seskit.desk.widgets.importing import Importing
from seskit.desk.widgets.uploading import take_file
from seskit.formats import files, leaving
from seskit.formats.markup import paragraph
from seskit.formats.personal_data import NOBODY
from seskit.formats.refusals import FactError
from seskit.record.agency_folder import AgencyFolder
from seskit.record.forms.stored import keep_beside
from seskit.record.people_import import RECIPE
from seskit.record.people_import.convert import ROSTER
from seskit.record.people_import.draft import ImportDraft, open_export
from seskit.record.roster import origin

if TYPE_CHECKING:
    from seskit.desk.opener.front import Front

KINDS = (".csv", ".txt", ".tsv", ".xlsx")
_WHAT = (
    "The export of a payroll or HR system, as it came: an Excel workbook, or text with any separator. "
    "It is read, not kept; names are left out unless you ask for them."
)


def section(front: Front) -> Any:
    """A file chosen or named; then the panel that says what it means."""
    if front.desk.is_sample:
        return pieces.refusal(places.sample_stays("read its export"))
    typed = pieces.text("Or write where the file is", "The whole path, with the file's name.")
    place = pieces.section(ipywidgets.HTML(paragraph(_WHAT)))

    def opened(made: Callable[[], ImportDraft]) -> None:
        try:
            draft = made()
        except (FactError, OSError) as failure:
            front.say(str(failure), passing=True)
            return
        front.say("The export is read. Look at what each column means, then write the roster.", passing=True)
        place.children = (Importing(draft, partial(_bring, front), _plans(front.desk.folder)),)

    def pointed() -> None:
        opened(lambda: of_path(typed.value, front.desk.folder))

    upload = take_file(
        "Choose a file", KINDS, lambda name, content: opened(lambda: of_bytes(name, content, front.desk.folder))
    )
    byhand = () if places.session() else (typed, pieces.button("Read this export", pointed))
    place.children = (*place.children, upload, *byhand)
    return place


def of_bytes(name: str, content: bytes, folder: Path) -> ImportDraft:
    """An export from what was chosen in the browser; what is written to read it is gone at once."""
    if len(content) > brought.MOST_BYTES:
        raise FactError(f"'{Path(name).name}' is larger than {brought.MOST_BYTES // 1_000_000} MB. Split it.")
    with tempfile.TemporaryDirectory(prefix="seskit-") as own:
        return open_export(files.private(Path(own, f"export{Path(name).suffix.lower()}"), content), folder)


def of_path(text: str, folder: Path) -> ImportDraft:
    """An export from where a person has it; raises FactError with the place looked in."""
    place = Path(text.strip().strip('"')).expanduser()
    if not place.is_file():
        raise FactError(f"There is no file '{place.name}': looked in {place.absolute().parent}.")
    return open_export(place, folder)


def _plans(folder: Path) -> tuple[str, ...]:
    described = AgencyFolder(folder).agency
    return tuple(plan.id for plan in described.plans) if described else ()


def _bring(front: Front, made: dict[str, bytes]) -> None:
    front.bring(lambda folder: keep(folder, made))


def keep(folder: Path, made: dict[str, bytes]) -> Path:
    """Put the recipe and the roster into the folder; a former one of either that differs is kept beside."""
    if hits := leaving.inspect(ROSTER, made[ROSTER], NOBODY):
        raise leaving.Withheld(ROSTER, hits)
    recipe = folder / RECIPE
    if recipe.is_file() and recipe.read_bytes() != made[RECIPE]:
        keep_beside(recipe)
    roster = brought.keep(folder, ROSTER, made[ROSTER])
    files.whole(recipe, made[RECIPE])
    files.private(folder / origin.FILE, made[origin.FILE])
    return roster
