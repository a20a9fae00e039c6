"""One output of a walk on the screen: made anew when what it shows has changed, and never kept in the notebook.

What a view shows lives in the widget. Only of a sample, which is invented, the cell keeps the answer as well, so that
the notebook can be read without running it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ipywidgets
from IPython.core.getipython import get_ipython

from seskit.desk.opener import folds, pieces
from seskit.desk.opener.links import FileLinks
from seskit.desk.opener.state import flat, in_a_sentence
from seskit.formats.markup import element, paragraph, together
from seskit.formats.refusals import FactError
from seskit.record.forms.labels import in_labels, made_in_labels

if TYPE_CHECKING:
    from seskit.desk.opener.state import Desk, Piece

NOT_KEPT = "Shown while the notebook runs; nothing of it is saved with the notebook."


class View(ipywidgets.VBox):  # type: ignore[misc]
    """A box that holds one output; `follows` names the pick with which it changes."""

    children: tuple[Any, ...]

    def __init__(self, desk: Desk, piece: Piece, follows: str = "") -> None:
        self.desk, self.piece, self.follows = desk, piece, follows
        self._parts: list[Any] = []
        #: What was shown last, put away or not: entries in it are for whoever takes its place.
        self._former: list[Any] = []
        self.words = folds.words_of(piece)
        self.is_open = not self.words
        self._made_for = desk.folder
        self._is_saving = False
        self._body: Any = ipywidgets.VBox([]) if self.words else self
        self._button = pieces.button(f"Show: {self.words}", self.turn)
        self._button.add_class("seskit-fold")
        super().__init__([self._button, self._body] if self.words else [])
        self.add_class("seskit-view")
        self.renew()

    def turn(self) -> None:
        """Make what is behind the button, or put it away; meanwhile the button says so."""
        self.is_open, self._made_for = not self.is_open, self.desk.folder
        if self.is_open:
            self._button.description = f"Please wait: {self.words}"
        self.renew()
        self._name()

    def _name(self) -> None:
        self._button.description = f"{'Hide' if self.is_open else 'Show'}: {self.words}"

    def withdraw(self) -> None:
        """Take the links to finished files away until they are made again; all else stays in sight."""
        for part, shown in zip(self._parts, self._body.children, strict=False):
            if isinstance(part, FileLinks) and part.files:
                shown.value = part.withdrawn()

    def renew(self) -> None:
        """Make the output again, where it is shown; where it cannot be made, say why in a sentence."""
        if getattr(self.piece, "folded_each", False) and self._made_for != self.desk.folder:
            self.is_open = False
            self._name()
        if not self.is_open:
            self._parts = []
            self._put([])
            return
        if self._is_saving:
            return
        try:
            self._parts = [self._known(part) for part in flat(self.desk.made(self.piece))]
        except (FactError, OSError, ValueError) as failure:
            self._parts = []
            self._put(
                [ipywidgets.HTML(paragraph(element("strong", "Nothing to show. "), in_labels(in_a_sentence(failure))))]
            )
            return
        for part, former in zip(self._parts, self._former, strict=False):
            if hasattr(part, "take_over") and type(former) is type(part):
                part.take_over(former)
        self._former = self._parts
        for part in self._parts:
            if hasattr(part, "after_saving"):
                part.after_saving = self._renew_the_others
        self._put([_widget(part) for part in self._parts])

    def _renew_the_others(self) -> None:
        """Have everything read again that rests on what a form here has saved; the form stays, with what it says."""
        self._is_saving = True
        try:
            self.desk.renew()
        finally:
            self._is_saving = False

    def _known(self, part: Any) -> Any:
        """A sample's files have no last time: they are made whenever a walk is made ready, before anybody looks."""
        return replace(part, since=()) if isinstance(part, FileLinks) and self.desk.is_sample else part

    def _put(self, made: list[Any]) -> None:
        """Change the words where the boxes stay the same: nothing jumps, and nothing that is the same is sent."""
        now: list[Any] = list(self._body.children)
        words = [isinstance(one, ipywidgets.HTML) for one in (*now, *made)]
        if all(words) and len(now) == len(made):
            for shown, new in zip(now, made, strict=True):
                if shown.value != new.value:
                    shown.value = new.value
                new.close()
            return
        self._body.children = tuple(made)
        for gone in now:
            gone.close()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The view; with a sample, the answer as text beside it."""
        bundle = dict(super()._repr_mimebundle_(**kwargs))
        bundle["text/plain"] = NOT_KEPT
        shell = get_ipython()
        display = shell.display_formatter if shell else None
        if self.desk.is_sample and display and len(self._parts) == 1 and not _is_widget(self._parts[0]):
            kept, _ = display.format(self._parts[0])  # type: ignore[no-untyped-call]
            bundle |= kept
        return bundle


def _is_widget(part: Any) -> bool:
    return isinstance(part, ipywidgets.Widget)


def _widget(part: Any) -> Any:
    """A widget as it is; anything else as the page shows it."""
    if part is None:
        return ipywidgets.HTML("")
    if _is_widget(part):
        return part
    live = getattr(part, "live_html", None) or getattr(part, "_repr_html_", None)
    made = folds.short(part) or (live() if live else together(element("pre", repr(part))))
    shown = ipywidgets.HTML(made_in_labels(made))
    shown.add_class("jp-RenderedHTMLCommon")
    shown.add_class("seskit-shown")
    return shown
