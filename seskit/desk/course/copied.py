"""A copy of a learner's progress: handed over, and brought back at another computer or after somebody else's turn at this one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from seskit.desk.course.progress import SCHEMA, ProgressFile, Try
from seskit.formats.counts import number_of
from seskit.formats.days import long_date
from seskit.formats.in_short import joined
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
    """Keep what a copy holds; says how much. What is kept here is never lost, nor mixed with what may be somebody else's."""
    copy, here = _read(content), progress.tries()
    name = copy.kept.get("name", "")
    goes_on, held = Counter(here) <= Counter(copy.tries), Counter(copy.tries) <= Counter(here)
    if held and _adds_nothing(progress, copy, same_answers=goes_on):
        return "Everything in this copy is kept here already."
    if here and not _of_one_learner(progress.learner, name, goes_on or (held and bool(copy.tries))):
        raise FactError(
            f"Not brought back: {number_of(len(here), 'answer')} kept here may be somebody else's. If they are yours, write the same name for "
            "your record here and where the copy was made, and bring a new copy. If not, keep a copy of them, forget them here, and bring "
            "this copy back again."
        )
    if not goes_on:
        return _together(progress, copy)
    own = progress.kept() if held else {"name": progress.learner} if progress.learner else {}
    progress.replace(copy.tries, _finished(progress, copy), own | copy.kept)
    under = f", under the name {progress.learner}" if progress.learner else ""
    if held:
        return f"Brought back: where you were, and the lessons finished{under}. The copy holds no other answers."
    return f"Brought back: {number_of(len(copy.tries), 'answer')}{under}."


def _adds_nothing(progress: ProgressFile, copy: Copy, *, same_answers: bool) -> bool:
    """Whether the copy has no lesson finished, no name and, where its answers are those kept here, no page that is not here."""
    here = progress.kept()
    pages = {word: said for word, said in copy.kept.items() if word != "name"}
    return (
        copy.lessons.keys() <= progress.lessons().keys()
        and bool(progress.learner or "name" not in copy.kept)
        and (not same_answers or pages.items() <= here.items())
    )


def _finished(progress: ProgressFile, copy: Copy) -> dict[str, date]:
    """The lessons finished here or in the copy, each with its first day; a lesson can be finished after its last answer."""
    here = progress.lessons()
    return {name: min(day, copy.lessons.get(name, day)) for name, day in (copy.lessons | here).items()}


def _of_one_learner(here: str, other: str, goes_on: bool) -> bool:
    """By the names for the record; without both, only where the copy holds all that is here. The same first answers tell
    nothing: learners who begin on one day are asked the same.
    """
    return here.casefold() == other.casefold() if here and other else goes_on


def _together(progress: ProgressFile, copy: Copy) -> str:
    """What one learner did at two computers, by day; what is left open in a lesson stays as it is here."""
    here = progress.tries()
    more = list((Counter(copy.tries) - Counter(here)).elements())
    alone = Counter(here) - Counter(copy.tries)
    tries = sorted([*here, *more], key=lambda one: one.day)
    progress.replace(tries, _finished(progress, copy), copy.kept | progress.kept())
    said = f"Brought together: {number_of(len(more), 'answer')} of this copy with {len(here)} kept here."
    both = sorted({one.day for one in more} & {one.day for one in alone})
    if both:
        said += f" On {joined([long_date(day) for day in both])} both were used; of that day what is kept here counts as the earlier."
    return said


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
