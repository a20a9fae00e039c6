"""What the batch has its engine do, by the names the engine asks for."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from typing import IO

import seskit
from seskit.batch.engine.order import Order
from seskit.desk import agency_in_batch, in_batch

NAME = "seskit.batch.served"
#: Not needed by any notebook.
_NOT = (
    "seskit.desk.cli", "seskit.desk.course", "seskit.desk.served", "seskit.__main__", "seskit.batch", "seskit.forum", "seskit.record.plum",
)  # fmt: skip


def run(order: Order) -> int:
    """Run one notebook for one agency."""
    from seskit.batch import job

    return job.run(order)


def answer_all(orders: Iterable[str], answers: IO[str], memory: int) -> int:
    """Read agencies as they are asked for."""
    from seskit.batch import reader

    return reader.answer_all(orders, answers, memory)


def begin() -> None:
    """What reads an agency."""
    agency_in_batch.ready()


def modules() -> list[str]:
    """The package, without what no notebook needs."""
    found = pkgutil.walk_packages(seskit.__path__, "seskit.")
    return [module.name for module in found if not module.name.startswith(_NOT)]


def exercise() -> None:
    """What the subjects of the notebooks say is worth using once."""
    in_batch.exercise()
