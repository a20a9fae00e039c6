"""The panel of one story: decide, check, take a hint, see the solution; it keeps what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import ipywidgets
import traitlets

from seskit.desk.course import feedback
from seskit.desk.course.feedback import Verdict
from seskit.desk.course.scenario import StoryProblem
from seskit.desk.widgets.course_pages import landing
from seskit.desk.widgets.drill import answer_entry
from seskit.desk.widgets.look import status
from seskit.desk.widgets.pressing import Button
from seskit.formats.markup import Markup, element, listed, paragraph, together

WAITING = "Decide, then press Check the answer."
DECIDED = "This story is decided, and its solution is below. Go on with Next."
SHOWN = "The solution is below. This story does not count as decided."


class StoryPanel(ipywidgets.VBox):  # type: ignore[misc]
    """One story to decide. `message` is what was said last; `settled` is True once it is right or given up.

    Without `helped` there is no hint, and the first answer counts. `heard` hears whether it was right at the first try.
    A story one comes back to goes on where it was: with its `tries`, its hints, what was `entered`, or decided.
    """

    message = traitlets.Unicode(WAITING)
    settled = traitlets.Bool(False)
    tries = traitlets.Int(0)
    hints = traitlets.Int(0)
    entered = traitlets.Dict()

    def __init__(
        self, problem: StoryProblem, heard: Callable[[bool, bool, int], str], *, helped: bool = True, tries: int = 0,
        hints: int = 0, settled: bool = False, entered: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.problem, self.heard, self.helped = problem, heard, helped
        self.entries: dict[str, Any] = {part.path: answer_entry(part) for part in problem.parts}
        self.check_button = Button("Check the answer", self.check)
        self.hint_button = Button("Hint 1 of 3: the rule", self.hint)
        self.solution_button = Button("Show the solution", self.solve)
        buttons = [self.check_button, *([self.hint_button, self.solution_button] if helped else [])]
        self._buttons = row = ipywidgets.HBox(buttons)
        row.add_class("seskit-buttons")
        self._status, self._more = ipywidgets.HTML(status(WAITING)), ipywidgets.HTML()
        self._solution = landing(self._more)
        head = ipywidgets.HTML(together(element("h3", problem.scenario.title), paragraph(problem.story)))
        entries = [entry.widget for entry in self.entries.values()]
        super().__init__([head, *_looked_up(problem), *entries, row, self._status, self._solution])
        self.tries = tries
        self._put(entered or {})
        for _ in range(hints):
            self.hint()
        if settled:
            self._settle()
            self._say(DECIDED)

    @property
    def given(self) -> dict[str, Any]:
        """What is entered for each part."""
        return {name: entry.given for name, entry in self.entries.items()}

    def _put(self, entered: Mapping[str, Any]) -> None:
        """Enter what was entered before, where it can still be entered, and from now on keep what is."""
        for name, entry in self.entries.items():
            with suppress(traitlets.TraitError):
                entry.put(entered[name] if entered.get(name) is not None else entry.widget.value)
            entry.widget.observe(self._typed, "value")
        self._typed()

    def _typed(self, _: Any = None) -> None:
        self.entered = {name: said for name, said in self.given.items() if said}

    def check(self) -> Verdict:
        """Judge what is entered; only an answer that can be read counts as a try."""
        if self.settled:
            self._say(DECIDED)
            return Verdict(None, self.message)
        verdict = feedback.check(self.problem, self.given, helped=self.helped)
        if verdict.right is None:
            self._say(verdict.says)
            return verdict
        self.tries += 1
        first = self.tries == 1 and not self.hints
        kept = ""
        if verdict.right or self.tries == 1:
            kept = self.heard(verdict.right, first, self.hints)
        self._say(verdict.says, kept)
        if verdict.right or not self.helped:
            self._settle()
            self._solution.focus()
        return verdict

    def hint(self) -> None:
        """Show the next hint below those before it."""
        if self.hints == feedback.HINTS or self.settled:
            return
        self.hints += 1
        said = feedback.hints(self.problem)[: self.hints]
        self._show(together(paragraph(element("strong", "Hints")), listed(said, "ol")))
        last = self.hints == feedback.HINTS
        names = feedback.hint_names(self.problem)
        self.hint_button.description = "No more hints" if last else f"Hint {self.hints + 1} of 3: {names[self.hints]}"
        self._say(said[-1])

    def solve(self) -> None:
        """Give up this story and show the answer with its law."""
        if self.settled:
            return
        kept = self.heard(False, False, self.hints) if not self.tries else ""
        self._say(SHOWN, kept)
        self._settle()
        self._solution.focus()

    def _settle(self) -> None:
        """Show the solution; what cannot be pressed any more is gone."""
        self._show(_solved(self.problem))
        self._buttons.children = ()
        self.settled = True

    def _show(self, shown: Markup) -> None:
        self._more.value = shown

    def _say(self, *lines: str) -> None:
        self.message = " ".join(filter(None, lines))
        self._status.value = status(*lines)


def _looked_up(problem: StoryProblem) -> list[Any]:
    """The amounts of the day in a fold; to look them up is no hint."""
    found = feedback.tables(problem)
    fold = element("details", element("summary", "Look up the amounts of that day"), found.to_html()) if found else None
    return [ipywidgets.HTML(together(fold))] if fold else []


def _solved(problem: StoryProblem) -> Markup:
    """The right answer, what decides with its law, and in a fold everything else the question says."""
    answer, steps = feedback.solution(problem)
    fold = element("details", element("summary", "The full working"), problem.result.working_html())
    return together(paragraph(element("strong", "Solution. "), answer), listed(steps), fold)
