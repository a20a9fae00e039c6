"""The system description: each part with what the rule asks, the agency's answer, and what its files say beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from seskit.formats import strict_yaml
from seskit.formats.days import long_date
from seskit.law import parameters
from seskit.record.agency_folder import AgencyFolder
from seskit.record.appraisal.year_record.files import Files
from seskit.record.certification import description as answers_file
from seskit.record.certification.description import Answers
from seskit.record.problem import Problem
from seskit.work.certification.mock_review import Rehearsal

_PARTS = Path(__file__).with_name("description_parts.yaml")
_RULE = "appraisal.regime.rule"
Fact = tuple[str, str]


@dataclass(frozen=True)
class DescriptionPart:
    """One part of the description."""

    key: str
    title: str
    asks: str
    law: str
    answer: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Described:
    """The whole description of one system, and what is wrong with the file of answers."""

    kind: str | None
    parts: tuple[DescriptionPart, ...]
    problems: tuple[Problem, ...]

    @property
    def open(self) -> list[DescriptionPart]:
        """The parts that nobody has answered."""
        return [part for part in self.parts if not part.answer]


@cache
def _asked() -> list[dict[str, str]]:
    tree: Any = strict_yaml.load(_PARTS.read_text(encoding="utf-8"))
    return list(tree)


def describe(folder: str | Path, found: Rehearsal) -> Described:
    """The description of a system from the agency's answers and files."""
    place, problems = Path(folder), []
    told = Answers()
    if answers_file.is_there(place):
        read = answers_file.read(place)
        problems = list(read.problems)
        if read.record and read.record.system in ("", found.system.id):
            told = read.record
    problems += unknown(told)
    facts = dict(_facts(place, found))
    rule = parameters.recorded(_RULE, found.system.asked_on)
    law = "from_2015" if rule is not None and rule.value == "2015-rule" else "law"
    parts = tuple(
        DescriptionPart(
            one["key"],
            one["title"],
            one["asks"],
            one[law],
            told.parts.get(one["key"], "").strip(),
            facts.get(one["key"], ()),
        )
        for one in _asked()
    )
    return Described(told.kind, parts, tuple(problems))


def unknown(told: Answers) -> list[Problem]:
    """The answers to parts that the description does not have."""
    known = {part["key"] for part in _asked()}
    return [
        Problem(None, "parts", key, "is not a part of the description", f"Use one of {', '.join(sorted(known))}.", file=answers_file.FILE)
        for key in told.parts if key not in known
    ]  # fmt: skip


def _facts(folder: Path, found: Rehearsal) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """What the files say that belongs into a part."""
    system = found.system
    people = len(found.data[-1].people) if found.data else system.covered
    yield "coverage", (("Covered", ", ".join(system.covers)), ("Executives", str(people or "not given")))
    place = AgencyFolder(folder)
    agency = place.agency
    if agency:
        yield (
            "period",
            tuple(
                (f"Plan {plan.id}", f"{long_date(plan.appraisal_period.first)} to {long_date(plan.period_end)}")
                for plan in agency.plans
            ),
        )
    yield "levels", tuple((f"Level {level}", name) for level, name in sorted(system.levels.items(), reverse=True))
    year = place.year
    if year.cycle:
        yield from _of_year(year)


def _of_year(year: Files) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    _, cycle = year.year()
    yield "monitoring", (("Progress reviews asked for", str(max(cycle.progress_reviews, 1))),)
    if cycle.response_days is not None:
        yield "rating", (("Days to respond to the initial rating", str(cycle.response_days)),)
    yield "boards", tuple(
        (board.name, f"{board.members} members, {board.career} of them career"
         + (f", published {long_date(board.published_on)}" if board.published_on else ""))
        for board in cycle.boards
    )  # fmt: skip
