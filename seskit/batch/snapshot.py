"""A copy of an agency's folder for one run: made and hashed in one pass, read-only, and compared with it afterwards."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

_PIECE = 1 << 20
#: Size and time of change of a file, as it was when it was copied.
Stamp = tuple[int, int]


class NoRoom(Exception):
    """The copy cannot be written: the output folder's fault, and no agency's."""


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of an agency's folder, those behind links too, by their names in it; no hidden ones."""
    seen = {os.path.realpath(folder)}
    for place, folders, names in os.walk(folder, onerror=_raised, followlinks=True):
        kept = []
        for name in sorted(folders):
            real = os.path.realpath(Path(place, name))
            if not _hidden(name) and real not in seen:
                seen.add(real)
                kept.append(name)
        folders[:] = kept
        for name in sorted(names):
            path = Path(place, name)
            if not _hidden(name) and path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _raised(failure: OSError) -> None:
    """A folder that cannot be listed is not one without files."""
    raise failure


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$"))


def copy(folder: Path, target: Path) -> tuple[dict[str, str], dict[str, Stamp]]:
    """Copy each file, read it only once, and leave the copy read-only and its owner's alone; the SHA-256 and stamp of each.

    Raises OSError where a file cannot be read, and NoRoom where its copy cannot be written.
    """
    inputs: dict[str, str] = {}
    stamps: dict[str, Stamp] = {}
    with _writing():
        target.mkdir(parents=True, exist_ok=True)
    for name, path in sorted(files(folder)):
        with path.open("rb") as source:
            stamps[name] = _stamp(os.fstat(source.fileno()))
            total = hashlib.sha256()
            with _writing():
                made = target / name
                made.parent.mkdir(parents=True, exist_ok=True)
                taken = made.open("wb")
            with taken:
                while piece := source.read(_PIECE):
                    total.update(piece)
                    with _writing():
                        taken.write(piece)
                with _writing():
                    taken.flush()
        inputs[name] = total.hexdigest()
    _set_modes(target, files=0o400, folders=0o500)
    return inputs, stamps


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        raise NoRoom(failure.strerror or str(failure)) from failure


def _stamp(about: os.stat_result) -> Stamp:
    return about.st_size, about.st_mtime_ns


def changed(folder: Path, inputs: Mapping[str, str], stamps: Mapping[str, Stamp]) -> list[str]:
    """The files that are not, or no longer, what was copied."""
    try:
        now = dict(files(folder))
    except OSError:
        return sorted(inputs)
    return sorted(
        name for name in inputs.keys() | now.keys()
        if name not in inputs or name not in now or _differs(now[name], inputs[name], stamps.get(name))
    )  # fmt: skip


def _differs(path: Path, digest: str, stamp: Stamp | None) -> bool:
    try:
        if stamp is not None and _stamp(path.stat()) == tuple(stamp):
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != digest
    except OSError:
        return True


def _set_modes(folder: Path, *, files: int, folders: int) -> None:
    for place, _, names in os.walk(folder, topdown=False):
        for name in names:
            Path(place, name).chmod(files)
        Path(place).chmod(folders)


def remove(folder: Path) -> None:
    """Take a folder away, what is read-only in it too; nothing behind a link is touched."""
    with contextlib.suppress(OSError):
        for place, folders, _ in os.walk(folder):
            for name in (".", *folders):
                inside = Path(place, name)
                if not inside.is_symlink() and not inside.stat().st_mode & stat.S_IWUSR:
                    inside.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
