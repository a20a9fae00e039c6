"""The parts the opener is built of: entries with a label above, buttons, and what the browser must be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets

from seskit.desk.widgets.look import label, status
from seskit.desk.widgets.pressing import Button
from seskit.formats.shipped import text_beside

STYLE = text_beside(__file__, "pieces.css")

#: What the browser must be told. A notebook with an opener hides its folded code, its counts and its empty cells. And a page
#: cannot be opened from data alone: the browser is handed the same page as a file of its own.
OPENING = text_beside(__file__, "opening.js").strip()


def text(words: str, help_text: str = "", value: str = "") -> Any:
    """A box to write one line in."""
    return _field(ipywidgets.Text(value=value, continuous_update=False, **_words(words, help_text)))


def chosen(words: str, options: list[tuple[str, str]], value: str = "", help_text: str = "") -> Any:
    """A list to choose from."""
    return _field(ipywidgets.Dropdown(options=options, value=value, **_words(words, help_text)))


def button(words: str, pressed: Callable[[], None]) -> Any:
    """A button that does one thing."""
    return Button(words, pressed, layout={"width": "max-content", "max_width": "100%"})


def upload(words: str, kinds: Iterable[str], take: Callable[[str, bytes], None]) -> Any:
    """A button that takes one file, by its name and content, as often as it is pressed; without a tip it says "null"."""
    made = ipywidgets.FileUpload(accept=",".join(kinds), multiple=False, description=words, tooltip=words)
    made.add_class("seskit-upload")

    def given(_: Any) -> None:
        if not made.value:
            return
        file = made.value[0]
        name, content = str(file["name"]), bytes(file["content"])
        made.value = ()
        take(name, content)

    made.observe(given, "value")
    return made


def bar(*buttons: Any) -> Any:
    """Buttons in a row that wraps."""
    made = ipywidgets.HBox(list(buttons))
    made.add_class("seskit-bar")
    return made


def section(*children: Any) -> Any:
    """What one button of the opener shows."""
    made = ipywidgets.VBox(list(children))
    made.add_class("seskit-section")
    return made


def refusal(sentence: str) -> Any:
    """Why a button of the opener has nothing to show; heard as well as seen."""
    return section(ipywidgets.HTML(status(sentence)))


def _words(words: str, help_text: str) -> dict[str, Any]:
    style = {"description_width": "initial"}
    return {"description": label(words, help_text), "description_allow_html": True, "style": style}


def _field(made: Any) -> Any:
    made.add_class("seskit-field")
    return made
