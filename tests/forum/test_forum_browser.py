"""From start_here to an exercise of a forum in a real JupyterLab: reached by its link, answered, and found clean by axe."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from seskit.forum import hall
from tests import axe, browser
from tests.extent import some
from tests.giving import entered, wrong
from tests.places import NOTEBOOKS, TRAINING

pytestmark = pytest.mark.browser

PAY = TRAINING / "2004-07-28-pay"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The notebook of exercises, opened from start_here as `make lab` shows it, and run from the top; in a copy, since
    JupyterLab saves by itself what stays open for two minutes.
    """
    folder = tmp_path_factory.mktemp("lab")
    for place in (NOTEBOOKS, TRAINING):
        shutil.copytree(place, folder / place.name)
    with browser.lab(folder, folder / "home") as address, browser.lab_page() as opened:
        browser.open_next(opened, address, "notebooks/start_here.ipynb")
        opened.get_by_role("link", name="Exercises of a forum").click(timeout=180_000)
        opened.get_by_role("heading", name="Exercises for the hall").wait_for(timeout=180_000)
        opened.get_by_text("| Idle").wait_for(timeout=180_000)
        opened.get_by_role("menuitem", name="Run", exact=True).click()
        opened.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
        opened.locator(".seskit-panel").first.wait_for(timeout=180_000)
        yield opened


def test_every_problem_of_the_session_is_there(page: Any) -> None:
    """As many panels as problems, each exercise under its title."""
    problems = hall.problems(PAY, "pay_2004", 1)
    page.locator(".seskit-panel").nth(len(problems) - 1).wait_for()
    assert page.locator(".seskit-panel").count() == len(problems)
    for title in dict.fromkeys(problem.exercise for problem in problems):
        assert page.get_by_role("heading", name=title).count() == 1


def test_problems_of_the_session_are_answered_on_the_spot(page: Any) -> None:
    """Chosen, typed as printed, or both, the right answer is told apart from a wrong one, in panels of table 1."""
    tried = some(list(enumerate(hall.problems(PAY, "pay_2004", 1))), 4)
    kinds = [{bool(part.choices) for part in problem.drill.parts} for _, problem in tried]
    assert all(kind in kinds for kind in ({True}, {False}, {True, False}))
    for number, problem in tried:
        panel, drill = page.locator(".seskit-panel").nth(number), problem.drill
        for answer, verdict in (wrong, "Not right."), (entered, "Right."):
            for part, expected in zip(drill.parts, drill.expected, strict=True):
                heading = f"{part.label[0].upper()}{part.label[1:]}"
                box = panel.get_by_label(heading).first
                given = answer(part, expected)
                if part.choices:
                    box.select_option(label=part.shown(given))
                else:
                    box.fill(str(given))
                    box.press("Tab")
            panel.get_by_role("button", name="Check the answer").click()
            panel.locator("[role=status]").filter(has_text=verdict).wait_for(timeout=180_000)


def test_the_panels_have_no_accessibility_faults(page: Any) -> None:
    """Axe finds nothing in any panel."""
    assert axe.violations(page, ".seskit-panel") == []
