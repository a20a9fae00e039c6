"""The course in a real JupyterLab: from the start page to the record of completion by keyboard alone."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from seskit.desk.course.progress import ProgressFile
from seskit.desk.widgets.course import CoursePanel
from seskit.forum import lessons
from tests import axe, browser

pytestmark = pytest.mark.browser

# The right answer of the story on screen lies in a file, as a learner would have it in mind.
COURSE = """import json
from pathlib import Path
from seskit.desk.course.progress import ProgressFile
from seskit.desk.widgets.course import CoursePanel
from seskit.forum import lessons
panel = CoursePanel(lessons.course(), ProgressFile(Path("c.sqlite3")), folder=Path())
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
    """Wait until the next page is there, its last word is said, and the keyboard is at its heading."""
    status = page.locator(browser.STATUS).first
    for _ in range(600):
        if json.dumps(mind(page)) != before and mind(page)[1] in status.inner_text():
            page.wait_for_function("() => document.activeElement.matches('.seskit-course .seskit-page')")
            return
        time.sleep(0.1)
    raise AssertionError(f"The page did not change from {before}.")


def go(page: Any, words: str) -> None:
    """Press a button that leads to another page."""
    before = json.dumps(mind(page))
    press(page, words)
    turned(page, before)


def go_on(page: Any) -> None:
    """Press the first button at the foot of the page; the keyboard is then at the heading of the next one."""
    before = json.dumps(mind(page))
    foot = page.locator(".seskit-course > .seskit-buttons button").first
    browser.press_to(page, foot, 60)
    page.keyboard.press("Enter")
    turned(page, before)


def decide(page: Any, *, right: bool = True) -> None:
    """Enter the answer in mind, or the other decision, and check it."""
    for number, (label, answer) in enumerate(mind(page)[2]):
        words = label[0].upper() + label[1:]
        entry = browser.press_to(page, page.locator(".seskit-course").get_by_label(words).first)
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
    page.locator(".seskit-course").get_by_text("Solution.").wait_for()
    page.wait_for_function("() => document.activeElement.matches('.seskit-course .seskit-landing:not(.seskit-page)')")
    assert page.locator(".seskit-course button", has_text="Check the answer").count() == 0


def test_a_run_leaves_the_keyboard_in_the_course(page: Any) -> None:
    """JupyterLab puts it below the last cell; the course takes it to its heading, so that Tab moves on from there."""
    page.wait_for_function("() => document.activeElement.matches('.seskit-course .seskit-page')")


def test_the_first_page_asks_for_a_job_and_fits(page: Any) -> None:
    """Nobody is put on a path; each is a button."""
    assert page.locator(".seskit-course button", has_text="Learn: ").count() == 5
    assert fits(page, "course-jobs") == []
    assert axe.violations(page, browser.OUTPUT, ("serious", "critical")) == []


def fits(page: Any, name: str) -> list[Any]:
    """What is cut on a wide screen and on a narrow one."""
    found = []
    for width in (1366, 820, 320):
        page.evaluate("width => { document.querySelector('.seskit-course').style.maxWidth = `${width - 24}px` }", width)
        page.wait_for_timeout(500)
        browser.picture(page, f"{name}-{width}")
        found += page.evaluate(
            "() => [...document.querySelectorAll('.seskit-course label, .seskit-course button')].filter(e =>"
            " e.offsetParent !== null && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
    page.evaluate("() => { document.querySelector('.seskit-course').style.maxWidth = '' }")
    return found


def test_from_the_start_to_the_record_by_keyboard_alone(page: Any) -> None:
    """Placement check, in three sittings, one lesson for what was not right, and the record; a screen reader hears each page."""
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    go(page, "Learn: Appraising executives")
    assert "not begun" in page.locator(".seskit-course table").inner_text()
    go(page, "Placement check")
    asked = 0
    while mind(page)[2]:
        decide(page, right=asked != 4)
        go_on(page)
        asked += 1
        if asked == 2:
            story = mind(page)[1:]
            go(page, "Start page")
            go(page, "Placement check: go on with story 3 of 30")
            assert mind(page)[1:] == story
        if asked == 7:
            go(page, "Start page")
            answered_elsewhere(page.folder / "notebooks", 26 - asked)
            asked = 26
            run_anew(page)
            go(page, "Placement check: go on with story 28 of 30")
    assert asked == 29, "the first objective of the job is missed at once, each other one takes two stories"
    assert mind(page)[1].startswith("14 of 15 objectives were shown, each by two stories.")
    go(page, "Start page")
    browser.tab_to(page, "Lesson")
    while page.locator(".seskit-course select").first.evaluate("one => one.selectedIndex") != 1:
        page.keyboard.press("ArrowDown")
    go(page, "Open this lesson")
    assert mind(page)[0] == "A plan that holds up"
    marked = "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).borderLeftWidth]"
    assert page.locator(".seskit-course .seskit-page").evaluate(marked) == ["none", "4px"], "a bar, unlike an entry"
    assert where_in_sight(page).startswith("A plan that holds up: page 1 of ")
    page.locator(".seskit-course").get_by_text("Results Driven weighs 15; at least 20 is needed").wait_for()
    browser.picture(page, "course-lesson")
    go_on(page)
    press(page, "Hint 1 of 3")
    page.locator(".seskit-course [role=status]").last.filter(has_text="The rule:").wait_for()
    assert (
        page.locator(".seskit-course > .seskit-buttons button").first.inner_text().startswith("Leave this story open.")
    )
    browser.picture(page, "course-story")
    leave_and_come_back(page)
    while mind(page)[2]:
        decide(page)
        browser.picture(page, "course-decided")
        go_on(page)
    assert browser.said(page, "The lesson is finished.")
    browser.picture(page, "course-outcome")
    go(page, "write your record")
    browser.tab_to(page, "Your name")
    page.keyboard.type("Pat Example")
    button = browser.press_to(page, page.locator(".seskit-course button", has_text="Write the record").first, 60)
    before = button.bounding_box()
    page.keyboard.press("Enter")
    link = page.locator(
        ".seskit-course a", has_text="Download the record: record-of-completion-appraisal-pat-example.pdf"
    )
    link.wait_for()
    assert button.bounding_box() == before, "what was pressed stays where it is"
    assert button.evaluate("one => one === document.activeElement")
    assert link.evaluate("one => getComputedStyle(one).textDecorationLine") == "underline"
    browser.picture(page, "course-record")
    page.keyboard.press("Tab")
    assert link.evaluate("one => one === document.activeElement")
    said = page.locator(
        ".seskit-course [role=status]",
        has_text="Written: record-of-completion-appraisal-pat-example.pdf, in the folder ",
    )
    assert "15 of 15 objectives mastered." in said.inner_text()
    assert (
        (page.folder / "notebooks" / "record-of-completion-appraisal-pat-example.pdf").read_bytes().startswith(b"%PDF")
    )
    assert browser.faults(page) == []


def where_in_sight(page: Any) -> str:
    """What is to be read at the top of the window while the foot of the page is on the screen."""
    page.locator(".seskit-course > .seskit-buttons button").first.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    found: str = page.evaluate(
        "() => { const box = document.querySelector('.seskit-course .seskit-spot').getBoundingClientRect();"
        " const met = document.elementFromPoint(box.left + 20, box.top + 12)?.closest('.seskit-spot');"
        " return met ? met.innerText.trim() : '' }"
    )
    return found


def answered_elsewhere(folder: Path, stories: int) -> None:
    """The placement check of the same learner goes on at another machine, each answer right."""
    elsewhere = CoursePanel(lessons.course(), ProgressFile(folder / "c.sqlite3"), folder=folder)
    elsewhere.sit(elsewhere.start.check)
    for _ in range(stories):
        for part, value in zip(elsewhere.story.problem.parts, elsewhere.story.problem.expected, strict=True):
            elsewhere.story.entries[part.path].put(part.read(value) if part.choices else part.shown(value))
        assert elsewhere.story.check().right
        elsewhere.forward()


def run_anew(page: Any) -> None:
    """Run the notebook as on another day; it begins at the start page."""
    page.locator(".jp-Notebook").first.focus()
    browser.run_by_keyboard(page)
    browser.said(page, "Start page: Appraising executives.")
    page.wait_for_function("() => document.activeElement.matches('.seskit-course .seskit-page')")


def leave_and_come_back(page: Any) -> None:
    """Go to the next story and back, run the notebook anew as on another day, and continue on the same page of the lesson."""
    where = mind(page)
    go_on(page)
    go(page, "Back one page")
    assert mind(page) == where
    run_anew(page)
    go(page, "Continue: A plan that holds up, page 2 of ")
    assert mind(page) == where
    page.locator(".seskit-course").get_by_text("The rule:").last.wait_for()
    press(page, "Hint 2 of 3")


def test_the_start_page_is_clean_and_fits(page: Any) -> None:
    """Axe finds nothing; nothing is cut or wider than the course, on a wide screen and on a narrow one."""
    assert axe.violations(page, browser.OUTPUT, ("serious", "critical")) == []
    assert fits(page, "course-start") == []
    assert Path(page.folder / "notebooks" / "c.sqlite3").is_file()
