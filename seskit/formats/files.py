"""The one place where files are written: whole or not at all, looked over for personal data, and no more open to others
than they were.

A new file obeys the umask, one that holds people is its owner's alone, and one that replaces another keeps what its
owner has closed. Results with names or with a row for each executive are closed every time; an agency's own file that its
owner opened to colleagues stays open to them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from seskit.formats import leaving

_OWNERS_ALONE, _BY_UMASK = 0o600, 0o666


class Guard(Protocol):
    """What watches over a folder of results while it is written (`results.kept`)."""

    place: Path

    def before(self, path: Path, content: bytes) -> None:
        """Called before a file is replaced."""

    def after(self, path: Path, content: bytes) -> None:
        """Called when it is written."""


guards: list[Guard] = []


def whole(
    path: Path, content: bytes, *, synced: bool = False, looked_over: bool = True, like: Path | None = None
) -> Path:
    """Write a file beside its place and move it in; an interruption leaves what was there before.

    Synced, it is on the disk before it replaces what was there, so that not even a power failure leaves it empty.
    Raises leaving.Withheld, and writes nothing, where the content or the name is personal. `looked_over` leaves that out:
    for files of a job in its work folder, which pass when they leave it, for what is added up from records that have
    passed, and for a forum's files, which passed where they were made. A copy is open to no more people than the file it is `like`.
    """
    if looked_over:
        leaving.check(path.name, content)
    with _moved_in(path, content, _mode(path), synced=synced) as beside:
        for former in filter(None, (path, like)):
            tighten(beside, former)
        for guard in guards:
            guard.before(path, content)
    for guard in guards:
        guard.after(path, content)
    return path


@contextlib.contextmanager
def _moved_in(path: Path, content: bytes, mode: int, *, synced: bool = False) -> Iterator[Path]:
    """A file written beside its place, and moved in when nothing more is to be done about it.

    Nothing stays beside one that could not be written, and the error names the file that a person knows.
    """
    beside = path.parent / f".{path.name}.{os.urandom(4).hex()}"
    try:
        with os.fdopen(_made(beside, mode), "wb") as file:
            file.write(content)
            if synced:
                file.flush()
                os.fsync(file.fileno())
        yield beside
        beside.replace(path)
    except BaseException as failure:
        beside.unlink(missing_ok=True)
        if isinstance(failure, OSError) and str(failure.filename) == str(beside):
            failure.filename = str(path)
        raise


def digest(path: Path) -> str | None:
    """What a file holds, by its SHA-256; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def new(path: Path, content: bytes) -> Path:
    """Write a file that is not there yet; raises FileExistsError where one is."""
    leaving.check(path.name, content)
    with os.fdopen(_made(path, _mode(path)), "wb") as file:
        file.write(content)
    return path


def private(path: Path, content: bytes) -> Path:
    """Put a file of the person's own into their folder, whole and open to nobody else.

    It is what they brought, so it is not looked over: what reads it says what must not be in it.
    """
    with _moved_in(path, content, _OWNERS_ALONE):
        pass
    return path


def beside(former: Path) -> Path:
    """The first free name to keep a file under beside it: agency.before.yaml, agency.before-2.yaml."""
    number, spare = 1, former.with_name(f"{former.stem}.before{former.suffix}")
    while spare.exists():
        number += 1
        spare = former.with_name(f"{former.stem}.before-{number}{former.suffix}")
    return spare


def _mode(path: Path) -> int:
    """What a new file allows, by its name: one that holds people is its owner's alone, unless it replaces another."""
    closed = leaving.always_closed(path.name) or (leaving.holds_people(path.name) and not path.exists())
    return _OWNERS_ALONE if closed else _BY_UMASK


def _made(place: Path, mode: int) -> int:
    """A new file, open to write; the umask takes from its mode what it takes from any other."""
    return os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)


def tighten(path: Path, former: Path) -> None:
    """Close a file to everyone to whom the former one is closed, and a result that holds people to all but its owner."""
    allowed = _OWNERS_ALONE if leaving.always_closed(former.name) else 0o777
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        allowed &= stat.S_IMODE(former.stat().st_mode)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & ~allowed:
        path.chmod(mode & allowed)
