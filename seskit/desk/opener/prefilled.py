"""A panel filled from an agency's own files: change a fact and see what changes; one button goes back to the file."""

from __future__ import annotations

from typing import Any

import ipywidgets

from seskit.desk.opener import pieces
from seskit.desk.widgets import Panel
from seskit.desk.widgets.look import heading
from seskit.law.question import Question


class Prefilled(ipywidgets.VBox):  # type: ignore[misc]
    """The panel of a question with the facts of a file in it; `whose` says whose facts they are."""

    def __init__(self, whose: str, question: Question[Any], **facts: Any) -> None:
        self._facts = {name: value for name, value in facts.items() if value is not None}
        self._question = question
        head = ipywidgets.HTML(heading(whose, level=3))
        self._place = ipywidgets.VBox([Panel(question, **self._facts)])
        back = pieces.bar(pieces.button("Back to the file's values", self.back))
        super().__init__([head, self._place, back])
        self.add_class("seskit-panel")

    @property
    def panel(self) -> Panel:
        """The panel as it stands."""
        shown: Panel = self._place.children[0]
        return shown

    def back(self) -> None:
        """Put the file's values into every entry again."""
        former = self.panel
        self._place.children = (Panel(self._question, **self._facts),)
        former.close()
