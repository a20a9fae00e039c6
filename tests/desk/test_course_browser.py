"""The course in a real JupyterLab: from the start page to the record of completion by keyboard alone."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from tests import axe, browser

pytestmark = pytest.mark.browser

# The right answer of the story on screen lies in a file, as a learner would have it in mind.
COURSE = """import json
from pathlib import Path
from seskit.desk.course.progress import Progress
from seskit.desk.widgets.course import CoursePanel
from seskit.forum import lessons
panel = CoursePanel(lessons.course(), Progress(Path("c.sqlite3")), "appraisal", Path())
def mind(_):
    story, told = panel.story, []
    for part, value in zip(story.problem.parts, story.problem.expected) if story else ():
        codes = [choice.code for choice in part.offered]
        told.append([part.label, codes.index(part.read(value)) + 1 if codes else part.shown(value)])
    Path("mind").write_text(json.dumps([panel.page, panel.message, told]))
    Path("mind").replace("mind.json")
panel.observe(mind, "message"); mind(None)
panel"""
page = browser.written("course.ipynb", COURSE)


def mind(page: Any) -> Any:
    return json.loads((page.folder / "notebooks" / "mind.json").read_text(encoding="utf-8"))


def press(page: Any, words: str, *, last: bool = False) -> None:
    """Reach a button of the course with Tab and press it."""
    found = page.locator(".seskit-course button", has_text=words)
    browser.press_to(page, found.last if last else found.first, 60)
    page.keyboard.press("Enter")


def turned(page: Any, before: str) -> None:
    """Wait until the next page is there, and its last word is said."""
    status = page.locator(browser.STATUS).first
    for _ in range(600):
        if json.dumps(mind(page)) != before and mind(page)[1] in status.inner_text():
            return
        time.sleep(0.1)
    raise AssertionError(f"The page did not change from {before}.")


def go_on(page: Any) -> None:
    """Press the button at the foot of the page; the keyboard is then at the button above the next one."""
    before = json.dumps(mind(page))
    foot = page.locator(".seskit-course > .widget-vbox > .widget-hbox button").last
    browser.press_to(page, foot, 60)
    page.keyboard.press("Enter")
    turned(page, before)
    page.wait_for_function(
        "() => document.activeElement.closest('.seskit-course') && document.activeElement.tagName === 'BUTTON'"
    )


def decide(page: Any, *, right: bool = True) -> None:
    """Enter the answer in mind, or the other decision, and check it."""
    for number, (label, answer) in enumerate(mind(page)[2]):
        entry = browser.tab_to(page, label[0].upper() + label[1:])
        if isinstance(answer, int):
            wanted = answer if right or number else 3 - answer
            for _ in range(wanted):
                page.keyboard.press("ArrowDown")
            assert entry.evaluate("select => select.selectedIndex") == wanted
        else:
            page.keyboard.type(answer)
            assert entry.input_value() == answer
    press(page, "Check the answer")
    status = page.locator(".seskit-course [role=status]").last
    status.filter(has_text=re.compile(r"Right\." if right else r"Not right\.")).wait_for()


def test_a_run_leaves_the_keyboard_in_the_course(page: Any) -> None:
    """JupyterLab puts it below the last cell; the course takes it to its first entry, so that Tab moves on from there."""
    page.wait_for_function("() => document.activeElement.matches('.seskit-course select')")


def test_from_the_start_to_the_record_by_keyboard_alone(page: Any) -> None:
    """Placement check, one lesson for what was not right, and the record; a screen reader hears each page."""
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    assert "not begun" in page.locator(".seskit-course table").inner_text()
    before = json.dumps(mind(page))
    press(page, "Placement check")
    turned(page, before)
    asked = 0
    while mind(page)[2]:
        decide(page, right=asked != 0)
        go_on(page)
        asked += 1
    assert asked == 23, "the first objective is missed at once, each other one takes two stories"
    assert browser.said(page, "objectives were shown").startswith("11 of 12 objectives were shown")
    go_on(page)
    browser.tab_to(page, "Lesson")
    page.keyboard.press("ArrowDown")
    before = json.dumps(mind(page))
    press(page, "Open this lesson")
    turned(page, before)
    assert mind(page)[0] == "A plan that holds"
    page.locator(".seskit-course").get_by_text("Results Driven weighs 15; at least 20 is needed").wait_for()
    browser.picture(page, "course-lesson")
    go_on(page)
    press(page, "Hint 1 of 3")
    page.locator(".seskit-course [role=status]").last.filter(has_text="The rule:").wait_for()
    browser.picture(page, "course-story")
    while mind(page)[2]:
        decide(page)
        go_on(page)
    assert browser.said(page, "The lesson is finished.")
    go_on(page)
    browser.tab_to(page, "Your name")
    page.keyboard.type("Pat Example")
    press(page, "Write the record")
    assert "12 of 12 objectives mastered." in browser.said(page, "Written: record-of-completion.pdf.")
    assert (page.folder / "notebooks" / "record-of-completion.pdf").read_bytes().startswith(b"%PDF")
    assert browser.faults(page) == []


def test_the_start_page_is_clean_and_fits(page: Any) -> None:
    """Axe finds nothing; nothing is cut or wider than the course, on a wide screen and on a narrow one."""
    assert axe.violations(page, browser.OUTPUT, ("serious", "critical")) == []
    for width in (1366, 320):
        page.evaluate("width => { document.querySelector('.seskit-course').style.maxWidth = `${width - 24}px` }", width)
        page.wait_for_timeout(500)
        browser.picture(page, f"course-{width}")
        cut = page.evaluate(
            "() => [...document.querySelectorAll('.seskit-course label, .seskit-course button')].filter(e =>"
            " e.offsetParent !== null && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
        assert cut == [], width
    assert Path(page.folder / "notebooks" / "c.sqlite3").is_file()
