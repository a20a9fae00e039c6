"""Files in one archive, the same bytes on every run."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from seskit.formats.refusals import FactError

#: What an archive that is brought may hold, so that none fills the disk.
_MOST_FILES, _MOST_BYTES = 2_000, 200_000_000
_LOCKED = 1
_OF_A_MAC = re.compile(r"^__MACOSX/|(^|/)\.DS_Store$")


def packed(folder: str, files: Iterable[Path]) -> bytes:
    """A ZIP archive of files, all in one folder of that name; no times in it."""
    return _zipped((f"{folder}/{file.name}", file) for file in files)


def packed_folder(folder: Path, instead: Iterable[Path]) -> bytes:
    """A ZIP archive of every file in a folder and below, under the folder's name; no times in it.

    Folders in `instead` are packed into it as well, each in the place of one of the same name.
    """
    others = {Path(other.name): other for other in instead}
    held = {path.relative_to(folder): path for path in folder.rglob("*")}
    held = {place: path for place, path in held.items() if Path(place.parts[0]) not in others}
    for name, other in others.items():
        held |= {name / path.relative_to(other): path for path in other.rglob("*")}
    kept = ((place, path) for place, path in sorted(held.items()) if path.is_file() and not path.is_symlink())
    return _zipped((f"{folder.name}/{place.as_posix()}", path) for place, path in kept)


def _zipped(files: Iterable[tuple[str, Path]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files:
            archive.writestr(zipfile.ZipInfo(name), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def unpacked_folder(name: str, content: bytes) -> tuple[str, dict[str, bytes]]:
    """The folder that an archive holds, by its name, and its files by their place in it.

    Where the archive has no folder of its own, it is called as the archive is. Raises FactError for what is no archive, is
    damaged, locked or too large, or names a place outside.
    """
    held = _parts(name, content)
    if any(_outside(part) for part in held):
        raise FactError(f"'{name}' names places outside its own folder; nothing of it is used.")
    tops = {PurePosixPath(part).parts[0] for part in held}
    if len(tops) == 1 and all(len(PurePosixPath(part).parts) > 1 for part in held):
        top = tops.pop()
        return top, {part[len(top) + 1 :]: one for part, one in held.items()}
    return PurePosixPath(name).stem, held


def _parts(name: str, content: bytes) -> dict[str, bytes]:
    """The files of an archive, but for what a Mac puts beside them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and not _OF_A_MAC.search(part.filename)]
            if any(part.flag_bits & _LOCKED for part in parts):
                raise FactError(f"'{name}' is locked with a password. Unpack it, and pack it again without one.")
            if len(parts) > _MOST_FILES or sum(part.file_size for part in parts) > _MOST_BYTES:
                raise FactError(
                    f"'{name}' holds more than an agency's folder does. Leave out what is not of the agency."
                )
            return {part.filename: archive.read(part) for part in parts}
    except FactError:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error, lzma.LZMAError):
        raise FactError(
            f"'{name}' is not a ZIP archive that can be opened, or it is damaged. Download or copy it again."
        ) from None


def _outside(part: str) -> bool:
    place = PurePosixPath(part)
    return not place.parts or place.is_absolute() or ".." in place.parts or "\\" in part or ":" in part
