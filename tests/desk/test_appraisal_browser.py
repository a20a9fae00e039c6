"""The walk through an appraisal year in a real JupyterLab, by keyboard."""

import re

import pytest

from tests import browser, looks

pytestmark = pytest.mark.browser
page = browser.walk("appraisal.ipynb", "outcome_notice.pdf")


def test_the_walk_runs_by_keyboard_without_a_fault(page):
    """No cell ends in an error, and the files are written beside the notebooks."""
    assert browser.faults(page) == []
    assert (page.folder / "out" / "appraisal" / "DBT" / "audit_packet.pdf").is_file()


def test_a_panel_answers_by_keyboard(page):
    """Members of the board are typed in, and the answer under the form changes."""
    field = page.get_by_label("Members of the board").first
    field.scroll_into_view_if_needed()
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.get_by_text("3 of 6; exactly half is not enough").first.wait_for(timeout=180_000)


def test_the_plan_is_drafted_in_the_form_by_keyboard(page):
    """The missing data source is typed in where the gap is, and the check is met; the form's rows scroll by themselves."""
    page.get_by_text(re.compile(r"^Cannot tell; not known: .*\(A7\); .*\(SL2\); .*\(BM4\)\.$")).first.wait_for(
        timeout=180_000
    )
    field = page.get_by_label("Data source, row 3.1").first
    field.focus()
    page.keyboard.type("audit log, read monthly")
    page.keyboard.press("Tab")
    page.get_by_text(
        re.compile(r"^Cannot tell; not known: (?!.*BM4).*\(A7\); .*\(SL2\)\. Requirements: ")
    ).first.wait_for(timeout=180_000)
    rows = page.locator(".seskit-rows").first
    tall, seen = rows.evaluate("box => [box.scrollHeight, box.clientHeight]")
    assert tall > 2 * seen
    assert rows.evaluate("box => getComputedStyle(box).overflowY") == "auto"
    assert rows.evaluate("box => getComputedStyle(box.querySelector('.seskit-rows')).overflowY") == "visible"
    assert field.is_visible()


def test_the_draft_is_saved_and_printed_by_keyboard(page):
    """From the last entry Tab leads to the button; Space saves, the status says what was done, the former plan is kept."""
    agency = page.folder / "notebooks" / "sample" / "agencies" / "DBT"
    (agency / "notes.txt").write_text("An agency of one's own, and no sample.")
    former = (agency / "plan.yaml").read_bytes()
    page.get_by_role("button", name="Remove: Elements, row 5", exact=True).focus()
    button = page.get_by_role("button", name="Save the plan and print it", exact=True)
    browser.press_to(page, button)
    page.keyboard.press("Space")
    told = page.get_by_text("Saved: plan.yaml. The previous plan.yaml is kept as plan.before.yaml.")
    told.wait_for(timeout=180_000)
    assert told.evaluate("line => line.closest('[role=status]') !== null")
    assert button.evaluate("one => one === document.activeElement")
    assert "audit log, read monthly" in (agency / "plan.yaml").read_text(encoding="utf-8")
    assert (agency / "plan.before.yaml").read_bytes() == former
    bottom = page.locator(".seskit-form").first.evaluate("form => form.getBoundingClientRect().bottom")
    assert button.evaluate("one => one.getBoundingClientRect().top") >= bottom
    browser.picture(page, "appraisal_form_saved")


def test_another_history_is_tried_by_keyboard(page):
    """Two ratings at Level 2 mean removal; with the first at Level 4 no action is required."""
    page.get_by_text("The executive must be removed from the SES.", exact=True).last.wait_for(timeout=180_000)
    page.get_by_label("Level, row 1", exact=True).last.focus()
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.get_by_text("No action is required: advise and help to improve", exact=False).last.wait_for(timeout=180_000)
    assert page.get_by_label("Level, row 1", exact=True).last.input_value() == "4"


def test_the_answers_have_no_accessibility_fault(page):
    """Tables, pictures and forms of the walk, of any grade, without JupyterLab's own frame."""
    assert looks.faults(page) == []
