"""The output folder: one run at a time, every file whole or absent, and a manifest that a later run continues."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Container, Iterator
from pathlib import Path
from typing import IO

from seskit.batch import job as jobs
from seskit.batch.plan import Job
from seskit.batch.record import Record, from_lines
from seskit.facts import FactError
from seskit.files import whole

MANIFEST = "manifest.jsonl"
WORK = ".work"
#: The notebook whose files stand in the agency's folder itself; any other has a folder of its own inside.
HOME = "report"


class Store:
    """An output folder, held by this run from opening to closing."""

    def __init__(self, out: Path, shard: tuple[int, int] | None = None) -> None:
        """Make the folder where needed, hold it, and read what earlier runs left."""
        self.out = out
        self._part = "" if shard is None else f".{shard[0]}-of-{shard[1]}"
        try:
            (out / WORK).mkdir(parents=True, exist_ok=True)
        except OSError as failure:
            raise FactError(f"The output folder '{out.name}' cannot be made: {failure.strerror}.") from None
        self._locks = _hold(out / WORK, self._part)
        self.records = self._read()
        self._journal: IO[str] | None = None

    def _read(self) -> dict[tuple[str, str], Record]:
        """Every record of every part, this run's own last."""
        files = sorted(self.out.glob("manifest*.jsonl"), key=lambda path: path.name == f"manifest{self._part}.jsonl")
        lines = [line for path in files for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
        return from_lines(lines)

    @property
    def manifest(self) -> Path:
        """The manifest this run writes."""
        return self.out / f"manifest{self._part}.jsonl"

    def place(self, agency: str, stem: str) -> Path:
        """Where the files of an agency's notebook stand."""
        return self.out / agency if stem == HOME else self.out / agency / stem

    def new_work(self, job: Job, fingerprint: str) -> Path:
        """A new folder for a job to work in; its name tells what the job rests on, so that a finished one is known."""
        return Path(tempfile.mkdtemp(prefix=f"{_name_of(job, fingerprint)}.", dir=self.out / WORK))

    def left_finished(self, job: Job, fingerprint: str) -> Path | None:
        """The folder in which an interrupted run finished this very job, or nothing."""
        found = (self.out / WORK).glob(f"{_name_of(job, fingerprint)}.*")
        return next((work for work in found if _is_whole(work)), None)

    def is_done(self, record: Record | None, fingerprint: str) -> bool:
        """Whether an earlier run finished this very job and its files still are what it wrote."""
        if record is None or record.status in ("failed", "not run") or record.fingerprint != fingerprint:
            return False
        return all(jobs.digest(self.out / name) == digest for name, digest in record.outputs.items())

    def publish(self, record: Record, files: dict[str, Path]) -> Record:
        """Put finished files in their place, drop those of an earlier run that are no more, and note the record.

        The work folder keeps its own until the record is noted, so that an interruption here loses nothing.
        """
        place = self.place(record.agency, record.notebook)
        place.mkdir(parents=True, exist_ok=True)
        outputs = {}
        for name, source in sorted(files.items()):
            target = place / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shown = target.relative_to(self.out).as_posix()
            outputs[shown] = jobs.digest(source) or ""
            _put(source, target)
        earlier = self.records.get(record.key)
        for shown in earlier.outputs if earlier else ():
            if shown not in outputs:
                (self.out / shown).unlink(missing_ok=True)
        finished = Record(**{**record.__dict__, "outputs": outputs})
        self.note(finished)
        return finished

    def note(self, record: Record) -> None:
        """Add a record to the manifest, on the disk before anything else happens."""
        if self._journal is None:
            torn = self.manifest.is_file() and not self.manifest.read_bytes().endswith(b"\n")
            self._journal = self.manifest.open("a", encoding="utf-8", newline="\n")
            if torn:
                self._journal.write("\n")
        self._journal.write(record.to_line())
        self._journal.flush()
        os.fsync(self._journal.fileno())
        self.records[record.key] = record

    def forget(self, agencies: Container[str]) -> None:
        """Pass over records of agencies that are no longer there; their files are left where they are."""
        self.records = {key: record for key, record in self.records.items() if record.agency in agencies}

    def settle(self) -> None:
        """Write the manifest in order, each record once, and take away what was only for the run."""
        self._end_journal()
        text = "".join(record.to_line() for record in sorted(self.records.values(), key=lambda record: record.key))
        whole(self.manifest, text.encode())
        if not self._part:
            for other in self.out.glob("manifest.*-of-*.jsonl"):
                other.unlink()

    def clear(self) -> None:
        """Remove the work folders that no finished job stands behind."""
        for path in (self.out / WORK).iterdir():
            if path.is_dir() and not (path / jobs.RESULT).is_file():
                discard(path)

    def _end_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def close(self) -> None:
        """Let the folder go."""
        with contextlib.suppress(OSError):
            self._end_journal()
        for lock in self._locks:
            lock.close()
        if not self._part:
            with contextlib.suppress(OSError):
                shutil.rmtree(self.out / WORK)

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
    return bool(files) and all(jobs.digest(work / name) == digest for name, digest in files.items())


def _put(source: Path, target: Path) -> None:
    """Put a file in its place, whole or not at all, and leave it where it was, too."""
    beside = source.with_name(f".{source.name}.out")
    beside.unlink(missing_ok=True)
    try:
        os.link(source, beside)
    except OSError:
        shutil.copy2(source, beside)
    beside.replace(target)
    beside.unlink(missing_ok=True)


def discard(work: Path) -> None:
    """Remove a work folder; the link to the agency's folder goes, the folder itself stays."""
    shutil.rmtree(work, ignore_errors=True)


def finished_files(work: Path, stem: str) -> dict[str, Path]:
    """What a job leaves to keep, by the name it gets."""
    names = {work / jobs.EXECUTED: f"{stem}.ipynb", work / jobs.PAGE: f"{stem}.html"}
    found: dict[str, Path] = {}
    for path in jobs.left(work):
        found.setdefault(names.get(path) or path.relative_to(work / jobs.RUN / jobs.OUT).as_posix(), path)
    return found


def _hold(folder: Path, part: str) -> list[IO[str]]:
    """Hold the folder for this run. The system lets go of a hold when its process ends, so none is ever stale.

    Parts of one run share the whole and hold each its own part; a whole run holds everything.
    """
    locks = [_lock(folder / "lock", shared=bool(part))]
    if part:
        locks.append(_lock(folder / f"lock{part}", shared=False))
    return locks


def _lock(path: Path, *, shared: bool) -> IO[str]:
    try:
        file = path.open("a+", encoding="utf-8")
        for _ in _taken(file, shared):
            file.close()
            raise FactError("Another run is writing into this output folder. Wait for it, or give another --out.")
    except OSError as failure:
        raise FactError(f"The output folder cannot be used: {failure.strerror}.") from None
    return file


def _taken(file: IO[str], shared: bool) -> Iterator[None]:
    """Take the lock; yields once where somebody else has it."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            yield
        return
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        yield
