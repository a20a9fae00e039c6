"""What to do where a folder has no roster: a file of another name, an export to be read in, or a blank one."""

from __future__ import annotations

from pathlib import Path

from seskit.formats import near_files
from seskit.formats.two_ways import two_ways
from seskit.record import own_files

NAMES = ("roster.csv", "roster.xlsx")
_TABLES = (".csv", ".xlsx", ".xls", ".xlsm", ".ods", ".txt", ".tsv")
_BEGUN = two_ways(
    "`seskit template` writes a blank one; `seskit import people` makes one from an export.",
    "'Bring a roster' takes yours, and has a blank one to fill in; 'Read an export', on the report page, makes one from the "
    "export of a payroll or HR system.",
)
_NAMED = two_ways(
    "name it roster.csv or roster.xlsx, and `seskit correct` asks what its headings mean.",
    "bring it with 'Bring a roster'; 'Correct problems here' then asks what its headings mean.",
)
_READ = two_ways(
    "To read the export of a payroll or HR system, use `seskit import people FILE --out FOLDER`, or 'Read an export' in the "
    "report walk. `seskit template` writes a blank one.",
    "To read the export of a payroll or HR system, use 'Read an export' on the report page; 'Bring a roster' has a blank "
    "one to fill in.",
)


_CORRECTED = (
    "The corrected roster is there without the roster it was made from. If you have that one, put it beside it, with "
    f"roster.corrections.csv and roster.readings.yaml; if not, {_NAMED}"
)


def fix(folder: Path) -> str:
    """What to do, by what else is in the folder. A table's name is not repeated: it may hold that of a person."""
    if any((folder / f"roster.corrected{kind}").is_file() for kind in (".csv", ".xlsx")):
        return _CORRECTED
    if near := near_files.fix(folder, NAMES):
        return near
    own = near_files.with_word(folder, NAMES)
    others = _others(folder)
    if not own and not others:
        return _BEGUN
    there = (
        "There is a table with a different name: if it"
        if others == 1
        else "There are tables with different names: if one"
    )
    named = own or f"{there} holds the people, {_NAMED}"
    return f"{named} {_READ}"


def _others(folder: Path) -> int:
    """How many tables the folder holds that are no file of an agency's own."""
    try:
        found = [path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in _TABLES]
    except OSError:
        return 0
    return sum(
        not path.name.startswith((".", "~", "roster.")) and path.stem.lower() not in own_files.FILLED_IN
        for path in found
    )
