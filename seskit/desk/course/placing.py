"""The placement check: two stories of each objective, from both sides of its rule, until one is missed."""

from __future__ import annotations

from random import Random

from seskit.desk.course import scenario
from seskit.desk.course.plan import Objective

WHY = (
    "One right answer can be a lucky guess. So each objective takes two stories, from both sides of its rule where it has two; "
    "the first wrong answer ends it, and its lesson stays open."
)
_NUMBERS = range(1, 100_000)


def stories(objective: Objective, chance: Random) -> tuple[tuple[str, int], tuple[str, int]]:
    """Two stories by scenario and number: of two scenarios where the objective has them, with two outcomes where there are."""
    names = chance.sample(objective.scenarios, min(2, len(objective.scenarios)))
    first, said = _story(names[0], chance, "")
    second, _ = _story(names[-1], chance, said)
    while second == first:
        second, _ = _story(names[-1], chance, said)
    return first, second


def _story(name: str, chance: Random, unlike: str) -> tuple[tuple[str, int], str]:
    """A story of a scenario that comes to another outcome than the one named, and its outcome."""
    turns = scenario.named(name).turns
    number = chance.choice(_NUMBERS)
    if not turns:
        return (name, number), ""
    turn = chance.choice([place for place, said in enumerate(turns) if said != unlike] or range(len(turns)))
    return (name, number * len(turns) + turn), turns[turn]
