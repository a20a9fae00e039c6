"""The same batch on several machines: orders go to a Dask scheduler, each worker has a warm parent of its own.

Nothing is shared but the scheduler: an agency's files travel to the worker, and the finished files travel back. Dask is
imported here and only here.
"""

from __future__ import annotations

import contextlib
import io
import json
import socket
import tempfile
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from seskit.batch import job as jobs
from seskit.batch.engine.order import Order
from seskit.batch.launch import Launcher, Lost
from seskit.batch.limits import Limits, Tls, Watch
from seskit.batch.plan import package_digest
from seskit.formats.refusals import FactError

_GRACE = 3.0
_ANSWER = 15
_PORT = 8786
_LOOK = 5.0
#: Seconds without any worker, in which a cluster that grows by itself would have brought one.
_UNMANNED = 300.0
_ANOTHER = "another version of seskit"
_AGAIN = "run the same command again: what is finished stays finished."
_own = threading.local()


class Cluster(Launcher):
    """Hands orders to the workers of a Dask cluster and unpacks what comes back."""

    keeps_limits = True

    def __init__(self, address: str, limits: Limits, tls: Tls | None = None) -> None:
        """Connect; refuse where Dask is missing, nobody answers, or a worker has another version of the package."""
        try:
            from distributed import Client, Security
            from distributed.comm.addressing import parse_address, parse_host_port
        except ImportError:
            raise FactError(
                "A cluster needs Dask: install seskit with its extra, `pip install seskit[cluster]`."
            ) from None
        try:
            scheme, place = parse_address(address)
            if scheme in ("tcp", "tls"):
                socket.create_connection(parse_host_port(place, _PORT), timeout=_ANSWER).close()
            self._client: Any = Client(  # type: ignore[no-untyped-call]
                address, timeout=_ANSWER, set_as_default=False, **_secured(Security, tls)
            )
        except (OSError, ValueError, TimeoutError, TypeError):  # a TypeError: an encrypted link without its files
            raise FactError(f"No Dask scheduler answers at '{address}'.") from None
        self._limits, self._futures, self._unsent = limits, dict[str, Any](), set[str]()
        self._looked = self._manned = time.monotonic()
        self._check_workers()

    def _check_workers(self) -> None:
        try:
            found = set(self._client.run(package_digest).values())
        except Exception as failure:
            self._client.close()
            raise FactError(f"The workers cannot run seskit: {failure}.") from failure
        if found != {package_digest()}:
            self._client.close()
            raise FactError(
                f"The workers have {_ANOTHER} than this machine; install the same one everywhere."
                if found
                else "The Dask cluster has no workers."
            )

    @property
    def parent(self) -> None:
        """Agencies are read here, where no warm parent is."""

    def engine(self, kernel: str) -> str | None:
        """The warm engine for Python notebooks; a worker that cannot fork falls back by itself."""
        return super().engine_of(kernel)

    def room(self, wanted: int | None) -> int:
        """As many at once as the workers have threads, unless fewer are wanted."""
        threads = sum(self._client.nthreads().values()) or 1
        return min(wanted or threads, threads)

    def start(self, order: Order) -> None:
        """Send an order with the agency's files and the notebook."""
        self._look_after()
        try:
            files = _packed(Path(order.folder))
        except (OSError, ValueError) as failure:
            _say(order.work, f"The agency's files cannot be sent to a worker: {_why(failure)}.")
            self._unsent.add(order.work)
            return
        source = Path(order.work, jobs.SOURCE).read_bytes()
        self._futures[order.work] = self._client.submit(
            on_worker, order.to_json(), files, source, self._limits, package_digest(), pure=False, retries=2
        )

    def ended(self, wait: float) -> dict[str, int | None]:
        """Those that came back, unpacked into their work folders; None where they were lost on the way."""
        found: dict[str, int | None] = dict.fromkeys(self._unsent, 1)
        self._unsent.clear()
        if found:
            return found
        self._look_after()
        until = time.monotonic() + wait
        while not (over := [work for work, future in self._futures.items() if future.done()]):
            if time.monotonic() >= until:
                return {}
            time.sleep(0.02)
        self._look_after()
        for work in over:
            future = self._futures.pop(work)
            found[work] = None
            if future.status == "finished":
                found[work], content = future.result()
                _unpack(content, Path(work))
            elif future.status == "error":
                found[work] = 1
                _say(work, f"No worker could run it: {_why(future.exception())}.")
        return found

    def _look_after(self) -> None:
        """See that there still is a scheduler, and now and then that it still has a worker."""
        if self._client.status in ("closing", "closed"):
            raise Lost(f"The Dask scheduler is gone. Start it, and {_AGAIN}")
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        self._looked = now
        with contextlib.suppress(OSError, TimeoutError):
            if self._client.nthreads():
                self._manned = now
        if now - self._manned > _UNMANNED:
            raise Lost(f"The Dask cluster has had no worker for {_UNMANNED:.0f} seconds. Start one, and {_AGAIN}")

    def stop(self, work: str, *, now: bool) -> None:
        """Take an order back that has not begun; one that runs is stopped by its worker's own limits."""
        if now and work in self._futures:
            self._futures[work].cancel()

    def close(self) -> None:
        """Leave the cluster as it was."""
        with contextlib.suppress(Exception):
            for future in self._futures.values():
                future.cancel()
            self._client.close()


def _secured(security: Any, tls: Tls | None) -> dict[str, Any]:
    """The TLS files as Dask takes them, and then nothing unencrypted; without any, what Dask's own settings say."""
    if tls is None:
        return {}
    named = {"tls_ca_file": tls.ca_file, "tls_client_cert": tls.cert, "tls_client_key": tls.key}
    given = {name: str(path) for name, path in named.items() if path}
    return {"security": security(require_encryption=True, **given)}


def _say(work: str, why: str) -> None:
    """Leave word of a start that failed where a result would be."""
    Path(work, jobs.RESULT).write_text(json.dumps({"failed": why, "step": "the start", "start": True}))


def _why(failure: BaseException) -> str:
    if type(failure).__name__ == "KilledWorker":
        return "each one that had it was lost"
    return (failure.strerror if isinstance(failure, OSError) else None) or str(failure)


def on_worker(order: str, files: bytes, source: bytes, limits: Limits, sources: str) -> tuple[int, bytes]:
    """Carry out one order on a worker, in a folder that is gone afterwards; the status and the finished files.

    A worker that joined late with other rules must not answer: another one is asked.
    """
    if package_digest() != sources:
        raise RuntimeError(f"a worker has {_ANOTHER}")
    if not hasattr(_own, "launcher"):
        _own.launcher = Launcher()
    with tempfile.TemporaryDirectory() as place:
        given = Order(**json.loads(order))
        folder, work = Path(place, given.agency), Path(place, "work")
        _unpack(files, folder)
        work.mkdir()
        (work / jobs.SOURCE).write_bytes(source)
        here = replace(given, folder=str(folder), work=str(work), engine=_own.launcher.engine(given.kernel))
        status = _carried_out(_own.launcher, here, limits)
        return status, _packed(work, leave=Path(jobs.RUN, "agencies"))


def _carried_out(launcher: Launcher, order: Order, limits: Limits) -> int:
    watch, asked, cut = Watch(order, limits), 0.0, ""
    launcher.start(order)
    while not (over := launcher.ended(0.1)):
        now = time.monotonic()
        if asked and now - asked > _GRACE:
            launcher.stop(order.work, now=True)
        elif not asked and (why := watch.overdue()):
            asked, cut = now, why
            launcher.stop(order.work, now=False)
    status = over[order.work]
    if not Path(order.work, jobs.RESULT).is_file():
        if status is None:
            raise RuntimeError("the warm parent of a worker was lost")
        begun_at_all = jobs.running_step(Path(order.work)) is not None
        result = jobs.half_run(order, cut or jobs.ended_in_words(status))
        result |= {"fingerprint": order.fingerprint, "start": not begun_at_all and not cut}
        Path(order.work, jobs.RESULT).write_text(json.dumps(result), encoding="utf-8")
    return status or 0


def _packed(folder: Path, leave: Path | None = None) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and leave not in inside.parents and not (leave and path.is_symlink()):
                archive.write(path, inside.as_posix())
    return content.getvalue()


def _unpack(content: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
