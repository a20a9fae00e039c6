"""Files that are made where somebody asks for them, such as those with names, and shown with links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import ipywidgets

from seskit.desk.opener import pieces
from seskit.desk.opener.links import linked, of_files
from seskit.desk.opener.state import in_a_sentence
from seskit.desk.widgets.look import heading, status
from seskit.formats.days import days_in_words
from seskit.formats.markup import paragraph, together
from seskit.formats.refusals import FactError
from seskit.record.forms.labels import in_labels

HELD = "Each holds names, and is made when its button is pressed, not before."


@dataclass(frozen=True)
class FilesOffered:
    """A button's words, and what it makes: the files, and what to say of them in sentences."""

    words: str
    make: Callable[[], tuple[Sequence[Path], Sequence[str]]]


class FilesOnRequest(ipywidgets.VBox):  # type: ignore[misc]
    """One button for each offer, below the entries it needs; what the last one pressed has made follows, its files as links."""

    def __init__(self, title: str, *offers: FilesOffered, note: str = HELD, entries: Sequence[Any] = ()) -> None:
        self._said, self._made = ipywidgets.HTML(status()), ipywidgets.HTML()
        self._made.add_class("seskit-shown")
        self.buttons = [pieces.button(one.words, partial(self._press, one)) for one in offers]
        head = ipywidgets.HTML(together(heading(title, level=3), paragraph(note)))
        super().__init__([head, *entries, pieces.bar(*self.buttons), self._said, self._made])
        self.add_class("seskit-panel")

    @property
    def says(self) -> Any:
        """What is announced of the last press."""
        return self._said.value

    def show_earlier(self, written: Sequence[Path], line: str) -> None:
        """The links to what was made before this was shown anew, if any, below a line that says of what it is."""
        links = linked(of_files(written), written).live_html() if written else None
        self._made.value = together(paragraph(line), links)

    def forget(self) -> None:
        """Say no more of the last press: what was said of it no longer holds."""
        self._said.value, self._made.value = status(), ""

    def _press(self, offer: FilesOffered) -> None:
        self._said.value, self._made.value = status(f"Please wait: {offer.words}."), ""
        try:
            written, lines = offer.make()
        except (FactError, OSError) as failure:
            self._said.value = status("Nothing was done.", in_labels(days_in_words(in_a_sentence(failure))))
            return
        self._made.value = linked(of_files(written), written).live_html() if written else ""
        self._said.value = status(*(in_labels(days_in_words(line)) for line in lines))
