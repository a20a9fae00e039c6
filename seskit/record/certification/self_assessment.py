"""The agency's own answers to the guided self-assessment: `assessment.yaml`, each with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from seskit.law.facts import Day, FactError, Percent
from seskit.record import checked_yaml
from seskit.record.checked_yaml import Read, Strict

FILE = "assessment.yaml"
Standing = Literal["met", "partly", "not met"]


class PointAnswer(Strict):
    """What the agency says about one point, and what shows it."""

    point: str = Field(min_length=1)
    answer: Standing
    document: str = ""
    place: str = ""
    dated: Day | None = None
    note: str = ""

    @property
    def shown(self) -> str:
        """The document and the place in it; empty where none is named."""
        place = ", ".join(part for part in (self.document, self.place) if part)
        return f"{place} ({self.dated})" if place and self.dated else place


class Assessment(Strict):
    """The answers for one system, and weights of sections where the agency has its own."""

    system: str = ""
    weights: dict[str, Percent] = Field(default_factory=dict)
    answers: tuple[PointAnswer, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> Assessment:
        named = [one.point for one in self.answers]
        twice = sorted({name for name in named if named.count(name) > 1})
        if twice:
            raise FactError(f"answers: {', '.join(twice)} is answered twice; keep one")
        return self


def read(folder: str | Path) -> Read[Assessment]:
    """Read the answers of an agency's folder."""
    return checked_yaml.read(
        Path(folder) / FILE, Assessment, place="the agency's folder", example="answers", on_screen=True
    )


def is_there(folder: str | Path) -> bool:
    """Whether the agency has answered."""
    return (Path(folder) / FILE).is_file()
