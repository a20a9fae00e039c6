"""The everyday words of each question, its example and its practice, declared once in `questions/<subject>.yaml`."""

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
    """What people call a question's matter, facts with which it is answered, and its practice as it is written there."""

    words: tuple[str, ...]
    example: Mapping[str, Any]
    practice: Mapping[str, Any] | None


def of(name: str) -> Everyday:
    """What is declared for a question; raises FactError where nothing is."""
    found = declared().get(name)
    if found is None:
        file = f"seskit/desk/asked/questions/{name.partition('.')[0]}.yaml"
        raise FactError(f"No everyday words are declared for {name}. Add its words and an example to {file}.")
    return found


@cache
def declared() -> dict[str, Everyday]:
    """What is declared, by the question's name."""
    made: dict[str, Everyday] = {}
    for file in sorted(Path(__file__).with_name("questions").iterdir()):
        subject = file.name.removesuffix(".yaml")
        for name, said in (strict_yaml.load_own(file.read_text(encoding="utf-8")) or {}).items():
            made[f"{subject}.{name}"] = Everyday(tuple(map(str, said["words"])), said["example"], said.get("practice"))
    return made


@cache
def outside() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Subjects that no question asks about: the words people use for each, and what is said of it."""
    listed = strict_yaml.load_own(Path(__file__).with_name("outside.yaml").read_text(encoding="utf-8"))
    return tuple((tuple(map(str, one["words"])), str(one["says"])) for one in listed)
