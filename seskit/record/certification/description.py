"""The system description in parts, from the agency's own answers: `system_description.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from seskit.record import checked_yaml
from seskit.record.checked_yaml import Read, Strict

FILE = "system_description.yaml"


class Answers(Strict):
    """What the agency says of its system, part by part; `kind` says whether the system is new or changed."""

    system: str = ""
    kind: Literal["new", "changed", "unchanged"] | None = None
    parts: dict[str, str] = Field(default_factory=dict)


def read(folder: str | Path) -> Read[Answers]:
    """Read the answers of an agency's folder."""
    return checked_yaml.read(Path(folder) / FILE, Answers, place="the agency's folder", example="parts", on_screen=True)


def is_there(folder: str | Path) -> bool:
    """Whether the agency has answered."""
    return (Path(folder) / FILE).is_file()
