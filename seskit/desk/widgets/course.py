"""The course on screen: a start page, lessons, stories, the placement check and the record, all by keyboard.

One button, always in the same place, leads to the next step; another leads back to the start page.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path as Folder
from random import Random
from typing import Any

import ipywidgets
import traitlets

from seskit.desk import drills
from seskit.desk.course import plan, record, scenario
from seskit.desk.course.plan import Course, Lesson, Objective, Path
from seskit.desk.course.progress import Progress
from seskit.desk.widgets.course_parts import button, choice, decided, name_box, row, standings, teaching
from seskit.desk.widgets.look import Shown, beside, opening, status
from seskit.desk.widgets.story import StoryPanel
from seskit.formats.markup import element, listed, paragraph, style, together
from seskit.formats.notebook_page import from_markdown
from seskit.law.facts import FactError

HOW = "Everything can be done with the keyboard: Tab moves on, Space or Enter presses a button. When a page has turned, you are at its heading."
WHY_TWO = (
    "One right answer can be a lucky guess. So each objective takes two stories, from both sides of its rule; the first "
    "wrong answer ends it, and its lesson stays open."
)
HOME = "Start page"
PROGRESS = "progress.json"
#: How many stories are drawn to find one not met before.
_DRAWS = 12
COPY, FORGET = "Keep a copy of my progress", "Forget my progress"
KEEP, SURE = "No, keep it", "Yes, forget everything"
_STYLE = """
.seskit-course {max-width: 52em}
.seskit-course .seskit-buttons {display: flex; flex-flow: row wrap; gap: 0 8px; height: auto; overflow: visible}
.seskit-course h2 {font-size: 1.4em; margin: 8px 0} .seskit-course h3 {font-size: 1.15em; margin: 12px 0 6px}
.seskit-course .widget-vbox, .seskit-course .widget-hbox {overflow: visible; height: auto}
.seskit-course table {width: 100%} .seskit-course td {white-space: normal !important}
.seskit-course .widget-html {width: auto; margin: 0 2px 8px; overflow-x: auto}
.seskit-course button.jupyter-button {max-width: 100%; white-space: normal; text-align: left; line-height: 1.4}
.seskit-course .seskit-field.jupyter-widgets > input {max-width: min(22em, 100%)}
.seskit-course .seskit-field.jupyter-widgets > select {max-width: min(36em, 100%)}
.seskit-course a {text-decoration: underline}
.seskit-course .seskit-wake {display: none}
"""


@dataclass(frozen=True)
class Step:
    """One page of the course: its words for the button that leads to it, and what makes it."""

    leads: str
    make: Callable[[], None]
    #: Whether it is still wanted: a second story is not where the first was missed.
    wanted: Callable[[], bool] = lambda: True


@dataclass
class Checked:
    """How the stories of a check came out, by objective."""

    right: list[Objective] = field(default_factory=list)
    wrong: list[Objective] = field(default_factory=list)
    #: Those of which the first of two stories was right.
    half: list[Objective] = field(default_factory=list)
    #: The story shown for each objective, and its number: one left unanswered has not been shown.
    asked: dict[Objective, tuple[str, int]] = field(default_factory=dict)

    @property
    def left(self) -> dict[Objective, tuple[str, int]]:
        """The stories that were shown and not answered."""
        return {one: story for one, story in self.asked.items() if one not in (*self.right, *self.wrong)}


class CoursePanel(Shown):
    """The course for one learner; `message` is what was said last, `page` the heading of the page shown."""

    message = traitlets.Unicode("")
    page = traitlets.Unicode("")

    def __init__(
        self, course: Course, progress: Progress | None = None, path: str = "", folder: Folder | None = None
    ) -> None:
        self.course, self.progress, self.folder = course, progress or Progress(), folder or Folder()
        self._asked_for, paths = path, [(way.title, name) for name, way in course.paths.items() if name != plan.START]
        self._foot: Any = None
        self.path: Path = course.path(path or self._last_path() or paths[0][1])
        self.steps: list[Step] = []
        self.story: StoryPanel | None = None
        self.at_home = True
        self._turns: dict[str, int] = {}
        self._met: Counter[str] = Counter()
        self._seeds = Random(f"{len(self._tries())} {self.progress.today}")  # noqa: S311
        self.home_button, self.next_button = button(HOME, self.home), button("Continue", self.forward)
        self.choose = choice("Path", "The job you want to learn.", paths, self.path.name)
        self.choose.observe(self._other_path, "value")
        self._name = name_box(self._or_none(lambda: self.progress.learner) or "")
        self._status, self._body = ipywidgets.HTML(), ipywidgets.VBox([])
        self._by_record, self._by_keeping = ipywidgets.VBox([]), ipywidgets.VBox([])
        head = opening("The SES course", HOW)
        nav, wake = row(self.home_button, self.next_button), button("Wake", self.wake)
        wake.add_class("seskit-wake")
        super().__init__([head, ipywidgets.HTML(style(_STYLE)), self.choose, nav, self._status, self._body, wake])
        self.add_class("seskit-panel")
        self.add_class("seskit-course")
        self.home()

    def wake(self) -> None:
        """Once the page is in front of someone: what was done since it was made ready counts."""
        if not self.at_home:
            return
        self._name.value = self._or_none(lambda: self.progress.learner) or ""
        now = self.path.name if self._asked_for else self._last_path() or self.path.name
        if now != self.choose.value:
            self.choose.value = now
        else:
            self.home()

    def home(self) -> None:
        """The start page: where one is on each objective, and what comes next."""
        self.steps, self.story, self.at_home = [], None, True
        self._guarded(lambda: self._show(self.path.title, self._start_page()))
        lesson = self._or_none(lambda: plan.next_lesson(self.course, self.path, self.progress))
        self.next_button.description = f"Continue: {lesson.title}" if lesson else "Practice once more"

    def forward(self) -> None:
        """The next step: of the lesson or check that is open, or the next lesson on the way."""
        if self.steps:
            self._step()
            return
        if not self.at_home:
            self.home()
            return
        lesson = self._or_none(lambda: plan.next_lesson(self.course, self.path, self.progress))
        if lesson:
            self.begin(lesson)
        else:
            self.review(tuple(name for one in self.path.objectives for name in one.scenarios))

    def begin(self, lesson: Lesson) -> None:
        """Begin a lesson at its page of teaching."""
        checked = Checked()
        own = [self._told(name, "On your own") for name in lesson.alone]
        self.steps = [
            Step("", lambda: self._show(lesson.title, teaching(lesson))),
            *(self._told(name, "Guided practice") for name in lesson.guided),
            *own,
            *(self._asked(one, checked, f"Check of {lesson.title}") for one in lesson.objectives),
            Step("Next: how the check came out", lambda: self._finished(lesson, checked)),
        ]
        self._step()

    def placement(self) -> None:
        """Two stories for each objective not yet mastered, until one is missed; what is right may be skipped."""
        found = plan.standings(self.path, self.progress)
        checked = Checked()
        todo = [one for one, now in found.items() if not now.done]
        if not todo:
            self._say("Every objective of this path is mastered.")
            return
        self.steps = [
            *(step for one in todo for step in self._placing(one, checked)),
            Step("Next: how the check came out", lambda: self._placed(checked)),
        ]
        self._step()

    def review(self, names: Sequence[str]) -> None:
        """Stories one after the other, with hints at hand."""
        self.steps = [self._told(name, "Practice") for name in names]
        self._step()

    def record(self) -> None:
        """Write the record of completion beside the notebook."""
        self.progress.name(self._name.value)
        made = record.document(self.path, self.progress).write(
            self.folder, record.name(self.path, self.progress), ("pdf",)
        )
        said = (
            f"Written: {made[0].name}. {record.note(self.path, self.progress)} Download it here, open it and print it."
        )
        self._offer(self._by_record, said, "Download the record", made[0].name, "application/pdf", made[0].read_bytes())

    def copy(self) -> None:
        """Offer a file with all that is kept of the learner."""
        kept = self.progress.exported()
        text = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
        said = f"All that is kept of your progress: {len(kept['tries'])} answers, the lessons, your path and your name."
        self._offer(self._by_keeping, said, "Download my progress", PROGRESS, "application/json", text.encode())

    def forget(self) -> None:
        """Ask, beside the button, whether all that is kept is to be erased."""
        said = "This erases every answer, every day and your name from this computer, and cannot be undone."
        keep = button(KEEP, self._kept)
        self._by_keeping.children = [
            ipywidgets.HTML(beside(said)),
            row(keep, button(SURE, lambda: self._guarded(self.erase))),
        ]
        self._say(f"{said} To do it, press '{SURE}'.")
        keep.focus()

    def _kept(self) -> None:
        self._by_keeping.children = []
        self._say("Your progress is kept.")

    def erase(self) -> None:
        """Erase all that is kept."""
        self.progress.erase()
        self._name.value = ""
        self.home()
        self._say("Nothing is kept any more.")

    def _offer(self, place: Any, said: str, words: str, name: str, kind: str, content: bytes) -> None:
        """A file to download, beside the button that was pressed."""
        held = base64.b64encode(content).decode()
        link = element("a", words, download=name, href=f"data:{kind};base64,{held}")
        place.children = [ipywidgets.HTML(together(beside(said), paragraph(link)))]
        self._say(said)

    def _step(self) -> None:
        self._left_out()
        step, self.at_home = self.steps.pop(0), False
        self.next_button.description = self.steps[0].leads if self.steps else HOME
        step.make()

    def _left_out(self) -> None:
        """Pass over what is not wanted any more."""
        while self.steps and not self.steps[0].wanted():
            self.steps.pop(0)

    def _lead(self) -> None:
        """Say on both buttons where the next step leads now."""
        self._left_out()
        for each in (self.next_button, self._foot):
            each.description = self.steps[0].leads if self.steps else HOME

    def _start_page(self) -> list[Any]:
        self._by_record.children = self._by_keeping.children = []
        found = plan.standings(self.path, self.progress)
        due = plan.due_now(self.path, self.progress)
        lessons = [(f"{one.title} ({one.minutes} minutes)", one.name) for one in self.course.way(self.path)]
        say = self._or_none(lambda: plan.next_lesson(self.course, self.path, self.progress))
        at = say.name if say else lessons[0][1]
        lesson = choice("Lesson", "Continue leads to the next one; here you can open any.", lessons, at)
        actions = row(
            button("Open this lesson", lambda: self.begin(self.course.lesson(lesson.value))),
            button("Placement check", lambda: self._guarded(self.placement)),
            button(f"Practice what is due: {len(due)}", lambda: self._due(due)),
            button("Write the record", lambda: self._guarded(self.record)),
        )
        words = [self.path.about, plan.RULE]
        words.append(
            f"Next: {say.title}." if say else "Every lesson of this path is done. You may write your record now."
        )
        if due:
            words.append(f"Due again: {len(due)} {'story' if len(due) == 1 else 'stories'}.")
        return [
            ipywidgets.HTML(together(map(paragraph, words))),
            lesson,
            self._name,
            actions,
            self._by_record,
            ipywidgets.HTML(standings(found)),
            row(button(COPY, lambda: self._guarded(self.copy)), button(FORGET, self.forget)),
            self._by_keeping,
        ]

    def _due(self, due: Sequence[str]) -> None:
        if due:
            self.review(due)
        else:
            self._say("Nothing is due on this day.")

    def _other_path(self, change: Any) -> None:
        self.path = self.course.path(change["new"])
        self._or_none(lambda: self.progress.on_path(change["new"]))
        self.home()

    def _last_path(self) -> str:
        found = self._or_none(lambda: self.progress.chosen) or ""
        return found if found in self.course.paths and found != plan.START else ""

    def _told(self, name: str, kind: str) -> Step:
        """A story with hints at hand."""

        def make() -> None:
            self._tell(name, "practice", kind, helped=True, heard=lambda _: None)

        return Step(f"Next: {kind.lower()}, {scenario.named(name).title}", make)

    def _asked(self, objective: Objective, checked: Checked, kind: str) -> Step:
        """A story of an objective without hints, whose first answer counts."""
        name = self._seeds.choice(objective.scenarios)

        def heard(right: bool) -> None:
            (checked.right if right else checked.wrong).append(objective)

        def make() -> None:
            checked.asked[objective] = (name, self._tell(name, "check", kind, helped=False, heard=heard))

        return Step("Next: a story of the check", make)

    def _placing(self, objective: Objective, checked: Checked) -> tuple[Step, Step]:
        """The two stories of the placement check: each comes to another outcome, where its scenario has several."""
        names = self._seeds.sample(objective.scenarios, min(2, len(objective.scenarios)))
        met: list[str] = []

        def heard(right: bool) -> None:
            more = right and objective not in checked.half
            (checked.half if more else checked.right if right else checked.wrong).append(objective)
            self._lead()

        def make(name: str) -> None:
            note = "" if checked.asked else WHY_TWO
            told = self._tell(name, "placement", "Placement check", helped=False, heard=heard, unlike=met, note=note)
            met.append(_outcome(name, told))
            checked.asked[objective] = (name, told)

        leads = "Next: a story of the placement check"
        first, second = (partial(make, name) for name in (names[0], names[-1]))
        return Step(leads, first), Step(leads, second, lambda: objective in checked.half)

    def _tell(
        self, name: str, purpose: str, kind: str, *, helped: bool, heard: Callable[[bool], None],
        unlike: Sequence[str] = (), note: str = "",
    ) -> int:  # fmt: skip
        seed = self._seed(name, unlike)

        def kept(right: bool, first: bool, hints: int) -> str:
            heard(right and first)
            try:
                due = self.progress.answered(name, seed, right=right, first=first, hints=hints, purpose=purpose)
            except FactError as failure:
                return str(failure)
            return f"Due again on {drills.in_words(due)}." if right else ""

        self.story = StoryPanel(scenario.named(name).draw(seed), kept, helped=helped)
        self._show(kind, [*([ipywidgets.HTML(paragraph(note))] if note else []), self.story])
        return seed

    def _seed(self, name: str, unlike: Sequence[str] = ()) -> int:
        """A number for a story not met before: another outcome each time, and other facts that decide, where there are any."""
        turns = max(len(scenario.named(name).turns), 1)
        turn, least, best = self._turns.get(name, self._seeds.randrange(turns)) + 1, None, 0
        turn += next((more for more in range(turns) if _outcome(name, turn + more) not in unlike), 0)
        self._turns[name] = turn
        for _ in range(_DRAWS):
            seed = self._seeds.randrange(1, 100_000) * turns + turn % turns
            problem = scenario.named(name).draw(seed)
            alike = self._met[problem.story] * 2 + self._met[decided(problem)]
            if least is None or alike < least:
                least, best = alike, seed
            if not alike:
                break
        problem = scenario.named(name).draw(best)
        self._met.update((problem.story, decided(problem)))
        return best

    def _finished(self, lesson: Lesson, checked: Checked) -> None:
        asked = len(lesson.objectives)
        for name, seed in checked.left.values():
            self._guarded(partial(self.progress.answered, name, seed, right=False, first=True, purpose="check"))
        if len(checked.right) == asked:
            self._guarded(lambda: self.progress.finished(lesson.name))
            said = "Every story of the check was right at the first answer. The lesson is finished."
        else:
            said = f"Right at the first answer: {len(checked.right)} of {asked}. Practice what is listed, then open the lesson again."
        self._result(said, checked, lesson.objectives, lesson.key_points, lesson)

    def _placed(self, checked: Checked) -> None:
        asked = tuple(dict.fromkeys((*checked.half, *checked.wrong)))
        said = f"{len(checked.right)} of {len(asked)} objectives were shown, each with two stories. You may skip their lessons."
        self._result(said, checked, asked, "")

    def _result(
        self, said: str, checked: Checked, asked: Sequence[Objective], key_points: str, lesson: Lesson | None = None
    ) -> None:
        open_ones = [one for one in asked if one not in checked.right]
        shown = [paragraph(said)]
        if open_ones:
            shown += [paragraph("Still to practice:"), listed(one.says for one in open_ones)]
        if key_points:
            shown += [element("h3", "Key points"), from_markdown(key_points)]
        self.story = None
        names = [name for one in open_ones for name in one.scenarios]
        again = [button("Practice what is listed", lambda: self.review(names))] if names else []
        again += [button("Open the lesson again", lambda: self.begin(lesson))] if lesson and open_ones else []
        following = self._or_none(lambda: plan.next_lesson(self.course, self.path, self.progress))
        if lesson and not open_ones and following:
            self.steps = [Step("", partial(self.begin, following))]
            self.next_button.description = f"Next lesson: {following.title}"
        self._show("How the check came out", [ipywidgets.HTML(together(shown)), *again])
        self._say(said)

    def _show(self, heading: str, children: Sequence[Any]) -> None:
        self.page = heading
        self.choose.layout.display = None if self.at_home else "none"
        self._foot = button(self.next_button.description, self.forward)
        foot = [] if self.at_home else [row(self._foot)]
        head = element("h2", heading, tabindex="-1", class_="seskit-page" if not self.at_home else "seskit-home")
        self._body.children = [ipywidgets.HTML(head), *children, *foot]
        self._say(f"Page: {heading}." + (f" Pages to go: {len(self.steps)}." if self.steps else ""))

    def _tries(self) -> list[Any]:
        return self._or_none(self.progress.tries) or []

    def _or_none(self, asked: Callable[[], Any]) -> Any:
        try:
            return asked()
        except FactError:
            return None

    def _guarded(self, done: Callable[[], Any]) -> None:
        """Do it, or say in a sentence why it could not be done."""
        try:
            done()
        except FactError as failure:
            self._say(str(failure))

    def _say(self, said: str) -> None:
        self.message = said
        self._status.value = status(said)


def _outcome(name: str, seed: int) -> str:
    """Which outcome of its scenario a story of that number comes to, where it has several."""
    turns = scenario.named(name).turns
    return turns[seed % len(turns)] if turns else ""
