"""Keeping personal data where it belongs: safe display, and a scanner for what leaked.

A Social Security number is never read, stored or shown. Its shape alone is known here, so that it can be refused.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_SSN = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_PATH = re.compile(r"(?<![\w/.:])/(?:home|root|Users|tmp|work|var|mnt)/[\w.-]+|(?<![A-Za-z])[A-Za-z]:\\+Users\\+\w+")
_WIDGET_STATE = re.compile(r"application/vnd\.jupyter\.widget-(?:state|view)\+json")
_SHOWN_AT_MOST = 40


def has_ssn(text: str) -> bool:
    """Whether the text holds something shaped like a Social Security number."""
    return bool(_SSN.search(text))


def shown(value: object) -> str:
    """A cell as it may be repeated in a message: numbers shaped like an SSN masked, controls removed, cut short."""
    text = _SSN.sub("***-**-****", str(value))
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= _SHOWN_AT_MOST else text[: _SHOWN_AT_MOST - 1] + "…"


@dataclass(frozen=True)
class Leak:
    """Something personal found where it should not be."""

    file: str
    line: int
    what: str


def scan(folder: Path, names: Iterable[str] = ()) -> list[Leak]:
    """Look through every file below a folder for numbers shaped like an SSN, machine paths, stored widget state, and
    the given names of people. Files named `supplement*` may hold names: they are made to. Workbooks and other
    zipped documents are opened.
    """
    wanted = [name for name in {name.strip() for name in names} if name]
    people = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")(?!\w)") if wanted else None
    return [leak for file in sorted(folder.rglob("*")) if file.is_file() for leak in _scan_file(folder, file, people)]


def _scan_file(folder: Path, file: Path, people: re.Pattern[str] | None) -> Iterator[Leak]:
    where = file.relative_to(folder).as_posix()
    for number, line in _lines(file):
        if _SSN.search(line):
            yield Leak(where, number, "a number shaped like a Social Security number")
        if _PATH.search(line):
            yield Leak(where, number, "a path of the machine it was made on")
        if file.suffix == ".ipynb" and _WIDGET_STATE.search(line):
            yield Leak(where, number, "stored widget state")
        if people and not file.name.startswith("supplement") and people.search(line):
            yield Leak(where, number, "the name of a person")


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            for member in archive.namelist():
                yield from enumerate(archive.read(member).decode("utf-8", "replace").splitlines(), 1)
    else:
        with file.open(encoding="utf-8", errors="replace") as lines:
            yield from enumerate(lines, 1)
