"""Personal data in rows as they are read: an error for the cell, and the cell is not kept.

The readers of rosters and lists call these at one place each. The column `name` of a roster may hold names and nothing
else; no other column may hold anything personal. Nine bare digits are refused where a person's number or words belong,
because they cannot be told apart from a Social Security number; in columns of amounts and in other columns they are numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol

from seskit.formats.personal_data import (
    BIRTH,
    NAME,
    NOBODY,
    SSN,
    Names,
    any_bare_number,
    bare_number,
    column_kind,
    found,
    hits,
    kinds,
    masked,
    reason,
)
from seskit.law.facts import Unreadable

_ANY = ("person_id", "name", "action", "note", "reason")  # columns in which nine bare digits are refused
_ROSTERS = ("roster.csv", "roster.xlsx")
_OF_ROSTER = ("roster.corrected.csv", "roster.corrected.xlsx", "roster.corrections.csv", "roster.readings.yaml")
_MARK = "agency.yaml"
_ABOVE = 3  # folders above a list, at most, in which the roster of its agency is
_FOLDERS = 8
#: The people of rosters read last, with how their files were; they are made ready to be looked for when they first are.
_beside: dict[Path, tuple[tuple[tuple[int, int] | None, ...], Callable[[], Names]]] = {}
_MANY = 20_000
_PART = 200
SSN_FIX = "Remove it; the supplementary form leaves the number to be added by hand."
FIX = "Remove it."


#: What each column of a file holds in words, each text once; None where a cell is blank.
Words = dict[str, set[str | None]]


class Rows(Protocol):
    """What a reader fills: a roster, a pay worksheet, a list."""

    file: str
    people: list[Any]
    extra: dict[str, list[str]]

    def report(self, row: int, column: str | None, value: object, reason: str, fix: str) -> None:
        """Add a problem with one cell."""


def of_cell(text: str, column: str = "") -> str | None:
    """The kind of personal data a cell holds, or nothing."""
    if column in _ANY and bare_number(text):
        return SSN
    return next((hit.kind for hit in hits(text)), None)


@lru_cache(maxsize=1 << 14)
def of_listed(text: str, column: str, names: Names) -> str | None:
    """The same for a list beside the roster, in which none of the roster's names may be, either."""
    return of_cell(text, column) or (NAME if any(names.hits(text)) else None)


def in_cells(cells: Sequence[str], column: str) -> Iterator[tuple[int, str]]:
    """The cells of a column that hold personal data, by position, with the kind."""
    joined = "\n".join(cells)
    if kinds(joined) or (column in _ANY and any_bare_number(joined)):
        for position, cell in enumerate(cells):
            if kind := of_cell(cell, column):
                yield position, kind


def refuse(text: str, what: str) -> None:
    """Raise Unreadable for a cell with personal data, before anything else is made of it."""
    if kind := of_cell(text):
        raise Unreadable(reason(kind, what))


def cleared(cells: Sequence[str], column: str, numbers: Sequence[int], sheet: Rows) -> list[str]:
    """The cells of a column that is kept and not used, without those that hold personal data; each is reported."""
    kept = list(cells)
    for position, kind in in_cells(cells, ""):
        kept[position] = ""
        sheet.report(numbers[position], masked(column), "", reason(kind, "roster"), fix(kind))
    return kept


def fix(kind: str) -> str:
    """What to do about a kind of personal data."""
    return SSN_FIX if kind == SSN else FIX


def of_heading(heading: str) -> str | None:
    """The kind of personal data a column is named for, or nothing."""
    return column_kind(heading)


def said_of_heading(kind: str) -> str:
    """Why a column that is named for something personal is refused."""
    what = {SSN: "a Social Security number", BIRTH: "a date of birth"}.get(kind, kind)
    return f"{what} is never a column; its values were not kept"


def check_file_name(file: Path, sheet: Rows, names: Names) -> None:
    """Report a file whose own name holds personal data."""
    if kind := next((hit.kind for hit in found(file.stem, names)), None):
        sheet.report(1, None, "", f"the name of the file holds {kind}", "Give the file another name.")


def know(folder: Path, names: Iterable[str]) -> None:
    """Keep the names of the roster of a folder, for what is read beside it, as long as its files stay as they are."""
    _beside.pop(folder, None)
    _beside[folder] = (_state(folder), cache(partial(Names, tuple(names))))
    while len(_beside) > _FOLDERS:
        _beside.pop(next(iter(_beside)))


def people_beside(file: Path) -> Names:
    """The people of the roster of the agency to whose folder a file belongs, and of no other agency.

    They are the same whatever this process read before: a roster that it does not know is read now.
    """
    folder = _agency_of(file.absolute())
    if folder is None:
        return NOBODY
    known = _beside.get(folder)
    if known is None or known[0] != _state(folder):
        from seskit.record.roster import reader

        reader.read_people(folder)
    return _beside[folder][1]()


def _agency_of(file: Path) -> Path | None:
    start = file if file.is_dir() else file.parent
    for folder in (start, *start.parents[:_ABOVE]):
        if any((folder / name).is_file() for name in _ROSTERS):
            return folder
        if (folder / _MARK).is_file():
            break
    return None


def _state(folder: Path) -> tuple[tuple[int, int] | None, ...]:
    """How the files that make a folder's roster are now: what is read of it is the same while they are."""
    return tuple(map(_stamp, (folder / name for name in (*_ROSTERS, *_OF_ROSTER))))


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def names_elsewhere(sheet: Rows, words: Words, names: Names = NOBODY) -> None:
    """Report and blank every cell, but those of the column `name`, that holds the name of somebody on the roster.

    A roster names its people itself; of another file, `names` are those of the roster beside it.
    """
    fields = getattr(sheet.people[0], "_fields", ()) if sheet.people else ()
    columns: list[tuple[str, Iterable[str | None], Iterable[str | None]]] = [
        *((field, words.get(field, ()), map(attrgetter(field), sheet.people)) for field in fields if field != "name"),
        *((heading, set(cells), cells) for heading, cells in sheet.extra.items()),
    ]
    given = [list(filter(None, distinct)) for _, distinct, _ in columns]
    own = {name for name in words.get("name", ()) if name}
    names = _looked_for(own, given) if own else names
    for (column, _, values), texts in zip(columns, given, strict=True):
        if names and any(names.hits("\n".join(texts))):
            bad = {text for text in texts if any(names.hits(text))}
            for position, value in enumerate(list(values)):
                if value in bad:
                    _blank(sheet, column, position)


def _looked_for(own: set[str], columns: Iterable[Iterable[str]]) -> Names:
    """The names, of a very long list only those that share a word with a cell."""
    if len(own) <= _MANY:
        return Names(own)
    words = chain.from_iterable(map(_split, map("\n".join, columns)))
    shared = set(_split("\n".join(own))).intersection(words)
    if not shared:
        return NOBODY
    names = list(own)
    parts = (names[at : at + _PART] for at in range(0, len(names), _PART))
    near = chain.from_iterable(part for part in parts if not shared.isdisjoint(_split("\n".join(part))))
    return Names(name for name in near if not shared.isdisjoint(_split(name)))


def _split(text: str) -> list[str]:
    return text.lower().replace(",", " ").split()


def _blank(sheet: Rows, column: str, position: int) -> None:
    person = sheet.people[position] if position < len(sheet.people) else None
    if column in sheet.extra:
        sheet.extra[column][position] = ""
    elif person is not None:
        sheet.people[position] = person._replace(**{column: None})
    why = f"holds {NAME} on the roster, which belongs only in the column name"
    row = None if person is None else person.row
    sheet.report(row, masked(column), "", why, "Give the person's number instead.")  # type: ignore[arg-type]
