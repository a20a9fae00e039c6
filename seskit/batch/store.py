"""The output folder: one run at a time, every file whole or absent, and a manifest that a later run continues."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import IO

from seskit.batch import beside, passing
from seskit.batch import job as jobs
from seskit.batch.hold import WORK, hold
from seskit.batch.plan import Job
from seskit.batch.snapshot import remove
from seskit.desk.in_batch import HOME
from seskit.formats.files import digest as digest_of
from seskit.formats.files import tighten, whole
from seskit.record.manifest import AGENCIES, Record, from_lines, read

_PARTS = "manifest.*-of-*.jsonl"
#: The records of agencies that are no longer there, as long as a file of theirs is.
LEFT = "left_behind.jsonl"


class Store:
    """An output folder, held by this run from opening to closing."""

    def __init__(self, out: Path, shard: tuple[int, int] | None = None) -> None:
        """Make the folder where needed, hold it, and read what earlier runs left."""
        self.out = out
        self._part = "" if shard is None else f".{shard[0]}-of-{shard[1]}"
        self._locks = hold(out, shard)
        self._held = (out / WORK).stat()
        discard(self.inputs)
        self.said: list[str] = []
        self._set_aside_what_is_no_manifest()
        self.records = read(out)
        self._gone = self._left()
        self._journal: IO[str] | None = None
        if not self._part and list(out.glob(_PARTS)):
            self._bring_together()

    @property
    def is_part(self) -> bool:
        """Whether other parts of the run may be writing their own results here."""
        return bool(self._part)

    @property
    def inputs(self) -> Path:
        """Where this run keeps its copies of the agencies' folders."""
        return self.out.resolve() / WORK / f"inputs{self._part}"

    def _set_aside_what_is_no_manifest(self) -> None:
        """Give a file that only bears a manifest's name another one; say so, and how many lines are passed over."""
        for path in sorted(self.out.glob("manifest*.jsonl")):
            refused: list[str] = []
            text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else path.name
            known = from_lines(text.split("\n"), refused)
            if refused and refused[-1].startswith("{") and text.endswith(refused[-1]):
                del refused[-1]  # torn by a power failure: what came before it holds
            if refused and known:
                self.said.append(f"{path.name}: lines that are not records of this folder, skipped: {len(refused)}.")
            elif refused:
                aside = next(other for other in _other_names(self.out, path) if not other.exists())
                path.rename(aside)
                self.said.append(f"{path.name} was not a manifest of a batch and is now called {aside.name}.")

    def _bring_together(self) -> None:
        """One manifest from those of the parts, before anything newer is noted in it."""
        whole(
            self.manifest,
            "".join(record.to_line() for record in self.records.values()).encode(),
            synced=True,
            looked_over=False,
        )
        for other in self.out.glob(_PARTS):
            other.unlink()

    @property
    def manifest(self) -> Path:
        """The manifest this run writes."""
        return self.out / f"manifest{self._part}.jsonl"

    def place(self, agency: str, stem: str) -> Path:
        """Where the files of an agency's notebook stand."""
        return self.out / agency if stem == HOME else self.out / agency / stem

    def new_work(self, job: Job, fingerprint: str) -> Path:
        """A new folder for a job to work in; its name tells what the job rests on, so that a finished one is known."""
        return self.new_folder(_name_of(job, fingerprint))

    def new_folder(self, name: str) -> Path:
        """A folder that no other part of the run touches; gone when the run is over."""
        return Path(tempfile.mkdtemp(prefix=f"{name}{self._part}.", dir=self.out / WORK))

    def left_finished(self, job: Job, fingerprint: str) -> Path | None:
        """The folder in which an interrupted run finished this very job, or nothing."""
        found = (self.out / WORK).glob(f"{_name_of(job, fingerprint)}.*")
        return next((work for work in found if _is_whole(work)), None)

    def is_done(self, record: Record | None, fingerprint: str) -> bool:
        """Whether an earlier run finished this very job and its files still are what it wrote."""
        if record is None or record.unfinished or record.changed or record.fingerprint != fingerprint:
            return False
        known = record.outputs.items()
        return all(_inside(self.out, name) and digest_of(self.out / name) == digest for name, digest in known)

    def publish(self, record: Record, files: dict[str, Path], passed: Collection[str] = ()) -> Record:
        """Put finished files in their place, drop those of an earlier run that are no more, and note the record.

        The work folder keeps its own until the record is noted, so that an interruption here loses nothing. Where
        something else stands in a file's place, that is this notebook's failure and no other's. Only what has passed
        the detector of personal data is put there; a file whose SHA-256 is not among `passed` is looked at now.
        """
        _, refused = passing.look_over(files, (), passed)
        if refused:
            files = {name: source for name, source in files.items() if source.is_file()}
            record = replace(record, status="failed", well=False, message=f"{record.message} {refused[0]}".strip())
        try:
            return self._published(record, files)
        except PermissionError as failure:
            if not os.access(self.out, os.W_OK):
                raise
            return self.note(self._held_back(record, files, failure))

    def _published(self, record: Record, files: dict[str, Path]) -> Record:
        place = self.place(record.agency, record.notebook)
        self._put_aside(record.key, place, files)
        self._drop_earlier(record.key, {(place / name).relative_to(self.out).as_posix() for name in files})
        if taken := sorted(name for name in files if _taken(self.out, place / name)):
            files = {name: source for name, source in files.items() if name not in taken}
            said = f"There is no room for '{taken[0]}': another file or folder of that name is in its place."
            record = replace(record, status="failed", well=False, message=said)
        outputs = {}
        for name, source in sorted(files.items()):
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shown = target.relative_to(self.out).as_posix()
            outputs[shown] = digest_of(source) or ""
            _put(source, target)
        return self.note(replace(record, outputs=outputs))

    def _held_back(self, record: Record, files: Mapping[str, Path], failure: PermissionError) -> Record:
        """The failure of one agency whose result cannot be replaced, such as a workbook that is open on Windows.

        What is there is known: the files of the earlier run that are left, and those of this one.
        """
        place = self.place(record.agency, record.notebook)
        new = {(place / name).relative_to(self.out).as_posix(): digest_of(source) for name, source in files.items()}
        before = self.records[record.key].outputs if record.key in self.records else {}
        there = {name: digest_of(self.out / name) for name in {*new, *before} if _inside(self.out, name)}
        outputs = {name: one for name, one in there.items() if one and one in (new.get(name), before.get(name))}
        name = Path(failure.filename2 or failure.filename or place).name
        said = f"'{name}' among the results may not be written, or is open: close it or let it be written. Run the same command again."
        return replace(record, status="failed", well=False, message=said, outputs=outputs)

    def _put_aside(self, key: tuple[str, str], place: Path, files: Mapping[str, Path]) -> None:
        """Keep what a person changed among the earlier results, and name what may hold names and is of no run."""
        earlier = self.records.get(key)
        known = {name: digest for name, digest in earlier.outputs.items() if _inside(self.out, name)} if earlier else {}
        targets = {(place / name).relative_to(self.out).as_posix(): source for name, source in files.items()}
        coming = {name: source for name, source in targets.items() if not _taken(self.out, self.out / name)}
        self.said += beside.strangers(self.out, place, {*known, *coming})
        self.said += beside.put_aside(self.out, known, coming)

    def _drop_earlier(self, key: tuple[str, str], kept: Container[str]) -> None:
        """Take away what an earlier run wrote and this one does not, and the folders that leaves empty."""
        earlier = self.records.get(key)
        for shown in earlier.outputs if earlier else ():
            if shown in kept or not _inside(self.out, shown):
                continue
            with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                (self.out / shown).unlink()
            for folder in list((self.out / shown).parents)[: shown.count("/") - 1]:
                with contextlib.suppress(OSError):
                    folder.rmdir()

    def note(self, record: Record) -> Record:
        """Add a record to the manifest, on the disk before anything else happens; nothing personal is in it.

        An output folder that was removed meanwhile, even if something made it anew, takes no more records.
        """
        record = passing.fit_to_note(record)
        if not os.path.samestat(self._held, (self.out / WORK).stat()):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if self._journal is None:
            torn = self.manifest.is_file() and not self.manifest.read_bytes().endswith(b"\n")
            self._journal = self.manifest.open("a", encoding="utf-8", newline="\n")
            if torn:
                self._journal.write("\n")
        self._journal.write(record.to_line())
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.records[record.key] = record
        return record

    def forget(self, agencies: Container[str], now: Mapping[str, str] | None = None) -> None:
        """Pass over records of agencies that are no longer there; their files are left, and said in every run.

        `now` tells where the results of each of the agencies' own folders are in this run.
        """
        known = self._gone | self.records
        gone = {key: record for key, record in known.items() if record.agency not in agencies}
        self.said += beside.left_behind(self.out, gone.values(), now or {})
        self._gone = {key: one for key, one in gone.items() if any((self.out / name).is_file() for name in one.outputs)}
        self.records = {key: record for key, record in known.items() if record.agency in agencies}

    def expect(self, agencies: Mapping[str, str]) -> None:
        """Write down whose results are to come, so that whoever adds them up knows which are not there yet."""
        text = json.dumps(agencies, indent=1, sort_keys=True, ensure_ascii=True) + "\n"
        whole(self.out / AGENCIES, text.encode(), looked_over=False)

    def _left(self) -> dict[tuple[str, str], Record]:
        """The records of agencies whose results an earlier run found left behind."""
        try:
            return from_lines((self.out / LEFT).read_text(encoding="utf-8", errors="replace").split("\n"))
        except OSError:
            return {}

    def settle(self) -> None:
        """Write the manifest in order, each record once; a part's has what that part has run."""
        self._end_journal()
        chosen: Mapping[tuple[str, str], Record] = self.records
        if self._part:
            own = self.manifest.read_text(encoding="utf-8").split("\n") if self.manifest.is_file() else []
            chosen = {key: self.records[key] for key in from_lines(own) if key in self.records}
        whole(
            self.manifest,
            "".join(chosen[key].to_line() for key in sorted(chosen)).encode(),
            synced=True,
            looked_over=False,
        )
        if self._gone:
            lines = "".join(self._gone[key].to_line() for key in sorted(self._gone))
            whole(self.out / LEFT, lines.encode(), looked_over=False)
        else:
            (self.out / LEFT).unlink(missing_ok=True)

    def see_parts(self, agencies: Container[str]) -> None:
        """Know what other parts noted about these agencies while this one ran."""
        if self._part:
            self.records = {key: one for key, one in read(self.out).items() if one.agency in agencies}

    def clear(self) -> None:
        """Remove the work folders that no finished job stands behind; those of other parts may be at work now."""
        for path in (self.out / WORK).glob(f"*{self._part}.*"):
            if path.is_dir() and not (path / jobs.RESULT).is_file():
                discard(path)

    def _end_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def close(self) -> None:
        """Let the folder go; what was only for the run goes first, while nobody else can be at work in it."""
        with contextlib.suppress(OSError):
            self._end_journal()
        discard(self.out / WORK if not self._part else self.inputs)
        for lock in self._locks:
            lock.close()
        if not self._part and sys.platform == "win32":
            discard(self.out / WORK)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _name_of(job: Job, fingerprint: str) -> str:
    return hashlib.sha256("\0".join((*job.key, fingerprint)).encode()).hexdigest()[:24]


def _is_whole(work: Path) -> bool:
    """Whether a work folder has its result and every file the result speaks of, as it was when it was written."""
    result = jobs.result(work)
    files = (result or {}).get("files", {})
    return bool(files) and all(digest_of(work / name) == digest for name, digest in files.items())


def _taken(out: Path, target: Path) -> bool:
    """Whether something else is where a file is to go, or where one of its folders is to be, or a link leads away."""
    inside = target.relative_to(out)
    between = inside.parents
    if not _inside(out, inside.as_posix()):
        return True
    return target.is_dir() or any((out / folder).exists() and not (out / folder).is_dir() for folder in between)


def _other_names(out: Path, path: Path) -> Iterator[Path]:
    yield out / f"not-a-{path.name}"
    yield from (out / f"not-a-{path.stem}-{number}{path.suffix}" for number in count(2))


def _inside(out: Path, name: str) -> bool:
    """Whether the folder of a result is in the output folder, and no link in between leads out of it."""
    whole_place, place = out.resolve(), (out / name).parent.resolve()
    return place == whole_place or whole_place in place.parents


def _put(source: Path, target: Path) -> None:
    """Put a file in its place, whole or not at all, and leave it where it was, too; open to no more than before."""
    tighten(source, target)
    beside = source.with_name(f".{os.getpid()}.put")
    beside.unlink(missing_ok=True)
    try:
        os.link(source, beside)
    except OSError:
        shutil.copy2(source, beside)
    beside.replace(target)
    beside.unlink(missing_ok=True)


def discard(work: Path) -> None:
    """Remove a work folder with the read-only copies in it."""
    remove(work)


def finished_files(work: Path, stem: str) -> dict[str, Path]:
    """What a job leaves to keep, by the name it gets."""
    names = {work / jobs.EXECUTED: f"{stem}.ipynb", work / jobs.PAGE: f"{stem}.html"}
    found: dict[str, Path] = {}
    for path in jobs.left(work):
        found.setdefault(names.get(path) or path.relative_to(work / jobs.RUN / jobs.OUT).as_posix(), path)
    return found
