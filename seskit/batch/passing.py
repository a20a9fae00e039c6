"""A job's files pass the detector of personal data before they leave its work folder, and so does what is said of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from seskit.desk.agency_in_batch import FILE_NAMES
from seskit.formats import leaving
from seskit.formats.personal_data import Names, masked
from seskit.record.manifest import Record


def look_over(
    files: Mapping[str, Path], names: Iterable[str], passed: Collection[str] = ()
) -> tuple[list[str], list[str]]:
    """Look at each file by the name it gets: the SHA-256 of those that may leave, and a sentence for each that may not.

    A file that may not leave is removed. Those already known to have passed are not looked at again.
    """
    names = list(names)
    people, known = Names(names), leaving.remembers(names)
    clean, refused = [], []
    for name, path in files.items():
        content = path.read_bytes()
        digest = leaving.digest(content)
        done = digest in passed or (known and bool(names) and leaving.has_passed(digest, name))
        hits = [] if done else leaving.inspect(name, content, people)
        if hits:
            refused.append(str(leaving.Withheld(masked(name, people), hits)))
            path.unlink()
        else:
            clean.append(digest)
    return clean, refused


def fit_to_note(record: Record) -> Record:
    """The record without anything personal in its words."""
    return replace(
        record,
        message=masked(record.message),
        step=masked(record.step),
        title=masked(record.title),
        parameters={
            name: masked(value) if isinstance(value, str) else value for name, value in record.parameters.items()
        },
    )


def named(inputs: Mapping[str, str]) -> dict[str, str]:
    """An agency's files by the names the product gives them; any other by its number, since its name may be a person's."""
    names = {}
    for number, (name, digest) in enumerate(sorted(inputs.items()), 1):
        known = FILE_NAMES.fullmatch(name)
        suffix = Path(name).suffix.lower()
        names[name if known else f"file {number}{suffix if re.fullmatch(r'[.][a-z]{2,5}', suffix) else ''}"] = digest
    return names
