"""The course on screen: a start page, lessons, stories, the placement check and the record, all by keyboard.

One button, always in the same place, leads to the next step; another leads back to the start page.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path as Folder
from random import Random
from typing import Any

import ipywidgets
import traitlets

from seskit.desk import drills
from seskit.desk.course import placing, plan, record, scenario
from seskit.desk.course.plan import Course, Lesson, Objective, Path
from seskit.desk.course.progress import Progress
from seskit.desk.widgets.look import Shown, label, opening, status
from seskit.desk.widgets.story import StoryPanel
from seskit.formats.markup import Markup, element, listed, paragraph, style, together
from seskit.formats.notebook_page import from_markdown
from seskit.formats.tables import Table
from seskit.law.facts import FactError

HOW = "Everything can be done with the keyboard: Tab moves on, Space or Enter presses a button. When a page has turned, Tab leads into it."
HOME = "Start page"
PROGRESS = "progress.json"
COPY, FORGET = "Keep a copy of my progress", "Forget my progress"
_STYLE = """
.seskit-course {max-width: 52em}
.seskit-course .seskit-buttons {display: flex; flex-flow: row wrap; gap: 0 8px; height: auto; overflow: visible}
.seskit-course h2 {font-size: 1.4em; margin: 8px 0} .seskit-course h3 {font-size: 1.15em; margin: 12px 0 6px}
.seskit-course .widget-vbox, .seskit-course .widget-hbox {overflow: visible; height: auto}
.seskit-course table {width: 100%} .seskit-course td {white-space: normal !important}
.seskit-course .widget-html {width: auto; margin: 0 2px 8px; overflow-x: auto}
.seskit-course button.jupyter-button {max-width: 100%; white-space: normal; text-align: left; line-height: 1.4}
.seskit-course .seskit-field.jupyter-widgets > select, .seskit-course .seskit-field.jupyter-widgets > input {max-width: min(22em, 100%)}
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
        self, course: Course, progress: Progress | None = None, path: str = "pay_setting", folder: Folder | None = None
    ) -> None:
        self.course, self.progress, self.folder = course, progress or Progress(), folder or Folder()
        self.path: Path = course.path(path)
        self.steps: list[Step] = []
        self.story: StoryPanel | None = None
        self.at_home, self._sure = True, False
        self._turns: dict[str, int] = {}
        self._seeds = Random(f"{len(self._tries())} {self.progress.today}")  # noqa: S311
        self.home_button, self.next_button = _button(HOME, self.home), _button("Continue", self.forward)
        paths = [(way.title, name) for name, way in course.paths.items() if name != plan.START]
        self.choose = _choice("Path", "The job you want to learn.", paths, path)
        self.choose.observe(self._other_path, "value")
        self._name = _name_box(self._or_none(lambda: self.progress.learner) or "")
        self._status, self._body = ipywidgets.HTML(), ipywidgets.VBox([])
        head = opening("The SES course", HOW)
        nav = _row(self.home_button, self.next_button)
        super().__init__([head, ipywidgets.HTML(style(_STYLE)), self.choose, nav, self._status, self._body])
        self.add_class("seskit-panel")
        self.add_class("seskit-course")
        self.home()

    def home(self) -> None:
        """The start page: where one is on each objective, and what comes next."""
        self.steps, self.story, self.at_home, self._sure = [], None, True, False
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
            self.next_button.focus()
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
            Step("", lambda: self._show(lesson.title, _teaching(lesson))),
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
        self._say(f"Written: {made[0].name}. {record.note(self.path, self.progress)} Open it and print it.")
        self._offer("Download the record", made[0].name, "application/pdf", made[0].read_bytes())

    def copy(self) -> None:
        """Offer a file with all that is kept of the learner."""
        kept = self.progress.exported()
        self._say(f"All that is kept of your progress: {len(kept['tries'])} answers, the lessons, and your name.")
        text = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
        self._offer("Download my progress", PROGRESS, "application/json", text.encode())

    def forget(self) -> None:
        """Erase all that is kept, at the second press."""
        if not self._sure:
            self._say(
                f"This erases every answer, every day and your name from this computer. To do it, press '{FORGET}' again."
            )
            self._sure = True
            return
        self.progress.erase()
        self._name.value = ""
        self.home()
        self._say("Nothing is kept any more.")

    def _offer(self, words: str, name: str, kind: str, content: bytes) -> None:
        """A file to download, below what was said last."""
        held = base64.b64encode(content).decode()
        link = element("a", words, download=name, href=f"data:{kind};base64,{held}")
        self._status.value = together(status(self.message), paragraph(link))

    def _step(self) -> None:
        self._pass_over()
        step, self.at_home = self.steps.pop(0), False
        self.next_button.description = self.steps[0].leads if self.steps else HOME
        step.make()
        self.next_button.focus()

    def _pass_over(self) -> None:
        """Leave out what is not wanted any more."""
        while self.steps and not self.steps[0].wanted():
            self.steps.pop(0)

    def _start_page(self) -> list[Any]:
        found = plan.standings(self.path, self.progress)
        due = plan.due_now(self.path, self.progress)
        lessons = [(f"{one.title} ({one.minutes} minutes)", one.name) for one in self.course.way(self.path)]
        lesson = _choice("Lesson", "Continue leads to the next one; here you can open any.", lessons, lessons[0][1])
        row = _row(
            _button("Open this lesson", lambda: self.begin(self.course.lesson(lesson.value))),
            _button("Placement check", lambda: self._guarded(self.placement)),
            _button(f"Practice what is due: {len(due)}", lambda: self._due(due)),
            _button("Write the record", lambda: self._guarded(self.record)),
        )
        say = self._or_none(lambda: plan.next_lesson(self.course, self.path, self.progress))
        words = [self.path.about, f"Next: {say.title}." if say else "Every lesson of this path is done."]
        if due:
            words.append(f"Due again: {len(due)} {'story' if len(due) == 1 else 'stories'}.")
        return [
            ipywidgets.HTML(together(map(paragraph, words))),
            lesson,
            self._name,
            row,
            ipywidgets.HTML(_standings(found)),
            _row(_button(COPY, lambda: self._guarded(self.copy)), _button(FORGET, lambda: self._guarded(self.forget))),
        ]

    def _due(self, due: Sequence[str]) -> None:
        if due:
            self.review(due)
        else:
            self._say("Nothing is due on this day.")

    def _other_path(self, change: Any) -> None:
        self.path = self.course.path(change["new"])
        self.home()

    def _told(self, name: str, kind: str) -> Step:
        """A story with hints at hand."""

        def make() -> None:
            self._tell(name, "practice", kind, helped=True, heard=lambda _: None)

        return Step(f"Next: {kind.lower()}, {scenario.named(name).title}", make)

    def _asked(self, objective: Objective, checked: Checked, kind: str) -> Step:
        """A story of an objective without hints, whose first answer counts."""
        name = self._seeds.choice(objective.scenarios)

        def make() -> None:
            def heard(right: bool) -> None:
                (checked.right if right else checked.wrong).append(objective)

            checked.asked[objective] = (name, self._tell(name, "check", kind, helped=False, heard=heard))

        return Step("Next: a story of the check", make)

    def _placing(self, objective: Objective, checked: Checked) -> tuple[Step, Step]:
        """The two stories of an objective in the placement check; the second only where the first was right."""

        def heard(right: bool) -> None:
            more = right and objective not in checked.half
            (checked.half if more else checked.right if right else checked.wrong).append(objective)
            self._pass_over()
            self._foot.description = self.next_button.description = self.steps[0].leads

        def make(name: str, seed: int) -> None:
            note = "" if checked.asked else placing.WHY
            checked.asked[objective] = (name, seed)
            self._tell(name, "placement", "Placement check", helped=False, heard=heard, seed=seed, note=note)

        leads, (first, second) = "Next: a story of the placement check", placing.stories(objective, self._seeds)
        return Step(leads, partial(make, *first)), Step(
            leads, partial(make, *second), lambda: objective in checked.half
        )

    def _tell(
        self, name: str, purpose: str, kind: str, *, helped: bool, heard: Callable[[bool], None], seed: int = 0, note: str = ""
    ) -> int:  # fmt: skip
        seed = seed or self._seed(name)

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

    def _seed(self, name: str) -> int:
        """A number for a story not met before; the same scenario comes to another outcome each time."""
        turns = max(len(scenario.named(name).turns), 1)
        self._turns[name] = self._turns.get(name, self._seeds.randrange(turns)) + 1
        return self._seeds.randrange(1, 100_000) * turns + self._turns[name] % turns

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
        said = f"{len(checked.right)} of {len(asked)} objectives were shown, each by two stories. You may skip their lessons."
        self._result(said, checked, asked, "")

    def _result(
        self, said: str, checked: Checked, asked: Sequence[Objective], key_points: str, lesson: Lesson | None = None
    ) -> None:
        open_ones = [one.says for one in asked if one not in checked.right]
        shown = [paragraph(said)]
        if open_ones:
            shown += [paragraph("Still to practice:"), listed(open_ones)]
        if key_points:
            shown += [element("h3", "Key points"), from_markdown(key_points)]
        self.story = None
        again = [_button("Open the lesson again", lambda: self.begin(lesson))] if lesson and open_ones else []
        self._show("How the check came out", [ipywidgets.HTML(together(shown)), *again])
        self._say(said)

    def _show(self, heading: str, children: Sequence[Any]) -> None:
        self.page = heading
        self.choose.layout.display = None if self.at_home else "none"
        self._foot = _button(self.next_button.description, self.forward)
        foot = [] if self.at_home else [_row(self._foot)]
        self._body.children = [ipywidgets.HTML(element("h2", heading)), *children, *foot]
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


def _teaching(lesson: Lesson) -> list[Any]:
    """The page of teaching: objectives, sections, key points, sources."""
    parts: list[Markup] = [
        paragraph(f"About {lesson.minutes} minutes. Rules as of {drills.in_words(lesson.as_of)}."),
        paragraph("After this lesson you can:"),
        listed(one.says for one in lesson.objectives),
    ]
    for title, text in lesson.sections:
        parts += [element("h3", title), from_markdown(text)]
    parts += [element("h3", "Key points"), from_markdown(lesson.key_points)]
    parts.append(element("details", element("summary", "Sources"), listed(lesson.sources)))
    return [ipywidgets.HTML(together(parts))]


def _standings(found: dict[Objective, plan.Standing]) -> Markup:
    rows = [
        (one.says, now.state, drills.in_words(now.mastered_on) if now.mastered_on else "",
         drills.in_words(now.due) if now.due else "") for one, now in found.items()
    ]  # fmt: skip
    return Table("Where you are", ("Objective", "State", "Mastered on", "Due again"), tuple(rows)).to_html()


def _row(*buttons: Any) -> Any:
    made = ipywidgets.HBox(buttons)
    made.add_class("seskit-buttons")
    return made


def _name_box(name: str) -> Any:
    made = ipywidgets.Text(
        value=name, description=label("Your name", "Only for the printed record; kept on this computer."),
        description_allow_html=True, continuous_update=False, style={"description_width": "initial"},
    )  # fmt: skip
    made.add_class("seskit-field")
    return made


def _choice(words: str, help_text: str, options: Sequence[tuple[str, str]], value: str) -> Any:
    made = ipywidgets.Dropdown(
        options=options, value=value, description=label(words, help_text), description_allow_html=True,
        style={"description_width": "initial"},
    )  # fmt: skip
    made.add_class("seskit-field")
    return made


def _button(words: str, pressed: Callable[[], Any]) -> Any:
    made = ipywidgets.Button(description=words)
    made.on_click(lambda _: pressed())
    return made
