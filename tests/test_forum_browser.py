"""From start_here to an exercise of a forum in a real JupyterLab: reached by its link, answered, and found clean by axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seskit.forum import hall
from tests import axe, browser

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[1]
PAY = ROOT / "training" / "2004-07-28-pay"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The notebook of exercises, opened from start_here as `make lab` shows it, and run from the top."""
    home = tmp_path_factory.mktemp("lab")
    with browser.open_page() as opened, browser.lab(ROOT, home) as address:
        opened.goto(f"{address}/lab/workspaces/test-forum/tree/notebooks/start_here.ipynb?reset")
        opened.get_by_role("link", name="Exercises of a forum").click(timeout=60_000)
        opened.get_by_role("heading", name="Exercises for the hall").wait_for(timeout=60_000)
        opened.get_by_text("| Idle").wait_for(timeout=60_000)
        opened.get_by_role("menuitem", name="Run", exact=True).click()
        opened.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
        opened.locator(".seskit-panel").first.wait_for(timeout=60_000)
        yield opened


def test_every_problem_of_the_session_is_there(page: Any) -> None:
    """As many panels as problems, each exercise under its title."""
    problems = hall.problems(PAY, "pay_2004", 1)
    page.locator(".seskit-panel").nth(len(problems) - 1).wait_for()
    assert page.locator(".seskit-panel").count() == len(problems)
    for title in dict.fromkeys(problem.exercise for problem in problems):
        assert page.get_by_role("heading", name=title).count() == 1


def test_an_answer_is_checked_on_the_spot(page: Any) -> None:
    """The pool of table 1: a wrong amount is told apart from the right one."""
    problems = hall.problems(PAY, "pay_2004", 1)
    number = next(n for n, problem in enumerate(problems) if problem.drill.question.name == "pay_setting.notice_due")
    panel, right = page.locator(".seskit-panel").nth(number), problems[number].drill.answer
    for given, verdict in ("2004-01-01", "Not right."), (right.isoformat(), "Right."):
        panel.locator("input[type=text]").first.fill(given)
        panel.locator("input[type=text]").first.press("Tab")
        panel.get_by_role("button", name="Check the answer").click()
        panel.locator("[role=status]").filter(has_text=verdict).wait_for(timeout=10_000)


def test_the_panels_have_no_accessibility_faults(page: Any) -> None:
    """Axe finds nothing in any panel."""
    assert axe.violations(page, ".seskit-panel") == []
