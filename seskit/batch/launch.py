"""Which way a job is run: from a warm parent where that can be, with stock papermill otherwise."""

from __future__ import annotations

import os
from typing import Protocol

from seskit.batch import served
from seskit.batch.engine.answering import Forks
from seskit.batch.engine.cold import Cold
from seskit.batch.engine.order import PYTHON, Order

_ENGINE = "seskit"


class Lost(Exception):
    """The way itself is gone for good, and nothing further can be run; says why and what to do."""


class ProcessStarter(Protocol):
    """Starts orders in processes of their own and says when they have ended."""

    def start(self, order: Order) -> None:
        """Start one order."""

    def ended(self, wait: float) -> dict[str, int | None]:
        """The work folders of those that have ended, with their status; None where the way itself was lost."""

    def stop(self, work: str, *, now: bool) -> None:
        """Ask one to stop, or end it and everything it started."""

    def close(self) -> None:
        """End whatever still runs."""


class Launcher:
    """Both ways behind one face."""

    #: Whether limits of time are kept where the notebook runs, out of this process's sight.
    keeps_limits = False

    def __init__(self, *, warm: bool = True) -> None:
        """Start getting warm, unless that cannot be or is not wanted."""
        from seskit.batch.engine import warm as warmth

        self._cold = Cold(served.NAME)
        self._warm = warmth.Warm(served.NAME) if warm and warmth.available() else None
        self._by_warm: set[str] = set()

    @property
    def parent(self) -> Forks | None:
        """What forks the processes in which agencies are read, where there is such a parent."""
        return self._warm if self._warm is not None and self._warm.usable else None

    def engine(self, kernel: str) -> str | None:
        """The papermill engine for a notebook that names this kernel; None is papermill's own."""
        return self.engine_of(kernel) if self._warm is not None and self._warm.usable else None

    @staticmethod
    def engine_of(kernel: str) -> str | None:
        """The engine a kernel's name calls for, wherever it can be had."""
        return _ENGINE if kernel == PYTHON else None

    def room(self, wanted: int | None) -> int:
        """How many may run at once."""
        return max(1, wanted or os.cpu_count() or 1)

    def start(self, order: Order) -> None:
        """Start one order the way its engine says."""
        if order.engine is None or self._warm is None:
            self._cold.start(order)
        else:
            self._by_warm.add(order.work)
            self._warm.start(order)

    def ended(self, wait: float) -> dict[str, int | None]:
        """Those that have ended, either way."""
        if self._warm is None or not self._by_warm:
            return self._cold.ended(wait)
        over = self._cold.ended(0) or {}
        over |= self._warm.ended(0 if over else wait)
        self._by_warm -= over.keys()
        return over

    def stop(self, work: str, *, now: bool) -> None:
        """Stop one."""
        way: ProcessStarter = self._warm if self._warm is not None and work in self._by_warm else self._cold
        way.stop(work, now=now)

    def close(self) -> None:
        """End both."""
        self._cold.close()
        if self._warm is not None:
            self._warm.close()
