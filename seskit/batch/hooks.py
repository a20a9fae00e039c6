"""What is special for a subject in the batch: a few hooks. The rest of the batch knows no subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from seskit.record.finding import Finding
from seskit.record.manifest import Status
from seskit.record.problem import Problem


@dataclass(frozen=True)
class Reading:
    """What an agency's folder says of itself, and what is in the way."""

    title: str
    problems: tuple[Problem, ...]
    #: Whether notebooks can be run on it at all.
    readable: bool
    fiscal_year: int | None = None
    #: Everything that needs attention about the agency, in every subject.
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What the files that a notebook wrote come to."""

    status: Status
    well: bool
    message: str = ""
    errors: int = 0
    warnings: int = 0


@dataclass(frozen=True)
class First:
    """A rule whose findings come before all others on the index of a run."""

    rule: str
    heading: str
    #: After a number of agencies: those over it, and those within it.
    over: str
    within: str


@dataclass(frozen=True)
class Hooks:
    """What the batch asks a subject."""

    #: The notebook whose files are put in the agency's folder itself; any other has a folder of its own inside.
    home: str
    #: The notebook whose `as_of`, where one is given, is the day from which an agency's folder is looked at.
    dated: str
    #: The walk-through that shows the findings of each subject.
    walks: Mapping[str, str]
    #: The file by which a folder is known as an agency's, and what such a folder holds, in words.
    mark: str
    holds: str
    #: File names that every agency may use, so that they name no person.
    file_names: re.Pattern[str]
    #: What is put first where it concerns an agency: the rule that found it, and its heading and words.
    first: First
    #: What an error waits for that only waits.
    waits_for: str
    #: Files of an agency worth a link of their own in the index, with the words of the link.
    links: tuple[tuple[str, str], ...]
    #: Import what reads an agency, before the first is read.
    ready: Callable[[], None]
    #: Read and check an agency's folder; its name in the output where it says no other, and the day to look from if given.
    read: Callable[[Path, str, str], Reading]
    #: The names of people in an agency's folder, to be hidden in messages.
    names: Callable[[str], list[str]]
    #: What the files in a folder come to, given what was found about the agency; nothing where they say nothing.
    outcome: Callable[[Path, Sequence[Finding]], Outcome | None]
    #: What is wrong with a parameter of a notebook that has the name of a fact; nothing where it can be used.
    refused: Callable[[str, str, Any], str | None]
    #: Use everything once that a notebook is likely to use, in a process from which others are forked.
    exercise: Callable[[], None]


@cache
def hooks() -> Hooks:
    """The hooks of the subject that the batch serves."""
    from seskit.batch.of_report import HOOKS

    return HOOKS
