"""Looking through a folder for personal data: everything people keep is opened, and what cannot be opened is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from seskit.formats.contents import FilePiece, pieces
from seskit.formats.counts import number_of
from seskit.formats.grids import Grid
from seskit.formats.personal_data import BIRTH, NAME, SSN, Names, bare_number, column_kind, found, masked

_PATH = re.compile(r"(?<![\w/.:])/(?:home|root|Users|tmp|work|var|mnt)/[\w.-]+|(?<![A-Za-z])[A-Za-z]:\\+Users\\+\w+")
_WIDGET_STATE = re.compile(r"application/vnd\.jupyter\.widget-(?:state|view)\+json")
_NO_VALUE = re.compile(r"\W*|n/?a|none|null|nan|false|true|withheld|on file|redacted|removed|not collected|unknown|[x*#-]+|\W*string\W*|.*\b(?:int|varchar)\b.*", re.IGNORECASE)  # fmt: skip
_LARGEST = 512 * 2**20
_NAMES_ALLOWED = "supplement"


@dataclass(frozen=True)
class Leak:
    """Something personal found where it should not be, or a file that could not be looked into."""

    file: str
    line: int
    what: str


@dataclass
class Scan:
    """What a scan found, and how many files and pictures it came by."""

    leaks: list[Leak] = field(default_factory=list)
    files: int = 0
    pictures: int = 0

    def to_text(self) -> str:
        """The end of a scan in words."""
        seen = (
            f" {number_of(self.pictures, 'picture holds no text and was', 'pictures hold no text and were')} not read."
            if self.pictures
            else ""
        )
        if self.leaks:
            return f"{number_of(len(self.leaks), 'place')} to look at.{seen}"
        return (
            f"Nothing found in {number_of(self.files, 'file')}.{seen}"
            if self.files
            else "There are no files in the folder."
        )


def scan(folder: Path, names: Iterable[str] = ()) -> Scan:
    """Look through every file below a folder for personal data, machine paths, stored widget state, and the given names
    of people. Files named `supplement*` may hold names: they are made to. Documents, archives and mail are opened.
    """
    people, made = Names(names), Scan()
    for file in sorted(folder.rglob("*")):
        if file.is_file() or file.is_symlink():
            made.files += 1
            _look_at(file, folder, people, made)
        elif file.is_dir() and not any(file.iterdir()):
            made.leaks += _in_name(file, folder, people)
    made.leaks = list(dict.fromkeys(made.leaks))
    return made


def _look_at(file: Path, folder: Path, people: Names, made: Scan) -> None:
    own = Names(()) if file.name.startswith(_NAMES_ALLOWED) else people
    where = masked(_name(file, folder), own)
    made.leaks += _in_name(file, folder, own)
    if bare_number(file.stem):
        made.leaks.append(Leak("*********" + file.suffix, 0, f"{SSN}, in the name of the file"))
    try:
        if file.stat().st_size > _LARGEST:
            made.leaks.append(Leak(where, 0, "a file that is too large to look into"))
            return
        content = file.read_bytes()
    except OSError:
        made.leaks.append(Leak(where, 0, "a file that cannot be opened"))
        return
    for piece in pieces(file.name, content):
        made.pictures += piece.picture
        place = masked(f"{where}, {piece.inside}", own) if piece.inside else where
        made.leaks += _leaks(piece, place, own, notebook=file.suffix == ".ipynb")


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix().encode("utf-8", "replace").decode()


def _in_name(file: Path, folder: Path, people: Names) -> Iterator[Leak]:
    """What a name tells, of a file or of a folder with nothing in it."""
    name = _name(file, folder)
    for hit in found(name, people):
        yield Leak(masked(name, people), 0, f"{hit.kind}, in the name of the file")


def _leaks(piece: FilePiece, place: str, people: Names, *, notebook: bool) -> Iterator[Leak]:
    if piece.closed:
        yield Leak(place, 0, f"a file that could not be looked into: {piece.closed}")
    text = piece.text
    for hit in found(text, people):
        yield Leak(place, _line(text, hit.start), hit.kind)
    for path in _PATH.finditer(text):
        yield Leak(place, _line(text, path.start()), "a path of the machine it was made on")
    if notebook:
        for state in _WIDGET_STATE.finditer(text):
            yield Leak(place, _line(text, state.start()), "stored widget state")
    for row, kind in by_column(piece.grid):
        yield Leak(place, row, kind)
    for row, cells in enumerate(piece.grid, 1):
        for hit in found("\n".join(cells), people):
            yield Leak(place, row, hit.kind)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def by_column(grid: Grid) -> Iterator[tuple[int, str]]:
    """The rows of a table in which a cell is personal by the name of its column, or of the cell before it."""
    named: dict[int, str] = {}
    for number, row in enumerate(grid, 1):
        above = dict(named)
        for place, cell in enumerate(row):
            kind = column_kind(cell) if 0 < len(cell) <= 60 and not any(map(str.isdigit, cell)) else None
            if kind:
                named[place] = kind
            elif place in above and _is_value(cell, above[place]):
                yield number, above[place]
            elif place and (before := column_kind(row[place - 1][:60])) and _is_value(cell, before):
                yield number, before


def _is_value(cell: str, kind: str) -> bool:
    """Whether a cell can be what its column is named for."""
    digits = sum(map(str.isdigit, cell))
    if _NO_VALUE.fullmatch(cell.strip()):
        return False
    if kind == SSN:
        return 4 <= digits <= 11
    if kind == BIRTH:
        return 4 <= digits <= 14
    return 7 <= digits <= 15 or "@" in cell


__all__ = ["NAME", "Leak", "Scan", "by_column", "scan"]
