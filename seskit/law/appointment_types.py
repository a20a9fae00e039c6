"""The kinds of senior executive, as appraisal and its consequences tell them apart."""

from __future__ import annotations

from typing import Annotated, Literal

from seskit.law.facts import Fact, YesNo

ExecutiveType = Literal["career", "noncareer", "limited_term", "limited_emergency"]
Executive = Annotated[
    ExecutiveType | None, Fact("Appointment type", "Of the executive appraised; rules differ by kind.")
]
OnProbation = Annotated[
    YesNo | None,
    Fact("On probation", "Whether a career appointee is in the probationary year; no if none is required."),
]


def kind_in_words(executive: ExecutiveType) -> str:
    """The appointment type as people write it."""
    return executive.replace("_", " ")
