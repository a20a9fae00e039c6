"""A roster brought into an agency's folder: a file from anywhere, checked for its kind, kept as it is, read at once."""

from __future__ import annotations

from pathlib import Path

from seskit.desk.opener import places
from seskit.formats import files
from seskit.formats.characters import file_name
from seskit.formats.refusals import FactError
from seskit.record.forms.known import all_files
from seskit.record.forms.stored import keep_beside
from seskit.record.pay_setting.worksheet.reading import FILE as PAY
from seskit.record.roster import kept, origin

NAME = "roster"
KINDS = (".csv", ".xlsx")
#: No roster of an agency comes near it.
MOST_BYTES = 50_000_000
_ZIP = b"PK\x03\x04"


def point_to(folder: Path, file: str) -> Path:
    """Copy a roster from where a person has it; raises FactError with the place looked in."""
    place = Path(file.strip().strip('"')).expanduser()
    if not place.is_file():
        raise FactError(f"There is no file '{place.name}': looked in {place.absolute().parent}.")
    if place.stat().st_size > MOST_BYTES:
        raise FactError(_too_large(place.name))
    return keep(folder, place.name, place.read_bytes())


def keep(folder: Path, name: str, content: bytes) -> Path:
    """Put a roster into the folder as its roster; the one before is kept beside. Open to nobody but its owner."""
    kind = _usable(folder, name, content)
    for former in (folder / f"{NAME}{kind}" for kind in KINDS):
        if former.is_file() and former.read_bytes() != content:
            keep_beside(former)
            _put_aside_corrections(folder)
        if former.suffix != kind:
            former.unlink(missing_ok=True)
    (folder / origin.FILE).unlink(missing_ok=True)
    return files.private(folder / f"{NAME}{kind}", content)


def keep_another(folder: Path, name: str, content: bytes) -> Path:
    """Put the roster of another period beside the agency's own, under the name it comes with; a former one of that name is
    kept. A name that is taken by a file of the agency's own is refused.
    """
    kind = _usable(folder, name, content)
    stem = file_name(Path(name).stem)
    if stem.lower() in own_names():
        raise FactError(
            f"'{Path(name).name}' has the name of another of the agency's files. Give it the name of its period, such as "
            f"roster-2025{kind}, and bring it again."
        )
    place = folder / f"{stem}{kind}"
    if place.is_file() and place.read_bytes() != content:
        keep_beside(place)
    return files.private(place, content)


def own_names() -> set[str]:
    """The names, without their endings, of the files that are read by their name."""
    return {NAME, PAY, "plan", kept.STEM.lower(), *(one.stem for one in all_files().values())}


def there(folder: Path) -> list[str]:
    """The files in a folder that may be rosters: its own, then those brought beside it."""
    names = sorted(one.name for one in folder.glob("*") if one.suffix.lower() in KINDS and one.is_file())
    own, others = [], []
    for name in names:
        stem = Path(name).stem
        if stem == NAME:
            own.append(name)
        elif stem.lower() not in own_names() and ".before" not in stem and not name.startswith((".", "~")):
            others.append(name)
    return own + others


def _usable(folder: Path, name: str, content: bytes) -> str:
    """The ending of a file that may be a roster; refuses one that cannot be."""
    kind = Path(name).suffix.lower()
    if places.is_sample(folder):
        raise FactError(places.sample_stays("bring its roster"))
    if kind not in KINDS:
        raise FactError(
            f"'{Path(name).name}' is not a roster this reads. Save it as an Excel workbook (.xlsx) or as CSV."
        )
    if not content:
        raise FactError(f"'{Path(name).name}' is empty. Choose the file with the people in it.")
    if len(content) > MOST_BYTES:
        raise FactError(_too_large(Path(name).name))
    if (kind == ".xlsx") != content.startswith(_ZIP):
        raise FactError(
            f"'{Path(name).name}' is not what its ending says. Open it in Excel and save it as .xlsx or .csv."
        )
    return kind


def _put_aside_corrections(folder: Path) -> None:
    """Corrections are by row: those of the former roster are kept beside, and never written into the rows of another."""
    for name in (kept.LOG, *(f"{kept.STEM}{kind}" for kind in KINDS)):
        if (folder / name).is_file():
            keep_beside(folder / name)
            (folder / name).unlink()


def _too_large(name: str) -> str:
    return f"'{name}' is larger than {MOST_BYTES // 1_000_000} MB. A roster has one row for each executive."
