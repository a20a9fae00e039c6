"""One cell of a file as a labeled entry: a list of choices, a box, or lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets

from seskit.desk.widgets import typed
from seskit.desk.widgets.look import label
from seskit.record.forms.fields import NONE, Field

_LONG = 60
#: Entries in which whole sentences are written.
_SENTENCES = ("description", "challenge", "context", "action", "result", "text", "standard", "measure", "note", "document",
              "requirement", "development", "activity")  # fmt: skip


class CellEntry:
    """An entry of one column; `heard` is told each new text."""

    def __init__(self, entry: Field, text: str, offered: Sequence[str] = ()) -> None:
        self.entry, self.text = entry, text
        self.heard: Callable[[str], None] = lambda _: None
        seen = typed.as_seen(entry, text)
        words = [*(entry.words if entry.shape == "one" else ()), *offered]
        more: dict[str, Any] = {"description_allow_html": True, "style": {"description_width": "initial"}}
        if words:
            self.widget: Any = ipywidgets.Dropdown(options=_options(words, text), value=text, **more)
        elif entry.shape != "one" or len(text) > _LONG or entry.name.rpartition(".")[2] in _SENTENCES:
            self.widget = ipywidgets.Textarea(value=seen, continuous_update=False, **more)
        else:
            self.widget = ipywidgets.Text(value=seen, continuous_update=False, **more)
        self.widget.add_class("seskit-field")
        #: Where a list known to be empty says something else than a blank one: the choice that says it.
        self.nothing: ipywidgets.Checkbox | None = None
        if entry.may_be_none and entry.shape == "lines":
            self.nothing = ipywidgets.Checkbox(
                text == NONE, description=entry.none_said or "There is none", indent=False
            )
            self.nothing.observe(self._chosen, "value")
            self._show_lines("" if text == NONE else seen)
        self.complain("")
        self.widget.observe(self._changed, "value")

    @property
    def widgets(self) -> list[Any]:
        """What is shown of the entry, in order."""
        return [self.widget, *([self.nothing] if self.nothing else [])]

    def complain(self, sentence: str) -> None:
        """Say at the entry why it cannot be used; an empty sentence takes it back."""
        needed = "Needed." if self.entry.needed else ""
        shown = label(
            self.entry.label, " ".join(part for part in (self.entry.help, self.entry.each, needed) if part), sentence
        )
        if self.widget.description != shown:
            self.widget.description = shown

    def _chosen(self, change: Any) -> None:
        self._show_lines("")
        self.text = NONE if change["new"] else ""
        self.heard(self.text)

    def _show_lines(self, text: str) -> None:
        """Lines may be written only where it is not said that there are none."""
        self.widget.disabled = bool(self.nothing and self.nothing.value)
        self.widget.value = text

    def _changed(self, change: Any) -> None:
        if self.widget.disabled:
            return
        self.text = typed.of_field(self.entry, str(change["new"] or ""))
        self.heard(self.text)


def _options(words: Sequence[str], text: str) -> list[tuple[str, str]]:
    """Blank first; a text that is none of the choices stays to be seen."""
    there = list(dict.fromkeys(words))
    return [
        ("not filled in", ""),
        *((word, word) for word in there),
        *([(text, text)] if text and text not in there else []),
    ]
