"""A folder of results that is written again: nothing a person changed is lost, and nothing stale is left in silence.

`written.json` in the folder holds the SHA-256 of each file as it was written last. A file that is something else now was
changed by a person: it is kept as `NAME.before` before the new one takes its place. A file of an earlier run that does
not belong to the new result is removed, unless a person changed it. Each of these is said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seskit.formats import files, leaving

RECORD = "written.json"
_ABOUT = "What seskit wrote here last, by SHA-256: so that a file you changed is kept when it is written again."
_said: list[str] = []


def taken() -> list[str]:
    """What was kept or removed since this was asked last, in sentences."""
    said = list(dict.fromkeys(_said))
    _said.clear()
    return said


@contextmanager
def kept(folder: str | Path, writer: str, source: str = "") -> Iterator[None]:
    """Write the results of one writer into a folder; inside it every file written through `files.whole` is guarded.

    `source` says what the result was made of. Files of an earlier run that are not written again are stale where it
    differs; without it, those that may hold names are.
    """
    place = Path(folder).resolve()
    if any(place.is_relative_to(guard.place) for guard in files.guards):
        yield
        return
    keeper = _Keeper(place, writer, source)
    files.guards.append(keeper)
    whole = False
    try:
        yield
        whole = True
    finally:
        files.guards.remove(keeper)
        keeper.close(whole=whole)


@dataclass
class _Keeper:
    """The guard of one folder while one writer writes into it."""

    place: Path
    writer: str
    source: str
    record: dict[str, Any] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.record = _read(self.place)

    def before(self, path: Path, content: bytes) -> None:
        """Put aside what a person changed, before it is replaced."""
        name = self._name(path)
        here = files.digest(path) if name else None
        if here is None or here == hashlib.sha256(content).hexdigest() or here in self._known(name) | written(path):
            return
        spare = put_aside(path)
        why = "was changed since it was written here" if self._known(name) else "was not written by this program"
        _said.append(f"{path.name} {why}: kept as {spare.name}.{_personal(path)}")

    def after(self, path: Path, content: bytes) -> None:
        """Note what was written."""
        if name := self._name(path):
            self.now[name] = hashlib.sha256(content).hexdigest()

    def close(self, *, whole: bool) -> None:
        """Deal with what is left of the earlier run, and note what the folder holds now."""
        former = self.record.get(self.writer, {})
        held = dict(former.get("files", {}))
        if whole:
            changed = bool(self.source) and self.source != former.get("source")
            for name in [name for name in held if name not in self.now]:
                if changed or (not self.source and leaving.may_hold_names(Path(name).name)):
                    self._drop(name, held.pop(name))
            self._strangers(held)
        if held or self.now:
            source = self.source if whole else former.get("source", "")
            self.record[self.writer] = {"source": source, "files": dict(sorted({**held, **self.now}.items()))}
        else:
            self.record.pop(self.writer, None)
        if self.place.is_dir() and (self.now or former):
            data = {"about": _ABOUT, "writers": self.record}
            files.whole(self.place / RECORD, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())

    def _drop(self, name: str, digest: str) -> None:
        path = self.place / name
        here = files.digest(path)
        if here is None:
            return
        if here == digest:
            path.unlink()
            _said.append(f"{path.name} of an earlier run does not belong to this result: removed.")
            return
        spare = put_aside(path)
        said = f"{path.name} does not belong to this result, and was changed since it was written"
        _said.append(f"{said}: kept as {spare.name}.{_personal(path)}")

    def _strangers(self, held: dict[str, str]) -> None:
        """Files with names that no writer of this folder knows: they are not ours to remove, but they are named."""
        for path in sorted(self.place.glob("*")):
            name = self._name(path)
            named = leaving.may_hold_names(path.name) and path.is_file()
            if named and name not in self.now and name not in held and not self._known(name):
                _said.append(f"{path.name} is not from this run and may hold names: delete it if it is not needed.")

    def _known(self, name: str) -> set[str]:
        """The hashes under which a file was written here, by any writer or in this run."""
        listed = [writer.get("files", {}).get(name) for writer in self.record.values()]
        return {digest for digest in (*listed, self.now.get(name)) if digest}

    def _name(self, path: Path) -> str:
        """The file's name below the folder; nothing for one elsewhere and for the record itself."""
        found = path.parent.resolve() / path.name
        if not found.is_relative_to(self.place) or found.name == RECORD:
            return ""
        return found.relative_to(self.place).as_posix()


def written(path: Path) -> set[str]:
    """The hashes under which the record of its folder knows a file."""
    return {digest for one in _read(path.parent).values() if (digest := one["files"].get(path.name))}


def _read(place: Path) -> dict[str, Any]:
    try:
        found = json.loads((place / RECORD).read_text(encoding="utf-8"))["writers"]
        return {name: one for name, one in found.items() if isinstance(one.get("files"), dict)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def put_aside(path: Path) -> Path:
    """Rename a file to NAME.before, or NAME.before-2 and so on where that is there."""
    spare, number = path.with_name(f"{path.name}.before"), 1
    while spare.exists():
        number += 1
        spare = path.with_name(f"{path.name}.before-{number}")
    with suppress(PermissionError):  # a colleague's, in a folder that is shared
        files.tighten(path, path)
    return path.rename(spare)


def all_put_aside(folder: Path, *writers: str) -> list[str]:
    """Put aside what is here from these writers, because what comes now is of something else; the names it has now.

    A writer whose name goes on after one of these is meant, too.
    """
    record, moved = _read(folder), []
    for writer in [one for one in record if one.startswith(writers)]:
        there = [path for name in record.pop(writer)["files"] if (path := folder / name).is_file()]
        moved += [put_aside(path).name for path in there]
    if moved:
        data = {"about": _ABOUT, "writers": record}
        files.whole(folder / RECORD, (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode())
    return moved


def _personal(path: Path) -> str:
    return " It may hold names: delete it when it is not needed." if leaving.may_hold_names(path.name) else ""
