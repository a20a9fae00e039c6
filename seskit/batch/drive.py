"""The run itself: as many jobs at once as there are workers, limits kept, ends recorded, Ctrl-C obeyed."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from seskit.batch import job as jobs
from seskit.batch import store as stores
from seskit.batch.clean import problems_of
from seskit.batch.job import Order
from seskit.batch.plan import Job, package_digest
from seskit.batch.progress import Progress
from seskit.batch.record import Record
from seskit.batch.store import Store

_LOOK = 0.2
_GRACE = 10.0
_ATTEMPTS = 2


class Launcher(Protocol):
    """Starts orders in processes of their own and says when they have ended."""

    engine: str | None
    name: str

    def start(self, order: Order) -> None:
        """Start one order."""

    def ended(self, wait: float) -> list[str]:
        """The work folders of those that have ended, after waiting a while at most."""

    def stop(self, work: str, *, now: bool) -> None:
        """Ask one to stop, or end it and everything it started."""

    def close(self) -> None:
        """End whatever still runs."""


@dataclass(frozen=True)
class Limits:
    """How long a cell and a notebook may take, in seconds, and how much memory a notebook may add, in MiB."""

    cell: int = 600
    notebook: int = 1800
    memory: int = 4096


class OutputGone(Exception):
    """The output folder can no longer be written; nothing further can be kept."""


@dataclass
class _Running:
    job: Job
    order: Order
    since: float
    attempt: int
    cut: str = ""
    asked: float = 0.0


class Drive:
    """Runs jobs to their records."""

    def __init__(self, store: Store, launcher: Launcher, limits: Limits, workers: int, progress: Progress) -> None:
        """Nothing is started yet."""
        self._store, self._launcher, self._limits = store, launcher, limits
        self._workers, self._progress = max(1, workers), progress
        self._running: dict[str, _Running] = {}
        self._interrupts = 0
        self.stopped = False

    def run(self, wanted: Iterable[tuple[Job, str]]) -> Iterator[Record]:
        """Run each job with its fingerprint; yields its record when it is on the disk."""
        waiting = deque((job, fingerprint, 1) for job, fingerprint in wanted)
        with self._obeying():
            while waiting or self._running:
                if self._interrupts:
                    waiting.clear()
                while waiting and len(self._running) < self._workers:
                    self._start(*waiting.popleft())
                for work in self._launcher.ended(_LOOK):
                    ended = self._running.pop(work)
                    if self._to_be_tried_again(ended):
                        waiting.appendleft((ended.job, ended.order.fingerprint, ended.attempt + 1))
                        continue
                    with _kept():
                        yield self._record(ended)
                self._keep_limits()
                self._progress.tick()

    def adopt(self, job: Job, fingerprint: str) -> Record | None:
        """The record of a job that an interrupted run finished but did not note, or nothing."""
        work = self._store.work(job, fingerprint)
        if not (work / jobs.RESULT).is_file():
            return None
        with _kept():
            return self._record(_Running(job, self._order(job, fingerprint), time.monotonic(), 1))

    def _order(self, job: Job, fingerprint: str) -> Order:
        return Order(
            work=str(self._store.work(job, fingerprint).resolve()),
            agency=job.agency.name,
            title=job.agency.title,
            folder=str(job.agency.folder.resolve()),
            stem=job.notebook.stem,
            kernel=job.notebook.kernel,
            parameters=job.all_parameters,
            fingerprint=fingerprint,
            engine=self._launcher.engine,
            cell_limit=self._limits.cell,
            memory=self._limits.memory,
        )

    def _start(self, job: Job, fingerprint: str, attempt: int) -> None:
        order = self._order(job, fingerprint)
        work = Path(order.work)
        with _kept():
            stores.discard(work)
            work.mkdir(parents=True)
            (work / jobs.SOURCE).write_text(job.notebook.source, encoding="utf-8")
        self._running[order.work] = _Running(job, order, time.monotonic(), attempt)
        self._launcher.start(order)

    def _to_be_tried_again(self, ended: _Running) -> bool:
        """Whether a process failed before the first cell, for the first time and not at our word."""
        if ended.attempt >= _ATTEMPTS or ended.cut or self._interrupts > 1:
            return False
        result = _result(Path(ended.order.work))
        if result is not None:
            return bool(result.get("start"))
        return jobs.running_step(Path(ended.order.work)) is None

    def _keep_limits(self) -> None:
        now = time.monotonic()
        for work, running in list(self._running.items()):
            if running.asked:
                if now - running.asked > _GRACE:
                    self._launcher.stop(work, now=True)
            elif now - running.since > self._limits.notebook:
                self._cut(work, running, f"It took longer than {self._limits.notebook} seconds and was stopped.")
            elif (cell := jobs.cell_since(Path(work))) and time.time() - cell > self._limits.cell + _GRACE:
                self._cut(work, running, f"A cell took longer than {self._limits.cell} seconds.")
            elif self._interrupts > 1:
                self._cut(work, running, "It was stopped by Ctrl-C.")

    def _cut(self, work: str, running: _Running, why: str) -> None:
        running.cut, running.asked = why, time.monotonic()
        self._launcher.stop(work, now=False)

    def _record(self, ended: _Running) -> Record:
        work = Path(ended.order.work)
        result = _result(work)
        if result is None or ended.cut:
            why = ended.cut or "The process that ran the notebook ended by itself."
            result = jobs.half_run(ended.order, why)
        agency = ended.job.agency
        found = problems_of(work / jobs.RUN / jobs.OUT)
        errors = [problem for problem in found.get("problems", []) if problem.get("severity") == "error"]
        waiting = agency.pending and all(problem.get("check") == "R13" for problem in errors)
        message = ""
        if "failed" in result:
            status, well = "failed", False
            message = f"Stopped at {result.get('step', 'the start')}. {result['failed']}"
        elif found:
            status, well = ("final", True) if found.get("final") else ("draft", waiting)
            message = "" if well and not waiting else _waiting(waiting, len(errors))
            message = message if status == "draft" else ""
        else:
            status, well = "done", True
        record = Record(
            agency=agency.name,
            title=agency.title,
            notebook=ended.job.notebook.stem,
            status=status,  # type: ignore[arg-type]
            well=well,
            message=message,
            step=result.get("step", ""),
            errors=len(errors),
            warnings=len(found.get("problems", [])) - len(errors),
            parameters=ended.job.all_parameters,
            inputs=agency.inputs,
            fingerprint=ended.order.fingerprint,
            package=_version(),
            sources=package_digest(),
            engine=self._launcher.name,
            attempts=ended.attempt,
            seconds=round(time.monotonic() - ended.since, 2),
        )
        kept = self._store.publish(record, stores.finished_files(work, record.notebook))
        stores.discard(work)
        return kept

    @contextlib.contextmanager
    def _obeying(self) -> Iterator[None]:
        """First Ctrl-C: finish what runs, start nothing more. Second: end it."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def asked(*_: Any) -> None:
            self._interrupts += 1
            self.stopped = True
            more = "Once more ends them at once." if self._interrupts == 1 else "Ending them."
            self._progress.say(f"Stopping: {len(self._running)} still running are finished first. {more}")

        before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            self._launcher.close()


def _waiting(pending: bool, errors: int) -> str:
    if pending:
        return "Awards are pending; the forms become final when they are determined."
    return f"{errors} problem{'' if errors == 1 else 's'} stand{'s' if errors == 1 else ''} in the way of final forms."


def _result(work: Path) -> dict[str, Any] | None:
    try:
        found = json.loads((work / jobs.RESULT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _version() -> str:
    import seskit

    return seskit.__version__


@contextlib.contextmanager
def _kept() -> Iterator[None]:
    """Turn a failure to write into the one sentence that ends the run."""
    try:
        yield
    except OSError as failure:
        reason = os.strerror(failure.errno) if failure.errno else "it cannot be written"
        raise OutputGone(
            f"The output folder cannot be written any more ({reason}). "
            "Put it right and run the same command again: what is finished stays finished."
        ) from failure
