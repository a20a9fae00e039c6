"""A panel in a real JupyterLab: reached, filled in and read by keyboard alone, and found clean by axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import axe, browser, looks

pytestmark = pytest.mark.browser

PANEL = """from seskit.law import awards; from seskit.desk import widgets
panel = widgets.Panel(awards.check_award, award="$8,000")
panel"""
DRILL = """from seskit.desk import drills
widgets.DrillPanel(drills.make(awards.award_pool, seed=7))"""
TICKS = """from seskit.law import appraisal
widgets.DrillPanel(drills.make(appraisal.balanced_measures, seed=1))"""
page = browser.written("panel.ipynb", PANEL, DRILL, TICKS)


def test_a_panel_is_filled_in_and_read_by_keyboard_alone(page: Any, tmp_path: Path) -> None:
    """From the notebook to the answer without a mouse; a wrong entry is explained and clears nothing."""
    assert "Last day of the appraisal period; Appointment type" in browser.said(page, "To be filled in")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    browser.tab_to(page, "Last day of the appraisal period")
    page.keyboard.type("2011-09-30")
    page.keyboard.press("Tab")
    assert browser.focused(page) == "Appointment type"
    page.keyboard.press("ArrowDown")
    browser.tab_to(page, "Annual summary rating")
    page.keyboard.type("4")
    browser.tab_to(page, "Rate of basic pay")
    page.keyboard.type("$160,000x")
    page.keyboard.press("Enter")
    assert "Rate of basic pay: '$160,000x' is not an amount in dollars" in browser.said(page, "cannot be used")
    assert page.locator("[aria-invalid]").evaluate_all("all => all.map(one => one === document.activeElement)") == [
        True
    ]
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert browser.said(page, "lawful").startswith("The award of $8,000 is lawful.")
    assert browser.focused(page).startswith("Rate of basic pay")
    assert page.get_by_label("Last day of the appraisal period").input_value() == "2011-09-30"
    page.screenshot(path=tmp_path / "panel.png")


def test_the_answer_is_a_polite_live_region_with_text(page: Any) -> None:
    """What the browser tells a screen reader: a status, polite, read as a whole; and one that says what a press opens."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    regions = [node for node in nodes if node.get("role", {}).get("value") == "status"]
    told = [{item["name"]: item["value"].get("value") for item in node["properties"]} for node in regions]
    panels = [region for region in told if region.get("live") == "polite" and region.get("atomic") is True]
    assert len(panels) == 3 + 1


def test_every_label_and_help_is_seen_whole(page: Any) -> None:
    """No label, help or box is cut, and nothing is wider than its panel."""
    cut = page.evaluate(
        "() => [...document.querySelectorAll('.seskit-panel label, .seskit-panel input, .seskit-panel select,"
        " .seskit-panel button, .seskit-panel td, .seskit-panel th')].filter(e => e.offsetParent !== null"
        " && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 2)).map(e => e.outerHTML)"
    )
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.seskit-panel')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    )
    assert cut == []
    assert wide == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_the_outputs(page: Any, theme: str, tmp_path: Path) -> None:
    """All panels, filled and empty, in the light and in the dark theme."""
    looks.use_theme(page, theme)
    faults = axe.violations(page, ".seskit-panel", ("serious", "critical"))
    page.screenshot(path=tmp_path / "theme.png")
    assert faults == []


def test_a_practice_problem_says_in_words_whether_the_answer_is_right(page: Any) -> None:
    """Enter the parts, press the labeled button, hear the verdict with its reasons."""
    pool = page.get_by_label("Award pool")
    pool.focus()
    page.keyboard.type("1")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    region = page.locator(browser.STATUS).nth(1)
    region.filter(has_text="Not right. award pool: you gave $1; it is").wait_for(timeout=180_000)
    panel = page.locator(".seskit-panel").nth(1)
    panel.locator("summary").filter(has_text="Figures used").press("Enter")
    panel.get_by_role("table", name="Figures used").wait_for()


def test_several_answers_are_ticked(page: Any) -> None:
    """Each choice has a box with its name beside it; what is ticked is the answer, in any order."""
    from seskit.desk import drills
    from seskit.law import appraisal

    drill = drills.make(appraisal.balanced_measures, 1)
    panel = page.locator(".seskit-panel").nth(2)
    right = drill.parts[0].read(drill.expected[0])
    assert panel.get_by_role("checkbox").count() == len(drill.parts[0].choices) + 1
    for choice in drill.parts[0].choices:
        if choice.code in right:
            panel.get_by_label(choice.name).check()
    if not right:
        panel.get_by_label("none of these").check()
    panel.get_by_role("button", name="Check the answer").click()
    page.locator(browser.STATUS).nth(2).filter(has_text="Right.").wait_for(timeout=180_000)
