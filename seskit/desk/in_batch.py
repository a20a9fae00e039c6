"""What the batch asks about walk-throughs: a table that is read without importing any, and what each may declare.

A subject declares what is special for its walk-through in a module of its own, as `SPECIAL`; the table names the
module, and it is imported when that walk-through is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from seskit.record.finding import CEILING, Finding
from seskit.record.manifest import Status


@dataclass(frozen=True)
class RunOutcome:
    """What the files that a notebook wrote come to."""

    status: Status
    well: bool
    message: str = ""
    errors: int = 0
    warnings: int = 0


def _says_nothing(_folder: Path, _about: Sequence[Finding]) -> RunOutcome | None:
    return None


def _needs_nothing() -> None:
    pass


def _none_final(_years: Sequence[int]) -> str:
    return ""


@dataclass(frozen=True)
class Special:
    """What a subject declares of its walk-through; one that declares nothing has results that are simply done."""

    #: Files worth a link of their own in the index, with the words of the link.
    links: tuple[tuple[str, str], ...] = ()
    #: What a person should know who opens or hands on its files.
    care: str = ""
    #: What its final results of some fiscal years are good for, in words; nothing where it has none.
    final: Callable[[Sequence[int]], str] = _none_final
    #: What the files in a folder come to, given what was found about the agency; nothing where they say nothing.
    outcome: Callable[[Path, Sequence[Finding]], RunOutcome | None] = _says_nothing
    #: Use everything once that the notebook is likely to use, in a process from which others are forked.
    exercise: Callable[[], None] = _needs_nothing


@dataclass(frozen=True)
class WalkThrough:
    """What is known of a walk-through before anything of it is imported."""

    #: The subjects whose findings it shows.
    shows: tuple[str, ...]
    #: The module in which its subject declares what is special; empty where nothing is.
    declared_in: str = ""


@dataclass(frozen=True)
class First:
    """A rule whose findings come before all others on the index of a run."""

    rule: str
    heading: str
    #: After a number of agencies: those over it, and those within it.
    over: str
    within: str


WALKS: Mapping[str, WalkThrough] = {
    "report": WalkThrough(("report",), "seskit.desk.report.in_batch"),
    "pay_setting": WalkThrough(("pay",)),
    "appraisal": WalkThrough(("appraisal", "closeout")),
    "certification": WalkThrough(("certification",)),
    "staffing": WalkThrough(("staffing",)),
}
#: The walk-through that is run where none is named, whose files are put in the agency's folder itself; any other has a
#: folder of its own inside. A person's own notebook is asked about as if it were this one.
HOME = "report"
#: The walk-through whose `as_of`, where one is given, is the day from which an agency's folder is looked at.
DATED = "staffing"
#: What is put first on the index where it concerns an agency.
FIRST = First(CEILING, "The ceiling on Levels 4 and 5", "over the ceiling, or cannot tell", "within the ceiling")
#: What an error waits for that only waits.
WAITS_FOR = "awards that are still pending"


def walk(stem: str) -> WalkThrough:
    """What is known of the notebook of that name."""
    return WALKS.get(stem) or WALKS[HOME]


def special(stem: str) -> Special:
    """What its subject declares of the notebook of that name."""
    module = walk(stem).declared_in
    return cast(Special, import_module(module).SPECIAL) if module else Special()


def shown_in(subject: str) -> str:
    """The walk-through that shows the findings of a subject; empty where none does."""
    return next((stem for stem, one in WALKS.items() if subject in one.shows), "")


def exercise() -> None:
    """Use once what any walk-through declares to be worth it."""
    for stem in WALKS:
        special(stem).exercise()
