"""A copy of a learner's progress: handed over, and brought back at another computer or after somebody else's turn at this one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from seskit.desk.course.progress import SCHEMA, ProgressFile, Try
from seskit.formats.counts import number_of
from seskit.formats.refusals import FactError

NAME = "progress.json"
_PURPOSES = ("practice", "check", "placement")
_NO_COPY = f"This is no copy of progress: choose the file {NAME} that was kept before."


@dataclass(frozen=True)
class Copy:
    """What a copy holds: the answers, the lessons finished, the name, and where the learner was."""

    tries: tuple[Try, ...]
    lessons: dict[str, date]
    kept: dict[str, str]


def written(progress: ProgressFile) -> bytes:
    """Everything that is kept, as the content of a file."""
    return (json.dumps(progress.exported(), indent=1, ensure_ascii=False) + "\n").encode()


def brought(progress: ProgressFile, content: bytes) -> str:
    """Keep what a copy holds; says how much. What is kept here and not in the copy is never lost or mixed with it."""
    copy, here = _read(content), progress.tries()
    if Counter(copy.tries) <= Counter(here):
        return "Everything in this copy is kept here already."
    if not Counter(here) <= Counter(copy.tries) or (
        here and _names_differ(progress.learner, copy.kept.get("name", ""))
    ):
        raise FactError(
            f"Not brought back: {number_of(len(here), 'answer')} kept here may be somebody else's, or given since the copy was made. "
            "Keep a copy of them, forget them here, and bring this copy back again."
        )
    progress.replace(copy.tries, copy.lessons, copy.kept)
    name = copy.kept.get("name", "")
    return f"Brought back: {number_of(len(copy.tries), 'answer')}{f', under the name {name}' if name else ''}."


def _names_differ(one: str, other: str) -> bool:
    return bool(one and other and one.casefold() != other.casefold())


def _read(content: bytes) -> Copy:
    try:
        said = json.loads(content)
        newer = said["schema"] > SCHEMA
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FactError(_NO_COPY) from None
    if newer:
        raise FactError(
            "This copy was written by a newer version of seskit. Update seskit; what is kept here is left as it is."
        )
    try:
        lessons = {_text(name): date.fromisoformat(day) for name, day in said["lessons"].items()}
        kept = {_text(word): _text(words) for word, words in said["where"].items() if word != "name"}
        if name := _text(said["name"]):
            kept["name"] = name
        return Copy(tuple(_try(**one) for one in said["tries"]), lessons, kept)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FactError(_NO_COPY) from None


def _try(**said: Any) -> Try:
    made = Try(**said | {"day": date.fromisoformat(said["day"])})
    kinds = {"int": int, "bool": bool, "str": str, "date": date}
    if made.purpose not in _PURPOSES or any(
        type(getattr(made, one.name)) is not kinds[str(one.type)] for one in fields(made)
    ):
        raise ValueError
    return made


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError
    return said
