"""The panel of something that is drafted and kept: its entries, the answer beside them, and a button that saves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import ipywidgets
import traitlets

from seskit.desk.widgets.look import status
from seskit.desk.widgets.panel import Panel
from seskit.desk.widgets.pressing import Button
from seskit.formats.markup import paragraph
from seskit.law.facts import FactError
from seskit.law.question import Question

UNSAVED = "Not saved: what is entered is in this form only."
NOTHING = "Nothing was saved."
CLOSED = "Close the folder's files in other programs, make sure you can write there, and press again; what was there is kept."


class DraftForm(Protocol):
    """What a subject offers to be drafted."""

    button: str

    @property
    def question(self) -> Question[Any]:
        """What is asked of the draft."""

    @property
    def facts(self) -> dict[str, Any]:
        """What is entered already."""

    def will(self) -> str:
        """What saving would do with the files that are there now."""

    def save(self, facts: Mapping[str, Any]) -> list[str]:
        """Keep what is entered; what was done, in sentences. Raises FactError where nothing was."""


class FormPanel(Panel):
    """A panel with a button that keeps what is entered; `kept` is what its last press came to."""

    puts_aside = False
    kept = traitlets.Unicode(UNSAVED)

    def __init__(self, form: DraftForm, /) -> None:
        self.form = form
        #: Called after each press that kept something: the page around the form shows what is there now.
        self.after_saving: Callable[[], None] = lambda: None
        self.button = Button(form.button, self.save)
        self._will, self._kept = ipywidgets.HTML(paragraph(form.will())), ipywidgets.HTML()
        super().__init__(form.question, **form.facts)
        foot = ipywidgets.VBox([self._will, self.button, self._kept])
        self.children: tuple[Any, ...] = (*self.children, foot)

    def save(self) -> None:
        """Save what is entered, and say what was done or why nothing was."""
        given, wrong, missing = self._checked()
        if wrong or missing:
            self._tell(
                NOTHING,
                *([one for found in wrong.values() for one in found] or [f"To be filled in: {'; '.join(missing)}."]),
            )
            return
        self._tell("Saving …")
        try:
            done = self.form.save(given)
            self.after_saving()
            self._tell(*done)
        except FactError as failure:
            self._tell(NOTHING, str(failure))
        except OSError as failure:
            self._tell(f"Saving stopped: {failure.strerror}.", CLOSED)
        except Exception:
            self._tell("Saving itself failed. See JupyterLab's log.")
            raise
        finally:
            self._will.value = paragraph(self.form.will())

    def _ask(self) -> None:
        super()._ask()
        self._tell(UNSAVED)

    def _tell(self, *lines: str) -> None:
        self.kept = " ".join(lines)
        if self._kept.value != (told := status(*lines)):
            self._kept.value = told
