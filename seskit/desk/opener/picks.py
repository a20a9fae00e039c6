"""A choice within an agency's own files, or a setting of the walk, beside the outputs that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from seskit.desk.opener import pieces
from seskit.desk.opener.state import in_a_sentence
from seskit.desk.widgets.look import label
from seskit.formats.refusals import FactError

if TYPE_CHECKING:
    from seskit.desk.opener.state import Desk, Pick


class PickEntry(ipywidgets.VBox):  # type: ignore[misc]
    """The entry of one pick; it offers what the folder holds, and renews what follows it."""

    def __init__(self, desk: Desk, pick: Pick) -> None:
        self.desk, self.pick = desk, pick
        self._putting = False
        self.entry = self._made()
        self.entry.observe(lambda _: self._changed(), "value")
        super().__init__([self.entry])
        self.add_class("seskit-panel")
        desk.heard(self._follow)

    def _made(self) -> Any:
        if self.pick.choices is None:
            return pieces.text(self.pick.label, self.pick.help, self._value)
        return pieces.chosen(self.pick.label, self._options(), self._value, self.pick.help)

    @property
    def _value(self) -> str:
        value = self.desk.picked[self.pick.name]
        known = [one for _, one in self._options()] if self.pick.choices else [str(value)]
        return str(value) if str(value) in known else (known[0] if known else "")

    def _options(self) -> list[tuple[str, str]]:
        if self.desk.read is None or self.pick.choices is None:
            return [("nothing to choose", "")]
        return self.pick.choices(self.desk.read) or [("nothing to choose", "")]

    def _changed(self) -> None:
        if self._putting:
            return
        try:
            self.desk.pick(self.pick.name, str(self.entry.value or "").strip())
            self._complain("")
        except (FactError, ValueError) as failure:
            self._complain(in_a_sentence(failure))

    def _complain(self, sentence: str) -> None:
        self.entry.description = label(self.pick.label, self.pick.help, sentence)

    def _follow(self, name: str) -> None:
        """Offer what the new folder holds."""
        if name:
            return
        self._putting = True
        try:
            if self.pick.choices is not None:
                self.entry.options = self._options()
            self.entry.value = self._value
            self._complain("")
        finally:
            self._putting = False
