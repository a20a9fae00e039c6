"""What to do where a folder has no roster: a file of another name, an export to be read in, or a blank one."""

from __future__ import annotations

from pathlib import Path

from seskit.formats import near_files

NAMES = ("roster.csv", "roster.xlsx")
_TABLES = (".csv", ".xlsx", ".xls", ".xlsm", ".ods", ".txt", ".tsv")
#: What an agency's other tables are called, without their ending.
OWN = frozenset((
    "actions", "appraisal", "assessment", "certification", "closeout", "correspondence", "element_levels", "history", "moves",
    "pay", "pay_history", "pay_terms", "plans", "probation", "steps", "system_description", "vacancy",
))  # fmt: skip


def fix(folder: Path) -> str:
    """What to do, by what else is in the folder. A table's name is not repeated: it may hold that of a person."""
    if near := near_files.fix(folder, NAMES):
        return near
    own = near_files.with_word(folder, NAMES)
    others = _others(folder)
    if not own and not others:
        return "`seskit template` writes a blank one; `seskit import people` makes one from an export."
    there = (
        "There is a table with a different name: if it"
        if others == 1
        else "There are tables with different names: if one"
    )
    named = (
        own
        or f"{there} holds the people, name it roster.csv or roster.xlsx, and `seskit correct` asks what its headings mean."
    )
    return (
        f"{named} To read the export of a payroll or HR system, use `seskit import people FILE --out FOLDER`, or "
        "'Read an export' in the report walk. `seskit template` writes a blank one."
    )


def _others(folder: Path) -> int:
    """How many tables the folder holds that are no file of an agency's own."""
    try:
        found = [path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in _TABLES]
    except OSError:
        return 0
    return sum(not path.name.startswith((".", "~", "roster.")) and path.stem.lower() not in OWN for path in found)
