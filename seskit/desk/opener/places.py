"""Where agencies' folders are: those used last, those beside the notebooks, the samples; and where finished files go.

The folders used last are kept in one small file of the person's own, outside every notebook.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from seskit.formats import files
from seskit.formats.shipped import shipped
from seskit.formats.strict_yaml import YamlError, load
from seskit.record.agency import FILE

#: Names the folder of that file, where it is not to be the system's own place for such files.
HOME = "SESKIT_HOME"
#: Names the private folder of a session of the served walks.
SESSION = "SESKIT_SESSION"
_NAME = "recent.json"
_MOST = 8
#: Files by which a folder is known as an agency's.
_KNOWN_BY = (FILE, "certification.yaml")


@dataclass(frozen=True)
class FolderChoice:
    """An agency's folder to choose: its name in words, and whether it is a sample."""

    folder: Path
    name: str
    sample: bool = False

    @property
    def words(self) -> str:
        """How the list of folders names it."""
        return f"{self.name} ({'sample ' if self.sample else ''}{self.folder.name})"


def session() -> Path | None:
    """The private folder of a session of the served walks, deleted when it ends; nothing where a person works at home."""
    return Path(os.environ[SESSION]) if os.environ.get(SESSION) else None


def home() -> Path:
    """The folder where what is remembered is kept: the private one while walks are served, otherwise the person's own."""
    here = session()
    return here / "remembered" if here else _own_home()


def stays(folder: Path) -> bool:
    """Whether a folder is still there when the desk is closed: it is not in the private folder of served walks."""
    here = session()
    return here is None or here.resolve() not in folder.resolve().parents


def _own_home() -> Path:
    """The folder where the system keeps what programs remember for a person."""
    if HOME in os.environ:
        return Path(os.environ[HOME])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "seskit"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "seskit"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "seskit"


def recent() -> list[Path]:
    """The folders used last that are still there, the last one first; while walks are served, the person's own as well."""
    found = [folder for place in dict.fromkeys((home(), _own_home())) for folder in _remembered(place)]
    return list(dict.fromkeys(found))


def _remembered(place: Path) -> list[Path]:
    try:
        kept = json.loads((place / _NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    found = [Path(name) for name in kept if isinstance(name, str)] if isinstance(kept, list) else []
    return [folder for folder in found if _is_agency(folder)]


def remember(folder: Path) -> None:
    """Put a folder first among those used last; where that cannot be kept, nothing is lost but the order.

    A sample is remembered for the session of the served walks alone.
    """
    used = folder.resolve()
    for place in dict.fromkeys((home(), _own_home()) if stays(folder) and not is_sample(folder) else (home(),)):
        kept = [used, *(one for one in _remembered(place) if one != used)][:_MOST]
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
            files.private(place / _NAME, json.dumps([str(one) for one in kept]).encode())


def own() -> list[FolderChoice]:
    """Agencies of the person's own: those used last, then those beside the notebooks."""
    beside = [
        one for place in dict.fromkeys((beside_notebooks(), Path.cwd().parent / "agencies")) for one in _agencies(place)
    ]
    found = dict.fromkeys(folder.resolve() for folder in [*recent(), *beside] if not is_sample(folder))
    return [FolderChoice(folder, title(folder)) for folder in found]


def samples() -> list[FolderChoice]:
    """The invented agencies that came with the product."""
    return [FolderChoice(one, name(one), sample=True) for one in _agencies(_samples_folder())]


def sample(name: str) -> Path:
    """One of the samples."""
    return _samples_folder() / name


def beside_notebooks() -> Path:
    """Where a new agency's folder is put: beside the folder of the notebooks."""
    return (session() or Path.cwd().parent) / "agencies"


def finished(stem: str, folder: Path) -> Path:
    """Where a walk's finished files go: beside the folder of the notebooks, by walk and agency.

    A folder that is named by its year alone is called with the one above it, since every agency has such a folder;
    finished files that are where they were before stay there.
    """
    here = session()
    place = (Path("..") if here is None or stays(folder) else here) / "out" / stem
    if not folder.name.isdigit() or (place / folder.name).exists():
        return place / folder.name
    return place / f"{folder.resolve().parent.name}_{folder.name}"


def is_sample(folder: Path) -> bool:
    """Whether a folder is one of ours, with nothing in it changed."""
    ours = shipped("notebooks") / "sample" / "agencies" / folder.name
    if not ours.is_dir() or not folder.is_dir():
        return False
    if ours.resolve() == folder.resolve():
        return True
    return _contents(folder) == _contents(ours)


def stamp(folder: Path) -> str:
    """The files of a folder by name, size and time: another stamp means that something in it was written since."""
    try:
        found = sorted((path.name, path.stat()) for path in folder.iterdir() if path.is_file())
    except OSError:
        return ""
    return "; ".join(f"{name} {about.st_size} {about.st_mtime_ns}" for name, about in found)


def _contents(folder: Path) -> dict[str, str | None]:
    return {path.name: files.digest(path) for path in folder.iterdir() if path.is_file()}


def sample_stays(then: str) -> str:
    """Why nothing is changed in a sample, and what to do before that which was asked for."""
    return f"Samples cannot be changed. Choose or make your own agency first; then {then}."


def _samples_folder() -> Path:
    here = Path("sample", "agencies")
    return here if here.is_dir() else shipped("notebooks") / "sample" / "agencies"


def _agencies(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if _is_agency(path))
    except OSError:
        return


def _is_agency(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _KNOWN_BY)


def name(folder: Path) -> str:
    """The agency's own name; that of its folder where it cannot be read."""
    return _about(folder)[0]


def title(folder: Path) -> str:
    """The same with the fiscal year of its report, where it says one: two years of an agency are told apart by it."""
    own_name, year = _about(folder)
    return f"{own_name}, fiscal year {year}" if year else own_name


def _about(folder: Path) -> tuple[str, str]:
    file = next((folder / one for one in _KNOWN_BY if (folder / one).is_file()), folder)
    try:
        return _read(file, file.stat().st_mtime_ns)
    except OSError:
        return folder.name, ""


@lru_cache(maxsize=256)
def _read(file: Path, _changed: int) -> tuple[str, str]:
    try:
        tree = load(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, YamlError):
        return file.parent.name, ""
    if not isinstance(tree, dict):
        return file.parent.name, ""
    return str(tree.get("name", file.parent.name)), str(tree.get("fiscal_year", ""))
