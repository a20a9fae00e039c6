"""The everyday words of each question and its example, declared once in `questions/<subject>.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.law.facts import FactError


@dataclass(frozen=True)
class Everyday:
    """What people call a question's matter, and facts with which it is answered."""

    words: tuple[str, ...]
    example: Mapping[str, Any]


def of(name: str) -> Everyday:
    """What is declared for a question; raises FactError where nothing is."""
    found = declared().get(name)
    if found is None:
        raise FactError(f"No everyday words are declared for {name}.")
    return found


@cache
def declared() -> dict[str, Everyday]:
    """What is declared, by the question's name."""
    made: dict[str, Everyday] = {}
    for file in sorted(Path(__file__).with_name("questions").iterdir()):
        subject = file.name.removesuffix(".yaml")
        for name, said in (strict_yaml.load_own(file.read_text(encoding="utf-8")) or {}).items():
            made[f"{subject}.{name}"] = Everyday(tuple(map(str, said["words"])), said["example"])
    return made
