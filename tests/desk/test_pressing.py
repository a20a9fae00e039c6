"""A press is followed after all that the page held back, in its order, and never lost."""

from __future__ import annotations

import asyncio

import pytest

from seskit.desk.widgets import pressing, uploading
from tests.places import PACKAGE

CLICK = {"event": "click"}


@pytest.fixture
def page(monkeypatch):
    made = pressing._Page()
    monkeypatch.setattr(pressing, "_page", lambda: made)
    return made


def press(button):
    button._handle_button_msg(button, CLICK, [])


def answer(page):
    """The page gives its sign, as its browser would."""
    page._heard.value = page._asked.value


def test_presses_wait_for_the_sign_of_the_page_and_keep_their_order(page):
    """Each press has its own sign; a sign that nobody waits for does nothing."""
    done = []

    async def run():
        first, second = (pressing.Button(name, lambda name=name: done.append(name)) for name in ("first", "second"))
        press(first)
        press(second)
        assert done == []
        answer(page)
        assert done == ["first"]
        answer(page)
        assert done == ["first", "second"]
        page._heard.value = 0
        assert done == ["first", "second"]

    asyncio.run(run())


def test_a_press_is_followed_where_the_page_gives_no_sign(page, monkeypatch):
    """After a while; a sign that comes later than that does not act twice."""
    monkeypatch.setattr(pressing, "_PATIENCE", 0)
    done = []

    async def run():
        press(pressing.Button("Press", lambda: done.append("done")))
        await asyncio.sleep(0.01)
        assert done == ["done"]
        answer(page)

    asyncio.run(run())
    assert done == ["done"]


def test_a_press_is_followed_at_once_where_nothing_could_wait(page):
    """Without a loop there is no patience: a press is never left lying, nor the next one behind it."""
    done = []
    for _ in range(2):
        press(pressing.Button("Press", lambda: done.append("done")))
    assert done == ["done", "done"]


def test_a_press_that_fails_does_not_hold_the_next_one(page):
    """What the act raises is for the log; the next press has its turn."""
    done = []

    def fail():
        raise ValueError("It failed.")

    async def run():
        press(pressing.Button("Fail", fail))
        press(pressing.Button("Press", lambda: done.append("done")))
        for _ in range(2):
            answer(page)

    asyncio.run(run())
    assert done == ["done"]


def test_a_call_of_click_is_followed_at_once_and_other_messages_are_none(page):
    """As a program presses, without a page."""
    done = []
    button = pressing.Button("Press", lambda: done.append("done"))
    button.click()
    button._handle_button_msg(button, {"event": "other"}, [])
    assert done == ["done"]
    assert not page._acts


def test_each_button_of_the_desk_waits_and_none_is_read_out_as_null():
    """No other button is made, so that no press overtakes an entry; nor one for a file, which needs a tip of its own."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    for kind, place in (("Button", "pressing.py"), ("FileUpload", "uploading.py")):
        assert [name for name, text in texts.items() if f"ipywidgets.{kind}" in text] == [place]
    assert uploading.take_file("Choose a file", (".csv",), print).tooltip == "Choose a file"
