"""Each agency's folder is copied, read and checked in a process with limits of time and memory.

Whatever ends or delays that process is one agency's record; another process reads the next one.
"""

from __future__ import annotations

import dataclasses
import json
import os
import signal
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from seskit.batch import plan, served
from seskit.batch.engine.answering import Forks, Process, begun, ended_after
from seskit.batch.engine.keeper import limit_memory
from seskit.batch.limits import Limits
from seskit.batch.plan import AgencyInput
from seskit.batch.snapshot import NoRoom, remove
from seskit.desk import agency_in_batch
from seskit.formats.refusals import FactError
from seskit.record.finding import from_dict
from seskit.record.problem import Problem

_AT_ONCE = 2
_AGAIN = "Compare its files with a sample agency, and check it separately with `seskit check`."


def read_all(
    chosen: Mapping[str, Path], place: Path, limits: Limits, as_of: str = "", parent: Forks | None = None,
    others: Mapping[str, Path] | None = None,
) -> list[AgencyInput]:  # fmt: skip
    """Every agency as it was found, read from a copy of its folder below `place` and seen on a day, where one is given.

    Of `others`, which come after, only the people are read. The processes that read are forked by a parent, where there
    is one.
    """
    every = {**chosen, **(others or {})}
    count = max(1, min(_AT_ONCE, os.cpu_count() or 1, len(every)))
    readers = [_Reader(place, limits, as_of, parent) for _ in range(count)]
    free: SimpleQueue[_Reader] = SimpleQueue()
    for reader in readers:
        free.put(reader)

    def read(name: str) -> AgencyInput:
        one = free.get()
        try:
            return one.read(name, every[name], people=name not in chosen)
        finally:
            free.put(one)

    pool = ThreadPoolExecutor(count)
    try:
        return list(pool.map(read, every))
    finally:
        for reader in readers:
            reader.close()
        pool.shutdown(cancel_futures=True)


class _Reader:
    """A process that reads one agency after the other, and is replaced where it ended."""

    def __init__(self, place: Path, limits: Limits, as_of: str, parent: Forks | None) -> None:
        self._place, self._limits, self._as_of, self._parent = place, limits, as_of, parent
        self._process: Process | None = None
        self._closed = False

    def read(self, name: str, folder: Path, *, people: bool) -> AgencyInput:
        """One agency, or only its people; where the process does not answer, what became of it."""
        copy = "" if people else str(self._place / name)
        order = {"name": name, "folder": str(folder.absolute()), "copy": copy, "as_of": self._as_of}
        said = self._asked(order)
        if "failed" in said:
            self._drop()
        if "no room" in said:
            raise FactError(f"The output folder cannot be written ({said['no room']}).")
        if "failed" in said:
            if copy:
                remove(self._place / name)
            return plan.not_read(name, folder, said["failed"], _AGAIN)
        problems = tuple(Problem(**problem) for problem in said.pop("problems"))
        findings = tuple(from_dict(one) for one in said.pop("findings"))
        return AgencyInput(**said, folder=Path(copy or folder), source=folder, problems=problems, findings=findings)

    def _asked(self, order: Mapping[str, str]) -> dict[str, Any]:
        process = self._begun()
        with ended_after(process, self._limits.reading) as late:
            said = process.ask(order)
        if said is not None:
            return said
        status = process.status()
        if late.is_set():
            return {"failed": f"took longer than {self._limits.reading} seconds to read"}
        if status is None and self._parent is not None:
            self._drop()
            self._parent = None
            return self._asked(order)
        number = -(status or 0)
        name = f" ({signal.Signals(number).name})" if number in {known.value for known in signal.Signals} else ""
        return {"failed": f"ended the process that read it{name}"}

    def _begun(self) -> Process:
        if self._closed:
            raise FactError("The run was stopped.")
        if self._process is None:
            self._process = begun(self._parent, served.NAME, self._limits.reading_memory)
        return self._process

    def close(self) -> None:
        """Read nothing more."""
        self._closed = True
        self._drop()

    def _drop(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


def _answer(name: str, folder: str, copy: str, as_of: str, memory: int) -> dict[str, Any]:
    try:
        where = Path(folder)
        found = plan.open_agency(name, where, Path(copy), as_of) if copy else plan.open_people(name, where)
    except NoRoom as failure:
        return {"no room": str(failure)}
    except MemoryError:
        return {"failed": f"needs more than {memory} MiB of memory to read"}
    except Exception as failure:  # noqa: BLE001 - whatever it is, it is this agency's, and the others are read
        return {"failed": f"cannot be read: reading it failed with {type(failure).__name__}"}
    said = {each.name: getattr(found, each.name) for each in dataclasses.fields(found)}
    del said["folder"], said["source"]
    problems = [dataclasses.asdict(problem) for problem in found.problems]
    return said | {"problems": problems, "findings": [one.to_dict() for one in found.findings]}


def answer_all(orders: Iterable[str], answers: IO[str], memory: int) -> int:
    """Answer each line with a line until there is none, within so many MiB; 1 where an agency could not be read."""
    limit_memory(memory)
    agency_in_batch.ready()
    answers.write(json.dumps({"pid": os.getpid()}) + "\n")
    answers.flush()
    for line in orders:
        said = _answer(**json.loads(line), memory=memory)
        answers.write(json.dumps(said, default=str) + "\n")
        answers.flush()
        if "failed" in said:
            return 1
    return 0
