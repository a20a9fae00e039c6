"""The same batch on several machines: orders go to a Dask scheduler, each worker has a warm parent of its own.

Nothing is shared but the scheduler: an agency's files travel to the worker, and the finished files travel back. Dask is
imported here and only here.
"""

from __future__ import annotations

import io
import json
import tempfile
import threading
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from seskit.batch import job as jobs
from seskit.batch.job import Order
from seskit.batch.launch import Launcher
from seskit.batch.limits import Limits, overdue
from seskit.facts import FactError

_GRACE = 3.0
_ANSWER = 15
_own = threading.local()


class Cluster(Launcher):
    """Hands orders to the workers of a Dask cluster and unpacks what comes back."""

    keeps_limits = True

    def __init__(self, address: str, limits: Limits) -> None:
        """Connect; refuse where Dask is missing, nobody answers, or a worker has another version of the package."""
        try:
            from distributed import Client
        except ImportError:
            raise FactError(
                "A cluster needs Dask: install seskit with its extra, `pip install seskit[cluster]`."
            ) from None
        try:
            self._client: Any = Client(  # type: ignore[no-untyped-call]
                address, timeout=_ANSWER, set_as_default=False
            )
        except (OSError, ValueError, TimeoutError):
            raise FactError(f"No Dask scheduler answers at '{address}'.") from None
        self._limits, self._futures = limits, dict[str, Any]()
        self._check_workers()

    def _check_workers(self) -> None:
        from seskit.batch.plan import package_digest

        try:
            found = set(self._client.run(package_digest).values())
        except Exception as failure:
            self._client.close()
            raise FactError(f"The workers cannot run seskit: {failure}.") from failure
        if found != {package_digest()}:
            self._client.close()
            raise FactError(
                "The workers have another version of seskit than this machine; install the same one everywhere."
                if found
                else "The Dask cluster has no workers."
            )

    def engine(self, kernel: str) -> str | None:
        """The warm engine for Python notebooks; a worker that cannot fork falls back by itself."""
        return super().engine_of(kernel)

    def room(self, wanted: int | None) -> int:
        """As many at once as the workers have threads, unless fewer are wanted."""
        threads = sum(self._client.nthreads().values()) or 1
        return min(wanted or threads, threads)

    def start(self, order: Order) -> None:
        """Send an order with the agency's files and the notebook."""
        files = _packed(Path(order.folder))
        source = Path(order.work, jobs.SOURCE).read_bytes()
        self._futures[order.work] = self._client.submit(
            on_worker, order.to_json(), files, source, self._limits, pure=False, retries=2
        )

    def ended(self, wait: float) -> dict[str, int | None]:
        """Those that came back, unpacked into their work folders; None where a worker was lost too often."""
        until = time.monotonic() + wait
        while not (over := [work for work, future in self._futures.items() if future.done()]):
            if time.monotonic() >= until:
                return {}
            time.sleep(0.02)
        found: dict[str, int | None] = {}
        for work in over:
            future = self._futures.pop(work)
            if future.status == "finished":
                found[work], content = future.result()
                _unpack(content, Path(work))
            else:
                found[work] = 1
        return found

    def stop(self, work: str, *, now: bool) -> None:
        """Take an order back that has not begun; one that runs is stopped by its worker's own limits."""
        if now and work in self._futures:
            self._futures[work].cancel()

    def close(self) -> None:
        """Leave the cluster as it was."""
        for future in self._futures.values():
            future.cancel()
        self._client.close()


def on_worker(order: str, files: bytes, source: bytes, limits: Limits) -> tuple[int, bytes]:
    """Carry out one order on a worker, in a folder that is gone afterwards; the status and the finished files."""
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
    begun, asked, cut = time.monotonic(), 0.0, ""
    launcher.start(order)
    while not (over := launcher.ended(0.1)):
        now = time.monotonic()
        if asked and now - asked > _GRACE:
            launcher.stop(order.work, now=True)
        elif not asked and (why := overdue(order, begun, limits)):
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
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and leave not in inside.parents:
                archive.write(path, inside.as_posix())
    return content.getvalue()


def _unpack(content: bytes, folder: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
