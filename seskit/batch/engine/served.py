"""What the engine does for whoever uses it: a module with these functions, known by its name to every process."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import IO, Protocol, cast

from seskit.batch.engine.order import Order


class Served(Protocol):
    """What a served module offers."""

    def run(self, order: Order) -> int:
        """Carry out an order in this process; 0 where a result was left."""

    def answer_all(self, orders: Iterable[str], answers: IO[str], memory: int) -> int:
        """Answer each line with a line until there is none, within so many MiB."""

    def begin(self) -> None:
        """Have ready what answering needs, and no more."""

    def modules(self) -> list[str]:
        """The modules a notebook is likely to import."""

    def exercise(self) -> None:
        """Use once what a notebook is likely to use."""


def served(name: str) -> Served:
    """The module of that name."""
    return cast(Served, import_module(name))
