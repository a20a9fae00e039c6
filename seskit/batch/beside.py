"""What stands in an output folder and is not what a run wrote there: kept beside the new results, or named, never lost.

A file that a person changed is renamed to `NAME.before` before another takes its place or it is taken away. A file with
names that no run of this folder stands behind any more is said, so that it does not stay unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from seskit.formats import leaving, results
from seskit.formats.files import digest
from seskit.record.manifest import Record

#: Of so many agencies each has a sentence of its own.
_MOST = 3


def put_aside(out: Path, earlier: Mapping[str, str], coming: Mapping[str, Path]) -> Iterator[str]:
    """Rename what is neither what an earlier run wrote nor what comes now; a sentence for each.

    `earlier` has the SHA-256 of each file as it was written, `coming` the new files; both by their place in `out`.
    """
    for name in sorted({*earlier, *coming}):
        path = out / name
        here = digest(path) if path.is_file() and not path.is_symlink() else None
        if here is None or here == earlier.get(name) or here in results.written(path):
            continue
        if name in coming and here == digest(coming[name]):
            continue
        spare = results.put_aside(path)
        why = "was changed since it was written here" if name in earlier else "was not written by this run's folder"
        yield f"{name} {why}: kept as {spare.name}.{_personal(path)}"


def strangers(out: Path, place: Path, known: Iterable[str]) -> Iterator[str]:
    """Files with names beside an agency's results that no run stands behind."""
    listed = set(known)
    for path in sorted(place.glob("*")) if place.is_dir() else ():
        name = path.relative_to(out).as_posix()
        if (
            path.name.startswith(leaving.WITH_NAMES)
            and path.is_file()
            and name not in listed
            and not results.written(path)
        ):
            yield f"{name} is not from this run and may hold names: delete it if it is not needed."


def left_behind(out: Path, records: Iterable[Record], now: Mapping[str, str]) -> Iterator[str]:
    """Results of agencies that are no longer there: with the files that hold names; many without names in one sentence.

    An agency that is there has them elsewhere since another folder's name is like its own: `now` tells where.
    """
    there: dict[str, tuple[Record, list[str]]] = {}
    plain: list[Record] = []
    for record in records:
        _, names = there.setdefault(record.agency, (record, []))
        names.extend(name for name in record.outputs if (out / name).is_file())
    for record, names in there.values():
        named = [name for name in names if Path(name).name.startswith(leaving.WITH_NAMES)]
        if record.shown in now and names:
            yield f"{record.shown} has its results in {now[record.shown]} now, because the name of another folder is nearly the same. Those in {record.agency} are of an earlier run{_with(named)}: delete them if they are not needed."
        elif named:
            yield f"{record.shown} is no longer among the agencies, and its results may hold names ({', '.join(named)}): delete them if they are not needed."
        elif names:
            plain.append(record)
    if len(plain) > _MOST:
        folders = ", ".join(record.agency for record in plain)
        yield f"{len(plain)} agencies are no longer among the agencies, and their results of earlier runs are still in their folders ({folders}): delete them if they are not needed."
        return
    for record in plain:
        yield f"{record.shown} is no longer among the agencies, and its results of an earlier run are still in the folder {record.agency}: delete them if they are not needed."


def _with(named: list[str]) -> str:
    return f" and may hold names ({', '.join(named)})" if named else ""


def _personal(path: Path) -> str:
    return " It may hold names: delete it when it is not needed." if path.name.startswith(leaving.WITH_NAMES) else ""
