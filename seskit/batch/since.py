"""Results that this run left as they were although the agency's files, or the rules, changed since they were made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from seskit.batch import passing, snapshot
from seskit.batch.drive import in_one_line
from seskit.batch.plan import package_digest
from seskit.formats.files import digest
from seskit.record.manifest import Record

_RULES = "seskit or its rules"
_NUMBERED = "file "


def outdated(records: Iterable[Record], made: Collection[tuple[str, str]], folders: Mapping[str, Path]) -> list[Record]:
    """Of the records, those that are neither among the `made` nor of the files that are in the agency's folder now."""
    found: list[Record] = []
    now: dict[str, Mapping[str, str] | None] = {}
    for record in sorted(records, key=lambda record: record.key):
        if record.key in made or record.unfinished or record.agency not in folders:
            continue
        if record.changed:
            found.append(record)
            continue
        if record.agency not in now:
            now[record.agency] = _inputs(folders[record.agency])
        if names := _changed(record, now[record.agency]):
            found.append(told(record, names, "since this was made"))
    return found


def told(record: Record, names: Sequence[str], when: str) -> Record:
    """The record with what changed: nobody takes its result for one of the files as they are."""
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    said = f"{names[0]}{more} changed {when}; the result is from before. Run the batch again."
    return replace(record, well=False, message=in_one_line(f"{said} {record.message}"), changed=tuple(names))


def _changed(record: Record, now: Mapping[str, str] | None) -> list[str]:
    now = now or {}
    before = {*record.inputs.items()}
    names = {
        name
        for name, content in before ^ {*now.items()}
        # Files of other names are numbered: a new one among them moves the numbers of the others.
        if not (name.startswith(_NUMBERED) and content in {*record.inputs.values()} & {*now.values()})
    }
    return [*sorted(names), *([_RULES] if record.sources != package_digest() else [])]


def _inputs(folder: Path) -> Mapping[str, str] | None:
    """The files of an agency's folder as they are now; nothing where they cannot be read."""
    try:
        return passing.named({name: digest(path) or "" for name, path in snapshot.files(folder)})
    except OSError:
        return None
