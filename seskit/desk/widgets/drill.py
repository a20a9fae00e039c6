"""The panel of a practice problem: one entry for each part of the answer, and a button that checks them."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from seskit.desk.drills import Drill, Part
from seskit.desk.widgets.entries import CHOOSE
from seskit.desk.widgets.look import Shown, label, opening, side_by_side, status
from seskit.formats.markup import Markup, listed, paragraph, together


class DrillPanel(Shown):
    """A practice problem to answer: `right` is True or False once checked, None before; `message` is what was said."""

    right = traitlets.Bool(None, allow_none=True)
    message = traitlets.Unicode("")

    def __init__(self, drill: Drill, /) -> None:
        self.drill = drill
        self.entries: dict[str, Any] = {part.name: _entry(part) for part in drill.parts}
        self.button = ipywidgets.Button(description="Check the answer")
        self.button.on_click(lambda _: self.check())
        self._status, self._working = ipywidgets.HTML(status("Not checked yet.")), ipywidgets.HTML()
        form = ipywidgets.VBox([*self.entries.values(), self.button])
        side = ipywidgets.VBox([self._status, self._working])
        problem = ipywidgets.HTML(_problem(drill.given, drill.holds))
        super().__init__([opening(drill.question.asks), problem, side_by_side(form, side)])
        self.add_class("seskit-panel")

    def check(self) -> None:
        """Check what is entered, and say whether it is right and why."""
        given = {name: made.value for name, made in self.entries.items() if str(made.value).strip() != CHOOSE}
        if len(given) < len(self.entries):
            open_parts = [part.label for part in self.drill.parts if part.name not in given]
            self.right, self.message = None, f"To be filled in: {'; '.join(open_parts)}."
            self._working.value = ""
        else:
            answer = given if isinstance(self.drill.answer, dict) else given["answer"]
            self.right, explained = self.drill.check(answer)
            self.message = explained.splitlines()[0]
            self._working.value = self.drill.result.to_html()
        self._status.value = status(self.message)


def _entry(part: Part) -> Any:
    words = {
        "description": label(part.label.capitalize(), part.wanted.capitalize() + "."),
        "description_allow_html": True,
    }
    choices = part.choices
    if choices:
        made: Any = ipywidgets.Dropdown(options=[("choose", CHOOSE), *((word, word) for word in choices)], **words)
    else:
        made = ipywidgets.Text(continuous_update=False, **words)
    made.style.description_width = "initial"
    made.add_class("seskit-field")
    return made


def _problem(facts: tuple[str, ...], holds: str) -> Markup:
    """The facts as a list, and what the answer holds."""
    return together(listed(facts), paragraph(holds))
