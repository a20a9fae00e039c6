"""What lies beside a roster: the lists of earlier ratings and of last year's executives, and files that are not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from seskit.formats.counts import number_of
from seskit.formats.two_ways import two_ways
from seskit.law import rating_levels
from seskit.record import no_file, other_copies
from seskit.record.checked_yaml import ON_SCREEN
from seskit.record.problem import Problem
from seskit.record.roster import history as histories
from seskit.record.roster.columns import Person
from seskit.record.roster.last_year import of_last_year

if TYPE_CHECKING:
    from seskit.record.roster.reader import Roster

_RATINGS = two_ways(
    "`seskit import ratings` takes them from the folders of earlier years.",
    f"Write them under '{ON_SCREEN}', the earlier ratings.",
)


def held_to_lists(roster: Roster, folder: Path) -> set[str]:
    """Hold the people against the lists of earlier ratings and of last year's executives; the names of these files."""
    last = of_last_year(folder)
    found = histories.read(folder, roster.people, last.gone if last else ())
    if found:
        roster.history = found if found.usable else None
    else:
        roster.of_ratings += _without_history(roster.people)
    roster.last = last
    there = [one for one in (found, last) if one]
    for one in there:
        roster.problems += one.problems
        roster.notes += one.notes
    return {one.file for one in there}


def not_read(folder: Path) -> list[Problem]:
    """What is wrong with the files of a folder by their names alone: each is there in vain."""
    return [*no_file.problems(folder), *other_copies.problems(folder)]


def _without_history(people: Sequence[Person]) -> Iterator[str]:
    """What is unknown without the ratings of earlier years, where a weak rating of this year asks for them."""
    below = rating_levels.below()
    weak = [one for one in people if one.rating in below and one.appointment_type == "career"]
    if weak:
        whose = number_of(len(weak), "career executive")
        yield (
            f"No earlier ratings are on record ({histories.STEM}.csv), so nothing says whether the rating of {whose} below fully "
            f"successful, after an earlier one, requires removal. {_RATINGS}"
        )
