"""A department's folder, gathered from those of its bureaus."""

from __future__ import annotations

from pathlib import Path

from seskit.formats import leaving, results
from seskit.formats.files import whole
from seskit.formats.near_files import below
from seskit.law.facts import FactError
from seskit.record.agency import FILE
from seskit.work.report import gathered
from seskit.work.report.gathered import Gathered


def write(
    bureaus: Path, out: Path, code: str = "", name: str = "", *, coded: bool = False, names: bool = False
) -> tuple[Gathered, list[Path]]:
    """Gather the bureaus and write the department's files, or nothing where anything stands in the way."""
    found = [path for path in below(bureaus) if path.resolve() != out.resolve()] if bureaus.is_dir() else []
    if not any((path / FILE).is_file() for path in found):
        raise FactError(
            f"There is no agency folder in '{bureaus.name}'. Each bureau has a folder with {FILE} and a roster."
        )
    for own in ("roster.xlsx", "history.xlsx"):
        if (out / own).is_file():
            raise FactError(
                f"'{out.name}' has a {own} of its own, and what is gathered is CSV. Give another folder, or move it away."
            )
    made = gathered.gather(found, out, code, name, coded=coded, names=names)
    if made.wrong:
        return made, []
    out.mkdir(parents=True, exist_ok=True)
    closed = min(_rosters(made), key=lambda path: path.stat().st_mode & 0o777)
    # The names are those of the roster itself, so that the names of other rosters are not looked for.
    with results.kept(out, "gather"), leaving.telling_of(()):
        return made, [whole(out / file, text.encode(), like=closed) for file, text in made.files.items()]


def _rosters(made: Gathered) -> list[Path]:
    return [one.folder / one.roster.source for one in made.bureaus]
