"""Each agency's folder is copied, read and checked in a process with limits of time and memory.

Whatever ends or delays that process is one agency's record; another process reads the next one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from seskit.batch import plan
from seskit.batch.cold import environment
from seskit.batch.hooks import hooks
from seskit.batch.job import limit_memory
from seskit.batch.keeper import end_with
from seskit.batch.limits import Limits
from seskit.batch.plan import AgencyInput
from seskit.batch.snapshot import NoRoom, remove
from seskit.law.facts import FactError
from seskit.record.finding import from_dict
from seskit.record.problem import Problem

_AT_ONCE = 2
#: Seconds for the process to start, and to end after its last word.
_START, _END = 120.0, 5.0
_AGAIN = "Compare its files with a sample agency, and check it alone with `seskit check`."


def read_all(chosen: Mapping[str, Path], place: Path, limits: Limits, as_of: str = "") -> list[AgencyInput]:
    """Every agency as it was found, read from a copy of its folder below `place` and seen on a day, where one is given."""
    count = max(1, min(_AT_ONCE, os.cpu_count() or 1, len(chosen)))
    readers = [_Reader(place, limits, as_of) for _ in range(count)]
    free: SimpleQueue[_Reader] = SimpleQueue()
    for reader in readers:
        free.put(reader)

    def read(name: str) -> AgencyInput:
        one = free.get()
        try:
            return one.read(name, chosen[name])
        finally:
            free.put(one)

    pool = ThreadPoolExecutor(count)
    try:
        return list(pool.map(read, chosen))
    finally:
        for reader in readers:
            reader.close()
        pool.shutdown(cancel_futures=True)


class _Reader:
    """A process that reads one agency after the other, and is replaced where it ended."""

    def __init__(self, place: Path, limits: Limits, as_of: str = "") -> None:
        self._place, self._limits, self._as_of = place, limits, as_of
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def read(self, name: str, folder: Path) -> AgencyInput:
        """One agency; where the process does not answer, what became of it."""
        order = {"name": name, "folder": str(folder.absolute()), "copy": str(self._place / name), "as_of": self._as_of}
        process = self._started()
        with _ended_after(process, self._limits.reading) as late:
            said = self._asked(process, order)
        if said is None:
            said = {"failed": self._why(process, late=late.is_set())}
        if "failed" in said:
            self._drop()
        if "no room" in said:
            raise FactError(f"The output folder cannot be written ({said['no room']}).")
        if "failed" in said:
            remove(self._place / name)
            return plan.not_read(name, folder, said["failed"], _AGAIN)
        problems = tuple(Problem(**problem) for problem in said.pop("problems"))
        findings = tuple(from_dict(one) for one in said.pop("findings"))
        return AgencyInput(**said, folder=Path(order["copy"]), source=folder, problems=problems, findings=findings)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise FactError("The run was stopped.")
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", "seskit.batch.reader", str(os.getpid()), str(self._limits.reading_memory)]
            self._process = subprocess.Popen(  # noqa: S603 - this very Python
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
            )
            with _ended_after(self._process, _START):
                self._heard(self._process)
        return self._process

    @staticmethod
    def _asked(process: subprocess.Popen[bytes], order: Mapping[str, str]) -> dict[str, Any] | None:
        if process.stdin is None or process.stdout is None:
            return None
        try:
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.flush()
        except (OSError, ValueError):
            return None
        return _Reader._heard(process)

    @staticmethod
    def _heard(process: subprocess.Popen[bytes]) -> dict[str, Any] | None:
        try:
            line = process.stdout.readline() if process.stdout else b""
            found = json.loads(line) if line.endswith(b"\n") else None
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _why(self, process: subprocess.Popen[bytes], *, late: bool) -> str:
        if late:
            return f"took longer than {self._limits.reading} seconds to read"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END)
        process.kill()
        number = -process.wait()
        name = f" ({signal.Signals(number).name})" if number in {known.value for known in signal.Signals} else ""
        return f"ended the process that read it{name}"

    def close(self) -> None:
        """Read nothing more."""
        self._closed = True
        self._drop()

    def _drop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for end in (self._process.stdin, self._process.stdout):
                if end is not None:
                    with contextlib.suppress(OSError):
                        end.close()
            self._process = None


@contextlib.contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """End a process that takes longer; whether that was so."""
    late = threading.Event()

    def too_long() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, too_long)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _answer(name: str, folder: str, copy: str, as_of: str, memory: int) -> dict[str, Any]:
    try:
        found = plan.open_agency(name, Path(folder), Path(copy), as_of)
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


def main() -> int:
    """Answer a line of standard input with a line of standard output until there is none."""
    if sys.platform == "linux":
        end_with(int(sys.argv[1]), signal.SIGKILL)
    memory = int(sys.argv[2])
    limit_memory(memory)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    hooks()
    answers.write("{}\n")
    answers.flush()
    for line in sys.stdin:
        said = _answer(**json.loads(line), memory=memory)
        answers.write(json.dumps(said, default=str) + "\n")
        answers.flush()
        if "failed" in said:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
