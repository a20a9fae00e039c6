"""Panels: every question has one, every box is labeled, and the answer follows the entries."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Annotated, Any, Literal, NotRequired

import ipywidgets
import pytest
from typing_extensions import TypedDict

from seskit.desk import drills
from seskit.desk.asked import declared
from seskit.desk.widgets import DrillPanel, Panel
from seskit.formats.days import days_in_words
from seskit.law import awards, probing, question
from seskit.law.facts import AsOf, Day, Fact, FactError, Money, Percent, RatingLevel, Whole
from seskit.law.question import Question
from seskit.law.result import Result, Working
from seskit.work import report
from tests import noise
from tests.extent import times

ALLOWED = {"HTML", "VBox", "HBox", "Text", "Textarea", "Dropdown", "Checkbox", "Button", "Panel", "DrillPanel"}
QUESTIONS = question.questions()


def every_widget(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        yield from every_widget(child)


def words(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", re.sub("<style>.*?</style>", "", html, flags=re.S))).split())


def shown(panel: Any) -> str:
    return words(" ".join(w.value for w in every_widget(panel) if isinstance(w, ipywidgets.HTML)))


class Step(TypedDict):
    taken_on: Annotated[Day, Fact("Taken on")]
    by: NotRequired[Annotated[list[Literal["panel", "agency"]], Fact("Taken by")]]


class Case(TypedDict):
    name: Annotated[str, Fact("Name of the case")]
    steps: NotRequired[Annotated[list[Step], Fact("Steps")]]


def _nested(
    *,
    cases: Annotated[list[Case], Fact("Cases")],
    levels: Annotated[list[RatingLevel | None], Fact("Levels")],
    others: Annotated[list[Whole], Fact("Others")] = [],  # noqa: B006 - never changed
) -> Result:
    """What was given?"""
    return Working(None).answer({"cases": cases, "levels": levels, "others": others}, "Given.")


class Action(TypedDict):
    effective: Annotated[Day, Fact("Effective date", "The first day.")]
    kind: Annotated[Literal["initial", "zero_adjustment"], Fact("Kind of action")]
    amount: NotRequired[Annotated[Money, Fact("Amount", unit="USD")]]


def _invented(
    as_of: AsOf,
    *,
    actions: Annotated[list[Action], Fact("Pay actions", "Every action, oldest first.")],
    weights: Annotated[list[Whole], Fact("Weights", "In the plan's order.")],
    met: Annotated[Literal["all"] | list[Literal["alignment", "oversight"]] | None, Fact("Criteria met")] = None,
    paid: Annotated[dict[Literal["relocation", "retention"], Money], Fact("Payments")] | None = None,
    scores: Annotated[dict[str, Percent] | None, Fact("Scores")] = None,
    notes: Annotated[dict[str, Any] | None, Fact("Notes")] = None,
    percent: Annotated[Percent, Fact("Locality", unit="percent")] = Decimal(10),
) -> Result:
    """What was given?"""
    return Working(as_of).answer(
        {
            "actions": actions,
            "weights": weights,
            "met": met,
            "paid": paid,
            "notes": notes,
            "percent": percent,
            "scores": scores,
        },
        "Given.",
    )


INVENTED: Question[Any] = Question("invented.everything", _invented, "design")


@pytest.fixture
def invented() -> Panel:
    return Panel(INVENTED, as_of="2004-01-11", weights=[40, 60])


def value(panel: Panel, name: str, entered: Any) -> None:
    panel.entries[name].widget.value = entered


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_has_a_panel_of_plain_labeled_entries(name: str) -> None:
    """Only controls that pass an accessibility scan, each with its label, unit and help in sight."""
    asked = QUESTIONS[name]
    panel = Panel(asked)
    assert {type(widget).__name__ for widget in every_widget(panel)} <= ALLOWED
    assert list(panel.entries) == list(asked.slots)
    for fact, entry in panel.entries.items():
        slot = asked.slots[fact]
        label = words(getattr(entry.widget, "description", "") or entry.widget.children[0].value)
        assert label.startswith(days_in_words(slot.label))
        assert days_in_words(slot.help) in label
        assert not slot.unit or slot.unit.replace("USD", "dollars") in label
        explained = slot.help or slot.unit or entry.shape.choices or len(slot.label) > 5
        assert explained, f"{fact}: the label says too little to stand without help"
    for widget in every_widget(panel):
        if isinstance(widget, ipywidgets.Button | ipywidgets.Checkbox):
            assert widget.description
            assert not getattr(widget, "icon", "")


@pytest.mark.parametrize("name", QUESTIONS)
def test_facts_filled_in_are_the_facts_asked_about(name: str) -> None:
    """A panel given a set of facts answers as the function does, whatever the facts."""
    asked = QUESTIONS[name]
    for seed in range(times(20, 2)):
        try:
            facts, result = noise.draw(asked, seed)
        except FactError as failure:
            pytest.skip(str(failure))
        panel = Panel(asked, **facts)
        assert panel.result == result, panel.message
        assert panel.message == days_in_words(result.says)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_required_choice_starts_open_and_an_unknown_one_says_so(name: str) -> None:
    """No choice is made for the person: 'choose' where one is needed, 'not known' where that is an answer."""
    for entry in Panel(QUESTIONS[name]).entries.values():
        if isinstance(entry.widget, ipywidgets.Dropdown):
            first = entry.widget.options[0][0]
            labels = [label for label, _ in entry.widget.options]
            assert first == ("choose" if entry.slot.required else "not known") or entry.slot.default is not None
            assert ("not known" in labels) == (entry.slot.may_be_unknown or entry.slot.default is None)


def test_what_is_missing_is_listed_before_the_first_try() -> None:
    """An empty panel asks for what it needs and calls nothing an error."""
    panel = Panel(awards.award_pool)
    assert panel.result is None
    assert panel.message == "To be filled in: Date of payment; Career appointees; Aggregate career basic pay."
    assert "cannot be used" not in shown(panel)
    assert "role='status' aria-live='polite'" in panel._status.value


def test_the_answer_follows_every_entry() -> None:
    """The pool of 10 career rates of $1,500,000 together: 10 percent in 2009; changing the date changes the answer."""
    panel = Panel(awards.award_pool, as_of="2009-12-01", count=10, aggregate=1200000)
    assert panel.entries["aggregate"].widget.value == "$1,200,000"
    value(panel, "aggregate", "$1,500,000")
    assert panel.result.answer == {"pool": Decimal(150000), "method": "aggregate"}
    assert panel.result == awards.award_pool("2009-12-01", count=10, aggregate=1500000)
    assert panel.message in shown(panel)
    assert all(days_in_words(reason.text) in shown(panel) for reason in panel.result.reasons)
    value(panel, "aggregate", "1,600,000")
    assert panel.result.answer["pool"] == 160000


def test_a_wrong_entry_says_what_the_function_says_and_clears_nothing() -> None:
    """The same sentence as the call raises, at the entry and in the status; the other entries stay."""
    panel = Panel(awards.award_limits, as_of="2011-09-30", rate=150000)
    value(panel, "rate", "15O,000")
    with pytest.raises(FactError) as refused:
        awards.award_limits("2011-09-30", rate="15O,000")
    assert panel.result is None
    assert panel.message == str(refused.value).replace(" (rate)", "")
    assert "15O,000" in words(panel.entries["rate"].widget.description)
    assert "Figures used" not in shown(panel)
    assert panel.entries["as_of"].widget.value == "September 30, 2011"
    value(panel, "rate", "150,000")
    assert panel.result.answer["minimum"] == 7500
    assert "15O" not in panel.entries["rate"].widget.description


def test_a_date_without_a_rule_is_refused_in_the_functions_words() -> None:
    """No figure for the date: the panel gives the earliest covered date, as the call does."""
    panel = Panel(awards.award_limits, as_of="1970-01-01", rate=30000)
    with pytest.raises(FactError) as refused:
        awards.award_limits("1970-01-01", rate=30000)
    assert (panel.result, panel.message) == (None, str(refused.value))


def test_not_known_leads_to_cannot_tell() -> None:
    """A fact set back to 'not known' takes the answer back to 'cannot tell'."""
    panel = Panel(awards.check_award, as_of="2011-09-30", appointment_type="career", rating=4, rate=160000, award=8000)
    assert panel.result.answer["lawful"] is True
    value(panel, "rating", "not known")
    assert panel.result.answer["lawful"] is None


def test_facts_given_to_the_panel_are_checked_like_the_call() -> None:
    """A misspelled fact or an unusable value is refused when the panel is made, with the call's sentence."""
    with pytest.raises(FactError, match=r"has no fact 'certfied'\. Did you mean 'certified'"):
        Panel(awards.check_award, certfied=True)
    with pytest.raises(FactError, match=r"Annual summary rating \(rating\): '7'"):
        Panel(awards.check_award, rating=7)


def test_an_as_of_date_that_may_be_left_out_is_left_out() -> None:
    """The due date needs no as-of date."""
    panel = Panel(report.due_date, awards_determined_on=date(2002, 12, 13))
    assert panel.result.answer == date(2002, 12, 27)


def test_rows_are_added_filled_and_removed(invented: Panel) -> None:
    """A list of pay actions is entered in rows; removing one moves up those below."""
    assert invented.message.startswith("To be filled in: Effective date, row 1; Kind of action, row 1")
    rows: Any = invented.entries["actions"]
    rows.rows[0][0].widget.value = "2004-01-11"
    rows.rows[0][1].widget.value = "initial"
    assert invented.result.answer["actions"] == [{"effective": date(2004, 1, 11), "kind": "initial"}]
    add = rows.widget.children[-1]
    add.click()
    assert invented.result is None
    rows.rows[1][0].widget.value = "2005-01-09"
    rows.rows[1][1].widget.value = "zero_adjustment"
    rows.rows[1][2].widget.value = "$5"
    assert len(invented.result.answer["actions"]) == 2
    rows.body.children[0].children[-1].click()
    assert invented.result.answer["actions"] == [
        {"effective": date(2005, 1, 9), "kind": "zero_adjustment", "amount": Decimal(5)}
    ]
    rows.rows[0][0].widget.value = "January"
    assert invented.message.startswith("Effective date, row 1: 'January' is not a date")


def test_rows_within_rows_move_up_together() -> None:
    """A case's own steps go with it when the case above is removed, and every button says what it removes."""
    first = {"name": "First", "steps": [{"taken_on": "2004-01-11"}]}
    steps = [{"taken_on": date(2005, 1, 9), "by": ["agency"]}, {"taken_on": date(2006, 1, 8), "by": []}]
    panel = Panel(Question("invented.nested", _nested, "design"), cases=[first, {"name": "Second", "steps": steps}])
    value(panel, "levels", "3\nnot known\n5")
    assert panel.result.answer["levels"] == [3, None, 5]
    assert panel.result.answer["others"] == []
    removes = [w for w in every_widget(panel) if isinstance(w, ipywidgets.Button) and "Remove" in w.description]
    assert [button.description for button in removes] == [
        "Remove: Steps, row 1.1",
        "Remove: Cases, row 1",
        "Remove: Steps, row 2.1",
        "Remove: Steps, row 2.2",
        "Remove: Cases, row 2",
    ]
    removes[1].click()
    assert panel.result.answer["cases"] == [{"name": "Second", "steps": steps}]


def test_lists_choices_and_mappings_need_no_json(invented: Panel) -> None:
    """One value a line, boxes to tick, a box for each name; only a mapping of anything is written as JSON."""
    invented.fill(
        actions=[{"effective": "2004-01-11", "kind": "initial"}],
        weights=[10, 90],
        met=["oversight"],
        paid={"retention": "1,000"},
        notes={"a": [1]},
        scores={"First: A": "4.5"},
    )
    assert invented.entries["weights"].widget.value == "10\n90"
    answer = invented.result.answer
    assert (answer["weights"], answer["met"], answer["notes"]) == ([10, 90], ["oversight"], {"a": [1]})
    assert invented.entries["scores"].widget.value == "First: A: 4.5"
    assert answer["scores"] == {"First: A": Decimal("4.5")}
    assert answer["paid"] == {"retention": Decimal(1000)}
    ticks: Any = invented.entries["met"]
    ticks.ticks["all"].value = True
    assert invented.message == "Criteria met: 'all' is checked together with something else; leave one."
    ticks.ticks["oversight"].value = False
    assert invented.result.answer["met"] == "all"
    value(invented, "weights", "10\nninety")
    assert invented.message.startswith("Weights, item 2: 'ninety' is not a whole number")
    value(invented, "weights", "50\n50")
    value(invented, "scores", "A: 1\nB 2")
    assert invented.message == "Scores: 'B 2' has no colon between name and value."
    value(invented, "scores", "A: 1\nA: 2")
    assert invented.message == "Scores: 'A' is there twice; leave one line."
    value(invented, "scores", "")
    value(invented, "notes", "{")
    assert invented.message.startswith("Notes: is not a JSON list or mapping")


def test_entries_hold_text_never_markup() -> None:
    """What a person types is shown as text in the messages."""
    panel = Panel(awards.award_limits, rate="1")
    value(panel, "rate", "<img src=x>")
    assert "<img" not in panel._status.value + panel.entries["rate"].widget.description


def test_a_practice_problem_tells_right_from_wrong_in_words() -> None:
    """One entry for each part; nothing is judged before all are filled in; the verdict carries the reasons."""
    drill = drills.make(awards.award_pool, 7)
    panel = DrillPanel(drill)
    assert {type(widget).__name__ for widget in every_widget(panel)} <= ALLOWED
    assert panel.button.description
    panel.button.click()
    assert (panel.right, panel.message) == (None, "Fill in: award pool; method that gives it.")
    panel.entries["pool"].put("1")
    panel.entries["method"].put(drill.answer["method"])
    panel.button.click()
    assert panel.right is False
    assert panel.message.startswith("Not right. award pool: you gave $1; it is ")
    panel.entries["pool"].put(f"${drill.answer['pool']:,}")
    panel.button.click()
    assert (panel.right, panel.message) == (True, "Right.")
    assert "Right." in shown(panel)
    assert all(days_in_words(reason.text) in shown(panel) for reason in drill.result.reasons)


def test_the_package_loads_without_widgets() -> None:
    """Ipywidgets comes in with the panels only."""
    code = "import sys, seskit, seskit.law.awards, seskit.desk.drills; sys.exit('ipywidgets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def hidden(panel: Panel) -> set[str]:
    """The entries that are out of sight, by the class their style is bound to."""
    return {name for name, entry in panel.entries.items() if "seskit-spare" in entry.widget._dom_classes}


def test_what_cannot_change_the_answer_is_put_aside() -> None:
    """A noncareer appointee gets no performance award: the rest is behind one button; what is given stays in sight."""
    panel = Panel(awards.check_award, as_of="2016-09-30", appointment_type="career", award=8000)
    assert hidden(panel) == {"certified"}
    value(panel, "appointment_type", "noncareer")
    assert hidden(panel) == panel.put_aside == {"rating", "rate", "certified"}
    assert panel._more.description == "More facts (cannot change this answer): 3"
    assert "seskit-gone" not in panel._more._dom_classes
    panel._more.click()
    assert panel.put_aside == frozenset()
    assert "seskit-all" in panel._form._dom_classes
    assert panel._more.description == "Hide the facts that cannot change this answer: 3"
    panel._more.click()
    value(panel, "appointment_type", "presidential")
    assert hidden(panel) == set()
    assert "seskit-gone" in panel._more._dom_classes


def test_entries_are_put_aside_without_moving_any() -> None:
    """The keyboard is not lost: no entry is made anew or moved, and one that has the keyboard stays in sight."""
    panel = Panel(awards.check_award, as_of="2016-09-30", appointment_type="career")
    before = panel._form.children
    value(panel, "appointment_type", "noncareer")
    assert panel._form.children is before
    assert all(entry.widget.layout.display is None for entry in panel.entries.values())
    style = panel.children[0].value
    assert ".seskit-spare.jupyter-widgets:not(:focus-within)" in style


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_entry_that_is_put_aside_cannot_change_the_answer(name: str) -> None:
    """With the facts of its example, no typical value of a hidden entry alone leads to another answer."""
    asked = QUESTIONS[name]
    panel = Panel(asked, **dict(declared.of(name).example))
    assert panel.result is not None, panel.message
    assert not panel.put_aside & {slot.name for slot in asked.slots.values() if slot.required}
    for fact in panel.put_aside:
        for other in probing.values(asked.slots[fact], panel.result.as_of):
            try:
                changed = asked(**{**panel.result.facts, fact: other})
            except FactError:
                continue
            assert (changed.answer, changed.says) == (panel.result.answer, panel.result.says)


def test_putting_aside_is_quick() -> None:
    """Half of all questions say what still matters within a twentieth of a second of work."""
    took = []
    for name, asked in QUESTIONS.items():
        result = asked(**dict(declared.of(name).example))
        start = time.process_time()
        assert "as_of" in result.matters or "as_of" not in asked.slots
        took.append(time.process_time() - start)
    assert sorted(took)[len(took) // 2] < 0.05
