"""The run itself: as many jobs at once as there are workers, limits kept, ends recorded, Ctrl-C obeyed."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seskit.batch import attention, passing
from seskit.batch import job as jobs
from seskit.batch import store as stores
from seskit.batch.engine.order import Order
from seskit.batch.hold import WORK
from seskit.batch.launch import Launcher
from seskit.batch.limits import Limits, Watch
from seskit.batch.plan import Job, package_digest
from seskit.batch.progress import Progress
from seskit.batch.store import Store
from seskit.desk import in_batch
from seskit.desk.in_batch import RunOutcome
from seskit.formats.counts import number_of
from seskit.record.finding import Finding, counts, in_short, in_words, needs_attention
from seskit.record.manifest import Record

_LOOK = 0.2
_GRACE = 3.0
_ATTEMPTS = 2
_LONGEST_MESSAGE = 500


class OutputGone(Exception):
    """The output folder can no longer be written; nothing further can be kept."""


@dataclass
class _Running:
    job: Job
    order: Order
    watch: Watch
    attempt: int
    cut: str = ""
    asked: float = 0.0


class Drive:
    """Runs jobs to their records."""

    def __init__(
        self, store: Store, launcher: Launcher, limits: Limits, workers: int | None, progress: Progress
    ) -> None:
        """Nothing is started yet."""
        self._store, self._launcher, self._limits = store, launcher, limits
        self._workers, self._progress = launcher.room(workers), progress
        self._running: dict[str, _Running] = {}
        self._interrupts = self._heard = 0

    def run(self, wanted: Iterable[tuple[Job, str]]) -> Iterator[Record]:
        """Run each job with its fingerprint; yields its record when it is on the disk."""
        waiting = deque((job, fingerprint, 1) for job, fingerprint in wanted)
        with self._obeying(), self._leaving_nothing():
            while waiting or self._running:
                if self._interrupts:
                    waiting.clear()
                    self._say_so()
                while waiting and len(self._running) < self._workers:
                    self._start(*waiting.popleft())
                for work, status in self._launcher.ended(_LOOK).items():
                    ended = self._running.pop(work, None)
                    if ended is None:
                        continue
                    if more := self._more_attempts(ended, status):
                        waiting.appendleft((ended.job, ended.order.fingerprint, ended.attempt + more - 1))
                        continue
                    with _kept():
                        yield self._record(ended, status)
                self._keep_limits()
                self._progress.tick()

    def adopt(self, job: Job, fingerprint: str) -> Record | None:
        """The record of a job that an interrupted run finished but did not note, or nothing."""
        work = self._store.left_finished(job, fingerprint)
        if work is None:
            return None
        with _kept():
            order = self._order(job, fingerprint, work)
            return self._record(_Running(job, order, Watch(order, self._limits), 1), 0)

    def _order(self, job: Job, fingerprint: str, work: Path) -> Order:
        return Order(
            work=str(work.resolve()),
            agency=job.agency.name,
            title=job.agency.title,
            folder=str(job.agency.folder.resolve()),
            stem=job.notebook.stem,
            kernel=job.notebook.kernel,
            parameters=job.all_parameters,
            fingerprint=fingerprint,
            engine=self._launcher.engine(job.notebook.kernel),
            cell_limit=self._limits.cell,
            memory=self._limits.memory,
            inputs=job.agency.inputs,
            attention=in_short(job.agency.findings),
        )

    def _start(self, job: Job, fingerprint: str, attempt: int) -> None:
        with _kept():
            work = self._store.new_work(job, fingerprint)
            (work / jobs.SOURCE).write_text(job.notebook.source, encoding="utf-8")
        order = self._order(job, fingerprint, work)
        self._running[order.work] = _Running(job, order, Watch(order, self._limits), attempt)
        self._launcher.start(order)

    def _more_attempts(self, ended: _Running, status: int | None) -> int:
        """Zero where the end counts; otherwise what the next attempt adds.

        A job lost together with the warm parent has done nothing wrong: it starts anew and its attempt does not count.
        One that failed before its first cell is tried a second time, no more.
        """
        work = Path(ended.order.work)
        result = jobs.result(work)
        if ended.cut or self._interrupts > 1 or (result is not None and not result.get("start")):
            return 0
        if status is None:
            stores.discard(work)
            return 1
        if ended.attempt >= _ATTEMPTS or (result is None and jobs.running_step(work) is not None):
            return 0
        stores.discard(work)
        return 2

    def _keep_limits(self) -> None:
        now = time.monotonic()
        for work, running in list(self._running.items()):
            if running.asked:
                if now - running.asked > _GRACE:
                    self._launcher.stop(work, now=True)
            elif not self._launcher.keeps_limits and (why := running.watch.overdue()):
                self._cut(work, running, why)
            elif self._interrupts > 1:
                self._cut(work, running, "It was stopped before the end, as requested.")

    def _cut(self, work: str, running: _Running, why: str) -> None:
        running.cut, running.asked = why, time.monotonic()
        self._launcher.stop(work, now=False)

    def _record(self, ended: _Running, status_of_process: int | None) -> Record:
        work = Path(ended.order.work)
        result = jobs.result(work)
        if result is None:
            result = jobs.half_run(ended.order, ended.cut or jobs.ended_in_words(status_of_process))
        agency, stem = ended.job.agency, ended.job.notebook.stem
        found = in_batch.special(stem).outcome(work / jobs.RUN / jobs.OUT, agency.findings) or RunOutcome("done", True)
        if "failed" in result:
            message = f"Stopped at {result.get('step', 'the start')}. {result['failed']}"
            found = replace(found, status="failed", well=False, message=message)
        elif needs_attention(agency.findings):
            found = replace(found, well=False, message=_with_the_rest(found, agency.findings, stem))
        record = Record(
            agency=agency.name,
            title=agency.title,
            notebook=stem,
            status=found.status,
            well=found.well,
            message=in_one_line(found.message),
            step=result.get("step", ""),
            errors=found.errors,
            warnings=found.warnings,
            findings=attention.by_subject(agency.findings),
            waiting=sum(one.waits for one in agency.findings),
            parameters=ended.job.all_parameters,
            inputs=passing.named(agency.inputs),
            fingerprint=ended.order.fingerprint,
            fiscal_year=agency.fiscal_year,
            folder=agency.shown,
            alike=tuple(agency.alike),
            package=_version(),
            sources=package_digest(),
            engine="stock" if ended.order.engine is None else "warm",
            attempts=ended.attempt,
            seconds=round(time.monotonic() - ended.watch.begun, 2),
        )
        with_list = attention.files(work, agency.title, agency.findings)
        files = {**stores.finished_files(work, record.notebook), **with_list}
        kept = self._store.publish(record, files, result.get("passed", ()))
        stores.discard(work)
        return kept

    def _say_so(self) -> None:
        if self._interrupts != self._heard:
            self._heard = self._interrupts
            several = len(self._running) != 1
            first = (
                f"Stopping: {number_of(len(self._running), 'notebook still runs and is', 'notebooks still run and are')} "
                f"finished first. Press again to end {'them' if several else 'it'} at once."
            )
            self._progress.say(first if self._heard == 1 else "Ending what is still running.")

    @contextlib.contextmanager
    def _obeying(self) -> Iterator[None]:
        """First Ctrl-C, or the terminal closed: finish what runs, start nothing more. Second: end it.

        A signal that whoever started this run has switched off, as nohup does, stays off.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def asked(*_: Any) -> None:
            self._interrupts += 1

        names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
        wanted = [number for name in names if signal.getsignal(number := getattr(signal, name)) != signal.SIG_IGN]
        before = {number: signal.signal(number, asked) for number in wanted}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextlib.contextmanager
    def _leaving_nothing(self) -> Iterator[None]:
        """However a run ends, nothing it started goes on."""
        try:
            yield
        finally:
            for work in self._running:
                self._launcher.stop(work, now=True)


def _with_the_rest(made: RunOutcome, found: Sequence[Finding], stem: str) -> str:
    """What is said of the result, and what is open besides: with forms, what is not about them."""
    forms = made.status in ("final", "draft")
    told = in_batch.walk(stem).shows if forms else ()
    said = in_words(counts(one for one in found if one.open and one.subject not in told))
    rest = f"{said}{' elsewhere' if forms else ''}: see what needs attention." if said else ""
    return f"{made.message} {rest}".strip()


def in_one_line(text: str) -> str:
    """A message that fits a line of a list and cannot move a terminal's cursor; the notebook has the whole of it."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= _LONGEST_MESSAGE else plain[: _LONGEST_MESSAGE - 1] + "…"


def _version() -> str:
    import seskit

    return seskit.__version__


@contextlib.contextmanager
def _kept() -> Iterator[None]:
    """Turn a failure to write into the one sentence that ends the run."""
    try:
        yield
    except OSError as failure:
        raise gone(failure) from failure


def gone(failure: OSError) -> OutputGone:
    """The sentence for a failure to write."""
    reason = os.strerror(failure.errno) if failure.errno else "it cannot be written"
    place = Path(failure.filename2 or failure.filename or "")
    which = f", {place.name}" if place.name and WORK not in place.parts else ""
    return OutputGone(
        f"The output folder can no longer be written ({reason}{which}). "
        "Fix that and run the same command again: what is finished stays finished."
    )
