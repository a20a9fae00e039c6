"""The panel of a practice problem: one entry for each part of the answer, and a button that checks them."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from seskit.desk.drills import Drill
from seskit.desk.practice.answers import AnswerPart
from seskit.desk.widgets.entries import CHOOSE
from seskit.desk.widgets.look import Shown, label, opening, side_by_side, status
from seskit.desk.widgets.pressing import Button
from seskit.formats.markup import Markup, listed, paragraph

NONE_APPLIES = "none of these"


class DrillPanel(Shown):
    """A practice problem to answer: `right` is True or False once checked, None before; `message` is what was said."""

    right = traitlets.Bool(None, allow_none=True)
    message = traitlets.Unicode("")

    def __init__(self, drill: Drill, /) -> None:
        self.drill = drill
        self.entries: dict[str, Any] = {part.path: answer_entry(part) for part in drill.parts}
        self.button = Button("Check the answer", self.check)
        self._status, self._working = ipywidgets.HTML(status("Not checked yet.")), ipywidgets.HTML()
        form = ipywidgets.VBox([*(entry.widget for entry in self.entries.values()), self.button])
        side = ipywidgets.VBox([self._status, self._working])
        problem = ipywidgets.HTML(_problem(drill.given))
        super().__init__([opening(drill.question.asks), problem, side_by_side(form, side)])
        self.add_class("seskit-panel")

    def check(self) -> None:
        """Check what is entered, and say whether it is right and why."""
        given = {name: entry.given for name, entry in self.entries.items()}
        still_open = [part.label for part in self.drill.parts if given[part.path] is None]
        if still_open:
            self.right, self.message = None, f"Fill in: {'; '.join(still_open)}."
            self._working.value = ""
        else:
            self.right, explained = self.drill.check(given)
            self.message = explained.splitlines()[0]
            self._working.value = self.drill.result.to_html()
        self._status.value = status(self.message)


class _Written:
    """A box to write in, or a list with one choice to make."""

    def __init__(self, part: AnswerPart) -> None:
        words = {"description": label(_heading(part), "" if part.choices else f"Give {part.wanted}.")}
        if part.choices:
            options = [("choose", CHOOSE), *((choice.name, choice.code) for choice in part.offered)]
            self.widget: Any = ipywidgets.Dropdown(options=options, description_allow_html=True, **words)
        else:
            self.widget = ipywidgets.Text(continuous_update=False, description_allow_html=True, **words)
        self.widget.style.description_width = "initial"
        self.widget.add_class("seskit-field")

    @property
    def given(self) -> str | None:
        """What is entered; None while nothing is."""
        text = str(self.widget.value).strip()
        return None if text == CHOOSE else text

    def put(self, value: str) -> None:
        """Enter a value."""
        self.widget.value = value


class _Ticked:
    """A box to tick for each choice, and one for none of them."""

    def __init__(self, part: AnswerPart) -> None:
        names = {choice.code: choice.name for choice in part.choices} | {CHOOSE: NONE_APPLIES}
        self.ticks = {
            code: ipywidgets.Checkbox(value=False, description=name, indent=False) for code, name in names.items()
        }
        head = ipywidgets.HTML(label(_heading(part), "Check all that apply."))
        self.widget = ipywidgets.VBox([head, *self.ticks.values()])
        self.widget.add_class("seskit-field")

    @property
    def given(self) -> list[str] | None:
        """The codes that are ticked; None while no box is."""
        ticked = [code for code, tick in self.ticks.items() if tick.value]
        if not ticked:
            return None
        return [] if ticked == [CHOOSE] else [code or NONE_APPLIES for code in ticked]

    def put(self, codes: list[str]) -> None:
        """Tick these choices, or 'none of these' where there are none."""
        for code, tick in self.ticks.items():
            tick.value = code in (codes or [CHOOSE])


def answer_entry(part: AnswerPart) -> _Written | _Ticked:
    """The entry for one part of an answer: a box, a list of choices, or boxes to tick."""
    return _Ticked(part) if part.kind == "several" else _Written(part)


def _heading(part: AnswerPart) -> str:
    return f"{part.label[0].upper()}{part.label[1:]}"


def _problem(given: tuple[str, ...]) -> Markup:
    """The story as a paragraph, or the facts as a list."""
    return paragraph(given[0]) if len(given) == 1 else listed(given)
