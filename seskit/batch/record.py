"""What is kept about each run: one record per agency and notebook, a line each in `manifest.jsonl`. No people.

Each line is a JSON object: `agency` (its folder in the output), `title` (what it calls itself), `fiscal_year`,
`notebook`, `parameters`; `status` (final, draft, done, failed, not run), `well` (nobody needs to look), `message`,
`step` (where it stopped), `errors` and `warnings` (how many the forms have); `inputs` and `outputs` (SHA-256 of each
file), `sources` (of the package with its rules), `package` (its version), `fingerprint` (of all that the result rests
on); `engine` (warm or stock), `attempts`, `seconds`. While a run goes on, a later line for the same agency and notebook
replaces an earlier one; when it is over there is one line for each, in order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["final", "draft", "done", "failed", "not run"]
#: The status in the words of the index.
WORDS: dict[str, str] = {
    "final": "Final",
    "draft": "Draft",
    "done": "Done",
    "failed": "Failed",
    "not run": "Not run",
}


@dataclass(frozen=True)
class Record:
    """How one notebook went for one agency."""

    agency: str
    title: str
    notebook: str
    status: Status
    #: Whether nobody needs to look: final, done, or a draft that only waits for pending awards.
    well: bool
    message: str = ""
    step: str = ""
    errors: int = 0
    warnings: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    package: str = ""
    sources: str = ""
    engine: str = ""
    attempts: int = 1
    seconds: float = 0.0
    fiscal_year: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other record."""
        return self.agency, self.notebook

    @property
    def words(self) -> str:
        """The status as people read it."""
        return WORDS[self.status]

    def to_line(self) -> str:
        """The record as one line of the manifest."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True) + "\n"


def from_lines(lines: Iterable[str]) -> dict[tuple[str, str], Record]:
    """The last whole record of each agency and notebook; a torn line, as a power failure leaves it, is passed over."""
    found: dict[tuple[str, str], Record] = {}
    for line in lines:
        try:
            record = Record(**json.loads(line))
        except (ValueError, TypeError):
            continue
        found[record.key] = record
    return found
