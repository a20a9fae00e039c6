"""Looking through a folder for personal data: everything people keep is opened, and what cannot be opened is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from seskit.formats.contents import FilePiece, pieces
from seskit.formats.counts import number_of
from seskit.formats.grids import Grid
from seskit.formats.personal_data import BIRTH, NAME, PHONE, SSN, Names, bare_number, column_kind, found, masked

_PATH = re.compile(r"(?<![\w/.:])/(?:home|root|Users|tmp|work|var|mnt)/[\w.-]+|(?<![A-Za-z])[A-Za-z]:\\+Users\\+\w+")
_WIDGET_STATE = re.compile(r"application/vnd\.jupyter\.widget-(?:state|view)\+json")
_NO_VALUE = re.compile(r"\W*|n/?a|none|null|nan|false|true|withheld|on file|redacted|removed|not collected|unknown|[x*#-]+|\W*string\W*|.*\b(?:int|varchar)\b.*", re.IGNORECASE)  # fmt: skip
#: As many digits as the number has, by themselves in a cell with words.
_NUMBER_ALONE = {
    SSN: re.compile(r"(?<![\w.])\d{9}(?![\w.])"),
    PHONE: re.compile(r"(?<![\w.])(?:\d{7}|\d{10,11})(?![\w.])"),
}
_WORD = re.compile(r"[^\W\d_]{2,}")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
#: An amount of money and a day are no one's number.
_OTHER_NUMBER = re.compile(r"\$ ?\d|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_REMARKS = {"last", "four", "ending", "ends", "in", "with", "ssn", "no", "number", "digits", "the", "is", "and", "or", "xx", "xxx",
            "ext", "home", "work", "cell", "mobile", "office", "direct", "main", "line", "tel", "phone", "fax", "voice",
            "born", "on", "of", "st", "nd", "rd", "th", "dob", "verified", "tbc", "approx"}  # fmt: skip
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
    for row, kind in by_column(piece.grid, pairs=piece.pairs):
        yield Leak(place, row, kind)
    for row, cells in enumerate(piece.grid, 1):
        for hit in found("\n".join(cells), people):
            yield Leak(place, row, hit.kind)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def by_column(grid: Grid, *, pairs: bool) -> Iterator[tuple[int, str]]:
    """The rows of a table in which a cell is personal by the name of its column, or of the cell before it.

    In a table of `pairs` it is the cell before alone. In a wide table under headings, a cell further down that reads like
    such a name is a value itself, and makes only nine digits one: the others are what their own headings say.
    """
    named: dict[int, str] = {}
    heads: set[int] = set()
    headed = _is_headed(grid) and not pairs
    for number, row in enumerate(grid, 1):
        above = {} if pairs else dict(named)
        for place, cell in enumerate(row):
            kind = column_kind(cell) if 0 < len(cell) <= 60 and not any(map(str.isdigit, cell)) else None
            if kind:
                named[place] = kind
            elif place in above and _is_value(cell, above[place], strictly=headed and place not in heads):
                yield number, above[place]
            elif place and (before := column_kind(row[place - 1][:60])) and _is_value(cell, before, strictly=headed):
                yield number, before
        if number == 1:
            heads = set(named)


def _is_headed(grid: Grid) -> bool:
    """Whether a table of several columns has a heading over each."""
    first = [cell.strip() for cell in grid[0]] if grid else []
    return len(first) > 3 and all(first) and len({*first}) == len(first) and not any(map(str.isdigit, "".join(first)))


def _is_prose(cell: str) -> bool:
    """Whether a cell says more than a value with a remark: a sentence that speaks of numbers is none of them."""
    words = [word for word in _WORD.findall(cell) if word.lower() not in _REMARKS and not _MONTH.fullmatch(word)]
    return len(words) > 1


def _is_value(cell: str, kind: str, *, strictly: bool) -> bool:
    """Whether a cell can be what its column is named for; `strictly`, only nine digits can."""
    if strictly:
        return bare_number(cell)
    digits = sum(map(str.isdigit, cell))
    if _NO_VALUE.fullmatch(cell.strip()):
        return False
    alone = _NUMBER_ALONE.get(kind)
    if "@" not in cell and not (alone and alone.search(cell)) and _is_prose(cell):
        return False
    if kind == SSN:
        return 4 <= digits <= 11 and not _OTHER_NUMBER.search(cell)
    if kind == BIRTH:
        return 4 <= digits <= 14
    return 7 <= digits <= 15 or "@" in cell


__all__ = ["NAME", "Leak", "Scan", "by_column", "scan"]
