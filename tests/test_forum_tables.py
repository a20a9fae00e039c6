"""Every problem of every exercise at the tables of every kit: it has an entry, the right answer is right, a wrong one wrong.

Outcomes are balanced over tables 1 to 40; panels are filled in at four of them, and at all by `make test-all`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from seskit.desk.widgets import DrillPanel
from seskit.forum import hall
from seskit.forum.hall import Practised
from tests.extent import some
from tests.giving import entered, wrong

TRAINING = Path(__file__).parents[1] / "training"
KITS = sorted(path.parent for path in TRAINING.glob("*/forum.yaml"))
TABLES = range(1, 41)


def sessions() -> list[Any]:
    return [
        pytest.param(found, id=f"{folder.name}-{name}")
        for folder in KITS
        for name, found in hall.practised(folder).items()
    ]


@cache
def problems(practised: Practised) -> list[tuple[int, hall.Problem]]:
    """All problems of a session, read and drawn once."""
    return [(table, problem) for table in TABLES for problem in practised.problems(table)]


def give(panel: DrillPanel, value_of: Any) -> None:
    """Choose, tick or type an answer for each part, and press the button."""
    for part, expected in zip(panel.drill.parts, panel.drill.expected, strict=True):
        panel.entries[part.path].put(value_of(part, expected))
    panel.button.click()


@pytest.mark.parametrize("practised", sessions())
def test_every_problem_is_solved_through_its_panel(practised: Practised) -> None:
    """Choosing, ticking or typing the right answer is 'Right.'; a wrong one is 'Not right'."""
    panels: dict[Any, DrillPanel] = {}
    tables = some(TABLES, 4)
    for table, problem in problems(practised):
        if table not in tables:
            continue
        parts = problem.drill.parts
        panel = panels[parts] = panels.get(parts) or DrillPanel(problem.drill)
        panel.drill = (
            problem.drill
        )  # the entries are those of the parts, so one panel serves all problems that ask for them
        where = f"table {table}, {problem.exercise}: {problem.drill.given}"
        assert panel.entries, where
        give(panel, entered)
        assert (panel.right, panel.message) == (True, "Right."), f"{where}: {panel.message}"
        give(panel, wrong)
        assert panel.right is False, where
        assert panel.message.startswith("Not right. "), where


@pytest.mark.parametrize("practised", sessions())
def test_outcomes_are_balanced_between_tables(practised: Practised) -> None:
    """No answer of a problem is met at more than two thirds of the tables."""
    met: dict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
    for _, problem in problems(practised):
        part, expected = problem.drill.parts[0], problem.drill.expected[0]
        met[problem.exercise, problem.number, problem.drill.question.name][part.shown(expected)] += 1
    for where, answers in met.items():
        answer, times = answers.most_common(1)[0]
        assert times <= len(TABLES) * 2 / 3, f"{where}: '{answer}' at {times} of {len(TABLES)} tables"


@pytest.mark.parametrize("practised", sessions())
def test_no_table_gets_one_problem_twice(practised: Practised) -> None:
    """The problems of one exercise at one table differ."""
    seen = Counter((table, problem.exercise, problem.drill.given) for table, problem in problems(practised))
    assert max(seen.values()) == 1, seen.most_common(1)
