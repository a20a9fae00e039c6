"""A file that is there under a name beside the one wanted: Roster.xlsx, agency.yml, roster.xls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from seskit.formats.counts import number_of
from seskit.formats.privacy import shown

#: Endings of the same kind of file: by renaming, or by saving it anew in the program it came from.
_SAME = {".yaml": (".yml", ".txt", ".yaml.txt"), ".csv": (".txt", ".csv.txt", ".tsv")}
_TO_SAVE = {".xlsx": (".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".xltx")}
_OF_A_MAC = "__MACOSX"
#: What a browser, a file manager or a folder that is synchronized puts behind the name of a second copy.
_BEHIND = re.compile(
    r" ?\(\d{1,3}\)| \d{1,2}|[ _-]+copy(?: ?\(?\d{1,3}\)?)?| ?\([^()]*\bconflict[^()]*\)|[ _-]+conflict(?:ed)?[ _-]+copy.*",
    re.IGNORECASE,
)
#: The name of a computer, which OneDrive puts behind that of a copy that differs.
_COMPUTER = re.compile(r"-(?!FY)(?=[A-Z0-9-]*[0-9-])[A-Z][A-Z0-9-]{3,}")
_BEFORE = re.compile(r"copy (?:\(\d{1,3}\) )?of ", re.IGNORECASE)


def copies(folder: Path, names: Sequence[str]) -> list[Path]:
    """Second copies of a file, by what programs put before or behind its name: roster (1).csv, roster-DESKTOP-4F3K.csv."""
    return sorted(path for path in _held(folder) if path.is_file() and any(_is_copy(path.name, name) for name in names))


def _is_copy(other: str, name: str) -> bool:
    stem, ending = Path(name).stem, Path(name).suffix
    if not other.lower().endswith(ending):
        return False
    bare = other[: -len(ending)]
    if not bare.lower().startswith(stem):
        return bare.lower().endswith(stem) and bool(_BEFORE.fullmatch(bare[: -len(stem)]))
    behind = bare[len(stem) :]
    return bool(_BEHIND.fullmatch(behind) or _COMPUTER.fullmatch(behind))


def fix(folder: Path, names: Sequence[str]) -> str:
    """What to do about a file that is probably meant; nothing where there is none like it."""
    return beside(folder, names) or _inside(folder, names)


def beside(folder: Path, names: Sequence[str]) -> str:
    """The same without a look at the folders inside the folder."""
    found = sorted(path.name for path in _held(folder) if path.is_file())
    for name in names:
        stem, ending = Path(name).stem.lower(), Path(name).suffix
        for other in found:
            lower = other.lower()
            if lower == name and other not in names:
                return f"There is '{shown(other)}': rename it to {name}, in small letters."
            if lower in {f"{stem}{one}" for one in _SAME.get(ending, ())}:
                return f"There is '{shown(other)}': rename it to {name}."
            if lower in {f"{stem}{one}" for one in _TO_SAVE.get(ending, ())}:
                return (
                    f"There is '{shown(other)}', which cannot be read: open it and save it as {name} (Excel workbook)."
                )
            if lower.startswith(stem) and lower.endswith(ending) and _copied(lower[len(stem) : -len(ending)]):
                return f"There is '{shown(other)}': rename it to {name} if it is the one."
    return ""


def with_word(folder: Path, names: Sequence[str]) -> str:
    """What to do about the one file with the wanted word in a name of its own, which is not repeated: it may be a person's."""
    found = [path.name.lower() for path in _held(folder) if path.is_file()]
    for name in names:
        stem, ending = Path(name).stem, Path(name).suffix
        others = [
            one for one in found if one.endswith(ending) and stem in one and not one.startswith((f"{stem}.", ".", "~"))
        ]
        if len(others) == 1:
            return f"There is one {ending} file with '{stem}' in a longer name: if it is the one, rename it to {name}."
    return ""


def _held(folder: Path) -> list[Path]:
    """What a folder holds; nothing where it cannot be opened."""
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _inside(folder: Path, names: Sequence[str]) -> str:
    """What to do where folders inside the folder hold the file: it may be a folder of agencies."""
    parts = [one for one in _held(folder) if one.is_dir() and any((one / name).is_file() for name in names)]
    if not parts:
        return ""
    held = number_of(len(parts), "folder inside it holds", "folders inside it hold")
    return (
        f"{held} one: if these are agencies, give `seskit batch` or `seskit gather` the folder '{shown(folder.resolve().name)}', "
        "and other commands one agency's folder inside it."
    )


def _copied(between: str) -> bool:
    """Whether a name goes on as that of a copy or of a year: (1), - copy, _2002."""
    plain = between.strip(" -_()0123456789")
    return bool(between) and plain in ("", "copy", "final", "new")


def below(place: Path) -> list[Path]:
    """The folders in a folder that holds one for each agency; a link that leads nowhere now is told of, not passed over."""
    there = (path for path in place.iterdir() if path.is_dir() or (path.is_symlink() and not path.exists()))
    return sorted(path for path in there if not path.name.startswith(".") and path.name != _OF_A_MAC)


def open_now(folder: Path) -> list[str]:
    """The workbooks of the folder beside which Excel or LibreOffice left the mark of one that is open."""
    return [
        path.name for path in sorted(folder.glob("*.xlsx"))
        if not path.name.startswith((".", "~$")) and any((folder / mark).exists() for mark in (f"~${path.name}", f".~lock.{path.name}#"))
    ]  # fmt: skip
