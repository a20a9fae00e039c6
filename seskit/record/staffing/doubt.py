"""How sure a day is that a list shows: the confidence of the question behind it, and the answer by its other reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from seskit.law.result import LABELS, Result


@dataclass(frozen=True)
class Doubt:
    """What a question leaves open: its confidence, and what its other reading gives where there is one."""

    confidence: str = "verified"
    other: str = ""

    @property
    def says(self) -> str:
        """The doubt in a sentence; empty where there is none."""
        if self.confidence == "verified" and not self.other:
            return ""
        label = "" if self.confidence == "verified" else LABELS[self.confidence]
        other = f"By the other reading: {self.other}." if self.other else ""
        return f"{label} {other}".strip()


NONE = Doubt()


def of(asked: Result) -> Doubt:
    """The doubt a question states about its own answer."""
    said = asked.answer if isinstance(asked.answer, Mapping) else {}
    others = []
    if due := said.get("other_due"):
        others.append(f"due on {due} by the other clock")
    if said.get("doubt"):
        others.append(str(said["doubt"]))
    if said.get("anniversary") and said.get("last_day"):
        others.append(f"on the anniversary itself, {said['anniversary']}")
    return Doubt(asked.confidence, "; or ".join(others))
