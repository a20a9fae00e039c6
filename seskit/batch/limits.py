"""How long a cell and a notebook may take, and how much memory a notebook may add."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from seskit.batch import job as jobs
from seskit.batch.job import Order

#: Stock papermill keeps the limit of a cell itself, and is only watched over.
_GRACE = 10.0


@dataclass(frozen=True)
class Limits:
    """Seconds for a cell and for a notebook, MiB for what a notebook may add to the memory it starts with."""

    cell: int = 600
    notebook: int = 1800
    memory: int = 4096


def overdue(order: Order, begun: float, limits: Limits) -> str:
    """Why a running order must be stopped now, or nothing; `begun` is by the monotonic clock."""
    if time.monotonic() - begun > limits.notebook:
        return f"It took longer than {limits.notebook} seconds and was stopped."
    grace = _GRACE if order.engine is None else 0.0
    if (since := jobs.cell_since(Path(order.work))) and time.time() - since > limits.cell + grace:
        return f"A cell took longer than {limits.cell} seconds."
    return ""
