"""Problems of rows with the number of each row's executive: a row alone is another person's once a roster is sorted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from seskit.record.problem import Problem
from seskit.record.roster.columns import Person
from seskit.record.roster.person_numbers import told


def named(found: Sequence[Problem], people: Sequence[Person]) -> list[Problem]:
    """The problems, each of a row of the roster with its number."""
    rows = {one.row for one in found if one.row and one.file == "roster"}
    numbers = {one.row: told(one.person_id) for one in people if one.row in rows} if rows else {}
    return [
        replace(one, person=number) if one.file == "roster" and (number := numbers.get(one.row or 0)) else one
        for one in found
    ]
