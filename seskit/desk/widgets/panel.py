"""The panel of a question: its facts to fill in, and the answer, kept up to date."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

from seskit.desk.widgets.entries import Entry, Missing, entry
from seskit.desk.widgets.look import Shown, brief, opening, side_by_side, status
from seskit.desk.widgets.pressing import Button
from seskit.formats.days import days_in_words
from seskit.law.facts import FactError
from seskit.law.question import Question

HOW = "The answer updates when you leave a box or press Enter."
#: The marks of an entry that cannot change the answer any more, and of a form that shows these as well.
SPARE, ALL = "seskit-spare", "seskit-all"
MORE = "More facts (cannot change this answer)"
LESS = "Hide the facts that cannot change this answer"


class Panel(Shown):
    """A form made from a question's facts; facts given here are filled in.

    `result` is the Result, None while a fact is missing or cannot be used; `message` is the sentence shown.
    """

    #: Whether entries that cannot change the answer any more are put aside; a draft keeps all of its own.
    puts_aside = True
    result = traitlets.Any(None, allow_none=True)
    message = traitlets.Unicode("")

    def __init__(self, question: Question[Any], /, **facts: Any) -> None:
        self.question = question
        self.entries: dict[str, Entry] = {name: entry(slot) for name, slot in question.slots.items()}
        self._prefill(facts)
        self._status, self._working, self._brief = ipywidgets.HTML(), ipywidgets.HTML(), ipywidgets.HTML()
        self._brief.add_class("seskit-brief")
        self._more = Button(MORE, self._turn)
        self._spare: frozenset[str] = frozenset()
        self._form = form = ipywidgets.VBox([*(made.widget for made in self.entries.values()), self._more, self._brief])
        side = ipywidgets.VBox([self._status, self._working])
        super().__init__([opening(question.asks, HOW), side_by_side(form, side)])
        self.add_class("seskit-panel")
        for made in self.entries.values():
            made.heard = self._ask
        self._ask()

    def fill(self, **facts: Any) -> None:
        """Enter facts as a person would; the other entries stay as they are."""
        self._prefill(facts)
        self._ask()

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as given so far, by name; one that is missing or cannot be used is left out."""
        return self._read()[0]

    def _prefill(self, facts: dict[str, Any]) -> None:
        for name, value in facts.items():
            if name not in self.question.slots:
                self.question.read({name: value})
            self.entries[name].put(self.question.slots[name].read(value))

    def _read(self) -> tuple[dict[str, Any], dict[str, list[str]], list[str]]:
        """What is given, everything that is wrong with which entry, and which labels still need an entry."""
        given, wrong, missing = {}, {}, []
        for name, made in self.entries.items():
            try:
                value = made.given()
                if value is not None:
                    given[name] = made.slot.read(value)
            except FactError as failure:
                wrong[name] = [getattr(failure, "at_entry", str(failure))]
            except Missing as lacking:
                missing.append(str(lacking))
        return given, wrong, missing

    def _checked(self) -> tuple[dict[str, Any], dict[str, list[str]], list[str]]:
        """The same, with each fault said at its own box."""
        given, wrong, missing = self._read()
        wrong |= {name: found for name, made in self.entries.items() if (found := made.wrong())}
        return given, wrong, missing

    def _ask(self) -> None:
        given, wrong, missing = self._checked()
        self.result = None
        if wrong:
            every = [one for found in wrong.values() for one in found]
            many = "The entry" if len(every) == 1 else f"{len(every)} entries"
            self._say(" ".join(every), before=f"{many} cannot be used.")
        elif missing:
            self._say(f"To be filled in: {'; '.join(missing)}.")
        else:
            self._answer(given)
        self._put_aside(given)

    def _put_aside(self, given: dict[str, Any]) -> None:
        """Hide the entries that are empty and cannot change the answer any more; one with the keyboard in it stays."""
        slots = self.question.slots
        matter = set(slots)
        if self.result is not None and self.puts_aside:
            matter = {
                name for name, slot in slots.items() if slot.required or given.get(name, slot.default) != slot.default
            }
            matter |= self.result.matters
        self._spare = frozenset(slots) - matter
        for name, made in self.entries.items():
            (made.widget.add_class if name in self._spare else made.widget.remove_class)(SPARE)
        (self._more.remove_class if self._spare else self._more.add_class)("seskit-gone")
        self._say_more()

    def _turn(self) -> None:
        """Show the entries that were put aside, each in its place, or hide them again."""
        (self._form.remove_class if self.shows_all else self._form.add_class)(ALL)
        self._say_more()

    @property
    def shows_all(self) -> bool:
        """Whether the entries that cannot change the answer are shown as well."""
        return ALL in self._form._dom_classes

    def _say_more(self) -> None:
        words = f"{LESS if self.shows_all else MORE}: {len(self._spare)}"
        if self._more.description != words:
            self._more.description = words

    @property
    def put_aside(self) -> frozenset[str]:
        """The facts whose entries are hidden because they cannot change the answer any more."""
        return frozenset() if self.shows_all else self._spare

    def _answer(self, given: dict[str, Any]) -> None:
        try:
            self.result = self.question(**given)
        except FactError as failure:
            self._say(getattr(failure, "at_entry", str(failure)), before="There is no answer.")
        except Exception:
            self._say("There is no answer: the calculation itself failed. See JupyterLab's log.")
            raise
        else:
            cautions = len(self.result.cautions)
            self._say(days_in_words(self.result.says), after=f"Cautions below: {cautions}." if cautions else "")

    def _say(self, message: str, *, before: str = "", after: str = "") -> None:
        """Show the message and the working; renew only what changed, so that a screen reader hears it once."""
        self.message = message
        told = ((self._status, status(before, message, after)), (self._brief, brief(before, message)))
        for widget, shown in (*told, (self._working, self._worked())):
            if widget.value != shown:
                widget.value = shown

    def _worked(self) -> str:
        return "" if self.result is None else str(self.result.working_html())
