"""How long a cell and a notebook may take, and how much memory a notebook may add."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from seskit.batch import job as jobs
from seskit.batch.engine.order import Order

#: Stock papermill keeps the limit of a cell itself, and is only watched over.
_GRACE = 10.0


@dataclass(frozen=True)
class Limits:
    """Seconds for a cell and for a notebook, MiB for what a notebook may add to the memory it starts with.

    Reading an agency's folder has limits of its own, in seconds and MiB.
    """

    cell: int = 600
    notebook: int = 1800
    memory: int = 4096
    reading: int = 120
    reading_memory: int = 1024


@dataclass(frozen=True)
class Tls:
    """The files with which an encrypted Dask cluster knows this machine, as `dask scheduler` takes them."""

    ca_file: Path | None
    cert: Path | None = None
    key: Path | None = None


class Watch:
    """Whether a running order must be stopped, by this process's own clock: that of a shared disk may be another."""

    def __init__(self, order: Order, limits: Limits) -> None:
        """The order begins now."""
        self._order, self._limits = order, limits
        self.begun = time.monotonic()
        self._saved: float | None = None
        self._since = self.begun

    def overdue(self) -> str:
        """Why the order must be stopped now, or nothing."""
        now = time.monotonic()
        if now - self.begun > self._limits.notebook:
            return f"It took longer than {self._limits.notebook} seconds and was stopped."
        saved = jobs.saved_at(Path(self._order.work))
        if saved != self._saved:
            self._saved, self._since = saved, now
        grace = _GRACE if self._order.engine is None else 0.0
        if saved is not None and now - self._since > self._limits.cell + grace:
            return f"A cell took longer than {self._limits.cell} seconds."
        return ""
