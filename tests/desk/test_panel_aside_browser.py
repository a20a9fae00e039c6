"""A panel in a real JupyterLab: what cannot change the answer is put aside and stays within reach of the keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import browser, looks

pytestmark = pytest.mark.browser

ASIDE = """from seskit.law import awards; from seskit.desk import widgets
widgets.Panel(awards.check_award, as_of="2011-09-30", appointment_type="noncareer")"""
AGENCY = """from pathlib import Path; from shutil import copytree; from tempfile import mkdtemp; from tests.places import SAMPLES
folder = copytree(SAMPLES / "XFR", Path(mkdtemp()) / "XFR")
from seskit.desk import correct; correct.panel(folder)"""
NEW = """from seskit.desk.opener.make import NewAgency
widgets.FormPanel(NewAgency(lambda _: None))"""
SLOW = """import time; import ipywidgets; from seskit.desk.widgets.look import Shown, status; from seskit.desk.widgets.pressing import Button
chosen = ipywidgets.Dropdown(options=["first", "second", "third", "fourth"], description="Which one")
chosen.observe(lambda _: time.sleep(1), "value")
heard = ipywidgets.HTML(status("Nothing yet."))
def pressed(): heard.value = status(f"Pressed with the {chosen.value}.")
name, title, text = (box(description=words, continuous_update=False) for box, words in (
    (ipywidgets.Text, "Name"), (ipywidgets.Text, "Title"), (ipywidgets.Textarea, "Reason")))
def complain(_):
    time.sleep(1)
    title.description, text.description = f"Title, needed {name.value}", f"Reason, needed {name.value}"
name.observe(complain, "value")
panel = Shown([chosen, Button("Press", pressed), heard, name, title, text]); panel.add_class("seskit-panel"); panel"""
aside = browser.written("aside.ipynb", ASIDE, AGENCY, NEW, SLOW)


def test_what_cannot_change_the_answer_waits_behind_a_button(aside: Any, tmp_path: Path) -> None:
    """Hidden entries are out of the keyboard's way; the button shows them, and one that has the keyboard never vanishes."""
    assert browser.said(aside, "award").startswith("No performance award may be paid")
    assert not aside.get_by_label("Rate of basic pay").is_visible()
    more = aside.get_by_role("button", name="More facts (cannot change this answer): 4")
    more.focus()
    aside.keyboard.press("Enter")
    box = aside.get_by_label("Rate of basic pay")
    box.wait_for(state="visible")
    box.focus()
    aside.evaluate("() => document.querySelector('.seskit-form').classList.remove('seskit-all')")
    assert box.is_visible()
    assert browser.focused(aside).startswith("Rate of basic pay")
    aside.screenshot(path=tmp_path / "aside.png")
    aside.get_by_label("Appointment type").focus()
    box.wait_for(state="hidden")
    aside.get_by_label("Appointment type").select_option(label="career")
    box.wait_for(state="visible")


def test_the_answer_stays_in_sight_while_a_long_form_is_filled_in(aside: Any) -> None:
    """A form taller than the window, at every width: with the keyboard in any entry the answer is seen, and the entry."""
    aside.get_by_label("Appointment type").select_option(label="career")
    aside.get_by_label("Rate of basic pay").wait_for(state="visible")
    browser.hide_files(aside)
    form = aside.locator(".seskit-form").first
    assert form.evaluate("form => form.offsetHeight") > 420
    assert looks.out_of_sight(aside, form) == []


def test_every_entry_shows_that_it_has_the_keyboard_and_every_choice_whole(aside: Any) -> None:
    """A question, the problems of a roster with a cell open, a new agency with its rows: an outline that nothing cuts."""
    browser.hide_files(aside)
    aside.set_viewport_size({"width": 1366, "height": 768})
    aside.get_by_role("button", name="Open the").first.press("Enter")
    aside.get_by_label("Why it is changed").wait_for()
    for number in range(3):
        panel = aside.locator(".seskit-panel").nth(number)
        assert panel.locator("input, select").count() > 3
        assert looks.unmarked(panel) == [], number
    browser.picture(aside, "keyboard")


def test_a_press_never_overtakes_the_entry_before_it(aside: Any) -> None:
    """Three steps of the keyboard while the kernel still works on the first, and the button at once: it hears the last."""
    entry = aside.get_by_label("Which one")
    entry.focus()
    for _ in range(3):
        aside.keyboard.press("ArrowDown")
    assert entry.evaluate("select => select.selectedIndex") == 3
    aside.get_by_role("button", name="Press", exact=True).press("Enter")
    said = aside.locator(browser.STATUS, has_text="Pressed with the ")
    said.wait_for()
    assert said.inner_text() == "Pressed with the fourth."


def test_what_is_typed_stays_while_labels_change(aside: Any) -> None:
    """The kernel changes the label of an entry in which somebody types: no letter is lost, and what is typed is heard."""
    panel = aside.locator(".seskit-panel").last
    for label, box in (("Title", "input"), ("Reason", "textarea")):
        aside.get_by_label("Name").last.fill(f"before {label}")
        aside.keyboard.press("Tab")
        entry = panel.locator(f".widget-label:has-text('{label}') + {box}")
        entry.focus()
        aside.keyboard.type("Director, Own Walks", delay=120)
        panel.get_by_text(f"{label}, needed before {label}").wait_for()
        assert entry.input_value() == "Director, Own Walks"
        aside.keyboard.press("Tab")
        aside.get_by_text("| Idle").first.wait_for()
        assert entry.input_value() == "Director, Own Walks"
