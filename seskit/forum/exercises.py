"""The problems of an exercise for the tables, as its block '::: tables' declares them."""

from __future__ import annotations

from datetime import date
from typing import Any

from seskit.desk.practice import declared
from seskit.desk.practice.declared import DeclaredPractice
from seskit.formats import strict_yaml
from seskit.forum.place import SourcePlace, in_words
from seskit.forum.references import Resolver
from seskit.forum.source import SessionStep
from seskit.law.facts import FactError
from seskit.law.question import find


def at_tables(step: SessionStep, resolver: Resolver) -> tuple[DeclaredPractice, ...]:
    """Read the problems, and draw each outcome of each once: what cannot be answered stops the build."""
    block = step.blocks["tables"]
    written = "\n".join(block.lines)
    try:
        entries, lines = strict_yaml.load_with_lines(written)
    except strict_yaml.YamlError as failure:
        raise _at(block.place, failure.line or 1).error(f"{in_words(failure.reason)}.") from None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise block.place.error(
            "a block 'tables' lists problems, each beginning with '- ' and holding 'ask:' or 'case:'."
        )
    made = [
        [_problem(entry, step.exercise, _at(block.place, lines.get((number,), 1)), resolver)] * _times(entry)
        for number, entry in enumerate(entries)
    ]
    return tuple(problem for times in made for problem in times)


def _problem(entry: dict[str, Any], exercise: str, place: SourcePlace, resolver: Resolver) -> DeclaredPractice:
    try:
        made = _read(dict(entry), place, resolver)
        for turn in range(max(1, len(made.turns), len(made.pick))):
            made.draw(turn, turn)
    except (FactError, KeyError, ValueError) as failure:
        if str(place) in str(failure):
            raise
        said = failure.args[0] if isinstance(failure, KeyError) else failure
        raise place.error(f"exercise {exercise} cannot be answered at the tables: {said}") from None
    return made


def practiced(name: str, place: SourcePlace, day: date) -> None:
    """Draw the further practice of a session once: what is not there, or cannot be answered around that day, stops the build."""
    try:
        declared.for_question(find(name)).draw(0, 0, day)
    except (FactError, KeyError, ValueError) as failure:
        said = failure.args[0] if isinstance(failure, KeyError) else failure
        raise place.error(f"the practice {name} cannot be set: {said}") from None


def _times(entry: dict[str, Any]) -> int:
    """How many of these problems a table gets; checked where the problem is read."""
    return int(entry.get("times", 1))


def _read(entry: dict[str, Any], place: SourcePlace, resolver: Resolver) -> DeclaredPractice:
    asked, case, times = entry.pop("ask", None), entry.pop("case", None), entry.pop("times", 1)
    if type(times) is not int or times < 1:
        raise place.error("'times' says how many of these problems a table gets, a whole number above zero.")
    if bool(asked) == bool(case):
        raise place.error("a problem has 'ask:' and a question, or 'case:' and a case of the front matter.")
    name, given = resolver.case(str(case), place) if case else (str(asked), {})
    question = resolver.question(name, given)
    changed = {word: resolver.dated(value) for word, value in (entry.pop("facts", None) or {}).items()}
    kept = {word: {"just": value} for word, value in given.items() if word not in changed}
    return declared.read(question, entry | {"facts": kept | changed}, resolver.as_of)


def _at(place: SourcePlace, line: int) -> SourcePlace:
    return SourcePlace(place.file, place.line + line - 1)
