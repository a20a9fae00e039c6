"""What one process is told to do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

#: The kernel every Python notebook names; it is the Python that runs this package.
PYTHON = "python3"


@dataclass(frozen=True)
class Order:
    """What one process is told to do; paths stay in memory and are never written down."""

    work: str
    agency: str
    title: str
    folder: str
    stem: str
    kernel: str
    parameters: Mapping[str, Any]
    fingerprint: str
    engine: str | None = None
    cell_limit: int | None = None
    memory: int | None = None
    #: The SHA-256 of each file of the agency, to be found again in the copy the notebook reads.
    inputs: Mapping[str, str] | None = None
    #: What needs attention about the agency, in words; its page says so and leads to the list.
    attention: str = ""

    def to_json(self) -> str:
        """The order as text, for a process to read."""
        return json.dumps(asdict(self))
